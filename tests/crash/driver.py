"""Runs one unit again and again in processes of its own, each killed at the boundary it is told.

Reads lines of JSON from standard input: {"mode", "at", "port", "recipe", "folder"}. For each it
forks a process that works on one unit and kills itself with SIGKILL at the `at`th boundary of
`mode`, then one that does the same work and is left alone. Answers a line of JSON: how both ended.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from station import registry
from station.clouds.http import Caller
from station.headless import Teller, work
from station.line import Line
from station.links.watch import NamedPorts
from station.model import Event, Outcome, RunEnded
from station.record import writer

PASSED, NOT_PASSED = 0, 1


def main() -> None:
    registry.shapes()  # everything is loaded once, here
    for line in sys.stdin:
        told = json.loads(line)
        crashed = in_a_process(partial(one_unit, told, told["mode"], told["at"]))
        again = in_a_process(partial(one_unit, told, "", 0))
        print(json.dumps({"crashed": crashed, "again": again}), flush=True)


def in_a_process(job: Callable[[], int]) -> dict[str, Any]:
    """Run `job` in a fork; return its status (negative: the signal) and what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(writing, 1)
        os._exit(job())
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return {"status": os.waitstatus_to_exitcode(status), "said": said.split()}


def one_unit(told: dict[str, Any], mode: str, at: int) -> int:
    arm(mode, at)
    folder = Path(told["folder"])
    line = Line(
        folder,
        "Line 1",
        NamedPorts([told["port"]]),
        secret=lambda name: SecretStr("key"),
        detect=lambda attachment: ("nrf91", attachment.ports[0]),
    )
    teller = Teller(io.StringIO(), True, folder / "record.db", 1)

    def shown(event: Event) -> None:
        if isinstance(event, RunEnded) and event.outcome is Outcome.PASS:
            os.write(1, b"PASS ")

    return int(asyncio.run(work(line.serve, teller, ("Ann", Path(told["recipe"]), None), shown)))


def arm(mode: str, at: int) -> None:
    """Have this process die at the `at`th boundary: before or after a commit or an exchange."""
    count = 0

    def boundary() -> None:
        nonlocal count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    commit, send = writer._commit, Caller._exchange

    def dying_commit(db: Any, batch: Any) -> None:
        if mode == "before-commit":
            boundary()
        commit(db, batch)
        if mode == "after-commit":
            boundary()

    async def dying_exchange(self: Caller, *args: Any, **content: Any) -> Any:
        if mode == "before-request":
            boundary()
        reply = await send(self, *args, **content)
        if mode == "after-reply":
            boundary()
        return reply

    writer._commit = dying_commit
    setattr(Caller, "_exchange", dying_exchange)  # noqa: B010 - a method of the living class


if __name__ == "__main__":
    main()
