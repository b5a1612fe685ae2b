"""The bottom line: what the station waits for, the last scan, and a button for every key that acts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import icons, labels, languages, lettering, scan_words, theme
from ui.icons import Icon

ICONS_FROM = 1200
"""The bar's width, in pixels, from which on its buttons have room for icons beside the sentence."""
_NONE: tuple[int, ...] = ()
_HELP, _BUT_SIGN = (3,), (0, 1, 3)
_DRESSES = ((True, _NONE), (False, _NONE), (False, _HELP), (False, _BUT_SIGN))
"""From most to least: whether buttons have icons beside their words, and which have icons alone."""
_SIZES = ((theme.DISPLAY, 1), (theme.TITLE, 2), (theme.STRONG, 2), (theme.BODY, 3))


class Sentence(QWidget):
    """One sentence, as large as its room allows."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(224)

    @property
    def text(self) -> str:
        return self._text

    def show_text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.colours_of(self.palette())
        font, lines = self._set()
        tall = lettering.height(len(lines), font)
        box = QRectF(0, (self.height() - tall) / 2, self.width(), tall)
        lettering.write(painter, box, lines, font, colours.text)
        painter.end()

    def _set(self) -> tuple[QFont, tuple[str, ...]]:
        for px, most in _SIZES:
            font = theme.font(px, theme.MEDIUM)
            lines = lettering.wrapped(self._text, font, self.width(), most + 1)
            if len(lines) <= most:
                return font, lines
        font = theme.font(theme.CAPTION, theme.MEDIUM)
        return font, lettering.wrapped(self._text, font, self.width(), 4)


class LastScan(QWidget):
    """What was scanned last, in small: a hand sees that the scanner was heard."""

    TALL = 18

    def __init__(self) -> None:
        super().__init__()
        self._code = ""
        self.setFixedHeight(self.TALL)
        self.hide()
        languages.follow(self, self._say)

    @property
    def code(self) -> str:
        return self._code

    def show_code(self, code: str) -> None:
        """Show `code`; there is nothing to be seen of none."""
        if code != self._code:
            self._code = code
            self._say()
            self.setVisible(bool(code))
            self.update()

    def _say(self) -> None:
        self.setAccessibleName(scan_words.last_scan(self._code) if self._code else "")
        self.setToolTip(self.accessibleName())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.colours_of(self.palette())
        font = theme.font(theme.CAPTION)
        icons.draw(painter, Icon.SCAN, QRectF(0, 0, self.TALL, self.TALL), colours.quiet)
        left = self.TALL + theme.GRID // 2
        drop = (self.TALL - lettering.height(1, font)) / 2
        box = QRectF(left, drop, self.width() - left, self.TALL)
        line = lettering.elided(self._code, font, box.width())
        lettering.write(painter, box, (line,), font, colours.quiet)
        painter.end()


class BottomBar(QWidget):
    """`help_wanted`, `sign_wanted`, `retry_wanted` and `stop_wanted` are its buttons."""

    TALL = 96

    help_wanted = Signal()
    sign_wanted = Signal()
    retry_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(self.TALL)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        row = self._row = QHBoxLayout(self)
        half = theme.GRID // 2
        row.setContentsMargins(2 * theme.GRID, half, 2 * theme.GRID, half)
        row.setSpacing(theme.GRID)
        self._sentence, self._scan = Sentence(), LastScan()
        self._signed_in = False
        self._retry, self._stop, self._sign, self._help = (_button() for _ in range(4))
        self._retry.clicked.connect(self.retry_wanted)
        self._stop.clicked.connect(self.stop_wanted)
        self._sign.clicked.connect(self.sign_wanted)
        self._help.clicked.connect(self.help_wanted)
        theme.make_primary(self._sign, primary=True)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self._sentence, 1)
        told.addWidget(self._scan)
        row.addLayout(told, 1)
        for button in (self._retry, self._stop, self._sign, self._help):
            row.addWidget(button)
        languages.follow(self, self._say)

    @property
    def says(self) -> str:
        """The sentence that stands there now."""
        return self._sentence.text

    @property
    def scanned(self) -> str:
        """The last scan that stands there now."""
        return self._scan.code

    def show_scan(self, code: str) -> None:
        """Show what was scanned last, as all may read it."""
        self._scan.show_code(code)

    def show_state(self, says: str, *, signed_in: bool, can_retry: bool, can_stop: bool) -> None:
        self._sentence.show_text(says)
        self._retry.setEnabled(can_retry)
        self._stop.setEnabled(can_stop)
        if signed_in is not self._signed_in:
            self._signed_in = signed_in
            self._say()
            theme.make_primary(self._sign, primary=not signed_in)

    def _draw(self) -> None:
        """Give the buttons as many of their words and icons as leave room for the sentence."""
        first = _DRESSES if self.width() >= ICONS_FROM else _DRESSES[1:]
        for icons_too, wordless in first:
            for n, (button, which, name) in enumerate(self._named()):
                button.setText("" if n in wordless else name)
                icons.put(button, which if icons_too or n in wordless else None)
            if self._row.minimumSize().width() <= self.width():
                break
        self._row.activate()

    def _named(self) -> tuple[tuple[QPushButton, Icon, str], ...]:
        sign = Icon.SIGN_OUT if self._signed_in else Icon.SIGN_IN
        return (
            (self._retry, Icon.RETRY, labels.retry_button()),
            (self._stop, Icon.STOP, labels.stop_button()),
            (self._sign, sign, labels.sign_button(signed_in=self._signed_in)),
            (self._help, Icon.HELP, labels.help_button()),
        )

    def _say(self) -> None:
        for button, _, name in self._named():
            button.setAccessibleName(name)
            button.setToolTip(name)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._draw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.colours_of(self.palette())
        painter.fillRect(self.rect(), colours.surface)
        painter.fillRect(0, 0, self.width(), 1, colours.edge)
        painter.end()


def _button() -> QPushButton:
    button = QPushButton()
    button.setMinimumHeight(theme.TOUCH)
    # A click must not take the selection from the card that it is about; Tab still comes here.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
