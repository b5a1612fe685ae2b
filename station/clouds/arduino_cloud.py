"""Arduino's cloud: boards that come to it by themselves (2.0), and devices that we make (1.0).

Sources: the API as its own command-line client and its Python client speak it, and the vendor's
documents; what they leave open is a setting.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, Self

from pydantic import BaseModel, SecretStr

from station import __version__
from station.clouds.arduino_cloud_arrivals import Arrivals
from station.clouds.arduino_cloud_devices import Devices
from station.clouds.arduino_cloud_onboarding import NAME, Onboardings
from station.clouds.arduino_cloud_options import ArduinoCloudOptions
from station.clouds.arduino_cloud_sketches import Products
from station.clouds.arduino_cloud_token import Token
from station.clouds.http import Caller, SignIn
from station.clouds.pace import Pace
from station.faults import CloudFault, CloudNonsense, KeyRefused
from station.model import Certificate, Claim, Connection, Proof, SigningRequest, Support, Unit

WARM_AFTER_S = 30.0
"""A connection that was idle this long may be gone: servers commonly close after 60 s."""

CLOCK_KNOWN_S = 60.0
"""How long the comparison of clocks is believed: this computer's may be set at any time."""

SMALL_PLAN = 2.0
"""Requests a second below which the account's limit knows no burst."""


class ArduinoCloud:
    """One account. A board's subject is its UHWID, in lower-case hex; an onboarding's id will do."""

    name: ClassVar[str] = NAME
    title: ClassVar[str] = "Arduino Cloud"
    Options: ClassVar[type[BaseModel]] = ArduinoCloudOptions

    def __init__(
        self, options: ArduinoCloudOptions, client_id: SecretStr, client_secret: SecretStr
    ) -> None:
        self._options = options
        rate = options.requests_a_second
        self._pace = Pace(rate, evenly=rate < SMALL_PLAN)
        self._token_caller = self._calls(None)
        token = Token(self._token_caller, options, client_id, client_secret)
        self._caller = self._calls(token.sign_in)
        self._products = Products(self._caller, options)
        self._onboardings = Onboardings(self._caller)
        self._arrivals = Arrivals(self._onboardings, options)
        self._devices = Devices(self._caller, options)
        self._preparing = asyncio.Lock()
        self._begun: dict[str, str] = {}

    @classmethod
    def open(
        cls, options: BaseModel, secret: Callable[[str], SecretStr], folder: Path = Path()
    ) -> Self:
        assert isinstance(options, ArduinoCloudOptions)  # noqa: S101 - the registry made it by this class
        names = (options.client_id_name, options.client_secret_name)
        client_id, client_secret = map(secret, names)
        for name, value in zip(names, (client_id, client_secret), strict=True):
            if not value.get_secret_value().isascii():
                raise KeyRefused(f"{name} holds a letter that no key can have")
        return cls(options, client_id, client_secret)

    @property
    def address(self) -> str:
        return self._options.address

    async def prepare(self) -> None:
        async with self._preparing:
            if not self._products.is_known:
                await self._products.refresh()

    async def probe(self) -> None:
        await self._products.refresh()

    async def warm(self) -> None:
        if self._caller.idle_s > WARM_AFTER_S:
            with suppress(CloudFault):  # the claim will find out, and say so
                await self.probe()

    async def held(self, subject: str) -> Claim | None:
        claim = await self._onboardings.held(subject)
        if claim:
            self._begun[subject] = claim.device_id
        return claim

    async def enrol(self, proof: Proof, unit: Unit, connection: Connection, name: str) -> Claim:
        claim = await self._onboardings.enrol(proof, unit, connection, name)
        self._begun[proof.subject] = claim.device_id
        return claim

    async def release(self, subject: str) -> bool:
        self._begun.pop(subject, None)
        return await self._onboardings.release(subject)

    async def device_of(self, subject: str, within_s: float) -> str:
        begun = self._begun.get(subject, "")
        return await self._arrivals.device_of(subject, within_s, begun)

    async def support(self, fqbn: str) -> Support:
        return await self._products.support(fqbn)

    async def clock_offset_s(self) -> float:
        """Return how far the cloud's clock is ahead, in seconds; half a second is its accuracy.

        Raises:
            CloudFault: the cloud does not tell the time.

        """
        if self._caller.ahead_s is None or self._caller.idle_s > CLOCK_KNOWN_S:
            await self.probe()
        if self._caller.ahead_s is None:
            raise CloudNonsense("the cloud's answers do not tell the time")
        return self._caller.ahead_s

    async def sketch(self, fqbn: str) -> tuple[bytes, str, str]:
        return await self._products.sketch(fqbn)

    async def legacy_sketch(self, fqbn: str, which: str) -> tuple[bytes, str, str]:
        return await self._products.legacy_sketch(fqbn, which)

    async def devices(self, usb_serial: str) -> tuple[str, ...]:
        return await self._devices.of_serial(usb_serial)

    async def create_device(self, unit: Unit, name: str, connection: Connection) -> str:
        return await self._devices.create(unit, name, connection)

    async def create_lora_device(
        self, unit: Unit, name: str, eui: str, frequency_plan: str
    ) -> Claim:
        return await self._devices.create_lora(unit, name, eui, frequency_plan)

    async def certify(self, device: str, request: SigningRequest) -> Certificate:
        return await self._devices.certify(device, request)

    async def set_key(self, device: str, key: SecretStr) -> None:
        await self._devices.set_key(device, key)

    async def rename(self, device: str, name: str) -> None:
        await self._devices.rename(device, name)

    async def tag(self, device: str, tags: Mapping[str, str]) -> None:
        await self._devices.tag(device, tags)

    async def attach(self, device: str, thing: str) -> None:
        await self._devices.attach(device, thing)

    async def has_device(self, device: str) -> bool:
        return await self._devices.is_there(device)

    async def delete_device(self, device: str) -> bool:
        return await self._devices.delete(device)

    async def secret_names(self, device_type: str, connection: Connection) -> tuple[str, ...]:
        return await self._devices.secret_names(device_type, connection)

    async def close(self) -> None:
        await self._arrivals.close()
        await self._caller.close()
        await self._token_caller.close()

    def _calls(self, sign_in: SignIn | None) -> Caller:
        options = self._options
        headers = {"User-Agent": f"provisioning-station/{__version__}"}
        if options.organization:
            headers["X-Organization"] = options.organization
        return Caller(
            options.address,
            headers,
            options.timeout_s,
            pace=self._pace,
            ask_on_401=options.ask_on_401,
            sign_in=sign_in,
        )
