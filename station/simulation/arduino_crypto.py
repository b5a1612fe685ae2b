"""The sketch of Provisioning 1.0 for boards with a secure element (CryptoProvision).

It speaks the frames of 2.0 with types of its own. Written from what the vendor's sketch was seen to
do, its slips included: a frame with a wrong check is answered with a byte of nonsense, and what has
not come by the time it looks is read as 0xFF.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec

from station.links import Link
from station.simulation.arduino_frames import check, framed
from station.simulation.arduino_unit import TLS_SLOT, wrapped_pem
from station.simulation.arduino_x509 import Parts, certificate, request

COMMAND, DATA, RESPONSE = 1, 2, 3
ACK, ERROR = b"\x02", b"\x04"
NONSENSE = b"\xe7"
"""What stands in the place of a NACK: the sketch takes the code for an address and sends what is there."""


class Code(IntEnum):
    """What a command asks for. The others that the vendor names (3, 4, 5, 7) nobody answers."""

    SKETCH_INFO = 1
    CSR = 2
    BEGIN_STORAGE = 6
    YEAR = 8
    MONTH = 9
    DAY = 10
    HOUR = 11
    VALIDITY = 12
    SERIAL = 13
    AUTHORITY_KEY = 14
    SIGNATURE = 15
    END_STORAGE = 16
    RECONSTRUCT = 17


_LENGTHS = {Code.SERIAL: 16, Code.AUTHORITY_KEY: 20, Code.SIGNATURE: 64}
_NUMBERS = (Code.YEAR, Code.MONTH, Code.DAY, Code.HOUR, Code.VALIDITY)
_HEAD, _LEAST_BYTES, _MOST_PAYLOAD = b"\x55\xaa", 10, 132

FAULTS: Mapping[str, str] = {
    "silent": "Hears everything and says nothing.",
    "first-frame-garbled": "Finds the first frame's check wrong, and answers with nonsense.",
    "keygen-fails": "Can't make a key: it answers a request for a certificate with ERROR.",
    "rebuild-fails": "Can't build the certificate from its parts: END_STORAGE gives ERROR.",
    "store-broken": "Can't read back what it stored: RECONSTRUCT gives ERROR.",
    "wrong-csr": "Asks for a certificate in another name than it was told.",
}


class CryptoUnit(Protocol):
    """What the sketch needs of the board that it runs on."""

    device_id: str
    certificate: bytes
    is_locked: bool

    @property
    def keys(self) -> Mapping[int, ec.EllipticCurvePrivateKey]:
        """The private keys in the secure element, by slot."""
        ...

    def new_key(self, slot: int) -> ec.EllipticCurvePrivateKey:
        """Make a key in the place of the one in `slot`."""
        ...


@dataclass(slots=True)
class Crypto:
    """The sketch on one board, from its start on: starting it locks the secure element for good."""

    unit: CryptoUnit
    faults: frozenset[str] = frozenset()
    keygen_s: float = 0.0
    _asked_for: str = ""
    _told: dict[Code, bytes] = field(default_factory=dict)
    _garbled: bool = False

    def __post_init__(self) -> None:
        self.unit.is_locked = True

    async def run(self, link: Link) -> None:
        """Be at the other end of `link` until it is lost."""
        come = bytearray()
        while True:
            come += await link.receive()
            while (frame := self._next(come)) is not None:
                answer = await self._answer(frame)
                if answer and "silent" not in self.faults:
                    await link.send(answer)

    def _next(self, come: bytearray) -> bytes | None:
        """Take the next frame as the sketch does: all of it now, or 0xFF where nothing has come."""
        if len(come) < _LEAST_BYTES:
            return None
        header = bytes(come[:5])
        size = int.from_bytes(header[3:], "big")
        if not header.startswith(_HEAD) or size > _MOST_PAYLOAD:
            come.clear()
            return b""
        whole = bytes(come[: size + 7]).ljust(size + 7, b"\xff")
        del come[: size + 7]
        return whole

    async def _answer(self, whole: bytes) -> bytes:
        payload, told = whole[5:-4], whole[-4:-2]
        is_first, self._garbled = not self._garbled, True
        is_wrong = not whole or check(payload) != int.from_bytes(told, "big")
        if is_wrong or (is_first and "first-frame-garbled" in self.faults):
            return framed(RESPONSE, NONSENSE)
        if whole[2] != COMMAND:
            return b""
        return await self._obey(payload[0], payload[1:])

    async def _obey(self, code: int, argument: bytes) -> bytes:
        if code in _NUMBERS or code in _LENGTHS:
            return framed(RESPONSE, self._keep(Code(code), argument))
        match code:
            case Code.CSR:
                return await self._request(argument)
            case Code.SKETCH_INFO:
                return framed(RESPONSE, ACK)
            case Code.BEGIN_STORAGE:
                self._told.clear()
                return framed(RESPONSE, ACK)
            case Code.END_STORAGE:
                return framed(RESPONSE, self._build())
            case Code.RECONSTRUCT:
                is_there = bool(self.unit.certificate) and "store-broken" not in self.faults
                return framed(RESPONSE, ACK if is_there else ERROR)
            case _:
                return b""

    async def _request(self, device_id: bytes) -> bytes:
        if "keygen-fails" in self.faults:
            return framed(RESPONSE, ERROR)
        await asyncio.sleep(self.keygen_s)
        key = self.unit.new_key(TLS_SLOT)
        self._asked_for = device_id.decode("ascii", errors="replace")
        name = self._asked_for[::-1] if "wrong-csr" in self.faults else self._asked_for
        return framed(DATA, wrapped_pem("CERTIFICATE REQUEST", request(key, name)).encode())

    def _keep(self, code: Code, argument: bytes) -> bytes:
        if code in _LENGTHS and len(argument) != _LENGTHS[code]:
            return ERROR
        self._told[code] = argument
        return ACK

    def _build(self) -> bytes:
        key = self.unit.keys.get(TLS_SLOT)
        parts = self._parts()
        if key is None or parts is None or "rebuild-fails" in self.faults:
            return ERROR
        self.unit.device_id = self._asked_for
        self.unit.certificate = certificate(parts, key, self._asked_for)
        return ACK

    def _parts(self) -> Parts | None:
        told = self._told
        try:
            year, month, day, hour, valid_years = (int(told[code]) for code in _NUMBERS)
            serial, authority_key, signature = (told[code] for code in _LENGTHS)
        except (KeyError, ValueError):
            return None
        return Parts(year, month, day, hour, valid_years, serial, authority_key, signature)
