"""What ZPL puts where on a label: the printer's side, for as much of ZPL as our templates use.

Lengths are dots from the label's top left. What is not known is passed over, as printers do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from station.labels import Symbology, codes
from station.labels.code128 import GROUP
from station.labels.codes import Modules
from station.labels.field_data import Symbol, readable, symbol
from station.labels.graphics import hexadecimal_rows
from station.labels.zpl import Command, commands, letter, number, unhexed

WIDTH_DOTS, HEIGHT_DOTS = 812, 1218
"""A label that does not tell its size: four by six inches at 203 dots an inch."""

_TURNS = {"N": 0, "R": 1, "I": 2, "B": 3}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is drawn: quarter turns clockwise about its own box, black or inverting.

    With `on_base`, `x` and `y` are its base line's beginning (^FT), else the top left (^FO).
    """

    x: int = 0
    y: int = 0
    turn: int = 0
    on_base: bool = False
    inverts: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text in a width (^FB); `justify` is L, C, R or J."""

    width: int
    most_lines: int
    extra_spacing: int
    justify: str


@dataclass(frozen=True, slots=True)
class Text:
    """Text in a font whose characters are so high, and so wide as one of that height stretched."""

    spot: Spot
    said: str
    height: int
    width: int
    block: Block | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A frame; filled where its thickness reaches its middle."""

    spot: Spot
    width: int
    height: int
    thickness: int
    white: bool = False


@dataclass(frozen=True, slots=True)
class Raster:
    """Modules or dots, each so wide and so high; `line` is that of a code's data, 0 for a picture.

    `caption` is the text below a linear code (with `above`: over it).
    """

    spot: Spot
    rows: Modules
    dot_width: int
    dot_height: int
    line: int = 0
    caption: str = ""
    above: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height on the label, turned."""
        size = len(self.rows[0]) * self.dot_width, len(self.rows) * self.dot_height
        return size if self.spot.turn % 2 == 0 else size[::-1]


Ink = Text | Box | Raster


@dataclass(frozen=True, slots=True)
class Sheet:
    """One label as it is to look."""

    width: int
    height: int
    inks: tuple[Ink, ...]

    @property
    def said(self) -> str:
        """All the text on it, without the line breaks."""
        return "".join(each.said for each in self.inks if isinstance(each, Text))

    def beyond(self) -> tuple[int, ...]:
        """Return the lines of the codes that don't fit on the label."""
        return tuple(
            each.line
            for each in self.inks
            if isinstance(each, Raster) and each.line and not self._holds(each)
        )

    def _holds(self, each: Raster) -> bool:
        width, height = each.size
        x, y = each.spot.x, each.spot.y
        if each.spot.on_base:  # the corner that the base line begins at is another at each turn
            x -= width if each.spot.turn in {2, 3} else 0
            y -= height if each.spot.turn in {0, 3} else 0
        return x >= 0 and y >= 0 and x + width <= self.width and y + height <= self.height


