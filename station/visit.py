"""One unit's visit: from the port that opens to the port that is closed again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic

from station.boards import BoardKind
from station.faults import (
    BoardSilent,
    LinkFault,
    ModemManagerOnPort,
    PortBusy,
    PortForbidden,
    PortMissing,
    WrongProduct,
)
from station.links import LineSettings, Link, Wiring
from station.model import Port
from station.procedures import CONNECT
from station.registry import Equipment
from station.run import Run

CONNECT_WITHIN_S = 20.0

TRY_AGAIN_S = 0.1

PATIENCE_S: dict[type[LinkFault], float] = {
    # ModemManager looks at a new port for about 10 s and then lets go
    ModemManagerOnPort: 12.0,
    PortBusy: 2.0,
    # udev gives a new node its owner and group a moment after it appears
    PortForbidden: 1.0,
    PortMissing: 1.0,
}
"""How long after its plugging in a port may refuse to open, in seconds."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A port, what its marks say sits there, and what is to be done to it."""

    wiring: Wiring
    port: Port
    kind: str
    equipment: Equipment

    @property
    def steps(self) -> tuple[str, ...]:
        """What is promised to the screen: to connect, then the procedure's own steps."""
        return (CONNECT, *self.equipment.procedure.steps)

    async def tell(self, run: Run) -> None:
        """Carry the recipe's procedure out on the unit.

        Raises:
            Fault: whatever goes wrong.

        """
        async with self._board(run) as board:
            await self.equipment.procedure.tell(run, board, self.equipment.cloud)

    @asynccontextmanager
    async def _board(self, run: Run) -> AsyncIterator[BoardKind]:
        async with run.step(CONNECT, within_s=CONNECT_WITHIN_S):
            if self.kind != self.equipment.recipe.board:
                raise WrongProduct(f"{self.kind or 'unknown'}, not {self.equipment.recipe.board}")
            link, board = await self._connect()
        try:
            yield board
        finally:
            await asyncio.shield(_leave(board, link))

    async def _connect(self) -> tuple[Link, BoardKind]:
        kind = self.equipment.board
        for line in kind.lines:
            link = await self._open(line)
            try:
                return link, await kind.open(link, self.equipment.recipe.board_options)
            except BoardSilent:
                await link.close()
                if line is kind.lines[-1]:
                    raise
            except BaseException:
                await link.close()
                raise
        raise BoardSilent

    async def _open(self, line: LineSettings) -> Link:
        began_s = monotonic()
        while True:
            try:
                return await self.wiring.open(self.port, line)
            except LinkFault as fault:
                if monotonic() - began_s > PATIENCE_S.get(type(fault), 0.0):
                    raise
            await asyncio.sleep(TRY_AGAIN_S)


async def _leave(board: BoardKind, link: Link) -> None:
    try:
        await board.close()
    finally:
        await link.close()
