"""Real smpclient against a simulated Zephyr application that serves SMP on its console."""

from __future__ import annotations

import asyncio
import hashlib
import sys
from importlib import metadata
from pathlib import Path

import pytest

pytest.importorskip("smpclient", reason="the extra smp is not installed")

from station.faults import (
    BoardSilent,
    Fault,
    FlashRefused,
    ImageWrong,
    NotReturned,
    PortMissing,
    RecipeWrong,
    ToolMissing,
)
from station.flash import Target, flashing, smp_client
from station.flash.smp import RECOVERY, Smp
from station.model import Attachment, Flashing, Image, Port, Tool
from station.simulation import smp
from station.simulation.mcuboot import SLOT_BYTES, mcuboot_image
from station.simulation.smp import SimulatedSmp
from tests.flash.esp_seated import seated

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")

ZEPHYR = Flashing(Tool.SMP)
CONTENT = mcuboot_image(bytes(range(256)) * 30, (2, 5, 1))


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smp_client, "ANSWER_WITHIN_S", 1.0)


@pytest.fixture
def image(tmp_path: Path) -> Image:
    return made(tmp_path, CONTENT)


def made(folder: Path, content: bytes) -> Image:
    path = folder / "zephyr signed.bin"
    path.write_bytes(content)
    return Image(path, hashlib.sha256(content).hexdigest())


async def test_the_image_is_sent_tried_and_confirmed(image: Image) -> None:
    board = SimulatedSmp()
    before = board.slots.running
    async with seated(board) as here:
        assert await here.flash(ZEPHYR, image) == here.seat.attachment
    assert board.slots.running.content == CONTENT
    assert board.slots.running.version == "2.5.1"
    assert board.slots.other == before
    assert board.slots.is_confirmed
    assert board.restarts == 1
    assert here.progress[-1] == (len(CONTENT), len(CONTENT))
    assert here.progress == sorted(here.progress)
    assert len(here.progress) > 10
    board.slots.restart()
    assert board.slots.running.content == CONTENT


async def test_what_runs_already_is_not_sent_again(image: Image) -> None:
    board = SimulatedSmp()
    async with seated(board) as here:
        await here.flash(ZEPHYR, image)
        pieces = board.pieces_written
        await here.flash(ZEPHYR, image)
        assert (board.pieces_written, board.restarts) == (pieces, 1)
        assert here.progress == [(len(CONTENT), len(CONTENT))]


async def test_one_that_runs_on_trial_is_confirmed_and_one_that_waits_is_started(
    image: Image,
) -> None:
    board = SimulatedSmp()
    async with seated(board) as here:
        await here.flash(ZEPHYR, image)
        board.slots.is_confirmed = False
        await here.flash(ZEPHYR, image)
        assert board.slots.is_confirmed
        assert board.restarts == 1
        board.slots._swap()
        await here.flash(ZEPHYR, image)
        assert board.slots.running.content == CONTENT
        assert board.restarts == 2


async def test_an_upload_that_loses_contact_goes_on_where_it_stopped(image: Image) -> None:
    board = SimulatedSmp(faults=[smp.CONTACT])
    async with seated(board) as here:
        await here.flash(ZEPHYR, image)
    assert board.slots.running.content == CONTENT
    sizes = [done for done, _ in here.progress]
    assert sizes == sorted(sizes)  # it never began anew


async def test_a_run_that_is_stopped_leaves_the_port_free_and_the_next_one_goes_on(
    image: Image,
) -> None:
    board = SimulatedSmp(faults=[smp.SLOW])
    async with seated(board) as here:
        under_way = asyncio.create_task(here.flash(ZEPHYR, image))
        async with asyncio.timeout(30):
            while len(here.progress) < 4:  # noqa: ASYNC110 - the board tells nobody
                await asyncio.sleep(0.01)
        under_way.cancel()
        with pytest.raises(asyncio.CancelledError):
            await under_way
        assert board.slots.other is None
        written = board.pieces_written
        board.piece_s = 0.0
        await here.flash(ZEPHYR, image)
        assert here.progress[0][0] > len(CONTENT) // 50
        assert board.pieces_written - written < written + len(CONTENT) // 200
    assert board.slots.running.content == CONTENT


@pytest.mark.parametrize("fault", [smp.NOISE, smp.SPOILS])
async def test_a_console_with_other_lines_and_spoilt_ones_is_understood(
    fault: str, image: Image
) -> None:
    board = SimulatedSmp(faults=[fault])
    async with seated(board) as here:
        await here.flash(ZEPHYR, image)
    assert board.slots.running.content == CONTENT


