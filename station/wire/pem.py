"""PEM and bare base64: what certificates and keys are written in (RFC 7468)."""

from __future__ import annotations

import base64
import binascii
import re

CERTIFICATE = "CERTIFICATE"
PRIVATE_KEY = "PRIVATE KEY"
"""The label of a key in PKCS #8."""

_BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END ([A-Z0-9 ]{1,40})-----")


def blocks(text: str, label: str) -> tuple[bytes, ...]:
    """Return the DER of each block in `text`, in order; what stands between them is left out.

    Raises:
        ValueError: there is none, one has another label than `label`, or is garbled. The text of
            the error holds nothing of `text`.

    """
    found = _BLOCK.findall(text)
    if not found or any(label not in {begin} & {end} for begin, _, end in found):
        raise ValueError(f"not PEM of {label}")
    return tuple(from_base64(body) for _, body, _ in found)


def from_base64(text: str) -> bytes:
    """Return the bytes of base64 over any number of lines.

    Raises:
        ValueError: it is cut off or garbled, or holds nothing.

    """
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):  # non-ASCII is a plain ValueError
        raise ValueError("not base64") from None
    if not data:
        raise ValueError("not base64")
    return data


def to_base64(*ders: bytes) -> str:
    """Return `ders`, one after the other, as base64 on one line; each DER tells its own length."""
    return base64.b64encode(b"".join(ders)).decode()
