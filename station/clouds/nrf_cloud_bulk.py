"""Many units in one request: what nRF Cloud says of each row, and operations that take their time.

What stands in `failed` is not published: strings, objects and row numbers are all read. A row that
is not surely known is left to the caller, who asks what is true.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from urllib.parse import quote, urlsplit

from station.clouds.http import Caller, fetch
from station.clouds.replies import Reply, one_line, refused
from station.faults import CloudFault, CloudNonsense, OnboardingRefused, ReplyLost

MOST_ROWS = 1000
POLL_FIRST_S, POLL_LAST_S, POLL_GROWS = 0.2, 4.0, 1.6

_ROW = re.compile(r"^\s*\[?(\d{1,6})\]?\s*(?::\s*(.*))?$", re.DOTALL)
_ROW_NAMES = ("row", "index", "rowIndex", "line", "rowNumber")
_ID_NAMES = ("id", "deviceId", "device", "uuid", "subject")
_TOKEN_NAMES = ("claimToken", "token", "attestationToken")
_WORD_NAMES = ("message", "error", "reason", "description", "code")


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that failed: named by its id or token, or by a number, or not at all."""

    name: str = ""
    row: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a request said: `claimed` ids in lower case, and for each failed row its words."""

    claimed: frozenset[str]
    failed: Mapping[int, str] = field(default_factory=dict)


def sort_rows(reply: Reply, ids: Sequence[str], tokens: Sequence[str]) -> Sorted | None:
    """Find each row's lot in the reply to a bulk claim; None when the reply tells of no row."""
    told = reply.body if isinstance(reply.body, Mapping) else {}
    claimed, failed = told.get("claimedIds"), told.get("failed")
    if not isinstance(claimed, list) and not isinstance(failed, list):
        return None
    ours = frozenset(str(each).lower() for each in claimed or ())
    failures = [_failure(each) for each in failed or ()]
    places = {name.lower(): row for row, name in enumerate(ids)}
    places |= {token.lower(): row for row, token in enumerate(tokens)}
    first = _first_number(failures, [each.lower() in ours for each in ids])
    rows: dict[int, str] = {}
    for failure in failures:
        row = places.get(failure.name.lower()) if failure.name else None
        if row is None and failure.row is not None and first is not None:
            row = failure.row - first
        if row is not None:
            rows[row] = failure.words
    return Sorted(ours, rows)


def _failure(told: Any) -> Failure:
    match told:
        case bool() | None:
            return Failure()
        case int():
            return Failure(row=told)
        case str():
            found = _ROW.match(told)
            if found:
                return Failure(row=int(found[1]), words=one_line(found[2] or ""))
            name, _, words = told.partition(": ")
            return Failure(name=name.strip(), words=one_line(words))
        case Mapping():
            row = _first(told, _ROW_NAMES)
            number = int(row) if str(row).isdecimal() and not isinstance(row, bool) else None
            name = str(_first(told, _ID_NAMES + _TOKEN_NAMES) or "")
            return Failure(name, number, one_line(str(_first(told, _WORD_NAMES) or "")))
        case _:
            return Failure()


def _first_number(failures: Sequence[Failure], is_claimed: Sequence[bool]) -> int | None:
    """Tell whether rows are counted from 0 or from 1; None when neither agrees with what is ours."""
    numbers = [each.row for each in failures if each.row is not None]
    for first in (0, 1):
        rows = [number - first for number in numbers]
        if all(0 <= row < len(is_claimed) and not is_claimed[row] for row in rows):
            return first
    return None


def _first(told: Mapping[Any, Any], names: Sequence[str]) -> Any:
    return next((told[name] for name in names if told.get(name) is not None), None)


async def end_of(caller: Caller, operation: str, within_s: float) -> Mapping[str, Any]:
    """Wait for a bulk operation and return what the cloud tells of it once it is over.

    Raises:
        ReplyLost: it was not over in time.
        CloudFault: the cloud does not tell.

    """
    ends_s, pause_s = monotonic() + within_s, POLL_FIRST_S
    while True:
        reply = await caller.get(f"bulk-ops-requests/{quote(operation, safe='')}")
        if reply.status != 200 or not isinstance(reply.body, dict):
            raise refused(reply)
        status = str(reply.body.get("status", "")).upper()
        if status in {"SUCCEEDED", "FAILED"}:
            return reply.body
        if status not in {"PENDING", "IN_PROGRESS"}:
            raise CloudNonsense(f"bulk operation {operation[:40]} is {status[:40]!r}")
        if monotonic() + pause_s > ends_s:
            raise ReplyLost(f"bulk operation {operation[:40]} is {status} after {within_s:.0f} s")
        await asyncio.sleep(pause_s)
        pause_s = min(pause_s * POLL_GROWS, POLL_LAST_S)


async def refusals(
    ended: Mapping[str, Any], rows: int, address: str, within_s: float
) -> tuple[OnboardingRefused | None, ...]:
    """Return why each row of a bulk operation was refused; rows that are not named are done.

    Raises:
        ReplyLost: the summary of errors is not to be had, so that no row's lot is known.

    """
    if str(ended.get("status")).upper() == "SUCCEEDED":
        return (None,) * rows
    url = str(ended.get("errorSummaryUrl") or "")
    if not url:
        return (OnboardingRefused("the cloud does not say why"),) * rows
    errors = await _summary(url, address, within_s)
    named: dict[int, str] = {}
    for error in errors:
        found = _ROW.match(error)
        if not found or int(found[1]) >= rows:
            return (OnboardingRefused(one_line(error)),) * rows
        named[int(found[1])] = one_line(found[2] or "the cloud does not say why")
    if not named:
        return (OnboardingRefused("the cloud does not say why"),) * rows
    return tuple(OnboardingRefused(named[row]) if row in named else None for row in range(rows))


async def _summary(url: str, address: str, within_s: float) -> list[str]:
    there, ours = urlsplit(url), urlsplit(address)
    if there.scheme != "https" and (there.scheme, there.netloc) != (ours.scheme, ours.netloc):
        raise ReplyLost("the summary of errors is at an address that is not safe to ask")
    try:
        told = await fetch(url, within_s)
    except CloudFault as fault:
        raise ReplyLost(f"the summary of errors: {fault.code} {fault.detail}") from fault
    errors = told.get("errors") if isinstance(told, dict) else None
    if not isinstance(errors, list):
        raise ReplyLost("the summary of errors has no errors")
    return [str(each) for each in errors]
