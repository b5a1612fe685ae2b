"""Provisioning 2.0: the board is claimed, is given its network, and comes to its cloud by itself.

Over a USB cable or by radio; by radio a board can't be flashed, and must have its sketch already.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from pydantic import Field, field_validator

from station import deeds
from station.boards import Board, TakesNetwork
from station.clouds import Cloud, OnboardsBoards
from station.faults import Fault, HandNeeded, Interrupted, NetworkRefused, SketchTooOld
from station.journal import Deed
from station.model import Claim, Proof, Support
from station.procedures import procedure
from station.procedures.arduino_devices import delete_devices
from station.procedures.arduino_network import HAND_S, RemovalOptions, remove_network
from station.procedures.arduino_steps import (
    CLOUD,
    DeviceOptions,
    FileOptions,
    NetworkOptions,
    SketchOptions,
    bring_sketch,
    configures,
    device_name,
    dress,
    join,
    keeps,
    known,
    let_go,
    onboards,
    sketches,
    supported,
)
from station.run import Run

JOIN_S = 200.0
"""How long a board may take to join its network: what the reference client waits."""
ARRIVE_S = 200.0


class ArduinoOptions(NetworkOptions, DeviceOptions, SketchOptions):
    """The options of Provisioning 2.0."""

    remove_network: RemovalOptions | None = Field(
        default=None, description="take the network off the board again at the end"
    )
    again: bool = Field(
        default=False,
        description="set up anew a unit that has come to its cloud before, as a returned one; "
        "without it such a unit keeps what it has, and is only shown to work",
    )
    application: FileOptions | None = Field(
        default=None, description="the thing's own sketch, flashed at the end"
    )

    @field_validator("remove_network")
    @classmethod
    def _keeps_its_device(cls, removal: RemovalOptions | None) -> RemovalOptions | None:
        if removal and removal.way == "reset":
            raise ValueError("'reset' takes the device id and the certificate away too")
        return removal


@dataclass(slots=True)
class _Arrival:
    """The device that the board has become; empty before."""

    device: str = ""


@procedure(
    "Arduino Cloud",
    steps="check sketch identify prove claim reset join arrive finish",
    options=ArduinoOptions,
    board=TakesNetwork,
    cloud=OnboardsBoards,
    again="Provision again",
)
async def arduino(run: Run, board: Board, cloud: Cloud) -> None:
    support = await checked(run, board, cloud)
    await provision(run, board, cloud, support)


async def checked(run: Run, board: Board, cloud: Cloud) -> Support:
    """Tell the step in which it is seen that all can be done that the recipe wants."""
    options = run.options(ArduinoOptions)
    run.network(options.network)
    async with run.step("check", within_s=30):
        _check_end(run, board, options)
        return await supported(board, cloud, "2.0")


async def provision(run: Run, board: Board, cloud: Cloud, support: Support) -> None:
    """Tell the steps from a board that was checked to a device in the cloud."""
    options = run.options(ArduinoOptions)
    network = run.network(options.network)

    async with run.step("sketch", within_s=300):
        heard = await bring_sketch(run, board, cloud, support)

    async with run.step("identify", within_s=30):
        identity = await known(run, board, support)

    async with run.step("prove", within_s=30):
        proof = await board.prove()
        identity = identity.proven(proof)
        await run.learn(identity)
        before = await _came_before(run, cloud, options)

    unit = sketches(board).unit
    name = device_name(options, unit, identity, proof.subject)
    if before:
        await _shown_to_work(run, board, cloud, before)
        await _finish(run, board, cloud, before, name)
        return
    claim = await _claimed(
        run, cloud, proof, deeds.enrol(onboards(cloud), proof, unit, network.connection, name)
    )

    async with _unclaimed_on_failure(run, cloud, proof) as arrival:
        async with run.step("reset", within_s=20):
            await configures(board).forget()

        async with run.step("join", within_s=JOIN_S + 10):
            await join(board, network, heard, JOIN_S)

        async with run.step("arrive", within_s=ARRIVE_S + 10):
            device = await onboards(cloud).device_of(proof.subject, ARRIVE_S)
            arrival.device = device
            await run.became(cloud, claim, device)

    await _finish(run, board, cloud, device, name)


async def _came_before(run: Run, cloud: Cloud, options: ArduinoOptions) -> str:
    """Return the device that the unit is already, where that can be shown and is to stay.

    The record has the last word: a later attempt, which erased the board, has ended that claim.
    """
    if options.again or options.remove_network:
        return ""
    device = await run.held(cloud)
    return device if device and await keeps(cloud).has_device(device) else ""


async def _shown_to_work(run: Run, board: Board, cloud: Cloud, device: str) -> None:
    """Tell the steps of a unit that has come to its cloud before: nothing is made or erased.

    A board loses its certificate and its network together, by RESET alone: one that joins the
    network that it keeps still is the device that it was.
    """
    async with run.step("claim", within_s=15):
        await run.became(cloud, Claim(CLOUD, device, already=True), device)

    async with run.step("reset", within_s=15):
        await run.note("kept", {"device": device})

    async with run.step("join", within_s=JOIN_S + 10):
        try:
            await configures(board).rejoin(JOIN_S)
        except NetworkRefused as refused:
            detail = f"{refused.detail}; it is {device} already: 'again = true' sets it up anew"
            raise NetworkRefused(detail) from refused

    async with run.step("arrive", within_s=15):
        await run.note("came before", {"device": device})


async def _finish(run: Run, board: Board, cloud: Cloud, device: str, name: str) -> None:
    options = run.options(ArduinoOptions)
    async with run.step("finish", within_s=HAND_S + 300):
        if options.again or options.remove_network:
            await delete_devices(run, board, cloud, but=device)
        await dress(cloud, device, options, name)
        await configures(board).part()
        await _leave_behind(run, board, options)


async def _leave_behind(run: Run, board: Board, options: ArduinoOptions) -> None:
    """Leave on the board what the recipe wants there: no network, its own sketch."""
    if options.remove_network:
        await remove_network(run, board, options.remove_network)
    if options.application:
        file = options.application
        await run.flash(sketches(board), run.pinned(file.file, file.sha256))


def _check_end(run: Run, board: Board, options: ArduinoOptions) -> None:
    """See that what comes after the claim can be done at all.

    Raises:
        ImageMissing, ImageWrong: a file that is to be flashed is not there.
        SketchTooOld: it is done over the cable alone.
        HandNeeded: the board has no gesture.

    """
    removal = options.remove_network
    for each in (options.application, removal if removal and removal.file else None):
        if each:
            run.pinned(each.file, each.sha256)
    if (options.application or removal) and not sketches(board).flashable:
        raise SketchTooOld("what the recipe wants at the end is done over the USB cable alone")
    if removal and removal.way == "hand" and not sketches(board).unit.hardware.gesture():
        raise HandNeeded("this product has no gesture; the recipe can use way = 'sketch'")


async def _claimed(run: Run, cloud: Cloud, proof: Proof, deed: Deed[Claim]) -> Claim:
    """Tell the step of the claim; one that was made as the run was stopped is taken back.

    After a fault there is nothing to take back, or nobody knows: that is settled later.
    """
    try:
        async with run.step("claim", within_s=45):
            return await run.claim_by(deed)
    except (TimeoutError, asyncio.CancelledError) as exc:
        await _let_go_unless_interrupted(run, cloud, proof, exc)
        raise


@asynccontextmanager
async def _unclaimed_on_failure(run: Run, cloud: Cloud, proof: Proof) -> AsyncIterator[_Arrival]:
    """Take the claim back when the board does not get to its cloud after all."""
    arrival = _Arrival()
    try:
        yield arrival
    except (Fault, TimeoutError, asyncio.CancelledError) as exc:
        if not arrival.device:
            await _let_go_unless_interrupted(run, cloud, proof, exc)
        raise


async def _let_go_unless_interrupted(
    run: Run, cloud: Cloud, proof: Proof, exc: BaseException
) -> None:
    """Take the claim back, but not when the station stops: the next visit goes on from there."""
    if not isinstance(run.blame(exc), Interrupted):
        await let_go(run, cloud, proof.subject)
