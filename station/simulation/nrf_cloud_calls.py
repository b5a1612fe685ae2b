"""The calls of the legacy nRF Cloud API: a method, a path, and what is done to the account."""

from __future__ import annotations

import base64
import binascii
import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

from station.simulation.http_server import Request, Response, json_response
from station.simulation.nrf_cloud_account import Account, Refusal

MAX_CSV_ROWS = 1000
_DEFAULT_PAGE, _MAX_PAGE = 20, 100
_PAGE_MARK = b"\xfb\xff\xfe"  # "+//+" in base64: a client must percent-encode it
_DEVICES = r"/v1/(?:identities/)?claimed-devices"

Call = Callable[..., Response]
_CALLS: list[tuple[str, re.Pattern[str], Call]] = []


def is_claim(request: Request) -> bool:
    """Tell whether `request` asks for claims; a dry run does not."""
    path = re.fullmatch(_DEVICES, request.path)
    return request.method == "POST" and path is not None and not _is_dry(request)


def _on(method: str, path: str) -> Callable[[Call], Call]:
    def keep(call: Call) -> Call:
        _CALLS.append((method, re.compile(path), call))
        return call

    return keep


def route(method: str, path: str) -> tuple[Call, tuple[str, ...]]:
    """Return the call that `path` names, and the parts of the path that it takes.

    Raises:
        Refusal: 404 no such path, 405 not with this method.

    """
    there = [(m, call, found) for m, way, call in _CALLS if (found := way.fullmatch(path))]
    for known, call, found in there:
        if known == method:
            return call, found.groups()
    raise Refusal(405, "Method Not Allowed") if there else Refusal(404, "Not Found")


@_on("POST", _DEVICES)
def _claim(account: Account, request: Request) -> Response:
    if not _is_json(request):
        return _claim_rows(account, request)
    asked = _content(request)
    token, tags = asked.get("claimToken"), asked.get("tags") or []
    if not isinstance(token, str) or not isinstance(tags, list):
        raise Refusal(422, "claimToken is missing or of the wrong type")
    if _is_dry(request):
        account.check(token)
        return Response(202)
    return json_response(201, account.claim(token, [str(tag) for tag in tags]).told())


def _claim_rows(account: Account, request: Request) -> Response:
    """Claim the rows of a CSV: a token, and perhaps tags with commas between them."""
    rows = list(csv.reader(io.StringIO(request.body.decode("utf-8", "replace"))))
    if not 0 < len(rows) <= MAX_CSV_ROWS:
        raise Refusal(400, f"1 to {MAX_CSV_ROWS} rows are allowed")
    claimed: list[str] = []
    failed: list[dict[str, Any]] = []
    for number, row in enumerate(rows):
        try:
            claimed.append(account.claim(row[0] if row else "", row[1:]).id)
        except Refusal as no:
            failed.append({"row": number, "message": no.message})
    return json_response(201 if claimed else 422, {"claimedIds": claimed, "failed": failed})


@_on("GET", _DEVICES)
def _list_claimed(account: Account, request: Request) -> Response:
    return _page(request, [device.told() for device in account.claimed.values()])


@_on("GET", _DEVICES + r"/([^/]+)")
def _tell_claimed(account: Account, _: Request, device: str) -> Response:
    return json_response(200, account.device(device).told())


@_on("DELETE", _DEVICES + r"/([^/]+)")
def _unclaim(account: Account, _: Request, device: str) -> Response:
    account.unclaim(device)
    return Response(204)


@_on("GET", _DEVICES + r"/([^/]+)/provisioning")
def _list_commands(account: Account, request: Request, device: str) -> Response:
    return _page(request, account.device(device).commands)


@_on("POST", _DEVICES + r"/([^/]+)/provisioning")
def _add_command(account: Account, request: Request, device: str) -> Response:
    asked = _content(request)
    words = str(asked.get("description", ""))
    return json_response(201, account.add_command(device, asked.get("request"), words))


@_on("GET", _DEVICES + r"/([^/]+)/provisioning/([^/]+)")
def _tell_command(account: Account, _: Request, device: str, command: str) -> Response:
    return json_response(200, _command(account, device, command))


@_on("DELETE", _DEVICES + r"/([^/]+)/provisioning/([^/]+)")
def _discard_command(account: Account, _: Request, device: str, command: str) -> Response:
    account.device(device).commands.remove(_command(account, device, command))
    return Response(204)


@_on("GET", "/v1/provisioning-rules")
def _list_rules(account: Account, request: Request) -> Response:
    return _page(request, account.rules)


@_on("POST", "/v1/provisioning-rules")
def _add_rule(account: Account, request: Request) -> Response:
    return json_response(201, account.add_rule(_content(request)))


@_on("GET", "/v1/provisioning/tags")
def _list_tags(account: Account, request: Request) -> Response:
    return _page(request, [{"tag": t, "description": d} for t, d in account.tags.items()])


@_on("POST", "/v1/provisioning/tags")
def _add_tag(account: Account, request: Request) -> Response:
    asked = _content(request)
    words = str(asked.get("description", ""))
    return json_response(201, account.add_tag(str(asked.get("tag", "")), words))


@_on("GET", "/v1/account")
def _tell_account(_: Account, __: Request) -> Response:
    team = {"tenantId": "6f2a3a52-0000-4000-8000-000000000001", "name": "Simulated team"}
    return json_response(200, {"team": team})


@_on("GET", "/v1/devices")
def _list_devices(account: Account, request: Request) -> Response:
    return _page(request, list(account.online.values()))


@_on("GET", "/v1/devices/([^/]+)")
def _tell_device(account: Account, _: Request, device: str) -> Response:
    if device not in account.online:
        raise Refusal(404, "Device not found")
    return json_response(200, account.online[device])


def _command(account: Account, device: str, command: str) -> dict[str, Any]:
    for known in account.device(device).commands:
        if known["id"] == command:
            return known
    raise Refusal(404, "Command not found")


def _is_dry(request: Request) -> bool:
    return request.query.get("dryrun", "").lower() == "true"


def _is_json(request: Request) -> bool:
    """Tell JSON from CSV: a client in use sends its CSV without any Content-Type."""
    named = request.headers.get("content-type", "")
    return named.startswith("application/json") or request.body.lstrip().startswith(b"{")


def _content(request: Request) -> dict[str, Any]:
    try:
        content = json.loads(request.body)
    except ValueError:
        raise Refusal(400, "The body is not JSON") from None
    if not isinstance(content, dict):
        raise Refusal(400, "The body is not a JSON object")
    return content


def _page(request: Request, items: list[dict[str, Any]]) -> Response:
    """Return a page of `items`; the token of the next is opaque and needs percent-encoding."""
    size, start = request.query.get("pageLimit", str(_DEFAULT_PAGE)), 0
    if not size.isdecimal() or not 0 < int(size) <= _MAX_PAGE:
        raise Refusal(400, f"pageLimit must be 1 to {_MAX_PAGE}")
    if token := request.query.get("pageNextToken"):
        try:
            start = int(base64.b64decode(token, validate=True).removeprefix(_PAGE_MARK))
        except (ValueError, binascii.Error):
            raise Refusal(400, "pageNextToken is not valid") from None
    end = start + int(size)
    told: dict[str, Any] = {"items": items[start:end], "total": len(items)}
    if end < len(items):
        told["pageNextToken"] = base64.b64encode(_PAGE_MARK + b"%d" % end).decode()
    return json_response(200, told)
