from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtensionOID, NameOID

from station.simulation.arduino_cloud_authority import Authority
from tests.simulation.arduino_visit import DEVICES, Visit, csr_of, visit

KEY = ec.generate_private_key(ec.SECP256R1())
ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")


@pytest.fixture
async def here() -> AsyncIterator[Visit]:
    async with visit() as here:
        yield here


@dataclass(frozen=True)
class Issued:
    device: str
    told: dict[str, Any]

    @property
    def path(self) -> str:
        return f"{DEVICES}/{self.device}/certs/{self.told['id']}"

    @property
    def x509(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate(self.told["pem"].encode())


async def issue(here: Visit) -> Issued:
    device = await here.device()
    sent = {"ca": "Arduino_v2", "csr": csr_of(KEY, device), "enabled": True}
    reply = await here.client.put(f"{DEVICES}/{device}/certs", json=sent)
    assert reply.status_code == 201
    return Issued(device, reply.json())


def der(tag: int, *parts: bytes) -> bytes:
    inside = b"".join(parts)
    size = len(inside)
    if size < 128:
        return bytes([tag, size]) + inside
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + inside


def name(oid: str, text: str) -> bytes:
    return der(0x31, der(0x30, bytes.fromhex(f"0603{oid}"), der(0x13, text.encode())))


def rebuilt_body(device: str, compressed: dict[str, str], public_key: bytes) -> bytes:
    """Build the signed part as a board does, from what its secure element keeps."""
    begin = datetime.strptime(compressed["not_before"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    issuer = (
        ("550406", "US"),
        ("55040a", "Arduino LLC US"),
        ("55040b", "IT"),
        ("550403", "Arduino"),
    )
    key_id = der(0x30, der(0x80, bytes.fromhex(compressed["authority_key_identifier"])))
    extension = der(0x30, bytes.fromhex("0603551d23"), der(0x04, key_id))
    return der(
        0x30,
        bytes.fromhex("a003020102"),
        der(0x02, bytes.fromhex(compressed["serial"])),
        ECDSA_SHA256,
        der(0x30, *(name(*part) for part in issuer)),
        der(
            0x30,
            der(0x17, begin.strftime("%y%m%d%H0000Z").encode()),
            der(0x18, f"{begin.year + 31}{begin:%m%d%H}0000Z".encode()),
        ),
        der(0x30, name("550403", device)),
        public_key,
        der(0xA3, der(0x30, extension)),
    )


def rebuilt(issued: Issued) -> bytes:
    parts = issued.told["compressed"]
    spki = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    r, s = (int(parts[f"signature_asn1_{axis}"], 16) for axis in "xy")
    body = rebuilt_body(issued.device, parts, spki)
    return der(0x30, body, ECDSA_SHA256, der(0x03, b"\0", encode_dss_signature(r, s)))


async def test_a_certificate_is_on_the_boards_key_and_signed_by_the_authority(here: Visit) -> None:
    issued = await issue(here)
    certificate = issued.x509
    assert certificate.public_key() == KEY.public_key()
    here.account.authority.public_key.verify(
        certificate.signature, certificate.tbs_certificate_bytes, ec.ECDSA(SHA256())
    )
    assert base64.b64decode(issued.told["der"]) == certificate.public_bytes(Encoding.DER)
    assert (issued.told["ca"], issued.told["enabled"]) == ("Arduino_v2", True)
    assert issued.told["device_id"] == issued.device


async def test_it_has_the_names_and_the_one_extension_that_a_board_rebuilds(here: Visit) -> None:
    issued = await issue(here)
    certificate = issued.x509
    assert certificate.issuer.rfc4514_string() == "CN=Arduino,OU=IT,O=Arduino LLC US,C=US"
    assert [part.value for part in certificate.subject] == [issued.device]
    assert certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    (extension,) = certificate.extensions
    assert extension.oid == ExtensionOID.AUTHORITY_KEY_IDENTIFIER
    key_id = issued.told["compressed"]["authority_key_identifier"]
    assert isinstance(extension.value, x509.AuthorityKeyIdentifier)
    assert extension.value.key_identifier == bytes.fromhex(key_id)


async def test_it_begins_on_the_hour_and_lasts_31_years(here: Visit) -> None:
    certificate = (await issue(here)).x509
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    assert (begin.minute, begin.second) == (0, 0)
    assert begin <= datetime.now(UTC)
    assert end == begin.replace(year=begin.year + 31)


async def test_a_board_rebuilds_the_very_certificate_from_its_parts(here: Visit) -> None:
    for _ in range(8):
        issued = await issue(here)
        parts = issued.told["compressed"]
        sizes = {name: len(parts[name]) for name in parts if not name.startswith("not_")}
        assert sizes == {
            "serial": 32,
            "authority_key_identifier": 40,
            "signature": 128,
            "signature_asn1_x": 64,
            "signature_asn1_y": 64,
        }
        assert parts["signature"] == parts["signature_asn1_x"] + parts["signature_asn1_y"]
        assert parts["not_after"].startswith(str(int(parts["not_before"][:4]) + 31))
        assert rebuilt(issued) == issued.x509.public_bytes(Encoding.DER)


async def test_one_that_was_issued_off_the_hour_can_not_be_rebuilt() -> None:
    csr, authority = csr_of(KEY, "a-device"), Authority()
    begin = datetime(2026, 2, 3, 14, 41, 12, tzinfo=UTC)

    def told(*, on_the_hour: bool) -> Issued:
        issued = authority.issue(
            "a-device", csr, name="a-device", ca="Arduino_v2", now=begin, on_the_hour=on_the_hour
        )
        return Issued("a-device", issued.told())

    good, bad = told(on_the_hour=True), told(on_the_hour=False)
    assert rebuilt(good) == good.x509.public_bytes(Encoding.DER)
    assert rebuilt(bad) != bad.x509.public_bytes(Encoding.DER)
    assert bad.told["compressed"]["not_before"] == "2026-02-03T14:41:12Z"


def test_what_is_issued_on_a_leap_day_ends_on_a_day_that_there_is() -> None:
    issued = Authority().issue(
        "a-device",
        csr_of(KEY, "a-device"),
        name="a-device",
        ca="Arduino_v2",
        now=datetime(2028, 2, 29, 12, 30, tzinfo=UTC),
        on_the_hour=True,
    )
    assert issued.not_before == "2028-02-28T12:00:00Z"
    assert issued.x509.not_valid_after_utc == datetime(2059, 2, 28, 12, tzinfo=UTC)


def forged_csr(device: str) -> str:
    der_bytes = bytearray(
        x509.load_pem_x509_csr(csr_of(KEY, device).encode()).public_bytes(Encoding.DER)
    )
    der_bytes[-1] ^= 1
    return x509.load_der_x509_csr(bytes(der_bytes)).public_bytes(Encoding.PEM).decode()


def rsa_csr(device: str) -> str:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, device)])
    builder = x509.CertificateSigningRequestBuilder(subject_name=subject)
    signed = builder.sign(rsa.generate_private_key(65537, 2048), SHA256())
    return signed.public_bytes(Encoding.PEM).decode()


