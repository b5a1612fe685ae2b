"""`station demo --kind thingsboard` without the window, its boards and its line."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from station.demo_thingsboard import _PASSWORD, SSID, ThingsBoardDemo
from station.desk import Commands
from station.faults import PortMissing
from station.headless import Exit, Teller, work
from station.links import LineSettings
from station.model import Attached, Change, Credentials, Detached, Event, Followed, RunEnded, Stage
from station.networks import FILE
from station.record import questions
from station.simulation.console_line import ConsoleLine
from station.simulation.console_supply import LESSONS, TAKEN, ConsoleSupply
from station.simulation.feeding import Feeder
from station.simulation.scripted import ConsoleTiming, SimulatedConsole
from tests.station_program import events, station

QUICK = ConsoleTiming()


def supply(*, seed: int = 1, clean: bool = True, take: list[str] | None = None) -> ConsoleSupply:
    return ConsoleSupply(seed, clean, QUICK, ([] if take is None else take).append)


def test_a_demonstration_passes_without_a_keystore_and_again_in_the_same_folder(
    tmp_path: Path,
) -> None:
    words = (
        "demo",
        "--kind",
        "thingsboard",
        "--headless",
        "--json",
        "--units",
        "4",
        "--slots",
        "2",
    )
    told = ""
    for visit in (1, 2):
        done = station(*words, folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        told += done.stdout
        said = events(done.stdout)
        assert (said[-1]["units"], said[-1]["passed"], said[-1]["failed"]) == (4, 4, 0)
        claims = [each["claim"] for each in said if each["event"] == "claimed"]
        assert {claim["already"] for claim in claims} == {False}
        with questions.reading(tmp_path / "record.db") as db:
            assert questions.verify(db) == []
            assert [row["outcome"] for row in questions.rows(db)] == ["pass"] * 4 * visit
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert SSID.encode() in (tmp_path / FILE).read_bytes()
    assert _PASSWORD.encode() not in written + told.encode()


async def test_a_faulty_unit_fails_with_what_is_wrong_with_it(tmp_path: Path) -> None:
    demo = ThingsBoardDemo(tmp_path, 4, 8, seed=1, hurried=True, clean=False)
    with (tmp_path / "said").open("w") as out:
        teller = Teller(out, True, tmp_path / "record.db", demo.units)
        assert await work(demo.serve, teller, demo.sign_in) is Exit.NOT_PASSED
    said = events((tmp_path / "said").read_text())
    ends = [each for each in said if each["event"] == "run_ended"]
    assert [each["trouble"]["code"] for each in ends if each["trouble"]] == ["DEVICE-EXISTS"]
    assert said[-1]["passed"] == 7


@pytest.mark.slow
async def test_a_unit_is_seen_active_while_it_can_be_watched(tmp_path: Path) -> None:
    demo = ThingsBoardDemo(tmp_path, 1, 1, seed=1, hurried=False, clean=True)
    said: list[Event] = []
    connected, begun = asyncio.Event(), asyncio.Event()
    commands: list[Commands] = []

    def post(event: Event) -> None:
        said.append(event)
        if isinstance(event, Followed) and event.stage is Stage.CONNECTED:
            connected.set()

    def give(given: Commands) -> None:
        commands.append(given)
        begun.set()

    serving = asyncio.create_task(demo.serve(post, give))
    try:
        async with asyncio.timeout(40):
            await begun.wait()
            operator, recipe, quantity = demo.sign_in
            await commands[0].sign_in(Credentials(operator), recipe, quantity)
            await connected.wait()
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    (ended,) = (each for each in said if isinstance(each, RunEnded))
    assert ended.trouble is None


def test_the_same_seed_is_the_same_boards() -> None:
    def identities(seed: int) -> list[str]:
        return [supply(seed=seed).board(n).identity["mac"] for n in range(6)]

    assert len(set(identities(1))) == 6
    assert identities(1) == identities(1)
    assert not set(identities(1)) & set(identities(2))


def test_one_unit_in_eight_teaches_something_and_never_the_first() -> None:
    taken: list[str] = []
    boards = [supply(clean=False, take=taken).board(n) for n in range(64)]
    taught = Counter(fault for board in boards for fault in board.faults)
    assert taught == dict.fromkeys(set(LESSONS) - {TAKEN}, 1)
    assert set(taught) <= set(SimulatedConsole.known_faults)
    assert len(taken) == 1
    assert taken[0] in {board.identity["serial"] for board in boards if not board.faults}
    firsts = boards[::8]
    assert not any(board.faults or board.identity["serial"] in taken for board in firsts)
    assert all(not supply(take=taken).board(n).faults for n in range(16))
    assert len(taken) == 1


class Watcher:
    """What comes and leaves on a line."""

    def __init__(self, line: ConsoleLine) -> None:
        self.said: list[Change] = []
        self._line = line
        self._more = asyncio.Event()
        self.task = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        async for change in self._line.changes():
            self.said.append(change)
            self._more.set()

    async def until(self, there: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not there():
                self._more.clear()
                await self._more.wait()

    async def end(self) -> None:
        self.task.cancel()
        await asyncio.wait({self.task})


@pytest.mark.parametrize("in_memory", [True, False])
async def test_a_line_of_adapters_shows_who_comes_and_leaves_by_itself(in_memory: bool) -> None:
    if sys.platform == "win32" and not in_memory:
        pytest.skip("Windows has no pseudo-terminals")
    line = ConsoleLine(2, in_memory=in_memory)
    watcher = Watcher(line)
    line.plug("usb-1", SimulatedConsole(1, faults=["unplug-at-write"]))
    await watcher.until(lambda: len(watcher.said) == 1)
    (port,) = watcher.said[0].attachment.ports
    assert (port.vid, port.pid, port.usb_serial, port.location) == (0x10C4, 0xEA60, "0001", "usb-1")
    link = await line.open(port, LineSettings(baud=115_200))
    await link.send(b"nvs_set token str -v t\r")
    await watcher.until(lambda: len(watcher.said) == 2)
    assert isinstance(watcher.said[1], Detached)
    await link.close()
    with pytest.raises(PortMissing):
        await line.open(port, LineSettings(baud=115_200))
    await line.pull("usb-1")
    line.plug("usb-2", SimulatedConsole(2))
    late = Watcher(line)
    await late.until(lambda: len(late.said) == 1)
    assert isinstance(late.said[0], Attached)
    await line.close()
    await line.close()
    await watcher.until(lambda: len(watcher.said) == 4)
    assert isinstance(watcher.said[3], Detached)
    await watcher.end()
    await late.end()


async def test_the_hand_feeds_consoles_as_it_feeds_other_boards() -> None:
    line = ConsoleLine(2, in_memory=True)
    feeder = Feeder(line, supply(), 3, pause_s=0, dwell_s=0)
    watcher = Watcher(line)
    feeder.start()
    await watcher.until(lambda: len(watcher.said) == 2)
    for where in ("usb-1", "usb-2"):
        feeder.verdict(where)
    await watcher.until(lambda: len(watcher.said) == 5)
    last = watcher.said[-1] if isinstance(watcher.said[-1], Attached) else watcher.said[-2]
    feeder.verdict(last.attachment.ports[0].location)
    async with asyncio.timeout(10):
        await feeder.done.wait()
    assert [type(each) for each in watcher.said].count(Attached) == 3
    await feeder.stop()
    await line.close()
    await watcher.end()
