"""The icon of the window: one for each size, and that of the desktop entry."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from ui import app_icon

SVG = Path(__file__).parents[2] / "packaging" / "station.svg"


def colours(image: QImage) -> set[str]:
    seen = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {colour.name() for colour in seen if colour.alpha() == 255}


def test_every_size_is_drawn_for_itself(qapp: QApplication) -> None:
    icon = app_icon.made()
    assert [size.width() for size in icon.availableSizes()] == list(app_icon.SIZES)
    for px in app_icon.SIZES:
        image = icon.pixmap(px, px).toImage()
        assert image.pixelColor(0, 0).alpha() == 0
        assert QColor(app_icon._PASS).name() in colours(image)


def test_it_has_the_colours_of_the_desktop_s_icon(qapp: QApplication) -> None:
    told = set(re.findall(r"#[0-9a-f]{6}", SVG.read_text(encoding="utf-8")))
    painted = colours(app_icon.made().pixmap(256, 256).toImage())
    assert told <= painted
