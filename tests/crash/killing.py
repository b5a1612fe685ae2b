"""The processes that are killed, and how a test tells them what to work on. Not for Windows."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

KILLED = -9

Ended = dict[str, Any]
"""How the process that was killed ended, and the one after it: "crashed" and "again"."""


class Driver:
    """The other process; boards and cloud stay alive beside it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def kill_and_go_on(
        self, kind: str, secrets: Mapping[str, str], port: str, folder: Path, mode: str, at: int
    ) -> Ended:
        """Have the unit at `port` worked on by the recipe in `folder`, twice; return both ends."""
        told = {
            "mode": mode,
            "at": at,
            "kind": kind,
            "secrets": dict(secrets),
            "port": port,
            "recipe": str(folder / "recipe.toml"),
            "folder": str(folder),
        }
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(told).encode() + b"\n")
        answer = await self._process.stdout.readline()
        ended: Ended = json.loads(answer)
        return ended


@asynccontextmanager
async def begun() -> AsyncIterator[Driver]:
    """Start a driver without a keystore; it ends by itself when nothing more is told to it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.crash.driver",
        env={**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Driver(process)
    finally:
        assert process.stdin
        process.stdin.close()
        await process.wait()


@asynccontextmanager
async def several(count: int) -> AsyncIterator[list[Driver]]:
    """Start `count` drivers side by side."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(begun()) for _ in range(count)]
