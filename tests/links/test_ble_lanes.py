"""Lanes: the lowest free one first, verdicts that stay, boards that leave, no two in one place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.faults import LanesFull
from station.links.ble_lanes import LEAVE_S, LINGER_S, UNOPENED_S, Lanes
from station.links.ble_profile import ARDUINO
from station.model import Attached, Change, Detached, Medium, Nearby, Port


def board(number: int, name: str = "Arduino-2341-025b") -> Nearby:
    return Nearby(f"A{number}", name, f"F4:12:FA:65:43:{number:02X}", -50)


def places(changes: list[Change]) -> list[tuple[str, str, str]]:
    return [
        (type(change).__name__, change.attachment.where, change.attachment.ports[0].path)
        for change in changes
    ]


def end(lanes: Lanes, address: str, now_s: float) -> None:
    lane = lanes.of(address)
    assert lane
    lanes.opened(lane)
    lanes.closed(lane, now_s)


def test_a_picked_board_is_a_thing_with_one_port() -> None:
    (change,) = Lanes(1, ARDUINO).take(board(0x21), 0.0)
    assert isinstance(change, Attached)
    assert change.attachment.ports == (
        Port(
            path="A33",
            vid=0x2341,
            pid=0x025B,
            usb_serial="F4:12:FA:65:43:21",
            location="ble-1",
            product="Arduino-2341-025b",
            medium=Medium.BLUETOOTH,
        ),
    )


def test_a_board_of_another_name_has_no_usb_ids() -> None:
    (change,) = Lanes(1, ARDUINO).take(board(1, "Kettle"), 0.0)
    assert (change.attachment.ports[0].vid, change.attachment.ports[0].pid) == (None, None)


def test_a_board_that_is_picked_twice_is_taken_up_once() -> None:
    lanes = Lanes(2, ARDUINO)
    assert places(lanes.take(board(1), 0.0)) == [("Attached", "ble-1", "A1")]
    assert lanes.take(board(1), 1.0) == []
    assert lanes.free(1.0) == 1


def test_a_board_that_was_done_and_is_picked_again_begins_anew_in_its_lane() -> None:
    lanes = Lanes(2, ARDUINO)
    lanes.take(board(1), 0.0)
    end(lanes, "A1", 5.0)
    assert places(lanes.take(board(1), 5.0)) == [
        ("Detached", "ble-1", "A1"),
        ("Attached", "ble-1", "A1"),
    ]


def test_an_empty_lane_is_taken_before_one_whose_verdict_is_still_to_be_seen() -> None:
    lanes = Lanes(2, ARDUINO)
    lanes.take(board(1), 0.0)
    end(lanes, "A1", 1.0)
    assert places(lanes.take(board(2), 10.0)) == [("Attached", "ble-2", "A2")]


def test_the_lane_that_ended_first_is_used_again_first() -> None:
    lanes = Lanes(3, ARDUINO)
    for number in (1, 2, 3):
        lanes.take(board(number), 0.0)
    at_work = lanes.of("A3")
    assert at_work
    lanes.opened(at_work)
    end(lanes, "A2", 3.0)
    end(lanes, "A1", 4.0)
    assert lanes.free(4.0) == 2
    assert places(lanes.take(board(4), 10.0)) == [
        ("Detached", "ble-2", "A2"),
        ("Attached", "ble-2", "A4"),
    ]


def test_a_lane_at_work_or_only_just_left_is_not_given_away() -> None:
    lanes = Lanes(2, ARDUINO)
    lanes.take(board(1), 0.0)
    lanes.take(board(2), 0.0)
    with pytest.raises(LanesFull):
        lanes.take(board(3), 0.0)
    at_work = lanes.of("A2")
    assert at_work
    lanes.opened(at_work)
    end(lanes, "A1", 5.0)
    with pytest.raises(LanesFull):
        lanes.take(board(3), 5.0 + LINGER_S / 2)
    assert lanes.take(board(3), 5.0 + LINGER_S)


def test_a_board_at_work_stays_however_silent_it_is() -> None:
    lanes = Lanes(1, ARDUINO)
    lanes.take(board(1), 0.0)
    lane = lanes.of("A1")
    assert lane
    lanes.opened(lane)
    assert lanes.leave(10 * LEAVE_S) == []


def test_a_board_that_was_done_stays_while_it_is_heard_and_leaves_after_that() -> None:
    lanes = Lanes(1, ARDUINO)
    lanes.take(board(1), 0.0)
    end(lanes, "A1", 100.0)
    assert lanes.leave(100.0 + LEAVE_S) == []
    lanes.hear("A1", 120.0)
    assert lanes.leave(120.0 + LEAVE_S) == []
    assert places(lanes.leave(120.1 + LEAVE_S)) == [("Detached", "ble-1", "A1")]
    assert (lanes.free(151.0), lanes.of("A1")) == (1, None)


def test_a_board_that_was_picked_and_switched_off_leaves_unopened() -> None:
    lanes = Lanes(1, ARDUINO)
    lanes.take(board(1), 0.0)
    assert lanes.leave(LEAVE_S) == []
    assert places(lanes.leave(UNOPENED_S + LEAVE_S + 0.1)) == [("Detached", "ble-1", "A1")]


def test_a_board_that_was_done_is_known_as_such_until_it_has_left() -> None:
    lanes = Lanes(1, ARDUINO)
    lanes.take(board(1), 0.0)
    assert not lanes.is_spent("A1")
    end(lanes, "A1", 10.0)
    lanes.take(board(2), 20.0)
    lanes.hear("A1", 30.0)
    lanes.leave(30.0 + LEAVE_S)
    assert lanes.is_spent("A1")
    lanes.leave(30.1 + LEAVE_S)
    assert not lanes.is_spent("A1")
    assert not lanes.is_spent("A2")  # it left without a word


def test_a_board_that_nobody_opens_gives_way_to_another_and_is_not_picked_by_itself_again() -> None:
    lanes = Lanes(1, ARDUINO)
    lanes.take(board(1), 0.0)
    assert lanes.at_work(4.9) == (board(1),)
    assert (lanes.free(4.9), lanes.free(UNOPENED_S)) == (0, 1)
    with pytest.raises(LanesFull):
        lanes.take(board(2), UNOPENED_S)
    assert places(lanes.take(board(1), UNOPENED_S)) == [
        ("Detached", "ble-1", "A1"),
        ("Attached", "ble-1", "A1"),
    ]
    assert places(lanes.take(board(2), 2 * UNOPENED_S + LINGER_S)) == [
        ("Detached", "ble-1", "A1"),
        ("Attached", "ble-1", "A2"),
    ]
    assert lanes.is_spent("A1")
    assert not lanes.is_spent("A2")


deeds = st.lists(
    st.tuples(
        st.sampled_from(["take", "open", "close", "hear", "leave"]),
        st.integers(0, 7),
        st.floats(0.0, 40.0),
    ),
    max_size=60,
)


@given(st.integers(1, 4), deeds)
def test_no_two_boards_are_ever_in_one_lane(count: int, done: list[tuple[str, int, float]]) -> None:
    lanes, now_s, inside = Lanes(count, ARDUINO), 1.0, dict[str, str]()
    for deed, number, passed_s in done:
        now_s += passed_s
        changes = _do(lanes, deed, number, now_s)
        for change in changes:
            where, address = change.attachment.where, change.attachment.ports[0].path
            if isinstance(change, Detached):
                assert inside.pop(where) == address
            else:
                assert where not in inside
                assert address not in inside.values()
                inside[where] = address
        assert all(lanes.of(address) for address in inside.values())
        assert len(inside) <= count
        assert count - len(inside) <= lanes.free(now_s) <= count
        assert lanes.free(now_s) + len(lanes.at_work(now_s)) == count


def _do(lanes: Lanes, deed: str, number: int, now_s: float) -> list[Change]:
    lane = lanes.of(f"A{number}")
    match deed:
        case "take":
            try:
                return lanes.take(board(number), now_s)
            except LanesFull:
                return []
        case "open" if lane:
            lanes.opened(lane)
        case "close" if lane and lane.in_use:
            lanes.closed(lane, now_s)
        case "hear":
            lanes.hear(f"A{number}", now_s)
        case "leave":
            return lanes.leave(now_s)
        case _:
            pass
    return []
