"""Boards on the air as things that are plugged in: one is picked, holds a lane, and leaves."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterable
from dataclasses import replace
from time import monotonic

from station.faults import LinkFault, ManyNear, NoneNear, PortBusy
from station.links import LineSettings, Link
from station.links.ble import Radio
from station.links.ble_lanes import Lanes
from station.links.ble_profile import ARDUINO, Profile
from station.links.on_air import Air
from station.links.picking import BY_LABEL, Picking, named, nearest
from station.model import Change, Lamp, LampTurned, Nearby, NearbyHeard, Port, Trouble

LOOK_EVERY_S = 0.25
TELL_EVERY_S = 0.5
LISTEN_AGAIN_S = 3.0
"""How often a radio that does not work is tried again."""

LAMP = "bluetooth"
JITTER_DB = 3
"""A level is not told anew before it has changed by so much: standing boards waver by as much."""


class BleWiring:
    """The boards with the profile's service, on `lanes` lanes at a time.

    `heard` is told who waits to be picked, twice a second at most; `lamp` whether the radio works.
    The boards that `wishes` name are picked as soon as they come near.
    """

    def __init__(
        self,
        lanes: int,
        picking: Picking = BY_LABEL,
        heard: Callable[[NearbyHeard], None] = lambda _: None,
        lamp: Callable[[LampTurned], None] = lambda _: None,
        *,
        wishes: Iterable[str] = (),
        profile: Profile = ARDUINO,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._lanes = Lanes(lanes, profile)
        self._air = Air()
        self._radio = Radio(profile, self._hear)
        self._picking = picking
        self._heard = heard
        self._lamp = lamp
        self._wishes = list(wishes)
        self._clock = clock
        self._news: deque[Change] = deque()
        self._stirred = asyncio.Event()
        self._told: NearbyHeard | None = None
        self._told_s = 0.0
        self._lit: LampTurned | None = None

    async def changes(self) -> AsyncGenerator[Change, None]:
        """As `Wiring.changes`: a board comes when it is picked. May be closed."""
        scanning = asyncio.create_task(self._keep_listening(), name="bluetooth scan")
        try:
            while not scanning.done():
                self._look()
                while self._news:
                    yield self._news.popleft()
                await self._stir()
            scanning.result()
        finally:
            scanning.cancel()
            await asyncio.wait([scanning])

    async def open(self, port: Port, line: LineSettings) -> Link:
        """As `Wiring.open`: connect to the board, and begin a session with it.

        Raises:
            NoneNear: it has no lane.
            PortBusy: its link is open.
            AirLost: it can't be reached.
            RadioOff, RadioMissing: there is nothing to reach it with.

        """
        lane = self._lanes.of(port.path)
        if lane is None:
            raise NoneNear(port.path)
        if lane.in_use:
            raise PortBusy(f"{port.path} is connected already")
        self._lanes.opened(lane)

        def closed() -> None:
            self._lanes.closed(lane, self._clock())
            self._stirred.set()

        try:
            return await self._radio.connect(port.path, closed)
        except BaseException:
            closed()
            raise

    def pick(self, text: str) -> None:
        """Give the board that `text` names a lane; its run begins anew if it has ended.

        Raises:
            NoneNear, ManyNear: it names no board on the air, or several.
            LanesFull: no lane is free.

        """
        at_work = self._lanes.at_work(self._clock())
        near = {board.address: board for board in (*at_work, *self._air.boards())}
        self._take(named(text, near.values()))

    def _hear(self, told: Nearby) -> None:
        now_s = self._clock()
        self._lanes.hear(told.address, now_s)
        if self._air.hear(told, now_s):
            self._stirred.set()

    def _take(self, board: Nearby) -> None:
        self._news += self._lanes.take(board, self._clock())
        self._stirred.set()

    def _look(self) -> None:
        now_s = self._clock()
        self._air.forget(now_s)
        self._news += self._lanes.leave(now_s)
        waiting = [board for board in self._air.boards() if not self._lanes.of(board.address)]
        self._grant_wishes(waiting)
        self._pick_nearest(waiting, now_s)
        self._tell(now_s)

    def _grant_wishes(self, waiting: list[Nearby]) -> None:
        for wish in tuple(self._wishes):
            try:
                self._take(named(wish, waiting))
            except (ManyNear, NoneNear):
                continue
            except LinkFault:  # it waits for a lane
                return
            self._wishes.remove(wish)

    def _pick_nearest(self, waiting: list[Nearby], now_s: float) -> None:
        if not self._lanes.free(now_s):
            return
        fresh = [board for board in waiting if not self._lanes.is_spent(board.address)]
        board = nearest(fresh, lambda each: self._air.is_steady(each.address, now_s), self._picking)
        if board:
            try:
                self._take(board)
            except LinkFault:  # the lane that is free has only just been left
                return

    def _tell(self, now_s: float) -> None:
        if self._told and now_s - self._told_s < TELL_EVERY_S:
            return
        before = {board.address: board for board in self._told.boards} if self._told else {}
        boards = tuple(
            _steadied(board, before.get(board.address))
            for board in self._air.boards()
            if not self._lanes.of(board.address)
        )
        told = NearbyHeard(boards, self._lanes.free(now_s))
        if told != self._told:
            self._told, self._told_s = told, now_s
            self._heard(told)

    async def _stir(self) -> None:
        try:
            async with asyncio.timeout(LOOK_EVERY_S):
                await self._stirred.wait()
        except TimeoutError:
            return
        self._stirred.clear()

    async def _keep_listening(self) -> None:
        while True:
            try:
                async with self._radio.listening():
                    self._light(None)
                    await self._radio.quiet()
            except LinkFault as fault:
                self._light(fault.trouble)
                await asyncio.sleep(LISTEN_AGAIN_S)

    def _light(self, trouble: Trouble | None) -> None:
        turned = LampTurned(LAMP, Lamp.BAD if trouble else Lamp.GOOD, trouble)
        if turned != self._lit:
            self._lit = turned
            self._lamp(turned)


async def boards_on_air(seconds: float, profile: Profile = ARDUINO) -> tuple[Nearby, ...]:
    """Listen for so long, and return the boards that were heard, the loudest first.

    Raises:
        RadioOff, RadioMissing: there is nothing to listen with.

    """
    air = Air()
    radio = Radio(profile, lambda told: air.hear(told, monotonic()))
    async with radio.listening():
        await asyncio.sleep(seconds)
    return air.boards()


def _steadied(board: Nearby, before: Nearby | None) -> Nearby:
    if before and abs(board.rssi_dbm - before.rssi_dbm) < JITTER_DB:
        return replace(board, rssi_dbm=before.rssi_dbm)
    return board
