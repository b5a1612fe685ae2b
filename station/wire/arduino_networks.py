"""A network's settings as the fields of a message, within what a board can hold.

A board takes text that is one byte too long, leaves out its end mark and reads on into the next
field: the limits must hold here. It counts bytes, so a character of UTF-8 may count for four.
"""

from __future__ import annotations

import re
from typing import Final

from station.model import (
    Address,
    Connection,
    EthernetNetwork,
    LoraNetwork,
    MobileNetwork,
    Network,
    WifiNetwork,
)
from station.wire.arduino_cbor import Tag

_Field = str | bytes | int | list[int]

_MOBILE: Final = {
    Connection.GSM: Tag.GSM,
    Connection.NB_IOT: Tag.NB_IOT,
    Connection.CAT_M1: Tag.CAT_M1,
    Connection.CELLULAR: Tag.CELLULAR,
}
_BOARDS_CHOICE = -1
_MOST_MASKS = 4
_LONGEST_TIMEOUT_MS = 2**31 - 1


def fields(network: Network) -> tuple[Tag, list[_Field]]:
    """Return the message that sets `network`.

    Raises:
        ValueError: a board can't hold it; names the field and its limit, never the value.

    """
    match network:
        case WifiNetwork():
            return Tag.WIFI, _wifi(network)
        case EthernetNetwork():
            return Tag.ETHERNET, _ethernet(network)
        case MobileNetwork():
            return _mobile(network)
        case LoraNetwork():
            return Tag.LORA, _lora(network)


def check(network: Network) -> None:
    """Raise ValueError when a board can't hold `network`; names the field, never the value."""
    fields(network)


def _wifi(network: WifiNetwork) -> list[_Field]:
    return [
        _text("ssid", network.ssid, 32, least=1),
        _text("password", network.password.get_secret_value(), 63),
    ]


def _ethernet(network: EthernetNetwork) -> list[_Field]:
    addresses = (network.ip, network.dns, network.gateway, network.netmask)
    given = [address for address in addresses if address is not None]
    if len(given) not in {0, len(addresses)}:
        raise ValueError("ip, dns, gateway and netmask are given all four, or none for DHCP")
    if len({address.version for address in given}) > 1:
        raise ValueError("ip, dns, gateway and netmask are all IPv4 or all IPv6")
    return [
        *map(_packed, addresses),
        _milliseconds("timeout_s", network.timeout_s),
        _milliseconds("answer_within_s", network.answer_within_s),
    ]


def _mobile(network: MobileNetwork) -> tuple[Tag, list[_Field]]:
    tag = _MOBILE.get(network.connection)
    if tag is None:
        raise ValueError("connection of a mobile network is GSM, NB-IoT, CAT-M1 or cellular")
    pin = _text("pin", network.pin.get_secret_value(), 8)
    rest: list[_Field] = [
        _text("apn", network.apn, 100),
        _text("login", network.login, 64),
        _text("password", network.password.get_secret_value(), 64),
    ]
    if tag is Tag.CAT_M1:
        return tag, [pin, _masks(network.bands), *rest]
    if network.bands:
        raise ValueError("bands are for CAT-M1 alone")
    return tag, [pin, *rest]


def _lora(network: LoraNetwork) -> list[_Field]:
    if network.band is not None and not 0 <= network.band <= 255:
        raise ValueError("band is from 0 to 255")
    if network.device_class not in {"", "A", "B", "C"}:
        raise ValueError("device_class is A, B or C, or empty for the board's choice")
    return [
        _hex("app_eui", network.app_eui, 16),
        _hex("app_key", network.app_key.get_secret_value(), 32),
        _BOARDS_CHOICE if network.band is None else network.band,
        _text("channel_mask", network.channel_mask, 12),
        network.device_class,
    ]


def _text(name: str, value: str, most: int, least: int = 0) -> str:
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        raise ValueError(f"{name} is not text that UTF-8 can hold") from None
    if not least <= size <= most:
        raise ValueError(f"{name} has from {least} to {most} bytes in UTF-8")
    if "\0" in value:
        raise ValueError(f"{name} holds no NUL: a board would cut it there")
    return value


def _hex(name: str, value: str, digits: int) -> str:
    if not re.fullmatch(rf"[0-9A-Fa-f]{{{digits}}}", value):
        raise ValueError(f"{name} has {digits} hex digits")
    return value


def _packed(address: Address | None) -> bytes:
    return b"" if address is None else address.packed


def _milliseconds(name: str, seconds: float | None) -> int:
    if seconds is None:
        return _BOARDS_CHOICE
    if not 1 <= seconds * 1000 <= _LONGEST_TIMEOUT_MS:  # a board takes 0 for no time at all
        raise ValueError(f"{name} is from 0.001 s to {_LONGEST_TIMEOUT_MS / 1000:g} s")
    return round(seconds * 1000)


def _masks(bands: tuple[int, ...]) -> list[int]:
    if any(not 1 <= band <= 64 for band in bands):
        raise ValueError("bands are from 1 to 64")
    masks = [1 << (band - 1) for band in dict.fromkeys(bands)]
    return masks if len(masks) <= _MOST_MASKS else [sum(masks)]  # a board ORs them all the same
