"""Ports that can't be opened, or not yet, or not any more: each refusal is a named fault."""

from __future__ import annotations

import asyncio
import sys
import termios
import threading
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest
import serial

from station.faults import Fault, ModemManagerOnPort, PortBusy, PortMissing, RecipeWrong
from station.links import LineSettings
from station.links.serial import open_serial
from tests.links.conftest import LINE, PATIENCE_S, Pty, open_files


async def refused(path: str, line: LineSettings, fault: type[Fault]) -> Fault:
    """Open in vain, and check that nothing stays open."""
    before = open_files()
    with pytest.raises(fault) as caught:
        await open_serial(path, line)
    assert type(caught.value) is fault
    assert open_files() == before
    return caught.value


async def test_a_port_that_is_not_there(way: str, tmp_path: Path) -> None:
    fault = await refused(str(tmp_path / "ttyACM0"), LINE, PortMissing)
    assert "ttyACM0" in fault.detail


async def test_a_file_is_no_port(way: str, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("no port")
    await refused(str(tmp_path / "notes"), LINE, PortMissing)


async def test_a_port_that_leaves_while_it_is_opened(
    pty: Pty, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave(*_: object) -> None:
        raise termios.error(5, "Input/output error")

    monkeypatch.setattr(termios, "tcsetattr", leave)
    await refused(pty.path, LINE, PortMissing)


async def test_a_speed_that_no_port_has(pty: Pty, way: str) -> None:
    await refused(pty.path, LineSettings(baud=-1), RecipeWrong)


HOLDS = """
import sys, serial
open("/proc/self/comm", "w").write(sys.argv[2])
port = serial.Serial(sys.argv[1], exclusive=True)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("name", "fault"), [("minicom", PortBusy), ("ModemManager", ModemManagerOnPort)]
)
async def test_a_port_that_another_program_holds(
    pty: Pty, way: str, name: str, fault: type[Fault]
) -> None:
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDS, pty.path, name, stdin=PIPE, stdout=PIPE
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    told = await refused(pty.path, LINE, fault)
    assert name in told.detail
    assert str(holder.pid) in told.detail
    await holder.communicate(b"")
    link = await open_serial(pty.path, LINE)
    await link.close()


FORBIDDEN = """
import asyncio, os, sys
from station.faults import Fault
from station.links import LineSettings
from station.links.serial import open_serial
os.chmod(sys.argv[1], 0)
if os.geteuid() == 0:
    os.setgroups([])
    os.setegid(65534)
    os.seteuid(65534)
try:
    asyncio.run(open_serial(sys.argv[1], LineSettings()))
except Fault as fault:
    print(fault.code, fault.detail)
"""


async def test_a_port_that_this_user_may_not_open(pty: Pty) -> None:
    asking = await asyncio.create_subprocess_exec(
        sys.executable, "-c", FORBIDDEN, pty.path, stdout=PIPE
    )
    told, _ = await asking.communicate()
    assert told.decode().startswith(f"PORT-FORBIDDEN {pty.path}")


async def test_a_slow_opening_holds_up_nobody_and_is_undone_when_unwanted(
    pty: Pty, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = open_files()
    began, may_go_on, closed = threading.Event(), threading.Event(), threading.Event()

    class SlowSerial(serial.Serial):
        def open(self) -> None:
            began.set()
            may_go_on.wait(PATIENCE_S)
            super().open()

        def close(self) -> None:
            super().close()
            closed.set()

    monkeypatch.setattr(serial, "Serial", SlowSerial)
    opening = asyncio.create_task(open_serial(pty.path, LINE))
    # The loop goes on: else this wait, and so the test, would end only once the port is open.
    assert await asyncio.to_thread(began.wait, PATIENCE_S)
    assert not opening.done()
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    may_go_on.set()
    assert await asyncio.to_thread(closed.wait, PATIENCE_S)
    assert open_files() == before
