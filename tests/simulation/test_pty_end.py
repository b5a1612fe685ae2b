from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial

from station.faults import LinkLost

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.pty_end import PtyEnd


@pytest.fixture
def end() -> Iterator[PtyEnd]:
    end = PtyEnd()
    yield end
    end.unplug()


def terminals() -> set[str]:
    return {str(path) for path in Path("/dev").glob("pts/*")} | {
        str(path) for path in Path("/dev").glob("ttys*")
    }


def ask(path: str, text: str, until: str) -> str:
    """Ask through pyserial, as any program would."""
    with serial.Serial(path, 115_200, timeout=10) as port:
        port.write(text.encode())
        return port.read_until(until.encode()).decode()


@pytest.mark.parametrize(
    ("dialect", "question", "end_of_answer"),
    [("at-host", "AT+CGMM\r\n", "OK\r\n"), ("at-shell", "at AT+CGMM\r\n", "OK\r\r\n\r\n")],
)
async def test_pyserial_may_come_and_go(
    end: PtyEnd, dialect: str, question: str, end_of_answer: str
) -> None:
    running = asyncio.create_task(SimulatedNrf91(1, dialect=dialect).run(end))
    for _ in range(3):
        answer = await asyncio.to_thread(ask, end.path, question, end_of_answer)
        assert "nRF9151-LACA" in answer
    end.unplug()
    assert await running is False


async def test_the_wire_is_raw(end: PtyEnd) -> None:
    everything = bytes(range(256))
    with serial.Serial(end.path, timeout=10) as port:
        await end.send(everything)
        assert await asyncio.to_thread(port.read, 256) == everything
        port.write(everything)
        got = b""
        while len(got) < 256:
            got += await end.receive()
    assert got == everything


async def test_nobody_reads_and_the_board_goes_on(end: PtyEnd) -> None:
    async with asyncio.timeout(10):
        for _ in range(1000):
            await end.send(bytes(1000))


async def test_unplugging_fails_the_other_side_as_a_real_one_does(end: PtyEnd) -> None:
    with serial.Serial(end.path, timeout=10) as port:
        waiting = asyncio.create_task(end.receive())
        await asyncio.sleep(0)
        end.unplug()
        with pytest.raises(LinkLost):
            await waiting
        with pytest.raises((serial.SerialException, OSError)):
            await asyncio.to_thread(port.read, 1)
    assert end.path not in terminals()
    with pytest.raises(LinkLost):
        await end.send(b"x")
    with pytest.raises(LinkLost):
        await end.receive()


async def test_a_cancelled_receive_loses_nothing(end: PtyEnd) -> None:
    waiting = asyncio.create_task(end.receive())
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    with serial.Serial(end.path) as port:
        port.write(b"kept")
        assert await end.receive() == b"kept"
