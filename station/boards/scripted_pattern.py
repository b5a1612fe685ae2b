"""Patterns and lines as a recipe writes them: what may stand in them, and how they are filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

LONGEST_PATTERN: Final = 500

PLACEHOLDERS: Final[Mapping[str, str]] = {
    "token": "the unit's access token",
    "client_id": "the client id of its MQTT login",
    "user_name": "the user name of its MQTT login",
    "user_password": "the password of its MQTT login",
    "provision_key": "the key by which the unit provisions itself",
    "provision_secret": "the secret that belongs to that key",
    "device_id": "the unit's id in its cloud",
    "name": "the unit's name in its cloud",
    "host": "the name of its cloud's server",
    "port": "the number of its cloud's port",
    "ssid": "the name of its wireless network",
    "password": "the password of that network",
}
"""What a line can be filled with, and what it is."""

# A pattern's {2} and {1,3} have digits, and JSON has quotes: neither is taken for a placeholder.
_PLACEHOLDER: Final = re.compile(r"\{([A-Za-z_]\w*)\}")
_UNBOUNDED: Final = re.compile(r"[*+]|\{\d*,\}")
_LINE_ENDS: Final = re.compile(r"[\r\n]")
_PIECE: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]|[*+]|\{\d*,?\d*\}|.", re.DOTALL)


def names_in(*texts: str) -> frozenset[str]:
    """Return the names of the placeholders in `texts`."""
    return frozenset(match[1] for text in texts for match in _PLACEHOLDER.finditer(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with its placeholders filled; KeyError for one without a value."""
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)


def line_told(text: str) -> str:
    """Check a line to be sent that holds no placeholder.

    Raises:
        ValueError: it holds one, or a line end.

    """
    if names_in(text):
        raise ValueError("nothing is known yet that a placeholder could be filled with")
    return _one_line(text)


def line_filled(text: str) -> str:
    """Check a line to be sent; ValueError as for `line_told`, or for a placeholder without meaning."""
    return _one_line(_known(text))


def pattern_told(text: str) -> str:
    """Check a pattern that holds no placeholder.

    Raises:
        ValueError: it holds one, is no regular expression, or could be searched for without end.

    """
    if names_in(text):
        raise ValueError("nothing is known yet that a placeholder could be filled with")
    return _pattern(text)


def pattern_filled(text: str) -> str:
    """Check a pattern; ValueError as for `pattern_told`, or for a placeholder without meaning."""
    _pattern(_PLACEHOLDER.sub("x", _known(text)))
    return text


def _known(text: str) -> str:
    if unknown := sorted(names_in(text).difference(PLACEHOLDERS)):
        raise ValueError(f"no placeholder {{{unknown[0]}}}; there is {', '.join(PLACEHOLDERS)}")
    return text


def _one_line(text: str) -> str:
    if _LINE_ENDS.search(text):
        raise ValueError("must be one line; its end is added")
    return text


def _pattern(text: str) -> str:
    if len(text) > LONGEST_PATTERN:
        raise ValueError(f"has more than {LONGEST_PATTERN} characters")
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError) as exc:
        raise ValueError(f"is no regular expression: {exc}") from None
    if _repeats_repeats(text):
        # (a+)+ takes a search time that doubles with each character of the text
        raise ValueError("repeats without bound what is itself repeated without bound")
    return text


def _repeats_repeats(text: str) -> bool:
    """Tell whether a group that holds an unbounded repetition is itself repeated so."""
    holds = [False]
    closed = False
    for piece in _PIECE.findall(text):
        unbounded = bool(_UNBOUNDED.fullmatch(piece))
        if unbounded and closed:
            return True
        closed_now = False
        if piece == "(":
            holds.append(False)
        elif piece == ")" and len(holds) > 1:
            closed_now = holds.pop()
            holds[-1] |= closed_now
        holds[-1] |= unbounded
        closed = closed_now
    return False
