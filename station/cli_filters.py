"""The options by which `station records` says which runs are meant."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from station.model import Outcome
from station.model.finding import Query, midnight, midnight_after

OutcomeOption = Annotated[Outcome | None, typer.Option("--outcome", help="How the run ended.")]
RecipeOption = Annotated[str, typer.Option("--recipe", help="The recipe's name.")]
OrderOption = Annotated[str, typer.Option("--order", help="The work order's name.")]
OperatorOption = Annotated[str, typer.Option("--operator", help="Who was signed in.")]
SlotOption = Annotated[str, typer.Option("--slot", help="The slot's name.")]
StationOption = Annotated[str, typer.Option("--station", help="The station's name.")]
ProcedureOption = Annotated[str, typer.Option("--procedure", help="The procedure's name.")]
CodeOption = Annotated[str, typer.Option("--code", help="What went wrong, such as CLOUD-SILENT.")]
SinceOption = Annotated[
    str, typer.Option("--since", metavar="DATE", help="The first day, such as 2026-11-03.")
]
UntilOption = Annotated[
    str, typer.Option("--until", metavar="DATE", help="The last day, all of it.")
]


def query_of(text: str, since: str, until: str, **filters: Any) -> Query:
    """Return what the options ask for; a date that is none ends the command."""
    return Query(
        text=text,
        since=midnight(_day("--since", since)) if since else "",
        until=midnight_after(_day("--until", until)) if until else "",
        **filters,
    )


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{option} is a day such as 2026-11-03, not {text!r}") from None
