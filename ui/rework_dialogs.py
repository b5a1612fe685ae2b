"""The dialogs of the Rework page: open a case, ship again, write a note, take a unit in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from station.desk import Commands
from station.model import Approval, NewUnit, RepairCode, RepairCodes
from station.model.life import Life
from ui import case_words, theme
from ui.bridge import Order
from ui.code_list import MOST_LETTERS, CodeList
from ui.form import Form, captioned
from ui.paper import label

WIDE, NARROW = 760, 560
MOST_NOTE = 4_000
NOTE_TALL = 132


class OpenCase(Form):
    """Why the unit came back, and what was found; `told` says how many cases it has had.

    Beyond the limit `second_wanted` asks for a second person: it carries what makes the order of
    an approval.
    """

    second_wanted = Signal(object)

    def __init__(
        self, parent: QWidget, unit: tuple[int, str], codes: RepairCodes, told: str
    ) -> None:
        number, serial = unit
        wide = WIDE if codes.reasons or codes.faults else NARROW
        super().__init__(
            parent,
            case_words.case_title(case_words.short(serial)),
            case_words.open_case(),
            wide=wide,
        )
        self._unit = number
        self.is_beyond = False
        count = label(theme.BODY, quiet=True)
        count.setText(told)
        self.body.addWidget(count)
        self.reason = CodeList(case_words.reason_caption(), codes.reasons)
        self.fault = CodeList(case_words.fault_caption(), codes.faults)
        row = QHBoxLayout()
        row.setSpacing(2 * theme.GRID)
        for codelist in (self.reason, self.fault):
            codelist.unfit.connect(self._unfit)
            row.addWidget(codelist, 1)
        self.body.addLayout(row)
        self.reason.settled.connect(self.fault.setFocus)
        self.fault.settled.connect(self._confirm)
        self.reason.setFocus()

    def confirm(self) -> None:
        """Open the case, or say that there is no reason yet."""
        if not self.reason.value:
            self.complain(case_words.reason_missing(), self.reason)
        elif self.is_beyond:
            self.ask_second()
        else:
            self.ask_for(self._order(None))

    def ask_second(self) -> None:
        """Ask for a second person who stands for one case more."""
        self.say_again(case_words.beyond())
        self.second_wanted.emit(self._order)

    def hear(self, text: str) -> None:
        """Take a code that was scanned: the reason, or what was found once there is a reason."""
        (self.fault if self.reason.value else self.reason).take(text)

    def _order(self, approval: Approval | None) -> Order:
        unit, reason, fault = self._unit, self.reason.value, self.fault.value
        return lambda commands: commands.open_case(unit, reason, fault, approval)

    @Slot()
    def _unfit(self) -> None:
        self.note.say(case_words.no_code(), wrong=True)


class ShipAgain(Form):
    """What was done, and perhaps a note: then the case is closed."""

    def __init__(self, parent: QWidget, life: Life, codes: RepairCodes) -> None:
        title = case_words.ship_title(case_words.short(life.serial))
        super().__init__(parent, title, case_words.ship(), wide=WIDE)
        self._unit = life.unit
        holds = label(theme.BODY, quiet=True)
        holds.setText(case_words.holds(life))
        self.body.addWidget(holds)
        self.done_codes = CodeList(case_words.done_caption(), codes.actions, many=True)
        self.done_codes.settled.connect(self._confirm)
        self.done_codes.unfit.connect(self._unfit)
        self.text = QLineEdit()
        self.text.setMaxLength(MOST_LETTERS)
        told = QVBoxLayout()
        told.setSpacing(theme.GRID)
        captioned(told, case_words.note_optional(), self.text)
        told.addStretch(1)
        _side_by_side(self.body, self.done_codes, told)
        self.done_codes.setFocus()

    def confirm(self) -> None:
        """Close the case, or say that nothing was told of what was done."""
        unit, actions, note = self._unit, self.done_codes.values, self.text.text().strip()
        if not actions:
            self.complain(case_words.done_missing(), self.done_codes)
            return

        async def ship(commands: Commands) -> None:
            if note:
                await commands.write_note(unit, note)
            await commands.close_case(unit, actions)

        self.ask_for(ship)

    def hear(self, text: str) -> None:
        """Take an action's code that was scanned."""
        self.done_codes.take(text)

    @Slot()
    def _unfit(self) -> None:
        self.note.say(case_words.no_code(), wrong=True)


