"""An engineer's office: a simulated ThingsBoard, and our client of its register."""

from __future__ import annotations

from typing import Any, Self

from pydantic import SecretStr

from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.register import Register
from station.clouds.thingsboard.rest import Rest
from station.model import Login, LoginKind
from station.simulation.thingsboard import SimulatedThingsBoard
from station.simulation.thingsboard_nouns import Device

AWKWARD = "a/b?c=d&e#f%2F+g ü\"'\\;😀:"
"""A name with what paths and queries are made of."""


class Office:
    """A server of some version, and a register that is opened as that version allows."""

    def __init__(self, version: str = "4.3.0", sign_in: str = "", **more: Any) -> None:
        self.server = SimulatedThingsBoard(version=version, transports=False)
        self.stored = {
            "thingsboard-api-key": self.server.api_key,
            "thingsboard-password": self.server.admin.password,
        }
        self._sign_in = sign_in or ("api key" if version >= "4.3" else "password")
        self._more = more
        self.rest: Rest
        self.register: Register

    async def __aenter__(self) -> Self:
        await self.server.start()
        told: dict[str, Any] = {
            "address": self.server.address,
            "sign_in": self._sign_in,
            "user": self.server.admin.email,
            "timeout_s": 5.0,
            **self._more,
        }
        options = ThingsBoardOptions(**told)
        self.rest = Rest(options, self.secret)
        self.register = Register(self.rest, options, SecretStr(self.server.provision_key))
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.rest.close()
        await self.server.close()

    def secret(self, name: str) -> SecretStr:
        return SecretStr(self.stored[name])

    def logins(self) -> int:
        return self.server.asked("POST", "/api/auth/login")

    def refreshes(self) -> int:
        return self.server.asked("POST", "/api/auth/token")

    def device(self, name: str) -> Device:
        """What the server has under `name`."""
        found = self.server.account.device_named(self.server.tenant.id, name)
        assert found is not None
        return found

    def is_there(self, name: str) -> bool:
        return self.server.account.device_named(self.server.tenant.id, name) is not None

    def count(self) -> int:
        return len(self.server.account.devices)


def token(text: str = "t0ken-of-this-unit") -> Login:
    return Login(LoginKind.ACCESS_TOKEN, (("token", SecretStr(text)),))


def basic(**values: str) -> Login:
    return Login(
        LoginKind.MQTT_BASIC, tuple((name, SecretStr(value)) for name, value in values.items())
    )


def certificate(chain: str) -> Login:
    return Login(LoginKind.X509_CERTIFICATE, (("certificate", SecretStr(chain)),))
