"""ThingsBoard's own client of its REST API, `tb-ce-client`, against the simulated server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from station.simulation.thingsboard import SimulatedThingsBoard
from station.simulation.thingsboard_nouns import ALLOW_CREATE, CHECK_PRE, NOBODY
from tests.peers.conftest import Drive

pytestmark = pytest.mark.peer

Ask = Callable[..., Awaitable[dict[str, Any]]]

TAKEN = "Device credentials are already assigned to another device!"


@pytest.fixture
async def server() -> AsyncIterator[SimulatedThingsBoard]:
    async with SimulatedThingsBoard(version="4.4.0") as server:
        yield server


@pytest.fixture
def ask(drive: Drive, server: SimulatedThingsBoard) -> Ask:
    async def asked(task: str, **told: Any) -> dict[str, Any]:
        return await drive("drive_thingsboard_rest.py", task, {**server.hello, **told})

    return asked


async def test_a_user_comes_by_password_and_by_key(ask: Ask, server: SimulatedThingsBoard) -> None:
    told = await ask("sign_in")
    assert told == {
        "user": ["tenant@thingsboard.org", "TENANT_ADMIN"],
        "again": "tenant@thingsboard.org",
        "listed": ["station", "line 1"],
        "disabled": [401, 10, "Authentication failed"],
        "wrong": [401, 10, "Invalid username or password"],
    }
    assert [key.description for key in server.users.keys.values()] == ["station"]


@pytest.mark.parametrize("strategy", [ALLOW_CREATE, CHECK_PRE])
async def test_a_profile_is_made_with_our_key_and_secret(
    ask: Ask, server: SimulatedThingsBoard, strategy: str
) -> None:
    told = await ask("profiles", strategy=strategy)
    assert told == {
        "key": "key-1",
        "asked": {"type": strategy, "provisionDeviceSecret": "secret-1"},
        "changed": ["sensors of line 1", 2],
        "refused": [
            "Device profile with such provision device key already exists!",
            [409, 35],
            "The device profile referenced by the devices cannot be deleted!",
        ],
        "names": ["default", "station-new", "station-known", "P1"],
    }
    assert "P1" not in {profile.name for profile in server.account.profiles.values()}


async def test_a_device_is_made_found_renamed_assigned_and_deleted(
    ask: Ask, server: SimulatedThingsBoard
) -> None:
    told = await ask("devices")
    assert told == {
        "same": [True, True],
        "name": "dev2",
        "assigned": ["Kent", "default", False],
        "back": NOBODY,
        "listed": [["dev2"], 1, False],
        "refused": [
            [400, 31, "Device with such name already exists!"],
            [404, 32, "Requested item wasn't found!"],
        ],
    }
    assert server.account.devices == {}


async def test_credentials_are_read_and_replaced(ask: Ask, server: SimulatedThingsBoard) -> None:
    told = await ask("credentials")
    assert told == {
        "first": "tok-1",
        "kind": "ACCESS_TOKEN",
        "version": [1, 2],
        "refused": [[409, 35], TAKEN],
        "triple": ["MQTT_BASIC", {"clientId": "c", "userName": "u", "password": "p"}],
    }
    device = server.account.by_token("tok-3")
    assert device is not None
    assert device.name == "dev1"


async def test_attributes_are_written_cast_read_by_name_and_deleted(ask: Ask) -> None:
    told = await ask("attributes")
    assert told == {
        "some": {"serial": 12345, "unit": {"serial": "0012"}},
        "comma": {"a,b": 1, "batch": "B-42"},
        "left": {"batch": "B-42", "unit": {"serial": "0012"}},
        "refused": [400],
    }


async def test_a_list_is_loaded_and_each_of_it_may_be_provisioned(
    ask: Ask, server: SimulatedThingsBoard
) -> None:
    rows = ["name,type,token,batch", "0001,station-known,t-1,B-1", "0002,station-known,t-1,B-1"]
    told = await ask("bulk", file="\n".join([*rows, "0003,station-known,t-3,0042"]))
    assert told == {
        "done": [2, 0, 1],
        "errors": [f"Line 3: DeviceCredentialsValidationException: {TAKEN}"],
        "names": ["0001", "0003"],
    }
    known = server.account.device_named(server.tenant.id, "0003")
    assert known is not None
    assert known.attributes["SERVER_SCOPE"] == {"batch": 42}
    assert await provisioned(server, "0003", server.known.key, server.known.secret) == "SUCCESS"


async def test_a_customer_claims_with_what_the_label_says(
    ask: Ask, server: SimulatedThingsBoard
) -> None:
    user = server.customer_user
    told = await ask(
        "claim", customer=[user.email, user.password], ends_ms=server.account.now_ms() + 60_000
    )
    assert told == {
        "wrong": [400, "FAILURE"],
        "yes": ["SUCCESS", "dev1"],
        "forbidden": [403, 20],
        "after": None,
    }


async def test_the_audit_log_has_what_was_provisioned_in_clear(
    ask: Ask, server: SimulatedThingsBoard
) -> None:
    key, secret = server.provision_key, server.provision_secret
    for status in ("SUCCESS", "FAILURE"):
        assert await provisioned(server, "dev1", key, secret) == status
    told = await ask("audit")
    assert told["told"] == [["PROVISION_SUCCESS", "SUCCESS"], ["PROVISION_FAILURE", "SUCCESS"]]
    assert told["request"]["credentials"] == {
        "provisionDeviceKey": key,
        "provisionDeviceSecret": secret,
    }


async def provisioned(
    server: SimulatedThingsBoard, name: str, key: str | None, secret: str | None
) -> str:
    asked = {"deviceName": name, "provisionDeviceKey": key, "provisionDeviceSecret": secret}
    async with httpx.AsyncClient(base_url=server.address) as http:
        reply = await http.post("/api/v1/provision", json=asked)
    return str(reply.json()["status"])
