"""`station demo --kind arduino` without the window, and the hand that feeds its line."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from station import demo_arduino
from station.demo import Demo
from station.demo_arduino import ArduinoDemo
from station.headless import Exit, Teller, work
from station.model import Attached, Attachment, Detached
from station.networks import FILE, Networks, WifiProfile
from station.record import questions
from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_faults import FAULTS, ArduinoTiming
from station.simulation.arduino_site import Site
from station.simulation.arduino_supply import ArduinoSupply
from station.simulation.feeding import Feeder
from station.simulation.sketches import told
from station.simulation.usb_line import ArduinoLine
from tests.station_program import events, station

QUICK = ArduinoTiming()


def supply(known: dict[str, str], *, seed: int = 1, clean: bool = True) -> ArduinoSupply:
    return ArduinoSupply(seed, clean, QUICK, Site(), known.__setitem__)


def test_a_demonstration_passes_and_its_record_is_whole(tmp_path: Path) -> None:
    words = ("demo", "--kind", "arduino", "--headless", "--json", "--units", "8", "--slots", "4")
    done = station(*words, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    said = events(done.stdout)
    assert (said[-1]["units"], said[-1]["passed"], said[-1]["failed"]) == (8, 8, 0)
    models = {each["identity"]["model"] for each in said if each["event"] == "identified"}
    assert models == {"UNO R4 WiFi", "Portenta H7"}
    assert {each["total"] for each in said if each["event"] == "advanced"} == {40_000}
    with questions.reading(tmp_path / "record.db") as db:
        assert questions.verify(db) == []
        assert [row["outcome"] for row in questions.rows(db)] == ["pass"] * 8


def test_the_demonstration_is_that_of_nrf91_unless_told(tmp_path: Path) -> None:
    done = station("demo", "--headless", "--json", "--units", "1", "--slots", "1", folder=tmp_path)
    assert done.returncode == 0
    kinds = {each["kind"] for each in events(done.stdout) if each["event"] == "appeared"}
    assert kinds == {"nrf91"}


def test_a_kind_that_is_not_demonstrated_is_refused(tmp_path: Path) -> None:
    done = station("demo", "--kind", "toaster", "--headless", folder=tmp_path)
    assert done.returncode == 2
    assert "toaster" in done.stderr
    assert not (tmp_path / "record.db").exists()


async def demonstrated(demo: Demo) -> tuple[Exit, list[dict[str, object]]]:
    with (demo.folder / "said").open("w") as out:
        teller = Teller(out, True, demo.folder / "record.db", demo.units)
        status = await work(demo.serve, teller, demo.sign_in)
    return status, events((demo.folder / "said").read_text())


async def test_faulty_units_fail_with_what_is_wrong_with_them(tmp_path: Path) -> None:
    demo = ArduinoDemo(tmp_path, 4, 8, seed=1, hurried=True, clean=False)
    status, said = await demonstrated(demo)
    assert status is Exit.NOT_PASSED
    troubles = [
        each["trouble"]["code"]  # type: ignore[index] # JSON
        for each in said
        if each["event"] == "run_ended" and each["trouble"]
    ]
    assert troubles == ["KEY-MISMATCH"]
    assert said[-1]["passed"] == 7


async def test_networks_that_are_set_up_stay_and_no_secret_is_written(tmp_path: Path) -> None:
    def nothing(name: str) -> None:
        raise AssertionError(name)

    Networks(tmp_path, nothing).keep("office", WifiProfile(ssid="office-net"))  # type: ignore[arg-type] # not asked
    status, _ = await demonstrated(ArduinoDemo(tmp_path, 1, 1, 1, hurried=True, clean=True))
    assert status is Exit.PASSED
    kept = (tmp_path / FILE).read_text()
    assert "office-net" in kept
    assert "factory-net" in kept
    assert not [
        path
        for path in tmp_path.rglob("*")
        if path.is_file() and b"s3cretpass" in path.read_bytes()
    ]
    assert demo_arduino.NETWORK in Networks(tmp_path, nothing).profiles()  # type: ignore[arg-type] # not asked


async def test_the_same_seed_is_the_same_boards() -> None:
    def identities(seed: int) -> list[str]:
        return [supply({}, seed=seed).board(n).identity["uhwid"] for n in range(6)]

    assert len(set(identities(1))) == 6
    assert identities(1) == identities(1)
    assert not set(identities(1)) & set(identities(2))


async def test_a_blank_board_is_one_that_the_cloud_has_never_heard_of() -> None:
    known: dict[str, str] = {}
    boards = [supply(known).board(n) for n in range(64)]
    blank = [board for board in boards if told(board.flash) is None]
    assert {board.identity["product"] for board in blank} == {"UNO R4 WiFi", "Portenta H7"}
    assert len(blank) < 32
    assert {board.identity["uhwid"] for board in boards if board not in blank} == set(known)


async def test_one_unit_in_eight_has_a_fault_and_never_the_first() -> None:
    boards = [supply({}, clean=False).board(n) for n in range(64)]
    assert all(not board.faults for board in boards[::8])
    taught = Counter(fault for board in boards for fault in board.faults)
    assert len(taught) == 8
    assert set(taught.values()) == {1}
    assert set(taught) <= set(FAULTS)
    assert all(not board.faults for board in map(supply({}).board, range(16)))


class Hand:
    """What came and left, in order."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.more = asyncio.Event()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(30):
            while len(self.said) < count:
                self.more.clear()
                await self.more.wait()

    async def follow(self, changes: AsyncGenerator[Attached | Detached, None]) -> None:
        async for change in changes:
            what = "came" if isinstance(change, Attached) else "left"
            self.said.append((what, _where(change.attachment)))
            self.more.set()


def _where(attachment: Attachment) -> str:
    return attachment.ports[0].location


@asynccontextmanager
async def fed(
    slots: int, units: int | None
) -> AsyncGenerator[tuple[Feeder[SimulatedArduino], Hand], None]:
    line, hand = ArduinoLine(slots, in_memory=True), Hand()
    feeder = Feeder(line, supply({}), units, pause_s=0, dwell_s=0)
    following = asyncio.create_task(hand.follow(line.changes()))
    feeder.start()
    try:
        yield feeder, hand
    finally:
        await feeder.stop()
        await line.close()
        following.cancel()
        await asyncio.wait({following})


async def test_a_unit_leaves_after_its_verdict_and_the_next_one_comes() -> None:
    async with fed(slots=1, units=None) as (feeder, hand):
        for visits in range(1, 4):
            await hand.until(2 * visits - 1)
            assert hand.said[-1] == ("came", "usb-1")
            feeder.verdict("usb-1")
            await hand.until(2 * visits)
            assert hand.said[2 * visits - 1] == ("left", "usb-1")


async def test_no_more_units_come_than_there_are() -> None:
    async with fed(slots=2, units=3) as (feeder, hand):
        await hand.until(2)
        assert set(hand.said) == {("came", "usb-1"), ("came", "usb-2")}
        feeder.verdict("usb-1")
        await hand.until(4)
        assert hand.said[2:] == [("left", "usb-1"), ("came", "usb-1")]
        feeder.verdict("usb-1")
        feeder.verdict("usb-2")
        await hand.until(6)
        assert set(hand.said[4:]) == {("left", "usb-1"), ("left", "usb-2")}
        async with asyncio.timeout(30):
            await feeder.done.wait()
