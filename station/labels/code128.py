"""Code 128 as ^BC writes it: field data to symbol values, values to text and to bars.

ISO/IEC 15417 for the symbols; Zebra's guide to ZPL, ^BC, for what `>` stands for in the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

GROUP = "\x1d"
"""What a scanner makes of an FNC1 that does not come first."""

CODE_C, CODE_B, FNC1, START_B, START_C = 99, 100, 102, 104, 105

_ALL_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 "
    "112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 "
    "311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 "
    "112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 "
    "314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 "
    "122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 "
    "124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232"
)
_WIDTHS = tuple(re.findall(r"[1-4]{6}", _ALL_WIDTHS))
_STOP = "2331112"

_PLAIN = {"<": "^", "0": ">", "=": "~"}
_STARTS = {">:": START_B, ">;": START_C}
_PIECE = re.compile(r">(.)|(.)", re.DOTALL)
_LONG_NUMBER = re.compile(r"((?:[0-9]{2}){2,})")


def values(data: str, mode: str) -> list[int]:
    """Return the symbol values of ^BC's data, from the start on and without the check.

    Raises:
        ValueError: it holds what can't be told or read back.

    """
    if mode == "A":
        return _automatic(data)
    found = [_STARTS.get(data[:2], START_B)]
    in_c = found[0] == START_C
    digit = ""
    for sequence, plain in _PIECE.findall(data[2:] if data[:2] in _STARTS else data):
        if digit and not plain:
            raise ValueError("a number in subset C has an odd count of digits")
        if sequence and sequence not in _PLAIN:
            found.append(_control(sequence, in_c=in_c))
            in_c = {CODE_C: True, CODE_B: False}.get(found[-1], in_c)
        elif not in_c:
            found.append(_in_b(plain or _PLAIN[sequence]))
        elif not (plain.isascii() and plain.isdecimal()):
            raise ValueError("subset C of Code 128 holds digits alone")
        elif digit:
            found.append(int(digit + plain))
            digit = ""
        else:
            digit = plain
    if digit:
        raise ValueError("a number in subset C has an odd count of digits")
    return found


def text(found: list[int]) -> str:
    """Return what a scanner reads from symbol values."""
    in_c = found[0] == START_C
    pieces: list[str] = []
    for value in found[1:]:
        if value in {CODE_B, CODE_C}:
            in_c = value == CODE_C
        elif value == FNC1:
            pieces.append(GROUP)
        else:
            pieces.append(f"{value:02}" if in_c else chr(value + 32))
    return "".join(pieces).removeprefix(GROUP)


def bars(found: list[int]) -> tuple[bool, ...]:
    """Return the modules of the whole symbol, True for a bar; no quiet zone."""
    check = (found[0] + sum(place * value for place, value in enumerate(found))) % 103
    widths = "".join(_WIDTHS[value] for value in (*found, check)) + _STOP
    return tuple(_modules(widths))


def _modules(widths: str) -> Iterator[bool]:
    for place, width in enumerate(widths):
        yield from [place % 2 == 0] * int(width)


def _control(sequence: str, *, in_c: bool) -> int:
    known = {"8": FNC1, "6": CODE_B} if in_c else {"8": FNC1, "5": CODE_C}
    if sequence not in known:
        raise ValueError("of a Code 128's control sequences only >: >; >5 >6 >8 can be read back")
    return known[sequence]


def _in_b(character: str) -> int:
    if not " " <= character <= "~":
        raise ValueError("a Code 128 holds plain ASCII alone")
    return ord(character) - 32


def _automatic(data: str) -> list[int]:
    """Pack as a printer does by itself: four digits and more, in pairs, go into subset C."""
    if set(data) & set("^>~"):
        raise ValueError("a Code 128 in automatic mode can't hold ^, > or ~")
    found: list[int] = []
    for piece in filter(None, _LONG_NUMBER.split(data)):
        if _LONG_NUMBER.fullmatch(piece):
            found.append(CODE_C if found else START_C)
            found += [int(piece[place : place + 2]) for place in range(0, len(piece), 2)]
        else:
            found.append(CODE_B if found else START_B)
            found += [_in_b(character) for character in piece]
    return found or [START_B]
