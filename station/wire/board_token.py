"""The token by which an Arduino board shows a cloud who it is: a JWT signed with ES256."""

from __future__ import annotations

import json
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from pydantic import SecretStr

from station.faults import TokenBroken, TokenMismatch
from station.wire.cose import CoseBroken, decoded

_LONGEST = 268
_SIGNATURE_BYTES = 64


def verify(token: SecretStr, hardware_id: str, issued_at: int, public_key_pem: str) -> None:
    """Check that `token` was made by the board `hardware_id`, at the time that it was told.

    `hardware_id` is 64 digits of lower-case hex, `issued_at` the Unix seconds that were sent to
    the board, `public_key_pem` the key that it sent with the token.

    Raises:
        TokenBroken: the token, or the key, can't be read.
        TokenMismatch: another issuer, another time, or not signed with this key.

    """
    text = token.get_secret_value()
    halves = text.split(".")
    if len(text) > _LONGEST or len(halves) != 3:
        raise TokenBroken(f"{len(text)} characters in {len(halves)} parts")
    _check_header(_object(halves[0], "header"))
    claims = _object(halves[1], "claims")
    issuer, time = claims.get("iss"), claims.get("iat")
    if not isinstance(issuer, str) or type(time) is not int:
        raise TokenBroken("the claims lack an issuer or a time")
    signature, key = _bytes(halves[2], "signature"), _key(public_key_pem)
    if len(signature) != _SIGNATURE_BYTES:
        raise TokenBroken(f"a signature of {len(signature)} bytes, not {_SIGNATURE_BYTES}")
    if issuer != hardware_id:
        raise TokenMismatch("its issuer is another board")
    if time != issued_at:
        raise TokenMismatch("it was made for another time")
    _check_signature(key, signature, f"{halves[0]}.{halves[1]}".encode())


def _check_header(header: Mapping[str, object]) -> None:
    if (header.get("alg"), header.get("typ")) != ("ES256", "JWT"):
        raise TokenBroken("the header is not that of a JWT with ES256")


def _check_signature(key: EllipticCurvePublicKey, signature: bytes, signed: bytes) -> None:
    r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    try:
        key.verify(encode_dss_signature(r, s), signed, ECDSA(SHA256()))
    except InvalidSignature:
        raise TokenMismatch("its signature is not by the key that the board sent") from None


def _key(pem: str) -> EllipticCurvePublicKey:
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise TokenBroken("the public key can't be read") from None
    if not (isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1)):
        raise TokenBroken("the public key is not one of the curve P-256")
    return key


def _object(part: str, which: str) -> Mapping[str, object]:
    try:
        found = json.loads(_bytes(part, which))
    except ValueError:
        raise TokenBroken(f"the {which} can't be read") from None
    if not isinstance(found, dict):
        raise TokenBroken(f"the {which} can't be read")
    return found


def _bytes(part: str, which: str) -> bytes:
    try:
        return decoded(part, which)
    except CoseBroken as broken:
        raise TokenBroken(str(broken)) from None
