"""ThingsBoard's HTTP calls for devices: to be provisioned, and to be used with a token."""

from __future__ import annotations

import json

from station.simulation.http_server import Request, Response, json_response
from station.simulation.routes import Calls
from station.simulation.thingsboard_account import Account
from station.simulation.thingsboard_nouns import Device
from station.simulation.thingsboard_refusals import BAD_REQUEST, GENERAL, platform_error

PROVISION = "/api/v1/provision"
_MOST_BYTES = 50 * 1024 * 1024
_TEXT = "text/plain;charset=UTF-8"
_TOKEN = "/api/v1/([^/]+)"  # noqa: S105  # a part of a path

calls = Calls()


def provision(account: Account, request: Request, silence_s: float) -> Response:
    """Provision a device; `silence_s` passes where the core never answers."""
    now = account.now_ms()
    if request.method != "POST":
        words = f"Request method '{request.method}' is not supported"
        return platform_error(405, words, BAD_REQUEST, now)
    if not request.body:
        return platform_error(400, "Required request body is missing", BAD_REQUEST, now)
    if len(request.body) > _MOST_BYTES:
        return json_response(413, "Request payload size exceeds the limit")
    done = account.provision(request.body)
    if done.reply is not None:
        # a String without a declared type: the client's Accept chooses
        accepts_json = "application/json" in request.headers.get("accept", "")
        kind = "application/json" if accepts_json else _TEXT
        body = json.dumps(done.reply, separators=(",", ":")).encode()
        return Response(200, body, (("content-type", kind),))
    if not done.error:
        return Response(500, delay_s=silence_s)
    return platform_error(500, done.error, GENERAL, now)


@calls.on("GET", f"{_TOKEN}/attributes")
def _read_attributes(account: Account, request: Request, device: Device) -> Response:
    client, shared = (
        None if (text := request.query.get(name)) is None else text.split(",")
        for name in ("clientKeys", "sharedKeys")
    )
    return json_response(200, account.attributes_for(device, client, shared))


@calls.on("POST", f"{_TOKEN}/attributes")
def _write_attributes(account: Account, request: Request, device: Device) -> Response:
    account.write_attributes(device, request.body)
    return Response(200)


@calls.on("POST", f"{_TOKEN}/telemetry")
def _write_telemetry(account: Account, request: Request, device: Device) -> Response:
    account.write_telemetry(device, request.body)
    return Response(200)


@calls.on("POST", f"{_TOKEN}/claim")
def _open_window(account: Account, request: Request, device: Device) -> Response:
    account.claim_window(device, request.body)
    return Response(200)


def answer(account: Account, request: Request) -> Response:
    """Answer a device that shows its token in the path."""
    there = calls.at(request.path)
    if request.method not in there:
        words = "Not Found" if not there else f"Request method '{request.method}' is not supported"
        return platform_error(405 if there else 404, words, BAD_REQUEST, account.now_ms())
    call, (token,) = there[request.method]
    device = account.by_token(token)
    if device is None:
        return Response(401)
    try:
        return call(account, request, device)
    except ValueError:
        return Response(400)
