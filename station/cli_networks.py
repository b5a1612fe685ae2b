"""The networks of this station on the command line: an engineer sets them up, recipes name them."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from station.cli_options import AsJson, DataDir, folder_of, show

if TYPE_CHECKING:
    from station.model import AccessPoint, Change
    from station.networks import Networks

networks_app = typer.Typer(
    no_args_is_help=True,
    help="The networks that boards are given; their secrets stay in the keystore.",
)

LOOK_S = 3.0
"""How long a board is looked for before there is none."""

Name = Annotated[str, typer.Argument(help="What recipes call it: small letters, digits, hyphens.")]


@networks_app.command("list")
def networks_list(
    context: typer.Context, as_json: AsJson = False, data_dir: DataDir = None
) -> None:
    """Show the networks, and whether their secrets are there."""
    from station.faults import SecretMissing
    from station.networks import secret_name

    networks = _networks(folder_of(context, data_dir))
    for name, profile in networks.profiles().items():
        missing = []
        for each in profile.secrets():
            try:
                networks.secret(secret_name(name, each))
            except SecretMissing:
                missing.append(each)
        told: dict[str, Any] = {"network": name, "kind": profile.kind}
        told |= profile.model_dump(mode="json", exclude={"kind"}, exclude_defaults=True)
        show(told | {"missing": ", ".join(missing)}, as_json)


@networks_app.command("add")
def networks_add(
    context: typer.Context,
    name: Name,
    setting: Annotated[
        list[str],
        typer.Argument(
            help="Settings as KEY=VALUE: kind=wifi ssid=factory-net; kind=ethernet; "
            "kind=gsm|nb|catm1|cellular apn=... ; kind=lora app_eui=..."
        ),
    ],
    data_dir: DataDir = None,
) -> None:
    """Set a network up, or set it up anew; its secrets are asked for, or read from lines of input."""
    from station.networks import check_name, checked

    networks = _networks(folder_of(context, data_dir))
    check_name(name)
    profile = checked(dict(_pair(each) for each in setting))
    for each in profile.secrets():
        _ask_for(name, each)
    networks.keep(name, profile)
    networks.network(name)  # what no board could take is better told now than on the line
    typer.echo(f"Set up {name}.")


@networks_app.command("remove")
def networks_remove(context: typer.Context, name: Name, data_dir: DataDir = None) -> None:
    """Forget a network; what the keystore holds of it stays there."""
    _networks(folder_of(context, data_dir)).drop(name)
    typer.echo(f"Removed {name}.")


@networks_app.command("heard")
def networks_heard(
    context: typer.Context,
    *,
    port: Annotated[
        str | None, typer.Option(help="The board's port, when no USB listing knows it.")
    ] = None,
    within_s: Annotated[float, typer.Option(help="How long the board may take.", min=1)] = 30.0,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Show the wireless networks that a board hears, the loudest first, and which are set up."""
    known = {
        profile.ssid: name
        for name, profile in _networks(folder_of(context, data_dir)).profiles().items()
        if profile.kind == "wifi"
    }
    for each in asyncio.run(_heard(port, within_s)):
        told = {"ssid": each.ssid, "dbm": each.rssi_dbm, "network": known.get(each.ssid, "")}
        show(told, as_json)


async def _heard(path: str | None, within_s: float) -> tuple[AccessPoint, ...]:
    """Ask the first board that can tell.

    Raises:
        PortMissing: there is none.

    """
    from station import registry
    from station.boards import TakesNetwork
    from station.faults import PortMissing
    from station.fixture import Place
    from station.links.watch import NamedPorts, UsbWiring
    from station.model import Attached, Slot
    from station.seat import PlaceSeat

    wiring = NamedPorts([path]) if path else UsbWiring()
    kinds = [kind for kind in registry.boards().values() if issubclass(kind, TakesNetwork)]
    place = Place(Slot("1"))
    async for change in _until(wiring.changes(), LOOK_S):
        for kind in kinds if isinstance(change, Attached) else ():
            there = change.attachment
            if port := kind.port(there) or (there.ports[0] if path else None):
                place.fill(there, kind.name, port)
                seat = PlaceSeat(wiring, place)
                board = await kind.open(await seat.open(port, kind.lines[0]), kind.Options(), seat)
                try:
                    return await cast(TakesNetwork, board).greet(within_s)
                finally:
                    await board.close()
    raise PortMissing(path or "no board that can tell is plugged in")


async def _until(changes: AsyncIterator[Change], within_s: float) -> AsyncIterator[Change]:
    """Yield the changes that come while something new comes every `within_s` seconds."""
    with suppress(TimeoutError, StopAsyncIteration):
        while True:
            async with asyncio.timeout(within_s):
                change = await anext(changes)
            yield change


def _networks(folder: Path) -> Networks:
    from station import secrets
    from station.networks import Networks

    return Networks(folder, secrets.secret)


def _pair(text: str) -> tuple[str, Any]:
    key, is_there, value = text.partition("=")
    if not is_there or not key:
        raise typer.BadParameter(f"{text!r} is not KEY=VALUE")
    if key in {"password", "pin", "app_key"}:
        raise typer.BadParameter(f"{key} is a secret: it is asked for, never an argument")
    if key == "bands":
        return key, [int(each) if each.isdecimal() else each for each in value.split(",")]
    if value in {"true", "false"}:
        return key, value == "true"
    return key, value


def _ask_for(network: str, secret: str) -> None:
    """Put a secret into the keystore: from the terminal, or the next line of standard input."""
    from pydantic import SecretStr

    from station import secrets
    from station.networks import secret_name

    if sys.stdin.isatty():
        value = typer.prompt(f"{secret} of {network}", hide_input=True)
    else:
        value = sys.stdin.readline().rstrip("\r\n")
    if not value:
        raise typer.BadParameter(f"{secret} is empty")
    secrets.store(secret_name(network, secret), SecretStr(value))
