"""Attestation tokens, as an nRF91 modem makes them and as the identity service reads them.

`base64url(body) "." base64url(cose)` without padding: 57 bytes of CBOR, then a COSE_Sign1 of 77
bytes whose payload (the body) is detached. Both have one fixed shape, so no CBOR library is needed.

A real device's identity key is known to nobody but its maker. A simulated one follows from the
device's UUID, so that a simulated cloud in another process can tell a genuine token from a forged.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# Tag 55799 (self-described CBOR), array of 5, message type 1 (identity), 16 bytes follow.
_BODY_HEAD = bytes.fromhex("d9d9f7850150")
# Tag 18, array of 4: {1: -7} (ES256), {4: h'21'} (the identity key), nil, 64 bytes follow.
_COSE_HEAD = bytes.fromhex("d28443a10126a1044121f65840")
_SIGNED_HEAD = b"\x84\x6aSignature1\x43\xa1\x01\x26\x40\x58"  # RFC 9052, 4.4; a length follows
_SALT = b"provisioning station: identity keys of simulated devices, no secret"
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says: the device's UUID and type, its modem firmware's UUID, and the nonce."""

    device: UUID
    device_type: int
    firmware: UUID
    nonce: bytes
    signature: bytes

    @property
    def body(self) -> bytes:
        """The 57 bytes that are signed."""
        parts = (self.device.bytes, bytes([self.device_type]), b"\x50", self.firmware.bytes)
        return _BODY_HEAD + b"".join(parts) + b"\x50" + self.nonce

    def text(self) -> str:
        """Return the token as the modem prints it: 180 characters."""
        return f"{encoded(self.body)}.{encoded(_COSE_HEAD + self.signature)}"


def issue(device: UUID, device_type: int, firmware: UUID, nonce: bytes) -> Token:
    """Make a token signed with the device's own key; `nonce` has 16 bytes."""
    unsigned = Token(device, device_type, firmware, nonce, b"")
    return Token(device, device_type, firmware, nonce, sign(device, unsigned.body))


def read(text: str) -> Token:
    """Read a token; whether it is genuine is another question.

    Raises:
        ValueError: it has not the shape of a token. The text does not repeat the token.

    """
    first, _, second = text.partition(".")
    body, cose = decoded(first), decoded(second)
    if len(body) != 57 or not body.startswith(_BODY_HEAD) or (body[23], body[40]) != (80, 80):
        raise ValueError("the body is not a device identity message")
    if len(cose) != 77 or not cose.startswith(_COSE_HEAD):
        raise ValueError("the signature is cut short or not a COSE_Sign1")
    uuids = UUID(bytes=body[6:22]), UUID(bytes=body[24:40])
    return Token(uuids[0], body[22], uuids[1], body[41:], cose[13:])


def is_genuine(token: Token) -> bool:
    """Tell whether the device that the token names has signed it."""
    return is_signed(token.device, token.body, token.signature)


def sign(device: UUID, body: bytes) -> bytes:
    """Return the 64 bytes with which `device` signs `body` of up to 255 bytes, as COSE has it."""
    told = _SIGNED_HEAD + bytes([len(body)]) + body
    r, s = decode_dss_signature(_identity_key(device).sign(told, ec.ECDSA(SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def is_signed(device: UUID, body: bytes, signature: bytes) -> bool:
    """Tell whether `signature` is that of `device` on `body`."""
    r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    told = _SIGNED_HEAD + bytes([len(body)]) + body
    public = _identity_key(device).public_key()
    try:
        public.verify(encode_dss_signature(r, s), told, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=4096)
def _identity_key(device: UUID) -> ec.EllipticCurvePrivateKey:
    stretched = HKDF(SHA256(), length=48, salt=_SALT, info=device.bytes).derive(b"identity")
    number = int.from_bytes(stretched, "big") % (_P256_ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def encoded(data: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decoded(text: str) -> bytes:
    """Return what base64url without padding says.

    Raises:
        ValueError: it is not base64url. The text does not repeat it.

    """
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise ValueError("a character that base64url does not have, or a length it can't") from None
