"""From `station people name` to a shift: badge and PIN through the desk that the window is given."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from station import cli_window
from station.desk import Commands
from station.faults import BadgeUnknown, PinMissing
from station.links.several import Several
from station.model import Credentials, Event, Refused, Role, ShiftBegan
from tests.conftest import Call

PIN, BADGE = "471108154712", "BADGE-100200300400"


@pytest.fixture
def folder(call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A station with an engineer who has a badge and a PIN, and nothing plugged in."""
    folder = tmp_path / "line"
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{BADGE}\n{PIN}\n"))
    assert call("people", "name", "Eva", "--role", "engineer", "--badge", "--pin")[0] == 0
    monkeypatch.setattr("station.links.watch.UsbWiring", lambda **_: Several())
    return folder


async def asked(
    folder: Path, *given: Callable[[Commands], Coroutine[Any, Any, None]]
) -> list[Event]:
    """Serve the window's desk, give it these commands, and return what it said."""
    said: list[Event] = []
    ready: asyncio.Queue[Commands] = asyncio.Queue()
    serving = asyncio.ensure_future(cli_window.desk_of(folder).serve(said.append, ready.put_nowait))
    async with asyncio.timeout(30):
        commands = await ready.get()
        for give in given:
            await give(commands)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    return said


async def test_the_badge_that_was_named_begins_a_shift(folder: Path) -> None:
    # the window takes of a badge what its pattern keeps
    eva = Credentials(badge=SecretStr(BADGE.removeprefix("BADGE-")))
    said = await asked(folder, lambda commands: commands.sign_in(eva, None, None))
    (began,) = [event for event in said if isinstance(event, ShiftBegan)]
    assert (began.operator, began.role, began.known) == ("Eva", Role.ENGINEER, True)


async def test_the_settings_say_whether_a_badge_is_enough(folder: Path) -> None:
    (folder / "station.toml").write_text("[people]\nbadge_alone = false\n")
    badge = SecretStr(BADGE.removeprefix("BADGE-"))
    alone, both = Credentials(badge=badge), Credentials(badge=badge, pin=SecretStr(PIN))
    stranger = Credentials(badge=SecretStr("739173917395"), pin=SecretStr(PIN))
    said = await asked(
        folder,
        lambda commands: commands.sign_in(alone, None, None),
        lambda commands: commands.sign_in(stranger, None, None),
        lambda commands: commands.sign_in(both, None, None),
    )
    refused = [event.trouble.code for event in said if isinstance(event, Refused)]
    assert refused == [PinMissing.code, BadgeUnknown.code]
    assert [event.operator for event in said if isinstance(event, ShiftBegan)] == ["Eva"]


def test_the_window_is_told_who_was_named(folder: Path) -> None:
    assert [(each.name, each.role) for each in cli_window.desk_of(folder).people()] == [
        ("Eva", Role.ENGINEER)
    ]
