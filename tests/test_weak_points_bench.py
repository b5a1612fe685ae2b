"""What could go wrong between people, slots and cases when two things happen at one moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from station.clouds.nrf_cloud import NrfCloud
from station.faults import (
    DiskFull,
    NoCase,
    RecordBroken,
    SettingsWrong,
    SignInFirst,
    SlotBusy,
    SlotEmpty,
    UnitScrapped,
)
from station.fixture import Fixture
from station.gate import TrustedGate
from station.model import (
    Amended,
    Appeared,
    Approval,
    Counted,
    Identified,
    Outcome,
    Override,
    Person,
    Refused,
    Resumed,
    ReworkOrder,
    RunBegan,
    RunEnded,
    ShiftBegan,
    ShiftEnded,
    Slot,
    SlotsKnown,
    Teaching,
)
from station.orders import Orders, OrderSettings
from station.registry import READ_IDENTITY
from station.taught import keep_slots
from tests.by_hand import Hall, open_hall
from tests.label_hall import label_hall
from tests.test_engine_rework import (
    ANN,
    BEN,
    CODES,
    PASS,
    RECIPE,
    WHY,
    board,
    made,
    outcome,
    put,
    refused,
    rework,
    rows,
)


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    hall = await open_hall(tmp_path / "line", text=RECIPE)
    hall.engine._workshop.codes = CODES
    yield hall
    await hall.close()


@dataclass
class SlowGate(TrustedGate):
    """Takes its time over a second person's word, and does what the test wants meanwhile."""

    meanwhile: Callable[[], Awaitable[None]]
    asked: list[Override] = field(default_factory=list)

    async def second(self, first: Person, override: Override, approval: Approval | None) -> Person:
        await self.meanwhile()
        return await super().second(first, override, approval)


async def settled(hall: Hall) -> None:
    """Give a run that should not begin the time to."""
    for _ in range(3):
        await hall.record.probe()


async def until_begun(hall: Hall, count: int) -> None:
    await hall.bystander.until(lambda event: isinstance(event, RunBegan), count)


async def test_slots_that_can_not_be_written_down_do_not_end_the_station(
    hall: Hall, tmp_path: Path
) -> None:
    folder = tmp_path / "line"
    hall.engine._slots.save = lambda slots, columns: keep_slots(folder, slots, columns)
    await hall.engine.sign_in(ANN, None, None)
    await hall.engine.teach(("A1",), 1)
    (folder / "station.toml").write_text("columns = [", "utf-8")
    hall.wiring.plug("usb-1", board(hall))
    await hall.bystander.until(lambda event: isinstance(event, Refused))
    assert refused(hall) == [SettingsWrong.code]
    # what was plugged in sits in its slot as it was before, and the line goes on
    await hall.bystander.until(lambda event: isinstance(event, Appeared) and event.slot == "1")
    assert hall.bystander.of(Teaching)[-1] == Teaching("")
    await hall.engine.sign_in(ANN, hall.recipe, None)
    assert outcome(await hall.bystander.ended("1")) == PASS
    assert not hall.serving.done()


@pytest.mark.parametrize("way", ["signs out", "is idle", "another signs in"])
async def test_a_lesson_ends_with_the_shift_of_who_gave_it(hall: Hall, way: str) -> None:
    await hall.engine.sign_in(ANN, None, None)
    await hall.engine.teach(("A1", "A2"), 2)
    hall.wiring.plug("usb-3", board(hall))
    await hall.bystander.until(lambda event: event == Teaching("A2"))
    if way == "signs out":
        await hall.engine.sign_out()
    elif way == "is idle":
        hall.engine.idle_s = 0.01
        await hall.bystander.until(lambda event: isinstance(event, ShiftEnded))
        hall.engine.idle_s = 0.0
    await hall.engine.sign_in(BEN, hall.recipe, None)
    assert outcome(await hall.bystander.ended("3")) == PASS
    hall.wiring.plug("usb-4", board(hall, 2))
    assert outcome(await hall.bystander.ended("4")) == PASS
    assert len(hall.bystander.of(SlotsKnown)) == 1
    assert refused(hall) == []


