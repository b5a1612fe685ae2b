"""The calls of the provisioning service: those of an account, and those of the boards themselves."""

from __future__ import annotations

import re
from typing import Any

from station.simulation.arduino_cloud_account import Account
from station.simulation.arduino_cloud_products import CONNECTIONS, by_pid
from station.simulation.arduino_cloud_refusals import (
    BAD_REQUEST,
    OTHER,
    TEXT,
    Declined,
    Refusal,
    Stopped,
    content,
)
from station.simulation.http_server import Request, Response, json_response
from station.simulation.routes import Calls

_PROVISIONING = "/provisioning/v1"
_MAC = re.compile(r"(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}|")
_HEX4 = re.compile(r"[0-9A-Fa-f]{4}")

calls = Calls()
board_calls = Calls()
"""Those of boards-v2.arduino.cc: the bearer's token is the board's."""


@calls.on("POST", f"{_PROVISIONING}/onboarding/claim")
def _claim(account: Account, request: Request) -> Response:
    sent = _object(request)
    token, connection = _text(sent, "board_token"), _text(sent, "connection_type")
    mac, name = sent.get("ble_mac", ""), sent.get("device_name", "")
    if connection not in CONNECTIONS:
        raise Declined(400, "Invalid connection type", BAD_REQUEST)
    if not isinstance(mac, str) or not _MAC.fullmatch(mac) or not isinstance(name, str):
        raise Declined(400, "Invalid request", BAD_REQUEST)
    row = account.onboarding.claim(
        token,
        account.faults,
        account.now(),
        device_name=name,
        connection_type=connection,
        ble_mac=mac,
    )
    return json_response(200, {"id": row.id})


@calls.on("POST", f"{_PROVISIONING}/boards/register")
def _register(account: Account, request: Request) -> Response:
    if "register-refused" in account.faults:
        raise Declined(400, "This board can not be registered", OTHER)
    sent = _object(request)
    vid, pid = _text(sent, "vid"), _text(sent, "pid")
    if not _HEX4.fullmatch(vid) or not _HEX4.fullmatch(pid):
        raise Declined(400, "Invalid VID or PID", BAD_REQUEST)
    product = by_pid(pid)
    serial = sent.get("serial") or ""
    if not isinstance(serial, str):
        raise Declined(400, "Invalid serial", BAD_REQUEST)
    uhwid, key = _text(sent, "unique_hardware_id"), _text(sent, "public_key")
    try:
        account.onboarding.register(uhwid, key, product.fqbn if product else "", serial)
    except ValueError as error:
        raise Declined(400, f"Invalid board: {error}", BAD_REQUEST) from None
    return json_response(200, {})


@calls.on("GET", f"{_PROVISIONING}/onboarding")
def _list(account: Account, request: Request) -> Response:
    every = request.query.get("all", "").lower() == "true"
    rows = account.onboarding.rows.values()
    told = [
        row.told(account.user_id, account.organization)
        for row in rows
        if every or row.ended_at is None
    ]
    is_null = not told and "null-list" in account.faults
    return json_response(200, {"onboardings": None if is_null else told})


@calls.on("DELETE", f"{_PROVISIONING}/onboarding/([^/]+)")
def _unclaim(account: Account, _: Request, onboarding_id: str) -> Response:
    account.onboarding.end(onboarding_id, account.now())
    return Response(200)


@board_calls.on("POST", f"{_PROVISIONING}/onboarding/provision/csr")
def _certify(account: Account, request: Request) -> Response:
    if "board-never-provisioned" in account.faults:
        raise Stopped(503, "Service Unavailable")
    uhwid = _board(account, request)
    account.onboarding.open_for(uhwid)
    csr = _text(_object(request), "csr")
    device = account.device_for(uhwid)
    try:
        issued = account.certify(device, csr, uhwid, "Arduino_v2", enabled=True)
    except Refusal as no:
        raise Declined(no.status, no.detail, BAD_REQUEST) from None
    parts = (device.id, issued.authority_key.hex(), issued.not_before, issued.serial)
    return Response(200, "|".join((*parts, *issued.signature)).encode(), TEXT)


@board_calls.on("POST", f"{_PROVISIONING}/onboarding/provision/complete")
def _complete(account: Account, request: Request) -> Response:
    uhwid = _board(account, request)
    version = _object(request).get("wifi_fw_version")
    account.complete(uhwid, version if isinstance(version, str) else "")
    return Response(200)


def _board(account: Account, request: Request) -> str:
    """Return the UHWID of the board that asks."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Stopped(401, "Unauthorized")
    try:
        return account.onboarding.read(token.strip()).uhwid
    except Declined as no:
        raise Declined(401, no.err, no.err_code) from None


def _object(request: Request) -> dict[str, Any]:
    try:
        return content(request)
    except Refusal as no:
        raise Declined(400, no.detail, BAD_REQUEST) from None


def _text(sent: dict[str, Any], name: str) -> str:
    value = sent.get(name)
    if not isinstance(value, str) or not value:
        raise Declined(400, f"{name} is missing", BAD_REQUEST)
    return value
