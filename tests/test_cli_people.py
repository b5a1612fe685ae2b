"""`station people`: who is let in. PINs and badges are asked for, never arguments, never shown."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from pydantic import SecretStr

from station.faults import BadgeUnknown, PinWrong, RecordInUse
from station.gate import Gate
from station.model import Credentials, Person, Role
from station.record import Record
from tests.conftest import Call

# long enough not to stand in a digest by chance
PIN, BADGE = "471108154712", "BADGE-100200300400"

Say = Callable[..., None]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Say:
    """Return a function that gives the next command these lines of input."""

    def said(*lines: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return said


def admitted(folder: Path, who: Credentials, *, badge_alone: bool = True) -> Person:
    record = Record(folder / "line" / "record.db")
    try:
        return asyncio.run(Gate(record, badge_alone=badge_alone).admit(who))
    finally:
        record.close()


def shown(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_an_engineer_is_named_and_let_in(call: Call, say: Say, tmp_path: Path) -> None:
    say(BADGE, PIN)
    status, out, err = call("people", "name", "Eva", "--role", "engineer", "--badge", "--pin")
    assert (status, out) == (0, "name=Eva  role=engineer  shows=badge and pin\n")
    assert "nobody is let in who was not named" in err
    eva = Person("Eva", Role.ENGINEER)
    # the window hears of a badge what its pattern keeps
    assert admitted(tmp_path, Credentials(badge=SecretStr("100200300400"))) == eva
    assert admitted(tmp_path, Credentials("eva", SecretStr(PIN))) == eva


def test_the_list_says_who_can_show_what(call: Call, say: Say) -> None:
    say("B-100200", PIN)
    call("people", "name", "Eva", "--role", "engineer", "--badge", "--pin")
    say("2580")
    _, _, err = call(
        "people", "name", "Li Wei", "--role", "operator", "--pin", "--language", "zh_CN"
    )
    assert "from now on" not in err.lower(), "that is said once"
    status, out, _ = call("people", "list", "--json")
    assert status == 0
    assert shown(out) == [
        {"name": "Eva", "role": "engineer", "language": "", "badge": True, "pin": True},
        {"name": "Li Wei", "role": "operator", "language": "zh_CN", "badge": False, "pin": True},
    ]


def test_with_nobody_named_the_list_says_what_that_means(call: Call) -> None:
    status, out, err = call("people", "list")
    assert (status, out) == (0, "")
    assert "everybody may do everything" in err
    assert call("people", "list", "--json") == (0, "", "")


def test_the_list_is_shown_while_the_station_runs(call: Call, say: Say, tmp_path: Path) -> None:
    say(PIN)
    call("people", "name", "Eva", "--role", "engineer", "--pin")
    record = Record(tmp_path / "line" / "record.db")
    try:
        assert "Eva" in call("people", "list")[1]
        status, _, err = call("people", "end", "Eva")
    finally:
        record.close()
    assert status == 3
    assert RecordInUse.code in err


def test_a_lost_badge_is_taken_away_and_a_pin_given(call: Call, say: Say, tmp_path: Path) -> None:
    say("B-100200")
    call("people", "name", "Eva", "--role", "engineer", "--badge")
    say("2580")
    status, out, _ = call("people", "change", "EVA", "--no-badge", "--pin", "--language", "de")
    assert (status, out) == (0, "name=Eva  role=engineer  language=de  shows=pin\n")
    with pytest.raises(BadgeUnknown):
        admitted(tmp_path, Credentials(badge=SecretStr("B-100200")))
    assert admitted(tmp_path, Credentials("Eva", SecretStr("2580"))).language == "de"


def test_who_has_left_is_let_in_no_more(call: Call, say: Say, tmp_path: Path) -> None:
    say(PIN)
    call("people", "name", "Eva", "--role", "engineer", "--pin")
    say("2580")
    call("people", "name", "Otto", "--role", "operator", "--pin")
    assert call("people", "end", "otto") == (0, "Otto is let in no more.\n", "")
    with pytest.raises(PinWrong):
        admitted(tmp_path, Credentials("Otto", SecretStr("2580")))
    status, _, err = call("people", "end", "Eva")
    assert status == 2
    assert "LAST-ENGINEER" in err


@pytest.mark.parametrize(
    ("arguments", "lines", "status", "why"),
    [
        (("Otto", "--role", "operator", "--pin"), ("2580",), 2, "ENGINEER-FIRST"),
        (("Eva", "--role", "engineer"), (), 2, "--badge, --pin or both"),
        (("Eva", "--role", "boss", "--pin"), (), 2, "boss"),
        (("Eva", "--role", "engineer", "--pin"), (), 2, "nothing was given"),
        (("Eva", "--role", "engineer", "--pin"), ("1234",), 2, "PIN-UNFIT"),
        (("Eva", "--role", "engineer", "--pin", "--language", "Deutsch"), (PIN,), 2, "Deutsch"),
        (("Eva", "--role", "engineer", "--badge"), ("abc",), 2, "BADGE-UNFIT"),
        (("Eva", "--role", "engineer", "--badge"), ("WO-1001",), 2, "BADGE-UNFIT"),
        (("  ", "--role", "engineer", "--pin"), (PIN,), 3, "NAME-MISSING"),
    ],
)
def test_what_cant_be_is_refused_with_its_reason(
    call: Call, say: Say, arguments: tuple[str, ...], lines: tuple[str, ...], status: int, why: str
) -> None:
    say(*lines)
    ended, out, err = call("people", "name", *arguments)
    assert (ended, out) == (status, "")
    assert why in err
    assert call("people", "list", "--json")[1] == ""


def test_a_station_where_badges_are_not_enough_takes_a_pin_too(
    call: Call, say: Say, tmp_path: Path
) -> None:
    folder = tmp_path / "line"
    folder.mkdir()
    (folder / "station.toml").write_text("[people]\nbadge_alone = false\n")
    status, _, err = call("people", "name", "Eva", "--role", "engineer", "--badge")
    assert status == 2
    assert "add --pin" in err
    say(BADGE, PIN)
    assert call("people", "name", "Eva", "--role", "engineer", "--badge", "--pin")[0] == 0
    who = Credentials(badge=SecretStr("100200300400"), pin=SecretStr(PIN))
    assert admitted(tmp_path, who, badge_alone=False).name == "Eva"


def test_a_change_says_what_changes(call: Call) -> None:
    status, _, err = call("people", "change", "Eva")
    assert status == 2
    assert "what is to change" in err


def test_on_a_terminal_nothing_is_echoed_and_a_pin_is_typed_twice(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, bool, bool]] = []

    def prompt(text: str, *, hide_input: bool, confirmation_prompt: bool) -> str:
        asked.append((text.split(maxsplit=1)[0], hide_input, confirmation_prompt))
        return BADGE if "badge" in text else PIN

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(typer, "prompt", prompt)
    monkeypatch.setattr(sys, "stdin", Terminal())
    assert call("people", "name", "Eva", "--role", "engineer", "--badge", "--pin")[0] == 0
    assert asked == [("Scan", True, False), ("PIN,", True, True)]


def test_neither_pin_nor_badge_is_in_anything_that_stays(
    call: Call, say: Say, tmp_path: Path
) -> None:
    said = []
    for verb in (
        ("name", "Eva", "--role", "engineer", "--badge", "--pin"),
        ("name", "Eva", "--role", "operator", "--badge", "--pin"),
        ("change", "Eva", "--pin"),
        ("list",),
        ("list", "--json"),
    ):
        say(*((BADGE, PIN) if "--badge" in verb else (PIN,)))
        said.append("".join(map(str, call("people", *verb)[1:])))
    said += [path.read_bytes().decode("latin-1") for path in (tmp_path / "line").iterdir()]
    for secret in (BADGE, "100200300400", PIN):
        assert not any(secret in text for text in said), secret
