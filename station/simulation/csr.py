"""Certificate requests, as the modem writes them."""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

KEY_USAGE = "101010000"
"""What nRF Cloud asks for: digital signature, key encipherment, key agreement."""

_OIDS = {
    "CN": NameOID.COMMON_NAME,
    "C": NameOID.COUNTRY_NAME,
    "L": NameOID.LOCALITY_NAME,
    "O": NameOID.ORGANIZATION_NAME,
    "OU": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "ST": NameOID.STATE_OR_PROVINCE_NAME,
    "EMAIL": NameOID.EMAIL_ADDRESS,
    "SERIALNUMBER": NameOID.SERIAL_NUMBER,
}
_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
_ECDSA = bytes.fromhex("300a06082a8648ce3d040302")
_ECDSA_WITH_NULL = bytes.fromhex("300c06082a8648ce3d0403020500")


def request(key: ec.EllipticCurvePrivateKey, attributes: str, usage: str) -> bytes:
    """Return a CSR as DER for `attributes` such as `CN=...,O=...`, with nine bits of `usage`.

    Raises:
        ValueError: an attribute or a usage that there isn't.

    """
    if len(usage) != len(_USAGES) or set(usage) - {"0", "1"}:
        raise ValueError("nine bits say what the key may be used for")
    bits = {name: bit == "1" for name, bit in zip(_USAGES, usage, strict=True)}
    asked = x509.CertificateSigningRequestBuilder().subject_name(_name(attributes))
    asked = asked.add_extension(x509.KeyUsage(**bits), critical=False)
    return asked.sign(key, SHA256()).public_bytes(Encoding.DER)


def with_null_parameters(der: bytes) -> bytes:
    """Return the same request as old modem firmware encodes it: ECDSA with NULL parameters."""
    body = x509.load_der_x509_csr(der).tbs_certrequest_bytes
    rest = der[der.index(body) + len(body) + len(_ECDSA) :]
    inside = body + _ECDSA_WITH_NULL + rest
    if len(inside) < 256:
        return b"\x30\x81" + bytes([len(inside)]) + inside
    return b"\x30\x82" + len(inside).to_bytes(2, "big") + inside


def _name(attributes: str) -> x509.Name:
    parts = [part.partition("=") for part in attributes.split(",")]
    for name, _, value in parts:
        if name.strip().upper() not in _OIDS or not value:
            raise ValueError(f"no attribute {name!r}")
    return x509.Name([x509.NameAttribute(_OIDS[n.strip().upper()], v) for n, _, v in parts])
