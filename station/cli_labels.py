"""Labels on the command line: a look at one, and a try of a printer."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from station.cli_options import DataDir, folder_of

if TYPE_CHECKING:
    from station.labels import Printer

labels_app = typer.Typer(no_args_is_help=True, help="Labels and their printers.")

SAMPLES = {
    "serial": "352656100000017",
    "serial_number": "TRK-0000017",
    "model": "nRF9151-LACA",
    "firmware": "mfw_nrf91x1_2.0.2",
    "hardware": "nRF9151 LACA A0A",
    "kind": "nrf91",
    "device_id": "50503041-3633-4261-803d-1e2b8f70111a",
    "cloud": "nrf_cloud",
    "claim_secret": "0123456789ABCDEF",
    "order": "WO-1001",
    "station": "Line 1",
    "operator": "Ann",
    "imei": "352656100000017",
    "uuid": "50503041-3633-4261-803d-1e2b8f70111a",
}
TEST = """\
^XA
^PW400^LL200^LH0,0
^FO16,16^A0N,28,28^FD{station:24}^FS
^FO16,52^A0N,22,22^FD{date}^FS
^FO16,84^BY2^BCN,72,N,N,N,A^FD{code}^FS
^FO16,164^A0N,22,22^FD{code}^FS
^XZ
"""


@labels_app.command("preview")
def labels_preview(
    recipe: Annotated[Path, typer.Argument(dir_okay=False)],
    out: Annotated[Path, typer.Option("--out", "-o", dir_okay=False, help="The PNG to write.")],
    field: Annotated[
        list[str] | None, typer.Option("--field", help="A field as NAME=VALUE; repeat.")
    ] = None,
) -> None:
    """Draw a recipe's label, with samples where no value is given."""
    from station import recipes, registry
    from station.label_options import plan
    from station.labels import documents

    told = recipes.load(recipe, registry.shapes())
    given = dict(_pair(each) for each in field or [])
    made = plan(told.label, told.serial, recipe.parent) if told.label else None
    if made is None or made.template is None:
        raise typer.BadParameter(f"{recipe} prints no label")
    samples = {**dict.fromkeys(made.template.fields, "SAMPLE"), **SAMPLES, "recipe": told.name}
    fields = {**samples, "date": _today(), **made.options.fields, **given}
    out.write_bytes(documents.preview(made.template, fields))
    typer.echo(f"{out}: {made.template.width_dots} x {made.template.height_dots} dots")


@labels_app.command("test")
def labels_test(
    context: typer.Context,
    printer: Annotated[str, typer.Argument(help="Its name in the station's settings.")],
    data_dir: DataDir = None,
) -> None:
    """Print a label that says that it is a test."""
    from station import settings
    from station.printers import Printers

    folder = folder_of(context, data_dir)
    found = Printers(folder).printer(printer)
    sure = asyncio.run(_print_test(found, settings.load(folder).station))
    typer.echo("It was printed." if sure else "It was taken; this printer does not tell the rest.")


async def _print_test(printer: Printer, station: str) -> bool:
    from station.labels import documents
    from station.labels.template import Template

    now = datetime.now(UTC)
    fields = {"station": station[:24], "date": now.isoformat(" ", "seconds"), "code": "TEST-12345"}
    job = documents.job(f"test-{now:%Y%m%d%H%M%S%f}", Template.read(TEST), fields, printer.form)
    await printer.probe()
    return (await printer.print(job)).sure


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise typer.BadParameter(f"{text!r} is not NAME=VALUE")
    return name, value
