"""Certificates with their keys, for tests of TLS."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

HERE = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
ELSEWHERE = x509.DNSName("devices.example.com")


class Paper:
    """A certificate for `host` with its key, issued by `issuer` or by itself."""

    def __init__(
        self,
        name: str,
        issuer: Paper | None = None,
        *,
        host: x509.GeneralName = HERE,
        expired: bool = False,
    ) -> None:
        self.file = name
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        signer, now = issuer or self, datetime.now(UTC)
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(self.name)
            .issuer_name(signer.name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=3))
            .not_valid_after(now + timedelta(days=-1 if expired else 1))
            .add_extension(x509.SubjectAlternativeName([host]), critical=False)
            .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), True)
            .sign(signer.key, SHA256())
        )

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()

    def key_pem(self, passphrase: str = "") -> str:
        seal = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, seal).decode()

    def save(self, folder: Path, passphrase: str = "") -> tuple[Path, Path]:
        """Write certificate and key; return their names."""
        (folder / f"{self.file}.pem").write_text(self.pem)
        (folder / f"{self.file}-key.pem").write_text(self.key_pem(passphrase))
        return Path(f"{self.file}.pem"), Path(f"{self.file}-key.pem")


def server_side(paper: Paper, folder: Path, *, asks_for: Paper | None = None) -> ssl.SSLContext:
    """Return a server's context; it wants a client certificate that `asks_for` has issued."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate, key = paper.save(folder)
    tls.load_cert_chain(folder / certificate, folder / key)
    if asks_for:
        tls.verify_mode = ssl.CERT_REQUIRED
        tls.load_verify_locations(cadata=asks_for.pem)
    return tls
