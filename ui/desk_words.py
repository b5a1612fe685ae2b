"""What is said around the line: leaving the kiosk, printing again, teaching slots, pages."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def leave_question() -> tuple[str, str]:
    """Return what is asked before the full screen may be left, and what is to be done."""
    return (
        translate("Words", "Leave the full screen?"),
        translate("Words", "An engineer shows a badge, or gives name and PIN."),
    )


def leave_yes() -> str:
    return translate("Words", "Leave")


def no_printer() -> str:
    return translate("Words", "This station has no label printer.")


def nothing_to_print() -> str:
    return translate("Words", "Select the slot of the unit whose label you want, then press F9.")


def nothing_to_skip() -> str:
    return translate("Words", "There is no failed check that could be skipped.")


def not_for_you() -> str:
    return translate("Words", "Sign in as somebody who may do this: F2.")


def teach_title() -> str:
    return translate("Words", "Teach the slots")


def teach_means() -> str:
    return translate(
        "Words",
        "Say how the fixture looks. Then plug one board in, slot after slot, as the screen asks.",
    )


def rows_field() -> str:
    return translate("Words", "Rows")


def columns_field() -> str:
    return translate("Words", "Slots in a row")


def teach_yes() -> str:
    return translate("Words", "Begin")


def sheet_printed() -> str:
    return translate("Words", "The sheet of commands is being printed.")
