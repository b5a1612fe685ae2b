"""Texts that are not written in ui/ and are shown there: packaging/translations.py collects them.

What a factory or a recipe of its own says instead is known to no .ts, and stays as it is.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCoreApplication

from station.faults import every_fault
from station.model import RepairCode

translate = QCoreApplication.translate


def listed(code: RepairCode) -> str:
    """Return what a code of the bench's lists says: why a unit came back, what was found, done."""
    return translate("Lists", code.says) if code.says else ""


def recorded(code: str, told: str) -> str:
    """Return what the record told of a fault: its sentence translated, its detail as it is.

    The record keeps the sentence in English; one that an earlier version said otherwise stays so.
    """
    says = _sentences().get(code, "")
    if not says or not told.startswith(says):
        return told
    return translate("Faults", says) + told.removeprefix(says)


@cache
def _sentences() -> dict[str, str]:
    return {fault.code: fault.says for fault in every_fault()}


def story(title: str) -> str:
    """Return the title of a procedure."""
    return translate("Procedures", title) if title else ""
