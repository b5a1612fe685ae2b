"""The unit's case: why it came back, what was found, how often, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from station.model import Right
from ui import case_words, theme
from ui.paper import Paper, label, say
from ui.rework import Rework


class CasePanel(Paper):
    """`case_wanted` opens a case or ends it, whichever comes next."""

    case_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = label(theme.STRONG, bold=True)
        self._since = label(theme.CAPTION, quiet=True)
        self._reason, self._fault = label(theme.BODY), label(theme.BODY)
        self._count = label(theme.CAPTION, quiet=True)
        for part in (self.title, self._since, self._reason, self._fault, self._count):
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
        say(self._since, case_words.since(case.opened, case.operator) if case else "")
        say(self._reason, case_words.code(case.reason, codes.reasons) if case else "")
        say(self._fault, case_words.code(case.fault, codes.faults) if case else "")
        say(
            self._count,
            case_words.count(page.cases, codes.limit)
            if case or page.is_scrapped
            else case_words.case_told(page),
        )
        self.alarm(alarming=page.is_scrapped or (case is None and page.is_beyond))
        name = case_words.ship() if case else case_words.open_case()
        self.button.setText(f"{name}  F4")
        self.button.setAccessibleName(name)
        self.button.setVisible(page.may(Right.REWORK) and not page.is_scrapped)
        self.button.setEnabled(not page.is_running)
