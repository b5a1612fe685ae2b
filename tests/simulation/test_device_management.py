"""Device Management of a simulated nRF Cloud: onboarding, shadows, both generations of the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from station.simulation.nrf_cloud import SimulatedNrfCloud
from station.simulation.nrf_cloud_faults import FAULTS
from tests.simulation.test_credentials import certificate_for
from tests.simulation.test_simulated_nrf_cloud import token_of, uuid_of

CERTIFICATE = certificate_for(ec.generate_private_key(ec.SECP256R1()).public_key())


@pytest.fixture
async def cloud() -> AsyncIterator[SimulatedNrfCloud]:
    async with SimulatedNrfCloud() as cloud:
        yield cloud


@pytest.fixture
async def client(cloud: SimulatedNrfCloud) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {cloud.api_key}"}
    async with httpx.AsyncClient(base_url=cloud.address, headers=headers) as client:
        yield client


def row(device: str = "dev-1", **more: str) -> str:
    """Return a row of an onboarding CSV."""
    parts = {"subtype": "", "tags": "", "firmware": "", "certificate": CERTIFICATE, **more}
    head = ",".join([device, parts["subtype"], parts["tags"], parts["firmware"]])
    return f'{head},"{parts["certificate"]}"\n'


async def onboard(client: httpx.AsyncClient, text: str, kind: str = "text/csv") -> dict[str, Any]:
    """Upload rows and return the operation as it then is."""
    reply = await client.post("/devices", content=text, headers={"content-type": kind})
    assert reply.status_code == 202
    told: dict[str, Any] = (
        await client.get(f"/bulk-ops-requests/{reply.json()['bulkOpsRequestId']}")
    ).json()
    return told


@pytest.mark.parametrize("kind", ["text/csv", "text/plain", "application/octet-stream"])
async def test_a_row_becomes_a_device(client: httpx.AsyncClient, kind: str) -> None:
    text = row(subtype="my-gateway", tags="lot-7|red", firmware="APP|MODEM|MDM_FULL")
    told = await onboard(client, text, kind)

    assert (told["status"], "errorSummaryUrl" in told) == ("SUCCEEDED", False)
    device = (await client.get("/devices/dev-1")).json()
    assert (device["subType"], device["type"]) == ("my-gateway", "Gateway")
    assert device["tags"] == ["lot-7", "red"]
    assert device["firmware"]["supports"] == ["APP", "MODEM", "MDM_FULL"]
    assert "certificate" not in str(device).lower()


def rsa_certificate() -> str:
    """Return a certificate whose key nRF Cloud does not take."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509

    key, now = rsa.generate_private_key(65537, 2048), datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(x509.Name([])).issuer_name(x509.Name([]))
    made = made.public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(now).not_valid_after(now + timedelta(days=1))
    return made.sign(key, SHA256()).public_bytes(Encoding.PEM).decode()


async def test_bad_rows_are_told_by_their_numbers_and_the_others_stand(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient
) -> None:
    rows = [
        row("good-1"),
        row("bad id"),
        row("a", subtype="%"),
        row("b", tags="two words"),
        row("c", firmware="APP|TOASTER"),
        row("d", certificate="no PEM"),
        row("e", certificate=CERTIFICATE.rstrip()),
        row("f", certificate=rsa_certificate()),
        row("good-1"),
        "x,y\n",
        row("good-2"),
    ]
    told = await onboard(client, "".join(rows))

    assert told["status"] == "FAILED"
    async with httpx.AsyncClient() as anybody:
        errors = (await anybody.get(told["errorSummaryUrl"])).json()["errors"]
    assert [error.split("]:")[0] for error in errors] == [f"[{n}" for n in range(1, 10)]
    assert errors[0] == "[1]: Invalid device ID"
    assert "already exists" in errors[7]
    assert set(cloud.account.fleet.devices) == {"good-1", "good-2"}
    nowhere = told["errorSummaryUrl"].replace(told["bulkOpsRequestId"], "x")
    assert (await client.get(nowhere)).status_code == 404


@pytest.mark.parametrize("count", [0, 1001])
async def test_there_is_a_limit_of_rows(client: httpx.AsyncClient, count: int) -> None:
    assert (await client.post("/devices", content="a,b\n" * count)).status_code == 400


async def test_an_operation_takes_its_time() -> None:
    async with SimulatedNrfCloud(bulk_s=0.2) as cloud:
        headers = {"Authorization": f"Bearer {cloud.api_key}"}
        async with httpx.AsyncClient(base_url=cloud.address, headers=headers) as client:
            first = await onboard(client, row())
            path = f"/bulk-ops-requests/{first['bulkOpsRequestId']}"
            words = [first["status"]]
            there = (await client.get("/devices/dev-1")).status_code
            while words[-1] != "SUCCEEDED":
                words.append((await client.get(path)).json()["status"])
            assert (await client.get("/bulk-ops-requests/nobody")).status_code == 404

    assert list(dict.fromkeys(words)) == ["PENDING", "IN_PROGRESS", "SUCCEEDED"]
    assert there == 404


