"""What is this? The board says who it is, and nothing else is done to it.

A board that runs another sketch than the station can talk to is known by what it shows at its
socket, where that is a number of its own.
"""

from __future__ import annotations

from station.boards import Board, RunsSketches, TakesNetwork
from station.clouds import Cloud
from station.faults import SketchMissing
from station.model import Identity
from station.procedures import procedure
from station.procedures.arduino_steps import in_boot_loader
from station.run import Run

GREET_S = 30.0
"""How long a board may take to answer before another sketch, or none, is thought to be on it."""


@procedure("Read identity", steps="identify", offline=True)
async def read_identity(run: Run, board: Board, cloud: Cloud) -> None:
    async with run.step("identify", within_s=GREET_S + 30):
        await run.learn(await who_it_is(board))


async def who_it_is(board: Board) -> Identity:
    """Return who a board says that it is, whatever it runs.

    Raises:
        SketchMissing: it says nothing, and shows no number of its own.
        BoardFault: it can't be understood.

    """
    try:
        if isinstance(board, TakesNetwork):
            await board.greet(GREET_S)
        return await board.identify()
    except SketchMissing:
        shown = shown_by(board)
        if shown is None:
            raise
        return shown


def shown_by(board: Board) -> Identity | None:
    """Return who a board is by what it shows at its socket; None where that tells nothing."""
    if not isinstance(board, RunsSketches) or in_boot_loader(board):
        return None
    unit = board.unit
    if not unit.usb_serial:
        return None
    return Identity(
        kind="arduino",
        serial=unit.usb_serial,
        model=unit.hardware.title,
        firmware="",
        hardware=unit.hardware.fqbn,
        ids=(("usb serial", unit.usb_serial),),
    )
