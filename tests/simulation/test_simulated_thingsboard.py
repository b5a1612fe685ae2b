from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from station.simulation.thingsboard import KNOWN, NEW, SimulatedThingsBoard

PROVISION = "/api/v1/provision"
NOT_FOUND = {"errorMsg": "Provision data was not found!", "status": "NOT_FOUND"}
FAILURE = {"errorMsg": "Failed to provision device!", "status": "FAILURE"}
NOWHERE = "00000000-0000-4000-8000-000000000000"
PEM = "-----BEGIN CERTIFICATE-----\nMIIB\nAAAA\n-----END CERTIFICATE-----\n"


@dataclass(frozen=True)
class Here:
    cloud: SimulatedThingsBoard
    http: httpx.AsyncClient

    async def provision(self, **more: Any) -> httpx.Response:
        cloud = self.cloud
        keys = {
            "provisionDeviceKey": cloud.provision_key,
            "provisionDeviceSecret": cloud.provision_secret,
        }
        return await self.http.post(PROVISION, json={**keys, **more})

    async def create(self, name: str, **more: Any) -> Any:
        reply = await self.http.post("/api/device", json={"name": name, **more})
        assert reply.status_code == 200
        return reply.json()

    async def credentials(self, device: Any) -> Any:
        return (await self.http.get(f"/api/device/{device['id']['id']}/credentials")).json()

    async def log_in(self) -> dict[str, str]:
        who = {"username": self.cloud.admin.email, "password": self.cloud.admin.password}
        return dict((await self.http.post("/api/auth/login", json=who)).json())

    async def as_customer(self) -> dict[str, str]:
        user = self.cloud.customer_user
        who = {"username": user.email, "password": user.password}
        told = (await self.http.post("/api/auth/login", json=who)).json()
        return {"X-Authorization": f"Bearer {told['token']}"}


async def _visit(**settings: Any) -> AsyncIterator[Here]:
    async with SimulatedThingsBoard(transports=False, silence_s=0.0, **settings) as cloud:
        headers = {"X-Authorization": f"ApiKey {cloud.api_key}"}
        async with httpx.AsyncClient(base_url=cloud.address, headers=headers) as http:
            yield Here(cloud, http)


@pytest.fixture
async def here() -> AsyncIterator[Here]:
    async for visit in _visit():
        yield visit


@pytest.fixture
async def older() -> AsyncIterator[Here]:
    async for visit in _visit(version="3.8"):
        yield visit


def error(reply: httpx.Response) -> tuple[int, int]:
    told = reply.json()
    assert {"status", "message", "errorCode", "timestamp"} <= set(told)
    assert told["status"] == reply.status_code
    return reply.status_code, told["errorCode"]


async def test_hello_tells_where_every_door_is_and_what_opens_it() -> None:
    async with SimulatedThingsBoard.listening("127.0.0.1", 0, ["slow"]) as cloud:
        hello = cloud.hello
        assert set(hello) == {
            "http",
            "mqtt",
            "coap",
            "username",
            "password",
            "api_key",
            "provision_key",
            "provision_secret",
        }
        assert hello["http"].startswith("http://127.0.0.1:")
        assert re.fullmatch(r"127\.0\.0\.1:\d+", hello["mqtt"])
        assert re.fullmatch(r"127\.0\.0\.1:\d+", hello["coap"])
        assert cloud.faults == {"slow"}
    with pytest.raises(ValueError, match="no fault 'nonsense'"):
        SimulatedThingsBoard(faults=["nonsense"])


