"""What the stories for Arduino boards have in common: options, the sketch, the claim, the name."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Annotated, cast

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_fixed

from station import deeds
from station.boards import Board, RunsSketches, TakesNetwork
from station.clouds import Cloud, KeepsDevices, OnboardsBoards
from station.faults import (
    ClockWrong,
    CloudFault,
    Fault,
    NetworkRefused,
    NotClaimable,
    RadioFirmwareOld,
    RecipeWrong,
    SketchMissing,
    SketchTooOld,
)
from station.model import (
    AccessPoint,
    Identity,
    Image,
    Network,
    Support,
    Unit,
    WifiNetwork,
)
from station.run import Run
from station.wire.versions import is_older

GREET_FRESH_S = 60.0
"""The same after a flash: the sketch starts its radio and its secure element for the first time."""
MOST_FLASHES = 2
CLOCK_S = 60.0
"""How far this computer's clock may be from the cloud's, in seconds: a token is dated by it."""

CLOUD = "arduino"
"""What claims call the cloud."""
TRIES, AGAIN_S = 3, 0.5
"""How often, and after which pause, what is safe to ask twice is asked again when a reply is lost."""

TOLD = 3
"""How many networks are told of those that a board hears, in a sentence."""
LONGEST_NAME = 64
"""Letters in the name of a device, by the description of Arduino's API."""

NAMES = ("product", "serial", "mac", "uhwid")
"""What a name may be made of, in braces."""

_Key = Annotated[str, StringConstraints(pattern=r"^[^:]{1,64}$")]
_Value = Annotated[str, StringConstraints(max_length=64)]


class FileOptions(BaseModel):
    """A file that lies beside the recipe, pinned by its digest."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str = Field(min_length=1, examples=["thing.bin"])
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", examples=["0" * 64])


class DeviceOptions(BaseModel):
    """What the cloud's device is called, tagged and attached to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(
        default="{product} {serial}",
        min_length=1,
        max_length=64,
        description="the device's name; {product}, {serial}, {mac} and {uhwid} stand for the unit's",
    )
    tags: dict[_Key, _Value] = Field(
        default={}, description="tags of the device: { line = 'north' }"
    )
    thing: str = Field(
        default="", description="the id of the thing that the device is attached to, if any"
    )

    @field_validator("name")
    @classmethod
    def _knows_its_parts(cls, name: str) -> str:
        try:
            found = [each for each in Formatter().parse(name) if each[1] is not None]
        except ValueError as exc:
            raise ValueError(f"braces: {exc}") from None
        if any(form or conversion for _, _, form, conversion in found):
            raise ValueError("a name in braces stands there alone")
        parts = [str(part) for _, part, _, _ in found]
        if unknown := [part for part in parts if part not in NAMES]:
            raise ValueError(f"{{{unknown[0]}}} is not known; there is {', '.join(NAMES)}")
        return name


class NetworkOptions(BaseModel):
    """Which network the board is given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    network: str = Field(
        min_length=1,
        examples=["factory"],
        description="the network that the board is given, as 'station networks list' calls it",
    )


class SketchOptions(BaseModel):
    """How the provisioning sketch is looked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    greet_within_s: float = Field(
        default=30.0,
        gt=0,
        le=300,
        description="how long a board may take to tell the networks that it hears, before another "
        "sketch, or none, is thought to be on it; boards that are known to come blank need not be "
        "waited for so long",
    )


def sketches(board: Board) -> RunsSketches:
    """Return what the board can do with its sketches; the recipe was checked for it."""
    return cast(RunsSketches, board)


def configures(board: Board) -> TakesNetwork:
    return cast(TakesNetwork, board)


def onboards(cloud: Cloud) -> OnboardsBoards:
    return cast(OnboardsBoards, cloud)


def keeps(cloud: Cloud) -> KeepsDevices:
    return cast(KeepsDevices, cloud)


async def supported(board: Board, cloud: Cloud, provisioning: str) -> Support:
    """Return what the cloud says of this product, once the clock was compared with the cloud's.

    Raises:
        NotClaimable: the cloud provisions it in another way.
        ClockWrong: the clocks differ too much.

    """
    hardware = sketches(board).unit.hardware
    support = await onboards(cloud).support(hardware.fqbn)
    if support.provisioning != provisioning:
        raise NotClaimable(
            f"its cloud provisions {hardware.title} by {support.provisioning}, not {provisioning}"
        )
    offset_s = await onboards(cloud).clock_offset_s()
    if abs(offset_s) > CLOCK_S:
        raise ClockWrong(f"the cloud's is {offset_s:+.0f} s from it")
    return support


