"""What a ThingsBoard instance keeps: tenants, customers, users, device profiles and devices."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

NOBODY = "13814000-1dd2-11b2-8080-808080808080"
"""The null UUID of ThingsBoard: no customer, no user."""

ALLOW_CREATE, CHECK_PRE = "ALLOW_CREATE_NEW_DEVICES", "CHECK_PRE_PROVISIONED_DEVICES"
CHAIN, DISABLED = "X509_CERTIFICATE_CHAIN", "DISABLED"


def new_id() -> str:
    """Return a new UUID, as text."""
    return str(uuid.uuid4())


@dataclass(slots=True)
class Tenant:
    """A tenant; `device_limit` is how many devices its plan allows, None for any number."""

    title: str
    device_limit: int | None = None
    id: str = field(default_factory=new_id)


@dataclass(slots=True)
class Customer:
    """An end customer of a tenant."""

    tenant: str
    title: str
    created_ms: int
    id: str = field(default_factory=new_id)


@dataclass(slots=True)
class User:
    """Somebody who can log in; `authority` is TENANT_ADMIN or CUSTOMER_USER."""

    tenant: str
    email: str
    password: str = field(repr=False)
    authority: str = "TENANT_ADMIN"
    customer: str = NOBODY
    second_factor: bool = False
    locked: bool = False
    id: str = field(default_factory=new_id)


@dataclass(slots=True)
class ApiKey:
    """A key to the REST API; `expires_ms` 0 is never."""

    user: str
    description: str
    value: str = field(repr=False)
    enabled: bool
    expires_ms: int
    created_ms: int
    id: str = field(default_factory=new_id)


@dataclass(slots=True)
class Profile:
    """A device profile.

    `secret` is the provision secret or, for a certificate chain, the CA certificates.
    """

    tenant: str
    name: str
    created_ms: int
    provision_type: str = DISABLED
    key: str | None = None
    secret: str | None = field(default=None, repr=False)
    transport: str = "DEFAULT"
    cn_pattern: str = "(.*)"
    may_create: bool = True
    is_default: bool = False
    description: str = ""
    id: str = field(default_factory=new_id)
    version: int = 1


@dataclass(frozen=True, slots=True)
class Credentials:
    """A device's credentials. `lookup` is the credentials id, unique over the whole instance.

    `value` is the certificate, or the JSON text of an MQTT_BASIC triple; a token has none.
    """

    type: str
    lookup: str = field(repr=False)
    value: str | None = field(default=None, repr=False)


@dataclass(slots=True, eq=False)
class Device:
    """A device. Attributes are by scope: SERVER_SCOPE, SHARED_SCOPE, CLIENT_SCOPE, then by key.

    `telemetry` has a pair of milliseconds and values for each point written.
    """

    tenant: str
    name: str
    profile: Profile
    credentials: Credentials
    created_ms: int
    label: str | None = None
    customer: str = NOBODY
    info: dict[str, Any] = field(default_factory=dict)
    id: str = field(default_factory=new_id)
    version: int = 1
    credentials_id: str = field(default_factory=new_id)
    credentials_version: int = 1
    attributes: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {"SERVER_SCOPE": {}, "SHARED_SCOPE": {}, "CLIENT_SCOPE": {}}
    )
    telemetry: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    written_ms: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """What the rule engine and the audit log have of a device; `request` is in clear there too."""

    kind: str
    device: str
    name: str
    at_ms: int
    request: dict[str, Any] = field(default_factory=dict, repr=False)
    tenant: str = ""
    id: str = field(default_factory=new_id)
