"""The engine: whole visits of simulated boards, every fault, and slots that don't disturb each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlite_utils import Database

from station.clouds.http import Caller
from station.faults import (
    KeyForbidden,
    ModemManagerOnPort,
    PortBusy,
    PortForbidden,
    SecretMissing,
)
from station.model import (
    Appeared,
    Claimed,
    Counted,
    Credentials,
    Halted,
    Identified,
    Lamp,
    LampTurned,
    Left,
    Outcome,
    Refused,
    Resumed,
    RunBegan,
    RunEnded,
    Settled,
    ShiftBegan,
    SlotsKnown,
    StepBegan,
    StepEnded,
)
from station.record import questions
from station.seat import PATIENCE_S
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import Timing
from tests.by_hand import Hall, open_hall

QUICK = Timing(stall_s=0.6, flood_s=0.3, deaf_s=0.3, typing_s=0.5, typing_pause_s=0.1)
AT_DIALECTS = ("at-host", "at-shell")
STEPS = ["connect", "identify", "prove", "check", "claim"]


def board(number: int, *faults: str, dialect: str = "at-host") -> SimulatedNrf91:
    return SimulatedNrf91(number, dialect=dialect, faults=faults, timing=QUICK)


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    hall = await open_hall(tmp_path / "line")
    yield hall
    await hall.close()


@pytest.mark.parametrize("dialect", AT_DIALECTS)
async def test_a_good_unit_goes_all_the_way(hall: Hall, dialect: str) -> None:
    await hall.sign_in()
    unit = board(1, dialect=dialect)
    ended = await hall.run(unit)
    assert (ended.outcome, ended.unit) == (Outcome.PASS, unit.identity["imei"])
    assert [e.step for e in hall.bystander.of(StepBegan)] == STEPS
    assert [(e.step, e.outcome) for e in hall.bystander.of(StepEnded)] == [
        (step, Outcome.PASS) for step in STEPS
    ]
    first, proven = hall.bystander.of(Identified)
    assert dict(first.identity.told) == {"uuid": unit.identity["uuid"]}
    assert proven.identity.ids == tuple((n, unit.identity[n]) for n in ("imei", "uuid"))
    (claimed,) = hall.bystander.of(Claimed)
    assert claimed.claim.device_id == unit.identity["uuid"]
    assert list(hall.cloud.account.claimed) == [unit.identity["uuid"]]
    with questions.reading(hall.record.path) as db:
        (life,) = questions.show(db, unit.identity["imei"])
    assert [step["outcome"] for step in life["runs"][0]["steps"]] == ["pass"] * 5
    assert [claim["device_id"] for claim in life["claims"]] == [unit.identity["uuid"]]


FAULTS = {
    "silent": (Outcome.FAIL, "BOARD-SILENT"),
    "deaf-first-second": (Outcome.PASS, ""),
    "modemmanager": (Outcome.PASS, ""),
    "noisy": (Outcome.PASS, ""),
    "imei-error": (Outcome.FAIL, "BOARD-REFUSED"),
    "ok-without-data": (Outcome.FAIL, "ANSWER-BROKEN"),
    "no-challenge": (Outcome.PASS, ""),
    "no-hwversion": (Outcome.PASS, ""),
    "token-cut": (Outcome.FAIL, "TOKEN-BROKEN"),
    "token-garbled": (Outcome.FAIL, "TOKEN-BROKEN"),
    "token-forged": (Outcome.FAIL, "TOKEN-REFUSED"),
    "token-replayed": (Outcome.FAIL, "TOKEN-MISMATCH"),
    "other-token": (Outcome.FAIL, "TOKEN-MISMATCH"),
    "log-inside": (Outcome.PASS, ""),
    "split-answer": (Outcome.PASS, ""),
    "lost-byte": (Outcome.PASS, ""),
    "boot-flood": (Outcome.PASS, ""),
    "unplug-at-token": (Outcome.ERROR, "LINK-LOST"),
    "old-modem": (Outcome.FAIL, "NOT-CLAIMABLE"),
    "nrf9160": (Outcome.FAIL, "WRONG-PRODUCT"),
    "wrong-product": (Outcome.FAIL, "WRONG-PRODUCT"),
    "old-csr": (Outcome.PASS, ""),
    "keygen-fails": (Outcome.PASS, ""),
    "keygen-unsaid": (Outcome.PASS, ""),
    "memory-full": (Outcome.PASS, ""),
    "no-unescape": (Outcome.PASS, ""),
    "never-online": (Outcome.PASS, ""),
}


def test_every_fault_of_the_simulated_board_is_tried() -> None:
    assert set(FAULTS) == set(SimulatedNrf91.known_faults)


@pytest.mark.parametrize("dialect", AT_DIALECTS)
@pytest.mark.parametrize("fault", FAULTS)
async def test_each_fault_of_a_board_is_named_and_disturbs_no_other(
    hall: Hall, fault: str, dialect: str
) -> None:
    await hall.sign_in()
    hall.wiring.plug("usb-1", board(1, fault, dialect=dialect))
    hall.wiring.plug("usb-2", board(2, dialect=dialect))
    bad, good = await hall.bystander.ended("1"), await hall.bystander.ended("2")
    assert good.outcome is Outcome.PASS
    assert (bad.outcome, bad.trouble.code if bad.trouble else "") == FAULTS[fault]
    claimed = set(hall.cloud.account.claimed)
    passed = {board(n).identity["uuid"] for n, e in ((1, bad), (2, good)) if e.outcome == "pass"}
    assert claimed == passed
    with questions.reading(hall.record.path) as db:
        assert questions.verify(db) == []
        outcomes = {row["slot"]: row["outcome"] for row in questions.rows(db)}
    assert outcomes == {"1": bad.outcome.value, "2": "pass"}


@pytest.mark.parametrize("fault", ["token-cut", "ok-without-data", "token-replayed", "other-token"])
async def test_a_unit_without_a_good_token_is_in_the_record_by_its_imei(
    hall: Hall, fault: str
) -> None:
    await hall.sign_in()
    unit = board(1, fault)
    assert (await hall.run(unit)).unit == unit.identity["imei"]
    rows = list(Database(hall.record.path).table("unit_ids").rows)
    assert [(row["name"], row["value"]) for row in rows] == [("imei", unit.identity["imei"])]


async def test_a_foreign_token_does_not_spoil_the_name_of_its_owner(hall: Hall) -> None:
    await hall.sign_in()
    owner = board(500_001)
    assert (await hall.run(board(1, "other-token"))).outcome is Outcome.FAIL
    await hall.wiring.pull("usb-1")
    assert (await hall.run(owner)).outcome is Outcome.PASS


@pytest.mark.parametrize("step", STEPS)
async def test_an_unplug_at_any_step_is_told_and_costs_nothing(hall: Hall, step: str) -> None:
    hall.cloud.latency_s = 0.05
    await hall.sign_in()
    unit = board(1, dialect="at-shell")
    hall.wiring.plug("usb-1", unit)
    await hall.bystander.until(lambda e: isinstance(e, StepBegan) and e.step == step)
    await hall.wiring.pull("usb-1")
    ended = await hall.bystander.ended()
    assert (ended.outcome, ended.trouble.code if ended.trouble else "") == (
        Outcome.ERROR,
        "LINK-LOST",
    )
    again = await hall.run(unit)
    assert again.outcome is Outcome.PASS
    assert hall.cloud.account.claims_made[unit.identity["uuid"]] == 1
    assert await hall.record.open_intents() == ()


async def test_a_board_that_follows_another_inherits_nothing(hall: Hall) -> None:
    hall.cloud.latency_s = 0.1
    await hall.sign_in()
    first, second = board(1), board(2)
    hall.wiring.plug("usb-1", first)
    await hall.bystander.until(lambda e: isinstance(e, StepBegan) and e.step == "check")
    await hall.wiring.pull("usb-1")
    hall.wiring.plug("usb-1", second)
    ended = await hall.bystander.ended(count=2)
    assert (ended.outcome, ended.unit) == (Outcome.PASS, second.identity["imei"])
    assert set(hall.cloud.account.claimed) == {second.identity["uuid"]}


async def test_a_board_moved_to_another_slot_is_one_unit(hall: Hall) -> None:
    hall.cloud.latency_s = 0.05
    await hall.sign_in()
    unit = board(1)
    hall.wiring.plug("usb-1", unit)
    await hall.bystander.until(lambda e: isinstance(e, StepBegan) and e.step == "claim")
    await hall.wiring.pull("usb-1")
    hall.wiring.plug("usb-3", unit)
    assert (await hall.bystander.ended("3")).outcome is Outcome.PASS
    assert hall.cloud.account.claims_made[unit.identity["uuid"]] == 1


async def test_eight_boards_vanish_at_once(tmp_path: Path) -> None:
    hall = await open_hall(tmp_path / "line", slots=8)
    hall.cloud.latency_s = 0.2
    await hall.sign_in()
    for number in range(1, 9):
        hall.wiring.plug(f"usb-{number}", board(number))
    await hall.bystander.until(lambda e: isinstance(e, StepBegan) and e.step == "check", 8)
    for number in range(1, 9):
        await hall.wiring.pull(f"usb-{number}")
    ends = [await hall.bystander.ended(str(number)) for number in range(1, 9)]
    assert {e.trouble.code for e in ends if e.trouble} == {"LINK-LOST"}
    assert len(hall.bystander.of(Left)) == 8
    await hall.close()


async def test_a_returning_unit_is_not_claimed_twice(hall: Hall) -> None:
    await hall.sign_in()
    unit = board(1)
    for visit in range(3):
        assert (await hall.run(unit)).outcome is Outcome.PASS
        await hall.wiring.pull("usb-1")
        seen = hall.bystander.of(Identified)[-1]
        assert seen.seen_before == visit
    assert hall.cloud.account.claims_made[unit.identity["uuid"]] == 1


@pytest.mark.parametrize("fault", ["lost-reply", "error-after-claim"])
async def test_a_lost_reply_is_found_out_within_the_run(hall: Hall, fault: str) -> None:
    await hall.sign_in()
    hall.cloud.faults = frozenset({fault})
    unit = board(1)
    assert (await hall.run(unit)).outcome is Outcome.PASS
    assert hall.cloud.account.claims_made[unit.identity["uuid"]] == 1


async def test_what_stays_unknown_is_asked_again_and_then_passes(hall: Hall) -> None:
    """The cloud falls silent after the claim; nothing is guessed until it speaks again."""
    await hall.sign_in()
    unit = board(1)
    hall.wiring.plug("usb-1", unit)
    await hall.bystander.until(lambda e: isinstance(e, StepBegan) and e.step == "claim")
    hall.cloud.faults = frozenset({"late"})

    async def fall_silent() -> None:
        while not hall.cloud.account.claims_asked:  # noqa: ASYNC110 - the server tells no one
            await asyncio.sleep(0.001)
        hall.cloud.faults = frozenset({"timeout"})

    silence = asyncio.create_task(fall_silent())
    first = await hall.bystander.ended()
    assert first.outcome is Outcome.UNKNOWN
    assert len(await hall.record.open_intents()) == 1
    hall.cloud.faults = frozenset()
    second = await hall.bystander.ended(count=2)
    assert second.outcome is Outcome.PASS
    assert hall.bystander.of(Settled)
    assert hall.cloud.account.claims_made[unit.identity["uuid"]] == 1
    await silence


async def test_a_wrong_key_stops_the_station_and_not_fifty_units(tmp_path: Path) -> None:
    keys = ["wrong"]
    hall = await open_hall(tmp_path / "line", secret=lambda name: SecretStr(keys[0]))
    await hall.sign_in()
    for number in range(1, 5):
        hall.wiring.plug(f"usb-{number}", board(number))
    await hall.bystander.until(lambda e: isinstance(e, Appeared), 4)
    (halted,) = hall.bystander.of(Halted)
    assert halted.trouble.code == "KEY-REFUSED"
    assert hall.bystander.of(RunBegan) == []
    keys[0] = hall.cloud.api_key
    for number in range(1, 5):
        assert (await hall.bystander.ended(str(number))).outcome is Outcome.PASS
    assert len(hall.bystander.of(Resumed)) == 1
    await hall.close()


async def test_a_key_that_expires_in_the_middle_halts_and_heals(hall: Hall) -> None:
    await hall.sign_in()
    hall.cloud.faults = frozenset({"wrong-key"})
    first = await hall.run(board(1))
    assert (first.outcome, first.trouble.code if first.trouble else "") == (
        Outcome.ERROR,
        "KEY-REFUSED",
    )
    hall.wiring.plug("usb-2", board(2))
    await hall.bystander.until(lambda e: isinstance(e, Halted))
    hall.cloud.faults = frozenset()
    assert (await hall.bystander.ended("2")).outcome is Outcome.PASS
    assert (await hall.bystander.ended("1", 2)).outcome is Outcome.PASS


async def test_a_key_that_may_look_but_not_claim_does_not_try_units_for_ever(hall: Hall) -> None:
    """The probe succeeds each time and the claim never does: looked at less and less often."""
    await hall.sign_in()
    send = Caller.send

    async def may_only_look(self: Any, method: str, path: str, **content: Any) -> Any:
        if method == "POST" and content.get("params") is None and path == "claimed-devices":
            raise KeyForbidden("HTTP 403")
        return await send(self, method, path, **content)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Caller, "send", may_only_look)
        hall.wiring.plug("usb-1", board(1))
        await hall.bystander.until(lambda e: isinstance(e, Halted), 4)
    pauses = hall.engine._halt
    assert pauses._times >= 3
    assert not pauses.is_to_be_looked_at(60.0)


async def test_a_board_that_comes_while_the_key_is_being_tried_waits(tmp_path: Path) -> None:
    hall = await open_hall(tmp_path / "line", secret=lambda name: SecretStr("wrong"))
    hall.cloud.latency_s = 0.2
    signing_in = asyncio.create_task(hall.sign_in())
    await hall.bystander.until(lambda e: isinstance(e, ShiftBegan))
    hall.wiring.plug("usb-1", board(1))
    await signing_in
    await hall.bystander.until(lambda e: isinstance(e, Halted))
    assert hall.bystander.of(RunBegan) == []
    await hall.close()


@pytest.mark.parametrize("fault", ["server-error", "html", "timeout", "reset"])
async def test_a_bad_cloud_is_not_the_units_fault(hall: Hall, fault: str) -> None:
    await hall.sign_in()
    hall.cloud.faults = frozenset({fault})
    ended = await hall.run(board(1))
    assert ended.outcome is Outcome.ERROR
    lamp = await hall.bystander.until(
        lambda e: isinstance(e, LampTurned) and e.name == "cloud" and e.lamp is Lamp.BAD
    )
    assert isinstance(lamp, LampTurned)
    assert lamp.trouble == ended.trouble
    hall.cloud.faults = frozenset()
    await hall.engine.retry("1")
    assert (await hall.bystander.ended(count=2)).outcome is Outcome.PASS


async def test_a_disk_that_is_full_halts_and_nothing_is_done_unwritten(hall: Hall) -> None:
    await hall.sign_in()

    def bound(db: Database, pages: int) -> None:
        db.execute(f"pragma max_page_count = {pages}")

    await hall.record._writer.write(lambda db: bound(db, 1))
    for number in range(1, 100):
        ended_or_halted = asyncio.create_task(hall.bystander.until(lambda e: isinstance(e, Halted)))
        hall.wiring.plug("usb-1", board(number))
        ended = asyncio.create_task(hall.bystander.ended(count=number))
        await asyncio.wait({ended_or_halted, ended}, return_when=asyncio.FIRST_COMPLETED)
        halted = ended_or_halted.done()
        for task in (ended, ended_or_halted):
            task.cancel()
        if halted:
            break
        await hall.wiring.pull("usb-1")
    (told,) = hall.bystander.of(Halted)
    assert told.trouble.code == "DISK-FULL"
    await hall.record._writer.write(lambda db: bound(db, 1_000_000))
    await hall.bystander.until(lambda e: isinstance(e, Resumed))
    await hall.bystander.until(
        lambda e: (
            isinstance(e, RunEnded)
            and e.outcome is Outcome.PASS
            and e.unit == board(number).identity["imei"]
        )
    )
    with questions.reading(hall.record.path) as db:
        recorded = {row["device_id"] for row in questions.rows(db) if row["outcome"] == "pass"}
        assert questions.verify(db) == []
    assert recorded == set(hall.cloud.account.claimed)
    assert set(hall.cloud.account.claims_made.values()) == {1}


@pytest.mark.parametrize("fault", [PortBusy, ModemManagerOnPort, PortForbidden])
async def test_a_port_that_opens_a_little_later_is_waited_for(
    hall: Hall, fault: type[PortBusy]
) -> None:
    await hall.sign_in()
    hall.wiring.refuse = [fault("held")] * 2
    assert (await hall.run(board(1))).outcome is Outcome.PASS


@pytest.mark.parametrize("fault", [PortBusy, ModemManagerOnPort, PortForbidden])
async def test_a_port_that_stays_shut_is_named(
    hall: Hall, fault: type[PortBusy], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PATIENCE_S, fault, 0.0)
    await hall.sign_in()
    hall.wiring.refuse = [fault("held")] * 50
    ended = await hall.run(board(1))
    assert ended.trouble
    assert (ended.outcome, ended.trouble.code) == (Outcome.ERROR, fault.code)


async def test_boards_wait_for_an_operator(hall: Hall) -> None:
    hall.wiring.plug("usb-1", board(1))
    await hall.bystander.until(lambda e: isinstance(e, Appeared))
    assert hall.bystander.of(RunBegan) == []
    await hall.sign_in()
    assert (await hall.bystander.ended()).outcome is Outcome.PASS


async def test_after_signing_out_no_run_begins_but_the_last_one_ends(hall: Hall) -> None:
    hall.cloud.latency_s = 0.05
    await hall.sign_in()
    hall.wiring.plug("usb-1", board(1))
    await hall.bystander.until(lambda e: isinstance(e, StepBegan) and e.step == "check")
    await hall.engine.sign_out()
    assert (await hall.bystander.ended()).outcome is Outcome.PASS
    hall.wiring.plug("usb-2", board(2))
    await hall.bystander.until(lambda e: isinstance(e, Appeared) and e.slot == "2")
    await hall.engine.retry("2")
    assert len(hall.bystander.of(RunBegan)) == 1


async def test_an_operator_can_stop_a_run_and_begin_it_again(hall: Hall) -> None:
    await hall.sign_in()
    hall.wiring.plug("usb-1", board(1, "silent"))
    await hall.bystander.until(lambda e: isinstance(e, StepBegan))
    await hall.engine.abort("1")
    ended = await hall.bystander.ended()
    assert (ended.outcome, ended.trouble.code if ended.trouble else "") == (
        Outcome.ABORTED,
        "STOPPED",
    )
    await hall.engine.retry("1")
    await hall.engine.retry("1")
    assert (await hall.bystander.ended(count=2)).outcome is Outcome.FAIL
    assert len(hall.bystander.of(RunBegan)) == 2


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("Ann", "recipe = 2", "RECIPE-WRONG"),
        ("Ann", None, "RECIPE-WRONG"),
        (" ", "", "NAME-MISSING"),
    ],
)
async def test_a_sign_in_that_can_not_be_is_told(
    hall: Hall, name: str, text: str | None, code: str
) -> None:
    path = hall.recipe
    if text is None:
        path = path.with_name("none.toml")
    elif text:
        path.write_text(text)
    await hall.engine.sign_in(Credentials(name), path, None)
    (refused,) = hall.bystander.of(Refused)
    assert refused.trouble.code == code


async def test_a_missing_secret_is_told(tmp_path: Path) -> None:
    def none(name: str) -> SecretStr:
        raise SecretMissing(name)

    hall = await open_hall(tmp_path / "line", secret=none)
    await hall.sign_in()
    (refused,) = hall.bystander.of(Refused)
    assert refused.trouble.code == "SECRET-MISSING"
    await hall.close()


async def test_a_thing_of_another_kind_is_the_wrong_product(hall: Hall) -> None:
    await hall.sign_in()
    hall.wiring.plug("usb-1", board(1), vid=0x0403)
    ended = await hall.bystander.ended()
    assert ended.trouble
    assert (ended.outcome, ended.trouble.code) == (Outcome.FAIL, "WRONG-PRODUCT")


async def test_a_socket_that_was_not_taught_is_told(hall: Hall) -> None:
    await hall.sign_in()
    hall.wiring.plug("usb-9", board(1))
    refused = await hall.bystander.until(lambda e: isinstance(e, Refused))
    assert isinstance(refused, Refused)
    assert refused.trouble.code == "SOCKET-UNKNOWN"
    await hall.wiring.pull("usb-9")
    assert (await hall.run(board(2))).outcome is Outcome.PASS


async def test_without_taught_slots_each_socket_becomes_one(tmp_path: Path) -> None:
    hall = await open_hall(tmp_path / "line", slots=0)
    await hall.sign_in()
    for where, slot in (("usb-7", "1"), ("usb-3", "2")):
        hall.wiring.plug(where, board(int(slot)))
        assert (await hall.bystander.ended(slot)).outcome is Outcome.PASS
    known = hall.bystander.of(SlotsKnown)[-1]
    assert [slot.where for slot in known.slots] == ["usb-7", "usb-3"]
    await hall.close()


async def test_a_stop_of_the_station_ends_its_runs(tmp_path: Path) -> None:
    hall = await open_hall(tmp_path / "line")
    await hall.sign_in()
    hall.wiring.plug("usb-1", board(1, "silent"))
    await hall.bystander.until(lambda e: isinstance(e, StepBegan))
    await hall.close()
    (ended,) = hall.bystander.of(RunEnded)
    assert ended.trouble
    assert ended.trouble.code == "INTERRUPTED"
    with questions.reading(hall.record.path) as db:
        assert questions.verify(db) == []
        assert [row["code"] for row in questions.rows(db)] == ["INTERRUPTED"]


async def test_the_counts_are_told_after_the_record_is_written(hall: Hall) -> None:
    await hall.sign_in()
    for number, fault in ((1, ()), (2, ("token-cut",)), (3, ())):
        await hall.run(board(number, *fault))
        await hall.wiring.pull("usb-1")
    last = await hall.bystander.until(lambda e: isinstance(e, Counted) and e.tally.units == 3)
    assert isinstance(last, Counted)
    assert (last.tally.passed, last.tally.failed, last.tally.first_pass) == (2, 1, 2)


async def test_events_of_a_slot_are_in_order(hall: Hall) -> None:
    await hall.sign_in()
    for number in range(1, 5):
        hall.wiring.plug(f"usb-{number}", board(number))
    for number in range(1, 5):
        await hall.bystander.ended(str(number))
    kinds = Appeared | RunBegan | StepBegan | StepEnded | RunEnded
    for slot in "1234":
        said = [e for e in hall.bystander.said if isinstance(e, kinds) and e.slot == slot]
        names = [type(e).__name__ for e in said]
        assert names == ["Appeared", "RunBegan", *["StepBegan", "StepEnded"] * 5, "RunEnded"]
