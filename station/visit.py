"""One unit's visit: from the port that opens to the port that is closed again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from station.boards import BoardKind, Flashable
from station.faults import AnswerBroken, BoardRefused, BoardSilent, WrongProduct
from station.labelling import label, match
from station.links import Link, Seat
from station.model import Port
from station.procedures import CONNECT
from station.registry import Equipment
from station.run import Run

CONNECT_WITHIN_S = 20.0


@dataclass(frozen=True, slots=True)
class Visit:
    """A port, what its marks say sits there, and what is to be done to it."""

    seat: Seat
    port: Port
    kind: str
    equipment: Equipment

    @property
    def steps(self) -> tuple[str, ...]:
        """What is promised to the screen: the procedure's own steps, and those around them."""
        steps, plan = self.equipment.procedure.steps, self.equipment.label
        return (CONNECT, *(plan.before if plan else ()), *steps, *(plan.after if plan else ()))

    async def tell(self, run: Run) -> None:
        """Carry the recipe's procedure out on the unit.

        Raises:
            Fault: whatever goes wrong.

        """
        plan, cloud = self.equipment.label, self.equipment.cloud
        async with self._board(run) as board:
            if plan and plan.before:
                await match(run, board, plan)
            await self.equipment.procedure.tell(run, board, cloud)
            if plan and plan.after:
                await label(run, plan, cloud)

    @asynccontextmanager
    async def _board(self, run: Run) -> AsyncIterator[BoardKind]:
        async with run.step(CONNECT, within_s=CONNECT_WITHIN_S):
            if self.kind != self.equipment.recipe.board:
                raise WrongProduct(f"{self.kind or 'unknown'}, not {self.equipment.recipe.board}")
            await run.recognise(self.port.usb_serial)
            link, board = await self._connect()
        try:
            yield board
        finally:
            await asyncio.shield(_leave(board, link))

    async def _connect(self) -> tuple[Link, BoardKind]:
        kind = self.equipment.board
        try:
            return await self._opened()
        except (BoardSilent, AnswerBroken, BoardRefused):
            if not (self.equipment.procedure.mute and issubclass(kind, Flashable)):
                raise
        link = await self.seat.open(self.port, kind.lines[0])
        return link, kind.mute(link, self.equipment.recipe.board_options, self.seat)

    async def _opened(self) -> tuple[Link, BoardKind]:
        kind = self.equipment.board
        for line in kind.lines:
            link = await self.seat.open(self.port, line)
            try:
                return link, await kind.open(link, self.equipment.recipe.board_options, self.seat)
            except BoardSilent:
                await link.close()
                if line is kind.lines[-1]:
                    raise
            except BaseException:
                await link.close()
                raise
        raise BoardSilent


async def _leave(board: BoardKind, link: Link) -> None:
    try:
        await board.close()
    finally:
        await link.close()