async def test_provisioning_answers_200_for_yes_and_for_no(here: Here) -> None:
    first = await here.provision(deviceName="dev1")
    assert first.status_code == 200
    assert first.headers["content-type"] == "text/plain;charset=UTF-8"
    told = first.json()
    assert first.text.startswith('{"credentialsValue":"')
    assert set(told) == {"credentialsValue", "credentialsType", "status"}
    again = await here.provision(deviceName="dev1")
    assert (again.status_code, again.json()) == (200, FAILURE)
    wrong = await here.provision(deviceName="dev2", provisionDeviceSecret="wrong")
    assert (wrong.status_code, wrong.json()) == (200, NOT_FOUND)
    found = await here.http.get("/api/tenant/devices", params={"deviceName": "dev1"})
    assert found.json()["type"] == NEW


async def test_what_provisioning_cannot_read_is_500_and_echoed(here: Here) -> None:
    key = here.cloud.provision_key

    async def sent(body: bytes) -> httpx.Response:
        return await here.http.post(PROVISION, content=body)

    missing = await sent(f'{{"provisionDeviceKey":"{key}"}}'.encode())
    assert error(missing) == (500, 2)
    assert missing.json()["message"] == (
        "Failed to find the field provisionDeviceSecret in JSON body "
        f'{{"provisionDeviceKey":"{key}"}}!'
    )
    for body in (b"{", b"[]", b'{"deviceName":null}', b'{"credentialsType":"X"}'):
        assert error(await sent(body)) == (500, 2)
    assert error(await sent(b"")) == (400, 31)
    assert error(await here.http.get(PROVISION)) == (405, 31)


async def test_the_key_of_a_chain_profile_gets_500_without_a_word(here: Here) -> None:
    profile = _profile("chain", "X509_CERTIFICATE_CHAIN", PEM)
    made = (await here.http.post("/api/deviceProfile", json=profile)).json()
    key = made["provisionDeviceKey"]
    assert len(key) == 64
    asked = made["profileData"]["provisionConfiguration"]
    assert asked["provisionDeviceSecret"] == "MIIBAAAA"
    reply = await here.provision(deviceName="x", provisionDeviceKey=key)
    assert (reply.status_code, reply.content) == (500, b"")
    again = await here.http.post("/api/deviceProfile", json={**profile, "name": "other"})
    assert again.json()["message"] == "Device profile with such certificate already exists!"


async def test_a_device_uses_its_token(here: Here) -> None:
    token = (await here.provision(deviceName="dev1")).json()["credentialsValue"]
    base = f"/api/v1/{token}"
    assert (await here.http.get(f"{base}/attributes")).json() == {}
    written = await here.http.post(f"{base}/attributes", json={"stationCheck": "007"})
    assert (written.status_code, written.content) == (200, b"")
    told = (await here.http.get(f"{base}/attributes")).json()
    assert told == {"client": {"stationCheck": 7}}
    assert (await here.http.post(f"{base}/telemetry", json={"a": 1})).status_code == 200
    refused = await here.http.post("/api/v1/nope/telemetry", json={"a": 1})
    assert (refused.status_code, refused.content) == (401, b"")
    assert (await here.http.post(f"{base}/telemetry", content=b"{")).status_code == 400
    infos = await here.http.get("/api/tenant/deviceInfos", params={"pageSize": 5, "page": 0})
    assert [info["active"] for info in infos.json()["data"]] == [True]
    assert token not in repr(here.cloud.calls)


async def test_who_may_call(here: Here) -> None:
    assert (await here.http.get("/api/auth/user")).json()["authority"] == "TENANT_ADMIN"
    nobody = {"X-Authorization": "ApiKey nope"}
    assert error(await here.http.get("/api/auth/user", headers=nobody)) == (401, 10)
    pair = await here.log_in()
    bearer = {"X-Authorization": f"Bearer {pair['token']}"}
    assert (await here.http.get("/api/auth/user", headers=bearer)).status_code == 200
    here.cloud.account.clock_ahead_s = 9001
    stale = await here.http.get("/api/auth/user", headers=bearer)
    assert error(stale) == (401, 11)
    new = await here.http.post("/api/auth/token", json={"refreshToken": pair["refreshToken"]})
    bearer = {"Authorization": f"Bearer {new.json()['token']}"}
    fresh = httpx.AsyncClient(base_url=here.cloud.address, headers=bearer)
    async with fresh:
        assert (await fresh.get("/api/auth/user")).status_code == 200
    here.cloud.account.clock_ahead_s += 604_801
    late = await here.http.post(
        "/api/auth/token", json={"refreshToken": new.json()["refreshToken"]}
    )
    assert error(late) == (401, 11)
    for body in ({"username": "x", "password": "y"}, {"username": "", "password": ""}):
        assert error(await here.http.post("/api/auth/login", json=body)) == (401, 10)