@pytest.mark.parametrize(
    "make",
    [
        lambda device: "no CSR",
        lambda device: csr_of(KEY, "another"),
        lambda device: csr_of(ec.generate_private_key(ec.SECP384R1()), device),
        forged_csr,
        rsa_csr,
    ],
    ids=["garbage", "another-name", "p-384", "forged", "rsa"],
)
async def test_a_bad_csr_is_refused(here: Visit, make: Any) -> None:
    device = await here.device()
    sent = {"ca": "Arduino_v2", "csr": make(device), "enabled": True}
    reply = await here.client.put(f"{DEVICES}/{device}/certs", json=sent)
    assert (reply.status_code, reply.json()["code"]) == (412, "precondition_failed")
    assert here.account.devices[device].certificates == {}


async def test_there_is_no_certificate_for_no_device(here: Visit) -> None:
    sent = {"ca": "Arduino_v2", "csr": csr_of(KEY, "nobody"), "enabled": True}
    assert (await here.client.put(f"{DEVICES}/nobody/certs", json=sent)).status_code == 404


async def test_certificates_are_listed_disabled_and_deleted(here: Visit) -> None:
    issued = await issue(here)
    listed = await here.client.get(f"{DEVICES}/{issued.device}/certs")
    assert [certificate["id"] for certificate in listed.json()] == [issued.told["id"]]
    assert (await here.client.get(issued.path)).json() == issued.told
    off = await here.client.post(issued.path, json={"enabled": False})
    assert (off.status_code, off.json()["enabled"]) == (200, False)
    assert (await here.client.delete(issued.path)).status_code == 200
    for method in ("GET", "POST", "DELETE"):
        assert (await here.client.request(method, issued.path, json={})).status_code == 404
