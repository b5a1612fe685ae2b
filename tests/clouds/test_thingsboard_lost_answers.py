"""The register's verbs after an answer that was lost: asked again, nothing is double."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from station.faults import Fault
from station.model import Listed
from tests.clouds.thingsboard_office import AWKWARD, Office, token


@pytest.fixture(params=["4.3.0", "4.2.1"])
async def office(request: pytest.FixtureRequest) -> AsyncIterator[Office]:
    async with Office(request.param) as office:
        yield office


@pytest.fixture
async def new_office() -> AsyncIterator[Office]:
    async with Office() as office:
        yield office


async def after(office: Office, fault: str, ask: Callable[[], Awaitable[Any]]) -> Any:
    """Ask with an answer that gets lost, then again; return what the second one returns."""
    office.server.faults = [fault]
    with pytest.raises(Fault) as no:
        await ask()
    assert no.value.leaves_open
    return await ask()


@pytest.mark.parametrize("way", ["lost-reply", "error-after"])
async def test_a_lost_answer_costs_nothing(office: Office, way: str) -> None:
    register, name = office.register, AWKWARD
    listed = Listed(name, serial="007")
    made = await after(office, f"{way}-create", lambda: register.enter(listed, token()))
    assert (made.id, office.count()) == (office.device(name).id, 1)
    assert await register.attributes(name, "serial") == {"serial": "007"}
    assert (await register.login_of(name)).lets_in_as(token())

    new = token("another-token")
    await after(office, f"{way}-credentials", lambda: register.replace_login(name, new))
    assert (await register.login_of(name)).lets_in_as(new)
    assert office.device(name).credentials_version == 2

    await after(office, f"{way}-assign", lambda: register.assign(name, "Wayne"))
    assert office.device(name).customer == office.server.customer.id

    office.device(name).attributes["SERVER_SCOPE"]["provisionState"] = "provisioned"
    await after(office, f"{way}-reset", lambda: register.reset(name))
    assert "provisionState" not in office.device(name).attributes["SERVER_SCOPE"]

    await after(
        office, f"{way}-attributes", lambda: register.write_attributes(name, {"batch": "0"})
    )
    assert await register.attributes(name, "batch") == {"batch": "0"}

    await after(office, f"{way}-create", lambda: register.rename(name, "new name"))
    assert (office.device("new name").id, office.is_there(name)) == (made.id, False)

    assert await after(office, f"{way}-delete", lambda: register.delete("new name")) is False
    assert office.count() == 0


@pytest.mark.parametrize("part", [0, 1, 20, 90, 200])
async def test_an_answer_may_be_cut_at_any_byte(new_office: Office, part: int) -> None:
    new_office.server.cut_after["create"] = part
    with pytest.raises(Fault) as no:
        await new_office.register.enter(Listed("unit-1"), token())
    assert no.value.leaves_open
    entered = await new_office.register.enter(Listed("unit-1"), token())
    assert (entered.id, new_office.count()) == (new_office.device("unit-1").id, 1)


async def test_a_serial_that_got_lost_on_the_way_is_added(new_office: Office) -> None:
    listed = Listed("unit-1", serial="0012345")
    await after(
        new_office, "lost-reply-attributes", lambda: new_office.register.enter(listed, token())
    )
    assert await new_office.register.attributes("unit-1", "serial") == {"serial": "0012345"}
