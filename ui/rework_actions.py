"""What can be done with a unit, as a list of buttons: each with its picture and one sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from station.model import Outcome
from ui import icons, lettering, theme
from ui.icons import Icon
from ui.paper import label, say

PAD = 12
SIDE = 32.0
LINES = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list; `where` is the slot in which it is done, or the key that does it.

    `barred` says why it can't be done now. `wrong` is what it says then in the place of what it
    does: that something is wrong with it, and not only with the moment.
    """

    key: str
    icon: Icon
    title: str
    does: str
    where: str = ""
    barred: str = ""
    wrong: str = ""
    grave: bool = False
    """It takes something away that can't be put back."""


class ActionButton(QPushButton):
    """One thing that can be done; as tall as its words are at its width."""

    def __init__(self, act: Callable[[str], None]) -> None:
        super().__init__()
        self._entry = Entry("", Icon.MORE, "", "")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setMinimumWidth(0)
        self.clicked.connect(lambda: act(self._entry.key))

    @property
    def entry(self) -> Entry:
        return self._entry

    def show_entry(self, entry: Entry) -> None:
        """Show `entry`; what is barred can't be pressed, and says why."""
        if entry == self._entry:
            return
        self._entry = entry
        self.setEnabled(not entry.barred)
        self.setAccessibleName(entry.title)
        self.setAccessibleDescription(f"{entry.does} {entry.barred or entry.where}".strip())
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, self._tall(max(1, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._tall(max(1, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._tall(self.width()))

    def _tall(self, wide: int) -> int:
        title, small = _fonts()
        heads, lines = self._set(wide - 2 * PAD - SIDE - PAD)
        tall = lettering.height(len(heads), title) + lettering.height(len(lines), small)
        return max(theme.TOUCH + theme.GRID, int(tall) + 2 * PAD)

    def _set(self, wide: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
        title, small = _fonts()
        entry = self._entry
        room = wide - (lettering.advance(entry.where, small) + PAD if entry.where else 0)
        heads = lettering.wrapped(entry.title, title, max(60.0, room), LINES)
        return heads, lettering.wrapped(entry.wrong or entry.does, small, max(60.0, wide), LINES)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # its sheet gives a button a palette of its own
        colours, entry = theme.colours_of(QApplication.palette()), self._entry
        title, small = _fonts()
        box = QRectF(self.rect()).adjusted(PAD, 0, -PAD, 0)
        mark = QRectF(box.left(), box.center().y() - SIDE / 2, SIDE, SIDE)
        grave = colours.marked(Outcome.FAIL) if entry.grave else colours.accent.ground
        ink = grave if self.isEnabled() else colours.quiet
        icons.draw(painter, entry.icon, mark, ink)
        text = box.adjusted(SIDE + PAD, 0, 0, 0)
        heads, lines = self._set(text.width())
        tall = lettering.height(len(heads), title) + lettering.height(len(lines), small)
        text.setTop(text.center().y() - tall / 2)
        where = text.adjusted(0, lettering.ascent(title) - lettering.ascent(small), 0, 0)
        right = lettering.RIGHT
        lettering.write(painter, where, [entry.where], small, colours.quiet, align=right)
        ink = colours.text if self.isEnabled() else colours.quiet
        text.setTop(text.top() + lettering.write(painter, text, heads, title, ink))
        lettering.write(painter, text, lines, small, colours.quiet)
        painter.end()


class ActionList(QWidget):
    """Buttons below a caption; where there are none, what to do about that."""

    def __init__(self, act: Callable[[str], None]) -> None:
        super().__init__()
        self._act = act
        self._caption = label(theme.CAPTION, bold=True, quiet=True)
        self._bar = label(theme.BODY)
        self._empty = label(theme.BODY, quiet=True)
        self._buttons: list[ActionButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GRID)
        for part in (self._caption, self._bar, self._empty):
            self._column.addWidget(part)

    @property
    def buttons(self) -> tuple[ActionButton, ...]:
        """The buttons that are shown, in their order."""
        return tuple(self._buttons)

    @property
    def empty_says(self) -> str:
        """What stands there in the place of buttons."""
        return self._empty.text()

    def show_entries(
        self,
        caption: str,
        entries: Sequence[Entry],
        empty: str = "",
        *,
        tells: bool = True,
        shown: bool = True,
    ) -> None:
        """Show `entries`; what bars any of them is said once above all, if the list `tells` it."""
        say(self._caption, caption if entries or empty else "")
        bars = (each.barred for each in entries if each.barred and not each.wrong)
        say(self._bar, next(bars, "") if tells else "")
        say(self._empty, "" if entries else empty)
        while len(self._buttons) > len(entries):
            button = self._buttons.pop()
            button.hide()
            button.deleteLater()
        while len(self._buttons) < len(entries):
            self._buttons.append(ActionButton(self._act))
            self._column.addWidget(self._buttons[-1])
            self._buttons[-1].show()  # at once, or it could not be given the focus yet
        for button, entry in zip(self._buttons, entries, strict=True):
            button.show_entry(entry)
        self.setVisible(shown and bool(entries or empty))

    def focus_first(self, after: str = "") -> bool:
        """Give the focus to the first that can be done, or that follows on `after`."""
        keys = [button.entry.key for button in self._buttons]
        begin = keys.index(after) + 1 if after in keys else 0
        able = (button for button in self._buttons[begin:] if button.isEnabled())
        button = next(able, None)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        return button is not None


def _fonts() -> tuple[QFont, QFont]:
    return theme.font(theme.BODY, theme.BOLD), theme.font(theme.CAPTION)
