"""A client at a simulated Arduino Cloud, and boards to claim: written from the API's description."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from station.simulation.arduino_cloud import SimulatedArduinoCloud
from station.simulation.arduino_cloud_account import Account

TOKEN = "/iot/v1/clients/token"
AUDIENCE = "https://api2.arduino.cc/iot"
CLAIM = "/provisioning/v1/onboarding/claim"
REGISTER = "/provisioning/v1/boards/register"
LIST = "/provisioning/v1/onboarding"
CSR = "/provisioning/v1/onboarding/provision/csr"
COMPLETE = "/provisioning/v1/onboarding/provision/complete"
DEVICES = "/iot/v2/devices"


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def csr_of(key: ec.EllipticCurvePrivateKey, name: str) -> str:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    request = x509.CertificateSigningRequestBuilder(subject_name=subject).sign(key, SHA256())
    return request.public_bytes(Encoding.PEM).decode()


@dataclass
class Board:
    number: int = 1
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @cached_property
    def uhwid(self) -> str:
        return hashlib.sha256(str(self.number).encode()).hexdigest()

    @property
    def pem(self) -> str:
        public = self.key.public_key()
        return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def token(self, ahead_s: float = 0.0, **claims: Any) -> str:
        told = {"iat": int(time.time() + ahead_s), "iss": self.uhwid, **claims}
        parts = (b'{"alg":"ES256","typ":"JWT"}', json.dumps(told, separators=(",", ":")).encode())
        signed = ".".join(map(base64url, parts))
        r, s = decode_dss_signature(self.key.sign(signed.encode(), ec.ECDSA(SHA256())))
        return f"{signed}.{base64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token()}"}


@dataclass
class Visit:
    cloud: SimulatedArduinoCloud
    client: httpx.AsyncClient

    @property
    def account(self) -> Account:
        return self.cloud.account

    @property
    def form(self) -> dict[str, str]:
        return {
            "grant_type": "client_credentials",
            "client_id": self.cloud.client_id,
            "client_secret": self.cloud.client_secret,
            "audience": AUDIENCE,
        }

    async def log_in(self, **more: str) -> httpx.Response:
        reply = await self.client.post(TOKEN, data=self.form | more)
        if reply.status_code == 200:
            self.client.headers["Authorization"] = f"Bearer {reply.json()['access_token']}"
        return reply

    async def claim(self, board: Board, **more: Any) -> httpx.Response:
        sent = {
            "ble_mac": "F4:12:FA:65:43:21",
            "board_token": board.token(),
            "connection_type": "wifi",
            "device_name": "Line 1",
        }
        return await self.client.post(CLAIM, json=sent | more)

    async def register(self, board: Board, **more: Any) -> httpx.Response:
        sent = {
            "pid": "1002",
            "vid": "2341",
            "public_key": board.pem,
            "serial": "F412FA654320",
            "unique_hardware_id": board.uhwid,
        }
        return await self.client.post(REGISTER, json=sent | more)

    async def device(self, **more: Any) -> str:
        """Create a device and return its id."""
        reply = await self.client.put(DEVICES, json={"type": "mkrwifi1010"} | more)
        assert reply.status_code == 201
        return str(reply.json()["id"])

    async def onboardings(self, every: str = "true") -> list[dict[str, Any]]:
        reply = await self.client.get(LIST, params={"all": every})
        assert reply.status_code == 200
        rows: list[dict[str, Any]] = reply.json()["onboardings"]
        return rows


@asynccontextmanager
async def visit(**options: Any) -> AsyncIterator[Visit]:
    """Start a cloud; the client has a token unless the cloud won't give one."""
    async with (
        SimulatedArduinoCloud(**options) as cloud,
        httpx.AsyncClient(base_url=cloud.address, timeout=10) as client,
    ):
        seen = Visit(cloud, client)
        await seen.log_in()
        yield seen
