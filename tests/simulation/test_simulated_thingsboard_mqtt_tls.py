"""ThingsBoard's MQTT door over TLS: client certificates wanted, chains, and paho as a client."""

from __future__ import annotations

import asyncio
import json
import queue
import ssl
import warnings
from collections.abc import AsyncIterator
from pathlib import Path

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from station.simulation.thingsboard_mqtt import MqttDoor
from tests.simulation.certificate_holder import Holder
from tests.simulation.thingsboard_books import SUCCESS, Books

ACCEPTED, REFUSED = b"\x20\x02\0\0", b"\x20\x02\0\x05"
CONNECT = b"\x10\x0d\0\x04MQTT\x04\x02\0\x3c\0\x01c"
CONNECT_5 = b"\x10\x0e\0\x04MQTT\x05\x02\0\x3c\0\0\x01c"
PROVISION = b"\x10\x17\0\x04MQTT\x04\x82\0\x3c\0\0\0\x09provision"


@pytest.fixture
def server() -> Holder:
    return Holder("localhost")


@pytest.fixture
def books() -> Books:
    return Books()


@pytest.fixture
async def door(books: Books, server: Holder, tmp_path: Path) -> AsyncIterator[MqttDoor]:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(server.save(tmp_path / "server.pem"))
    door = MqttDoor(books, tls=tls)
    await door.start()
    yield door
    await door.close()


@pytest.fixture
def trust(server: Holder) -> ssl.SSLContext:
    return ssl.create_default_context(cadata=server.pem)


async def heard(door: MqttDoor, tls: ssl.SSLContext, first: bytes = CONNECT) -> bytes:
    """What comes back for `first` and a farewell."""
    port = int(door.address.rsplit(":", 1)[1])
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, ssl=tls, server_hostname="localhost"
    )
    writer.write(first + b"\xe0\0")
    try:
        return await reader.read()
    finally:
        writer.close()


async def test_a_certificate_is_wanted_not_required(door: MqttDoor, trust: ssl.SSLContext) -> None:
    assert await heard(door, trust, PROVISION) == ACCEPTED
    assert await heard(door, trust) == b"\x20\x02\0\x02"


async def test_the_leaf_logs_in(
    door: MqttDoor, trust: ssl.SSLContext, books: Books, tmp_path: Path
) -> None:
    unit = Holder("unit")
    trust.load_cert_chain(unit.save(tmp_path / "unit.pem"))
    assert await heard(door, trust) == REFUSED
    assert await heard(door, trust, CONNECT_5) == b"\x20\x03\0\x87\0"
    books.with_certificate("unit", unit.pem)
    assert await heard(door, trust) == ACCEPTED
    assert await heard(door, trust, PROVISION) == ACCEPTED
    assert [tuple(chain) for chain in books.chains] == [(unit.pem,)] * 4


async def test_a_new_certificate_of_the_same_name_is_another(
    door: MqttDoor, server: Holder, books: Books, tmp_path: Path
) -> None:
    for number in range(2):
        unit = Holder("unit")
        books.with_certificate(f"unit {number}", unit.pem)
        tls = ssl.create_default_context(cadata=server.pem)
        tls.load_cert_chain(unit.save(tmp_path / f"{number}.pem"))
        assert await heard(door, tls) == ACCEPTED


async def test_an_expired_leaf_passes_tls_and_is_refused_by_mqtt(
    door: MqttDoor, trust: ssl.SSLContext, books: Books, tmp_path: Path
) -> None:
    unit = Holder("unit", expired=True)
    books.with_certificate("unit", unit.pem)
    trust.load_cert_chain(unit.save(tmp_path / "unit.pem"))
    assert await heard(door, trust) == REFUSED


