"""What the commands share: options, exit statuses, and how a thing is shown."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from station.record import Record

WRONG, UNABLE = 2, 3
"""Exit statuses: the command or the recipe is wrong; the station could not work."""

_DATA_DIR = "Folder of this station's record, logs and settings; also STATION_DATA_DIR."
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help=_DATA_DIR, file_okay=False, show_default=False)
]
# read once, before the command's name: there a folder that was typed wins over it
RootDataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        help=_DATA_DIR,
        file_okay=False,
        show_default=False,
        envvar="STATION_DATA_DIR",
        show_envvar=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Units = Annotated[int | None, typer.Option(min=1, help="End after this many units.")]
Faults = Annotated[list[str] | None, typer.Option("--fault", help="A fault by its name; repeat.")]
Seed = Annotated[int, typer.Option(help="The same seed gives the same boards.")]


class DemoKind(StrEnum):
    """What can be demonstrated."""

    NRF91 = "nrf91"
    ARDUINO = "arduino"
    THINGSBOARD = "thingsboard"


Kind = Annotated[
    DemoKind, typer.Option(help="Boards for nRF Cloud, for Arduino Cloud or for ThingsBoard.")
]


def chosen_folder(context: typer.Context, data_dir: Path | None) -> Path | None:
    """Return the data directory that was given to this command, to `station` or in the environment."""
    root = context.find_root().obj
    chosen = data_dir or (root if isinstance(root, Path) else None)
    return chosen.absolute() if chosen else None


def folder_of(context: typer.Context, data_dir: Path | None) -> Path:
    """Return the chosen data directory, or the default."""
    from station.settings import default_data_dir

    return chosen_folder(context, data_dir) or default_data_dir()


def record_of(context: typer.Context, data_dir: Path | None) -> Path:
    """Return where the record is; a folder without one ends the command."""
    from station.folder import RECORD

    path = folder_of(context, data_dir) / RECORD
    if not path.exists():
        typer.echo(f"There is no record at {path}; --data-dir chooses another folder.", err=True)
        raise typer.Exit(UNABLE)
    return path


@contextmanager
def opened_record(path: Path) -> Iterator[Record]:
    """Open the record to write to it, or begin one.

    Raises:
        RecordFault, FolderForbidden: it can't be opened; RecordInUse while a station runs.

    """
    from station.faults import FolderForbidden
    from station.record import Record

    try:
        record = Record(path)
    except OSError as exc:
        raise FolderForbidden(f"{path.parent}: {exc.strerror}") from None
    try:
        yield record
    finally:
        record.close()


def this_user() -> str:
    """Return what the system calls whoever typed the command."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container's user may have no name
        return "unknown"


def show(told: dict[str, Any], as_json: bool) -> None:
    """Write a thing on one line."""
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        pairs = (f"{key}={value}" for key, value in told.items() if value not in (None, ""))
        typer.echo("  ".join(pairs))
