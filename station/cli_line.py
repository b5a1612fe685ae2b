"""A line on the command line: how it is run without a screen, and how it is told to end."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from station import cli_air
from station.cli_options import UNABLE

if TYPE_CHECKING:
    from station.headless import Serve
    from station.line import Line
    from station.model import Attachment, Port
    from station.settings import Settings


def headless_line(
    serve: Serve,
    folder: Path,
    sign_in: tuple[str, Path, int | None],
    units: int | None,
    as_json: bool,
    *,
    scans: bool = False,
) -> int:
    """Run a line without a screen until it has had enough, and return the exit status.

    With `scans` each line of standard input is one.
    """
    from station.folder import RECORD
    from station.headless import Teller, work

    if scans:
        from station.headless_scans import Scans

        serve = Scans(sys.stdin.fileno()).beside(serve)
    teller = Teller(sys.stdout, as_json, folder / RECORD, units)
    try:
        return asyncio.run(_until_it_is_told_to_end(work(serve, teller, sign_in)))
    except (KeyboardInterrupt, asyncio.CancelledError):
        # the way to end a line that was given no number of units
        return teller.summary()


async def _until_it_is_told_to_end(line: Coroutine[Any, Any, int]) -> int:
    """Have SIGTERM end a line as Ctrl-C does: a service that is stopped keeps its record whole."""
    task = asyncio.current_task()
    assert task  # noqa: S101 - a coroutine runs in a task

    def end() -> None:
        if not task.cancelling():
            task.cancel()

    with suppress(NotImplementedError):  # Windows: nobody can send it there
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, end)
    return await line


def spare_a_real_line(folder: Path) -> None:
    """Refuse to write simulated units into the record of real ones."""
    from station.demo import STATION
    from station.folder import RECORD

    if not (folder / RECORD).exists():
        return
    from station.record import questions

    with questions.reading(folder / RECORD) as db:
        is_real = questions.has_runs_of_others(db, STATION)
    if is_real:
        typer.echo(
            f"{folder} holds the record of a real line; give the demonstration another --data-dir.",
            err=True,
        )
        raise typer.Exit(UNABLE)


def line_of(
    folder: Path,
    told: Settings,
    named: Sequence[str] = (),
    kind: str = "",
    picks: Sequence[str] = (),
    *,
    with_usb: bool = True,
) -> Line:
    """Return the line of a station: its USB sockets and lanes, or the ports that are `named`."""
    from station import registry
    from station.line import Line
    from station.links.left_alone import leaving_alone
    from station.links.serial import usb_sightings
    from station.links.several import Several
    from station.links.watch import NamedPorts, UsbWiring

    radio = cli_air.radio(told.bluetooth, picks)
    if not named:
        look = leaving_alone(usb_sightings, told.scanner.port)
        wiring = UsbWiring(look=look, portless=registry.waits_on_usb) if with_usb else Several()
        return Line(folder, told.station, wiring, told.fixture(), radio=radio)

    def detect(attachment: Attachment) -> tuple[str, Port] | None:
        first = attachment.ports[0]
        return (kind, first) if first.path in named else registry.detect(attachment)

    return Line(folder, told.station, NamedPorts(named), detect=detect, radio=radio)
