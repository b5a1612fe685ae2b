"""The messages of Arduino's Provisioning 2.0, between a host and a board's sketch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from pydantic import SecretStr

from station.model import AccessPoint, Network
from station.wire import arduino_networks
from station.wire.arduino_cbor import MessageBroken, Tag, packed, unpacked
from station.wire.arduino_networks import check
from station.wire.arduino_status import StatusCode, says
from station.wire.frames import Frame, FrameType, encode

__all__ = [
    "BluetoothAddress",
    "BoardToken",
    "Command",
    "HardwareId",
    "LibraryVersion",
    "Message",
    "MessageBroken",
    "NetworksHeard",
    "PublicKey",
    "SketchVersion",
    "Status",
    "StatusCode",
    "WifiFirmware",
    "check",
    "command",
    "decode",
    "network",
    "says",
    "timestamp",
]

_LONGEST_TOKEN_BYTES = 268
_NO_ADDRESS = (b"", bytes(6), b"\xff" * 6)


class Command(IntEnum):
    """What a board can be asked to do; a cloud sketch knows 1, 100, 101 and 201 alone."""

    CONNECT = 1
    GET_ID = 2
    GET_BLE_MAC = 3
    RESET = 4
    SCAN = 100
    GET_WIFI_FW = 101
    GET_SKETCH_VERSION = 200
    GET_LIBRARY_VERSION = 201


@dataclass(frozen=True, slots=True)
class Status:
    """How the board fares: a `StatusCode`, or a number that is new to us."""

    code: int


@dataclass(frozen=True, slots=True)
class NetworksHeard:
    """The wireless networks that the board hears, each once, the loudest first; no hidden ones."""

    networks: tuple[AccessPoint, ...]


@dataclass(frozen=True, slots=True)
class HardwareId:
    """The board's unique hardware id: 64 digits of lower-case hex."""

    hex: str


@dataclass(frozen=True, slots=True)
class BoardToken:
    """The signed token by which a cloud knows the board."""

    text: SecretStr


@dataclass(frozen=True, slots=True)
class BluetoothAddress:
    """The board's own address ("F4:12:FA:65:43:21"); empty where it has no Bluetooth."""

    text: str


@dataclass(frozen=True, slots=True)
class WifiFirmware:
    """The version of the Wi-Fi module's firmware; empty where there is no module."""

    version: str


@dataclass(frozen=True, slots=True)
class SketchVersion:
    """The version of the provisioning sketch ("0.6.2")."""

    version: str


@dataclass(frozen=True, slots=True)
class LibraryVersion:
    """The version of the network configuration library ("0.5.1")."""

    version: str


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of the key that signs the board's tokens, as PEM."""

    pem: str


Message = (
    Status
    | NetworksHeard
    | HardwareId
    | BoardToken
    | BluetoothAddress
    | WifiFirmware
    | SketchVersion
    | LibraryVersion
    | PublicKey
)


def timestamp(seconds: int) -> bytes:
    """Return the frame that tells the time, in Unix seconds; the next token holds it.

    Raises:
        ValueError: the board can't hold it, or would take it for none.

    """
    if not 0 < seconds < 2**32:
        raise ValueError("a time is from 1 to 4294967295 seconds")
    return _frame(Tag.TIMESTAMP, [seconds])


def command(which: Command) -> bytes:
    """Return the frame that asks for `which`."""
    return _frame(Tag.COMMAND, [int(which)])


def network(net: Network) -> bytes:
    """Return the frame that sets `net`.

    Raises:
        ValueError: a board can't hold it; names the field and its limit, never the value.

    """
    return _frame(*arduino_networks.fields(net))


def decode(payload: bytes) -> Message:
    """Return what a board says in a frame's payload.

    Raises:
        MessageBroken: it says nothing of the protocol.

    """
    tag, fields = unpacked(payload)
    if tag == Tag.NETWORKS_HEARD:
        return _networks_heard(fields)
    match tag, fields:
        case Tag.STATUS, [int(code), *_] if not isinstance(code, bool):
            return Status(code)
        case Tag.HARDWARE_ID, [bytes(raw), *_] if len(raw) == 32:
            return HardwareId(raw.hex())
        case Tag.BOARD_TOKEN, [bytes(raw), *_]:
            return _board_token(raw)
        case Tag.BLUETOOTH_ADDRESS, [bytes(raw), *_] if len(raw) in {0, 6}:
            return BluetoothAddress("" if raw in _NO_ADDRESS else raw.hex(":").upper())
        case _, [str(text), *_]:
            return _text_message(tag, text.strip("\0"))
        case _:
            raise MessageBroken(f"tag {tag:x} does not hold what it should")


def _frame(tag: Tag, fields: Sequence[object]) -> bytes:
    return encode(Frame(FrameType.DATA, packed(tag, fields)))


def _text_message(tag: int, text: str) -> Message:
    match tag:
        case Tag.WIFI_FIRMWARE:
            return WifiFirmware(text)
        case Tag.SKETCH_VERSION:
            return SketchVersion(text)
        case Tag.LIBRARY_VERSION:
            return LibraryVersion(text)
        case Tag.PUBLIC_KEY:
            return PublicKey(text)
        case _:
            raise MessageBroken(f"tag {tag:x} does not hold text")


def _board_token(raw: bytes) -> BoardToken:
    text = raw.strip(b"\0")
    if len(raw) > _LONGEST_TOKEN_BYTES or not text or not text.isascii():
        raise MessageBroken(f"a token is ASCII of 1 to {_LONGEST_TOKEN_BYTES} bytes")
    return BoardToken(SecretStr(text.decode("ascii")))


def _networks_heard(fields: list[object]) -> NetworksHeard:
    loudest: dict[str, int] = {}
    if len(fields) % 2:
        raise MessageBroken("a network has a name and no loudness")
    for pair in zip(fields[::2], fields[1::2], strict=True):
        match pair:
            case str(name), int(rssi_dbm) if not isinstance(rssi_dbm, bool):
                ssid = name.strip("\0")
                loudest[ssid] = max(rssi_dbm, loudest.get(ssid, rssi_dbm))
            case _:
                raise MessageBroken("a network is not a name and its loudness")
    loudest.pop("", None)
    heard = [AccessPoint(ssid, rssi_dbm) for ssid, rssi_dbm in loudest.items()]
    return NetworksHeard(tuple(sorted(heard, key=lambda each: -each.rssi_dbm)))
