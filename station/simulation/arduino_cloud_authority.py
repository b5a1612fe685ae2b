"""The authority that signs devices' certificates, small enough for a secure element to rebuild.

Form: Arduino_SecureElement's certificate. Only the day and the hour of issue, the serial number, the
authority's key id and the signature are kept on a board; all else is built anew from them.
"""

from __future__ import annotations

import base64
import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import NameOID

VALID_YEARS = 31


def _printable(oid: x509.ObjectIdentifier, value: str) -> x509.NameAttribute[str]:
    return x509.NameAttribute(oid, value, _type=_ASN1Type.PrintableString)


ISSUER = x509.Name(
    [
        _printable(NameOID.COUNTRY_NAME, "US"),
        _printable(NameOID.ORGANIZATION_NAME, "Arduino LLC US"),
        _printable(NameOID.ORGANIZATIONAL_UNIT_NAME, "IT"),
        _printable(NameOID.COMMON_NAME, "Arduino"),
    ]
)


@dataclass(slots=True)
class Certificate:
    """An issued certificate. `signature` is r, then s, 32 bytes each."""

    id: str
    device_id: str
    ca: str
    x509: x509.Certificate
    authority_key: bytes
    enabled: bool = True

    @property
    def not_before(self) -> str:
        """When it begins, as the cloud tells it."""
        return _instant(self.x509.not_valid_before_utc)

    @property
    def serial(self) -> str:
        """The serial number: 32 hexadecimal digits."""
        return f"{self.x509.serial_number:032x}"

    @property
    def signature(self) -> tuple[str, str]:
        """The two numbers of the signature: 64 hexadecimal digits each."""
        r, s = decode_dss_signature(self.x509.signature)
        return f"{r:064x}", f"{s:064x}"

    def told(self) -> dict[str, Any]:
        """Return the certificate as the API tells it."""
        x, y = self.signature
        return {
            "id": self.id,
            "device_id": self.device_id,
            "ca": self.ca,
            "pem": self.x509.public_bytes(Encoding.PEM).decode(),
            "der": base64.b64encode(self.x509.public_bytes(Encoding.DER)).decode(),
            "enabled": self.enabled,
            "href": f"/iot/v2/devices/{self.device_id}/certs/{self.id}",
            "compressed": {
                "not_before": self.not_before,
                "not_after": _instant(self.x509.not_valid_after_utc),
                "serial": self.serial,
                "authority_key_identifier": self.authority_key.hex(),
                "signature": x + y,
                "signature_asn1_x": x,
                "signature_asn1_y": y,
            },
        }


class Authority:
    """Signs what devices ask for, with a key made here."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.key_id = x509.SubjectKeyIdentifier.from_public_key(self.public_key).digest

    @property
    def public_key(self) -> ec.EllipticCurvePublicKey:
        """The key that its certificates verify with."""
        return self._key.public_key()

    def issue(
        self, device_id: str, pem: str, *, name: str, ca: str, now: datetime, on_the_hour: bool
    ) -> Certificate:
        """Return a certificate for `device_id` on the key of the CSR in `pem`, asked by `name`.

        Raises:
            ValueError: it is no CSR of a P-256 key, its signature is wrong or it names another.

        """
        csr = _genuine(pem)
        names = csr.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        if [asked.value for asked in names] != [name]:
            raise ValueError(f"the subject is not CN={name}")
        begin = _issued(now) if on_the_hour else now.replace(microsecond=0)
        signed = (
            x509.CertificateBuilder(issuer_name=ISSUER, public_key=csr.public_key())
            .subject_name(x509.Name([_printable(NameOID.COMMON_NAME, device_id)]))
            .serial_number(_serial())
            .not_valid_before(begin)
            .not_valid_after(begin.replace(year=begin.year + VALID_YEARS))
            .add_extension(x509.AuthorityKeyIdentifier(self.key_id, None, None), critical=False)
            .sign(self._key, SHA256())
        )
        return Certificate(str(uuid.uuid4()), device_id, ca, signed, self.key_id)


def _genuine(pem: str) -> x509.CertificateSigningRequest:
    try:
        csr = x509.load_pem_x509_csr(pem.encode())
        key, is_valid = csr.public_key(), csr.is_signature_valid
    except UnsupportedAlgorithm as error:
        raise ValueError(str(error)) from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise ValueError("the key is not P-256")
    if not is_valid:
        raise ValueError("the signature does not verify")
    return csr


def _issued(now: datetime) -> datetime:
    """Return the hour: a board keeps no minutes. 29 February has no day 31 years later."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return hour.replace(day=28) if (now.month, now.day) == (2, 29) else hour


def _serial() -> int:
    """Return a number of exactly 16 bytes that needs no leading zero in DER."""
    return int.from_bytes(bytes([secrets.randbelow(0x7F) + 1]) + secrets.token_bytes(15))


def _instant(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
