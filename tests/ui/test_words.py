"""What the operator reads."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import ui
from station import registry
from station.faults import BoardSilent, HandNeeded, ReplyLost, every_fault
from station.model import Gesture, Lamp, Left, Outcome, RunEnded, Settled, Tally
from tests.ui import stories
from ui import help_words, labels, step_words, words
from ui.card import Card

UI = Path(ui.__file__).parent


@pytest.mark.parametrize("outcome", Outcome)
def test_each_verdict_is_a_short_word_in_capitals(outcome: Outcome) -> None:
    word = words.verdict(Card("1", outcome=outcome))
    assert word.isupper()
    assert len(word) <= 14


def test_verdicts_differ() -> None:
    assert len({words.outcome(outcome) for outcome in Outcome}) == len(Outcome)


def test_steps_have_plain_titles_and_strangers_keep_their_name() -> None:
    titles = [step_words.title(name) for name in ("identify", "prove", "check", "claim", "anneal")]
    assert titles == [
        "Read the board",
        "Prove it is genuine",
        "Ask the cloud",
        "Claim it",
        "anneal",
    ]


@pytest.mark.parametrize("procedure", registry.procedures())
def test_every_step_that_is_promised_has_a_title(procedure: str) -> None:
    steps = registry.procedures()[procedure].steps
    assert [name for name in steps if step_words.title(name) == name] == []


@pytest.mark.parametrize("name", ["unclaim", "delete"])
def test_what_is_taken_back_after_a_failure_has_a_title(name: str) -> None:
    assert step_words.title(name) != name


@pytest.mark.parametrize(
    ("gesture", "said"),
    [
        (stories.PIN, "Join pin 7 to GND until the LED goes off"),
        (stories.OLD_PIN, "Join pin 2 to 3.3V until the LED goes off"),
        (stories.BUTTON, "Hold BTN_USER until LED_USER goes off"),
    ],
)
def test_a_gesture_is_said_in_one_sentence(gesture: Gesture, said: str) -> None:
    screen = stories.told(stories.hands(2, (gesture,)))
    assert words.card_says(screen.card("1"), screen) == (said, "Then let go.")
    assert words.awaits(screen, None) == "A hand is wanted: Slot 1, Slot 2"
    assert words.awaits(screen, "2") == f"Slot 2: {said}"


def test_a_prompt_without_a_picture_says_its_remedy() -> None:
    screen = stories.told([*stories.line(1), *stories.asked_for_a_hand("1", 1, None)])
    assert words.card_says(screen.card("1"), screen) == (HandNeeded.remedy, "Remove its network")


def test_every_gesture_has_a_sentence_and_its_note() -> None:
    assert step_words.note(stories.NOTED_PIN) == stories.NOTED_PIN.note
    assert step_words.note(stories.PIN) == ""


@pytest.mark.parametrize(
    ("done", "total", "left_s", "said"),
    [
        (18_200, 40_000, 6, "Flashing: 45 % – 18 of 40 kB, 6 s left"),
        (0, 40_000, None, "Flashing: 0 % – 0 of 40 kB"),
        (400_000, 1_600_000, 9, "Flashing: 25 % – 0.4 of 1.6 MB, 9 s left"),
        (40_000, 40_000, None, "Flashed: 40 of 40 kB"),
    ],
)
def test_bytes_are_told_in_as_many_words_as_there_is_room_for(
    done: int, total: int, left_s: int | None, said: str
) -> None:
    told = step_words.flashing(done, total, left_s)
    assert told[0] == said
    assert list(told) == sorted(told, key=len, reverse=True)
    assert told[-1].endswith("%")


def test_a_lane_is_filled_by_a_pick_and_not_by_a_plug() -> None:
    screen = stories.told(stories.on_air(2, 1))
    assert words.card_says(screen.card("BLE 2"), screen) == ("Pick a board: F6", "")
    assert words.awaits(screen, None) == "Press F6, then scan the label of a board."
    full = screen.after(stories.nearby(1, 0))
    assert words.awaits(full, None) == "Working. Nothing to do for you now."
    gone = screen.after(Left("BLE 1"))
    assert words.card_says(gone.card("BLE 1"), gone)[1].startswith("The board is out of reach")
    passed = screen.after(RunEnded("BLE 1", 1, Outcome.PASS, "u", None, 9.0))
    assert words.card_says(passed.card("BLE 1"), passed) == ("", "Put it aside.")
    assert words.awaits(passed, None) == "Press F6, then scan the label of a board."


@pytest.mark.parametrize("fault", every_fault(), ids=lambda fault: fault.code)
def test_every_fault_is_said_with_its_remedy(fault: type[BoardSilent]) -> None:
    trouble = fault().trouble
    assert words.says(trouble) == trouble.says
    assert words.remedy(trouble) == trouble.remedy


def test_a_number_of_a_slot_is_called_a_slot() -> None:
    assert (words.slot("3"), words.slot("Rear left")) == ("Slot 3", "Rear left")


@pytest.mark.parametrize(("value", "said"), [(0.04, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s")])
def test_seconds(value: float, said: str) -> None:
    assert words.seconds(value) == said


def test_the_bottom_line_says_what_the_station_waits_for() -> None:
    def waits(*events: object) -> str:
        return words.awaits(stories.told(events), None)  # type: ignore[arg-type]

    line = (*stories.line(2),)
    passed = (*line, *stories.ended("1", 1, *stories.ENDS[0]))
    failed = (*line, *stories.ended("2", 1, *stories.ENDS[1]))
    assert waits(*stories.line(2, signed_in=False)) == "Sign in to begin: press F2."
    assert waits(*line) == "Plug boards in: Slot 1, Slot 2"
    assert waits(*line, *stories.begun("1", 1)) == "Working. Free: Slot 2"
    assert waits(*passed) == "Take out Slot 1"
    assert waits(*failed) == f"Slot 2: {BoardSilent.remedy}"
    assert waits(*stories.halted()) == "Nothing begins until this is mended."


@pytest.mark.parametrize(("done", "said"), [(True, "was done"), (False, "was not done")])
def test_a_settled_deed_asks_for_a_retry(done: bool, said: str) -> None:
    unknown = stories.ended("1", 1, Outcome.UNKNOWN, ReplyLost().trouble)
    screen = stories.told([*stories.line(1), *unknown, Settled(1, "claim", "k", done)])
    says, do = words.card_says(screen.card("1"), screen)
    assert said in says
    assert "F5" in do
    assert words.verdict(screen.card("1")) == "RETRY"


def test_a_lamp_says_its_state_and_its_trouble() -> None:
    assert words.lamp_told("bluetooth", Lamp.BUSY, None) == "Bluetooth: busy"
    assert words.lamp_told("cloud", Lamp.GOOD, None) == "Cloud: good"
    assert BoardSilent.remedy in words.lamp_told("x", Lamp.BAD, BoardSilent().trouble)


def test_counts() -> None:
    tally = Tally(units=3, first_pass=2)
    assert words.first_pass(tally.units, tally.first_pass) == "67 %"
    assert words.first_pass(0, 0) == "–"
    assert words.order_count(3, 10) == "3 / 10"
    assert words.order_count(3, None) == "3"


def test_the_help_lists_the_keys_that_the_window_hears() -> None:
    heard = set(re.findall(r"Key\.Key_(F\d+)", (UI / "window.py").read_text()))
    listed = {key for key, _ in help_words.of_page()}
    assert heard == {key for key in listed if key.startswith("F")}


def test_the_help_lists_the_keys_that_the_bench_hears() -> None:
    heard = set(re.findall(r"Key\.Key_(F\d+)", (UI / "rework_page.py").read_text()))
    listed = {key for key, _ in help_words.of_page("rework")}
    assert heard <= listed


def test_labels_name_the_way_out_of_an_empty_station() -> None:
    assert "station recipe new" in labels.no_recipes()
    assert "Plug a board in" in labels.no_slots(ready=True)[1]


SENTENCE_FILES = {"words.py", "labels.py"}
"""And those that are called <page>_words.py."""


@pytest.mark.parametrize("path", sorted(UI.glob("*.py")), ids=lambda path: path.name)
def test_sentences_stand_only_where_they_are_translated(path: Path) -> None:
    """Find `translate` elsewhere, and texts that a widget is given outright."""
    tree = ast.parse(path.read_text())
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        texts = [a.value for a in call.args if isinstance(a, ast.Constant) and a.value]
        if name in {"QLabel", "QPushButton", "setText", "setWindowTitle", "setAccessibleName"}:
            assert not [text for text in texts if isinstance(text, str)], ast.unparse(call)
        if name in {"translate", "QT_TRANSLATE_NOOP"} and len(call.args) == 2:
            assert path.name in SENTENCE_FILES or path.name.endswith("_words.py")
