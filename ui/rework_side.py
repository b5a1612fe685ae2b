"""The right side of the Rework page: the unit's seat and its case, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from station.model import ReworkAction, Right
from ui import brought_words, rework_words, theme, unit_words
from ui.case_panel import CasePanel
from ui.icons import Icon
from ui.rework import READS, Rework
from ui.rework_actions import ActionList, Entry
from ui.rework_states import Bar, Offered
from ui.seat_panel import SeatPanel

SCRAP, PRINT, NOTE = "scrap", "print", "note"

_ICONS = {
    "read_identity": Icon.CHIP,
    "erase": Icon.ERASE,
    "unclaim": Icon.UNCLAIM,
    "take_back": Icon.UNCLAIM,
    "reflash": Icon.FLASH,
    "renew": Icon.RENEW,
    "change_network": Icon.NETWORK,
    "drop_network": Icon.NETWORK,
    "arduino_migrate": Icon.MIGRATE,
    "arduino_prepare": Icon.MIGRATE,
}


class Side(QScrollArea):
    """`action_wanted` carries the ReworkAction that was asked for; the others are buttons."""

    action_wanted = Signal(object)
    scrap_wanted = Signal()
    print_wanted = Signal()
    note_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._offered: dict[str, ReworkAction] = {}
        self._is_case_next = False
        self.seat, self.case = SeatPanel(), CasePanel()
        self.doable, self.own, self.grave = (ActionList(self._act) for _ in range(3))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.GRID, theme.GRID)
        column.setSpacing(2 * theme.GRID)
        for part in (self.seat, self.case, self.doable, self.grave, self.own):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_page(self, page: Rework) -> None:
        """Show what can be done with the unit that is open."""
        self.seat.show_page(page)
        self.seat.setVisible(page.may(Right.REWORK) and not page.is_scrapped)
        self.case.show_page(page)
        if page.life is None:
            return
        self._is_case_next = page.case is None and not page.is_scrapped
        offered = page.offered
        self._offered = {_key(each.action): each.action for each in offered}
        many = len({each.action.recipe for each in offered}) > 1
        entries = [_entry(each, page, many=many) for each in offered]
        empty = ". ".join(rework_words.no_actions(page.life.kind))
        if page.actions is None:
            empty = rework_words.looking()
        if page.is_scrapped or not page.may(Right.REWORK):
            entries, empty = [], "" if page.is_scrapped else rework_words.barred(Bar.READ_ONLY)
        mild = [entry for entry in entries if not entry.grave]
        grave = [entry for entry in entries if entry.grave]
        rests, caption = not page.is_running, rework_words.erasing_caption()
        self.doable.show_entries(rework_words.actions_caption(), mild, empty, shown=rests)
        self.grave.show_entries(caption, grave, tells=not mild, shown=rests)
        self.own.show_entries(rework_words.own_caption(), _own(page), tells=False)

    def focus_next(self, after: ReworkAction | None = None) -> None:
        """Give the focus to what comes next: an action that can be done, or else the case."""
        if self._is_case_next or not self.doable.focus_first(_key(after) if after else ""):
            self.case.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _act(self, key: str) -> None:
        own = {SCRAP: self.scrap_wanted, PRINT: self.print_wanted, NOTE: self.note_wanted}
        if key in own:
            own[key].emit()
        elif key in self._offered:
            self.action_wanted.emit(self._offered[key])


def _key(action: ReworkAction) -> str:
    return f"{action.recipe}#{action.key}"


def _entry(offered: Offered, page: Rework, *, many: bool) -> Entry:
    action, bar = offered.action, offered.bar
    where = rework_words.sits(page.seat, choose=len(page.unread) > 1)
    recipe = action.recipe.stem if many and action.key != READS else ""
    return Entry(
        key=_key(action),
        icon=_ICONS.get(action.procedure, Icon.ORDER if action.key else Icon.CLOUD),
        title=brought_words.story(action.title) or unit_words.procedure(action.procedure),
        does=rework_words.does(action),
        where=" · ".join(part for part in (recipe, where) if part),
        barred=rework_words.barred(bar),
        wrong=rework_words.recipe_wrong(action.trouble) if action.trouble else "",
        grave=action.erases,
    )


def _own(page: Rework) -> list[Entry]:
    """Return what can be done without a board: a note, its label, and its end."""
    if page.life is None or not page.may(Right.REWORK):
        return []
    busy = rework_words.barred(Bar.BUSY) if page.is_running else ""
    entries = [Entry(NOTE, Icon.NOTE, rework_words.note_button(), rework_words.note_does(), "F10")]
    if page.labels and page.life.labels and not page.is_scrapped:
        told = rework_words.reprint_does()
        entries.append(Entry(PRINT, Icon.PRINTER, rework_words.reprint(), told, "F9", busy))
    if not page.is_scrapped:
        told = rework_words.scrap_does(held=bool(page.life.held))
        entries.append(Entry(SCRAP, Icon.SCRAP, rework_words.scrap(), told, "", busy, grave=True))
    return entries
