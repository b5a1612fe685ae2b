"""A ThingsBoard instance without its transports: what it holds and how it decides."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography import x509

from station.simulation import thingsboard_chain as chains
from station.simulation import thingsboard_credentials as credentials
from station.simulation import thingsboard_requests as requests
from station.simulation import thingsboard_values as values
from station.simulation.thingsboard_claims import Claims
from station.simulation.thingsboard_nouns import (
    ALLOW_CREATE,
    CHAIN,
    CHECK_PRE,
    Credentials,
    Device,
    Profile,
)
from station.simulation.thingsboard_refusals import Refused
from station.simulation.thingsboard_registry import Registry
from station.simulation.thingsboard_requests import ProvisionRequest

NOT_FOUND = {"errorMsg": "Provision data was not found!", "status": "NOT_FOUND"}
FAILURE = {"errorMsg": "Failed to provision device!", "status": "FAILURE"}
_ONCE_ONLY_SINCE = (4, 2, 1, 1)
_GATEWAYS_SINCE = (3, 8)


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


class Account(Registry):
    """A ThingsBoard instance. `version` is the server's, such as "4.2.1".

    `claiming_by_default` is whether a device may be claimed that nobody has allowed to. While
    `too_fast`, every device is over its limit of messages.
    """

    def __init__(self, version: str = "4.3.0", *, claiming_by_default: bool = True) -> None:
        super().__init__()
        self.version = version
        self.too_fast = False
        self.claims = Claims(self, by_default=claiming_by_default)

    def at_least(self, *parts: int) -> bool:
        """Tell whether the server's version is not below this one."""
        return tuple(int(part) for part in re.findall(r"\d+", self.version)) >= parts

    def provision(self, body: bytes) -> Provisioned:
        """Carry out a provisioning request."""
        try:
            request = requests.read(body)
        except requests.NotJson as error:
            return Provisioned(error=str(error), malformed=True)
        except ValueError as error:
            return Provisioned(error=str(error))
        return Provisioned(self._decided(request))

    def provision_by_chain(self, chain: Sequence[str]) -> Device | None:
        """Take a chain from a TLS handshake, leaf first, in PEM.

        Returns the device that may log in with the leaf, which was perhaps made just now; None when
        the login must be refused, whatever the reason.

        Raises:
            ValueError: a certificate is not signed by the next one; the handshake fails.

        """
        chains.check(chain)
        try:
            chains.bind(self, chain)
        except Refused:
            return None
        return self.by_certificate(chain[0])

    def by_token(self, token: str) -> Device | None:
        """Return the device that has this access token."""
        device = self.device_by_lookup(token)
        return device if device and device.credentials.type == "ACCESS_TOKEN" else None

    def by_basic(self, client_id: str, username: str, password: str) -> Device | None:
        """Return the device that may log in by MQTT so; a token comes as the username."""
        if not username:
            return self._by_triple(credentials.sha3(client_id), client_id, "", password)
        both = credentials.sha3(client_id, username)
        if (device := self.device_by_lookup(both)) and device.credentials.type == "MQTT_BASIC":
            return self._by_triple(both, client_id, username, password)
        return self.by_token(username) or self._by_triple(username, client_id, username, password)

    def by_certificate(self, pem: str) -> Device | None:
        """Return the device that has this certificate; None too when that is not valid today."""
        device = self.device_by_lookup(credentials.sha3(credentials.stripped(pem)))
        if device is None or device.credentials.type != "X509_CERTIFICATE":
            return None
        try:
            read = x509.load_pem_x509_certificate(pem.encode())
        except ValueError:
            return None
        now = datetime.fromtimestamp(self.now_ms() / 1000, UTC)
        return device if read.not_valid_before_utc <= now <= read.not_valid_after_utc else None

    def write_telemetry(self, device: Device, body: bytes) -> None:
        """Keep telemetry.

        Raises:
            ValueError: it is not as telemetry must be.

        """
        device.telemetry += values.telemetry(body, self.now_ms())
        self.heard(device)

    def write_attributes(self, device: Device, body: bytes) -> None:
        """Keep client attributes.

        Raises:
            ValueError: they are not as attributes must be.

        """
        self.set_attributes(device, "CLIENT_SCOPE", values.attributes(body))
        self.heard(device)

    def claim_window(self, device: Device, body: bytes) -> None:
        """Open a claim window; one that is open stays as it is.

        Raises:
            ValueError: the body can't be read.

        """
        self.claims.open(device, body)
        self.heard(device)

    def heard(self, device: Device) -> None:
        """Know that a device is alive."""
        now = self.now_ms()
        self.set_attributes(device, "SERVER_SCOPE", {"active": True, "lastActivityTime": now})

    def connected(self, device: Device) -> None:
        """Know that a device has opened a session."""
        self.set_attributes(device, "SERVER_SCOPE", {"lastConnectTime": self.now_ms()})
        self.heard(device)

    def attributes_for(
        self,
        device: Device,
        client: Sequence[str] | None = None,
        shared: Sequence[str] | None = None,
    ) -> dict[str, dict[str, Any]]:
        """Return what a device is told of its attributes: all of them when it names none."""
        every = client is None and shared is None
        wanted = {"client": client, "shared": shared}
        told: dict[str, dict[str, Any]] = {}
        for name, keys in wanted.items():
            held = device.attributes[f"{name.upper()}_SCOPE"]
            found = {key: v for key, v in held.items() if every or key in (keys or ())}
            if found:
                told[name] = found
        return told

    def _by_triple(
        self, lookup: str, client_id: str, username: str, password: str
    ) -> Device | None:
        device = self.device_by_lookup(lookup)
        if device is None or device.credentials.type != "MQTT_BASIC":
            return None
        held = credentials.triple_of(device.credentials.value or "")
        shown = (client_id, username, password)
        for name, given in zip(credentials.TRIPLE, shown, strict=True):
            if held[name] and not hmac.compare_digest(held[name].encode(), given.encode()):
                return None
        return device

    def _decided(self, request: ProvisionRequest) -> dict[str, Any] | None:
        """Return the reply, None when there is none; the order of the checks is the server's."""
        name = request.name.strip()
        if request.name and not name:
            return FAILURE
        if not request.key or not request.secret:
            return NOT_FOUND
        profile = self.profile_by_key(request.key)
        if profile is None or not profile.secret:
            return NOT_FOUND
        if profile.provision_type == CHAIN:
            return None
        known = hmac.compare_digest(profile.secret.encode(), request.secret.encode())
        if not known or profile.provision_type not in {ALLOW_CREATE, CHECK_PRE}:
            return NOT_FOUND
        device = self.device_named(profile.tenant, name) if name else None
        if profile.provision_type == CHECK_PRE:
            return self._checked(profile, device, request)
        if device is not None:
            self.tell("PROVISION_FAILURE", device, request.in_clear())
            return FAILURE
        return self._created(profile, name or credentials.random_text(), request)

    def _checked(
        self, profile: Profile, device: Device | None, request: ProvisionRequest
    ) -> dict[str, Any]:
        """Provision a device that is there already; what credentials it brings does not matter."""
        if device is None or device.profile is not profile:
            return FAILURE
        state = device.attributes["SERVER_SCOPE"].get(chains.PROVISION_STATE)
        again = state == chains.PROVISIONED
        once_only = self.at_least(*_ONCE_ONLY_SINCE)
        if state is None or (again and not once_only):
            chains.mark_provisioned(self, device)
            self.tell("PROVISION_SUCCESS", device, request.in_clear())
            return _success(device.credentials)
        if again == once_only:
            self.tell("PROVISION_FAILURE", device, request.in_clear())
        return FAILURE

    def _created(self, profile: Profile, name: str, request: ProvisionRequest) -> dict[str, Any]:
        is_gateway = request.gateway and self.at_least(*_GATEWAYS_SINCE)
        info = {"gateway": True} if is_gateway else None
        try:
            device = self.add_device(profile, name, _brought(request), info=info)
        except Refused:
            return FAILURE
        chains.mark_provisioned(self, device)
        self.tell("PROVISION_SUCCESS", device, request.in_clear())
        return _success(device.credentials)


def _brought(request: ProvisionRequest) -> Credentials | None:
    """Return the credentials of a request, None for none: the server then makes a token."""
    if not request.brings_credentials:
        return None
    parts = request.parts
    match request.type:
        case "ACCESS_TOKEN":
            return credentials.token(parts["token"])
        case "MQTT_BASIC":
            return credentials.mqtt_basic(parts["clientId"], parts["username"], parts["password"])
        case "X509_CERTIFICATE":
            return credentials.certificate(parts["hash"])
        case _:
            raise Refused("LwM2M credentials can't be provisioned")


def _success(held: Credentials) -> dict[str, Any]:
    told: dict[str, Any] = {"credentialsType": held.type, "status": "SUCCESS"}
    match held.type:
        case "ACCESS_TOKEN":
            return {"credentialsValue": held.lookup, **told}
        case "X509_CERTIFICATE":
            return {"credentialsValue": held.value, **told}
        case "MQTT_BASIC":
            return {"credentialsValue": json.loads(held.value or "{}"), **told}
        case _:
            return told
