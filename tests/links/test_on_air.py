"""Who is heard: levels that are smoothed, names that come late, boards that fall silent."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from station.links.on_air import FORGET_S, Air
from station.model import Nearby

UNO = Nearby("F4:12:FA:65:43:21", "Arduino-2341-1002", "F4:12:FA:65:43:21", -50)


@given(st.lists(st.integers(-100, -20), min_size=1, max_size=40))
def test_a_level_stays_within_what_was_heard(levels: list[int]) -> None:
    air = Air()
    for at_s, level in enumerate(levels):
        air.hear(replace(UNO, rssi_dbm=level), at_s)
    (board,) = air.boards()
    assert min(levels) <= board.rssi_dbm <= max(levels)


def test_one_jump_of_a_level_moves_it_little() -> None:
    air = Air()
    for level in (-70, -70, -70, -40):
        air.hear(replace(UNO, rssi_dbm=level), 0.0)
    assert air.boards()[0].rssi_dbm < -55


def test_a_board_is_shown_once_it_has_told_its_name_and_keeps_it() -> None:
    air = Air()
    assert air.hear(replace(UNO, name=""), 0.0)
    assert air.boards() == ()
    assert air.hear(replace(UNO, label=""), 0.1)
    assert not air.hear(replace(UNO, name=""), 0.2)
    assert air.boards() == (UNO,)


def test_a_board_that_falls_silent_is_forgotten() -> None:
    air = Air()
    air.hear(UNO, 0.0)
    air.hear(replace(UNO, address="B"), 5.0)
    air.forget(FORGET_S + 0.1)
    assert [board.address for board in air.boards()] == ["B"]


def test_the_loudest_comes_first() -> None:
    air = Air()
    for address, level in (("A", -80), ("B", -40), ("C", -60)):
        air.hear(replace(UNO, address=address, rssi_dbm=level), 0.0)
    assert [board.address for board in air.boards()] == ["B", "C", "A"]


def test_a_level_tells_something_after_three_hearings_within_three_seconds() -> None:
    air = Air()
    for at_s in (0.0, 2.0):
        air.hear(UNO, at_s)
        assert not air.is_steady(UNO.address, at_s)
    air.hear(UNO, 3.0)
    assert air.is_steady(UNO.address, 3.0)
    assert not air.is_steady(UNO.address, 3.1)
    assert not air.is_steady("nobody", 0.0)
