"""Who a simulated Arduino board is, and what it keeps: all of it follows from its number.

Numbers and names: Arduino's cores and libraries, as the fact sheet tells them.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from station.model import Connection
from station.simulation.nrf91_unit import drawn

TLS_SLOT, CLAIMING_SLOT = 0, 1
"""Slots of the secure element: the key of the board's certificate, and of its tokens."""
NETWORK_CONFIGS, START_BLE = "NETWORK_CONFIGS", "START_BLE"
"""Keys of the key-value store: the network's settings, and that Bluetooth is to start once."""

_WIFI, _ETHERNET = Connection.WIFI, Connection.ETHERNET
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_ELEMENT_SERIAL_BYTES = {"ECCX08": 9, "SE050": 18, "SoftSE": 6, "": 0}
_SAMD, _STM32, _RP2040 = 16, 12, 8  # bytes of the chip's own number


@dataclass(frozen=True, slots=True)
class Product:
    """A product as its maker sells it.

    `connections` are those whose adapters a sketch of 2.0 is built with. `bridged`: its serial port
    is a UART behind a bridge, for which somebody always listens. `tool` writes its flash.
    """

    title: str
    fqbn: str
    pid: int
    boot_pid: int
    tool: str
    element: str
    chip_id_bytes: int
    connections: tuple[Connection, ...]
    wifi_firmware: str = ""
    has_ble: bool = False
    bridged: bool = False
    vid: int = 0x2341
    boot_vid: int = 0x2341

    @property
    def name(self) -> str:
        """The third part of the FQBN, which the cloud calls the type."""
        return self.fqbn.rpartition(":")[2]

    @property
    def has_wifi(self) -> bool:
        """Tell whether there is a radio; a sketch may be built for one that is not there."""
        return bool(self.wifi_firmware)


_MOBILE = (Connection.CAT_M1, Connection.CELLULAR)
PRODUCTS = (
    Product("UNO R4 WiFi", "arduino:renesas_uno:unor4wifi", 0x1002, 0x1002, "bossac", "SoftSE",
            _SAMD, (_WIFI,), "0.6.0", has_ble=True, bridged=True),
    Product("Nano 33 IoT", "arduino:samd:nano_33_iot", 0x8057, 0x0057, "bossac", "ECCX08",
            _SAMD, (_WIFI,), "3.0.1", has_ble=True),
    Product("MKR WiFi 1010", "arduino:samd:mkrwifi1010", 0x8054, 0x0054, "bossac", "ECCX08",
            _SAMD, (_WIFI,), "3.0.1", has_ble=True),
    Product("Portenta H7", "arduino:mbed_portenta:envie_m7", 0x025B, 0x035B, "dfu-util", "ECCX08",
            _STM32, (_WIFI, _ETHERNET, *_MOBILE), "1.94.0", has_ble=True),
    Product("Opta WiFi", "arduino:mbed_opta:opta", 0x0264, 0x0364, "dfu-util", "ECCX08",
            _STM32, (_WIFI, _ETHERNET), "1.94.0", has_ble=True),
    Product("Opta Lite", "arduino:mbed_opta:opta", 0x0064, 0x0364, "dfu-util", "ECCX08",
            _STM32, (_WIFI, _ETHERNET)),
    Product("GIGA R1 WiFi", "arduino:mbed_giga:giga", 0x0266, 0x0366, "dfu-util", "ECCX08",
            _STM32, (_WIFI,), "1.94.0", has_ble=True),
    Product("Nicla Vision", "arduino:mbed_nicla:nicla_vision", 0x025F, 0x035F, "dfu-util", "SE050",
            _STM32, (_WIFI,), "1.94.0", has_ble=True),
    Product("Portenta C33", "arduino:renesas_portenta:portenta_c33", 0x0068, 0x0368, "dfu-util",
            "SE050", _SAMD, (_WIFI, _ETHERNET), "1.0.0", has_ble=True),
    Product("Nano RP2040 Connect", "arduino:mbed_nano:nanorp2040connect", 0x005E, 0x0003, "uf2",
            "ECCX08", _RP2040, (_WIFI,), "3.0.1", has_ble=True, boot_vid=0x2E8A),
    Product("MKR WAN 1310", "arduino:samd:mkrwan1310", 0x8059, 0x0059, "bossac", "ECCX08",
            _SAMD, (Connection.LORA,)),
    Product("Nano ESP32", "arduino:esp32:nano_nora", 0x0070, 0x0070, "dfu-util", "",
            _RP2040, (_WIFI,), "3.0.4"),
    Product("MKR GSM 1400", "arduino:samd:mkrgsm1400", 0x8052, 0x0052, "bossac", "ECCX08",
            _SAMD, (Connection.GSM,)),
    Product("MKR NB 1500", "arduino:samd:mkrnb1500", 0x8055, 0x0055, "bossac", "ECCX08",
            _SAMD, (Connection.NB_IOT,)),
)  # fmt: skip
UNO_R4_WIFI = PRODUCTS[0]


