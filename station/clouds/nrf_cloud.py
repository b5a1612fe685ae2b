"""nRF Cloud: claims, orders to units, and devices with certificates of our own.

Two generations of its API are spoken: a team with an API key (the legacy one, whole), and a project
of an organization with an organization token. Sources: the services as nrfcloud-utils 3.3.1 speaks
them, and the vendor's documents; what they leave open is a setting.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, Self

from pydantic import BaseModel, SecretStr

from station import __version__
from station.clouds import nrf_cloud_rule
from station.clouds.http import Caller
from station.clouds.nrf_cloud_bulk import MOST_ROWS
from station.clouds.nrf_cloud_claims import AT_ONCE, NAME, TeamClaims
from station.clouds.nrf_cloud_devices import Devices
from station.clouds.nrf_cloud_options import NrfCloudOptions
from station.clouds.nrf_cloud_orders import CREDENTIAL_ORDERS, Orders
from station.clouds.nrf_cloud_project import NoOrders, ProjectClaims
from station.clouds.pace import Pace
from station.faults import CloudFault, Fault, KeyRefused
from station.model import Claim, Onboarding, Order, Progress, Proof, Standing

WARM_AFTER_S = 30.0
"""A connection that was idle this long may be gone: servers commonly close after 60 s."""


class NrfCloud:
    """One account. A claim may be asked twice: it is ours, or the one we hold is returned."""

    name: ClassVar[str] = NAME
    title: ClassVar[str] = "nRF Cloud"
    Options: ClassVar[type[BaseModel]] = NrfCloudOptions

    def __init__(self, options: NrfCloudOptions, key: SecretStr) -> None:
        self._options = options
        self._pace = Pace(options.requests_a_second)
        value = f"{options.auth_scheme} {key.get_secret_value()}".strip()
        headers = {options.auth_header: value, "User-Agent": f"provisioning-station/{__version__}"}
        self._caller = self._calls(options.claims_address, headers)
        self._device_caller = self._caller
        if options.devices_address != options.claims_address:
            self._device_caller = self._calls(options.devices_address, headers)
        is_legacy = options.generation == "legacy"
        self._claims = (TeamClaims if is_legacy else ProjectClaims)(self._caller, options)
        self._orders = Orders(self._caller, options.claim_path) if is_legacy else NoOrders()
        self._devices = Devices(
            self._device_caller,
            options.devices_address,
            options.timeout_s,
            options.bulk_within_s,
        )
        self._preparing = asyncio.Lock()
        self._prepared = False

    @classmethod
    def open(
        cls, options: BaseModel, secret: Callable[[str], SecretStr], folder: Path = Path()
    ) -> Self:
        assert isinstance(options, NrfCloudOptions)  # noqa: S101 - the registry made it by this class
        key = secret(options.api_key_name)
        if not key.get_secret_value().isascii():
            raise KeyRefused(f"{options.api_key_name} holds a letter that no key can have")
        return cls(options, key)

    @property
    def address(self) -> str:
        return self._options.claims_address

    @property
    def most_claims(self) -> int:
        return MOST_ROWS

    @property
    def authorities(self) -> str:
        return nrf_cloud_rule.authorities()

    async def prepare(self) -> None:
        async with self._preparing:
            if not self._prepared:
                await self._claims.prepare()
                self._prepared = True

    async def probe(self) -> None:
        await self._claims.probe()

    async def warm(self) -> None:
        if self._caller.idle_s > WARM_AFTER_S:
            with suppress(CloudFault):  # the claim will find out, and say so
                await self.probe()

    async def held(self, subject: str) -> Claim | None:
        return await self._claims.held(subject)

    async def check(self, proof: Proof) -> None:
        await self._claims.check(proof)

    async def claim(self, proof: Proof) -> Claim:
        return await self._claims.claim(proof)

    async def claim_many(self, claims: Sequence[Proof]) -> tuple[Claim | Fault, ...]:
        self._few_enough(claims)
        return await self._claims.claim_many(claims) if claims else ()

    async def release(self, subject: str) -> bool:
        return await self._claims.release(subject)

    async def order(self, subject: str, kind: str, body: Mapping[str, Any]) -> Order:
        return await self._orders.order(subject, kind, body)

    async def orders(self, subject: str) -> tuple[Order, ...]:
        return await self._orders.orders(subject)

    async def order_now(self, subject: str, order: str) -> Order:
        return await self._orders.order_now(subject, order)

    async def discard(self, subject: str, order: str) -> None:
        await self._orders.discard(subject, order)

    async def call_in(self, subject: str, number: int) -> None:
        await self._devices.call_in(subject, number)

    async def forget(self, subject: str) -> bool:
        return await self._devices.forget(subject)

    async def onboard(self, units: Sequence[Onboarding]) -> tuple[Fault | None, ...]:
        self._few_enough(units)
        return await self._devices.onboard(units) if units else ()

    async def standing(self, subject: str) -> Standing:
        (standing,) = await self.standings([subject])
        return standing

    async def standings(self, subjects: Sequence[str]) -> tuple[Standing, ...]:
        heard = await self._devices.heard(subjects)
        gate = asyncio.Semaphore(AT_ONCE)

        async def ask(subject: str) -> Standing:
            async with gate:
                claimed = await self.held(subject) is not None
                orders = await self.orders(subject) if claimed else ()
            return _standing(claimed, orders, heard.get(subject.lower()))

        try:
            async with asyncio.TaskGroup() as asking:
                tasks = [asking.create_task(ask(subject)) for subject in subjects]
        except ExceptionGroup as several:
            raise several.exceptions[0] from None
        return tuple(task.result() for task in tasks)

    async def close(self) -> None:
        await self._caller.close()
        await self._device_caller.close()

    def _calls(self, address: str, headers: Mapping[str, str]) -> Caller:
        options = self._options
        return Caller(
            address, headers, options.timeout_s, pace=self._pace, ask_on_401=options.ask_on_401
        )

    def _few_enough(self, units: Sequence[object]) -> None:
        if len(units) > MOST_ROWS:
            raise ValueError(f"{len(units)} units are more than {MOST_ROWS} in one request")


def _standing(claimed: bool, orders: Sequence[Order], heard: bool | None) -> Standing:
    """Put together how a unit stands; `heard` is None while the cloud does not know the device.

    A device that was onboarded with a certificate of ours is known before the unit has that
    certificate: while the order that brings it is open, the unit is not provisioned.
    """
    bringing = {each.progress for each in orders if each.kind in CREDENTIAL_ORDERS}
    is_known = heard is not None
    return Standing(
        claimed=claimed,
        waiting=sum(each.progress in {Progress.WAITING, Progress.BUSY} for each in orders),
        provisioned=bool(heard) or Progress.DONE in bringing or (is_known and not bringing),
        connected=bool(heard),
        failed=sum(each.progress in {Progress.FAILED, Progress.UNKNOWN} for each in orders),
    )
