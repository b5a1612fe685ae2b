"""The commands around the line: the bench, work orders, teaching, idle hands, rights."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from station.faults import (
    LineBusy,
    NotAllowed,
    NotSkippable,
    OrderUnknown,
    SignInFirst,
    SocketTaught,
)
from station.gate import Gate
from station.model import (
    Appeared,
    Approval,
    Counted,
    Credentials,
    Granted,
    Outcome,
    Override,
    Person,
    Refused,
    Right,
    Role,
    RunBegan,
    RunEnded,
    ShiftBegan,
    ShiftEnded,
    Slot,
    SlotsKnown,
    Teaching,
)
from station.orders import Orders, OrderSettings
from station.record import questions
from station.record.people import Named
from station.simulation.nrf91 import SimulatedNrf91
from station.taught import keep_slots
from tests.by_hand import Hall, open_hall
from tests.test_engine import QUICK

ANN, BEN = Credentials("Ann"), Credentials("Ben")


def board(number: int, *faults: str) -> SimulatedNrf91:
    return SimulatedNrf91(number, faults=faults, timing=QUICK)


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    hall = await open_hall(tmp_path / "line")
    yield hall
    await hall.close()


def refused(hall: Hall) -> list[str]:
    return [event.trouble.code for event in hall.bystander.of(Refused)]


async def seen(hall: Hall, many: int) -> None:
    await hall.bystander.until(lambda event: isinstance(event, Appeared), many)


async def test_at_the_bench_no_board_is_begun_by_itself(hall: Hall) -> None:
    await hall.engine.sign_in(ANN, None, None)
    hall.wiring.plug("usb-1", board(1))
    await seen(hall, 1)
    await hall.engine.retry("1")
    await asyncio.sleep(0)
    assert hall.bystander.of(RunBegan) == []
    began = hall.bystander.of(ShiftBegan)[-1]
    assert (began.operator, began.recipe, began.order) == ("Ann", "", "")


async def test_an_orders_count_goes_on_from_shift_to_shift(hall: Hall, tmp_path: Path) -> None:
    orders = Orders(tmp_path / "line")
    (tmp_path / "line" / "recipes").mkdir(exist_ok=True)
    recipe = tmp_path / "line" / "recipes" / "tracker.toml"
    recipe.write_text(hall.recipe.read_text("utf-8"), "utf-8")
    orders.keep("WO-7", OrderSettings(recipe="tracker.toml", quantity=3))
    hall.engine._shifts.orders = orders
    await hall.engine.sign_in(ANN, None, None, "wo-7 ")
    began = hall.bystander.of(ShiftBegan)[-1]
    assert (began.order, began.quantity, began.recipe) == ("WO-7", 3, "Tracker")
    assert (await hall.run(board(1))).outcome is Outcome.PASS
    await hall.wiring.pull("usb-1")
    await hall.engine.sign_in(BEN, hall.recipe, None)
    assert (await hall.run(board(2))).outcome is Outcome.PASS
    await hall.wiring.pull("usb-1")
    orders.keep("WO-8", OrderSettings(recipe="tracker.toml"))
    await hall.engine.take_order("WO-8")
    await hall.engine.take_order("")
    assert hall.bystander.of(ShiftBegan)[-1].order == "WO-7"
    assert hall.bystander.of(ShiftBegan)[-1].operator == "Ben"
    assert (await hall.run(board(3))).outcome is Outcome.PASS
    counted = await hall.bystander.until(
        lambda e: isinstance(e, Counted) and e.tally.order_passed == 2
    )
    assert isinstance(counted, Counted)
    assert counted.tally.order_quantity == 3


async def test_an_order_that_nobody_set_up_leaves_the_shift_as_it_is(hall: Hall) -> None:
    await hall.sign_in()
    await hall.engine.take_order("WO-404")
    assert refused(hall) == [OrderUnknown.code]
    assert hall.bystander.of(ShiftEnded) == []
    assert (await hall.run(board(1))).outcome is Outcome.PASS


async def test_without_a_shift_no_order_is_taken(hall: Hall) -> None:
    await hall.engine.take_order("WO-1")
    assert refused(hall) == [SignInFirst.code]


async def test_slots_are_taught_by_plugging_one_board_in_and_are_kept(
    hall: Hall, tmp_path: Path
) -> None:
    folder = tmp_path / "line"
    hall.engine._slots.save = lambda slots, columns: keep_slots(folder, slots, columns)
    await hall.engine.sign_in(ANN, None, None)
    await hall.engine.teach(("A1", "A2"), 2)
    hall.wiring.plug("usb-9", board(1))
    await hall.bystander.until(lambda e: e == Teaching("A2"))
    await hall.wiring.pull("usb-9")
    hall.wiring.plug("usb-9", board(1))
    await hall.bystander.until(lambda e: isinstance(e, Refused))
    assert refused(hall) == [SocketTaught.code]
    hall.wiring.plug("usb-8", board(2))
    await hall.bystander.until(lambda e: e == Teaching(""))
    taught = SlotsKnown((Slot("A1", "usb-9"), Slot("A2", "usb-8")), 2)
    assert hall.bystander.of(SlotsKnown)[-1] == taught
    assert 'name = "A1"' in (folder / "station.toml").read_text("utf-8")
    # both boards are still in, and stand in their new slots
    await seen(hall, 2)
    assert {event.slot for event in hall.bystander.of(Appeared)} == {"A1", "A2"}
    await hall.sign_in()
    await hall.bystander.ended("A1")
    await hall.bystander.ended("A2")


async def test_teaching_that_is_broken_off_keeps_what_was_learnt(hall: Hall) -> None:
    await hall.engine.sign_in(ANN, None, None)
    await hall.engine.teach(("1", "2", "3", "4"), 4)
    hall.wiring.plug("usb-2", board(1))
    await hall.bystander.until(lambda e: e == Teaching("2"))
    await hall.engine.end_teaching()
    # slot 1 has the socket that was slot 2's, which has none until it is taught
    slots = hall.bystander.of(SlotsKnown)[-1].slots
    assert slots == (Slot("1", "usb-2"), Slot("3", "usb-3"), Slot("4", "usb-4"))


async def test_slots_are_not_taught_while_a_recipe_is_at_work(hall: Hall) -> None:
    await hall.sign_in()
    await hall.engine.teach(("1",), 1)
    assert refused(hall) == [LineBusy.code]
    assert hall.bystander.of(Teaching) == []


async def test_who_does_nothing_is_signed_out_but_not_while_a_unit_is_worked_on(
    tmp_path: Path,
) -> None:
    hall = await open_hall(tmp_path / "line")
    await hall.sign_in()
    hall.cloud.latency_s = 0.2
    hall.wiring.plug("usb-1", board(1))
    await hall.bystander.until(lambda e: isinstance(e, RunBegan))
    hall.engine.idle_s = 0.01
    ended = await hall.bystander.ended()
    assert ended.outcome is Outcome.PASS
    await hall.bystander.until(lambda e: isinstance(e, ShiftEnded))
    said = hall.bystander.said
    assert said.index(hall.bystander.of(ShiftEnded)[0]) > said.index(ended)
    await hall.close()


async def test_a_failure_that_is_no_check_can_not_be_skipped(hall: Hall) -> None:
    await hall.sign_in()
    assert (await hall.run(board(1, "silent"))).outcome is Outcome.FAIL
    approval = Approval("the customer waits", BEN)
    await hall.engine.retry("1", Override.SKIP, approval)
    assert refused(hall) == [NotSkippable.code]
    assert len(hall.bystander.of(RunEnded)) == 1


async def test_who_made_a_unit_again_and_who_stood_for_it_is_in_the_record(
    hall: Hall, tmp_path: Path
) -> None:
    await hall.sign_in()
    assert (await hall.run(board(1))).outcome is Outcome.PASS
    await hall.engine.retry("1", Override.AGAIN, Approval("label was lost", BEN))
    await hall.bystander.ended(count=2)
    with questions.reading(tmp_path / "line" / "record.db") as db:
        rows = db.execute(
            "select run, what, reason, first.name, second.name from overrides"
            " join operators first on first.id = operator"
            " join operators second on second.id = second"
        ).fetchall()
    assert [tuple(row) for row in rows] == [(2, "provision again", "label was lost", "Ann", "Ben")]


async def test_nobody_stands_for_themselves(hall: Hall) -> None:
    await hall.sign_in()
    assert (await hall.run(board(1))).outcome is Outcome.PASS
    await hall.engine.retry("1", Override.AGAIN, Approval("because", Credentials(" ann ")))
    assert refused(hall) == ["SAME-PERSON"]
    assert len(hall.bystander.of(RunEnded)) == 1


async def test_rights_are_refused_by_the_core(hall: Hall) -> None:
    gate = Gate(hall.record)
    hall.engine._shifts.gate = gate
    pins = {name: SecretStr(pin) for name, pin in (("Eva", "135791"), ("Otto", "246802"))}
    await name_people(hall, gate, pins)
    eva = Credentials("Eva", pins["Eva"])
    otto = Credentials("Otto", pins["Otto"])
    await hall.engine.sign_in(otto, None, None)
    assert refused(hall) == [NotAllowed.code]
    await hall.engine.sign_in(otto, hall.recipe, None)
    assert hall.bystander.of(ShiftBegan)[-1].role is Role.OPERATOR
    await hall.engine.teach(("1",), 1)
    assert refused(hall)[-1] == NotAllowed.code
    await hall.engine.grant(Right.SET_UP, otto)
    assert refused(hall)[-1] == NotAllowed.code
    assert hall.bystander.of(Granted) == []
    await hall.engine.grant(Right.SET_UP, eva)
    assert hall.bystander.of(Granted) == [Granted("set up", "Eva")]


async def name_people(hall: Hall, gate: Gate, pins: dict[str, SecretStr]) -> None:
    for name, role in (("Eva", Role.ENGINEER), ("Otto", Role.OPERATOR)):
        pin = await asyncio.to_thread(gate.hashing.hash_pin, pins[name])
        await hall.record.people.name(Named(Person(name, role), pin, None), "setup")
