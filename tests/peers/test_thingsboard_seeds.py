"""The commands of ThingsBoard's own pages, by programs that are not ours, against its simulation.

Mosquitto's `mosquitto_rr`, `_pub` and `_sub`, and libcoap's `coap-client`.
"""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from station.simulation.thingsboard import SimulatedThingsBoard
from station.simulation.thingsboard_nouns import Device

COAP = shutil.which("coap-client-notls") or "coap-client"
REQUEST, RESPONSE = "/provision/request", "/provision/response"
TELEMETRY = "v1/devices/me/telemetry"
LONG = "-----BEGIN CERTIFICATE-----\n" + "QUJD" * 400 + "\n-----END CERTIFICATE-----\n"
TIMED_OUT, REFUSED = 27, 5
"""Exit statuses of Mosquitto's programs: nothing came in the time given; CONNACK's not authorized."""

needs_mosquitto = pytest.mark.skipif(
    shutil.which("mosquitto_rr") is None, reason="apt-get install mosquitto-clients"
)
needs_libcoap = pytest.mark.skipif(
    shutil.which(COAP) is None, reason="apt-get install libcoap3-bin"
)
pytestmark = pytest.mark.peer


@dataclass(frozen=True)
class Ran:
    status: int
    out: str


async def run(*command: str) -> Ran:
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    out, _ = await process.communicate()
    return Ran(process.returncode or 0, out.decode())


@dataclass(frozen=True)
class Bench:
    """The simulated server, and how the programs are pointed at it."""

    server: SimulatedThingsBoard

    def body(self, name: str = "dev1", **more: str) -> str:
        key, secret = self.server.provision_key, self.server.provision_secret
        asked = {"deviceName": name, "provisionDeviceKey": key, "provisionDeviceSecret": secret}
        return json.dumps({**asked, **more})

    async def mqtt(self, program: str, *arguments: str) -> Ran:
        host, _, port = self.server.hello["mqtt"].rpartition(":")
        return await run(f"mosquitto_{program}", "-h", host, "-p", port, *arguments)

    async def ask(self, body: str, *, wait_s: int = 10, version: str = "mqttv311") -> Ran:
        where = ("-u", "provision", "-q", "1", "-t", REQUEST, "-e", RESPONSE)
        return await self.mqtt("rr", *where, "-V", version, "-W", str(wait_s), "-m", body)

    async def coap(self, path: str, body: str, *arguments: str) -> Ran:
        url = f"coap://{self.server.hello['coap']}/api/v1/{path}"
        return await run(COAP, "-m", "post", "-t", "application/json", "-e", body, *arguments, url)

    @property
    def devices(self) -> dict[str, Device]:
        return {device.name: device for device in self.server.account.devices.values()}


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    async with SimulatedThingsBoard(version="4.4.0") as server:
        yield Bench(server)


@needs_mosquitto
@pytest.mark.parametrize("version", ["mqttv31", "mqttv311", "mqttv5"])
async def test_mosquitto_provisions_and_writes_with_what_it_got(bench: Bench, version: str) -> None:
    told = json.loads((await bench.ask(bench.body(), version=version)).out)
    token = told["credentialsValue"]
    assert told["status"] == "SUCCESS"
    assert token == bench.devices["dev1"].credentials.lookup
    written = await bench.mqtt("pub", "-u", token, "-q", "1", "-t", TELEMETRY, "-m", '{"a": 1}')
    assert written.status == 0
    assert [values for _, values in bench.devices["dev1"].telemetry] == [{"a": 1}]
    again = json.loads((await bench.ask(bench.body(), version=version)).out)
    assert again == {"errorMsg": "Failed to provision device!", "status": "FAILURE"}


@needs_mosquitto
async def test_mosquitto_is_refused_with_a_token_of_nobody(bench: Bench) -> None:
    told = await bench.mqtt("pub", "-u", "nope", "-t", TELEMETRY, "-m", "{}")
    assert told.status == REFUSED, told.out
    assert "not authorised" in told.out


@needs_mosquitto
async def test_who_waits_for_an_old_servers_suback_waits_in_vain(bench: Bench) -> None:
    """Issue 8231 of ThingsBoard's: `mosquitto_rr` asks only when its subscription is acknowledged."""
    bench.server.account.version = "3.8"
    told = await bench.ask(bench.body(), wait_s=1)
    assert told.status == TIMED_OUT, told.out
    assert bench.devices == {}


@needs_mosquitto
async def test_two_programs_as_the_pages_have_them_do_not_meet(bench: Bench) -> None:
    """The reply goes to who asked: one who only listens hears nothing."""
    who, topic = ("-u", "provision"), ("-t", RESPONSE)
    waits = asyncio.create_task(bench.mqtt("sub", *who, *topic, "-W", "1", "-d"))
    asked = await bench.mqtt("pub", *who, "-q", "1", "-t", REQUEST, "-m", bench.body())
    heard = await waits
    assert (asked.status, list(bench.devices)) == (0, ["dev1"])
    assert "SUBACK" in heard.out
    assert "credentialsValue" not in heard.out


@needs_libcoap
async def test_libcoap_provisions_and_writes_with_what_it_got(bench: Bench) -> None:
    told = json.loads((await bench.coap("provision", bench.body())).out)
    assert told["credentialsType"] == "ACCESS_TOKEN"
    written = await bench.coap(f"{told['credentialsValue']}/telemetry", '{"a": 1}', "-v", "6")
    assert "c:2.01" in written.out
    assert [values for _, values in bench.devices["dev1"].telemetry] == [{"a": 1}]
    again = await bench.coap("provision", bench.body())
    assert again.out.startswith("4.00 {"), again.out
    assert json.loads(again.out[5:])["status"] == "FAILURE"
    nobody = await bench.coap("nope/telemetry", '{"a": 1}')
    assert nobody.out.startswith("4.01"), nobody.out


@needs_libcoap
async def test_libcoap_sends_and_gets_what_takes_more_than_a_block(bench: Bench) -> None:
    body = bench.body(credentialsType="X509_CERTIFICATE", hash=LONG)
    told = json.loads((await bench.coap("provision", body)).out)
    assert told["credentialsValue"] == "QUJD" * 400
    assert bench.devices["dev1"].credentials.value == "QUJD" * 400
