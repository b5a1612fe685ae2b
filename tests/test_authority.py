"""The station's own certificate authority: who it signs for, and when it must not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from pydantic import SecretStr, ValidationError

from station.authority import (
    Authority,
    AuthorityOptions,
    KeyInMemory,
    make_authority,
    open_authority,
)
from station.faults import AuthorityMissing, Fault, KeyMismatch
from station.model import SigningRequest

CN = "50363154-3931-44f0-8022-121b6401627d"
UNIT_KEY = ec.generate_private_key(ec.SECP256R1())
P256_PEM = make_authority("Line 1")


Key = ec.EllipticCurvePrivateKey


def secrets(**kept: str) -> Callable[[str], SecretStr]:
    return lambda name: SecretStr(kept[name.replace("-", "_")])


def name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def request(subject: str = CN, key: Key | rsa.RSAPrivateKey = UNIT_KEY) -> SigningRequest:
    asked = x509.CertificateSigningRequestBuilder().subject_name(name(subject)).sign(key, SHA256())
    return SigningRequest(asked.public_bytes(Encoding.DER), subject, 16_842_753)


def pem_of(key: Key | rsa.RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def certificate(
    key: Key,
    *,
    ca: bool | None = True,
    signs: bool | None = None,
    days: tuple[int, int] = (-1, 30),
    public: Key | None = None,
) -> x509.Certificate:
    """Make an authority's certificate by hand: with what an engineer may bring."""
    now = datetime.now(UTC)
    plan = (
        x509.CertificateBuilder()
        .subject_name(name("CA"))
        .issuer_name(name("CA"))
        .public_key((public or key).public_key())
        .serial_number(7)
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
    )
    if ca is not None:
        plan = plan.add_extension(x509.BasicConstraints(ca, None), critical=True)
    if signs is not None:
        usage = x509.KeyUsage(True, False, False, False, False, signs, False, False, False)
        plan = plan.add_extension(usage, critical=True)
    return plan.sign(key, SHA256())


@pytest.fixture
def line(tmp_path: Path) -> Authority:
    pem, key = P256_PEM
    (tmp_path / "ca.pem").write_text(pem)
    return open_authority(
        AuthorityOptions(certificate=Path("ca.pem")),
        tmp_path,
        secrets(station_authority=key.get_secret_value()),
    )


def test_a_unit_gets_a_client_certificate_for_its_key(line: Authority) -> None:
    pem = line.issue(request())
    assert pem.endswith("-----END CERTIFICATE-----\n")
    issued = x509.load_pem_x509_certificate(pem.encode())
    own = x509.load_pem_x509_certificate(line.certificate.encode())
    issued.verify_directly_issued_by(own)
    assert issued.subject == name(CN)
    assert issued.issuer == own.subject == name("Line 1")
    assert issued.public_key() == UNIT_KEY.public_key()
    assert issued.signature_hash_algorithm is not None
    assert issued.signature_hash_algorithm.name == "sha256"
    assert list(issued.extensions) == []
    lasts = issued.not_valid_after_utc - issued.not_valid_before_utc
    assert lasts == timedelta(days=3651)


def test_no_two_certificates_have_one_serial_number(line: Authority) -> None:
    numbers = {
        x509.load_pem_x509_certificate(line.issue(request()).encode()).serial_number
        for _ in range(20)
    }
    assert len(numbers) == 20
    assert min(numbers) > 2**64


def test_the_subject_is_told_whole(line: Authority) -> None:
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "NO"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Ærlig A/S, =1+1"),
            x509.NameAttribute(NameOID.COMMON_NAME, "nrf-355025930000000"),
        ]
    )
    asked = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(UNIT_KEY, SHA256())
    der = asked.public_bytes(Encoding.DER)
    issued = line.issue(SigningRequest(der, "nrf-355025930000000", 1))
    assert x509.load_pem_x509_certificate(issued.encode()).subject == subject


