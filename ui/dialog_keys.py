"""The keys of a dialog with fields and a list: the same in every one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class DialogKeys(QObject):
    """Enter confirms, wherever the focus is, but on a button it presses that button.

    In one of `fields` the arrows up and down call `step`, so that a row is chosen while one types.
    A letter that is typed while no field has the focus goes into the first field.
    """

    def __init__(
        self,
        dialog: QDialog,
        fields: Sequence[QLineEdit],
        confirm: Callable[[], None],
        step: Callable[[int], None],
    ) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._fields = tuple(fields)
        self._confirm = confirm
        self._step = step
        for each in (dialog, *fields):
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if key in _ENTER:
            self._enter()
            return True
        if watched is self._dialog:
            return self._into_first_field(event.text())
        if key in _STEPS:
            self._step(_STEPS[key])
            return True
        return False

    def _enter(self) -> None:
        focus = self._dialog.focusWidget()
        if isinstance(focus, QPushButton) and focus.hasFocus():
            focus.click()
        else:
            self._confirm()

    def _into_first_field(self, text: str) -> bool:
        """Tell whether `text` was a letter that no field has taken."""
        if not text or not text.isprintable() or any(each.hasFocus() for each in self._fields):
            return False
        first = self._fields[0]
        first.setFocus()
        first.insert(text)
        first.textEdited.emit(first.text())
        return True
