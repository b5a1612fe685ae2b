"""What Arduino's cloud knows of products, and the names of their networks' secrets.

Which provisioning a product has, is by the table that its makers publish for operators; the real
list changes with time, and `library_2_0` marks those that it may call v2 by now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from station.simulation import sketches

V2 = "v2"


@dataclass(frozen=True, slots=True)
class Product:
    """A product; `pid` is that of its application. `sketch` is the 1.0 sketch that is offered."""

    fqbn: str
    label: str
    pids: tuple[str, ...]
    connections: tuple[str, ...] = ("wifi",)
    is_v2: bool = False
    library_2_0: bool = False
    least_wifi_firmware: str = ""
    sketch: str = ""

    @property
    def type(self) -> str:
        """The third part of the FQBN."""
        return self.fqbn.rpartition(":")[2]

    @property
    def suffix(self) -> str:
        """What its images are called by: the loader of the RP2040 takes ELF."""
        return ".elf" if self.type == "nanorp2040connect" else ".bin"

    def told(self, *, as_v2: bool, least_sketch: str, least_wifi_firmware: str) -> dict[str, Any]:
        """Return the product as `supported/devices` tells it; what it has not, is not there."""
        told = {
            "fqbn": self.fqbn,
            "label": self.label,
            "type": self.type,
            "vendor": "arduino",
            "tags": ["crypto"] if self.sketch == sketches.CRYPTO else [],
            "ota_available": self.library_2_0,
        }
        if as_v2:
            told |= {"provisioning": V2, "min_provisioning_sketch_version": least_sketch}
            if least_wifi_firmware:
                told["min_provisioning_wifi_version"] = least_wifi_firmware
        return told


_CRYPTO = sketches.CRYPTO
_SIM = ("gsm",)
_EVERY = ("wifi", "eth", "catm1", "cellular")
PRODUCTS: tuple[Product, ...] = (
    Product(
        "arduino:renesas_uno:unor4wifi",
        "Arduino UNO R4 WiFi",
        ("1002", "006D"),
        is_v2=True,
        library_2_0=True,
        least_wifi_firmware="0.6.0",
    ),
    Product(
        "arduino:mbed_opta:opta",
        "Arduino Opta",
        ("0064", "0164", "0264"),
        ("wifi", "eth"),
        is_v2=True,
        library_2_0=True,
        sketch=_CRYPTO,
    ),
    Product(
        "arduino:mbed_portenta:envie_m7",
        "Arduino Portenta H7",
        ("025B", "045B", "055B"),
        _EVERY,
        is_v2=True,
        library_2_0=True,
        sketch=_CRYPTO,
    ),
    Product(
        "arduino:mbed_giga:giga",
        "Arduino GIGA R1 WiFi",
        ("0266", "0466"),
        is_v2=True,
        library_2_0=True,
        sketch=_CRYPTO,
    ),
    Product(
        "arduino:mbed_nicla:nicla_vision",
        "Arduino Nicla Vision",
        ("025F", "045F", "055F"),
        is_v2=True,
        library_2_0=True,
        sketch=_CRYPTO,
    ),
    Product(
        "arduino:renesas_portenta:portenta_c33",
        "Arduino Portenta C33",
        ("0068",),
        ("wifi", "eth"),
        library_2_0=True,
    ),
    Product(
        "arduino:samd:mkrwifi1010",
        "Arduino MKR WiFi 1010",
        ("8054",),
        library_2_0=True,
        sketch=_CRYPTO,
    ),
    Product(
        "arduino:samd:nano_33_iot",
        "Arduino NANO 33 IoT",
        ("8057",),
        library_2_0=True,
        sketch=_CRYPTO,
    ),
    Product(
        "arduino:mbed_nano:nanorp2040connect",
        "Arduino Nano RP2040 Connect",
        ("005E", "805E"),
        library_2_0=True,
        sketch=_CRYPTO,
    ),
    Product("arduino:samd:mkr1000", "Arduino MKR1000", ("804E", "824E"), sketch=_CRYPTO),
    Product("arduino:samd:mkrgsm1400", "Arduino MKR GSM 1400", ("8052",), _SIM, sketch=_CRYPTO),
    Product("arduino:samd:mkrnb1500", "Arduino MKR NB 1500", ("8055",), ("nb",), sketch=_CRYPTO),
    Product(
        "arduino:samd:mkrwan1300",
        "Arduino MKR WAN 1300",
        ("8053",),
        ("lora",),
        sketch=sketches.LORA,
    ),
    Product(
        "arduino:samd:mkrwan1310",
        "Arduino MKR WAN 1310",
        ("8059",),
        ("lora",),
        sketch=sketches.LORA,
    ),
    Product("arduino:esp32:nano_nora", "Arduino Nano ESP32", ("0070",)),
    Product("arduino:python:portenta_x8", "Arduino Portenta X8", ("0061",), ("wifi", "eth")),
)

SECRET_KEY_TYPES = frozenset({"nano_nora", "login_and_secretkey_wifi", "generic_device_secretkey"})
"""Devices that log in by a password: they have no secure element."""

CONNECTIONS = ("wifi", "eth", "wifiandsecret", "gsm", "nb", "lora", "catm1", "cellular")

_SIM_SECRETS = (
    ("PIN", "SECRET_PIN", False, True),
    ("APN", "SECRET_APN", True, False),
    ("Username", "SECRET_LOGIN", False, False),
    ("Password", "SECRET_PASS", False, True),
)
_SECRETS: Mapping[str, tuple[tuple[str, str, bool, bool], ...]] = {
    "wifi": (
        ("Wi-Fi Name", "SECRET_SSID", True, False),
        ("Password", "SECRET_OPTIONAL_PASS", False, True),
    ),
    "eth": (
        ("IP Address", "SECRET_OPTIONAL_IP", False, False),
        ("DNS", "SECRET_OPTIONAL_DNS", False, False),
        ("Gateway", "SECRET_OPTIONAL_GATEWAY", False, False),
        ("Netmask", "SECRET_OPTIONAL_NETMASK", False, False),
    ),
    "lora": (
        ("App EUI", "SECRET_APP_EUI", True, False),
        ("App Key", "SECRET_APP_KEY", True, True),
    ),
    "gsm": _SIM_SECRETS,
    "nb": _SIM_SECRETS,
    "catm1": _SIM_SECRETS,
    "cellular": _SIM_SECRETS,
}
_DEVICE_KEY = ("Secret Key", "SECRET_DEVICE_KEY", True, True)

FREQUENCY_PLANS: Mapping[str, str] = {
    "EU_863_870_TTN": "Europe 863-870 MHz",
    "EU_433": "Europe 433 MHz",
    "US_902_928_FSB_2": "United States 902-928 MHz, FSB 2",
    "AU_915_928_FSB_2": "Australia 915-928 MHz, FSB 2",
    "CN_470_510_FSB_11": "China 470-510 MHz, FSB 11",
    "AS_920_923": "Asia 920-923 MHz",
    "AS_920_923_TTN_AU": "Asia 920-923 MHz, Australia",
    "AS_923_925": "Asia 923-925 MHz",
    "AS_923_925_TTN_AU": "Asia 923-925 MHz, Australia",
    "KR_920_923_TTN": "South Korea 920-923 MHz",
    "IN_865_867": "India 865-867 MHz",
}


def by_type(kind: str) -> Product | None:
    """Return the product of that device type."""
    return next((product for product in PRODUCTS if product.type == kind), None)


def by_fqbn(fqbn: str) -> Product | None:
    """Return the product of that FQBN."""
    return next((product for product in PRODUCTS if product.fqbn == fqbn), None)


def by_pid(pid: str) -> Product | None:
    """Return the product that shows this USB product id: four upper-case hexadecimal digits."""
    return next((product for product in PRODUCTS if pid.upper() in product.pids), None)


def connections_of(kind: str) -> tuple[str, ...]:
    """Return the connections of a device type; empty for a type that there isn't."""
    if (product := by_type(kind)) is not None:
        return product.connections
    return ("wifi",) if kind in SECRET_KEY_TYPES else ()


def secrets_of(kind: str, connection: str) -> list[dict[str, Any]]:
    """Return the secrets that a sketch for this type and connection has."""
    rows = _SECRETS.get(connection, ())
    if kind in SECRET_KEY_TYPES:
        rows = (*rows, _DEVICE_KEY)
    names = ("friendly_name", "secret_name", "required", "sensitive")
    return [dict(zip(names, row, strict=True)) for row in rows]
