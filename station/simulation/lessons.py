"""Which units of a demonstration are not as they should be: one in each block of eight."""

from __future__ import annotations

from collections.abc import Sequence

from station.simulation.nrf91_unit import drawn

BLOCK = 8


def lesson(lessons: Sequence[str], seed: int, place: int) -> str | None:
    """Return what is wrong with the unit at `place`, from 0 on; None for most.

    Never the first of a block: a demonstration begins with a unit that passes. Each block has
    another lesson, and another seed begins with another one.
    """
    block, within = divmod(place, BLOCK)
    bad = 1 + drawn("bad", seed * 1000 + block, 1)[0] % (BLOCK - 1)
    return lessons[(seed - 1 + block) % len(lessons)] if within == bad else None
