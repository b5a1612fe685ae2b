"""Simulations on the command line, for any program."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from station.cli_options import UNABLE, Faults, Seed

simulate_app = typer.Typer(
    no_args_is_help=True, help="The other end of every wire, for any program."
)

Listen = Annotated[str, typer.Option(help="HOST:PORT; port 0 takes a free one.")]


@simulate_app.command("board")
def simulate_board(
    kind: str,
    count: Annotated[int, typer.Option(min=1, max=64)] = 1,
    dialect: Annotated[
        str | None,
        typer.Option(
            help="nrf91: at-host, at-shell or tls-shell; scripted: esp32, zephyr or arduino."
        ),
    ] = None,
    fault: Faults = None,
    seed: Seed = 1,
    *,
    cloud: Annotated[
        str | None, typer.Option(help="Base address of a simulated cloud that they reach by air.")
    ] = None,
    firmware: Annotated[
        str | None, typer.Option(help="The application that they run; nrf91: att-1.5.3, ...")
    ] = None,
    sketch: Annotated[
        str | None, typer.Option(help="arduino: the sketch that they run; provisioning, cloud, ...")
    ] = None,
    product: Annotated[
        str | None, typer.Option(help="arduino: what they are sold as; UNO R4 WiFi unless told.")
    ] = None,
    bluetooth: Annotated[
        bool, typer.Option(help="On a fake BlueZ's air; Linux only, and needs dbus-daemon.")
    ] = False,
) -> None:
    """Run simulated boards on pseudo-terminals, or on a fake air, until standard input closes.

    A station finds those on the air when it has DBUS_SYSTEM_BUS_ADDRESS set to what is told.
    """
    from station.simulation import program

    with _bad_parameters():
        asyncio.run(
            program.simulate_boards(
                kind,
                count,
                product or dialect,
                fault or [],
                seed,
                sys.stdout,
                cloud=cloud,
                firmware=sketch or firmware,
                bluetooth=bluetooth,
            )
        )


@simulate_app.command("cloud")
def simulate_cloud(
    kind: str,
    listen: Listen = "127.0.0.1:0",
    fault: Faults = None,
) -> None:
    """Run a simulated cloud, until standard input closes."""
    from station.simulation import program

    host, port = _host_and_port(listen)
    with _bad_parameters():
        asyncio.run(program.simulate_cloud(kind, host, port, fault or [], sys.stdout))


@simulate_app.command("printer")
def simulate_printer(
    listen: Listen = "127.0.0.1:0",
    folder: Annotated[
        Path | None,
        typer.Option(help="Put a picture of each label there.", file_okay=False),
    ] = None,
    fault: Faults = None,
) -> None:
    """Run a label printer that speaks ZPL, until standard input closes."""
    from station.simulation import program

    host, port = _host_and_port(listen)
    with _bad_parameters():
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        asyncio.run(program.simulate_printer(host, port, fault or [], folder, sys.stdout))


def _host_and_port(listen: str) -> tuple[str, int]:
    host, _, number = listen.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not number.isdecimal() or int(number) > 65535:
        raise typer.BadParameter(f"{listen!r} is not HOST:PORT")
    return host, int(number)


@contextmanager
def _bad_parameters() -> Iterator[None]:
    try:
        yield
    except ValueError as exc:
        raise typer.BadParameter(str(exc)) from None
    except (KeyboardInterrupt, BrokenPipeError):  # ended by hand, or nobody reads where it is
        # the thread that waits for standard input would trip up an orderly exit
        os._exit(0)
    except OSError as exc:
        typer.echo(f"The simulation can't begin: {exc}", err=True)
        raise typer.Exit(UNABLE) from None
