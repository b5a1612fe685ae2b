"""What a card shows, and the sizes that follow from how large it is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui import theme
from ui.card import Card

RING = 4
"""The margin, in pixels, in which the ring of a selected card is drawn."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a card shows: `says` is what happens, `do` what to do next, times are in seconds."""

    card: Card
    says: str
    do: str
    run_s: float = 0.0
    step_s: float = 0.0
    left_s: int | None = None
    """The seconds until all bytes of the step have come, where somebody can say."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Pixels of one card: text sizes and padding that follow from how large it is."""

    pad: int
    small: float
    body: float
    title: float

    @classmethod
    def of(cls, box: QRectF) -> Sizes:
        side = min(box.width() / 1.25, box.height())
        pad = theme.GRID * (3 if side > 420 else 2 if side > 200 else 1)
        return cls(
            pad,
            small=within(side * 0.048, 12, 24),
            body=within(side * 0.056, 13, 30),
            title=within(side * 0.085, 16, 60),
        )


def within(value: float, least: float, most: float) -> float:
    """Return what is nearest to `value` from `least` to `most`."""
    return max(least, min(most, value))


@dataclass(frozen=True, slots=True)
class Canvas:
    """What every part of a card paints with."""

    painter: QPainter
    face: Face
    sizes: Sizes
    colours: theme.Colours

    @property
    def pair(self) -> theme.Pair:
        outcome = self.face.card.outcome
        if outcome is not None:
            return self.colours.verdicts[outcome]
        return theme.Pair(self.colours.surface, self.colours.text)


def box_of(outer: QRectF) -> QRectF:
    """Return the card within the margin of its ring."""
    return outer.adjusted(RING + 1, RING + 1, -RING - 1, -RING - 1)
