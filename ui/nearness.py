"""Boards on the air as rows of a list: in which order, how near, and by which digits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from station.model import Nearby

LEAD_DB = 10
"""A board goes ahead of another when it is so much louder: less is how a standing board wavers,
and a row must not move away under the finger that is about to touch it."""

LEVELS_DBM = (-80, -67, -55)
"""From each of these on a board has one more bar: far, near, and held to the antenna."""

MOST_BARS = len(LEVELS_DBM) + 1
DIGITS = 4


def ordered(before: Sequence[str], boards: Iterable[Nearby]) -> tuple[Nearby, ...]:
    """Return `boards` in the order of the addresses `before`, as far as it still holds.

    With none before it is the loudest first. No board stands behind one that is quieter by
    `LEAD_DB` or more.
    """
    place = {address: n for n, address in enumerate(before)}
    loudest = sorted(boards, key=lambda board: -board.rssi_dbm)
    rows: list[Nearby] = []
    for board in sorted(loudest, key=lambda board: place.get(board.address, len(place))):
        ahead = (n for n, row in enumerate(rows) if board.rssi_dbm - row.rssi_dbm >= LEAD_DB)
        rows.insert(next(ahead, len(rows)), board)
    return tuple(rows)


def bars(rssi_dbm: int) -> int:
    """Return how many bars of `MOST_BARS` a level has, one at least."""
    return 1 + sum(rssi_dbm >= level for level in LEVELS_DBM)


def last_digits(label: str) -> str:
    """Return the last four digits of a label, with what stands between them (`43:21`)."""
    seen = 0
    for at in range(len(label) - 1, -1, -1):
        seen += label[at].isalnum()
        if seen == DIGITS:
            return label[at:]
    return label
