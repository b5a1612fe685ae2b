"""The networks that an engineer has set up for this station: `networks.toml` in its data directory.

What is secret in them lies in the keystore alone. A recipe names a network; nobody on the line
types a password.

```toml
[factory]
kind = "wifi"
ssid = "factory-net"
```
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Annotated, Any, Literal

import tomlkit
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    SecretStr,
    ValidationError,
    model_validator,
)

from station.faults import NetworkMissing, SecretMissing, SettingsWrong
from station.model import (
    Connection,
    EthernetNetwork,
    LoraNetwork,
    MobileNetwork,
    Network,
    WifiNetwork,
)
from station.toml_file import document_at, write_document
from station.toml_text import TextWrong, TomlText, read_text
from station.wire import arduino

FILE = "networks.toml"
NAME = r"[a-z0-9][a-z0-9-]{0,30}"

_EMPTY = SecretStr("")
_Address = IPv4Address | IPv6Address
_Ask = Callable[[str], SecretStr]


class _Profile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WifiProfile(_Profile):
    """A wireless network; its password is the secret "password"."""

    kind: Literal["wifi"] = "wifi"
    ssid: str = Field(min_length=1, max_length=32, examples=["factory-net"])
    open: bool = Field(default=False, description="the network has no password")

    def network(self, ask: _Ask) -> Network:
        return WifiNetwork(self.ssid, _EMPTY if self.open else ask("password"))

    def secrets(self) -> tuple[str, ...]:
        return () if self.open else ("password",)


class EthernetProfile(_Profile):
    """A wired network: by DHCP without addresses, or all four of one family."""

    kind: Literal["ethernet"]
    ip: _Address | None = None
    dns: _Address | None = None
    gateway: _Address | None = None
    netmask: _Address | None = None
    timeout_s: float | None = Field(default=None, gt=0, le=600)
    answer_within_s: float | None = Field(default=None, gt=0, le=600)

    @model_validator(mode="after")
    def _all_or_none(self) -> EthernetProfile:
        given = [each for each in (self.ip, self.dns, self.gateway, self.netmask) if each]
        if len(given) not in {0, 4} or len({each.version for each in given}) > 1:
            raise ValueError(
                "give ip, dns, gateway and netmask, all of one family, or none of them"
            )
        return self

    def network(self, ask: _Ask) -> Network:
        return EthernetNetwork(
            self.ip, self.dns, self.gateway, self.netmask, self.timeout_s, self.answer_within_s
        )

    def secrets(self) -> tuple[str, ...]:
        return ()


class MobileProfile(_Profile):
    """A mobile network; the SIM's PIN and the login's password are secrets, if there are such."""

    kind: Literal["gsm", "nb", "catm1", "cellular"]
    apn: str = Field(default="", max_length=100)
    login: str = Field(default="", max_length=64)
    has_pin: bool = False
    has_password: bool = False
    bands: tuple[Annotated[int, Field(ge=1, le=64)], ...] = Field(
        default=(), description="frequency bands by number, for CAT-M1 alone"
    )

    @model_validator(mode="after")
    def _bands_are_for_cat_m1(self) -> MobileProfile:
        if self.bands and self.kind != "catm1":
            raise ValueError("bands are for catm1 alone")
        return self

    def network(self, ask: _Ask) -> Network:
        return MobileNetwork(
            Connection(self.kind),
            self.apn,
            self.login,
            pin=ask("pin") if self.has_pin else _EMPTY,
            password=ask("password") if self.has_password else _EMPTY,
            bands=self.bands,
        )

    def secrets(self) -> tuple[str, ...]:
        told = (("pin", self.has_pin), ("password", self.has_password))
        return tuple(name for name, there in told if there)


class LoraProfile(_Profile):
    """A LoRaWAN network; its application key is the secret "app-key"."""

    kind: Literal["lora"]
    app_eui: str = Field(pattern=r"^[0-9A-Fa-f]{16}$")
    band: int | None = Field(default=None, ge=0, description="the board's number of the band")
    channel_mask: str = Field(default="", max_length=12)
    device_class: Literal["", "A", "B", "C"] = ""

    def network(self, ask: _Ask) -> Network:
        return LoraNetwork(
            self.app_eui, ask("app-key"), self.band, self.channel_mask, self.device_class
        )

    def secrets(self) -> tuple[str, ...]:
        return ("app-key",)


Profile = Annotated[
    WifiProfile | EthernetProfile | MobileProfile | LoraProfile, Field(discriminator="kind")
]
_Name = Annotated[str, Field(pattern=f"^{NAME}$")]


class _File(RootModel[dict[_Name, Profile]]):
    """What `networks.toml` may hold."""


def secret_name(network: str, secret: str) -> str:
    """Return what a network's secret is called in the keystore."""
    return f"network-{network}-{secret}"


