"""From Provisioning 1.0 to 2.0: the old device goes, the sketch changes, the board comes anew.

The old device may be at work: it goes when nothing that can be seen before stands in the way.
"""

from __future__ import annotations

from station.boards import Board, TakesNetwork
from station.clouds import Cloud, OnboardsBoards
from station.procedures import procedure
from station.procedures.arduino import ArduinoOptions, checked, provision
from station.procedures.arduino_devices import delete_devices
from station.procedures.arduino_steps import (
    SketchOptions,
    bring_sketch,
    configures,
    known,
    supported,
)
from station.run import Run


@procedure(
    "Migrate to 2.0",
    steps="check delete sketch identify prove claim reset join arrive finish",
    options=ArduinoOptions,
    board=TakesNetwork,
    cloud=OnboardsBoards,
)
async def arduino_migrate(run: Run, board: Board, cloud: Cloud) -> None:
    support = await checked(run, board, cloud)
    await _delete(run, board, cloud)
    await provision(run, board, cloud, support)


@procedure(
    "Prepare for 2.0",
    steps="check delete sketch identify finish",
    options=SketchOptions,
    board=TakesNetwork,
    cloud=OnboardsBoards,
)
async def arduino_prepare(run: Run, board: Board, cloud: Cloud) -> None:
    """Bring the board up to date and leave it ready for Bluetooth: the first half of a migration."""
    async with run.step("check", within_s=30):
        support = await supported(board, cloud, "2.0")

    await _delete(run, board, cloud)

    async with run.step("sketch", within_s=300):
        await bring_sketch(run, board, cloud, support)

    async with run.step("identify", within_s=30):
        await known(run, board, support)

    async with run.step("finish", within_s=20):
        await configures(board).part()


async def _delete(run: Run, board: Board, cloud: Cloud) -> None:
    """Tell the step in which all that the board was in the cloud is deleted."""
    async with run.step("delete", within_s=60):
        await delete_devices(run, board, cloud)
