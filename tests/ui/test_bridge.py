"""Two threads: events up, orders down."""

from __future__ import annotations

import asyncio
import threading
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from station.desk import Commands, Post
from station.faults import RecordInUse
from station.model import Event, Halted, Left, Refused
from tests.ui.fakes import FakeEngine
from ui.bridge import BATCH, Aside, EngineThread, EventBridge, asking

MANY = 10_000
pytestmark = pytest.mark.usefixtures("garbage")


def test_ten_thousand_events_cross_in_order(qtbot: QtBot) -> None:
    bridge = EventBridge()
    batches: list[list[Event]] = []
    bridge.arrived.connect(batches.append)
    sent: list[Event] = [Left(str(n)) for n in range(MANY)]

    def post_all() -> None:
        for event in sent:
            bridge.post(event)

    thread = threading.Thread(target=post_all)
    thread.start()
    qtbot.waitUntil(lambda: sum(map(len, batches)) >= MANY, timeout=20_000)
    thread.join()
    assert [event for batch in batches for event in batch] == sent


def test_many_events_are_one_wake_up_and_no_batch_is_too_long(qtbot: QtBot) -> None:
    bridge = EventBridge()
    batches: list[int] = []
    bridge.arrived.connect(lambda batch: batches.append(len(batch)))
    for n in range(2 * BATCH + 1):
        bridge.post(Left(str(n)))
    qtbot.waitUntil(lambda: sum(batches) == 2 * BATCH + 1)
    assert batches == [BATCH, BATCH, 1]


def test_events_arrive_on_the_thread_of_the_window(qtbot: QtBot) -> None:
    bridge = EventBridge()
    threads: list[int] = []
    bridge.arrived.connect(lambda _batch: threads.append(threading.get_ident()))
    poster = threading.Thread(target=bridge.post, args=(Left("1"),))
    poster.start()
    qtbot.waitUntil(lambda: bool(threads))
    poster.join()
    assert threads == [threading.get_ident()]


def test_an_order_is_carried_out_on_the_engines_loop(qtbot: QtBot) -> None:
    fake = FakeEngine()
    engine = EngineThread(fake.serve, lambda _event: None)
    assert not engine.order(lambda commands: commands.retry("1"))
    with qtbot.waitSignal(engine.ready):
        engine.start()
    assert engine.order(lambda commands: commands.retry("1"))
    qtbot.waitUntil(lambda: fake.orders == [("retry", "1")])
    assert engine.stop(within_s=10)
    assert fake.closed
    assert not engine.failed
    assert not engine.order(lambda commands: commands.retry("1"))


def test_a_start_that_is_asked_for_twice_is_one(qtbot: QtBot) -> None:
    fake = FakeEngine()
    engine = EngineThread(fake.serve, lambda _event: None)
    with qtbot.waitSignal(engine.ready):
        engine.start()
        engine.start()
    assert engine.stop(within_s=10)


def test_stopped_before_its_start_it_serves_nothing(qtbot: QtBot) -> None:
    fake = FakeEngine(events=[Left("1")])
    posted: list[Event] = []
    engine = EngineThread(fake.serve, posted.append)
    assert engine.stop(within_s=0)
    with qtbot.waitSignal(engine.ended):
        engine.start()
    assert posted == []


@pytest.mark.parametrize(
    ("error", "code"), [(RecordInUse("pid 7"), "RECORD-IN-USE"), (ValueError("secret"), "BUG")]
)
def test_what_ends_the_engine_is_told_to_the_window(
    qtbot: QtBot, error: Exception, code: str
) -> None:
    fake = FakeEngine()
    fake.fails_with = error
    posted: list[Event] = []
    engine = EngineThread(fake.serve, posted.append)
    with qtbot.waitSignal(engine.ended):
        engine.start()
    (halted,) = posted
    assert isinstance(halted, Halted)
    assert halted.trouble.code == code
    assert "secret" not in halted.trouble.detail
    assert engine.failed


def test_an_order_with_a_bug_is_refused_aloud(qtbot: QtBot) -> None:
    fake = FakeEngine()
    posted: list[Event] = []
    engine = EngineThread(fake.serve, posted.append)
    with qtbot.waitSignal(engine.ready):
        engine.start()

    async def broken(_commands: Commands) -> None:
        raise ZeroDivisionError

    engine.order(broken)
    qtbot.waitUntil(lambda: bool(posted))
    assert isinstance(posted[0], Refused)
    assert posted[0].trouble.detail == "ZeroDivisionError"
    assert engine.stop(within_s=10)


def test_a_stop_waits_no_longer_than_it_was_told(qtbot: QtBot) -> None:
    release = threading.Event()

    async def stubborn(_post: Post, take: Callable[[Commands], None]) -> None:
        take(FakeEngine())
        try:
            await asyncio.Event().wait()
        finally:
            release.wait()

    engine = EngineThread(stubborn, lambda _event: None)
    with qtbot.waitSignal(engine.ready):
        engine.start()
    assert not engine.stop(within_s=0.01)
    release.set()
    assert engine.stop(within_s=10)


def test_a_slow_question_is_answered_on_the_thread_of_the_window(qtbot: QtBot) -> None:
    asked: list[int] = []

    def question() -> str:
        asked.append(threading.get_ident())
        return "yes"

    aside = Aside(question)
    with qtbot.waitSignal(aside.answered) as heard:
        aside.ask()
    assert heard.args == ["yes"]
    assert asked != [threading.get_ident()]


def test_a_question_outlives_whoever_asked_and_is_known_to_be_asked(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not asking())
    gate, ended = threading.Event(), threading.Event()

    def question() -> None:
        gate.wait(10)

    aside = Aside(question)
    gone = weakref.ref(aside)
    aside.destroyed.connect(ended.set, Qt.ConnectionType.DirectConnection)
    aside.ask()
    del aside
    assert asking()
    gate.set()
    qtbot.waitUntil(lambda: not asking())
    assert gone() is not None, "its own thread has not taken it apart"
    assert not ended.is_set()


def test_a_question_that_fails_says_so(qtbot: QtBot) -> None:
    def question() -> str:
        raise RecordInUse

    aside = Aside(question)
    with qtbot.waitSignal(aside.failed) as heard:
        aside.ask()
    assert heard.args is not None
    assert heard.args[0].code == "RECORD-IN-USE"


def test_what_the_engine_closes_is_not_cut_short_by_a_second_stop(qtbot: QtBot) -> None:
    closing, closed = threading.Event(), threading.Event()

    async def careful(_post: Post, take: Callable[[Commands], None]) -> None:
        take(FakeEngine())
        try:
            await asyncio.Event().wait()
        finally:
            closing.set()
            for _ in range(20):
                await asyncio.sleep(0.01)
            closed.set()

    engine = EngineThread(careful, lambda _event: None)
    with qtbot.waitSignal(engine.ready):
        engine.start()
    engine.cancel()
    assert closing.wait(10)
    assert engine.stop(within_s=10)
    assert closed.is_set()
