from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from station.simulation import attestation
from station.simulation.nrf91_unit import Unit
from station.simulation.nrf_cloud import SimulatedNrfCloud
from station.simulation.nrf_cloud_faults import FAULTS

UUID = str(Unit(1).uuid)
TOKEN = attestation.issue(Unit(1).uuid, 6, Unit(1).product.firmware_uuid, bytes(16)).text()

IMPATIENT = httpx.Timeout(10, read=0.05)


@pytest.fixture
async def cloud() -> AsyncIterator[SimulatedNrfCloud]:
    async with SimulatedNrfCloud(slow_s=0.02, rate_a_second=0.01) as cloud:
        yield cloud


@pytest.fixture
async def client(cloud: SimulatedNrfCloud) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {cloud.api_key}"}
    async with httpx.AsyncClient(base_url=cloud.address, headers=headers, timeout=5) as client:
        yield client


async def claim(client: httpx.AsyncClient) -> httpx.Response:
    return await client.post("/claimed-devices", json={"claimToken": TOKEN})


def test_an_unknown_fault_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"no fault 'gremlin'; there are: .*lost-reply") as refused:
        SimulatedNrfCloud(faults=["gremlin"])
    assert all(name in str(refused.value) for name in FAULTS)
    cloud = SimulatedNrfCloud()
    with pytest.raises(ValueError, match="gremlin"):
        cloud.faults = {"gremlin"}


@pytest.mark.parametrize(
    ("fault", "status", "kind"),
    [
        ("wrong-key", 401, "application/json"),
        ("forbidden", 403, "application/json"),
        ("server-error", 503, "text/html; charset=utf-8"),
        ("html", 200, "text/html; charset=utf-8"),
    ],
)
async def test_refusals_do_nothing_and_can_be_mended(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient, fault: str, status: int, kind: str
) -> None:
    cloud.faults = {fault}
    reply = await claim(client)

    assert (reply.status_code, reply.headers["content-type"]) == (status, kind)
    assert UUID not in cloud.account.claimed
    assert cloud.api_key not in reply.text
    cloud.faults = ()
    assert (await claim(client)).status_code == 201


async def test_the_key_expires_after_a_claim(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient
) -> None:
    cloud.faults = {"key-expires"}

    assert (await client.get("/claimed-devices")).status_code == 200
    assert (await claim(client)).status_code == 201
    assert (await client.get("/claimed-devices")).status_code == 401


@pytest.mark.parametrize(("fault", "wait_s"), [("rate-limit", "100"), ("rate-limit-bare", None)])
async def test_a_second_request_is_too_many(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient, fault: str, wait_s: str | None
) -> None:
    cloud.faults = {fault}

    assert (await client.get("/claimed-devices")).status_code == 200
    reply = await client.get("/claimed-devices")
    assert (reply.status_code, reply.headers.get("retry-after")) == (429, wait_s)


async def test_within_the_rate_nothing_is_too_many() -> None:
    async with SimulatedNrfCloud(faults=["rate-limit"], rate_a_second=10_000) as cloud:
        headers = {"Authorization": f"Bearer {cloud.api_key}"}
        async with httpx.AsyncClient(base_url=cloud.address, headers=headers) as client:
            told = [(await client.get("/claimed-devices")).status_code for _ in range(20)]
    assert told == [200] * 20


@pytest.mark.parametrize("fault", ["lost-reply", "lost-reply-always"])
async def test_a_lost_reply_hides_a_claim_that_was_made(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient, fault: str
) -> None:
    cloud.faults = {fault}
    with pytest.raises(httpx.RemoteProtocolError):
        await claim(client)

    assert cloud.account.claims_made == {UUID: 1}
    assert (await client.get(f"/claimed-devices/{UUID}")).status_code == 200
    assert (await claim(client)).status_code == 409
    await client.delete(f"/claimed-devices/{UUID}")
    if fault == "lost-reply":
        assert (await claim(client)).status_code == 201
    else:
        with pytest.raises(httpx.RemoteProtocolError):
            await claim(client)


async def test_an_error_after_the_claim_was_made(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient
) -> None:
    cloud.faults = {"error-after-claim"}

    assert (await claim(client)).status_code == 500
    assert UUID in cloud.account.claimed


async def test_truncated_json(cloud: SimulatedNrfCloud, client: httpx.AsyncClient) -> None:
    cloud.faults = {"truncated-json"}
    reply = await claim(client)

    assert reply.status_code == 201
    assert UUID in cloud.account.claimed
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        reply.json()


async def test_reset(cloud: SimulatedNrfCloud, client: httpx.AsyncClient) -> None:
    cloud.faults = {"reset"}
    with pytest.raises(httpx.ReadError):
        await claim(client)

    assert UUID not in cloud.account.claimed


async def test_slow_still_answers(cloud: SimulatedNrfCloud, client: httpx.AsyncClient) -> None:
    cloud.faults = {"slow"}

    assert (await claim(client)).status_code == 201


async def test_a_time_out_does_nothing(cloud: SimulatedNrfCloud, client: httpx.AsyncClient) -> None:
    cloud.faults = {"timeout"}
    with pytest.raises(httpx.ReadTimeout):
        await client.post("/claimed-devices", json={"claimToken": TOKEN}, timeout=IMPATIENT)
    cloud.faults = ()

    assert (await client.get(f"/claimed-devices/{UUID}")).status_code == 404
    assert cloud.account.claims_asked == {}


async def test_late_acts_when_the_client_has_gone(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient
) -> None:
    cloud.faults = {"late"}
    assert (await client.get("/claimed-devices")).status_code == 200
    with pytest.raises(httpx.ReadTimeout):
        await client.post("/claimed-devices", json={"claimToken": TOKEN}, timeout=IMPATIENT)

    async with asyncio.timeout(5):
        while (await client.get(f"/claimed-devices/{UUID}")).status_code != 200:
            pass
    assert cloud.account.claims_made == {UUID: 1}


async def test_claimed_elsewhere_spares_what_is_ours(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient
) -> None:
    await claim(client)
    cloud.faults = {"claimed-elsewhere"}

    assert (await client.get(f"/claimed-devices/{UUID}")).status_code == 200
    await client.delete(f"/claimed-devices/{UUID}")
    assert (await claim(client)).status_code == 409
    cloud.faults = ()
    assert (await claim(client)).status_code == 201


async def test_latency_is_only_slow(client: httpx.AsyncClient, cloud: SimulatedNrfCloud) -> None:
    cloud.latency_s = 0.01

    assert (await claim(client)).status_code == 201
