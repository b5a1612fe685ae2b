"""Simulations as programs: what `station simulate board`, `cloud` and `printer` do.

Each prints its JSON lines and then runs until standard input closes.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, TextIO, cast

from station.simulation import SimulatedBoard, SimulatedCloud
from station.simulation.boards_on_air import on_air


async def simulate_boards(  # noqa: PLR0917  # in the order of the command line
    kind: str,
    count: int,
    dialect: str | None,
    faults: Iterable[str],
    seed: int,
    out: TextIO,
    *,
    cloud: str | None = None,
    firmware: str | None = None,
    bluetooth: bool = False,
) -> None:
    """Run `count` boards, numbered from `seed` on, each on a pseudo-terminal of its own.

    Prints a line for each with `kind`, `port` and `identity`. With `bluetooth` they are on a fake
    air instead; then `port` is an address and `dbus` that of the bus to find it by. `cloud` is the base address of a
    simulated cloud that they are to reach through the air, `firmware` the application they run.

    Raises:
        ValueError: no such kind, dialect, fault or firmware; the text lists those there are. Or the
            kind can't do with a cloud or a firmware, or has no Bluetooth.
        OSError: this system has no pseudo-terminals, or no bus for a fake air.

    """
    made = _found("station.simulated_boards", kind)
    wanted = tuple(faults)
    more = {name: told for name, told in (("cloud", cloud), ("firmware", firmware)) if told}
    try:
        boards: list[SimulatedBoard] = [
            made.realistic(seed + place, dialect, wanted, **more) for place in range(count)
        ]
    except TypeError:
        if not more:
            raise
        raise ValueError(f"a simulated {kind} takes no {' and no '.join(more)}") from None
    async with (on_air if bluetooth else _on_terminals)(boards) as places:
        for board, place in zip(boards, places, strict=True):
            _tell(out, {"kind": kind, **place, "identity": dict(board.identity)})
        await _input_closed()


async def simulate_cloud(
    kind: str, host: str, port: int, faults: Iterable[str], out: TextIO
) -> None:
    """Run a cloud's server on `host` and `port` (0: any); prints one line: where, and its key.

    Raises:
        ValueError: no such kind or fault; the text lists those there are.
        OSError: the address is in use or not ours.

    """
    made = cast("type[SimulatedCloud]", _found("station.simulated_clouds", kind))
    cloud = made.listening(host, port, tuple(faults))
    await cloud.start()
    try:
        _tell(out, cloud.hello)
        await _input_closed()
    finally:
        await cloud.close()


async def simulate_printer(
    host: str, port: int, faults: Iterable[str], folder: Path | None, out: TextIO
) -> None:
    """Run a label printer on `host` and `port` (0: any); prints one line: where.

    Each label that it prints is put into `folder`, where there is one, as a picture.

    Raises:
        ValueError: no such fault; the text lists those there are.
        OSError: the address is in use or not ours.

    """
    from station.simulation.printer import SimulatedPrinter

    printer = SimulatedPrinter.listening(host, port, tuple(faults))
    printer.folder = folder
    async with printer:
        _tell(out, printer.hello)
        await _input_closed()


@asynccontextmanager
async def _on_terminals(boards: Sequence[SimulatedBoard]) -> AsyncIterator[list[Mapping[str, str]]]:
    if sys.platform == "win32":
        raise OSError("Windows has no pseudo-terminals; 'station demo' runs its boards in memory")
    from station.simulation.pty_end import PtyEnd  # not importable on Windows
    from station.simulation.terminals import live

    ends = [PtyEnd() for _ in boards]
    lives = [asyncio.create_task(live(b, e)) for b, e in zip(boards, ends, strict=True)]
    try:
        yield [{"port": end.path} for end in ends]
    finally:
        for end in ends:
            end.unplug()
        await asyncio.gather(*lives)


def kinds(group: str) -> tuple[str, ...]:
    """Return the names in an entry point group, in order."""
    return tuple(sorted(point.name for point in entry_points(group=group)))


def _found(group: str, kind: str) -> Any:
    for point in entry_points(group=group, name=kind):
        return point.load()
    raise ValueError(f"no simulation {kind!r}; there are: {', '.join(kinds(group))}")


def _tell(out: TextIO, line: Mapping[str, Any]) -> None:
    out.write(json.dumps(line) + "\n")
    out.flush()


async def _input_closed() -> None:
    """Wait until standard input ends; a thread reads it, as Windows has no other way."""
    source = sys.stdin
    loop, closed = asyncio.get_running_loop(), asyncio.Event()

    def read_to_end() -> None:
        while source.readline():
            pass
        loop.call_soon_threadsafe(closed.set)

    if source is not None:
        threading.Thread(target=read_to_end, name="standard input", daemon=True).start()
    await closed.wait()
