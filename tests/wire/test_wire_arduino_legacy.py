from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from station.faults import AnswerBroken, KeyMismatch
from station.model import Certificate, SigningRequest
from station.wire.arduino_legacy import (
    Answer,
    LegacyCommand,
    answer,
    legacy,
    signing_request,
    storage,
)
from station.wire.frames import Frame, FrameReader, FrameType

DEVICE = "1b2c3d4e-0000-4000-8000-0123456789ab"
KEY = ec.derive_private_key(21, ec.SECP256R1())
CERTIFICATE = Certificate(
    "", "2026-02-28T23:00:00Z", 31, bytes(range(16)), bytes(range(20)), bytes(range(64))
)


def request(name: str = DEVICE, key: ec.EllipticCurvePrivateKey = KEY) -> bytes:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)] if name else [])
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def pem(der: bytes) -> bytes:
    """As the sketch wraps it: 76 characters a line."""
    return (
        b"-----BEGIN CERTIFICATE REQUEST-----\n"
        + base64.encodebytes(der)
        + b"-----END CERTIFICATE REQUEST-----\n"
    )


@pytest.mark.parametrize(
    ("which", "argument", "frame"),
    [
        (LegacyCommand.SKETCH_INFO, b"", "55aa01000301e1f1aa55"),
        (LegacyCommand.BEGIN_STORAGE, b"", "55aa01000306954eaa55"),
        (LegacyCommand.YEAR, b"2026", "55aa0100070832303236b7daaa55"),
        (LegacyCommand.MONTH, b"02", "55aa010005093032fee1aa55"),
        (LegacyCommand.VALIDITY, b"31", "55aa0100050c3331dfafaa55"),
        (LegacyCommand.END_STORAGE, b"", "55aa01000310e0f9aa55"),
        (LegacyCommand.RECONSTRUCT, b"", "55aa01000311f170aa55"),
        (LegacyCommand.DAY, b"\x01\x02", "55aa0100050a01028f7caa55"),
    ],
)
def test_a_command_is_the_published_frame(
    which: LegacyCommand, argument: bytes, frame: str
) -> None:
    assert legacy(which, argument).hex() == frame


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ("55aa03000302d36aaa55", Answer.ACK),
        ("55aa03000303c2e3aa55", Answer.NACK),
        ("55aa03000304b65caa55", Answer.ERROR),
        ("55aa03000301e1f1aa55", Answer.NONE),
    ],
)
def test_a_published_answer_is_read(frame: str, said: Answer) -> None:
    (found,) = FrameReader().feed(bytes.fromhex(frame))
    assert isinstance(found, Frame)
    assert answer(found) is said


@given(st.binary(min_size=1, max_size=4))
def test_an_odd_response_is_a_nack(payload: bytes) -> None:
    said = answer(Frame(FrameType.CONTROL, payload))
    assert said is (Answer(payload[0]) if payload in {b"\1", b"\2", b"\4"} else Answer.NACK)


def test_data_is_handed_on_and_a_command_is_no_answer() -> None:
    assert answer(Frame(FrameType.DATA, b"\x02")) == b"\x02"
    with pytest.raises(AnswerBroken):
        answer(Frame(FrameType.COMMAND, b"\x02"))


def test_a_certificate_is_stored_part_by_part_in_order() -> None:
    assert storage(CERTIFICATE) == (
        (6, b""),
        (8, b"2026"),
        (9, b"02"),
        (10, b"28"),
        (11, b"23"),
        (12, b"31"),
        (13, bytes(range(16))),
        (14, bytes(range(20))),
        (15, bytes(range(64))),
        (16, b""),
        (17, b""),
    )


@pytest.mark.parametrize(
    ("begins", "told"),
    [
        ("2031-12-31T23:00:00Z", [b"2031", b"12", b"31", b"23"]),
        ("2000-01-01T00:00:00", [b"2000", b"01", b"01", b"00"]),
        ("2026-03-01T01:00:00+02:00", [b"2026", b"02", b"28", b"23"]),
    ],
)
def test_a_date_is_told_in_utc(begins: str, told: list[bytes]) -> None:
    assert [said for _, said in storage(replace(CERTIFICATE, not_before=begins))[1:5]] == told


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"serial": bytes(15)}, "serial has 16 bytes"),
        ({"serial": bytes(17)}, "serial has 16 bytes"),
        ({"authority_key": bytes(19)}, "authority_key has 20 bytes"),
        ({"authority_key": bytes(21)}, "authority_key has 20 bytes"),
        ({"signature": bytes(63)}, "signature has 64 bytes"),
        ({"signature": bytes(65)}, "signature has 64 bytes"),
        ({"not_before": "2026-02-28T23:01:00Z"}, "on the hour"),
        ({"not_before": "2026-02-28T23:00:01Z"}, "on the hour"),
        ({"not_before": "2026-02-28T23:00:00.000001Z"}, "on the hour"),
        ({"not_before": "2026-02-28T23:00:00+05:30"}, "on the hour"),
        ({"not_before": "1999-12-31T23:00:00Z"}, "between 2000 and 2031"),
        ({"not_before": "2032-01-01T00:00:00Z"}, "between 2000 and 2031"),
        ({"not_before": "soon"}, "soon"),
        ({"valid_years": -1}, "0 to 31 years"),
        ({"valid_years": 32}, "0 to 31 years"),
    ],
)
def test_a_certificate_that_a_board_can_not_build_anew_is_refused(
    change: dict[str, Any], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        storage(replace(CERTIFICATE, **change))


@pytest.mark.parametrize(("years", "told"), [(0, b"00"), (5, b"05"), (31, b"31")])
def test_years_are_two_digits(years: int, told: bytes) -> None:
    assert storage(replace(CERTIFICATE, valid_years=years))[5] == (LegacyCommand.VALIDITY, told)


def test_a_request_for_the_device_is_read() -> None:
    der = request()
    assert signing_request(pem(der), DEVICE) == SigningRequest(der, DEVICE, 0)
    assert signing_request(pem(der) + b"\0\0", DEVICE).der == der


def test_a_request_for_another_device_or_by_another_key_is_a_mismatch() -> None:
    with pytest.raises(KeyMismatch, match="another device"):
        signing_request(pem(request("somebody-else")), DEVICE)
    forged = bytearray(request())
    forged[forged.index(DEVICE.encode())] ^= 1
    with pytest.raises(KeyMismatch, match="signature"):
        signing_request(pem(bytes(forged)), DEVICE)


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"\0",
        b"nothing of the kind",
        pem(request())[:-60],
        pem(request()[:-8]),
        pem(request("")),
        pem(request(key=ec.generate_private_key(ec.SECP384R1()))),
    ],
)
def test_what_is_no_request_is_garbled(wrong: bytes) -> None:
    with pytest.raises(AnswerBroken):
        signing_request(wrong, DEVICE)
