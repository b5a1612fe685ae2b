from __future__ import annotations

import asyncio
import base64
import copy
import hashlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest

from station.simulation.arduino_cloud import SimulatedArduinoCloud
from station.simulation.arduino_cloud_account import Device
from station.simulation.arduino_cloud_faults import DEEDS, FAULTS
from tests.simulation.arduino_visit import (
    CLAIM,
    COMPLETE,
    CSR,
    DEVICES,
    LIST,
    REGISTER,
    TOKEN,
    Board,
    Visit,
    csr_of,
    visit,
)

UNO = "arduino:renesas_uno:unor4wifi"
SKETCH = "/iot/v2/binaries/provisioningv2"
NO_REPLY = (httpx.RemoteProtocolError, httpx.ReadError)
LIMIT = "You have reached maximum request limit."


@pytest.fixture
async def here() -> AsyncIterator[Visit]:
    async with visit(slow_s=0.02) as here:
        yield here


@pytest.fixture
def board(here: Visit) -> Board:
    board = Board()
    here.account.know_board(board.uhwid, board.pem, UNO)
    return board


def test_an_unknown_fault_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"no fault 'gremlin'; there are: .*lost-reply") as refused:
        SimulatedArduinoCloud(faults=["gremlin"])
    assert all(name in str(refused.value) for name in FAULTS)
    cloud = SimulatedArduinoCloud()
    with pytest.raises(ValueError, match="gremlin"):
        cloud.faults = frozenset({"gremlin"})


@pytest.mark.parametrize(
    ("fault", "status", "kind"),
    [
        ("unauthorized", 401, "application/vnd.goa.error+json"),
        ("forbidden", 403, "application/vnd.goa.error+json"),
        ("server-error", 500, "application/vnd.goa.error+json"),
        ("unavailable", 503, "text/plain; charset=utf-8"),
        ("bad-gateway", 502, "text/html; charset=utf-8"),
        ("html", 200, "text/html; charset=utf-8"),
    ],
)
async def test_refusals_do_nothing_and_can_be_mended(
    here: Visit, fault: str, status: int, kind: str
) -> None:
    here.cloud.faults = frozenset({fault})
    reply = await here.client.put(DEVICES, json={"type": "giga"})
    assert (reply.status_code, reply.headers["content-type"]) == (status, kind)
    assert here.account.devices == {}
    here.cloud.faults = frozenset()
    assert (await here.client.put(DEVICES, json={"type": "giga"})).status_code == 201


async def test_wrong_credentials(here: Visit) -> None:
    here.cloud.faults = frozenset({"wrong-credentials"})
    assert (await here.log_in()).status_code == 401


async def test_tokens_that_are_worth_less_than_they_say(here: Visit) -> None:
    here.cloud.faults = frozenset({"token-dead"})
    assert (await here.log_in()).json()["expires_in"] == 300
    assert (await here.client.get(DEVICES)).status_code == 401
    here.cloud.faults = frozenset({"token-one-call"})
    await here.log_in()
    replies = [(await here.client.get(DEVICES)).status_code for _ in range(2)]
    assert replies == [200, 401]


@pytest.mark.parametrize(
    ("fault", "wait_s"), [("rate-limit", "1"), ("rate-limit-bare", None), ("rate-limit-10", "1")]
)
async def test_beyond_the_limit_is_told_in_bare_text(
    here: Visit, fault: str, wait_s: str | None
) -> None:
    here.cloud.faults = frozenset({fault})
    replies = await asyncio.gather(*(here.client.get(DEVICES) for _ in range(40)))
    refused = [reply for reply in replies if reply.status_code == 429]
    assert 0 < len(refused) < len(replies)
    for reply in refused:
        assert (reply.text, reply.headers.get("retry-after")) == (LIMIT, wait_s)


async def test_the_limit_can_be_set_and_lifted(here: Visit) -> None:
    here.cloud.rate_a_second = 0.001
    replies = [(await here.client.get(DEVICES)).status_code for _ in range(3)]
    assert replies == [200, 429, 429]
    open_ones = [await here.client.get("/binaries/index.json.gz") for _ in range(2)]
    assert [reply.status_code for reply in open_ones] == [200, 200]
    here.cloud.rate_a_second = None
    assert (await here.client.get(DEVICES)).status_code == 200


