"""The sheet of command barcodes, on paper: an operator works by scanner alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPagedPaintDevice, QPageLayout, QPainter, QPen

from station.labels import code128
from ui import lettering, scan_words, theme

COLUMNS = 2
GAP_MM, BARS_MM, CELL_MM, TITLE_MM = 8.0, 16.0, 34.0, 16.0
MARGIN_MM = 12.0
QUIET = 10
"""The empty room beside a code, in modules (ISO/IEC 15417)."""
MOST_MODULE_MM = 0.5
INK = QColor("black")


def print_on(device: QPagedPaintDevice, slots: int) -> None:
    """Print the sheet of a line with so many slots."""
    device.setPageMargins(QMarginsF(*[MARGIN_MM] * 4), QPageLayout.Unit.Millimeter)
    painter = QPainter(device)
    page = device.pageLayout().paintRect(QPageLayout.Unit.Millimeter).size()
    paint(painter, page, slots, device.newPage)
    painter.end()


def paint(painter: QPainter, page: QSizeF, slots: int, new_page: Callable[[], object]) -> None:
    """Paint the sheet on pages of so many millimetres; `new_page` begins another one."""
    scale = painter.device().logicalDpiX() / 25.4
    painter.scale(scale, scale)
    _write(painter, QRectF(0, 0, page.width(), TITLE_MM), scan_words.sheet_title(), 9.0, bold=True)
    top, wide = TITLE_MM, (page.width() - GAP_MM * (COLUMNS - 1)) / COLUMNS
    for place, line in enumerate(scan_words.sheet_lines(slots)):
        column = place % COLUMNS
        if column == 0 and top + CELL_MM > page.height():
            new_page()
            top = 0.0
        _cell(painter, QRectF(column * (wide + GAP_MM), top, wide, CELL_MM), line)
        if column == COLUMNS - 1:
            top += CELL_MM


def _cell(painter: QPainter, cell: QRectF, line: scan_words.SheetLine) -> None:
    """Paint a barcode and below it what it does; its own text small, for whoever types it."""
    bars = code128.bars(code128.values(line.text, "A"))
    module = min(MOST_MODULE_MM, cell.width() / (len(bars) + 2 * QUIET))
    left = cell.left() + QUIET * module
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(INK)
    begin = 0
    for place in range(1, len(bars) + 1):
        if place == len(bars) or bars[place] != bars[begin]:
            if bars[begin]:
                width = (place - begin) * module
                painter.drawRect(QRectF(left + begin * module, cell.top(), width, BARS_MM))
            begin = place
    says = QRectF(left, cell.top() + BARS_MM + 1, cell.width(), 7)
    _write(painter, says, line.says, 5.5, bold=True)
    _write(painter, says.translated(0, 7), line.text, 2.6)


def _write(painter: QPainter, box: QRectF, text: str, mm: float, *, bold: bool = False) -> None:
    """Write one line `mm` tall; fonts know whole pixels, so it is set large and scaled down."""
    scale = mm / 100
    font = theme.font(100, theme.BOLD if bold else theme.REGULAR)
    painter.save()
    painter.setPen(QPen(INK))
    painter.translate(box.topLeft())
    painter.scale(scale, scale)
    wide = QRectF(0, 0, box.width() / scale, lettering.height(1, font))
    lettering.write(painter, wide, [text], font, INK)
    painter.restore()
