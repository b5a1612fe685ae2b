"""The part of a ThingsBoard that makes devices out of certificate chains, in the TLS handshake."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import NameOID

from station.simulation import thingsboard_credentials as credentials
from station.simulation.thingsboard_nouns import CHAIN, Device, Profile
from station.simulation.thingsboard_refusals import Refused
from station.simulation.thingsboard_registry import Registry

PROVISION_STATE, PROVISIONED = "provisionState", "provisioned"
_ONE = re.compile(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


def key_and_secret(ca_pem: str) -> tuple[str, str]:
    """Return a chain profile's key, made of its first certificate, and its CA as it is kept."""
    found = _ONE.findall(ca_pem) or [ca_pem]
    first = credentials.stripped(found[0])
    return credentials.sha3(first), first if len(found) == 1 else ca_pem


def check(chain: Sequence[str]) -> None:
    """Look whether each certificate is signed by the next one's key.

    Raises:
        ValueError: one is not; this alone ends the handshake.

    """
    read = [x509.load_pem_x509_certificate(pem.encode()) for pem in chain]
    for issued, issuer in pairwise(read):
        try:
            issued.verify_directly_issued_by(issuer)
        except (InvalidSignature, TypeError) as error:
            raise ValueError("the chain's signatures do not hold") from error


def bind(registry: Registry, chain: Sequence[str]) -> None:
    """Let the chain's leaf be the credentials of the device that it names, if a profile says so.

    Raises:
        Refused: no profile does, or not this device.

    """
    for pem in chain:
        lookup = credentials.sha3(credentials.stripped(pem))
        if registry.device_by_lookup(lookup) is not None:
            return
        profile = registry.profile_by_key(lookup)
        if profile is not None and profile.provision_type == CHAIN:
            _bind(registry, profile, chain[0])
            return
    raise Refused("no profile for this chain")


def _bind(registry: Registry, profile: Profile, leaf: str) -> None:
    name, given = _device_name(profile, leaf), credentials.certificate(leaf)
    device = registry.device_named(profile.tenant, name)
    if device is not None and device.profile is profile:
        if device.credentials.type == given.type:
            registry.set_credentials(device, given)
        return
    if not profile.may_create:
        raise Refused("the profile makes no devices")
    made = registry.add_device(profile, name, given)
    mark_provisioned(registry, made)
    registry.tell("PROVISION_SUCCESS", made)


def mark_provisioned(registry: Registry, device: Device) -> None:
    """Write the attribute that says so."""
    registry.set_attributes(device, "SERVER_SCOPE", {PROVISION_STATE: PROVISIONED})


def _device_name(profile: Profile, leaf: str) -> str:
    names = x509.load_pem_x509_certificate(leaf.encode()).subject.get_attributes_for_oid(
        NameOID.COMMON_NAME
    )
    try:
        found = re.search(profile.cn_pattern, str(names[0].value)) if names else None
        name = found.group(1) if found else None
    except (re.error, IndexError):
        name = None
    if not name:
        raise Refused("no device name in the certificate")
    return name
