"""Which of the boards on the air is meant: by its label, by its loudness, and never by luck."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from station.faults import ManyNear, NoneNear
from station.model import Nearby

_PAIR = "[0-9A-F]{2}"
_IN_PAIRS = (
    # of more than six pairs the last six: in "MAC:F4:12:FA:65:43:21" AC is no part of it
    rf"(?<![0-9A-Z]){_PAIR}(?P<gap>[:. -]){_PAIR}(?:(?P=gap){_PAIR}){{4}}"
    rf"(?!(?P=gap){_PAIR}(?![0-9A-Z]))"
)
_IN_ONE = r"(?<![0-9A-F])(?:[0-9A-F]{12}|[0-9A-F]{4}(?:\.[0-9A-F]{4}){2})"
_ADDRESS = re.compile(rf"(?:{_IN_PAIRS}|{_IN_ONE})(?![0-9A-F])")
_LAST_DIGITS = re.compile(
    rf"(?<![0-9A-F])(?<!{_PAIR}[:-])({_PAIR}(?:[:-]?{_PAIR})+|[0-9A-F]{{4,}})$"
)
_GAPS = re.compile("[:. -]")


@dataclass(frozen=True, slots=True)
class Picking:
    """How boards are picked besides those that are named.

    `nearest`: the loudest board is picked by itself when it is louder than `loud_dbm` and at least
    `lead_db` louder than any other that waits. A board held to the antenna is about 20 dB louder
    than one at an arm's length.
    """

    nearest: bool = False
    loud_dbm: float = -55.0
    lead_db: float = 12.0


BY_LABEL = Picking()


def named(text: str, boards: Iterable[Nearby]) -> Nearby:
    """Return the one board that a scanned or typed text, or an address, names.

    A text that holds a whole address names the board with it and no other. Otherwise the hex digits
    at its end, at least four, are the last ones of a board's address.

    Raises:
        ManyNear: it fits several boards.
        NoneNear: it fits none.

    """
    shouted, near = text.strip().upper(), tuple(boards)
    for board in near:
        if board.address.upper() == shouted and not _is_mac(board.address):
            return board
    fits = _fitting(shouted)
    found = [board for board in near if fits(board)]
    if len(found) > 1:
        raise ManyNear(f"{text!r} fits {', '.join(sorted(map(_called, found)))}")
    if not found:
        raise NoneNear(repr(text))
    return found[0]


def nearest(
    boards: Sequence[Nearby], is_steady: Callable[[Nearby], bool], picking: Picking
) -> Nearby | None:
    """Return the board that is held to the antenna; None when that is not beyond doubt."""
    if not picking.nearest or not boards:
        return None
    loudest, *others = sorted(boards, key=lambda board: -board.rssi_dbm)
    if loudest.rssi_dbm <= picking.loud_dbm or not is_steady(loudest):
        return None
    if others and loudest.rssi_dbm - others[0].rssi_dbm < picking.lead_db:
        return None
    return loudest


def _fitting(text: str) -> Callable[[Nearby], bool]:
    whole = {_bare(found.group()) for found in _ADDRESS.finditer(text)}
    if whole:
        return lambda board: not whole.isdisjoint(_addresses(board))
    if last := _LAST_DIGITS.search(text):
        digits = _bare(last.group())
        return lambda board: any(each.endswith(digits) for each in _addresses(board))
    return lambda _: False


def _addresses(board: Nearby) -> set[str]:
    """Return what a label may show: an address that a system made up (macOS) is no part of it."""
    return {_bare(each.upper()) for each in (board.label, board.address) if _is_mac(each)}


def _is_mac(text: str) -> bool:
    return _ADDRESS.fullmatch(text.upper()) is not None


def _bare(text: str) -> str:
    return _GAPS.sub("", text)


def _called(board: Nearby) -> str:
    return board.label or board.address
