"""What the Rework page shows, as data: pure steps, no window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station.faults import CloudUnreachable, RecipeWrong, RecordBroken, SlotBusy
from station.model import (
    Amended,
    Event,
    Halted,
    Left,
    Outcome,
    Refused,
    ReworkAction,
    Role,
    RunBegan,
    RunEnded,
    ShiftBegan,
)
from station.model.life import Life
from station.registry import READ_IDENTITY
from tests.ui import lives, stories
from tests.ui import rework_fakes as bench
from ui import rework
from ui.rework import Rework
from ui.rework_states import Bar, State

STEPS = ("identify", "work")


def page(*events: Event, role: Role = Role.TECHNICIAN) -> Rework:
    """Return a page with nothing open, after `events` of a line of four slots."""
    screen = stories.told((*bench.line(role=role), *events))
    return Rework(actions=bench.ACTIONS, codes=bench.CODES).after(screen)


def opened(life: Life = bench.ON_BENCH, *events: Event, role: Role = Role.TECHNICIAN) -> Rework:
    """Return a page on which a unit is open."""
    return page(*events, role=role).opening(life.unit).opened(life)


def bars(state: Rework) -> dict[str, Bar]:
    return {each.action.key: each.bar for each in state.offered}


def and_then(state: Rework, *events: Event) -> Rework:
    return state.after(stories.told(events, state.screen))


def test_the_key_of_the_look_is_the_one_that_every_recipe_has() -> None:
    assert rework.READS == READ_IDENTITY


def test_states_in_their_order() -> None:
    nobody = Rework().after(stories.told(list(bench.line())[:1]))
    assert Rework().state is State.STARTING
    assert nobody.state is State.SIGNED_OUT
    assert page(role=Role.OPERATOR).state is State.FORBIDDEN
    assert page(role=Role.AUDITOR).state is State.EMPTY
    assert page().state is State.EMPTY
    assert page().opening(7).state is State.READING
    assert opened().state is State.OPEN
    assert not nobody.can_look
    assert page().can_look


def test_one_unit_that_is_found_is_opened_at_once() -> None:
    asked = page().looking_for("355")
    assert asked.answered("355", (bench.found(bench.NEW),)).wanted == bench.NEW.unit
    several = asked.answered("355", (bench.found(bench.NEW), bench.found(lives.GONE)))
    assert several.state is State.SEVERAL
    assert asked.answered("355", ()).state is State.UNKNOWN


def test_answers_to_what_is_asked_no_more_change_nothing() -> None:
    asked = page().looking_for("355").looking_for("3550")
    assert asked.answered("355", (bench.found(bench.NEW),)) == asked
    reading = page().opening(8)
    assert reading.opened(bench.NEW) == reading


def test_another_unit_takes_nothing_of_the_one_before_along() -> None:
    state = opened(bench.ON_BENCH, bench.seated("2")).choosing("2")
    order = state.order_for(bench.ACTIONS[4])
    assert order is not None
    other = state.ordering(order).opening(8)
    assert (other.life, other.ordered, other.chosen) == (None, None, "")


def test_a_record_that_cannot_be_read_leaves_what_is_open() -> None:
    trouble = RecordBroken().trouble
    assert opened().failed(trouble).state is State.OPEN
    failed = page().opening(7).failed(trouble)
    assert failed.state is State.EMPTY
    assert failed.trouble == trouble


def test_actions_are_those_of_its_kind_and_what_erases_comes_last() -> None:
    keys = [each.action.key for each in opened().offered]
    assert keys == [bench.READ, "", "reflash", "renew", "erase", "unclaim"]


def test_reading_is_offered_once_however_many_recipes_there_are() -> None:
    other = [replace(action, recipe=bench.TRACKER.with_stem("b")) for action in bench.ACTIONS]
    state = replace(opened(), actions=(*bench.ACTIONS, *other))
    assert [each.action.key for each in state.offered].count(bench.READ) == 1


def test_a_recipe_with_a_mistake_is_shown_for_any_kind() -> None:
    wrong = ReworkAction("x.toml", bench.TRACKER, "", "", "", trouble=RecipeWrong("line 7").trouble)
    state = replace(opened(bench.ON_BENCH, bench.seated("2")), actions=(*bench.ACTIONS, wrong))
    assert state.offered[-1].bar is Bar.RECIPE
    assert state.order_for(wrong) is None


def test_without_a_case_a_unit_may_only_be_read() -> None:
    state = opened(bench.NEW, bench.seated("2"))
    told = bars(state)
    assert told.pop(bench.READ) is Bar.NONE
    assert set(told.values()) == {Bar.NO_CASE}


@pytest.mark.parametrize(
    ("life", "events", "role", "bar"),
    [
        (bench.ON_BENCH, (), Role.TECHNICIAN, Bar.NOT_SEEN),
        (bench.ON_BENCH, (bench.seated("2"),), Role.AUDITOR, Bar.READ_ONLY),
        (bench.ON_BENCH, (bench.seated("2"), bench.seated("3")), Role.TECHNICIAN, Bar.WHICH),
        (
            bench.ON_BENCH,
            (bench.seated("2"), Halted(CloudUnreachable().trouble)),
            Role.TECHNICIAN,
            Bar.HALTED,
        ),
        (lives.GONE, (bench.seated("2"),), Role.TECHNICIAN, Bar.SCRAPPED),
        (bench.ON_BENCH, (bench.seated("2", "arduino"),), Role.TECHNICIAN, Bar.NOT_SEEN),
        (
            bench.ON_BENCH,
            (bench.seated("2"), *bench.began("2", 5, STEPS)),
            Role.TECHNICIAN,
            Bar.BUSY,
        ),
        (bench.ON_BENCH, (bench.seated("2"),), Role.ENGINEER, Bar.NONE),
    ],
)
def test_what_bars_every_action(
    life: Life, events: tuple[Event, ...], role: Role, bar: Bar
) -> None:
    assert set(bars(opened(life, *events, role=role)).values()) == {bar}


def test_the_seat_is_where_the_board_has_said_so_or_the_only_board_of_its_kind() -> None:
    one = opened(bench.ON_BENCH, bench.seated("2"), bench.seated("3", "arduino"))
    assert one.seat is not None
    assert (one.seat.slot, one.seat.sure) == ("2", False)
    two = and_then(one, bench.seated("4"))
    assert two.seat is None
    assert len(two.unread) == 2
    chosen = two.choosing("4").seat
    assert chosen is not None
    assert chosen.slot == "4"
    read = and_then(two, *bench.ended("4", 9, STEPS, bench.ON_BENCH))
    assert read.seat is not None
    assert (read.seat.slot, read.seat.sure) == ("4", True)


def test_a_board_that_is_another_unit_is_no_seat() -> None:
    other = replace(bench.NEW, serial="999")
    state = opened(bench.ON_BENCH, bench.seated("2"), *bench.ended("2", 9, STEPS, other))
    assert state.seat is None


def test_an_order_names_the_unit_and_its_slot() -> None:
    order = opened(bench.ON_BENCH, bench.seated("2")).order_for(bench.ACTIONS[4])
    assert order is not None
    assert (order.slot, order.key, order.unit) == ("2", "reflash", bench.ON_BENCH.unit)
    assert opened(bench.NEW, bench.seated("2")).order_for(bench.ACTIONS[4]) is None


def ordered(*events: Event) -> Rework:
    state = opened(bench.ON_BENCH, bench.seated("2"), *events)
    order = state.order_for(bench.ACTIONS[4])
    assert order is not None
    return state.ordering(order)


def test_an_order_runs_from_when_it_is_given_to_its_verdict_which_stays_until_it_is_seen() -> None:
    state = ordered()
    assert (state.is_ordered, state.is_running, state.is_ended) == (True, True, False)
    state = and_then(state, RunBegan("2", 9, "tracker", STEPS))
    assert (state.is_ordered, state.is_running, state.is_ended) == (False, True, False)
    state = and_then(state, RunEnded("2", 9, Outcome.PASS, bench.ON_BENCH.serial, None, 1.0))
    assert (state.is_running, state.is_ended) == (False, True)
    assert not state.put_away().is_ended
    assert not and_then(state, Left("2")).is_ended


def test_the_verdict_of_a_run_before_the_order_is_not_its_verdict() -> None:
    state = ordered(*bench.ended("2", 8, STEPS, bench.ON_BENCH))
    assert state.is_ordered
    assert not state.is_ended


def test_a_refused_order_is_under_way_no_more() -> None:
    state = and_then(ordered(), Refused(SlotBusy().trouble))
    assert not state.is_running
    assert not state.is_ended


def test_the_limit_asks_for_an_engineer() -> None:
    assert opened(bench.THRICE).is_beyond
    assert not opened(bench.NEW).is_beyond
    assert not replace(opened(bench.THRICE), codes=replace(bench.CODES, limit=0)).is_beyond


def test_a_board_that_says_who_it_is_opens_while_nothing_else_is_open() -> None:
    before = page(bench.seated("2"))
    after = and_then(before, *bench.began("2", 9, STEPS))
    assert after.newly_read(before) == bench.NEW.serial
    assert after.newly_read(after) == ""
    two = and_then(after, *bench.began("3", 10, STEPS, lives.LONG))
    assert two.newly_read(before) == "", "nobody knows which of them is meant"
    busy = before.opening(8)
    assert busy.after(after.screen).newly_read(busy) == ""
    asked = busy.awaiting("2")
    assert asked.after(after.screen).newly_read(asked) == bench.NEW.serial


def test_what_the_line_works_on_opens_no_unit_at_the_bench() -> None:
    before = page(
        ShiftBegan("Li Wei", "tracker", "", None, role=Role.TECHNICIAN), bench.seated("2")
    )
    after = and_then(before, *bench.began("2", 9, STEPS))
    assert after.newly_read(before) == ""
    asked = before.awaiting("2")
    assert asked.after(after.screen).newly_read(asked) == bench.NEW.serial


def test_a_board_can_be_read_before_anybody_knows_which_unit_it_is() -> None:
    state = page(bench.seated("2"), bench.seated("3", "unheard of"))
    look = state.first_look(state.screen.card("2"))
    assert look is not None
    assert (look.slot, look.key, look.unit) == ("2", bench.READ, None)
    assert state.first_look(state.screen.card("3")) is None
    auditor = page(bench.seated("2"), role=Role.AUDITOR)
    assert auditor.first_look(auditor.screen.card("2")) is None


@pytest.mark.parametrize(
    ("events", "adds"),
    [
        ((Amended(7, bench.NEW.serial, "noted"),), True),
        (tuple(bench.began("2", 9, STEPS)), True),
        (tuple(bench.ended("2", 9, STEPS)), True),
        ((bench.seated("3"),), False),
    ],
)
def test_what_adds_to_its_life_is_felt(events: tuple[Event, ...], adds: bool) -> None:
    state = opened(bench.NEW, bench.seated("2"))
    assert (and_then(state, *events).pulse() != state.pulse()) is adds


def test_kinds_are_those_of_recipes_and_boards() -> None:
    assert page(bench.seated("1", "smp")).kinds == ("arduino", "nrf91", "smp")
