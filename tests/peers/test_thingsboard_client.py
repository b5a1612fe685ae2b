"""ThingsBoard's own Python client for devices, `tb-mqtt-client`, against the simulated server."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from station.simulation.thingsboard import SimulatedThingsBoard
from station.simulation.thingsboard_mqtt import MqttDoor
from station.simulation.thingsboard_nouns import Device
from tests.peers.conftest import Drive
from tests.simulation.certificate_holder import Holder

pytestmark = pytest.mark.peer

Ask = Callable[..., Awaitable[dict[str, Any]]]

USED = {"connack": [0], "sent": [0, 0, 0], "told": {"client": {"fw": "v1"}}, "payload": 52428}
"""What the client tells of a session in which all went well: of the size it takes 80 per cent."""


@pytest.fixture
async def server() -> AsyncIterator[SimulatedThingsBoard]:
    async with SimulatedThingsBoard(version="4.4.0") as server:
        yield server


@pytest.fixture
def ask(drive: Drive, server: SimulatedThingsBoard) -> Ask:
    """Have the client carry out a task; what it provisions with is `asks`."""

    async def asked(task: str, *, asks: dict[str, Any] | None = None, **told: Any) -> Any:
        whole = {**server.hello, "asks": asks or {}, **told}
        return await drive("drive_thingsboard_device.py", task, whole)

    return asked


def only_device(server: SimulatedThingsBoard) -> Device:
    (device,) = server.account.devices.values()
    return device


def used(device: Device) -> None:
    """Check what the client's session left at the server."""
    ((_, point),) = device.telemetry
    assert point == {"t": 21.5}
    assert device.attributes["CLIENT_SCOPE"] == {"fw": "v1"}
    assert device.attributes["SERVER_SCOPE"]["active"] is True


@pytest.mark.parametrize("version", ["4.4.0", "3.8"])
async def test_a_token_by_the_server_lets_in(
    ask: Ask, server: SimulatedThingsBoard, version: str
) -> None:
    """A server before 3.9 acknowledges no subscription: the client does not wait for it."""
    server.account.version = version
    told = await ask("token", asks={"device_name": "dev1"})
    device = only_device(server)
    assert told["got"] == {
        "credentialsValue": device.credentials.lookup,
        "credentialsType": "ACCESS_TOKEN",
        "status": "SUCCESS",
    }
    assert told["used"] == USED
    used(device)
    assert (device.name, device.profile) == ("dev1", server.new)
    assert server.account.claims.claim(device, server.customer.id, "on-the-label") == "SUCCESS"


async def test_a_token_of_its_own_makes_a_gateway(ask: Ask, server: SimulatedThingsBoard) -> None:
    own = {"device_name": "dev1", "access_token": "tok-1", "gateway": True}
    told = await ask("token", asks=own)
    assert told["got"]["credentialsValue"] == "tok-1"
    assert told["used"] == USED
    assert only_device(server).info == {"gateway": True}


async def test_a_client_id_a_user_and_a_password(ask: Ask, server: SimulatedThingsBoard) -> None:
    own = {"client_id": "c-1", "username": "u-1", "password": "p-1"}
    told = await ask("basic", asks={"device_name": "dev1", **own})
    assert told["got"] == {
        "credentialsValue": {"clientId": "c-1", "userName": "u-1", "password": "p-1"},
        "credentialsType": "MQTT_BASIC",
        "status": "SUCCESS",
    }
    assert told["used"] == USED
    used(only_device(server))


async def test_its_null_for_what_it_has_not_is_hung_up_on(
    ask: Ask, server: SimulatedThingsBoard
) -> None:
    told = await ask("tried", asks={"device_name": "dev1", "username": "u-1"})
    assert told["got"] is None
    assert told["hung_up"]
    assert server.account.devices == {}


async def test_a_certificate_over_tls(
    ask: Ask, server: SimulatedThingsBoard, tmp_path: Path
) -> None:
    host, unit = Holder("localhost"), Holder("unit-7")
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(host.save(tmp_path / "host.pem"))
    (tmp_path / "ca.pem").write_text(host.pem)
    door = MqttDoor(server.account, tls=tls)
    await door.start()
    try:
        told = await ask(
            "certificate",
            asks={"device_name": "unit-7", "hash": unit.pem},
            mqtt=door.address.replace("127.0.0.1", "localhost"),
            tls=True,
            ca=str(tmp_path / "ca.pem"),
            leaf=str(unit.save(tmp_path / "unit.pem")),
        )
    finally:
        await door.close()
    held = "".join(unit.pem.splitlines()[1:-1])
    assert told["got"]["credentialsType"] == "X509_CERTIFICATE"
    assert told["got"]["credentialsValue"] == held
    assert told["used"] == USED
    used(only_device(server))


@pytest.mark.parametrize(
    "wrong", [{"provision_key": "K"}, {"provision_secret": "S"}, {"asks": {"device_name": " "}}]
)
async def test_a_refusal_is_a_reply_that_it_makes_nothing_of(
    ask: Ask, server: SimulatedThingsBoard, wrong: dict[str, Any]
) -> None:
    told = await ask("tried", **{"asks": {"device_name": "dev1"}, **wrong})
    assert told == {"got": None, "hung_up": []}
    assert server.account.devices == {}


async def test_a_token_of_nobody_is_not_let_in(ask: Ask) -> None:
    told = await ask("stranger")
    assert told["used"] == {"connack": [0x86]}, "bad user name or password, of MQTT 5"


async def test_over_http_and_not_twice(ask: Ask, server: SimulatedThingsBoard) -> None:
    """`client_keys`, by which it asks, is no name of the server's: that tells all it has."""
    told = await ask("by_http")
    device = only_device(server)
    assert told == {
        "token": device.credentials.lookup,
        "told": {"client": {"fw": "v1"}},
        "again": {"errorMsg": "Failed to provision device!", "status": "FAILURE"},
        "alive": [True, False],
    }
