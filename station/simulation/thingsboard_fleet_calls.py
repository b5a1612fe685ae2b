"""ThingsBoard's REST calls on devices and their credentials."""

from __future__ import annotations

from typing import Any

from station.simulation import thingsboard_bulk
from station.simulation import thingsboard_credentials as credentials
from station.simulation import thingsboard_shapes as shapes
from station.simulation.http_server import Response, json_response
from station.simulation.routes import Calls
from station.simulation.thingsboard_nouns import NOBODY, Credentials, Device, Profile
from station.simulation.thingsboard_refusals import Refused, missing
from station.simulation.thingsboard_visit import ID, Visit, broken, check_version, forbidden, id_in

calls = Calls()


@calls.on("POST", "/api/device")
def _save(visit: Visit) -> Response:
    token = visit.request.query.get("accessToken")
    given = credentials.token(token) if token else None
    return json_response(200, shapes.device(_saved(visit, visit.sent(), given)))


@calls.on("POST", "/api/device-with-credentials")
def _save_with_credentials(visit: Visit) -> Response:
    sent = visit.sent()
    device, given = sent.get("device"), sent.get("credentials")
    if not isinstance(device, dict) or not isinstance(given, dict):
        raise Refused("Validation error: device and credentials must not be null")
    return json_response(200, shapes.device(_saved(visit, device, credentials.from_rest(given))))


@calls.on("POST", "/api/device/bulk_import")
def _import(visit: Visit) -> Response:
    visit.admin_only()
    done = thingsboard_bulk.load(visit.account, visit.user.tenant, visit.sent())
    return json_response(200, done)


@calls.on("POST", "/api/device/credentials")
def _replace_credentials(visit: Visit) -> Response:
    sent = visit.sent()
    device = visit.device(id_in(sent, "deviceId") or "")
    if id_in(sent, "id") != device.credentials_id:
        raise Refused("Credentials for this device are already specified!")
    check_version(sent, device.credentials_version, "Device credentials")
    visit.account.set_credentials(device, credentials.from_rest(sent))
    return json_response(200, shapes.credentials(device))


@calls.on("GET", f"/api/device/{ID}/credentials")
def _tell_credentials(visit: Visit, device_id: str) -> Response:
    return json_response(200, shapes.credentials(visit.device(device_id)))


@calls.on("GET", f"/api/device/{ID}")
def _tell(visit: Visit, device_id: str) -> Response:
    return json_response(200, shapes.device(visit.device(device_id)))


@calls.on("GET", f"/api/device/info/{ID}")
def _tell_info(visit: Visit, device_id: str) -> Response:
    return json_response(200, _info(visit, visit.device(device_id)))


@calls.on("DELETE", f"/api/device/{ID}")
def _remove(visit: Visit, device_id: str) -> Response:
    visit.admin_only()
    visit.account.remove_device(visit.device(device_id))
    return Response(200)


@calls.on("GET", "/api/tenant/devices?")
def _find(visit: Visit) -> Response:
    visit.admin_only()
    singular = visit.request.path.endswith("device")
    name = visit.request.query.get("deviceName")
    if singular and (name is None or not visit.account.at_least(4, 3)):
        raise missing("Not found")
    if name is None:
        return visit.page([shapes.device(device) for device in _filtered(visit)])
    found = visit.account.device_named(visit.user.tenant, name)
    if found is None:
        raise missing()
    return json_response(200, shapes.device(found))


@calls.on("GET", "/api/tenant/deviceInfos")
def _list_infos(visit: Visit) -> Response:
    visit.admin_only()
    return visit.page([_info(visit, device) for device in _filtered(visit)])


@calls.on("POST", f"/api/customer/{ID}/device/{ID}")
def _assign(visit: Visit, customer: str, device_id: str) -> Response:
    visit.admin_only()
    device = visit.device(device_id)
    visit.account.assign(device, customer)
    return json_response(200, shapes.device(device))


@calls.on("DELETE", f"/api/customer/device/{ID}")
def _unassign(visit: Visit, device_id: str) -> Response:
    visit.admin_only()
    device = visit.device(device_id)
    if device.customer == NOBODY:
        raise Refused("Device isn't assigned to any customer!")
    visit.account.assign(device, NOBODY)
    return json_response(200, shapes.device(device))


@calls.on("POST", "/api/customer/device/([^/]+)/claim")
def _claim(visit: Visit, name: str) -> Response:
    if visit.user.authority != "CUSTOMER_USER":
        raise forbidden()
    if not visit.request.body:
        raise broken("java.lang.NullPointerException")
    device = _named(visit, name)
    secret = str(visit.sent().get("secretKey") or "")
    done = visit.account.claims.claim(device, visit.user.customer, secret)
    if done != "SUCCESS":
        return json_response(400, done)
    return json_response(200, {"device": shapes.device(device), "response": done})


@calls.on("DELETE", "/api/customer/device/([^/]+)/claim")
def _undo_claim(visit: Visit, name: str) -> Response:
    device = visit.device(_named(visit, name).id)
    visit.account.claims.undo(device)
    return Response(200)


def _named(visit: Visit, name: str) -> Device:
    found = visit.account.device_named(visit.user.tenant, name)
    if found is None:
        raise missing()
    return found


def _info(visit: Visit, device: Device) -> dict[str, Any]:
    return shapes.device_info(device, visit.account.customers.get(device.customer))


def _filtered(visit: Visit) -> list[Device]:
    query = visit.request.query
    return [
        device
        for device in visit.account.devices.values()
        if device.tenant == visit.user.tenant
        and query.get("type") in {None, "", device.profile.name}
        and query.get("deviceProfileId") in {None, "", device.profile.id}
        and query.get("active") in {None, _activity(device)}
    ]


def _activity(device: Device) -> str:
    return "true" if device.attributes["SERVER_SCOPE"].get("active") is True else "false"


def _saved(visit: Visit, sent: dict[str, Any], given: Credentials | None) -> Device:
    """Create a device, or change the one whose id is sent."""
    visit.admin_only()
    known_id = id_in(sent, "id")
    if known_id is not None:
        return _changed(visit, visit.device(known_id), sent, given)
    name, label = str(sent.get("name") or ""), sent.get("label")
    visit.account.check_name(visit.user.tenant, name)
    profile, info = _profile(visit, sent), _info_in(sent)
    return visit.account.add_device(profile, name, given, label=label, info=info)


def _changed(
    visit: Visit, device: Device, sent: dict[str, Any], given: Credentials | None
) -> Device:
    check_version(sent, device.version, "Device")
    visit.account.rename(device, str(sent.get("name") or ""))
    device.label, device.info = sent.get("label"), _info_in(sent)
    device.profile = _profile(visit, sent)
    device.version += 1
    if given is not None:
        visit.account.set_credentials(device, given)
    return device


def _info_in(sent: dict[str, Any]) -> dict[str, Any]:
    info = sent.get("additionalInfo") or {}
    if not isinstance(info, dict):
        raise Refused("JSON parse error")
    return info


def _profile(visit: Visit, sent: dict[str, Any]) -> Profile:
    """Return the profile that is meant; a type that names none makes one."""
    by_id = id_in(sent, "deviceProfileId")
    if by_id is not None:
        return visit.profile(by_id)
    return visit.account.profile_of_type(visit.user.tenant, str(sent.get("type") or ""))