async def test_operations_that_fail_or_never_end(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient
) -> None:
    cloud.faults = {"bulk-fails"}
    assert (await onboard(client, row("a")))["status"] == "FAILED"
    cloud.faults = {"bulk-never-ends"}
    assert (await onboard(client, row("b")))["status"] == "IN_PROGRESS"


async def test_a_shadow_is_merged_and_nulls_delete(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient
) -> None:
    await onboard(client, row())
    steps: list[tuple[dict[str, Any], dict[str, Any]]] = [
        (
            {"desired": {"command": [1, 1], "a": {"b": 1, "c": 2}}},
            {"command": [1, 1], "a": {"b": 1, "c": 2}},
        ),
        ({"reported": {"command": [1, 1], "a": {"b": 1}}}, {"a": {"c": 2}}),
        ({"desired": {"command": [1, 1]}}, {"a": {"c": 2}}),
        ({"desired": {"command": [1, 2], "a": None}}, {"command": [1, 2]}),
        ({"desired": {"command": None}, "reported": {"command": None}}, {}),
    ]
    for state, delta in steps:
        assert (await client.patch("/devices/dev-1/state", json=state)).status_code == 202
        assert cloud.account.fleet.delta("dev-1") == delta


@pytest.mark.parametrize("state", [{}, {"wanted": {}}, {"desired": 1}])
async def test_what_is_no_state_is_refused(
    client: httpx.AsyncClient, state: dict[str, Any]
) -> None:
    await onboard(client, row())

    assert (await client.patch("/devices/dev-1/state", json=state)).status_code == 422
    assert (await client.patch("/devices/dev-2/state", json={"desired": {}})).status_code == 404


async def test_a_device_is_named_listed_and_deleted(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient
) -> None:
    await onboard(client, row("a") + row("b") + row("c"))
    assert (await client.put("/devices/a/name", json=["Anna"])).status_code == 202
    assert (await client.put("/devices/a/name", json={"name": "x"})).status_code == 400

    assert (await client.get("/devices/a")).json()["name"] == "Anna"
    page = (await client.get("/devices?pageLimit=2")).json()
    assert ([d["id"] for d in page["items"]], page["total"]) == (["a", "b"], 3)
    some = (await client.get("/devices", params={"deviceIds": "c,x,a"})).json()
    assert [d["id"] for d in some["items"]] == ["c", "a"]
    assert (await client.delete("/devices/a")).status_code == 202
    assert (await client.delete("/devices/a")).status_code == 404
    assert (await client.get("/devices/a")).status_code == 404
    assert "a" not in cloud.account.fleet.certificates


async def test_deleting_a_device_does_not_let_go_of_it_and_letting_go_deletes_it(
    client: httpx.AsyncClient,
) -> None:
    await client.post("/claimed-devices", json={"claimToken": token_of(1)})
    await onboard(client, row(uuid_of(1)))
    await client.delete(f"/devices/{uuid_of(1)}")
    assert (await client.get(f"/claimed-devices/{uuid_of(1)}")).status_code == 200

    await onboard(client, row(uuid_of(1)))
    await client.delete(f"/claimed-devices/{uuid_of(1)}")
    assert (await client.get(f"/devices/{uuid_of(1)}")).status_code == 404


async def test_onboarding_with_a_registration_token(client: httpx.AsyncClient) -> None:
    body = {"onboardingToken": "a.b.c", "subType": "nRF93M1", "tags": ["x"]}

    assert (await client.post("/devices/d-1", json={"subType": "x"})).status_code == 422
    assert (await client.post("/devices/d-1", json=body)).status_code == 202
    assert (await client.post("/devices/d-1", json=body)).status_code == 409
    device = (await client.get("/devices/d-1")).json()
    assert (device["subType"], device["firmware"]["supports"]) == ("nRF93M1", ["MODEM"])


@pytest.mark.parametrize(
    ("fault", "failed"),
    [
        (None, [{"row": 1, "message": "Device is already claimed"}]),
        ("failed-strings", ["[1]: Device is already claimed"]),
        ("failed-indexes", [1]),
    ],
)
async def test_rows_of_a_bulk_claim_fail_in_three_shapes(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient, fault: str | None, failed: list[Any]
) -> None:
    await client.post("/claimed-devices", json={"claimToken": token_of(2)})
    cloud.faults = {fault} if fault else ()
    rows = "".join(f'"{token_of(n)}"\n' for n in (1, 2, 3))
    reply = await client.post("/claimed-devices", content=rows, headers={"contentType": "text/csv"})

    assert reply.json() == {"claimedIds": [uuid_of(1), uuid_of(3)], "failed": failed}


