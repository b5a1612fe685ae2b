"""Which board is meant: labels in every spelling, last digits, and loudness that leaves no doubt."""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from station.faults import LinkFault, ManyNear, NoneNear
from station.links.picking import Picking, named, nearest
from station.model import Nearby

NEAREST = Picking(nearest=True)

macs = st.binary(min_size=6, max_size=6)
near = st.lists(macs, min_size=1, max_size=16, unique=True).map(
    lambda found: [board(mac) for mac in found]
)


def board(mac: bytes | str, rssi: int = -60, address: str = "") -> Nearby:
    label = mac if isinstance(mac, str) else mac.hex(":").upper()
    return Nearby(address or label, "Arduino-2341-1002", label, rssi)


@given(near, st.data())
def test_a_label_names_its_board_however_it_is_written(
    boards: list[Nearby], data: st.DataObject
) -> None:
    meant = data.draw(st.sampled_from(boards))
    bare = meant.label.replace(":", "")
    dotted = ".".join(bare[i : i + 4] for i in (0, 4, 8))
    written = [
        meant.label,
        bare,
        meant.label.replace(":", "-"),
        meant.label.replace(":", " "),
        dotted,
    ]
    text = data.draw(st.sampled_from(written))
    text = data.draw(st.sampled_from([text, text.lower()]))
    before = data.draw(st.sampled_from(["", " ", "MAC:", "http://x/?mac=", "S/N 17, "]))
    after = data.draw(st.sampled_from(["", "\r\n", "&v=1", ", UNO R4 WiFi", "/x"]))
    assert named(before + text + after, boards) == meant


@given(near, macs)
def test_a_whole_address_that_is_not_near_names_nobody(boards: list[Nearby], mac: bytes) -> None:
    text = mac.hex(":")
    assume(all(each.label.lower() != text for each in boards))
    with pytest.raises(NoneNear):
        named(text, boards)


@given(near, st.data(), st.integers(4, 11))
def test_last_digits_name_a_board_only_where_they_fit_no_other(
    boards: list[Nearby], data: st.DataObject, count: int
) -> None:
    meant = data.draw(st.sampled_from(boards))
    digits = meant.label.replace(":", "")[-count:]
    others = [each for each in boards if each.label.replace(":", "").endswith(digits)]
    if len(others) == 1:
        assert named(f"board-{digits.lower()}", boards) == meant
    else:
        with pytest.raises(ManyNear):
            named(f"board-{digits.lower()}", boards)


@given(near, st.text(string.hexdigits + ":-. xyz", max_size=30))
def test_whatever_is_scanned_it_names_one_board_or_is_refused(
    boards: list[Nearby], text: str
) -> None:
    try:
        found = named(text, boards)
    except LinkFault:
        return
    bare = "".join(filter(str.isalnum, text)).upper()
    assert any(
        bare[:end].endswith(found.label.replace(":", "")[-4:]) for end in range(len(bare) + 1)
    )


TWO = [board("F4:12:FA:65:43:21"), board("F4:12:FA:99:43:21")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", NoneNear),
        ("321", NoneNear),
        ("4321", ManyNear),
        ("43:21", ManyNear),
        ("AA4321", NoneNear),
        ("AA-4321", NoneNear),
        ("BOARD4321", NoneNear),
        ("F412FA65432", NoneNear),
        ("0F412FA654321", NoneNear),
        ("F4:12:FA:65:43:21 F4:12:FA:99:43:21", ManyNear),
    ],
)
def test_what_is_not_beyond_doubt_is_refused(text: str, fault: type[LinkFault]) -> None:
    with pytest.raises(fault):
        named(text, TWO)


@pytest.mark.parametrize("text", ["654321", "SN654321", "65:43:21", "no. 65-43-21 "])
def test_more_digits_end_the_doubt(text: str) -> None:
    assert named(text, TWO) == TWO[0]


def test_an_address_chosen_from_the_list_names_its_board_where_the_system_makes_addresses_up() -> (
    None
):
    chosen = "8A4C6F0E-2B1D-4E53-9C7A-0123F4124321"
    boards = [board("F4:12:FA:65:43:21", address=chosen), board("F4:12:FA:65:00:00", address="B-2")]
    assert named(chosen, boards) == boards[0]
    assert named("F412FA650000", boards) == boards[1]
    with pytest.raises(NoneNear):
        named("0123F4124321", boards)


def test_the_same_label_twice_is_nobodys() -> None:
    twins = [board("F4:12:FA:65:43:21", address="A"), board("F4:12:FA:65:43:21", address="B")]
    with pytest.raises(ManyNear):
        named("F4:12:FA:65:43:21", twins)
    assert named("B", twins) == twins[1]


levels = st.lists(st.integers(-100, -20), min_size=1, max_size=8)


@given(levels)
def test_only_a_loud_board_far_before_all_others_is_the_nearest(heard: list[int]) -> None:
    boards = [board(bytes([i] * 6), level) for i, level in enumerate(heard)]
    found = nearest(boards, lambda _: True, NEAREST)
    ordered = sorted(heard, reverse=True)
    clear = ordered[0] > -55 and (len(heard) == 1 or ordered[0] - ordered[1] >= 12)
    assert (found is not None) == clear
    assert found is None or found.rssi_dbm == ordered[0]


def test_two_equally_loud_boards_are_never_picked() -> None:
    assert nearest([board(b"a" * 6, -30), board(b"b" * 6, -30)], lambda _: True, NEAREST) is None


def test_a_board_that_was_hardly_heard_is_not_picked() -> None:
    assert nearest([board(b"a" * 6, -30)], lambda _: False, NEAREST) is None


def test_nothing_is_picked_by_loudness_unless_it_was_asked_for() -> None:
    assert nearest([board(b"a" * 6, -30)], lambda _: True, Picking()) is None
