"""libcoap, in C, as an independent client of the simulated DTLS door and as a server for ours."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

pytest.importorskip("OpenSSL", reason="the extra 'coaps' is not installed")

from station.clouds import udp
from station.clouds.coap import CoapCaller
from station.clouds.dtls import Dtls
from station.faults import CloudUnreachable
from station.simulation.thingsboard import SimulatedThingsBoard
from station.simulation.thingsboard_coap import CoapDoor
from station.simulation.thingsboard_dtls import DtlsDoor
from tests.clouds.papers import Paper
from tests.clouds.test_thingsboard_coaps import trusting

CLIENT, SERVER = "coap-client-openssl", "coap-server-openssl"
CA = Paper("Factory CA")
PAPERS = {"server": Paper("server", CA), "unit": Paper("unit", CA), "stranger": Paper("stranger")}

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(not shutil.which(CLIENT), reason="Debian's libcoap3-bin is not installed"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for paper in (CA, *PAPERS.values()):
        paper.save(tmp_path)
    return tmp_path


@pytest.fixture
async def board() -> AsyncIterator[SimulatedThingsBoard]:
    async with SimulatedThingsBoard() as board:
        yield board


@pytest.fixture
async def secure(board: SimulatedThingsBoard) -> AsyncIterator[DtlsDoor]:
    behind = board.transports["coap"]
    assert isinstance(behind, CoapDoor)
    door = DtlsDoor(behind, (PAPERS["server"].certificate,), PAPERS["server"].key)
    await door.start()
    yield door
    await door.close()


Ask = Callable[..., Awaitable[str]]


@pytest.fixture
def ask(folder: Path) -> Ask:
    """Return a function that has libcoap's client ask; it returns all that this says."""

    async def asked(uri: str, body: object = None, shows: str = "") -> str:
        more: list[str | Path] = ["-m", "get"]
        if body is not None:
            (folder / "body").write_text(json.dumps(body))
            more = ["-m", "post", "-t", "application/json", "-f", folder / "body"]
        if shows:
            more += ["-c", folder / f"{shows}.pem", "-j", folder / f"{shows}-key.pem"]
        process = await asyncio.create_subprocess_exec(
            *(CLIENT, "-B", "10", "-v", "6", "-R", folder / "Factory CA.pem", *more, uri),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        return said.decode()

    return asked


async def test_its_client_comes_by_dtls_and_shows_certificates(
    board: SimulatedThingsBoard, secure: DtlsDoor, ask: Ask
) -> None:
    where = f"coaps://{secure.address}/api/v1"
    body = {
        "deviceName": "unit",
        "provisionDeviceKey": board.provision_key,
        "provisionDeviceSecret": board.provision_secret,
        "credentialsType": "X509_CERTIFICATE",
        "hash": PAPERS["unit"].pem,
    }
    assert '"status":"SUCCESS"' in await ask(f"{where}/provision", body)
    assert "4.04" in await ask(f"{where}/attributes", shows="unit")
    assert "4.01" in await ask(f"{where}/attributes", shows="stranger")
    assert "4.01" in await ask(f"{where}/attributes")
    assert secure.handshakes == 4


@pytest.fixture
async def port(folder: Path) -> AsyncIterator[int]:
    """The port of libcoap's server; that for DTLS is the next."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        free = int(probe.getsockname()[1])
    process = await asyncio.create_subprocess_exec(
        *(SERVER, "-A", "127.0.0.1", "-p", str(free), "-R", folder / "Factory CA.pem"),
        *("-c", folder / "server.pem", "-j", folder / "server-key.pem"),
        *("-n", "-v", "3"),  # it wants a certificate and needs none
    )
    yield free
    process.terminate()
    await process.wait()


async def test_our_client_at_its_server(port: int) -> None:
    plain = CoapCaller(f"coap://127.0.0.1:{port}", 5, 8)
    async with asyncio.timeout(10):
        while True:  # until it listens
            try:
                assert (await plain.get()).code == "2.05"
                break
            except CloudUnreachable:
                await asyncio.sleep(0.02)
    secure = CoapCaller(f"coaps://127.0.0.1:{port + 1}", 5, 8)
    dtls = Dtls(trusting(CA), "127.0.0.1")
    unit = PAPERS["unit"]
    for caller, dial in (
        (plain, udp.dial),
        (secure, dtls.dial),
        (secure, dtls.showing(unit.pem, unit.key_pem())),
    ):
        assert (await caller.get("nowhere", dial=dial)).code == "4.04"
        index = await caller.get(".well-known", "core", dial=dial)
        assert (index.code, b"</time>" in index.body) == ("2.05", True)
