"""What has arrived on a wire and was not taken yet, and why no more will come."""

from __future__ import annotations

import asyncio
from collections import deque

from station.faults import LinkLost


class Inbox:
    """Keeps the pieces in which bytes came; used on one loop only."""

    def __init__(self, fault: type[LinkLost] = LinkLost) -> None:
        """Raise `fault` once the wire is gone."""
        self._fault = fault
        self._pieces: deque[bytes] = deque()
        self._lost: str | None = None
        self._stirred = asyncio.Event()
        self.size = 0

    @property
    def is_lost(self) -> bool:
        """Whether the wire is gone; what came before may still be taken."""
        return self._lost is not None

    def put(self, data: bytes) -> None:
        """Keep `data` for whoever receives next."""
        self._pieces.append(data)
        self.size += len(data)
        self._stirred.set()

    def lose(self, why: str) -> None:
        """Say that no more will come; the first reason stays."""
        if self._lost is None:
            self._lost = why
        self._stirred.set()

    def empty(self) -> None:
        """Forget what was not taken."""
        self._pieces.clear()
        self.size = 0

    def check(self) -> None:
        """Raise LinkLost when the wire is gone."""
        if self._lost is not None:
            raise self._fault(self._lost)

    async def take(self) -> bytes:
        """Return the next piece; nothing is taken by a call that is cancelled.

        Raises:
            LinkLost: the wire is gone, and all that had come before was taken.

        """
        while not self._pieces:
            self.check()
            self._stirred.clear()
            await self._stirred.wait()
        piece = self._pieces.popleft()
        self.size -= len(piece)
        return piece
