"""Who takes a closed dialog apart."""

from __future__ import annotations

import gc
import threading

from pytestqt.qtbot import QtBot

from ui.garbage import GarbageCollector

ENOUGH = 200_000
"""Far more objects than make Python look for garbage: 700 by default."""


class Knot:
    """Garbage that only the collector can find; it notes the thread that took it apart."""

    def __init__(self, ended_on: list[int]) -> None:
        self.itself = self
        self.ended_on = ended_on

    def __del__(self) -> None:
        self.ended_on.append(threading.get_ident())


def work_hard(on_thread: bool) -> None:
    if on_thread:
        worker = threading.Thread(target=work_hard, args=(False,))
        worker.start()
        worker.join()
    else:
        kept = [[n] for n in range(ENOUGH)]
        assert len(kept) == ENOUGH


def test_without_it_a_busy_thread_takes_the_windows_garbage_apart() -> None:
    ended_on: list[int] = []

    def engine() -> None:
        gc.enable()
        work_hard(on_thread=False)

    gc.disable()
    try:
        Knot(ended_on)
        worker = threading.Thread(target=engine)
        worker.start()
        worker.join()
    finally:
        gc.enable()
    assert ended_on
    assert ended_on[0] != threading.get_ident()


def test_garbage_waits_for_the_windows_thread(qtbot: QtBot, garbage: GarbageCollector) -> None:
    ended_on: list[int] = []
    Knot(ended_on)
    work_hard(on_thread=True)
    assert ended_on == []
    garbage.collect()
    assert ended_on == [threading.get_ident()]


def test_the_timer_collects_by_itself(qtbot: QtBot, garbage: GarbageCollector) -> None:
    ended_on: list[int] = []
    Knot(ended_on)
    work_hard(on_thread=True)
    qtbot.waitUntil(lambda: ended_on == [threading.get_ident()], timeout=30_000)


def test_python_collects_by_itself_once_it_has_stopped(qtbot: QtBot) -> None:
    collector = GarbageCollector()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
