"""Boards and a client for the tests of Arduino's cloud."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pydantic import SecretStr

from station.clouds.arduino_cloud import ArduinoCloud
from station.clouds.arduino_cloud_options import ArduinoCloudOptions
from station.model import Connection, Hardware, Proof, Unit
from station.simulation.arduino_cloud import SimulatedArduinoCloud

R4 = "arduino:renesas_uno:unor4wifi"
OPTA = "arduino:mbed_opta:opta"
MAC = "F4:12:FA:65:43:21"
CLIENT_ID, CLIENT_SECRET = "cl13nt-1d", "cl13nt-s3cr3t-that-no-text-may-hold"


class Board:
    """A board with a claiming key of its own; the same number has the same hardware id."""

    def __init__(self, number: int = 1) -> None:
        self.uhwid = hashlib.sha256(f"board {number}".encode()).hexdigest()
        self._key = ec.generate_private_key(ec.SECP256R1())
        spki = PublicFormat.SubjectPublicKeyInfo
        self.pem = self._key.public_key().public_bytes(Encoding.PEM, spki).decode()

    def proof(self, age_s: float = 0.0, mac: str = MAC) -> Proof:
        """Return what the board proves, `age_s` seconds ago."""
        claims = {"iat": int(time.time() - age_s), "iss": self.uhwid}
        signed = f"{_encoded({'alg': 'ES256', 'typ': 'JWT'})}.{_encoded(claims)}"
        r, s = decode_dss_signature(self._key.sign(signed.encode(), ec.ECDSA(SHA256())))
        text = f"{signed}.{_base64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
        told = (("public key", self.pem), ("ble mac", mac))
        return Proof("arduino board token", "uhwid", self.uhwid, SecretStr(text), told)


def unit(fqbn: str = R4, pid: int = 0x1002, vid: int = 0x2341, serial: str = "F412FA") -> Unit:
    """Return a unit of which the cloud's client looks at the FQBN, the marks and the serial."""
    hardware = Hardware(
        title="Some board",
        fqbn=fqbn,
        ids=((vid, pid),),
        provisioning="2.0",
        can_2_0=True,
        connections=(Connection.WIFI,),
        has_bluetooth_agent=True,
        has_serial_agent=True,
        secure_element="",
        flashing=None,
    )
    return Unit(hardware, vid, pid, serial)


def client(address: str, **options: Any) -> ArduinoCloud:
    """Return a client that waits for nothing for long."""
    quick = {"timeout_s": 2.0, "requests_a_second": 1000.0, "first_look_s": 0.01, "poll_s": 0.02}
    told = ArduinoCloudOptions(address=address, downloads_address=address, **{**quick, **options})
    return ArduinoCloud(told, SecretStr(CLIENT_ID), SecretStr(CLIENT_SECRET))


def server(**more: Any) -> SimulatedArduinoCloud:
    """Return a simulated cloud that accepts that client."""
    return SimulatedArduinoCloud(client_id=CLIENT_ID, client_secret=CLIENT_SECRET, **more)


def _encoded(part: dict[str, Any]) -> str:
    return _base64(json.dumps(part, separators=(",", ":")).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
