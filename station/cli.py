"""Every verb of the station without a screen. Only what a verb needs is loaded."""

from __future__ import annotations

import io
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from station import __version__, cli_air
from station.cli_authority import authority_app
from station.cli_claims import claims_app
from station.cli_devices import devices_app
from station.cli_labels import labels_app
from station.cli_line import headless_line, line_of, spare_a_real_line
from station.cli_networks import networks_app
from station.cli_options import (
    UNABLE,
    WRONG,
    AsJson,
    DataDir,
    DemoKind,
    Kind,
    RootDataDir,
    Seed,
    Units,
    chosen_folder,
    folder_of,
    show,
    this_user,
)
from station.cli_orders import orders_app
from station.cli_people import people_app
from station.cli_recipe import recipe_app, secret_app
from station.cli_records import records_app
from station.cli_rework import rework_app
from station.cli_serials import serials_app
from station.cli_simulate import simulate_app
from station.cli_window import desk_of, open_window
from station.faults import (
    Bug,
    Fault,
    FileWrong,
    LabelWrong,
    PersonFault,
    PoolExists,
    RecipeWrong,
)

if TYPE_CHECKING:
    pass

MISTAKES = (RecipeWrong, LabelWrong, FileWrong, PersonFault, PoolExists)
"""The command or the recipe is wrong, not the station."""

