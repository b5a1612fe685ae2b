"""Draws the Records page: `python -m tests.ui.records_pictures OUTDIR [NAME]`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from station.faults import RecordBroken
from tests.ui import gallery, lives
from tests.ui.pictures import save
from tests.ui.records_fakes import FakeSearches, long_words, many
from ui.records_page import RecordsPage

WIDE, USUAL, SMALL = (1920, 1000), (1280, 760), (800, 540)
Do = Callable[[RecordsPage], None]


def _nothing(_page: RecordsPage) -> None:
    """Look at the page as it comes."""


def _choose(page: RecordsPage) -> None:
    page.parts.table.choose(1)


def _open(page: RecordsPage) -> None:
    page.parts.table.choose(1)
    page.parts.table.opened.emit(1)


def _filter(page: RecordsPage) -> None:
    page.parts.filter_button.setChecked(True)
    page.parts.filters.named["outcome"].setCurrentIndex(2)
    page.parts.filters.when.setCurrentIndex(5)
    page.parts.filters.when.activated.emit(5)


def _type_nobody(page: RecordsPage) -> None:
    page.parts.field.setText("nobody")
    page.search()


def _fail(page: RecordsPage) -> None:
    asks = page.searches
    assert isinstance(asks, FakeSearches)
    asks.fails = RecordBroken("database disk image is malformed")
    page.search()


PAGES: dict[str, tuple[FakeSearches, Do, tuple[int, int]]] = {
    "records-none": (FakeSearches(), _nothing, USUAL),
    "records-none-small": (FakeSearches(), _nothing, SMALL),
    "records-full": (FakeSearches(many(120)), _nothing, WIDE),
    "records-chosen": (FakeSearches(many(120)), _choose, WIDE),
    "records-chosen-usual": (FakeSearches(many(120)), _choose, USUAL),
    "records-small": (FakeSearches(many(9)), _choose, SMALL),
    "records-small-unit": (FakeSearches(many(9)), _open, SMALL),
    "records-filters": (FakeSearches(many(120)), _filter, USUAL),
    "records-filters-small": (FakeSearches(many(120)), _filter, SMALL),
    "records-nobody": (FakeSearches(many(9)), _type_nobody, USUAL),
    "records-trouble": (FakeSearches(many(9)), _fail, USUAL),
    "records-long": (FakeSearches(long_words(12), lives.LONG), _choose, WIDE),
    "records-long-small": (FakeSearches(long_words(12), lives.LONG), _choose, SMALL),
}


def page_of(asks: FakeSearches, do: Do, size: tuple[int, int]) -> RecordsPage:
    """Return a page of this size on which something was done."""
    asks.fails = None
    page = RecordsPage(asks)
    page.resize(*size)
    page.show()
    settle()
    do(page)
    settle()
    return page


def settle(for_ms: int = 60) -> None:
    """Let answers come from their threads."""
    loop = QEventLoop()
    QTimer.singleShot(for_ms, loop.quit)
    loop.exec()


def draw(out: Path, name: str, only: str = "") -> None:
    """Write the pictures of the Records page."""
    for title, (asks, do, size) in PAGES.items():
        if title.startswith(only):
            page = page_of(asks, do, size)
            save(page, out / f"{title}-{name}.png")
            page.close()


if __name__ == "__main__":
    gallery.main(draw)
