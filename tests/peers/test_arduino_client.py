"""Arduino's own Python client, `arduino-iot-client`, against the simulated cloud."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from station.simulation.arduino_cloud import SimulatedArduinoCloud

pytestmark = pytest.mark.peer

Ask = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def arduino() -> AsyncIterator[SimulatedArduinoCloud]:
    async with SimulatedArduinoCloud() as cloud:
        yield cloud


@pytest.fixture
def ask(python: Path, arduino: SimulatedArduinoCloud) -> Ask:
    """Have the client carry out a task; it reads what is told to it beside where the cloud is."""

    async def asked(task: str, **told: str) -> dict[str, Any]:
        process = await asyncio.create_subprocess_exec(
            str(python),
            str(Path(__file__).with_name("drive_arduino_client.py")),
            task,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            # its library would take no token from an address without TLS
            env={**os.environ, "OAUTHLIB_INSECURE_TRANSPORT": "1"},
        )
        line = json.dumps({**arduino.hello, **told}).encode() + b"\n"
        said, complaint = await process.communicate(line)
        assert process.returncode == 0, complaint.decode()
        answer: dict[str, Any] = json.loads(said)
        return answer

    return asked


async def test_devices_are_made_found_by_serial_and_tag_and_renamed(
    ask: Ask, arduino: SimulatedArduinoCloud
) -> None:
    told = await ask("devices")
    (device,) = arduino.account.devices.values()
    assert told["found"] == [0, device.id]
    assert told["of_others"] == 0
    assert (device.name, told["name"]) == ("Sensor 7", "Sensor 7")
    assert (device.serial, device.connection_type) == ("S-1", "wifi")
    assert device.tags == {"line": "north"}
    age = datetime.now(UTC) - datetime.fromisoformat(told["created"])
    assert timedelta() <= age < timedelta(minutes=5)


async def test_a_deleted_device_is_gone_in_the_clouds_words(
    ask: Ask, arduino: SimulatedArduinoCloud
) -> None:
    told = await ask("deleted")
    assert told["status"] == 404
    assert {"id", "code", "status", "detail"} <= told["error"].keys()
    assert arduino.account.devices[told["id"]].deleted_at


async def test_a_certificate_is_one_of_the_device_that_asked(ask: Ask) -> None:
    told = await ask("certificate")
    issued = x509.load_pem_x509_certificate(told["pem"].encode())
    assert issued.subject.rfc4514_string() == f"CN={told['id']}"
    assert len(told["pem"]) > 512, "the client could read it whole"
    compressed = told["read"]["compressed"]
    assert int(compressed["serial"], 16) == issued.serial_number
    assert len(compressed["authority_key_identifier"]) == 40
    assert told["read"]["device_id"] == told["id"]


async def test_a_password_is_told_once_and_checked_ever_after(ask: Ask) -> None:
    told = await ask("password")
    assert len(told["suggested"]) >= 8
    assert told["set"] == [False, True]
    assert told["refused"] == 400


async def test_a_thing_gets_the_device_and_its_copy_does_not(ask: Ask) -> None:
    told = await ask("things")
    assert told == {
        "of_device": ["Hall"],
        "device_name": "Sensor",
        "twin": ["Attic", None],
        "shown": "Hall",
    }


async def test_a_wrong_key_gets_no_token(ask: Ask, arduino: SimulatedArduinoCloud) -> None:
    told = await ask("devices", client_secret="another")
    assert told["refused"]
    assert arduino.account.devices == {}
