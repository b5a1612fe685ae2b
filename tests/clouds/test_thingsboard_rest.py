"""ThingsBoard's REST API: who may come in, and what it refuses."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import SecretStr

from station.clouds.http import Caller
from station.clouds.replies import NotThere, Reply
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.refusals import Changed, fault_of
from station.clouds.thingsboard.rest import Rest
from station.clouds.thingsboard.sign_in import LEFT_ALONE_S, RENEWED_BEFORE_S, Password
from station.faults import (
    AccountFull,
    AdminKeyMissing,
    CloudBroken,
    CloudFault,
    CloudNonsense,
    CloudRefused,
    CloudUnreachable,
    DeviceExists,
    Fault,
    KeyForbidden,
    KeyRefused,
    LoginTaken,
    NameRefused,
    ReplyLost,
)
from station.simulation.thingsboard import SimulatedThingsBoard
from station.simulation.thingsboard_users import JWT_S, REFRESH_S
from tests.clouds.answering import Answering
from tests.clouds.thingsboard_office import AWKWARD, Office

WHO = "api/auth/user"


class Desk:
    """A password's sign-in by a clock that the test turns, the server's with it."""

    def __init__(self, server: SimulatedThingsBoard) -> None:
        self.server, self.stored = server, server.admin.password
        self.caller = Caller(server.address, {}, 5.0)
        self.sign_in = Password(
            self.caller, server.admin.email, "the-name", self._read, self.now_s
        ).sign_in

    def now_s(self) -> float:
        return self.server.account.clock_ahead_s

    def wait(self, for_s: float) -> None:
        self.server.account.clock_ahead_s += for_s

    def asked(self) -> tuple[int, int]:
        """How many logins, how many refreshes."""
        paths = ("/api/auth/login", "/api/auth/token")
        return self.server.asked("POST", paths[0]), self.server.asked("POST", paths[1])

    def _read(self, name: str) -> SecretStr:
        assert name == "the-name"
        return SecretStr(self.stored)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with SimulatedThingsBoard(transports=False) as server:
        desk = Desk(server)
        yield desk
        await desk.caller.close()


@pytest.mark.parametrize("sign_in", ["api key", "password"])
async def test_it_is_signed_in(sign_in: str) -> None:
    async with Office(sign_in=sign_in) as office:
        assert (await office.rest.get(WHO)).body["email"] == office.server.admin.email


@pytest.mark.parametrize(
    ("version", "told", "again"),
    [
        ("3.8", (3, 8), True),
        ("4.2.1", (4, 2, 1), True),
        ("4.2.1.1", (4, 2, 1, 1), False),
        ("4.2.2", (4, 2, 2), False),
        ("4.3.0", (4, 3, 0), False),
        ("4.4.0-SNAPSHOT", (4, 4, 0), False),
        ("4.2.1.2PE", (4, 2, 1, 2), False),
    ],
)
async def test_the_version_tells_how_known_devices_are_provisioned(
    version: str, told: tuple[int, ...], again: bool
) -> None:
    async with Office(version, sign_in="password") as office:
        assert await office.rest.version() == told
        assert await office.rest.provisions_known_again() is again
        assert office.server.asked("GET", "/api/system/info") == 1


async def test_an_older_server_has_no_api_keys_and_is_asked_once_with_one() -> None:
    async with Office("4.2.1", sign_in="api key") as office:
        for _ in range(3):
            with pytest.raises(KeyRefused, match=r"older than 4\.3") as no:
                await office.rest.get(WHO)
            assert office.server.api_key not in str(no.value)


async def test_a_key_that_was_stored_anew_is_good_without_a_restart() -> None:
    async with Office() as office:
        good = office.stored["thingsboard-api-key"]
        office.server.users.keys.clear()
        with pytest.raises(KeyRefused):
            await office.rest.get(WHO)
        new = office.server.users.add_key(office.server.admin, "new", enabled=True, expires_ms=0)
        office.stored["thingsboard-api-key"] = new.value
        assert new.value != good
        assert (await office.rest.get(WHO)).status == 200


@pytest.mark.parametrize("key", ["", "kéy", "key\r\nX-Other: 1"])
def test_what_can_not_be_a_key_is_refused_before_anything_is_asked(key: str) -> None:
    with pytest.raises(KeyRefused, match="thingsboard-api-key"):
        Rest(ThingsBoardOptions(), lambda _: SecretStr(key))


def test_without_a_way_to_sign_in_there_is_no_register() -> None:
    with pytest.raises(AdminKeyMissing):
        Rest(ThingsBoardOptions(sign_in="none"), SecretStr)


async def test_one_login_serves_all_who_ask_at_once() -> None:
    async with Office(sign_in="password") as office:
        await asyncio.gather(*(office.rest.get(WHO) for _ in range(16)))
        assert office.logins() == 1
        office.server.faults = ["expired-jwt-once"]
        await asyncio.gather(*(office.rest.get(WHO) for _ in range(16)))
        assert (office.logins(), office.refreshes()) == (1, 1)


async def test_a_token_is_renewed_shortly_before_it_ends(desk: Desk) -> None:
    first = await desk.sign_in("")
    desk.wait(JWT_S - RENEWED_BEFORE_S - 1)
    assert await desk.sign_in("") == first
    desk.wait(1)
    assert await desk.sign_in("") not in {first, ""}
    assert desk.asked() == (1, 1)


async def test_when_the_refresh_token_has_ended_too_it_logs_in_anew(desk: Desk) -> None:
    await desk.sign_in("")
    desk.wait(REFRESH_S)
    assert (await desk.sign_in("")).startswith("Bearer ")
    assert desk.asked() == (2, 0)


async def test_a_refresh_token_that_is_refused_leads_to_a_login(desk: Desk) -> None:
    first = await desk.sign_in("")
    desk.server.users._signing_key = b"the server was installed anew"
    second = await desk.sign_in(first)
    assert second != first
    assert desk.asked() == (2, 1)
    assert await desk.sign_in("") == second


@pytest.mark.parametrize("deed", ["login", "refresh"])
@pytest.mark.parametrize("way", ["lost-reply", "error-after"])
async def test_a_lost_answer_is_asked_for_once_more(desk: Desk, deed: str, way: str) -> None:
    first = await desk.sign_in("") if deed == "refresh" else ""
    desk.server.faults = [f"{way}-{deed}"]
    assert await desk.sign_in(first) not in {"", first}


async def test_a_refused_password_is_never_tried_again(desk: Desk) -> None:
    good = desk.stored
    desk.server.admin.password = "another"
    for _ in range(5):
        with pytest.raises(KeyRefused, match="wrong; it is not tried again") as no:
            await desk.sign_in("")
        assert good not in str(no.value)
        desk.wait(JWT_S)
    assert desk.asked() == (1, 0)
    desk.stored = "another"
    assert (await desk.sign_in("")).startswith("Bearer ")
    assert desk.asked() == (2, 0)


@pytest.mark.parametrize(
    ("fault", "says"), [("locked", "is locked"), ("second-factor", "2FA accounts need an API key")]
)
async def test_an_account_that_lets_nobody_in_is_left_alone(
    desk: Desk, fault: str, says: str
) -> None:
    desk.server.faults = [fault]
    for _ in range(5):
        with pytest.raises(KeyRefused, match=says):
            await desk.sign_in("")
    assert desk.asked() == (1, 0)
    desk.server.faults = []
    desk.wait(LEFT_ALONE_S)
    assert (await desk.sign_in("")).startswith("Bearer ")


async def test_a_second_factor_is_no_matter_with_a_key() -> None:
    async with Office() as office:
        office.server.faults = ["second-factor"]
        assert (await office.rest.get(WHO)).status == 200


async def test_a_password_that_has_expired_says_so() -> None:
    told = {"status": 401, "message": "User password expired!", "errorCode": 15, "timestamp": 1}
    async with Answering(lambda _: (401, told)) as there:
        rest = Rest(password_options(there.address), lambda _: SecretStr("the-word"))
        for _ in range(2):
            with pytest.raises(KeyRefused, match="expired: set another"):
                await rest.get(WHO)
        assert there.paths("POST") == ["api/auth/login"]
        await rest.close()


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ((200, {"token": "a"}), CloudNonsense),
        ((200, ["a"]), CloudNonsense),
        ((404, {"status": 404, "path": "/v1"}), NotThere),
        ((403, {"status": 403, "errorCode": 20, "message": "no"}), KeyForbidden),
        ((500, {"status": 500, "errorCode": 2, "message": "the-word"}), CloudBroken),
        ((503, None), CloudBroken),
        ((400, {"status": 400, "errorCode": 31, "message": "no"}), CloudRefused),
    ],
)
async def test_what_is_no_login_leaves_nothing_open(
    answer: tuple[int, Any], fault: type[CloudFault]
) -> None:
    async with Answering(lambda _: answer) as there:
        rest = Rest(password_options(there.address), lambda _: SecretStr("the-word"))
        with pytest.raises(fault) as no:
            await rest.post("api/device", {"name": "x"})
        assert not no.value.leaves_open
        assert "the-word" not in str(no.value)
        assert set(there.paths("POST")) == {"api/auth/login"}
        await rest.close()


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        ("unauthorized", KeyRefused),
        ("expired-jwt", KeyRefused),
        ("forbidden", KeyForbidden),
        ("server-error", CloudBroken),
        ("unavailable", CloudBroken),
        ("bad-gateway", CloudBroken),
        ("html", CloudNonsense),
        ("truncated-json", CloudNonsense),
        ("cut", ReplyLost),
        ("reset", ReplyLost),
    ],
)
async def test_what_goes_wrong_has_a_name(fault: str, raised: type[Fault]) -> None:
    async with Office(sign_in="password") as office:
        await office.rest.get(WHO)
        office.server.faults = [fault]
        for call in (office.rest.get(WHO), office.rest.post("api/device", {"name": "unit-1"})):
            with pytest.raises(raised) as no:
                await call
            assert not re.search(r"eyJ|Bearer|tb_", f"{no.value!r} {no.value}")
        assert office.logins() == 1


async def test_nothing_listens() -> None:
    rest = Rest(ThingsBoardOptions(address="http://127.0.0.1:9"), lambda _: SecretStr("k"))
    with pytest.raises(CloudUnreachable):
        await rest.get(WHO)
    await rest.close()


async def test_a_busy_tenant_is_waited_for() -> None:
    async with Office() as office:
        office.server.faults = ["rate-limit"]
        told = await asyncio.gather(*(office.rest.get(WHO) for _ in range(12)))
        assert {reply.status for reply in told} == {200}
        assert any(call.status == 429 for call in office.server.calls)


async def test_names_arrive_as_they_are() -> None:
    async with Office() as office:
        await office.rest.post("api/device", {"name": AWKWARD})
        found = await office.rest.get("api/tenant/devices", {"deviceName": AWKWARD})
        assert found.body["name"] == AWKWARD
        with pytest.raises(NotThere):
            await office.rest.get("api/tenant/devices", {"deviceName": AWKWARD + "x"})


async def test_pages_are_read_to_the_end() -> None:
    async with Office() as office:
        for number in range(7):
            await office.rest.post("api/device", {"name": f"unit-{number}"})
        path = "api/tenant/devices"
        told = [each["name"] async for each in office.rest.listed(path, rows=3)]
        assert told == [f"unit-{number}" for number in range(7)]
        assert office.server.asked("GET", f"/{path}") == 3


@pytest.mark.parametrize("page", [{}, {"data": {}}, []])
async def test_what_is_no_page_is_nonsense(page: Any) -> None:
    async with Answering(lambda _: (200, page)) as there:
        rest = Rest(ThingsBoardOptions(address=there.address), lambda _: SecretStr("k"))
        with pytest.raises(CloudNonsense):
            [each async for each in rest.listed("api/devices")]
        await rest.close()


@pytest.mark.parametrize("told", [{}, {"version": None}, {"version": "new"}, []])
async def test_a_server_without_a_version_is_nonsense(told: Any) -> None:
    async with Answering(lambda _: (200, told)) as there:
        rest = Rest(ThingsBoardOptions(address=there.address), lambda _: SecretStr("k"))
        with pytest.raises(CloudNonsense):
            await rest.version()
        await rest.close()


def refusal(status: int, message: str, code: int, **more: Any) -> Reply:
    told = {"status": status, "message": message, "errorCode": code, "timestamp": 1, **more}
    return Reply(status, told)


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (refusal(400, "Device with such name already exists!", 31), DeviceExists),
        (
            refusal(400, "Device credentials are already assigned to another device!", 31),
            LoginTaken,
        ),
        (refusal(400, "Validation error: name is malformed", 31), NameRefused),
        (
            refusal(400, "Validation error: length of name must be equal or less than 255", 31),
            NameRefused,
        ),
        (refusal(400, "Device name should be specified!", 31), NameRefused),
        (refusal(400, "Device credentials id should be specified!", 31), CloudRefused),
        (refusal(400, "Device is referencing non existing device profile!", 31), NotThere),
        (refusal(401, "Authentication failed", 10), KeyRefused),
        (refusal(403, "No permission", 20), KeyForbidden),
        (refusal(403, "Devices limit reached", 41, entityType="DEVICE", limit=5), AccountFull),
        (refusal(404, "Requested item wasn't found!", 32), NotThere),
        (Reply(404, "Device with requested id wasn't found!"), NotThere),
        (refusal(409, "Device was already changed by someone else!", 35), Changed),
        (refusal(405, "Request method 'PUT' is not supported", 31), CloudRefused),
        (refusal(500, "duplicate key value (token)=(abc)", 2), CloudBroken),
    ],
)
def test_every_refusal_has_its_fault(reply: Reply, fault: type[Fault]) -> None:
    assert type(fault_of(reply)) is fault


def test_a_path_that_is_not_there_asks_for_the_base_address() -> None:
    fault = fault_of(Reply(404, {"status": 404, "error": "Not Found", "path": "/tb/api"}))
    assert not isinstance(fault, NotThere)
    assert "is the base address right?" in str(fault)


def test_the_limit_is_told() -> None:
    assert "5" in fault_of(refusal(403, "Devices limit reached", 41, limit=5)).detail


@pytest.mark.parametrize(
    "sent",
    [
        {"credentials": {"credentialsId": "s3cret-word"}},
        {"credentials": {"credentialsValue": '{"password": "s3cret-word"}'}},
        [{"claimingData": {"secretKey": "s3cret-word"}}],
    ],
)
def test_a_refusal_that_gives_back_what_was_sent_is_told_without_it(sent: Any) -> None:
    fault = fault_of(refusal(400, "Can't parse value: s3cret-word!", 31), sent)
    assert fault.detail == "Can't parse value: (...)!"


def password_options(address: str) -> ThingsBoardOptions:
    return ThingsBoardOptions(address=address, sign_in="password", user="line@example.com")
