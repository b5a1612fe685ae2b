"""What an nRF91 modem says of a key that it made: `base64url(DER) "." base64url(cose)`.

The DER is a public key or a CSR. The COSE_Sign1 has its payload attached: it names the device, the
security tag and the SHA-256 of the DER, and is signed with the device's identity key.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from uuid import UUID

from station.simulation import attestation

PUBLIC_KEY, CSR = 8, 9  # payload ids: pubkey_msg_v2, CSR_msg_v1
_PAYLOAD_HEAD = bytes.fromhex("d9d9f785")  # tag 55799, array of 5
# Tag 18, array of 4: {1: -7} (ES256), {4: h'21'} (the identity key), a byte string follows.
_COSE_HEAD = bytes.fromhex("d28443a10126a104412158")
_SIGNATURE_HEAD = b"\x58\x40"


@dataclass(frozen=True, slots=True)
class KeyMessage:
    """A public key or a CSR (`payload_id`) as DER, of which device, for which security tag."""

    device: UUID
    tag: int
    payload_id: int
    der: bytes


def issue(message: KeyMessage) -> str:
    """Return `message` as the modem prints it, signed, with a nonce of its own."""
    payload = _payload(message) + b"\x50" + os.urandom(16)
    cose = _COSE_HEAD + bytes([len(payload)]) + payload
    cose += _SIGNATURE_HEAD + attestation.sign(message.device, payload)
    return f"{attestation.encoded(message.der)}.{attestation.encoded(cose)}"


def read(text: str, device: UUID, tag: int, payload_id: int) -> KeyMessage:
    """Read a message and check that `device` has signed it, for `tag` and for this DER.

    Raises:
        ValueError: it is no such message, or not a genuine one.

    """
    first, _, second = text.partition(".")
    der, cose = attestation.decoded(first), attestation.decoded(second)
    message = KeyMessage(device, tag, payload_id, der)
    payload, rest = cose[len(_COSE_HEAD) + 1 : -66], cose[-66:]
    if not cose.startswith(_COSE_HEAD) or not payload.startswith(_payload(message)):
        raise ValueError("the message is for another device, tag or key")
    if not attestation.is_signed(device, payload, rest.removeprefix(_SIGNATURE_HEAD)):
        raise ValueError("the message is not signed by the device")
    return message


def _payload(message: KeyMessage) -> bytes:
    """Return all of the payload before the nonce."""
    tag = _integer(message.tag)
    parts = (
        _PAYLOAD_HEAD + bytes([message.payload_id]),
        b"\x50" + message.device.bytes,
        bytes([0x40 + len(tag)]) + tag,
        b"\x58\x20" + hashlib.sha256(message.der).digest(),
    )
    return b"".join(parts)


def _integer(tag: int) -> bytes:
    """Return a security tag as CBOR; the modem takes it for a signed number of 32 bits."""
    major, number = (0x00, tag) if tag < 2**31 else (0x20, 2**32 - 1 - tag)
    if number < 24:
        return bytes([major + number])
    size = 1 if number < 2**8 else 2 if number < 2**16 else 4
    return bytes([major + {1: 24, 2: 25, 4: 26}[size]]) + number.to_bytes(size, "big")
