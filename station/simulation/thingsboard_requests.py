"""A provisioning request as ThingsBoard reads it from JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from station.simulation.thingsboard_values import parsed

_TYPES = ("ACCESS_TOKEN", "MQTT_BASIC", "X509_CERTIFICATE", "LWM2M_CREDENTIALS")
_ENUM = "org.thingsboard.server.gen.transport.TransportProtos.CredentialsType"
_PARTS = ("token", "clientId", "username", "password", "hash")


class NotJson(ValueError):
    """A body that is no JSON object."""


@dataclass(frozen=True, slots=True)
class ProvisionRequest:
    """What a device asks for. `parts` has the credentials it brings, "" for what it does not."""

    key: str = field(repr=False)
    secret: str = field(repr=False)
    name: str
    type: str
    parts: dict[str, str] = field(repr=False)
    gateway: bool

    @property
    def brings_credentials(self) -> bool:
        """Whether any field of credentials is filled."""
        return any(self.parts.values())

    def in_clear(self) -> dict[str, Any]:
        """Return the request as events and the audit log keep it, secrets and all."""
        data = {name: self.parts[name] or None for name in _PARTS[:-1]}
        return {
            "deviceName": self.name,
            "credentialsType": self.type,
            "credentialsData": {**data, "x509CertHash": self.parts["hash"] or None},
            "credentials": {"provisionDeviceKey": self.key, "provisionDeviceSecret": self.secret},
            "gateway": self.gateway,
        }


def read(body: bytes) -> ProvisionRequest:
    """Read a request.

    Raises:
        NotJson: it is no JSON object.
        ValueError: a field is missing, null, or not one of those there are; the text is that of the
            server's exception, with the whole body in it when a field is missing.

    """
    try:
        sent = parsed(body)
    except ValueError as error:
        raise NotJson(str(error)) from None
    if not isinstance(sent, dict):
        raise NotJson(f"Can't parse value: {json.dumps(sent)}")
    name = _text(sent, "deviceName")
    kind = _text(sent, "credentialsType") if "credentialsType" in sent else _TYPES[0]
    if kind not in _TYPES:
        raise ValueError(f"No enum constant {_ENUM}.{kind}")
    return ProvisionRequest(
        name=name,
        type=kind,
        parts={part: _text(sent, part) for part in _PARTS},
        key=_required(sent, "provisionDeviceKey"),
        secret=_required(sent, "provisionDeviceSecret"),
        gateway=_text(sent, "gateway").lower() == "true",
    )


def _required(sent: dict[str, Any], name: str) -> str:
    if name not in sent:
        whole = json.dumps(sent, separators=(",", ":"))
        raise ValueError(f"Failed to find the field {name} in JSON body {whole}!")
    return _text(sent, name)


def _text(sent: dict[str, Any], name: str) -> str:
    match sent.get(name, ""):
        case None:
            raise ValueError("JsonNull")
        case dict():
            raise ValueError("JsonObject")
        case list():
            raise ValueError("Array must have size 1")
        case bool() as flag:
            return "true" if flag else "false"
        case value:
            return str(value)