async def test_an_api_key_is_shown_once_and_dies_when_it_is_disabled(here: Here) -> None:
    user = (await here.http.get("/api/auth/user")).json()["id"]
    body = {"userId": user, "description": "line 2", "enabled": True, "expirationTime": 0}
    key = (await here.http.post("/api/apiKey", json=body)).json()
    assert key["value"].startswith("tb_")
    listed = await here.http.get(f"/api/apiKeys/{user['id']}", params={"pageSize": 9, "page": 0})
    assert key["value"] not in listed.text
    assert listed.json()["totalElements"] == 2
    own = {"X-Authorization": f"ApiKey {key['value']}"}
    assert (await here.http.get("/api/auth/user", headers=own)).status_code == 200
    await here.http.put(f"/api/apiKey/{key['id']['id']}/enabled/False")
    assert error(await here.http.get("/api/auth/user", headers=own)) == (401, 10)
    assert (await here.http.delete(f"/api/apiKey/{key['id']['id']}")).status_code == 200
    no_words = {"userId": user, "enabled": True}
    assert error(await here.http.post("/api/apiKey", json=no_words)) == (400, 31)


async def test_older_servers_have_no_api_keys(older: Here) -> None:
    assert error(await older.http.get("/api/auth/user")) == (401, 10)
    pair = await older.log_in()
    bearer = {"X-Authorization": f"Bearer {pair['token']}"}
    info = await older.http.get("/api/system/info", headers=bearer)
    assert info.json()["version"] == "3.8"
    assert (await older.http.post("/api/apiKey", json={}, headers=bearer)).status_code == 404


def _profile(name: str, kind: str, secret: str, key: str | None = None) -> dict[str, Any]:
    asked: dict[str, Any] = {"type": kind, "provisionDeviceSecret": secret}
    return {
        "name": name,
        "type": "DEFAULT",
        "transportType": "DEFAULT",
        "provisionType": kind,
        "provisionDeviceKey": key,
        "profileData": {
            "configuration": {"type": "DEFAULT"},
            "transportConfiguration": {"type": "DEFAULT"},
            "provisionConfiguration": asked,
        },
    }


async def test_a_profile_is_made_changed_and_removed(here: Here) -> None:
    wanted = _profile("trackers", "ALLOW_CREATE_NEW_DEVICES", "S", "K")
    made = (await here.http.post("/api/deviceProfile", json=wanted)).json()
    assert (made["provisionDeviceKey"], made["version"]) == ("K", 1)
    same_key = await here.http.post("/api/deviceProfile", json={**wanted, "name": "other"})
    assert error(same_key) == (400, 31)
    assert same_key.json()["message"] == (
        "Device profile with such provision device key already exists!"
    )
    reply = await here.provision(deviceName="d", provisionDeviceKey="K", provisionDeviceSecret="S")
    assert reply.json()["status"] == "SUCCESS"
    changed = await here.http.post("/api/deviceProfile", json={**made, "description": "GPS"})
    assert changed.json()["version"] == 2
    assert error(await here.http.post("/api/deviceProfile", json=made)) == (409, 35)
    at = f"/api/deviceProfile/{made['id']['id']}"
    assert error(await here.http.delete(at)) == (400, 31)
    device = (await here.http.get("/api/tenant/devices", params={"deviceName": "d"})).json()
    assert (await here.http.delete(f"/api/device/{device['id']['id']}")).status_code == 200
    assert (await here.http.delete(at)).status_code == 200
    assert error(await here.http.get(at)) == (404, 32)
    mixed = {**wanted, "provisionType": "DISABLED"}
    assert error(await here.http.post("/api/deviceProfile", json=mixed)) == (400, 31)


