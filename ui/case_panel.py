"""The unit's case: why it came back, what was found, how often, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from station.model import Outcome, Right
from ui import case_words, lettering, shapes, theme, words
from ui.paper import Paper, label, say
from ui.rework import Rework

MOST_DONE = 3
ROW, SIDE = 26, 18.0


class DoneSoFar(QWidget):
    """What was done for the case: the verdict of each as a shape, and its name."""

    def __init__(self) -> None:
        super().__init__()
        self._done: tuple[tuple[str, Outcome], ...] = ()
        self.hide()

    def show_done(self, done: tuple[tuple[str, Outcome], ...]) -> None:
        """Show what was done, and be gone while that is nothing."""
        if done != self._done:
            self._done = done
            self.setFixedHeight(ROW * len(done))
            told = ". ".join(f"{name}: {words.outcome(ended)}" for name, ended in done)
            self.setAccessibleName(told)
            self.setVisible(bool(done))
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, font = theme.colours_of(self.palette()), theme.font(theme.BODY)
        drop = (ROW - lettering.height(1, font)) / 2
        for n, (name, ended) in enumerate(self._done):
            pair = colours.verdicts[ended]
            mark = QRectF(0, n * ROW + (ROW - SIDE) / 2, SIDE, SIDE)
            shapes.draw(painter, shapes.VERDICTS[ended], mark, pair.ground, pair.ink)
            text = QRectF(SIDE + theme.GRID, n * ROW + drop, self.width() - SIDE - theme.GRID, ROW)
            line = lettering.elided(name, font, text.width())
            lettering.write(painter, text, [line], font, colours.text)
        painter.end()


class CasePanel(Paper):
    """`case_wanted` opens a case or ends it, whichever comes next."""

    case_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = label(theme.STRONG, bold=True)
        self._since = label(theme.CAPTION, quiet=True)
        self._reason, self._fault = label(theme.BODY), label(theme.BODY)
        self._count = label(theme.CAPTION, quiet=True)
        self._done = DoneSoFar()
        for part in (self.title, self._since, self._reason, self._fault, self._done, self._count):
            self.column.addWidget(part)
        self.button = QPushButton()
        self.button.clicked.connect(self.case_wanted)
        theme.make_primary(self.button, primary=True)
        self.column.addWidget(self.button)

    def show_page(self, page: Rework) -> None:
        """Show the case of the unit that is open."""
        if page.life is None:
            return
        case, codes = page.case, page.codes
        if page.is_scrapped:
            title = case_words.was_scrapped(page.life.scrapped)
        else:
            title = case_words.case_open() if case else case_words.no_case()
        say(self.title, title)
        since = case_words.since(case.opened, case.operator) if case else ""
        if case is None and not page.is_scrapped and page.life.cases:
            since = case_words.shipped(page.life.cases[-1])
        say(self._since, since)
        say(self._reason, case_words.code(case.reason, codes.reasons) if case else "")
        say(self._fault, case_words.code(case.fault, codes.faults) if case else "")
        self._done.show_done(case_words.done_so_far(page.life, case, MOST_DONE) if case else ())
        is_over = case is None and not page.is_scrapped
        told = case_words.count(page.cases, codes.limit)
        say(self._count, case_words.case_told(page) if is_over else told)
        self.alarm(alarming=page.is_scrapped or (is_over and page.is_beyond))
        name = case_words.ship() if case else case_words.open_case()
        self.button.setText(f"{name}  F4")
        self.button.setAccessibleName(name)
        self.button.setVisible(page.may(Right.REWORK) and not page.is_scrapped)
        self.button.setEnabled(case is None or not page.is_running)
