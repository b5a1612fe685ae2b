"""A scripted sketch of Provisioning 2.0 at the other end of a link in memory."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from station.faults import LinkLost
from station.wire.frames import Broken, Frame, FrameReader, FrameType, encode

NACK = bytes.fromhex("55aa03000303c2e3aa55")
HARDWARE_ID = bytes(range(32))
MAC = bytes.fromhex("f412fa654321")
NETWORKS = ["guest", -71, "factory-net", -42, "Café d'Or", -88]
KEY = ec.derive_private_key(41, ec.SECP256R1())
OTHER_KEY = ec.derive_private_key(42, ec.SECP256R1())

STATUS, HEARD, TIMESTAMP, COMMAND = 0x12000, 0x12001, 0x12002, 0x12003
UHWID, JWT, BLE_MAC, WIFI_FW, SKETCH, LIBRARY, PUBLIC_KEY = (
    0x12010, 0x12011, 0x12013, 0x12014, 0x12015, 0x12016, 0x12017,
)  # fmt: skip

Said = bytes | tuple[float, bytes]
"""What a script has the board say; a pair says it so many seconds later."""


def say(tag: int, *fields: Any) -> bytes:
    return encode(Frame(FrameType.DATA, cbor2.dumps(cbor2.CBORTag(tag, list(fields)))))


def status(code: int) -> bytes:
    return say(STATUS, code)


def networks(*flat: Any) -> bytes:
    return say(HEARD, *(flat or NETWORKS))


def spoilt(frame: bytes) -> bytes:
    """The frame with one bit turned in its payload."""
    return frame[:9] + bytes([frame[9] ^ 1]) + frame[10:]


def pem(key: ec.EllipticCurvePrivateKey = KEY) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def token(
    issued_at: int, issuer: str = HARDWARE_ID.hex(), key: ec.EllipticCurvePrivateKey = KEY
) -> str:
    def part(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    head = json.dumps({"alg": "ES256", "typ": "JWT"}, separators=(",", ":")).encode()
    claims = json.dumps({"iat": issued_at, "iss": issuer}, separators=(",", ":")).encode()
    signed = f"{part(head)}.{part(claims)}"
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(SHA256())))
    return f"{signed}.{part(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


class ScriptedSketch:
    """A link to a board. `next` holds what to say instead, by what it was sent, once for each.

    What it can be sent: "connect", "disconnect", "nack", "time", "network", or a command's number.
    `heard` lists it all in that way. `noise` is said before each frame.
    """

    def __init__(self, *, is_radio: bool = False) -> None:
        self.next: dict[str | int, list[list[Said]]] = {}
        self.heard: list[str | int] = []
        self.sent: list[bytes] = []
        self.settings: list[tuple[int, list[Any]]] = []
        self.time: int | None = None
        self.noise = b""
        self.cuts: Callable[[bytes], list[bytes]] = lambda data: [data]
        self.closed = False
        self.make_token: Callable[[int], str] = token
        self._in_session = is_radio
        self._kept: list[bytes] = []
        self._pieces: list[bytes] = []
        self._more = asyncio.Event()
        self._reader = FrameReader()
        self._lost = False
        if is_radio:
            self._put(networks())

    @property
    def commands(self) -> list[int]:
        return [each for each in self.heard if isinstance(each, int)]

    def lose(self) -> None:
        self._lost = True
        self._more.set()

    # The link

    async def send(self, data: bytes) -> None:
        if self._lost:
            raise LinkLost("it is gone")
        self.sent.append(data)
        for frame in self._reader.feed(data):
            assert not isinstance(frame, Broken)
            for said in self._answer(frame):
                match said:
                    case (later_s, frames):
                        asyncio.get_running_loop().call_later(later_s, self._put, frames)
                    case frames:
                        self._put(frames)

    async def receive(self) -> bytes:
        while not self._pieces:
            if self._lost:
                raise LinkLost("it is gone")
            self._more.clear()
            await self._more.wait()
        return self._pieces.pop(0)

    async def close(self) -> None:
        self.closed = True

    # The firmware

    def _put(self, data: bytes) -> None:
        self._kept.append(data)
        self._pieces += self.cuts(self.noise + data)
        self._more.set()

    def _answer(self, frame: Frame) -> list[Said]:
        if frame.type is FrameType.CONTROL:
            what = {1: "connect", 2: "disconnect", 3: "nack"}[frame.payload[0]]
            self.heard.append(what)
            return self._scripted(what, self._control)
        message = cbor2.loads(frame.payload)
        self._kept.clear()
        return self._data(message.tag, _listed(message.value))

    def _scripted(self, what: str | int, usual: Callable[[Any], list[Said]]) -> list[Said]:
        script = self.next.get(what)
        return script.pop(0) if script else usual(what)

    def _control(self, what: str) -> list[Said]:
        if what == "connect":
            was_in_session, self._in_session = self._in_session, True
            return [] if was_in_session else [networks()]
        if what == "disconnect":
            self._in_session = False
            return []
        kept, self._kept = self._kept, []
        return [b"".join(kept)]

    def _data(self, tag: int, fields: list[Any]) -> list[Said]:
        if not self._in_session:
            return []
        if tag == TIMESTAMP:
            self.heard.append("time")
            self.time = fields[0]
            return self._scripted("time", lambda _: [])
        if tag == COMMAND:
            self.heard.append(fields[0])
            return self._scripted(fields[0], self._command)
        self.heard.append("network")
        self.settings.append((tag, fields))
        return self._scripted("network", lambda _: [])

    def _command(self, number: int) -> list[Said]:
        match number:
            case 1:
                return [status(1), (3.0, status(2))] if self.settings else [status(-4)]
            case 2:
                issued_at, self.time = self.time, None
                return [status(-4)] if issued_at is None else self.credentials(issued_at)
            case 3:
                return [say(BLE_MAC, MAC)]
            case 4:
                return [status(4)]
            case 100:
                return [networks()]
            case 101:
                return [say(WIFI_FW, "0.6.0")]
            case 200:
                return [say(SKETCH, "0.6.2")]
            case 201:
                return [say(LIBRARY, "0.5.1")]
            case _:
                return [status(-7)]

    def credentials(self, issued_at: int) -> list[Said]:
        return [
            say(PUBLIC_KEY, pem()),
            say(UHWID, HARDWARE_ID),
            say(JWT, self.make_token(issued_at).encode()),
        ]


def _listed(value: Any) -> Any:
    return [_listed(each) for each in value] if isinstance(value, list | tuple) else value


def of_a_thing(board: ScriptedSketch) -> ScriptedSketch:
    """The board with a cloud sketch, which has no handler for a provisioning sketch's commands."""
    for command in (2, 3, 4, 200):
        board.next[command] = [[status(-7)] for _ in range(9)]
    return board
