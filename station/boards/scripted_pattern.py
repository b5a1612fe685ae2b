"""Patterns and lines as a recipe writes them: what may stand in them, and how they are filled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

LONGEST_PATTERN: Final = 500

PLACEHOLDERS: Final[Mapping[str, str]] = {
    "token": "the unit's access token",
    "client_id": "the client id of its MQTT login",
    "user_name": "the user name of its MQTT login",
    "user_password": "the password of its MQTT login",
    "certificate": "the unit's certificate",
    "private_key": "the key of that certificate",
    "authority": "the certificates that issued it",
    "provision_key": "the key by which the unit provisions itself",
    "provision_secret": "the secret that belongs to that key",
    "device_id": "the unit's id in its cloud",
    "name": "the unit's name in its cloud",
    "host": "the name of its cloud's server",
    "port": "the number of its cloud's port",
    "ssid": "the name of its wireless network",
    "password": "the password of that network",
}
"""What a line can be filled with, and what it is.

Certificates and keys are base64 of their DER on one line, without BEGIN and END; the key is PKCS #8,
and several certificates follow one another in one DER.
"""

PIECES: Final[Mapping[str, str]] = {
    "piece": "a piece of the value",
    "offset": "how many of its characters come before",
    "number": "how many pieces come before",
    "count": "how many pieces there are",
}
"""What a line can be filled with beyond that where a long value is sent in pieces."""

# A pattern's {2} and {1,3} have digits, and JSON has quotes: neither is taken for a placeholder.
_PLACEHOLDER: Final = re.compile(r"\{([A-Za-z_]\w*)\}")
_TIMES: Final = re.compile(r"\{(\d*)(,?)(\d*)\}")
_LINE_ENDS: Final = re.compile(r"[\r\n]")
# an escape, a set, what opens a group, its end, what varies or repeats, any other character
_PIECE: Final = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[aiLmsux]+\)|\((?:\?(?:P<\w+>|<?[=!]|[aiLmsux-]*:))?|"
    r"[)|*+?]|\{\d*,?\d*\}|.",
    re.DOTALL,
)
_LOOKS: Final = frozenset({"(?=", "(?!", "(?<=", "(?<!"})
_ANCHORS: Final = frozenset({"^", "$", r"\A", r"\Z", r"\b", r"\B"})
_OFTEN: Final = 10


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


def line_named(text: str) -> str:
    """Check a line to be sent when no more than {name} is known; ValueError as for `line_told`."""
    return _one_line(_known(text, ("name",)))


def pattern_told(text: str) -> str:
    """Check a pattern that holds no placeholder.

    Raises:
        ValueError: it holds one, is no regular expression, or could be searched for without end.

    """
    if names_in(text):
        raise ValueError("nothing is known yet that a placeholder could be filled with")
    return _pattern(text)


def prompt_told(text: str) -> str:
    """Check the pattern of a prompt; ValueError as for `pattern_told`, or where it may be empty.

    A prompt cuts the text, so that it must be some: anchors are not, nor is what is only looked at.
    """
    pattern_told(text)
    pieces = _PIECE.findall(text)
    if any(piece in _LOOKS for piece in pieces):
        raise ValueError("must not look ahead or behind")
    if text and re.search("".join("(?:)" if piece in _ANCHORS else piece for piece in pieces), ""):
        raise ValueError("must not match an empty text")
    return text


def pattern_filled(text: str) -> str:
    """Check a pattern; ValueError as for `pattern_told`, or for a placeholder without meaning."""
    _pattern(_PLACEHOLDER.sub("x", _known(text)))
    return text


def pattern_named(text: str) -> str:
    """Check a pattern when no more than {name} is known; ValueError as for `pattern_told`."""
    _pattern(_PLACEHOLDER.sub("x", _known(text, ("name",))))
    return text


def _known(text: str, known: Iterable[str] = (*PLACEHOLDERS, *PIECES)) -> str:
    if unknown := sorted(names_in(text).difference(known)):
        raise ValueError(f"no placeholder {{{unknown[0]}}}; there is {', '.join(known)}")
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
    if _repeats_what_varies(text):
        # (a+)+ or (a|aa)* takes a search time that doubles with each character of the text
        raise ValueError("repeats a group that can itself match in several ways")
    if text and re.search(text, ""):
        raise ValueError("must not match an empty text")
    return text


def _repeats_what_varies(text: str) -> bool:
    """Tell whether a group is repeated often that holds alternatives, or a varying repetition."""
    varies = [False]
    was_closed = False  # the group that has just ended, and may now be repeated, varies
    for piece in _PIECE.findall(text):
        if was_closed and _is_often(piece):
            return True
        was_closed = False
        if piece.startswith("(") and not piece.endswith(")"):
            varies.append(False)
        elif piece == ")" and len(varies) > 1:
            was_closed = varies.pop()
            varies[-1] |= was_closed
        else:
            varies[-1] |= _varies(piece)
    return False


def _varies(piece: str) -> bool:
    times = _TIMES.fullmatch(piece)
    return piece in {"*", "+", "?", "|"} or bool(times and times[2] and times[1] != times[3])


def _is_often(piece: str) -> bool:
    times = _TIMES.fullmatch(piece)
    if not times:
        return piece in {"*", "+"}
    most = times[3] if times[2] else times[1]
    return not most or int(most) > _OFTEN