async def test_a_limit_forgets(here: Visit) -> None:
    here.cloud.rate_a_second = 20.0
    async with asyncio.timeout(30):
        while (await here.client.get(DEVICES)).status_code == 200:
            await asyncio.gather(*(here.client.get(DEVICES) for _ in range(40)))
        while (await here.client.get(DEVICES)).status_code == 429:
            pass
    assert here.cloud.calls[-1].status == 200


async def do(here: Visit, board: Board, deed: str) -> httpx.Response:
    """Carry out what `deed` names; what it needs is there already."""
    account = here.account
    device = next(iter(account.devices), "")
    thing = next(iter(account.things), "")
    onboarding = next((row.id for row in account.onboarding.rows.values()), "")
    csr = {"ca": "Arduino_v2", "csr": csr_of(board.key, device or "none"), "enabled": True}
    lora = {"app": "a", "eui": "a" * 16, "frequency_plan": "EU_863_870_TTN", "name": "n"}
    asks: dict[str, dict[str, Any]] = {
        "token": {"url": TOKEN, "data": here.form},
        "claim": {"url": CLAIM, "json": _claim(board)},
        "register": {"url": REGISTER, "json": _registration(board)},
        "unclaim": {"url": f"{LIST}/{onboarding}"},
        "list": {"url": LIST},
        "create": {"url": DEVICES, "json": {"type": "giga"}},
        "lora": {
            "url": "/iot/v1/lora-devices/",
            "json": {**lora, "type": "mkrwan1310", "user_id": "me"},
        },
        "certificate": {"url": f"{DEVICES}/{device}/certs", "json": csr},
        "key": {"url": f"{DEVICES}/{device}/pass", "json": {"password": "p"}},
        "tag": {"url": f"{DEVICES}/{device}/tags", "json": {"key": "a", "value": "b"}},
        "rename": {"url": f"{DEVICES}/{device}", "json": {"name": "new"}},
        "attach": {"url": f"/iot/v2/things/{thing}", "json": {"device_id": device}},
        "delete": {"url": f"{DEVICES}/{device}"},
        "sketch": {"url": SKETCH, "params": {"fqbn": UNO}},
        "csr": {
            "url": CSR,
            "json": {"csr": csr_of(board.key, board.uhwid)},
            "headers": board.bearer,
        },
        "complete": {"url": COMPLETE, "json": {}, "headers": board.bearer},
    }
    return await here.client.request(DEEDS[deed][0], **asks[deed])


def _claim(board: Board) -> dict[str, str]:
    told = {"ble_mac": "", "connection_type": "wifi", "device_name": "n"}
    return {**told, "board_token": board.token()}


def _registration(board: Board) -> dict[str, str]:
    told = {"pid": "1002", "vid": "2341", "serial": "S"}
    return {**told, "public_key": board.pem, "unique_hardware_id": board.uhwid}


async def furnish(here: Visit, board: Board) -> None:
    await here.device()
    await here.client.put("/iot/v2/things", json={"name": "Lamp"})
    await here.claim(board)


def state(here: Visit) -> object:
    return copy.deepcopy(
        [
            [kept_of(device) for device in here.account.devices.values()],
            [thing.device_id for thing in here.account.things.values()],
            [(row.ended_at, row.device_id) for row in here.account.onboarding.rows.values()],
            [board.serial for board in here.account.onboarding.boards.values()],
        ]
    )


def kept_of(device: Device) -> tuple[object, ...]:
    kept = list(device.certificates)
    told = (device.name, device.tags, device.password, device.deleted_at, device.is_online)
    return (device.id, kept, *told)


