from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from station.simulation.thingsboard import SimulatedThingsBoard
from station.simulation.thingsboard_faults import DEEDS

PROVISION, USER = "/api/v1/provision", "/api/auth/user"


@pytest.fixture
async def cloud() -> AsyncIterator[SimulatedThingsBoard]:
    async with SimulatedThingsBoard(transports=False, slow_s=0.01, silence_s=0.0) as cloud:
        yield cloud


@pytest.fixture
async def http(cloud: SimulatedThingsBoard) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"X-Authorization": f"ApiKey {cloud.api_key}"}
    async with httpx.AsyncClient(base_url=cloud.address, headers=headers) as http:
        yield http


def request(cloud: SimulatedThingsBoard, name: str = "a") -> dict[str, str]:
    return {
        "provisionDeviceKey": cloud.provision_key,
        "provisionDeviceSecret": cloud.provision_secret,
        "deviceName": name,
    }


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("unauthorized", 401, 10),
        ("forbidden", 403, 20),
        ("server-error", 500, 2),
        ("unavailable", 503, None),
        ("bad-gateway", 502, None),
        ("html", 200, None),
        ("slow", 200, None),
    ],
)
async def test_calls_are_refused(
    cloud: SimulatedThingsBoard,
    http: httpx.AsyncClient,
    fault: str,
    status: int,
    code: int | None,
) -> None:
    cloud.faults = frozenset({fault})
    reply = await http.get(USER)
    assert reply.status_code == status
    if code is not None:
        assert reply.json()["errorCode"] == code
    if fault == "html":
        assert b"<html>" in reply.content


async def test_too_many_requests_are_not_told_how_long_to_wait(
    cloud: SimulatedThingsBoard, http: httpx.AsyncClient
) -> None:
    cloud.faults = frozenset({"rate-limit"})
    replies = [await http.get(USER) for _ in range(30)]
    (refused, *_) = [reply for reply in replies if reply.status_code == 429]
    assert "retry-after" not in refused.headers
    assert refused.json()["errorCode"] == 33
    assert (await http.post(PROVISION, json=request(cloud))).status_code == 200


@pytest.mark.parametrize("fault", ["lost-reply-provision", "error-after-provision"])
async def test_what_was_done_is_not_told_once(
    cloud: SimulatedThingsBoard, http: httpx.AsyncClient, fault: str
) -> None:
    cloud.faults = frozenset({fault})
    if fault.startswith("lost"):
        with pytest.raises(httpx.RemoteProtocolError):
            await http.post(PROVISION, json=request(cloud))
    else:
        assert (await http.post(PROVISION, json=request(cloud))).status_code == 500
    assert cloud.account.device_named(cloud.tenant.id, "a")
    again = await http.post(PROVISION, json=request(cloud))
    assert again.json()["status"] == "FAILURE"


@pytest.mark.parametrize("fault", ["cut", "reset", "truncated-json"])
async def test_replies_that_do_not_come_whole(
    cloud: SimulatedThingsBoard, http: httpx.AsyncClient, fault: str
) -> None:
    cloud.faults = frozenset({fault})
    with pytest.raises((httpx.TransportError, ValueError)):
        (await http.post(PROVISION, json=request(cloud))).json()
    acted = cloud.account.device_named(cloud.tenant.id, "a") is not None
    assert acted == (fault != "reset")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (PROVISION, b'{"deviceName":"\\ud800"}', 500),
        ("/api/device", b'{"name":"\\ud800"}', 400),
        ("/api/device", b'{"name":"a","additionalInfo":"text"}', 400),
        ("/api/apiKey", b'{"description":"a","expirationTime":"soon"}', 400),
        ("/api/deviceProfile", b'{"name":"a","profileData":[]}', 400),
        (
            "/api/device/bulk_import",
            b'{"file":"a","mapping":{"delimiter":"||","header":true}}',
            400,
        ),
        ("/api/device/bulk_import", b'{"file":"a","mapping":[]}', 500),
    ],
)
async def test_nonsense_is_refused(
    http: httpx.AsyncClient, path: str, body: bytes, status: int
) -> None:
    reply = await http.post(path, content=body)
    assert reply.status_code == status
    assert reply.json()["status"] == status


