"""The fold: what every event does to the screen."""

from __future__ import annotations

import dataclasses
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.faults import BoardSilent, KeyRefused, LinkLost, ReplyLost
from station.model import (
    Appeared,
    Claim,
    Claimed,
    Counted,
    Event,
    Followed,
    Halted,
    Identified,
    Lamp,
    LampTurned,
    Left,
    Outcome,
    PastRun,
    Port,
    Prompted,
    QueueStands,
    Recalled,
    Refused,
    Resumed,
    RunBegan,
    RunEnded,
    Settled,
    ShiftBegan,
    ShiftEnded,
    Slot,
    SlotsKnown,
    Stage,
    StepBegan,
    StepEnded,
    Tally,
)
from tests.ui import stories
from tests.ui.stories import told
from ui.card import Card, DoneStep, Phase
from ui.screen import LAST_UNITS, LastUnit, Screen
from ui.words import card_says

PORT = Port("/dev/ttyACM0")
SHIFT = ShiftBegan("Anna", "tracker", "WO-1", 10)


def card_after(*events: Event) -> Card:
    return told(events).card("1")


def begun() -> tuple[Event, ...]:
    return Appeared("1", PORT, "nrf91"), RunBegan("1", 7, "tracker", ("identify", "claim"))


def over(outcome: Outcome = Outcome.PASS, run: int = 7) -> RunEnded:
    trouble = None if outcome is Outcome.PASS else BoardSilent().trouble
    return RunEnded("1", run, outcome, "3504", trouble, 2.5)


def test_slots_make_cards_in_the_order_of_the_fixture() -> None:
    screen = told([SlotsKnown((Slot("B"), Slot("A")))])
    assert screen.ready
    assert [card.slot for card in screen.cards] == ["B", "A"]
    assert {card.phase for card in screen.cards} == {Phase.EMPTY}


def test_slots_told_again_keep_what_their_cards_show() -> None:
    screen = told([*begun(), SlotsKnown((Slot("2"), Slot("1")))])
    assert [card.slot for card in screen.cards] == ["2", "1"]
    assert screen.card("1").run == 7


def test_a_slot_that_was_not_told_before_gets_a_card() -> None:
    assert [card.slot for card in told([Appeared("9", PORT, "")]).cards] == ["9"]


def test_a_shift_begins_and_ends() -> None:
    assert told([SHIFT]).shift == SHIFT
    assert told([SHIFT, ShiftEnded()]).shift is None


def test_a_board_that_appears_waits() -> None:
    card = card_after(Appeared("1", PORT, "nrf91"))
    assert (card.phase, card.kind) == (Phase.WAITING, "nrf91")


def test_a_run_shows_its_plan() -> None:
    card = card_after(*begun())
    assert (card.phase, card.plan, card.run) == (Phase.RUNNING, ("identify", "claim"), 7)


def test_steps_are_present_and_then_done() -> None:
    present = card_after(*begun(), StepBegan("1", 7, "identify", 5))
    assert (present.step, present.within_s) == ("identify", 5)
    done = card_after(*begun(), StepBegan("1", 7, "identify", 5), _step_over("identify"))
    assert (done.step, done.done) == ("", (DoneStep("identify", Outcome.PASS, 0.3),))


def _step_over(step: str, run: int = 7) -> StepEnded:
    return StepEnded("1", run, step, Outcome.PASS, None, 0.3)


def test_a_step_that_was_not_promised_is_shown_too() -> None:
    card = card_after(*begun(), StepBegan("1", 7, "wash", 5))
    assert card.steps == ("identify", "claim", "wash")


def test_a_unit_shows_who_it_is() -> None:
    card = card_after(*begun(), Identified("1", 7, stories.identity(7), 2))
    assert (card.unit, card.seen_before) == (stories.identity(7).serial, 2)


def test_a_claim_changes_nothing_that_is_shown() -> None:
    before = told(begun())
    after = before.after(Claimed("1", 7, Claim("nrf", "id")))
    assert after == before


@pytest.mark.parametrize("outcome", Outcome)
def test_a_verdict_shows_only_when_the_run_ends(outcome: Outcome) -> None:
    broken = StepEnded("1", 7, "claim", outcome, None, 1.0)
    assert card_after(*begun(), broken).outcome is None
    card = card_after(*begun(), broken, over(outcome))
    assert (card.phase, card.outcome, card.seconds, card.unit) == (
        Phase.ENDED,
        outcome,
        2.5,
        "3504",
    )


def test_a_verdict_clears_when_its_unit_leaves() -> None:
    assert card_after(*begun(), over(), Left("1")) == Card("1")


