"""The people of a record: named, changed, ended; never deleted, never locked out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from station.faults import (
    BadgeTaken,
    EngineerFirst,
    Fault,
    LastEngineer,
    NameMissing,
    NameTaken,
    NothingToShow,
    NotKnown,
)
from station.model import Override, Person, Role
from station.record import Approved, Record, RunNote, questions
from station.record.people import Named, fold, named, people

EVA = Named(Person("Eva", Role.ENGINEER, "de"), "hash 1", "digest 1")
OTTO = Named(Person("Otto Müller", Role.OPERATOR), "hash 2")


def rows(record: Record, sql: str, *values: object) -> list[tuple[Any, ...]]:
    db = Database(record.path)
    try:
        return list(db.execute(sql, values).fetchall())
    finally:
        db.close()


def trail(record: Record, what: str) -> list[dict[str, Any]]:
    found = rows(record, "select data from trail where what = ? order by id", what)
    return [json.loads(data) for (data,) in found]


def at_work(record: Record) -> tuple[Named, ...]:
    with questions.reading(record.path) as db:
        return named(db)


async def test_somebody_is_named_and_found_again(record: Record) -> None:
    assert not await record.people.any_named()
    assert await record.people.name(EVA, "root") == EVA
    assert await record.people.any_named()
    assert await record.people.called(" EVA ") == EVA
    assert await record.people.called("Ev") is None
    assert await record.people.with_badge("digest 1") == EVA
    assert await record.people.with_badge("digest 2") is None
    assert trail(record, "person named") == [
        {"name": "Eva", "role": "engineer", "language": "de", "pin": True, "badge": True}
        | {"by": "root"}
    ]


async def test_blanks_in_a_name_are_folded_and_a_name_is_taken_in_any_case(record: Record) -> None:
    await record.people.name(EVA, "root")
    told = await record.people.name(
        Named(Person("  Otto \t Müller ", Role.OPERATOR), "hash 2"), "root"
    )
    assert told.person.name == "Otto Müller"
    for name, why in (("otto  MÜLLER", NameTaken), ("  ", NameMissing)):
        with pytest.raises(why):
            await record.people.name(Named(Person(name, Role.OPERATOR), "hash"), "root")


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.TECHNICIAN, Role.AUDITOR])
async def test_the_first_is_an_engineer(record: Record, role: Role) -> None:
    with pytest.raises(EngineerFirst):
        await record.people.name(Named(Person("Otto", role), "hash"), "root")
    assert not await record.people.any_named()


async def test_who_can_show_nothing_is_not_named(record: Record) -> None:
    with pytest.raises(NothingToShow):
        await record.people.name(Named(Person("Eva", Role.ENGINEER)), "root")
    await record.people.name(EVA, "root")
    await record.people.change("Eva", "root", badge="")
    with pytest.raises(NothingToShow):
        await record.people.change("Eva", "root", pin="")
    assert at_work(record) == (Named(EVA.person, "hash 1"),)


async def test_the_last_engineer_stays_one(record: Record) -> None:
    await record.people.name(EVA, "root")
    await record.people.name(OTTO, "Eva")
    with pytest.raises(LastEngineer):
        await record.people.end("eva", "root")
    with pytest.raises(LastEngineer):
        await record.people.change("eva", "root", role=Role.AUDITOR)
    await record.people.change("Otto Müller", "Eva", role=Role.ENGINEER)
    assert (await record.people.end("eva", "root")).name == "Eva"
    assert [each.person.name for each in at_work(record)] == ["Otto Müller"]
    with pytest.raises(LastEngineer):
        await record.people.end("Otto Müller", "root")


async def test_who_was_ended_stays_in_the_record_and_leaves_the_badge(record: Record) -> None:
    await record.people.name(EVA, "root")
    await record.people.name(OTTO, "Eva")
    await record.people.change("Otto Müller", "Eva", badge="digest 9")
    await record.people.end("otto müller", "Eva")
    assert await record.people.called("Otto Müller") is None
    assert await record.people.with_badge("digest 9") is None
    ended = rows(record, "select role, badge, pin from people where ended is not null")
    assert ended == [("operator", None, None)]
    anna = Named(Person("Anna", Role.OPERATOR), None, "digest 9")
    assert await record.people.name(anna, "Eva") == anna
    assert await record.people.name(OTTO, "Eva") == OTTO, "who comes back is named anew"
    assert rows(record, "select count(*) from people") == [(4,)]
    assert trail(record, "person ended") == [{"name": "Otto Müller", "by": "Eva"}]


async def test_a_badge_is_one_person_s(record: Record) -> None:
    await record.people.name(EVA, "root")
    with pytest.raises(BadgeTaken):
        await record.people.name(Named(OTTO.person, None, "digest 1"), "root")
    await record.people.name(OTTO, "root")
    with pytest.raises(BadgeTaken):
        await record.people.change("Otto Müller", "root", badge="digest 1")
    assert await record.people.change("Eva", "root", badge="digest 1") == EVA


async def test_what_is_not_said_stays(record: Record) -> None:
    await record.people.name(EVA, "root")
    new = await record.people.change("Eva", "root", language="", pin="hash 3")
    assert new == Named(Person("Eva", Role.ENGINEER), "hash 3", "digest 1")
    assert at_work(record) == (new,)
    (told,) = trail(record, "person changed")
    assert (told["new_pin"], told["new_badge"], told["by"]) == (True, False, "root")
    assert "hash" not in json.dumps(told)


@pytest.mark.parametrize("verb", ["change", "end"])
async def test_nobody_of_that_name_is_told(record: Record, verb: str) -> None:
    await record.people.name(EVA, "root")
    with pytest.raises(NotKnown, match="Otto"):
        await getattr(record.people, verb)(" Otto ", "root")


async def test_what_fails_leaves_nothing_behind(record: Record) -> None:
    await record.people.name(EVA, "root")
    before = rows(record, "select count(*) from trail")
    for told in (EVA, Named(OTTO.person), Named(OTTO.person, None, "digest 1")):
        with pytest.raises(Fault):
            await record.people.name(told, "root")
    assert rows(record, "select count(*) from trail") == before
    assert rows(record, "select name from operators") == [("Eva",)]


async def test_the_salt_of_badges_is_made_once_and_for_each_record(
    record: Record, tmp_path: Path
) -> None:
    salt = await record.people.badge_salt()
    assert len(salt) == 16
    assert await record.people.badge_salt() == salt
    other = Record(tmp_path / "other" / "record.db")
    try:
        assert await other.people.badge_salt() != salt
    finally:
        other.close()


async def test_an_override_has_both_names(record: Record, note: RunNote) -> None:
    run = await record.begin_run(note)
    approved = Approved(Override.REPRINT, "label torn", "Eva")
    await record.people.override(approved, "Ann", run=run)
    found = rows(
        record,
        "select what, reason, one.name, two.name, run from overrides"
        " join operators one on one.id = operator join operators two on two.id = second",
    )
    assert found == [("reprint", "label torn", "Ann", "Eva", run)]
    (told,) = trail(record, "overridden")
    assert (told["second"], told["reason"]) == ("Eva", "label torn")


async def test_the_names_are_asked_for_without_what_is_kept_of_their_secrets(
    record: Record,
) -> None:
    await record.people.name(EVA, "root")
    await record.people.name(OTTO, "root")
    with questions.reading(record.path) as db:
        assert people(db) == (EVA.person, OTTO.person)
    assert "hash 1" not in repr(EVA)
    assert "digest 1" not in repr(EVA)


async def test_an_older_record_has_no_people(record: Record) -> None:
    record.close()
    older = Database(record.path)
    older.execute("drop table people")
    older.close()
    with questions.reading(record.path) as db:
        assert people(db) == ()


async def test_the_record_is_whole_after_all_that(record: Record) -> None:
    await record.people.name(EVA, "root")
    await record.people.name(OTTO, "Eva")
    await record.people.turned_away("Otto Müller", "PIN-WRONG")
    await record.people.keep_pin("Eva", "hash 7")
    await record.people.end("Otto Müller", "Eva")
    with questions.reading(record.path) as db:
        assert questions.verify(db) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("\uff21nna", "anna"),
        ("Ann\u00a0Lee", " ann  lee"),
        ("Li Wei", "LI WEI"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_other_names_are_others() -> None:
    assert len({fold(name) for name in ("Ann", "Anne", "An n", "Änn")}) == 4
