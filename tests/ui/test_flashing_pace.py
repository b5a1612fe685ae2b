"""How long the rest of an image will take: said late, and without jumping."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ui import pace
from ui.pace import Pace

TOTAL = 100_000


def paced(*told: tuple[float, int]) -> Pace:
    """Return the pace after `told` (seconds, bytes)."""
    found: Pace | None = None
    for at_s, done in told:
        found = pace.after(found, (done, TOTAL), at_s)
    assert found is not None
    return found


def test_nothing_is_said_in_the_first_second() -> None:
    early = paced((50.0, 0), (50.9, 40_000))
    assert early.left_s(50.9) is None
    assert early.at(51.1).left_s(51.1) == 2


def test_seconds_left_follow_from_the_rate_since_bytes_came() -> None:
    steady = paced((50.0, 20_000), (54.0, 60_000))
    assert steady.left_s(54.0) == 4
    assert steady.at(55.0).left_s(55.0) == 3


def test_uneven_blocks_do_not_make_the_seconds_rise() -> None:
    told = [(0.0, 0), *((n + (0.4 if n % 2 else 0.0), 4_000 * n) for n in range(2, 25))]
    found, said = pace.after(None, (0, TOTAL), 0.0), []
    for at_s, done in told[1:]:
        assert found is not None
        for late_s in (-0.3, -0.1):
            found = found.at(at_s + late_s)
            said.append(found.left_s(at_s + late_s) or 0)
        found = pace.after(found, (done, TOTAL), at_s)
        assert found is not None
        said.append(found.left_s(at_s) or 0)
    spoken = [seconds for seconds in said if seconds]
    assert spoken[0] > 20
    assert all(after <= before for before, after in pairwise(spoken))


def test_a_wire_that_stalls_is_not_said_to_be_nearly_done() -> None:
    stalled = paced((0.0, 0), (5.0, 50_000))
    said = []
    for now_s in range(6, 60):
        stalled = stalled.at(now_s)
        said.append(stalled.left_s(now_s))
    assert said[0] == 4
    assert said[-1] is not None
    assert said[-1] > 20


def test_the_last_byte_leaves_nothing_to_say() -> None:
    assert paced((0.0, 0), (5.0, 50_000), (10.0, TOTAL)).left_s(10.0) is None


@pytest.mark.parametrize("advanced", [(10_000, TOTAL), (60_000, 2 * TOTAL)])
def test_another_image_begins_anew(advanced: tuple[int, int]) -> None:
    first = paced((0.0, 0), (5.0, 50_000))
    assert pace.after(first, advanced, 6.0) == Pace(advanced[0], *advanced, 6.0, 6.0)


def test_no_pace_while_nobody_knows_how_many_bytes_there_are() -> None:
    assert pace.after(None, (4_096, 0), 1.0) is None
    assert pace.after(paced((0.0, 0)), (0, 0), 1.0) is None
