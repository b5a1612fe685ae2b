"""What the simulated ThingsBoard tells of many devices at once, and how its import casts cells."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from station.simulation.thingsboard import KNOWN, NEW, SimulatedThingsBoard
from station.simulation.thingsboard_bulk import cast

NAME = {"type": "ENTITY_FIELD", "key": "name"}
VALUES = [{"type": f"{scope}_ATTRIBUTE", "key": "a"} for scope in ("SERVER", "SHARED")]
PAGE = {"pageSize": 10, "page": 0}


@pytest.fixture
async def cloud() -> AsyncIterator[SimulatedThingsBoard]:
    async with SimulatedThingsBoard(transports=False) as cloud:
        for name in ("b2", "B1", "a1"):
            cloud.account.add_device(cloud.known, name)
        cloud.account.add_device(cloud.new, "b3")
        yield cloud


@pytest.fixture
async def http(cloud: SimulatedThingsBoard) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"X-Authorization": f"ApiKey {cloud.api_key}"}
    async with httpx.AsyncClient(base_url=cloud.address, headers=headers) as http:
        yield http


async def ask(http: httpx.AsyncClient, page: Any = PAGE, **asked: Any) -> httpx.Response:
    sent = {"entityFilter": asked, "entityFields": [NAME], "latestValues": VALUES, "pageLink": page}
    return await http.post("/api/entitiesQuery/find", json=sent)


async def names(http: httpx.AsyncClient, page: Any = PAGE, **asked: Any) -> list[str]:
    told = (await ask(http, page, **asked)).json()
    return [each["latest"]["ENTITY_FIELD"]["name"]["value"] for each in told["data"]]


async def test_devices_by_type_and_by_what_they_begin_with(http: httpx.AsyncClient) -> None:
    assert await names(http, type="deviceType", deviceTypes=[KNOWN]) == ["B1", "a1", "b2"]
    assert await names(http, type="deviceType", deviceType=NEW) == ["b3"]
    both: dict[str, Any] = {"type": "deviceType", "deviceTypes": [KNOWN, NEW]}
    assert await names(http, **both, deviceNameFilter="b") == ["B1", "b2", "b3"]
    second = {"pageSize": 3, "page": 1}
    told = (await ask(http, second, type="entityType", entityType="DEVICE")).json()
    assert (len(told["data"]), told["totalElements"], told["totalPages"]) == (1, 4, 2)
    assert told["hasNext"] is False


async def test_every_value_is_a_text(cloud: SimulatedThingsBoard, http: httpx.AsyncClient) -> None:
    device = cloud.account.device_named(cloud.tenant.id, "b3")
    assert device
    cloud.account.set_attributes(device, "SERVER_SCOPE", {"a": {"text": "007"}})
    told = (await ask(http, type="deviceType", deviceTypes=[NEW])).json()["data"][0]
    assert told["entityId"] == {"entityType": "DEVICE", "id": device.id}
    held = told["latest"]["SERVER_ATTRIBUTE"]["a"]
    assert held["value"] == '{"text":"007"}'
    assert held["ts"] > 0
    assert told["latest"]["SHARED_ATTRIBUTE"]["a"] == {"ts": 0, "value": ""}


@pytest.mark.parametrize("page", [None, {}, {"pageSize": 0}, {"pageSize": 1, "page": -1}])
async def test_a_page_must_be_told(http: httpx.AsyncClient, page: Any) -> None:
    reply = await ask(http, page, type="deviceType", deviceTypes=[NEW])
    assert (reply.status_code, reply.json()["errorCode"]) == (400, 31)


async def test_other_filters_are_refused(http: httpx.AsyncClient) -> None:
    for asked in ({"type": "nothing"}, {"type": "entityType", "entityType": "ASSET"}, {}):
        assert (await ask(http, **asked)).status_code == 400
    assert (await http.post("/api/entitiesQuery/find", json={"pageLink": PAGE})).status_code == 400


async def test_customers_see_their_own(
    cloud: SimulatedThingsBoard, http: httpx.AsyncClient
) -> None:
    own = cloud.account.device_named(cloud.tenant.id, "b2")
    assert own
    cloud.account.assign(own, cloud.customer.id)
    who = {"username": cloud.customer_user.email, "password": cloud.customer_user.password}
    token = (await http.post("/api/auth/login", json=who)).json()["token"]
    http.headers["X-Authorization"] = f"Bearer {token}"
    assert await names(http, type="entityType", entityType="DEVICE") == ["b2"]
    assert (await http.get("/api/usage")).status_code == 403


@pytest.mark.parametrize(("limit", "told"), [(None, (4, 0)), (5, (4, 5)), (2, (4, 2)), (0, (4, 4))])
async def test_how_full_the_plan_is(
    cloud: SimulatedThingsBoard,
    http: httpx.AsyncClient,
    limit: int | None,
    told: tuple[int, int],
) -> None:
    cloud.tenant.device_limit = limit
    usage = (await http.get("/api/usage")).json()
    assert (usage["devices"], usage["maxDevices"]) == told


async def test_an_old_server_does_not_tell() -> None:
    async with SimulatedThingsBoard(version="3.4", transports=False) as cloud:
        token = cloud.users.pair(cloud.admin)["token"]
        headers = {"X-Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(base_url=cloud.address, headers=headers) as http:
            assert (await http.get("/api/usage")).status_code == 404


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("0012", 12),
        ("0089", 89),
        ("12e5", 1200000),
        ("1,5", 1.5),
        ("1.10", 1.1),
        ("1.2.3", "1.2.3"),
        ("TRUE", True),
        ("12345678901234567890", "12345678901234567890"),
        ("1e999", "1e999"),
        ('{"text": "007"}', {"text": "007"}),
        ("{", "{"),
    ],
)
def test_a_cell_is_cast_twice(cell: str, kept: Any) -> None:
    assert cast(cell) == kept
    assert type(cast(cell)) is type(kept)


def test_older_servers_keep_json_as_a_text() -> None:
    assert cast('{"text": "007"}', with_json=False) == '{"text": "007"}'
