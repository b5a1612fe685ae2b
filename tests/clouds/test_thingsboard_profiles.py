"""Device profiles of ThingsBoard: the product's own, and those that the station makes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import SecretStr

from station.clouds.thingsboard import profiles
from station.clouds.thingsboard.refusals import ProvisionKeyTaken
from station.clouds.thingsboard.register import Register
from station.faults import CloudNonsense, CloudRefused, Fault, ProvisionKeyRefused, StrategyWrong
from station.model import Listed, Strategy
from station.simulation.thingsboard import KNOWN, NEW
from tests.clouds.answering import Answering
from tests.clouds.thingsboard_office import AWKWARD, Office

CA = "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ0Fv\n-----END CERTIFICATE-----\n"
OTHER_CA = "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUOTHER\n-----END CERTIFICATE-----\n"


@pytest.fixture(params=["4.3.0", "4.2.1"])
async def office(request: pytest.FixtureRequest) -> AsyncIterator[Office]:
    async with Office(request.param) as office:
        yield office


def held(office: Office, name: str) -> Any:
    """The profile of this name, as the server has it."""
    return office.server.account.profile_named(office.server.tenant.id, name)


async def test_it_is_found_by_the_provision_key(office: Office) -> None:
    found = await office.register.profile()
    assert (found.name, found.strategy) == (NEW, Strategy.ALLOW_NEW)
    assert found.key == office.server.provision_key
    assert found.secret is not None
    assert found.secret.get_secret_value() == office.server.provision_secret
    assert office.server.provision_secret not in repr(found)


async def test_it_is_found_by_its_name() -> None:
    async with Office(profile=KNOWN) as office:
        found = await office.register.profile()
        assert (found.name, found.strategy) == (KNOWN, Strategy.PRE_PROVISIONED)


async def test_it_is_told_as_it_is_now(office: Office) -> None:
    await office.register.profile()
    held(office, NEW).provision_type = Strategy.DISABLED.value
    assert (await office.register.profile()).strategy is Strategy.DISABLED


async def test_one_that_was_renamed_or_made_anew_is_looked_for_again() -> None:
    async with Office(profile=NEW) as office:
        before = await office.register.profile()
        held(office, NEW).name = "of old"
        await office.register.make_profile(NEW, Strategy.PRE_PROVISIONED)
        after = await office.register.profile()
        assert (after.name, after.strategy) == (NEW, Strategy.PRE_PROVISIONED)
        assert after.id != before.id
        del office.server.account.profiles[after.id]
        with pytest.raises(ProvisionKeyRefused, match=f"no device profile {NEW}"):
            await office.register.profile()


@pytest.mark.parametrize("key", ["", "not-a-key-of-this-tenant"])
async def test_a_key_that_no_profile_has_is_refused_without_being_told(key: str) -> None:
    async with Office() as office:
        office.server.account.add_tenant("Other")
        options = office.register._profiles._options
        register = Register(office.rest, options, SecretStr(key))
        with pytest.raises(ProvisionKeyRefused) as no:
            await register.profile()
        assert not key or key not in str(no.value)


@pytest.mark.parametrize("strategy", [Strategy.ALLOW_NEW, Strategy.PRE_PROVISIONED])
@pytest.mark.parametrize("transport", ["DEFAULT", "MQTT", "COAP"])
async def test_one_is_made_with_a_key_and_a_secret_that_nobody_guesses(
    office: Office, strategy: Strategy, transport: str
) -> None:
    made = await office.register.make_profile(AWKWARD, strategy, transport)
    other = await office.register.make_profile("other", strategy, transport)
    there = held(office, AWKWARD)
    assert (there.provision_type, there.transport) == (strategy, transport)
    assert made.secret is not None
    assert other.secret is not None
    words = {made.key, made.secret.get_secret_value(), other.key, other.secret.get_secret_value()}
    assert len(words) == 4
    assert all(len(word) >= 20 and word.isalnum() for word in words)
    assert (there.key, there.secret) == (made.key, made.secret.get_secret_value())
    assert there.secret not in repr(made)


async def test_one_that_is_there_is_returned_as_it_is(office: Office) -> None:
    first = await office.register.make_profile("Tracker", Strategy.ALLOW_NEW)
    assert await office.register.make_profile("Tracker", Strategy.ALLOW_NEW) == first
    assert office.server.asked("POST", "/api/deviceProfile") == 1


async def test_a_name_that_holds_another_one_is_not_it(office: Office) -> None:
    await office.register.make_profile("Tracker 2", Strategy.ALLOW_NEW)
    made = await office.register.make_profile("tracker", Strategy.ALLOW_NEW)
    assert made.name == "tracker"
    assert held(office, "tracker").id == made.id


@pytest.mark.parametrize(
    ("strategy", "transport", "says"),
    [
        (Strategy.PRE_PROVISIONED, "DEFAULT", "CHECK_PRE"),
        (Strategy.ALLOW_NEW, "MQTT", "bound to DEFAULT"),
    ],
)
async def test_one_of_another_kind_is_not_changed(
    office: Office, strategy: Strategy, transport: str, says: str
) -> None:
    with pytest.raises(StrategyWrong, match=says):
        await office.register.make_profile(NEW, strategy, transport)
    assert held(office, NEW).provision_type == Strategy.ALLOW_NEW


async def test_a_lost_answer_makes_no_second_one(office: Office) -> None:
    office.server.faults = ["lost-reply-profile"]
    with pytest.raises(Fault) as no:
        await office.register.make_profile("Tracker", Strategy.ALLOW_NEW)
    assert no.value.leaves_open
    made = await office.register.make_profile("Tracker", Strategy.ALLOW_NEW)
    assert made.key == held(office, "Tracker").key
    assert len(office.server.account.profiles) == 4


async def test_one_that_somebody_made_a_moment_before_is_returned(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = office.rest.post

    async def beaten(path: str, body: Any) -> Any:
        await post(path, {**body, "provisionDeviceKey": "of-the-first"})
        return await post(path, body)

    monkeypatch.setattr(office.rest, "post", beaten)
    made = await office.register.make_profile("Tracker", Strategy.ALLOW_NEW)
    assert made.key == "of-the-first"


async def test_a_key_that_is_taken_is_made_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = iter([office.server.provision_key, "secret-1", "a-free-key", "secret-2"])
    monkeypatch.setattr(profiles, "_word", lambda: next(words))
    made = await office.register.make_profile("Tracker", Strategy.ALLOW_NEW)
    assert made.key == "a-free-key"
    assert held(office, "Tracker").secret == "secret-2"


async def test_keys_that_are_always_taken_end_in_a_refusal(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profiles, "_word", lambda: office.server.provision_key)
    with pytest.raises(CloudRefused) as no:
        await office.register.make_profile("Tracker", Strategy.ALLOW_NEW)
    assert office.server.provision_key not in str(no.value)
    assert office.server.asked("POST", "/api/deviceProfile") == 3


async def test_a_chain_is_made_with_its_authority(office: Office) -> None:
    made = await office.register.make_profile("Chain", Strategy.CERTIFICATE_CHAIN, authority=CA)
    there = held(office, "Chain")
    assert (there.provision_type, there.cn_pattern) == (Strategy.CERTIFICATE_CHAIN, "(.*)")
    assert made.may_create
    assert there.may_create
    assert made.key == there.key
    again = await office.register.make_profile("Chain", Strategy.CERTIFICATE_CHAIN, authority=CA)
    assert again == made


async def test_a_chain_of_another_authority_is_wrong(office: Office) -> None:
    chain = Strategy.CERTIFICATE_CHAIN
    await office.register.make_profile("Chain", chain, authority=CA)
    with pytest.raises(StrategyWrong, match="another authority"):
        await office.register.make_profile("Chain", chain, authority=OTHER_CA)


async def test_an_authority_that_another_profile_has_is_refused_at_once(office: Office) -> None:
    chain = Strategy.CERTIFICATE_CHAIN
    await office.register.make_profile("Chain", chain, authority=CA)
    with pytest.raises(ProvisionKeyTaken, match="such certificate already exists"):
        await office.register.make_profile("Second", chain, authority=CA)
    assert office.server.asked("POST", "/api/deviceProfile") == 2


async def test_a_disabled_one_has_neither_key_nor_secret(office: Office) -> None:
    made = await office.register.make_profile("Off", Strategy.DISABLED)
    assert (made.key, made.secret) == ("", None)


@pytest.mark.parametrize("name", ["", "x" * 256, "<b>bold</b>"])
async def test_a_name_that_no_profile_can_have_is_the_recipes_mistake(
    office: Office, name: str
) -> None:
    with pytest.raises(CloudRefused):
        await office.register.make_profile(name, Strategy.ALLOW_NEW)
    assert len(office.server.account.profiles) == 3


async def test_a_profile_that_is_gone_is_looked_for_again_when_a_device_is_entered() -> None:
    async with Office(profile="Tracker") as office:
        first = await office.register.make_profile("Tracker", Strategy.ALLOW_NEW)
        await office.register.profile()
        del office.server.account.profiles[first.id]
        second = await office.register.make_profile("Tracker", Strategy.ALLOW_NEW)
        entered = await office.register.enter(Listed("unit-1"), None)
        assert entered.profile == "Tracker"
        assert office.device("unit-1").profile.id == second.id


async def test_a_strategy_that_nobody_knows_is_nonsense() -> None:
    told = {"id": {"id": "1"}, "name": "x", "provisionType": "BY_MOOD"}
    async with (
        Answering(lambda _: (200, {"data": [told], "hasNext": False})) as there,
        Office(address=there.address, profile="x") as office,
    ):
        with pytest.raises(CloudNonsense, match="BY_MOOD"):
            await office.register.profile()
