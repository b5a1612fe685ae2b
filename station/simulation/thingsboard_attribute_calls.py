"""ThingsBoard's REST calls on attributes."""

from __future__ import annotations

from typing import Any

from station.simulation import thingsboard_values as values
from station.simulation.http_server import Response, json_response
from station.simulation.routes import Calls
from station.simulation.thingsboard_refusals import Refused
from station.simulation.thingsboard_visit import ID, Visit

_SCOPE = "(SERVER_SCOPE|SHARED_SCOPE|CLIENT_SCOPE)"
_BASE = "/api/plugins/telemetry"

calls = Calls()


@calls.on("GET", f"{_BASE}/DEVICE/{ID}/values/attributes(?:/{_SCOPE})?")
def _read(visit: Visit, device_id: str, scope: str | None) -> Response:
    device = visit.device(device_id)
    keys = _keys(visit)
    told: list[dict[str, Any]] = []
    for name, held in device.attributes.items():
        if scope in {None, name}:
            told += [
                {"lastUpdateTs": device.written_ms.get((name, key), 0), "key": key, "value": value}
                for key, value in held.items()
                if not keys or key in keys
            ]
    return json_response(200, told)


@calls.on("POST", f"{_BASE}/DEVICE/{ID}/attributes/{_SCOPE}")
@calls.on("POST", f"{_BASE}/{ID}/{_SCOPE}")
@calls.on("POST", f"{_BASE}/DEVICE/{ID}/{_SCOPE}")
def _write(visit: Visit, device_id: str, scope: str) -> Response:
    device = visit.device(device_id)
    if scope == "CLIENT_SCOPE":
        raise Refused("Invalid attribute scope: CLIENT_SCOPE")
    try:
        written = values.attributes(visit.request.body)
    except ValueError:
        raise Refused("Invalid JSON") from None
    if not written:
        raise Refused("No attributes data found in request body!")
    visit.account.set_attributes(device, scope, written)
    return Response(200)


@calls.on("DELETE", f"{_BASE}/DEVICE/{ID}/{_SCOPE}")
@calls.on("DELETE", f"{_BASE}/{ID}/{_SCOPE}")
def _remove(visit: Visit, device_id: str, scope: str) -> Response:
    device, keys = visit.device(device_id), _keys(visit)
    if not keys:
        raise Refused("Empty keys: ")
    for key in keys:
        device.attributes[scope].pop(key, None)
        device.written_ms.pop((scope, key), None)
    return Response(200)


def _keys(visit: Visit) -> list[str]:
    """Return the keys in `keys`, and each `key`, by which a key with a comma in it is named."""
    listed = [key for key in visit.request.query.get("keys", "").split(",") if key]
    return listed + [value for name, value in visit.request.parts if name == "key"]