async def test_profiles_are_listed_with_and_without_secrets(here: Here) -> None:
    first = {"pageSize": 2, "page": 0}
    full = (await here.http.get("/api/deviceProfiles", params=first)).json()
    assert (full["totalPages"], full["totalElements"], full["hasNext"]) == (2, 3, True)
    light = await here.http.get("/api/deviceProfileInfos", params={**first, "textSearch": NEW})
    assert [info["name"] for info in light.json()["data"]] == [NEW]
    assert here.cloud.provision_secret not in light.text
    names = (await here.http.get("/api/deviceProfile/names")).json()
    assert [known["name"] for known in names] == ["default", NEW, KNOWN]
    assert (await here.http.get("/api/deviceProfileInfo/default")).json()["name"] == "default"
    assert error(await here.http.get("/api/deviceProfiles")) == (400, 31)


async def test_a_known_device_is_provisioned_until_it_is_reset(here: Here) -> None:
    known = here.cloud.known
    device = await here.create("pre1", type=KNOWN)
    keys = {"provisionDeviceKey": known.key, "provisionDeviceSecret": known.secret}
    held = await here.credentials(device)
    first = await here.provision(deviceName="pre1", **keys)
    assert first.json()["credentialsValue"] == held["credentialsId"]
    assert (await here.provision(deviceName="pre1", **keys)).json() == FAILURE
    base = f"/api/plugins/telemetry/DEVICE/{device['id']['id']}"
    reads = f"{base}/values/attributes/SERVER_SCOPE?keys=provisionState"
    (state,) = (await here.http.get(reads)).json()
    assert (state["key"], state["value"]) == ("provisionState", "provisioned")
    for _ in range(2):
        gone = await here.http.delete(f"{base}/SERVER_SCOPE?keys=provisionState")
        assert gone.status_code == 200
    assert (await here.http.get(reads)).json() == []
    assert (await here.provision(deviceName="pre1", **keys)).json()["status"] == "SUCCESS"
    logs = await here.http.get(
        f"/api/audit/logs/entity/DEVICE/{device['id']['id']}",
        params={"pageSize": 10, "page": 0, "actionTypes": "PROVISION_FAILURE"},
    )
    (log,) = logs.json()["data"]
    assert (log["userName"], log["actionStatus"]) == ("pre1", "SUCCESS")
    assert str(known.secret) in str(log["actionData"])


async def test_a_device_is_made_named_and_found(here: Here) -> None:
    device = await here.create("0012", type="a new type", label="x")
    assert device["version"] == 1
    names = (await here.http.get("/api/deviceProfile/names")).json()
    assert "a new type" in [known["name"] for known in names]
    twice = await here.http.post("/api/device", json={"name": "0012"})
    assert error(twice) == (400, 31)
    assert twice.json()["message"] == "Device with such name already exists!"
    renamed = await here.http.post("/api/device", json={**device, "name": "0013"})
    assert (renamed.json()["id"], renamed.json()["version"]) == (device["id"], 2)
    assert error(await here.http.post("/api/device", json=device)) == (409, 35)
    missing = await here.http.get("/api/tenant/device", params={"deviceName": "0012"})
    assert error(missing) == (404, 32)
    assert missing.json()["message"] == "Requested item wasn't found!"
    here.cloud.faults = frozenset({"device-limit"})
    full = await here.http.post("/api/device", json={"name": "one more"})
    assert error(full) == (403, 41)
    assert full.json()["entityType"] == "DEVICE"
    assert (await here.provision(deviceName="one more")).json() == FAILURE