@pytest.mark.parametrize("deed", list(DEEDS))
async def test_a_reply_is_lost_once_after_the_deed(here: Visit, board: Board, deed: str) -> None:
    await furnish(here, board)
    before = state(here)
    here.cloud.faults = frozenset({f"lost-reply-{deed}"})
    with pytest.raises(NO_REPLY):
        await do(here, board, deed)
    if deed not in {"token", "list", "sketch"}:
        assert state(here) != before
    second = await do(here, board, deed)
    assert second.status_code < 300 or deed in {"unclaim", "delete"}


@pytest.mark.parametrize("deed", list(DEEDS))
async def test_an_error_is_told_once_after_the_deed(here: Visit, board: Board, deed: str) -> None:
    await furnish(here, board)
    before = state(here)
    here.cloud.faults = frozenset({f"error-after-{deed}"})
    assert (await do(here, board, deed)).status_code == 500
    if deed not in {"token", "list", "sketch"}:
        assert state(here) != before
    assert (await do(here, board, deed)).status_code != 500


async def test_what_is_refused_loses_no_reply(here: Visit, board: Board) -> None:
    here.cloud.faults = frozenset({"lost-reply-claim"})
    assert (await here.claim(Board(9))).status_code == 404
    with pytest.raises(NO_REPLY):
        await here.claim(board)


async def test_the_reply_to_every_claim_may_be_lost(here: Visit, board: Board) -> None:
    here.cloud.faults = frozenset({"lost-reply-claim-always"})
    for _ in range(2):
        with pytest.raises(NO_REPLY):
            await here.claim(board)
    assert here.account.onboarding.claims_made == {board.uhwid: 2}


async def test_bodies_that_end_too_early(here: Visit) -> None:
    await here.device()
    here.cloud.faults = frozenset({"truncated-json"})
    reply = await here.client.get(DEVICES)
    with pytest.raises(json.JSONDecodeError):
        reply.json()
    here.cloud.faults = frozenset({"cut"})
    with pytest.raises(httpx.RemoteProtocolError):
        await here.client.get(DEVICES)


async def test_no_answer_at_all(here: Visit) -> None:
    here.cloud.faults = frozenset({"reset"})
    with pytest.raises(NO_REPLY):
        await here.client.get(DEVICES)
    here.cloud.faults = frozenset({"timeout"})
    with pytest.raises(httpx.ReadTimeout):
        await here.client.put(DEVICES, json={"type": "giga"}, timeout=0.05)
    assert here.account.devices == {}


async def test_a_slow_answer_is_whole(here: Visit) -> None:
    here.cloud.faults = frozenset({"slow"})
    with pytest.raises(httpx.ReadTimeout):
        await here.client.get(DEVICES, timeout=0.001)
    assert (await here.client.get(DEVICES)).json() == []


async def test_a_claim_that_comes_late_is_made_all_the_same(here: Visit, board: Board) -> None:
    here.cloud.faults = frozenset({"late"})
    with pytest.raises(httpx.ReadTimeout):
        await here.client.post(CLAIM, json=_claim(board), timeout=0.05)
    here.cloud.faults = frozenset()
    async with asyncio.timeout(10):
        while not await here.onboardings():
            pass
    assert here.account.onboarding.claims_made == {board.uhwid: 1}


@pytest.mark.parametrize(("fault", "ahead_s"), [("clock-ahead", 1200), ("clock-behind", -1200)])
async def test_the_clock_is_wrong_and_tokens_must_be_of_its_time(
    here: Visit, board: Board, fault: str, ahead_s: int
) -> None:
    here.cloud.faults = frozenset({fault})
    reply = await here.client.get(DEVICES)
    offset = parsedate_to_datetime(reply.headers["date"]) - datetime.now(UTC)
    assert abs(offset.total_seconds() - ahead_s) < 60
    assert (await here.claim(board)).status_code == 400
    assert (await here.claim(board, board_token=board.token(ahead_s))).status_code == 200


async def test_no_date(here: Visit) -> None:
    here.cloud.faults = frozenset({"no-date"})
    assert "date" not in (await here.client.get(DEVICES)).headers


async def supported(here: Visit, *faults: str) -> dict[str, dict[str, Any]]:
    here.cloud.faults = frozenset(faults)
    listed = (await here.client.get("/iot/v1/supported/devices")).json()
    return {product["fqbn"]: product for product in listed}


