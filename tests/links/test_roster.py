"""Looks and changes, with a clock of our own."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from station.links.roster import PATIENCE_S, SETTLE_S, Roster
from station.links.sightings import Sighting
from station.model import Attached, Attachment, Detached, Port

DK0 = Sighting(Port("/dev/ttyACM0", 0x1366, 0x1069, "0010512", "1-4.2", 0), "7")
DK2 = Sighting(Port("/dev/ttyACM1", 0x1366, 0x1069, "0010512", "1-4.2", 2), "7")
NANO = Sighting(Port("/dev/ttyACM0", 0x2341, 0x8057, "3E7F", "1-4.2", 0), "9")


def things(*groups: tuple[Sighting, ...]) -> list[Attachment]:
    return [Attachment(tuple(sighting.port for sighting in group)) for group in groups]


def settled(*sightings: Sighting) -> Roster:
    roster = Roster()
    roster.see(sightings, 0)
    roster.see(sightings, SETTLE_S)
    return roster


def test_a_thing_is_attached_once_it_has_settled() -> None:
    roster = Roster()
    assert roster.due_s(0) is None
    assert roster.see([DK0, DK2], 10) == []
    assert roster.due_s(10) == SETTLE_S
    assert roster.see([DK0, DK2], 10 + SETTLE_S) == [Attached(*things((DK0, DK2)))]
    assert roster.see([DK0, DK2], 11) == []
    assert roster.due_s(11) is None


def test_a_late_port_is_waited_for() -> None:
    roster = Roster()
    late_s = 0.9 * SETTLE_S
    roster.see([DK0], 0)
    assert roster.see([DK0, DK2], late_s) == []
    assert roster.see([DK0, DK2], SETTLE_S) == []
    assert roster.see([DK0, DK2], 2 * SETTLE_S) == [Attached(*things((DK0, DK2)))]


def test_one_that_settles_does_not_wait_for_another() -> None:
    other = replace(NANO, port=replace(NANO.port, location="1-3"))
    roster = Roster()
    roster.see([DK0], 0)
    assert roster.see([DK0, other], SETTLE_S) == [Attached(*things((DK0,)))]


def test_one_that_leaves_before_it_settled_was_never_there() -> None:
    roster = Roster()
    roster.see([DK0], 0)
    assert roster.see([], 0.5 * SETTLE_S) == []
    assert roster.due_s(1) is None


def test_it_has_left_with_all_of_its_ports_and_once() -> None:
    roster = settled(DK0, DK2)
    assert roster.see([DK2], 1) == []
    assert roster.see([], 1 + SETTLE_S / 2) == [Detached(*things((DK0, DK2)))]
    assert roster.see([], 2) == []


def test_a_port_that_stays_away_makes_another_thing_of_it() -> None:
    roster = settled(DK0, DK2)
    roster.see([DK0], 1)
    both, one = things((DK0, DK2), (DK0,))
    assert roster.see([DK0], 1 + SETTLE_S) == [Detached(both), Attached(one)]


def test_another_board_in_the_same_socket_between_two_looks() -> None:
    roster = settled(DK0)
    assert roster.see([NANO], 1) == [Detached(*things((DK0,)))]
    assert roster.see([NANO], 1 + SETTLE_S) == [Attached(*things((NANO,)))]


def test_the_same_board_plugged_in_anew_between_two_looks() -> None:
    roster = settled(DK0)
    assert roster.see([replace(DK0, stamp="8")], 1) == [Detached(*things((DK0,)))]


def test_the_same_board_in_another_socket_between_two_looks() -> None:
    roster = settled(DK0)
    moved = replace(DK0, port=replace(DK0.port, location="1-1"))
    assert roster.see([moved], 1) == [Detached(*things((DK0,)))]


def test_a_port_that_may_not_be_opened_yet_is_waited_for() -> None:
    closed = replace(DK0, ready=False)
    roster = Roster()
    assert roster.see([closed], 0) == []
    assert roster.see([closed], 2 * SETTLE_S) == []
    assert roster.due_s(2 * SETTLE_S) == SETTLE_S
    assert roster.see([DK0], 3 * SETTLE_S) == []
    assert roster.see([DK0], 4 * SETTLE_S) == [Attached(*things((DK0,)))]


def test_a_port_that_is_never_ours_to_open_is_shown_all_the_same() -> None:
    closed = replace(DK0, ready=False)
    roster = Roster()
    roster.see([closed], 0)
    assert roster.see([closed], PATIENCE_S) == [Attached(*things((closed,)))]


SIGHTINGS = [
    Sighting(Port(f"/dev/ttyACM{name}", 0x1366, 0x1069, serial, socket, interface), stamp)
    for name in range(2)
    for serial in ("A", "")
    for socket, interface in (("1-1", 0), ("1-1", 2), ("1-2", 0))
    for stamp in ("1", "2")
]


@given(
    looks=st.lists(
        st.tuples(
            st.lists(st.sampled_from(SIGHTINGS), max_size=4, unique_by=lambda s: s.port.path),
            st.sampled_from([0.01, SETTLE_S, 1.0]),
        ),
        max_size=20,
    )
)
def test_what_was_attached_is_there_until_it_is_detached(
    looks: list[tuple[list[Sighting], float]],
) -> None:
    roster, here, now_s = Roster(), set[Attachment](), 0.0
    for sightings, pause_s in looks:
        now_s += pause_s
        for change in roster.see(sightings, now_s):
            if isinstance(change, Attached):
                assert change.attachment not in here
                here.add(change.attachment)
            else:
                here.remove(change.attachment)
    for change in [*roster.see([], now_s + 1), *roster.see([], now_s + 2)]:
        here.remove(change.attachment)
    assert here == set()
