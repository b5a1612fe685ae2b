"""What ThingsBoard's REST API refuses, as faults: by its errorCode, and by its words where it must."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from station.clouds.replies import NotThere, Reply
from station.faults import (
    AccountFull,
    CloudBroken,
    CloudFault,
    CloudRefused,
    DeviceExists,
    Fault,
    KeyForbidden,
    KeyRefused,
    LoginTaken,
    NameRefused,
)

EXPIRED, CONFLICT, FULL = 15, 35, 41
"""Values of errorCode."""

_SHORTEST_SECRET = 6
_NAME = re.compile(
    r"^(validation error: )?(device name|name|length of (device )?name)\b"
    r".*(length|malformed|0x00|specified|equal or less)",
    re.IGNORECASE,
)


class Changed(CloudRefused):
    """Somebody has changed it since it was read: read it again."""


class ProfileNameTaken(CloudRefused):
    """The tenant has a profile of this name."""


class ProvisionKeyTaken(CloudRefused):
    """A profile of the instance has this provision key, or this authority's certificate."""


_BY_STATUS: Mapping[int, type[CloudFault]] = {
    HTTPStatus.UNAUTHORIZED: KeyRefused,
    HTTPStatus.FORBIDDEN: KeyForbidden,
    HTTPStatus.NOT_FOUND: NotThere,
    HTTPStatus.CONFLICT: Changed,
}
_WORDS: tuple[tuple[str, type[Fault]], ...] = (
    ("device with such name already exists", DeviceExists),
    ("credentials are already assigned to another device", LoginTaken),
    ("device profile with such name already exists", ProfileNameTaken),
    ("such provision device key already exists", ProvisionKeyTaken),
    ("such certificate already exists", ProvisionKeyTaken),
    ("device is referencing non", NotThere),
)


def code_of(reply: Reply) -> int:
    """Return the errorCode of a reply; 0 when it has none."""
    code = reply.body.get("errorCode") if isinstance(reply.body, Mapping) else None
    return code if isinstance(code, int) else 0


def fault_of(reply: Reply, sent: Any = None) -> Fault:
    """Return the fault for a refusal; nothing of what was `sent` is in its detail.

    A detail has the server's own words, unless the server broke: then they may be its database's.
    """
    words = without(reply.message, sent)
    detail = f"HTTP {reply.status} {words}".strip()
    if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return CloudBroken(f"HTTP {reply.status}")
    if code_of(reply) == FULL:
        return AccountFull(_limit(reply, words))
    if code_of(reply) == CONFLICT:
        return Changed(detail)
    if reply.status == HTTPStatus.NOT_FOUND and not _is_of_an_entity(reply):
        return CloudRefused(f"{detail}: is the base address right?")
    if reply.status == HTTPStatus.BAD_REQUEST:
        return _of_words(reply.message)(words)
    return _BY_STATUS.get(reply.status, CloudRefused)(detail)


def without(words: str, sent: Any) -> str:
    """Return the server's words without any text of what it was sent, which may be secret."""
    for text in sorted(set(_texts(sent)), key=len, reverse=True):
        if len(text) >= _SHORTEST_SECRET:
            words = words.replace(text, "(...)")
    return words


def _is_of_an_entity(reply: Reply) -> bool:
    """Tell whether ThingsBoard has no such entity; another server, or path, has no such address.

    The calls for attributes say so in plain text.
    """
    return bool(code_of(reply)) or isinstance(reply.body, str)


def _of_words(words: str) -> type[Fault]:
    for known, fault in _WORDS:
        if known in words.lower():
            return fault
    return NameRefused if _NAME.search(words) else CloudRefused


def _limit(reply: Reply, words: str) -> str:
    told = reply.body if isinstance(reply.body, Mapping) else {}
    limit = told.get("limit")
    return f"{words}: {limit}" if isinstance(limit, int) else words


def _texts(sent: Any) -> Iterator[str]:
    match sent:
        case Mapping():
            yield from _texts(list(sent.values()))
        case list() | tuple():
            for value in sent:
                yield from _texts(value)
        case str():
            yield sent
            if sent.startswith("{"):  # MQTT_BASIC is sent as JSON in a text
                yield from _texts(_opened(sent))
        case _:  # numbers and flags
            return


def _opened(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
