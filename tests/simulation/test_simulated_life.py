"""A simulated console comes to its cloud by itself with what it was given, and goes with its power."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from station.links.memory import pair
from station.simulation import scripted_life
from station.simulation.scripted import SimulatedConsole
from station.simulation.scripted_kept import Kept
from station.simulation.scripted_life import Life
from station.simulation.thingsboard import SimulatedThingsBoard
from station.simulation.thingsboard_chain import key_and_secret
from station.simulation.thingsboard_credentials import certificate, mqtt_basic, token
from station.simulation.thingsboard_mqtt import MqttDoor
from station.simulation.thingsboard_nouns import CHAIN, Credentials, Device, Profile
from tests.clouds.papers import Paper, server_side
from tests.simulation.terminal import Terminal

PROMPT = "esp> \x1b[0m"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scripted_life, "RETRY_S", 0.01)
    monkeypatch.setattr(scripted_life, "REPORT_S", 0.01)


@pytest.fixture
async def server() -> AsyncIterator[SimulatedThingsBoard]:
    async with SimulatedThingsBoard() as opened:
        yield opened


def device(server: SimulatedThingsBoard, given: Credentials, name: str = "unit") -> Device:
    return server.account.add_device(server.new, name, given)


def at(address: str) -> dict[str, str]:
    host, port = address.rpartition("/")[2].rsplit(":", 1)
    return {"ssid": "factory-net", "host": host, "port": port}


async def until(there: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not there():  # noqa: ASYNC110 - what is simulated tells nobody
            await asyncio.sleep(0.005)


@asynccontextmanager
async def living(
    values: dict[str, str], *faults: str, kept: Kept | None = None
) -> AsyncIterator[Kept]:
    kept = kept or Kept()
    kept.values.update({f"prov/{name}": value for name, value in values.items()})
    life = Life(kept, "E0000001", frozenset(faults))
    life.start()
    try:
        yield kept
    finally:
        await life.stop()


def one_line(*texts: str) -> str:
    bodies = ("".join(text.split("-----")[2].split()) for text in texts)
    return base64.b64encode(b"".join(map(base64.b64decode, bodies))).decode()


async def test_a_console_reports_once_it_was_restarted_and_falls_silent_with_its_wire(
    server: SimulatedThingsBoard,
) -> None:
    known = device(server, token("tok-1"))
    board = SimulatedConsole(1)
    here, there = pair()
    running = asyncio.create_task(board.run(there))
    terminal = Terminal(here)
    await terminal.until(PROMPT)
    for line in (
        "nvs_namespace prov",
        *(f"nvs_set {k} str -v {v}" for k, v in {**at(server.address), "token": "tok-1"}.items()),
    ):
        await terminal.type(f"{line}\r\n")
        await terminal.until(PROMPT)
    assert known.telemetry == []
    await terminal.type("restart\r\n")
    await until(lambda: len(known.telemetry) > 2)
    assert known.attributes["SERVER_SCOPE"]["active"] is True
    await here.close()
    await running
    assert [task for task in asyncio.all_tasks() if "life" in task.get_name()] == []


async def test_a_token_goes_by_mqtt_where_that_is_stored(server: SimulatedThingsBoard) -> None:
    known = device(server, token("tok-1"))
    mqtt = at(server.transports["mqtt"].address)
    async with living({**mqtt, "token": "tok-1", "transport": "mqtt"}):
        await until(lambda: known.telemetry)
    assert known.attributes["SERVER_SCOPE"]["lastConnectTime"] > 0


@pytest.mark.parametrize("parts", [("c", "u", "p"), ("", "u", ""), ("c", "", "")])
async def test_a_name_and_a_password_go_by_mqtt(
    server: SimulatedThingsBoard, parts: tuple[str, str, str]
) -> None:
    known = device(server, mqtt_basic(*parts))
    names = ("client_id", "user_name", "user_password")
    login = {name: value for name, value in zip(names, parts, strict=True) if value}
    async with living({**at(server.transports["mqtt"].address), **login}):
        await until(lambda: known.telemetry)
    assert known.attributes["SERVER_SCOPE"]["lastConnectTime"] > 0


async def test_it_provisions_itself_and_keeps_its_token(server: SimulatedThingsBoard) -> None:
    words = {"prov_key": server.provision_key, "prov_secret": server.provision_secret}
    values, kept = {**at(server.address), **words, "name": "unit-1"}, Kept()
    async with living(values, kept=kept):
        await until(lambda: server.account.devices)
        (made,) = server.account.devices.values()
        await until(lambda: made.telemetry)
    assert made.name == "unit-1"
    heard = len(made.telemetry)
    async with living(values, kept=kept):  # now it is refused, and goes on with what it has
        await until(lambda: len(made.telemetry) > heard)
    assert kept.values["prov/token"] == made.credentials.lookup


async def test_a_refused_unit_asks_until_it_is_let_in(server: SimulatedThingsBoard) -> None:
    taken = device(server, token("other"), "unit-1")
    words = {"prov_key": server.provision_key, "prov_secret": server.provision_secret}
    async with living({**at(server.address), **words, "name": "unit-1"}) as kept:
        await until(lambda: server.asked("POST", "/api/v1/provision") > 2)
        assert "prov/token" not in kept.values
        server.account.remove_device(taken)
        await until(lambda: "prov/token" in kept.values)


@pytest.mark.parametrize("own_key", [False, True])
async def test_a_certificate_goes_by_tls_in_pieces_and_whole(
    server: SimulatedThingsBoard, tmp_path: Path, own_key: bool
) -> None:
    line = Paper("Line CA")
    unit = Paper("unit-1", line)
    key, secret = key_and_secret(line.pem)
    server.account.add_profile(Profile(server.tenant.id, "chained", 0, CHAIN, key, secret))
    door = MqttDoor(server.account, tls=server_side(Paper("server"), tmp_path))
    await door.start()
    chain, kept = one_line(unit.pem), Kept()
    values = {"cert": "2", "cert.0": chain[:100], "cert.1": chain[100:], "ca": one_line(line.pem)}
    if own_key:
        kept.key = unit.key
    else:
        der = unit.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        values["private_key"] = base64.b64encode(der).decode()
    async with living({**at(door.address), **values}, kept=kept):
        await until(lambda: any(each.telemetry for each in server.account.devices.values()))
    (made,) = server.account.devices.values()
    assert made.name == "unit-1"
    assert made.credentials == certificate(unit.pem)
    await door.close()


@pytest.mark.parametrize(
    "values",
    [
        {"token": "nope"},
        {"certificate": "AA=="},
        {"certificate": "AA"},
        {"token": "tok-1", "port": "none"},
        {"token": "tok-1", "port": "1"},
        {"token": "tok-1", "port": "99999"},
        {"token": "a b"},
        {"user_name": "nobody"},
        {},
    ],
)
async def test_what_can_t_be_used_is_tried_again_and_breaks_nothing(
    server: SimulatedThingsBoard, values: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = device(server, token("tok-1"))
    kept = Kept(values={"prov/ssid": "x", "prov/host": "127.0.0.1"})
    kept.values["prov/port"] = server.address.rsplit(":", 1)[1]
    kept.values.update({f"prov/{name}": value for name, value in values.items()})
    life = Life(kept, "unit", frozenset())
    tries, report = [], Life._report

    async def counted(self: Life) -> None:
        tries.append(self)
        await report(self)

    monkeypatch.setattr(Life, "_report", counted)
    life.start()
    await until(lambda: len(tries) > 2)
    await life.stop()
    await life.stop()
    assert known.telemetry == []


async def test_by_its_faults_it_stays_away_or_comes_without_a_name(
    server: SimulatedThingsBoard,
) -> None:
    words = {"prov_key": server.provision_key, "prov_secret": server.provision_secret}
    values = {**at(server.address), **words, "name": "unit-1"}
    life = Life(Kept(values=values), "unit", frozenset({"stays-away"}))
    life.start()
    assert not life.is_living
    async with living(values, "nameless"):
        await until(lambda: server.account.devices)
    (made,) = server.account.devices.values()
    assert made.name != "unit-1"


@pytest.mark.parametrize("missing", ["ssid", "host"])
async def test_without_a_network_or_a_server_it_does_not_try(missing: str) -> None:
    values = {**at("127.0.0.1:1"), "token": "tok-1"}
    del values[missing]
    life = Life(Kept(values=values), "unit", frozenset())
    life.start()
    assert not life.is_living
