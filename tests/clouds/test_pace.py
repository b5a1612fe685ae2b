"""How fast requests leave, by a clock that the test turns."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import pairwise

import pytest

from station.clouds import TakesOrders
from station.clouds.pace import Pace
from tests.clouds.answering import Answering
from tests.clouds.conftest import SUBJECTS, proof


class Clock:
    """Time that passes only while somebody sleeps, and a little longer than was asked for."""

    def __init__(self, oversleeps_s: float = 0.0) -> None:
        self.now_s, self.oversleeps_s = 100.0, oversleeps_s

    def __call__(self) -> float:
        return self.now_s

    async def sleep(self, for_s: float) -> None:
        await asyncio.sleep(0)
        self.now_s += for_s + self.oversleeps_s


async def leave(pace: Pace, clock: Clock, number: int) -> list[float]:
    async def one() -> float:
        await pace.turn()
        return clock.now_s

    return await asyncio.gather(*(one() for _ in range(number)))


@pytest.mark.parametrize("oversleeps_s", [0.0, 0.003])
async def test_a_thousand_requests_keep_to_ten_a_second(oversleeps_s: float) -> None:
    clock = Clock(oversleeps_s)
    left_s = await leave(Pace(10, clock, clock.sleep), clock, 1000)
    within = [
        sum(at <= other < at + 1 for other in left_s[n : n + 20]) for n, at in enumerate(left_s)
    ]
    assert max(within) <= 12, "ten, and the two that the bucket holds"
    assert left_s[-1] - left_s[0] == pytest.approx(99.9, abs=0.2), "what was overslept is caught up"


async def test_a_pause_is_not_made_up_by_a_flood() -> None:
    clock = Clock()
    pace = Pace(10, clock, clock.sleep)
    await leave(pace, clock, 1)
    clock.now_s += 60
    left_s = await leave(pace, clock, 20)
    assert [round(b - a, 6) for a, b in pairwise(left_s)][1:] == [0.1] * 18


async def test_a_limit_without_a_burst_is_kept_from_the_first_request_on() -> None:
    clock = Clock(oversleeps_s=0.003)
    pace = Pace(1, clock, clock.sleep, evenly=True)
    left_s = await leave(pace, clock, 10)
    clock.now_s += 60
    left_s += await leave(pace, clock, 10)
    apart_s = [b - a for a, b in pairwise(left_s)]
    assert min(apart_s) > 1.0
    assert sorted(apart_s)[-2] < 1.06


async def test_without_a_limit_nobody_waits() -> None:
    clock = Clock()
    assert set(await leave(Pace(None, clock, clock.sleep), clock, 50)) == {100.0}


async def test_a_cloud_that_asks_to_wait_holds_everybody() -> None:
    clock = Clock()
    pace = Pace(None, clock, clock.sleep)
    pace.hold(5)
    pace.hold(2)
    assert set(await leave(pace, clock, 3)) == {105.0}


async def test_whoever_gives_up_does_not_hold_the_line() -> None:
    clock = Clock()
    pace = Pace(10, clock, clock.sleep)
    await leave(pace, clock, 2)
    late = asyncio.create_task(pace.turn())
    await asyncio.sleep(0)
    late.cancel()
    await leave(pace, clock, 3)
    assert late.cancelled()


async def test_claims_one_by_one_and_many_share_a_limit(
    connect: Callable[..., TakesOrders], monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[int] = []

    async def turn(self: Pace) -> None:
        turns.append(id(self))

    monkeypatch.setattr(Pace, "turn", turn)
    async with Answering(lambda _: (200, {"claimedIds": list(SUBJECTS), "items": []})) as server:
        cloud = connect(server.address, requests_a_second=10)
        await cloud.claim_many([proof(each) for each in SUBJECTS])
        await cloud.probe()
        await cloud.call_in(SUBJECTS[0], 1)
    assert len(turns) == len(server.asked) == 3
    assert len(set(turns)) == 1
