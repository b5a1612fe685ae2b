"""ThingsBoard's REST calls that answer for many devices at once: a query, and the plan's usage.

Read from the server's EntityQueryController, EntityDataAdapter and UsageInfoController of 4.4.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from station.simulation import thingsboard_shapes as shapes
from station.simulation.http_server import Response, json_response
from station.simulation.routes import Calls
from station.simulation.thingsboard_nouns import Device
from station.simulation.thingsboard_refusals import Refused, missing
from station.simulation.thingsboard_visit import Visit

calls = Calls()

_SCOPES = {f"{scope}_ATTRIBUTE": f"{scope}_SCOPE" for scope in ("SERVER", "SHARED", "CLIENT")}


@calls.on("POST", "/api/entitiesQuery/find")
def _find(visit: Visit) -> Response:
    sent = visit.sent()
    size, number = _page(sent)
    found = sorted(_filtered(visit, sent), key=lambda device: (device.name, device.id))
    fields, values = _keys(sent, "entityFields"), _keys(sent, "latestValues")
    now_ms = visit.account.now_ms()
    told = [_told(device, fields, values, now_ms) for device in _part(found, size, number)]
    page = shapes.page([{} for _ in found], size, number)
    return json_response(200, {**page, "data": told})


@calls.on("GET", "/api/usage")
def _tell_usage(visit: Visit) -> Response:
    """Tell how full the plan is; 0 is no limit. A plan that has no room at all is told as full."""
    visit.admin_only()
    if not visit.account.at_least(3, 5):
        raise missing("Not found")
    limit = visit.account.tenants[visit.user.tenant].device_limit
    held = sum(device.tenant == visit.user.tenant for device in visit.account.devices.values())
    if limit == 0:
        held = limit = max(held, 1)
    return json_response(200, {"devices": held, "maxDevices": limit or 0})


def _page(sent: Mapping[str, Any]) -> tuple[int, int]:
    """Return the size and the number, from 0, of the page that is wanted.

    Raises:
        Refused: 400, it does not say which.

    """
    link = sent.get("pageLink")
    if not isinstance(link, dict):
        raise Refused("Entity Data Page link must be specified.")
    size, number = link.get("pageSize"), link.get("page", 0)
    if not isinstance(size, int) or size < 1:
        raise Refused(
            f"Incorrect entity data page link page size '{size}'. Page size must be greater than zero."
        )
    if not isinstance(number, int) or number < 0:
        raise Refused("Incorrect entity data page link page. Page must be positive integer.")
    return size, number


def _filtered(visit: Visit, sent: Mapping[str, Any]) -> list[Device]:
    """Return the user's devices that the filter lets through.

    Raises:
        Refused: 400, the filter is none of those that ask for devices.

    """
    asked = sent.get("entityFilter")
    if not isinstance(asked, dict):
        raise Refused("Query entity filter must be specified.")
    ids: Any = None
    match asked.get("type"):
        case "deviceType":
            types = asked.get("deviceTypes") or [asked.get("deviceType")]
            start = str(asked.get("deviceNameFilter") or "").lower()
        case "entityType" if asked.get("entityType") == "DEVICE":
            types, start = None, ""
        case "entityList" if asked.get("entityType") == "DEVICE":
            types, start, ids = None, "", asked.get("entityList")
            if not ids or not isinstance(ids, list):
                raise Refused("Query entity list must be specified.")
        case _:
            raise Refused("JSON parse error")
    return [
        device
        for device in visit.account.devices.values()
        if device.tenant == visit.user.tenant
        and (visit.user.authority == "TENANT_ADMIN" or device.customer == visit.user.customer)
        and (types is None or device.profile.name in types)
        and (ids is None or device.id in ids)
        and device.name.lower().startswith(start)
    ]


def _keys(sent: Mapping[str, Any], name: str) -> list[tuple[str, str]]:
    return [(str(each["type"]), str(each["key"])) for each in sent.get(name) or ()]


def _part(found: Sequence[Device], size: int, number: int) -> Sequence[Device]:
    return found[number * size : (number + 1) * size]


def _told(
    device: Device, fields: list[tuple[str, str]], values: list[tuple[str, str]], now_ms: int
) -> dict[str, Any]:
    """Return a device as a query has it: every value is a text, one that is not there is empty."""
    own = shapes.device(device)
    latest: dict[str, dict[str, Any]] = {}
    for kind, key in fields:
        latest.setdefault(kind, {})[key] = {"ts": now_ms, "value": _text(own.get(key))}
    for kind, key in values:
        scope = _SCOPES.get(kind, "")
        held = device.attributes.get(scope, {}).get(key)
        written_ms = device.written_ms.get((scope, key), 0)
        latest.setdefault(kind, {})[key] = {"ts": written_ms, "value": _text(held)}
    return {"entityId": own["id"], "latest": latest, "timeseries": {}, "aggLatest": {}}


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case _:
            return json.dumps(value, separators=(",", ":"))
