"""Follows claimed units until they are online, in the background: no slot is held for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from station.clouds import TellsStandings
from station.model import Event, Followed, Stage, Standing
from station.record import Record
from station.record.follow_ups import FollowUp

FIRST_LOOK_S = 3.0
MOST_SELDOM_S = 60.0
LOOK_MORE_SELDOM = 1.6

MOST_AT_ONCE = 50
"""Units that one look asks about, so that a shift's backlog does not become a flood."""


@dataclass(slots=True)
class _Pace:
    """When a unit is looked at next, and how long after that again, in seconds."""

    next_s: float
    pause_s: float


@dataclass(slots=True)
class Follower:
    """Looks after the follow-ups of a record."""

    record: Record
    post: Callable[[Event], None]
    first_look_s: float = FIRST_LOOK_S
    _paces: dict[int, _Pace] = field(default_factory=dict)

    async def look(self, cloud: TellsStandings) -> None:
        """Ask the cloud about the units whose turn it is, and tell what is new.

        Raises:
            CloudFault: it does not answer; all are asked about again later.

        """
        followed = await self.record.follow_ups.open(cloud.address)
        turn = [each for each in followed if self._is_its_turn(each)][:MOST_AT_ONCE]
        if not turn:
            return
        standings = await cloud.standings([each.device_id for each in turn])
        for each, standing in zip(turn, standings, strict=True):
            await self._tell(each, stage_of(standing))

    def _is_its_turn(self, each: FollowUp) -> bool:
        now_s = monotonic()
        pace = self._paces.setdefault(each.id, _Pace(now_s + self.first_look_s, self.first_look_s))
        if now_s < pace.next_s:
            return False
        pace.pause_s = min(pace.pause_s * LOOK_MORE_SELDOM, MOST_SELDOM_S)
        pace.next_s = now_s + pace.pause_s
        return True

    async def _tell(self, each: FollowUp, stage: Stage) -> None:
        if stage is not each.stage:
            await self.record.follow_ups.reach(each, stage)
            self.post(Followed(each.run, each.unit, each.device_id, stage))
        if stage is Stage.CONNECTED:
            self._paces.pop(each.id, None)
        elif each.late and not each.reported:
            await self.record.follow_ups.report(each)
            self.post(Followed(each.run, each.unit, each.device_id, stage, late=True))


def stage_of(standing: Standing) -> Stage:
    """Return the furthest that a unit has come."""
    if standing.connected:
        return Stage.CONNECTED
    if standing.provisioned:
        return Stage.PROVISIONED
    return Stage.WAITING if standing.waiting else Stage.CLAIMED
