"""Who works at this station: named by an engineer, changed, ended, and never deleted."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from secrets import token_bytes
from typing import Any

from sqlite_utils import Database

from station.faults import (
    BadgeTaken,
    EngineerFirst,
    LastEngineer,
    NameMissing,
    NameTaken,
    NothingToShow,
    NotKnown,
)
from station.model import Person, Right, Role
from station.record.overrides import Approved, operator_called, overridden
from station.record.rows import insert, now
from station.record.trail import note
from station.record.writer import Writer

SALT_BYTES = 16
"""RFC 9106, section 3.1: 16 bytes are recommended for what passwords are hashed with."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom an engineer has named. `pin` is a hash, `badge` a digest; None where not set."""

    person: Person
    pin: str | None = field(default=None, repr=False)
    badge: str | None = field(default=None, repr=False)


def fold(name: str) -> str:
    """Return what two spellings of one name have in common: case, blanks and widths count nothing."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


class People:
    """The people of one record. Every verb is on disk at once, and in the trail."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def name(self, told: Named, by: str) -> Named:
        """Name somebody; `by` is who does it. Return them as they are called from now on.

        Raises:
            NameMissing, NameTaken, BadgeTaken, NothingToShow: as they say.
            EngineerFirst: nobody was ever named, and this is no engineer.

        """
        called = " ".join(told.person.name.split())
        new = replace(told, person=replace(told.person, name=called))

        def work(db: Database) -> Named:
            if not called:
                raise NameMissing
            if _found(db, called):
                raise NameTaken(called)
            if new.person.role is not Role.ENGINEER and not _any_named(db):
                raise EngineerFirst
            _check(db, new, None)
            row = _row(new) | {"operator": operator_called(db, called), "named_by": by}
            insert(db, "people", **row, named=now())
            note(db, None, "person named", _told(new, by))
            return new

        return await self._writer.write(work)

    async def change(
        self,
        name: str,
        by: str,
        *,
        role: Role | None = None,
        language: str | None = None,
        pin: str | None = None,
        badge: str | None = None,
    ) -> Named:
        """Change what is told of somebody; None leaves it, an empty PIN or badge takes it away.

        Raises:
            NotKnown: nobody at work here is called that.
            LastEngineer, BadgeTaken, NothingToShow: as they say.

        """

        def work(db: Database) -> Named:
            row, before = _called(db, name)
            person = replace(
                before.person,
                role=role or before.person.role,
                language=before.person.language if language is None else language,
            )
            after = Named(person, _taken(pin, before.pin), _taken(badge, before.badge))
            if person.role is not Role.ENGINEER:
                _spare_last_engineer(db, row)
            _check(db, after, row)
            db.table("people").update(row, _row(after))
            told = _told(after, by) | {"new_pin": bool(pin), "new_badge": bool(badge)}
            note(db, None, "person changed", told)
            return after

        return await self._writer.write(work)

    async def end(self, name: str, by: str) -> Person:
        """Let somebody in no more; what they did stays, and their badge may become another's.

        Raises:
            NotKnown: nobody at work here is called that.
            LastEngineer: nobody could name people any more.

        """

        def work(db: Database) -> Person:
            row, before = _called(db, name)
            _spare_last_engineer(db, row)
            db.table("people").update(row, {"ended": now(), "pin": None, "badge": None})
            note(db, None, "person ended", {"name": before.person.name, "by": by})
            return before.person

        return await self._writer.write(work)

    async def keep_pin(self, name: str, pin: str) -> None:
        """Keep another hash of the same PIN: how it is hashed has changed."""

        def work(db: Database) -> None:
            row, _ = _called(db, name)
            db.table("people").update(row, {"pin": pin})
            note(db, None, "pin hashed anew", {"name": name})

        await self._writer.write(work)

    async def any_named(self) -> bool:
        """Tell whether anybody was ever named here: from then on nobody else is let in."""
        return await self._writer.write(_any_named)

    async def called(self, name: str) -> Named | None:
        """Return who is called that; case and blanks make no difference."""

        def work(db: Database) -> Named | None:
            found = _found(db, name)
            return found[1] if found else None

        return await self._writer.write(work)

    async def with_badge(self, digest: str) -> Named | None:
        """Return whose badge has this digest."""

        def work(db: Database) -> Named | None:
            return next((named for _, named in _at_work(db) if named.badge == digest), None)

        return await self._writer.write(work)

    async def badge_salt(self) -> bytes:
        """Return what the digests of this record's badges are made with."""

        def work(db: Database) -> bytes:
            if kept := db.execute("select salt from badge_salt").fetchone():
                return bytes(kept[0])
            salt = token_bytes(SALT_BYTES)
            insert(db, "badge_salt", id=1, salt=salt)
            return salt

        return await self._writer.write(work)

    async def turned_away(self, name: str, code: str) -> None:
        """Note that somebody was not let in; `name` is empty unless it is one that is known.

        What a stranger types into the field of a name may be a PIN.
        """
        told = {"name": name, "code": code}
        await self._writer.write(lambda db: note(db, None, "turned away", told))

    async def granted(self, what: Right, name: str) -> None:
        """Note that somebody was let do something once, without signing in."""
        told = {"what": what.value, "name": name}
        await self._writer.write(lambda db: note(db, None, "granted", told))

    async def override(
        self, approved: Approved, operator: str, *, run: int | None = None, unit: int | None = None
    ) -> None:
        """Note what was done against the rule, on whose wish, and who stood for it."""

        def work(db: Database) -> int:
            return overridden(db, approved, operator_called(db, operator), run=run, unit=unit)

        await self._writer.write(work)


