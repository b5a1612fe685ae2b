from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
import pytest

from station.simulation import sketches
from station.simulation.arduino_cloud import SimulatedArduinoCloud
from tests.simulation.arduino_visit import AUDIENCE, DEVICES, TOKEN, Visit, visit

ORGANIZATION = "5f1c2b3a-0000-4000-8000-00000000aaaa"
THINGS = "/iot/v2/things"
LORA = {
    "app": "defaultApp",
    "eui": "a8610a3233267d09",
    "frequency_plan": "EU_863_870_TTN",
    "name": "Far away",
    "serial": "C0FFEE",
    "type": "mkrwan1310",
    "user_id": "me",
}


@pytest.fixture
async def here() -> AsyncIterator[Visit]:
    async with visit() as here:
        yield here


@pytest.fixture
async def in_organization() -> AsyncIterator[Visit]:
    async with visit(organization=ORGANIZATION) as here:
        yield here


def goa(reply: httpx.Response) -> tuple[int, str]:
    told = reply.json()
    assert set(told) == {"id", "code", "status", "detail", "meta"}
    assert told["status"] == reply.status_code
    return reply.status_code, told["code"]


async def test_hello_tells_where_and_the_credentials(here: Visit) -> None:
    cloud = here.cloud
    assert cloud.hello == {
        "http": cloud.address,
        "client_id": cloud.client_id,
        "client_secret": cloud.client_secret,
    }
    assert cloud.address.startswith("http://127.0.0.1:")
    twin = SimulatedArduinoCloud.listening("127.0.0.1", 0, ["slow"])
    assert twin.faults == {"slow"}
    assert twin.client_secret != cloud.client_secret


async def test_a_token_is_given_for_the_credentials(here: Visit) -> None:
    reply = await here.client.post(TOKEN, data=here.form)
    told = reply.json()
    assert (told["expires_in"], told["token_type"]) == (300, "Bearer")
    assert len(told["access_token"]) > 20


async def test_the_credentials_may_come_in_the_header(here: Visit) -> None:
    form = {"grant_type": "client_credentials", "audience": AUDIENCE}
    good = await here.client.post(
        TOKEN, data=form, auth=(here.cloud.client_id, here.cloud.client_secret)
    )
    bad = await here.client.post(TOKEN, data=form, auth=(here.cloud.client_id, "no"))
    garbled = await here.client.post(TOKEN, data=form, headers={"Authorization": "Basic %%%"})
    assert (good.status_code, bad.status_code, garbled.status_code) == (200, 401, 401)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"client_secret": "wrong"}, 401),
        ({"client_id": "wrong"}, 401),
        ({"audience": "https://example.com/iot"}, 403),
        ({"grant_type": "password"}, 400),
        ({"organization_id": ORGANIZATION}, 401),
    ],
)
async def test_no_token_for_others(here: Visit, more: dict[str, str], status: int) -> None:
    reply = await here.client.post(TOKEN, data=here.form | more)
    assert reply.status_code == status
    assert here.cloud.client_secret not in reply.text


async def test_the_audience_may_be_this_server_itself(here: Visit) -> None:
    assert (await here.log_in(audience=f"{here.cloud.address}/iot")).status_code == 200


@pytest.mark.parametrize("path", [DEVICES, "/provisioning/v1/onboarding", "/iot/v2/nothing"])
@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic abc"])
async def test_without_a_token_nothing_is_told(here: Visit, path: str, header: str) -> None:
    reply = await here.client.get(path, headers={"Authorization": header})
    assert reply.status_code == 401
    if path.startswith("/iot"):
        assert goa(reply) == (401, "unauthorized")
    else:
        assert reply.headers["content-type"].startswith("text/plain")


async def test_tokens_expire() -> None:
    async with visit(token_s=0.0) as here:
        assert (await here.client.get(DEVICES)).status_code == 401
    async with visit() as here:
        here.cloud.tokens.revoke()
        assert (await here.client.get(DEVICES)).status_code == 401
        await here.log_in()
        assert (await here.client.get(DEVICES)).status_code == 200


