"""HTTP to a cloud: time limits on everything, and every way to fail is named.

The one place that knows httpx, and where its exceptions become faults. Nothing of a request is kept
in a fault; what an answer means is told in `replies`.
"""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from time import monotonic, time
from typing import Any

import httpx
from tenacity import (
    retry,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential,
)

from station.clouds.pace import Pace, WaitAsAsked
from station.clouds.replies import Reply, TooBusy, read
from station.faults import (
    CloudBroken,
    CloudFault,
    CloudNonsense,
    CloudRefused,
    CloudUnreachable,
    CloudUntrusted,
    KeyRefused,
    ReplyLost,
)

# httpx and httpcore log whole addresses at INFO, and some clouds have secrets in theirs
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

CONNECT_WITHIN_S = 5.0
"""To open a connection, TLS included; a healthy line takes a tenth of it."""

ATTEMPTS = 4
_OURS_REFUSED = re.compile("ALERT.*(CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)")
MOST_FETCHED_BYTES = 4_000_000

SignIn = Callable[[str], Awaitable[str]]
"""Returns what goes into `Authorization`; it is given the value that was refused, if one was."""


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
        sign_in: SignIn | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """Make a client; each part of an exchange may take `within_s` seconds.

        Callers of one account share its `pace`. `ask_on_401` is what the engineer is asked when
        the key is refused. With `sign_in` the key changes: a refused one is renewed once.
        `trust` is for TLS; None trusts what this computer trusts.
        """
        self._within_s = within_s
        self._pace = pace or Pace(None)
        self._ask_on_401 = ask_on_401
        self._sign_in = sign_in
        self.ahead_s: float | None = None
        """How far the server's clock was ahead in its latest answer, to half a second."""
        self._http = httpx.AsyncClient(
            base_url=base_url.rstrip("/") + "/",
            headers=dict(headers),
            timeout=httpx.Timeout(within_s, connect=min(CONNECT_WITHIN_S, within_s)),
            verify=trust or _trusted(),
            limits=httpx.Limits(max_keepalive_connections=32, keepalive_expiry=120),
        )
        self._used_s = -1e9

    @retry(
        retry=retry_if_exception_type((CloudBroken, ReplyLost)),
        stop=stop_after_attempt(2),
        wait=wait_exponential(multiplier=0.2, max=2),
        reraise=True,
    )
    async def get(
        self, path: str, params: Mapping[str, str] | None = None, *, as_is: Collection[int] = ()
    ) -> Reply:
        """As `send`; a cloud that stumbles is asked again, for a question changes nothing."""
        return await self.send("GET", path, params=params, as_is=as_is)

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
        form: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        within_s: float | None = None,
        code_in: str = "",
        as_is: Collection[int] = (),
    ) -> Reply:
        """Send a request, JSON both ways or a CSV; wait and ask again while the cloud says 429.

        `within_s` is for a request that takes the cloud longer than others; `code_in` and `as_is`
        are as for `replies.read`. A `form` is sent without a key: it is how one signs in.

        Raises:
            KeyRefused, KeyForbidden: 401 and 403.
            CloudBusy: 429 for longer than a step can wait.
            CloudUnreachable, CloudUntrusted: the request has not left.
            ReplyLost, CloudBroken, CloudNonsense: it may have been acted on.

        """
        limit = httpx.Timeout(
            within_s or self._within_s, connect=min(CONNECT_WITHIN_S, self._within_s)
        )
        asked: dict[str, Any] = {"params": params, "timeout": limit}
        asked |= {"code_in": code_in, "as_is": as_is}
        if form is not None:
            return await self._exchange(method, path, data=dict(form), **asked)
        if csv is not None:
            kind = {"Content-Type": "text/csv"}
            return await self._signed(method, path, kind, content=csv.encode(), **asked)
        return await self._signed(method, path, {}, json=body, **asked)

    @property
    def idle_s(self) -> float:
        """Seconds since the last exchange."""
        return monotonic() - self._used_s

    async def close(self) -> None:
        """Let go of all connections; safe to call twice."""
        await self._http.aclose()

    async def _signed(
        self, method: str, path: str, headers: Mapping[str, str], **content: Any
    ) -> Reply:
        if self._sign_in is None:
            return await self._exchange(method, path, headers=headers, **content)
        key = await self._sign_in("")
        signed = {**headers, "Authorization": key}
        with suppress(KeyRefused):
            reply = await self._exchange(method, path, headers=signed, **content)
            if reply.status != HTTPStatus.UNAUTHORIZED:  # one with a code may mean the key too
                return reply
        signed["Authorization"] = await self._sign_in(key)
        return await self._exchange(method, path, headers=signed, **content)

    async def _exchange(
        self, method: str, path: str, *, code_in: str, as_is: Collection[int], **content: Any
    ) -> Reply:
        await self._pace.turn()
        try:
            response = await self._http.request(method, path, **content)
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as exc:
            raise fault_of(exc) from None  # the chain would hold the request and its key
        self._used_s = monotonic()
        self._look_at_clock(response)
        try:
            return reply_of(response, code_in, as_is)
        except TooBusy as busy:
            self._pace.hold(busy.after_s or 0.0)
            raise
        except KeyRefused as no:
            raise KeyRefused(f"{no.detail}. {self._ask_on_401}".rstrip(". ")) from None

    def _look_at_clock(self, response: httpx.Response) -> None:
        """Remember how far the cloud's clock is ahead: `Date` has its seconds, cut off."""
        told = response.headers.get("date", "")
        if not told or "age" in response.headers:  # a cache's answer has the date of another day
            return
        try:
            self.ahead_s = parsedate_to_datetime(told).timestamp() + 0.5 - time()
        except ValueError:
            return


