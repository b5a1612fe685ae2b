"""Who somebody is: a badge, or a name and a PIN. What is secret is shown nowhere, and soon let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QLabel, QLineEdit, QVBoxLayout, QWidget

from station.faults import PinMissing
from station.model import Credentials, Trouble
from ui import labels, languages, people_words, theme
from ui.badge_strip import BadgeStrip

if TYPE_CHECKING:  # pydantic takes long to load, and the window must stand before
    from pydantic import SecretStr

LONGEST_NAME = 80
MOST_DIGITS = 12


class WhoPanel(QWidget):
    """`pad_wanted` tells whether a finger is at the PIN: then there should be keys for it.

    It is not known at first whether anybody was named (`named` is None). On a station where nobody
    was, there are no PINs, and a badge is a name.
    """

    pad_wanted = Signal(bool)

    def __init__(self, *, second: bool = False) -> None:
        super().__init__()
        self._named: bool | None = None
        self._badge: SecretStr | None = None
        self._asks = people_words.scan_badge_of_second if second else people_words.scan_badge
        self.strip = BadgeStrip(self._asks)
        self.name, self.pin = QLineEdit(), QLineEdit()
        self.name_label, self.pin_label = QLabel(), QLabel()
        self.name.setMaxLength(LONGEST_NAME)
        self.pin.setMaxLength(MOST_DIGITS)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setInputMethodHints(
            Qt.InputMethodHint.ImhDigitsOnly
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.name.textEdited.connect(self._drop_badge)
        for each in (self.name, self.pin):
            each.installEventFilter(self)
        self._lay_out()
        languages.follow(self, self._say)

    @property
    def has_badge(self) -> bool:
        """Whether a badge was scanned that waits to be shown to the station."""
        return self._badge is not None

    def show_people(self, names: tuple[str, ...], *, named: bool) -> None:
        """Offer `names`; `named` tells that an engineer has named people."""
        self._named = named
        for each in (self.pin, self.pin_label):
            each.setVisible(named)
        completer = QCompleter(list(names), self.name)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        if popup := completer.popup():
            popup.setAccessibleName(labels.name_field())
        self.name.setCompleter(completer)
        if not named and self._badge is not None:
            self._as_name(self._badge.get_secret_value())
        self._show_badge()

    def hear(self, badge: str) -> None:
        """Take a badge that was scanned."""
        from pydantic import SecretStr

        self.pin.setText("")
        if self._named is False:
            self._as_name(badge)
        else:
            self._badge = SecretStr(badge)
            self.name.setText("")
        self._show_badge()

    def lacks(self) -> QLineEdit | None:
        """Return the field that has to be filled in first, if there is one."""
        if self._badge is not None:
            return None
        if not self.name.text().strip():
            return self.name
        return self.pin if self._named and not self.pin.text().strip() else None

    def take(self) -> Credentials:
        """Return what somebody shows; the PIN's field is empty from then on."""
        from pydantic import SecretStr

        digits = self.pin.text().strip()
        self.pin.setText("")  # setText forgets what could be undone, too
        pin = SecretStr(digits) if digits else None
        if self._badge is not None:
            return Credentials(pin=pin, badge=self._badge)
        return Credentials(" ".join(self.name.text().split()), pin)

    def settle(self, trouble: Trouble | None) -> None:
        """Keep the badge only where its PIN is asked for."""
        if trouble is None or trouble.code != PinMissing.code:
            self._drop_badge()
        else:
            self.pin.show()
            self.pin_label.show()
            self.pin.setFocus()
            self.pad_wanted.emit(True)

    def forget(self) -> None:
        """Let go of what is secret."""
        self.pin.setText("")
        self._drop_badge()

    @Slot(str)
    def type_digit(self, digit: str) -> None:
        self.pin.insert(digit)

    @Slot()
    def erase_digit(self) -> None:
        self.pin.backspace()

    def _as_name(self, badge: str) -> None:
        self._badge = None
        self.name.setText(badge)

    @Slot()
    def _drop_badge(self) -> None:
        self._badge = None
        self._show_badge()

    def _show_badge(self) -> None:
        if self._named is False:
            self.strip.show_text(people_words.open_station, asks=False)
        else:
            says = people_words.badge_read if self.has_badge else self._asks
            self.strip.show_text(says, asks=True)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self.strip)
        for label, field in ((self.name_label, self.name), (self.pin_label, self.pin)):
            label.setFont(theme.font(theme.BODY))
            label.setBuddy(field)
            column.addSpacing(theme.GRID // 2)
            column.addWidget(label)
            column.addWidget(field)
        column.addStretch(1)

    def _say(self) -> None:
        for label, field, caption in (
            (self.name_label, self.name, labels.name_field()),
            (self.pin_label, self.pin, people_words.pin_field()),
        ):
            label.setText(caption)
            field.setAccessibleName(caption)
        self.strip.say()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for the keys when a finger goes to the PIN; offer all names to one at the name."""
        if watched is self.pin and isinstance(event, QFocusEvent):
            if event.gotFocus() and event.reason() == Qt.FocusReason.MouseFocusReason:
                self.pad_wanted.emit(True)
            elif event.lostFocus() and event.reason() not in _STILL_THERE:
                self.pad_wanted.emit(False)
        elif watched is self.name and event.type() == QEvent.Type.MouseButtonRelease:
            completer = self.name.completer()
            if completer is not None and not self.name.text():
                completer.setCompletionPrefix("")
                completer.complete()
        return super().eventFilter(watched, event)


_STILL_THERE = frozenset({Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason})
