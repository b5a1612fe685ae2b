"""The work orders on the command line: an engineer sets them up, an operator scans them."""

from __future__ import annotations

from typing import Annotated

import typer

from station.cli_options import AsJson, DataDir, folder_of, show

orders_app = typer.Typer(
    no_args_is_help=True, help="The work orders: which recipe, and how many units."
)

Name = Annotated[str, typer.Argument(help="As it stands on its sheet: WO-1001.")]


@orders_app.command("list")
def orders_list(context: typer.Context, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Show the work orders."""
    from station.orders import Orders

    for name, order in Orders(folder_of(context, data_dir)).all().items():
        show({"order": name, **order.model_dump()}, as_json)


@orders_app.command("add")
def orders_add(
    context: typer.Context,
    name: Name,
    recipe: Annotated[str, typer.Option(help="The recipe's file in the folder of recipes.")],
    quantity: Annotated[int | None, typer.Option(min=1, max=1_000_000)] = None,
    data_dir: DataDir = None,
) -> None:
    """Set a work order up, or set it up anew."""
    from station.orders import Orders, OrderSettings

    Orders(folder_of(context, data_dir)).keep(name, OrderSettings(recipe=recipe, quantity=quantity))
    typer.echo(f"Set up {name}.")


@orders_app.command("remove")
def orders_remove(context: typer.Context, name: Name, data_dir: DataDir = None) -> None:
    """Forget a work order; what was made of it stays in the record."""
    from station.orders import Orders

    Orders(folder_of(context, data_dir)).drop(name)
    typer.echo(f"Removed {name}.")
