"""What the commands share: options, exit statuses, and how a thing is shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

WRONG, UNABLE = 2, 3
"""Exit statuses: the command or the recipe is wrong; the station could not work."""

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        envvar="STATION_DATA_DIR",
        help="Folder of this station's record, logs and settings.",
        file_okay=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Units = Annotated[int | None, typer.Option(min=1, help="End after this many units.")]
Faults = Annotated[list[str] | None, typer.Option("--fault", help="A fault by its name; repeat.")]
Seed = Annotated[int, typer.Option(help="The same seed gives the same boards.")]


def folder_of(context: typer.Context, data_dir: Path | None) -> Path:
    """Return the data directory: given to this command, to `station`, or the default."""
    from station.settings import default_data_dir

    root = context.find_root().obj
    return data_dir or (root if isinstance(root, Path) else None) or default_data_dir()


def show(told: dict[str, Any], as_json: bool) -> None:
    """Write a thing on one line."""
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        pairs = (f"{key}={value}" for key, value in told.items() if value not in (None, ""))
        typer.echo("  ".join(pairs))
