"""What a field's data says once its code's own control sequences are read, and how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from station.labels import Symbology, code128
from station.labels.code128 import GROUP
from station.labels.zpl import letter

PLAIN_MODES = frozenset("NA")
"""The modes of ^BC that make nothing of the data by themselves; U and D are those of GS1."""

ESCAPE = "_"
"""What begins a control sequence of ^BX when the template does not say."""

_QR = re.compile(r"([HQML])A,(.*)", re.DOTALL)
_SUBSETS = {">:": "B", ">6": "B", ">;": "C", ">5": "C"}


@dataclass(frozen=True, slots=True)
class Symbol:
    """How a field is drawn as a code.

    `mode` is that of ^BC, `escape` the character that begins a control sequence of ^BX. With
    `plain_literals` the template's own text holds no such sequences either, because it names no
    character for them: printers differ in which one they take then.
    """

    symbology: Symbology
    mode: str = "N"
    escape: str = ""
    plain_literals: bool = False


def symbol(name: str, parameters: tuple[str, ...]) -> Symbol | None:
    """Return what the command called `name` asks for; None when it is no code that we know."""
    match name:
        case "^BC":
            return Symbol(Symbology.CODE_128, mode=letter(parameters, 5, "N"))
        case "^BQ":
            return Symbol(Symbology.QR)
        case "^BX":
            given = parameters[6][:1] if len(parameters) > 6 else ""
            return Symbol(Symbology.DATA_MATRIX, escape=given or ESCAPE, plain_literals=not given)
        case _:
            return None


def readable(drawn: Symbol, data: str) -> str:
    """Return what a scanner reads from the code.

    Raises:
        ValueError: the data is not laid out as the station understands it. The text says how it
            must be, and holds nothing of the data.

    """
    match drawn.symbology:
        case Symbology.CODE_128:
            return code128.text(code128.values(data, drawn.mode))
        case Symbology.QR:
            return qr_parts(data)[1]
        case Symbology.DATA_MATRIX:
            return "".join(data_matrix_pieces(data, drawn.escape)).removeprefix(GROUP)


def written(drawn: Symbol, value: str, before: str) -> str:
    """Return the field data that a scanner reads `value` from, where `before` stands before it.

    Raises:
        ValueError: this code can't hold it; the text holds nothing of it.

    """
    if drawn.symbology is Symbology.DATA_MATRIX:
        return value.replace(drawn.escape, 2 * drawn.escape)
    if drawn.symbology is Symbology.CODE_128 and drawn.mode == "N" and _in_subset_b(before):
        return "".join({"^": "><", ">": ">0", "~": ">="}.get(each, each) for each in value)
    if drawn.symbology is Symbology.CODE_128 and drawn.mode == "N" and not value.isdecimal():
        raise ValueError("subset C of Code 128 holds digits alone")
    return value


def qr_parts(data: str) -> tuple[str, str]:
    """Return the level of error correction and the text of ^BQ's data.

    Raises:
        ValueError: it does not begin with a level and automatic input.

    """
    if (found := _QR.fullmatch(data)) is None:
        raise ValueError("a QR code's data begins with QA, (or HA, MA, LA,)")
    return found[1], found[2]


def data_matrix_pieces(data: str, escape: str) -> list[str]:
    """Return the characters that ^BX's data stands for; FNC1 is ASCII 29.

    Raises:
        ValueError: an escape sequence that the station can't read back.

    """
    sequence = re.compile(re.escape(escape) + r"(d[0-9]{3}|.?)|(.)", re.DOTALL)
    return [plain or _escaped(told, escape) for told, plain in sequence.findall(data)]


def _escaped(told: str, escape: str) -> str:
    if told == escape:
        return escape
    if told == "1":
        return GROUP
    if len(told) == 4 and int(told[1:]) < 128:
        return chr(int(told[1:]))
    raise ValueError("of a Data Matrix's escape sequences only 1 and dNNN can be read back")


def _in_subset_b(before: str) -> bool:
    switches = [_SUBSETS[each] for each in re.findall(r">.", before) if each in _SUBSETS]
    return switches[-1:] != ["C"]
