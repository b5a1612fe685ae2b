"""Attestation tokens: how a Nordic modem says which device it is, signed with its identity key.

A token is `base64url(body) "." base64url(cose)` without padding, 76 + 1 + 103 characters. The body
is CBOR: [1, device UUID, device type, modem firmware UUID, nonce], self-described. The other half
is a COSE_Sign1 with its payload left out. Nordic keeps the public key, so that only its cloud can
tell whether the signature is genuine; everything else is checked here.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

import cbor2

from station.faults import TokenBroken

DEVICE_TYPES: Mapping[int, str] = MappingProxyType(
    {
        1: "nRF9160 SIAA",
        2: "nRF9160 SIBA",
        3: "nRF9160 SICA",  # named SIAA in nrfcloud-utils; Nordic's documents show a SICA
        4: "nRF9161 LACA",
        5: "nRF9131 LACA",
        6: "nRF9151 LACA",
    }
)

_LONGEST = 400
_TOKEN = re.compile(r"2dn3hQFQ[A-Za-z0-9_-]{68}\.0oRDoQEmoQRBIfZY[A-Za-z0-9_-]{87}(?![\w.-])")
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")
_SELF_DESCRIBED, _COSE_SIGN1 = 55799, 18
_IDENTITY = 1  # the kind of message that can claim a device
_ES256 = b"\xa1\x01\x26"
_IDENTITY_KEY = {4: b"\x21"}


@dataclass(frozen=True, slots=True)
class Attestation:
    """What a token says in clear. `firmware` names a build of the modem firmware, not a device."""

    device: UUID
    device_type: int
    firmware: UUID
    nonce: bytes

    @property
    def device_type_name(self) -> str:
        """The hardware's name, or its number where the number is new to us."""
        return DEVICE_TYPES.get(self.device_type, str(self.device_type))


def find(text: str) -> str | None:
    """Return the first token in `text`, a line of a boot log for example."""
    found = _TOKEN.search(text)
    return found.group() if found else None


def read(token: str) -> Attestation:
    """Check the shape of `token` and return what it says.

    Raises:
        TokenBroken: it is cut off or garbled; the detail says how, without the token's text.

    """
    if len(token) > _LONGEST:
        raise TokenBroken(f"{len(token)} characters are too many")
    body, dot, cose = token.partition(".")
    attestation = _attestation(body)
    if not (dot and cose):
        raise TokenBroken("cut off: the second half is missing")
    _check_signature(cose)
    return attestation


def _attestation(half: str) -> Attestation:
    match body := _array(half, "first half"):
        case [int(kind), bytes(device), int(device_type), bytes(firmware), bytes(nonce)] if (
            len(device) == len(firmware) == len(nonce) == 16
            and device_type >= 0
            and bool not in map(type, body)
        ):
            _check_encoding(half, _SELF_DESCRIBED, body, "first half")
        case _:
            raise TokenBroken("the first half is not an attestation")
    if kind != _IDENTITY:
        raise TokenBroken(f"a message of type {kind} is no attestation token")
    return Attestation(UUID(bytes=device), device_type, UUID(bytes=firmware), nonce)


def _check_signature(half: str) -> None:
    match cose := _array(half, "second half"):
        case [bytes(protected), Mapping() as unprotected, None, bytes(signature)] if (
            protected == _ES256 and dict(unprotected) == _IDENTITY_KEY and len(signature) == 64
        ):
            _check_encoding(half, _COSE_SIGN1, cose, "second half")
        case _:
            raise TokenBroken("the second half is not an ES256 signature by the identity key")


def _check_encoding(half: str, tag: int, array: list[object], which: str) -> None:
    # Encoded again it must be the same: so nothing trails, and the tag was there.
    again = base64.urlsafe_b64encode(cbor2.dumps(cbor2.CBORTag(tag, array)))
    if again.rstrip(b"=").decode() != half:
        raise TokenBroken(f"the {which} is not encoded as a token is")


def _array(half: str, which: str) -> list[object]:
    try:
        value: object = cbor2.loads(_decoded(half, which))
    except cbor2.CBORDecodeEOF:
        raise TokenBroken(f"cut off: the {which} ends too early") from None
    except (
        cbor2.CBORDecodeError,
        ValueError,
        TypeError,
        ArithmeticError,
        LookupError,
        RecursionError,
        MemoryError,
    ):
        raise TokenBroken(f"the {which} is not CBOR") from None
    array = array_in(value)
    if array is None:
        raise TokenBroken(f"the {which} holds no array")
    return array


def array_in(value: object) -> list[object] | None:
    """Return the array in `value`: cbor2 keeps some tags as CBORTag, and others as a tuple."""
    inner = value.value if isinstance(value, cbor2.CBORTag) else value
    return list(inner) if isinstance(inner, list | tuple) else None


def _decoded(half: str, which: str) -> bytes:
    if not _BASE64URL.fullmatch(half):
        raise TokenBroken(f"the {which} is not base64url")
    if len(half) % 4 == 1:
        raise TokenBroken(f"cut off: the {which} has {len(half)} characters")
    return base64.urlsafe_b64decode(half + "=" * (-len(half) % 4))
