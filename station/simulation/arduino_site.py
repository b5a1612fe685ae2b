"""Where a simulated board stands: the networks that it can join there, and the cloud behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from station.model import Connection
from station.simulation.arduino_settings import Settings

CONNECTED, CONNECTING = 2, 1
NOT_JOINED, DISCONNECTED, NO_INTERNET, RADIO_BROKEN = -1, -3, -8, -101

NETWORKS: Mapping[str, tuple[str, int]] = MappingProxyType(
    {"factory-net": ("s3cretpass", -42), "guest": ("", -71), "Café d'Or": ("espresso1", -88)}
)
LONG_NETWORKS: Mapping[str, tuple[str, int]] = MappingProxyType(
    {f"neighbour-network-number-{n:02d}": ("p4ssw0rds", -50 - n) for n in range(12)}
)
SIM = MappingProxyType(
    {"pin": "1234", "apn": "apn.arduino.cc", "login": "test", "password": "testpass"}
)
_MOBILE = {Connection.GSM, Connection.NB_IOT, Connection.CAT_M1, Connection.CELLULAR}
_HEARD_AT_ONCE = 20


@dataclass
class Site:
    """`networks` has the password and the signal (dBm) of each SSID; "" is an open one.

    `sim` is what a mobile board must be told. `cloud` is the base address of a simulated cloud, or
    None where there is none. Change it while boards run: they see it when they look next.
    """

    networks: Mapping[str, tuple[str, int]] = field(default_factory=lambda: NETWORKS, repr=False)
    sim: Mapping[str, str] = field(default_factory=lambda: SIM, repr=False)
    cloud: str | None = None
    has_cable: bool = True
    has_internet: bool = True
    radio_works: bool = True

    def scan(self) -> list[tuple[str, int]]:
        """Return the networks in the order of their signals, each with it."""
        heard = ((ssid, rssi) for ssid, (_, rssi) in self.networks.items())
        return sorted(heard, key=lambda one: -one[1])[:_HEARD_AT_ONCE]

    def join(self, settings: Settings) -> int:
        """Return the status that an attempt to join with `settings` ends with."""
        if not self.radio_works:
            return RADIO_BROKEN
        joined = self._joined(settings)
        if joined == CONNECTED and not self.has_internet:
            return NO_INTERNET
        return joined

    def _joined(self, settings: Settings) -> int:
        if settings.connection in _MOBILE:
            return self._attached(settings)
        match settings.connection:
            case Connection.WIFI:
                known = self.networks.get(settings.texts["ssid"])
                good = known is not None and known[0] == settings.texts["password"]
            case Connection.ETHERNET:
                good = self.has_cable and _is_plausible(settings.addresses)
            case _:
                good = all(len(settings.texts[n]) == size for n, size in _LORA_SIZES)
        return CONNECTED if good else NOT_JOINED

    def _attached(self, settings: Settings) -> int:
        if settings.texts["pin"] != self.sim["pin"]:
            return RADIO_BROKEN
        return CONNECTED if settings.texts == self.sim else DISCONNECTED


_LORA_SIZES = (("appeui", 16), ("appkey", 32))


def _is_plausible(addresses: tuple[bytes, ...]) -> bool:
    """Tell whether a wired network of IPv4 takes them: none at all is DHCP.

    Sixteen zero bytes are a fixed address to the board, and one that leads nowhere.
    """
    return addresses[0] == b"" or all(len(address) == 4 for address in addresses)
