"""The station's own certificate authority: it turns a unit's request into a client certificate.

The certificate is a file; the key comes from the keystore, or from a file that the engineer names.
The key is behind `Signer`, which asks for two things only, so that it can stay in a hardware token:
a signer over PKCS #11 returns the token's public key and signs with CKM_ECDSA_SHA256 (or CKM_ECDSA
over the SHA-256 of the message), its raw r||s put into DER; nothing else here would change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from station.faults import AuthorityMissing, KeyMismatch
from station.model import SigningRequest

YEARS_10_DAYS = 3650
YEARS_30_DAYS = 10_950
BACKDATED = timedelta(days=1)
"""Units and servers whose clocks are behind ours take a certificate at once."""

MOST_REQUEST_BYTES = 8192
"""No modem writes one of more than 2 kB."""

_ECDSA_WITH_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")  # RFC 5758, 3.2


class Signer(Protocol):
    """Holds the authority's private key, wherever it is; P-256."""

    @property
    def public_key(self) -> ec.EllipticCurvePublicKey:
        """The public half of the key."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the ECDSA signature over the SHA-256 of `message`, in DER.

        Raises:
            AuthorityMissing: the key is not to be had any more.

        """
        ...


@dataclass(frozen=True, slots=True, repr=False)
class KeyInMemory:
    """A key that the keystore or a file has given away."""

    key: ec.EllipticCurvePrivateKey

    @property
    def public_key(self) -> ec.EllipticCurvePublicKey:
        """As `Signer.public_key`."""
        return self.key.public_key()

    def sign(self, message: bytes) -> bytes:
        """As `Signer.sign`."""
        return self.key.sign(message, ec.ECDSA(SHA256()))


class AuthorityOptions(BaseModel):
    """What a recipe's `[authority]` table may hold; the key by its name or by its file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    certificate: Path = Field(description="the authority's certificate, a PEM file")
    key_name: str = Field(
        default="station-authority",
        pattern=r"^[a-z0-9][a-z0-9-]*$",
        description="the name under which the keystore holds its key, in PEM; never the key itself",
    )
    key_file: Path | None = Field(
        default=None, description="a PEM file with its key, instead of the keystore"
    )
    passphrase_name: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9][a-z0-9-]*$",
        description="the name under which the keystore holds the key's passphrase",
    )
    days: int = Field(
        default=YEARS_10_DAYS, ge=1, le=YEARS_30_DAYS, description="how long certificates hold"
    )


class Authority:
    """A certificate authority that was checked: its key fits, and it may sign today."""

    def __init__(
        self, certificate: x509.Certificate, signer: Signer, days: int = YEARS_10_DAYS
    ) -> None:
        """Check that `signer` has the certificate's key and that the certificate may sign others.

        Raises:
            AuthorityMissing: it has not, or may not.

        """
        self._certificate, self._signer, self._days = certificate, signer, days
        if certificate.public_key() != signer.public_key:
            raise AuthorityMissing("the key does not belong to the certificate")
        _check_may_sign(certificate)
        self._check_date(datetime.now(UTC))

    @property
    def certificate(self) -> str:
        """The authority's own certificate, PEM."""
        return self._certificate.public_bytes(Encoding.PEM).decode()

    def issue(self, request: SigningRequest, at: datetime | None = None) -> str:
        """Return a client certificate for `request`, PEM, that ends with a newline.

        It has a random serial number, the request's subject, no extensions, and never outlives the
        authority; `at` is now unless told.

        Raises:
            KeyMismatch: the request is broken, or was not signed by its own key.
            AuthorityMissing: the authority's time is over, or its key is gone.

        """
        begins = at or datetime.now(UTC)
        self._check_date(begins)
        asked = _checked(request)
        ends = min(begins + timedelta(days=self._days), self._certificate.not_valid_after_utc)
        plan = (
            x509.CertificateBuilder()
            .subject_name(asked.subject)
            .issuer_name(self._certificate.subject)
            .public_key(asked.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(max(begins - BACKDATED, self._certificate.not_valid_before_utc))
            .not_valid_after(ends)
        )
        return self._signed(plan).public_bytes(Encoding.PEM).decode()

    def _signed(self, plan: x509.CertificateBuilder) -> x509.Certificate:
        """Sign `plan` by the signer: the part to be signed does not tell by whose key it will be."""
        body = plan.sign(ec.generate_private_key(ec.SECP256R1()), SHA256()).tbs_certificate_bytes
        signature = _der(0x03, b"\x00" + self._signer.sign(body))
        signed = x509.load_der_x509_certificate(_der(0x30, body + _ECDSA_WITH_SHA256 + signature))
        try:
            signed.verify_directly_issued_by(self._certificate)
        except (InvalidSignature, ValueError, TypeError):
            raise AuthorityMissing("the authority's key signs wrongly") from None
        return signed

    def _check_date(self, at: datetime) -> None:
        begins, ends = self._certificate.not_valid_before_utc, self._certificate.not_valid_after_utc
        if at > ends:
            raise AuthorityMissing(f"its certificate ended on {ends:%Y-%m-%d}")
        if at < begins:
            raise AuthorityMissing(
                f"its certificate begins on {begins:%Y-%m-%d}: is the clock right?"
            )


def open_authority(
    options: AuthorityOptions, folder: Path, secret: Callable[[str], SecretStr]
) -> Authority:
    """Open the authority that a recipe names; its files are looked for from `folder`.

    Raises:
        AuthorityMissing: a file can't be read, or what it holds is not what it must be.
        SecretMissing, KeystoreUnsafe: the key or its passphrase is not in the keystore.

    """
    path = folder / options.certificate
    try:
        certificate = x509.load_pem_x509_certificate(_read(path))
    except (ValueError, UnsupportedAlgorithm):
        raise AuthorityMissing(f"{path.name} holds no certificate in PEM") from None
    passphrase = secret(options.passphrase_name) if options.passphrase_name else None
    if options.key_file:
        pem = SecretStr(_read(folder / options.key_file).decode("ascii", "replace"))
    else:
        pem = secret(options.key_name)
    return Authority(certificate, KeyInMemory(_key(pem, passphrase)), options.days)


def make_authority(
    name: str, *, days: int = YEARS_30_DAYS, passphrase: SecretStr | None = None
) -> tuple[str, SecretStr]:
    """Make an authority for a line, called `name`; return its certificate and its key, both PEM.

    Thirty years, so that the ten of the last unit's certificate are not cut short. The key is
    sealed with `passphrase` when there is one.

    Raises:
        ValueError: `name` can't be a common name (1 to 64 characters).

    """
    if not 0 < len(name.strip()) <= 64:
        raise ValueError("a common name has 1 to 64 characters")
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name.strip())])
    begins = datetime.now(UTC)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins - BACKDATED)
        .not_valid_after(begins + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(identifier, critical=False)
        .sign(key, SHA256())
    )
    seal = BestAvailableEncryption(passphrase.get_secret_value().encode()) if passphrase else None
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, seal or NoEncryption())
    return certificate.public_bytes(Encoding.PEM).decode(), SecretStr(pem.decode())


