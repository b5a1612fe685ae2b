from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from station.simulation.thingsboard_account import Account
from station.simulation.thingsboard_chain import key_and_secret
from station.simulation.thingsboard_credentials import certificate, sha3, stripped, token
from station.simulation.thingsboard_nouns import CHAIN, Profile

NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Paper:
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()


def paper(name: str | None, by: Paper | None = None, days: int = 30) -> Paper:
    key = ec.generate_private_key(ec.SECP256R1())
    parts = [] if name is None else [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    subject = x509.Name(parts)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=40))
        .not_valid_after(NOW + timedelta(days=days))
        .sign(by.key if by else key, SHA256())
    )
    return Paper(key, made)


CA = paper("Line CA")


class Site:
    def __init__(self) -> None:
        self.account = Account()
        self.tenant = self.account.add_tenant("Acme").id
        key, secret = key_and_secret(CA.pem)
        self.profile = Profile(self.tenant, "chained", 0, CHAIN, key, secret)
        self.account.add_profile(self.profile)

    def comes(self, *chain: Paper) -> str | None:
        """Return the name of the device that the chain's leaf may be."""
        device = self.account.provision_by_chain([each.pem for each in chain])
        return device.name if device else None

    def kinds(self) -> Sequence[str]:
        return [event.kind for event in self.account.events]


@pytest.fixture
def site() -> Site:
    return Site()


def test_a_profile_is_found_by_its_first_certificate() -> None:
    key, secret = key_and_secret(CA.pem)
    assert (key, secret) == (sha3(stripped(CA.pem)), stripped(CA.pem))
    two = CA.pem + paper("Root").pem
    assert key_and_secret(two) == (key, two)


def test_a_chain_makes_a_device_and_its_next_certificate_renews_it(site: Site) -> None:
    leaf, renewed = paper("unit-1", CA), paper("unit-1", CA)
    assert site.comes(leaf, CA) == "unit-1"
    (device,) = site.account.devices.values()
    assert device.profile is site.profile
    assert device.attributes["SERVER_SCOPE"]["provisionState"] == "provisioned"
    assert site.kinds() == ["ENTITY_CREATED", "PROVISION_SUCCESS"]
    assert site.comes(leaf, CA) == "unit-1"
    assert site.comes(renewed, CA) == "unit-1"
    assert site.account.by_certificate(leaf.pem) is None
    assert site.account.by_certificate(renewed.pem) is device
    assert len(site.kinds()) == 2


def test_only_what_the_leaf_names_is_taken(site: Site) -> None:
    site.profile.cn_pattern = r"unit-(\d+)$"
    assert site.comes(paper("my unit-7", CA), CA) == "7"
    assert site.comes(paper("another", CA), CA) is None
    assert site.comes(paper(None, CA), CA) is None
    for pattern in ("unit", "("):
        site.profile.cn_pattern = pattern
        assert site.comes(paper("unit-8", CA), CA) is None
    assert len(site.account.devices) == 1


def test_a_device_with_a_token_keeps_it_and_does_not_get_in(site: Site) -> None:
    device = site.account.add_device(site.profile, "unit-1", token("t"))
    assert site.comes(paper("unit-1", CA), CA) is None
    assert site.account.by_token("t") is device


def test_no_new_devices_where_they_must_be_known(site: Site) -> None:
    site.profile.may_create = False
    leaf = paper("unit-1", CA)
    assert site.comes(leaf, CA) is None
    site.account.add_device(site.profile, "unit-1", certificate("placeholder"))
    assert site.comes(leaf, CA) == "unit-1"


def test_a_name_of_another_profile_is_refused(site: Site) -> None:
    other = site.account.profile_of_type(site.tenant, "other")
    site.account.add_device(other, "unit-1", certificate("placeholder"))
    assert site.comes(paper("unit-1", CA), CA) is None


def test_a_chain_without_a_registered_authority_is_refused(site: Site) -> None:
    stranger = paper("Other CA")
    assert site.comes(paper("unit-1", stranger), stranger) is None
    assert site.comes(paper("unit-1", CA)) is None
    assert not site.account.devices


def test_only_a_wrong_signature_ends_the_handshake(site: Site) -> None:
    impostor = Paper(ec.generate_private_key(ec.SECP256R1()), CA.certificate)
    with pytest.raises(ValueError, match="signatures do not hold"):
        site.comes(paper("unit-1", impostor), CA)


def test_a_leaf_whose_time_is_over_does_not_log_in(site: Site) -> None:
    old = paper("unit-1", CA, days=-1)
    assert site.comes(old, CA) is None
    assert site.account.device_by_lookup(sha3(stripped(old.pem))) is not None
