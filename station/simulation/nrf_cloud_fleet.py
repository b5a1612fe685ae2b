"""The devices of a simulated team in Device Management: how they get there, and their shadows."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key


class Refusal(Exception):
    """The cloud says no: an HTTP `status` and a `message` that holds no secret."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(slots=True)
class Operation:
    """A bulk operation: `rows` are carried out at `due_s` of the loop's clock, each or its error."""

    endpoint: str
    begun_s: float
    due_s: float
    rows: list[Callable[[], object]] = field(repr=False)
    id: str = field(default_factory=lambda: f"01{secrets.token_hex(12).upper()}")
    errors: list[str] | None = None

    def settle(self, now_s: float) -> None:
        """Carry the rows out when it is time."""
        if self.errors is not None or now_s < self.due_s:
            return
        self.errors = []
        for number, carry_out in enumerate(self.rows):
            try:
                carry_out()
            except Refusal as no:
                self.errors.append(f"[{number}]: {no.message}")

    def status(self, now_s: float) -> str:
        """Return the API's word for how far it is."""
        if self.errors is None:
            return "PENDING" if now_s < (self.begun_s + self.due_s) / 2 else "IN_PROGRESS"
        return "FAILED" if self.errors else "SUCCEEDED"


class Fleet:
    """Devices by id as the API tells them, and with what each may connect.

    `certificates` (PEM) come by onboarding, `access_keys` (DER) by a provisioning command. `seen`
    are the ids of those that have connected.
    """

    def __init__(self) -> None:
        self.devices: dict[str, dict[str, Any]] = {}
        self.certificates: dict[str, str] = {}
        self.access_keys: dict[str, bytes] = {}
        self.seen: set[str] = set()
        self.operations: dict[str, Operation] = {}

    def device(self, device_id: str) -> dict[str, Any]:
        """Return a device.

        Raises:
            Refusal: 404, there is none.

        """
        if device_id not in self.devices:
            raise Refusal(404, "Device not found")
        return self.devices[device_id]

    def add(self, device_id: str, **more: Any) -> dict[str, Any]:
        """Return the device, which is made if it is not there; `more` are its first properties."""
        fresh = {
            "id": device_id,
            "name": device_id,
            "type": "Generic",
            "subType": "",
            "tags": [],
            "firmware": {"supports": ["APP", "MODEM"]},
            "state": {"desired": {}, "reported": {}},
            **more,
        }
        return self.devices.setdefault(device_id, fresh)

    def onboard(self, device_id: str, certificate: str, **more: Any) -> None:
        """Add a device that connects with `certificate`.

        Raises:
            Refusal: 409, there is one of this id.

        """
        if device_id in self.devices:
            raise Refusal(409, f"Device {device_id} already exists")
        self.add(device_id, **more)
        self.certificates[device_id] = certificate

    def forget(self, device_id: str) -> None:
        """Delete a device and all with which it could connect; no harm if there is none."""
        for held in (self.devices, self.certificates, self.access_keys):
            held.pop(device_id, None)
        self.seen.discard(device_id)

    def begin(self, operation: Operation) -> str:
        """Take a bulk operation up and return its id."""
        self.operations[operation.id] = operation
        return operation.id

    def settle(self, now_s: float) -> None:
        """Carry out the bulk operations whose time has come."""
        for operation in self.operations.values():
            operation.settle(now_s)

    def patch(self, device_id: str, state: Mapping[str, Any]) -> None:
        """Merge `desired` and `reported` into a shadow; a null deletes its key.

        Raises:
            Refusal: 404 no such device, 422 no such state.

        """
        shadow = self.device(device_id)["state"]
        if not state or not all(
            part in shadow and isinstance(told, dict) for part, told in state.items()
        ):
            raise Refusal(422, "The state must hold objects: desired, reported, or both")
        for part, told in state.items():
            _merge(shadow[part], told)

    def delta(self, device_id: str) -> dict[str, Any]:
        """Return what is desired and not reported so.

        Raises:
            Refusal: 404, no such device.

        """
        shadow = self.device(device_id)["state"]
        return _difference(shadow["desired"], shadow["reported"])

    def connect(self, shown: Mapping[str, Any]) -> str:
        """Let a device in and take what it reports; return why not, empty if it is let in."""
        device_id = str(shown["client_id"])
        known = self.certificates.get(device_id), self.access_keys.get(device_id)
        if known == (None, None):
            return f"no device {device_id} has been onboarded"
        if not any(public and _signed(public, shown) for public in _publics(known, shown)):
            return "the credentials are not those that were onboarded"
        self.add(device_id)
        self.seen.add(device_id)
        self.patch(device_id, {"reported": shown["state"]})
        return ""


def _publics(
    known: tuple[str | None, bytes | None], shown: Mapping[str, Any]
) -> tuple[ec.EllipticCurvePublicKey | None, ...]:
    """Return the keys by which the device may be known: of its certificate, or registered."""
    found: list[ec.EllipticCurvePublicKey | None] = []
    certificate, access_key = known
    if certificate and _same(certificate, str(shown["certificate"])):
        public = x509.load_pem_x509_certificate(certificate.encode()).public_key()
        found.append(public if isinstance(public, ec.EllipticCurvePublicKey) else None)
    if access_key and base64.b64decode(shown["public_key"]) == access_key:
        key = load_der_public_key(access_key)
        found.append(key if isinstance(key, ec.EllipticCurvePublicKey) else None)
    return tuple(found)


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def _signed(public: ec.EllipticCurvePublicKey, shown: Mapping[str, Any]) -> bool:
    signature = base64.b64decode(shown["signature"])
    try:
        public.verify(signature, str(shown["client_id"]).encode(), ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _merge(into: dict[str, Any], told: Mapping[str, Any]) -> None:
    for key, value in told.items():
        if value is None:
            into.pop(key, None)
        elif isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def _difference(desired: Mapping[str, Any], reported: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in desired.items():
        there = reported.get(key)
        if isinstance(value, dict) and isinstance(there, dict):
            if inner := _difference(value, there):
                found[key] = inner
        elif value != there:
            found[key] = value
    return found