async def test_an_organization_is_named_in_form_or_header(in_organization: Visit) -> None:
    here, named = in_organization, {"X-Organization": ORGANIZATION}
    assert here.cloud.hello["organization"] == ORGANIZATION
    assert (await here.log_in()).status_code == 401
    by_header = await here.client.post(TOKEN, data=here.form, headers=named)
    assert by_header.status_code == 200
    assert (await here.log_in(organization_id=ORGANIZATION)).status_code == 200

    assert goa(await here.client.get(DEVICES)) == (403, "forbidden")
    other = {"X-Organization": ORGANIZATION.replace("a", "b")}
    assert (await here.client.get(DEVICES, headers=other)).status_code == 403
    made = await here.client.put(DEVICES, json={"type": "giga"}, headers=named)
    assert made.json()["organization_id"] == ORGANIZATION


async def test_every_reply_has_the_time(here: Visit) -> None:
    for path in (DEVICES, "/nowhere"):
        told = parsedate_to_datetime((await here.client.get(path)).headers["date"])
        assert abs((told - datetime.now(UTC)).total_seconds()) < 60
    here.cloud.clock_ahead_s = -7200.0
    told = parsedate_to_datetime((await here.client.get(DEVICES)).headers["date"])
    assert -7300 < (told - datetime.now(UTC)).total_seconds() < -7100


async def test_wrong_paths_and_methods_are_told_apart(here: Visit) -> None:
    assert goa(await here.client.get("/iot/v2/nothing")) == (404, "not_found")
    assert goa(await here.client.patch(DEVICES)) == (405, "method_not_allowed")


async def test_requests_are_logged(here: Visit) -> None:
    await here.client.get(DEVICES, params={"serial": "A"})
    last = here.cloud.calls[-1]
    assert (last.method, last.path, last.query, last.status) == (
        "GET",
        DEVICES,
        {"serial": "A"},
        200,
    )
    assert (here.cloud.asked("GET", DEVICES), here.cloud.asked("POST", TOKEN)) == (1, 1)


async def test_a_device_is_made_changed_and_told(here: Visit) -> None:
    made = await here.client.put(
        DEVICES, json={"type": "mkrwifi1010", "serial": "S1", "connection_type": "wifi"}
    )
    assert made.status_code == 201
    device = made.json()
    assert device["fqbn"] == "arduino:samd:mkrwifi1010"
    assert device["label"] == "Arduino MKR WiFi 1010"
    assert device["href"] == f"{DEVICES}/{device['id']}"
    assert device["name"]

    path = f"{DEVICES}/{device['id']}"
    changed = await here.client.post(path, json={"name": "Bench", "wifi_fw_version": "1.5.0"})
    assert changed.status_code == 200
    told = (await here.client.get(path)).json()
    assert (told["name"], told["wifi_fw_version"], told["serial"]) == ("Bench", "1.5.0", "S1")


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"type": 4}', b'{"type":"giga","connection_type":"string"}']
)
async def test_what_is_no_device_is_refused(here: Visit, body: bytes) -> None:
    assert goa(await here.client.put(DEVICES, content=body)) == (400, "invalid_request")
    assert here.account.devices == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "toaster"},
        {"name": "x" * 65},
        {"name": "é"},
        {"serial": 5},
        {"wifi_fw_version": "1.5"},
        {"wifi_fw_version": "10.100.1000"},
    ],
)
async def test_fields_that_break_their_rules_are_refused(
    here: Visit, wrong: dict[str, object]
) -> None:
    path = f"{DEVICES}/{await here.device(name='Bench')}"
    made = await here.client.put(DEVICES, json={"type": "giga"} | wrong)
    assert goa(made) == (400, "invalid_request")
    assert (await here.client.post(path, json=wrong)).status_code == 400
    assert [device.name for device in here.account.devices.values()] == ["Bench"]
    tag = {"key": "k" * 65, "value": "v"}
    assert (await here.client.put(f"{path}/tags", json=tag)).status_code == 400
    assert (await here.client.put(THINGS, json={"name": "Lamp/1"})).status_code == 400


