"""A label's template: ZPL with placeholders in its field data.

`{serial}` is the unit's field of that name, `{serial:20}` one of at most twenty characters; `{{` and
`}}` are braces. No value can end its field or begin a command: all of it that is not a letter or a
digit is written in hexadecimal (^FH), and what a code would take for a control sequence is written
as that code wants it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from station.faults import LabelMisfit
from station.labels import Code, Fields
from station.labels.field_data import readable, written
from station.labels.reading import HEX, Data, Placeholder, check_frame, field_data, size
from station.labels.zpl import Command, commands, unhexed

MOST_BYTES = 3072
"""As much field data as a printer takes (Zebra's guide to ZPL, ^FD)."""

_UNSAFE = re.compile(rb"[^A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was read and found good.

    `width_dots` and `height_dots` are the label's (^PW, ^LL), `dots_per_mm` the printer's: 6, 8, 12
    or 24.
    """

    width_dots: int
    height_dots: int
    dots_per_mm: int
    rows: tuple[Command, ...] = field(repr=False)
    data: tuple[Data, ...] = field(repr=False)

    @classmethod
    def read(
        cls, text: str, known: Collection[str] | None = None, *, dots_per_mm: int = 8
    ) -> Template:
        """Read a template; `known` are the fields that units have (None: nobody knows yet).

        Raises:
            LabelWrong: the detail has the line.

        """
        rows = tuple(commands(text))
        data = tuple(field_data(rows, known))
        check_frame(rows, data)
        return cls(size(rows, "^PW"), size(rows, "^LL"), dots_per_mm, rows, data)

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields that a unit must have."""
        return frozenset(each.name for data in self.data for each in data.placeholders)

    def zpl(self, fields: Fields, job: str = "") -> bytes:
        """Return the label of a unit, with the job's id as a comment.

        Raises:
            LabelMisfit: the unit has no such field, or its value can't stand there.

        """
        data = {each.place: _told(each, fields) for each in self.data}
        comment = f"^FX {job} ^FS" if job else ""
        pieces: list[str] = []
        for place, row in enumerate(self.rows):
            if row.name == "^XA":
                pieces.append(f"^XA^CI28{comment}{row.text}")
            elif row.name == "^BX":
                pieces.append(_with_escape(row))
            else:
                # a line that data is broken over is no part of it, but the lines are counted
                ends = "\n" * row.text.count("\n")
                pieces.append(data[place] + ends if place in data else str(row))
        return "".join(pieces).encode()

    def expected_codes(self, fields: Fields) -> tuple[Code, ...]:
        """Return the codes on a unit's label and what each must say, in the template's order.

        Raises:
            LabelMisfit: as `zpl`.

        """
        return tuple(
            Code(each.drawn.symbology, _read_back(each, fields), each.line)
            for each in self.data
            if each.drawn is not None
        )


def _with_escape(row: Command) -> str:
    """Return ^BX with its escape character, which printers take to be ~ or _ when none is given."""
    given = row.parameters
    if len(given) > 6 and given[6]:
        return str(row)
    filled = [*given, *[""] * 7][:6]
    return ",".join([row.name + filled[0], *filled[1:], HEX, *given[7:]])


def _told(data: Data, fields: Fields) -> str:
    """Return ^FD with its values, and with the ^FH that they need."""
    _read_back(data, fields)
    indicator = data.hex_indicator or HEX
    told = "".join(
        _hexed(text, indicator) if is_value else _literal(text, data)
        for text, is_value in _said(data, fields)
    )
    needs_sign = not data.hex_indicator and indicator in told
    return f"^FH{indicator}^FD{told}" if needs_sign else f"^FD{told}"


def _literal(text: str, data: Data) -> str:
    return text if data.hex_indicator else text.replace(HEX, f"{HEX}5F")


def _hexed(text: str, indicator: str) -> str:
    sign = indicator.encode()
    return _UNSAFE.sub(lambda found: sign + b"%02X" % found[0][0], text.encode()).decode()


def _read_back(data: Data, fields: Fields) -> str:
    """Return what the field says, as a scanner reads it.

    Raises:
        LabelMisfit: it can't say that.

    """
    said = "".join(
        text if is_value else unhexed(text, data.hex_indicator).decode(errors="replace")
        for text, is_value in _said(data, fields)
    )
    if len(said.encode()) > MOST_BYTES:
        raise _misfit(data, f"more than {MOST_BYTES} bytes")
    if data.drawn is None:
        return said
    try:
        return readable(data.drawn, said)
    except ValueError as error:
        raise _misfit(data, str(error)) from None


def _said(data: Data, fields: Fields) -> list[tuple[str, bool]]:
    """Return the pieces of the field's data, each with whether it is a value."""
    said: list[tuple[str, bool]] = []
    for piece in data.pieces:
        if isinstance(piece, Placeholder):
            before = "".join(text for text, _ in said)
            said.append((_value(data, piece, fields, before), True))
        elif data.drawn is not None and data.drawn.plain_literals:
            said.append((written(data.drawn, piece, ""), False))
        else:
            said.append((piece, False))
    return said


def _value(data: Data, piece: Placeholder, fields: Fields, before: str) -> str:
    value = fields.get(piece.name, "")
    if not value:
        raise _misfit(data, f"the unit has no {{{piece.name}}}")
    if piece.most and len(value) > piece.most:
        raise _misfit(
            data, f"{{{piece.name}}} has {len(value)} characters, {piece.most} is the most"
        )
    if not value.isprintable():
        raise _misfit(data, f"{{{piece.name}}} has characters that can't be printed")
    if data.drawn is None:
        if data.in_block and "\\" in value:
            # there it begins a control sequence, and only ^CI13 has a way to write one
            raise _misfit(data, f"{{{piece.name}}}: a block of text (^FB) can't hold a backslash")
        return value
    try:
        return written(data.drawn, value, before)
    except ValueError as error:
        raise _misfit(data, str(error)) from None


def _misfit(data: Data, text: str) -> LabelMisfit:
    names = ", ".join(f"{{{each.name}}}" for each in data.placeholders)
    return LabelMisfit(f"line {data.line}, {names}: {text}")
