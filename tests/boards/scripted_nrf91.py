"""A scripted nRF91 board at the other end of a link in memory, and time that does not pass."""

from __future__ import annotations

import asyncio
import base64
import re
import selectors
from collections.abc import Callable, Coroutine, Iterator
from itertools import repeat
from typing import Any, TypeVar

import cbor2

from station.faults import LinkLost

_T = TypeVar("_T")

PROMPT = "\x1b[1;32muart:~$ \x1b[m"
IMEI = "352656100367872"
UUID = bytes.fromhex("50363154393144f08022121b6401627d")
FIRMWARE_UUID = bytes.fromhex("1aff3acbf1a64764a2634c2646c1c654")


class _NoWait(selectors.DefaultSelector):
    """Never waits: where nothing is ready the loop's clock jumps."""

    jumped_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout is None:
            raise AssertionError("nothing will ever happen again")
        if not ready and timeout:
            self.jumped_s += timeout
        return ready


class _JumpingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._no_wait = _NoWait()
        super().__init__(self._no_wait)

    def time(self) -> float:
        return self._no_wait.jumped_s


def at_once(story: Coroutine[Any, Any, _T]) -> _T:
    """Run `story` on a loop whose clock shows only the time that was waited for."""
    with asyncio.Runner(loop_factory=_JumpingLoop) as runner:
        return runner.run(story)


def token(
    nonce: bytes, *, uuid: bytes = UUID, device_type: int = 6, firmware: bytes = FIRMWARE_UUID
) -> str:
    body = cbor2.CBORTag(55799, [1, uuid, device_type, firmware, nonce])
    cose = cbor2.CBORTag(18, [b"\xa1\x01\x26", {4: b"\x21"}, None, bytes(64)])
    halves = (base64.urlsafe_b64encode(cbor2.dumps(half)) for half in (body, cose))
    return ".".join(half.rstrip(b"=").decode() for half in halves)


class Modem:
    """Answers commands; `next` holds what to answer instead, by command without parameters."""

    def __init__(self) -> None:
        self.says = {
            "AT+CGSN": IMEI,
            "AT+CGMM": "nRF9151-LACA",
            "AT+CGMR": "mfw_nrf91x1_2.0.2",
            "AT%HWVERSION": "%HWVERSION: nRF9151 LACA A1A",
        }
        self.next: dict[str, list[str | None]] = {}
        self.asked: list[str] = []
        self.takes_challenge = True
        self.token: dict[str, Any] = {}
        self.numbers_errors = False
        self._nonces = 0

    def answer(self, command: str) -> str | None:
        """Return the modem's whole answer, None where it stays silent."""
        self.asked.append(command)
        name = command.partition("=")[0]
        if script := self.next.get(name):
            return script.pop(0)
        if command == "AT+CMEE=1":
            self.numbers_errors = True
            return "OK\r\n"
        if name == "AT%ATTESTTOKEN":
            return self._attest(command)
        if name in self.says and name == command:
            return f"{self.says[name]}\r\nOK\r\n"
        return self.error(50)

    def error(self, number: int) -> str:
        return f"+CME ERROR: {number}\r\n" if self.numbers_errors else "ERROR\r\n"

    def nonce(self) -> bytes:
        self._nonces += 1
        return self._nonces.to_bytes(16, "big")

    def _attest(self, command: str) -> str:
        challenge = re.fullmatch(r'AT%ATTESTTOKEN="([0-9a-f]{32})"', command)
        if "=" in command and not (challenge and self.takes_challenge):
            return self.error(50)
        nonce = bytes.fromhex(challenge[1]) if challenge else self.nonce()
        return f'%ATTESTTOKEN: "{token(nonce, **self.token)}"\r\nOK\r\n'


class ScriptedBoard:
    """A link to a board with `modem`. What it sends is handed out in pieces of `sizes` bytes.

    `noise` is asked for something to say after each byte of an answer.
    """

    def __init__(self, modem: Modem, sizes: Iterator[int] | None = None) -> None:
        self.modem = modem
        self.typed: list[bytes] = []
        self.closed = False
        self.takes_input = True
        self.noise: Callable[[], bytes] = bytes
        self._sizes = sizes or repeat(4096)
        self._sent = b""
        self._lost = False
        self._more = asyncio.Event()
        self.half_typed = b""

    def emit(self, text: str | bytes) -> None:
        data = text if isinstance(text, bytes) else text.encode()
        for index in range(len(data)):
            self._sent += data[index : index + 1] + self.noise()
        self._more.set()

    def unplug(self) -> None:
        self._lost = True
        self._more.set()

    async def send(self, data: bytes) -> None:
        if self._lost:
            raise LinkLost
        self.typed.append(data)
        if self.takes_input:
            for index in range(len(data)):
                self.key(data[index : index + 1])

    async def receive(self) -> bytes:
        while not self._sent:
            if self._lost:
                raise LinkLost
            self._more.clear()
            await self._more.wait()
        await asyncio.sleep(0)
        size = next(self._sizes)
        data, self._sent = self._sent[:size], self._sent[size:]
        return data

    async def close(self) -> None:
        self.closed = True

    def key(self, key: bytes) -> None:
        raise NotImplementedError


class HostBoard(ScriptedBoard):
    """An AT host: CR ends a command, blank ones are dropped, nothing is echoed."""

    def key(self, key: bytes) -> None:
        if key != b"\r":
            self.half_typed += key.strip(b"\n")
            return
        command, self.half_typed = self.half_typed.decode(), b""
        known = command == "AT" or command.startswith(("AT+", "AT%"))
        if command and (answer := self.modem.answer(command) if known else "ERROR\r\n"):
            self.emit(answer)


class ShellBoard(ScriptedBoard):
    """A Zephyr shell that echoes each key and has the command `at`, if `has_at`."""

    has_at = True

    def key(self, key: bytes) -> None:
        if key == b"\n":
            return
        if key != b"\r":
            self.half_typed += key
            self.emit(key)
            return
        line, self.half_typed = self.half_typed.decode(), b""
        self.emit("\r\n")
        answer = self._run(line)
        if answer is not None:
            self.emit(answer + PROMPT)

    def _run(self, line: str) -> str | None:
        name, _, argument = line.partition(" ")
        if name != "at" or not self.has_at:
            return f"{name}: command not found\r\n" if name else ""
        quoted = re.fullmatch(r"'([^'\\]*)'", argument)
        answer = self.modem.answer(quoted[1] if quoted else argument)
        return None if answer is None else answer.replace("\r\n", "\r\r\n") + "\r\n"
