"""What is said of scanned codes, and what stands beside each on the sheet of command barcodes."""

from __future__ import annotations

import re
from typing import NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.scans import Act, Command, Unknown, Why, sheet, without_symbology

translate = QCoreApplication.translate

MOST_SHOWN = 40
MOST_NAMED = 20
"""Letters of a code that are shown for all to read: an IMEI, a MAC or a serial number fits."""
_NAME = re.compile(r"\w[\w:./#+-]*")

_ACTS = {
    Act.RETRY: QT_TRANSLATE_NOOP("Words", "Retry"),
    Act.STOP: QT_TRANSLATE_NOOP("Words", "Stop"),
    Act.PRINT_AGAIN: QT_TRANSLATE_NOOP("Words", "Print again"),
    Act.NEXT_ORDER: QT_TRANSLATE_NOOP("Words", "Next work order"),
    Act.YES: QT_TRANSLATE_NOOP("Words", "Yes"),
    Act.NO: QT_TRANSLATE_NOOP("Words", "No"),
    Act.SIGN_OUT: QT_TRANSLATE_NOOP("Words", "Sign out"),
    Act.SLOT: QT_TRANSLATE_NOOP("Words", "Slot {number}"),
}

_WHY = {
    Why.SHORT: QT_TRANSLATE_NOOP("Words", "{code}: too short for a code. Scan it again."),
    Why.COMMAND_BROKEN: QT_TRANSLATE_NOOP(
        "Words", "This command barcode is damaged. Print the sheet again."
    ),
    Why.OTHER_PRODUCT: QT_TRANSLATE_NOOP("Words", "{code}: not a label of this product."),
}


class SheetLine(NamedTuple):
    """One barcode of the sheet: `text` is what it holds, `says` what it does."""

    text: str
    says: str


def sheet_title() -> str:
    return translate("Words", "Commands")


def sheet_lines(slots: int) -> tuple[SheetLine, ...]:
    """Return what the sheet of a line with so many slots shows, in order."""
    return tuple(SheetLine(each.text, command(each)) for each in sheet(slots))


def command(meant: Command) -> str:
    """Say what a command barcode does."""
    return translate("Words", str(_ACTS[meant.act])).format(number=meant.slot)


def unknown(told: Unknown) -> str:
    """Say why a code means nothing, and what to do."""
    return translate("Words", str(_WHY[told.why])).format(code=named(told.text))


def badge() -> str:
    """Say that a badge was scanned; what it holds is shown nowhere."""
    return translate("Words", "Badge")


def not_now(text: str) -> str:
    """Say that a code is understood, and nobody has asked for it."""
    return translate("Words", "{code}: nothing to do with this code now.").format(code=shown(text))


def last_scan(code: str) -> str:
    """Say what was scanned last, where its icon can't be seen."""
    return translate("Words", "Last scan: {code}").format(code=code)


def named(text: str) -> str:
    """Return the word of a label that names its unit: what follows may be a secret to claim it."""
    bare = without_symbology(text)
    found = _NAME.search(bare)
    word = found.group()[:MOST_NAMED] if found else ""
    return word if word == bare else f"{word}…"


def shown(text: str) -> str:
    """Return a code as a line can show it: separators are seen, and a long one is cut."""
    plain = "".join(letter if letter.isprintable() else "·" for letter in text)
    return plain if len(plain) <= MOST_SHOWN else f"{plain[: MOST_SHOWN - 1]}…"
