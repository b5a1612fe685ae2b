"""Returns: the cloud's devices of a board go, and what the board keeps is erased and shown to be.

The devices go first: a board that was erased can't say any more which one it was. Those that the
record knows are meant, and those that the cloud finds by the USB serial number.
"""

from __future__ import annotations

from station import deeds
from station.boards import Board, TakesNetwork
from station.clouds import Cloud, KeepsDevices, OnboardsBoards
from station.faults import CloudNonsense
from station.procedures import procedure
from station.procedures.arduino_devices import delete_devices, devices_of
from station.procedures.arduino_network import forget_and_show
from station.procedures.arduino_steps import (
    SketchOptions,
    bring_sketch,
    configures,
    onboards,
    supported,
)
from station.procedures.read_identity import GREET_S, shown_by, who_it_is
from station.run import Run


@procedure(
    "Take back",
    steps="check sketch identify prove delete release erase confirm",
    options=SketchOptions,
    board=TakesNetwork,
    cloud=OnboardsBoards,
    erases=True,
)
async def arduino_take_back(run: Run, board: Board, cloud: Cloud) -> None:
    async with run.step("check", within_s=30):
        support = await supported(board, cloud, "2.0")

    async with run.step("sketch", within_s=300):
        await bring_sketch(run, board, cloud, support)

    async with run.step("identify", within_s=30):
        identity = await board.identify()
        await run.learn(identity)

    async with run.step("prove", within_s=30):
        proof = await board.prove()
        await run.learn(identity.proven(proof))

    async with run.step("delete", within_s=60):
        await delete_devices(run, board, cloud)

    async with run.step("release", within_s=30):
        await run.once(deeds.release(onboards(cloud), proof.subject))

    async with run.step("erase", within_s=60):
        await forget_and_show(run, board)
        await configures(board).part()

    async with run.step("confirm", within_s=30):
        await _refuse_left(run, board, cloud)


@procedure(
    "Unclaim",
    steps="identify delete confirm",
    board=TakesNetwork,
    cloud=KeepsDevices,
)
async def arduino_unclaim(run: Run, board: Board, cloud: Cloud) -> None:
    """Delete the board's devices, and leave the board as it is: its key opens nothing then."""
    async with run.step("identify", within_s=GREET_S + 30):
        await run.learn(shown_by(board) or await who_it_is(board))

    async with run.step("delete", within_s=60):
        await delete_devices(run, board, cloud)

    async with run.step("confirm", within_s=30):
        await _refuse_left(run, board, cloud)


async def _refuse_left(run: Run, board: Board, cloud: Cloud) -> None:
    if left := await devices_of(run, board, cloud):
        raise CloudNonsense(f"deleted, and there all the same: {', '.join(left)}")
