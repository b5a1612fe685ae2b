from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import partial

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from station.faults import TokenBroken, TokenMismatch
from station.wire.board_token import verify

KEY = ec.derive_private_key(11, ec.SECP256R1())
OTHER_KEY = ec.derive_private_key(12, ec.SECP256R1())
BOARD = "c0ffee" + "0" * 52 + "abcdef"
NOW = 1767225600
HEADER = {"alg": "ES256", "typ": "JWT"}
CLAIMS = {"iat": NOW, "iss": BOARD}


def b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def as_json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def pem_of(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey = KEY) -> str:
    spki = PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(Encoding.PEM, spki).decode()


def token(
    header: bytes = as_json(HEADER),
    claims: bytes = as_json(CLAIMS),
    key: ec.EllipticCurvePrivateKey = KEY,
    shape: Callable[[bytes], bytes] = bytes,
) -> str:
    signed = f"{b64url(header)}.{b64url(claims)}"
    r, s = decode_dss_signature(
        key.sign(signed.encode(), ec.ECDSA(SHA256(), deterministic_signing=True))
    )
    return f"{signed}.{b64url(shape(r.to_bytes(32, 'big') + s.to_bytes(32, 'big')))}"


GOOD = token()
check = partial(verify, hardware_id=BOARD, issued_at=NOW, public_key_pem=pem_of())


def swapped(raw: bytes) -> bytes:
    return raw[32:] + raw[:32]


def flipped(raw: bytes) -> bytes:
    return raw[:-1] + bytes((raw[-1] ^ 1,))


def test_a_good_token_is_accepted_and_as_long_as_a_board_makes_it() -> None:
    assert len(GOOD) == 246
    check(SecretStr(GOOD))
    check(SecretStr(token(as_json({"typ": "JWT", "alg": "ES256", "kid": "1"}))))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (token(claims=as_json({**CLAIMS, "iss": "0" * 64})), "issuer"),
        (token(claims=as_json({**CLAIMS, "iss": BOARD.upper()})), "issuer"),
        (token(claims=as_json({**CLAIMS, "iat": NOW - 1})), "time"),
        (token(claims=as_json({**CLAIMS, "iat": 0})), "time"),
        (token(key=OTHER_KEY), "signature"),
        (token(shape=swapped), "signature"),
        (token(shape=flipped), "signature"),
        (token(shape=lambda raw: bytes(64)), "signature"),
        (token(shape=lambda raw: b"\xff" * 64), "signature"),
    ],
)
def test_a_token_of_another_board_time_or_key_is_a_mismatch(wrong: str, why: str) -> None:
    with pytest.raises(TokenMismatch, match=why) as refused:
        check(SecretStr(wrong))
    assert not any(part in str(refused.value) for part in wrong.split("."))


def test_a_token_signed_over_another_text_is_a_mismatch() -> None:
    signature = token(claims=as_json({**CLAIMS, "iat": NOW + 1})).rpartition(".")[2]
    with pytest.raises(TokenMismatch, match="signature"):
        check(SecretStr(GOOD.rpartition(".")[0] + "." + signature))


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "..",
        GOOD[:-2],
        GOOD[:-1] + "B",  # stray bits at the end
        GOOD + "==",
        GOOD + ".",
        GOOD.rpartition(".")[0],
        GOOD.replace("-", "+").replace("_", "/").replace("e", "+", 1),
        "\N{LATIN SMALL LETTER E WITH ACUTE}" + GOOD[1:],
        token(as_json({**HEADER, "alg": "none"})),
        token(as_json({**HEADER, "alg": "HS256"})),
        token(as_json({**HEADER, "typ": "JWS"})),
        token(as_json({"alg": "ES256"})),
        token(b"[]"),
        token(b"{"),
        token(b"\xff\xfe{"),
        token(claims=as_json({"iss": BOARD})),
        token(claims=as_json({"iat": NOW})),
        token(claims=as_json({**CLAIMS, "iat": str(NOW)})),
        token(claims=as_json({**CLAIMS, "iat": True})),
        token(claims=as_json({**CLAIMS, "iat": float(NOW)})),
        token(claims=as_json({**CLAIMS, "iss": None})),
        token(claims=b"[" * 90),
        token(shape=lambda raw: raw[:-1]),
        token(shape=lambda raw: raw + b"\0"),
        token(claims=as_json({**CLAIMS, "more": "x" * 40})),
    ],
)
def test_a_token_out_of_shape_is_broken(wrong: str) -> None:
    with pytest.raises(TokenBroken) as refused:
        check(SecretStr(wrong))
    assert not any(part and part in str(refused.value) for part in wrong.split("."))
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    "pem",
    [
        "",
        "not a key",
        pem_of().replace("A", "B"),
        pem_of(ed25519.Ed25519PrivateKey.generate()),
        pem_of(ec.generate_private_key(ec.SECP384R1())),
    ],
)
def test_a_key_that_is_none_of_its_kind_is_broken(pem: str) -> None:
    with pytest.raises(TokenBroken, match="the public key"):
        check(SecretStr(GOOD), public_key_pem=pem)


def test_a_signature_with_another_digest_is_a_mismatch() -> None:
    signed = GOOD.rpartition(".")[0]
    r, s = decode_dss_signature(KEY.sign(signed.encode(), ec.ECDSA(SHA384())))
    wrong = f"{signed}.{b64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
    with pytest.raises(TokenMismatch, match="signature"):
        check(SecretStr(wrong))


@given(st.integers(0, len(GOOD) - 1), st.characters(codec="ascii"))
def test_one_wrong_character_is_never_accepted(place: int, wrong: str) -> None:
    text = GOOD[:place] + wrong + GOOD[place + 1 :]
    if text != GOOD:
        with pytest.raises((TokenBroken, TokenMismatch)):
            check(SecretStr(text))
