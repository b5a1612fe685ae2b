"""A language is chosen by its own name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Speak
from ui import labels, languages, theme
from ui.language_choice import LanguageChoice


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
    QTest.mouseClick(buttons(choice)["简体中文"], Qt.MouseButton.LeftButton)
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
    assert [name for name, button in found.items() if not button.isEnabled()] == ["简体中文"]
    assert found["简体中文"].toolTip() == labels.no_letters()
    assert found["简体中文"].accessibleDescription() == labels.no_letters()
