"""The Zephyr shell: keys in, words to a program, and a prompt that log lines push aside."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from station.simulation.nrf91_wire import Wire

PROMPT = b"\x1b[1;32muart:~$ \x1b[m"
_ERASE_PROMPT = b"\r\x1b[J"
_RED, _PLAIN = "\x1b[1;31m", "\x1b[m"
_RUBOUTS = b"\b\x7f"
_MAX_LINE_BYTES = 2048  # the Asset Tracker Template's shell buffer


class NoSuchCommand(Exception):
    """The shell's complaint about a command that it does not know."""


class Program(Protocol):
    """What an application has given its shell to do."""

    async def execute(self, shell: ZephyrShell, words: list[str]) -> None:
        """Carry out a command line of at least one word.

        Raises:
            NoSuchCommand: the text is the shell's complaint.

        """


class ZephyrShell:
    """Echo, a coloured prompt, words in quotes, and log lines that push the prompt aside.

    Keys and log lines wait while a command is executed. The shell writes CR LF for every LF, and
    the modem's lines end with CR LF already: an answer's lines end with CR CR LF. While `bypass` is
    set, the bytes go there as they come, and the shell is not there at all.
    """

    def __init__(self, wire: Wire, program: Program) -> None:
        self.wire = wire
        self.bypass: Callable[[bytes], Awaitable[None]] | None = None
        self._program = program
        self._typed = bytearray()
        self._line_end = 0
        self._escape = b""
        self._jobs: asyncio.Queue[tuple[bool, bytes]] = asyncio.Queue()

    def feed(self, data: bytes) -> None:
        """Take bytes from the wire."""
        self._jobs.put_nowait((True, data))

    def log(self, line: bytes) -> None:
        """Write a log line when no command is being executed."""
        self._jobs.put_nowait((False, line))

    async def run(self) -> None:
        """Be a shell for ever."""
        while True:
            typed, data = await self._jobs.get()
            if not typed:
                await self._show(data)
            elif self.bypass is not None:
                await self.bypass(data)
            else:
                await self._keys(data)

    async def _show(self, line: bytes) -> None:
        if self.bypass is not None:
            await self.wire.write(line)
        else:
            await self.wire.write(_ERASE_PROMPT + line + PROMPT + self._typed)

    async def _keys(self, data: bytes) -> None:
        echo = bytearray()
        for place, byte in enumerate(data):
            if byte not in b"\r\n":
                self._line_end = 0
                echo += self._key(byte)
            elif self._line_end in {0, byte}:  # the other half of CR LF is no second Enter
                self._line_end = byte
                await self.wire.write(bytes(echo) + b"\r\n")
                echo.clear()
                await self._enter()
            if self.bypass is not None:
                return await self.bypass(data[place + 1 :])
        return await self.wire.write(bytes(echo))

    def _key(self, byte: int) -> bytes:
        """Take one key and return what the shell echoes for it."""
        if self._escape or byte == 0x1B:
            self._escape += bytes([byte])
            if self._escape[1:] not in {b"", b"["} and chr(byte).isalpha():
                self._escape = b""
            return b""
        if byte in _RUBOUTS:
            if not self._typed:
                return b""
            del self._typed[-1:]
            return b"\x1b[1D\x1b[J"
        if not 0x20 <= byte < 0x7F or len(self._typed) >= _MAX_LINE_BYTES - 1:
            return b""
        self._typed.append(byte)
        return bytes([byte])

    async def _enter(self) -> None:
        line = self._typed.decode("ascii")
        self._typed.clear()
        try:
            if words := words_of(line):
                await self._program.execute(self, words)
        except ValueError as unclosed:
            await self.complain(str(unclosed))
        except NoSuchCommand as unknown:
            await self.complain(str(unknown))
        if self.bypass is None:
            await self.wire.write(PROMPT)

    async def print(self, text: str) -> None:
        """Print `text` and a line end; the shell writes CR LF for every LF."""
        await self.wire.write(printed(text))

    async def complain(self, text: str) -> None:
        """Print `text` in red."""
        await self.wire.write(f"{_RED}{text}\r\n{_PLAIN}".encode())

    def forget(self) -> None:
        """Drop all that waits, as a restart does."""
        while not self._jobs.empty():
            self._jobs.get_nowait()


def printed(text: str) -> bytes:
    """Return `text` and a line end as the shell writes them."""
    return f"{text}\n".replace("\n", "\r\n").encode("latin-1")


def words_of(line: str) -> list[str]:
    """Split a command line as the shell does: quotes may stand inside a word and are dropped.

    Raises:
        ValueError: a quote is left open; the text is the shell's.

    """
    words: list[str] = []
    quote, inside = "", False
    keys = iter(line)
    for key in keys:
        if not quote and key.isspace():
            inside = False
            continue
        if not inside:
            words.append("")
            inside = True
        if key == quote:
            quote = ""
        elif not quote and key in "'\"":
            quote = key
        elif key == "\\" and not quote:
            words[-1] += next(keys, "")
        else:
            words[-1] += key
    if quote:
        raise ValueError(f"not terminated: {quote}")
    return words
