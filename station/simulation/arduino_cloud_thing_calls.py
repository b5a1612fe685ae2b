"""The calls of things."""

from __future__ import annotations

import copy
import uuid
from typing import Any

from station.simulation import arduino_cloud_rules as rules
from station.simulation.arduino_cloud_account import Account, Thing
from station.simulation.arduino_cloud_onboarding import instant
from station.simulation.arduino_cloud_refusals import Refusal, content, is_true, text_of
from station.simulation.http_server import Request, Response, json_response
from station.simulation.routes import Calls

_THINGS = "/iot/v2/things"
_THING = f"{_THINGS}/([^/]+)"

calls = Calls()


def thing_told(account: Account, thing: Thing) -> dict[str, Any]:
    """Return a thing as the API tells it; what it has not, is not there."""
    device = account.devices.get(thing.device_id or "")
    told: dict[str, Any] = {
        "id": thing.id,
        "name": thing.name,
        "href": f"{_THINGS}/{thing.id}",
        "timezone": thing.timezone,
        "user_id": account.user_id,
        "organization_id": account.organization,
        "created_at": instant(thing.created_at),
        "properties": thing.properties,
        "properties_count": len(thing.properties),
        "sketch_id": thing.sketch_version or None,
        "tags": thing.tags or None,
        "device_id": thing.device_id,
        "device_name": device.name if device else None,
        "device_fqbn": device.fqbn if device else None,
        "device_type": device.type if device else None,
    }
    return {name: value for name, value in told.items() if value is not None}


@calls.on("PUT", _THINGS)
def _create(account: Account, request: Request) -> Response:
    sent = content(request)
    thing = Thing(str(uuid.uuid4()), "Untitled", account.now())
    thing.properties = _list_of(sent, "properties")
    tags = _list_of(sent, "tags")
    thing.tags = {text_of(tag, "key"): text_of(tag, "value") for tag in tags}
    _change(account, thing, sent, force=is_true(request, "force"))
    account.things[thing.id] = thing
    return json_response(201, thing_told(account, thing))


@calls.on("GET", _THINGS)
def _list(account: Account, request: Request) -> Response:
    device_id = request.query.get("device_id")
    found = [t for t in account.things.values() if device_id in {None, t.device_id}]
    return json_response(200, [thing_told(account, thing) for thing in found])


@calls.on("GET", _THING)
def _tell(account: Account, _: Request, thing_id: str) -> Response:
    return json_response(200, thing_told(account, account.thing(thing_id)))


@calls.on("POST", _THING)
def _update(account: Account, request: Request, thing_id: str) -> Response:
    thing = account.thing(thing_id)
    _change(account, thing, content(request), force=is_true(request, "force"))
    return json_response(200, thing_told(account, thing))


@calls.on("DELETE", _THING)
def _delete(account: Account, _: Request, thing_id: str) -> Response:
    del account.things[account.thing(thing_id).id]
    return Response(200)


@calls.on("PUT", f"{_THING}/clone")
def _clone(account: Account, request: Request, thing_id: str) -> Response:
    twin = copy.deepcopy(account.thing(thing_id))
    twin.id, twin.device_id, twin.created_at = str(uuid.uuid4()), None, account.now()
    twin.name = content(request).get("name") or twin.name
    account.things[twin.id] = twin
    return json_response(201, thing_told(account, twin))


@calls.on("PUT", f"{_THING}/sketch")
def _make_sketch(account: Account, request: Request, thing_id: str) -> Response:
    thing = account.thing(thing_id)
    thing.sketch_version = content(request).get("sketch_version") or "v2"
    return json_response(201, thing_told(account, thing))


def _change(account: Account, thing: Thing, sent: dict[str, Any], *, force: bool) -> None:
    if "attach-conflict" in account.faults and sent.get("device_id"):
        raise Refusal(409, "the device is attached to a thing of another space")
    rules.check(sent, rules.THING)
    if "device_id" in sent:
        account.attach(thing, sent["device_id"] or None, force=force)
    thing.name = sent.get("name") or thing.name
    thing.timezone = sent.get("timezone") or thing.timezone


def _list_of(sent: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = sent.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise Refusal(400, f'attribute "{name}" must be a list of objects')
    return value
