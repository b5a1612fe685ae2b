"""Renders the pictures of a unit's page: `python -m tests.ui.unit_pictures OUTDIR`."""

from __future__ import annotations

from pathlib import Path

from station.model.life import Life
from tests.ui import gallery, lives
from tests.ui.pictures import save
from ui.unit_page import UnitPage

LARGE, SMALL, NARROW = (1400, 860), (800, 500), (520, 700)

UNITS: dict[str, tuple[Life | None, tuple[int, int]]] = {
    "unit-none": (None, LARGE),
    "unit-new": (lives.NEW, LARGE),
    "unit-full": (lives.FULL, LARGE),
    "unit-full-small": (lives.FULL, SMALL),
    "unit-full-narrow": (lives.FULL, NARROW),
    "unit-scrapped": (lives.GONE, LARGE),
    "unit-long": (lives.LONG, LARGE),
    "unit-long-small": (lives.LONG, SMALL),
}


def page_of(life: Life | None, size: tuple[int, int]) -> UnitPage:
    """Return a page that shows `life`, with the steps of its newest run open."""
    page = UnitPage()
    page.resize(*size)
    page.show_life(life)
    page.show()
    rows = page.timeline.model()
    runs = [n for n in range(rows.rowCount()) if rows.hasChildren(rows.index(n, 0))]
    for n in runs[:1]:
        page.timeline.setExpanded(rows.index(n, 0), True)
    if size == LARGE and rows.rowCount() > 3:
        page.timeline.setCurrentIndex(rows.index(3, 0))
    return page


def draw(out: Path, name: str, only: str = "") -> None:
    """Write the pictures of a unit's page."""
    for title, (life, size) in UNITS.items():
        if title.startswith(only):
            page = page_of(life, size)
            save(page, out / f"{title}-{name}.png")
            page.close()


if __name__ == "__main__":
    gallery.main(draw)
