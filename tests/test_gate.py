"""The gate: who is let in, how wrong tries are slowed, and who may stand for what."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import pytest
from argon2 import Parameters, extract_parameters
from argon2.low_level import Type
from pydantic import SecretStr
from sqlite_utils import Database

from station import faults
from station.faults import (
    BadgeUnknown,
    DiskFull,
    Fault,
    NameMissing,
    NotAllowed,
    PinMissing,
    PinUnfit,
    PinWrong,
    ReasonMissing,
    SamePerson,
    SecondNeeded,
    TooManyTries,
)
from station.gate import (
    FREE_TRIES,
    LONGEST_WAIT_OF_BADGES_S,
    LONGEST_WAIT_S,
    Gate,
    Tries,
    TrustedGate,
)
from station.model import (
    MAY_APPROVE,
    RIGHTS,
    Approval,
    Credentials,
    Override,
    Person,
    Right,
    Role,
)
from station.pins import RFC_9106, Hashing, check_pin
from station.record import Record
from station.record.people import Named

CHEAP = Parameters(Type.ID, 19, 16, 32, time_cost=1, memory_cost=8, parallelism=1)
# long enough not to stand in a digest by chance
PIN, OTTOS, BADGE = "471108154712", "258036914703", "B-100200300400"


def shows(name: str = "", pin: str | None = None, badge: str | None = None) -> Credentials:
    return Credentials(
        name,
        None if pin is None else SecretStr(pin),
        None if badge is None else SecretStr(badge),
    )


@dataclass(frozen=True, slots=True)
class Counting(Hashing):
    """Notes what is hashed at which cost: what takes as long has the same notes."""

    asked: list[tuple[str, int]] = field(default_factory=list)

    def is_pin(self, kept: str, pin: SecretStr) -> bool:
        self.asked.append(("pin", extract_parameters(kept).memory_cost))
        return Hashing.is_pin(self, kept, pin)

    def digest_badge(self, badge: SecretStr, salt: bytes) -> str:
        self.asked.append(("badge", self.cost.memory_cost))
        return Hashing.digest_badge(self, badge, salt)


class Clock:
    def __init__(self) -> None:
        self.s = 1000.0

    def __call__(self) -> float:
        return self.s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(record: Record, clock: Clock) -> Gate:
    return Gate(record, hashing=Counting(CHEAP, []), tries=Tries(clock))


async def named(
    gate: Gate, name: str, role: Role, pin: str | None = PIN, badge: str | None = None
) -> Person:
    digest = None
    if badge:
        salt = await gate.record.people.badge_salt()
        digest = gate.hashing.digest_badge(SecretStr(badge), salt)
    kept = gate.hashing.hash_pin(SecretStr(pin)) if pin else None
    told = Named(Person(name, role, "de"), kept, digest)
    return (await gate.record.people.name(told, "root")).person


@pytest.fixture
async def staffed(gate: Gate) -> Gate:
    await named(gate, "Eva Maria", Role.ENGINEER, badge=BADGE)
    await named(gate, "Otto", Role.OPERATOR, pin=OTTOS)
    await named(gate, "Tea", Role.TECHNICIAN, pin=None, badge="B-300400")
    await named(gate, "Ada", Role.AUDITOR, pin="1379")
    return gate


async def why(asked: Awaitable[Person]) -> type[Fault]:
    with pytest.raises(Fault) as caught:
        await asked
    return type(caught.value)


async def test_an_open_station_lets_anybody_in_as_an_engineer(gate: Gate) -> None:
    ann = Person("Ann Lee", Role.ENGINEER, known=False)
    assert await gate.admit(shows("  Ann   Lee ")) == ann
    assert await gate.admit(shows(badge="1044")) == replace(ann, name="1044")
    assert await why(gate.admit(shows("  "))) is NameMissing


async def test_from_the_first_who_is_named_nobody_else_is_let_in(gate: Gate) -> None:
    await named(gate, "Eva", Role.ENGINEER)
    assert await why(gate.admit(shows("Ann", PIN))) is PinWrong
    assert await why(gate.admit(shows("Ann"))) is PinMissing
    assert await why(gate.admit(shows(badge="1044"))) is BadgeUnknown
    assert await why(gate.admit(shows())) is NameMissing


async def test_a_name_is_known_in_any_case_and_with_any_blanks(staffed: Gate) -> None:
    eva = Person("Eva Maria", Role.ENGINEER, "de")
    for spelt in ("Eva Maria", " eva  MARIA ", "\uff25va maria"):
        assert await staffed.admit(shows(spelt, PIN)) == eva


async def test_digits_of_any_width_are_the_same_pin(staffed: Gate) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in OTTOS)
    assert (await staffed.admit(shows("Otto", wide))).name == "Otto"


async def test_a_badge_alone_tells_who_it_is(staffed: Gate) -> None:
    assert (await staffed.admit(shows(badge=" b-300400 "))).name == "Tea"
    assert (await staffed.admit(shows("Otto", badge=BADGE))).name == "Eva Maria"


async def test_where_a_badge_is_not_enough_its_pin_is_asked_for(staffed: Gate) -> None:
    staffed.badge_alone = False
    assert await why(staffed.admit(shows(badge=BADGE))) is PinMissing
    assert await why(staffed.admit(shows(badge=BADGE, pin="9999"))) is PinWrong
    assert (await staffed.admit(shows(badge=BADGE, pin=PIN))).name == "Eva Maria"
    assert await why(staffed.admit(shows(badge="B-300400", pin=PIN))) is PinWrong, "she has none"


async def test_a_wrong_name_costs_what_a_wrong_pin_costs_and_says_the_same(
    staffed: Gate,
) -> None:
    hashing = staffed.hashing
    assert isinstance(hashing, Counting)
    told = []
    for name in ("Otto", "Nobody", "Tea"):
        hashing.asked.clear()
        with pytest.raises(PinWrong) as caught:
            await staffed.admit(shows(name, "8642"))
        told.append((list(hashing.asked), str(caught.value)))
    assert told == [([("pin", CHEAP.memory_cost)], str(PinWrong()))] * 3
    trail = [
        json.loads(data)["code"]
        for (data,) in rows(staffed, "select data from trail where what = 'turned away'")
    ]
    assert trail == ["PIN-WRONG"] * 3, "each is written, so that none is quicker"


async def test_what_a_stranger_typed_as_a_name_is_nowhere_in_the_record(staffed: Gate) -> None:
    assert await why(staffed.admit(shows("739173917395", "739173917395"))) is PinWrong
    assert await why(staffed.admit(shows(badge="B-739173917395"))) is BadgeUnknown
    assert "739173917395" not in dump(staffed)


async def test_neither_pin_nor_badge_is_in_the_record(staffed: Gate) -> None:
    await staffed.admit(shows("Otto", OTTOS))
    await staffed.admit(shows(badge=BADGE))
    told = dump(staffed)
    assert "$argon2id$" in told
    for secret in (OTTOS, BADGE, BADGE.casefold()):
        assert secret not in told


async def test_wrong_tries_are_slowed_for_that_name_alone(staffed: Gate, clock: Clock) -> None:
    for _ in range(FREE_TRIES):
        assert await why(staffed.admit(shows("otto", "0000"))) is PinWrong
    with pytest.raises(TooManyTries) as caught:
        await staffed.admit(shows("OTTO", OTTOS))
    assert caught.value.detail == "5 s", "even the right PIN waits"
    assert (await staffed.admit(shows("Eva Maria", PIN))).name == "Eva Maria"
    clock.s += 5.0
    assert await why(staffed.admit(shows("otto", "0000"))) is PinWrong
    clock.s += 9.9
    assert await why(staffed.admit(shows("otto", OTTOS))) is TooManyTries
    clock.s += 0.1
    assert (await staffed.admit(shows("otto", OTTOS))).name == "Otto"
    assert await why(staffed.admit(shows("otto", "0000"))) is PinWrong, "all is forgotten"


async def test_tries_side_by_side_are_counted_one_by_one(staffed: Gate) -> None:
    together = [staffed.admit(shows("Otto", f"{n:04}")) for n in range(100, 120)]
    ended = [type(each) for each in await asyncio.gather(*together, return_exceptions=True)]
    assert ended == [PinWrong] * FREE_TRIES + [TooManyTries] * (20 - FREE_TRIES)


async def test_unknown_badges_hold_a_line_up_for_seconds_only(staffed: Gate, clock: Clock) -> None:
    for _ in range(20):
        clock.s += LONGEST_WAIT_OF_BADGES_S
        assert await why(staffed.admit(shows(badge="B-999999"))) is BadgeUnknown
    assert await why(staffed.admit(shows(badge=BADGE))) is TooManyTries
    clock.s += LONGEST_WAIT_OF_BADGES_S
    assert (await staffed.admit(shows(badge=BADGE))).name == "Eva Maria"


def test_a_wait_grows_to_its_longest_and_no_further(clock: Clock) -> None:
    tries = Tries(clock)
    for _ in range(200):
        tries.wrong("otto")
    clock.s += LONGEST_WAIT_S - 0.5
    with pytest.raises(TooManyTries):
        tries.check("otto")
    clock.s += 0.5
    tries.check("otto")


def test_names_that_nobody_has_do_not_fill_the_memory(clock: Clock) -> None:
    tries = Tries(clock)
    for n in range(2_000):
        tries.wrong(f"name {n}")
    assert len(tries._wrong) <= 1_000


async def test_a_pin_that_was_hashed_in_an_old_way_is_hashed_anew(
    staffed: Gate, record: Record
) -> None:
    dearer = replace(CHEAP, time_cost=2)
    later = Gate(record, hashing=Hashing(dearer))
    before = await record.people.called("Otto")
    assert await why(later.admit(shows("Otto", "0000"))) is PinWrong
    assert await record.people.called("Otto") == before, "only the right PIN is hashed anew"
    assert (await later.admit(shows("Otto", OTTOS))).name == "Otto"
    kept = await record.people.called("Otto")
    assert kept is not None
    assert kept.pin is not None
    assert extract_parameters(kept.pin).time_cost == 2
    assert (await later.admit(shows("Otto", OTTOS))).name == "Otto"


async def test_a_full_disk_turns_nobody_in_or_away_wrongly(
    staffed: Gate, record: Record, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def full(*_: object) -> None:
        raise DiskFull

    monkeypatch.setattr(record.people, "turned_away", full)
    monkeypatch.setattr(record.people, "keep_pin", full)
    later = Gate(record, hashing=Hashing(replace(CHEAP, time_cost=2)))
    with caplog.at_level(logging.WARNING):
        assert await why(later.admit(shows("Otto", "0000"))) is PinWrong
        assert (await later.admit(shows("Otto", OTTOS))).name == "Otto"
    assert len(caplog.records) == 2
    assert OTTOS not in caplog.text


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_a_role_has_its_rights_and_no_others(role: Role, right: Right) -> None:
    for gate in (TrustedGate(), Gate(None)):  # type: ignore[arg-type]
        if right in RIGHTS[role]:
            gate.require(Person("X", role), right)
        else:
            with pytest.raises(NotAllowed, match=right.value):
                gate.require(Person("X", role), right)


OTTO = Person("Otto", Role.OPERATOR)
EVA = Person("Eva Maria", Role.ENGINEER)


@pytest.mark.parametrize("override", Override)
@pytest.mark.parametrize(
    ("second", "role"),
    [
        (shows("Otto", OTTOS), Role.OPERATOR),
        (shows(badge="B-300400"), Role.TECHNICIAN),
        (shows("Ada", "1379"), Role.AUDITOR),
        (shows(badge=BADGE), Role.ENGINEER),
    ],
)
async def test_the_second_person_is_of_a_role_that_may(
    staffed: Gate, override: Override, second: Credentials, role: Role
) -> None:
    asked = staffed.second(Person("Ina", Role.ENGINEER), override, Approval("worn pin", second))
    if role in MAY_APPROVE[override]:
        assert (await asked).role is role
    else:
        with pytest.raises(NotAllowed, match=override.value):
            await asked


async def test_the_second_person_is_another_and_says_why(staffed: Gate) -> None:
    for shown in (shows("EVA  maria", PIN), shows(badge=BADGE)):
        told = staffed.second(EVA, Override.SKIP, Approval("it is fine", shown))
        assert await why(told) is SamePerson
    assert await why(staffed.second(EVA, Override.SKIP, None)) is SecondNeeded
    tea = shows(badge="B-300400")
    assert await why(staffed.second(EVA, Override.SKIP, Approval("  ", tea))) is ReasonMissing
    wrong = Approval("worn pin", shows("Tea", PIN))
    assert await why(staffed.second(EVA, Override.SKIP, wrong)) is PinWrong
    assert await staffed.second(EVA, Override.SKIP, Approval("worn pin", tea)) == Person(
        "Tea", Role.TECHNICIAN, "de"
    )


@pytest.mark.parametrize("opened", [Gate, lambda _record: TrustedGate()])
async def test_while_nobody_was_named_a_second_person_is_any_other_name(
    record: Record, opened: Callable[[Record], Gate | TrustedGate]
) -> None:
    gate = opened(record)
    ann = await gate.admit(shows("Ann"))
    again = gate.second(ann, Override.BEYOND, Approval("one more", shows("  ANN ")))
    assert await why(again) is SamePerson
    bob = await gate.second(ann, Override.BEYOND, Approval("one more", shows("Bob")))
    assert bob == Person("Bob", Role.ENGINEER, known=False)
    assert await why(gate.second(ann, Override.BEYOND, Approval("x", shows()))) is NameMissing


async def test_a_trusted_gate_takes_the_name_as_told_whoever_was_named(staffed: Gate) -> None:
    assert await TrustedGate().admit(shows("root")) == Person("root", Role.ENGINEER, known=False)


def test_the_cost_is_the_one_that_the_rfc_recommends() -> None:
    kept = Hashing().hash_pin(SecretStr(PIN))
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert Hashing().is_pin(kept, SecretStr(PIN))
    assert not Hashing().is_old(kept)
    assert Hashing().cost is RFC_9106


def test_no_pin_fits_nobodys_hash_nor_a_broken_one() -> None:
    hashing = Hashing(CHEAP)
    assert not hashing.is_pin(hashing.nobodys(), SecretStr("nobody"))
    assert not hashing.is_pin("not a hash", SecretStr(PIN))


@pytest.mark.parametrize(
    "pin", ["4711", "0007", "112233445566", " 2580 ", "\uff14\uff17\uff11\uff11"]
)
def test_a_pin_is_4_to_12_digits(pin: str) -> None:
    check_pin(SecretStr(pin))


@pytest.mark.parametrize(
    "pin",
    ["", "471", "1" * 13, "47a1", "1111", "1234", "9876", "4 711", "\u0664\u0667\u0661\u0661x"],
)
def test_what_is_tried_first_is_no_pin(pin: str) -> None:
    with pytest.raises(PinUnfit) as caught:
        check_pin(SecretStr(pin))
    assert caught.value.detail == ""


def test_two_records_digest_one_badge_differently() -> None:
    hashing, badge = Hashing(CHEAP), SecretStr(BADGE)
    assert hashing.digest_badge(badge, b"1" * 16) != hashing.digest_badge(badge, b"2" * 16)


def test_what_somebody_shows_is_not_in_what_python_prints() -> None:
    told = repr(shows("Otto", OTTOS, BADGE)) + repr(Approval("why", shows("Otto", OTTOS, BADGE)))
    assert OTTOS not in told
    assert BADGE not in told


def test_every_reason_not_to_be_let_in_leaves_the_line_working() -> None:
    kinds = [kind for kind in faults.every_fault() if issubclass(kind, faults.PersonFault)]
    assert len(kinds) >= 16
    assert not any(kind.halts or kind.leaves_open or kind.lamp for kind in kinds)


def rows(gate: Gate, sql: str) -> list[tuple[str]]:
    db = Database(gate.record.path)
    try:
        return list(db.execute(sql).fetchall())
    finally:
        db.close()


def dump(gate: Gate) -> str:
    db = Database(gate.record.path)
    try:
        return "\n".join(db.conn.iterdump())
    finally:
        db.close()
