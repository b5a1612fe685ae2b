"""A language that nobody speaks: every sentence accented, two fifths longer, and in brackets.

What is shown without its accents was never translated, and what has lost a bracket was cut off or
put together from halves.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import cycle, islice
from pathlib import Path

from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)

from station.faults import every_fault
from ui import lettering, step_words
from ui.card_grid import CardGrid
from ui.languages import LANGUAGES

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
HERE = Path(__file__).parent
TELLERS = (
    "stories", "lives", "records_fakes", "rework_fakes", "people_pictures", "rework_pictures",
    "records_pictures", "pictures",
)  # fmt: skip
"""Where the units, people and products of the pictures come from: their words are data."""
LONGER = 0.4
FEW = 4
"""Cards that have room for all that they say, from 1024 by 700 pixels on."""
ARROW = 12
FIELD_PAD = 14
"""Pixels beside the text of a field: its border and its padding, with a little air."""
LONG = 24
"""Letters of a word that may be broken over lines."""
KEPT = re.compile(
    r"(\{\w*\}|\bF\d+\b|\bEsc\b|\bEnter\b|\bCtrl\+\w\b|'[^' ]+ [^']+'|station recipe new)"
)
CJK = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
"""What may be broken anywhere."""
ADDRESS = re.compile(r"\b[0-9A-F]{2}(:[0-9A-F]{2})+\b")
LONG_WORD = re.compile(rf"\w{{{LONG},}}")
ASCII_WORD = re.compile(r"[^\W\d_]*[A-Za-z]{2}[^\W\d_]*")
TABLE = str.maketrans(PLAIN, ACCENTED)
FILLER = "öñé ţŵö ţĥŕéé ƒöûŕ "


@cache
def data() -> frozenset[str]:
    """Return the words of the stories, the codes of faults, and what engineers call things."""
    texts = ["LED GND kB MB IMEI UUID ICCID MAC USB", *(each.name for each in LANGUAGES)]
    texts += [fault.code for fault in every_fault()]
    for name in TELLERS:
        tree = ast.parse((HERE / f"{name}.py").read_text("utf-8"))
        docs = set(docstrings(tree))
        constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        texts += [text for text in constants if isinstance(text, str) and text not in docs]
    broken = (word for text in texts for word in LONG_WORD.findall(text))
    words = (word for text in texts for word in ASCII_WORD.findall(text))
    return frozenset((*words, *broken))


def docstrings(tree: ast.AST) -> Iterator[str | None]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node, clean=False)


def pseudo(text: str) -> str:
    """Return `text` as that language says it: placeholders, keys and commands stay."""
    parts = KEPT.split(text)
    told = "".join(part if n % 2 else part.translate(TABLE) for n, part in enumerate(parts))
    more = max(1, round(len(text) * LONGER))
    one_word = " " not in text.strip()
    filler = FILLER.replace(" ", "") if one_word else f" {FILLER}"
    return f"[{told}{''.join(islice(cycle(filler), more)).rstrip()}]"


class Pseudo(QTranslator):
    """Speaks for all of our contexts, known to a .ts or not; Qt's own are left alone."""

    OURS = frozenset({"Words", "Faults", "Gestures", "Lists", "Procedures"})

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, _about: str | None = None, _n: int = -1
    ) -> str | None:
        return pseudo(source) if context in self.OURS and source else None


def painted(widget: QWidget) -> lettering.Watch:
    """Paint `widget` with all that is in it, and return what was written."""
    lists = [widget, *widget.findChildren(QAbstractItemView)]
    known = [each.viewport() for each in lists if isinstance(each, QAbstractItemView)]
    with lettering.watching() as watch:
        widget.grab()
    known.clear()  # until here: a painter's device is told as the widget that it is only if it is held
    return watch


def given(widget: QWidget) -> list[str]:
    """Return the texts that Qt itself paints in `widget` and its children, and those read aloud."""
    texts: list[str] = []
    for each in [widget, *widget.findChildren(QWidget)]:
        if not each.isVisibleTo(widget):
            continue
        texts += [each.accessibleName(), each.accessibleDescription(), each.toolTip()]
        if isinstance(each, QLabel | QAbstractButton):
            texts.append(each.text())
        elif isinstance(each, QLineEdit):
            texts.append(each.placeholderText())
        elif isinstance(each, QComboBox):
            texts += _items(each)
    if widget.isWindow():
        texts.append(widget.windowTitle())
    return [text for text in texts if text]


def untranslated(texts: list[str], data: frozenset[str]) -> set[str]:
    """Return the texts with a word in plain letters that is none of `data`, nor a part of a long one."""
    long = tuple(word for word in data if len(word) >= LONG)
    return {
        text
        for text in texts
        for word in ASCII_WORD.findall(_bare(text))
        if word not in data and not any(word in whole for whole in long)
    }


def _bare(text: str) -> str:
    return ADDRESS.sub(" ", KEPT.sub(" ", text))


def small_print(widget: QWidget) -> Iterator[str]:
    """Yield what small cards may shorten: the bottom line says it in full, once one is selected."""
    grids = [grid for grid in widget.findChildren(CardGrid) if len(grid.cards) > FEW]
    for face in (card.face for grid in grids for card in grid.cards):
        yield from filter(None, (face.says, face.do))
        if face.card.gesture:
            yield f"{step_words.note(face.card.gesture)} {face.do}"


def steps() -> set[str]:
    """Return the titles of steps: a list of them may shorten what stands above it in full."""
    return {step_words.title(step) for step in step_words.TITLES}


def cut_off(widget: QWidget) -> set[str]:
    """Return the texts of `widget` and its children for which Qt's own controls have no room."""
    found: set[str] = set()
    for each in widget.findChildren(QWidget):
        if each.isVisibleTo(widget) and each.width():
            found.update(_cut_in(each))
    return found


def _cut_in(each: QWidget) -> Iterator[str]:
    match each:
        case QLabel() if each.text():
            wraps = each.wordWrap()
            tall = each.heightForWidth(each.width()) if wraps else each.sizeHint().height()
            wide = _longest_word(each) if wraps else each.sizeHint().width()
            if tall > each.height() + 1 or wide > each.width() + 1:
                yield each.text()
        case QAbstractButton() if each.sizeHint().width() > each.width() + 1:
            yield each.text()
        case QLineEdit() if each.placeholderText() and not each.text():
            room = each.contentsRect().width() - 2 * FIELD_PAD
            if each.fontMetrics().horizontalAdvance(each.placeholderText()) > room:
                yield each.placeholderText()
        case QComboBox():
            room = each.width() - 2 * FIELD_PAD - ARROW
            if each.fontMetrics().horizontalAdvance(each.currentText()) > room:
                yield each.currentText()
        case QTableView():
            yield from _narrow_heads(each)
        case _:
            pass


def _items(box: QComboBox) -> list[str]:
    return [box.itemText(n) for n in range(box.count())]


def _longest_word(label: QLabel) -> int:
    metrics = label.fontMetrics()
    words = (word for word in label.text().split() if word.isascii() or not CJK.search(word))
    return max((metrics.horizontalAdvance(word) for word in words), default=0)


def _narrow_heads(table: QTableView) -> Iterator[str]:
    head, model = table.horizontalHeader(), table.model()
    for n in range(model.columnCount()):
        if not head.isHidden() and head.sectionSizeHint(n) > head.sectionSize(n) + 1:
            yield str(model.headerData(n, Qt.Orientation.Horizontal))
