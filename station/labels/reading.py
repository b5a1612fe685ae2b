"""Reads a template's ZPL: where its data stands, and what in it would go wrong.

What Zebra's guide to ZPL lets a command make of field data is refused where a unit's value could
be taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from station.faults import LabelWrong
from station.labels.field_data import PLAIN_MODES, Symbol, readable, symbol, written
from station.labels.zpl import Command, number

HEX = "_"
"""What begins two hexadecimal digits when ^FH does not say."""

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+")
_PLACEHOLDER = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)(?::([1-9][0-9]{0,3}))?")
_DEFAULTS = {"CC": "^", "CT": "~", "CD": ","}
# a tilde alone is left over from the "CT~" that label designers begin with
_CONTROLS = frozenset({"~SD", "~TA", "~JS", "~"})
_REFUSED = {
    "^FC": "a clock in field data would be read from a unit's values too",
    "^FE": "an embedded field would be read from a unit's values too",
    "^TB": "a text block reads < in a unit's values; use ^FB",
    "^FN": "a numbered field is filled by the printer; the station can't read it back",
    "^SN": "a serial number that the printer counts is not in the record",
    "^SF": "a serial number that the printer counts is not in the record",
    "^FV": "write ^FD for field data",
    "^DF": "a format stored in the printer can't be read back",
    "^XF": "a format stored in the printer can't be read back",
    "^MU": "write sizes in dots",
}


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A field's value goes here; `most` is the count of characters that it may have (0: any)."""

    name: str
    most: int = 0


@dataclass(frozen=True, slots=True)
class Data:
    """One ^FD with what its field asks for; `place` is its place among the commands.

    `hex_indicator` is empty without ^FH; `in_block` with ^FB.
    """

    place: int
    line: int
    pieces: tuple[str | Placeholder, ...]
    drawn: Symbol | None
    hex_indicator: str
    in_block: bool

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """The placeholders, in order."""
        return tuple(each for each in self.pieces if isinstance(each, Placeholder))


def wrong(line: int, text: str) -> LabelWrong:
    """Return the fault that names a line of the template."""
    return LabelWrong(f"line {line}: {text}")


def field_data(rows: tuple[Command, ...], known: Collection[str] | None) -> Iterator[Data]:
    """Find the field data, each with what its field asks for.

    Raises:
        LabelWrong: as `Template.read`.

    """
    drawn: Symbol | None = None
    indicator, in_block = "", False
    for place, row in enumerate(rows):
        if row.name in {"^FS", "^XA", "^XZ"}:
            drawn, indicator, in_block = None, "", False
        elif row.name == "^FH":
            indicator = row.data.strip()[:1] or HEX
        elif row.name == "^FB":
            in_block = True
        elif row.name == "^FD":
            data = Data(place, row.line, tuple(_pieces(row)), drawn, indicator, in_block)
            _check_data(data, known)
            yield data
        else:
            _check_other(row)
            drawn = symbol(row.name, row.parameters) or drawn


def size(rows: tuple[Command, ...], name: str) -> int:
    """Return the label's width (^PW) or height (^LL) in dots.

    Raises:
        LabelWrong: the template does not tell it.

    """
    told = [number(row.parameters, 0, 0) for row in rows if row.name == name]
    if not told or told[-1] <= 0:
        raise wrong(1, f"the template tells no size of the label by {name}, in dots")
    return told[-1]


def check_frame(rows: tuple[Command, ...], data: tuple[Data, ...]) -> None:
    """See that the template is one label: all its data between one ^XA and its ^XZ.

    Raises:
        LabelWrong: it is not.

    """
    inside = False
    labels: set[int] = set()
    places = {each.place for each in data}
    opened = 0
    for place, row in enumerate(rows):
        if row.name in {"^XA", "^XZ"}:
            if inside == (row.name == "^XA"):
                raise wrong(row.line, f"{row.name} where none may be")
            inside = not inside
            opened = place
        elif place in places and inside:
            labels.add(opened)
        elif place in places:
            raise wrong(row.line, "field data outside ^XA and ^XZ")
    if inside:
        raise wrong(rows[opened].line, "this ^XA has no ^XZ")
    if len(labels) != 1:
        raise wrong(1, f"a template is one label, this one is {len(labels) or 'none'}")


def _pieces(row: Command) -> Iterator[str | Placeholder]:
    for found in _PIECE.finditer(row.data):
        match found[0]:
            case "{{" | "}}":
                yield found[0][0]
            case "{" | "}":
                raise wrong(row.line, "a brace alone; write {{ or }} for one that is printed")
            case _ if found[1] is None:
                yield found[0]
            case _:
                yield _placeholder(row.line, found[1])


def _placeholder(line: int, text: str) -> Placeholder:
    if (found := _PLACEHOLDER.fullmatch(text)) is None:
        raise wrong(line, f"{{{text}}} is no placeholder; one is {{serial}} or {{serial:20}}")
    return Placeholder(found[1], int(found[2] or 0))


def _check_data(data: Data, known: Collection[str] | None) -> None:
    for each in data.placeholders:
        if known is not None and each.name not in known:
            raise wrong(
                data.line,
                f"units have no field {{{each.name}}}; they have {', '.join(sorted(known))}",
            )
    if data.drawn is None:
        return
    if data.drawn.mode not in PLAIN_MODES:
        raise wrong(data.line, "a Code 128's mode is N or A; those of GS1 change the data")
    if data.hex_indicator and data.drawn.plain_literals:
        raise wrong(data.line, "a ^BX field with ^FH names its escape character, its parameter g")
    if not data.hex_indicator:
        sample = "".join(_sample(data.drawn, each) for each in data.pieces)
        try:
            readable(data.drawn, sample)
        except ValueError as error:
            raise wrong(data.line, str(error)) from None


def _sample(drawn: Symbol, piece: str | Placeholder) -> str:
    if isinstance(piece, Placeholder):
        return "00"
    return written(drawn, piece, "") if drawn.plain_literals else piece


def _check_other(row: Command) -> None:
    if why := _REFUSED.get(row.name):
        raise wrong(row.line, f"{row.name}: {why}")
    _check_characters(row)
    if row.name == "^PQ" and number(row.parameters, 0, 1) != 1:
        raise wrong(row.line, "^PQ: a job is one label; how many is not the template's business")
    if row.name == "^BX" and number(row.parameters, 2, 0) != 200:
        raise wrong(row.line, "^BX: only quality 200 can be read back")
    if row.name == "^GF" and not row.text.upper().startswith("A"):
        raise wrong(row.line, "^GF: a picture is written as ^GFA, in hexadecimal")
    if row.name.startswith("^B") and row.name not in {"^BY", "^BC", "^BQ", "^BX"}:
        raise wrong(row.line, f"{row.name}: the codes that can be read back are ^BC, ^BQ and ^BX")
    if row.name != "^FX" and re.search(r"\{[A-Za-z]", row.text):
        raise wrong(row.line, f"a placeholder stands in field data (^FD) alone, not in {row.name}")


def _check_characters(row: Command) -> None:
    if row.name[1:] in _DEFAULTS:
        if row.text != _DEFAULTS[row.name[1:]]:
            raise wrong(row.line, f"{row.name}: the template keeps ^, ~ and the comma")
    elif row.name.startswith("~") and row.name not in _CONTROLS:
        raise wrong(row.line, f"{row.name}: a template gives the printer no orders")
    elif row.name == "^CI" and number(row.parameters, 0, 28) != 28:
        raise wrong(row.line, "^CI: a label is written in UTF-8, which is ^CI28")
