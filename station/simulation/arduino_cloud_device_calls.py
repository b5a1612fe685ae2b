"""The calls of devices: their names and tags, certificates, passwords, LoRaWAN."""

from __future__ import annotations

import secrets
from typing import Any

from station.simulation import arduino_cloud_rules as rules
from station.simulation.arduino_cloud_account import Account, Device
from station.simulation.arduino_cloud_authority import Certificate
from station.simulation.arduino_cloud_onboarding import instant
from station.simulation.arduino_cloud_products import FREQUENCY_PLANS, by_type
from station.simulation.arduino_cloud_refusals import Refusal, content, is_true, text_of
from station.simulation.arduino_cloud_thing_calls import thing_told
from station.simulation.http_server import Request, Response, json_response
from station.simulation.routes import Calls

_DEVICES = "/iot/v2/devices"
_DEVICE = f"{_DEVICES}/([^/]+)"
_SENT = frozenset({"name", "fqbn", "serial", "connection_type", "wifi_fw_version"})
_LATEST_WIFI = "3.0.1"

calls = Calls()


def device_told(account: Account, device: Device) -> dict[str, Any]:
    """Return a device as the API tells it; what it has not, is not there."""
    product, thing = by_type(device.type), account.thing_of(device.id)
    told: dict[str, Any] = {
        "id": device.id,
        "name": device.name,
        "type": device.type,
        "fqbn": device.fqbn or None,
        "serial": device.serial,
        "href": f"{_DEVICES}/{device.id}",
        "label": product.label if product else device.type,
        "user_id": account.user_id,
        "connection_type": device.connection_type or None,
        "device_status": "ONLINE" if device.is_online else "OFFLINE",
        "wifi_fw_version": device.wifi_fw_version or None,
        "latest_wifi_fw_version": _LATEST_WIFI,
        "organization_id": account.organization,
        "ota_available": bool(product and product.library_2_0),
        "ota_compatible": bool(product and product.library_2_0),
        "tags": device.tags or None,
        "thing": None if thing is None else thing_told(account, thing),
        "created_at": instant(device.created_at),
        "last_activity_at": instant(device.last_activity_at),
        "deleted_at": instant(device.deleted_at),
    }
    return {name: value for name, value in told.items() if value is not None}


@calls.on("PUT", _DEVICES)
def _create(account: Account, request: Request) -> Response:
    sent = content(request)
    kind = text_of(sent, "type")
    rules.check_words(sent)
    if "device-limit" in account.faults:
        raise Refusal(412, "the plan's limit of devices is reached")
    device = account.create_device(kind, **{k: v for k, v in sent.items() if k in _SENT})
    return json_response(201, device_told(account, device))


@calls.on("GET", _DEVICES)
def _list(account: Account, request: Request) -> Response:
    tags = [value for name, value in request.parts if name == "tags"]
    found = account.listed(
        serial=request.query.get("serial", ""),
        tags=tags,
        deleted=is_true(request, "show_deleted"),
    )
    return json_response(200, [device_told(account, device) for device in found])


@calls.on("GET", _DEVICE)
def _tell(account: Account, request: Request, device_id: str) -> Response:
    device = account.device(device_id, deleted=is_true(request, "show_deleted"))
    return json_response(200, device_told(account, device))


@calls.on("POST", _DEVICE)
def _change(account: Account, request: Request, device_id: str) -> Response:
    sent = content(request)
    rules.check_words(sent)
    device = account.device(device_id, deleted=sent.get("soft_deleted") is False)
    account.change_device(device, sent)
    return json_response(200, device_told(account, device))


@calls.on("DELETE", _DEVICE)
def _delete(account: Account, request: Request, device_id: str) -> Response:
    if "delete-refused" in account.faults:
        raise Refusal(403, "the device may not be deleted")
    account.delete_device(device_id, force=is_true(request, "force"))
    return Response(200)


@calls.on("GET", f"{_DEVICE}/properties")
def _properties(account: Account, _: Request, device_id: str) -> Response:
    account.device(device_id)
    told = {"deviceId": device_id, "device_id": device_id, "user_id": account.user_id}
    return json_response(200, {**told, "data_retention_days": 1, "properties": []})


@calls.on("GET", f"{_DEVICE}/status")
def _status(account: Account, _: Request, device_id: str) -> Response:
    device = account.device(device_id)
    when = instant(device.last_activity_at or device.created_at)
    event = {"updated_at": when, "value": "CONNECTED" if device.is_online else "DISCONNECTED"}
    return json_response(200, {"id": device_id, "events": [event]})


@calls.on("GET", f"{_DEVICE}/events")
def _events(account: Account, _: Request, device_id: str) -> Response:
    account.device(device_id)
    return json_response(200, {"id": device_id, "events": []})


