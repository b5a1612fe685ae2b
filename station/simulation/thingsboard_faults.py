"""What can be wrong with the HTTP of a simulated ThingsBoard, by name."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from station.simulation import chosen
from station.simulation.http_server import Handler, Request, Response
from station.simulation.thingsboard_refusals import (
    AUTHENTICATION,
    GENERAL,
    JWT_EXPIRED,
    PERMISSION,
    TOO_MANY,
    platform_error,
)

_ID = r"[0-9a-fA-F-]{36}"
_TELEMETRY = "/api/plugins/telemetry"

DEEDS: Mapping[str, tuple[str, str]] = {
    "provision": ("POST", r"/api/v1/provision"),
    "login": ("POST", r"/api/auth/login"),
    "refresh": ("POST", r"/api/auth/token"),
    "key": ("POST", r"/api/apiKey"),
    "profile": ("POST", r"/api/deviceProfile"),
    "create": ("POST", r"/api/device(-with-credentials)?"),
    "import": ("POST", r"/api/device/bulk_import"),
    "credentials": ("POST", r"/api/device/credentials"),
    "delete": ("DELETE", rf"/api/device/{_ID}"),
    "assign": ("POST", rf"/api/customer/{_ID}/device/{_ID}"),
    "customer": ("POST", r"/api/customer"),
    "attributes": ("POST", rf"{_TELEMETRY}/(DEVICE/)?{_ID}/(attributes/)?[A-Z]+_SCOPE"),
    "reset": ("DELETE", rf"{_TELEMETRY}/(DEVICE/)?{_ID}/[A-Z]+_SCOPE"),
    "window": ("POST", r"/api/v1/[^/]+/claim"),
    "telemetry": ("POST", r"/api/v1/[^/]+/telemetry"),
    "check": ("(GET|POST)", r"/api/v1/[^/]+/attributes"),
}
"""What can be asked for of which the reply may get lost: a method and a path each."""

_LOST = {f"lost-reply-{deed}": deed for deed in DEEDS}
_ERRS = {f"error-after-{deed}": deed for deed in DEEDS}

VERSIONS: Mapping[str, str] = {"server-3.8": "3.8", "server-4.2.1": "4.2.1"}
"""The faults that are only an older server, and its version."""

FAULTS: Mapping[str, str] = {
    "unauthorized": "Answers 401 to every REST call, whatever it shows.",
    "server-3.8": "Is version 3.8: no API keys, no SUBACK, a known device is provisioned again.",
    "server-4.2.1": "Is version 4.2.1: no API keys, a known device is provisioned again.",
    "expired-jwt-once": "Says once of a token that it has expired.",
    "expired-jwt": "Every token that it gives has expired already; API keys are good.",
    "second-factor": "Every user must show a second factor: a login gives no token to call with.",
    "locked": "Every user's account is locked.",
    "forbidden": "Answers 403 to every REST call.",
    "rate-limit": "Answers 429 to REST calls beyond ten a second; it does not say how long to wait.",
    "device-rate-limit": "Devices are too fast: 500 without a body, 5.00 by CoAP, MQTT hangs up.",
    "device-limit": "The plan's limit of devices is reached.",
    "server-error": "Answers 500 and does nothing.",
    "unavailable": "Answers 503 in bare text and does nothing.",
    "bad-gateway": "Answers 502 with a page of HTML and does nothing.",
    "html": "A login page of a proxy answers 200 to everything.",
    "core-silent": "The core never answers a provisioning request: 500 without a body, late.",
    "provision-limit": "A proxy answers 429 to every provisioning request.",
    "old-names": "Tells what came of provisioning by the names in the guide, not the server's own.",
    "status-only": "Tells of a provisioning that failed only the status.",
    "truncated-json": "Acts, but the reply's JSON ends in the middle.",
    "cut": "Acts, but the connection ends in the middle of the reply's body.",
    "reset": "Resets every connection before it reads the request's meaning.",
    "slow": "Answers everything three seconds late.",
    "timeout": "Never answers, and does nothing.",
    **{name: f"Does the first {deed!r}; no reply, once." for name, deed in _LOST.items()},
    **{name: f"Does the first {deed!r}, then answers 500, once." for name, deed in _ERRS.items()},
}

_A_SECOND = 10.0
_HTML = (("content-type", "text/html; charset=utf-8"),)
_ERROR_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>"
_LOGIN_PAGE = b"<!DOCTYPE html><html><body><form>User <input name=user></form></body></html>"
_OLD_NAMES = {"status": "provisionDeviceStatus", "credentialsValue": "accessToken"}


def deed_of(request: Request) -> str:
    """Return the name of what is asked for; empty for what has none."""
    for deed, (method, path) in DEEDS.items():
        if re.fullmatch(method, request.method) and re.fullmatch(path, request.path):
            return deed
    return ""


def _shows_token(request: Request) -> bool:
    headers = request.headers
    return (headers.get("x-authorization") or headers.get("authorization", "")).startswith("Bearer")


class FaultyDoor:
    """Stands before a handler. `active` may be changed while requests come in.

    `cut_after` has, for a deed, after how many bytes its next reply ends (0: before the first);
    `rate_a_second` is the REST API's limit without any fault, None for none.
    """

    def __init__(
        self,
        handler: Handler,
        faults: Iterable[str],
        now_ms: Callable[[], int],
        *,
        rate_a_second: float | None = None,
        slow_s: float = 3.0,
        silence_s: float = 10.0,
    ) -> None:
        self._handler = handler
        self._now_ms = now_ms
        self.rate_a_second = rate_a_second
        self._slow_s, self._silence_s = slow_s, silence_s
        self.cut_after: dict[str, int] = {}
        self.active = faults

    @property
    def active(self) -> frozenset[str]:
        """The faults of the moment.

        Raises:
            ValueError: on setting, no such fault; the text lists those there are.

        """
        return self._active

    @active.setter
    def active(self, names: Iterable[str]) -> None:
        self._active = chosen(names, FAULTS, "fault")
        self._done: set[str] = set()
        self._asked_at: float | None = None
        self._allowance = 0.0

    async def __call__(self, request: Request) -> Response:
        """Answer `request`, well or badly."""
        deed = deed_of(request)
        for_device = request.path.startswith("/api/v1/")
        if not for_device and not self._allowed():
            return self._error(429, "Too many requests for current tenant!", TOO_MANY)
        refusal = self._never_acts() or self._no_provisioning(deed)
        if refusal is None:
            refusal = self._no_device(deed) if for_device else self._no_rest(deed, request)
        if refusal is not None:
            return refusal
        if "timeout" in self._active:
            await request.gone.wait()
            return Response(503)
        return self._spoiled(deed, await self._handler(request))

    def _never_acts(self) -> Response | None:
        faults = self._active
        if "server-error" in faults:
            return self._error(500, "Internal Server Error", GENERAL)
        if "unavailable" in faults:
            return Response(503, b"Service Unavailable", (("content-type", "text/plain"),))
        if "bad-gateway" in faults:
            return Response(502, _ERROR_PAGE, _HTML)
        if "html" in faults:
            return Response(200, _LOGIN_PAGE, _HTML)
        return Response(200, reset=True) if "reset" in faults else None

    def _no_provisioning(self, deed: str) -> Response | None:
        if deed == "provision" and "core-silent" in self._active:
            return Response(500, delay_s=self._silence_s)
        if deed == "provision" and "provision-limit" in self._active:
            return Response(429, b"<html><body>Too Many Requests</body></html>", _HTML)
        return None

    def _no_device(self, deed: str) -> Response | None:
        limited = deed != "provision" and "device-rate-limit" in self._active
        return Response(500) if limited else None

    def _no_rest(self, deed: str, request: Request) -> Response | None:
        if deed in {"login", "refresh"}:
            return None
        if "unauthorized" in self._active:
            return self._error(401, "Authentication failed", AUTHENTICATION)
        if "forbidden" in self._active:
            words = "You don't have permission to perform this operation!"
            return self._error(403, words, PERMISSION)
        if _shows_token(request) and (
            "expired-jwt" in self._active or self._first("expired-jwt-once")
        ):
            return self._error(401, "Token has expired", JWT_EXPIRED)
        return None

    def _spoiled(self, deed: str, response: Response) -> Response:
        if deed == "provision" and response.status == 200:
            response = self._renamed(response)
        if deed and response.status < 300:
            response = self._after(deed, response)
        if "truncated-json" in self._active:
            response = replace(response, body=response.body[: len(response.body) // 2])
        if "cut" in self._active and response.cut_after is None:
            # a slice's end: so many bytes of the body are missing
            response = replace(response, cut_after=-(len(response.body) // 2 + 1))
        if "slow" in self._active:
            response = replace(response, delay_s=response.delay_s + self._slow_s)
        return response

    def _after(self, deed: str, response: Response) -> Response:
        """Spoil the reply to what has been done."""
        if self._first(f"error-after-{deed}"):
            return self._error(500, "Internal Server Error", GENERAL)
        if self._first(f"lost-reply-{deed}"):
            return replace(response, cut_after=0)
        if (cut_after := self.cut_after.pop(deed, None)) is not None:
            return replace(response, cut_after=cut_after)
        return response

    def _renamed(self, response: Response) -> Response:
        told = json.loads(response.body)
        if "status-only" in self._active and "errorMsg" in told:
            told = {"status": told["status"]}
        if "old-names" in self._active:
            told = {_OLD_NAMES.get(name, name): value for name, value in told.items()}
        return replace(response, body=json.dumps(told, separators=(",", ":")).encode())

    def _first(self, fault: str) -> bool:
        if fault not in self._active or fault in self._done:
            return False
        self._done.add(fault)
        return True

    def _error(self, status: int, message: str, code: int) -> Response:
        return platform_error(status, message, code, self._now_ms())

    def _allowed(self) -> bool:
        limit = _A_SECOND if "rate-limit" in self._active else self.rate_a_second
        if limit is None:
            return True
        now, full = asyncio.get_running_loop().time(), max(1.0, limit)
        gained = full if self._asked_at is None else (now - self._asked_at) * limit
        self._asked_at = now
        self._allowance = min(full, self._allowance + gained)
        if self._allowance < 1.0:
            return False
        self._allowance -= 1.0
        return True