async def test_an_ended_shift_does_not_come_back_with_a_key_that_is_read_anew(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answer = asyncio.Event(), asyncio.Event()

    async def probe(cloud: NrfCloud) -> None:
        asked.set()
        await answer.wait()

    monkeypatch.setattr(NrfCloud, "probe", probe)
    hall.cloud.faults = frozenset({"wrong-key"})
    await hall.engine.sign_in(ANN, hall.recipe, None)
    await asked.wait()
    hall.cloud.faults = frozenset()
    await hall.engine.sign_out()
    answer.set()
    await hall.bystander.until(lambda event: isinstance(event, Resumed))
    assert hall.engine._shifts.work is None
    hall.wiring.plug("usb-1", board(hall))
    await hall.bystander.until(lambda event: isinstance(event, Appeared))
    assert hall.bystander.of(RunBegan) == []


async def test_of_two_who_sign_in_at_once_one_works_and_each_shift_has_its_end(
    hall: Hall,
) -> None:
    both = [hall.engine.sign_in(who, hall.recipe, None) for who in (ANN, BEN)]
    await asyncio.gather(*both)
    told = hall.bystander.of(ShiftBegan, ShiftEnded)
    assert [type(each) for each in told] == [ShiftBegan, ShiftEnded, ShiftBegan]
    assert outcome(await hall.run(board(hall))) == PASS
    await hall.engine.sign_out()
    assert rows(hall, "select id from work_orders where ended is null") == []


async def test_no_unit_is_begun_because_the_cloud_of_an_earlier_shift_has_answered(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [asyncio.Event(), asyncio.Event()]
    waiting = iter(answers)

    async def prepare(cloud: NrfCloud) -> None:
        if answer := next(waiting, None):
            await answer.wait()

    monkeypatch.setattr(NrfCloud, "prepare", prepare)
    first = asyncio.create_task(hall.engine.sign_in(ANN, hall.recipe, None))
    await hall.bystander.until(lambda event: isinstance(event, ShiftBegan))
    second = asyncio.create_task(hall.engine.sign_in(BEN, hall.recipe, None))
    await hall.bystander.until(lambda event: isinstance(event, ShiftBegan), 2)
    hall.wiring.plug("usb-1", board(hall))
    await hall.bystander.until(lambda event: isinstance(event, Appeared))
    answers[0].set()
    await first
    await settled(hall)
    assert hall.bystander.of(RunBegan) == []
    answers[1].set()
    await second
    assert outcome(await hall.bystander.ended()) == PASS


async def test_an_approval_is_not_for_the_unit_that_took_the_place_of_the_other(
    hall: Hall,
) -> None:
    await hall.engine.sign_in(ANN, hall.recipe, None)
    assert outcome(await hall.run(board(hall, 1))) == PASS

    async def swapped() -> None:
        await hall.wiring.pull("usb-1")
        await hall.run(board(hall, 2))

    hall.engine._shifts.gate = SlowGate(swapped)
    await hall.engine.retry("1", Override.AGAIN, WHY)
    assert refused(hall) == [SlotEmpty.code]
    await hall.engine.retry("1")
    await hall.bystander.ended(count=3)
    assert rows(hall, "select * from overrides") == []


async def test_an_approval_is_not_for_what_happened_after_it_was_asked_for(hall: Hall) -> None:
    await hall.engine.sign_in(ANN, hall.recipe, None)
    assert outcome(await hall.run(board(hall))) == PASS

    async def retried() -> None:
        await hall.engine.retry("1")
        await hall.bystander.ended(count=2)

    hall.engine._shifts.gate = SlowGate(retried)
    await hall.engine.retry("1", Override.AGAIN, WHY)
    assert refused(hall) == [SlotBusy.code]
    assert rows(hall, "select * from overrides") == []


async def test_an_approval_is_not_kept_for_whoever_retries_the_unit_hours_later(
    hall: Hall,
) -> None:
    await hall.engine.sign_in(ANN, hall.recipe, None)
    assert outcome(await hall.run(board(hall))) == PASS
    await settled(hall)
    hall.engine._halt.begin(RecordBroken("for a moment").trouble)
    await hall.engine.retry("1", Override.AGAIN, WHY)
    await hall.bystander.until(lambda event: isinstance(event, Resumed))
    await hall.engine.sign_in(BEN, hall.recipe, None)
    await hall.engine.retry("1")
    assert outcome(await hall.bystander.ended(count=2)) == PASS
    assert rows(hall, "select * from overrides") == []


@dataclass
class Preparing:
    """Holds a rework up where it asks its cloud, so that something else can happen meanwhile."""

    hall: Hall
    order: ReworkOrder
    monkeypatch: pytest.MonkeyPatch

    async def meanwhile(self, deed: Callable[[], Awaitable[object]]) -> None:
        asked, answer = asyncio.Event(), asyncio.Event()

        async def prepare(cloud: NrfCloud) -> None:
            asked.set()
            await answer.wait()

        with self.monkeypatch.context() as patch:
            patch.setattr(NrfCloud, "prepare", prepare)
            ordered = asyncio.create_task(self.hall.engine.rework(self.order))
            await asked.wait()
        await deed()
        answer.set()
        await ordered


@pytest.fixture
async def preparing(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Preparing:
    unit, number = await made(hall)
    await hall.engine.open_case(number, "R1", "")
    await put(hall, unit)
    order = ReworkOrder("1", hall.recipe, "take_back", number)
    return Preparing(hall, order, monkeypatch)


async def test_a_rework_that_was_ordered_in_a_shift_that_is_over_is_not_begun(
    preparing: Preparing,
) -> None:
    hall, before = preparing.hall, len(preparing.hall.bystander.of(RunBegan))
    await preparing.meanwhile(hall.engine.sign_out)
    assert refused(hall) == [SignInFirst.code]
    assert len(hall.bystander.of(RunBegan)) == before


async def test_a_rework_is_not_begun_on_what_came_into_the_slot_later(
    preparing: Preparing,
) -> None:
    hall, before = preparing.hall, len(preparing.hall.bystander.of(RunBegan))

    async def swapped() -> None:
        await hall.wiring.pull("usb-1")
        await put(hall, board(hall, 2))

    await preparing.meanwhile(swapped)
    assert refused(hall) == [SlotEmpty.code]
    assert len(hall.bystander.of(RunBegan)) == before


async def test_a_rework_is_not_begun_for_a_case_that_was_closed_meanwhile(
    preparing: Preparing,
) -> None:
    hall, before = preparing.hall, len(preparing.hall.bystander.of(RunBegan))
    await preparing.meanwhile(lambda: hall.engine.close_case(1, ("A1",)))
    assert refused(hall) == [NoCase.code]
    assert len(hall.bystander.of(RunBegan)) == before


async def test_of_two_reworks_that_are_ordered_at_once_one_is_done(hall: Hall) -> None:
    unit, number = await made(hall)
    await hall.engine.open_case(number, "R1", "")
    await put(hall, unit)
    order = ReworkOrder("1", hall.recipe, "take_back", number)
    before = len(hall.bystander.of(RunEnded))
    await asyncio.gather(hall.engine.rework(order), hall.engine.rework(order))
    ended = await hall.bystander.until(lambda event: isinstance(event, RunEnded), before + 1)
    assert isinstance(ended, RunEnded)
    assert outcome(ended) == PASS
    assert refused(hall) == [SlotBusy.code]


async def test_a_case_that_is_closed_is_worked_on_no_more(hall: Hall) -> None:
    unit, number = await made(hall)
    await hall.engine.open_case(number, "R1", "")
    await put(hall, unit)
    assert outcome(await rework(hall, "take_back", number)) == PASS
    await hall.engine.close_case(number, ("A1",))
    before = len(hall.bystander.of(RunBegan))
    await hall.engine.retry("1")
    await settled(hall)
    assert len(hall.bystander.of(RunBegan)) == before
    assert outcome(await rework(hall, READ_IDENTITY, number)) == PASS


async def test_a_unit_is_neither_shipped_nor_scrapped_while_a_run_on_it_goes_on(
    hall: Hall,
) -> None:
    unit, number = await made(hall)
    await hall.engine.open_case(number, "R1", "")
    await put(hall, unit)
    before = len(hall.bystander.of(Identified))
    again = asyncio.create_task(rework(hall, "take_back", number))
    await until_begun(hall, 2)
    await hall.engine.close_case(number, ("A1",))
    await hall.bystander.until(lambda event: isinstance(event, Identified), before + 1)
    await hall.engine.scrap(number, WHY)
    assert refused(hall) == [SlotBusy.code, SlotBusy.code]
    assert outcome(await again) == PASS
    assert [each.what for each in hall.bystander.of(Amended)] == ["case opened"]


async def test_a_unit_that_came_back_is_not_the_lines_because_another_shift_begins(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit, number = await made(hall)
    await hall.engine.open_case(number, "R1", "")
    await put(hall, unit)

    async def prepare(cloud: NrfCloud) -> None:
        hall.cloud.faults = frozenset({"wrong-key"})

    with monkeypatch.context() as patch:
        patch.setattr(NrfCloud, "prepare", prepare)
        assert outcome(await rework(hall, "take_back", number)) == (Outcome.ERROR, "KEY-REFUSED")
    hall.cloud.faults = frozenset()
    before = len(hall.bystander.of(RunBegan))
    await hall.engine.sign_in(BEN, hall.recipe, None)
    await settled(hall)
    assert len(hall.bystander.of(RunBegan)) == before
    await hall.engine.retry("1")
    assert outcome(await hall.bystander.ended(count=3)) == PASS
    assert len(hall.bystander.of(RunBegan)) == before + 1


async def test_a_rework_that_is_ordered_while_the_station_stands_is_done_after_it(
    hall: Hall,
) -> None:
    unit, number = await made(hall)
    await hall.engine.open_case(number, "R1", "")
    await put(hall, unit)
    assert outcome(await rework(hall, READ_IDENTITY, number)) == PASS
    hall.engine._halt.begin(RecordBroken("for a moment").trouble)
    assert outcome(await rework(hall, "take_back", number)) == PASS


async def test_what_a_technician_does_is_not_counted_as_made(hall: Hall) -> None:
    unit, number = await made(hall)
    await hall.engine.open_case(number, "R1", "")
    await hall.engine.sign_in(ANN, hall.recipe, 10)
    hall.wiring.plug("usb-1", unit)
    assert outcome(await hall.bystander.ended(count=2)) == PASS
    other = board(hall, 2)
    await hall.wiring.pull("usb-1")
    hall.cloud.faults = frozenset({"server-error"})
    failed = await hall.run(other)
    assert failed.outcome is Outcome.ERROR
    hall.cloud.faults = frozenset()
    await settled(hall)
    before = len(hall.bystander.of(Counted))
    assert outcome(await rework(hall, READ_IDENTITY, None)) == PASS
    await hall.bystander.until(lambda event: isinstance(event, Counted), before + 1)
    tally = hall.bystander.of(Counted)[-1].tally
    assert (tally.passed, tally.failed, tally.order_passed) == (1, 1, 1)


async def test_what_is_left_behind_is_not_counted_for_the_order_that_follows(
    hall: Hall, tmp_path: Path
) -> None:
    await hall.engine.sign_in(ANN, hall.recipe, 5)
    hall.wiring.plug("usb-1", board(hall))
    await until_begun(hall, 1)
    await hall.engine.sign_in(BEN, hall.recipe, 7)
    assert outcome(await hall.bystander.ended()) == PASS
    counted = len(hall.bystander.of(Counted))
    await hall.bystander.until(lambda event: isinstance(event, Counted), max(counted, 3))
    assert hall.bystander.of(Counted)[-1].tally.order_quantity == 7
    assert hall.bystander.of(Counted)[-1].tally.order_passed == 0


def test_slots_that_would_not_be_read_again_are_not_written(tmp_path: Path) -> None:
    path = tmp_path / "station.toml"
    path.write_text("columns = 3\n", "utf-8")
    for slots in ((Slot("A", "usb-1"), Slot("A", "usb-2")), (Slot("A slot's long name", "usb-1"),)):
        with pytest.raises(SettingsWrong):
            keep_slots(tmp_path, slots, 2)
        assert path.read_text("utf-8") == "columns = 3\n"


async def test_a_board_on_the_air_is_no_slot_that_was_taught(hall: Hall) -> None:
    hall.engine._slots.fixture = Fixture((Slot("1", "usb-1"), Slot("BLE 1", "ble-1")))
    await hall.engine.sign_in(ANN, None, None)
    await hall.engine.teach(("A1",), 1)
    hall.wiring.plug("ble-1", board(hall, 2))
    await hall.bystander.until(lambda event: isinstance(event, Appeared) and event.slot == "BLE 1")
    hall.wiring.plug("usb-1", board(hall))
    await hall.bystander.until(lambda event: event == Teaching(""))
    assert hall.bystander.of(SlotsKnown)[-1].slots == (Slot("A1", "usb-1"),)


def test_an_order_is_kept_in_the_place_of_the_one_that_is_called_the_same(tmp_path: Path) -> None:
    orders = Orders(tmp_path)
    (tmp_path / "recipes").mkdir()
    for name in ("one.toml", "two.toml"):
        (tmp_path / "recipes" / name).write_text("", "utf-8")
    orders.keep("WO-7", OrderSettings(recipe="one.toml", quantity=1))
    orders.keep("wo-7", OrderSettings(recipe="two.toml", quantity=2))
    assert list(orders.all()) == ["WO-7"]
    assert orders.order("wo-7").recipe.name == "two.toml"


async def test_no_label_is_made_for_what_was_scrapped(tmp_path: Path) -> None:
    async with label_hall(tmp_path / "line") as line:
        assert (await line.hall.run(board(line.hall))).outcome is Outcome.PASS
        await line.hall.engine.scrap(1, WHY)
        await line.hall.engine.print_again("1", 1, WHY)
        assert refused(line.hall) == [UnitScrapped.code]
        assert len(line.printed) == 1


async def test_a_run_whose_end_was_lost_does_not_stand_in_its_units_way(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit, number = await made(hall)
    await hall.engine.open_case(number, "R1", "")
    await put(hall, unit)

    closed, close = asyncio.Event(), hall.record.close_interrupted

    async def full(*_: object) -> None:
        raise DiskFull

    async def closing(but: Collection[int] = ()) -> int:
        many = await close(but)
        closed.set()
        return many

    monkeypatch.setattr(hall.record, "close_interrupted", closing)

    with monkeypatch.context() as patch:
        patch.setattr(hall.record, "end_run", full)
        assert outcome(await rework(hall, "take_back", number)) == (Outcome.ERROR, "DISK-FULL")
    async with asyncio.timeout(30):
        await closed.wait()
    await hall.engine.close_case(number, ("A1",))
    assert refused(hall) == []
