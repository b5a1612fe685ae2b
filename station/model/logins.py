"""How a device is known to its cloud, and by what it is let in. What is secret never prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the window needs the nouns, and pydantic takes long to load
    from pydantic import SecretStr


class LoginKind(StrEnum):
    """What a device shows to its cloud, in ThingsBoard's words."""

    ACCESS_TOKEN = "ACCESS_TOKEN"  # noqa: S105 - the name of a kind
    MQTT_BASIC = "MQTT_BASIC"
    X509_CERTIFICATE = "X509_CERTIFICATE"


@dataclass(frozen=True, slots=True)
class Login:
    """What lets a device in to its cloud.

    `values` are what the board is to be given, by the names that scripts know: `token`;
    `client_id`, `user_name` and `user_password`, those that there are; `certificate` (PEM: the
    device's own first, then those that issued it) and `private_key` (PEM, PKCS #8), which is not
    there when the key never left the unit.
    """

    kind: LoginKind
    values: tuple[tuple[str, SecretStr], ...] = field(repr=False)

    def value(self, name: str) -> str:
        """Return a value in clear; empty when there is none of this name."""
        found = dict(self.values).get(name)
        return found.get_secret_value() if found else ""

    def lets_in_as(self, other: Login) -> bool:
        """Tell whether a cloud can't tell the two apart.

        A cloud knows a certificate without its key and its issuers, and calls "" what is not there.
        """
        if self.kind is not other.kind:
            return False
        if self.kind is LoginKind.X509_CERTIFICATE:
            own = _own(self.value("certificate"))
            return bool(own) and own == _own(other.value("certificate"))
        names = {name for name, _ in (*self.values, *other.values)}
        return all(self.value(name) == other.value(name) for name in names)


def _own(chain: str) -> str:
    """Return the first certificate of `chain`, PEM, without its markers and line ends."""
    body = chain.partition("-----END")[0].rpartition("-----")[2]
    return "".join(body.split())


class Strategy(StrEnum):
    """Which devices a product's profile lets in, in ThingsBoard's words."""

    ALLOW_NEW = "ALLOW_CREATE_NEW_DEVICES"
    PRE_PROVISIONED = "CHECK_PRE_PROVISIONED_DEVICES"
    CERTIFICATE_CHAIN = "X509_CERTIFICATE_CHAIN"
    DISABLED = "DISABLED"


@dataclass(frozen=True, slots=True)
class DeviceEntry:
    """A device as its cloud's register has it.

    `provisioned` is the text of its provision state, empty when it has none. `connected_ms` is
    when it was connected last, Unix milliseconds by the cloud's clock, 0 for never; `active`: it
    has sent something of late.
    """

    id: str
    name: str
    profile: str
    label: str = ""
    customer: str = ""
    provisioned: str = ""
    active: bool = False
    connected_ms: int = 0

    @property
    def seen(self) -> bool:
        """Whether it has been connected at least once."""
        return self.connected_ms > 0


@dataclass(frozen=True, slots=True)
class DeviceProfile:
    """A product as its cloud's register has it; `key` and `secret` let its devices provision.

    `transport` is the one that its devices are bound to; "DEFAULT" is any.
    """

    id: str
    name: str
    strategy: Strategy
    key: str = field(repr=False)
    secret: SecretStr | None = field(default=None, repr=False)
    transport: str = "DEFAULT"
    may_create: bool = True
    """With a certificate chain: whether devices may be made that are not registered."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A device of a scanned list; its serial stays a text, leading zeros and all."""

    name: str
    serial: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a list and the register have of each other; names, in the list's order.

    `elsewhere` are registered under another profile, `provisioned` have provisioned already, and
    `unlisted` are registered under this profile without being on the list.
    """

    registered: tuple[str, ...]
    missing: tuple[str, ...]
    elsewhere: tuple[str, ...]
    provisioned: tuple[str, ...]
    unlisted: tuple[str, ...]
