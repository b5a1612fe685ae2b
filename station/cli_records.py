"""The record on the command line."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from station.cli_filters import (
    CodeOption,
    OperatorOption,
    OrderOption,
    OutcomeOption,
    ProcedureOption,
    RecipeOption,
    SinceOption,
    SlotOption,
    StationOption,
    UntilOption,
    query_of,
)
from station.cli_options import AsJson, DataDir, record_of, show

records_app = typer.Typer(no_args_is_help=True, help="Ask the record.")


class ExportFormat(StrEnum):
    CSV = "csv"
    SHEET = "sheet"
    JSON = "json"


@records_app.command("find")
def records_find(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="Any part of any of its identities.")] = "",
    *,
    outcome: OutcomeOption = None,
    recipe: RecipeOption = "",
    order: OrderOption = "",
    operator: OperatorOption = "",
    slot: SlotOption = "",
    station: StationOption = "",
    procedure: ProcedureOption = "",
    code: CodeOption = "",
    since: SinceOption = "",
    until: UntilOption = "",
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Find units by any part of any of their identities, or by what was done to them."""
    from station.record import questions

    named = {"recipe": recipe, "order": order, "operator": operator, "slot": slot}
    done = {"station": station, "procedure": procedure, "code": code, "outcome": outcome}
    query = query_of(text, since, until, **named, **done)
    if not query.text and not query.filtered:
        raise typer.BadParameter("say a part of an identity, or a filter")
    with questions.reading(record_of(context, data_dir)) as db:
        found = questions.find(db, query)
    for unit in found:
        show(unit, as_json)
    if len(found) == questions.MOST_FOUND:
        typer.echo(f"There may be more: these are the last {len(found)} seen.", err=True)
    if not found:
        with_text = f"No unit's identity holds {text!r}" if text else "No unit fits"
        typer.echo(f"{with_text}{' and fits' if text and query.filtered else ''}.", err=True)
        raise typer.Exit(1)


@records_app.command("show")
def records_show(
    context: typer.Context, unit: str, as_json: AsJson = False, data_dir: DataDir = None
) -> None:
    """Show a unit's whole life, as JSON."""
    from station.record import questions

    with questions.reading(record_of(context, data_dir)) as db:
        found = questions.show(db, unit)
    for life in found:
        typer.echo(json.dumps(life, indent=None if as_json else 2, ensure_ascii=False))
    if not found:
        typer.echo(f"No unit has the identity {unit!r}.", err=True)
        raise typer.Exit(1)


@records_app.command("export")
def records_export(
    context: typer.Context,
    *,
    form: Annotated[ExportFormat, typer.Option("--format")] = ExportFormat.CSV,
    text: Annotated[str, typer.Option(help="Any part of any identity of the unit.")] = "",
    outcome: OutcomeOption = None,
    recipe: RecipeOption = "",
    order: OrderOption = "",
    operator: OperatorOption = "",
    slot: SlotOption = "",
    station: StationOption = "",
    procedure: ProcedureOption = "",
    code: CodeOption = "",
    since: SinceOption = "",
    until: UntilOption = "",
    output: Annotated[
        Path | None,
        typer.Option(help="A file, written whole or not at all.", dir_okay=False),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Write every run, or those that fit, to standard output or to a file.

    "sheet" is CSV for a spreadsheet: it changes no number, and letters of all languages survive.
    """
    from station.record import export, questions

    named = {"recipe": recipe, "order": order, "operator": operator, "slot": slot}
    done = {"station": station, "procedure": procedure, "code": code, "outcome": outcome}
    query = query_of(text, since, until, **named, **done)
    with questions.reading(record_of(context, data_dir)) as db:
        if output is None:
            export.export(db, form.value, sys.stdout, query)
        else:
            whole = export.Form(form.value)
            count = export.to_file(
                output, whole, lambda out: export.export(db, form.value, out, query)
            )
            typer.echo(f"Wrote {count} runs to {output}.", err=True)


@records_app.command("onboarding")
def records_onboarding(context: typer.Context, data_dir: DataDir = None) -> None:
    """Write the units with certificates of ours as nRF Cloud's onboarding CSV to standard output.

    For recipes with register = false: the file is uploaded in the cloud's own portal.
    """
    from station.model import Onboarding
    from station.record import questions
    from station.vendor_csv import write_onboarding

    with questions.reading(record_of(context, data_dir)) as db:
        units = [
            Onboarding(told["subject"], told["certificate"], told["sub_type"], tuple(told["tags"]))
            for told in questions.certificates(db)
        ]
    sys.stdout.write(write_onboarding(units))


@records_app.command("stale")
def records_stale(
    context: typer.Context,
    *,
    older_than_days: Annotated[
        int | None, typer.Option(min=1, max=36_500, help="Credentials are too old after this.")
    ] = None,
    recipe: Annotated[
        Path | None,
        typer.Option(help="The recipe that says older_than_days.", dir_okay=False),
    ] = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Find the units whose credentials are too old, the oldest first."""
    from datetime import timedelta

    from station.record import questions

    if (older_than_days is None) == (recipe is None):
        raise typer.BadParameter("say either --older-than-days or --recipe")
    days = older_than_days or _days_of(recipe or Path())
    with questions.reading(record_of(context, data_dir)) as db:
        found = questions.stale(db, timedelta(days=days))
    for unit in found:
        show(unit, as_json)
    if not found:
        typer.echo(f"No unit's credentials are older than {days} days.", err=True)


def _days_of(recipe: Path) -> int:
    from station import recipes, registry

    told = getattr(recipes.load(recipe, registry.shapes()).options, "older_than_days", None)
    if not isinstance(told, int):
        raise typer.BadParameter(f"{recipe} sets no older_than_days in its [options]")
    return told


@records_app.command("verify")
def records_verify(context: typer.Context, data_dir: DataDir = None) -> None:
    """Check that the record is whole and that its trail was never changed."""
    from station.record import questions

    with questions.reading(record_of(context, data_dir)) as db:
        wrong = questions.verify(db)
    for each in wrong:
        typer.echo(each, err=True)
    if wrong:
        raise typer.Exit(1)
    typer.echo("The record is whole.")


@records_app.command("backup")
def records_backup(context: typer.Context, path: Path, data_dir: DataDir = None) -> None:
    """Copy the record to PATH; a station may go on writing meanwhile."""
    from station.record import questions

    if path.exists():
        raise typer.BadParameter(f"{path} is there already")
    if not path.absolute().parent.is_dir():
        raise typer.BadParameter(f"there is no folder {path.absolute().parent}")
    with questions.reading(record_of(context, data_dir)) as db:
        questions.backup(db, path)
    typer.echo(f"Copied to {path}.")