async def bring_sketch(
    run: Run, board: Board, cloud: Cloud, support: Support
) -> tuple[AccessPoint, ...]:
    """Have the provisioning sketch run on the board, and greet it: flash it where it must be.

    Returns the networks that the board hears, the loudest first.

    Raises:
        SketchMissing, SketchTooOld: it is not there, and can't be flashed here.

    """
    within_s = run.options(SketchOptions).greet_within_s
    flashes_left = MOST_FLASHES if sketches(board).flashable else 0
    while True:
        try:
            heard, version = await _greeted(board, within_s)
        except SketchMissing:
            if not flashes_left:
                raise
        else:
            if not is_older(version, support.least_sketch):
                await run.note("networks heard", {each.ssid: each.rssi_dbm for each in heard})
                return heard
            if not flashes_left:
                raise SketchTooOld(f"{version}, not {support.least_sketch}")
        await run.flash(sketches(board), await provisioning_sketch(run, board, cloud))
        within_s = GREET_FRESH_S
        flashes_left -= 1


async def _greeted(board: Board, within_s: float) -> tuple[tuple[AccessPoint, ...], str]:
    if in_boot_loader(board):
        raise SketchMissing("its boot loader waits")
    heard = await configures(board).greet(within_s)
    return heard, await configures(board).sketch_version()


def in_boot_loader(board: Board) -> bool:
    """Tell whether it is its boot loader that waits there, which may show another number."""
    unit = sketches(board).unit
    flashing = unit.hardware.flashing
    here = (unit.vid, unit.pid)
    return bool(flashing and here in flashing.boot_ids and here != unit.hardware.ids[0])


async def provisioning_sketch(run: Run, board: Board, cloud: Cloud) -> Image:
    """Return the provisioning sketch for this product, fetched now or kept from before."""
    fqbn = sketches(board).unit.hardware.fqbn
    name = f"provisioning 2.0 {fqbn}"
    return await run.shelf.image(name, lambda: onboards(cloud).sketch(fqbn))


async def join(
    board: Board, network: Network, heard: tuple[AccessPoint, ...], within_s: float
) -> None:
    """Have the board join its network.

    Raises:
        NetworkRefused: it could not; the detail tells when it does not even hear it.

    """
    try:
        await configures(board).join(network, within_s)
    except NetworkRefused as refused:
        if not isinstance(network, WifiNetwork) or network.ssid in {each.ssid for each in heard}:
            raise
        loudest = ", ".join(f"{each.ssid} {each.rssi_dbm} dBm" for each in heard[:TOLD])
        hears = f"the board hears {loudest or 'no network'}, not {network.ssid}"
        raise NetworkRefused(f"{refused.detail}; {hears}") from refused


async def known(run: Run, board: Board, support: Support) -> Identity:
    """Learn who the unit is, and that its radio's firmware will do.

    Raises:
        RadioFirmwareOld: it won't.

    """
    identity = await board.identify()
    await run.learn(identity)
    firmware = await configures(board).wifi_firmware()
    if firmware and is_older(firmware, support.least_wifi_firmware):
        await run.check(RadioFirmwareOld(f"{firmware}, not {support.least_wifi_firmware}"))
    return identity


async def let_go(run: Run, cloud: Cloud, subject: str) -> None:
    """Take the claim back, as a step whose own end is recorded; what went wrong before stays."""
    try:
        async with run.step("unclaim", within_s=30):
            await run.once(deeds.release(onboards(cloud), subject))
    except (CloudFault, TimeoutError):
        return  # the step has recorded it; the fault that led here is the one to show


def device_name(options: DeviceOptions, unit: Unit, identity: Identity, subject: str = "") -> str:
    """Return the device's name by the recipe's rule.

    Raises:
        RecipeWrong: it is longer than the cloud takes.

    """
    ids: Mapping[str, str] = dict(identity.ids)
    name = options.name.format_map(
        {
            "product": unit.hardware.title,
            "serial": identity.serial,
            "mac": ids.get("ble mac", ""),
            "uhwid": subject,
        }
    )
    if len(name) > LONGEST_NAME:
        raise RecipeWrong(f"[options] name: {len(name)} letters, {LONGEST_NAME} at most: {name}")
    return name


def _is_open(fault: BaseException) -> bool:
    return isinstance(fault, Fault) and fault.leaves_open


@retry(
    retry=retry_if_exception(_is_open),
    stop=stop_after_attempt(TRIES),
    wait=wait_fixed(AGAIN_S),
    reraise=True,
)
async def dress(cloud: Cloud, device: str, options: DeviceOptions, name: str) -> None:
    """Name, tag and attach the device as the recipe says; all of it can be asked twice."""
    await keeps(cloud).rename(device, name)
    if options.tags:
        await keeps(cloud).tag(device, options.tags)
    if options.thing:
        await keeps(cloud).attach(device, options.thing)
