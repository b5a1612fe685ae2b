"""Network settings as a board takes them: into fixed places, one behind the other.

A text that is one byte too long for its place is taken without the zero that ends it, and runs into
the next one: what was seen on the real firmware.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from station.model import Connection
from station.simulation.arduino_cbor import Item, NotUnderstood, read

_MOBILE = (("pin", 8), ("apn", 100), ("login", 64), ("password", 64))
_TEXTS: Mapping[Connection, tuple[tuple[str, int], ...]] = MappingProxyType(
    {
        Connection.WIFI: (("ssid", 32), ("password", 63)),
        Connection.GSM: _MOBILE,
        Connection.NB_IOT: _MOBILE,
        Connection.CELLULAR: _MOBILE,
    }
)
_TAGS = {
    0x12004: Connection.WIFI,
    0x12005: Connection.LORA,
    0x12006: Connection.GSM,
    0x12007: Connection.NB_IOT,
    0x12008: Connection.CAT_M1,
    0x12009: Connection.ETHERNET,
    0x12012: Connection.CELLULAR,
}
_DEFAULT_BANDS = 0xC0004
_BEHIND_THE_LAST = "\x01"  # whatever lies in memory there


@dataclass(frozen=True, slots=True)
class Settings:
    """How to join one network; `texts` are as the board will use them.

    `bands` is a mask of CAT-M1's; `addresses` are Ethernet's address, DNS, gateway and mask, each
    of 4 or 16 bytes, or none.
    """

    connection: Connection
    texts: Mapping[str, str]
    bands: int = 0
    addresses: tuple[bytes, ...] = ()


def settings_of(payload: bytes) -> Settings:
    """Return the settings that a message holds.

    Raises:
        NotUnderstood: it holds none, or they do not fit.

    """
    tag, fields = read(payload)
    connection = _TAGS.get(tag)
    match connection:
        case None:
            raise NotUnderstood(f"no settings in tag {tag:x}")
        case Connection.ETHERNET:
            return Settings(connection, {}, addresses=_addresses(fields))
        case Connection.CAT_M1:
            return _cat_m1(fields)
        case Connection.LORA:
            return _lora(fields)
        case _:
            return Settings(connection, _in_places(_TEXTS[connection], fields))


def _in_places(places: Sequence[tuple[str, int]], fields: Sequence[Item]) -> dict[str, str]:
    """Return each text by name, with what it runs into."""
    if len(fields) < len(places):
        raise NotUnderstood("a field is missing")
    texts: dict[str, str] = {}
    behind = _BEHIND_THE_LAST
    for (name, limit), text in reversed(list(zip(places, fields, strict=False))):
        if not isinstance(text, str) or len(text.encode()) > limit + 1:
            raise NotUnderstood(f"{name} is no text, or too long")
        behind = texts[name] = text + behind if len(text.encode()) == limit + 1 else text
    return texts


def _addresses(fields: Sequence[Item]) -> tuple[bytes, ...]:
    addresses = tuple(one for one in fields[:4] if isinstance(one, bytes))
    times = [one for one in fields[4:6] if isinstance(one, int)]
    if len(addresses) < 4 or len(times) < 2:
        raise NotUnderstood("a field is missing, or of another type")
    if any(len(address) not in {0, 4, 16} for address in addresses):
        raise NotUnderstood("no IP address has that length")
    return addresses


def _cat_m1(fields: Sequence[Item]) -> Settings:
    if len(fields) < 5 or not isinstance(fields[1], list) or len(fields[1]) > 4:
        raise NotUnderstood("no bands, or too many")
    bands = 0
    for mask in fields[1]:
        if not isinstance(mask, int) or mask < 0:
            raise NotUnderstood("a band is no mask")
        bands |= mask
    texts = _in_places(_MOBILE, [fields[0], *fields[2:]])
    return Settings(Connection.CAT_M1, texts, bands=bands or _DEFAULT_BANDS)


def _lora(fields: Sequence[Item]) -> Settings:
    if len(fields) < 5 or not isinstance(fields[2], int):
        raise NotUnderstood("a field is missing, or of another type")
    places = (("appeui", 16), ("appkey", 32), ("channel mask", 12), ("class", 1))
    return Settings(Connection.LORA, _in_places(places, [*fields[:2], *fields[3:]]))
