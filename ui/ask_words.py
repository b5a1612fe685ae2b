"""What is said of a question that a run asks: on its card, and in the bottom line."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from station.model import Asking, Question

translate = QCoreApplication.translate


def question(asked: Question) -> tuple[str, str]:
    """Return what a card asks for, and what is to be known before it is done."""
    match asked.asking:
        case Asking.MATCH:
            says = translate("Words", "Scan the label on this unit")
        case Asking.SCAN_BACK:
            says = translate("Words", "Stick the label on and scan it")
        case Asking.LABEL_THERE:
            says = translate("Words", "Did its label come out? Scan it")
        case _:
            assert_never(asked.asking)
    return says, _besides(asked)


def in_line(asked: Question, slot: str) -> str:
    """Return the bottom line: which slot's unit is meant, for nobody else may be scanned now."""
    match asked.asking:
        case Asking.MATCH | Asking.LABEL_THERE:
            says = translate("Words", "Scan the label of {slot}.")
        case Asking.SCAN_BACK:
            says = translate("Words", "Scan the new label of {slot}.")
        case _:
            assert_never(asked.asking)
    return " ".join(part for part in (says.format(slot=slot), _besides(asked)) if part)


def another_first(slot: str) -> str:
    """Return what stands on a card whose question waits for its turn."""
    return translate("Words", "First scan the label of {slot}.").format(slot=slot)


def _besides(asked: Question) -> str:
    parts = []
    if asked.mistakes:
        parts.append(translate("Words", "That could not be read as its label. Scan it again."))
    if asked.by_word and asked.asking is Asking.LABEL_THERE:
        parts.append(translate("Words", "There is none: scan NO, or press N."))
    elif asked.by_word:
        parts.append(translate("Words", "It can't be read: scan NO, or press N."))
    return " ".join(parts)
