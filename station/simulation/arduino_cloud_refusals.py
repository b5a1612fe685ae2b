"""What Arduino's cloud refuses, in the words of whichever of its services does, and what it was sent."""

from __future__ import annotations

import json
import secrets
from typing import Any

from station.simulation.http_server import Request, Response, json_response

GOA = (("content-type", "application/vnd.goa.error+json"),)
TEXT = (("content-type", "text/plain; charset=utf-8"),)

_CODES = {
    400: "invalid_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    412: "precondition_failed",
    500: "internal",
}

UNKNOWN_BOARD, NOT_MIGRATED, OTHER_KEY, NOT_REGISTERED = 1, 2, 3, 15
"""Codes that a client in use knows. Arduino publishes no list: those below are ours."""
CLAIMED, BAD_BOARD_TOKEN, BAD_REQUEST, NO_ONBOARDING, OTHER = 4, 5, 6, 7, 99


class Refusal(Exception):
    """A refusal of the IoT API."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail

    def told(self) -> Response:
        """Return it as a reply."""
        return goa_error(self.status, self.detail)


class Declined(Exception):
    """A refusal of the provisioning service."""

    def __init__(self, status: int, err: str, err_code: int) -> None:
        super().__init__(err)
        self.status, self.err, self.err_code = status, err, err_code

    def told(self) -> Response:
        """Return it as a reply."""
        return json_response(self.status, {"err": self.err, "err_code": self.err_code})


class Stopped(Exception):
    """A refusal of a gateway that stands before the services: bare text."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text

    def told(self) -> Response:
        """Return it as a reply."""
        return Response(self.status, self.text.encode(), TEXT)


def goa_error(status: int, detail: str) -> Response:
    """Return an error as the IoT API tells it."""
    told = {
        "id": secrets.token_urlsafe(6),
        "code": _CODES.get(status, str(status)),
        "status": status,
        "detail": detail,
        "meta": {},
    }
    return Response(status, json.dumps(told).encode(), GOA)


def content(request: Request) -> dict[str, Any]:
    """Return the JSON object that was sent.

    Raises:
        Refusal: 400, it is none.

    """
    try:
        sent = json.loads(request.body)
    except ValueError:
        raise Refusal(400, "request body is not JSON") from None
    if not isinstance(sent, dict):
        raise Refusal(400, "request body is not a JSON object")
    return sent


def text_of(sent: dict[str, Any], name: str) -> str:
    """Return a field that must be there.

    Raises:
        Refusal: 400, it is missing, empty or no text.

    """
    value = sent.get(name)
    if not isinstance(value, str) or not value:
        raise Refusal(400, f'attribute "{name}" of request is missing and required')
    return value


def is_true(request: Request, name: str) -> bool:
    """Tell whether the query sets `name`."""
    return request.query.get(name, "").lower() in {"true", "1"}
