"""pyOCD: which probe, how far, what is there, and what went wrong. The real one where there is one."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from pathlib import Path

import pytest

from station.faults import (
    BoardSilent,
    Fault,
    FlashLocked,
    FlashWorn,
    ImageWrong,
    ProbeMissing,
    RecipeWrong,
    ToolMissing,
)
from station.flash import Target
from station.flash.hex_file import pieces
from station.flash.program import Ran
from station.flash.pyocd import Bars, Pyocd, fault, probe
from station.model import Attachment, Flashing, Image, Port, Tool
from tests.flash.esp_seated import PEERS
from tests.flash.probes import Probes, plugged

posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell program")
APP, AT = bytes(range(256)) * 20, 0x1000
HEX = """\
:020000040000FA
:0410000001020304E2
:0410040005060708CE
:021100000A0BD8
:00000001FF
"""
J_LINK = Port("/dev/ttyACM0", 0x1366, 0x1059, "001050012345")
BARE = Port("/dev/ttyUSB0", 0x10C4, 0xEA60, "0001")


@pytest.fixture
def probes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Probes:
    return plugged(tmp_path, monkeypatch)


def target(*arguments: str, port: Port = BARE) -> Target:
    words = ("--target", "nrf52840", *arguments)
    return Target(Flashing(Tool.PYOCD, words), None, Attachment((port,)))


def image(folder: Path, content: bytes, name: str = "app.bin", at: int | None = AT) -> Image:
    path = folder / name
    path.write_bytes(content)
    return Image(path, hashlib.sha256(content).hexdigest(), at=at)


@posix
async def test_it_is_written_read_back_and_told_in_bytes(probes: Probes, tmp_path: Path) -> None:
    probes.plug("E661", "slow")
    probes.plug("E662")
    told: list[tuple[int, int]] = []
    app, here = image(tmp_path, APP), target("--uid", "E661")
    assert not await Pyocd().holds(here, app)
    await Pyocd().write(here, app, lambda done, total: told.append((done, total)))
    assert probes.flash("E661")[AT : AT + len(APP)] == APP
    assert set(probes.flash("E662")) == {0xFF}
    assert await Pyocd().holds(here, app)
    assert told == sorted(told)
    assert told[0] == (0, len(APP))
    assert told[-1] == (len(APP), len(APP))
    assert len({done for done, _ in told}) > 10


@posix
async def test_a_hex_file_has_its_places_within(probes: Probes, tmp_path: Path) -> None:
    probes.plug("E661")
    app = image(tmp_path, HEX.encode(), "merged.hex", None)
    told: list[int] = []
    await Pyocd().write(target("--uid", "E661"), app, lambda done, total: told.append(total))
    assert probes.flash("E661")[0x1000:0x1008] == bytes(range(1, 9))
    assert probes.flash("E661")[0x1100:0x1102] == b"\n\x0b"
    assert told[-1] == 10
    assert await Pyocd().holds(target("--uid", "E661"), app)


@posix
@pytest.mark.parametrize(
    ("name", "kind"), [("locked", FlashLocked), ("no-ack", BoardSilent), ("worn", FlashWorn)]
)
async def test_each_failure_has_its_fault(
    probes: Probes, tmp_path: Path, name: str, kind: type[Fault]
) -> None:
    probes.plug("E661", name)
    with pytest.raises(kind, match=r"pyocd 0\.46\.0"):
        await Pyocd().write(target("--uid", "E661"), image(tmp_path, APP), _nobody)


@posix
async def test_a_chip_that_it_does_not_know_is_the_recipes_fault(
    probes: Probes, tmp_path: Path
) -> None:
    probes.plug("E661")
    wrong = Flashing(Tool.PYOCD, ("--target", "nrf99", "--uid", "E661"))
    with pytest.raises(RecipeWrong, match="nrf99 not recognized"):
        here = Target(wrong, None, Attachment((BARE,)))
        await Pyocd().write(here, image(tmp_path, APP), _nobody)


@posix
async def test_the_boards_own_probe_is_known_by_its_number(probes: Probes, tmp_path: Path) -> None:
    probes.plug("1050012345")
    probes.plug("1050099999")
    await Pyocd().write(target(port=J_LINK), image(tmp_path, APP), _nobody)
    assert probes.flash("1050012345")[AT : AT + len(APP)] == APP
    assert set(probes.flash("1050099999")) == {0xFF}


@posix
async def test_one_that_is_cancelled_is_killed(probes: Probes, tmp_path: Path) -> None:
    probes.plug("E661", "slow")
    writes = asyncio.Event()

    def told(done: int, total: int) -> None:
        if done:
            writes.set()

    app, here = image(tmp_path, APP), target("--uid", "E661")
    under_way = asyncio.create_task(Pyocd().write(here, app, told))
    async with asyncio.timeout(30):
        await writes.wait()
    under_way.cancel()
    with pytest.raises(asyncio.CancelledError):
        await under_way
    assert probes.flash("E661")[AT : AT + len(APP)] != APP
    probes.plug("E661")
    assert not await Pyocd().holds(here, app)
    await Pyocd().write(here, app, _nobody)
    assert await Pyocd().holds(here, app)


@pytest.mark.parametrize(
    ("wanted", "shown", "there", "found"),
    [
        ("e661", [], ["E6610", "E661"], "E661"),
        ("", ["001050012345"], ["1050012345", "683"], "1050012345"),
        ("0001050012345", ["0001"], ["1050012345"], "1050012345"),
    ],
)
def test_the_probe_that_is_meant(
    wanted: str, shown: list[str], there: list[str], found: str
) -> None:
    assert probe(wanted, shown, there) == found


@pytest.mark.parametrize(
    ("wanted", "shown", "there", "kind"),
    [
        ("E66", [], ["E661"], ProbeMissing),
        ("E661", [], [], ProbeMissing),
        ("", ["0001"], [], ProbeMissing),
        ("", ["0001", ""], ["E661"], RecipeWrong),
    ],
)
def test_no_other_probe_is_taken_for_it(
    wanted: str, shown: list[str], there: list[str], kind: type[Fault]
) -> None:
    with pytest.raises(kind) as told:
        probe(wanted, shown, there)
    assert (", ".join(there) or "none") in told.value.detail


def test_bytes_are_told_while_it_writes_and_not_while_it_erases() -> None:
    told: list[int] = []
    bars = Bars(lambda done, total: told.append(done), 4000)
    for part in ("[", "[====", "[" + "=" * 40):
        bars.draw(part)
    bars.hear("[" + "=" * 40 + "]")
    bars.hear("[---|---|---|---|---|---|---|---|---|----]")
    bars.draw("[=====")
    bars.hear("[" + "=" * 40 + "]")
    bars.draw("[===")
    assert told == [0, 0, 0, 0, 500, 4000]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("No connected debug probes", ProbeMissing),
        ("0000800 C no memory region defined for address 0x30000000 [__main__]", RecipeWrong),
        ("0000800 C flash program page failure (address 0x00001000; result code 0x67)", FlashWorn),
        ("0000800 E Error while initing target: APPROTECT enabled", FlashLocked),
    ],
)
def test_its_words_are_understood(line: str, kind: type[Fault]) -> None:
    assert isinstance(fault(Ran(1, (line,)), "0.46.0"), kind)


@pytest.mark.parametrize(("name", "at"), [("app.elf", None), ("app.bin", None), ("app.img", 0)])
async def test_what_it_can_not_compare_is_not_written(
    tmp_path: Path, name: str, at: int | None
) -> None:
    with pytest.raises(RecipeWrong, match=name):
        await Pyocd().write(target(), image(tmp_path, APP, name, at), _nobody)


@pytest.mark.parametrize(
    "text", ["", "hello", ":00000001FF", ":0410000001020304E3\n:00000001FF", ":0410000001020304E2"]
)
def test_a_file_that_is_no_hex_is_told(text: str) -> None:
    with pytest.raises(ImageWrong, match=r"merged\.hex"):
        pieces(text, "merged.hex")


def test_a_hex_file_may_be_in_segments_and_in_any_order() -> None:
    text = ":020000021000EC\n:01000100AA54\n:01000000BB44\n:00000001FF\n"
    assert pieces(text, "x.hex") == ((0x10000, b"\xbb\xaa"),)


async def test_without_it_its_remedy_is_told(
    bare_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(ToolMissing, match=r"pip install 'provisioning-station\[probes\]'"):
        await Pyocd().version()


@pytest.mark.peer
@pytest.mark.skipif(not (PEERS / "pyocd").exists(), reason=f"there is no pyocd in {PEERS}")
async def test_the_real_one_says_that_there_is_no_such_probe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{PEERS}{os.pathsep}{os.environ['PATH']}")
    assert (await Pyocd().version())[0].isdecimal()
    with pytest.raises(ProbeMissing, match="station-test"):
        await Pyocd().write(target("--uid", "station-test"), image(tmp_path, APP), _nobody)


def _nobody(done: int, total: int) -> None:
    pass
