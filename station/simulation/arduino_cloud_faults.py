"""What can be wrong with a simulated Arduino Cloud, by name."""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from station.simulation import chosen
from station.simulation.arduino_cloud_refusals import TEXT, goa_error
from station.simulation.http_server import Handler, Request, Response

CLOCK_WRONG_S = 20 * 60.0

DEEDS: Mapping[str, tuple[str, str]] = {
    "token": ("POST", r"/iot/v1/clients/token"),
    "claim": ("POST", r"/provisioning/v1/onboarding/claim"),
    "register": ("POST", r"/provisioning/v1/boards/register"),
    "unclaim": ("DELETE", r"/provisioning/v1/onboarding/[^/]+"),
    "list": ("GET", r"/provisioning/v1/onboarding"),
    "create": ("PUT", r"/iot/v2/devices"),
    "lora": ("PUT", r"/iot/v1/lora-devices/?"),
    "certificate": ("PUT", r"/iot/v2/devices/[^/]+/certs"),
    "key": ("PUT", r"/iot/v2/devices/[^/]+/pass"),
    "tag": ("PUT", r"/iot/v2/devices/[^/]+/tags"),
    "rename": ("POST", r"/iot/v2/devices/[^/]+"),
    "attach": ("POST", r"/iot/v2/things/[^/]+"),
    "delete": ("DELETE", r"/iot/v2/devices/[^/]+"),
    "sketch": ("GET", r"/iot/v2/binaries/provisioningv2"),
    "csr": ("POST", r"/provisioning/v1/onboarding/provision/csr"),
    "complete": ("POST", r"/provisioning/v1/onboarding/provision/complete"),
}
"""What can be asked for of which the reply may get lost: a method and a path each."""

_LOST = {f"lost-reply-{deed}": deed for deed in DEEDS}
_ERRS = {f"error-after-{deed}": deed for deed in DEEDS}

FAULTS: Mapping[str, str] = {
    "wrong-credentials": "Answers 401 to every request for a token.",
    "token-dead": "Every token that it gives has expired already, whatever it says.",
    "token-one-call": "Every token is good for one call, whatever it says.",
    "unauthorized": "Answers 401 to every call, whatever its token.",
    "forbidden": "Answers 403 to every call.",
    "rate-limit": "Answers 429 with Retry-After beyond one request a second.",
    "rate-limit-bare": "Answers 429 without Retry-After beyond one request a second.",
    "rate-limit-10": "Answers 429 with Retry-After beyond ten requests a second.",
    "server-error": "Answers 500 and does nothing.",
    "unavailable": "Answers 503 in bare text and does nothing.",
    "bad-gateway": "Answers 502 with a page of HTML and does nothing.",
    "html": "A login page of the guest network answers 200 to everything.",
    "truncated-json": "Acts, but the reply's JSON ends in the middle.",
    "cut": "Acts, but the connection ends in the middle of the reply's body.",
    "reset": "Resets every connection before it reads the request's meaning.",
    "slow": "Answers everything three seconds late.",
    "timeout": "Never answers, and does nothing.",
    "late": "Does not answer a claim; makes it after the client has gone.",
    "lost-reply-claim-always": "Makes every claim and closes the connection without a reply.",
    "clock-ahead": "The server's clock is 20 minutes ahead.",
    "clock-behind": "The server's clock is 20 minutes behind.",
    "no-date": "Answers without the time.",
    "board-not-listed": "Its list of supported products is empty.",
    "unsupported-board": "Calls no product v2.",
    "all-v2": "Calls every product v2 that the firmware library supports.",
    "newer-sketch-needed": "Wants a provisioning sketch that does not exist yet.",
    "newer-wifi-needed": "Wants a Wi-Fi firmware that does not exist yet.",
    "no-provisioning-sketch": "Has no provisioning sketch for any board.",
    "wrong-sha256": "Tells a digest that its images do not have.",
    "unknown-as-2": "Tells a board that it does not know by code 2.",
    "unknown-as-15": "Tells a board that it does not know by code 15.",
    "register-loop": "Registers boards, and goes on saying that they must be migrated.",
    "register-refused": "Refuses to register a board, by a code that nobody knows.",
    "key-mismatch": "Says that it knows every board with another key.",
    "claim-refused": "Refuses every claim by a code that nobody knows.",
    "claimed-elsewhere": "Says that another account has claimed every board.",
    "claim-twice-refused": "Refuses to claim a board of ours again, as it does one of others.",
    "claim-twice-same": "Answers a second claim with the onboarding of the first.",
    "onboarding-ends": "Onboardings have ended when they begin; no board comes.",
    "onboarding-list-errors": "Answers 500 each time the list of onboardings is asked for, but one.",
    "null-list": "Tells an empty list of onboardings as null, as servers in Go do.",
    "board-never-provisioned": "Gives no board a certificate: the board's calls get 503.",
    "device-limit": "Refuses to make devices: the plan's limit is reached.",
    "csr-refused": "Answers 412 to every certificate request.",
    "certificate-off-hour": "Issues certificates with minutes, which no board can rebuild.",
    "attach-conflict": "Refuses to attach any device, even by force.",
    "delete-refused": "Refuses to delete any device.",
    **{name: f"Does the first {deed!r}; no reply, once." for name, deed in _LOST.items()},
    **{name: f"Does the first {deed!r}, then answers 500, once." for name, deed in _ERRS.items()},
}

