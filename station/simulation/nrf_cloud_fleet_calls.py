"""The calls of Device Management: devices and their shadows, onboarding, bulk operations."""

from __future__ import annotations

import asyncio
import functools
import re
from collections.abc import Callable, Sequence
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from station.simulation.http_server import Request, Response, json_response
from station.simulation.nrf91_orders import DEFAULT_TAG
from station.simulation.nrf_cloud_account import Account, new_command
from station.simulation.nrf_cloud_fleet import Operation, Refusal
from station.simulation.nrf_cloud_routes import content, csv_rows, json_of, page
from station.simulation.routes import Calls

RESULTS = "/bulk-ops-results"
_TENANT = "6f2a3a52-0000-4000-8000-000000000001"
_ID = re.compile(r"[a-z0-9:_-]{1,128}", re.IGNORECASE)
_SUBTYPE = re.compile(r"[a-zA-Z0-9_.,@/:#-]{0,799}")
_TAG = re.compile(r"[a-zA-Z0-9_.@:#-]+")
_FIRMWARE = frozenset({"APP", "MODEM", "BOOT", "SOFTDEVICE", "BOOTLOADER", "MDM_FULL"})
_USUAL_FIRMWARE = "APP|MODEM"
# Not a certificate: the simulated modem looks at the frame only, and nothing here speaks TLS.
_ROOT = "-----BEGIN CERTIFICATE-----\nc2ltdWxhdGVkIHJvb3Q=\n-----END CERTIFICATE-----\n"

calls = Calls()


@calls.on("POST", "/v1/devices")
def _onboard(account: Account, request: Request) -> Response:
    rows = [functools.partial(_onboard_row, account, row) for row in csv_rows(request)]
    return begin(account, "POST /v1/devices", rows)


def begin(account: Account, endpoint: str, rows: Sequence[Callable[[], object]]) -> Response:
    """Take `rows` up as a bulk operation and say by which id it can be asked for."""
    now_s = asyncio.get_running_loop().time()
    work = list(rows)
    if "bulk-fails" in account.faults:
        work = [_no_row for _ in work]
    operation = Operation(endpoint, now_s, now_s + account.bulk_s, work)
    return json_response(202, {"bulkOpsRequestId": account.fleet.begin(operation)})


def onboard_by_token(account: Account, request: Request) -> Response:
    """Onboard devices by their attestation tokens: a CSV with a line of column names."""
    names, *rows = csv_rows(request)
    columns = [name.strip() for name in names]
    if not {"deviceId", "attestationToken"} <= set(columns) or not rows:
        raise Refusal(400, "The columns deviceId and attestationToken and a row are needed")
    cells = [dict(zip(columns, row, strict=False)) for row in rows]
    work = [functools.partial(_onboard_token, account, row) for row in cells]
    return begin(account, "bulk onboarding", work)


def _no_row() -> None:
    raise Refusal(500, "Internal error")


def _onboard_token(account: Account, row: dict[str, str]) -> None:
    device, token = row.get("deviceId", ""), row.get("attestationToken", "")
    if str(account.check(token).device) != device:
        raise Refusal(422, "The token is of another device")
    account.claim(token, [])
    account.claimed[device].waiting += [
        new_command({"cloudAccessKeyGeneration": {"secTag": DEFAULT_TAG}}),
        new_command({"serverCertificate": {"secTag": DEFAULT_TAG, "content": _ROOT}}),
    ]


def _onboard_row(account: Account, row: list[str]) -> None:
    if len(row) != 5:
        raise Refusal(422, "A row has five columns")
    device, subtype, tags, firmware, certificate = row
    parted = tags.split("|") if tags else []
    kinds = (firmware or _USUAL_FIRMWARE).split("|")
    for fine, words in (
        (_ID.fullmatch(device), "Invalid device ID"),
        (_SUBTYPE.fullmatch(subtype), "Invalid sub type"),
        (all(map(_TAG.fullmatch, parted)), "Invalid tag"),
        (set(kinds) <= _FIRMWARE, "Invalid firmware type"),
        (_is_certificate(certificate), "Invalid certificate"),
    ):
        if not fine:
            raise Refusal(422, words)
    kind = "Gateway" if "gateway" in subtype.lower() else "Generic"
    more = {"type": kind, "subType": subtype, "tags": parted, "firmware": {"supports": kinds}}
    account.fleet.onboard(device, certificate, **more)