async def test_what_is_said_of_products(here: Visit) -> None:
    assert await supported(here, "board-not-listed") == {}
    assert "provisioning" not in (await supported(here, "unsupported-board"))[UNO]
    by_fqbn = await supported(here, "all-v2")
    assert by_fqbn["arduino:samd:nano_33_iot"]["provisioning"] == "v2"
    assert "provisioning" not in by_fqbn["arduino:samd:mkr1000"]
    newer = (await supported(here, "newer-sketch-needed", "newer-wifi-needed"))[UNO]
    assert newer["min_provisioning_sketch_version"] == "99.0.0"
    assert newer["min_provisioning_wifi_version"] == "99.0.0"


async def test_images_that_are_not_there_or_not_what_they_say(here: Visit) -> None:
    here.cloud.faults = frozenset({"no-provisioning-sketch"})
    assert (await here.client.get(SKETCH, params={"fqbn": UNO})).status_code == 404
    here.cloud.faults = frozenset({"wrong-sha256"})
    told = (await here.client.get(SKETCH, params={"fqbn": UNO})).json()
    assert len(told["sha256"]) == len(hashlib.sha256().hexdigest())
    assert told["sha256"] != hashlib.sha256(image_in(told)).hexdigest()


def image_in(told: dict[str, str]) -> bytes:
    return base64.b64decode(told["bin"])


@pytest.mark.parametrize(
    ("fault", "code"),
    [("register-loop", 2), ("key-mismatch", 3), ("claim-refused", 99), ("claimed-elsewhere", 4)],
)
async def test_claims_are_refused(here: Visit, board: Board, fault: str, code: int) -> None:
    here.cloud.faults = frozenset({fault})
    assert (await here.register(board)).status_code == 200
    assert (await here.claim(board)).json()["err_code"] == code
    assert here.account.onboarding.rows == {}


async def test_registering_is_refused(here: Visit) -> None:
    here.cloud.faults = frozenset({"register-refused"})
    assert (await here.register(Board())).json()["err_code"] == 99
    assert here.account.onboarding.boards == {}


async def test_an_onboarding_that_ends_at_once(here: Visit, board: Board) -> None:
    here.cloud.faults = frozenset({"onboarding-ends"})
    assert (await here.claim(board)).status_code == 200
    (row,) = await here.onboardings()
    assert row["ended_at"]
    assert row["device_id"] is None


async def test_a_list_that_comes_through_now_and_then(here: Visit) -> None:
    here.cloud.faults = frozenset({"onboarding-list-errors"})
    statuses = [(await here.client.get(LIST)).status_code for _ in range(8)]
    assert statuses == [500, 500, 500, 200] * 2


async def test_an_empty_list_that_is_null(here: Visit, board: Board) -> None:
    here.cloud.faults = frozenset({"null-list"})
    assert (await here.client.get(LIST)).json() == {"onboardings": None}
    await here.claim(board)
    assert len(await here.onboardings()) == 1


async def test_boards_that_never_come(here: Visit, board: Board) -> None:
    await here.claim(board)
    here.cloud.faults = frozenset({"board-never-provisioned"})
    assert (await do(here, board, "csr")).status_code == 503
    assert (await here.onboardings())[0]["device_id"] is None


async def test_what_devices_are_refused(here: Visit, board: Board) -> None:
    await furnish(here, board)
    here.cloud.faults = frozenset({"device-limit", "csr-refused", "attach-conflict"})
    statuses = [
        (await do(here, board, deed)).status_code for deed in ("create", "certificate", "attach")
    ]
    assert statuses == [412, 412, 409]


async def test_a_certificate_off_the_hour(here: Visit, board: Board) -> None:
    await furnish(here, board)
    here.cloud.faults = frozenset({"certificate-off-hour"})
    here.cloud.clock_ahead_s = 61.0 if datetime.now(UTC).minute == 0 else 0.0
    begin = (await do(here, board, "certificate")).json()["compressed"]["not_before"]
    assert not begin.endswith(":00:00Z")
