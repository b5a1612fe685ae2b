"""The console of an application with the Zephyr shell and its `at` command."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from station.simulation.nrf91_modem import Modem
from station.simulation.nrf91_wire import Wire
from station.simulation.zephyr import BOOT_BANNER

PROMPT = b"\x1b[1;32muart:~$ \x1b[m"
_ERASE_PROMPT = b"\r\x1b[J"
_RED, _PLAIN = "\x1b[1;31m", "\x1b[m"
_RUBOUTS = b"\b\x7f"
_MAX_LINE_BYTES = 2048  # the Asset Tracker Template's shell buffer
_USAGE = """Usage: at <subcommand>

Subcommands:
  events_enable     Enable AT event handler which prints AT notifications
  events_disable    Disable AT event handler

Any other subcommand is interpreted as AT command and sent to the modem.

"""


class AtShell:
    """Echo, a coloured prompt, words in quotes, and log lines that push the prompt aside.

    Keys and log lines wait while a command is executed. The shell writes CR LF for every LF, and
    the modem's lines end with CR LF already: an answer's lines end with CR CR LF.
    """

    def __init__(self, wire: Wire, modem: Modem, boot: Callable[[], Awaitable[None]]) -> None:
        self._wire = wire
        self._modem = modem
        self._boot = boot
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
            if typed:
                await self._keys(data)
            else:
                await self._wire.write(_ERASE_PROMPT + data + PROMPT + self._typed)

    async def _keys(self, data: bytes) -> None:
        echo = bytearray()
        for byte in data:
            if byte not in b"\r\n":
                self._line_end = 0
                echo += self._key(byte)
            elif self._line_end in {0, byte}:  # the other half of CR LF is no second Enter
                self._line_end = byte
                await self._wire.write(bytes(echo) + b"\r\n")
                echo.clear()
                await self._enter()
        await self._wire.write(bytes(echo))

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
            words = words_of(line)
        except ValueError as unclosed:
            await self._complain(str(unclosed))
        else:
            await self._execute(words)
        await self._wire.write(PROMPT)

    async def _execute(self, words: list[str]) -> None:
        match words:
            case ["at"]:
                await self._print(_USAGE)
            case ["at", "events_enable" | "events_disable" as switch, *_]:
                await self._print(f"AT command event handler {switch.removeprefix('events_')}d")
            case ["at", command, *_]:
                answer = await self._modem.execute(command)
                await self._wire.answer(command, _printed(answer))
            case ["kernel", "reboot", *_]:
                await self._restart()
            case [name, *_]:
                await self._complain(f"{name}: command not found")
            case _:
                return

    async def _restart(self) -> None:
        while not self._jobs.empty():
            self._jobs.get_nowait()
        await self._boot()
        await self._wire.write(BOOT_BANNER)

    async def _print(self, text: str) -> None:
        await self._wire.write(_printed(text))

    async def _complain(self, text: str) -> None:
        await self._wire.write(f"{_RED}{text}\r\n{_PLAIN}".encode())


def _printed(text: str) -> bytes:
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
