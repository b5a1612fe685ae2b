"""The order of boards on the air, their bars, and the digits by which they are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.model import Nearby
from ui import nearness


def heard(**levels: int) -> tuple[Nearby, ...]:
    return tuple(Nearby(name, "", "", level) for name, level in levels.items())


def order(before: str, **levels: int) -> str:
    return "".join(board.address for board in nearness.ordered(before, heard(**levels)))


def test_a_fresh_list_has_the_loudest_first() -> None:
    assert order("", a=-70, b=-50, c=-60) == "bca"


def test_a_row_stays_until_another_is_louder_by_ten_decibels() -> None:
    assert order("abc", a=-60, b=-51, c=-60) == "abc"
    assert order("abc", a=-60, b=-50, c=-60) == "bac"


def test_a_board_that_comes_stands_last_unless_it_is_much_louder() -> None:
    assert order("ab", a=-60, b=-62, c=-55) == "abc"
    assert order("ab", a=-60, b=-62, c=-50) == "cab"


def test_a_board_that_leaves_moves_no_other() -> None:
    assert order("abc", a=-60, c=-58) == "ac"


LEVELS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(-100, -30))


@given(LEVELS, LEVELS)
def test_nothing_much_louder_stands_below(first: dict[str, int], then: dict[str, int]) -> None:
    before = [board.address for board in nearness.ordered((), heard(**first))]
    rows = nearness.ordered(before, heard(**then))
    assert sorted(row.address for row in rows) == sorted(then)
    for n, row in enumerate(rows):
        assert all(below.rssi_dbm - row.rssi_dbm < nearness.LEAD_DB for below in rows[n:])
    again = nearness.ordered([row.address for row in rows], heard(**then))
    assert again == rows


@pytest.mark.parametrize(("level", "bars"), [(-100, 1), (-80, 2), (-68, 2), (-67, 3), (-40, 4)])
def test_bars(level: int, bars: int) -> None:
    assert nearness.bars(level) == bars


@pytest.mark.parametrize(
    ("label", "digits"),
    [("F4:12:FA:65:43:21", "43:21"), ("F412FA654321", "4321"), ("21", "21"), ("", "")],
)
def test_the_last_four_digits_of_a_label(label: str, digits: str) -> None:
    assert nearness.last_digits(label) == digits
