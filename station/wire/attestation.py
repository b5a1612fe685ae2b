"""Attestation tokens: how a Nordic modem says which device it is, signed with its identity key.

A token is `base64url(body) "." base64url(cose)` without padding, 76 + 1 + 103 characters. The body
is CBOR: [1, device UUID, device type, modem firmware UUID, nonce], self-described. The other half
is a COSE_Sign1 with its payload left out. Nordic keeps the public key, so that only its cloud can
tell whether the signature is genuine; everything else is checked here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from station.faults import TokenBroken
from station.wire.cose import (
    SELF_DESCRIBED,
    CoseBroken,
    array_of,
    check_encoding,
    decoded,
    signed_payload,
)

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

LENGTH = 180
"""How many characters a token has."""

_LONGEST = 400
_TOKEN = re.compile(r"2dn3hQFQ[A-Za-z0-9_-]{68}\.0oRDoQEmoQRBIfZY[A-Za-z0-9_-]{87}(?![\w.-])")
_IDENTITY = 1  # the kind of message that can claim a device


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
    try:
        attestation = _attestation(body)
        if not (dot and cose):
            raise TokenBroken("cut off: the second half is missing")
        if signed_payload(cose, "second half") is not None:
            raise TokenBroken("the second half is not an ES256 signature of the first")
    except CoseBroken as broken:
        raise TokenBroken(str(broken)) from None
    return attestation


def _attestation(half: str) -> Attestation:
    data = decoded(half, "first half")
    match body := array_of(data, "first half"):
        case [int(kind), bytes(device), int(device_type), bytes(firmware), bytes(nonce)] if (
            len(device) == len(firmware) == len(nonce) == 16
            and device_type >= 0
            and bool not in map(type, body)
        ):
            check_encoding(data, SELF_DESCRIBED, body, "first half")
        case _:
            raise TokenBroken("the first half is not an attestation")
    if kind != _IDENTITY:
        raise TokenBroken(f"a message of type {kind} is no attestation token")
    return Attestation(UUID(bytes=device), device_type, UUID(bytes=firmware), nonce)
