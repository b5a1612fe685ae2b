"""Devices of ThingsBoard's register: each verb once, twice, and after an answer that was lost."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from pydantic import SecretStr

from station.clouds import KeepsRegister
from station.clouds.thingsboard.refusals import Changed
from station.faults import (
    AccountFull,
    CloudRefused,
    DeviceElsewhere,
    DeviceExists,
    Fault,
    KeyForbidden,
    LoginTaken,
    NameRefused,
    NotRegistered,
)
from station.model import Listed, Login, LoginKind, Standing
from station.simulation.thingsboard import KNOWN, NEW
from station.simulation.thingsboard_credentials import sha3, stripped
from station.simulation.thingsboard_nouns import NOBODY
from tests.clouds.thingsboard_office import AWKWARD, Office, basic, certificate, token

LINE = "MIIBszCCAVmgAwIBAgIUQ0Fv" * 8
PEM = "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n"
LEAF = PEM.format("\n".join(LINE[at : at + 64] for at in range(0, len(LINE), 64)))
ISSUER = PEM.format("aXNzdWVy")
NAMES = [AWKWARD, "0012345", "a,b", "%", "..", "ÄÖÜ ß", "日本", "x" * 255, "a  b", '{"a":1}']
LOGINS = [
    token(),
    basic(client_id="the-client"),
    basic(user_name="the-user"),
    basic(client_id="the-client", user_name="the-user", user_password='p"w\\ü'),
    certificate(LEAF),
]


@pytest.fixture(params=["4.3.0", "4.2.1"])
async def office(request: pytest.FixtureRequest) -> AsyncIterator[Office]:
    async with Office(request.param) as office:
        yield office


@pytest.fixture
async def new_office() -> AsyncIterator[Office]:
    async with Office() as office:
        yield office


async def test_it_is_a_register(new_office: Office) -> None:
    assert isinstance(new_office.register, KeepsRegister)


async def test_only_an_administrator_may_open_it(new_office: Office) -> None:
    await new_office.register.probe()
    new_office.server.admin.authority = "CUSTOMER_USER"
    with pytest.raises(KeyForbidden, match="CUSTOMER_USER, and must be TENANT_ADMIN"):
        await new_office.register.probe()


async def test_warming_asks_once_and_never_fails(new_office: Office) -> None:
    await new_office.register.warm()
    await new_office.register.warm()
    assert len(new_office.server.calls) == 1
    async with Office(address="http://127.0.0.1:9") as office:
        await office.register.warm()


@pytest.mark.parametrize("name", NAMES)
async def test_any_name_works_from_the_first_to_the_last_verb(office: Office, name: str) -> None:
    register = office.register
    assert await register.entry(name) is None
    made = await register.enter(Listed(name, serial="0012", label=name), token())
    assert (made.name, made.label, made.profile) == (name, name, NEW)
    await register.write_attributes(name, {"batch": "07"})
    await register.replace_login(name, token("another-token"))
    await register.assign(name, "Wayne")
    office.device(name).attributes["SERVER_SCOPE"]["provisionState"] = "provisioned"
    found = await register.entry(name)
    assert found is not None
    assert (found.id, found.customer, found.provisioned) == (made.id, "Wayne", "provisioned")
    await register.reset(name)
    assert (await register.login_of(name)).value("token") == "another-token"
    assert await register.standings([name]) == (Standing(True, 0, False, False),)
    await register.rename(name, "another name")
    assert await register.entry(name) is None
    await register.rename("another name", name)
    assert await register.delete(name) is True
    assert not office.is_there(name)


@pytest.mark.parametrize("login", LOGINS)
async def test_a_device_is_entered_with_its_login_and_tells_it_again(
    office: Office, login: Login
) -> None:
    await office.register.enter(Listed("unit-1"), login)
    assert (await office.register.login_of("unit-1")).lets_in_as(login)
    assert office.device("unit-1").profile is office.server.new
    assert len(office.server.account.profiles) == 3, "a type that names none would have made one"


async def test_of_a_chain_the_devices_own_certificate_is_known(office: Office) -> None:
    await office.register.enter(Listed("unit-1"), certificate(LEAF + ISSUER))
    assert office.device("unit-1").credentials.lookup == sha3(stripped(LEAF).strip())
    there = await office.register.login_of("unit-1")
    assert there.kind is LoginKind.X509_CERTIFICATE
    assert there.value("certificate") == LEAF


async def test_without_a_login_the_server_makes_one(office: Office) -> None:
    await office.register.enter(Listed("unit-1"), None)
    there = await office.register.login_of("unit-1")
    assert there.value("token") == office.device("unit-1").credentials.lookup
    assert len(there.value("token")) == 20


async def test_credentials_that_no_board_is_given_are_refused(new_office: Office) -> None:
    body = {"device": {"name": "unit-1"}, "credentials": {"credentialsType": "LWM2M_CREDENTIALS"}}
    await new_office.rest.post("api/device-with-credentials", body)
    with pytest.raises(CloudRefused, match="LWM2M"):
        await new_office.register.login_of("unit-1")
    await new_office.register.replace_login("unit-1", token())
    assert (await new_office.register.login_of("unit-1")).value("token") == token().value("token")


async def test_one_that_is_there_keeps_what_it_has(office: Office) -> None:
    first = await office.register.enter(Listed("unit-1", "001", "of old"), token())
    again = await office.register.enter(Listed("unit-1", "002", "new"), token("another"))
    assert (again.id, again.label) == (first.id, "of old")
    assert (await office.register.login_of("unit-1")).value("token") == token().value("token")
    assert await office.register.attributes("unit-1", "serial") == {"serial": "001"}
    assert office.count() == 1
    made = office.server.asked("POST", "/api/device-with-credentials")
    assert made == 1, "older servers overwrite a device that is there"


async def test_one_of_another_product_is_not_ours(office: Office) -> None:
    office.server.account.add_device(office.server.known, "unit-1")
    with pytest.raises(DeviceElsewhere, match=f"registered as {KNOWN}"):
        await office.register.enter(Listed("unit-1"), token())


async def test_a_login_that_another_device_has_is_taken(office: Office) -> None:
    await office.register.enter(Listed("unit-1"), token())
    await office.register.enter(Listed("unit-2"), token("of-the-second"))
    for call in (
        office.register.enter(Listed("unit-3"), token()),
        office.register.replace_login("unit-2", token()),
    ):
        with pytest.raises(LoginTaken) as no:
            await call
        assert token().value("token") not in str(no.value)
    assert not office.is_there("unit-3")
    assert (await office.register.login_of("unit-2")).value("token") == "of-the-second"


@pytest.mark.parametrize("name", ["", " ", "x" * 256, "<b>x</b>", "{{x}}", "\x00", " x", "\ud83d"])
async def test_a_name_that_no_device_can_have_is_refused(new_office: Office, name: str) -> None:
    await new_office.register.enter(Listed("unit-1"), token())
    with pytest.raises(NameRefused):
        await new_office.register.enter(Listed(name), None)
    with pytest.raises(NameRefused):
        await new_office.register.rename("unit-1", name)
    assert new_office.count() == 1


@pytest.mark.parametrize("name", ["", " ", "\ud83d"])
async def test_nobody_has_a_name_that_can_not_be_asked_for(new_office: Office, name: str) -> None:
    assert await new_office.register.entry(name) is None
    assert await new_office.register.delete(name) is False
    assert (await new_office.register.standings([name]))[0].claimed is False
    assert new_office.server.calls == []


async def test_a_full_account_says_so(office: Office) -> None:
    office.server.faults = ["device-limit"]
    with pytest.raises(AccountFull, match="limit"):
        await office.register.enter(Listed("unit-1"), token())


Verb = Callable[[Office], Awaitable[object]]

VERBS: dict[str, Verb] = {
    "login_of": lambda office: office.register.login_of("nobody"),
    "reset": lambda office: office.register.reset("nobody"),
    "replace_login": lambda office: office.register.replace_login("nobody", token()),
    "rename": lambda office: office.register.rename("nobody", "somebody"),
    "assign": lambda office: office.register.assign("nobody", "Wayne"),
    "unassign": lambda office: office.register.assign("nobody", ""),
    "write_attributes": lambda office: office.register.write_attributes("nobody", {"a": 1}),
    "open_claim": lambda office: office.register.open_claim("nobody", SecretStr("s"), 1),
    "attributes": lambda office: office.register.attributes("nobody", "a"),
}


@pytest.mark.parametrize("verb", VERBS)
async def test_of_nobody_nothing_can_be_asked(new_office: Office, verb: str) -> None:
    with pytest.raises(NotRegistered):
        await VERBS[verb](new_office)
    assert await new_office.register.delete("nobody") is False


@pytest.mark.parametrize("verb", [name for name in VERBS if "assign" not in name])
async def test_a_device_that_was_made_anew_is_found(new_office: Office, verb: str) -> None:
    first = await new_office.register.enter(Listed("nobody"), token("of-the-first"))
    await new_office.register.write_attributes("nobody", {"a": 0})
    new_office.server.account.remove_device(new_office.device("nobody"))
    second = new_office.server.account.add_device(new_office.server.new, "nobody")
    await VERBS[verb](new_office)
    assert second.id != first.id


async def test_a_login_that_it_has_already_ends_no_session(new_office: Office) -> None:
    ended: list[str] = []
    await new_office.register.enter(Listed("unit-1"), basic(user_name="the-user"))
    new_office.server.account.watchers.append(lambda device: ended.append(device.name))
    await new_office.register.replace_login("unit-1", basic(user_name="the-user"))
    assert ended == []
    await new_office.register.replace_login("unit-1", basic(user_name="the-user", client_id="c"))
    assert ended == ["unit-1"]


@pytest.mark.parametrize("times", [1, 5])
async def test_what_somebody_else_changes_is_read_again(
    new_office: Office, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    await new_office.register.enter(Listed("unit-1"), token())
    device, post, left = new_office.device("unit-1"), new_office.rest.post, [times, times]

    async def meddled(path: str, *args: Any, **more: Any) -> Any:
        which = 0 if path.endswith("credentials") else 1
        if left[which]:
            left[which] -= 1
            device.version += 1
            device.credentials_version += 1
        return await post(path, *args, **more)

    monkeypatch.setattr(new_office.rest, "post", meddled)
    calls = (
        new_office.register.replace_login("unit-1", token("another")),
        new_office.register.rename("unit-1", "unit-2"),
    )
    for call in calls:
        if times > 2:
            with pytest.raises(Changed):
                await call
        else:
            await call
    held = device.credentials.lookup, device.name
    assert held == (("another", "unit-2") if times == 1 else (token().value("token"), "unit-1"))


async def test_renaming_keeps_all_else(new_office: Office) -> None:
    await new_office.register.enter(Listed("unit-1", label="the label"), token())
    device = new_office.device("unit-1")
    device.info = {"gateway": True}
    await new_office.register.rename("unit-1", "unit-2")
    assert (device.name, device.label, device.info) == ("unit-2", "the label", {"gateway": True})
    assert (await new_office.register.login_of("unit-2")).lets_in_as(token())


async def test_a_name_that_is_taken_is_not_given_twice(new_office: Office) -> None:
    for name in ("unit-1", "unit-2"):
        await new_office.register.enter(Listed(name), None)
    with pytest.raises(DeviceExists):
        await new_office.register.rename("unit-1", "unit-2")
    new_office.server.account.remove_device(new_office.device("unit-1"))
    with pytest.raises(NotRegistered, match="was it renamed before"):
        await new_office.register.rename("unit-1", "unit-2")


async def test_a_customer_has_it_until_another_one_does(office: Office) -> None:
    other = office.server.account.add_customer(office.server.tenant.id, "Müller & Söhne")
    await office.register.enter(Listed("unit-1"), None)
    for _ in range(2):
        await office.register.assign("unit-1", "Wayne")
        await office.register.assign("unit-1", "Müller & Söhne")
    assert office.device("unit-1").customer == other.id
    for _ in range(2):
        await office.register.assign("unit-1", "")
    assert office.device("unit-1").customer == NOBODY
    with pytest.raises(CloudRefused, match="no customer Nobody"):
        await office.register.assign("unit-1", "Nobody")


@pytest.mark.parametrize("refusal", [DeviceExists, LoginTaken])
async def test_a_device_that_was_made_a_moment_before_is_the_one(
    new_office: Office, refusal: type[Fault], monkeypatch: pytest.MonkeyPatch
) -> None:
    post = new_office.rest.post

    async def beaten(path: str, *args: Any, **more: Any) -> Any:
        await post(path, *args, **more)
        raise refusal(path)

    monkeypatch.setattr(new_office.rest, "post", beaten)
    entered = await new_office.register.enter(Listed("unit-1"), token())
    assert (entered.id, new_office.count()) == (new_office.device("unit-1").id, 1)

    async def taken(path: str, *_: Any) -> Any:
        raise refusal(path)

    monkeypatch.setattr(new_office.rest, "post", taken)
    with pytest.raises(refusal):
        await new_office.register.enter(Listed("unit-2"), token())


async def test_no_null_is_sent_and_no_secret_is_in_an_address(new_office: Office) -> None:
    await new_office.register.enter(Listed("unit-1"), basic(user_name="u", user_password="s3cret"))
    told = json.dumps([(call.path, dict(call.query)) for call in new_office.server.calls])
    assert "s3cret" not in told
    held = json.loads(new_office.device("unit-1").credentials.value or "")
    assert held == {"clientId": "", "userName": "u", "password": "s3cret"}
