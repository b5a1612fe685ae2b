"""A board's token, as the cloud reads it: a JWT signed with ES256 by the key of the board."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

_UHWID = re.compile(r"[0-9a-f]{64}")
_MOST = 268


@dataclass(frozen=True, slots=True)
class BoardToken:
    """What a token says; `issued_s` is in Unix seconds by the time the board was told."""

    uhwid: str
    issued_s: int
    signed: bytes
    signature: bytes

    def is_signed_by(self, key: ec.EllipticCurvePublicKey) -> bool:
        """Tell whether the holder of `key` has signed it."""
        r, s = (int.from_bytes(part) for part in (self.signature[:32], self.signature[32:]))
        try:
            key.verify(encode_dss_signature(r, s), self.signed, ec.ECDSA(SHA256()))
        except InvalidSignature:
            return False
        return True


def read(text: str) -> BoardToken:
    """Read a token; its signature is not looked at.

    Raises:
        ValueError: it is no board's token.

    """
    if len(text) > _MOST or text.count(".") != 2:
        raise ValueError("the token is malformed")
    head, body, signature = text.split(".")
    try:
        header, claims = json.loads(_decoded(head)), json.loads(_decoded(body))
        signed_by = _decoded(signature)
    except ValueError:
        raise ValueError("the token is malformed") from None
    if not isinstance(header, dict) or not isinstance(claims, dict) or len(signed_by) != 64:
        raise ValueError("the token is malformed")
    if header.get("alg") != "ES256":
        raise ValueError("the token's algorithm is not ES256")
    uhwid, issued_s = claims.get("iss"), claims.get("iat")
    if not isinstance(uhwid, str) or not _UHWID.fullmatch(uhwid) or type(issued_s) is not int:
        raise ValueError("the token's claims are not valid")
    return BoardToken(uhwid, issued_s, f"{head}.{body}".encode(), signed_by)


def key_of(pem: str) -> ec.EllipticCurvePublicKey:
    """Return the P-256 key in `pem`.

    Raises:
        ValueError: it holds none.

    """
    try:
        key = load_pem_public_key(pem.encode())
    except UnsupportedAlgorithm as error:
        raise ValueError(str(error)) from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise ValueError("the key is not P-256")
    return key


def _decoded(part: str) -> bytes:
    if "=" in part:
        raise ValueError("padding")
    padded = part + "=" * (-len(part) % 4)
    return base64.b64decode(padded, altchars=b"-_", validate=True)
