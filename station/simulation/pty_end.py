"""The board's end of a pseudo-terminal. Linux and macOS only; memory links are the alternative."""

from __future__ import annotations

import asyncio
import os
import sys

from station.faults import LinkLost

if sys.platform == "win32":
    raise ImportError("Windows has no pseudo-terminals")

import termios
import tty

_READ_BYTES = 4096
_LOOK_EVERY_S, _CLOSED_AFTER_S = 0.05, 0.1


class PtyEnd:
    """A link whose other end is a serial port by the name of `path`.

    The station may close its side and open it again. What nobody reads is kept until the system's
    buffer is full, and lost after that: a UART does not wait for its listener either.
    """

    def __init__(self) -> None:
        # The slave stays open here: a master reads EIO for as long as nobody else has it open.
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave, termios.TCSANOW)
        os.set_blocking(self._master, False)
        self.path = os.ttyname(self._slave)
        self._plugged = True
        self._waiting: asyncio.Future[None] | None = None

    async def send(self, data: bytes) -> None:
        """Write `data`, or as much of it as there is room for.

        Raises:
            LinkLost: it was unplugged.

        """
        if not self._plugged:
            raise LinkLost(self.path)
        try:
            os.write(self._master, data)
        except BlockingIOError:
            return
        except OSError as error:
            raise LinkLost(self.path) from error

    async def receive(self) -> bytes:
        """Return what the station wrote.

        Raises:
            LinkLost: it was unplugged.

        """
        while self._plugged:
            try:
                return os.read(self._master, _READ_BYTES)
            except BlockingIOError:
                await self._readable()
            except OSError as error:
                raise LinkLost(self.path) from error
        raise LinkLost(self.path)

    async def touched(self) -> None:
        """Wait until the station has opened its side at 1200 bit/s: the sign for a boot loader.

        A board acts on it when the port is closed. That can't be seen here; it is given the time.
        """
        while self._plugged:
            await asyncio.sleep(_LOOK_EVERY_S)
            if self._plugged and termios.tcgetattr(self._master)[4] == termios.B1200:
                await asyncio.sleep(_CLOSED_AFTER_S)
                self._forget_speed()
                return
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Unplug, as `Link.close` asks for it."""
        self.unplug()

    def unplug(self) -> None:
        """Make the station's side fail and its path vanish, as when a board is pulled out."""
        if not self._plugged:
            return
        self._plugged = False
        if self._waiting is not None:
            self._waiting.get_loop().remove_reader(self._master)
            _wake(self._waiting)
        os.close(self._slave)
        os.close(self._master)

    @property
    def is_plugged(self) -> bool:
        """Whether it was not unplugged yet."""
        return self._plugged

    def _forget_speed(self) -> None:
        """Set another speed, so that the same touch is not felt twice."""
        if self._plugged:
            attributes = termios.tcgetattr(self._slave)
            attributes[4] = attributes[5] = termios.B9600
            termios.tcsetattr(self._slave, termios.TCSANOW, attributes)

    async def _readable(self) -> None:
        loop = asyncio.get_running_loop()
        self._waiting = loop.create_future()
        loop.add_reader(self._master, _wake, self._waiting)
        try:
            await self._waiting
        finally:
            self._waiting = None
            if self._plugged:
                loop.remove_reader(self._master)


def _wake(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)
