"""Icons that keep within their box, look unlike each other, and wear the colours of the theme."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ui import icons, theme
from ui.icon_drawings import DRAWINGS
from ui.icons import Icon
from ui.theme import DARK, LIGHT

INK = QColor("black")


def inked(image: QImage) -> set[tuple[int, int]]:
    """Return the pixels of `image` on which something was drawn."""
    return {
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 64
    }


def test_every_icon_has_a_drawing() -> None:
    assert list(DRAWINGS) == list(Icon)


@pytest.mark.parametrize("which", Icon)
def test_an_icon_fills_its_box_and_keeps_within_it(qapp: QApplication, which: Icon) -> None:
    image = QImage(96, 96, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    icons.draw(painter, which, QRectF(24, 24, 48, 48), INK)
    painter.end()
    pixels = inked(image)
    columns, rows = {x for x, _ in pixels}, {y for _, y in pixels}
    assert min(columns) >= 26
    assert min(rows) >= 26
    assert max(columns) <= 69
    assert max(rows) <= 69
    assert max(max(columns) - min(columns), max(rows) - min(rows)) >= 26
    assert len(pixels) > 60


def test_no_two_icons_look_alike(qapp: QApplication) -> None:
    drawn = {which: inked(icons.picture(which, INK, 48).toImage()) for which in Icon}
    for a, b in combinations(Icon, 2):
        assert len(drawn[a] ^ drawn[b]) > 60, (a, b)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_picture_is_as_sharp_as_the_screen(qapp: QApplication, ratio: float) -> None:
    made = icons.picture(Icon.LINE, INK, 20, ratio)
    assert made.size() == QSize(round(20 * ratio), round(20 * ratio))
    assert made.deviceIndependentSize().toSize() == QSize(20, 20)


def colours_in(button: QPushButton, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    image = button.icon().pixmap(button.iconSize(), mode).toImage()
    return {
        image.pixelColor(x, y).name()
        for x, y in inked(image)
        if image.pixelColor(x, y).alpha() == 255
    }


def test_a_button_s_icon_has_the_colour_of_its_letters(qtbot: QtBot, light: None) -> None:
    button = QPushButton("Stop")
    qtbot.addWidget(button)
    button.show()
    icons.put(button, Icon.STOP)
    assert LIGHT.text.name() in colours_in(button)
    assert LIGHT.quiet.name() in colours_in(button, QIcon.Mode.Disabled)
    theme.make_primary(button, primary=True)
    assert LIGHT.accent.ink.name() in colours_in(button)
    theme.make_primary(button, primary=False)
    theme.dress(QApplication.instance(), "dark")  # type: ignore[arg-type]
    assert DARK.text.name() in colours_in(button)


def test_a_button_wears_the_icon_that_was_put_last(qtbot: QtBot, light: None) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    icons.put(button, Icon.SOUND_ON)
    icons.put(button, Icon.SOUND_OFF, 32)
    assert button.iconSize() == QSize(32, 32)
    ink = LIGHT.text
    assert inked(button.icon().pixmap(32, 32).toImage()) == inked(
        icons.picture(Icon.SOUND_OFF, ink, 32).toImage()
    )


def test_a_word_keeps_its_distance_from_the_icon(qtbot: QtBot, light: None) -> None:
    button = QPushButton("Sound")
    qtbot.addWidget(button)
    icons.put(button, Icon.SOUND_OFF, 32)
    image = button.icon().pixmap(button.iconSize()).toImage()
    assert image.size() == QSize(32 + icons.GAP_PX, 32)
    assert max(x for x, _ in inked(image)) < 32


def test_an_icon_can_be_taken_off_again(qtbot: QtBot, light: None) -> None:
    button = QPushButton("Stop")
    qtbot.addWidget(button)
    icons.put(button, Icon.STOP)
    icons.put(button, None)
    assert button.icon().isNull()