async def test_leaf_and_registered_authority_provision_in_the_handshake(
    door: MqttDoor, server: Holder, books: Books, tmp_path: Path
) -> None:
    authority = Holder("Line CA")
    unit = Holder("unit", authority)
    alone, chained = (ssl.create_default_context(cadata=server.pem) for _ in range(2))
    alone.load_cert_chain(unit.save(tmp_path / "alone.pem"))
    chained.load_cert_chain(unit.save(tmp_path / "chained.pem", authority))
    assert await heard(door, chained) == REFUSED  # not registered yet
    books.trust(authority.pem)
    assert await heard(door, alone) == REFUSED
    assert await heard(door, chained) == ACCEPTED
    assert await heard(door, alone) == ACCEPTED
    assert [unit.pem, authority.pem] in books.chains
    assert books.device_named(books.tenant, "unit") is not None


async def test_a_chain_that_does_not_hold_fails_the_handshake(
    door: MqttDoor, trust: ssl.SSLContext, books: Books, tmp_path: Path
) -> None:
    authority, namesake = Holder("Line CA"), Holder("Line CA")
    unit = Holder("unit", authority)
    books.trust(namesake.pem)
    # A client that has the whole chain as one file sends it unchecked
    trust.load_cert_chain(unit.save(tmp_path / "unit.pem", namesake))
    trust.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(ssl.SSLError, match=r"(?i)certificate.unknown"):
        await heard(door, trust)
    assert books.device_named(books.tenant, "unit") is None


async def test_another_units_certificate_does_not_do_without_its_key(
    door: MqttDoor, trust: ssl.SSLContext, books: Books, tmp_path: Path
) -> None:
    unit, thief = Holder("unit"), Holder("unit")
    books.with_certificate("unit", unit.pem)
    trust.load_cert_chain(thief.save(tmp_path / "thief.pem", unit))
    with pytest.raises((ssl.SSLError, ConnectionError)):
        await heard(door, trust)


async def test_plain_bytes_are_hung_up_on(door: MqttDoor) -> None:
    reader, writer = await asyncio.open_connection(*door.address.split(":"))
    writer.write(CONNECT)
    assert await reader.read() == b""
    writer.close()


def provisioned_by_paho(port: int, version: MQTTProtocolVersion, ca: Path | None) -> object:
    """Do as the guide's script does: subscribe and publish when connected, wait for the reply."""
    replies: queue.Queue[object] = queue.Queue()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        client = mqtt.Client(CallbackAPIVersion.VERSION2, "c", protocol=version)

    def connected(
        client: mqtt.Client, data: object, flags: object, code: object, _: object
    ) -> None:
        client.subscribe("/provision/response", 1)
        client.publish("/provision/request", json.dumps({"deviceName": "dev1"}), 1)

    client.on_connect = connected
    client.on_message = lambda client, data, message: replies.put(json.loads(message.payload))
    client.username_pw_set("provision")
    if ca is not None:
        client.tls_set(str(ca))
    client.connect("localhost" if ca else "127.0.0.1", port)
    client.loop_start()
    try:
        return replies.get(timeout=30)
    finally:
        client.disconnect()
        client.loop_stop()


VERSIONS = [MQTTProtocolVersion.MQTTv31, MQTTProtocolVersion.MQTTv311, MQTTProtocolVersion.MQTTv5]


@pytest.mark.parametrize("version", VERSIONS)
async def test_paho_provisions(books: Books, version: MQTTProtocolVersion) -> None:
    door = MqttDoor(books)
    await door.start()
    port = int(door.address.rsplit(":", 1)[1])
    assert await asyncio.to_thread(provisioned_by_paho, port, version, None) == SUCCESS
    await door.close()


async def test_paho_provisions_over_tls(door: MqttDoor, server: Holder, tmp_path: Path) -> None:
    ca = tmp_path / "ca.pem"
    ca.write_text(server.pem)
    port = int(door.address.rsplit(":", 1)[1])
    version = MQTTProtocolVersion.MQTTv311
    assert await asyncio.to_thread(provisioned_by_paho, port, version, ca) == SUCCESS
