"""Every story for Arduino boards, told over simulated boards and a simulated cloud."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlite_utils import Database

from station import procedures
from station.model import (
    Advanced,
    Claimed,
    Halted,
    Identified,
    Outcome,
    RunEnded,
    StepBegan,
    StepEnded,
    WifiNetwork,
)
from station.registry import procedures as installed
from station.simulation.arduino_cloud_account import Thing
from station.simulation.arduino_cloud_onboarding import Onboarding
from station.simulation.arduino_unit import NETWORK_CONFIGS, product
from station.simulation.sketches import told
from station.wire import arduino
from tests.arduino_hall import ArduinoHall, open_arduino_hall

NETWORK = 'network = "factory"\ngreet_within_s = 0.5'
PASS = (Outcome.PASS, "")
PORTENTA, NANO = product("Portenta H7"), product("Nano 33 IoT")


def outcome(ended: RunEnded) -> tuple[Outcome, str]:
    return ended.outcome, ended.trouble.code if ended.trouble else ""


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[ArduinoHall]:
    hall = await open_arduino_hall(tmp_path / "line")
    yield hall
    await hall.close()


def steps(hall: ArduinoHall) -> list[str]:
    return [event.step for event in hall.bystander.of(StepBegan)]


def promised(procedure: str) -> list[str]:
    return [procedures.CONNECT, *installed()[procedure].steps]


def ends(hall: ArduinoHall) -> dict[str, str]:
    return {
        event.step: event.trouble.code if event.trouble else ""
        for event in hall.bystander.of(StepEnded)
    }


def flashes(hall: ArduinoHall) -> list[str]:
    """Return the digests of what was flashed, as the record has them."""
    db = Database(hall.folder / "record.db")
    try:
        return [row["key"] for row in db["intents"].rows_where("deed = 'flash' and done")]
    finally:
        db.close()


def onboarded(hall: ArduinoHall) -> list[Onboarding]:
    return list(hall.cloud.account.onboarding.rows.values())


def open_onboardings(hall: ArduinoHall) -> list[Onboarding]:
    return [each for each in onboarded(hall) if each.ended_at is None]


def made_thing(hall: ArduinoHall) -> str:
    made = Thing("a0000000-0000-4000-8000-000000000001", "Sensors", hall.cloud.account.now())
    hall.cloud.account.things[made.id] = made
    return made.id


async def test_a_board_with_its_sketch_goes_all_the_way(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(1)
    assert outcome(await hall.visit(board)) == PASS
    assert steps(hall) == promised("arduino")
    last = hall.bystander.of(Identified)[-1].identity
    ids = dict(last.ids)
    assert ids["uhwid"] == board.identity["uhwid"]
    (device,) = hall.cloud.account.devices.values()
    assert hall.bystander.of(Claimed)[-1].claim.device_id == device.id
    assert device.name == f"UNO R4 WiFi {board.unit.usb_serial}"
    assert board.unit.device_id == device.id


async def test_a_blank_board_is_flashed_first(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(2, product=PORTENTA, sketch="blank")
    assert outcome(await hall.visit(board)) == PASS
    assert told(board.flash) == ("provisioning", "0.6.2")
    advanced = hall.bystander.of(Advanced)
    assert [each.done for each in advanced] == sorted(each.done for each in advanced)
    assert advanced[-1].done == advanced[-1].total > 0


@pytest.mark.parametrize("sketch", ["cloud", "blank", "crypto"])
async def test_whatever_sketch_there_is_makes_room(hall: ArduinoHall, sketch: str) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(3, product=PORTENTA, sketch=sketch)
    assert outcome(await hall.visit(board)) == PASS
    assert told(board.flash) == ("provisioning", "0.6.2")


async def test_a_sketch_that_is_too_old_is_changed(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(4, "old-sketch", product=PORTENTA)
    assert outcome(await hall.visit(board)) == PASS
    assert told(board.flash) == ("provisioning", "0.6.2")


async def test_a_sketch_that_nobody_has_ends_after_two_flashes(hall: ArduinoHall) -> None:
    hall.cloud.faults = {"newer-sketch-needed"}
    await hall.work_on("arduino", NETWORK)
    ended = await hall.visit(hall.board(4, product=PORTENTA))
    assert outcome(ended) == (Outcome.FAIL, "SKETCH-TOO-OLD")
    assert len(flashes(hall)) == 2


async def test_an_offline_line_flashes_what_it_has_fetched_before(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK)
    assert outcome(await hall.visit(hall.board(5, product=PORTENTA, sketch="blank"))) == PASS
    hall.cloud.faults = {"error-after-sketch"}
    ended = await hall.visit(hall.board(6, product=PORTENTA, sketch="blank"))
    assert outcome(ended) == PASS


@pytest.mark.parametrize(
    ("faults", "expected"),
    [
        (("wrong-key",), (Outcome.FAIL, "TOKEN-MISMATCH")),
        (("token-forged",), (Outcome.FAIL, "TOKEN-MISMATCH")),
        (("clock-deaf",), (Outcome.FAIL, "TOKEN-MISMATCH")),
        (("old-wifi-firmware",), (Outcome.FAIL, "RADIO-FIRMWARE-OLD")),
        (("se-broken",), (Outcome.FAIL, "HARDWARE-BROKEN")),
        (("unplug-at-id",), (Outcome.ERROR, "LINK-LOST")),
    ],
    ids=str,
)
async def test_a_board_that_is_not_as_it_should_be_is_never_claimed(
    hall: ArduinoHall, faults: tuple[str, ...], expected: tuple[Outcome, str]
) -> None:
    await hall.work_on("arduino", NETWORK)
    assert outcome(await hall.visit(hall.board(7, *faults))) == expected
    assert hall.cloud.asked("POST", "/provisioning/v1/onboarding/claim") == 0
    assert not onboarded(hall)


@pytest.mark.parametrize("fault", ["noisy", "lost-byte", "no-mac"])
async def test_what_a_board_may_do_costs_nothing(hall: ArduinoHall, fault: str) -> None:
    await hall.work_on("arduino", NETWORK)
    assert outcome(await hall.visit(hall.board(8, fault))) == PASS


async def test_a_board_that_the_cloud_does_not_know_is_registered_once(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK)
    assert outcome(await hall.visit(hall.board(9, migrated=True))) == PASS
    assert hall.cloud.asked("POST", "/provisioning/v1/boards/register") == 1
    assert hall.cloud.asked("POST", "/provisioning/v1/onboarding/claim") == 2


async def test_a_board_that_the_cloud_never_learns_is_not_tried_for_ever(
    hall: ArduinoHall,
) -> None:
    hall.cloud.faults = {"register-loop"}
    await hall.work_on("arduino", NETWORK)
    ended = await hall.visit(hall.board(9, migrated=True))
    assert ended.outcome is not Outcome.PASS
    assert hall.cloud.asked("POST", "/provisioning/v1/boards/register") == 1


async def test_another_key_than_the_clouds_stops_the_unit(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK)
    hall.know(hall.board(10))
    rekeyed = hall.board(10, "rekeyed", migrated=True)
    ended = await hall.visit(rekeyed)
    assert outcome(ended) == (Outcome.FAIL, "KEY-MISMATCH")
    assert ended.trouble
    assert rekeyed.identity["uhwid"] in ended.trouble.detail


@pytest.mark.parametrize(
    ("network", "fault"), [("wrong", ""), ("factory", "no-internet"), ("factory", "no-radio")]
)
async def test_a_board_that_can_not_join_is_let_go_of(
    hall: ArduinoHall, network: str, fault: str
) -> None:
    await hall.work_on("arduino", f'network = "{network}"')
    board = hall.board(11, *filter(None, [fault]))
    assert outcome(await hall.visit(board)) == (Outcome.FAIL, "NETWORK-REFUSED")
    assert not open_onboardings(hall)
    assert steps(hall)[-2:] == ["join", "unclaim"]
    assert ends(hall)["unclaim"] == ""


async def test_a_board_that_never_comes_is_let_go_of(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK, limits="arrive = 1")
    ended = await hall.visit(hall.board(12, "never-online"))
    assert outcome(ended) == (Outcome.TIMEOUT, "TOO-SLOW")
    assert ends(hall)["unclaim"] == ""
    assert not open_onboardings(hall)


async def test_what_failed_is_told_even_when_letting_go_fails_too(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", 'network = "wrong"')
    hall.cloud.faults = {"lost-reply-unclaim"}
    ended = await hall.visit(hall.board(13))
    assert outcome(ended) == (Outcome.FAIL, "NETWORK-REFUSED")
    assert ends(hall)["unclaim"] == ""
    assert not open_onboardings(hall)


@pytest.mark.parametrize("fault", ["lost-reply-claim", "error-after-claim", "lost-reply-rename"])
async def test_a_lost_reply_costs_nothing(hall: ArduinoHall, fault: str) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(14)
    hall.cloud.faults = {fault}
    assert outcome(await hall.visit(board)) == PASS
    assert len(onboarded(hall)) == 1


async def test_a_clock_that_is_wrong_halts_the_line(hall: ArduinoHall) -> None:
    hall.cloud.faults = {"clock-ahead"}
    await hall.work_on("arduino", NETWORK)
    ended = await hall.visit(hall.board(16))
    assert outcome(ended) == (Outcome.ERROR, "CLOCK-WRONG")
    assert hall.bystander.of(Halted)


async def test_a_product_of_1_0_is_refused_with_the_reason(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK)
    ended = await hall.visit(hall.board(17, product=NANO))
    assert outcome(ended) == (Outcome.FAIL, "NOT-CLAIMABLE")
    assert ended.trouble
    assert "by 1.0, not 2.0" in ended.trouble.detail


async def test_the_cloud_has_the_last_word_on_2_0(hall: ArduinoHall) -> None:
    hall.cloud.faults = {"all-v2"}
    await hall.work_on("arduino", NETWORK)
    assert outcome(await hall.visit(hall.board(18, product=NANO))) == PASS


async def test_a_network_that_is_not_set_up_halts_before_anything_is_done(
    hall: ArduinoHall,
) -> None:
    await hall.work_on("arduino", 'network = "attic"')
    assert outcome(await hall.visit(hall.board(19))) == (Outcome.ERROR, "NETWORK-MISSING")
    assert steps(hall) == ["connect"]


async def test_the_device_is_named_tagged_and_attached_as_the_recipe_says(
    hall: ArduinoHall,
) -> None:
    thing = made_thing(hall)
    options = f'{NETWORK}\nname = "Sensor {{mac}}"\ntags = {{ line = "north" }}\nthing = "{thing}"'
    await hall.work_on("arduino", options)
    board = hall.board(20)
    assert outcome(await hall.visit(board)) == PASS
    (device,) = hall.cloud.account.devices.values()
    assert device.name == f"Sensor {board.identity['ble_mac'].upper()}"
    assert device.tags == {"line": "north"}
    assert hall.cloud.account.things[thing].device_id == device.id


@pytest.mark.parametrize("fault", ["", "claim-twice-refused", "claim-twice-same"])
async def test_a_returned_unit_is_claimed_anew_and_is_the_same_unit(
    hall: ArduinoHall, fault: str
) -> None:
    hall.cloud.faults = {fault} - {""}
    await hall.work_on("arduino", NETWORK + "\nagain = true")
    board = hall.board(21)
    assert outcome(await hall.visit(board)) == PASS
    assert outcome(await hall.visit(board)) == PASS
    assert hall.bystander.of(Identified)[-1].seen_before == 1
    db = Database(hall.folder / "record.db")
    try:
        held = [row["device_id"] for row in db["claims"].rows_where("released is null")]
    finally:
        db.close()
    assert held == [board.unit.device_id]


async def test_four_boards_share_one_look_at_the_list(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK)
    boards = [hall.board(n) for n in range(30, 34)]
    for n, board in enumerate(boards, 1):
        hall.wiring.plug(f"usb-{n}", board)
    ended = [await hall.bystander.ended(str(n)) for n in range(1, 5)]
    assert [outcome(each) for each in ended] == [PASS] * 4
    assert len(hall.cloud.account.devices) == 4


async def test_a_wired_board_needs_no_password(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", 'network = "wired"\ngreet_within_s = 0.5')
    board = hall.board(35, product=PORTENTA)
    assert outcome(await hall.visit(board)) == PASS
    assert onboarded(hall)[0].connection_type == "eth"


async def test_no_secret_is_in_the_record(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK)
    assert outcome(await hall.visit(hall.board(36))) == PASS
    written = b"".join(path.read_bytes() for path in hall.folder.glob("record.db*"))
    assert b"factory" in (hall.folder / "networks.toml").read_bytes()
    assert b"s3cretpass" not in written
    assert hall.cloud.client_secret.encode() not in written


async def test_a_unit_that_is_done_is_shown_to_work_and_not_made_twice(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(40)
    assert outcome(await hall.visit(board)) == PASS
    device = board.unit.device_id
    hall.bystander.said.clear()
    assert outcome(await hall.visit(board)) == PASS
    assert steps(hall) == promised("arduino")
    assert board.unit.device_id == device
    assert len(onboarded(hall)) == len(hall.cloud.account.devices) == 1
    assert hall.bystander.of(Claimed)[-1].claim.device_id == device


async def test_a_unit_that_was_erased_since_does_not_pass_for_what_it_was(
    hall: ArduinoHall,
) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(41)
    assert outcome(await hall.visit(board)) == PASS
    board.unit.forget()
    ended = await hall.visit(board)
    assert outcome(ended) == (Outcome.FAIL, "NETWORK-REFUSED")
    assert ended.trouble
    assert "again = true" in ended.trouble.detail
    await hall.work_on("arduino", NETWORK + "\nagain = true")
    assert outcome(await hall.visit(board)) == PASS


async def test_a_unit_whose_device_was_deleted_is_made_anew(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(42)
    assert outcome(await hall.visit(board)) == PASS
    old = board.unit.device_id
    hall.cloud.account.delete_device(old, force=True)
    assert outcome(await hall.visit(board)) == PASS
    assert board.unit.device_id != old


async def test_a_unit_that_a_later_attempt_erased_does_not_pass_for_what_it_was(
    hall: ArduinoHall,
) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(43)
    assert outcome(await hall.visit(board)) == PASS
    old = board.unit.device_id
    await hall.work_on("arduino", 'network = "wrong"\nagain = true')
    assert outcome(await hall.visit(board)) == (Outcome.FAIL, "NETWORK-REFUSED")
    board.unit.store[NETWORK_CONFIGS] = arduino.network(
        WifiNetwork("factory-net", SecretStr("s3cretpass"))
    )[5:-4]
    await hall.work_on("arduino", NETWORK)
    assert outcome(await hall.visit(board)) == PASS
    assert board.unit.device_id != old
    assert hall.cloud.account.devices[board.unit.device_id].certificates
