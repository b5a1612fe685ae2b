"""Pools of serial numbers on the command line."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from station.cli_options import AsJson, DataDir, folder_of, opened_record, record_of, show

serials_app = typer.Typer(no_args_is_help=True, help="The serial numbers that units are given.")

LONGEST = 64
"""Letters in a serial number."""

PoolName = Annotated[str, typer.Argument(help="What recipes call the pool.")]


@serials_app.command("make")
def serials_make(
    context: typer.Context,
    name: PoolName,
    *,
    first: Annotated[int, typer.Option(min=0, help="The first count.")] = 1,
    last: Annotated[int, typer.Option(min=0, help="The last count.")],
    prefix: Annotated[str, typer.Option(help="What stands before it.")] = "",
    width: Annotated[int, typer.Option(min=1, max=20, help="Digits at least; zeros fill up.")] = 1,
    data_dir: DataDir = None,
) -> None:
    """Make a pool that counts."""
    from station.folder import RECORD
    from station.record.serials import Pool

    if last < first:
        raise typer.BadParameter(f"the last, {last}, comes before the first, {first}")
    pool = Pool(_name(name), prefix, first, last, width)
    _fit(pool.longest, "the last number")
    with opened_record(folder_of(context, data_dir) / RECORD) as record:
        asyncio.run(record.serials.make(pool))
    typer.echo(f"{last - first + 1} numbers, up to {pool.longest}.")


@serials_app.command("import")
def serials_import(
    context: typer.Context,
    name: PoolName,
    file: Annotated[Path, typer.Argument(dir_okay=False, help="One number a line.")],
    data_dir: DataDir = None,
) -> None:
    """Add given numbers to a pool, which is made if need be."""
    from station.folder import RECORD

    numbers = _read(file)
    with opened_record(folder_of(context, data_dir) / RECORD) as record:
        new = asyncio.run(record.serials.take_in(_name(name), numbers))
    typer.echo(f"{new} of {len(numbers)} numbers were new to the pool.")


@serials_app.command("list")
def serials_list(context: typer.Context, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Show how the pools stand: what comes next, and how many are free, taken and confirmed."""
    from station.record import questions
    from station.record.serials import pools_stand

    with questions.reading(record_of(context, data_dir)) as db:
        found = pools_stand(db)
    for each in found:
        show({"pool": each.name, **{k: v for k, v in asdict(each).items() if k != "name"}}, as_json)
    if not found:
        typer.echo("There is no pool; 'station serials make' makes one.", err=True)


def _read(file: Path) -> list[str]:
    """Return the numbers in a file.

    Raises:
        FileWrong: it can't be read, or a line is no number or stands there twice.

    """
    from station.faults import FileWrong
    from station.toml_text import TextWrong, read_text

    try:
        lines = read_text(file).splitlines()
    except (OSError, TextWrong) as exc:
        raise FileWrong(f"{file}: {getattr(exc, 'strerror', None) or exc}") from None
    seen: dict[str, int] = {}
    for count, line in enumerate(lines, 1):
        if not (number := line.strip()):
            continue
        if reason := _unfit(number):
            raise FileWrong(f"{file}:{count}: {reason}")
        if number in seen:
            raise FileWrong(f"{file}:{count}: {number} stands in line {seen[number]} too")
        seen[number] = count
    if not seen:
        raise FileWrong(f"{file}: there is no number in it")
    return list(seen)


def _name(name: str) -> str:
    if not 0 < len(name) <= 40 or not name.isprintable() or name != name.strip():
        raise typer.BadParameter("a pool's name has 1 to 40 letters, and no blank at its ends")
    return name


def _fit(number: str, what: str) -> None:
    if reason := _unfit(number):
        raise typer.BadParameter(f"{what}: {reason}")


def _unfit(number: str) -> str:
    if len(number) > LONGEST:
        return f"{len(number)} letters, {LONGEST} at most"
    if not (number.isascii() and number.isprintable()):
        return "a letter that a barcode can't hold"
    return ""
