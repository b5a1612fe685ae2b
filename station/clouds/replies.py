"""What a cloud's answer means: a status concerns one request, or it is a fault with a name.

It knows no HTTP library. Nothing of a reply is kept in a fault but the cloud's own words, cut to a
line and without what may be a token that it gives back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from station.clouds.pace import retry_after_s
from station.faults import (
    CloudBroken,
    CloudBusy,
    CloudNonsense,
    CloudRefused,
    KeyForbidden,
    KeyRefused,
)

LONGEST_WAIT_S = 30.0
"""The longest `Retry-After` that is waited for within a step, in seconds."""

MESSAGE_CHARS = 200
_SECRET = re.compile(r"[\w.+/=-]{40,}")  # longer than a UUID, shorter than any token
_WORDS = ("detail", "err", "error_description", "error")


@dataclass(frozen=True, slots=True)
class Reply:
    """A status and the JSON that came with it; None for an empty body, a text for a plain one.

    `content` is the body as it came.
    """

    status: int
    body: Any
    content: bytes = field(default=b"", repr=False, compare=False)

    @property
    def message(self) -> str:
        """The cloud's own words, one line; empty when it has none."""
        if isinstance(self.body, str):
            return one_line(self.body)
        if not isinstance(self.body, Mapping):
            return ""
        if "message" in self.body:
            return one_line(str(self.body["message"]))
        said = [self.body.get("code"), *(self.body.get(name) for name in _WORDS)]
        words = [each for each in said if isinstance(each, str) and each.strip()]
        return one_line(": ".join(dict.fromkeys(words)))


class TooBusy(CloudBusy):
    """The cloud says to wait `after_s` seconds; None when it does not say how long."""

    def __init__(self, detail: str, after_s: float | None) -> None:
        super().__init__(detail)
        self.after_s = after_s


class NotThere(CloudRefused):
    """HTTP 404: the cloud has no such thing, or the base address is wrong."""


def read(
    status: int,
    headers: Mapping[str, str],
    content: bytes,
    *,
    code_in: str = "",
    as_is: Collection[int] = (),
) -> Reply:
    """Return a reply whose status concerns one request; raise the fault of any other.

    Names of `headers` are lower-case. A cloud that numbers its refusals in the field `code_in`
    means one request by them, whatever the status (but 429). What a status of `as_is` means is
    left to the caller; such a reply's body is None too when it is not JSON.

    Raises:
        KeyRefused, KeyForbidden, CloudBusy, CloudBroken, CloudNonsense: as the status says.

    """
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise _busy(headers.get("retry-after", ""))
    if status in as_is:
        return Reply(status, _json_or_none(content), content)
    if code_in and status >= HTTPStatus.BAD_REQUEST:
        body = _json_or_none(content)
        if isinstance(body, Mapping) and code_in in body:
            return Reply(status, body, content)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise CloudBroken(f"HTTP {status}")
    if 300 <= status < 400:
        raise CloudNonsense(f"HTTP {status}: a redirect")
    reply = Reply(status, _body(status, headers.get("content-type", ""), content), content)
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


def _body(status: int, kind: str, content: bytes) -> Any:
    if not content.strip():
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        # gateways refuse in plain text; a page of HTML is a proxy or a login page
        if status >= HTTPStatus.BAD_REQUEST and kind.startswith("text/plain"):
            return content[: 4 * MESSAGE_CHARS].decode(errors="replace")
        told = kind[:40] or "no content type"
        raise CloudNonsense(f"HTTP {status} with {told}, not JSON") from None


def _json_or_none(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _busy(asked: str) -> CloudBusy:
    after_s = retry_after_s(asked)
    if after_s is not None and after_s > LONGEST_WAIT_S:
        return CloudBusy(f"HTTP 429, asks to wait {after_s:.0f} s")
    return TooBusy("HTTP 429", after_s)
