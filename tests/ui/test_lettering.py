"""Lines that are painted: as thick as they are meant to be, and known when they are cut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Speak
from ui import lettering, theme


def ink(text: str, px: int, weight: QFont.Weight) -> float:
    """Return the share of a line's room that is inked."""
    font = theme.font(px, weight)
    image = QImage(6 * px, 2 * px, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    lettering.write(painter, QRectF(image.rect()), [text], font, QColor("black"))
    painter.end()
    return sum(255 - each for each in image.constBits()) / 255 / (px * px)


def has_bold(family: str) -> bool:
    return any(QFontDatabase.bold(family, each) for each in QFontDatabase.styles(family))


def test_a_large_chinese_word_is_as_bold_as_a_small_one(
    qapp: QApplication, speaking: Speak
) -> None:
    speaking("zh_CN")
    if has_bold(qapp.font().families()[-1]):
        pytest.skip("the typeface for Chinese has a bold face: nothing is done for it")
    thin = ink("合格", 120, theme.REGULAR)
    assert ink("合格", 120, theme.BOLD) > 1.15 * thin
    assert ink("合格", 40, theme.BOLD) > 1.15 * ink("合格", 40, theme.REGULAR)


def test_latin_letters_are_left_as_their_typeface_has_them(
    qapp: QApplication, speaking: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("thickened")

    monkeypatch.setattr(lettering, "_thicken", never)
    speaking("zh_CN")
    assert ink("PASS", 120, theme.BOLD) > 0
    speaking("en")
    assert ink("ÉCHEC", 120, theme.BOLD) > 0


def test_what_is_shortened_is_told_whole(qapp: QApplication) -> None:
    font = theme.font(theme.BODY)
    image = QImage(400, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    box = QRectF(image.rect())
    with lettering.watching() as watch:
        for text in ("short", "a longer sentence that has no room"):
            lines = [lettering.elided(text, font, 90)]
            lettering.write(painter, box, lines, font, QColor("black"))
        lines = [*lettering.wrapped("one two three four five six seven", font, 90, 2)]
        lettering.write(painter, box, lines, font, QColor("black"))
        lettering.write(painter, box.translated(0, 90), ["below"], font, QColor("black"))
    painter.end()
    assert watch.cut == [
        "a longer sentence that has no room",
        "one two three four five six seven",
        "below",
    ]
    assert watch.lines[0] == "short"
    assert lettering.wrapped("one two", font, 400, 1) == ("one two",)
