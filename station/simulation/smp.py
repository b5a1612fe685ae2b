"""A Zephyr application that takes its next image over its console: SMP, as MCUmgr serves it.

After Zephyr's description of the protocol and of its framing for consoles: lines of base64 behind
two bytes that mark them, among whatever else the console says. The port stays when the board
restarts, as that of a board behind a bridge does.

As `recovery` it is MCUboot's own serial recovery: it lists its images without their digests, takes
one straight into the first slot, sets nothing, and the application that it starts serves no SMP.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import struct
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, ClassVar, Self

import cbor2

from station.faults import LinkLost
from station.links import Link
from station.simulation import chosen
from station.simulation.mcuboot import SLOT_BYTES, Slots, Stored, mcuboot_image

SILENT, CONTACT, NOISE, SPOILS, CRASHES, UNTRUSTED, SLOW = (
    "silent",
    "loses-contact",
    "noise",
    "spoils-an-answer",
    "crashes",
    "untrusted",
    "slow",
)
RECOVERY = "recovery"
BUFFER_BYTES = 384
DEAF_AFTER_PIECES = 5
SLOW_PIECE_S = 0.05
LOG = b"[00:00:17.342,000] <inf> app: still running\r\n"

_FIRST, _NEXT = b"\x06\x09", b"\x04\x14"
_LINE_CHARACTERS = 124
_HEADER = struct.Struct("!BBHHBB")
_OS, _IMAGE = 0, 1
_ECHO, _RESET, _PARAMETERS = (_OS, 0), (_OS, 5), (_OS, 6)
_STATE, _UPLOAD = (_IMAGE, 0), (_IMAGE, 1)
_READ, _WRITE = 0, 2
_INVALID, _NOT_SUPPORTED = 3, 8
_BAD_MAGIC, _ALREADY_PENDING, _TOO_LARGE, _NO_SUCH_HASH = 23, 28, 30, 24
_REALISTIC_PIECE_S = 0.02
_REALISTIC_RESTART_S = 2.0


class Refused(Exception):
    """A command that the server answers with an error; `group` is None for one of its own."""

    def __init__(self, code: int, group: int | None = None) -> None:
        super().__init__(code)
        self.code, self.group = code, group


class SimulatedSmp:
    """A board at whose console an SMP client sits.

    `slots` holds its images. A piece of an image takes `piece_s` seconds, a restart `restart_s`.
    """

    kind: ClassVar[str] = "smp"
    dialects: ClassVar[tuple[str, ...]] = ("zephyr", RECOVERY)
    known_faults: ClassVar[Mapping[str, str]] = {
        SILENT: "it serves no SMP",
        CONTACT: "once, in the middle of an image, it answers no more until it is asked for its list",
        NOISE: "its log goes between its answers",
        SPOILS: "one byte of one answer is spoilt on the way",
        CRASHES: "a new image does not run, and the one before comes back",
        UNTRUSTED: "its boot loader does not know who signed a new image, and erases it",
        SLOW: f"a piece of an image takes {SLOW_PIECE_S:g} s",
    }

    def __init__(
        self,
        seed: int = 1,
        faults: Iterable[str] = (),
        *,
        dialect: str | None = None,
        piece_s: float = 0.0,
        restart_s: float = 0.0,
    ) -> None:
        self.is_recovery = dialect == RECOVERY
        self.faults = chosen(faults, self.known_faults, "fault")
        self.slots = Slots(Stored(mcuboot_image(b"factory %d" % seed * 500)))
        self.piece_s = SLOW_PIECE_S if SLOW in self.faults else piece_s
        self.restart_s = restart_s
        self.pieces_written = 0
        self.restarts = 0
        self.is_restarting = False
        self._is_over = False
        self._session = b""
        self._length = 0
        self._taken = bytearray()
        self._may_go_deaf = CONTACT in self.faults
        self._is_deaf = False
        self._spoils = SPOILS in self.faults

    @classmethod
    def realistic(cls, seed: int, dialect: str | None, faults: Iterable[str]) -> Self:
        """As `SimulatedBoard.realistic`."""
        if dialect is not None:
            chosen([dialect], cls.dialects, "dialect")
        return cls(
            seed,
            faults,
            dialect=dialect,
            piece_s=_REALISTIC_PIECE_S,
            restart_s=_REALISTIC_RESTART_S,
        )

    @property
    def identity(self) -> Mapping[str, str]:
        """As `SimulatedBoard.identity`."""
        running = self.slots.running
        return {"version": running.version, "image": running.digest.hex()}

    async def run(self, link: Link) -> bool:
        """As `SimulatedBoard.run`."""
        lines, frame = b"", b""
        try:
            while True:
                lines += await link.receive()
                *whole, lines = lines.split(b"\n")
                for line in whole:
                    frame = _gathered(frame, line)
                    if request := _unframed(frame):
                        frame = b""
                        await self._hear(link, request)
        except LinkLost:
            return False

    async def _hear(self, link: Link, request: bytes) -> None:
        if SILENT in self.faults or self._is_over:
            return
        version_and_op, _, size, group, number, command = _HEADER.unpack_from(request)
        op, version = version_and_op & 0b111, version_and_op >> 3 & 0b11
        asked = (group, command)
        self._is_deaf = self._is_deaf and asked != _STATE
        try:
            told = await self._obey(asked, op, cbor2.loads(request[_HEADER.size :][:size]))
        except Refused as refusal:
            told = _error(refusal, version)
        if self._is_deaf:
            return
        body = cbor2.dumps(told)
        header = _HEADER.pack(version << 3 | op + 1, 0, len(body), group, number, command)
        await self._answer(link, header + body)
        if asked == _RESET:
            await self._restart(link)

    async def _answer(self, link: Link, message: bytes) -> None:
        noise = LOG if NOISE in self.faults else b""
        framed = framed_lines(message)
        if self._spoils and len(framed) > 100:
            self._spoils, framed = False, framed[:20] + b"A" + framed[21:]
        await link.send(noise + framed + noise)

    async def _restart(self, link: Link) -> None:
        """Hear nothing for a while, and come back with what MCUboot makes of the slots."""
        self.is_restarting = True
        with suppress(TimeoutError):
            async with asyncio.timeout(self.restart_s):
                while self.restart_s:
                    await link.receive()
        self.restarts += 1
        self.is_restarting = False
        self._is_over, self.is_recovery = self.is_recovery, False
        self._session = b""
        self.slots.restart(trusts=UNTRUSTED not in self.faults, crashes=CRASHES in self.faults)
        await link.send(b"*** Booting MCUboot ***\r\n*** Booting Zephyr OS ***\r\nuart:~$ ")

    async def _obey(self, asked: tuple[int, int], op: int, told: dict[str, Any]) -> dict[str, Any]:
        """Return the body of the answer.

        Raises:
            Refused: it is an error.

        """
        if asked == _ECHO and op == _WRITE:
            return {"r": told.get("d", "")}
        if asked == _RESET and op == _WRITE:
            return {}
        if asked == _PARAMETERS and op == _READ:
            return {"buf_size": BUFFER_BYTES, "buf_count": 4}
        if asked == _STATE and self.is_recovery:
            return self._list_of_recovery(op)
        if asked == _STATE:
            return self._set(told) if op == _WRITE else self._list()
        if asked == _UPLOAD and op == _WRITE:
            taken = await self._take(told)
            return {"rc": 0, **taken} if self.is_recovery else taken
        raise Refused(_NOT_SUPPORTED)

    def _list(self) -> dict[str, Any]:
        slots = self.slots
        entries = [_entry(0, slots.running, active=True, confirmed=slots.is_confirmed)]
        if slots.other:
            entries.append(_entry(1, slots.other, pending=slots.is_pending))
        return {"images": entries, "splitStatus": 0}

    def _list_of_recovery(self, op: int) -> dict[str, Any]:
        if op == _WRITE:
            raise Refused(_NOT_SUPPORTED)
        return {"images": [{"slot": 0, "version": self.slots.running.version}]}

    def _set(self, told: dict[str, Any]) -> dict[str, Any]:
        digest, confirm = told.get("hash"), told.get("confirm", False)
        slots = self.slots
        if digest in {None, slots.running.digest} and confirm:
            slots.is_confirmed = True
        elif slots.other and digest == slots.other.digest:
            slots.is_pending = True
        else:
            raise Refused(_NO_SUCH_HASH, _IMAGE)
        return self._list()

    async def _take(self, told: dict[str, Any]) -> dict[str, Any]:
        """Take in a piece of an image; an upload of the same image goes on where it stopped."""
        at, piece = told.get("off"), told.get("data", b"")
        if at == 0:
            if self.slots.is_pending:
                raise Refused(_ALREADY_PENDING, _IMAGE)
            self._begin(told, piece)
        if at != len(self._taken) or not self._length:
            return {"off": len(self._taken)}
        if self.piece_s:
            await asyncio.sleep(self.piece_s)
        self._taken += piece
        self.pieces_written += 1
        if self._may_go_deaf and self.pieces_written >= DEAF_AFTER_PIECES:
            self._may_go_deaf, self._is_deaf = False, True
        if len(self._taken) < self._length:
            return {"off": len(self._taken)}
        return self._end()

    def _begin(self, told: dict[str, Any], piece: bytes) -> None:
        session, length = told.get("sha", b""), told.get("len", 0)
        if session and session == self._session:
            return
        if len(piece) < 32:
            raise Refused(_INVALID)
        if not Stored(piece).is_image:
            raise Refused(_BAD_MAGIC, _IMAGE)
        if length > SLOT_BYTES:
            raise Refused(_TOO_LARGE, _IMAGE)
        self._session, self._length, self._taken = session, length, bytearray()
        self.slots.other = None

    def _end(self) -> dict[str, Any]:
        if self.is_recovery:
            self.slots.running, self._length = Stored(bytes(self._taken)), 0
            return {"off": len(self._taken)}
        self.slots.other = Stored(bytes(self._taken))
        self._session, self._length = b"", 0
        return {"off": len(self._taken), "match": self.slots.other.is_whole}


def framed_lines(message: bytes) -> bytes:
    """Return a message as the lines of a console."""
    whole = message + struct.pack("!H", binascii.crc_hqx(message, 0))
    text = base64.b64encode(struct.pack("!H", len(whole)) + whole)
    starts = range(0, len(text), _LINE_CHARACTERS)
    return b"".join(
        (_NEXT if start else _FIRST) + text[start : start + _LINE_CHARACTERS] + b"\n"
        for start in starts
    )


def _gathered(frame: bytes, line: bytes) -> bytes:
    """Return what has come of a frame when `line` has come."""
    mark, text = line[:2], line[2:].strip()
    if mark == _FIRST:
        return text
    return frame + text if mark == _NEXT and frame else frame


def _unframed(frame: bytes) -> bytes | None:
    """Return the message of a frame when it is all there, and whole."""
    try:
        told = base64.b64decode(frame, validate=True)
    except binascii.Error:
        return None
    if len(told) < 2 or len(told) - 2 < int.from_bytes(told[:2], "big"):
        return None
    message = told[2:]
    return message[:-2] if binascii.crc_hqx(message, 0) == 0 else None


def _entry(slot: int, stored: Stored, **flags: bool) -> dict[str, Any]:
    told = {"slot": slot, "version": stored.version, "hash": stored.digest, "bootable": True}
    return {**told, **{name: flag for name, flag in flags.items() if flag}}


def _error(refusal: Refused, version: int) -> dict[str, Any]:
    """Return an error as the version of the protocol tells it."""
    if version == 0 or refusal.group is None:
        return {"rc": refusal.code if refusal.group is None else _INVALID}
    return {"err": {"group": refusal.group, "rc": refusal.code}}