def check_name(name: str) -> None:
    """See that recipes and the keystore can call a network so.

    Raises:
        SettingsWrong: they can't.

    """
    if not re.fullmatch(NAME, name):
        raise SettingsWrong(f"{name!r}: small letters, digits and hyphens, 31 at most")


def checked(told: Mapping[str, Any]) -> Profile:
    """Return the profile that `told` describes.

    Raises:
        SettingsWrong: it has a mistake.

    """
    try:
        return next(iter(_File.model_validate({"network": dict(told)}).root.values()))
    except ValidationError as exc:
        found = TomlText(FILE, "").mistakes(exc)
        told_of = (f"{each.key.rpartition('.')[2]}: {each.expected}" for each in found)
        raise SettingsWrong("; ".join(told_of)) from None


@dataclass(frozen=True, slots=True)
class Networks:
    """The networks of one station. `secret` asks the keystore."""

    folder: Path
    secret: _Ask

    def profiles(self) -> Mapping[str, Profile]:
        """Return what is set up, by name.

        Raises:
            SettingsWrong: the file has a mistake; with file, line and key.

        """
        try:
            source = TomlText(FILE, read_text(self.folder / FILE))
            return source.read(_File).root
        except FileNotFoundError:
            return {}
        except OSError as exc:
            raise SettingsWrong(f"{self.folder / FILE}: {exc.strerror}") from None
        except TextWrong as exc:
            raise SettingsWrong(str(exc)) from None

    def network(self, name: str) -> Network:
        """Return a network with its secrets.

        Raises:
            NetworkMissing: it is not set up, or not all of it.
            SettingsWrong: something of it is longer than a board can take.

        """
        profile = self.profiles().get(name)
        if profile is None:
            raise NetworkMissing(f"{name!r}; there is {', '.join(self.profiles()) or 'none'}")
        try:
            network = profile.network(lambda secret: self.secret(secret_name(name, secret)))
            arduino.check(network)
        except SecretMissing as missing:
            raise NetworkMissing(f"{name!r} lacks a secret: {missing.detail}") from None
        except ValueError as exc:
            raise SettingsWrong(f"{FILE}: {name}: {exc}") from None
        return network

    def keep(self, name: str, profile: Profile) -> None:
        """Write a network down, in the place of one that is called the same.

        Raises:
            SettingsWrong: the name won't do, or the file can't be written.

        """
        check_name(name)
        document = self._document()
        told = profile.model_dump(mode="json", exclude_defaults=True)
        document[name] = {"kind": profile.kind, **told}
        self._write(document)

    def drop(self, name: str) -> None:
        """Forget a network.

        Raises:
            NetworkMissing: there is none of this name.

        """
        document = self._document()
        if name not in document:
            raise NetworkMissing(repr(name))
        del document[name]
        self._write(document)

    def _document(self) -> tomlkit.TOMLDocument:
        self.profiles()
        return document_at(self.folder / FILE)

    def _write(self, document: tomlkit.TOMLDocument) -> None:
        write_document(self.folder / FILE, document)
