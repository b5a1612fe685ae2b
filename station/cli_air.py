"""Bluetooth on the command line: the radio of a line, and who is on the air."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import typer

from station.cli_options import show

if TYPE_CHECKING:
    from station.desk import Post
    from station.links import AirWiring
    from station.settings import BluetoothSettings, Settings

LISTEN_S = 3.0


def asked_for(told: Settings, *, bluetooth: bool, picks: Sequence[str], named: bool) -> Settings:
    """Return the settings as the options of `station run` change them.

    Without a screen nobody picks: where no board is named it is the one held to the antenna.
    `named`: ports were given by name, so that nothing else is used which was not asked for.
    """
    from station.settings import MOST_LANES, BluetoothSettings

    lanes = min(MOST_LANES, max(1, told.bluetooth.lanes, len(picks)))
    if bluetooth or picks:
        air = BluetoothSettings(lanes=lanes, pick="label" if picks else "nearest")
    else:
        air = BluetoothSettings() if named else told.bluetooth
    return told.model_copy(update={"bluetooth": air})


def radio(
    told: BluetoothSettings, wishes: Sequence[str] = ()
) -> Callable[[Post], AirWiring] | None:
    """Return what makes the radio of a line; None where the settings leave Bluetooth alone."""
    if not told.lanes:
        return None

    def made(post: Post) -> AirWiring:
        # bleak takes long to load, and the window is up by now
        from station.links.ble_wiring import BleWiring
        from station.links.picking import Picking

        picking = Picking(nearest=told.pick == "nearest")
        return BleWiring(told.lanes, picking, post, post, wishes=wishes)

    return made


def show_nearby(as_json: bool) -> None:
    """Listen for a while and show who was heard."""
    from station.links.ble_wiring import boards_on_air

    found = asyncio.run(boards_on_air(LISTEN_S))
    if not found:
        typer.echo("No board is on the air.", err=True)
    for board in found:
        told = {
            "address": board.address,
            "name": board.name,
            "label": board.label,
            "rssi": board.rssi_dbm,
        }
        show(told, as_json)
