"""HTTP to a cloud: time limits on everything, and every answer that is not the cloud's named.

The one place where httpx's exceptions and a status code become faults. Nothing of a request or a
reply's body is kept in a fault but the cloud's own `message`, cut to a line.
"""

from __future__ import annotations

import json
import logging
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from time import monotonic
from typing import Any

import httpx
from tenacity import (
    retry,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential,
)

from station.clouds.pace import Pace, WaitAsAsked, retry_after_s
from station.faults import (
    CloudBroken,
    CloudBusy,
    CloudFault,
    CloudNonsense,
    CloudRefused,
    CloudUnreachable,
    CloudUntrusted,
    KeyForbidden,
    KeyRefused,
    ReplyLost,
)

# httpx and httpcore log whole addresses at INFO, and some clouds have secrets in theirs
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

CONNECT_WITHIN_S = 5.0
"""To open a connection, TLS included; a healthy line takes a tenth of it."""

LONGEST_WAIT_S = 30.0
"""The longest `Retry-After` that is waited for within a step, in seconds."""

ATTEMPTS = 4
MESSAGE_CHARS = 200
MOST_FETCHED_BYTES = 4_000_000
_SECRET = re.compile(r"[\w.+/=-]{40,}")  # longer than a UUID, shorter than any token


@dataclass(frozen=True, slots=True)
class Reply:
    """A status and the JSON that came with it; None for an empty body."""

    status: int
    body: Any

    @property
    def message(self) -> str:
        """The cloud's own words, one line; empty when it has none."""
        text = self.body.get("message", "") if isinstance(self.body, Mapping) else ""
        return one_line(str(text))


class TooBusy(CloudBusy):
    """The cloud says to wait `after_s` seconds; None when it does not say how long."""

    def __init__(self, detail: str, after_s: float | None) -> None:
        super().__init__(detail)
        self.after_s = after_s


class NotThere(CloudRefused):
    """HTTP 404: the cloud has no such thing, or the base address is wrong."""


class Caller:
    """Calls one server; connections are kept and used again."""

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, str],
        within_s: float,
        *,
        pace: Pace | None = None,
        ask_on_401: str = "",
    ) -> None:
        """Make a client; each part of an exchange may take `within_s` seconds.

        Callers of one account share its `pace`. `ask_on_401` is what the engineer is asked when
        the key is refused.
        """
        self._within_s = within_s
        self._pace = pace or Pace(None)
        self._ask_on_401 = ask_on_401
        self._http = httpx.AsyncClient(
            base_url=base_url.rstrip("/") + "/",
            headers=dict(headers),
            timeout=httpx.Timeout(within_s, connect=min(CONNECT_WITHIN_S, within_s)),
            verify=_trusted(),
            limits=httpx.Limits(max_keepalive_connections=32, keepalive_expiry=120),
        )
        self._used_s = -1e9

    @retry(
        retry=retry_if_exception_type((CloudBroken, ReplyLost)),
        stop=stop_after_attempt(2),
        wait=wait_exponential(multiplier=0.2, max=2),
        reraise=True,
    )
    async def get(self, path: str, params: Mapping[str, str] | None = None) -> Reply:
        """As `send`; a cloud that stumbles is asked again, for a question changes nothing."""
        return await self.send("GET", path, params=params)

    @retry(
        retry=retry_if_exception_type(TooBusy),
        stop=stop_after_attempt(ATTEMPTS),
        wait=WaitAsAsked(),
        reraise=True,
    )
    async def send(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        csv: str | None = None,
        params: Mapping[str, str] | None = None,
        within_s: float | None = None,
    ) -> Reply:
        """Send a request, JSON both ways or a CSV; wait and ask again while the cloud says 429.

        `within_s` is for a request that takes the cloud longer than others.

        Raises:
            KeyRefused, KeyForbidden: 401 and 403.
            CloudBusy: 429 for longer than a step can wait.
            CloudUnreachable, CloudUntrusted: the request has not left.
            ReplyLost, CloudBroken, CloudNonsense: it may have been acted on.

        """
        content: dict[str, Any] = {"json": body}
        if csv is not None:
            content = {"content": csv.encode(), "headers": {"Content-Type": "text/csv"}}
        limit = httpx.Timeout(
            within_s or self._within_s, connect=min(CONNECT_WITHIN_S, self._within_s)
        )
        return await self._exchange(method, path, params=params, timeout=limit, **content)

    @property
    def idle_s(self) -> float:
        """Seconds since the last exchange."""
        return monotonic() - self._used_s

    async def close(self) -> None:
        """Let go of all connections; safe to call twice."""
        await self._http.aclose()

    async def _exchange(self, method: str, path: str, **content: Any) -> Reply:
        await self._pace.turn()
        try:
            response = await self._http.request(method, path, **content)
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as exc:
            raise fault_of(exc) from None  # the chain would hold the request and its key
        self._used_s = monotonic()
        try:
            return reply_of(response)
        except TooBusy as busy:
            self._pace.hold(busy.after_s or 0.0)
            raise
        except KeyRefused as no:
            raise KeyRefused(f"{no.detail}. {self._ask_on_401}".rstrip(". ")) from None