def test_a_long_subject_is_encoded_as_der_wants_it(line: Authority) -> None:
    parts = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "x" * 64) for _ in range(1200)]
    for length in (1, 2, 5, 1200):
        subject = x509.Name([*parts[:length], *name(CN)])
        plan = x509.CertificateSigningRequestBuilder().subject_name(subject)
        der = plan.sign(UNIT_KEY, SHA256()).public_bytes(Encoding.DER)
        if length < 1200:
            issued = x509.load_pem_x509_certificate(line.issue(SigningRequest(der, CN, 1)).encode())
            assert issued.subject == subject
        else:
            with pytest.raises(KeyMismatch, match="too long"):
                line.issue(SigningRequest(der, CN, 1))


def broken(der: bytes, at: int) -> bytes:
    return der[:at] + bytes([der[at] ^ 1]) + der[at + 1 :]


GOOD = request()


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (SigningRequest(b"", CN, 1), "can't be read"),
        (SigningRequest(b"0" * 300, CN, 1), "can't be read"),
        (SigningRequest(GOOD.der[:-1], CN, 1), "can't be read"),
        (SigningRequest(broken(GOOD.der, len(GOOD.der) - 1), CN, 1), "own key"),
        (SigningRequest(GOOD.der, "another", 1), "another subject"),
        (request(key=ec.generate_private_key(ec.SECP384R1())), "P-256"),
        (request(key=rsa.generate_private_key(65537, 2048)), "P-256"),
    ],
)
def test_a_request_that_is_not_the_units_own_is_not_signed(
    line: Authority, asked: SigningRequest, why: str
) -> None:
    with pytest.raises(KeyMismatch, match=why):
        line.issue(asked)


