"""The rail at the window's left: a tall button for each page, with its word and its key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from ui import icons, languages, lettering, navigation_words, theme
from ui.icons import Icon

WIDE, SLIM = 104, 80
TALL = 88
SLIM_BELOW = 1000
"""The window's width, in pixels, below which the rail is slim and does without its keys."""
ICON = 28
MARK = 4
"""The bar beside the page that is shown."""

_STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
ICONS = {"line": Icon.LINE, "rework": Icon.REWORK, "records": Icon.RECORDS}


def key_of(place: int) -> QKeySequence:
    """Return the key of the page that stands at `place`, counted from 0."""
    return QKeySequence(f"Ctrl+{place + 1}")


class Entry(QAbstractButton):
    """One page of the rail; checked while it is the one that is shown."""

    def __init__(self, name: str, place: int) -> None:
        super().__init__()
        self.name = name
        self.key = key_of(place).toString(QKeySequence.SequenceFormat.NativeText)
        self.setCheckable(True)
        self.setFixedSize(WIDE, TALL)
        self._slim = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        languages.follow(self, self._say)

    def set_slim(self, *, slim: bool) -> None:
        self._slim = slim
        self.setFixedSize(SLIM if slim else WIDE, TALL)
        self.update()

    def _say(self) -> None:
        told = navigation_words.page_told(self.name, self.key)
        self.setText(navigation_words.page(self.name))
        self.setAccessibleName(told)
        self.setToolTip(told)

    def nextCheckState(self) -> None:
        """Leave the mark where it is: it follows the page that is shown, not the finger."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the rail: a button of its own would go on to what is beside it."""
        if event.key() in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), TALL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours_of(self.palette())
        self._ground(painter, colours)
        ink = colours.text if self.isChecked() or self.underMouse() else colours.quiet
        wide, key = self.width(), "" if self._slim else self.key
        name_font = self._font(wide - theme.GRID)
        key_font = theme.font(theme.CAPTION)
        text_tall = lettering.height(1, name_font)
        text_tall += lettering.height(1, key_font) if key else 0
        top = (TALL - ICON - text_tall - theme.GRID / 2) / 2
        icons.draw(painter, ICONS[self.name], QRectF((wide - ICON) / 2, top, ICON, ICON), ink)
        box = QRectF(theme.GRID / 2, top + ICON + theme.GRID / 2, wide - theme.GRID, text_tall)
        line = lettering.elided(self.text(), name_font, box.width())
        centre = lettering.CENTRE
        box.setTop(box.top() + lettering.write(painter, box, [line], name_font, ink, align=centre))
        lettering.write(painter, box, [key], key_font, colours.quiet, align=centre)
        painter.end()

    def _font(self, wide: float) -> QFont:
        weight = theme.BOLD if self.isChecked() else theme.MEDIUM
        usual = theme.font(theme.BODY, weight)
        if lettering.advance(self.text(), usual) <= wide:
            return usual
        return theme.font(theme.CAPTION, weight)

    def _ground(self, painter: QPainter, colours: theme.Colours) -> None:
        side = theme.GRID / 2 if self._slim else theme.GRID
        box = QRectF(self.rect()).adjusted(side, 2, -side, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse() or self.isDown():
            share = 0.14 if self.isDown() else 0.08 if self.isChecked() else 0.04
            painter.setBrush(theme.mixed(colours.surface, colours.text, share))
            painter.drawRoundedRect(box, theme.GRID, theme.GRID)
        if self.isChecked():
            painter.setBrush(colours.accent.ground)
            bar = QRectF(0, TALL / 4, MARK, TALL / 2)
            painter.drawRoundedRect(bar, MARK / 2, MARK / 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.accent.ground, 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.GRID - 1, theme.GRID - 1)


class Navigation(QWidget):
    """`page_wanted` carries the name of a page; the rail is hidden where there is but one."""

    page_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._entries: tuple[Entry, ...] = ()
        self._keys: tuple[QShortcut, ...] = ()
        self._slim = False
        self.setFixedWidth(WIDE)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.GRID, 0, theme.GRID)
        self._column.setSpacing(theme.GRID // 2)
        self._column.addStretch(1)
        self.hide()
        languages.follow(self, self._say)

    def _say(self) -> None:
        self.setAccessibleName(navigation_words.pages())

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self._entries

    def show_pages(self, names: Sequence[str], current: str) -> None:
        """Show the pages that are allowed, in this order, and mark the one that is shown."""
        if tuple(names) != self._names:
            self._rebuild(tuple(names))
        for entry in self._entries:
            entry.setChecked(entry.name == current)
        self.setVisible(len(self._names) > 1)

    def fit(self, window_wide: int) -> None:
        """Leave a narrow window more of its width."""
        slim = window_wide < SLIM_BELOW
        if slim is not self._slim:
            self._slim = slim
            self.setFixedWidth(SLIM if slim else WIDE)
            for entry in self._entries:
                entry.set_slim(slim=slim)

    def _rebuild(self, names: tuple[str, ...]) -> None:
        for old in (*self._entries, *self._keys):
            old.setParent(None)
            old.deleteLater()
        self._names = names
        self._entries = tuple(Entry(name, place) for place, name in enumerate(names))
        for place, entry in enumerate(self._entries):
            entry.set_slim(slim=self._slim)
            entry.clicked.connect(self._chosen)
            self._column.insertWidget(place, entry)
        self._keys = tuple(self._key(place, name) for place, name in enumerate(names))

    def _key(self, place: int, name: str) -> QShortcut:
        key = QShortcut(key_of(place), self)
        key.setAutoRepeat(False)
        key.activated.connect(lambda: self.page_wanted.emit(name))
        return key

    def _chosen(self) -> None:
        entry = self.sender()
        if isinstance(entry, Entry):
            self.page_wanted.emit(entry.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(event.key())
        focused = [n for n, entry in enumerate(self._entries) if entry.hasFocus()]
        if step is None or not focused:
            super().keyPressEvent(event)
            return
        at = max(0, min(len(self._entries) - 1, focused[0] + step))
        self._entries[at].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.colours_of(self.palette())
        painter.fillRect(self.rect(), colours.surface)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colours.edge)
        painter.end()