def _checked(request: SigningRequest) -> x509.CertificateSigningRequest:
    if len(request.der) > MOST_REQUEST_BYTES:
        raise KeyMismatch("the request is too long")
    try:
        asked = x509.load_der_x509_csr(request.der)
        is_signed = asked.is_signature_valid
        key = asked.public_key()
    except (ValueError, UnsupportedAlgorithm):
        raise KeyMismatch("the request can't be read") from None
    if not is_signed:
        raise KeyMismatch("the request was not signed by its own key")
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise KeyMismatch("the request's key is not of the curve P-256")
    names = [each.value for each in asked.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    if names != [request.subject]:
        raise KeyMismatch("the request has another subject than was told")
    return asked


def _check_may_sign(certificate: x509.Certificate) -> None:
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise AuthorityMissing("its key is not of the curve P-256")
    extensions = certificate.extensions
    try:
        may = extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        may = False
    if may:
        try:
            may = extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
        except x509.ExtensionNotFound:
            may = True
    if not may:
        raise AuthorityMissing("its certificate is not allowed to sign others")


def _key(pem: SecretStr, passphrase: SecretStr | None) -> ec.EllipticCurvePrivateKey:
    word = passphrase.get_secret_value().encode() if passphrase else None
    try:
        key = load_pem_private_key(pem.get_secret_value().encode(), word)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise AuthorityMissing("its key is not PEM, or its passphrase is wrong") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise AuthorityMissing("its key is not of the curve P-256")
    return key


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise AuthorityMissing(f"{path.name}: {exc.strerror}") from None


def _usage() -> x509.KeyUsage:
    no = dict.fromkeys(
        (
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return x509.KeyUsage(digital_signature=True, key_cert_sign=True, crl_sign=True, **no)


def _der(tag: int, content: bytes) -> bytes:
    """Wrap `content` as DER of up to 64 kB (X.690, 8.1.3)."""
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes(1 if size < 0x100 else 2, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content
