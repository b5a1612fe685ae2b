"""Calls of the operating system that may block, made beside the loop."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


def aside(call: Callable[[], Result]) -> Future[Result]:
    """Run `call` on a thread of its own and return its future, which can't be cancelled.

    Not the loop's pool: that has few threads, shared with name look-ups, and one wedged driver
    would starve them. The thread is a daemon, so that a driver that never returns can't keep the
    station from ending.
    """
    future: Future[Result] = Future()
    future.set_running_or_notify_cancel()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - whoever waits for the future gets it
            future.set_exception(error)

    Thread(target=run, name=f"aside-{getattr(call, '__name__', 'call')}", daemon=True).start()
    return future
