"""ThingsBoard: devices are provisioned by a product's key and secret, over HTTP, MQTT or CoAP.

With an engineer's key its register is known too: what a refusal means, what an open deed came to.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, SecretStr

from station.clouds import KeepsRegister
from station.clouds.thingsboard.explain import explain
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.register import Register
from station.clouds.thingsboard.rest import Rest
from station.clouds.thingsboard.way import Way
from station.clouds.thingsboard.words import Status, answer, request
from station.clouds.trust import tls_context
from station.faults import (
    AdminKeyMissing,
    DeviceExists,
    KeyRefused,
    KeystoreUnsafe,
    LoginRefused,
    ProvisioningOff,
    SecretMissing,
    StrategyWrong,
    TransportRefused,
)
from station.model import Claim, DeviceProfile, Login, LoginKind, Standing, Strategy

NAME = "thingsboard"
PORTS = {
    "http": "80",
    "https": "443",
    "mqtt": "1883",
    "mqtts": "8883",
    "coap": "5683",
    "coaps": "5684",
}
"""The ports that the schemes stand for."""


class ThingsBoard:
    """One profile on one server. A device's subject is its name."""

    name: ClassVar[str] = NAME
    title: ClassVar[str] = "ThingsBoard"
    Options: ClassVar[type[BaseModel]] = ThingsBoardOptions

    def __init__(
        self,
        options: ThingsBoardOptions,
        provision_key: SecretStr,
        provision_secret: SecretStr,
        rest: Rest | None,
        trust: ssl.SSLContext,
    ) -> None:
        self._options = options
        self._key, self._secret = provision_key, provision_secret
        self._rest, self._trust = rest, trust
        self._register = Register(rest, options, provision_key) if rest else None
        self._ways: dict[str, Way] = {}
        self._preparing = asyncio.Lock()
        self._is_prepared = False

    @classmethod
    def open(
        cls, options: BaseModel, secret: Callable[[str], SecretStr], folder: Path = Path()
    ) -> Self:
        assert isinstance(options, ThingsBoardOptions)  # noqa: S101 - the registry made it by this class
        names = (options.provision_key_name, options.provision_secret_name)
        if options.told_strategy is Strategy.CERTIFICATE_CHAIN:
            key = provision_secret = SecretStr("")  # the certificate is the key there
        else:
            key, provision_secret = map(secret, names)
        for name, value in zip(names, (key, provision_secret), strict=True):
            if not value.get_secret_value().isprintable():
                raise KeyRefused(f"{name} holds a letter that no key can have")
        trust = tls_context(options, folder, secret)
        rest = Rest(options, secret, trust) if options.sign_in != "none" else None
        return cls(options, key, provision_secret, rest, trust)

    @classmethod
    def administer(
        cls, options: BaseModel, secret: Callable[[str], SecretStr], folder: Path = Path()
    ) -> Self:
        assert isinstance(options, ThingsBoardOptions)  # noqa: S101 - the registry made it by this class
        trust = tls_context(options, folder, secret)
        key = nothing = SecretStr("")
        if not options.profile:
            # before there is a product there is no key
            with suppress(SecretMissing, KeystoreUnsafe):
                key = secret(options.provision_key_name)
        return cls(options, key, nothing, Rest(options, secret, trust), trust)

    def secrets_of(self, profile: DeviceProfile) -> Mapping[str, SecretStr]:
        if profile.secret is None or profile.strategy is Strategy.CERTIFICATE_CHAIN:
            return {}
        options = self._options
        return {
            options.provision_key_name: SecretStr(profile.key),
            options.provision_secret_name: profile.secret,
        }

    @property
    def address(self) -> str:
        return self._options.address.rstrip("/")

    @property
    def strategy(self) -> Strategy:
        return self._options.told_strategy

    def reach(self, kind: LoginKind) -> Mapping[str, SecretStr]:
        told = urlsplit(self._addresses()[self._transport_for(kind)])
        host, port = told.hostname or "", str(told.port or PORTS[told.scheme])
        return {"host": SecretStr(host), "port": SecretStr(port)}

    @property
    def provision_words(self) -> Mapping[str, SecretStr]:
        return {"provision_key": self._key, "provision_secret": self._secret}

    @property
    def register(self) -> KeepsRegister | None:
        return self._register

    async def prepare(self) -> None:
        """As `Cloud.prepare`: with a register, the product's profile is as the recipe says.

        Raises:
            ProvisioningOff, StrategyWrong, TransportRefused, ProvisionKeyRefused: it is not.

        """
        async with self._preparing:
            if self._is_prepared or self._register is None:
                return
            await self._register.probe()
            profile = await self._register.profile()
            if profile.strategy is Strategy.DISABLED:
                raise ProvisioningOff(profile.name)
            if profile.strategy is not self.strategy:
                raise StrategyWrong(f"{profile.name}: {profile.strategy}, not {self.strategy}")
            bound = {"MQTT": {"mqtt", "http"}, "COAP": {"coap", "http"}}.get(profile.transport)
            if bound and self._options.transport not in bound:
                raise TransportRefused(f"{profile.name} is bound to {profile.transport}")
            self._is_prepared = True

    async def probe(self) -> None:
        self._is_prepared = False
        await self.prepare()

    async def warm(self) -> None:
        await self._way(self._options.transport).warm()
        if self._register:
            await self._register.warm()

    async def held(self, subject: str) -> Claim | None:
        entry = await self._needed("what is in the cloud").entry(subject)
        return Claim(NAME, entry.name, already=True) if entry else None

    async def release(self, subject: str) -> bool:
        return await self._needed("deleting a device").delete(subject)

    async def standings(self, subjects: Sequence[str]) -> tuple[Standing, ...]:
        return await self._needed("following a unit").standings(subjects)

    async def provision(self, name: str, login: Login | None) -> Login:
        """As `ProvisionsDevices.provision`."""
        if self.strategy is Strategy.CERTIFICATE_CHAIN:
            return await self._let_in(name, login)
        asked = request(self._key, self._secret, name, login)
        told = answer(await self._way(self._options.transport).provision(asked))
        if told.status is Status.SUCCESS:
            if told.login is None:
                raise DeviceExists(f"{name}, with credentials of LwM2M")
            return told.login
        raise await explain(
            self._rest,
            self._options,
            self._key,
            self._secret,
            name,
            login,
            told.status,
            self.admits,
        )

    async def provisioned(self, name: str, login: Login | None) -> Login | None:
        """As `ProvisionsDevices.provisioned`.

        A device of the register may be let in before it is provisioned: there its state tells.
        """
        told_by_use = self.strategy is not Strategy.PRE_PROVISIONED
        if login and told_by_use and _can_be_shown(login):
            return login if await self.admits(login) else None
        register = self._needed("finding out what a lost answer was")
        entry = await register.entry(name)
        if entry is None or not entry.provisioned:
            return None
        there = await register.login_of(name)
        if login is None or there.lets_in_as(login):
            return login or there
        return None

    async def admits(self, login: Login) -> bool:
        return await self._way(self._transport_for(login.kind)).admits(login)

    async def send(self, login: Login, telemetry: Mapping[str, Any]) -> None:
        await self._way(self._transport_for(login.kind)).send(login, telemetry)

    async def close(self) -> None:
        for way in self._ways.values():
            await way.close()
        if self._rest:
            await self._rest.close()

    async def _let_in(self, name: str, login: Login | None) -> Login:
        """Have the device made by its own login, in the handshake of TLS."""
        if login is None:
            raise LoginRefused(f"{name}: a certificate chain needs a certificate")
        if await self.admits(login):
            return login
        raise await explain(
            self._rest, self._options, self._key, self._secret, name, login, Status.FAILURE
        )

    def _transport_for(self, kind: LoginKind) -> str:
        """Return the way that can carry such logins: tokens go by all, names and keys do not."""
        chosen, options = self._options.transport, self._options
        if kind is LoginKind.ACCESS_TOKEN:
            return chosen
        if kind is LoginKind.X509_CERTIFICATE:
            if chosen == "coap" and options.coap_address.startswith("coaps://"):
                return chosen
            if not options.mqtt_address.startswith("mqtts://"):
                raise TransportRefused("a certificate is shown by mqtts:// or coaps://")
        if not options.mqtt_address:
            raise TransportRefused(f"{kind} is shown by MQTT: the recipe has no mqtt_address")
        return "mqtt"

    def _addresses(self) -> dict[str, str]:
        options = self._options
        return {
            "http": options.devices,
            "mqtt": options.mqtt_address,
            "coap": options.coap_address,
        }

    def _way(self, transport: str) -> Way:
        if transport not in self._ways:
            self._ways[transport] = _opened(transport, self._options, self._trust)
        return self._ways[transport]

    def _needed(self, what: str) -> Register:
        if self._register is None:
            raise AdminKeyMissing(f"{what} needs it")
        return self._register


def _can_be_shown(login: Login) -> bool:
    return login.kind is not LoginKind.X509_CERTIFICATE or bool(login.value("private_key"))


def _opened(transport: str, options: ThingsBoardOptions, trust: ssl.SSLContext) -> Way:
    """Open a way; only its own library is loaded, for each takes a tenth of a second."""
    match transport:
        case "mqtt":
            from station.clouds.thingsboard.over_mqtt import OverMqtt

            return OverMqtt(options, trust)
        case "coap":
            from station.clouds.thingsboard.over_coap import OverCoap

            return OverCoap(options, trust)
        case _:
            from station.clouds.thingsboard.over_http import OverHttp

            return OverHttp(options, trust)
