"""Fonts for labels: Pillow's own, which knows ASCII, and for the rest those of the computer."""

from __future__ import annotations

from functools import cache

from PIL import ImageFont

FILES = (
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "arial.ttf",
    "Arial.ttf",
    "wqy-microhei.ttc",
    "NotoSansCJK-Regular.ttc",
    "msyh.ttc",
    "PingFang.ttc",
    "Arial Unicode.ttf",
)
"""Sans-serif fonts of Debian, Windows and macOS; found wherever the system keeps its fonts."""

_PROBE_SIZE = 24
_NOBODY_HAS = "\U0010ffff"


def face(said: str) -> str:
    """Return the first font that has all of `said`, or else the one that lacks the least."""
    return min(("", *FILES), key=lambda file: sum(not _has(file, each) for each in set(said)))


def lacking(said: str) -> frozenset[str]:
    """Return the characters of a label's text that its font does not have."""
    file = face(said)
    return frozenset(each for each in said if not _has(file, each))


def font(file: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font that `face` has named; `size` is in pixels."""
    return _font(file, size) or _own(size)


@cache
def _font(file: str, size: int) -> ImageFont.FreeTypeFont | None:
    if not file:
        return _own(size)
    try:
        return ImageFont.truetype(file, size)
    except OSError:
        return None


@cache
def _own(size: int) -> ImageFont.FreeTypeFont:
    found = ImageFont.load_default(size)
    if not isinstance(found, ImageFont.FreeTypeFont):
        raise TypeError("this Pillow was built without FreeType")
    return found


@cache
def _has(file: str, character: str) -> bool:
    """Whether a font has a character: if not, it draws the same box as for any other it lacks."""
    found = _font(file, _PROBE_SIZE)
    if found is None:
        return False
    return _dots(found, character) != _dots(found, _NOBODY_HAS)


def _dots(used: ImageFont.FreeTypeFont, character: str) -> tuple[tuple[int, int], bytes]:
    mask = used.getmask(character)
    return mask.size, bytes(mask)
