"""Who works at this station, on the command line.

Whoever may write into the station's folder may name people: file rights guard that. So it is also
the way back in for engineers who have lost their badges.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from station.cli_options import AsJson, DataDir, folder_of, opened_record, show, this_user
from station.model import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from pydantic import SecretStr

    from station.record import Record
    from station.record.people import Named
    from station.settings import Settings

people_app = typer.Typer(
    no_args_is_help=True,
    help="Who works at this station. While nobody was ever named, everybody may do everything.",
)

T = TypeVar("T")

_LANGUAGE = re.compile(r"([a-z]{2}(_[A-Z]{2})?)?")

Name = Annotated[str, typer.Argument(help="Their name; case and blanks make no difference.")]
Language = Annotated[
    str | None,
    typer.Option(help="What the window speaks to them: en, zh_CN, es or de; '' for the station's."),
]


@people_app.command("list")
def people_list(context: typer.Context, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Show who was named, and what each can show: a badge, a PIN."""
    from station.folder import RECORD
    from station.record import questions
    from station.record.people import named

    path = folder_of(context, data_dir) / RECORD
    found: tuple[Named, ...] = ()
    if path.exists():
        with questions.reading(path) as db:
            found = named(db)
    if not found and not as_json:
        typer.echo("Nobody was named yet: everybody may do everything.", err=True)
    for each in found:
        _show(each, as_json)


@people_app.command("name")
def people_name(
    context: typer.Context,
    name: Name,
    *,
    role: Annotated[Role, typer.Option(help="What they are to the station.")],
    language: Language = None,
    badge: Annotated[bool, typer.Option("--badge", help="Give them a badge: scan it.")] = False,
    pin: Annotated[bool, typer.Option("--pin", help="Give them a PIN.")] = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Name somebody; badge and PIN are asked for, or read from lines of input, in this order."""
    from station.model import Person
    from station.record.people import Named

    folder = folder_of(context, data_dir)
    told = _settings(folder)
    if not badge and not pin:
        raise typer.BadParameter("they need --badge, --pin or both to be let in")
    if not told.people.badge_alone and not pin:
        raise typer.BadParameter("a badge is not enough at this station: add --pin")
    person = Person(name, role, _language(language or ""))

    async def work(record: Record) -> Named:
        shown = Named(person, *await _secrets(record, told, badge=badge, pin=pin))
        first = not await record.people.any_named()
        new = await record.people.name(shown, this_user())
        if first:
            typer.echo("From now on nobody is let in who was not named.", err=True)
        return new

    _show(_carry_out(folder, work), as_json)


@people_app.command("change")
def people_change(
    context: typer.Context,
    name: Name,
    *,
    role: Annotated[Role | None, typer.Option(help="What they are from now on.")] = None,
    language: Language = None,
    badge: Annotated[
        bool | None, typer.Option("--badge/--no-badge", help="Give a new badge; take theirs away.")
    ] = None,
    pin: Annotated[
        bool | None, typer.Option("--pin/--no-pin", help="Give a new PIN; take theirs away.")
    ] = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Change what is told of somebody; what is not said stays."""
    if role is None and language is None and badge is None and pin is None:
        raise typer.BadParameter("say what is to change")
    folder = folder_of(context, data_dir)
    told = _settings(folder)
    speaks = None if language is None else _language(language)

    async def work(record: Record) -> Named:
        new_pin, new_badge = await _secrets(record, told, badge=bool(badge), pin=bool(pin))
        return await record.people.change(
            name,
            this_user(),
            role=role,
            language=speaks,
            pin="" if pin is False else new_pin,
            badge="" if badge is False else new_badge,
        )

    _show(_carry_out(folder, work), as_json)


@people_app.command("end")
def people_end(context: typer.Context, name: Name, data_dir: DataDir = None) -> None:
    """Let somebody in no more; what they did stays in the record."""

    async def work(record: Record) -> str:
        return (await record.people.end(name, this_user())).name

    typer.echo(f"{_carry_out(folder_of(context, data_dir), work)} is let in no more.")


async def _secrets(
    record: Record, told: Settings, *, badge: bool, pin: bool
) -> tuple[str | None, str | None]:
    """Ask for badge and PIN; return hash and digest of PIN and badge, None for what is not wanted."""
    from station.pins import Hashing, check_pin

    hashing = Hashing()
    shown_badge = _badge(_asked("Scan the badge"), told) if badge else None
    shown_pin = _asked("PIN, 4 to 12 digits", again=True) if pin else None
    if shown_pin:
        check_pin(shown_pin)
    return (
        hashing.hash_pin(shown_pin) if shown_pin else None,
        hashing.digest_badge(shown_badge, await record.people.badge_salt())
        if shown_badge
        else None,
    )


def _badge(text: SecretStr, told: Settings) -> SecretStr:
    """Return what the window would hear of a badge.

    Raises:
        BadgeUnfit: it would hear a command or a work order.

    """
    from pydantic import SecretStr

    from station.faults import BadgeUnfit
    from station.scans import Badge, Command, WorkOrder, meaning, without_symbology

    heard = meaning(text.get_secret_value(), told.scanner.reading())
    if isinstance(heard, Command | WorkOrder):
        raise BadgeUnfit(f"scanner.badge = {told.scanner.badge!r}")
    if isinstance(heard, Badge):
        return SecretStr(heard.badge)
    return SecretStr(without_symbology(text.get_secret_value()))


def _asked(what: str, *, again: bool = False) -> SecretStr:
    """Return what is typed without an echo, or the next line of standard input."""
    from pydantic import SecretStr

    if sys.stdin.isatty():
        value = typer.prompt(what, hide_input=True, confirmation_prompt=again)
    else:
        value = sys.stdin.readline().strip()
    if not value:
        raise typer.BadParameter(f"nothing was given for: {what}")
    return SecretStr(value)


def _carry_out(folder: Path, work: Callable[[Record], Coroutine[Any, Any, T]]) -> T:
    from station.folder import RECORD

    with opened_record(folder / RECORD) as record:
        return asyncio.run(work(record))


def _settings(folder: Path) -> Settings:
    from station import settings

    return settings.load(folder)


def _language(code: str) -> str:
    if not _LANGUAGE.fullmatch(code):
        raise typer.BadParameter(f"{code!r} is not the code of a language, such as zh_CN")
    return code


def _show(named: Named, as_json: bool) -> None:
    told = {
        "name": named.person.name,
        "role": named.person.role.value,
        "language": named.person.language,
    }
    can_show: dict[str, Any] = {"badge": bool(named.badge), "pin": bool(named.pin)}
    if not as_json:
        can_show = {"shows": " and ".join(what for what, has in can_show.items() if has)}
    show(told | can_show, as_json)