class WriteNote(Form):
    """A few lines on a unit; Ctrl and Enter write them down."""

    def __init__(self, parent: QWidget, unit: tuple[int, str]) -> None:
        number, serial = unit
        super().__init__(
            parent, case_words.note_title(case_words.short(serial)), case_words.write(), wide=NARROW
        )
        self._unit = number
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(NOTE_TALL)
        self.text.installEventFilter(self)
        captioned(self.body, case_words.note_caption(), self.text)
        self.text.setFocus()

    def confirm(self) -> None:
        """Write the note, or say that there is none."""
        unit, text = self._unit, self.text.toPlainText().strip()[:MOST_NOTE]
        if not text:
            self.complain(case_words.note_missing(), self.text)
            return
        self.ask_for(lambda commands: commands.write_note(unit, text))

    def hear(self, text: str) -> None:
        """Write what was scanned into the note."""
        self.text.insertPlainText(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Ctrl and Enter write the note down: Enter alone begins a line."""
        if watched is self.text and isinstance(event, QKeyEvent):
            enters = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            controls = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.type() == QEvent.Type.KeyPress and enters and controls:
                self._confirm()
                return True
        return super().eventFilter(watched, event)


class Adopt(Form):
    """A unit that nobody knows: of what kind it is, what its label says, and why it is unknown."""

    def __init__(self, parent: QWidget, text: str, kinds: Sequence[str]) -> None:
        super().__init__(parent, case_words.adopt_title(), case_words.adopt_button(), wide=WIDE)
        known = tuple(RepairCode(kind, "") for kind in kinds)
        self.kind = CodeList(case_words.kind_caption(), known, rows=3.5)
        self.serial, self.reason = QLineEdit(text), QLineEdit()
        told = QVBoxLayout()
        told.setSpacing(theme.GRID)
        for caption, field in (
            (case_words.serial_caption(), self.serial),
            (case_words.why_caption(), self.reason),
        ):
            field.setMaxLength(MOST_LETTERS)
            captioned(told, caption, field)
        told.addStretch(1)
        _side_by_side(self.body, self.kind, told)
        self.kind.settled.connect(self._go_on)
        if len(kinds) == 1:
            self.kind.take(kinds[0])
        (self.reason if self.kind.value and text else self.kind).setFocus()

    def _go_on(self) -> None:
        """Go on to what is empty, once the kind is chosen."""
        (self.reason if self.adopted else self.serial).setFocus()

    @property
    def adopted(self) -> str:
        """The serial number of the unit that is taken in."""
        return self.serial.text().strip()

    def confirm(self) -> None:
        """Take the unit in, or say that something is missing."""
        kind, reason = self.kind.value, self.reason.text().strip()
        empty = next((f for f in (self.serial, self.reason) if not f.text().strip()), None)
        if empty is not None or not kind:
            self.complain(case_words.adopt_missing(), empty or self.kind)
            return
        unit = NewUnit(kind, self.adopted, (), reason)
        self.ask_for(lambda commands: commands.adopt(unit))

    def hear(self, text: str) -> None:
        """Take what was scanned for the serial number."""
        self.serial.setText(text)


def _side_by_side(body: QVBoxLayout, codes: CodeList, told: QVBoxLayout) -> None:
    row = QHBoxLayout()
    row.setSpacing(2 * theme.GRID)
    row.addWidget(codes, 1)
    row.addLayout(told, 1)
    body.addLayout(row)
