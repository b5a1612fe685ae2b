"""JSON as ThingsBoard's transports write it, and what a device asks for in it."""

from __future__ import annotations

import json
from typing import Any

Keys = list[str] | None


def compact(content: dict[str, Any]) -> bytes:
    """Return `content` without spaces, as theirs is."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode(errors="replace")


def asked_keys(request: bytes) -> tuple[Keys, Keys]:
    """Return the client and the shared attributes that `{"clientKeys": "a,b", ...}` names.

    Raises:
        ValueError: the request is no JSON object.

    """
    keys = json.loads(request)
    if not isinstance(keys, dict):
        raise ValueError("a JSON object is wanted")  # noqa: TRY004  # it is the text that is wrong
    return named(keys.get("clientKeys")), named(keys.get("sharedKeys"))


def named(text: Any) -> Keys:
    """Return the names in `text`, None when there is no text."""
    return None if text is None else [name for name in str(text).split(",") if name]
