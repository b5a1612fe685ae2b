"""Questions that overtake each other: only the last one is answered."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from station.faults import RecordBroken
from station.model import Trouble
from ui.garbage import GarbageCollector
from ui.latest import Latest


def test_only_the_last_question_is_answered(qtbot: QtBot, garbage: GarbageCollector) -> None:
    latest, gate = Latest(), threading.Event()
    answers: list[object] = []
    latest.answered.connect(answers.append)

    def slow() -> object:
        gate.wait(10)
        return "slow"

    latest.ask(slow)
    latest.ask(lambda: "quick")
    qtbot.waitUntil(lambda: answers == ["quick"])
    gate.set()
    latest.ask(lambda: "next")
    qtbot.waitUntil(lambda: answers == ["quick", "next"])


def test_what_is_forgotten_is_not_told(qtbot: QtBot, garbage: GarbageCollector) -> None:
    latest, gate = Latest(), threading.Event()
    told: list[object] = []
    latest.answered.connect(told.append)
    latest.failed.connect(told.append)

    def fails() -> object:
        gate.wait(10)
        raise RecordBroken("gone")

    latest.ask(fails)
    latest.forget()
    gate.set()
    latest.ask(lambda: "asked later")
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["asked later"]


def test_a_question_that_fails_tells_its_trouble(qtbot: QtBot, garbage: GarbageCollector) -> None:
    latest = Latest()

    def fails() -> object:
        raise RecordBroken("gone")

    with qtbot.waitSignal(latest.failed) as told:
        latest.ask(fails)
    (trouble,) = told.args or [None]
    assert isinstance(trouble, Trouble)
    assert trouble.code == "RECORD-BROKEN"
