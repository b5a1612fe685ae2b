"""With what a simulated nRF91 connects: what is in its credential store, and nothing else."""

from __future__ import annotations

import base64

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from station.simulation.air import Message
from station.simulation.nrf91_credentials import CLIENT_CERTIFICATE, ROOT_CA
from station.simulation.nrf91_modem import Modem


class NotReady(Exception):
    """The credentials in the tag are not enough; the text says why."""


def login(modem: Modem, tag: int, client_id: str) -> Message:
    """Return what the device shows to the cloud: its certificate if it has one, and its key.

    Raises:
        NotReady: no root CA, no key, or a certificate that is not that key's.

    """
    store = modem.credentials
    if not store.holds(tag, ROOT_CA):
        raise NotReady("no CA certificate: the server can't be trusted")
    key = store.key(tag)
    if key is None:
        raise NotReady("no private key")
    certificate = ""
    if store.holds(tag, CLIENT_CERTIFICATE):
        certificate = store.read(tag, CLIENT_CERTIFICATE)
        _check(certificate, key.public_key())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    about = {"imei": modem.unit.imei, "modemFirmware": modem.unit.product.modem_firmware}
    return {
        "client_id": client_id,
        "certificate": certificate,
        "public_key": base64.b64encode(public).decode(),
        "signature": base64.b64encode(key.sign(client_id.encode(), ec.ECDSA(SHA256()))).decode(),
        "state": {"device": {"deviceInfo": about}, "connection": {"status": "connected"}},
    }


def _check(certificate: str, public: ec.EllipticCurvePublicKey) -> None:
    try:
        certified = x509.load_pem_x509_certificate(certificate.encode("latin-1")).public_key()
    except ValueError:
        raise NotReady("the client certificate can't be read") from None
    if certified != public:
        raise NotReady("the client certificate does not match the private key")
