"""Refusals that the simulated server gave for each of its reasons, and what we make of them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from pydantic import SecretStr

from station.clouds.thingsboard.explain import explain
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.rest import Rest
from station.clouds.thingsboard.words import Status
from station.faults import (
    AccountFull,
    CloudUnreachable,
    DeviceElsewhere,
    DeviceExists,
    DeviceRefused,
    Fault,
    LoginTaken,
    NameRefused,
    NotRegistered,
    ProvisionedAlready,
    ProvisioningOff,
    ProvisionKeyRefused,
    StrategyWrong,
)
from station.model import Login, LoginKind
from station.simulation.thingsboard import KNOWN, NEW, SimulatedThingsBoard
from station.simulation.thingsboard_chain import key_and_secret
from station.simulation.thingsboard_credentials import certificate, token
from station.simulation.thingsboard_nouns import CHAIN, DISABLED, Device, Profile

TOKEN = "t0ken-of-our-own"
LOGIN = Login(LoginKind.ACCESS_TOKEN, (("token", SecretStr(TOKEN)),))
BASIC = Login(LoginKind.MQTT_BASIC, (("user_name", SecretStr(TOKEN)),))
LEAF = "-----BEGIN CERTIFICATE-----\nTEVBRg==\n-----END CERTIFICATE-----\n"
CA = "-----BEGIN CERTIFICATE-----\nQ0E=\n-----END CERTIFICATE-----\n"
PAIR = Login(LoginKind.X509_CERTIFICATE, (("certificate", SecretStr(LEAF + CA)),))


class Here:
    """A server, and a station that asks it for a device and then why it was refused."""

    def __init__(self, cloud: SimulatedThingsBoard, rest: Rest) -> None:
        self.cloud, self.rest = cloud, rest
        self.options = ThingsBoardOptions(address=cloud.address)
        self.key, self.secret = cloud.provision_key, cloud.provision_secret

    def known(self) -> None:
        """Have the recipe of a product whose devices are registered first."""
        self.options = self.options.model_copy(update={"strategy": "pre-provisioned"})
        self.key, self.secret = self.cloud.known.key or "", self.cloud.known.secret or ""

    def chain(self, *, may_create: bool = True) -> Profile:
        """Have the recipe of a product whose devices come with certificates, and its profile."""
        self.options = self.options.model_copy(update={"strategy": "certificate chain"})
        self.key = self.secret = ""
        key, secret = key_and_secret(CA)
        made = Profile(self.cloud.tenant.id, "Chain", 1, CHAIN, key, secret, may_create=may_create)
        return self.cloud.account.add_profile(made)

    def add(self, name: str, profile: Profile, pem: str = "") -> Device:
        given = certificate(pem) if pem else None
        return self.cloud.account.add_device(profile, name, given)

    async def refused(self, name: str = "dev1", login: Login | None = None, **more: Any) -> Fault:
        """Ask the server itself for a device, which must say no, and then why."""
        asked = {"provisionDeviceKey": self.key, "provisionDeviceSecret": self.secret}
        if login:
            asked["token"] = login.value("token")
        told = self.cloud.account.provision(json.dumps({**asked, "deviceName": name}).encode())
        assert told.reply
        return await self.why(name, login, Status(told.reply["status"]), **more)

    async def why(
        self, name: str, login: Login | None, status: Status, rest: Rest | None = None, **more: Any
    ) -> Fault:
        key, secret = SecretStr(self.key), SecretStr(self.secret)
        fault = await explain(
            rest or self.rest, self.options, key, secret, name, login, status, **more
        )
        for hidden in (self.key, self.secret, TOKEN):
            assert not hidden or hidden not in str(fault)
        return fault


@pytest.fixture
async def here(request: pytest.FixtureRequest) -> AsyncIterator[Here]:
    """A server of the version that the test wants, 4.3.0 otherwise."""
    version = getattr(request, "param", "4.3.0")
    async with SimulatedThingsBoard(version=version, transports=False) as cloud:
        options = ThingsBoardOptions(
            address=cloud.address, sign_in="password", user=cloud.admin.email
        )
        rest = Rest(options, lambda _: SecretStr(cloud.admin.password))
        yield Here(cloud, rest)
        await rest.close()


def is_fault(fault: Fault, kind: type[Fault], detail: str) -> None:
    assert type(fault) is kind, repr(fault)
    assert fault.detail == detail


async def test_a_key_that_nobody_has(here: Here) -> None:
    here.key = "nobody-has-this-key"
    detail = "this account has no device profile with this key"
    is_fault(await here.refused(), ProvisionKeyRefused, detail)
    here.options = here.options.model_copy(update={"profile": "Gone"})
    detail = "this account has no profile Gone, and no device profile with this key"
    is_fault(await here.refused(), ProvisionKeyRefused, detail)
    here.options = here.options.model_copy(update={"profile": NEW})
    detail = f"the device profile {NEW} has another key"
    is_fault(await here.refused(), ProvisionKeyRefused, detail)


async def test_a_wrong_secret(here: Here) -> None:
    here.secret = "not-this-secret"
    detail = f"the device profile {NEW} has another secret"
    is_fault(await here.refused(), ProvisionKeyRefused, detail)
    here.cloud.new.secret = None
    detail = f"the device profile {NEW} has no secret"
    is_fault(await here.refused(), ProvisionKeyRefused, detail)
    here.secret = ""
    detail = "the keystore holds an empty key or secret"
    is_fault(await here.refused(), ProvisionKeyRefused, detail)


@pytest.mark.parametrize("named", ["", NEW])
async def test_a_profile_that_is_off(here: Here, named: str) -> None:
    here.options = here.options.model_copy(update={"profile": named})
    here.cloud.new.provision_type = DISABLED
    if named:  # as the window of the server leaves it
        here.cloud.new.key = here.cloud.new.secret = None
    is_fault(await here.refused(), ProvisioningOff, f"the device profile {NEW}")


async def test_a_key_that_was_mended_meanwhile(here: Here) -> None:
    fault = await here.why("dev1", None, Status.NOT_FOUND)
    assert type(fault) is ProvisionKeyRefused
    assert fault.detail.endswith("was it changed just now?")


async def test_another_strategy(here: Here) -> None:
    allow, check = "ALLOW_CREATE_NEW_DEVICES", "CHECK_PRE_PROVISIONED_DEVICES"
    here.known()
    here.options = here.options.model_copy(update={"strategy": "allow new"})
    is_fault(await here.refused(), StrategyWrong, f"{KNOWN} has {check}, not {allow}")
    here.options = here.options.model_copy(update={"profile": NEW, "strategy": "pre-provisioned"})
    here.key = "nobody-has-this-key"
    is_fault(await here.refused(), StrategyWrong, f"{NEW} has {allow}, not {check}")


@pytest.mark.parametrize("status", [Status.NOT_FOUND, Status.FAILURE])
@pytest.mark.parametrize("name", ["", "   ", "x" * 256, "<script>x</script>", "a\x00"])
async def test_a_name_that_no_device_can_have(here: Here, name: str, status: Status) -> None:
    assert type(await here.why(name, None, status)) is NameRefused
    assert not here.cloud.calls


async def test_a_device_that_is_there(here: Here) -> None:
    device = here.add("dev1", here.cloud.new)
    detail = "dev1 is registered, and not provisioned"
    is_fault(await here.refused(login=LOGIN), DeviceExists, detail)
    device.attributes["SERVER_SCOPE"]["provisionState"] = "provisioned"
    device.written_ms["SERVER_SCOPE", "provisionState"] = 1_700_000_000_000
    detail = "dev1 provisioned since 2023-11-14 22:13 UTC"
    is_fault(await here.refused(login=LOGIN), DeviceExists, detail)
    device.written_ms.clear()
    is_fault(await here.refused(login=LOGIN), DeviceExists, "dev1 provisioned")


async def test_a_device_of_another_product(here: Here) -> None:
    here.add("dev1", here.cloud.known)
    detail = f"dev1 is registered as {KNOWN}, not {NEW}"
    is_fault(await here.refused(), DeviceElsewhere, detail)
    here.known()
    here.add("dev2", here.cloud.new)
    detail = f"dev2 is registered as {NEW}, not {KNOWN}"
    is_fault(await here.refused("dev2"), DeviceElsewhere, detail)


async def test_a_device_that_is_not_registered(here: Here) -> None:
    here.known()
    is_fault(await here.refused(), NotRegistered, f"dev1 is not registered as {KNOWN}")


async def test_a_device_that_was_provisioned_before(here: Here) -> None:
    here.known()
    device = here.add("dev1", here.cloud.known)
    fault = await here.why("dev1", None, Status.FAILURE)
    assert type(fault) is DeviceRefused
    assert fault.detail.startswith("dev1 is registered and not provisioned")
    device.attributes["SERVER_SCOPE"]["provisionState"] = "provisioned"
    is_fault(await here.refused(), ProvisionedAlready, "dev1 provisioned")
    device.attributes["SERVER_SCOPE"]["provisionState"] = "x"
    is_fault(await here.refused(), ProvisionedAlready, "dev1 x")


async def test_a_full_account(here: Here) -> None:
    here.add("other", here.cloud.new)
    here.cloud.tenant.device_limit = 1
    is_fault(await here.refused(login=LOGIN), AccountFull, "1 devices, 1 at most")
    here.cloud.faults = {"device-limit"}
    assert type(await here.refused(login=LOGIN)) is AccountFull


async def test_a_token_that_another_device_has(here: Here) -> None:
    here.cloud.account.add_device(here.cloud.known, "other", token(TOKEN))

    async def admits(login: Login) -> bool:
        return here.cloud.account.by_token(login.value("token")) is not None

    detail = "another device than dev1 is let in by it"
    is_fault(await here.refused(login=LOGIN, admits=admits), LoginTaken, detail)
    is_fault(
        await here.refused(login=LOGIN), LoginTaken, "nothing else explains why dev1 was not made"
    )


async def no(_: Login) -> bool:
    return False


async def unknown(_: Login) -> bool:
    raise CloudUnreachable("gone")


@pytest.mark.parametrize(
    ("login", "admits", "kind"),
    [
        (LOGIN, no, DeviceRefused),
        (None, no, DeviceRefused),
        (BASIC, no, LoginTaken),
        (LOGIN, unknown, LoginTaken),
    ],
)
async def test_what_nothing_explains(
    here: Here, login: Login | None, admits: Callable[[Login], Any], kind: type[Fault]
) -> None:
    here.cloud.tenant.device_limit = 5
    assert type(await here.why("dev1", login, Status.FAILURE, admits=admits)) is kind


@pytest.mark.parametrize("here", ["3.4"], indirect=True)
async def test_an_old_server_does_not_tell_whether_it_is_full(here: Here) -> None:
    here.cloud.tenant.device_limit = 0
    assert type(await here.refused(login=LOGIN)) is DeviceRefused


async def test_a_key_of_another_account(here: Here) -> None:
    other = here.cloud.account.add_tenant("Other")
    here.cloud.account.add_profile(
        Profile(other.id, "Theirs", 0, "ALLOW_CREATE_NEW_DEVICES", "their-key", "their-secret")
    )
    theirs = here.cloud.account.profile_by_key("their-key")
    assert theirs
    here.cloud.account.add_device(theirs, "dev1")
    here.key, here.secret = "their-key", "their-secret"
    detail = "the key is that of another account than the engineer's"
    is_fault(await here.refused(), DeviceRefused, detail)


async def test_a_certificate_chain(here: Here) -> None:
    here.options = here.options.model_copy(update={"strategy": "certificate chain"})
    here.key = here.secret = ""
    fault = await here.why("dev1", PAIR, Status.FAILURE)
    assert type(fault) is ProvisionKeyRefused
    profile = here.chain(may_create=False)
    detail = "dev1 is not registered as Chain"
    is_fault(await here.why("dev1", PAIR, Status.FAILURE), NotRegistered, detail)
    profile.may_create = True
    fault = await here.why("dev1", PAIR, Status.FAILURE)
    assert type(fault) is DeviceRefused
    assert "does its certificate say this name" in fault.detail
    here.add("dev1", profile)
    detail = "dev1 is let in by ACCESS_TOKEN, and keeps that"
    is_fault(await here.why("dev1", PAIR, Status.FAILURE), DeviceExists, detail)
    here.add("dev2", profile, LEAF)
    detail = "dev2 is there: is its certificate valid today?"
    is_fault(await here.why("dev2", PAIR, Status.FAILURE), DeviceRefused, detail)
    here.add("dev3", here.cloud.new)
    fault = await here.why("dev3", PAIR, Status.FAILURE)
    assert type(fault) is DeviceElsewhere


@pytest.mark.parametrize(
    ("status", "kind"),
    [(Status.NOT_FOUND, ProvisionKeyRefused), (Status.FAILURE, DeviceRefused)],
)
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("forbidden", "KEY-FORBIDDEN"),
        ("unauthorized", "KEY-REFUSED"),
        ("unavailable", "CLOUD-BROKEN"),
        ("html", "CLOUD-NONSENSE"),
        ("reset", "REPLY-LOST"),
        ("cut", "REPLY-LOST"),
    ],
)
async def test_the_answer_is_not_hidden_by_what_comes_of_asking_why(
    here: Here, fault: str, code: str, status: Status, kind: type[Fault]
) -> None:
    here.cloud.faults = {fault}
    is_fault(await here.why("dev1", LOGIN, status), kind, f"asking why ended with {code}")


async def test_a_server_that_is_gone(here: Here) -> None:
    await here.cloud.close()
    detail = "asking why ended with CLOUD-UNREACHABLE"
    is_fault(await here.why("dev1", LOGIN, Status.FAILURE), DeviceRefused, detail)


async def test_without_a_key_there_is_nobody_to_ask(here: Here) -> None:
    words = (SecretStr(here.key), SecretStr(here.secret))
    for status, kind in (
        (Status.FAILURE, DeviceRefused),
        (Status.NOT_FOUND, ProvisionKeyRefused),
    ):
        fault = await explain(None, here.options, *words, "dev1", LOGIN, status)
        is_fault(fault, kind, "the recipe names no engineer's key to ask with")
    fault = await explain(None, here.options, *words, "<b>", LOGIN, Status.FAILURE)
    assert type(fault) is NameRefused
    assert not here.cloud.calls