async def test_devices_are_found_by_serial_and_by_all_their_tags(here: Visit) -> None:
    one, two = await here.device(serial="S1"), await here.device(serial="S2")
    for device, key, value in ((one, "line", "1"), (one, "lot", "7"), (two, "line", "1")):
        reply = await here.client.put(f"{DEVICES}/{device}/tags", json={"key": key, "value": value})
        assert reply.status_code == 200

    async def found(**wanted: str | list[str]) -> list[str]:
        reply = await here.client.get(DEVICES, params=wanted)
        return [device["id"] for device in reply.json()]

    assert await found() == [one, two]
    assert await found(serial="S2") == [two]
    assert await found(tags="line:1") == [one, two]
    assert await found(tags=["line:1", "lot:7"]) == [one]
    assert await found(tags=["lot:7", "line:2"]) == []
    for bad in ("line", "a:" + "x" * 128):
        assert (await here.client.get(DEVICES, params={"tags": bad})).status_code == 400


async def test_tags_are_listed_changed_and_removed(here: Visit) -> None:
    tags = f"{DEVICES}/{await here.device()}/tags"
    for value in ("1", "2"):
        await here.client.put(tags, json={"key": "line", "value": value})
    assert (await here.client.get(tags)).json() == {"tags": [{"key": "line", "value": "2"}]}
    assert (await here.client.delete(f"{tags}/line")).status_code == 200
    assert (await here.client.get(tags)).json() == {"tags": []}
    assert (await here.client.put(tags, json={"key": "line"})).status_code == 400


async def test_a_device_is_put_into_the_bin_or_removed(here: Visit) -> None:
    path = f"{DEVICES}/{await here.device()}"
    assert (await here.client.delete(path)).status_code == 200
    assert goa(await here.client.get(path)) == (404, "not_found")
    assert (await here.client.get(DEVICES)).json() == []
    binned = (await here.client.get(DEVICES, params={"show_deleted": "true"})).json()
    assert binned[0]["deleted_at"]
    assert (await here.client.delete(path)).status_code == 404

    assert (await here.client.post(path, json={"soft_deleted": False})).status_code == 200
    assert (await here.client.get(path)).status_code == 200
    assert (await here.client.delete(path, params={"force": "true"})).status_code == 200
    assert here.account.devices == {}
    assert (await here.client.delete(path, params={"force": "true"})).status_code == 404


async def test_what_a_device_has_done(here: Visit) -> None:
    device = await here.device()
    path = f"{DEVICES}/{device}"
    assert (await here.client.get(f"{path}/properties")).json()["deviceId"] == device
    assert (await here.client.get(f"{path}/events")).json()["events"] == []
    for is_online, status, event in (
        (False, "OFFLINE", "DISCONNECTED"),
        (True, "ONLINE", "CONNECTED"),
    ):
        here.account.devices[device].is_online = is_online
        assert (await here.client.get(path)).json()["device_status"] == status
        events = (await here.client.get(f"{path}/status")).json()["events"]
        assert [told["value"] for told in events] == [event]
    for what in ("properties", "events", "status"):
        assert (await here.client.get(f"{DEVICES}/nobody/{what}")).status_code == 404


async def test_a_password_is_suggested_set_and_checked(here: Visit) -> None:
    path = f"{DEVICES}/{await here.device(type='login_and_secretkey_wifi')}/pass"
    assert (await here.client.get(path)).json() == {"set": False}
    told = (await here.client.get(path, params={"suggested_password": "true"})).json()
    again = (await here.client.get(path, params={"suggested_password": "true"})).json()
    assert told["set"] is False
    assert told["suggested_password"] != again["suggested_password"]

    sent = {"password": told["suggested_password"]}
    assert (await here.client.put(path, json={})).status_code == 400
    assert (await here.client.put(path, json=sent)).json() == {"set": True}
    assert (await here.client.post(path, json=sent)).status_code == 200
    assert (await here.client.post(path, json={"password": "no"})).status_code == 400
    assert (await here.client.get(path)).json() == {"set": True}
    assert (await here.client.delete(path)).status_code == 200
    assert (await here.client.get(path)).json() == {"set": False}


