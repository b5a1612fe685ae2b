"""Colours that can be told apart and read, and a window that follows the system."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from station.model import Lamp, Outcome
from ui import shapes, sheet, theme
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
def test_it_shows_where_a_field_is(colours: Colours) -> None:
    for ground in (colours.window, colours.surface):
        assert contrast(colours.rim, ground) >= 3
        assert contrast(colours.accent.ground, ground) >= 3


@ALL
def test_buttons_can_be_read_while_a_finger_is_on_them(colours: Colours) -> None:
    for share in (0.06, 0.14):
        assert contrast(colours.text, theme.mixed(colours.surface, colours.text, share)) >= 7
    for share in (0.12, 0.24):
        pressed = theme.mixed(colours.accent.ground, colours.text, share)
        assert contrast(colours.accent.ink, pressed) >= 4.5
    assert contrast(colours.lamps[Lamp.BAD], colours.surface) >= 4.5


CONTROLS: dict[str, Callable[[], QWidget]] = {
    "button": lambda: QPushButton("Retry"),
    "field": QLineEdit,
    "choice": QComboBox,
    "number": QSpinBox,
}


@pytest.mark.parametrize("name", CONTROLS)
def test_a_glove_hits_a_control_and_nothing_moves_when_the_focus_comes(
    qtbot: QtBot, light: None, name: str
) -> None:
    over = QWidget()
    column = QVBoxLayout(over)
    control, other = CONTROLS[name](), QPushButton("Another")
    column.addWidget(other)
    column.addWidget(control)
    qtbot.addWidget(over)
    over.show()
    qtbot.waitExposed(over)
    other.setFocus()
    before = control.geometry()
    control.setFocus()
    qtbot.waitUntil(control.hasFocus)
    assert control.geometry() == before
    assert control.sizeHint().height() == theme.TOUCH


def test_a_button_that_cannot_be_undone_is_written_as_a_warning(qtbot: QtBot, light: None) -> None:
    button = QPushButton("Scrap")
    qtbot.addWidget(button)
    assert theme.ink_of(button, LIGHT) == LIGHT.text
    theme.make_danger(button)
    assert theme.ink_of(button, LIGHT) == LIGHT.lamps[Lamp.BAD]
    button.resize(160, 48)
    edge = button.grab().toImage().pixelColor(80, 0)
    assert edge == LIGHT.lamps[Lamp.BAD]


def test_the_sheet_asks_for_no_colour_that_a_theme_does_not_have() -> None:
    with pytest.raises(KeyError):
        sheet.written({})
    assert "$" not in theme._sheet(LIGHT)


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


def test_what_clears_a_field_stands_in_its_middle(qtbot: QtBot, light: None) -> None:
    field = QLineEdit("3550")
    qtbot.addWidget(field)
    field.setClearButtonEnabled(True)
    field.resize(400, theme.TOUCH)
    field.show()
    (clears,) = field.findChildren(QToolButton)
    assert abs(clears.geometry().center().y() - field.rect().center().y()) <= 1
    assert field.rect().contains(clears.geometry())
