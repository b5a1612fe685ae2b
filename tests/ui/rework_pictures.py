"""Renders the pictures of the Rework page: `python -m tests.ui.rework_pictures OUTDIR [NAME]`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QTimer

from station.desk import Desk
from station.faults import CloudUnreachable, RecordBroken
from station.model import Event, Halted, ReworkOrder, Role, RunBegan
from station.model.life import Life
from tests.ui import gallery, lives, stories
from tests.ui import rework_fakes as bench
from tests.ui.pictures import save
from ui.rework_page import ReworkPage

LARGE, SMALL, LEAST = (1496, 860), (920, 700), (696, 560)
"""The page in windows of 1600, 1024 and 800 pixels: the rail has its place beside it."""
Story = Callable[[], Iterable[Event]]

ORDER = ReworkOrder("2", bench.TRACKER, "reflash", 7)
STEPS = ("identify", "erase", "verify")


def _line(*more: Iterable[Event], role: Role = Role.TECHNICIAN) -> Story:
    events = (*bench.line(9, role=role), bench.seated("2"), *(e for each in more for e in each))
    return lambda: events


PAGES: dict[str, tuple[Story, Life | None, tuple[int, int]]] = {
    "rework-empty": (bench.line, None, LARGE),
    "rework-new": (_line(), bench.NEW, LARGE),
    "rework-case": (_line(), bench.ON_BENCH, LARGE),
    "rework-case-small": (_line(), bench.ON_BENCH, SMALL),
    "rework-case-least": (_line(), bench.ON_BENCH, LEAST),
    "rework-flashing": (
        _line(bench.flashing("2", 9)),
        bench.ON_BENCH,
        LARGE,
    ),
    "rework-flashing-small": (_line(bench.flashing("2", 9)), bench.ON_BENCH, SMALL),
    "rework-hand": (_line(bench.hand("2", 9)), bench.ON_BENCH, LARGE),
    "rework-passed": (_line(bench.ended("2", 9, STEPS)), bench.ON_BENCH, LARGE),
    "rework-failed": (_line(bench.failed("2", 9, STEPS)), bench.ON_BENCH, LARGE),
    "rework-failed-small": (_line(bench.failed("2", 9, STEPS)), bench.ON_BENCH, SMALL),
    "rework-scrapped": (_line(), lives.GONE, LARGE),
    "rework-limit": (_line(), bench.THRICE, LARGE),
    "rework-long": (_line(), lives.LONG, LARGE),
    "rework-long-small": (_line(), lives.LONG, SMALL),
    "rework-auditor": (_line(role=Role.AUDITOR), bench.NEW, LARGE),
    "rework-forbidden": (_line(role=Role.OPERATOR), None, LARGE),
    "rework-halted": (
        _line((Halted(CloudUnreachable().trouble),)),
        bench.ON_BENCH,
        LARGE,
    ),
    "rework-slots": (
        _line(*(bench.seated_in(f"{n}") for n in range(3, 10)), bench.flashing("4", 8)),
        bench.ON_BENCH,
        LARGE,
    ),
    "rework-question": (_line(bench.asked("2", 9)), bench.ON_BENCH, LARGE),
    "rework-shipped": (_line(), bench.SHIPPED, LARGE),
    "rework-starting": (lambda: (), None, LARGE),
}


def page_of(story: Story, life: Life | None, size: tuple[int, int]) -> ReworkPage:
    """Return a page on which `life` is open, as `story` ends."""
    page = ReworkPage(desk(), archive=bench.MemoryArchive(*([life] if life else [])))
    page.resize(*size)
    page.show()
    events = tuple(story())
    before = tuple(bench.line(9))
    page.show_screen(stories.told(before if events else ()))
    page.bench.change(lambda state: replace(state, actions=bench.ACTIONS))
    if life is not None:
        page.bench.change(lambda state: state.opening(life.unit).opened(life))
        if any(isinstance(event, RunBegan) for event in events):
            page.bench.change(lambda state: state.ordering(ORDER))
    page.show_screen(stories.told(events))
    for ticks in page.findChildren(QTimer):
        ticks.stop()
    page.side.seat.tick(monotonic() + 4.2)
    return page


def desk() -> Desk:
    return bench.desk()


def _leave(page: ReworkPage) -> None:
    """Take a page apart at once: one that waits for the garbage would be dressed anew half gone."""
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)


def _others(out: Path, name: str) -> None:
    full = bench.MemoryArchive(bench.ON_BENCH)
    page = page_of(bench.line, None, LARGE)
    page.bench.change(lambda state: state.looking_for("35502593").answered("35502593", ()))
    save(page, out / f"rework-unknown-{name}.png")
    page.field.setText("3550")
    hits = [
        replace(hit, unit=n, serial=f"35502593000{n:04}")
        for n in range(9)
        for hit in full.find("355")
    ]
    page.field.show_hits(tuple(hits))
    page.field.list.setCurrentRow(1)
    save(page, out / f"rework-typing-{name}.png")
    page.field.put_away()
    page.bench.change(lambda state: state.failed(RecordBroken("the disk is gone").trouble))
    save(page, out / f"rework-unreadable-{name}.png")
    _leave(page)
    _forms(out, name)


def _forms(out: Path, name: str) -> None:
    page = page_of(_line(), bench.NEW, LARGE)
    page.talk.case()
    form = page.talk.form
    assert form is not None
    save(form, out / f"rework-open-case-{name}.png")
    form.hear("F10")
    form.complain("Say why it came back.", form)
    save(form, out / f"rework-open-case-missing-{name}.png")
    page.talk.note()
    assert page.talk.form is not None
    save(page.talk.form, out / f"rework-note-{name}.png")
    page.talk.adopt()
    assert page.talk.form is not None
    save(page.talk.form, out / f"rework-adopt-{name}.png")
    page.bench.change(lambda state: replace(state, life=bench.ON_BENCH))
    page.talk.case()
    assert page.talk.form is not None
    page.talk.form.hear("A2")
    save(page.talk.form, out / f"rework-ship-{name}.png")
    page.talk.form.reject()
    page.talk.do(bench.ACTIONS[2])
    assert page.talk.ask is not None
    save(page.talk.ask, out / f"rework-erase-{name}.png")
    page.talk.ask.reject()
    page.talk.scrap()
    assert page.talk.second is not None
    save(page.talk.second, out / f"rework-scrap-{name}.png")
    page.talk.second.reject()
    _leave(page)


def draw(out: Path, name: str, only: str = "") -> None:
    """Write the pictures of the Rework page and its forms."""
    for title, (story, life, size) in PAGES.items():
        if title.startswith(only):
            page = page_of(story, life, size)
            save(page, out / f"{title}-{name}.png")
            _leave(page)
    if not only:
        _others(out, name)


if __name__ == "__main__":
    gallery.main(draw)
