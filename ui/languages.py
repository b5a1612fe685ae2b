"""The languages of the window: which there are, and how one takes another's place at any moment.

How a widget follows, so that a window that stands speaks the new language at once:

* A sentence is fetched where it is painted: `words.x()`, `labels.x()`, each with a literal text in
  `translate("Words", "...")`. Nothing that was translated is kept: not in a constant of a module,
  not in frozen data. Data holds what the sentence is made from, and the sentence comes with the
  painting. Qt repaints every widget when the language changes, so most need nothing more.
* What is given to a widget once (`setText`, `setAccessibleName`, a title, a placeholder, a size
  that was measured) stands in a method of its own, and the constructor ends with
  `languages.follow(self, self._say)`: that calls it now, and again after each change.
* A page that compares new data with old ("nothing has changed, so nothing is done") forgets the
  old in `_say`, or tells what it shows anew.
* Values go into a sentence by name, `{count}`; a sentence is never put together from halves,
  because another language has another order. Numbers and dates come from `ui.figures`.
* Room: other languages are longer by two fifths. Labels wrap (`setWordWrap`), painted lines go
  through `lettering`, and tests/ui/test_pseudo.py finds what is cut off.

A code such as BOARD-SILENT, a serial number or the name of a recipe is the same in all languages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakMethod

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLibraryInfo,
    QLocale,
    QObject,
    QTranslator,
)
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

TRANSLATIONS = Path(__file__).parent / "translations"


@dataclass(frozen=True, slots=True)
class Language:
    """`name` is what its own speakers call it; `locale` how it writes numbers and dates."""

    code: str
    name: str
    locale: str


ENGLISH = Language("en", "English", "en_GB")
CHINESE = Language("zh_CN", "简体中文", "zh_CN")
LANGUAGES = (
    ENGLISH,
    CHINESE,
    Language("es", "Español", "es_ES"),
    Language("de", "Deutsch", "de_DE"),
)

CHINESE_TYPEFACES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
)
"""Those with the forms of mainland China, the best first: a Japanese one writes some signs its way."""


def known(code: str) -> Language | None:
    """Return the language with this code, None when there is none."""
    return next((each for each in LANGUAGES if each.code == code), None)


def of_system() -> Language:
    """Return the first of the languages that the system's user prefers and we have, else English."""
    for wanted in map(QLocale, QLocale.system().uiLanguages()):
        for language in LANGUAGES:
            if QLocale(language.code).language() is wanted.language():
                return language
    return ENGLISH


def chosen_at_sign_in(chosen: str, person: str, station: str = "") -> str:
    """Return the code of the language for a shift: what was chosen, else the person's, else the station's.

    Codes that are empty or unknown are passed over; empty is the system's.
    """
    return next((code for code in (chosen, person, station) if known(code)), "")


def can_be_written(language: Language) -> bool:
    """Say whether this computer has letters for `language`."""
    if language is not CHINESE:
        return True
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))


def in_use() -> Language:
    """Return the language that the window speaks now."""
    return _interpreter().language


def use(code: str) -> Language:
    """Let the window speak the language with this code; the system's when it is empty or unknown.

    Returns the language that it speaks now: English where the computer lacks the letters.
    """
    wanted = known(code) or of_system()
    _interpreter().speak(wanted if can_be_written(wanted) else ENGLISH)
    return in_use()


def follow(owner: QObject, say: Callable[[], None]) -> None:
    """Call `say`, a method of `owner`, now and after each change of the language."""
    _Follower(owner, say)
    say()


class _Follower(QObject):
    """Qt tells each child of a widget of the change, after the widget itself."""

    def __init__(self, owner: QObject, say: Callable[[], None]) -> None:
        super().__init__(owner)
        self._say = WeakMethod(say)  # else owner and follower would keep each other alive

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LanguageChange and (say := self._say()):
            say()
            return True
        return super().event(event)


class Interpreter(QObject):
    """Keeps the translators that the application has now: ours and that of Qt's own dialogs."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._typeface = app.font()
        self._translators: tuple[QTranslator, ...] = ()
        self.language = ENGLISH

    def speak(self, language: Language) -> None:
        QLocale.setDefault(_locale(language))
        if language is self.language:
            return
        self.language = language
        before, self._translators = self._translators, tuple(self._loaded(language))
        for translator in self._translators:
            self._app.installTranslator(translator)
        for translator in before:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._write_in(language)

    def _loaded(self, language: Language) -> list[QTranslator]:
        theirs = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        found = []
        for name, folder in (("qtbase", theirs), ("station", str(TRANSLATIONS))):
            translator = QTranslator(self)
            if translator.load(f"{name}_{language.code}", folder):
                found.append(translator)
        return found

    def _write_in(self, language: Language) -> None:
        typeface = QFont(self._typeface)
        if language is CHINESE:
            there = set(QFontDatabase.families())
            best = [name for name in CHINESE_TYPEFACES if name in there][:1]
            typeface.setFamilies([*self._typeface.families(), *best])
        if typeface != self._app.font():
            self._app.setFont(typeface)


def _interpreter() -> Interpreter:
    app = QCoreApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("a language needs an application with windows")
    return app.findChild(Interpreter) or Interpreter(app)


def _locale(language: Language) -> QLocale:
    """Return the system's own way with numbers and dates, where its language is the one spoken."""
    system, own = QLocale.system(), QLocale(language.locale)
    return system if system.language() is own.language() else own
