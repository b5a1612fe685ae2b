"""Texts that are not written in ui/ and are shown there: packaging/translations.py collects them.

What a factory or a recipe of its own says instead is known to no .ts, and stays as it is.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from station.model import RepairCode

translate = QCoreApplication.translate


def listed(code: RepairCode) -> str:
    """Return what a code of the bench's lists says: why a unit came back, what was found, done."""
    return translate("Lists", code.says) if code.says else ""


def story(title: str) -> str:
    """Return the title of a procedure."""
    return translate("Procedures", title) if title else ""
