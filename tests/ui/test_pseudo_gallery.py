"""Every picture of the gallery in other languages: nothing is missed, nothing is cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QTableView, QWidget

from tests.ui import gallery, pseudo
from tests.ui.conftest import Speak
from ui import rework_words, words
from ui.languages import ENGLISH, LANGUAGES
from ui.lettering import Shortened
from ui.navigation import Entry

pytestmark = pytest.mark.usefixtures("garbage")  # they ask on threads of their own

WORD = re.compile(r"[^\W\d_]{2,}")
SIZES = ((1280, 800), (1024, 700))
ROUNDS = 12
"""How often what is laid out may ask to be laid out again: a bar came or went, a label has wrapped."""
TRIALS = re.compile(r"long|least")
"""Pictures of units that are called what no unit is called, or of less room than a window has."""
CODES = [each.code for each in LANGUAGES if each is not ENGLISH]
PAGES = [name for name in gallery.GALLERY if name != "look_pictures"]


class Looker:
    """Stands where a picture would be saved, and notes what is wrong with it.

    `hints`: what stands in an empty field, over a column or beside a mark has room too. (A language that is two
    fifths longer than English everywhere is longer there than those that there are.)
    """

    def __init__(self, *, hints: bool = False) -> None:
        self.hints = hints
        self.missed: dict[str, set[str]] = {}
        self.cut: dict[str, set[str]] = {}
        self.seen = 0

    def is_data(self, text: str) -> bool:
        """Say whether it is nobody's to translate, as far as can be seen."""
        return "[" not in text if not self.hints else pseudo.data().issuperset(WORD.findall(text))

    def save(self, widget: QWidget, path: Path) -> None:
        self.seen += 1
        size = widget.size()
        for wide, tall in SIZES[self.hints :] if not isinstance(widget, QDialog) else ((0, 0),):
            if wide:
                widget.resize(wide, tall)
            for _ in range(ROUNDS):
                QApplication.processEvents()
                if not pseudo.cut_off(widget):
                    break
            self._look(widget, f"{path.stem} {wide}")
        widget.resize(size)

    def _look(self, widget: QWidget, title: str) -> None:
        watch = pseudo.painted(widget)
        lines = (line.whole if isinstance(line, Shortened) else line for line in watch.lines)
        missed = pseudo.untranslated([*lines, *pseudo.given(widget)], pseudo.data())
        may_be = (*pseudo.small_print(widget), *pseudo.steps())
        cut = {text for text in (*watch.cut, *pseudo.cut_off(widget)) if not self.is_data(text)}
        cut = {text for text in cut if not any(part in text for part in may_be)}
        if not self.hints:
            cut -= set(hints(widget))
        if missed and not TRIALS.search(title):
            self.missed[title] = missed
        if cut and not TRIALS.search(title):
            self.cut[title] = cut


def hints(widget: QWidget) -> Iterator[str]:
    yield from (button.text() for button in widget.findChildren(Entry))
    yield from (words.nobody(), *(words.lamp(name) for name in ("cloud", "record")))
    yield from (rework_words.not_read(), *(words.slot(str(n)) for n in range(1, 17)))
    yield from (field.placeholderText() for field in widget.findChildren(QLineEdit))
    for table in widget.findChildren(QTableView):
        model = table.model()
        for n in range(model.columnCount()):
            yield str(model.headerData(n, Qt.Orientation.Horizontal))


@contextmanager
def sweeping() -> Iterator[None]:
    """Delete the windows that are made meanwhile: each that is left says all anew with each change."""
    before = set(QApplication.topLevelWidgets())
    yield
    for widget in QApplication.topLevelWidgets():
        if widget not in before:
            widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def look(
    light: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[str, Looker], None]:
    """Return what shows each picture of a file to a looker."""

    def look_at(name: str, looker: Looker) -> None:
        module = import_module(f"tests.ui.{name}")
        monkeypatch.setattr(module, "save", looker.save)
        with sweeping():
            module.draw(tmp_path, "")
        assert looker.seen > 3

    return look_at


Look = Callable[[str, Looker], None]


@pytest.mark.parametrize("name", PAGES)
def test_each_picture_speaks_it_whole(qapp: QApplication, look: Look, name: str) -> None:
    looker, translator = Looker(), pseudo.Pseudo()
    qapp.installTranslator(translator)
    try:
        look(name, looker)
    finally:
        qapp.removeTranslator(translator)
    assert looker.missed == {}
    assert looker.cut == {}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", PAGES)
def test_each_language_has_room(look: Look, speaking: Speak, name: str, code: str) -> None:
    speaking(code)
    looker = Looker(hints=True)
    look(name, looker)
    assert looker.cut == {}