def product(name: str) -> Product:
    """Return the product that is called `name`: its title, or the last part of its FQBN.

    Raises:
        ValueError: there is none; the text lists those there are.

    """
    for made in PRODUCTS:
        if name.lower() in {made.name, made.title.lower()}:
            return made
    raise ValueError(f"no product {name!r}; there are: {', '.join(p.name for p in PRODUCTS)}")


@dataclass(slots=True)
class ArduinoUnit:
    """One board: what it was made with, and what it keeps while it is without power.

    `keys` are the private keys in the secure element, by slot. `store` is the key-value store.
    `certificate` is what came with the device id, as it came. `relabelled` makes keys unlike those
    that the number alone gives.
    """

    number: int
    product: Product = UNO_R4_WIFI
    relabelled: str = ""
    keys: dict[int, ec.EllipticCurvePrivateKey] = field(default_factory=dict, repr=False)
    store: dict[str, bytes] = field(default_factory=dict, repr=False)
    device_id: str = ""
    certificate: bytes = b""
    is_locked: bool = False
    _keys_made: int = 0

    @property
    def mac(self) -> bytes:
        """The six bytes of its Wi-Fi or Ethernet address, most significant first."""
        return bytes.fromhex("f412fa") + self._drawn("mac", 3)

    @property
    def ble_mac(self) -> bytes:
        """Its Bluetooth address; all ones on a board that has none."""
        if not self.product.has_ble:
            return b"\xff" * 6
        return self.mac[:5] + bytes([self.mac[5] ^ 0x02])

    @property
    def usb_serial(self) -> str:
        """The serial number of its USB descriptor; a bridge shows its own address."""
        if self.product.bridged:
            return self.mac.hex().upper()
        return self._drawn("usb", self.product.chip_id_bytes).hex().upper()

    @property
    def element_serial(self) -> bytes:
        """The serial number of its secure element; empty without one."""
        return self._drawn("element", _ELEMENT_SERIAL_BYTES[self.product.element])

    @property
    def uhwid(self) -> bytes:
        """The unique hardware id: SHA-256 over the numbers of chip, network and secure element."""
        chip = self._drawn("chip", self.product.chip_id_bytes)
        swapped = b"".join(chip[at : at + 4][::-1] for at in range(0, len(chip), 4))
        return hashlib.sha256(swapped + self.mac + self.element_serial).digest()

    @property
    def identity(self) -> dict[str, str]:
        """What the board says of itself, by name."""
        return {
            "uhwid": self.uhwid.hex(),
            "usb_serial": self.usb_serial,
            "ble_mac": self.ble_mac.hex(":"),
            "fqbn": self.product.fqbn,
            "product": self.product.title,
        }

    def new_key(self, slot: int) -> ec.EllipticCurvePrivateKey:
        """Make a key in `slot`, in the place of the one that was there, and return it.

        Which one it is follows from the board's number and from how many it has made: a simulated
        board that is started again has the claiming key that a cloud may know by now.
        """
        self._keys_made += slot == TLS_SLOT
        nth = self._keys_made if slot == TLS_SLOT else 0
        label = f"key {slot} {nth} {self.relabelled}"
        number = int.from_bytes(self._drawn(label, 48), "big") % (_P256_ORDER - 1) + 1
        self.keys[slot] = ec.derive_private_key(number, ec.SECP256R1())
        return self.keys[slot]

    def forget(self) -> None:
        """Lose the network, the device id and the certificate, as RESET does; keys stay."""
        self.store.pop(NETWORK_CONFIGS, None)
        self.device_id, self.certificate = "", b""

    def _drawn(self, what: str, size: int) -> bytes:
        return drawn(f"{self.product.title} {what}", self.number, size)


def public_pem(key: ec.EllipticCurvePrivateKey) -> str:
    """Return the public key as the board writes it: PEM wrapped at 76 characters."""
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return wrapped_pem("PUBLIC KEY", der)


def wrapped_pem(what: str, der: bytes) -> str:
    """Return `der` as PEM with lines of 76 characters, as Arduino's libraries have them."""
    text = base64.b64encode(der).decode("ascii")
    lines = [text[at : at + 76] for at in range(0, len(text), 76)]
    return "\n".join([f"-----BEGIN {what}-----", *lines, f"-----END {what}-----", ""])
