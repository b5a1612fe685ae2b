"""The lanes of the radio: which board has which, and when it leaves. Knows no clock."""

from __future__ import annotations

from dataclasses import dataclass

from station.faults import LanesFull
from station.links.ble_profile import Profile
from station.model import Attached, Attachment, Change, Detached, Medium, Nearby, Port

LEAVE_S = 30.0
"""A board has left when it was not heard for so long: it may have restarted in between."""

LINGER_S = 1.0
"""A lane is not given away sooner after its link was closed: the board may be opened anew."""

UNOPENED_S = 5.0
"""A board that was picked and is not opened within this time is not worked on: it is no board for
the recipe, or nobody is signed in."""


@dataclass(slots=True)
class Lane:
    """A place on the air. Nobody works on its board from `idle_s` on."""

    number: int
    board: Nearby | None = None
    attachment: Attachment | None = None
    in_use: bool = False
    idle_s: float = 0.0
    heard_s: float = 0.0

    @property
    def where(self) -> str:
        """What its slot is known by."""
        return f"ble-{self.number}"

    def is_idle(self, now_s: float) -> bool:
        """Whether nobody works on its board, if it has one."""
        return not self.in_use and self.idle_s <= now_s


class Lanes:
    """As many boards as the radio serves at a time.

    A board that was picked holds its lane while it is heard and while its link is open, whether or
    not the board still talks: the run on it may go on without. Once nobody works on it, it keeps
    the lane until it has left or another board needs it, so that its verdict stays to be seen.
    """

    def __init__(self, count: int, profile: Profile) -> None:
        self._lanes = tuple(Lane(number) for number in range(1, count + 1))
        self._profile = profile
        self._spent: dict[str, float] = {}

    def free(self, now_s: float) -> int:
        """Return how many lanes would take another board."""
        return sum(lane.is_idle(now_s) for lane in self._lanes)

    def at_work(self, now_s: float) -> tuple[Nearby, ...]:
        """Return the boards that are worked on, or will be in a moment."""
        lanes = (lane for lane in self._lanes if not lane.is_idle(now_s))
        return tuple(lane.board for lane in lanes if lane.board)

    def of(self, address: str) -> Lane | None:
        """Return the lane of a board; None when it has none."""
        return next(
            (lane for lane in self._lanes if lane.board and lane.board.address == address), None
        )

    def is_spent(self, address: str) -> bool:
        """Whether a board was worked on and has not left since."""
        return address in self._spent

    def take(self, board: Nearby, now_s: float) -> list[Change]:
        """Give `board` a lane; nothing changes while it is waited for or worked on already.

        Raises:
            LanesFull: no lane is free.

        """
        lane = self.of(board.address)
        if lane and not lane.is_idle(now_s):
            return []
        lane = lane or self._next(now_s)
        if lane.board:
            self._spent[lane.board.address] = now_s
        changes = _emptied(lane)
        lane.board, lane.attachment = board, Attachment((self._port(lane, board),))
        lane.idle_s, lane.heard_s = now_s + UNOPENED_S, now_s
        return [*changes, Attached(lane.attachment)]

    def hear(self, address: str, now_s: float) -> None:
        """Note that a board was heard."""
        if lane := self.of(address):
            lane.heard_s = now_s
        if address in self._spent:
            self._spent[address] = now_s

    def opened(self, lane: Lane) -> None:
        """Note that the link of a lane's board is open, or being opened."""
        lane.in_use = True

    def closed(self, lane: Lane, now_s: float) -> None:
        """Note that the link of a lane's board was closed."""
        lane.in_use, lane.idle_s = False, now_s
        if lane.board:
            self._spent[lane.board.address] = now_s

    def leave(self, now_s: float) -> list[Change]:
        """Let those go that were not heard for long."""
        self._spent = {
            address: since_s
            for address, since_s in self._spent.items()
            if now_s - since_s <= LEAVE_S
        }
        changes: list[Change] = []
        for lane in self._lanes:
            if lane.is_idle(now_s) and now_s - max(lane.heard_s, lane.idle_s) > LEAVE_S:
                changes += _emptied(lane)
        return changes

    def _next(self, now_s: float) -> Lane:
        for lane in self._lanes:
            if lane.board is None:
                return lane
        idle = [lane for lane in self._lanes if lane.is_idle(now_s - LINGER_S)]
        if not idle:
            raise LanesFull(f"{len(self._lanes)} lanes")
        return min(idle, key=lambda lane: lane.idle_s)

    def _port(self, lane: Lane, board: Nearby) -> Port:
        vid, pid = self._profile.usb_ids(board.name) or (None, None)
        return Port(
            path=board.address,
            vid=vid,
            pid=pid,
            usb_serial=board.label,
            location=lane.where,
            product=board.name,
            medium=Medium.BLUETOOTH,
        )


def _emptied(lane: Lane) -> list[Change]:
    changes: list[Change] = [Detached(lane.attachment)] if lane.attachment else []
    lane.board = lane.attachment = None
    lane.idle_s = 0.0
    return changes
