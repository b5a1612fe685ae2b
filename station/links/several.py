"""Several wirings as one: the sockets of this computer, and the air above them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from station.faults import PortMissing
from station.links import LineSettings, Link, Wiring
from station.model import Attached, Change, Port


class Several:
    """The things of all `wirings`; each is opened by the wiring that told of it."""

    def __init__(self, *wirings: Wiring) -> None:
        self._wirings = wirings
        self._of: dict[str, Wiring] = {}

    async def changes(self) -> AsyncGenerator[Change, None]:
        """As `Wiring.changes`, each wiring's in its order; may be closed. Ends as the first fails."""
        news: asyncio.Queue[Change | asyncio.Task[None]] = asyncio.Queue()
        following = [asyncio.create_task(self._follow(each, news)) for each in self._wirings]
        for task in following:
            task.add_done_callback(news.put_nowait)
        try:
            left = len(following)
            while left:
                told = await news.get()
                if isinstance(told, asyncio.Task):
                    told.result()
                    left -= 1
                else:
                    yield told
        finally:
            for task in following:
                task.cancel()
            await asyncio.gather(*following, return_exceptions=True)

    async def open(self, port: Port, line: LineSettings) -> Link:
        """As `Wiring.open`."""
        wiring = self._of.get(port.path)
        if wiring is None:
            raise PortMissing(port.path)
        return await wiring.open(port, line)

    async def _follow(self, wiring: Wiring, news: asyncio.Queue[Any]) -> None:
        async for change in wiring.changes():
            if isinstance(change, Attached):
                self._of |= {port.path: wiring for port in change.attachment.ports}
            news.put_nowait(change)
