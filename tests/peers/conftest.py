"""The virtual environment of the vendor's own tools, and a cloud for them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from station.simulation.nrf_cloud import SimulatedNrfCloud

ROOT = Path(__file__).parents[2]


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
async def cloud() -> AsyncIterator[SimulatedNrfCloud]:
    async with SimulatedNrfCloud() as cloud:
        yield cloud
