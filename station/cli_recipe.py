"""Recipes and keys on the command line."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from station.cli_options import WRONG, AsJson, show

recipe_app = typer.Typer(no_args_is_help=True, help="Check recipes, or begin one.")
secret_app = typer.Typer(no_args_is_help=True, help="Keys, in the system's keystore.")


@recipe_app.command("check")
def recipe_check(
    file: Annotated[Path, typer.Argument(dir_okay=False)], as_json: AsJson = False
) -> None:
    """Check a recipe and its label: each mistake with file, line, key and what was expected."""
    from station import recipes, registry
    from station.label_options import plan
    from station.toml_text import TextWrong, read_text

    try:
        told = recipes.check(read_text(file), str(file), registry.shapes())
    except TextWrong as exc:
        for mistake in exc.mistakes:
            if as_json:
                show(asdict(mistake), as_json)
            else:
                typer.echo(str(mistake), err=True)
        raise typer.Exit(WRONG) from None
    except OSError as exc:
        typer.echo(f"{file}: can't be read: {exc.strerror}", err=True)
        raise typer.Exit(WRONG) from None
    if told.label:
        plan(told.label, told.serial, file.parent)
    show({"recipe": told.name, "version": told.version, "digest": told.digest}, as_json)


@recipe_app.command("schema")
def recipe_schema() -> None:
    """Print the JSON Schema of recipes."""
    from station import recipes, registry

    typer.echo(json.dumps(recipes.schema(registry.shapes()), indent=2))


@recipe_app.command("new")
def recipe_new(procedure: str = "claim", board: str = "nrf91", cloud: str = "nrf_cloud") -> None:
    """Print a recipe to begin with."""
    from station import recipes, registry

    shapes = registry.shapes()
    for name, known in (
        (procedure, shapes.procedures),
        (board, shapes.boards),
        (cloud, shapes.clouds),
    ):
        if name not in known:
            raise typer.BadParameter(
                f"{name!r} is not installed; there is {', '.join(sorted(known))}"
            )
    typer.echo(recipes.template(procedure, board, cloud, shapes), nl=False)


@secret_app.command("set")
def secret_set(name: str) -> None:
    """Put a key into the keystore; it is asked for, or read from standard input."""
    from pydantic import SecretStr

    from station import secrets

    if sys.stdin.isatty():
        value = typer.prompt(f"Key for {name}", hide_input=True)
    else:
        value = sys.stdin.read()  # a key in PEM has many lines
    if not value.strip():
        raise typer.BadParameter("the key is empty")
    secrets.store(name, SecretStr(value.strip()))
    typer.echo(f"Stored in {secrets.keystore_name()}.")