@cache
def _trusted() -> ssl.SSLContext:
    """Load the certificates that we trust, once: it takes tens of milliseconds."""
    return httpx.create_ssl_context()


async def fetch(url: str, within_s: float) -> Any:
    """Return the JSON at `url`, another server's perhaps: no key goes there, no redirect is followed.

    Raises:
        CloudFault: it can't be had.

    """
    try:
        async with (
            httpx.AsyncClient(timeout=within_s, verify=_trusted()) as http,
            http.stream("GET", url, headers={"Accept": "application/json"}) as response,
        ):
            content = b""
            async for part in response.aiter_bytes():
                content += part
                if len(content) > MOST_FETCHED_BYTES:
                    raise CloudNonsense(f"more than {MOST_FETCHED_BYTES} bytes")
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as exc:
        raise fault_of(exc) from None
    if response.status_code != HTTPStatus.OK:  # a 403 here is no word on the station's key
        raise CloudRefused(f"HTTP {response.status_code}")
    kind = {"content-type": response.headers.get("content-type", "")}
    return _json(httpx.Response(response.status_code, headers=kind, content=content))


def fault_of(exc: Exception) -> CloudFault:
    """Name what httpx said. Only what certainly has not left this computer is "unreachable"."""
    what = type(exc).__name__
    match exc:
        case httpx.ConnectError() if _is_about_trust(exc):
            return CloudUntrusted(what)
        case (
            httpx.ConnectError()
            | httpx.ConnectTimeout()
            | httpx.PoolTimeout()
            | httpx.ProxyError()
            | httpx.UnsupportedProtocol()
            | httpx.InvalidURL()
        ):
            return CloudUnreachable(what)
        case httpx.DecodingError() | httpx.TooManyRedirects():
            return CloudNonsense(what)
        case _:
            return ReplyLost(what)


def _is_about_trust(exc: BaseException) -> bool:
    seen: BaseException | None = exc
    while seen is not None:
        if isinstance(seen, ssl.SSLError) or "CERTIFICATE_VERIFY" in str(seen):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def reply_of(response: httpx.Response) -> Reply:
    """Read a reply whose status concerns one request; raise the fault of any other."""
    status = response.status_code
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise _busy(response)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise CloudBroken(f"HTTP {status}")
    if response.is_redirect:
        raise CloudNonsense(f"HTTP {status}: a redirect")
    reply = Reply(status, _json(response))
    if status == HTTPStatus.UNAUTHORIZED:
        raise KeyRefused(_detail(reply))
    if status == HTTPStatus.FORBIDDEN:
        raise KeyForbidden(_detail(reply))
    return reply


def one_line(text: str) -> str:
    """Return a cloud's words, cut to a line and without what may be a token that it gives back."""
    return _SECRET.sub("(...)", " ".join(text.split()))[:MESSAGE_CHARS]


def refused(reply: Reply) -> CloudRefused:
    """Return the fault for a status that the caller did not expect."""
    kind = NotThere if reply.status == HTTPStatus.NOT_FOUND else CloudRefused
    return kind(_detail(reply))


def _detail(reply: Reply) -> str:
    return f"HTTP {reply.status} {reply.message}".strip()


def _json(response: httpx.Response) -> Any:
    if not response.content.strip():
        return None
    try:
        return json.loads(response.content)
    except ValueError:
        kind = response.headers.get("content-type", "no content type")[:40]
        raise CloudNonsense(f"HTTP {response.status_code} with {kind}, not JSON") from None


def _busy(response: httpx.Response) -> CloudBusy:
    asked = response.headers.get("retry-after", "")
    after_s = retry_after_s(asked)
    if after_s is not None and after_s > LONGEST_WAIT_S:
        return CloudBusy(f"HTTP 429, asks to wait {after_s:.0f} s")
    return TooBusy("HTTP 429", after_s)
