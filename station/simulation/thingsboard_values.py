"""How ThingsBoard reads JSON from devices: values are cast, some shapes refused."""

from __future__ import annotations

import json
import re
from typing import Any

_NUMBER = re.compile(r"-?\d*\.?\d+")
_LONGEST_NUMBER = 300  # characters; a double ends soon after
_LONG = range(-(2**63), 2**63)


def cast(value: Any) -> Any:
    """Return a value as it is stored: text made of digits becomes a number.

    Raises:
        ValueError: it is null, or a number too large.

    """
    match value:
        case None:
            raise ValueError("Can't parse value: null")
        case str():
            return _number(value)
        case bool() | float():
            return value
        case int() if value not in _LONG:
            raise ValueError("Big integer values are not supported!")
        case _:
            return value


def _number(text: str) -> Any:
    if not text.isascii() or len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return text
    if "." in text:
        return float(text)
    return int(text) if int(text) in _LONG else text


def parsed(body: bytes) -> Any:
    """Return what JSON text holds.

    Raises:
        ValueError: it is no JSON; the text is ours, a lenient parser's own differs.

    """
    try:
        held = json.loads(body)
        json.dumps(held, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        raise ValueError("com.google.gson.stream.MalformedJsonException: malformed JSON") from None
    return held


def opened(body: bytes) -> dict[str, Any]:
    """Return the JSON object in `body` as it is.

    Raises:
        ValueError: it is none.

    """
    return _object(parsed(body))


def attributes(body: bytes) -> dict[str, Any]:
    """Return the attributes in `body`, cast.

    Raises:
        ValueError: it is no JSON object, or a value in it is null.

    """
    return _cast_all(parsed(body))


def telemetry(body: bytes, now_ms: int) -> list[tuple[int, dict[str, Any]]]:
    """Return the points in `body`: values, `{"ts", "values"}`, or an array of those.

    Raises:
        ValueError: it is none of these.

    """
    held = parsed(body)
    points = held if isinstance(held, list) else [held]
    return [_point(point, now_ms) for point in points]


def _point(point: Any, now_ms: int) -> tuple[int, dict[str, Any]]:
    if isinstance(point, dict) and "ts" in point and "values" in point:
        if type(point["ts"]) is not int:
            raise ValueError(f"Can't parse value: {json.dumps(point)}")
        return point["ts"], _cast_all(point["values"])
    return now_ms, _cast_all(point)


def _cast_all(held: Any) -> dict[str, Any]:
    return {key: cast(value) for key, value in _object(held).items()}


def _object(held: Any) -> dict[str, Any]:
    match held:
        case dict():
            return held
        case _:
            raise ValueError(f"Can't parse value: {json.dumps(held)}")
