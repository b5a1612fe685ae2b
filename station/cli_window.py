"""The window on the command line: what it is given of a station's folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from station.cli_line import line_of
from station.cli_options import UNABLE

if TYPE_CHECKING:
    from station.desk import Commands, Desk, Post
    from station.line import Setup
    from station.settings import Settings


def open_window(desk: Desk) -> int:
    """Open the window on `desk`, and return its exit status when it is closed."""
    for entry in entry_points(group="station.windows"):
        try:
            show_window = entry.load()
        except ImportError as exc:
            typer.echo(f"The window can't be opened: {exc}", err=True)
            continue
        opened: int = show_window(desk)
        return opened
    typer.echo("There is no window here; 'station run' works without one.", err=True)
    return UNABLE


def desk_of(folder: Path) -> Desk:
    """Return what the window of the station in `folder` is given.

    Raises:
        SettingsWrong, FolderForbidden: its settings can't be used, or no log can be written.

    """
    from station import logs, settings
    from station.desk import Desk
    from station.folder import RECORD, actions, offers, operators, orders, people

    async def serve(post: Post, give: Callable[[Commands], None]) -> None:
        work = replace(line_of(folder, told), setup=_setup(folder, told)).serve(post, give)
        if not (port := told.scanner.port):
            await work
            return
        from station.links import LineSettings
        from station.scanner import SerialScanner, hear_beside

        line = LineSettings(told.scanner.baud)
        await hear_beside(work, SerialScanner(port, line, told.scanner.encoding, post), post)

    logs.begin(folder)
    told = settings.load(folder)
    return Desk(
        station=told.station,
        training=False,
        record=folder / RECORD,
        offers=lambda: offers(folder),
        operators=lambda: operators(folder),
        serve=serve,
        theme=told.theme,
        wedge=told.scanner.wedge(),
        reading=told.scanner.reading(),
        people=lambda: people(folder),
        orders=lambda: orders(folder),
        actions=lambda: actions(folder),
        codes=told.rework.codes(),
        kiosk=told.kiosk,
        language=told.language,
        labels=bool(told.printers),
        loudness=told.sounds.loudness(),
    )


def _setup(folder: Path, told: Settings) -> Setup:
    from functools import partial

    from station.gate import Gate
    from station.line import Setup
    from station.taught import keep_slots

    return Setup(
        lambda record: Gate(record, told.people.badge_alone),
        told.columns,
        partial(keep_slots, folder),
        told.people.idle_minutes * 60.0,
        told.rework.codes(),
    )