async def test_a_reply_ends_at_any_byte_once(
    cloud: SimulatedThingsBoard, http: httpx.AsyncClient
) -> None:
    for place in (0, 1, 20):
        cloud.cut_after["provision"] = place
        with pytest.raises(httpx.TransportError):
            await http.post(PROVISION, json=request(cloud, f"d{place}"))
    assert len(cloud.account.devices) == 3
    assert (await http.post(PROVISION, json=request(cloud))).json()["status"] == "SUCCESS"


async def test_faults_of_provisioning_alone(
    cloud: SimulatedThingsBoard, http: httpx.AsyncClient
) -> None:
    cloud.faults = frozenset({"core-silent"})
    silent = await http.post(PROVISION, json=request(cloud))
    assert (silent.status_code, silent.content) == (500, b"")
    cloud.faults = frozenset({"provision-limit"})
    assert (await http.post(PROVISION, json=request(cloud))).status_code == 429
    assert not cloud.account.devices
    cloud.faults = frozenset({"old-names", "status-only"})
    told = (await http.post(PROVISION, json=request(cloud))).json()
    assert told["provisionDeviceStatus"] == "SUCCESS"
    assert cloud.account.by_token(told["accessToken"])
    again = (await http.post(PROVISION, json=request(cloud))).json()
    assert again == {"provisionDeviceStatus": "FAILURE"}


async def test_faults_of_logging_in(cloud: SimulatedThingsBoard, http: httpx.AsyncClient) -> None:
    who = {"username": cloud.admin.email, "password": cloud.admin.password}
    cloud.faults = frozenset({"locked"})
    locked = await http.post("/api/auth/login", json=who)
    assert locked.json()["message"] == "User account is locked due to security policy"
    cloud.faults = frozenset({"second-factor"})
    half = (await http.post("/api/auth/login", json=who)).json()
    assert (half["scope"], "refreshToken" in half) == ("PRE_VERIFICATION_TOKEN", False)
    bearer = {"X-Authorization": f"Bearer {half['token']}"}
    assert (await http.get(USER, headers=bearer)).json()["errorCode"] == 10
    cloud.faults = frozenset({"expired-jwt"})
    pair = (await http.post("/api/auth/login", json=who)).json()
    bearer = {"X-Authorization": f"Bearer {pair['token']}"}
    for _ in range(2):
        expired = await http.get(USER, headers=bearer)
        assert (expired.status_code, expired.json()["errorCode"]) == (401, 11)
    assert (await http.get(USER)).status_code == 200
    cloud.faults = frozenset({"expired-jwt-once"})
    replies = [await http.get(USER, headers=bearer) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [401, 200]


async def test_an_older_server(cloud: SimulatedThingsBoard, http: httpx.AsyncClient) -> None:
    assert (await http.get("/api/system/info")).json()["version"] == "4.3.0"
    cloud.faults = frozenset({"server-3.8"})
    assert cloud.account.version == "3.8"
    assert (await http.get(USER)).status_code == 401
    cloud.faults = frozenset()
    assert (await http.get(USER)).status_code == 200


async def test_a_device_that_is_too_fast(
    cloud: SimulatedThingsBoard, http: httpx.AsyncClient
) -> None:
    token = (await http.post(PROVISION, json=request(cloud))).json()["credentialsValue"]
    cloud.faults = frozenset({"device-rate-limit"})
    reply = await http.get(f"/api/v1/{token}/attributes")
    assert (reply.status_code, reply.content) == (500, b"")


async def test_a_server_that_never_answers_does_nothing(
    cloud: SimulatedThingsBoard, http: httpx.AsyncClient
) -> None:
    cloud.faults = frozenset({"timeout"})
    with pytest.raises(httpx.ReadTimeout):
        await http.post(PROVISION, json=request(cloud), timeout=0.1)
    assert not cloud.account.devices


def test_every_deed_can_be_lost() -> None:
    names = set(SimulatedThingsBoard.known_faults)
    assert {f"lost-reply-{deed}" for deed in DEEDS} <= names
    assert {f"error-after-{deed}" for deed in DEEDS} <= names