def test_a_verdict_that_comes_after_the_unit_has_left_stays_until_the_next_board() -> None:
    gone = (*begun(), Left("1"))
    assert card_after(*gone).phase is Phase.RUNNING
    late = (*gone, over(Outcome.ERROR))
    assert card_after(*late).outcome is Outcome.ERROR
    assert card_after(*late, Left("1")).outcome is Outcome.ERROR
    assert card_after(*late, Appeared("1", PORT, "nrf91")).phase is Phase.WAITING


def test_a_pulled_cable_is_told_whichever_comes_first() -> None:
    lost = RunEnded("1", 7, Outcome.ERROR, "3504", LinkLost().trouble, 1.0)
    for order in ((lost, Left("1")), (Left("1"), lost)):
        card = card_after(*begun(), *order)
        assert (card.outcome, card.present) == (Outcome.ERROR, False)


def test_what_is_told_of_an_older_run_is_not_shown() -> None:
    for stale in (over(run=6), StepBegan("1", 6, "claim", 5), _step_over("claim", run=6)):
        assert card_after(*begun(), stale) == card_after(*begun())


def test_another_board_in_the_same_slot_inherits_nothing() -> None:
    card = card_after(*begun(), Left("1"), Appeared("1", PORT, "nrf91"), over(Outcome.FAIL))
    assert card == Card("1", present=True, kind="nrf91")


def test_a_boot_loader_that_shows_up_in_mid_run_does_not_hide_the_run() -> None:
    assert card_after(*begun(), Appeared("1", PORT, "boot")).run == 7


def test_a_retry_begins_afresh() -> None:
    card = card_after(*begun(), over(Outcome.FAIL), RunBegan("1", 8, "tracker", ("identify",)))
    assert (card.run, card.outcome, card.trouble, card.done) == (8, None, None, ())


def test_an_open_deed_that_is_settled_stays_amber() -> None:
    unknown = RunEnded("1", 7, Outcome.UNKNOWN, "3504", ReplyLost().trouble, 2.0)
    card = card_after(*begun(), unknown, Settled(7, "claim", "k", True))
    assert (card.outcome, card.settled) == (Outcome.UNKNOWN, True)
    assert card_after(*begun(), over(), Settled(7, "claim", "k", True)).settled is None


def test_lamps_keep_their_order() -> None:
    first, second = LampTurned("cloud", Lamp.BUSY), LampTurned("record", Lamp.GOOD)
    better = LampTurned("cloud", Lamp.GOOD)
    assert told([first, second, better]).lamps == (better, second)


def test_a_halt_lasts_until_the_station_can_work_again() -> None:
    trouble = KeyRefused().trouble
    assert told([Halted(trouble)]).halted == trouble
    assert told([Halted(trouble), Resumed()]).halted is None


def test_a_refused_command_is_told_until_something_goes_on() -> None:
    refused = Refused(KeyRefused().trouble)
    screen = told([refused, refused])
    assert (screen.refused, screen.refusals) == (refused.trouble, 2)
    assert told([refused, SHIFT]).refused is None
    assert told([refused, *begun()]).refused is None


def test_counts_are_taken_as_they_are() -> None:
    tally = Tally(5, 1, 6, 4, 5, 10)
    assert told([Counted(tally)]).tally == tally


def test_the_last_units_are_newest_first_and_bounded() -> None:
    past = PastRun(3, "2026-11-21T08:00:00Z", "1", "old", Outcome.PASS, "")
    screen = told([Recalled((past, dataclasses.replace(past, run=4))), over()])
    assert [unit.run for unit in screen.last] == [7, 4, 3]
    many = told([over(run=n) for n in range(3 * LAST_UNITS)])
    assert len(many.last) == LAST_UNITS
    assert many.last[0] == LastUnit(3 * LAST_UNITS - 1, "1", "3504", Outcome.PASS, "")


def test_a_prompt_stands_until_its_step_is_over() -> None:
    prompt = Prompted("1", 7, BoardSilent().trouble)
    began = (*begun(), StepBegan("1", 7, "identify", 5.0), prompt)
    assert card_after(*began).prompt == prompt.trouble
    assert card_says(card_after(*began), told(began))[0] == BoardSilent.remedy
    assert card_after(*began, StepEnded("1", 7, "identify", Outcome.PASS, None, 1.0)).prompt is None
    assert card_after(*began, over()).prompt is None


def test_bytes_and_a_gesture_are_forgotten_with_their_step() -> None:
    flashed = [*stories.line(1), *stories.flashed("1", 7, 10, 40)]
    assert stories.told(flashed).card("1").advanced == (10, 40)
    ended = StepEnded("1", 7, "sketch", Outcome.PASS, None, 1.0)
    assert stories.told([*flashed, ended]).card("1").advanced == (0, 0)
    asked = [*stories.line(1), *stories.asked_for_a_hand("1", 7, stories.PIN)]
    assert stories.told(asked).card("1").gesture == stories.PIN
    begun = StepBegan("1", 7, "finish", 20)
    assert stories.told([*asked, begun]).card("1").gesture is None


