"""The networks that a board can be told to join. What is secret in them never prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:  # the window needs the nouns, and pydantic takes long to load
    from pydantic import SecretStr

Address = IPv4Address | IPv6Address


class Connection(StrEnum):
    """A way to a network, in Arduino's words, which its cloud is told too."""

    WIFI = "wifi"
    ETHERNET = "eth"
    GSM = "gsm"
    NB_IOT = "nb"
    CAT_M1 = "catm1"
    CELLULAR = "cellular"
    LORA = "lora"


@dataclass(frozen=True, slots=True)
class WifiNetwork:
    """A wireless network; an open one has an empty password."""

    ssid: str
    password: SecretStr = field(repr=False)
    connection: ClassVar[Connection] = Connection.WIFI


@dataclass(frozen=True, slots=True)
class EthernetNetwork:
    """A wired network; without an address the board asks DHCP.

    `timeout_s` bounds the connection, `answer_within_s` each answer; None leaves it to the board.
    """

    ip: Address | None = None
    dns: Address | None = None
    gateway: Address | None = None
    netmask: Address | None = None
    timeout_s: float | None = None
    answer_within_s: float | None = None
    connection: ClassVar[Connection] = Connection.ETHERNET


@dataclass(frozen=True, slots=True)
class MobileNetwork:
    """A mobile network: GSM, NB-IoT, CAT-M1 or what the board calls cellular.

    `bands` are CAT-M1's frequency bands by number (from 1 to 64); none leaves them to the board.
    """

    connection: Connection
    apn: str
    login: str
    pin: SecretStr = field(repr=False)
    password: SecretStr = field(repr=False)
    bands: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LoraNetwork:
    """A LoRaWAN network; `band` is the board's number of it, None its default (EU868)."""

    app_eui: str
    app_key: SecretStr = field(repr=False)
    band: int | None = None
    channel_mask: str = ""
    device_class: str = ""
    connection: ClassVar[Connection] = Connection.LORA


Network = WifiNetwork | EthernetNetwork | MobileNetwork | LoraNetwork


@dataclass(frozen=True, slots=True)
class AccessPoint:
    """A wireless network that a board hears; `rssi_dbm` is 0 or more where its radio says so."""

    ssid: str
    rssi_dbm: int
