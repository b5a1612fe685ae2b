"""What Nordic modems sign: two base64url halves joined by a dot, CBOR and COSE inside."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping

import cbor2

SELF_DESCRIBED, SIGN1 = 55799, 18
"""The CBOR tags that open a message and a COSE_Sign1."""

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")
_ES256 = b"\xa1\x01\x26"
_IDENTITY_KEY = {4: b"\x21"}


class CoseBroken(ValueError):
    """The text says what is wrong, and holds nothing of what was read."""


def decoded(half: str, which: str) -> bytes:
    """Return the bytes of `half`, which is base64url without padding.

    Raises:
        CoseBroken: it is not, or it is cut off.

    """
    if not _BASE64URL.fullmatch(half):
        raise CoseBroken(f"the {which} is not base64url")
    if len(half) % 4 == 1:
        raise CoseBroken(f"cut off: the {which} has {len(half)} characters")
    data = base64.urlsafe_b64decode(half + "=" * (-len(half) % 4))
    if base64.urlsafe_b64encode(data).decode().rstrip("=") != half:
        raise CoseBroken(f"cut off: the {which} has stray bits at its end")
    return data


def value_of(data: bytes, which: str) -> object:
    """Return what `data` says in CBOR.

    Raises:
        CoseBroken: it is no CBOR, or ends too early.

    """
    try:
        return cbor2.loads(data)
    except cbor2.CBORDecodeEOF:
        raise CoseBroken(f"cut off: the {which} ends too early") from None
    except (
        cbor2.CBORDecodeError,
        ValueError,
        TypeError,
        ArithmeticError,
        LookupError,
        RecursionError,
        MemoryError,
    ):
        raise CoseBroken(f"the {which} is not CBOR") from None


def array_of(data: bytes, which: str) -> list[object]:
    """Return the array that `data` is in CBOR, under a tag or bare.

    Raises:
        CoseBroken: it is none.

    """
    array = array_in(value_of(data, which))
    if array is None:
        raise CoseBroken(f"the {which} holds no array")
    return array


def array_in(value: object) -> list[object] | None:
    """Return the array in `value`: cbor2 keeps some tags as CBORTag, and others as a tuple."""
    inner = value.value if isinstance(value, cbor2.CBORTag) else value
    return list(inner) if isinstance(inner, list | tuple) else None


def check_encoding(data: bytes, tag: int, array: list[object], which: str) -> None:
    """Check that `array` under `tag`, encoded again, is `data`: so nothing trails.

    Raises:
        CoseBroken: it is not.

    """
    if cbor2.dumps(cbor2.CBORTag(tag, array)) != data:
        raise CoseBroken(f"the {which} is not encoded as a modem does it")


def signed_payload(half: str, which: str) -> object:
    """Return what the COSE_Sign1 in `half` holds; None when its payload was left out.

    That the signature is genuine only Nordic can tell, who keeps the public key.

    Raises:
        CoseBroken: it is cut off, or no ES256 signature by a modem's identity key.

    """
    data = decoded(half, which)
    match cose := array_of(data, which):
        case [bytes(protected), Mapping() as unprotected, payload, bytes(signature)] if (
            protected == _ES256 and dict(unprotected) == _IDENTITY_KEY and len(signature) == 64
        ):
            check_encoding(data, SIGN1, cose, which)
            return payload
        case _:
            raise CoseBroken(f"the {which} is not an ES256 signature by the identity key")
