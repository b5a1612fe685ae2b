"""How one of the vendor's own tools is run against the simulations. Not for Windows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf_cloud import SimulatedNrfCloud
from station.simulation.pty_end import PtyEnd

DIALECTS = {"at-host": "at", "at-shell": "at_shell"}


@asynccontextmanager
async def plugged_in(board: SimulatedNrf91) -> AsyncIterator[str]:
    """Give `board` a pseudo-terminal and yield its path; its radio is silent afterwards."""
    end = PtyEnd()
    running = asyncio.create_task(board.run(end))
    try:
        yield end.path
    finally:
        end.unplug()
        await running
        board.power_off()


async def drive(python: Path, cloud: SimulatedNrfCloud, port: str, *words: str) -> tuple[int, str]:
    """Run a tool to its end and return its exit status and all that it said."""
    driver = str(Path(__file__).with_name("drive_vendor.py"))
    process = await asyncio.create_subprocess_exec(
        str(python),
        driver,
        cloud.address,
        port,
        *words,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()