async def test_credentials_are_made_and_replaced(here: Here) -> None:
    body = {
        "device": {"name": "a"},
        "credentials": {"credentialsType": "ACCESS_TOKEN", "credentialsId": "tok-a"},
    }
    made = (await here.http.post("/api/device-with-credentials", json=body)).json()
    assert "credentialsId" not in made
    held = await here.credentials(made)
    assert (held["credentialsId"], held["version"]) == ("tok-a", 1)
    basic = {**held, "credentialsType": "MQTT_BASIC", "credentialsValue": '{"userName":"u"}'}
    replaced = (await here.http.post("/api/device/credentials", json=basic)).json()
    assert (replaced["credentialsId"], replaced["version"]) == ("u", 2)
    assert error(await here.http.post("/api/device/credentials", json=held)) == (409, 35)
    no_id = {name: value for name, value in replaced.items() if name != "id"}
    assert error(await here.http.post("/api/device/credentials", json=no_id)) == (400, 31)
    await here.http.post("/api/device?accessToken=tok-b", json={"name": "b"})
    taken = {**replaced, "credentialsType": "ACCESS_TOKEN", "credentialsId": "tok-b"}
    refused = await here.http.post("/api/device/credentials", json=taken)
    assert refused.json()["message"] == (
        "Device credentials are already assigned to another device!"
    )


async def test_a_list_is_loaded_row_by_row(here: Here) -> None:
    await here.create("old", type=KNOWN)
    text = (
        "Name,Type,Token,Batch,Exp\n"
        f"0001,{KNOWN},t1,0012,12e5\n0002,{KNOWN},t1,1,1\nold,{KNOWN},t3,0098,A1\n"
    )
    columns: list[dict[str, str]] = [
        {"type": "NAME"},
        {"type": "TYPE"},
        {"type": "ACCESS_TOKEN"},
        {"type": "SERVER_ATTRIBUTE", "key": "batch"},
        {"type": "SERVER_ATTRIBUTE", "key": "exp"},
    ]
    mapping = {"columns": columns, "delimiter": ",", "update": False, "header": True}
    reply = await here.http.post("/api/device/bulk_import", json={"file": text, "mapping": mapping})
    done = reply.json()
    assert (done["created"], done["updated"], done["errors"]) == (1, 1, 1)
    assert done["errorsList"][0].startswith("Line 3: DeviceCredentialsValidationException: ")
    account, tenant = here.cloud.account, here.cloud.tenant.id
    made, old = account.device_named(tenant, "0001"), account.device_named(tenant, "old")
    assert made
    assert old
    assert made.attributes["SERVER_SCOPE"] == {"batch": 12, "exp": 1200000}
    assert old.attributes["SERVER_SCOPE"] == {}
    assert account.by_token("t3") is old
    assert account.device_named(tenant, "0002") is None
    no_header = {"file": text, "mapping": {"columns": columns, "delimiter": ","}}
    assert error(await here.http.post("/api/device/bulk_import", json=no_header)) == (500, 2)


async def test_attributes_are_cast(here: Here) -> None:
    device = await here.create("a")
    base = f"/api/plugins/telemetry/DEVICE/{device['id']['id']}"
    sent = {"serial": "0012", "unit": {"serial": "0012"}}
    assert (await here.http.post(f"{base}/attributes/SERVER_SCOPE", json=sent)).content == b""
    told = (await here.http.get(f"{base}/values/attributes/SERVER_SCOPE?keys=serial,unit")).json()
    assert {each["key"]: each["value"] for each in told} == {
        "serial": 12,
        "unit": {"serial": "0012"},
    }
    await here.http.post(f"{base}/attributes/SERVER_SCOPE", json={"a,b": 1})
    one = (await here.http.get(f"{base}/values/attributes/SERVER_SCOPE?key=a,b")).json()
    assert [each["key"] for each in one] == ["a,b"]
    for scope, body in (("SERVER", b"{"), ("SERVER", b"{}"), ("CLIENT", b'{"a":1}')):
        reply = await here.http.post(f"{base}/attributes/{scope}_SCOPE", content=body)
        assert error(reply) == (400, 31)


