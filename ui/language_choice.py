"""A button for each language, in its own words: whoever reads no other finds it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ui import labels, languages, theme


class LanguageChoice(QWidget):
    """`chosen` carries the code of the language that a person asked for, by touch or key.

    It changes nothing by itself: whoever hears it calls `languages.use`. The one that the window
    speaks is marked; one that this computer has no letters for can't be chosen, and says why.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.buttons = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        for n in range(len(languages.LANGUAGES)):
            button = QPushButton()
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setMinimumHeight(theme.TOUCH)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.buttons.addButton(button, n)
            row.addWidget(button, 1)
        self.buttons.idClicked.connect(self._choose)
        languages.follow(self, self._say)

    def _choose(self, n: int) -> None:
        self.chosen.emit(languages.LANGUAGES[n].code)

    def _say(self) -> None:
        self.setAccessibleName(labels.language())
        for n, language in enumerate(languages.LANGUAGES):
            self._show(self.buttons.button(n), language)

    def _show(self, button: QAbstractButton, language: languages.Language) -> None:
        able, spoken = languages.can_be_written(language), language is languages.in_use()
        why = "" if able else labels.no_letters()
        # Without letters for it its own name would be a row of empty boxes.
        name = language.name if able else labels.no_chinese()
        button.setText(name)
        button.setAccessibleName(name)
        button.setEnabled(able)
        button.setToolTip(why)
        button.setAccessibleDescription(why)
        button.setChecked(spoken)
        if isinstance(button, QPushButton):
            theme.make_primary(button, primary=spoken)
