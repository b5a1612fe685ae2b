"""Simulated boards at the end of a memory link."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import httpx
import pytest

from station.simulation.arduino import SimulatedArduino
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf_cloud import SimulatedNrfCloud
from tests.simulation.arduino_host import Host, Plug, host
from tests.simulation.scene import Scene
from tests.simulation.terminal import Connect, Terminal, terminal


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Yield a function that starts a board on a memory link and returns a terminal at it."""
    async with AsyncExitStack() as stack:

        async def begin(board: SimulatedNrf91) -> Terminal:
            return await stack.enter_async_context(terminal(board))

        yield begin


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    """Yield a cloud with a client that has its key."""
    async with SimulatedNrfCloud() as cloud:
        headers = {"Authorization": f"Bearer {cloud.api_key}"}
        async with httpx.AsyncClient(base_url=cloud.address, headers=headers) as client:
            yield Scene(cloud, client)


@pytest.fixture
async def plug() -> AsyncIterator[Plug]:
    """Yield a function that powers an Arduino board, opens its port, and returns the host there."""
    async with AsyncExitStack() as stack:

        async def begin(board: SimulatedArduino) -> Host:
            stack.callback(board.power_off)
            return await stack.enter_async_context(host(board))

        yield begin
