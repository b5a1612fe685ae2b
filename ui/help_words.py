"""The keys of each page, and what they do, for the help."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

translate = QCoreApplication.translate

_LINE = (
    ("F1", QT_TRANSLATE_NOOP("Words", "Show or hide this help")),
    ("F2", QT_TRANSLATE_NOOP("Words", "Sign in or out")),
    ("1 … 9", QT_TRANSLATE_NOOP("Words", "Select a slot")),
    ("← ↑ → ↓", QT_TRANSLATE_NOOP("Words", "Select the next slot")),
    ("F5", QT_TRANSLATE_NOOP("Words", "Retry the selected slot, or the only one in trouble")),
    ("F6", QT_TRANSLATE_NOOP("Words", "Pick a board on the air: scan its label")),
    ("F7", QT_TRANSLATE_NOOP("Words", "Teach the slots (an engineer, without a recipe)")),
    ("F8", QT_TRANSLATE_NOOP("Words", "Skip a failed check (a second person approves)")),
    ("F9", QT_TRANSLATE_NOOP("Words", "Print the label again (a second person approves)")),
    ("Y  N", QT_TRANSLATE_NOOP("Words", "Answer yes or no")),
    ("Esc", QT_TRANSLATE_NOOP("Words", "Stop a run (asks first), or close what is open")),
    ("F11", QT_TRANSLATE_NOOP("Words", "Full screen")),
    ("Ctrl+P", QT_TRANSLATE_NOOP("Words", "Print the sheet of command barcodes")),
)

_BENCH = (
    ("F1", QT_TRANSLATE_NOOP("Words", "Show or hide this help")),
    ("F2", QT_TRANSLATE_NOOP("Words", "Sign in or out")),
    ("Ctrl+F", QT_TRANSLATE_NOOP("Words", "Find another unit, or just scan it")),
    ("F4", QT_TRANSLATE_NOOP("Words", "Open a case, or ship the unit again")),
    ("F5", QT_TRANSLATE_NOOP("Words", "Do once more what was done last")),
    ("F9", QT_TRANSLATE_NOOP("Words", "Print the label again (a second person approves)")),
    ("F10", QT_TRANSLATE_NOOP("Words", "Write a note")),
    ("Esc", QT_TRANSLATE_NOOP("Words", "Stop a run (asks first), or close what is open")),
    ("F11", QT_TRANSLATE_NOOP("Words", "Full screen")),
    ("Ctrl+1 … 3", QT_TRANSLATE_NOOP("Words", "Go to another page")),
)

_RECORDS = (
    ("F1", QT_TRANSLATE_NOOP("Words", "Show or hide this help")),
    ("F2", QT_TRANSLATE_NOOP("Words", "Sign in or out")),
    ("F11", QT_TRANSLATE_NOOP("Words", "Full screen")),
    ("Ctrl+1 … 3", QT_TRANSLATE_NOOP("Words", "Go to another page")),
)

_PAGES = {"line": _LINE, "rework": _BENCH, "records": _RECORDS}


def of_page(page: str = "line") -> tuple[tuple[str, str], ...]:
    """Return the keys of a page ("line", "rework", "records") and what they do."""
    return tuple((key, translate("Words", str(does))) for key, does in _PAGES[page])