class TestNewGeneration:
    """The API of organizations and projects."""

    @pytest.fixture
    async def project(self, cloud: SimulatedNrfCloud) -> AsyncIterator[httpx.AsyncClient]:
        headers = {"Authorization": f"Bearer {cloud.organization_token}"}
        async with httpx.AsyncClient(base_url=cloud.project_address, headers=headers) as client:
            yield client

    async def test_the_same_calls_below_the_project(
        self, cloud: SimulatedNrfCloud, project: httpx.AsyncClient, client: httpx.AsyncClient
    ) -> None:
        assert cloud.project_address.endswith("/v1/organizations/acme/projects/trackers")
        made = await project.post("/claimed-devices", json={"claimToken": token_of(1)})
        assert made.status_code == 201
        assert (await project.get(f"/claimed-devices/{uuid_of(1)}")).status_code == 200
        assert (await client.get(f"/claimed-devices/{uuid_of(1)}")).status_code == 200
        assert (await onboard(project, row()))["status"] == "SUCCEEDED"

    async def test_neither_key_opens_the_others_door(
        self, cloud: SimulatedNrfCloud, project: httpx.AsyncClient, client: httpx.AsyncClient
    ) -> None:
        assert (await project.get(f"{cloud.address}/devices")).status_code == 401
        assert (await client.get(f"{cloud.project_address}/devices")).status_code == 401
        other = cloud.project_address.replace("trackers", "others")
        assert (await project.get(f"{other}/devices")).status_code == 404

    async def test_onboarding_by_attestation_tokens(
        self, cloud: SimulatedNrfCloud, project: httpx.AsyncClient
    ) -> None:
        lines = ["attestationToken,deviceId,more"]
        lines += [f"{token_of(n)},{uuid_of(n)},x" for n in (1, 2)]
        lines += [f"{token_of(3)},{uuid_of(4)},x", f"junk,{uuid_of(5)},x"]
        reply = await project.post("/devices/bulk-onboarding", content="\n".join(lines))
        assert reply.status_code == 202
        operation = reply.json()["bulkOpsRequestId"]
        told = (await project.get(f"/bulk-ops-requests/{operation}")).json()
        errors = (await project.get(told["errorSummaryUrl"])).json()["errors"]

        assert [error[:3] for error in errors] == ["[2]", "[3]"]
        assert set(cloud.account.claimed) == {uuid_of(1), uuid_of(2)}
        assert token_of(3) not in str(errors)

    @pytest.mark.parametrize("text", ["deviceId\nx\n", "deviceId,attestationToken\n"])
    async def test_columns_and_a_row_are_needed(
        self, project: httpx.AsyncClient, text: str
    ) -> None:
        assert (await project.post("/devices/bulk-onboarding", content=text)).status_code == 400

    async def test_the_path_is_a_setting(self) -> None:
        async with SimulatedNrfCloud(onboarding_path="/onboard") as cloud:
            headers = {"Authorization": f"Bearer {cloud.organization_token}"}
            async with httpx.AsyncClient(base_url=cloud.project_address, headers=headers) as client:
                text = f"deviceId,attestationToken\n{uuid_of(1)},{token_of(1)}\n"
                assert (await client.post("/onboard", content=text)).status_code == 202
                legacy = {"Authorization": f"Bearer {cloud.api_key}"}
                reply = await client.post(f"{cloud.address}/onboard", content=text, headers=legacy)
                assert reply.status_code == 404


async def test_the_first_post_that_is_no_claim_loses_its_reply(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient
) -> None:
    cloud.faults = {"lost-reply-post"}
    await client.post("/claimed-devices", json={"claimToken": token_of(1)})
    path = f"/claimed-devices/{uuid_of(1)}/provisioning"
    with pytest.raises(httpx.RemoteProtocolError):
        await client.post(path, json={"request": {"finished": {}}})

    assert (await client.get(path)).json()["total"] == 1
    assert (await client.post(path, json={"request": {"finished": {}}})).status_code == 201


async def test_commands_that_have_ended_leave_room_for_others(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient
) -> None:
    await client.post("/claimed-devices", json={"claimToken": token_of(1)})
    path = f"/claimed-devices/{uuid_of(1)}/provisioning"
    command: dict[str, Any] = {"request": {"finished": {}}}
    for _ in range(20):
        await client.post(path, json=command)
    assert (await client.post(path, json=command)).status_code == 422
    cloud.account.come_online(uuid_of(1))

    assert (await client.post(path, json=command)).status_code == 201


async def test_ten_requests_a_second(cloud: SimulatedNrfCloud, client: httpx.AsyncClient) -> None:
    cloud.faults = {"rate-limit-10"}
    replies = [await client.get("/account") for _ in range(60)]
    refused = [reply for reply in replies if reply.status_code == 429]

    assert [reply.status_code for reply in replies[:10]] == [200] * 10
    assert {reply.headers["retry-after"] for reply in refused} <= {"1"}


def test_every_fault_has_a_sentence() -> None:
    assert all(text.endswith(".") and text[0].isupper() for text in FAULTS.values())
