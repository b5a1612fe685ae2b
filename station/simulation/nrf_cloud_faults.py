"""What can be wrong with a simulated nRF Cloud, by name."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from station.simulation import chosen
from station.simulation.http_server import Handler, Request, Response, json_response

FAULTS: Mapping[str, str] = {
    "wrong-key": "Answers 401 to every request: the key has expired.",
    "key-expires": "Answers 401 to every request after the first claim that succeeds.",
    "forbidden": "Answers 403 to every request: the key's user has the role of a viewer.",
    "rate-limit": "Answers 429 with Retry-After beyond one request a second.",
    "rate-limit-bare": "Answers 429 without Retry-After beyond one request a second.",
    "server-error": "Answers 503 with a page of HTML, and does nothing.",
    "error-after-claim": "Makes the claim, then answers 500.",
    "html": "A login page of the guest network answers 200 to everything.",
    "truncated-json": "Acts, but the reply's JSON ends in the middle.",
    "lost-reply": "Makes the first claim and closes the connection without a reply, once.",
    "lost-reply-always": "Makes every claim and closes the connection without a reply.",
    "reset": "Resets every connection before it reads the request's meaning.",
    "slow": "Answers everything three seconds late.",
    "timeout": "Never answers, and does nothing.",
    "late": "Does not answer a claim; makes it after the client has gone.",
    "claimed-elsewhere": "Says that another team has claimed every device that we have not.",
    "rate-limit-10": "Answers 429 with Retry-After beyond ten requests a second.",
    "lost-reply-post": "Carries out the first POST that is no claim; closes without a reply, once.",
    "failed-strings": "Names the rows of a bulk claim that failed in strings.",
    "failed-indexes": "Names the rows of a bulk claim that failed by their numbers only.",
    "blocked": "Has blocked every device: none gets a command, none is let in.",
    "never-ends": "Devices begin the commands that wait for them and never end them.",
    "command-fails": "Every command that a device carries out ends as FAILED.",
    "failed-unsaid": "Tells of a command that FAILED without any response.",
    "unknown-status": "Tells of commands that have ended with a status that nobody knows.",
    "csr-message": "Tells a CSR as older servers do, in `message`.",
    "bulk-fails": "Every row of an onboarding ends with an error.",
    "bulk-never-ends": "Bulk operations stay IN_PROGRESS.",
}

_LIMITS = frozenset({"rate-limit", "rate-limit-bare", "rate-limit-10"})
_ERROR_PAGE = (
    b"<html><head><title>503</title></head><body><h1>Service Unavailable</h1></body></html>"
)
_LOGIN_PAGE = b"<!DOCTYPE html><html><body><form>Room number <input name=room></form></body></html>"
_HTML = (("content-type", "text/html; charset=utf-8"),)


def _never_acts(fault: str) -> Response | None:
    match fault:
        case "wrong-key":
            return json_response(401, {"message": "Unauthorized"})
        case "forbidden":
            return json_response(403, {"message": "Forbidden"})
        case "server-error":
            return Response(503, _ERROR_PAGE, _HTML)
        case "html":
            return Response(200, _LOGIN_PAGE, _HTML)
        case "reset":
            return Response(200, reset=True)
        case _:
            return None


class FaultyDoor:
    """Stands before a handler. `active` may be changed while requests come in.

    `is_claim` tells a claim from other requests. `rate_a_second` is the limit of `rate-limit`,
    `slow_s` the delay of `slow`.
    """

    def __init__(
        self,
        handler: Handler,
        is_claim: Callable[[Request], bool],
        faults: Iterable[str],
        *,
        rate_a_second: float = 1.0,
        slow_s: float = 3.0,
    ) -> None:
        self._handler = handler
        self._is_claim = is_claim
        self._rate_a_second = rate_a_second
        self._slow_s = slow_s
        self._allowed_at: float | None = None
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
        self._lost_one = False
        self._limit = 10.0 if "rate-limit-10" in self._active else self._rate_a_second
        self._allowance = max(1.0, self._limit)

    async def __call__(self, request: Request) -> Response:
        """Answer `request`, well or badly."""
        if self._active & _LIMITS and not self._allowed():
            wait_s = str(math.ceil(1 / self._limit))
            more = () if "rate-limit-bare" in self._active else (("retry-after", wait_s),)
            return json_response(429, {"message": "Too Many Requests"}, more)
        for fault in sorted(self._active):
            if (refusal := _never_acts(fault)) is not None:
                return refusal
        if "timeout" in self._active:
            await request.gone.wait()
            return Response(503)
        if "late" in self._active and self._is_claim(request):
            await request.gone.wait()
        response = await self._handler(request)
        return self._spoiled(request, response)

    def _spoiled(self, request: Request, response: Response) -> Response:
        if self._is_claim(request) and response.status in {200, 201}:
            response = self._spoiled_claim(response)
        elif request.method == "POST" and response.status in {201, 202} and self._loses_post():
            response = replace(response, cut_after=0)
        if "truncated-json" in self._active:
            response = replace(response, body=response.body[: len(response.body) // 2])
        if "slow" in self._active:
            response = replace(response, delay_s=response.delay_s + self._slow_s)
        return response

    def _spoiled_claim(self, response: Response) -> Response:
        if "key-expires" in self._active:
            self._active = self._active - {"key-expires"} | {"wrong-key"}
        if "error-after-claim" in self._active:
            return json_response(500, {"message": "Internal Server Error"})
        lost = "lost-reply" in self._active and not self._lost_one
        if lost or "lost-reply-always" in self._active:
            self._lost_one = True
            return replace(response, cut_after=0)
        return response

    def _loses_post(self) -> bool:
        if "lost-reply-post" not in self._active or self._lost_one:
            return False
        self._lost_one = True
        return True

    def _allowed(self) -> bool:
        now = asyncio.get_running_loop().time()
        gained = 0.0 if self._allowed_at is None else now - self._allowed_at
        self._allowed_at = now
        full = max(1.0, self._limit)
        self._allowance = min(full, self._allowance + gained * self._limit)
        if self._allowance < 1.0:
            return False
        self._allowance -= 1.0
        return True
