"""The scanners in station.toml, and what the window and the line are given of them."""

from __future__ import annotations

import asyncio
import os
import tty
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from station import cli_line, cli_window, settings
from station.desk import Commands, Post
from station.faults import SettingsWrong
from station.line import Setup
from station.links.left_alone import Look
from station.links.watch import UsbWiring
from station.model import EndKey, Event, Lamp, LampTurned, Layout, Reading, Scanned, Wedge

WHOLE = """\
[scanner]
port = "/dev/serial/by-id/usb-scanner"
baud = 115200
encoding = "latin-1"
gap_ms = 35
least = 6
prefix = "~"
ends = ["tab"]
keyboard = "us"
badge = 'E(?P<id>\\d{5})'
order = '45\\d{8}'
"""


def told(folder: Path, text: str) -> settings.Settings:
    (folder / settings.FILE).write_text(text, "utf-8")
    return settings.load(folder)


def test_without_a_table_scanners_type_and_speak_as_usual(tmp_path: Path) -> None:
    found = told(tmp_path, "").scanner
    assert (found.port, found.wedge(), found.reading()) == ("", Wedge(), Reading())


def test_all_of_it_is_read(tmp_path: Path) -> None:
    found = told(tmp_path, WHOLE).scanner
    assert (found.port, found.baud) == ("/dev/serial/by-id/usb-scanner", 115_200)
    assert found.encoding == "latin-1"
    assert found.wedge() == Wedge(35, 6, "~", (EndKey.TAB,), Layout.US)
    assert found.reading() == Reading(r"E(?P<id>\d{5})", r"45\d{8}")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("gap_ms = 5", r"station.toml:2: scanner.gap_ms: .*10"),
        ("least = 1", r"station.toml:2: scanner.least: .*2"),
        ("ends = []", r"station.toml:2: scanner.ends: .*1 item"),
        ('ends = ["space"]', r"station.toml:2: scanner.ends.0: .*'tab'"),
        ('keyboard = "de"', r"station.toml:2: scanner.keyboard: .*'us'"),
        ("badge = '('", r"station.toml:2: scanner.badge: .*regular expression"),
        ("speed = 1", r"station.toml:2: scanner.speed: no such key"),
    ],
)
def test_each_mistake_is_named(tmp_path: Path, line: str, expected: str) -> None:
    with pytest.raises(SettingsWrong, match=expected):
        told(tmp_path, f"[scanner]\n{line}\n")


def test_the_window_is_told_how_the_scanner_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("station.logs.begin", lambda _: None)
    told(tmp_path, WHOLE)
    desk = cli_window.desk_of(tmp_path)
    assert desk.wedge == Wedge(35, 6, "~", (EndKey.TAB,), Layout.US)
    assert desk.reading == Reading(r"E(?P<id>\d{5})", r"45\d{8}")


@dataclass
class Idle:
    """A line that does nothing until it is ended."""

    ended: list[bool] = field(default_factory=list)
    setup: Setup | None = None

    async def serve(self, _post: Post, _give: Callable[[Commands], None]) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.ended.append(True)


async def test_a_real_line_hears_its_serial_scanner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    monkeypatch.setattr("station.logs.begin", lambda _: None)
    told(tmp_path, f'[scanner]\nport = "{os.ttyname(slave)}"\n')
    os.close(slave)
    line, events = Idle(), asyncio.Queue[Event]()
    monkeypatch.setattr(cli_window, "line_of", lambda *_: line)
    desk = cli_window.desk_of(tmp_path)
    serving = asyncio.ensure_future(desk.serve(events.put_nowait, lambda _: None))
    async with asyncio.timeout(20):
        assert await events.get() == LampTurned("scanner", Lamp.GOOD)
        os.write(master, b"SN-1\r\nSN-2\r\n")
        assert [await events.get(), await events.get()] == [Scanned("SN-1"), Scanned("SN-2")]
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    os.close(master)
    assert line.ended == [True]


def test_the_scanner_s_port_is_left_alone_by_detection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[str] = []

    def leaving_alone(look: Look, path: str) -> Look:
        left.append(path)
        return look

    monkeypatch.setattr("station.links.left_alone.leaving_alone", leaving_alone)
    line = cli_line.line_of(tmp_path, told(tmp_path, '[scanner]\nport = "COM9"\n'))
    assert isinstance(line.wiring, UsbWiring)
    assert left == ["COM9"]
