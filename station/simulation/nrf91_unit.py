"""Who a simulated nRF91 board is: all of it follows from its number."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

_TAC = "35502593"
_SERIALS = 1_000_000


@dataclass(frozen=True, slots=True)
class Product:
    """A system-in-package and the modem firmware on it; `device_type` is the token's number."""

    model: str
    hardware: str
    modem_firmware: str
    device_type: int

    @property
    def firmware_uuid(self) -> UUID:
        """The build of the modem firmware, the same on all units that run it."""
        return UUID(bytes=drawn(self.modem_firmware, 0, 16), version=4)


NRF9151 = Product("nRF9151-LACA", "nRF9151 LACA A0A", "mfw_nrf91x1_2.0.2", 6)
NRF9151_OLD = Product("nRF9151-LACA", "nRF9151 LACA A0A", "mfw_nrf91x1_1.3.7", 6)
NRF9161 = Product("nRF9161-LACA", "nRF9161 LACA A0A", "mfw_nrf91x1_2.0.2", 4)
NRF9160 = Product("nRF9160-SICA", "nRF9160 SICA B1A", "mfw_nrf9160_1.3.7", 3)


@dataclass(frozen=True, slots=True)
class Unit:
    """One board: `number` below a million makes it unlike every other."""

    number: int
    product: Product = NRF9151

    @property
    def uuid(self) -> UUID:
        """The device UUID: it begins with printable ASCII as real ones do, and ends with the serial."""
        d = drawn("uuid", self.number, 12)
        lot = f"P{d[0] % 10}{d[1] % 10}{'ANSTV'[d[2] % 5]}{d[3] % 10}{d[4] % 10}".encode()
        middle = bytes([0x40 | d[5] & 0x0F, d[6], 0x80, d[7]])
        return UUID(bytes=lot + middle + d[8:11] + _serial(self.number).to_bytes(3, "big"))

    @property
    def imei(self) -> str:
        """The IMEI: 15 digits, the last of them Luhn's."""
        return imei_of(self.uuid)

    @property
    def iccid(self) -> str:
        """The SIM's number: 19 digits."""
        body = f"894574{_serial(self.number):012d}"
        return body + luhn_digit(body)

    @property
    def identity(self) -> dict[str, str]:
        """What the board says of itself, by name."""
        return {
            "imei": self.imei,
            "uuid": str(self.uuid),
            "model": self.product.model,
            "hardware": self.product.hardware,
            "modem_firmware": self.product.modem_firmware,
            "iccid": self.iccid,
        }


def imei_of(uuid: UUID) -> str:
    """Return the IMEI of the simulated device `uuid`, as the maker's own database would."""
    body = f"{_TAC}{int.from_bytes(uuid.bytes[13:], 'big') % _SERIALS:06d}"
    return body + luhn_digit(body)


def luhn_digit(digits: str) -> str:
    """Return the check digit that belongs after `digits`."""
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(reversed(digits))]
    return str(-sum(d - 9 * (d > 9) for d in doubled) % 10)


def drawn(label: str, number: int, size: int) -> bytes:
    """Return `size` bytes that look random and always are the same for `label` and `number`."""
    return hashlib.shake_256(f"{label} {number}".encode()).digest(size)


def _serial(number: int) -> int:
    # 7919 shares no factor with a million: no two numbers below it meet.
    return (number * 7919 + 104_729) % _SERIALS
