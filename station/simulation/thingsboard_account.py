"""A ThingsBoard instance without its transports: what it holds and how it decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from station.simulation.thingsboard_nouns import Device


@dataclass(frozen=True, slots=True)
class Provisioned:
    """What came of a provisioning request.

    `reply` is the message to send. Without one the request was rejected: `error` is the exception's
    text, `malformed` says that the body was no JSON object, and an empty `error` that the core never
    answers, so that the transport times out.
    """

    reply: dict[str, Any] | None = field(default=None, repr=False)
    error: str = field(default="", repr=False)
    malformed: bool = False


class Account:
    """A ThingsBoard instance. `version` is the server's, such as "4.2.1"."""

    def __init__(self, version: str = "4.3.0") -> None:
        self.version = version

    def provision(self, body: bytes) -> Provisioned:
        """Carry out a provisioning request."""
        raise NotImplementedError

    def provision_by_chain(self, chain: Sequence[str]) -> Device | None:
        """Return the device that a certificate chain stands for, leaf first, or make it."""
        raise NotImplementedError

    def by_token(self, token: str) -> Device | None:
        """Return the device that has this access token."""
        raise NotImplementedError

    def by_basic(self, client_id: str, username: str, password: str) -> Device | None:
        """Return the device that may log in by MQTT so; a token is a username without password."""
        raise NotImplementedError

    def by_certificate(self, pem: str) -> Device | None:
        """Return the device that has this certificate."""
        raise NotImplementedError

    def write_telemetry(self, device: Device, body: bytes) -> None:
        """Keep telemetry. Raises ValueError: it is not as telemetry must be."""
        raise NotImplementedError

    def write_attributes(self, device: Device, body: bytes) -> None:
        """Keep client attributes. Raises ValueError: they are not as attributes must be."""
        raise NotImplementedError

    def claim_window(self, device: Device, body: bytes) -> None:
        """Open a claim window. Raises ValueError: the body can't be read."""
        raise NotImplementedError
