"""Every sentence is in every language, with its placeholders, keys and commands."""

from __future__ import annotations

import ast
import re
import runpy
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

import ui
from station.faults import every_fault
from station.model import Outcome
from tests.ui.conftest import Speak
from ui import languages, words
from ui.card import Card

UI = Path(ui.__file__).parent
TOOL: dict[str, Any] = runpy.run_path(str(UI.parent / "packaging" / "translations.py"))
CODES: tuple[str, ...] = TOOL["CODES"]
Text = tuple[str, str]

ALL = pytest.mark.parametrize("code", CODES)
KEPT = re.compile(
    r"\{\w*\}"  # what is filled in
    r"|\bF\d+\b|\bEsc\b|\bEnter\b|\bCtrl\+\w\b"  # keys
    r"|(?:(?<=: )|(?<=\uff1a))station [a-z]+ [a-z]+|--[a-z-]+|\b\w+\.toml\b|(?<!\w)'[^']+'(?!\w)|\[cloud\]|sign_in"  # what an engineer types
    r"|\bSHA-256\b|\bNTP\b|\bUSB\b|\bBOOT\b|\bREADME\b"
)
ENDS = {".": (".", "。"), "?": ("?", "？"), "…": ("…",), ":": (":", "：")}  # noqa: RUF001


@cache
def translated(code: str) -> dict[Text, str]:
    found: dict[Text, str] = TOOL["messages"](code)
    return found


def test_all_languages_but_that_of_the_source_have_a_file() -> None:
    assert {each.code for each in languages.LANGUAGES} == {"en", *CODES}


@ALL
def test_no_sentence_of_the_code_is_missing(code: str, tmp_path: Path) -> None:
    TOOL["update"](tmp_path)
    said = set(TOOL["messages"](code, tmp_path))
    assert said - set(translated(code)) == set(), "run ./packaging/translate"
    assert set(translated(code)) - said == set(), "said no longer: run ./packaging/translate"


def literals() -> Iterator[Text]:
    """Yield what Python itself reads where Qt's tool must have found a sentence."""
    for path in UI.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or len(call.args) < 2:
                continue
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            about, text = call.args[:2]
            if name in {"translate", "QT_TRANSLATE_NOOP"} and isinstance(text, ast.Constant):
                assert isinstance(about, ast.Constant)
                yield str(about.value), str(text.value)


def test_qts_tool_finds_what_python_reads() -> None:
    found = set(literals())
    assert len(found) > 150
    assert found - set(translated("zh_CN")) == set()


@ALL
def test_every_fault_is_translated(code: str) -> None:
    faults = {text for fault in every_fault() for text in (fault.says, fault.remedy)}
    assert {text for text in faults if not translated(code).get(("Faults", text))} == set()


@ALL
def test_nothing_is_left_open(code: str) -> None:
    assert [text for text, said in translated(code).items() if not said] == []


@ALL
def test_placeholders_keys_and_commands_are_the_same(code: str) -> None:
    differ = [
        (text, said)
        for (_, text), said in translated(code).items()
        if said and Counter(KEPT.findall(text)) != Counter(KEPT.findall(said))
    ]
    assert differ == []


@ALL
def test_a_sentence_ends_as_it_did(code: str) -> None:
    differ = []
    for (_, text), said in translated(code).items():
        ends = ENDS.get(text[-1:])
        stops = tuple(mark for marks in ENDS.values() for mark in marks)
        if said and (not said.endswith(ends) if ends else said.endswith(stops)):
            differ.append((text, said))
    assert differ == []


@ALL
def test_spaces_are_those_of_the_source(code: str) -> None:
    """A key stands two spaces from its button's caption; nothing begins or ends with one."""
    for (_, text), said in translated(code).items():
        assert said == said.strip() or text == ", "
        assert ("  F" in text or "  Esc" in text) == ("  " in said), said


@ALL
def test_what_the_window_loads_is_what_was_translated(code: str, tmp_path: Path) -> None:
    TOOL["release"](to=tmp_path)
    name = f"station_{code}.qm"
    committed = (languages.TRANSLATIONS / name).read_bytes()
    assert committed == (tmp_path / name).read_bytes(), "run ./packaging/translate"


@ALL
def test_the_window_says_it(code: str, qapp: QApplication, speaking: Speak) -> None:
    speaking(code)
    said = translated(code)
    for about, text in (("Words", "PASS"), ("Faults", "The board does not answer.")):
        assert QCoreApplication.translate(about, text) == said[about, text] != text


@ALL
def test_verdicts_stay_short_and_differ(code: str, qapp: QApplication, speaking: Speak) -> None:
    speaking(code)
    told = [words.verdict(Card("1", outcome=outcome)) for outcome in Outcome]
    told.append(words.verdict(Card("1", outcome=Outcome.UNKNOWN, settled=True)))
    assert len(set(told)) == len(told)
    for word in told:
        assert len(word) <= (4 if code == "zh_CN" else 18)
        assert word == word.upper()


def glossary() -> list[tuple[str, str]]:
    """Return the first table of the words: those that must stand wherever the English one does."""
    told = (UI / "translations" / "README.md").read_text("utf-8")
    return re.findall(r"^\| ([a-z ]+) \| ([^a-z |]+) \|", told.split("## Also")[0], re.MULTILINE)


@pytest.mark.parametrize(("english", "chinese"), glossary())
def test_one_thing_has_one_name(english: str, chinese: str) -> None:
    word = re.compile(rf"(?<!['\w]){english}s?(?![\w'\]-])", re.IGNORECASE)
    texts = {
        text: said
        for (_, text), said in translated("zh_CN").items()
        if said and word.search(re.sub(r"'station [^']+'|station \w+ \w+$|\{\w+\}", "", text))
    }
    assert texts
    assert {text: said for text, said in texts.items() if chinese not in said} == {}
