"""JSON as ThingsBoard's transports write it, and what a device asks for in it."""

from __future__ import annotations

import json
from typing import Any

from station.simulation.thingsboard_values import opened

Keys = list[str] | None


def compact(content: dict[str, Any]) -> bytes:
    """Return `content` without spaces, as theirs is."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode(errors="replace")


def asked_keys(request: bytes) -> tuple[Keys, Keys]:
    """Return the client and the shared attributes that `{"clientKeys": "a,b", ...}` names.

    Raises:
        ValueError: the request is no JSON object.

    """
    keys = opened(request)
    return named(keys.get("clientKeys")), named(keys.get("sharedKeys"))


def asked_method(request: bytes) -> str:
    """Return what a device calls on the server by `{"method": "a", "params": {}}`.

    Raises:
        ValueError: the request is no JSON object with the text of a method.

    """
    method = opened(request).get("method")
    if not isinstance(method, str):
        raise ValueError("a method is wanted")  # noqa: TRY004  # it is the text that is wrong
    return method


def named(text: Any) -> Keys:
    """Return the names in `text`, None when there is no text."""
    return None if text is None else [name for name in str(text).split(",") if name]
