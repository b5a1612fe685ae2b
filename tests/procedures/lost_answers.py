"""One unit provisioned by its story alone, by a server of its own that breaks off one answer.

Many at once share one record. The board is the smallest there can be: what counts is between the
station and its cloud.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any
from unittest import mock

from aiocoap import Message
from pydantic import SecretStr

from station import registry
from station.clouds.thingsboard import cloud as opened
from station.clouds.thingsboard.cloud import ThingsBoard
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.faults import TokenBroken
from station.journal import Journal
from station.model import Identity, Outcome, Proof, RunEnded
from station.procedures.provision_login import ProvisionOptions
from station.record import Record, RunNote, questions
from station.run import Run, Terms, carry_out
from station.simulation.http_server import Request, Response
from station.simulation.thingsboard import SimulatedThingsBoard
from station.simulation.thingsboard_account import Account
from station.simulation.thingsboard_coap import CoapDoor
from station.simulation.thingsboard_credentials import triple_of
from station.simulation.thingsboard_mqtt import MqttDoor
from station.simulation.thingsboard_nouns import Device
from station.step import Bench
from station.stock import Stock
from tests.by_hand import Keystore
from tests.clouds.datagrams import Fate, Lossy, whole
from tests.clouds.thingsboard_wires import usual_trust

SIDE_BY_SIDE = 24
TOKEN, BASIC = ("token",), ("client_id", "user_name", "user_password")


@dataclass(frozen=True, slots=True)
class Kind:
    """How units are provisioned, and by what server."""

    transport: str = "http"
    credential: str = "access token"
    version: str = "4.3.0"
    known: bool = False
    register: bool = True

    def __str__(self) -> str:
        strategy = "known" if self.known else "new"
        asked = "" if self.register else "-unexplained"
        return f"{strategy}-{self.credential}-{self.version}{asked}".replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Broken:
    """Which answer is broken off, and after how many bytes.

    By HTTP `reply` counts the server's replies from 0, by CoAP its datagrams, by MQTT the
    connections that are made to it.
    """

    reply: int
    at: int


class BreakingServer(SimulatedThingsBoard):
    """Breaks off one reply of its HTTP; `told` are all that it made, as method and bytes."""

    def __init__(self, version: str, broken: Broken | None) -> None:
        super().__init__(version=version, transports=False)
        self.broken = broken
        self.told: list[tuple[str, int]] = []

    async def _logged(self, request: Request) -> Response:
        response = await super()._logged(request)
        number = len(self.told)
        self.told.append((request.method, _bytes_of(response)))
        if self.broken is None or number != self.broken.reply:
            return response
        return replace(response, cut_after=self.broken.at)


class BreakingDoor(MqttDoor):
    """Breaks off one connection after so many bytes to the client."""

    def __init__(self, account: Account, broken: Broken | None) -> None:
        self.made = 0
        self.broken = broken
        super().__init__(account)

    @property
    def cut_after(self) -> int | None:
        number, self.made = self.made, self.made + 1
        return self.broken.at if self.broken and self.broken.reply == number else None

    @cut_after.setter
    def cut_after(self, value: int | None) -> None:
        """Leave it to `broken`."""


class SilentOnceDoor(CoapDoor):
    """Carries the first request out, and its answer never comes."""

    asked = 0

    async def answer(self, request: Message) -> Message:
        self.loses_replies = not self.asked
        self.asked += 1
        return await super().answer(request)


class TinyBoard:
    """A board that keeps what it is given."""

    def __init__(self, serial: str, wanted: Iterable[str]) -> None:
        self.serial = serial
        self.stored: dict[str, str] = {}
        self._wanted = frozenset(wanted)

    async def identify(self) -> Identity:
        return Identity("tiny", self.serial, "Tiny", "1.0", ids=(("mac", self.serial),))

    async def prove(self) -> Proof:
        raise TokenBroken

    def wanted(self) -> frozenset[str]:
        return self._wanted

    async def write(self, values: Mapping[str, SecretStr]) -> None:
        self.stored = {name: values[name].get_secret_value() for name in self._wanted}

    async def close(self) -> None:
        pass


@dataclass(slots=True)
class Scene:
    """A unit, the server that it is provisioned by, and the ends of its visits."""

    kind: Kind
    board: TinyBoard
    server: BreakingServer
    keystore: Keystore
    ends: list[RunEnded] = field(default_factory=list)

    @property
    def devices(self) -> list[Device]:
        return list(self.server.account.devices.values())

    def check(self) -> None:
        """Provisioned once, with a credential that is on the board."""
        (device,) = self.devices
        assert device.name == self.board.serial
        assert device.attributes["SERVER_SCOPE"]["provisionState"] == "provisioned"
        assert _login_of(device) == self.board.stored


@dataclass(slots=True)
class Workshop:
    """A record, and the desk at which units are provisioned."""

    bench: Bench
    shift: tuple[int, int]
    _numbers: int = 0
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(SIDE_BY_SIDE))

    async def until_passed(self, kind: Kind, broken: Broken | None, visits: int = 2) -> Scene:
        """Have a new unit visit until it has passed, `visits` times at most."""
        self._numbers += 1
        board = TinyBoard(
            f"unit-{self._numbers:04}", BASIC if kind.credential == "mqtt basic" else TOKEN
        )
        async with self._places, _serving(kind, broken) as (server, addresses):
            scene = Scene(kind, board, server, keystore_of(server, known=kind.known))
            for _ in range(visits):
                scene.ends.append(await self._visit(scene, addresses))
                if scene.ends[-1].outcome is Outcome.PASS:
                    break
        return scene

    async def _visit(self, scene: Scene, addresses: Mapping[str, str]) -> RunEnded:
        procedure = registry.procedures()["provision"]
        kind, server, keystore = scene.kind, scene.server, scene.keystore
        cloud = ThingsBoard.open(_options(kind, server, addresses), keystore.secret)
        note = RunNote(
            slot=scene.board.serial,
            port="/memory",
            usb_serial="",
            recipe="Tiny",
            recipe_digest="0" * 64,
            procedure="provision",
            steps=procedure.steps,
            operator=self.shift[0],
            work_order=self.shift[1],
            station="Line 1",
            software="0",
        )
        options = ProvisionOptions.model_validate({"credential": kind.credential})
        terms = Terms(options=options, stock=Stock(keystore.secret, keystore.store))

        async def story(run: Run) -> None:
            await procedure.tell(run, scene.board, cloud)

        try:
            return await carry_out(self.bench, note, terms, story)
        finally:
            await cloud.close()


@asynccontextmanager
async def workshop(folder: Path) -> AsyncIterator[Workshop]:
    """Open a record, and hold it at the end against what must be true of every unit."""
    record = await asyncio.to_thread(Record, folder / "record.db")
    journal = Journal(record, lambda event: None, again_after_s=(0.0, 0.0))
    shift = await record.begin_shift("Ann", "Tiny", "Tiny", "0" * 64, None)
    bench = Bench(record, journal, lambda event: None)
    try:
        with mock.patch.object(opened, "tls_context", return_value=usual_trust()):
            yield Workshop(bench, (shift.operator, shift.work_order))
        with questions.reading(record.path) as db:
            assert questions.verify(db) == []
            claimed = db.execute("select device_id, count(*) from claims group by device_id")
            assert {many for _, many in claimed} == {1}, "claimed twice in the record"
            ((units, claims),) = db.execute(
                "select (select count(*) from units), (select count(*) from claims)"
            )
            assert units == claims, "a unit without its claim"
            assert list(db.execute("select * from intents where ended is null")) == []
    finally:
        await asyncio.to_thread(record.close)


async def all_of(
    workshop: Workshop, kind: Kind, broken: Iterable[Broken]
) -> list[tuple[Broken, Scene]]:
    """Provision a unit for each answer that is broken off."""

    async def one(each: Broken) -> tuple[Broken, Scene]:
        return each, await workshop.until_passed(kind, each)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(each)) for each in broken]
    return [task.result() for task in tasks]


def keystore_of(server: SimulatedThingsBoard, *, known: bool) -> Keystore:
    profile = server.known if known else server.new
    return Keystore(
        {
            "thingsboard-provision-key": SecretStr(profile.key or ""),
            "thingsboard-provision-secret": SecretStr(profile.secret or ""),
            "thingsboard-api-key": SecretStr(server.api_key),
            "thingsboard-password": SecretStr(server.admin.password),
        }
    )


@asynccontextmanager
async def _serving(
    kind: Kind, broken: Broken | None
) -> AsyncIterator[tuple[BreakingServer, Mapping[str, str]]]:
    """Start a server, with only the transports that are used."""
    server = BreakingServer(kind.version, broken if kind.transport == "http" else None)
    addresses: dict[str, str] = {}
    async with AsyncExitStack() as stack:
        if "mqtt" in {kind.transport, kind.credential.split()[0]}:
            door = BreakingDoor(server.account, broken if kind.transport == "mqtt" else None)
            server.transports["mqtt"] = door
        if kind.transport == "coap":
            server.transports["coap"] = CoapDoor(server.account)
        await stack.enter_async_context(server)
        for name, transport in server.transports.items():
            addresses[f"{name}_address"] = f"{name}://{transport.address}"
        if kind.transport == "coap":
            network = await stack.enter_async_context(Lossy(server.transports["coap"].address))
            network.answering = _breaking(broken)
            addresses["coap_address"] = f"coap://{network.address}"
        yield server, addresses


def _breaking(broken: Broken | None) -> Fate:
    if broken is None:
        return whole
    return lambda number, datagram: (
        (datagram[: broken.at] or None) if number == broken.reply else datagram
    )


def _options(
    kind: Kind, server: SimulatedThingsBoard, addresses: Mapping[str, str]
) -> ThingsBoardOptions:
    told: dict[str, Any] = {"address": server.address, **addresses}
    told["transport"] = kind.transport
    told["strategy"] = "pre-provisioned" if kind.known else "allow new"
    told["timeout_s"] = 2.0 if kind.transport == "coap" else 10.0
    if not kind.register:
        told["sign_in"] = "none"
    elif kind.version < "4.3":
        told |= {"sign_in": "password", "user": server.admin.email}
    return ThingsBoardOptions.model_validate(told)


def _login_of(device: Device) -> dict[str, str]:
    held = device.credentials
    if held.type == "ACCESS_TOKEN":
        return {"token": held.lookup}
    theirs = triple_of(held.value or "")
    return dict(zip(BASIC, theirs.values(), strict=True))


def _bytes_of(response: Response) -> int:
    """Return how long a reply is, head and all."""
    first = f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"
    headers = [f"{name}: {value}" for name, value in response.headers]
    length = f"content-length: {len(response.body)}"
    lines: Sequence[str] = (first, *headers, length, "")
    return sum(len(line) + 2 for line in lines) + len(response.body)