_LIMITS: Mapping[str, float] = {"rate-limit": 1.0, "rate-limit-bare": 1.0, "rate-limit-10": 10.0}
_LIMITED = ("/iot/", "/provisioning/v1/onboarding", "/provisioning/v1/boards")
_UNLIMITED = "/provisioning/v1/onboarding/provision/"  # the boards' own, of no account
_HTML = (("content-type", "text/html; charset=utf-8"),)
_ERROR_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>"
_LOGIN_PAGE = b"<!DOCTYPE html><html><body><form>Room number <input name=room></form></body></html>"


def deed_of(request: Request) -> str:
    """Return the name of what is asked for; empty for what has none."""
    for deed, (method, path) in DEEDS.items():
        if request.method == method and re.fullmatch(path, request.path):
            return deed
    return ""


def _never_acts(fault: str) -> Response | None:
    match fault:
        case "server-error":
            return goa_error(500, "internal error")
        case "unavailable":
            return Response(503, b"Service Unavailable", TEXT)
        case "bad-gateway":
            return Response(502, _ERROR_PAGE, _HTML)
        case "html":
            return Response(200, _LOGIN_PAGE, _HTML)
        case "reset":
            return Response(200, reset=True)
        case _:
            return None


class FaultyDoor:
    """Stands before a handler. `active` may be changed while requests come in.

    `rate_a_second` is the account's limit without any fault, None for none; the number of requests
    that may come at once is the same. `slow_s` is the delay of `slow`.
    """

    def __init__(
        self,
        handler: Handler,
        faults: Iterable[str],
        *,
        rate_a_second: float | None = None,
        slow_s: float = 3.0,
    ) -> None:
        self._handler = handler
        self.rate_a_second = rate_a_second
        self._slow_s = slow_s
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
        self._lists = 0
        self._asked_at: float | None = None
        self._allowance = 0.0

    async def __call__(self, request: Request) -> Response:
        """Answer `request`, well or badly."""
        if (refusal := self._limited(request)) is not None:
            return refusal
        for fault in sorted(self._active):
            if (refusal := _never_acts(fault)) is not None:
                return refusal
        deed = deed_of(request)
        if "timeout" in self._active:
            await request.gone.wait()
            return Response(503)
        if "late" in self._active and deed == "claim":
            await request.gone.wait()
        if deed == "list" and self._list_fails():
            return goa_error(500, "internal error")
        return self._spoiled(deed, await self._handler(request))

    def _spoiled(self, deed: str, response: Response) -> Response:
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
            return goa_error(500, "internal error")
        always = deed == "claim" and "lost-reply-claim-always" in self._active
        if always or self._first(f"lost-reply-{deed}"):
            return replace(response, cut_after=0)
        return response

    def _first(self, fault: str) -> bool:
        if fault not in self._active or fault in self._done:
            return False
        self._done.add(fault)
        return True

    def _list_fails(self) -> bool:
        """Tell whether this list is one of those that fail: every fourth comes through."""
        self._lists += 1
        return "onboarding-list-errors" in self._active and self._lists % 4 != 0

    def _limited(self, request: Request) -> Response | None:
        if not request.path.startswith(_LIMITED) or request.path.startswith(_UNLIMITED):
            return None
        limits = [_LIMITS[name] for name in self._active & _LIMITS.keys()]
        if self.rate_a_second is not None:
            limits.append(self.rate_a_second)
        if not limits or self._allowed(min(limits)):
            return None
        wait_s = str(math.ceil(1 / min(limits)))
        more = () if "rate-limit-bare" in self._active else (("retry-after", wait_s),)
        return Response(429, b"You have reached maximum request limit.", (*TEXT, *more))

    def _allowed(self, limit: float) -> bool:
        now = asyncio.get_running_loop().time()
        full = max(1.0, limit)
        gained = full if self._asked_at is None else (now - self._asked_at) * limit
        self._asked_at = now
        self._allowance = min(full, self._allowance + gained)
        if self._allowance < 1.0:
            return False
        self._allowance -= 1.0
        return True
