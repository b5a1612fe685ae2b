"""How long it takes until the station knows how a board wants to be spoken to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from time import monotonic

from station.boards.nrf91 import Nrf91, Nrf91Options
from station.links.serial import open_serial
from tests.bench import others
from tests.bench.figures import Figure, seconds

WITHIN_S = 0.3
DIALECTS = ("at-host", "at-shell")


def found(times: int) -> Iterator[Figure]:
    """Open each of `times` boards of either dialect for the first time."""
    for dialect in DIALECTS:
        with others.boards(times, dialect) as boards:
            taken_s = [asyncio.run(_find(board.port)) for board in boards]
        yield seconds(
            f"dialect_{dialect.replace('-', '_')}",
            taken_s,
            under=WITHIN_S,
            note="from opening the port to the dialect known, wire time included",
        )


async def _find(path: str) -> float:
    began_s = monotonic()
    link = await open_serial(path, Nrf91.lines[0])
    await Nrf91.open(link, Nrf91Options())
    taken_s = monotonic() - began_s
    await link.close()
    return taken_s
