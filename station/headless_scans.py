"""Scans without a screen: each line of a file is one, and answers what a run has asked."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from station.desk import Commands, Post
from station.model import Answered, Asked, Event, RunEnded
from station.scans import Act, Command, meaning

Serve = Callable[[Post, Callable[[Commands], None]], Awaitable[None]]


@dataclass(slots=True)
class Scans:
    """Gives the commands that scans stand for.

    `source` is the number of an open file. A scan answers the slot that was chosen by its barcode,
    else the one that has asked longest.
    """

    source: int
    _asking: list[str] = field(default_factory=list)
    _chosen: str = ""
    _commands: Commands | None = None

    def beside(self, serve: Serve) -> Serve:
        """Return `serve` with the scans heard meanwhile."""

        async def served(post: Post, give: Callable[[Commands], None]) -> None:
            def told(event: Event) -> None:
                self.note(event)
                post(event)

            def given(commands: Commands) -> None:
                self._commands = commands
                give(commands)

            hearing = asyncio.create_task(self._hear(), name="scans")
            try:
                await serve(told, given)
            finally:
                hearing.cancel()

        return served

    def note(self, event: Event) -> None:
        """Keep in mind which slots ask."""
        match event:
            case Asked(slot):
                self._asking.append(slot)
            case Answered(slot) | RunEnded(slot):
                self._asking = [each for each in self._asking if each != slot]
            case _:
                pass

    async def hear(self, text: str) -> None:
        """Do what a scanned text stands for; it is not told, for a label may hold a secret."""
        if self._commands is None:
            return
        commands, slot = self._commands, self._chosen or next(iter(self._asking), "")
        match meaning(text):
            case Command(Act.SLOT, number):
                self._chosen = str(number)
                return
            case Command(Act.YES | Act.NO as act):
                await commands.answer(slot, yes=act is Act.YES)
            case Command(Act.RETRY):
                await commands.retry(slot)
            case Command(Act.STOP):
                await commands.abort(slot)
            case Command(Act.SIGN_OUT):
                await commands.sign_out()
            case Command():
                pass
            case _:
                await commands.answer(slot, text=text)
        self._chosen = ""

    async def _hear(self) -> None:
        lines: asyncio.Queue[bytes] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def read_to_end() -> None:  # Windows has no other way than a thread
            # by the file's number: a thread that waits in a buffer trips up an orderly exit
            begun = b""
            with suppress(RuntimeError):  # the line has ended, and its loop is closed
                while heard := os.read(self.source, 4096):
                    *whole, begun = (begun + heard).split(b"\n")
                    for each in whole:
                        loop.call_soon_threadsafe(lines.put_nowait, each)

        threading.Thread(target=read_to_end, name="scans", daemon=True).start()
        while True:
            if text := (await lines.get()).decode(errors="replace").strip():
                await self.hear(text)
