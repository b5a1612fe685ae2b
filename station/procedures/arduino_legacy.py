"""Provisioning 1.0: the cloud makes a device first, and the board is made to be that device.

The sketch for secure elements locks them for ever at its first start, and makes a new key at each
request: a board that was a device before stops being that one at the step "request".
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from pydantic import Field, SecretStr, model_validator

from station import deeds
from station.boards import Board, TakesCertificate, TellsDevEui
from station.clouds import Cloud, KeepsDevices
from station.faults import CloudFault, Fault, Interrupted
from station.model import Identity, Image, Unit
from station.procedures import procedure
from station.procedures.arduino_secrets import SecretsOptions, write_secrets
from station.procedures.arduino_steps import (
    CLOUD,
    DeviceOptions,
    FileOptions,
    device_name,
    dress,
    keeps,
    sketches,
    supported,
)
from station.run import Run

KEY_BYTES = 32


class LegacyOptions(DeviceOptions, SecretsOptions):
    """The options of Provisioning 1.0."""

    application: FileOptions | None = Field(
        default=None, description="the thing's own sketch, flashed at the end"
    )


class CryptoOptions(LegacyOptions):
    """The options of boards with a secure element."""

    @model_validator(mode="after")
    def _writes_something(self) -> CryptoOptions:
        if self.secrets_folder and not self.network:
            raise ValueError("secrets_folder: without a network nothing is written there")
        return self


class KeyOptions(LegacyOptions):
    """The options of products whose keys are told once: they must be written somewhere."""

    secrets_folder: str = Field(
        min_length=1,
        examples=["secrets"],
        description="write arduino_secrets.h into a folder of this one, named after the unit; it "
        "holds the unit's keys and the network's password in clear, for the sketch needs them",
    )


class LoraOptions(KeyOptions):
    """The options of LoRaWAN boards."""

    frequency_plan: str = Field(
        min_length=1,
        examples=["EU_863_870_TTN"],
        description="the id of the frequency plan, as the cloud lists them",
    )


@dataclass(frozen=True, slots=True)
class _Device:
    """The cloud's device of a unit; `more` are names for its sketch beside those of the network."""

    id: str
    unit: Unit
    identity: Identity
    more: Mapping[str, SecretStr] = field(default_factory=dict)


@dataclass(slots=True)
class _Before:
    """The unit's devices before this run made one; None as long as none is being made."""

    devices: tuple[str, ...] | None = None


@procedure(
    "Arduino Cloud 1.0",
    steps="check identify device sketch request certify store finish",
    options=CryptoOptions,
    board=TakesCertificate,
    cloud=KeepsDevices,
    again="Provision again",
)
async def arduino_legacy(run: Run, board: Board, cloud: Cloud) -> None:
    crypto = cast(TakesCertificate, board)
    unit, identity = await _known(run, board, cloud)

    async with _deleted_on_failure(run, cloud, unit) as before:
        async with run.step("device", within_s=45):
            device = await _created(run, cloud, unit, identity, before)

        async with run.step("sketch", within_s=240):
            await run.flash(sketches(board), await legacy_sketch(run, board, cloud, "crypto"))
            await crypto.await_sketch(within_s=30)

        async with run.step("request", within_s=60):
            request = await crypto.request_certificate(device.id)

        async with run.step("certify", within_s=30):
            certificate = await keeps(cloud).certify(device.id, request)

        async with run.step("store", within_s=60):
            await crypto.store_certificate(certificate)

    await _finish(run, board, cloud, device)


@procedure(
    "Arduino Cloud, secret key",
    steps="check identify device key finish",
    options=KeyOptions,
    board=TakesCertificate,
    cloud=KeepsDevices,
    again="Provision again",
)
async def arduino_key(run: Run, board: Board, cloud: Cloud) -> None:
    """Write the key down here before the cloud is told it: it can't be read back."""
    unit, identity = await _known(run, board, cloud)

    async with _deleted_on_failure(run, cloud, unit) as before:
        async with run.step("device", within_s=45):
            device = await _created(run, cloud, unit, identity, before)

        async with run.step("key", within_s=45):
            key = SecretStr(secrets.token_urlsafe(KEY_BYTES))
            device = replace(
                device, more={"SECRET_DEVICE_KEY": key, "SECRET_DEVICE_ID": SecretStr(device.id)}
            )
            await _write_secrets(run, cloud, device)
            await keeps(cloud).set_key(device.id, key)

    await _finish(run, board, cloud, device)


