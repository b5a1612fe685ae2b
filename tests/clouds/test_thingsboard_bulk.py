"""A scanned list in the simulated register: registered once, serials as they were scanned."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection
from typing import Any

import pytest
from pydantic import SecretStr

from station.clouds.thingsboard import attributes, bulk, census
from station.clouds.thingsboard.attributes import SERIAL
from station.clouds.thingsboard.bulk import enter_many, reconcile
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.rest import Rest
from station.faults import (
    CloudBroken,
    CloudFault,
    CloudNonsense,
    FileWrong,
    KeyForbidden,
    ReplyLost,
)
from station.model import DeviceProfile, Listed, Strategy
from station.simulation.http_server import Request
from station.simulation.thingsboard import KNOWN, NEW, SimulatedThingsBoard
from station.simulation.thingsboard_bulk import cast
from station.simulation.thingsboard_nouns import Device, Profile
from tests.clouds.answering import Answering

SERIALS = (
    "0012345",
    "12e5",
    "true",
    "007",
    "1.10",
    "0089",
    "1,5",
    '{"a":1}',
    "-0.5",
    "null",
    "A-17",
    "TRUE ",
    "[",
)
IMPORT = ("POST", "/api/device/bulk_import")


class Here:
    """A server, a client of its register, and the profile of known devices."""

    def __init__(self, cloud: SimulatedThingsBoard, rest: Rest, profile: DeviceProfile) -> None:
        self.cloud, self.rest, self.profile = cloud, rest, profile

    async def enter(self, *devices: Listed) -> dict[str, str]:
        return dict(await enter_many(self.rest, self.profile, devices))

    def device(self, name: str) -> Device:
        found = self.cloud.account.device_named(self.cloud.tenant.id, name)
        assert found, name
        return found

    def devices(self) -> Collection[Device]:
        return self.cloud.account.devices.values()

    def add(self, name: str, profile: Profile | None = None) -> Device:
        return self.cloud.account.add_device(profile or self.cloud.known, name)

    async def serial(self, name: str) -> Any:
        told = await attributes.read(self.rest, self.device(name).id, [SERIAL])
        return told.get(SERIAL)


def rest_of(address: str, key: str) -> Rest:
    return Rest(ThingsBoardOptions(address=address, profile=KNOWN), lambda _: SecretStr(key))


@pytest.fixture
async def here(request: pytest.FixtureRequest) -> AsyncIterator[Here]:
    """A server of the version that the test wants, 4.3.0 otherwise."""
    version = getattr(request, "param", "4.3.0")
    async with SimulatedThingsBoard(version=version, transports=False) as cloud:
        options = ThingsBoardOptions(
            address=cloud.address,
            profile=KNOWN,
            sign_in="password",
            user=cloud.admin.email,
        )
        rest = Rest(options, lambda _: SecretStr(cloud.admin.password))
        known = cloud.known
        profile = DeviceProfile(known.id, known.name, Strategy.PRE_PROVISIONED, known.key or "")
        yield Here(cloud, rest, profile)
        await rest.close()


@pytest.mark.parametrize("here", ["4.3.0", "4.2.1", "3.8"], indirect=True)
async def test_serials_come_back_as_they_were_scanned(here: Here) -> None:
    devices = [Listed(f"TRK-{at}", serial) for at, serial in enumerate(SERIALS)]
    assert await here.enter(*devices) == {}
    told = [await here.serial(each.name) for each in devices]
    assert told == [*SERIALS]
    assert here.cloud.asked(*IMPORT) == 1


@pytest.mark.parametrize("serial", SERIALS[:9])
def test_in_a_bare_cell_they_would_not(serial: str) -> None:
    assert cast(serial) != serial


async def test_devices_are_what_the_list_says(here: Here) -> None:
    here.add("old").label = "kept"
    before = here.device("old").credentials
    odd = Listed('a "b", c;d', "", 'two\r\nlines, "x"')
    assert await here.enter(Listed("old", "", "other"), odd, Listed("ümlaut €", "7", "L")) == {}
    assert here.device("old").label == "kept"
    assert here.device("old").credentials == before
    made = here.device('a "b", c;d')
    assert (made.profile, made.label) == (here.cloud.known, odd.label)
    assert await here.serial(odd.name) is None
    assert here.device("ümlaut €").label == "L"
    assert "provisionState" not in made.attributes["SERVER_SCOPE"]


async def test_no_list_needs_no_request(here: Here) -> None:
    assert await here.enter() == {}
    assert here.cloud.asked(*IMPORT) == 0


async def test_refusals_are_told_by_name(here: Here) -> None:
    here.add("away", here.cloud.new)
    here.add("other").attributes["SERVER_SCOPE"][SERIAL] = 12345
    here.add("same").attributes["SERVER_SCOPE"][SERIAL] = {"text": "007"}
    devices = [
        Listed("good-1", "1"),
        Listed("away", "2"),
        Listed(" blank", "3"),
        Listed("long label", "4", "x" * 255 + "<script>"),
        Listed("other", "0012345"),
        Listed("same", "007"),
        Listed("long serial", "5" * 256),
        Listed("a\nb"),
        Listed("good-2", "6"),
    ]
    refused = await here.enter(*devices)
    assert list(refused) == ["away", " blank", "other", "long serial", "a\nb"]
    assert refused["away"] == f"registered already, as {NEW}"
    assert "blank" in refused[" blank"]
    assert refused["other"] == "registered already, with the serial '12345'"
    assert here.device("away").profile is here.cloud.new
    assert await here.serial("other") == 12345
    assert await here.serial("good-2") == "6"


async def test_what_the_server_refuses_comes_in_any_order(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_ROWS", 3)
    here.cloud.tenant.device_limit = 4
    devices = [Listed(f"d{at}") for at in range(6)]
    refused = await here.enter(*devices)
    assert refused == {"d4": "Devices limit reached", "d5": "Devices limit reached"}
    assert here.cloud.asked(*IMPORT) == 2
    here.cloud.tenant.device_limit = None
    assert await here.enter(*devices) == {}
    assert len(here.cloud.account.devices) == 6


async def test_a_name_twice_is_refused_before_anything_is_asked(here: Here) -> None:
    asked = len(here.cloud.calls)
    with pytest.raises(FileWrong, match="device 3: 'a' as device 1 is; device 4: 'a' as device 1"):
        await here.enter(Listed("a"), Listed("b"), Listed("a"), Listed("a"))
    assert len(here.cloud.calls) == asked


async def test_a_profile_that_was_renamed_is_not_made_again(here: Here) -> None:
    here.cloud.known.name = "Renamed"
    profiles = len(here.cloud.account.profiles)
    assert await here.enter(Listed("a")) == {}
    assert here.device("a").profile is here.cloud.known
    assert len(here.cloud.account.profiles) == profiles


@pytest.mark.parametrize("fault", ["lost-reply-import", "error-after-import"])
@pytest.mark.parametrize("here", ["4.3.0", "4.2.1"], indirect=True)
async def test_a_lost_answer_costs_nothing(
    here: Here, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_ROWS", 2)
    here.cloud.faults = {fault}
    devices = [Listed(f"TRK-{at}", f"00{at}") for at in range(5)]
    assert await here.enter(*devices) == {}
    assert [await here.serial(each.name) for each in devices] == ["000", "001", "002", "003", "004"]
    made = [event.name for event in here.cloud.account.events if event.kind == "ENTITY_CREATED"]
    assert made == [each.name for each in devices]
    assert here.cloud.asked(*IMPORT) == 3


@pytest.mark.parametrize("after", [0, 1, 40, 100])
async def test_an_answer_cut_anywhere_costs_nothing(here: Here, after: int) -> None:
    here.cloud.cut_after["import"] = after
    assert await here.enter(Listed("a", "01"), Listed("b", "02")) == {}
    assert [await here.serial(name) for name in "ab"] == ["01", "02"]
    assert len(here.cloud.account.devices) == 2


async def test_what_was_not_kept_is_sent_once_more(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted: list[Any] = []
    post = Rest.post

    async def lossy(self: Rest, path: str, body: Any = None, *rest: Any, **more: Any) -> Any:
        if path.endswith("bulk_import"):
            posted.append(body["file"])
            if len(posted) == 1:  # half of it was done, and nobody tells
                half = body["file"].splitlines()[:2]
                await post(self, path, {**body, "file": "\r\n".join(half)}, *rest, **more)
                raise ReplyLost("gone")
        return await post(self, path, body, *rest, **more)

    monkeypatch.setattr(Rest, "post", lossy)
    assert await here.enter(Listed("a", "01"), Listed("b", "02")) == {}
    assert ['"a"' in file for file in posted] == [True, False]
    assert [await here.serial(name) for name in "ab"] == ["01", "02"]


async def test_serials_that_are_not_there_yet_are_added(here: Here) -> None:
    here.add("a")
    here.add("b").attributes["SERVER_SCOPE"][SERIAL] = {"text": "02"}
    assert await here.enter(Listed("a", "01"), Listed("b", "02")) == {}
    assert await here.serial("a") == "01"
    writes = [call for call in here.cloud.calls if call.path.endswith("attributes/SERVER_SCOPE")]
    assert [call.method for call in writes] == ["POST", "GET"]
    assert here.cloud.asked(*IMPORT) == 0


async def test_a_large_list_takes_few_requests(here: Here) -> None:
    devices = [Listed(f"TRK-{at:05}", f"00{at}") for at in range(1200)]
    here.add("other")
    await here.rest.version()
    asked = len(here.cloud.calls)
    assert await here.enter(*devices) == {}
    assert len(here.cloud.calls) - asked <= 6
    assert await here.serial("TRK-01199") == "001199"
    asked = len(here.cloud.calls)
    assert await here.enter(*devices) == {}
    assert here.cloud.asked(*IMPORT) == 3
    assert len(here.cloud.calls) - asked <= 6
    asked = len(here.cloud.calls)
    told = await reconcile(here.rest, here.profile, devices)
    assert len(told.registered) == 1200
    assert told.unlisted == ("other",)
    assert len(here.cloud.calls) - asked <= 6


async def test_reconciled(here: Here) -> None:
    for name in ("r1", "r2", "more"):
        here.add(name)
    here.device("r2").attributes["SERVER_SCOPE"]["provisionState"] = "provisioned"
    here.add("e1", here.cloud.new).attributes["SERVER_SCOPE"]["provisionState"] = "provisioned"
    names = ("m1", "r2", "e1", "r1")
    told = await reconcile(here.rest, here.profile, [Listed(name) for name in names])
    assert (told.registered, told.missing, told.elsewhere) == (("r2", "r1"), ("m1",), ("e1",))
    assert (told.provisioned, told.unlisted) == (("r2",), ("more",))


async def test_many_names_are_found_by_what_they_begin_with(here: Here) -> None:
    names = [f"50%-A\\{at}" for at in range(census.FEW + 1)]
    here.add(names[7])
    here.add("A\\50")
    assert list(await census.named(here.rest, names)) == [names[7]]
    listing = [call for call in here.cloud.calls if call.path == "/api/tenant/devices"]
    assert [call.query.get("textSearch") for call in listing] == ["50"]


@pytest.mark.parametrize(
    ("names", "start"),
    [
        (["TRK-1", "TRK-2"], "TRK-"),
        (["a"], "a"),
        ([], ""),
        (["a", "b"], ""),
        (["ab", "a"], "a"),
        (["x\\y1", "x\\y2"], "x"),
        (["%1", "%2"], ""),
    ],
)
def test_what_names_begin_with(names: list[str], start: str) -> None:
    assert census.start_of(names) == start


async def test_work_goes_on_side_by_side_and_ends_with_the_first_fault() -> None:
    done: list[int] = []

    async def work(number: int) -> None:
        if number == 20:
            raise ReplyLost("gone")
        done.append(number)

    with pytest.raises(ReplyLost):
        await census.each(range(1000), work)
    assert len(done) < 1000
    done.clear()
    await census.each(range(19), work)
    assert sorted(done) == [*range(19)]


@pytest.mark.parametrize(
    ("fault", "raised"),
    [("forbidden", KeyForbidden), ("html", CloudNonsense), ("unavailable", CloudBroken)],
)
async def test_a_server_that_does_not_serve(
    here: Here, fault: str, raised: type[CloudFault]
) -> None:
    here.cloud.faults = {fault}
    for ask in (enter_many, reconcile):
        with pytest.raises(raised):
            await ask(here.rest, here.profile, [Listed("a")])
    assert not here.cloud.account.devices


@pytest.mark.parametrize(
    "told",
    [
        {},
        [],
        {"created": 2, "updated": 0},
        {"created": "2", "updated": 0, "errorsList": []},
        {"created": 1, "updated": 0, "errorsList": []},
        {"created": 1, "updated": 0, "errorsList": ["Line 1: X: y"]},
        {"created": 1, "updated": 0, "errorsList": ["Line 4: X: y"]},
        {"created": 1, "updated": 0, "errorsList": ["y"]},
    ],
)
async def test_an_answer_that_tells_of_other_lines_is_nonsense(told: Any) -> None:
    imports: list[Request] = []

    def answer(request: Request) -> tuple[int, Any]:
        if request.path.endswith("bulk_import"):
            imports.append(request)
            return 200, told
        if request.path.endswith("/deviceProfile/p"):
            return 200, {"name": "P"}
        if request.path.endswith("/info"):
            return 200, {"version": "4.3.0"}
        return 404, {"status": 404, "errorCode": 32, "message": "Requested item wasn't found!"}

    async with Answering(answer) as server:
        rest = rest_of(server.address, "tb_key")
        profile = DeviceProfile("p", "P", Strategy.PRE_PROVISIONED, "k")
        with pytest.raises(CloudNonsense) as caught:
            await enter_many(rest, profile, [Listed("a"), Listed("b")])
        await rest.close()
    assert caught.value.leaves_open
    assert len(imports) == 2


def device(**more: Any) -> dict[str, Any]:
    ids = {"id": {"id": "d"}, "deviceProfileId": {"id": "p"}}
    return {"name": "a", "type": "P", **ids, **more}


def queried(**more: Any) -> dict[str, Any]:
    latest = {
        "ENTITY_FIELD": {"name": {"value": "a"}},
        "SERVER_ATTRIBUTE": {"serial": {"value": ""}},
    }
    return {"data": [{"entityId": {"id": "d"}, "latest": latest, **more}], "hasNext": False}


def answers(**told: Any) -> Callable[[Request], tuple[int, Any]]:
    """Answer by the last word of the path; a list is answered one by one, and its end for ever."""
    more = {"p": {"name": "P"}, "info": {"version": "4.3.0"}, "devices": device(), **told}

    def answer(request: Request) -> tuple[int, Any]:
        found = more[request.path.rpartition("/")[2]]
        if isinstance(found, list):
            found = found.pop(0) if found[1:] else found[0]
        return found if isinstance(found, tuple) else (200, found)

    return answer


async def entered(answer: Callable[[Request], tuple[int, Any]], *devices: Listed) -> list[str]:
    """Enter devices at a server that answers so; return the paths of what was asked."""
    async with Answering(answer) as server:
        rest = rest_of(server.address, "tb_key")
        profile = DeviceProfile("p", "P", Strategy.PRE_PROVISIONED, "k")
        try:
            assert await enter_many(rest, profile, devices or [Listed("a", "1")]) == ()
        finally:
            await rest.close()
        return [request.path.rpartition("/")[2] for request in server.asked]


async def test_a_query_is_asked_again_when_the_server_stumbles() -> None:
    asked = await entered(answers(find=[(500, None), queried()], SERVER_SCOPE=None))
    assert asked == ["p", "devices", "info", "find", "find", "devices", "SERVER_SCOPE"]


@pytest.mark.parametrize(
    "told",
    [
        {"p": {}},
        {"p": [[]]},
        {"info": {}},
        {"devices": {"name": "a"}},
        {"find": {}},
        {"find": {"data": [1]}},
        {"find": queried(latest=None)},
        {"find": queried(entityId=None)},
        {"find": {**queried(), "hasNext": True}},
    ],
)
async def test_a_register_that_tells_nonsense(told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(census, "MOST_PAGES", 2)
    with pytest.raises(CloudNonsense):
        await entered(answers(**{"find": queried(), **told}))


async def test_what_was_certainly_not_done_is_not_asked_again() -> None:
    gone = (404, {"status": 404, "errorCode": 32, "message": "Requested item wasn't found!"})
    refusal = (403, {"status": 403, "errorCode": 20, "message": "You don't have permission"})
    asked: list[str] = []
    answer = answers(devices=gone, bulk_import=refusal)

    def noted(request: Request) -> tuple[int, Any]:
        asked.append(request.path.rpartition("/")[2])
        return answer(request)

    with pytest.raises(KeyForbidden):
        await entered(noted)
    assert asked == ["p", "devices", "info", "bulk_import"]


async def test_a_name_that_another_product_took_meanwhile(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Rest.post

    async def late(self: Rest, path: str, *rest: Any, **more: Any) -> Any:
        if path.endswith("bulk_import") and "a" not in {d.name for d in here.devices()}:
            here.add("a", here.cloud.new)
            raise ReplyLost("gone")
        return await post(self, path, *rest, **more)

    monkeypatch.setattr(Rest, "post", late)
    refused = await here.enter(Listed("a", "01"), Listed("b", "02"))
    assert refused == {"a": f"registered already, as {NEW}"}
    assert here.device("a").profile is here.cloud.new
    assert await here.serial("b") == "02"
