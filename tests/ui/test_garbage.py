"""Who takes a closed dialog apart."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable

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


def work_hard(kept: list[list[int]]) -> None:
    kept += ([n] for n in range(ENOUGH))


def work_on_a_thread(work: Callable[[list[list[int]]], None]) -> list[list[int]]:
    """Return what the thread made: what lives counts as a reason to look for garbage."""
    kept: list[list[int]] = []
    worker = threading.Thread(target=work, args=(kept,))
    worker.start()
    worker.join()
    assert len(kept) == ENOUGH
    return kept


def test_without_it_a_busy_thread_takes_the_windows_garbage_apart() -> None:
    ended_on: list[int] = []

    def engine(kept: list[list[int]]) -> None:
        gc.enable()
        work_hard(kept)

    gc.disable()
    try:
        Knot(ended_on)
        work_on_a_thread(engine)
    finally:
        gc.enable()
    assert ended_on
    assert ended_on[0] != threading.get_ident()


def test_garbage_waits_for_the_windows_thread(qtbot: QtBot, garbage: GarbageCollector) -> None:
    ended_on: list[int] = []
    Knot(ended_on)
    kept = work_on_a_thread(work_hard)
    assert ended_on == []
    garbage.collect()
    assert ended_on == [threading.get_ident()]
    assert kept


def test_the_timer_collects_by_itself(qtbot: QtBot, garbage: GarbageCollector) -> None:
    ended_on: list[int] = []
    Knot(ended_on)
    kept = work_on_a_thread(work_hard)
    qtbot.waitUntil(lambda: ended_on == [threading.get_ident()], timeout=30_000)
    assert kept


def test_python_collects_by_itself_once_it_has_stopped(qtbot: QtBot) -> None:
    collector = GarbageCollector()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
