"""Roles are refused in the core: whatever window or program gives the command."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlite_utils import Database

from station.engine import Engine
from station.faults import NotAllowed, PinMissing, PinWrong
from station.gate import Gate
from station.model import (
    RIGHTS,
    Appeared,
    Approval,
    Credentials,
    Granted,
    NewUnit,
    Outcome,
    Override,
    Person,
    Refused,
    ReworkOrder,
    Right,
    Role,
    RunEnded,
    ShiftBegan,
    ShiftEnded,
)
from station.orders import Orders, OrderSettings
from station.pins import Hashing
from station.record.people import Named
from station.simulation.nrf91 import SimulatedNrf91
from tests.by_hand import Hall, open_hall
from tests.test_engine import QUICK
from tests.test_gate import CHEAP

# long enough not to stand in a digest by chance
PINS = {
    Role.OPERATOR: "258036914703",
    Role.TECHNICIAN: "471108154712",
    Role.ENGINEER: "137946820571",
    Role.AUDITOR: "864297531086",
}
SKIPPED = Approval("worn pin", Credentials("The engineer", SecretStr(PINS[Role.ENGINEER])))
BADGE = "B-100200300400"


def shows(role: Role, pin: str = "") -> Credentials:
    return Credentials(f"The {role.value}", SecretStr(pin or PINS[role]))


def board(number: int, *faults: str) -> SimulatedNrf91:
    return SimulatedNrf91(number, faults=faults, timing=QUICK)


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    """A line where one person of each role was named."""
    hall = await open_hall(tmp_path / "line")
    hashing = Hashing(CHEAP)
    gate = Gate(hall.record, hashing=hashing)
    engine = hall.engine
    engine._shifts.gate = engine._workshop.gate = gate
    for role in (Role.ENGINEER, Role.OPERATOR, Role.TECHNICIAN, Role.AUDITOR):
        pin, badge = hashing.hash_pin(SecretStr(PINS[role])), None
        if role is Role.TECHNICIAN:
            salt = await hall.record.people.badge_salt()
            badge = hashing.digest_badge(SecretStr(BADGE), salt)
        await hall.record.people.name(Named(Person(f"The {role.value}", role), pin, badge), "root")
    recipes = tmp_path / "line" / "recipes"
    recipes.mkdir()
    (recipes / "tracker.toml").write_text(hall.recipe.read_text("utf-8"), "utf-8")
    orders = Orders(tmp_path / "line")
    orders.keep("WO-7", OrderSettings(recipe="tracker.toml", quantity=3))
    engine.orders = engine._shifts.orders = orders
    yield hall
    await hall.close()


def refused(hall: Hall) -> list[str]:
    return [event.trouble.code for event in hall.bystander.of(Refused)]


COMMANDS: dict[str, tuple[Right, Callable[[Engine, Path], Awaitable[None]]]] = {
    "teach": (Right.SET_UP, lambda engine, _: engine.teach(("1",), 1)),
    "rework": (Right.REWORK, lambda engine, recipe: engine.rework(ReworkOrder("1", recipe, ""))),
    "open_case": (Right.REWORK, lambda engine, _: engine.open_case(1, "DEAD", "")),
    "close_case": (Right.REWORK, lambda engine, _: engine.close_case(1, ("CLEANED",))),
    "scrap": (Right.REWORK, lambda engine, _: engine.scrap(1, SKIPPED)),
    "adopt": (Right.REWORK, lambda engine, _: engine.adopt(NewUnit("nrf91", "X1", (), "found"))),
    "write_note": (Right.REWORK, lambda engine, _: engine.write_note(1, "a scratch")),
    "print_again": (Right.WORK, lambda engine, _: engine.print_again("1", 1, SKIPPED)),
    "take_order": (Right.WORK, lambda engine, _: engine.take_order("WO-7")),
}


@pytest.mark.parametrize("role", Role)
async def test_a_role_may_do_what_is_its_own_and_nothing_else(hall: Hall, role: Role) -> None:
    at_bench = Right.READ in RIGHTS[role]
    recipe = None if at_bench else hall.recipe
    for command, (right, give) in COMMANDS.items():
        await hall.engine.sign_in(shows(role), recipe, None)
        if at_bench and not hall.bystander.of(Appeared):
            hall.wiring.plug("usb-1", board(1))
            await hall.bystander.until(lambda event: isinstance(event, Appeared))
        before = len(refused(hall))
        await give(hall.engine, hall.recipe)
        was_refused = NotAllowed.code in refused(hall)[before:]
        may = right in RIGHTS[role]
        if command == "rework" and not at_bench:
            assert refused(hall)[before:], "no board is there, and nothing was done"
        else:
            assert was_refused is not may, command


@pytest.mark.parametrize("role", Role)
async def test_a_role_signs_in_to_the_line_or_to_the_bench(hall: Hall, role: Role) -> None:
    for recipe, right in ((hall.recipe, Right.WORK), (None, Right.READ)):
        before = len(hall.bystander.of(ShiftBegan))
        await hall.engine.sign_in(shows(role), recipe, None)
        assert (len(hall.bystander.of(ShiftBegan)) > before) is (right in RIGHTS[role])
    assert all(event.known for event in hall.bystander.of(ShiftBegan))


async def test_who_is_not_let_in_ends_nobodys_shift(hall: Hall) -> None:
    await hall.engine.sign_in(shows(Role.OPERATOR), hall.recipe, None)
    await hall.engine.sign_in(shows(Role.ENGINEER, "0000"), hall.recipe, None)
    await hall.engine.sign_in(Credentials("Ann"), hall.recipe, None)
    await hall.engine.sign_in(shows(Role.AUDITOR), hall.recipe, None)
    assert refused(hall) == [PinWrong.code, PinMissing.code, NotAllowed.code]
    assert hall.bystander.of(ShiftEnded) == []
    assert (await hall.run(board(1))).outcome is Outcome.PASS


async def test_a_badge_begins_a_shift_as_its_owner(hall: Hall) -> None:
    await hall.engine.sign_in(Credentials(badge=SecretStr(BADGE)), None, None, "WO-7")
    (began,) = hall.bystander.of(ShiftBegan)
    assert (began.operator, began.role, began.order) == ("The technician", Role.TECHNICIAN, "WO-7")


@pytest.mark.parametrize("role", Role)
async def test_an_override_takes_a_second_person_of_the_right_role(hall: Hall, role: Role) -> None:
    await hall.engine.sign_in(shows(Role.OPERATOR), hall.recipe, None)
    assert (await hall.run(board(1))).outcome is Outcome.PASS
    approval = Approval("the label was lost", shows(role))
    await hall.engine.retry("1", Override.AGAIN, approval)
    if role in {Role.TECHNICIAN, Role.ENGINEER}:
        await hall.bystander.ended(count=2)
        found = rows(
            hall,
            "select run, what, reason, one.name, two.name from overrides"
            " join operators one on one.id = operator join operators two on two.id = second",
        )
        who = ("The operator", f"The {role.value}")
        assert found == [(2, "provision again", "the label was lost", *who)]
    else:
        assert refused(hall) == ["SAME-PERSON" if role is Role.OPERATOR else NotAllowed.code]
        assert len(hall.bystander.of(RunEnded)) == 1
        assert rows(hall, "select count(*) from overrides") == [(0,)]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
async def test_a_right_is_granted_once_and_written_down(
    hall: Hall, role: Role, right: Right
) -> None:
    await hall.engine.grant(right, shows(role))
    told = rows(hall, "select data from trail where what = 'granted'")
    if right in RIGHTS[role]:
        assert hall.bystander.of(Granted) == [Granted(right.value, f"The {role.value}")]
        assert [json.loads(data)["name"] for (data,) in told] == [f"The {role.value}"]
    else:
        assert refused(hall) == [NotAllowed.code]
        assert (hall.bystander.of(Granted), told) == ([], [])


async def test_every_run_says_whose_it_was(hall: Hall) -> None:
    for role in (Role.OPERATOR, Role.TECHNICIAN):
        await hall.engine.sign_in(shows(role), hall.recipe, None)
        await hall.run(board((PINS[role] == "4711" and 2) or 1))
        await hall.wiring.pull("usb-1")
    found = rows(
        hall, "select name from runs join operators on operators.id = operator order by runs.id"
    )
    assert found == [("The operator",), ("The technician",)]


async def test_no_pin_and_no_badge_is_in_the_record_the_events_or_the_log(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await hall.engine.sign_in(shows(Role.OPERATOR, "739173917395"), hall.recipe, None)
        await hall.engine.sign_in(Credentials(badge=SecretStr("B-739173917395")), hall.recipe, None)
        await hall.engine.sign_in(Credentials(badge=SecretStr(BADGE)), hall.recipe, None)
        await hall.run(board(1))
        await hall.engine.retry("1", Override.AGAIN, SKIPPED)
        await hall.bystander.ended(count=2)
        await hall.engine.grant(Right.SET_UP, shows(Role.ENGINEER))
    told = caplog.text + "\n".join(map(repr, hall.bystander.said)) + dump(hall)
    for secret in ("739173917395", BADGE, PINS[Role.ENGINEER], BADGE.casefold()):
        found = told.find(secret)
        assert found == -1, told[max(0, found - 60) : found + 60]


def rows(hall: Hall, sql: str) -> list[tuple[Any, ...]]:
    db = Database(hall.record.path)
    try:
        return list(db.execute(sql).fetchall())
    finally:
        db.close()


def dump(hall: Hall) -> str:
    db = Database(hall.record.path)
    try:
        return "\n".join(db.conn.iterdump())
    finally:
        db.close()