async def test_a_thing_takes_a_device_and_only_by_force_from_another(here: Visit) -> None:
    device = await here.device(name="Bench")
    made = await here.client.put(THINGS, json={"name": "Lamp", "device_id": device})
    assert made.status_code == 201
    assert made.json()["device_name"] == "Bench"
    other = (await here.client.put(THINGS, json={"name": "Door"})).json()["id"]
    path, attach = f"{THINGS}/{other}", {"device_id": device}

    assert goa(await here.client.post(path, json=attach)) == (409, "conflict")
    forced = await here.client.post(path, json=attach, params={"force": "true"})
    assert (forced.status_code, forced.json()["device_id"]) == (200, device)
    again = await here.client.post(path, json=attach)
    assert again.status_code == 200
    assert "device_id" not in (await here.client.get(f"{THINGS}/{made.json()['id']}")).json()
    assert (await here.client.get(f"{DEVICES}/{device}")).json()["thing"]["name"] == "Door"
    listed = (await here.client.get(THINGS, params={"device_id": device})).json()
    assert [thing["id"] for thing in listed] == [other]
    assert len((await here.client.get(THINGS)).json()) == 2


async def test_a_thing_without_such_a_device_is_refused(here: Visit) -> None:
    sent = {"name": "Lamp", "device_id": "nobody"}
    assert goa(await here.client.put(THINGS, json=sent)) == (412, "precondition_failed")
    assert here.account.things == {}
    for bad in ({"name": 5}, {"properties": "none"}, {"tags": [{"key": "a"}]}):
        assert (await here.client.put(THINGS, json=bad)).status_code == 400
    assert (await here.client.post(f"{THINGS}/nothing", json={})).status_code == 404


async def test_a_deleted_device_leaves_its_thing(here: Visit) -> None:
    device = await here.device()
    thing = (await here.client.put(THINGS, json={"device_id": device})).json()["id"]
    await here.client.delete(f"{DEVICES}/{device}")
    assert here.account.things[thing].device_id is None


async def test_a_thing_is_cloned_has_a_sketch_and_is_deleted(here: Visit) -> None:
    sent = {
        "name": "Lamp",
        "device_id": await here.device(),
        "timezone": "Europe/Rome",
        "tags": [{"key": "a", "value": "b"}],
        "properties": [{"name": "on"}],
    }
    thing = (await here.client.put(THINGS, json=sent)).json()["id"]
    twin = await here.client.put(f"{THINGS}/{thing}/clone", json={"name": "Twin"})
    assert twin.status_code == 201
    told = twin.json()
    assert (told["name"], told["timezone"], told["tags"]) == ("Twin", "Europe/Rome", {"a": "b"})
    assert "device_id" not in told
    sketch = await here.client.put(f"{THINGS}/{thing}/sketch", json={"sketch_version": "v2"})
    assert (sketch.status_code, sketch.json()["sketch_id"]) == (201, "v2")
    assert (await here.client.delete(f"{THINGS}/{thing}")).status_code == 200
    assert (await here.client.get(f"{THINGS}/{thing}")).status_code == 404


async def test_a_lora_device_gets_its_keys(here: Visit) -> None:
    made = await here.client.put("/iot/v1/lora-devices/", json=LORA)
    assert made.status_code == 201
    told = made.json()
    assert told["eui"] == LORA["eui"]
    assert (len(bytes.fromhex(told["app_eui"])), len(bytes.fromhex(told["app_key"]))) == (8, 16)
    device = (await here.client.get(f"{DEVICES}/{told['device_id']}")).json()
    assert (device["connection_type"], device["name"]) == ("lora", "Far away")
    assert device["serial"] == "C0FFEE"


@pytest.mark.parametrize(
    "wrong",
    [
        {"eui": "a861"},
        {"eui": "A8610A3233267D09"},
        {"type": "giga"},
        {"frequency_plan": "MARS"},
        {"app": ""},
    ],
)
async def test_a_lora_device_that_is_none_is_refused(here: Visit, wrong: dict[str, str]) -> None:
    assert (await here.client.put("/iot/v1/lora-devices/", json=LORA | wrong)).status_code == 400
    assert here.account.devices == {}


