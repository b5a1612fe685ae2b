"""ThingsBoard's REST calls on users, API keys, customers, and the server itself."""

from __future__ import annotations

from station.simulation import thingsboard_shapes as shapes
from station.simulation.http_server import Response, json_response
from station.simulation.routes import Calls
from station.simulation.thingsboard_refusals import Refused, missing
from station.simulation.thingsboard_visit import ID, Visit, forbidden, id_in

calls = Calls()


@calls.on("GET", "/api/auth/user")
def _tell_user(visit: Visit) -> Response:
    return json_response(200, shapes.user(visit.user))


@calls.on("POST", "/api/auth/logout")
def _log_out(_: Visit) -> Response:
    return Response(200)


@calls.on("GET", "/api/system/info")
def _tell_system(visit: Visit) -> Response:
    told = {"version": visit.account.version, "artifact": "application", "name": "ThingsBoard"}
    return json_response(200, told)


@calls.on("POST", "/api/apiKey")
def _add_key(visit: Visit) -> Response:
    _with_keys(visit)
    sent = visit.sent()
    words = sent.get("description")
    if not words:
        raise Refused("API key description should be specified!")
    if id_in(sent, "userId") not in {None, visit.user.id}:
        raise forbidden()
    ends_ms = sent.get("expirationTime") or 0
    if type(ends_ms) is not int:
        raise Refused("JSON parse error")
    enabled = sent.get("enabled") is True
    key = visit.users.add_key(visit.user, str(words), enabled=enabled, expires_ms=ends_ms)
    return json_response(200, shapes.api_key(key, with_value=True))


@calls.on("GET", f"/api/apiKeys/{ID}")
def _list_keys(visit: Visit, user: str) -> Response:
    _with_keys(visit)
    if user != visit.user.id:
        raise forbidden()
    own = [key for key in visit.users.keys.values() if key.user == user]
    return visit.page([shapes.api_key(key, with_value=False) for key in own], "description")


@calls.on("PUT", f"/api/apiKey/{ID}/enabled/((?i:true|false))")
def _enable_key(visit: Visit, key_id: str, enabled: str) -> Response:
    _with_keys(visit)
    key = visit.users.key(key_id)
    if key.user != visit.user.id:
        raise forbidden()
    key.enabled = enabled.lower() == "true"
    return json_response(200, shapes.api_key(key, with_value=False))


@calls.on("DELETE", f"/api/apiKey/{ID}")
def _remove_key(visit: Visit, key_id: str) -> Response:
    _with_keys(visit)
    if visit.users.key(key_id).user != visit.user.id:
        raise forbidden()
    del visit.users.keys[key_id]
    return Response(200)


@calls.on("GET", "/api/customers")
def _list_customers(visit: Visit) -> Response:
    visit.admin_only()
    own = [c for c in visit.account.customers.values() if c.tenant == visit.user.tenant]
    return visit.page([shapes.customer(c) for c in own], "title")


@calls.on("GET", "/api/tenant/customers")
def _find_customer(visit: Visit) -> Response:
    visit.admin_only()
    wanted = (visit.user.tenant, visit.request.query.get("customerTitle"))
    for known in visit.account.customers.values():
        if (known.tenant, known.title) == wanted:
            return json_response(200, shapes.customer(known))
    raise missing()


@calls.on("POST", "/api/customer")
def _add_customer(visit: Visit) -> Response:
    visit.admin_only()
    title = str(visit.sent().get("title") or "")
    return json_response(200, shapes.customer(visit.account.add_customer(visit.user.tenant, title)))


@calls.on("GET", f"/api/audit/logs/entity/DEVICE/{ID}")
def _list_audit(visit: Visit, device_id: str) -> Response:
    visit.admin_only()
    kinds = set(filter(None, visit.request.query.get("actionTypes", "").split(",")))
    of_it = [
        event
        for event in visit.account.events
        if event.device == device_id
        and event.tenant == visit.user.tenant
        and event.kind.startswith("PROVISION_")
        and (not kinds or event.kind in kinds)
    ]
    return visit.page([shapes.audit(event) for event in of_it], "actionType")


def _with_keys(visit: Visit) -> None:
    if not visit.account.at_least(4, 3):
        raise missing("Not found")
