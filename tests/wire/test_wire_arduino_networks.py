from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from station.model import (
    Connection,
    EthernetNetwork,
    LoraNetwork,
    MobileNetwork,
    Network,
    WifiNetwork,
)
from station.wire import arduino
from station.wire.arduino_cbor import Tag, unpacked
from station.wire.frames import Frame, FrameReader

SECRETS = {"password", "pin", "app_key"}
MOBILES = {
    Connection.GSM: Tag.GSM,
    Connection.NB_IOT: Tag.NB_IOT,
    Connection.CAT_M1: Tag.CAT_M1,
    Connection.CELLULAR: Tag.CELLULAR,
}
V4 = {
    "ip": IPv4Address("10.0.0.9"),
    "dns": IPv4Address("9.9.9.9"),
    "gateway": IPv4Address("10.0.0.1"),
    "netmask": IPv4Address("255.0.0.0"),
}
V6 = dict.fromkeys(V4, IPv6Address("fd00::9"))


def hidden(told: dict[str, Any]) -> dict[str, Any]:
    return {name: SecretStr(v) if name in SECRETS else v for name, v in told.items()}


def wifi(**told: Any) -> WifiNetwork:
    return WifiNetwork(**hidden({"ssid": "net", "password": "", **told}))


def mobile(connection: Connection = Connection.CAT_M1, **told: Any) -> MobileNetwork:
    empty = {"apn": "", "login": "", "pin": "", "password": ""}
    return MobileNetwork(connection, **hidden({**empty, **told}))


def lora(**told: Any) -> LoraNetwork:
    return LoraNetwork(**hidden({"app_eui": "0" * 16, "app_key": "aF" * 16, **told}))


def wired(**told: Any) -> EthernetNetwork:
    return EthernetNetwork(**told)


def sent(network: Network) -> tuple[int, list[object]]:
    (frame,) = FrameReader().feed(arduino.network(network))
    assert isinstance(frame, Frame)
    return unpacked(frame.payload)


LIMITS = [
    (wifi, "ssid", 32),
    (wifi, "password", 63),
    (mobile, "pin", 8),
    (mobile, "apn", 100),
    (mobile, "login", 64),
    (mobile, "password", 64),
    (lora, "channel_mask", 12),
]


@pytest.mark.parametrize(("make", "field", "most"), LIMITS)
@pytest.mark.parametrize("letter", ["x", "é", "€", "\U0001f600"])
def test_text_is_limited_in_bytes_and_so_in_characters(
    make: Any, field: str, most: int, letter: str
) -> None:
    size = len(letter.encode())
    fits = letter * (most // size) + "x" * (most % size)
    network = make(**{field: fits})
    arduino.check(network)
    assert fits in sent(network)[1]
    with pytest.raises(ValueError, match=f"^{field} has from . to {most} bytes") as refused:
        arduino.check(make(**{field: fits + "x"}))
    assert fits not in str(refused.value)


@pytest.mark.parametrize(("make", "field", "_most"), LIMITS)
@pytest.mark.parametrize("value", ["\0", "ab\0cd", "\udc80"])
def test_text_that_a_board_would_cut_is_refused(
    make: Any, field: str, _most: int, value: str
) -> None:
    with pytest.raises(ValueError, match=f"^{field} ") as refused:
        arduino.network(make(**{field: value}))
    assert refused.value.__cause__ is None
    assert type(refused.value) is ValueError


def test_a_wireless_network_needs_a_name_and_no_password() -> None:
    assert sent(wifi()) == (Tag.WIFI, ["net", ""])
    with pytest.raises(ValueError, match="ssid"):
        arduino.check(wifi(ssid=""))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("app_eui", "0" * 15),
        ("app_eui", "0" * 17),
        ("app_eui", "g" * 16),
        ("app_eui", "0" * 16 + "\n"),
        ("app_key", "0" * 31),
        ("app_key", "0" * 33),
        ("app_key", "\N{ARABIC-INDIC DIGIT ONE}" * 32),
        ("device_class", "D"),
        ("device_class", "AB"),
        ("device_class", "a"),
        ("band", -1),
        ("band", 256),
    ],
)
def test_a_lora_network_out_of_limits_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"^{field} ") as refused:
        arduino.check(lora(**{field: value}))
    assert field == "band" or str(value) not in str(refused.value).split()