class CodeWrong(ValueError):
    """A code's data is laid out wrongly or too long; the text holds nothing of the data."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


@dataclass(slots=True)
class _Field:
    """What the commands since the last ^FS ask for."""

    spot: Spot
    drawn: Symbol | None = None
    asked: tuple[str, ...] = ()
    font: tuple[int, int] | None = None
    block: Block | None = None
    hex_indicator: str = ""
    data: str | None = None
    line: int = 0


def sheet(zpl: bytes) -> Sheet:
    """Read one label, as far as it goes.

    Raises:
        CodeWrong: one of its codes can't be drawn.

    """
    reader = _Reader()
    for command in commands(zpl.decode(errors="replace")):
        reader.take(command)
    return Sheet(reader.width, reader.height, tuple(reader.inks))


class _Reader:
    def __init__(self) -> None:
        self.width, self.height = WIDTH_DOTS, HEIGHT_DOTS
        self.inks: list[Ink] = []
        self._home = (0, 0)
        self._font = (9, 5)
        self._bars = (2, 10)
        self._turn = "N"
        self._field = _Field(Spot())

    def take(self, command: Command) -> None:
        """Do what a command says."""
        given = command.parameters
        match command.name:
            case "^XA":
                self._field = self._fresh()
            case "^PW":
                self.width = number(given, 0, self.width)
            case "^LL":
                self.height = number(given, 0, self.height)
            case "^LH":
                self._home = (number(given, 0, 0), number(given, 1, 0))
            case "^FW":
                self._turn = letter(given, 0, "N")
            case "^CF":
                height = number(given, 1, self._font[0])
                self._font = (height, number(given, 2, height))
            case "^BY":
                self._bars = (number(given, 0, self._bars[0]), number(given, 2, self._bars[1]))
            case _:
                self._take_of_field(command, given)

    def _take_of_field(self, command: Command, given: tuple[str, ...]) -> None:
        field = self._field
        match command.name:
            case "^FO" | "^FT":
                x, y = number(given, 0, 0) + self._home[0], number(given, 1, 0) + self._home[1]
                field.spot = replace(field.spot, x=x, y=y, on_base=command.name == "^FT")
            case "^FR":
                field.spot = replace(field.spot, inverts=True)
            case "^FH":
                field.hex_indicator = command.data.strip()[:1] or "_"
            case "^FB":
                width, lines, spacing = (
                    number(given, 0, 0),
                    number(given, 1, 1),
                    number(given, 2, 0),
                )
                field.block = Block(width, lines, spacing, letter(given, 3, "L"))
            case "^A":
                self._turned(given[0][1:2])
                height = number(given, 1, self._font[0])
                field.font = (height, number(given, 2, height))
            case "^GB":
                self._box(given)
            case "^GF":
                self._picture(command)
            case "^FD":
                field.data, field.line = command.data, command.line
            case "^FS" | "^XZ":
                self._end()
            case _:
                self._take_of_code(command, given)

    def _take_of_code(self, command: Command, given: tuple[str, ...]) -> None:
        if (drawn := symbol(command.name, given)) is not None:
            self._field.drawn, self._field.asked = drawn, given
            self._turned(given[0][:1])

    def _fresh(self) -> _Field:
        x, y = self._home
        return _Field(Spot(x, y, _TURNS.get(self._turn, 0)))

    def _turned(self, orientation: str) -> None:
        turn = _TURNS.get(orientation.upper(), _TURNS.get(self._turn, 0))
        self._field.spot = replace(self._field.spot, turn=turn)

    def _box(self, given: tuple[str, ...]) -> None:
        thickness = max(1, number(given, 2, 1))
        width, height = (max(thickness, number(given, place, thickness)) for place in (0, 1))
        spot = replace(self._field.spot, turn=0)
        self.inks.append(Box(spot, width, height, thickness, letter(given, 3, "B") == "W"))

    def _picture(self, command: Command) -> None:
        if rows := hexadecimal_rows(command.data):
            spot = replace(self._field.spot, turn=0)
            self.inks.append(Raster(spot, rows, 1, 1))

    def _end(self) -> None:
        field, self._field = self._field, self._fresh()
        if field.data is None:
            return
        said = unhexed(field.data, field.hex_indicator).decode(errors="replace")
        if field.drawn is not None:
            self.inks.append(self._code(field, field.drawn, said))
            return
        height, width = field.font or self._font
        self.inks.append(Text(field.spot, said, height, width, field.block))

    def _code(self, field: _Field, drawn: Symbol, said: str) -> Raster:
        try:
            rows = codes.modules(drawn, said)
        except ValueError as error:
            raise CodeWrong(field.line, str(error)) from None
        wide, high = self._bars
        match drawn.symbology:
            case Symbology.CODE_128:
                height = number(field.asked, 1, high)
                shown = letter(field.asked, 2, "Y") == "Y"
                caption = readable(drawn, said).replace(GROUP, "") if shown else ""
                above = letter(field.asked, 3, "N") == "Y"
                return Raster(field.spot, rows, wide, height, field.line, caption, above)
            case Symbology.QR:
                dot = max(1, number(field.asked, 2, 2))
            case Symbology.DATA_MATRIX:
                dot = number(field.asked, 1, 0) or max(1, high // len(rows))
            case _:
                assert_never(drawn.symbology)
        return Raster(field.spot, rows, dot, dot, field.line)
