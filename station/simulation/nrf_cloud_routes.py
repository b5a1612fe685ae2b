"""How a request of the nRF Cloud API finds its call, and what calls have in common."""

from __future__ import annotations

import base64
import binascii
import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from station.simulation.http_server import Request, Response, json_response
from station.simulation.nrf_cloud_fleet import Refusal
from station.simulation.routes import Call, Calls

MAX_CSV_ROWS = 1000
DEVICES = r"/v1/(?:identities/)?claimed-devices"
_OF_A_PROJECT = re.compile(r"/v1/organizations/([^/]+)/projects/([^/]+)(/.*)")
_DEFAULT_PAGE, _MAX_PAGE = 20, 100
_PAGE_MARK = b"\xfb\xff\xfe"  # "+//+" in base64: a client must percent-encode it


def route(tables: Iterable[Calls], method: str, path: str) -> tuple[Call, tuple[str, ...]]:
    """Return the call that `path` names, and the parts of the path that it takes.

    Raises:
        Refusal: 404 no such path, 405 not with this method.

    """
    there: dict[str, tuple[Call, tuple[str, ...]]] = {}
    for table in tables:
        there |= table.at(path)
    if method in there:
        return there[method]
    raise Refusal(405, "Method Not Allowed") if there else Refusal(404, "Not Found")


def project_of(path: str) -> tuple[str, str, str] | None:
    """Return organization, project and the path in it as in the legacy API; None if it is legacy."""
    found = _OF_A_PROJECT.fullmatch(path)
    return (found[1], found[2], f"/v1{found[3]}") if found else None


def is_claim(request: Request) -> bool:
    """Tell whether `request` asks for claims; a dry run does not."""
    project = project_of(request.path)
    path = re.fullmatch(DEVICES, project[2] if project else request.path)
    return request.method == "POST" and path is not None and not is_dry(request)


def is_dry(request: Request) -> bool:
    """Tell whether nothing is to be changed."""
    return request.query.get("dryrun", "").lower() == "true"


def is_json(request: Request) -> bool:
    """Tell JSON from CSV: a client in use sends its CSV without any Content-Type."""
    named = request.headers.get("content-type", "")
    return named.startswith("application/json") or request.body.lstrip().startswith(b"{")


def content(request: Request) -> dict[str, Any]:
    """Return the JSON object that was sent.

    Raises:
        Refusal: 400, it is none.

    """
    sent = json_of(request)
    if not isinstance(sent, dict):
        raise Refusal(400, "The body is not a JSON object")
    return sent


def json_of(request: Request) -> Any:
    """Return the JSON that was sent.

    Raises:
        Refusal: 400, it is none.

    """
    try:
        return json.loads(request.body)
    except ValueError:
        raise Refusal(400, "The body is not JSON") from None


def csv_rows(request: Request) -> list[list[str]]:
    """Return the rows of the CSV that was sent.

    Raises:
        Refusal: 400, there are none, or more than a thousand.

    """
    text = request.body.decode("utf-8", "replace")
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    if not 0 < len(rows) <= MAX_CSV_ROWS:
        raise Refusal(400, f"1 to {MAX_CSV_ROWS} rows are allowed")
    return rows


def page(request: Request, items: Sequence[dict[str, Any]]) -> Response:
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
