"""Languages take each other's place at run time, and what stands follows."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from station.faults import BoardSilent
from station.model import RepairCode
from station.rework_codes import REASONS
from tests.ui.conftest import Speak
from ui import brought_words, figures, languages, step_words, words
from ui.languages import CHINESE, ENGLISH


@pytest.fixture(autouse=True)
def english_afterwards(speaking: Speak) -> None:
    """Whatever language a test chooses, the next one begins in English."""


class Exclaiming(QTranslator):
    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, _about: str | None = None, _n: int = -1) -> str:
        return f"{source}!" if context == "Words" else ""


class Named(QWidget):
    """Says how often it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.said = 0
        languages.follow(self, self._say)

    def _say(self) -> None:
        self.said += 1


def test_a_widget_says_its_captions_at_once_and_after_each_change(
    qtbot: QtBot, qapp: QApplication
) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    inner = Named()
    inner.setParent(over)
    assert inner.said == 1
    gc.collect()
    translator = Exclaiming()
    qapp.installTranslator(translator)
    qtbot.waitUntil(lambda: inner.said == 2)
    qapp.removeTranslator(translator)
    qtbot.waitUntil(lambda: inner.said == 3)


def test_following_keeps_nobody_alive(qapp: QApplication) -> None:
    there = weakref.ref(Named())
    gc.collect()
    assert there() is None


@pytest.mark.parametrize("language", languages.LANGUAGES, ids=lambda each: each.code)
def test_each_language_is_used_and_writes_its_numbers(
    qapp: QApplication, language: languages.Language
) -> None:
    assert languages.use(language.code) is language
    assert languages.in_use() is language
    assert QLocale().language() is QLocale(language.code).language()
    comma = language.code in {"es", "de"}
    assert figures.number(3.5, 1) == ("3,5" if comma else "3.5")


def test_what_nobody_knows_is_the_systems(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    for prefers, code in ((["fr-FR", "de-AT"], "de"), (["zh-Hans-CN"], "zh_CN"), (["C"], "en")):
        monkeypatch.setattr(QLocale, "uiLanguages", lambda _self, told=prefers: told)
        assert languages.of_system().code == code
        assert languages.use("").code == code
        assert languages.use("tlh").code == code


def test_qts_own_dialogs_are_translated_too(qapp: QApplication) -> None:
    languages.use("de")
    assert qapp.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    languages.use("zh_CN")
    assert qapp.translate("QPlatformTheme", "Cancel") == "取消"
    languages.use("en")
    assert qapp.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_without_letters_for_it_a_language_is_not_used(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: [])
    assert not languages.can_be_written(CHINESE)
    assert languages.use("zh_CN") is ENGLISH
    assert languages.can_be_written(ENGLISH)


def test_chinese_is_written_in_chinese_forms_and_english_as_before(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = qapp.font()
    there = ["WenQuanYi Micro Hei", "Noto Sans CJK JP", "Noto Sans CJK SC"]
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: there)
    languages.use("zh_CN")
    assert qapp.font().families() == [*before.families(), "Noto Sans CJK SC"]
    languages.use("en")
    assert qapp.font().families() == before.families()


@pytest.mark.parametrize(
    ("chosen", "person", "station", "code"),
    [
        ("de", "zh_CN", "en", "de"),
        ("", "zh_CN", "en", "zh_CN"),
        ("", "", "es", "es"),
        ("", "tlh", "es", "es"),
        ("", "", "", ""),
    ],
)
def test_who_signs_in_brings_the_language(
    chosen: str, person: str, station: str, code: str
) -> None:
    assert languages.chosen_at_sign_in(chosen, person, station) == code


def test_moments_are_written_for_this_place(qapp: QApplication) -> None:
    languages.use("de")
    assert figures.day("2026-11-22T12:00:00") == "22.11.26"
    assert figures.moment("2026-11-22T12:00:00+00:00").startswith("22.11.26 ")
    assert figures.clock("2026-11-22T12:07:00").endswith(":07")
    assert (figures.moment(""), figures.day(""), figures.clock("")) == ("", "", "")


def test_long_numbers_are_grouped_and_codes_are_not(qapp: QApplication) -> None:
    languages.use("de")
    assert [figures.number(each) for each in (250, 9999, 120_000)] == ["250", "9999", "120.000"]
    assert figures.percent(0.667) == "67 %"


def test_a_label_that_stands_speaks_the_next_language(qtbot: QtBot) -> None:
    class Caption(QLabel):
        def __init__(self) -> None:
            super().__init__()
            languages.follow(self, self._say)

        def _say(self) -> None:
            self.setText(QApplication.translate("QPlatformTheme", "Cancel"))

    label = Caption()
    qtbot.addWidget(label)
    languages.use("es")
    qtbot.waitUntil(lambda: label.text() == "Cancelar")


def test_seconds_and_bytes_are_written_as_the_language_does(qapp: QApplication) -> None:
    assert words.seconds(3.44) == "3.4 s"
    languages.use("de")
    assert [words.seconds(3.44), words.seconds(12)] == ["3,4 s", "12 s"]
    assert (
        step_words.flashing(400_000, 1_600_000, 9)[0] == "Flasht: 25 % – 0,4 von 1,6 MB, noch 9 s"
    )
    languages.use("zh_CN")
    assert words.seconds(3.44) == "3.4 秒"


def test_what_the_record_keeps_in_english_is_read_in_the_language(qapp: QApplication) -> None:
    kept = f"{BoardSilent.says} Nothing within 5 s"
    assert brought_words.recorded(BoardSilent.code, kept) == kept
    languages.use("de")
    said = brought_words.recorded(BoardSilent.code, kept)
    assert said == "Die Platine antwortet nicht. Nothing within 5 s"
    assert brought_words.recorded("NO-SUCH", kept) == kept
    assert brought_words.recorded(BoardSilent.code, "said otherwise once") == "said otherwise once"


def test_our_own_lists_are_translated_and_the_factorys_are_not(qapp: QApplication) -> None:
    languages.use("es")
    ours, theirs = (RepairCode("R10", each) for each in (REASONS["R10"], "Kam zurück"))
    assert brought_words.listed(ours) == "Devuelta por un cliente"
    assert brought_words.listed(theirs) == "Kam zurück"
    assert brought_words.story("Reflash") == "Grabar de nuevo"
    assert brought_words.story("Our own story") == "Our own story"
