"""How much of everything is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """How often things are repeated, how many there are, and how long a watch lasts in seconds.

    `boards` is how many are claimed or greeted one after the other, at most 32.
    `lanes` boards are on the air at once. `gathered` boards have their tokens gathered at once,
    `queued` claims are sent, `listed` devices are registered from one list and `devices` provisioned through a few connections. `recorded` units are in the
    record that is searched. `slowness` is how long
    keys and the air take, of what they take on a real board.
    """

    times: int = 5
    boards: int = 12
    slots: int = 8
    lanes: int = 16
    image_bytes: int = 96 * 1024
    commits: int = 2000
    events: int = 10_000
    lasting_s: float = 10.0
    gathered: int = 32
    queued: int = 2000
    listed: int = 10_000
    devices: int = 100
    recorded: int = 1_000_000
    slowness: float = 1.0


TINY = Size(
    times=1,
    boards=1,
    slots=2,
    lanes=2,
    image_bytes=2048,
    commits=32,
    events=300,
    lasting_s=0.3,
    gathered=2,
    queued=30,
    listed=60,
    devices=10,
    recorded=300,
    slowness=0.05,
)
"""Enough to see that each measurement works."""
