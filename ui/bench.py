"""What the Rework page knows: the screen, and what the record answers on threads of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from station.desk import Desk
from station.faults import UnitMissing
from station.model import ReworkAction, Trouble
from station.model.finding import FoundUnit
from station.model.life import Life
from ui.archive import Archive
from ui.latest import Latest
from ui.rework import Rework
from ui.rework_states import State
from ui.screen import Screen

Answer = tuple[str, tuple[FoundUnit, ...]]
"""What was looked for, and what was found."""


class Bench(QObject):
    """`changed` tells that `page` is another one, `hits` what fits what is being typed."""

    changed = Signal()
    hits = Signal(object)

    def __init__(self, desk: Desk, archive: Archive, parent: QObject) -> None:
        super().__init__(parent)
        self._archive = archive
        self._actions = desk.actions
        self._page = Rework(codes=desk.codes, labels=desk.labels)
        self._hits, self._finder, self._reader, self._offers = (Latest(self) for _ in range(4))
        self._hits.answered.connect(self.hits)
        self._finder.answered.connect(self._found)
        self._reader.answered.connect(self._opened)
        self._offers.answered.connect(self._offered)
        for asked in (self._finder, self._reader):
            asked.failed.connect(self._failed)

    @property
    def page(self) -> Rework:
        """What is to be shown."""
        return self._page

    def show_screen(self, screen: Screen) -> None:
        """Take what is known of the line; what adds to the open life is read of the record."""
        before, self._page = self._page, self._page.after(screen)
        began = before.screen.shift is None and screen.shift is not None
        if began or (screen.ready and not before.screen.ready):
            self._offers.ask(self._actions)
        if self._page.life is not None and self._page.pulse() != before.pulse():
            self._read(self._page.life.unit)
        if serial := self._page.newly_read(before):
            self.look_for(serial, (serial,))
        self.changed.emit()

    def fits(self, text: str) -> None:
        """Ask which units fit what was typed so far."""
        self._hits.ask(lambda: self._archive.find(text))

    def look_for(self, text: str, names: Sequence[str]) -> None:
        """Open the unit that is called by one of `names`, which were read off `text`."""
        self._hits.forget()

        def look() -> Answer:
            return text, self._archive.named(names)

        self._set(self._page.looking_for(text))
        self._finder.ask(look)

    def open(self, unit: int) -> None:
        """Open the unit of this number."""
        self._hits.forget()
        self._finder.forget()
        self._set(self._page.opening(unit))
        self._read(unit)

    def close(self) -> None:
        """Put the unit aside."""
        for asked in (self._hits, self._finder, self._reader):
            asked.forget()
        self._set(self._page.closed())

    def change(self, step: Callable[[Rework], Rework]) -> None:
        """Take a step that needs no record."""
        self._set(step(self._page))

    def _set(self, page: Rework) -> None:
        self._page = page
        self.changed.emit()

    def _read(self, unit: int) -> None:
        def read() -> Life:
            life = self._archive.life(unit)
            if life is None:
                raise UnitMissing(f"number {unit}")
            return life

        self._reader.ask(read)

    @Slot(object)
    def _found(self, answer: Answer) -> None:
        before = self._page
        self._set(before.answered(*answer))
        if self._page.wanted is not None and self._page.asked != answer[0]:
            self._read(self._page.wanted)
        elif self._page.state is State.SEVERAL:
            self.hits.emit(self._page.found)

    @Slot(object)
    def _opened(self, life: Life) -> None:
        self._set(self._page.opened(life))

    @Slot(object)
    def _offered(self, actions: tuple[ReworkAction, ...]) -> None:
        self._set(replace(self._page, actions=actions))

    @Slot(object)
    def _failed(self, trouble: Trouble) -> None:
        self._set(self._page.failed(trouble))
