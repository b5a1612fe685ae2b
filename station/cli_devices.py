"""The register of a product's devices on the command line: what an engineer does to set a line up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from station.cli_options import AsJson, show

if TYPE_CHECKING:
    from station.clouds import Administered, KeepsRegister
    from station.model import DeviceEntry, DeviceProfile, Listed

devices_app = typer.Typer(
    no_args_is_help=True,
    help="The devices and the device profile of a product, as its cloud's register has them.",
)

RecipeFile = Annotated[
    Path,
    typer.Option("--recipe", dir_okay=False, help="The product's recipe: its cloud is meant."),
]
Name = Annotated[str, typer.Argument(help="The device's name.")]
List = Annotated[
    Path,
    typer.Argument(
        dir_okay=False,
        help="The line's scanned list: names, one a line, or a CSV with name, serial, label.",
    ),
]
NOT_ALL = 1
"""The exit status when the work was done, but not on all devices."""


class StrategyName(StrEnum):
    """Which devices a new profile lets in."""

    ALLOW_NEW = "allow-new"
    PRE_PROVISIONED = "pre-provisioned"
    CERTIFICATE_CHAIN = "certificate-chain"


class Transport(StrEnum):
    """Which transport a new profile's devices are bound to; `any` binds them to none."""

    ANY = "any"
    MQTT = "mqtt"
    COAP = "coap"


