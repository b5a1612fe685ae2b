"""A board's network is changed or taken away, the board's place in its cloud stays what it is."""

from __future__ import annotations

from typing import Literal, cast

from pydantic import Field, model_validator

from station.boards import Board, DropsNetwork, TakesNetwork
from station.clouds import Cloud
from station.faults import HandNeeded, LinkLost, NotErased
from station.procedures import procedure
from station.procedures.arduino_steps import (
    GREET_FRESH_S,
    FileOptions,
    NetworkOptions,
    configures,
    join,
    sketches,
)
from station.procedures.erasure import tell_erased
from station.run import Run

JOIN_S = 200.0
HAND_S = 300.0
"""How long a person may take to do what a board asks for, in seconds."""


KEPT = ("network", "device id", "certificate")
"""What a board with Provisioning 2.0 is given."""

NO_NETWORK = "asked to join what it keeps, the board says that it keeps no network"


class RemovalOptions(FileOptions):
    """How the network is taken off: by the sketch that deletes it, or by a hand at the board."""

    file: str = ""
    sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    way: Literal["hand", "sketch", "reset"] = Field(
        description="'sketch' flashes the sketch DeleteConfiguration (file, sha256) and answers it; "
        "'hand' asks for the board's own gesture; 'reset' has the provisioning sketch erase the "
        "network, the device id and the certificate"
    )

    @model_validator(mode="after")
    def _a_sketch_is_a_file(self) -> RemovalOptions:
        if (self.way == "sketch") != bool(self.file and self.sha256):
            raise ValueError("file and sha256 go with way = 'sketch', and with no other")
        return self


class DropOptions(RemovalOptions):
    """The options of taking a network away."""

    application: FileOptions | None = Field(
        default=None, description="the thing's own sketch, flashed at the end"
    )


@procedure(
    "Change network",
    steps="identify join finish",
    options=NetworkOptions,
    board=TakesNetwork,
    offline=True,
)
async def change_network(run: Run, board: Board, cloud: Cloud) -> None:
    """Over a cable the thing's sketch is always ready; by radio only after the board's gesture."""
    network = run.network(run.options(NetworkOptions).network)

    async with run.step("identify", within_s=GREET_FRESH_S + 30):
        heard = await configures(board).greet(GREET_FRESH_S)
        await run.learn(await board.identify())
        await run.note("networks heard", {each.ssid: each.rssi_dbm for each in heard})

    async with run.step("join", within_s=JOIN_S + 10):
        await join(board, network, heard, JOIN_S)

    async with run.step("finish", within_s=20):
        await configures(board).part()


@procedure(
    "Delete network",
    steps="identify remove finish",
    options=DropOptions,
    board=TakesNetwork,
    offline=True,
    erases=True,
)
async def drop_network(run: Run, board: Board, cloud: Cloud) -> None:
    options = run.options(DropOptions)

    async with run.step("identify", within_s=GREET_FRESH_S + 30):
        await configures(board).greet(GREET_FRESH_S)
        await run.learn(await board.identify())

    async with run.step("remove", within_s=HAND_S + 60):
        await remove_network(run, board, options)

    async with run.step("finish", within_s=240):
        if file := options.application:
            await run.flash(sketches(board), run.pinned(file.file, file.sha256))


async def remove_network(run: Run, board: Board, options: RemovalOptions) -> None:
    """Take the network off the board, and show that it is gone.

    Raises:
        NotErased: it is not, or the board says that it did not work.

    """
    match options.way:
        case "reset":
            await forget_and_show(run, board)
        case "sketch":
            await run.flash(sketches(board), run.pinned(options.file, options.sha256))
            await cast(DropsNetwork, board).drop_network()
            await tell_erased(run, ["network"], "the sketch says that it has deleted it")
        case "hand":
            await _asked_for_a_hand(run, board)
            await _show_none(run, board)


async def forget_and_show(run: Run, board: Board) -> None:
    """Have the board forget all that it was given, and show that it keeps no network.

    Its network, device id and certificate go together, by RESET.

    Raises:
        NotErased: it keeps a network still.

    """
    await configures(board).forget()
    await _refuse_kept(board)
    await tell_erased(run, KEPT, f"the board says that all is forgotten; {NO_NETWORK}")


async def _show_none(run: Run, board: Board) -> None:
    """Show that a board keeps no network; on the air it can't be asked after its restart."""
    try:
        await _refuse_kept(board)
    except LinkLost:
        await run.note("not shown", {"what": ["network"], "why": "it is on the air no more"})
        return
    await tell_erased(run, ["network"], NO_NETWORK)


async def _refuse_kept(board: Board) -> None:
    if await configures(board).keeps_network():
        raise NotErased("it joins the network that it keeps still")


async def _asked_for_a_hand(run: Run, board: Board) -> None:
    gesture = sketches(board).unit.hardware.gesture(await configures(board).library_version())
    if gesture is None:
        raise HandNeeded("this product has no gesture; use the sketch DeleteConfiguration")
    run.prompt(HandNeeded(), gesture)
    await configures(board).await_restart(HAND_S)
