"""Provisioning 2.0: the board is claimed, is given its network, and comes to its cloud by itself.

Over a USB cable or by radio; by radio a board can't be flashed, and must have its sketch already.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import Field

from station import deeds
from station.boards import Board, TakesNetwork
from station.clouds import Cloud, OnboardsBoards
from station.faults import Fault, Interrupted
from station.model import Proof
from station.procedures import procedure
from station.procedures.arduino_network import RemovalOptions, remove_network
from station.procedures.arduino_steps import (
    DeviceOptions,
    FileOptions,
    NetworkOptions,
    SketchOptions,
    bring_sketch,
    configures,
    device_name,
    dress,
    join,
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
    application: FileOptions | None = Field(
        default=None, description="the thing's own sketch, flashed at the end"
    )


@procedure(
    "Arduino Cloud",
    steps="check sketch identify prove claim reset join arrive finish",
    options=ArduinoOptions,
    board=TakesNetwork,
    cloud=OnboardsBoards,
)
async def arduino(run: Run, board: Board, cloud: Cloud) -> None:
    await provision(run, board, cloud)


async def provision(run: Run, board: Board, cloud: Cloud) -> None:
    """Tell the nine steps from a board in its slot to a device in the cloud."""
    options = run.options(ArduinoOptions)
    network = run.network(options.network)

    async with run.step("check", within_s=30):
        support = await supported(board, cloud, "2.0")

    async with run.step("sketch", within_s=300):
        heard = await bring_sketch(run, board, cloud, support)

    async with run.step("identify", within_s=30):
        identity = await known(run, board, support)

    async with run.step("prove", within_s=30):
        proof = await board.prove()
        identity = identity.proven(proof)
        await run.learn(identity)

    unit = sketches(board).unit
    name = device_name(options, unit, identity, proof.subject)
    async with run.step("claim", within_s=45):
        claim = await run.claim_by(
            deeds.enrol(onboards(cloud), proof, unit, network.connection, name)
        )

    async with _unclaimed_on_failure(run, cloud, proof):
        async with run.step("reset", within_s=20):
            await configures(board).forget()

        async with run.step("join", within_s=JOIN_S + 10):
            await join(board, network, heard, JOIN_S)

        async with run.step("arrive", within_s=ARRIVE_S + 10):
            device = await onboards(cloud).device_of(proof.subject, ARRIVE_S)
            await run.became(cloud, claim, device)

    async with run.step("finish", within_s=300):
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


@asynccontextmanager
async def _unclaimed_on_failure(run: Run, cloud: Cloud, proof: Proof) -> AsyncIterator[None]:
    """Take the claim back when the board does not get to its cloud after all.

    A station that stops leaves the claim: the unit's next visit finds it, and goes on from there.
    """
    try:
        yield
    except Interrupted:
        raise
    except (Fault, TimeoutError, asyncio.CancelledError) as exc:
        if not isinstance(run.blame(exc), Interrupted):
            await let_go(run, cloud, proof.subject)
        raise
