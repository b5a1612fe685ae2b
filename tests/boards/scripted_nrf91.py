"""A scripted nRF91 board at the other end of a link in memory, and time that does not pass."""

from __future__ import annotations

import asyncio
import base64
import re
import selectors
from collections.abc import Callable, Coroutine, Iterator
from hashlib import sha256
from itertools import repeat
from typing import Any, TypeVar

import cbor2
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

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
        if command == "AT":
            return "OK\r\n"
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


class Keeper(Modem):
    """A modem with a store of credentials. `next` scripts answers by command and verb too."""

    uuid = UUID

    def __init__(self, mode: int = 1) -> None:
        super().__init__()
        self.mode = mode
        self.kept: dict[tuple[int, int], str] = {(4294967292, 11): "of the modem"}
        self.keys_made = 0

    def answer(self, command: str) -> str | None:
        for name in ("AT%CMNG=0", "AT%CMNG=1", "AT%CMNG=3", "AT%KEYGEN", "AT+CFUN"):
            if command.startswith(name):
                self.asked.append(command)
                script = self.next.get(name)
                scripted = script.pop(0) if script else "do"
                if scripted and "ERROR" in scripted:
                    return scripted
                done = self._do(name, command.partition("=")[2])
                return done if scripted == "do" else scripted
        return super().answer(command)

    def _do(self, name: str, rest: str) -> str:
        if name == "AT+CFUN":
            if rest:
                self.mode = int(rest)
                return "OK\r\n"
            return f"+CFUN: {self.mode}\r\nOK\r\n"
        if name == "AT%CMNG=1":
            tags = [int(tag) for tag in rest.split(",")[1:]]
            rows = [
                f'%CMNG: {tag},{kind},"{sha256(text.encode()).hexdigest().upper()}"\r\n'
                for (tag, kind), text in self.kept.items()
                if not tags or tag == tags[0]
            ]
            return "".join(rows) + "OK\r\n"
        if self.mode == 1:
            return self.error(518)
        if name == "AT%KEYGEN":
            return self._keygen(rest)
        return self._write_or_erase(rest)

    def _write_or_erase(self, rest: str) -> str:
        verb, tag, kind, *text = rest.split(",", 3)
        place = (int(tag), int(kind))
        if verb == "3":
            return "OK\r\n" if self.kept.pop(place, None) else self.error(513)
        if place[1] == 2 and place in self.kept:
            return self.error(519)
        self.kept[place] = text[0].strip('"')
        return "OK\r\n"

    def _keygen(self, rest: str) -> str:
        tag, _, _, *name = rest.split(",")
        if (int(tag), 2) in self.kept:
            return self.error(519)
        self.keys_made += 1
        self.kept[int(tag), 2] = f"key {self.keys_made}"
        subject = name[0].strip('"').removeprefix("CN=") if name else "unit"
        names = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
        request = x509.CertificateSigningRequestBuilder().subject_name(names)
        key = ec.derive_private_key(self.keys_made, ec.SECP256R1())
        der = request.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
        signed = [9, self.uuid, cbor2.dumps(int(tag)), sha256(der).digest(), self.nonce()]
        cose = [b"\xa1\x01\x26", {4: b"\x21"}, cbor2.dumps(cbor2.CBORTag(55799, signed)), bytes(64)]
        halves = (der, cbor2.dumps(cbor2.CBORTag(18, cose)))
        text = ".".join(base64.urlsafe_b64encode(half).decode().rstrip("=") for half in halves)
        return f'%KEYGEN: "{text}"\r\nOK\r\n'


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
        size = next(self._sizes)
        data, self._sent = self._sent[:size], self._sent[size:]
        return data

    async def close(self) -> None:
        self.closed = True

    def key(self, key: bytes) -> None:
        raise NotImplementedError


class HostBoard(ScriptedBoard):
    """An AT host: CR ends a command but not in quotes, blank ones are dropped, nothing is echoed."""

    def key(self, key: bytes) -> None:
        if key != b"\r" or self.half_typed.count(b'"') % 2:
            self.half_typed += key
            return
        self.half_typed = self.half_typed.lstrip(b"\n")
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
        if argument.count("'") % 2:
            return "not terminated: '\r\n"
        quoted = re.fullmatch(r"'([^']*)'", argument)
        command = quoted[1] if quoted else argument
        answer = self.modem.answer(command.replace(r"\n", "\r\n"))
        return None if answer is None else answer.replace("\r\n", "\r\r\n") + "\r\n"