def people(db: Database) -> tuple[Person, ...]:
    """Return who is at work here, by name; nobody in a record older than people are."""
    return tuple(each.person for each in named(db))


def named(db: Database) -> tuple[Named, ...]:
    """Return who is at work here, by name, with what they can show; nobody in an older record."""
    if "people" not in db.table_names():
        return ()
    return tuple(each for _, each in _at_work(db))


def _at_work(db: Database) -> Iterator[tuple[int, Named]]:
    rows = db.execute(
        "select people.id, name, role, language, pin, badge from people"
        " join operators on operators.id = operator where ended is null order by name"
    )
    for row, name, role, language, pin, badge in rows.fetchall():
        yield row, Named(Person(name, Role(role), language), pin, badge)


def _found(db: Database, name: str) -> tuple[int, Named] | None:
    wanted = fold(name)
    return next((found for found in _at_work(db) if fold(found[1].person.name) == wanted), None)


def _called(db: Database, name: str) -> tuple[int, Named]:
    found = _found(db, name)
    if found is None:
        raise NotKnown(" ".join(name.split()))
    return found


def _any_named(db: Database) -> bool:
    return db.execute("select 1 from people limit 1").fetchone() is not None


def _check(db: Database, told: Named, row: int | None) -> None:
    if not told.pin and not told.badge:
        raise NothingToShow(told.person.name)
    # whose it is is not told: whoever names people would learn whom a found badge lets in
    if told.badge and any(
        other.badge == told.badge and number != row for number, other in _at_work(db)
    ):
        raise BadgeTaken


def _spare_last_engineer(db: Database, row: int) -> None:
    engineers = [number for number, each in _at_work(db) if each.person.role is Role.ENGINEER]
    if engineers == [row]:
        raise LastEngineer


def _taken(new: str | None, before: str | None) -> str | None:
    return before if new is None else new or None


def _row(told: Named) -> dict[str, Any]:
    return {
        "role": told.person.role.value,
        "language": told.person.language,
        "pin": told.pin or None,
        "badge": told.badge or None,
    }


def _told(told: Named, by: str) -> dict[str, Any]:
    return {
        "name": told.person.name,
        "role": told.person.role.value,
        "language": told.person.language,
        "pin": bool(told.pin),
        "badge": bool(told.badge),
        "by": by,
    }
