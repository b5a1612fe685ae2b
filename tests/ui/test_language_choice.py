"""A language is chosen by its own name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import pseudo
from tests.ui.conftest import Speak
from tests.ui.pictures import ANSWERS
from ui import labels, languages, theme
from ui.language_choice import LanguageChoice
from ui.sign_in import SignIn

pytestmark = pytest.mark.usefixtures("garbage")  # they ask on threads of their own

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def english_afterwards(speaking: Speak, light: None) -> None:
    """Whatever language a test chooses, the next one begins in English."""


@pytest.fixture
def choice(qtbot: QtBot) -> LanguageChoice:
    made = LanguageChoice()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def buttons(choice: LanguageChoice) -> dict[str, QPushButton]:
    return {each.text(): each for each in choice.findChildren(QPushButton)}


def marked(choice: LanguageChoice) -> list[str]:
    return [name for name, button in buttons(choice).items() if button.isChecked()]


def test_each_language_is_a_button_for_a_finger(choice: LanguageChoice) -> None:
    found = buttons(choice)
    assert list(found) == ["English", "简体中文", "Español", "Deutsch"]
    for name, button in found.items():
        assert button.accessibleName() == name
        assert button.height() >= theme.TOUCH
        assert button.isEnabled()
    assert choice.accessibleName() == labels.language()


def test_a_touch_and_a_key_choose(choice: LanguageChoice) -> None:
    codes: list[str] = []
    choice.chosen.connect(codes.append)
    QTest.mouseClick(buttons(choice)["简体中文"], LEFT)
    QTest.keyClick(buttons(choice)["Deutsch"], Qt.Key.Key_Space)
    assert codes == ["zh_CN", "de"]


def test_the_language_that_is_spoken_is_marked(qtbot: QtBot, choice: LanguageChoice) -> None:
    assert marked(choice) == ["English"]
    languages.use("es")
    qtbot.waitUntil(lambda: marked(choice) == ["Español"])
    assert choice.accessibleName() == labels.language() == "Idioma"


def test_one_without_letters_says_so(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "can_be_written", lambda each: each is not languages.CHINESE)
    choice = LanguageChoice()
    qtbot.addWidget(choice)
    found = buttons(choice)
    missing = [name for name, button in found.items() if not button.isEnabled()]
    assert missing == [labels.no_chinese()]
    assert found[missing[0]].accessibleName() == labels.no_chinese()
    assert found[missing[0]].toolTip() == labels.no_letters()
    assert found[missing[0]].accessibleDescription() == labels.no_letters()


@pytest.mark.parametrize("title", ANSWERS)
@pytest.mark.parametrize("language", languages.LANGUAGES[1:], ids=lambda each: each.code)
def test_a_sign_in_speaks_what_is_chosen_there_and_has_room_for_it(
    qtbot: QtBot, title: str, language: languages.Language
) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    dialog = SignIn(over, lambda: ANSWERS[title])
    dialog.open()
    qtbot.waitUntil(lambda: dialog.recipes.count() > 0)
    english = set(pseudo.given(dialog))
    QTest.mouseClick(buttons(dialog.findChildren(LanguageChoice)[0])[language.name], LEFT)
    qtbot.waitUntil(lambda: dialog.windowTitle() == labels.sign_in_title())
    QApplication.processEvents()
    assert dialog.windowTitle() not in english
    assert pseudo.cut_off(dialog) == set()
    assert pseudo.painted(dialog).cut == []
    dialog.close()
