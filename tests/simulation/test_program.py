from __future__ import annotations

import asyncio
import json
import subprocess
import sys

import httpx
import pytest
import serial

from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import token_source
from station.simulation.nrf_cloud import SimulatedNrfCloud
from station.simulation.program import kinds, simulate_boards, simulate_cloud
from tests.simulation.test_credentials import PEM

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")

BOARDS = """
import asyncio, sys
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import token_source
from station.simulation.nrf_cloud import SimulatedNrfCloud
from station.simulation.program import simulate_boards
asyncio.run(simulate_boards("nrf91", 3, "at-host", [], 5, sys.stdout))
"""
CLOUD = """
import asyncio, sys
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import token_source
from station.simulation.nrf_cloud import SimulatedNrfCloud
from station.simulation.program import simulate_cloud
asyncio.run(simulate_cloud("nrf", "127.0.0.1", 0, ["wrong-key"], sys.stdout))
"""


async def begun(program: str, stdin: int = asyncio.subprocess.PIPE) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdin=stdin, stdout=asyncio.subprocess.PIPE
    )


def imei_at(path: str) -> str:
    with serial.Serial(path, 115_200, timeout=10) as port:
        port.write(b"AT+CGSN\r")
        return port.read_until(b"OK\r\n").decode().split("\r\n")[0]


async def test_boards_run_until_standard_input_closes() -> None:
    process = await begun(BOARDS)
    assert process.stdout is not None
    told = [json.loads(await process.stdout.readline()) for _ in range(3)]

    assert [line["kind"] for line in told] == ["nrf91"] * 3
    assert len({line["port"] for line in told}) == 3
    for line in told:
        assert await asyncio.to_thread(imei_at, line["port"]) == line["identity"]["imei"]
    await process.communicate(b"")
    assert process.returncode == 0


async def test_a_cloud_runs_until_standard_input_closes() -> None:
    process = await begun(CLOUD)
    assert process.stdout is not None
    told = json.loads(await process.stdout.readline())
    headers = {"Authorization": f"Bearer {told['api_key']}"}
    async with httpx.AsyncClient(base_url=told["http"], headers=headers) as client:
        assert (await client.get("/claimed-devices")).status_code == 401
    await process.communicate(b"")
    assert process.returncode == 0


@pytest.mark.parametrize(("program", "lines"), [(BOARDS, 3), (CLOUD, 1)])
async def test_an_empty_input_ends_it_at_once(program: str, lines: int) -> None:
    process = await begun(program, stdin=subprocess.DEVNULL)
    said, _ = await process.communicate()

    assert len([json.loads(line) for line in said.splitlines()]) == lines
    assert process.returncode == 0


async def test_boards_in_one_process_reach_the_cloud_in_another() -> None:
    air = """
import asyncio, sys
import station.simulation.nrf91 as boards
from station.simulation.nrf91_faults import Timing
boards._REALISTIC = Timing()
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import token_source
from station.simulation.nrf_cloud import SimulatedNrfCloud
from station.simulation.program import simulate_boards
asyncio.run(simulate_boards("nrf91", 1, "at-shell", [], 5, sys.stdout, cloud=sys.argv[1]))
"""
    async with SimulatedNrfCloud() as cloud:
        board = SimulatedNrf91(5)
        token = token_source(board.unit, frozenset())(None)
        device = cloud.account.claim(token, []).id
        cloud.account.add_command(device, {"cloudAccessKeyGeneration": {}}, "")
        cloud.account.add_command(device, {"serverCertificate": {"content": PEM}}, "")
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            air,
            cloud.address,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
        )
        async with asyncio.timeout(20):
            while device not in cloud.account.online:  # noqa: ASYNC110  # nothing tells of it
                await asyncio.sleep(0.01)
        await process.communicate(b"")
    assert process.returncode == 0


def test_the_kinds_are_found_by_entry_point() -> None:
    assert "nrf91" in kinds("station.simulated_boards")
    assert "nrf" in kinds("station.simulated_clouds")


async def test_what_is_unknown_is_refused_with_what_there_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(ValueError, match=r"no simulation 'toaster'; there are: .*nrf91"):
        await simulate_boards("toaster", 1, None, [], 1, sys.stdout)
    with pytest.raises(ValueError, match=r"no simulation 'toaster'; there are: .*nrf"):
        await simulate_cloud("toaster", "127.0.0.1", 0, [], sys.stdout)
    with pytest.raises(ValueError, match="token-cut"):
        await simulate_boards("nrf91", 1, None, ["gremlin"], 1, sys.stdout)
    with pytest.raises(ValueError, match="lost-reply"):
        await simulate_cloud("nrf", "127.0.0.1", 0, ["gremlin"], sys.stdout)
    with pytest.raises(ValueError, match="at-shell"):
        await simulate_boards("nrf91", 1, "morse", [], 1, sys.stdout)
    with pytest.raises(ValueError, match="http://HOST:PORT"):
        await simulate_boards("nrf91", 1, None, [], 1, sys.stdout, cloud="nowhere")
    with pytest.raises(ValueError, match="no firmware 'dos'"):
        await simulate_boards("nrf91", 1, None, [], 1, sys.stdout, firmware="dos")
    assert capsys.readouterr().out == ""


async def test_a_kind_without_a_radio_takes_no_cloud(monkeypatch: pytest.MonkeyPatch) -> None:
    class Deaf:
        @classmethod
        def realistic(cls, seed: int, dialect: str | None, faults: tuple[str, ...]) -> Deaf:
            return cls()

    monkeypatch.setattr("station.simulation.program._found", lambda group, kind: Deaf)
    with pytest.raises(ValueError, match="a simulated deaf takes no cloud"):
        await simulate_boards("deaf", 1, None, [], 1, sys.stdout, cloud="http://127.0.0.1:1")