app = typer.Typer(
    name="station",
    help="A manufacturing-line provisioning station. Without a command it opens the window.",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(authority_app, name="authority")
app.add_typer(claims_app, name="claims")
app.add_typer(devices_app, name="devices")
app.add_typer(labels_app, name="labels")
app.add_typer(networks_app, name="networks")
app.add_typer(people_app, name="people")
app.add_typer(orders_app, name="orders")
app.add_typer(recipe_app, name="recipe")
app.add_typer(records_app, name="records")
app.add_typer(rework_app, name="rework")
app.add_typer(serials_app, name="serials")
app.add_typer(simulate_app, name="simulate")
app.add_typer(secret_app, name="secret")


def main() -> None:
    """Run the command line; a fault is a sentence and an exit status, never a traceback."""
    from station.headless import complain

    if isinstance(sys.stdout, io.TextIOWrapper):
        # what a board says may have no letters in this terminal's code page
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        app()
    except Fault as fault:
        complain(fault.trouble)
        sys.exit(WRONG if isinstance(fault, MISTAKES) else UNABLE)
    except Exception as exc:  # noqa: BLE001 - the last resort: a sentence here, the rest in the log
        _log_of_a_bug(exc)
        complain(Bug(type(exc).__name__).trouble)
        sys.exit(UNABLE)
    finally:
        _let_go_of_stdout()


@app.callback()
def window(
    context: typer.Context,
    data_dir: RootDataDir = None,
    version: Annotated[bool, typer.Option("--version", help="Show the version and end.")] = False,
) -> None:
    """Open the operator's window."""
    context.obj = data_dir
    if version:
        typer.echo(f"station {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        sys.exit(open_window(desk_of(folder_of(context, None))))


@app.command()
def demo(
    context: typer.Context,
    *,
    kind: Kind = DemoKind.NRF91,
    slots: Annotated[int, typer.Option(min=1, max=16, help="Slots of the simulated line.")] = 4,
    units: Units = None,
    headless: Annotated[bool, typer.Option("--headless", help="Without the window.")] = False,
    lessons: Annotated[
        bool | None,
        typer.Option(help="Faulty units among them; by default in the window only."),
    ] = None,
    seed: Seed = 1,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Run simulated boards and clouds through the real engine, links and record."""
    from station import logs
    from station.demo import Demo
    from station.demo_arduino import ArduinoDemo
    from station.demo_thingsboard import ThingsBoardDemo

    folder = chosen_folder(context, data_dir) or folder_of(context, None) / "demo"
    spare_a_real_line(folder)
    logs.begin(folder)
    headless = headless or as_json
    clean = headless if lessons is None else not lessons
    if headless:
        units = units or 2 * slots
    kinds = {DemoKind.ARDUINO: ArduinoDemo, DemoKind.THINGSBOARD: ThingsBoardDemo}
    told = kinds.get(kind, Demo)(folder, slots, units, seed, hurried=headless, clean=clean)
    if headless:
        sys.exit(headless_line(told.serve, folder, told.sign_in, units, as_json))
    sys.exit(open_window(told.desk()))


@app.command()
def run(
    context: typer.Context,
    *,
    recipe: Annotated[Path, typer.Option(help="The recipe file.", dir_okay=False)],
    port: Annotated[
        list[str] | None, typer.Option("--port", help="Use this port; repeat for more.")
    ] = None,
    bluetooth: Annotated[
        bool, typer.Option("--bluetooth", help="Boards on the air instead of those on USB.")
    ] = False,
    pick: Annotated[
        list[str] | None,
        typer.Option("--pick", help="The board on the air with this label; repeat for more."),
    ] = None,
    units: Units = None,
    operator: Annotated[str, typer.Option(help="Who signs in.")] = "",
    scans: Annotated[
        bool, typer.Option("--scans", help="Each line of standard input is a scan.")
    ] = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Run the line without a screen."""
    from station import logs, recipes, registry, settings

    kind = recipes.load(recipe, registry.shapes()).board
    folder = folder_of(context, data_dir)
    logs.begin(folder)
    told, picks = settings.load(folder), pick or []
    air = cli_air.asked_for(told, bluetooth=bluetooth, picks=picks, named=bool(port))
    by_air_alone = not port and (bluetooth or bool(picks))
    line = line_of(folder, air, tuple(port or ()), kind, picks, with_usb=not by_air_alone)
    for each in port or ():
        if "/" in each and not Path(each).exists():
            typer.echo(f"{each} is not there; waiting for it.", err=True)
    who = operator or this_user()
    sys.exit(headless_line(line.serve, folder, (who, recipe, None), units, as_json, scans=scans))


@app.command()
def ports(
    *,
    bluetooth: Annotated[
        bool, typer.Option("--bluetooth", help="Show the boards on the air instead.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show what is plugged in."""
    if bluetooth:
        cli_air.show_nearby(as_json)
        return
    from station import registry
    from station.links.serial import usb_sightings
    from station.links.sightings import group
    from station.links.usb_linux import with_portless
    from station.model import Medium

    found = group(with_portless(usb_sightings(), registry.waits_on_usb))
    if not found:
        typer.echo("No serial port is plugged in.", err=True)
    for thing in found.values():
        attachment = thing.attachment
        kind, chosen = registry.detect(attachment) or ("", None)
        for each in attachment.ports:
            told = {
                "path": each.path,
                "kind": kind if each == chosen else "",
                "vid": each.vid,
                "pid": each.pid,
                "usb_serial": each.usb_serial,
                "location": each.location,
                "interface": each.interface,
                "product": each.product,
            }
            if each.medium is Medium.USB:
                told["note"] = "its boot loader waits for an image and shows no serial port"
            show(told, as_json)


@app.command()
def boards(as_json: AsJson = False) -> None:
    """Show which kinds of board are known."""
    from station import registry

    for name, kind in sorted(registry.boards().items()):
        show({"kind": name, "title": kind.title}, as_json)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Look for what would keep the station from working (not there yet)."""
    _not_there_yet("station doctor")


def _log_of_a_bug(exc: Exception) -> None:
    from station import logs, settings

    if not logging.getLogger().handlers:
        with suppress(Fault):
            logs.begin(settings.default_data_dir())
    if logging.getLogger().handlers:
        logging.getLogger(__name__).error("a bug, not a fault", exc_info=exc)


def _let_go_of_stdout() -> None:
    """Keep the interpreter from complaining at its end that the reader has gone."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _not_there_yet(what: str) -> NoReturn:
    typer.echo(f"'{what}' is not there yet.", err=True)
    raise typer.Exit(UNABLE)
