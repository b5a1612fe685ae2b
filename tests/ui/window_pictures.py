"""Draws the window as a whole, page by page, as an operator and as an engineer see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from station.model import Event, Role, Scanned, ShiftBegan
from tests.ui import gallery, records_pictures, rework_pictures, stories
from tests.ui import rework_fakes as bench
from tests.ui.pictures import save
from tests.ui.records_fakes import FakeSearches, many
from ui.line_page import LinePage
from ui.pages import LINE, RECORDS, REWORK, Pages

SIZES = {"": (1600, 900), "-usual": (1280, 800), "-least": (800, 560)}


def windows() -> Iterator[tuple[str, Pages]]:
    """Yield the window with each of its pages in front, by name."""
    yield "window-line", _window(Role.OPERATOR, tuple(_six()))
    for role in (Role.OPERATOR, Role.ENGINEER):
        yield f"window-{role}", _window(role)
    window = _window(Role.ENGINEER)
    window._rework = rework_pictures.page_of(
        rework_pictures._line(bench.flashing("2", 9)), bench.ON_BENCH, SIZES[""]
    )
    window._stack.addWidget(window._rework)
    window.show_page(REWORK)
    yield "window-rework", window
    window = _window(Role.ENGINEER)
    asks, size = FakeSearches(many(120)), SIZES[""]
    window._records = records_pictures.page_of(asks, records_pictures._choose, size)
    window._stack.addWidget(window._records)
    window.show_page(RECORDS)
    yield "window-records", window


def _six() -> Iterator[Event]:
    """Tell of six slots, each at something else."""
    yield from stories.line(6)
    yield from stories.ended("1", 1, *stories.ENDS[0])
    yield from stories.begun("2", 2)
    yield from stories.stepped("2", 2, stories.STEPS, "check")
    yield from stories.asked_for_a_hand("3", 3, stories.PIN)
    yield from stories.ended("4", 4, *stories.ENDS[1])
    yield from stories.begun("5", 5)
    yield from stories.stepped("5", 5, stories.STEPS, "claim")
    yield from stories.ended("6", 6, *stories.ENDS[0])
    yield Scanned("350457990000006")


def _window(role: Role, events: Iterable[Event] = tuple(stories.busy(8))) -> Pages:
    line = LinePage("Line 3", training=False)
    window = Pages(bench.desk(), line)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.setMinimumSize(*SIZES["-least"])
    window.show()
    screen = stories.told(_by(role, event) for event in events)
    line.show_screen(screen)
    window.show_screen(screen)
    window.show_page(LINE)
    line.setFocus()
    return window


def _by(role: Role, event: Event) -> Event:
    return replace(event, role=role, known=True) if isinstance(event, ShiftBegan) else event


def _still(window: QWidget) -> None:
    for ticks in window.findChildren(QTimer):
        ticks.stop()


def draw(out: Path, name: str, only: str = "") -> None:
    """Write the pictures of the window, in three sizes, with no pointer over it."""
    QCursor.setPos(10_000, 10_000)
    for title, window in windows():
        if not title.startswith(only.removesuffix("-usual").removesuffix("-least")):
            window.close()
            continue
        for size, (wide, tall) in SIZES.items():
            window.resize(wide, tall)
            _still(window)
            window._line.grid.tick(monotonic() + 3.4)
            save(window, out / f"{title}{size}-{name}.png")
        window.close()


if __name__ == "__main__":
    gallery.main(draw)
