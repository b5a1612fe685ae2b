"""The bench on the command line: what is in rework."""

from __future__ import annotations

from dataclasses import asdict

import typer

from station.cli_options import AsJson, DataDir, record_of, show

rework_app = typer.Typer(no_args_is_help=True, help="Units that came back.")


@rework_app.callback()
def rework() -> None:
    """Units that came back."""


@rework_app.command("list")
def rework_list(
    context: typer.Context, *, as_json: AsJson = False, data_dir: DataDir = None
) -> None:
    """List the units that are in rework now, the latest first: one line a case."""
    from station.record import questions
    from station.record.cases import cases

    with questions.reading(record_of(context, data_dir)) as db:
        found = cases(db, is_open=True)
    for case in found:
        told = asdict(case)
        show(
            {name: told[name] for name in ("serial", "opened", "operator", "reason", "fault")},
            as_json,
        )
