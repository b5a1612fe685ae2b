"""Simulated boards at the end of a memory link."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from station.simulation.nrf91 import SimulatedNrf91
from tests.simulation.terminal import Connect, Terminal, terminal


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Yield a function that starts a board on a memory link and returns a terminal at it."""
    async with AsyncExitStack() as stack:

        async def begin(board: SimulatedNrf91) -> Terminal:
            return await stack.enter_async_context(terminal(board))

        yield begin
