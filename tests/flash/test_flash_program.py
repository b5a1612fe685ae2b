"""Tools as programs: found, listened to, ended."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from station.faults import FlashRefused, ToolMissing
from station.flash import Target
from station.flash import program as running
from station.flash.bossac import Bossac
from station.flash.program import arduino_folder, candidates, run, version_key
from station.flash.tools import flasher
from station.model import Attachment, Image, Port, Tool
from tests.flash.conftest import program
from tests.flash.seated import NANO_33_IOT

UNO_R4 = NANO_33_IOT.__class__(Tool.BOSSAC, ("-d", "-U", "-e", "-w", "-R"), touch=True)
HELP = "Basic Open Source SAM-BA Application (BOSSA) Version"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")


async def test_lines_are_heard_as_they_come_carriage_returns_included() -> None:
    heard: list[str] = []
    script = (
        "import sys; sys.stdout.write('0%\\r50%\\r\\n100%\\nda'); sys.stderr.write(''); print('ne')"
    )
    ran = await run((sys.executable, "-c", script), heard.append)
    assert heard == ["0%", "50%", "100%", "dane"]
    assert ran.status == 0


async def test_a_line_is_heard_while_the_tool_still_runs() -> None:
    heard = asyncio.Event()
    script = "import sys,time; print('half', end='\\r', flush=True); time.sleep(60)"
    task = asyncio.create_task(run((sys.executable, "-c", script), lambda line: heard.set()))
    async with asyncio.timeout(20):
        await heard.wait()
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()


async def test_the_end_of_what_was_said_goes_into_the_detail() -> None:
    script = "import sys; [print(n) for n in range(50)]; print('it is broken', file=sys.stderr); sys.exit(3)"
    ran = await run((sys.executable, "-u", "-c", script))
    assert ran.status == 3
    assert ran.detail == "exit status 3: 45 / 46 / 47 / 48 / 49 / it is broken"


async def test_cancelled_it_kills_the_tool_and_all_that_the_tool_has_started(
    tmp_path: Path,
) -> None:
    told: asyncio.Future[tuple[int, int]] = asyncio.get_running_loop().create_future()

    def hear(line: str) -> None:
        here, child = line.split()
        told.set_result((int(here), int(child)))

    script = (
        "import os,subprocess,sys;"
        "child = subprocess.Popen(['sleep', '60']);"
        "print(os.getpid(), child.pid, flush=True); child.wait()"
    )
    task = asyncio.create_task(run((sys.executable, "-c", script), hear))
    async with asyncio.timeout(20):
        here, child = await told
    assert os.getpgid(child) == here
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()
    async with asyncio.timeout(20):
        while not _is_over(here) or not _is_over(child):  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.01)


async def test_a_stop_is_heard_though_the_tool_speaks_at_that_very_moment() -> None:
    chatters = "while True: print('x' * 40, flush=True)"
    for _ in range(5):
        began = asyncio.Event()

        def heard(line: str, began: asyncio.Event = began) -> None:
            began.set()

        task = asyncio.create_task(run((sys.executable, "-c", chatters), heard))
        await began.wait()
        task.cancel()
        _, late = await asyncio.wait({task}, timeout=20)
        assert not late
        assert task.cancelled()


async def test_a_tool_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "QUIET_S", 0.3)
    with pytest.raises(FlashRefused, match="hangs"):
        await run(("sleep", "60"))


async def test_a_program_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ToolMissing, match="No such file"):
        await run((tmp_path / "nothing",))


def test_arduinos_own_tools_come_after_path_the_newest_first(bare_path: Path) -> None:
    tools = arduino_folder() / "packages" / "arduino" / "tools" / "bossac"
    old = program(tools / "1.7.0-arduino3" / "bossac", "exit 0")
    new = program(tools / "1.10.0" / "bossac", "exit 0")
    assert candidates("bossac") == (new, old)
    here = program(bare_path / "bossac", "exit 0")
    assert candidates("bossac") == (here, new, old)
    assert version_key("1.9.1-arduino5") > version_key("1.9.1") > version_key("1.7.0-arduino3")


@pytest.mark.parametrize(
    ("tool", "package"), [(Tool.BOSSAC, "bossa-cli"), (Tool.DFU_UTIL, "dfu-util")]
)
async def test_what_is_missing_is_told_with_the_package_that_has_it(
    tool: Tool, package: str, bare_path: Path
) -> None:
    with pytest.raises(ToolMissing, match=rf"{tool} on PATH and .*apt-get install {package}"):
        await flasher(tool).version()


async def test_an_uno_r4_takes_arduinos_own_bossac(bare_path: Path, image: Image) -> None:
    program(bare_path / "bossac", f"echo '{HELP} 1.9.1'")
    before = Attachment((Port("/dev/ttyACM9"),))
    target = Target(UNO_R4, before.ports[0], before)
    with pytest.raises(ToolMissing, match=r"Arduino's bossac 1\.9: \S+ is 1\.9\.1"):
        await Bossac().write(target, image, lambda done, total: None)
    tools = arduino_folder() / "packages" / "arduino" / "tools" / "bossac"
    words = bare_path / "words"
    program(
        tools / "1.9.1-arduino5" / "bossac",
        f"echo '{HELP} 1.9.1-arduino5'; echo \"$@\" >> {words};"
        "echo 'Write 64 bytes to flash (1 pages)'; echo '[====] 100% (1/1 pages)'",
    )
    await Bossac().write(target, image, lambda done, total: None)
    assert words.read_text().splitlines() == [
        "--help",
        f"--port=ttyACM9 -d -U -e -w -R {image.path}",
    ]


def test_every_tool_has_its_flasher() -> None:
    assert [flasher(tool).tool for tool in Tool] == list(Tool)


def _is_over(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"