@pytest.mark.parametrize(
    ("name", "fault", "words"),
    [
        (smp.SILENT, BoardSilent, "no SMP at"),
        (smp.CRASHES, FlashRefused, "the one before runs again"),
        (smp.UNTRUSTED, FlashRefused, "did not take the image"),
    ],
)
async def test_each_failure_has_its_fault(
    name: str, fault: type[Fault], words: str, image: Image
) -> None:
    board = SimulatedSmp(faults=[name])
    before = board.slots.running
    async with seated(board) as here:
        with pytest.raises(fault) as told:
            await here.flash(ZEPHYR, image)
    assert words in told.value.detail
    assert board.slots.running == before


async def test_a_board_that_takes_its_time_to_restart_is_waited_for(image: Image) -> None:
    board = SimulatedSmp(restart_s=1.2)
    async with seated(board) as here:
        await here.flash(ZEPHYR, image)
    assert board.slots.is_confirmed


async def test_one_that_does_not_come_back_is_told(
    image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flashing, "CONFIRMED_WITHIN_S", 1.0)
    board = SimulatedSmp(restart_s=1000.0)
    async with seated(board) as here:
        under_way = asyncio.create_task(here.flash(ZEPHYR, image))
        with pytest.raises(NotReturned, match="after 1 s"):
            await under_way


async def test_an_image_that_is_too_large_is_refused_in_the_boards_words(tmp_path: Path) -> None:
    board = SimulatedSmp()
    async with seated(board) as here:
        with pytest.raises(FlashRefused, match="upload: INVALID_IMAGE_TOO_LARGE"):
            await here.flash(ZEPHYR, made(tmp_path, mcuboot_image(bytes(SLOT_BYTES))))


async def test_a_file_that_is_no_image_is_not_sent(tmp_path: Path) -> None:
    board = SimulatedSmp()
    async with seated(board) as here:
        with pytest.raises(ImageWrong, match="no image of MCUboot's"):
            await here.flash(ZEPHYR, made(tmp_path, b"firmware" * 100))
    assert board.pieces_written == 0


@pytest.mark.parametrize("words", [("--fast",), ("--baud", "high"), ("--baud", "9600", "-v")])
async def test_arguments_that_mean_nothing_are_the_recipes_fault(
    words: tuple[str, ...], image: Image
) -> None:
    async with seated(SimulatedSmp()) as here:
        with pytest.raises(RecipeWrong, match="--baud N"):
            await here.flash(Flashing(Tool.SMP, words), image)


async def test_the_speed_of_the_recipe_is_used(image: Image) -> None:
    board = SimulatedSmp()
    async with seated(board) as here:
        await here.flash(Flashing(Tool.SMP, ("--baud", "460800")), image)
    assert board.slots.is_confirmed


async def test_a_port_that_is_not_there_is_missed(image: Image) -> None:
    there = Attachment((Port("/dev/ttyNONE"),))
    with pytest.raises(PortMissing):
        await Smp().write(Target(ZEPHYR, there.ports[0], there), image, lambda done, total: None)


async def test_without_the_extra_its_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await Smp().version())[0].isdecimal()

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    with pytest.raises(ToolMissing, match=r"pip install 'provisioning-station\[smp\]'"):
        await Smp().version()


async def test_a_boot_loader_in_recovery_takes_an_image_without_a_trial(image: Image) -> None:
    board = SimulatedSmp(dialect=smp.RECOVERY)
    recovery = Flashing(Tool.SMP, (RECOVERY, "--baud", "115200"))
    async with seated(board) as here:
        there = here.seat.attachment
        assert there
        target = Target(recovery, there.ports[0], there)
        assert not await Smp().holds(target, image)
        await here.flash(recovery, image)
        assert board.slots.running.content == CONTENT
        assert board.restarts == 1
        assert here.progress[-1] == (len(CONTENT), len(CONTENT))
        with pytest.raises(BoardSilent):  # the application serves none
            await Smp().holds(target, image)


async def test_a_boot_loader_is_not_told_of_trials(image: Image) -> None:
    async with seated(SimulatedSmp(dialect=smp.RECOVERY)) as here:
        with pytest.raises(FlashRefused, match="test: "):
            await here.flash(ZEPHYR, image)
