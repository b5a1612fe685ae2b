"""The sheet of command barcodes: what is painted is read back from the picture."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter
from pytestqt.qtbot import QtBot

from station.scans import meaning, sheet
from ui import command_sheet

PAGE = QSizeF(186, 273)
"""A4 without its margins, in millimetres."""
DOTS_MM = 8


def painted(slots: int) -> list[QImage]:
    pages: list[QImage] = []

    def blank() -> QImage:
        image = QImage(PAGE.toSize() * DOTS_MM, QImage.Format.Format_Grayscale8)
        image.setDotsPerMeterX(DOTS_MM * 1000)
        image.setDotsPerMeterY(DOTS_MM * 1000)
        image.fill(Qt.GlobalColor.white)
        return image

    pages.append(blank())
    painter = QPainter(pages[0])

    def turn() -> None:
        painter.end()
        pages.append(blank())
        painter.begin(pages[-1])
        painter.scale(DOTS_MM, DOTS_MM)

    command_sheet.paint(painter, PAGE, slots, turn)
    painter.end()
    return pages


def read(image: QImage) -> set[str]:
    size = (image.width(), image.height())
    data = bytes(image.constBits())
    picture = Image.frombytes("L", size, data, "raw", "L", image.bytesPerLine())
    return {found.text for found in zxingcpp.read_barcodes(picture)}


@pytest.mark.parametrize(("slots", "pages"), [(0, 1), (4, 1), (16, 2)])
def test_every_command_is_read_back_from_the_picture(qtbot: QtBot, slots: int, pages: int) -> None:
    found = painted(slots)
    assert len(found) == pages
    codes = set().union(*map(read, found))
    assert codes == {command.text for command in sheet(slots)}
    assert {meaning(code) for code in codes} == set(sheet(slots))


def test_the_sheet_is_a_pdf_where_one_is_wanted(qtbot: QtBot, tmp_path: Path) -> None:
    device = QPdfWriter(str(tmp_path / "commands.pdf"))
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    command_sheet.print_on(device, 16)
    assert (tmp_path / "commands.pdf").read_bytes().count(b"/Type /Page\n") == 2