def _is_certificate(text: str) -> bool:
    try:
        public = x509.load_pem_x509_certificate(text.encode()).public_key()
    except ValueError:
        return False
    return text.endswith("\n") and isinstance(public, ec.EllipticCurvePublicKey)


@calls.on("GET", "/v1/bulk-ops-requests/([^/]+)")
def _tell_operation(account: Account, request: Request, operation_id: str) -> Response:
    operation = _operation(account, operation_id)
    status = operation.status(asyncio.get_running_loop().time())
    if "bulk-never-ends" in account.faults:
        status = "IN_PROGRESS"
    told = {"bulkOpsRequestId": operation.id, "status": status, "endpoint": operation.endpoint}
    if status == "FAILED":
        host = request.headers.get("host", "127.0.0.1")
        told["errorSummaryUrl"] = f"http://{host}{RESULTS}/{operation.id}/errors.json"
    return json_response(200, told)


def errors_of(account: Account, path: str) -> Response:
    """Return an operation's errors; who knows the address needs no key.

    Raises:
        Refusal: 404, no such operation.

    """
    operation = _operation(account, path.removeprefix(RESULTS).strip("/").partition("/")[0])
    return json_response(200, {"errors": operation.errors or []})


def _operation(account: Account, operation_id: str) -> Operation:
    if operation_id not in account.fleet.operations:
        raise Refusal(404, "Bulk operation not found")
    return account.fleet.operations[operation_id]


@calls.on("GET", "/v1/devices")
def _list_devices(account: Account, request: Request) -> Response:
    wanted = request.query.get("deviceIds")
    known = account.fleet.devices
    ids = [at for at in wanted.split(",") if at in known] if wanted else list(known)
    return page(request, [known[at] for at in ids])


@calls.on("GET", "/v1/devices/([^/]+)")
def _tell_device(account: Account, _: Request, device: str) -> Response:
    return json_response(200, account.fleet.device(device))


@calls.on("POST", "/v1/devices/([^/]+)")
def _onboard_with_token(account: Account, request: Request, device: str) -> Response:
    asked = content(request)
    if not isinstance(asked.get("onboardingToken"), str) or not asked["onboardingToken"]:
        raise Refusal(422, "onboardingToken is missing")
    if device in account.fleet.devices:
        raise Refusal(409, f"Device {device} already exists")
    more: dict[str, Any] = {"subType": asked.get("subType", ""), "tags": asked.get("tags", [])}
    more["firmware"] = {"supports": asked.get("supportedFirmwareTypes", ["MODEM"])}
    account.fleet.add(device, **more)
    return Response(202)


@calls.on("DELETE", "/v1/devices/([^/]+)")
def _delete_device(account: Account, _: Request, device: str) -> Response:
    account.fleet.device(device)
    account.fleet.forget(device)
    return Response(202)


@calls.on("PATCH", "/v1/devices/([^/]+)/state")
def _patch_state(account: Account, request: Request, device: str) -> Response:
    account.fleet.patch(device, content(request))
    return Response(202)


@calls.on("PUT", "/v1/devices/([^/]+)/name")
def _name_device(account: Account, request: Request, device: str) -> Response:
    names = json_of(request)
    if not isinstance(names, list) or len(names) != 1 or not isinstance(names[0], str):
        raise Refusal(400, "The body is a list of one name")
    account.fleet.device(device)["name"] = names[0]
    return Response(202)


@calls.on("GET", "/v1/account")
def _tell_account(_: Account, __: Request) -> Response:
    return json_response(200, {"team": {"tenantId": _TENANT, "name": "Simulated team"}})