def test_a_certificate_never_outlives_its_authority() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    own = certificate(key, days=(0, 30))
    issued = x509.load_pem_x509_certificate(
        Authority(own, KeyInMemory(key)).issue(request()).encode()
    )
    assert issued.not_valid_after_utc == own.not_valid_after_utc
    assert issued.not_valid_before_utc == own.not_valid_before_utc


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"days": (-30, -1)}, "ended on 2"),
        ({"days": (1, 30)}, "is the clock right"),
        ({"ca": False}, "not allowed to sign"),
        ({"ca": None}, "not allowed to sign"),
        ({"signs": False}, "not allowed to sign"),
        ({"public": ec.generate_private_key(ec.SECP256R1())}, "does not belong"),
    ],
)
def test_an_authority_that_must_not_sign_is_refused(more: Any, why: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(AuthorityMissing, match=why):
        Authority(certificate(key, **more), KeyInMemory(key))


def test_one_that_may_sign_is_not() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    for own in (certificate(key), certificate(key, signs=True)):
        assert Authority(own, KeyInMemory(key)).issue(request())


def test_an_authority_whose_time_ends_while_the_station_runs(line: Authority) -> None:
    with pytest.raises(AuthorityMissing, match="ended on"):
        line.issue(request(), at=datetime.now(UTC) + timedelta(days=365 * 31))


def test_a_curve_that_no_modem_speaks_is_refused() -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    with pytest.raises(AuthorityMissing, match="P-256"):
        Authority(certificate(key), KeyInMemory(key))


class Token:
    """A hardware token: it gives a public key and signatures, and nothing else."""

    def __init__(self, secret: SecretStr, lie: bytes | None = None) -> None:
        key = load_pem_private_key(secret.get_secret_value().encode(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        self._key, self._lie = key, lie

    @property
    def public_key(self) -> ec.EllipticCurvePublicKey:
        return self._key.public_key()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message, ec.ECDSA(SHA256())) if self._lie is None else self._lie


def test_a_signer_may_keep_its_key_elsewhere() -> None:
    pem, secret = P256_PEM
    token = Token(secret)
    own = x509.load_pem_x509_certificate(pem.encode())
    issued = x509.load_pem_x509_certificate(Authority(own, token).issue(request()).encode())
    issued.verify_directly_issued_by(own)


@pytest.mark.parametrize("lie", [b"", b"junk", bytes(72)])
def test_a_signer_that_signs_wrongly_is_found_out(lie: bytes) -> None:
    pem, secret = P256_PEM
    own = x509.load_pem_x509_certificate(pem.encode())
    with pytest.raises(AuthorityMissing, match="signs wrongly"):
        Authority(own, Token(secret, lie)).issue(request())


@pytest.mark.parametrize("where", ["keystore", "file"])
def test_a_key_with_a_passphrase(tmp_path: Path, where: str) -> None:
    pem, key = make_authority("Line 2", passphrase=SecretStr("horse"))
    (tmp_path / "ca.pem").write_text(pem)
    (tmp_path / "ca.key").write_text(key.get_secret_value())
    told = {"certificate": "ca.pem", "passphrase_name": "word"}
    told |= {"key_file": "ca.key"} if where == "file" else {"key_name": "ca"}
    options = AuthorityOptions.model_validate(told)
    kept = {"word": "horse", "ca": key.get_secret_value()}
    assert open_authority(options, tmp_path, secrets(**kept)).issue(request())
    with pytest.raises(AuthorityMissing, match="passphrase is wrong") as caught:
        open_authority(options, tmp_path, secrets(**{**kept, "word": "cart"}))
    assert "cart" not in str(caught.value)
    without = options.model_copy(update={"passphrase_name": None})
    with pytest.raises(AuthorityMissing, match="passphrase is wrong"):
        open_authority(without, tmp_path, secrets(**kept))


@pytest.mark.parametrize(
    ("file", "key", "why"),
    [
        (None, "", r"ca\.pem: No such file"),
        ("", "", "no certificate in PEM"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "", "no certificate"),
        (P256_PEM[0], "", "not PEM"),
        (P256_PEM[0], "s3cret junk", "not PEM"),
        (P256_PEM[0], pem_of(rsa.generate_private_key(65537, 2048)), "P-256"),
        (P256_PEM[0], pem_of(ec.generate_private_key(ec.SECP256R1())), "does not belong"),
    ],
)
def test_files_that_are_not_what_they_must_be(
    tmp_path: Path, file: str | None, key: str, why: str
) -> None:
    if file is not None:
        (tmp_path / "ca.pem").write_text(file)
    options = AuthorityOptions(certificate=Path("ca.pem"))
    with pytest.raises(Fault, match=why) as caught:
        open_authority(options, tmp_path, secrets(station_authority=key))
    assert caught.value.code == "AUTHORITY-MISSING"
    assert "s3cret" not in str(caught.value)


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text(P256_PEM[0])
    options = AuthorityOptions(certificate=Path("ca.pem"), key_file=Path("gone.key"))
    with pytest.raises(AuthorityMissing, match=r"gone\.key: "):
        open_authority(options, tmp_path, secrets())


def test_what_a_new_authority_may_do() -> None:
    pem, key = make_authority("  Line 3 ")
    own = x509.load_pem_x509_certificate(pem.encode())
    assert own.subject == own.issuer == name("Line 3")
    basic = own.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (basic.critical, basic.value.ca, basic.value.path_length) == (True, True, 0)
    assert own.not_valid_after_utc - own.not_valid_before_utc == timedelta(days=10_951)
    assert "PRIVATE" not in repr(key)
    assert key.get_secret_value().startswith("-----BEGIN PRIVATE KEY-----")
    assert make_authority("Line 3")[1].get_secret_value() != key.get_secret_value()


@pytest.mark.parametrize("bad", ["", "   ", "x" * 65])
def test_a_name_that_no_certificate_takes(bad: str) -> None:
    with pytest.raises(ValueError, match="1 to 64"):
        make_authority(bad)


@pytest.mark.parametrize(
    "told", [{}, {"certificate": "a", "key": "PEM"}, {"certificate": "a", "days": 0}]
)
def test_a_recipe_names_a_certificate_and_never_a_key(told: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        AuthorityOptions.model_validate(told)
