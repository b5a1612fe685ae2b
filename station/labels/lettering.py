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


def font_for(said: str, size: int) -> ImageFont.FreeTypeFont:
    """Return the first font that has all of `said`, or else the one that lacks the least."""
    fewest = min(("", *FILES), key=lambda file: sum(not _has(file, each) for each in set(said)))
    return _font(fewest, size) or _own(size)


def lacking(said: str) -> frozenset[str]:
    """Return the characters that no font of this computer has."""
    return frozenset(each for each in said if not any(_has(file, each) for file in ("", *FILES)))


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
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("this Pillow was built without FreeType")
    return font


@cache
def _has(file: str, character: str) -> bool:
    """Whether a font has a character: if not, it draws the same box as for any other it lacks."""
    font = _font(file, _PROBE_SIZE)
    if font is None:
        return False
    return _dots(font, character) != _dots(font, _NOBODY_HAS)


def _dots(font: ImageFont.FreeTypeFont, character: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(character)
    return mask.size, bytes(mask)
