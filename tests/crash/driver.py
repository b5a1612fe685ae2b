"""Runs one unit again and again in processes of its own, each killed at the boundary it is told.

Reads lines of JSON from standard input: {"mode", "at", "kind", "secrets", "port", "recipe",
"folder"}. For each it forks a process that works on one unit and kills itself with SIGKILL at the
`at`th boundary of `mode`, then one that does the same work and is left alone. Answers a line of
JSON: how both ended.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from station import registry
from station.clouds import http
from station.clouds.http import Caller
from station.desk import Commands, Post
from station.faults import SecretMissing
from station.flash import Flasher, Target, Told
from station.flash.bossac import Bossac
from station.flash.esptool import Esptool
from station.flash.smp import Smp
from station.headless import Serve, Teller, work
from station.labels import Job, Printed
from station.labels.network import NetworkPrinter
from station.line import Line
from station.links.watch import NamedPorts
from station.model import Asked, Event, Image, Outcome, RunEnded
from station.record import writer

PASSED, NOT_PASSED = 0, 1


def main() -> None:
    registry.shapes()  # everything is loaded once, here
    http._trusted()
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
    _, status = os.waitpid(child, 0)
    os.set_blocking(reading, False)  # a tool that the killed one has left behind may hold the pipe
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read() or b""
    return {"status": os.waitstatus_to_exitcode(status), "said": said.decode().split()}


def one_unit(told: dict[str, Any], mode: str, at: int) -> int:
    arm(mode, at)
    folder = Path(told["folder"])
    line = Line(
        folder,
        "Line 1",
        NamedPorts([told["port"]]),
        secret=partial(_secret, told["secrets"]),
        detect=lambda attachment: (told["kind"], attachment.ports[0]),
    )
    teller = Teller(io.StringIO(), True, folder / "record.db", 1)

    def shown(event: Event) -> None:
        if isinstance(event, RunEnded):
            os.write(1, b"PASS " if event.outcome is Outcome.PASS else _why(event))

    serve = partial(_answered, line.serve, folder)
    return int(asyncio.run(work(serve, teller, ("Ann", Path(told["recipe"]), None), shown)))


async def _answered(
    serve: Serve, folder: Path, post: Post, give: Callable[[Commands], None]
) -> None:
    """Serve, and answer what is asked of a label by what lies in the folder of the printer."""
    given: list[Commands] = []
    answers: set[asyncio.Task[None]] = set()

    def told(event: Event) -> None:
        post(event)
        if isinstance(event, Asked):
            came = sorted(folder.glob("*.png"))
            text = event.question.unit if came else ""
            answer = given[0].answer(event.slot, text=text, yes=None if came else False)
            answers.add(asyncio.ensure_future(answer))

    def given_on(commands: Commands) -> None:
        given.append(commands)
        give(commands)

    await serve(told, given_on)


def _secret(known: Mapping[str, str], name: str) -> SecretStr:
    if name not in known:
        raise SecretMissing(name)
    return SecretStr(known[name])


def _why(ended: RunEnded) -> bytes:
    code = ended.trouble.code if ended.trouble else ended.outcome.value
    return f"{code} ".encode()


def arm(mode: str, at: int) -> None:
    """Have this process die at the `at`th boundary.

    Boundaries are before or after a commit, an exchange with the cloud, a label, or a flash; a
    flash has those between its pages, too.
    """
    count = 0

    def boundary(where: str) -> None:
        nonlocal count
        count += where == mode
        if where == mode and count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    commit, send = writer._commit, Caller._exchange
    put_out = NetworkPrinter.print

    def dying_commit(db: Any, batch: Any) -> None:
        boundary("before-commit")
        commit(db, batch)
        boundary("after-commit")

    async def dying_exchange(self: Caller, *args: Any, **content: Any) -> Any:
        boundary("before-request")
        reply = await send(self, *args, **content)
        boundary("after-reply")
        return reply

    def killed(flash: Callable[..., Any]) -> Callable[..., Any]:
        async def dying_flash(self: Flasher, target: Target, image: Image, told: Told) -> None:
            def heard(done: int, total: int) -> None:
                told(done, total)
                boundary("in-flash")

            boundary("before-flash")
            await flash(self, target, image, heard)
            boundary("after-flash")

        return dying_flash

    async def dying_print(self: NetworkPrinter, job: Job) -> Printed:
        boundary("before-print")
        printed = await put_out(self, job)
        boundary("after-print")
        return printed

    writer._commit = dying_commit
    for living, name, dying in (
        (Caller, "_exchange", dying_exchange),
        (Bossac, "write", killed(Bossac.write)),
        (Esptool, "write", killed(Esptool.write)),
        (Smp, "write", killed(Smp.write)),
        (NetworkPrinter, "print", dying_print),
    ):
        setattr(living, name, dying)


if __name__ == "__main__":
    main()