def test_boards_on_the_air_are_known_by_a_line_with_lanes_alone() -> None:
    assert stories.told(stories.line(2)).nearby is None
    screen = stories.told(stories.on_air(2, 3))
    assert screen.nearby == stories.nearby(3, 1)
    assert [card.on_air for card in screen.cards] == [True, True]
    assert not any(card.on_air for card in stories.told(stories.line(2)).cards)


def test_a_lane_stays_a_lane_whatever_comes_and_goes() -> None:
    screen = stories.told([*stories.on_air(1, 0), *stories.begun("BLE 1", 8), Left("BLE 1")])
    ended = RunEnded("BLE 1", 8, Outcome.PASS, "u", None, 1.0)
    for event in (ended, stories.picked("BLE 1", "x"), Left("BLE 1")):
        screen = screen.after(event)
        assert screen.card("BLE 1").on_air


def test_a_board_that_was_picked_is_counted_and_one_on_a_cable_is_not() -> None:
    screen = stories.told(stories.on_air(2, 3))
    assert screen.taken == 1
    assert screen.after(stories.picked("BLE 2", "x")).taken == 2
    assert screen.after(Appeared("BLE 2", Port("/dev/ttyACM3"), "")).taken == 1


def test_how_far_a_unit_has_come_stands_beside_it() -> None:
    far = Followed(7, "3504", "u-1", Stage.CONNECTED)
    assert told([*begun(), over(), far]).last[0].stage is Stage.CONNECTED
    late = told([*begun(), over(), Followed(7, "3504", "u-1", Stage.CLAIMED, late=True)])
    assert (late.last[0].stage, late.last[0].late) == (Stage.CLAIMED, True)
    assert told([*begun(), over(), Followed(8, "", "u-2", Stage.CONNECTED)]).last[0].stage is None


def test_what_is_told_of_a_run_before_its_end_is_kept_for_it() -> None:
    queued = Followed(7, "", "u-1", Stage.QUEUED)
    screen = told([*begun(), queued, over()])
    assert screen.last[0].stage is Stage.QUEUED
    assert screen.told == ()


def test_the_queue_is_shown_as_it_stands() -> None:
    stands = QueueStands(3, "2026-01-01T00:00:00+00:00", 1)
    assert told([stands]).queue == stands


def test_retry_means_the_selected_slot_or_the_only_one_in_trouble() -> None:
    one = told([*stories.line(3), *stories.ended("2", 1, *stories.ENDS[1])])
    assert one.to_retry(None) == "2"
    assert one.to_retry("1") is None
    two = told(stories.ended("3", 2, *stories.ENDS[2]), one)
    assert two.to_retry(None) is None
    assert two.to_retry("3") == "3"
    assert told(begun()).to_retry("1") is None


def test_stop_means_the_selected_run_or_all() -> None:
    screen = told([*stories.line(3), *stories.begun("1", 1), *stories.begun("3", 2)])
    assert screen.to_abort(None) == ("1", "3")
    assert screen.to_abort("3") == ("3",)
    assert screen.to_abort("2") == ()


SLOTS, RUNS, NAMES = st.sampled_from("123"), st.integers(1, 3), st.sampled_from(["a", "b", ""])
st.register_type_strategy(Slot, st.builds(Slot, name=SLOTS))
# pydantic's type of a claim's secrets is not loaded with the nouns, so it can't be guessed
st.register_type_strategy(Claim, st.tuples(NAMES, NAMES).map(lambda told: Claim(*told)))


def an_event(kind: type[Event]) -> st.SearchStrategy[Event]:
    shared = {"slot": SLOTS, "run": RUNS, "step": NAMES, "kind": NAMES}
    fields = {field.name for field in dataclasses.fields(kind)}
    return st.builds(kind, **{name: shared[name] for name in fields & set(shared)})


@given(st.lists(st.one_of([an_event(kind) for kind in get_args(Event)]), max_size=40))
def test_no_order_of_events_breaks_the_screen(events: list[Event]) -> None:
    screen = Screen()
    for event in events:
        before, screen = screen, screen.after(event)
        for card in screen.cards:
            old = before.card(card.slot).outcome
            new_verdict = card.outcome is not None and card.outcome is not old
            assert not new_verdict or isinstance(event, RunEnded)
        assert len(screen.last) <= LAST_UNITS
        assert len({card.slot for card in screen.cards}) == len(screen.cards)