@procedure(
    "Arduino Cloud, LoRaWAN",
    steps="check identify sketch address device finish",
    options=LoraOptions,
    board=TellsDevEui,
    cloud=KeepsDevices,
    again="Provision again",
)
async def arduino_lora(run: Run, board: Board, cloud: Cloud) -> None:
    options = run.options(LoraOptions)
    unit, identity = await _known(run, board, cloud)

    async with run.step("sketch", within_s=240):
        await run.flash(sketches(board), await legacy_sketch(run, board, cloud, "lora"))

    async with run.step("address", within_s=60):
        eui = await cast(TellsDevEui, board).dev_eui()
        identity = identity.known_as("dev eui", eui)
        await run.learn(identity)

    async with run.step("device", within_s=60):
        name = device_name(options, unit, identity)
        plan = options.frequency_plan
        claim = await run.claim_by(deeds.create_lora(keeps(cloud), unit, name, eui, plan))

    more = {f"SECRET_{each.upper()}": value for each, value in claim.write}
    await _finish(run, board, cloud, _Device(claim.device_id, unit, identity, more))


async def legacy_sketch(
    run: Run, board: Board, cloud: Cloud, which: Literal["crypto", "lora"]
) -> Image:
    """Return a sketch of Provisioning 1.0 for this product, fetched now or kept from before."""
    fqbn = sketches(board).unit.hardware.fqbn
    name = f"provisioning 1.0 {which} {fqbn}"
    return await run.shelf.image(name, lambda: keeps(cloud).legacy_sketch(fqbn, which))


async def _known(run: Run, board: Board, cloud: Cloud) -> tuple[Unit, Identity]:
    """Tell the steps in which the cloud takes the product, and the marks say which unit it is.

    A board says nothing of itself by 1.0. One whose marks hold no serial number is called after
    its run, so that its device can be found in the cloud all the same.
    """
    async with run.step("check", within_s=30):
        await supported(board, cloud, "1.0")

    async with run.step("identify", within_s=15):
        told = sketches(board).unit
        unit = replace(told, usb_serial=told.usb_serial or _name_of(run))
        identity = Identity(
            kind="arduino",
            serial=unit.usb_serial,
            model=unit.hardware.title,
            firmware="",
            hardware=unit.hardware.fqbn,
            ids=(("usb serial", unit.usb_serial),),
        )
        await run.learn(identity)
    return unit, identity


def _name_of(run: Run) -> str:
    """Return a name that no other station on this account gives: runs are numbered from 1 on all."""
    return f"run-{run.number}-{secrets.token_hex(4)}"


async def _created(
    run: Run, cloud: Cloud, unit: Unit, identity: Identity, before: _Before
) -> _Device:
    options = run.options(LegacyOptions)
    before.devices = await keeps(cloud).devices(unit.usb_serial)
    name = device_name(options, unit, identity)
    named = run.network(options.network).connection if options.network else None
    connection = named or unit.hardware.connections[0]
    device = await run.once(
        deeds.create(
            keeps(cloud),
            CLOUD,
            unit.usb_serial,
            lambda: keeps(cloud).create_device(unit, name, connection),
        )
    )
    return _Device(device, unit, identity)


async def _finish(run: Run, board: Board, cloud: Cloud, device: _Device) -> None:
    options = run.options(LegacyOptions)
    async with run.step("finish", within_s=240):
        name = device_name(options, device.unit, device.identity)
        await dress(cloud, device.id, options, name)
        await _write_secrets(run, cloud, device)
        if file := options.application:
            await run.flash(sketches(board), run.pinned(file.file, file.sha256))


async def _write_secrets(run: Run, cloud: Cloud, device: _Device) -> None:
    device_type = device.unit.hardware.fqbn.rpartition(":")[2]
    await write_secrets(run, cloud, device_type, device.identity.serial, device.more)


@asynccontextmanager
async def _deleted_on_failure(run: Run, cloud: Cloud, unit: Unit) -> AsyncIterator[_Before]:
    """Delete the device that this run has made when the board is not made to be it.

    One that was there before is left: it may work still. A station that stops leaves it too; the
    unit's next visit finds it by its serial number.
    """
    before = _Before()
    try:
        yield before
    except (Fault, TimeoutError, asyncio.CancelledError) as exc:
        if before.devices is not None and not isinstance(run.blame(exc), Interrupted):
            await _delete(run, cloud, unit, before.devices)
        raise


async def _delete(run: Run, cloud: Cloud, unit: Unit, before: tuple[str, ...]) -> None:
    try:
        async with run.step("delete", within_s=30):
            for device in await keeps(cloud).devices(unit.usb_serial):
                if device not in before:
                    await run.once(deeds.delete(keeps(cloud), device))
    except (CloudFault, TimeoutError):
        return  # the step has recorded it; the fault that led here is the one to show
