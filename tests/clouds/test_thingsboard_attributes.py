"""What is told of devices and written to them: attributes, claim windows, how they stand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import SecretStr

from station.clouds.thingsboard.attributes import is_cast
from station.model import Listed, Standing
from tests.clouds.thingsboard_office import Office, token


@pytest.fixture(params=["4.3.0", "4.2.1"])
async def office(request: pytest.FixtureRequest) -> AsyncIterator[Office]:
    async with Office(request.param) as office:
        yield office


@pytest.fixture
async def new_office() -> AsyncIterator[Office]:
    async with Office() as office:
        yield office


ATTRIBUTES: dict[str, Any] = {
    "serial": "0012345",
    "batch": "B-42",
    "version": "1.10",
    "minus": "-7",
    "dots": "1.2.3",
    "eastern": "٠١٢",
    "exponent": "12e5",
    "flag as text": "true",
    "json as text": '{"a": 1}',
    "empty": "",
    "name, with: signs/?": "x",
    "count": 7,
    "share": 0.25,
    "passed": True,
    "nested": {"serial": "0012", "list": ["007", 7]},
}


@pytest.mark.parametrize("name", [name for name in ATTRIBUTES if "," not in name])
async def test_what_is_read_is_what_was_written(new_office: Office, name: str) -> None:
    value = ATTRIBUTES[name]
    await new_office.register.enter(Listed("unit-1"), None)
    await new_office.register.write_attributes("unit-1", ATTRIBUTES)
    read = await new_office.register.attributes("unit-1", name)
    assert read == {name: value}
    assert type(read[name]) is type(value)


async def test_a_text_that_is_no_number_is_stored_as_it_is(new_office: Office) -> None:
    await new_office.register.enter(Listed("unit-1", serial="007"), None)
    await new_office.register.write_attributes("unit-1", {"batch": "B-42", "operator": None})
    held = new_office.device("unit-1").attributes["SERVER_SCOPE"]
    assert held == {"serial": {"text": "007"}, "batch": "B-42"}


@pytest.mark.parametrize("text", ["0", "007", "-1", "1.", ".5", "٣", "12e5", "0x1F", "5L", "True"])
def test_texts_that_would_be_cast(text: str) -> None:
    assert is_cast(text)


@pytest.mark.parametrize("text", ["", "-", ".", "1.2.3", "A1", "1-2", "2026-11-22", "truth", "e5"])
def test_texts_that_would_not_be_cast(text: str) -> None:
    assert not is_cast(text)


async def test_nothing_to_write_asks_nothing(new_office: Office) -> None:
    await new_office.register.enter(Listed("unit-1"), None)
    before = len(new_office.server.calls)
    await new_office.register.write_attributes("unit-1", {"operator": None})
    assert len(new_office.server.calls) == before


async def test_a_claim_window_lets_the_customer_in(office: Office) -> None:
    now_ms = office.server.account.now_ms()
    await office.register.enter(Listed("unit-1"), token())
    await office.register.open_claim("unit-1", SecretStr("000111"), now_ms + 60_000)
    await office.register.open_claim("unit-1", SecretStr("0012345"), now_ms + 60_000)
    held = office.device("unit-1").attributes["SERVER_SCOPE"]
    window = {"secretKey": "0012345", "expirationTime": now_ms + 60_000}
    assert (held["claimingData"], held["claimingAllowed"]) == (window, True)
    customer = office.server.customer_user.customer
    assert office.server.account.claims.claim(office.device("unit-1"), customer, "0012345") == (
        "SUCCESS"
    )
    entry = await office.register.entry("unit-1")
    assert entry is not None
    assert entry.customer == "Wayne"


async def test_an_entry_tells_whether_it_was_ever_there(new_office: Office) -> None:
    await new_office.register.enter(Listed("unit-1"), token())
    before = await new_office.register.entry("unit-1")
    new_office.server.account.connected(new_office.device("unit-1"))
    after_it = await new_office.register.entry("unit-1")
    assert before is not None
    assert after_it is not None
    assert (before.seen, before.active) == (False, False)
    assert (after_it.seen, after_it.active) == (True, True)
    connected_ms = new_office.device("unit-1").attributes["SERVER_SCOPE"]["lastConnectTime"]
    assert after_it.connected_ms == connected_ms


async def test_many_standings_are_one_question(new_office: Office) -> None:
    names = [f"unit-{number}" for number in range(30)]
    for name in names:
        await new_office.register.enter(Listed(name), None)
    new_office.device("unit-1").attributes["SERVER_SCOPE"]["provisionState"] = "provisioned"
    new_office.server.account.heard(new_office.device("unit-2"))
    asked = len(new_office.server.calls)
    told = await new_office.register.standings(names)
    assert len(new_office.server.calls) == asked + 1
    assert told[:3] == (
        Standing(True, 0, False, False),
        Standing(True, 0, True, False),
        Standing(True, 0, False, True),
    )
    assert await new_office.register.standings([]) == ()


async def test_standings_know_what_was_deleted_renamed_and_made_anew(new_office: Office) -> None:
    for name in ("gone", "renamed", "anew"):
        await new_office.register.enter(Listed(name), None)
    account = new_office.server.account
    account.remove_device(new_office.device("gone"))
    account.rename(new_office.device("renamed"), "of another name")
    account.remove_device(new_office.device("anew"))
    account.heard(account.add_device(new_office.server.new, "anew"))
    told = await new_office.register.standings(["gone", "renamed", "anew", "never", "anew"])
    assert [each.claimed for each in told] == [False, False, True, False, True]
    assert [each.connected for each in told] == [False, False, True, False, True]


async def test_standings_follow_names_that_two_devices_exchanged(new_office: Office) -> None:
    for name in ("unit-1", "unit-2"):
        await new_office.register.enter(Listed(name), None)
    account, device = new_office.server.account, new_office.device("unit-1")
    account.heard(device)
    account.rename(device, "between")
    account.rename(new_office.device("unit-2"), "unit-1")
    account.rename(device, "unit-2")
    told = await new_office.register.standings(["unit-1", "unit-2"])
    assert [each.connected for each in told] == [False, True]
