"""The difference between one look at the ports and the next: what has come and what has left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from station.links.sightings import Key, Sighting, Thing, group
from station.model import Attached, Change, Detached

SETTLE_S = 0.06
"""A thing has shown all of its ports when none came or went for so long."""

PATIENCE_S = 1.0
"""udev gives a port to its group some time after it appears: a port that we may not open yet is
waited for so long, and reported all the same after that, so that the reason can be shown."""


@dataclass(frozen=True, slots=True)
class _Coming:
    thing: Thing
    first_s: float
    since_s: float

    def is_settled(self, now_s: float) -> bool:
        waited_s = now_s - self.since_s
        return waited_s >= SETTLE_S and (self.thing.ready or now_s - self.first_s >= PATIENCE_S)


class Roster:
    """What is plugged in. Knows no clock: the time of each look is told, in seconds."""

    def __init__(self) -> None:
        self._here: dict[Key, Thing] = {}
        self._coming: dict[Key, _Coming] = {}

    def see(self, sightings: Iterable[Sighting], now_s: float) -> list[Change]:
        """Take in one look and return what changed, departures first."""
        seen = group(sightings)
        return [*self._departures(seen), *self._arrivals(seen, now_s)]

    def due_s(self, now_s: float) -> float | None:
        """Return in how many seconds another look is needed, None when nothing is on its way."""
        waits = [SETTLE_S - (now_s - coming.since_s) for coming in self._coming.values()]
        # What has settled and is still here waits to become ready.
        return min((wait if wait > 0 else SETTLE_S for wait in waits), default=None)

    def _departures(self, seen: dict[Key, Thing]) -> list[Change]:
        gone = [
            (key, thing)
            for key, thing in self._here.items()
            if key not in seen or thing.stamps.isdisjoint(seen[key].stamps)
        ]
        for key, _ in gone:
            del self._here[key]
        return [Detached(thing.attachment) for _, thing in gone]

    def _arrivals(self, seen: dict[Key, Thing], now_s: float) -> list[Change]:
        changes: list[Change] = []
        coming: dict[Key, _Coming] = {}
        for key, thing in seen.items():
            here = self._here.get(key)
            if here is not None and here.attachment == thing.attachment:
                continue
            waiting = self._wait(key, thing, now_s)
            if not waiting.is_settled(now_s):
                coming[key] = waiting
                continue
            if here is not None:
                changes.append(Detached(here.attachment))
            changes.append(Attached(thing.attachment))
            self._here[key] = thing
        self._coming = coming
        return changes

    def _wait(self, key: Key, thing: Thing, now_s: float) -> _Coming:
        before = self._coming.get(key)
        if before is None:
            return _Coming(thing, now_s, now_s)
        if before.thing != thing:
            return _Coming(thing, before.first_s, now_s)
        return before
