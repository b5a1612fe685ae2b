"""The virtual environment of the vendor's own tools, and a cloud for them."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from station.simulation.nrf_cloud import SimulatedNrfCloud

ROOT = Path(__file__).parents[2]

Drive = Callable[[str, str, dict[str, Any]], Awaitable[dict[str, Any]]]
"""Has a program beside this file carry out a task with what it is told; returns what it says."""


@pytest.fixture(scope="session")
def python() -> Path:
    """The interpreter of the virtual environment that holds programs which are not ours."""
    programs = Path(os.environ.get("STATION_PEERS", ROOT / ".venv-peers" / "bin"))
    python = programs / "python"
    if not python.exists():
        pytest.fail(
            f"{python} is not there: run ./packaging/test, which makes it, or set STATION_PEERS to "
            "the folder of programs of an environment with packaging/requirements-peers.txt in it"
        )
    return python


@pytest.fixture
def drive(python: Path) -> Drive:
    async def driven(program: str, task: str, told: dict[str, Any]) -> dict[str, Any]:
        process = await asyncio.create_subprocess_exec(
            str(python),
            str(Path(__file__).with_name(program)),
            task,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, complaint = await process.communicate(json.dumps(told).encode() + b"\n")
        assert process.returncode == 0, complaint.decode()
        answer: dict[str, Any] = json.loads(said)
        return answer

    return driven


@pytest.fixture
async def cloud() -> AsyncIterator[SimulatedNrfCloud]:
    async with SimulatedNrfCloud() as cloud:
        yield cloud