@pytest.mark.parametrize("device_class", ["", "A", "B", "C"])
@pytest.mark.parametrize(("band", "told"), [(None, -1), (0, 0), (5, 5), (255, 255)])
def test_a_lora_network_is_told_in_order(device_class: str, band: int | None, told: int) -> None:
    network = lora(app_eui="00aA" * 4, band=band, channel_mask="ff00", device_class=device_class)
    assert sent(network) == (
        Tag.LORA,
        ["00aA" * 4, "aF" * 16, told, "ff00", device_class],
    )


@pytest.mark.parametrize(("connection", "tag"), MOBILES.items())
def test_a_mobile_network_is_told_in_order(connection: Connection, tag: Tag) -> None:
    network = mobile(connection, apn="apn", login="me", pin="1234", password="pass")
    masks: list[object] = [[]] if tag is Tag.CAT_M1 else []
    assert sent(network) == (tag, ["1234", *masks, "apn", "me", "pass"])


@pytest.mark.parametrize("connection", sorted(set(Connection) - set(MOBILES)))
def test_a_mobile_network_is_reached_by_a_mobile_connection(connection: Connection) -> None:
    with pytest.raises(ValueError, match=r"^connection "):
        arduino.check(mobile(connection))


@pytest.mark.parametrize("connection", sorted(set(MOBILES) - {Connection.CAT_M1}))
def test_bands_for_another_network_are_refused_not_forgotten(connection: Connection) -> None:
    with pytest.raises(ValueError, match="bands are for CAT-M1"):
        arduino.check(mobile(connection, bands=(3,)))


@given(st.lists(st.integers(1, 64), max_size=12))
def test_every_band_is_in_the_masks_and_no_more_than_four_are_sent(bands: list[int]) -> None:
    _, fields = sent(mobile(bands=tuple(bands)))
    masks = fields[1]
    assert isinstance(masks, list)
    assert len(masks) <= 4
    heard = 0
    for mask in masks:
        heard |= mask
    assert {bit + 1 for bit in range(64) if heard >> bit & 1} == set(bands)


@pytest.mark.parametrize("bands", [(0,), (65,), (3, -1)])
def test_a_band_that_no_mask_holds_is_refused(bands: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"^bands are from 1 to 64"):
        arduino.check(mobile(bands=bands))


def test_bands_up_to_four_keep_their_order_and_more_are_one_mask() -> None:
    assert sent(mobile(bands=(20, 3, 20)))[1][1] == [0x80000, 4]
    assert sent(mobile(bands=(1, 2, 3, 64)))[1][1] == [1, 2, 4, 1 << 63]
    assert sent(mobile(bands=(1, 2, 3, 4, 64)))[1][1] == [15 | 1 << 63]


def test_dhcp_is_four_empty_addresses() -> None:
    assert sent(wired()) == (Tag.ETHERNET, [b"", b"", b"", b"", -1, -1])


@pytest.mark.parametrize("given_addresses", [V4, V6])
def test_addresses_are_as_long_as_their_family(given_addresses: dict[str, Any]) -> None:
    _, fields = sent(wired(**given_addresses, timeout_s=15, answer_within_s=0.0015))
    assert fields == [*(each.packed for each in given_addresses.values()), 15000, 2]


@pytest.mark.parametrize("missing", V4)
def test_some_addresses_are_not_enough(missing: str) -> None:
    with pytest.raises(ValueError, match="all four, or none"):
        arduino.check(wired(**{**V4, missing: None}))


@pytest.mark.parametrize("other", V4)
def test_addresses_are_of_one_family(other: str) -> None:
    with pytest.raises(ValueError, match="all IPv4 or all IPv6"):
        arduino.check(wired(**{**V4, other: IPv6Address("::1")}))


@pytest.mark.parametrize("field", ["timeout_s", "answer_within_s"])
@pytest.mark.parametrize("seconds", [0, 0.0004, 0.0009, -1, 2_147_484, float("nan"), float("inf")])
def test_a_time_limit_is_never_nothing(field: str, seconds: float) -> None:
    with pytest.raises(ValueError, match=f"^{field} is from 0.001 s"):
        arduino.check(wired(**{field: seconds}))


@pytest.mark.parametrize("field", ["timeout_s", "answer_within_s"])
def test_a_time_limit_is_told_in_milliseconds(field: str) -> None:
    assert 1 in sent(wired(**{field: 0.001}))[1]
    assert 2**31 - 1 in sent(wired(**{field: 2_147_483.647}))[1]
