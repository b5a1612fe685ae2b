"""SIGKILL while a board is flashed anew: whatever the moment, the next try finds it out and mends it."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from station.record import questions
from station.simulation.esp32 import SimulatedEsp32
from station.simulation.esp_image import APP_AT, esp_image
from station.simulation.mcuboot import mcuboot_image
from station.simulation.sockets import Runs
from station.simulation.zephyr_board import SimulatedZephyr
from tests.crash.killing import KILLED, Driver, begun
from tests.flash.esp_seated import PEERS
from tests.provision_hall import board_table
from tests.reflash_hall import RECIPE

if sys.platform == "win32":
    pytest.skip("Windows has neither fork nor pseudo-terminals", allow_module_level=True)

from station.simulation.pty_end import PtyEnd

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

APP = esp_image("2.0.0", os.urandom(60_000))
SIGNED = mcuboot_image(bytes(range(256)) * 40, (2, 5, 1))
CONSOLE = board_table("esp32").split("[[board.write]]")[0].removeprefix("[board]")
IMPATIENT = CONSOLE.replace('kind = "scripted"', 'kind = "scripted"\nwake_within_s = 1')
SHELL = 'kind = "zephyr_shell"\nkeys = { token = "token" }'
BOUNDARIES = [("before-flash", 1), ("in-flash", 4), ("after-flash", 1)]


@pytest.fixture
async def driver() -> AsyncIterator[Driver]:
    async with begun() as opened:
        yield opened


@pytest.mark.peer
@pytest.mark.skipif(not (PEERS / "esptool").exists(), reason=f"there is no esptool in {PEERS}")
@pytest.mark.parametrize(("mode", "at"), BOUNDARIES)
async def test_an_esp32_is_whole_in_the_end(
    mode: str, at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{PEERS}{os.pathsep}{os.environ['PATH']}")
    tool = f'tool = "esptool"\narguments = ["--chip", "esp32"]\nat = {APP_AT:#x}\n'
    write_recipe(tmp_path, IMPATIENT, f'{tool}version = "2.0.0"', APP)
    board = SimulatedEsp32(1, block_s=0.02)
    async with begun() as driver:
        await kill_and_go_on(driver, "scripted", board, tmp_path, mode, at)
    assert board.version == "2.0.0"
    assert board.rom.flash[APP_AT : APP_AT + len(APP)] == APP


@pytest.mark.parametrize(("mode", "at"), BOUNDARIES)
async def test_a_zephyr_board_runs_it_in_the_end(
    driver: Driver, mode: str, at: int, tmp_path: Path
) -> None:
    pytest.importorskip("smpclient", reason="the extra smp is not installed")
    write_recipe(tmp_path, SHELL, 'tool = "smp"', SIGNED)
    board = SimulatedZephyr(1, piece_s=0.005)
    await kill_and_go_on(driver, "zephyr_shell", board, tmp_path, mode, at)
    assert board.server.slots.running.content == SIGNED
    assert board.server.slots.is_confirmed


def write_recipe(folder: Path, board: str, options: str, image: bytes) -> None:
    (folder / "image.bin").write_bytes(image)
    pin = f'file = "image.bin"\nsha256 = "{hashlib.sha256(image).hexdigest()}"\n'
    (folder / "recipe.toml").write_text(
        RECIPE.format(board=board, options=pin + options, limits="")
    )


async def kill_and_go_on(
    driver: Driver, kind: str, board: Runs, folder: Path, mode: str, at: int
) -> None:
    """Have the station killed in its work on `board`, and begin anew; see that it says so."""
    end = PtyEnd()
    life = asyncio.create_task(board.run(end))
    try:
        ended = await driver.kill_and_go_on(kind, {}, end.path, folder, mode, at)
    finally:
        end.unplug()
        await life
    assert ended["crashed"]["status"] == KILLED
    assert ended["again"] == {"status": 0, "said": ["PASS"]}, ended
    with questions.reading(folder / "record.db") as db:
        assert questions.verify(db) == []
    told = Database(folder / "record.db")
    try:
        rows = [tuple(row) for row in told.execute("select ended from intents order by id")]
        assert all(ended for (ended,) in rows)
        noted = {what for (what,) in told.execute("select what from trail where run = 2")}
        assert {"a flash was broken off", "verified"} <= noted
    finally:
        told.close()
