"""What the operator reads."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import ui
from station.faults import BoardSilent, ReplyLost, every_fault
from station.model import Lamp, Outcome, Settled, Tally
from tests.ui import stories
from ui import labels, words
from ui.screen import Card

UI = Path(ui.__file__).parent


@pytest.mark.parametrize("outcome", Outcome)
def test_each_verdict_is_a_short_word_in_capitals(outcome: Outcome) -> None:
    word = words.verdict(Card("1", outcome=outcome))
    assert word.isupper()
    assert len(word) <= 14


def test_verdicts_differ() -> None:
    assert len({words.outcome(outcome) for outcome in Outcome}) == len(Outcome)


def test_steps_have_plain_titles_and_strangers_keep_their_name() -> None:
    titles = [words.step(name) for name in ("identify", "prove", "check", "claim", "anneal")]
    assert titles == [
        "Read the board",
        "Prove it is genuine",
        "Ask the cloud",
        "Claim it",
        "anneal",
    ]


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
    listed = {key for key, _ in words.help_keys()}
    assert heard == {key for key in listed if key.startswith("F")}


def test_labels_name_the_way_out_of_an_empty_station() -> None:
    assert "station recipe new" in labels.no_recipes()
    assert "Plug a board in" in labels.no_slots(ready=True)[1]


SENTENCE_FILES = {"words.py", "labels.py"}


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
            assert path.name in SENTENCE_FILES
