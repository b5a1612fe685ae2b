"""The whole window on the real engine and record: a simulated unit comes back and goes out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station.desk import Commands, Desk, Post
from station.folder import RECIPES, RECORD, actions
from station.model import CaseEnd, Credentials, Outcome, Scanned
from station.simulation.line import SimulatedLine
from station.simulation.nrf91_faults import Timing
from station.simulation.nrf_cloud import SimulatedNrfCloud
from tests.ui.rework_fakes import CODES
from ui.bridge import EngineThread, EventBridge
from ui.garbage import GarbageCollector
from ui.rework_page import ReworkPage
from ui.window import Window

Key = Qt.Key

RECIPE = """\
recipe = 1
name = "Tracker"
procedure = "claim"

[board]
kind = "nrf91"

[cloud]
kind = "nrf_cloud"
provisioning_url = "{http}"

[rework.back]
title = "Take it back"
procedure = "take_back"
"""
QUICK = Timing(baud=1_000_000, latency_s=0.001, log_lines_a_second=1.0, boot_s=0.05)


async def serve(folder: Path, post: Post, give: Callable[[Commands], None]) -> None:
    """Run the engine on two slots, into each of which a board is plugged that stays."""
    from pydantic import SecretStr

    from station.line import Line, Setup

    cloud = SimulatedNrfCloud(latency_s=0.0)
    wiring = SimulatedLine(2, 2, clean=True, pause_s=0.0, dwell_s=600, timing=QUICK, in_memory=True)
    await cloud.start()
    try:
        (folder / RECIPES).mkdir()
        (folder / RECIPES / "tracker.toml").write_text(RECIPE.format(http=cloud.hello["http"]))
        key = SecretStr(cloud.hello["api_key"])
        line = Line(
            data_dir=folder,
            station="Bench",
            wiring=wiring,
            slots=wiring.slots,
            secret=lambda _name: key,
            setup=Setup(codes=CODES),
        )
        await line.serve(post, give)
    finally:
        await wiring.close()
        await cloud.close()


@pytest.fixture
def window(
    qtbot: QtBot, light: None, garbage: GarbageCollector, tmp_path: Path
) -> Iterator[Window]:
    """Open a window at the bench, with a board in each of its two slots."""
    desk = Desk(
        station="Bench",
        training=True,
        record=tmp_path / RECORD,
        offers=tuple,
        operators=tuple,
        serve=lambda post, give: serve(tmp_path, post, give),
        actions=lambda: actions(tmp_path),
        codes=CODES,
    )
    bridge = EventBridge()
    engine = EngineThread(desk.serve, bridge.post)
    window = Window(desk, engine)
    qtbot.addWidget(window)
    bridge.arrived.connect(window.take, Qt.ConnectionType.QueuedConnection)
    window.show()
    with qtbot.waitSignal(engine.ready, timeout=20_000):
        engine.start()
    with qtbot.waitSignal(window.signed_in):
        engine.order(lambda commands: commands.sign_in(Credentials("Li Wei"), None, None))
    yield window
    assert engine.stop(within_s=10)


def page_of(window: Window) -> ReworkPage:
    found = window.pages.beside_line
    assert isinstance(found, ReworkPage)
    return found


def test_a_unit_comes_back_and_is_shipped_again(qtbot: QtBot, window: Window) -> None:
    def until(true: Callable[[], bool]) -> None:
        qtbot.waitUntil(true, timeout=20_000)

    def press(*keys: Key | str) -> None:
        for key in keys:
            top = page.talk.ask or page.talk.form or page
            at = top.focusWidget()
            if isinstance(key, str):
                QTest.keyClicks(at, key)
            else:
                QTest.keyClick(at, key)

    def do(title: str) -> None:
        until(lambda: not page.page.is_running)
        lists = (page.side.doable, page.side.grave)
        (button,) = (b for each in lists for b in each.buttons if b.entry.title == title)
        button.setFocus()
        press(Key.Key_Return)
        if page.talk.ask is not None:
            press(Key.Key_Left, Key.Key_Return)
        until(lambda: page.page.is_ended)
        done = page.page.seat
        assert done is not None
        assert done.card.outcome is Outcome.PASS, done.card.trouble

    until(lambda: window.pages.beside_line is not None)
    page = page_of(window)
    until(lambda: len(page.chips.chips) == 2 and page.page.actions is not None)
    page.chips.chips[0].click()
    until(lambda: page.page.life is not None)
    unit = page.page.life
    assert unit is not None
    press(Key.Key_F4, "r1", Key.Key_Return, "f10", Key.Key_Return)
    until(lambda: page.page.case is not None)
    for title in ("Provision again", "Take it back", "Provision again"):
        do(title)
    until(lambda: page.page.life is not None and len(page.page.life.held) == 1)
    press(Key.Key_F4, "a2", Key.Key_Return, "a3", Key.Key_Return, Key.Key_Return)
    until(lambda: page.page.case is None)

    press(Key.Key_Escape)
    assert page.page.life is None
    window.take([Scanned(unit.serial)])
    until(lambda: page.page.life is not None)
    life = page.page.life
    assert life is not None
    assert life.unit == unit.unit
    assert life.cases[-1].end is CaseEnd.SHIPPED
    assert life.cases[-1].actions == ("A2", "A3")
    assert len(life.erasures) == 1, "what was taken off it is proven"
    assert [run.procedure for run in life.runs][1:] == ["claim", "take_back", "claim"]
