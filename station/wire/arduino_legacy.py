"""Arduino's Provisioning 1.0: commands to the sketch for secure elements, in the same frames."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import IntEnum

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import InvalidVersion, load_pem_x509_csr

from station.faults import AnswerBroken, KeyMismatch
from station.model import Certificate, SigningRequest
from station.wire import keygen
from station.wire.frames import Frame, FrameType, encode

_FIRST_YEAR, _LAST_YEAR, _MOST_YEARS_VALID = 2000, 2031, 31


class LegacyCommand(IntEnum):
    """What the sketch can be told; it leaves 3, 4, 5 and 7 unanswered."""

    SKETCH_INFO = 1
    CSR = 2
    SET_LOCKED = 3
    GET_LOCKED = 4
    WRITE_CRYPTO = 5
    BEGIN_STORAGE = 6
    SET_DEVICE_ID = 7
    YEAR = 8
    MONTH = 9
    DAY = 10
    HOUR = 11
    VALIDITY = 12
    CERT_SERIAL = 13
    AUTH_KEY = 14
    SIGNATURE = 15
    END_STORAGE = 16
    RECONSTRUCT = 17


class Answer(IntEnum):
    """What the sketch says to a command."""

    NONE = 1
    ACK = 2
    NACK = 3
    ERROR = 4


_ANSWERS = {bytes((each,)): each for each in Answer}


def legacy(which: LegacyCommand, argument: bytes = b"") -> bytes:
    """Return the frame that tells the sketch `which`."""
    return encode(Frame(FrameType.COMMAND, bytes((which,)) + argument))


def answer(frame: Frame) -> Answer | bytes:
    """Return what the sketch says, or the bytes that it sends.

    A sketch that got a broken frame sends an odd byte where it means NACK.

    Raises:
        AnswerBroken: it is no answer.

    """
    match frame.type:
        case FrameType.DATA:
            return frame.payload
        case FrameType.CONTROL:
            return _ANSWERS.get(frame.payload, Answer.NACK)
        case FrameType.COMMAND:
            raise AnswerBroken("a command came where an answer was due")


def storage(certificate: Certificate) -> tuple[tuple[LegacyCommand, bytes], ...]:
    """Return the commands, in order, by which the sketch builds `certificate` anew and keeps it.

    Raises:
        ValueError: it can't be built from what the sketch holds: its dates have no minutes.

    """
    _check_sizes(certificate)
    begins = _begins(certificate)
    if not 0 <= certificate.valid_years <= _MOST_YEARS_VALID:
        raise ValueError(f"a certificate is valid for 0 to {_MOST_YEARS_VALID} years")
    return (
        (LegacyCommand.BEGIN_STORAGE, b""),
        (LegacyCommand.YEAR, b"%04d" % begins.year),
        (LegacyCommand.MONTH, b"%02d" % begins.month),
        (LegacyCommand.DAY, b"%02d" % begins.day),
        (LegacyCommand.HOUR, b"%02d" % begins.hour),
        (LegacyCommand.VALIDITY, b"%02d" % certificate.valid_years),
        (LegacyCommand.CERT_SERIAL, certificate.serial),
        (LegacyCommand.AUTH_KEY, certificate.authority_key),
        (LegacyCommand.SIGNATURE, certificate.signature),
        (LegacyCommand.END_STORAGE, b""),
        (LegacyCommand.RECONSTRUCT, b""),
    )


def signing_request(pem: bytes, device_id: str) -> SigningRequest:
    """Read the request that the sketch made for a certificate of `device_id`.

    Raises:
        AnswerBroken: it is no PKCS #10 request for a P-256 key.
        KeyMismatch: whoever made it does not hold its key, or made it for another device.

    """
    try:
        der = load_pem_x509_csr(pem).public_bytes(Encoding.DER)
    except (ValueError, TypeError, UnsupportedAlgorithm, InvalidVersion):
        raise AnswerBroken("the certificate request can't be read") from None
    request = keygen.request_in(der, sec_tag=0)
    if request.subject != device_id:
        raise KeyMismatch("the certificate request is for another device")
    return request


def _check_sizes(certificate: Certificate) -> None:
    for name, part, size in (
        ("serial", certificate.serial, 16),
        ("authority_key", certificate.authority_key, 20),
        ("signature", certificate.signature, 64),
    ):
        if len(part) != size:
            raise ValueError(f"{name} has {size} bytes, not {len(part)}")


def _begins(certificate: Certificate) -> datetime:
    begins = datetime.fromisoformat(certificate.not_before)
    utc = begins.replace(tzinfo=UTC) if begins.tzinfo is None else begins.astimezone(UTC)
    if utc != utc.replace(minute=0, second=0, microsecond=0):
        raise ValueError("a certificate begins on the hour: the board keeps no minutes")
    if not _FIRST_YEAR <= utc.year <= _LAST_YEAR:
        raise ValueError(f"a certificate begins between {_FIRST_YEAR} and {_LAST_YEAR}")
    return utc