async def test_a_device_is_assigned_and_taken_back(here: Here) -> None:
    device = (await here.create("a"))["id"]["id"]
    made = (await here.http.post("/api/customer", json={"title": "Stark"})).json()
    found = await here.http.get("/api/tenant/customers", params={"customerTitle": "Stark"})
    assert found.json()["id"] == made["id"]
    listed = await here.http.get("/api/customers", params={"pageSize": 9, "page": 0})
    assert [each["title"] for each in listed.json()["data"]] == ["Wayne", "Stark"]
    customer = made["id"]["id"]
    assigned = await here.http.post(f"/api/customer/{customer}/device/{device}")
    assert assigned.json()["customerId"]["id"] == customer
    info = (await here.http.get(f"/api/device/info/{device}")).json()
    assert (info["customerTitle"], info["deviceProfileName"]) == ("Stark", "default")
    assert (await here.http.delete(f"/api/customer/device/{device}")).status_code == 200
    assert error(await here.http.post(f"/api/customer/{NOWHERE}/device/{device}")) == (404, 32)


async def test_a_customer_claims_while_the_window_is_open(here: Here) -> None:
    token = (await here.provision(deviceName="a")).json()["credentialsValue"]
    customer, claim = await here.as_customer(), "/api/customer/device/a/claim"
    wrong, right = {"secretKey": "no"}, {"secretKey": "s"}

    async def asks(body: Any, path: str = claim) -> httpx.Response:
        return await here.http.post(path, json=body, headers=customer)

    closed = await asks(right)
    assert (closed.status_code, closed.json()) == (400, "FAILURE")
    opened = await here.http.post(f"/api/v1/{token}/claim", json=right)
    assert opened.status_code == 200
    await here.http.post(f"/api/v1/{token}/claim", json=wrong)  # does not replace the window
    assert error(await here.http.post(claim, json=right)) == (403, 20)
    assert error(await asks(right, "/api/customer/device/nobody/claim")) == (404, 32)
    assert error(await here.http.post(claim, headers=customer)) == (500, 2)
    assert (await asks(right)).json()["response"] == "SUCCESS"
    assert (await asks(right)).json() == "CLAIMED"
    assert (await here.http.delete(claim)).content == b""
    await here.http.post(f"/api/v1/{token}/claim", json={**right, "durationMs": 1000})
    here.cloud.account.clock_ahead_s = 2
    assert (await asks(right)).json() == "FAILURE"


async def test_a_claim_by_the_attribute_on_the_label(here: Here) -> None:
    device = await here.create("a")
    until = here.cloud.account.now_ms() + 60_000
    claiming = {"claimingData": {"secretKey": "label", "expirationTime": until}}
    base = f"/api/plugins/telemetry/{device['id']['id']}/SERVER_SCOPE"
    assert (await here.http.post(base, json=claiming)).status_code == 200
    reply = await here.http.post(
        "/api/customer/device/a/claim",
        json={"secretKey": "label"},
        headers=await here.as_customer(),
    )
    assert reply.json()["device"]["customerId"]["id"] == here.cloud.customer.id


async def test_what_is_not_there(here: Here) -> None:
    assert error(await here.http.get(f"/api/device/{NOWHERE}")) == (404, 32)
    assert error(await here.http.get("/api/nonsense")) == (404, 32)
    assert error(await here.http.put("/api/system/info")) == (405, 31)
    assert error(await here.http.post("/api/device", content=b"{")) == (400, 31)
    customer = await here.as_customer()
    assert error(await here.http.post("/api/device", json={}, headers=customer)) == (403, 20)
