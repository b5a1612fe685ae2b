"""What a server looks at in a client's certificates by itself: signatures, and the leaf's dates."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise

from cryptography.exceptions import InvalidSignature
from cryptography.x509 import load_der_x509_certificate


def pem(der: bytes) -> str:
    """Return a certificate as text."""
    return ssl.DER_cert_to_PEM_cert(der)


def chain_holds(chain: Sequence[bytes]) -> bool:
    """Return whether each certificate, DER, is signed by the next; nothing else is looked at."""
    try:
        certificates = [load_der_x509_certificate(each) for each in chain]
        for certificate, issuer in pairwise(certificates):
            certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, TypeError, ValueError):
        return False
    return True


def in_its_time(der: bytes) -> bool:
    """Return whether a certificate is valid today."""
    leaf = load_der_x509_certificate(der)
    return leaf.not_valid_before_utc <= datetime.now(UTC) <= leaf.not_valid_after_utc
