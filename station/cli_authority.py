"""The station's own certificate authority on the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pydantic import SecretStr

authority_app = typer.Typer(
    no_args_is_help=True, help="The station's own authority, which signs units' certificates."
)

CERTIFICATE = "ca.pem"
KEY_NAME = r"[a-z0-9][a-z0-9-]*"


@authority_app.command("new")
def authority_new(
    name: Annotated[str, typer.Argument(help="The common name of its certificate.")],
    *,
    out: Annotated[Path, typer.Option(help="Folder for ca.pem.", file_okay=False)],
    key_name: Annotated[
        str, typer.Option(help="The name of its key in the keystore.")
    ] = "station-authority",
    key_file: Annotated[
        Path | None,
        typer.Option(help="Write the key to this file, in clear, instead.", dir_okay=False),
    ] = None,
) -> None:
    """Make an authority: its certificate as OUT/ca.pem, its key in the keystore."""
    from station.authority import make_authority
    from station.faults import FolderForbidden

    try:
        certificate, key = make_authority(name)
    except ValueError as exc:
        raise typer.BadParameter(str(exc)) from None
    path = out.absolute() / CERTIFICATE
    if key_file is None:
        _check_key_name(key_name)
    try:
        out.mkdir(parents=True, exist_ok=True)
        _write(path, certificate, 0o644)
        try:
            _keep(key, key_name, key_file)
        except BaseException:
            path.unlink()  # a certificate without its key only misleads
            raise
    except FileExistsError as exc:
        raise typer.BadParameter(f"{exc.filename} is there already") from None
    except OSError as exc:
        raise FolderForbidden(f"{exc.filename}: {exc.strerror}") from None
    _tell(path, key_name, key_file)


def _check_key_name(key_name: str) -> None:
    import re

    from station import secrets
    from station.faults import SecretMissing

    if not re.fullmatch(KEY_NAME, key_name):
        raise typer.BadParameter(f"{key_name!r}: small letters, digits and dashes only")
    try:
        secrets.secret(key_name)
    except SecretMissing:
        return
    raise typer.BadParameter(f"the keystore holds a key {key_name!r} already; --key-name another")


def _keep(key: SecretStr, key_name: str, key_file: Path | None) -> None:
    from station import secrets

    if key_file is None:
        secrets.store(key_name, key)
    else:
        _write(key_file.absolute(), key.get_secret_value(), 0o600)


def _write(path: Path, text: str, mode: int) -> None:
    """Write a file that is not there yet; nobody else can read it for a moment before `mode`."""
    number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError:
        path.unlink()  # half a key is none
        raise


def _tell(certificate: Path, key_name: str, key_file: Path | None) -> None:
    typer.echo(f"# The authority's certificate is {certificate}; write into the recipe:", err=True)
    typer.echo("[options.authority]")
    typer.echo(f"certificate = {_quoted(certificate)}")
    if key_file is None:
        typer.echo(f'key_name = "{key_name}"')
    else:
        typer.echo(f"key_file = {_quoted(key_file.absolute())}")


def _quoted(path: Path) -> str:
    return json.dumps(path.as_posix(), ensure_ascii=False)
