"""Boards that are awaited: one poll for all, whatever the cloud answers meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from station.clouds.arduino_cloud import ArduinoCloud
from station.clouds.arduino_cloud_arrivals import Arrivals
from station.clouds.arduino_cloud_onboarding import Onboardings, Row
from station.clouds.arduino_cloud_options import ArduinoCloudOptions
from station.clouds.http import Caller
from station.faults import CloudBroken, CloudBusy, CloudFault, Fault, KeyRefused
from station.model import Connection
from tests.clouds.arduino_scene import Board, client, server, unit

SUBJECTS = tuple(Board(number).uhwid for number in range(1, 17))
QUICK = ArduinoCloudOptions(first_look_s=0.005, poll_s=0.01, requests_a_second=1000)


class Listed(Onboardings):
    """A list that the test writes; `asked` counts the looks, of which `first` go wrong."""

    def __init__(self, *first: CloudFault) -> None:
        self.asked, self.listed = 0, list[Row]()
        self.first = list(first)
        self.is_asked = asyncio.Event()

    async def rows(self) -> tuple[Row, ...]:
        self.asked += 1
        self.is_asked.set()
        if self.first:
            raise self.first.pop(0)
        return tuple(self.listed)

    def add(self, id_: str, subject: str, device: str = "", begun: str = "1", **more: Any) -> None:
        self.listed.append(Row(id_, subject, device, more.get("has_ended", False), begun))

    async def looked(self) -> None:
        """Return after one more look."""
        self.is_asked.clear()
        await self.is_asked.wait()
        await asyncio.sleep(0)


@pytest.fixture
async def awaited() -> AsyncIterator[Callable[[Listed], Arrivals]]:
    made: list[Arrivals] = []

    def make(listed: Listed, options: ArduinoCloudOptions = QUICK) -> Arrivals:
        made.append(Arrivals(listed, options))
        return made[-1]

    yield make
    for each in made:
        await each.close()


async def test_sixteen_who_wait_share_one_poll(awaited: Callable[..., Arrivals]) -> None:
    listed = Listed()
    arrivals = awaited(listed)
    for number, subject in enumerate(SUBJECTS):
        listed.add(f"o{number}", subject)
    waits = [asyncio.create_task(arrivals.device_of(each, 30)) for each in SUBJECTS]
    await listed.looked()
    await listed.looked()
    assert listed.asked == 2
    listed.listed = [Row(row.id, row.uhwid, f"d-{row.id}", False, "1") for row in listed.listed]
    assert await asyncio.gather(*waits) == [f"d-o{number}" for number in range(16)]
    assert listed.asked == 3


async def test_the_poll_ends_when_nobody_waits(awaited: Callable[..., Arrivals]) -> None:
    listed = Listed()
    arrivals = awaited(listed, ArduinoCloudOptions(first_look_s=60, poll_s=60))
    before = asyncio.all_tasks()
    wait = asyncio.create_task(arrivals.device_of(SUBJECTS[0], 30))
    await asyncio.sleep(0)
    wait.cancel()
    await asyncio.gather(wait, return_exceptions=True)
    for _ in range(10):
        await asyncio.sleep(0)
    assert asyncio.all_tasks() == before
    assert listed.asked == 0


async def test_who_comes_later_is_looked_for_too(awaited: Callable[..., Arrivals]) -> None:
    listed = Listed()
    arrivals = awaited(listed)
    listed.add("o1", SUBJECTS[0], "d1")
    assert await arrivals.device_of(SUBJECTS[0], 30) == "d1"
    listed.add("o2", SUBJECTS[1], "d2")
    assert await arrivals.device_of(SUBJECTS[1].upper(), 30) == "d2"


async def test_one_who_gives_up_does_not_end_the_others_wait(
    awaited: Callable[..., Arrivals],
) -> None:
    listed = Listed()
    arrivals = awaited(listed)
    listed.add("o1", SUBJECTS[0])
    first = asyncio.create_task(arrivals.device_of(SUBJECTS[0], 30))
    second = asyncio.create_task(arrivals.device_of("o1", 30))
    await listed.looked()
    first.cancel()
    listed.listed = [Row("o1", SUBJECTS[0], "d1", False, "1")]
    assert await second == "d1"


async def test_a_cloud_that_stumbles_is_asked_again(awaited: Callable[..., Arrivals]) -> None:
    listed = Listed(CloudBusy(), CloudBroken(), CloudFault())
    listed.add("o1", SUBJECTS[0], "d1")
    assert await awaited(listed).device_of(SUBJECTS[0], 30) == "d1"
    assert listed.asked == 4


async def test_a_cloud_that_only_stumbles_is_not_the_boards_fault(
    awaited: Callable[..., Arrivals],
) -> None:
    listed = Listed(*[CloudBroken("HTTP 503")] * 10_000)
    wait = asyncio.create_task(awaited(listed).device_of(SUBJECTS[0], 0.5))
    with pytest.raises(CloudBroken, match="503"):
        await wait


async def test_a_key_that_is_refused_ends_every_wait(awaited: Callable[..., Arrivals]) -> None:
    arrivals = awaited(Listed(KeyRefused("HTTP 401")))
    waits = [arrivals.device_of(each, 30) for each in SUBJECTS]
    ended = await asyncio.gather(*waits, return_exceptions=True)
    assert {getattr(each, "code", each) for each in ended} == {"KEY-REFUSED"}


async def test_a_board_that_does_not_come(awaited: Callable[..., Arrivals]) -> None:
    listed = Listed()
    listed.add("o1", SUBJECTS[0])
    with pytest.raises(Fault) as caught:
        await awaited(listed).device_of(SUBJECTS[0], 0.05)
    assert caught.value.code == "NEVER-ONLINE"


async def test_an_onboarding_that_ends_or_goes_is_not_ours(
    awaited: Callable[..., Arrivals],
) -> None:
    listed = Listed()
    arrivals = awaited(listed)
    listed.add("o1", SUBJECTS[0], has_ended=True)
    with pytest.raises(Fault, match="ended without") as caught:
        await arrivals.device_of(SUBJECTS[0], 30)
    assert caught.value.code == "NOT-OURS"
    listed.add("o2", SUBJECTS[1])
    wait = asyncio.create_task(arrivals.device_of(SUBJECTS[1], 30))
    await listed.looked()
    listed.listed.clear()
    with pytest.raises(Fault, match="does not list") as caught:
        await wait
    assert caught.value.code == "NOT-OURS"


async def test_the_device_of_an_earlier_onboarding_is_not_meant(
    awaited: Callable[..., Arrivals],
) -> None:
    listed = Listed()
    arrivals = awaited(listed)
    listed.add("old", SUBJECTS[0], "an old device", "2026-01-01", has_ended=True)
    wait = asyncio.create_task(arrivals.device_of(SUBJECTS[0], 30, "new"))
    await listed.looked()
    assert not wait.done(), "the new one is not in the list yet"
    listed.add("new", SUBJECTS[0], "", "2026-02-01")
    await listed.looked()
    listed.listed[-1] = Row("new", SUBJECTS[0], "the new device", True, "2026-02-01")
    assert await wait == "the new device"
    assert await arrivals.device_of(SUBJECTS[0], 30) == "the new device"


async def test_who_waits_while_the_station_closes_is_told(
    awaited: Callable[..., Arrivals],
) -> None:
    arrivals = awaited(Listed(), ArduinoCloudOptions(first_look_s=60, poll_s=60))
    wait = asyncio.create_task(arrivals.device_of(SUBJECTS[0], 30))
    await asyncio.sleep(0)
    await arrivals.close()
    with pytest.raises(Fault) as caught:
        await wait
    assert caught.value.code == "INTERRUPTED"


@pytest.mark.parametrize(
    ("options", "first_s", "later_s"),
    [
        ({}, 2.0, 10.0),
        ({"requests_a_second": 1}, 3.0, 10.0),
        ({"requests_a_second": 0.1}, 30.0, 30.0),
    ],
)
async def test_a_poll_leaves_most_of_the_plan_to_others(
    options: dict[str, float], first_s: float, later_s: float
) -> None:
    caller = Caller("http://127.0.0.1:9", {}, 1.0)
    arrivals = Arrivals(Onboardings(caller), ArduinoCloudOptions.model_validate(options))
    assert (arrivals._soonest_s, arrivals._latest_s) == pytest.approx((first_s, later_s))
    await caller.close()


async def test_sixteen_boards_come_to_the_simulated_cloud() -> None:
    async with server() as there:
        cloud: ArduinoCloud = client(there.address, poll_s=0.05)
        boards = [Board(number) for number in range(16)]
        for board in boards:
            await cloud.enrol(board.proof(), unit(), Connection.WIFI, "Unit")
        there.faults = frozenset({"onboarding-list-errors"})
        asked_before = there.asked("GET", "/provisioning/v1/onboarding")
        waits = [asyncio.create_task(cloud.device_of(board.uhwid, 30)) for board in boards]
        devices = [there.account.arrive(board.uhwid) for board in boards]
        assert await asyncio.gather(*waits) == devices
        # every fourth list comes through, and one that fails is asked for twice
        assert there.asked("GET", "/provisioning/v1/onboarding") - asked_before <= 4
        await cloud.close()