def ssl_context() -> ssl.SSLContext:
    """Return a context of its own that trusts what this computer trusts."""
    return httpx.create_ssl_context()


@cache
def _trusted() -> ssl.SSLContext:
    """Load the certificates that we trust, once: it takes tens of milliseconds."""
    return ssl_context()


async def fetch(url: str, within_s: float) -> Any:
    """Return the JSON at `url`, another server's perhaps; otherwise as `fetch_bytes`."""
    kind, content = await fetch_bytes(url, within_s, accept="application/json")
    return read(HTTPStatus.OK, {"content-type": kind}, content).body


async def fetch_bytes(url: str, within_s: float, accept: str = "*/*") -> tuple[str, bytes]:
    """Return the type and the content of what is at `url`, four million bytes at most.

    No key goes there, and no redirect is followed.

    Raises:
        CloudFault: it can't be had.

    """
    try:
        async with (
            httpx.AsyncClient(timeout=within_s, verify=_trusted()) as http,
            http.stream("GET", url, headers={"Accept": accept}) as response,
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
    return response.headers.get("content-type", ""), content


def fault_of(exc: Exception) -> CloudFault:
    """Name what httpx said. Only what certainly has not left this computer is "unreachable"."""
    what = type(exc).__name__
    match exc:
        case httpx.ConnectError() | ssl.SSLError() if (why := _distrust(exc)) is not None:
            return CloudUntrusted(f"{what}: {why}" if why else what)
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


def _distrust(exc: BaseException) -> str | None:
    """Say why TLS came to nothing: the server's certificate, or what it has against ours.

    Empty when nobody says; None when it is not about trust.
    """
    seen: BaseException | None = exc
    is_told = False
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return str(seen.verify_message)
        if isinstance(seen, ssl.SSLError):
            reason = seen.reason or ""
            # TLS 1.3 refuses our certificate after the handshake, in place of an answer
            if isinstance(exc, httpx.ConnectError) or _OURS_REFUSED.search(reason):
                return reason.lower().replace("_", " ")
        is_told = is_told or "CERTIFICATE_VERIFY" in str(seen)
        seen = seen.__cause__ or seen.__context__
    return "" if is_told else None


def reply_of(response: httpx.Response, code_in: str = "", as_is: Collection[int] = ()) -> Reply:
    """Read a reply whose status concerns one request; raise the fault of any other."""
    status, headers, content = response.status_code, response.headers, response.content
    return read(status, headers, content, code_in=code_in, as_is=as_is)
