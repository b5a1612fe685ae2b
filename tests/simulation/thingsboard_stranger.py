"""A stranger to the simulated ThingsBoard: asks over each transport, and sees what came by REST."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import httpx
from aiocoap import POST, Context, Message

from station.simulation.thingsboard import SimulatedThingsBoard
from station.simulation.thingsboard_mqtt import MqttDoor
from tests.simulation.mqtt_line import (
    REQUEST,
    RESPONSE,
    accepted,
    connect,
    let_in,
    line_to,
    publish,
    refused,
    whole,
)

ACKNOWLEDGED = whole(0x40, b"\0\x07")


@dataclass(frozen=True)
class Stranger:
    """Provisions `over` "http", "mqtt" or "coap", as a device with the provision key would."""

    server: SimulatedThingsBoard
    http: httpx.AsyncClient
    coap: Context
    over: str

    def keys(self, profile: str = "PA") -> dict[str, Any]:
        held = self.server.new if profile == "PA" else self.server.known
        return {"provisionDeviceKey": held.key, "provisionDeviceSecret": held.secret}

    async def provision(self, profile: str = "PA", **more: Any) -> Any:
        return await self.send(json.dumps({**self.keys(profile), **more}).encode())

    async def send(self, body: bytes) -> Any:
        """Return the reply's JSON, of which the way must be right; None for one without a body."""
        match self.over:
            case "http":
                return await self._by_http(body)
            case "mqtt":
                return await self._by_mqtt(body)
            case _:
                return await self._by_coap(body)

    async def _by_http(self, body: bytes) -> Any:
        reply = await self.http.post("/api/v1/provision", content=body)
        told = reply.json()
        if reply.status_code == 200:
            return told
        assert (reply.status_code, told["errorCode"]) == ((500, 2) if body else (400, 31))
        return None

    async def _by_mqtt(self, body: bytes) -> Any:
        async with line_to(self.door) as line:
            await let_in(line, 4)
            await line.say(publish(4, REQUEST, body))
            first = await line.hear()
            if first != ACKNOWLEDGED:
                assert first == b"", "what is no JSON object is not even acknowledged"
                return None
            reply = await line.hear()
            assert not reply or RESPONSE in reply
            return json.loads(reply[reply.index(b"{") :]) if reply else None

    async def _by_coap(self, body: bytes) -> Any:
        reply = await self._post("provision", body)
        told = json.loads(reply.payload) if reply.payload.startswith(b"{") else None
        went_well = told is not None and told["status"] == "SUCCESS"
        assert reply.code.dotted == ("2.01" if went_well else "4.00")
        assert reply.opt.content_format == (None if told is None else 0)
        return told

    async def lets_in(self, token: str) -> list[bool]:
        """Whether a token is good over HTTP, MQTT and CoAP."""
        told = await self.write(token)
        assert told[0] in {(200, b""), (401, b"")}
        assert told[1] in {accepted(4) + ACKNOWLEDGED, refused(4, 5)}
        assert told[2] in {"2.01", "4.01"}
        return [told[0][0] == 200, told[1] != refused(4, 5), told[2] == "2.01"]

    async def write(self, token: str) -> tuple[tuple[int, bytes], bytes, str]:
        """What is answered to telemetry over HTTP, MQTT (to CONNECT too), and CoAP."""
        http = await self.http.post(f"/api/v1/{token}/telemetry", json={"a": 1})
        async with line_to(self.door) as line:
            mqtt = await line.ask(connect(4, user=token.encode()))
            if mqtt == accepted(4):
                mqtt += await line.ask(publish(4, b"v1/devices/me/telemetry", b'{"a":1}'))
        coap = await self._post(f"{token}/telemetry", b'{"a":1}')
        return (http.status_code, http.content), mqtt, coap.code.dotted

    async def device(self, name: str) -> Any:
        """The device of this name, None where there is none."""
        reply = await self.http.get("/api/tenant/devices", params={"deviceName": name})
        return None if reply.status_code == 404 else reply.json()

    async def names(self) -> list[str]:
        page = {"pageSize": 100, "page": 0}
        told = (await self.http.get("/api/tenant/devices", params=page)).json()
        return [each["name"] for each in told["data"]]

    async def credentials(self, name: str) -> Any:
        device = await self.device(name)
        return (await self.http.get(f"/api/device/{device['id']['id']}/credentials")).json()

    async def state(self, name: str) -> list[Any]:
        """What provisionState says, [] where it is not set."""
        where = f"{await self._telemetry(name)}/values/attributes/SERVER_SCOPE"
        told = (await self.http.get(where, params={"keys": "provisionState"})).json()
        return [each["value"] for each in told]

    async def set_state(self, name: str, value: str | None) -> None:
        where = await self._telemetry(name)
        if value is None:
            keys = {"keys": "provisionState"}
            await self.http.delete(f"{where}/SERVER_SCOPE", params=keys)
        else:
            await self.http.post(f"{where}/SERVER_SCOPE", json={"provisionState": value})

    async def audit(self, name: str) -> list[str]:
        device = await self.device(name)
        where, page = f"/api/audit/logs/entity/DEVICE/{device['id']['id']}", {"pageSize": 9}
        told = (await self.http.get(where, params={**page, "page": 0})).json()
        return [each["actionType"] for each in told["data"]]

    async def create(self, name: str, token: str, profile: str) -> None:
        held = self.server.new if profile == "PA" else self.server.known
        where = {"entityType": "DEVICE_PROFILE", "id": held.id}
        sent = {"name": name, "deviceProfileId": where}
        made = await self.http.post("/api/device", params={"accessToken": token}, json=sent)
        assert made.status_code == 200

    @property
    def door(self) -> MqttDoor:
        door = self.server.transports["mqtt"]
        assert isinstance(door, MqttDoor)
        return door

    async def _telemetry(self, name: str) -> str:
        return f"/api/plugins/telemetry/DEVICE/{(await self.device(name))['id']['id']}"

    async def _post(self, path: str, body: bytes) -> Any:
        uri = f"coap://{self.server.hello['coap']}/api/v1/{path}"
        return await self.coap.request(Message(code=POST, uri=uri, payload=body)).response


def is_made_up(text: str) -> bool:
    """Whether it is of the kind that the server makes: 20 letters and digits."""
    return re.fullmatch(r"[A-Za-z0-9]{20}", text) is not None
