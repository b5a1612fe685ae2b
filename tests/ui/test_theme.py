"""Colours that can be told apart and read, and a window that follows the system."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.model import Lamp, Outcome
from ui import shapes, theme
from ui.shapes import Shape
from ui.strips import TrainingStrip
from ui.theme import CONTRAST, DARK, LIGHT, Colours

ALL = pytest.mark.parametrize("colours", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: QColor, b: QColor) -> float:
    lighter, darker = sorted((luminance(a), luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@ALL
def test_all_text_can_be_read(colours: Colours) -> None:
    pairs = [*colours.verdicts.values(), colours.accent, colours.training, colours.board]
    assert all(contrast(pair.ground, pair.ink) >= 4.5 for pair in pairs)
    for ground in (colours.window, colours.surface):
        assert contrast(colours.text, ground) >= 7
        assert contrast(colours.quiet, ground) >= 4.5


@ALL
def test_lamps_can_be_seen(colours: Colours) -> None:
    assert all(contrast(ink, colours.surface) >= 3 for ink in colours.lamps.values())
    assert set(colours.lamps) == set(Lamp)


@ALL
def test_each_verdict_has_a_shape_and_a_colour_of_its_own(colours: Colours) -> None:
    grounds = [colours.verdicts[outcome].ground.name() for outcome in Outcome]
    assert len(set(grounds)) == len(Outcome)
    assert len(set(shapes.VERDICTS.values())) == len(Outcome)


def picture(shape: Shape) -> QImage:
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    shapes.draw(painter, shape, QRectF(0, 0, 64, 64), QColor("black"), QColor("white"))
    painter.end()
    return image


def test_no_two_shapes_look_alike_without_their_colour(qapp: QApplication) -> None:
    pictures = {shape: picture(shape) for shape in Shape}
    for a, b in combinations(Shape, 2):
        differing = sum(
            pictures[a].pixelColor(x, y) != pictures[b].pixelColor(x, y)
            for x in range(64)
            for y in range(64)
        )
        assert differing > 150, (a, b)


@pytest.mark.parametrize(
    ("asked", "scheme", "expected"),
    [
        ("system", Qt.ColorScheme.Dark, DARK),
        ("system", Qt.ColorScheme.Light, LIGHT),
        ("system", Qt.ColorScheme.Unknown, LIGHT),
        ("light", Qt.ColorScheme.Dark, LIGHT),
        ("dark", Qt.ColorScheme.Light, DARK),
        ("contrast", Qt.ColorScheme.Light, CONTRAST),
    ],
)
def test_the_theme_follows_the_system_unless_it_is_forced(
    asked: str, scheme: Qt.ColorScheme, expected: Colours
) -> None:
    assert theme.choose(asked, scheme) is expected


def test_a_window_that_is_shown_changes_its_colours(
    qtbot: QtBot, qapp: QApplication, light: None
) -> None:
    strip = TrainingStrip()
    qtbot.addWidget(strip)
    strip.resize(600, strip.height())
    strip.show()
    qtbot.waitExposed(strip)

    def wears(colours: Colours) -> bool:
        return strip.grab().toImage().pixelColor(300, 1) == colours.training.ground

    for name, colours in (("dark", DARK), ("contrast", CONTRAST), ("light", LIGHT)):
        theme.dress(qapp, name)
        qtbot.waitUntil(partial(wears, colours))


@pytest.mark.parametrize("ratio", [1, 2])
@pytest.mark.parametrize("shape", Shape)
def test_a_kept_picture_of_a_mark_is_the_mark(qapp: QApplication, shape: Shape, ratio: int) -> None:
    box = QRectF(3.3, 4.7, 18.4, 18.4)
    ink, paper = LIGHT.verdicts[Outcome.UNKNOWN].ground, LIGHT.verdicts[Outcome.UNKNOWN].ink

    def told(draw: Callable[[QPainter, Shape, QRectF, QColor, QColor], None]) -> QImage:
        image = QImage(32 * ratio, 32 * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(LIGHT.surface)
        painter = QPainter(image)
        draw(painter, shape, box, ink, paper)
        painter.end()
        return image

    kept, drawn = told(shapes.draw), told(shapes._draw_at)
    apart = (abs(a - b) for a, b in zip(kept.constBits(), drawn.constBits(), strict=True))
    assert max(apart) <= 8


def test_a_type_size_is_one_font_until_the_system_changes_its_typeface(qapp: QApplication) -> None:
    before = qapp.font()
    one = theme.font(16, theme.BOLD)
    assert theme.font(16.2, theme.BOLD) is one
    other = QFont(before)
    other.setItalic(not before.italic())
    qapp.setFont(other)
    try:
        assert theme.font(16, theme.BOLD).italic() is other.italic()
    finally:
        qapp.setFont(before)
    assert theme.font(16, theme.BOLD).italic() is before.italic()
