"""The look by itself: every icon, every control."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from tests.ui import gallery
from tests.ui.icon_sheet import IconSheet
from tests.ui.pictures import save
from ui import icons, theme
from ui.icons import Icon
from ui.navigation import Navigation


def draw(out: Path, name: str, only: str = "") -> None:
    for title, made in _LOOKS:
        if title.startswith(only):
            widget = made()
            widget.resize(widget.sizeHint())
            widget.show()
            save(widget, out / f"{title}-{name}.png")
            widget.close()


def _rail() -> QWidget:
    rail = Navigation()
    rail.show_pages(("line", "rework", "records"), "rework")
    return rail


def _controls() -> QWidget:
    over = QWidget()
    grid = QGridLayout(over)
    grid.setSpacing(theme.GRID)
    grid.setContentsMargins(*[3 * theme.GRID] * 4)
    for column, controls in enumerate((_buttons(), _fields(), [_table(), _list()])):
        for row, control in enumerate(controls):
            tall = 4 if column == 2 else 1
            grid.addWidget(control, row * tall, column, tall, 1)
    return over


def _buttons() -> list[QWidget]:
    usual, off = QPushButton("Retry"), QPushButton("Can't be used")
    meant, meant_off = QPushButton("Sign in"), QPushButton("Can't be used")
    plain, final = QPushButton("Help"), QPushButton("Scrap")
    for button in (meant, meant_off):
        theme.make_primary(button, primary=True)
    for button in (off, meant_off):
        button.setEnabled(False)
    theme.make_plain(plain)
    theme.make_danger(final)
    buttons = (usual, off, meant, meant_off, plain, final)
    drawn = (Icon.RETRY, Icon.STOP, Icon.SIGN_IN, Icon.SIGN_IN, Icon.HELP, Icon.SCRAP)
    for button, which in zip(buttons, drawn, strict=True):
        icons.put(button, which)
    tabs, bar = QTabBar(), QProgressBar()
    for title in ("Line", "Rework", "Records"):
        tabs.addTab(title)
    bar.setValue(40)
    return [*buttons, tabs, bar]


def _fields() -> list[QWidget]:
    filled, empty, off = QLineEdit("350457990000001"), QLineEdit(), QLineEdit("Not to be written")
    empty.setPlaceholderText("Serial, IMEI, UUID")
    off.setEnabled(False)
    choice, date = QComboBox(), QDateEdit()
    choice.addItems(["nRF9151", "UNO R4 WiFi"])
    date.setCalendarPopup(True)
    return [filled, empty, off, choice, date, QSpinBox()]


def _table() -> QWidget:
    table = QTableWidget(6, 3)
    table.setHorizontalHeaderLabels(["Unit", "Outcome", "Seconds"])
    table.verticalHeader().hide()
    table.setShowGrid(False)
    for n in range(18):
        table.setItem(n // 3, n % 3, QTableWidgetItem(f"{n}"))
    table.selectRow(1)
    return table


def _list() -> QWidget:
    rows = QListWidget()
    rows.addItems([f"Recipe {n}" for n in range(9)])
    rows.setCurrentRow(1)
    return rows


_LOOKS: tuple[tuple[str, Callable[[], QWidget]], ...] = (
    ("look-icons", IconSheet),
    ("look-controls", _controls),
    ("look-rail", _rail),
)

if __name__ == "__main__":
    gallery.main(draw)