async def test_frequency_plans_are_listed(here: Visit) -> None:
    plans = (await here.client.get("/iot/v1/lora-freq-plans/")).json()["frequency_plans"]
    assert LORA["frequency_plan"] in {plan["id"] for plan in plans}
    assert all(set(plan) == {"id", "name", "advanced"} for plan in plans)


async def test_supported_devices_say_which_provisioning(here: Visit) -> None:
    listed = (await here.client.get("/iot/v1/supported/devices")).json()
    by_fqbn = {product["fqbn"]: product for product in listed}
    uno = by_fqbn["arduino:renesas_uno:unor4wifi"]
    assert (uno["provisioning"], uno["min_provisioning_wifi_version"]) == ("v2", "0.6.0")
    assert uno["min_provisioning_sketch_version"] == "0.6.0"
    assert "min_provisioning_wifi_version" not in by_fqbn["arduino:mbed_opta:opta"]
    assert "provisioning" not in by_fqbn["arduino:samd:mkr1000"]
    assert all(product["type"] == product["fqbn"].split(":")[2] for product in listed)


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("mkrwifi1010?connection=wifi", ["SECRET_SSID", "SECRET_OPTIONAL_PASS"]),
        ("mkrgsm1400", ["SECRET_PIN", "SECRET_APN", "SECRET_LOGIN", "SECRET_PASS"]),
        ("mkrwan1310?connection=lora", ["SECRET_APP_EUI", "SECRET_APP_KEY"]),
        ("nano_nora", ["SECRET_SSID", "SECRET_OPTIONAL_PASS", "SECRET_DEVICE_KEY"]),
        (
            "opta?connection=eth",
            [f"SECRET_OPTIONAL_{n}" for n in ("IP", "DNS", "GATEWAY", "NETMASK")],
        ),
    ],
)
async def test_names_of_secrets(here: Visit, where: str, names: list[str]) -> None:
    told = (await here.client.get(f"/iot/v1/network_credentials/{where}")).json()
    assert [secret["secret_name"] for secret in told] == names
    assert set(told[0]) == {"friendly_name", "required", "secret_name", "sensitive"}


async def test_there_are_no_secrets_of_what_there_is_not(here: Visit) -> None:
    for where in ("toaster", "mkrwifi1010?connection=gsm", "toaster/connections"):
        assert (await here.client.get(f"/iot/v1/network_credentials/{where}")).status_code == 404
    there = await here.client.get("/iot/v1/network_credentials/opta/connections")
    assert there.json() == ["wifi", "eth"]


async def test_the_provisioning_sketch_is_the_one_that_boards_know(here: Visit) -> None:
    fqbn = "arduino:mbed_nano:nanorp2040connect"
    path = "/iot/v2/binaries/provisioningv2"
    told = (await here.client.get(path, params={"fqbn": fqbn})).json()
    image = base64.b64decode(told["bin"], validate=True)
    assert sketches.told(image) == ("provisioning", "0.6.2")
    assert told["sha256"] == hashlib.sha256(image).hexdigest()
    assert (told["fqbn"], told["filename"][-4:]) == (fqbn, ".elf")
    for fqbn in ("arduino:samd:mkr1000", "", "toaster"):
        assert (await here.client.get(path, params={"fqbn": fqbn})).status_code == 404


async def test_the_index_of_1_0_needs_no_token_and_leads_to_its_images(here: Visit) -> None:
    async with httpx.AsyncClient(base_url=here.cloud.address) as stranger:
        packed = (await stranger.get("/binaries/index.json.gz")).content
        boards = json.loads(gzip.decompress(packed))["boards"]
        seen = {}
        for board in boards:
            offer = board["provision"]
            image = (await stranger.get(offer["url"])).content
            assert offer["checksum"] == f"SHA-256:{hashlib.sha256(image).hexdigest()}"
            assert offer["size"] == str(len(image))
            seen[board["fqbn"]] = sketches.told(image)
        assert seen["arduino:samd:nano_33_iot"] == ("crypto", "1.0.0")
        assert seen["arduino:samd:mkrwan1310"] == ("lora", "1.0.0")
        assert "arduino:esp32:nano_nora" not in seen
        missing = await stranger.get("/binaries/arduino.samd.nano_33_iot/provision.elf")
        assert missing.status_code == 404
