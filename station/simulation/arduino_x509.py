"""Certificates and requests as the sketch of Provisioning 1.0 builds them: byte by byte, by itself.

A board does not keep a certificate but its parts, in 72 bytes beside the key (Microchip's compressed
form), and builds the rest anew each time.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_SEQUENCE, _SET, _INTEGER, _BITS, _OCTETS = 0x30, 0x31, 0x02, 0x03, 0x04
_PRINTABLE, _UTC_TIME, _GENERALIZED_TIME = 0x13, 0x17, 0x18
_OF_REQUEST, _VERSION, _EXTENSIONS, _KEY_ID = 0xA0, 0xA0, 0xA3, 0x80

_COUNTRY, _ORGANIZATION, _UNIT, _COMMON_NAME = (
    bytes.fromhex("0603550406"),
    bytes.fromhex("060355040a"),
    bytes.fromhex("060355040b"),
    bytes.fromhex("0603550403"),
)
_ECDSA_WITH_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
_AUTHORITY_KEY = bytes.fromhex("0603551d23")

_FIRST_YEAR, _FIVE_BITS = 2000, 31


@dataclass(frozen=True, slots=True)
class Parts:
    """What the cloud's certificate is built anew from.

    The year, and the years that it is valid, have five bits each: 2000 to 2031, and 0 to 31.
    """

    year: int
    month: int
    day: int
    hour: int
    valid_years: int
    serial: bytes
    authority_key: bytes
    signature: bytes

    def kept(self) -> Parts:
        """Return what is left of it in the compressed form."""
        return Parts(
            _FIRST_YEAR + (self.year - _FIRST_YEAR & _FIVE_BITS),
            self.month,
            self.day,
            self.hour,
            self.valid_years & _FIVE_BITS,
            self.serial,
            self.authority_key,
            self.signature,
        )


def request(key: ec.EllipticCurvePrivateKey, device_id: str) -> bytes:
    """Return a certificate request for `device_id`, as DER, without attributes."""
    name = _name((_COMMON_NAME, device_id))
    body = _tlv(_SEQUENCE, _integer(b"\0"), name, _public(key), _tlv(_OF_REQUEST))
    signature = _tlv(_BITS, b"\0", key.sign(body, ec.ECDSA(SHA256())))
    return _tlv(_SEQUENCE, body, _ECDSA_WITH_SHA256, signature)


def certificate(parts: Parts, key: ec.EllipticCurvePrivateKey, device_id: str) -> bytes:
    """Return the certificate that these parts belong to, as DER."""
    kept = parts.kept()
    issuer = _name(
        (_COUNTRY, "US"),
        (_ORGANIZATION, "Arduino LLC US"),
        (_UNIT, "IT"),
        (_COMMON_NAME, "Arduino"),
    )
    key_id = _tlv(_SEQUENCE, _tlv(_KEY_ID, kept.authority_key))
    extension = _tlv(_SEQUENCE, _AUTHORITY_KEY, _tlv(_OCTETS, key_id))
    body = _tlv(
        _SEQUENCE,
        _tlv(_VERSION, _integer(b"\x02")),
        _integer(kept.serial),
        _ECDSA_WITH_SHA256,
        issuer,
        _tlv(_SEQUENCE, _time(kept, 0), _time(kept, kept.valid_years)),
        _name((_COMMON_NAME, device_id)),
        _public(key),
        _tlv(_EXTENSIONS, _tlv(_SEQUENCE, extension)),
    )
    middle = len(kept.signature) // 2
    pair = (_integer(kept.signature[:middle]), _integer(kept.signature[middle:]))
    signature = _tlv(_BITS, b"\0", _tlv(_SEQUENCE, *pair))
    return _tlv(_SEQUENCE, body, _ECDSA_WITH_SHA256, signature)


def _public(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _name(*parts: tuple[bytes, str]) -> bytes:
    attributes = (
        _tlv(_SET, _tlv(_SEQUENCE, oid, _tlv(_PRINTABLE, text.encode()))) for oid, text in parts
    )
    return _tlv(_SEQUENCE, *attributes)


def _time(parts: Parts, years: int) -> bytes:
    year = parts.year + years
    rest = f"{parts.month:02d}{parts.day:02d}{parts.hour:02d}0000Z"
    if year >= 2050:  # RFC 5280: two digits of a year mean one before 2050
        return _tlv(_GENERALIZED_TIME, f"{year}{rest}".encode())
    return _tlv(_UTC_TIME, f"{year % 100:02d}{rest}".encode())


def _integer(number: bytes) -> bytes:
    digits = number.lstrip(b"\0") or b"\0"
    return _tlv(_INTEGER, b"\0" * (digits[0] >> 7), digits)


def _tlv(tag: int, *parts: bytes) -> bytes:
    inside = b"".join(parts)
    size = len(inside)
    if size < 128:
        return bytes([tag, size]) + inside
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + inside
