"""A simulated Arduino board that is on a network gets its certificate by itself."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_faults import ArduinoTiming
from station.simulation.arduino_site import Site
from station.simulation.arduino_unit import CLAIMING_SLOT, TLS_SLOT
from station.simulation.http_server import HttpServer, Request, Response
from tests.simulation.arduino_host import (
    CONNECT,
    DISCONNECT,
    JOIN,
    NETWORKS,
    RESET,
    STATUS,
    WIFI,
    Host,
    host,
)

ISSUED = f"11111111-2222-4333-8444-555555555555|{'aa' * 20}|2026-01-01T00:00:00Z|{'bb' * 16}"
ISSUED += f"|{'cc' * 32}|{'dd' * 32}"
QUICK = ArduinoTiming(back_off_s=0.001)


class Cloud:
    """Answers as `replies` say, one after the other, and then well."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.replies: list[Response] = []
        self.server = HttpServer(self._answer)

    @property
    def words(self) -> list[str]:
        return [request.path.rpartition("/")[2] for request in self.asked]

    def body(self, number: int) -> dict[str, str]:
        content: dict[str, str] = json.loads(self.asked[number].body)
        return content

    async def _answer(self, request: Request) -> Response:
        self.asked.append(request)
        if self.replies:
            return self.replies.pop(0)
        return Response(200, ISSUED.encode() if request.path.endswith("/csr") else b"")


@pytest.fixture
async def cloud() -> AsyncIterator[Cloud]:
    cloud = Cloud()
    async with cloud.server:
        yield cloud


def sited(cloud: Cloud, *faults: str, path: str = "") -> SimulatedArduino:
    site = Site(cloud=cloud.server.address + path)
    return SimulatedArduino(1, faults=faults, timing=QUICK, site=site)


async def join(client: Host) -> None:
    await client.joins()
    await client.send(WIFI)
    await client.send(JOIN)
    await client.statuses(1, 2)


async def test_certificate_then_farewell(cloud: Cloud) -> None:
    board = sited(cloud, path="/boards")
    async with host(board) as client:
        await join(client)
        await client.says(DISCONNECT)

    assert cloud.words == ["csr", "complete"]
    assert {request.method for request in cloud.asked} == {"POST"}
    assert cloud.asked[0].path == "/boards/provisioning/v1/onboarding/provision/csr"
    csr = x509.load_pem_x509_csr(cloud.body(0)["csr"].encode())
    [name] = csr.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert name.value == board.identity["uhwid"]
    assert csr.is_signature_valid
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    own = board.unit.keys[TLS_SLOT].public_key().public_bytes(*form)
    assert csr.public_key().public_bytes(*form) == own
    assert cloud.body(1) == {"wifi_fw_version": "0.6.0"}
    kind, _, token = cloud.asked[0].headers["authorization"].partition(" ")
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert (kind, claims["iss"]) == ("Bearer", board.identity["uhwid"])
    signed, _, signature = token.rpartition(".")
    raw = base64.urlsafe_b64decode(signature + "==")
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    claiming = board.unit.keys[CLAIMING_SLOT].public_key()
    claiming.verify(encode_dss_signature(r, s), signed.encode(), ec.ECDSA(SHA256()))
    assert board.unit.device_id == ISSUED.partition("|")[0]
    assert board.unit.certificate == ISSUED.encode()


async def test_it_asks_again_with_a_new_key_after_a_longer_and_longer_pause(cloud: Cloud) -> None:
    cloud.replies = [
        Response(503),
        Response(429, b"You have reached maximum request limit."),
        Response(200, b"", cut_after=9),
        Response(200, b"nonsense"),
        Response(200, ISSUED.encode()),
        Response(500),
    ]
    board = sited(cloud)
    async with host(board) as client:
        await join(client)
        await client.says(DISCONNECT)
    assert cloud.words == ["csr"] * 5 + ["complete", "csr", "complete"]
    assert len({cloud.body(n)["csr"] for n in (0, 1, 2, 3, 4, 6)}) == 6


async def test_meanwhile_it_goes_on_listening(cloud: Cloud) -> None:
    cloud.replies = [Response(503)]
    site = Site(cloud=cloud.server.address)
    board = SimulatedArduino(1, timing=ArduinoTiming(back_off_s=3600), site=site)
    async with host(board) as client:
        await join(client)
        async with asyncio.timeout(10):
            while not cloud.asked:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
        await client.send(RESET)
        await client.statuses(4)
    assert cloud.words == ["csr"]


@pytest.mark.parametrize("faults", [(), ("never-online",)], ids=["no cloud", "never online"])
async def test_without_a_cloud_no_farewell_comes(cloud: Cloud, faults: tuple[str, ...]) -> None:
    board = sited(cloud, *faults)
    if not faults:
        board.site.cloud = None
    async with host(board) as client:
        await join(client)
        assert await client.is_quiet()
    assert cloud.asked == []
    board.power_off()


async def test_nobody_answers_there(cloud: Cloud) -> None:
    board = sited(cloud)
    await cloud.server.close()
    async with host(board) as client:
        await join(client)
        assert await client.is_quiet()
    assert not board.unit.device_id
    board.power_off()


async def test_a_power_cut_after_joining_is_made_good_by_the_next_start(cloud: Cloud) -> None:
    board = sited(cloud, "never-online")
    async with host(board) as client:
        await join(client)
    board.power_off()
    board.faults = frozenset()
    board.power_on()
    async with asyncio.timeout(10):
        while cloud.words != ["csr", "complete"]:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
    async with host(board) as client:
        await client.send(CONNECT)
        await client.says(STATUS[2], NETWORKS)
    board.power_off()
