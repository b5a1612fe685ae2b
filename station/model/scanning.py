"""How a scanner speaks to the station: the settings that more than one room reads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EndKey(StrEnum):
    """The key that a scanner presses after a code."""

    ENTER = "enter"
    TAB = "tab"


class Layout(StrEnum):
    """By which layout the keys of a scanner are read."""

    SYSTEM = "system"
    """As the system reads every keyboard: scanner and system are set to the same country."""
    US = "us"
    """By their place on an American keyboard, whatever the system is set to."""


@dataclass(frozen=True, slots=True)
class Wedge:
    """How a scanner that types like a keyboard is told from a hand.

    Its keys come no more than `gap_ms` apart, there are `least` of them or more after `prefix`, and
    one of `ends` follows.
    """

    gap_ms: int = 50
    least: int = 4
    prefix: str = ""
    ends: tuple[EndKey, ...] = (EndKey.ENTER, EndKey.TAB)
    layout: Layout = Layout.SYSTEM


@dataclass(frozen=True, slots=True)
class Reading:
    """What the texts of a line look like: regular expressions that fit a whole text, in any case.

    A group called `id` is what counts of it, without one all of it does. `unit` is what a recipe
    says of its product's label; while it is empty any label may be one.
    """

    badge: str = r"BADGE[-: ]+(?P<id>\S.{0,78})"
    order: str = r"(?:WO|ORDER)[-: ]+\S.{0,78}"
    unit: str = ""