@devices_app.command("profile")
def devices_profile(
    recipe: RecipeFile,
    *,
    make: Annotated[
        str, typer.Option(help="Make a profile of this name, with a strong key and secret.")
    ] = "",
    strategy: Annotated[
        StrategyName, typer.Option(help="Which devices it lets in.")
    ] = StrategyName.ALLOW_NEW,
    transport: Annotated[
        Transport, typer.Option(help="Bind its devices to a transport.")
    ] = Transport.ANY,
    authority: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="For a chain: the certificate, PEM, of its authority."),
    ] = None,
    store: Annotated[
        bool, typer.Option("--store", help="Put its key and secret into this keystore.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show the product's device profile, or make one; its key and secret go to the keystore alone."""
    from station import secrets

    if make and (strategy is StrategyName.CERTIFICATE_CHAIN) != (authority is not None):
        raise typer.BadParameter("--strategy certificate-chain and --authority go together")

    async def work(cloud: Administered) -> DeviceProfile:
        register = _register(cloud)
        if not make:
            return await register.profile()
        bound = "DEFAULT" if transport is Transport.ANY else transport.name
        return await register.make_profile(make, _strategy(strategy), bound, _pem(authority))

    profile, kept = _administer(recipe, lambda cloud: _with_secrets(work, cloud))
    if store or make:
        for name, value in kept.items():
            secrets.store(name, value)
    told = {"profile": profile.name, "id": profile.id, "strategy": profile.strategy.value}
    stored = ", ".join(kept) if store or make else ""
    show({**told, "transport": profile.transport, "stored": stored}, as_json)


@devices_app.command("register")
def devices_register(recipe: RecipeFile, file: List, as_json: AsJson = False) -> None:
    """Register a list of devices, for a profile that lets in those that are known."""
    devices = _read(file)
    refused = _administer(recipe, lambda cloud: _register(cloud).enter_many(devices))
    for name, why in refused:
        show({"name": name, "refused": why}, as_json)
    _sum_up({"listed": len(devices), "refused": len(refused)}, as_json)
    if refused:
        raise typer.Exit(NOT_ALL)


@devices_app.command("reconcile")
def devices_reconcile(recipe: RecipeFile, file: List, as_json: AsJson = False) -> None:
    """Compare a list with the register: what is missing, elsewhere, or not on the list."""
    devices = _read(file)
    found = _administer(recipe, lambda cloud: _register(cloud).reconcile(devices))
    odd = {"missing": found.missing, "elsewhere": found.elsewhere, "unlisted": found.unlisted}
    for what, names in odd.items():
        for name in names:
            show({"name": name, "is": what}, as_json)
    counts = {what: len(names) for what, names in odd.items()}
    there = {"registered": len(found.registered), "provisioned": len(found.provisioned)}
    _sum_up({"listed": len(devices), **there, **counts}, as_json)
    if found.missing or found.elsewhere:
        raise typer.Exit(NOT_ALL)


@devices_app.command("show")
def devices_show(recipe: RecipeFile, name: Name, as_json: AsJson = False) -> None:
    """Show a device as the register has it."""
    entry = _administer(recipe, lambda cloud: _register(cloud).entry(name))
    if entry is None:
        typer.echo(f"There is no device called {name!r}.", err=True)
        raise typer.Exit(NOT_ALL)
    show(_told(entry), as_json)


@devices_app.command("reset")
def devices_reset(recipe: RecipeFile, name: Name) -> None:
    """Let a device provision once more: its provision state is taken away."""
    _administer(recipe, lambda cloud: _register(cloud).reset(name))
    typer.echo(f"{name} may provision again.")


@devices_app.command("rename")
def devices_rename(
    recipe: RecipeFile,
    name: Name,
    new_name: Annotated[str, typer.Argument(help="What it is called from now on.")],
) -> None:
    """Give a device another name."""
    _administer(recipe, lambda cloud: _register(cloud).rename(name, new_name))
    typer.echo(f"{name} is called {new_name} now.")


@devices_app.command("assign")
def devices_assign(
    recipe: RecipeFile,
    name: Name,
    customer: Annotated[str, typer.Argument(help="The customer's title; '' takes it back.")],
) -> None:
    """Assign a device to a customer."""
    _administer(recipe, lambda cloud: _register(cloud).assign(name, customer))
    typer.echo(f"{name} belongs to {customer}." if customer else f"{name} belongs to nobody else.")


@devices_app.command("delete")
def devices_delete(
    recipe: RecipeFile,
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Delete a device with all that the cloud has of it."""
    if not yes:
        typer.confirm(f"Delete {name} and its data in the cloud?", abort=True)
    gone = _administer(recipe, lambda cloud: cloud.release(name))
    typer.echo(f"{name} is deleted." if gone else f"There was no device called {name!r}.")


def _administer(recipe: Path, work: Callable[[Administered], Awaitable[Any]]) -> Any:
    async def done() -> Any:
        async with _opened(recipe) as cloud:
            return await work(cloud)

    return asyncio.run(done())


@asynccontextmanager
async def _opened(recipe: Path) -> AsyncIterator[Administered]:
    from station import logs, recipes, registry, secrets
    from station.clouds import HasRegister
    from station.faults import RecipeWrong

    told = recipes.load(recipe, registry.shapes())
    kind = registry.clouds()[told.cloud]
    if not issubclass(kind, HasRegister):
        raise RecipeWrong(f"{told.cloud} has no register of devices")
    secret = logs.hiding(secrets.secret)
    cloud = kind.administer(told.cloud_options, secret, recipe.parent)
    try:
        yield cloud
    finally:
        await cloud.close()


async def _with_secrets(
    work: Callable[[Administered], Awaitable[DeviceProfile]], cloud: Administered
) -> tuple[DeviceProfile, Any]:
    profile = await work(cloud)
    return profile, cloud.secrets_of(profile)


def _register(cloud: Administered) -> KeepsRegister:
    assert cloud.register is not None  # noqa: S101 - it was opened to be administered
    return cloud.register


def _strategy(name: StrategyName) -> Any:
    from station.model import Strategy

    return Strategy[name.name]


def _pem(path: Path | None) -> str:
    from station.faults import FileWrong

    if path is None:
        return ""
    try:
        return path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as exc:
        raise FileWrong(f"{path}: {exc}") from None


def _read(path: Path) -> tuple[Listed, ...]:
    from station.device_list import read_list

    return read_list(path)


def _sum_up(counts: dict[str, int], as_json: bool) -> None:
    show({"event": "summary", **counts} if as_json else counts, as_json)


def _told(entry: DeviceEntry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "id": entry.id,
        "profile": entry.profile,
        "label": entry.label,
        "customer": entry.customer,
        "provisioned": entry.provisioned,
        "active": entry.active,
        "connected_ms": entry.connected_ms or None,
    }
