"""The table of what a ThingsBoard must answer, row by row, over each of its transports."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from aiocoap import Context

from station.simulation.thingsboard import KNOWN, NEW, SimulatedThingsBoard
from tests.simulation.mqtt_line import REQUEST, accepted, let_in, line_to, publish, subscribe
from tests.simulation.thingsboard_stranger import Stranger, is_made_up

NOT_FOUND = {"errorMsg": "Provision data was not found!", "status": "NOT_FOUND"}
FAILURE = {"errorMsg": "Failed to provision device!", "status": "FAILURE"}
PEM = "-----BEGIN CERTIFICATE-----\r\nMIIB\r\nAAAA\r\n-----END CERTIFICATE-----\r\n"
DEVICE = "/api/device"


@pytest.fixture(params=["http", "mqtt", "coap"])
async def anyone(request: pytest.FixtureRequest) -> AsyncIterator[Stranger]:
    async for each in _stranger(request.param):
        yield each


@pytest.fixture
async def one() -> AsyncIterator[Stranger]:
    async for each in _stranger("http"):
        yield each


async def _stranger(over: str) -> AsyncIterator[Stranger]:
    coap = await Context.create_client_context(transports=["simple6"])
    async with SimulatedThingsBoard(version="4.4.0") as server:
        headers = {"X-Authorization": f"ApiKey {server.api_key}"}
        async with httpx.AsyncClient(base_url=server.address, headers=headers) as http:
            yield Stranger(server, http, coap, over)
    await coap.shutdown()


def success(value: Any, kind: str = "ACCESS_TOKEN") -> dict[str, Any]:
    return {"credentialsValue": value, "credentialsType": kind, "status": "SUCCESS"}


async def test_1_and_10_a_token_by_the_server(anyone: Stranger) -> None:
    told = await anyone.provision(deviceName="dev1")
    token = told["credentialsValue"]
    assert told == success(token)
    assert list(told) == ["credentialsValue", "credentialsType", "status"]
    assert is_made_up(token)
    assert (await anyone.device("dev1"))["type"] == NEW
    assert await anyone.state("dev1") == ["provisioned"]
    assert await anyone.lets_in(token) == [True, True, True]
    assert await anyone.lets_in("nope") == [False, False, False]


async def test_10_a_device_that_is_too_fast(one: Stranger) -> None:
    await one.create("dev1", "t0", "PA")
    one.server.faults = ["device-rate-limit"]
    assert await one.write("t0") == ((500, b""), accepted(4), "5.00")
    (device,) = one.server.account.devices.values()
    assert device.telemetry == []
    one.server.faults = []
    assert await one.lets_in("t0") == [True, True, True]


async def test_2_and_11_the_same_again(anyone: Stranger) -> None:
    await anyone.provision(deviceName="dev1")
    before = await anyone.credentials("dev1")
    assert await anyone.provision(deviceName="dev1", token="another") == FAILURE
    assert await anyone.audit("dev1") == ["PROVISION_SUCCESS", "PROVISION_FAILURE"]
    assert await anyone.credentials("dev1") == before


@pytest.mark.parametrize("wrong", ["provisionDeviceKey", "provisionDeviceSecret"])
async def test_3_a_key_or_a_secret_that_is_wrong(anyone: Stranger, wrong: str) -> None:
    assert await anyone.provision(deviceName="dev1", **{wrong: "wrong"}) == NOT_FOUND
    assert await anyone.names() == []


async def test_3_a_profile_that_provisions_nobody(anyone: Stranger) -> None:
    where = f"/api/deviceProfile/{anyone.server.new.id}"
    profile = (await anyone.http.get(where)).json()
    keys = anyone.keys()
    profile["provisionType"] = "DISABLED"
    profile["profileData"]["provisionConfiguration"] = {"type": "DISABLED"}
    assert (await anyone.http.post("/api/deviceProfile", json=profile)).status_code == 200
    body = json.dumps({"deviceName": "dev1", **keys}).encode()
    assert await anyone.send(body) == NOT_FOUND
    assert await anyone.names() == []


async def test_4_a_token_of_its_own(anyone: Stranger) -> None:
    own = {"credentialsType": "ACCESS_TOKEN", "token": "tok-1"}
    assert await anyone.provision(deviceName="dev1", **own) == success("tok-1")
    assert await anyone.provision(deviceName="dev2", **own) == FAILURE
    assert await anyone.names() == ["dev1"]


async def test_5_an_mqtt_login_of_its_own(anyone: Stranger) -> None:
    kind = {"credentialsType": "MQTT_BASIC"}
    whole = {"clientId": "c", "username": "u", "password": "p"}
    told = await anyone.provision(deviceName="dev1", **kind, **whole)
    assert told == success({"clientId": "c", "userName": "u", "password": "p"}, "MQTT_BASIC")
    told = await anyone.provision(deviceName="dev2", **kind, username="v")
    assert told == success({"clientId": "", "userName": "v", "password": ""}, "MQTT_BASIC")


async def test_6_a_certificate_of_its_own(anyone: Stranger) -> None:
    kind = {"credentialsType": "X509_CERTIFICATE"}
    told = await anyone.provision(deviceName="dev1", **kind, hash=PEM)
    assert told == success("MIIBAAAA", "X509_CERTIFICATE")
    held = await anyone.credentials("dev1")
    assert held["credentialsId"] == hashlib.sha3_256(b"MIIBAAAA").hexdigest()
    assert held["credentialsValue"] == "MIIBAAAA"


async def test_7_a_device_known_before(anyone: Stranger) -> None:
    await anyone.create("pre1", "t0", "PC")
    assert await anyone.provision("PC", deviceName="pre1", token="mine") == success("t0")
    assert await anyone.state("pre1") == ["provisioned"]
    assert await anyone.provision("PC", deviceName="pre1") == FAILURE
    await anyone.set_state("pre1", "x")
    assert await anyone.provision("PC", deviceName="pre1") == FAILURE
    assert await anyone.audit("pre1") == ["PROVISION_SUCCESS", "PROVISION_FAILURE"]
    await anyone.set_state("pre1", None)
    assert await anyone.provision("PC", deviceName="pre1") == success("t0")


async def test_7_a_device_known_before_to_an_older_server(anyone: Stranger) -> None:
    anyone.server.faults = ["server-4.2.1"]
    anyone.server.account.add_device(anyone.server.known, "pre1")
    first = await anyone.provision("PC", deviceName="pre1")
    assert first["status"] == "SUCCESS"
    assert await anyone.provision("PC", deviceName="pre1") == first


async def test_8_devices_not_known_in_this_profile(anyone: Stranger) -> None:
    await anyone.create("elsewhere", "t0", "PA")
    for name in ({"deviceName": "nobody"}, {"deviceName": "elsewhere"}, {}, {"deviceName": ""}):
        assert await anyone.provision("PC", **name) == FAILURE
    assert await anyone.names() == ["elsewhere"]
    assert await anyone.audit("elsewhere") == []


@pytest.mark.parametrize("subscribes", [True, False])
async def test_9_a_visit_by_mqtt(one: Stranger, subscribes: bool) -> None:
    async with line_to(one.door) as line:
        await let_in(line, 4)
        assert (await line.ask(subscribe(4, (b"#", 1)))).endswith(b"\x80")
        if subscribes:
            assert (await line.ask(subscribe(4, (b"/provision/response", 1)))).endswith(b"\x01")
        body = json.dumps({"deviceName": "dev1", **one.keys()}).encode()
        assert await line.ask(publish(4, REQUEST, body)) == b"\x40\x02\0\x07"
        reply = await line.hear()
        told = json.loads(reply[reply.index(b"{") :])
        assert told == success((await one.credentials("dev1"))["credentialsId"])
        await line.say(publish(4, b"v1/devices/me/telemetry", b"{}"))
        assert await line.rest() == b"\x40\x02\0\x07", "acknowledged, then hung up on"


@pytest.mark.parametrize("body", [b"{", b"[]", b"", b'"text"', b"17", b"null", b"\xff\xfe"])
async def test_12_what_is_no_json_object(anyone: Stranger, body: bytes) -> None:
    assert await anyone.send(body) is None


@pytest.mark.parametrize(
    "field", ["deviceName", "credentialsType", "token", "clientId", "username", "password", "hash"]
)
async def test_12_a_null_in_whichever_field(anyone: Stranger, field: str) -> None:
    asked: dict[str, Any] = {"deviceName": "dev1", field: None}
    assert await anyone.provision(**asked) is None
    assert await anyone.names() == []


@pytest.mark.parametrize("field", ["provisionDeviceKey", "provisionDeviceSecret"])
async def test_12_a_field_that_is_missing_or_null(anyone: Stranger, field: str) -> None:
    keys = {"deviceName": "dev1", **anyone.keys()}
    assert await anyone.send(json.dumps({**keys, field: None}).encode()) is None
    del keys[field]
    assert await anyone.send(json.dumps(keys).encode()) is None
    assert await anyone.names() == []


async def test_12_a_kind_of_credentials_that_there_is_not(anyone: Stranger) -> None:
    assert await anyone.provision(deviceName="dev1", credentialsType="PASSWORD") is None
    assert await anyone.names() == []


async def test_13_names(anyone: Stranger) -> None:
    assert await anyone.provision(deviceName="   ", provisionDeviceKey="wrong") == FAILURE
    for bad in ("n" * 256, "<script>x</script>", "{{x}}", "a\x00b"):
        assert await anyone.provision(deviceName=bad) == FAILURE
    assert await anyone.names() == []
    for name, kept in (("  dev9 ", "dev9"), ("n" * 255, "n" * 255), (17, "17"), ("Gerät", "Gerät")):
        assert (await anyone.provision(deviceName=name))["status"] == "SUCCESS"
        assert await anyone.state(kept) == ["provisioned"]


async def test_14_a_kind_without_any_credentials(anyone: Stranger) -> None:
    for number, kind in enumerate(("MQTT_BASIC", "X509_CERTIFICATE", "LWM2M_CREDENTIALS")):
        told = await anyone.provision(deviceName=f"dev{number}", credentialsType=kind)
        assert told == success(told["credentialsValue"])


async def test_15_a_gateway(anyone: Stranger) -> None:
    assert (await anyone.provision(deviceName="dev1", gateway=True))["status"] == "SUCCESS"
    assert (await anyone.device("dev1"))["additionalInfo"]["gateway"] is True


async def test_16_no_name(anyone: Stranger) -> None:
    nothings: tuple[dict[str, Any], ...] = ({}, {"deviceName": ""})
    for nothing in nothings:
        assert (await anyone.provision(**nothing))["status"] == "SUCCESS"
    names = await anyone.names()
    assert len(names) == 2
    assert all(is_made_up(name) for name in names)


async def test_17_a_list_is_loaded_and_then_provisioned(anyone: Stranger) -> None:
    kinds = ("NAME", "TYPE", "ACCESS_TOKEN")
    mapping = {"columns": [{"type": kind} for kind in kinds], "delimiter": ",", "update": False}
    rows = f"name,type,token\n007,{KNOWN},t-7\n008,{KNOWN},t-7\n"
    sent = {"file": rows, "mapping": {**mapping, "header": True}}
    done = (await anyone.http.post(f"{DEVICE}/bulk_import", json=sent)).json()
    assert (done["created"], done["updated"], done["errors"]) == (1, 0, 1)
    assert done["errorsList"][0].startswith("Line ")
    assert await anyone.names() == ["007"]
    assert await anyone.state("007") == []
    assert await anyone.provision("PC", deviceName="007") == success("t-7")


@pytest.mark.parametrize("columns", ["NAME", ["NAME"], [{"type": "SERIAL"}], [{}], None])
async def test_17_columns_that_there_are_not(one: Stranger, columns: Any) -> None:
    mapping = {"columns": columns, "delimiter": ",", "update": False, "header": True}
    sent = {"file": "name\n007\n", "mapping": mapping}
    assert _error(await one.http.post(f"{DEVICE}/bulk_import", json=sent)) == (400, 31)
    assert await one.names() == []


async def test_18_a_token_that_has_expired_and_one_that_is_renewed(one: Stranger) -> None:
    who = {"username": one.server.admin.email, "password": one.server.admin.password}
    pair = (await one.http.post("/api/auth/login", json=who)).json()
    bearer = {"X-Authorization": f"Bearer {pair['token']}"}
    one.server.account.clock_ahead_s = 9001.0
    assert _error(await one.http.get("/api/auth/user", headers=bearer)) == (401, 11)
    renew = {"refreshToken": pair["refreshToken"]}
    fresh = (await one.http.post("/api/auth/token", json=renew)).json()
    bearer = {"X-Authorization": f"Bearer {fresh['token']}"}
    assert (await one.http.get("/api/auth/user", headers=bearer)).status_code == 200
    one.server.account.clock_ahead_s = 604_801.0
    assert _error(await one.http.post("/api/auth/token", json=renew)) == (401, 11)


async def test_18_over_the_limit(one: Stranger) -> None:
    one.server.faults = ["rate-limit"]
    replies = [await one.http.get("/api/auth/user") for _ in range(40)]
    (told, *_) = [reply for reply in replies if reply.status_code != 200]
    assert _error(told) == (429, 33)
    assert "retry-after" not in told.headers
    assert (await one.provision(deviceName="dev1"))["status"] == "SUCCESS", "not limited by that"


async def test_18_a_copy_that_is_stale(one: Stranger) -> None:
    await one.create("dev1", "t0", "PA")
    held = await one.credentials("dev1")
    where = f"{DEVICE}/credentials"
    changed = await one.http.post(where, json={**held, "credentialsId": "t1"})
    assert changed.json()["version"] == held["version"] + 1
    assert _error(await one.http.post(where, json={**held, "credentialsId": "t2"})) == (409, 35)
    unnamed = {key: value for key, value in held.items() if key != "id"}
    refused = await one.http.post(where, json={**unnamed, "credentialsId": "t2"})
    assert _error(refused) == (400, 31)
    assert await one.lets_in("t1") == [True, True, True]
    assert await one.lets_in("t0") == [False, False, False]


def _error(reply: httpx.Response) -> tuple[int, int]:
    return reply.status_code, reply.json()["errorCode"]
