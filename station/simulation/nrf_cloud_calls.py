"""The calls of nRF Cloud's provisioning service: claims, commands, rules and tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from station.simulation.http_server import Request, Response, json_response
from station.simulation.nrf_cloud_account import Account
from station.simulation.nrf_cloud_fleet import Refusal
from station.simulation.nrf_cloud_routes import DEVICES, content, csv_rows, is_dry, is_json, page
from station.simulation.routes import Calls

_OPEN = frozenset({"PENDING", "IN_PROGRESS"})
_UNKNOWN_STATUS = "SUPERSEDED"

calls = Calls()


@calls.on("POST", DEVICES)
def _claim(account: Account, request: Request) -> Response:
    if not is_json(request):
        return _claim_rows(account, request)
    asked = content(request)
    token, tags = asked.get("claimToken"), asked.get("tags") or []
    if not isinstance(token, str) or not isinstance(tags, list):
        raise Refusal(422, "claimToken is missing or of the wrong type")
    if is_dry(request):
        account.check(token)
        return Response(202)
    return json_response(201, account.claim(token, [str(tag) for tag in tags]).told())


def _claim_rows(account: Account, request: Request) -> Response:
    """Claim the rows of a CSV: a token, and perhaps tags with commas between them."""
    claimed: list[str] = []
    failed: list[Any] = []
    for number, row in enumerate(csv_rows(request)):
        try:
            claimed.append(account.claim(row[0] if row else "", row[1:]).id)
        except Refusal as no:
            failed.append(_failed(account, number, no))
    return json_response(201 if claimed else 422, {"claimedIds": claimed, "failed": failed})


def _failed(account: Account, row: int, no: Refusal) -> Any:
    """Return a failed row in the shape of the moment: which one the cloud has is not published."""
    if "failed-indexes" in account.faults:
        return row
    if "failed-strings" in account.faults:
        return f"[{row}]: {no.message}"
    return {"row": row, "message": no.message}


@calls.on("GET", DEVICES)
def _list_claimed(account: Account, request: Request) -> Response:
    return page(request, [_device(account, known) for known in account.claimed])


@calls.on("GET", DEVICES + r"/([^/]+)")
def _tell_claimed(account: Account, _: Request, device: str) -> Response:
    return json_response(200, _device(account, device))


@calls.on("DELETE", DEVICES + r"/([^/]+)")
def _unclaim(account: Account, _: Request, device: str) -> Response:
    account.unclaim(device)
    return Response(204)


@calls.on("GET", DEVICES + r"/([^/]+)/provisioning")
def _list_commands(account: Account, request: Request, device: str) -> Response:
    return page(request, [_told(account, c) for c in account.device(device).commands])


@calls.on("POST", DEVICES + r"/([^/]+)/provisioning")
def _add_command(account: Account, request: Request, device: str) -> Response:
    asked = content(request)
    words = str(asked.get("description", ""))
    return json_response(201, account.add_command(device, asked.get("request"), words))


@calls.on("GET", DEVICES + r"/([^/]+)/provisioning/([^/]+)")
def _tell_command(account: Account, _: Request, device: str, command: str) -> Response:
    return json_response(200, _told(account, account.command(device, command)))


@calls.on("DELETE", DEVICES + r"/([^/]+)/provisioning/([^/]+)")
def _discard_command(account: Account, _: Request, device: str, command: str) -> Response:
    account.device(device).commands.remove(account.command(device, command))
    return Response(204)


@calls.on("GET", "/v1/provisioning-rules")
def _list_rules(account: Account, request: Request) -> Response:
    return page(request, account.rules)


@calls.on("POST", "/v1/provisioning-rules")
def _add_rule(account: Account, request: Request) -> Response:
    return json_response(201, account.add_rule(content(request)))


@calls.on("GET", "/v1/provisioning/tags")
def _list_tags(account: Account, request: Request) -> Response:
    return page(request, [{"tag": t, "description": d} for t, d in account.tags.items()])


@calls.on("POST", "/v1/provisioning/tags")
def _add_tag(account: Account, request: Request) -> Response:
    asked = content(request)
    words = str(asked.get("description", ""))
    return json_response(201, account.add_tag(str(asked.get("tag", "")), words))


def _device(account: Account, device: str) -> dict[str, Any]:
    told = account.device(device).told()
    return {**told, "status": "BLOCKED"} if "blocked" in account.faults else told


def _told(account: Account, command: Mapping[str, Any]) -> dict[str, Any]:
    """Return a command as the API tells it, in the shape of the moment."""
    told = dict(command)
    if "unknown-status" in account.faults and told["status"] not in _OPEN:
        told["status"] = _UNKNOWN_STATUS
    csr = (told.get("response") or {}).get("certificateSigningRequest")
    if csr and "csr-message" in account.faults:
        told["response"] = {"certificateSigningRequest": {"message": csr["csr"]}}
    return told
