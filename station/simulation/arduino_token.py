"""A board's tokens: JWTs that its claiming key signs, in the very spelling of the firmware."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

_HEADER = b'{"alg":"ES256","typ":"JWT"}'


def issue(key: ec.EllipticCurvePrivateKey, uhwid: bytes, issued_at: int) -> str:
    """Return the token of the board `uhwid`, issued at so many seconds since 1970: 246 characters."""
    claims = f'{{"iat":{issued_at & 0xFFFFFFFF},"iss":"{uhwid.hex()}"}}'
    signed = f"{_encoded(_HEADER)}.{_encoded(claims.encode())}"
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(SHA256())))
    return f"{signed}.{_encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
