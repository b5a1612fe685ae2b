"""What a modem answers to AT%KEYGEN: a new key's public half, and who made it.

An answer is `base64url(DER) "." base64url(cose)`. The DER is a certificate signing request or a
public key. The COSE_Sign1 holds a CBOR message: [9 or 8, device UUID, security tag, SHA-256 of the
DER, nonce]. Nordic keeps the key that would prove the signature; all else is checked here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from cryptography.x509.oid import NameOID

from station.faults import AnswerBroken, KeyMismatch
from station.model import SigningRequest
from station.wire import der
from station.wire.cose import (
    SELF_DESCRIBED,
    CoseBroken,
    array_of,
    check_encoding,
    decoded,
    signed_payload,
    value_of,
)

_PUBLIC_KEY, _REQUEST = 8, 9
_CERTIFICATE = "certificate request"
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class _Message:
    device: UUID
    sec_tag: int
    der: bytes


def read_request(answer: str, sec_tag: int, device_id: str = "") -> SigningRequest:
    """Check a certificate request that a modem made under `sec_tag` and signed.

    `device_id` is the UUID that the modem must have; empty takes any. The common name may differ
    from it. `der` in what is returned is a request that strict readers take, too: older modem
    firmware adds parameters to the name of its signature algorithm, which are left out.

    Raises:
        AnswerBroken: it is cut off or garbled.
        KeyMismatch: it is another unit's, for another tag, or not what the modem signed.

    """
    message = _message(answer, _REQUEST, sec_tag, device_id)
    return request_in(message.der, sec_tag, str(message.device))


def read_public_key(answer: str, sec_tag: int, device_id: str = "") -> bytes:
    """Check a public key as `read_request` does, and return it as DER (SubjectPublicKeyInfo)."""
    message = _message(answer, _PUBLIC_KEY, sec_tag, device_id)
    try:
        key = load_der_public_key(message.der)
    except (ValueError, UnsupportedAlgorithm):
        raise AnswerBroken("what the modem signed is no public key") from None
    _check_curve(key)
    return message.der


def request_in(data: bytes, sec_tag: int, device_id: str = "") -> SigningRequest:
    """Read a certificate request and check its self-signature.

    Raises:
        AnswerBroken: it is no PKCS #10 request for a P-256 key.
        KeyMismatch: whoever made it does not hold its key.

    """
    repaired = der.without_null_parameters(data)
    try:
        request = x509.load_der_x509_csr(repaired)
        names = request.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        _check_curve(request.public_key())
        holds_its_key = request.is_signature_valid
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion):
        raise AnswerBroken(f"the {_CERTIFICATE} can't be read") from None
    if not holds_its_key:
        raise KeyMismatch(f"the {_CERTIFICATE}'s own signature is wrong")
    if len(names) != 1 or not isinstance(names[0].value, str):
        raise AnswerBroken(f"the {_CERTIFICATE} names {len(names)} subjects, not one")
    return SigningRequest(repaired, names[0].value, sec_tag, device_id)


def _message(answer: str, kind: int, sec_tag: int, device_id: str) -> _Message:
    if len(answer) > _LONGEST:
        raise AnswerBroken(f"a key of {len(answer)} characters is too long")
    half, dot, cose = answer.partition(".")
    if not (half and dot and cose):
        raise AnswerBroken("cut off: a half of the key's message is missing")
    try:
        message = _signed(decoded(half, _CERTIFICATE), cose, kind)
    except CoseBroken as broken:
        raise AnswerBroken(str(broken)) from None
    if message.sec_tag != sec_tag:
        raise KeyMismatch(f"made for security tag {message.sec_tag}, not {sec_tag}")
    if device_id and str(message.device) != device_id:
        raise KeyMismatch(f"made by {message.device}, not by {device_id}")
    return message


def _signed(data: bytes, cose: str, wanted: int) -> _Message:
    payload = signed_payload(cose, "signature")
    if not isinstance(payload, bytes):
        raise CoseBroken("the signature holds no message")
    match body := array_of(payload, "message"):
        case [int(kind), bytes(device), bytes(tag), bytes(digest), bytes(nonce)] if (
            len(device) == len(nonce) == 16 and len(digest) == 32 and not isinstance(kind, bool)
        ):
            check_encoding(payload, SELF_DESCRIBED, body, "message")
        case _:
            raise CoseBroken("the message is not about a key")
    if kind != wanted:
        raise CoseBroken(f"a message of type {kind}, where type {wanted} is wanted")
    if digest != hashlib.sha256(data).digest():
        raise KeyMismatch("not what the modem signed: the digest is another")
    return _Message(UUID(bytes=device), _tag(tag), data)


def _tag(encoded: bytes) -> int:
    value = value_of(encoded, "security tag")
    if not isinstance(value, int) or isinstance(value, bool):
        raise CoseBroken("the security tag is no number")
    return value + 2**32 if value < 0 else value  # tags from 2^31 on are signed as negative


def _check_curve(key: object) -> None:
    if not (isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1)):
        raise AnswerBroken("the key is not one of the curve P-256")