@calls.on("PUT", f"{_DEVICE}/certs")
def _certify(account: Account, request: Request, device_id: str) -> Response:
    device, sent = account.device(device_id), content(request)
    rules.check(sent, rules.CERTIFICATE)
    issued = account.certify(
        device,
        text_of(sent, "csr"),
        device_id,
        text_of(sent, "ca"),
        enabled=sent.get("enabled") is not False,
    )
    return json_response(201, issued.told())


@calls.on("GET", f"{_DEVICE}/certs")
def _list_certificates(account: Account, _: Request, device_id: str) -> Response:
    kept = account.device(device_id).certificates.values()
    return json_response(200, [certificate.told() for certificate in kept])


@calls.on("GET", f"{_DEVICE}/certs/([^/]+)")
def _tell_certificate(account: Account, _: Request, device_id: str, cert_id: str) -> Response:
    return json_response(200, _certificate(account, device_id, cert_id).told())


@calls.on("POST", f"{_DEVICE}/certs/([^/]+)")
def _change_certificate(
    account: Account, request: Request, device_id: str, cert_id: str
) -> Response:
    certificate = _certificate(account, device_id, cert_id)
    certificate.enabled = content(request).get("enabled") is not False
    return json_response(200, certificate.told())


@calls.on("DELETE", f"{_DEVICE}/certs/([^/]+)")
def _delete_certificate(account: Account, _: Request, device_id: str, cert_id: str) -> Response:
    del account.device(device_id).certificates[_certificate(account, device_id, cert_id).id]
    return Response(200)


def _certificate(account: Account, device_id: str, cert_id: str) -> Certificate:
    kept = account.device(device_id).certificates
    if cert_id not in kept:
        raise Refusal(404, "certificate not found")
    return kept[cert_id]


@calls.on("PUT", f"{_DEVICE}/tags")
def _tag(account: Account, request: Request, device_id: str) -> Response:
    device, sent = account.device(device_id), content(request)
    rules.check(sent, rules.TAG)
    device.tags[text_of(sent, "key")] = text_of(sent, "value")
    return Response(200)


@calls.on("GET", f"{_DEVICE}/tags")
def _list_tags(account: Account, _: Request, device_id: str) -> Response:
    tags = account.device(device_id).tags.items()
    return json_response(200, {"tags": [{"key": key, "value": value} for key, value in tags]})


@calls.on("DELETE", f"{_DEVICE}/tags/([^/]+)")
def _untag(account: Account, _: Request, device_id: str, key: str) -> Response:
    account.device(device_id).tags.pop(key, None)
    return Response(200)


@calls.on("GET", f"{_DEVICE}/pass")
def _password(account: Account, request: Request, device_id: str) -> Response:
    told: dict[str, Any] = {"set": account.device(device_id).password is not None}
    if is_true(request, "suggested_password"):
        told["suggested_password"] = secrets.token_urlsafe(18)
    return json_response(200, told)


@calls.on("PUT", f"{_DEVICE}/pass")
def _set_password(account: Account, request: Request, device_id: str) -> Response:
    account.device(device_id).password = text_of(content(request), "password")
    return json_response(200, {"set": True})


@calls.on("POST", f"{_DEVICE}/pass")
def _check_password(account: Account, request: Request, device_id: str) -> Response:
    device = account.device(device_id)
    if device.password is None or content(request).get("password") != device.password:
        raise Refusal(400, "the password does not match")
    return Response(200)


@calls.on("DELETE", f"{_DEVICE}/pass")
def _drop_password(account: Account, _: Request, device_id: str) -> Response:
    account.device(device_id).password = None
    return Response(200)


@calls.on("PUT", "/iot/v1/lora-devices/?")
def _create_lora(account: Account, request: Request) -> Response:
    sent = content(request)
    for name in ("app", "eui", "frequency_plan", "name", "type", "user_id"):
        text_of(sent, name)
    rules.check(sent, rules.LORA)
    rules.check_words(sent, lora=True)
    device = account.create_device(
        sent["type"], name=sent["name"], connection_type="lora", serial=sent.get("serial")
    )
    device.lora = {
        "eui": sent["eui"],
        "app_eui": secrets.token_hex(8),
        "app_key": secrets.token_hex(16),
    }
    return json_response(201, {"device_id": device.id, **device.lora})


@calls.on("GET", "/iot/v1/lora-freq-plans/?")
def _plans(_: Account, __: Request) -> Response:
    plans = [{"id": at, "name": name, "advanced": False} for at, name in FREQUENCY_PLANS.items()]
    return json_response(200, {"frequency_plans": plans})
