"""The drawings of the icons, as data: each on a grid of 24 units, all with strokes of one width.

A drawing is written in letters, each with its numbers: `M x y` go to, `L x y ...` lines to,
`C x y x y x y` a curve to, `Z` close, `O x y r` a circle, `R x y w h r` a rounded box, and
`A x y r from sweep` an arc of degrees against the clock from three o'clock, joined by a line to
what was drawn before (`P`: not joined). Ink keeps within 2 units of the edge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

SIDE = 24.0
STROKE = 2.0


class Icon(StrEnum):
    """What an icon means, in the order of the sheet that the pictures show."""

    LINE = "line"
    REWORK = "rework"
    RECORDS = "records"
    SEARCH = "search"
    SCAN = "scan"
    LABEL = "label"
    PRINTER = "printer"
    PERSON = "person"
    PERSONS = "persons"
    BADGE = "badge"
    SIGN_IN = "sign in"
    SIGN_OUT = "sign out"
    HELP = "help"
    RETRY = "retry"
    STOP = "stop"
    FLASH = "flash"
    CHIP = "chip"
    ERASE = "erase"
    UNCLAIM = "unclaim"
    RENEW = "renew"
    MIGRATE = "migrate"
    NETWORK = "network"
    NOTE = "note"
    EDIT = "edit"
    SCRAP = "scrap"
    ADOPT = "adopt"
    LOCK = "lock"
    UNLOCK = "unlock"
    KEY = "key"
    KIOSK = "kiosk"
    SOUND_ON = "sound on"
    SOUND_OFF = "sound off"
    LANGUAGE = "language"
    EXPORT = "export"
    FILTER = "filter"
    WARNING = "warning"
    INFO = "info"
    CLOCK = "clock"
    CALENDAR = "calendar"
    CHECK = "check"
    CLOSE = "close"
    PLUS = "plus"
    MINUS = "minus"
    MORE = "more"
    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    CLOUD = "cloud"
    QUEUE = "queue"
    DATABASE = "database"
    BLUETOOTH = "bluetooth"
    SOCKET = "socket"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Drawing:
    """`lines` are stroked, `spots` filled."""

    lines: str
    spots: str = ""


_CLOUD = "M7 18.5 P7 14.5 4 270 -175 A12.2 10 5.2 165 -150 A17 14.2 4.3 85 -175 Z"
_PAGE = "M14 3 L6.5 3 C5.5 3 5 3.5 5 4.5 L5 19.5 C5 20.5 5.5 21 6.5 21 L17.5 21 C18.5 21 19 20.5 19 19.5 L19 8 L14 3 L14 8 L19 8"
_SPEAKER = "M11.5 5 L7.5 9 L4 9 L4 15 L7.5 15 L11.5 19 Z"
_DOOR = "M10 4 L6 4 C4.6 4 4 4.6 4 6 L4 18 C4 19.4 4.6 20 6 20 L10 20"

DRAWINGS: dict[Icon, Drawing] = {
    Icon.LINE: Drawing("R4 4 7 7 1.5 R13 4 7 7 1.5 R4 13 7 7 1.5 R13 13 7 7 1.5"),
    Icon.REWORK: Drawing(
        "P15.5 8.5 5 80 123 L4.2 17.1 C2.6 18.7 5.3 21.4 6.9 19.8 L13.5 13.1 A15.5 8.5 5 247 123 L16.4 7.6 Z"
    ),
    Icon.RECORDS: Drawing(
        "M9 6 L20 6 M9 12 L20 12 M9 18 L20 18", "O4.8 6 1.5 O4.8 12 1.5 O4.8 18 1.5"
    ),
    Icon.SEARCH: Drawing("O10.5 10.5 6.5 M15.3 15.3 L20.5 20.5"),
    Icon.SCAN: Drawing(
        "M3.5 8 L3.5 4.5 L7 4.5 M17 4.5 L20.5 4.5 L20.5 8 M20.5 16 L20.5 19.5 L17 19.5 "
        "M7 19.5 L3.5 19.5 L3.5 16 M8 8.5 L8 15.5 M12 8.5 L12 15.5 M16 8.5 L16 15.5"
    ),
    Icon.LABEL: Drawing(
        "M4 5 L4 11.6 L12.6 20.2 C13.2 20.8 13.8 20.8 14.4 20.2 L20.2 14.4 C20.8 13.8 20.8 13.2 20.2 12.6 L11.6 4 L5 4 C4.4 4 4 4.4 4 5 Z",
        "O8.3 8.3 1.6",
    ),
    Icon.PRINTER: Drawing(
        "M7 9 L7 3.5 L17 3.5 L17 9 M7 17.5 L5 17.5 C4 17.5 3.5 17 3.5 16 L3.5 10.5 C3.5 9.5 4 9 5 9 L19 9 C20 9 20.5 9.5 20.5 10.5 L20.5 16 C20.5 17 20 17.5 19 17.5 L17 17.5 M7 14 L17 14 L17 20.5 L7 20.5 Z"
    ),
    Icon.PERSON: Drawing(
        "O12 8 4 M4.5 20.5 C4.5 16.4 7.6 14.8 12 14.8 C16.4 14.8 19.5 16.4 19.5 20.5"
    ),
    Icon.PERSONS: Drawing(
        "O9 8.5 3.5 M3 19.5 C3 16.2 5.4 14.8 9 14.8 C12.6 14.8 15 16.2 15 19.5 "
        "P15 8.5 3.5 80 -160 M17.2 14.9 C19.8 15.2 21 16.8 21 19.5"
    ),
    Icon.BADGE: Drawing(
        "R4.5 5.5 15 15 2 M9.5 3 L14.5 3 L14.5 5.5 M9.5 3 L9.5 5.5 O12 11 2 M8.5 17 C8.5 15.4 9.8 14.9 12 14.9 C14.2 14.9 15.5 15.4 15.5 17"
    ),
    Icon.SIGN_IN: Drawing(
        "M14 4 L18 4 C19.4 4 20 4.6 20 6 L20 18 C20 19.4 19.4 20 18 20 L14 20 M4 12 L14.5 12 M10.5 8 L14.5 12 L10.5 16"
    ),
    Icon.SIGN_OUT: Drawing(f"{_DOOR} M10 12 L20 12 M16 8 L20 12 L16 16"),
    Icon.HELP: Drawing(
        "O12 12 9 M9.3 9.6 C9.4 6.3 14.7 6.3 14.7 9.6 C14.7 11.8 12 11.7 12 13.6", "O12 16.9 1.25"
    ),
    Icon.RETRY: Drawing("P12 12.5 7.5 30 -300 M18.8 4 L18.5 8.8 L13.8 8.4"),
    Icon.STOP: Drawing(
        "M8.3 3 L15.7 3 L21 8.3 L21 15.7 L15.7 21 L8.3 21 L3 15.7 L3 8.3 Z M9 9 L15 15 M15 9 L9 15"
    ),
    Icon.FLASH: Drawing("M13.2 3 L4.8 13.6 L11 13.6 L10.2 21 L19.2 10 L12.7 10 Z"),
    Icon.CHIP: Drawing(
        "R6.5 6.5 11 11 1.5 M9.5 3 L9.5 6.5 M14.5 3 L14.5 6.5 M9.5 17.5 L9.5 21 M14.5 17.5 L14.5 21 "
        "M3 9.5 L6.5 9.5 M3 14.5 L6.5 14.5 M17.5 9.5 L21 9.5 M17.5 14.5 L21 14.5"
    ),
    Icon.ERASE: Drawing(
        "M8.6 20 L3.9 15.3 C3.3 14.7 3.3 14 3.9 13.4 L12.9 4.4 C13.5 3.8 14.2 3.8 14.8 4.4 L19.6 9.2 C20.2 9.8 20.2 10.5 19.6 11.1 L10.7 20 L8.6 20 M10.7 20 L20.5 20 M8.4 8.9 L15.1 15.6"
    ),
    Icon.UNCLAIM: Drawing(f"{_CLOUD} M9.5 12.8 L14.5 12.8"),
    Icon.RENEW: Drawing(
        "P12 12 8 160 -120 M19.8 3.6 L19.5 8 L15.2 7.7 P12 12 8 -20 -120 M4.2 20.4 L4.5 16 L8.8 16.3"
    ),
    Icon.MIGRATE: Drawing("M4 8 L20 8 M16 4 L20 8 L16 12 M20 16.5 L4 16.5 M8 12.5 L4 16.5 L8 20.5"),
    Icon.NETWORK: Drawing("P12 19 14 125 -70 P12 19 9 128 -76 P12 19 4.4 135 -90", "O12 19 1.6"),
    Icon.NOTE: Drawing(f"{_PAGE} M8.5 12.5 L15.5 12.5 M8.5 16.5 L13 16.5"),
    Icon.EDIT: Drawing(
        "M4 20 L5 15.6 L15.8 4.8 C16.4 4.2 17.1 4.2 17.7 4.8 L19.2 6.3 C19.8 6.9 19.8 7.6 19.2 8.2 L8.4 19 Z M13.5 7.2 L16.8 10.5"
    ),
    Icon.SCRAP: Drawing(
        "M4 6.5 L20 6.5 M9 6.5 L9 3.5 L15 3.5 L15 6.5 M6 6.5 L7 19.2 C7.1 20.3 7.6 20.7 8.6 20.7 L15.4 20.7 C16.4 20.7 16.9 20.3 17 19.2 L18 6.5 M10 10.5 L10.3 16.5 M14 10.5 L13.7 16.5"
    ),
    Icon.ADOPT: Drawing(
        "M12 3 L12 13 M8 9 L12 13 L16 9 M3.5 14 L7.5 14 L9 17 L15 17 L16.5 14 L20.5 14 M3.5 14 L3.5 19 C3.5 20 4 20.5 5 20.5 L19 20.5 C20 20.5 20.5 20 20.5 19 L20.5 14"
    ),
    Icon.LOCK: Drawing(
        "R5 10.5 14 10 2 M8 10.5 L8 7.5 A12 7.5 4 180 -180 L16 10.5", "O12 15.5 1.6"
    ),
    Icon.UNLOCK: Drawing("R5 10.5 14 10 2 M8 10.5 L8 7 A12 7 4 180 -125", "O12 15.5 1.6"),
    Icon.KEY: Drawing("O8 16 4.5 M11.2 12.8 L20 4 M15.5 8.5 L18.5 11.5 M18.6 5.4 L20.6 7.4"),
    Icon.KIOSK: Drawing("M4 9 L4 4 L9 4 M15 4 L20 4 L20 9 M20 15 L20 20 L15 20 M9 20 L4 20 L4 15"),
    Icon.SOUND_ON: Drawing(f"{_SPEAKER} P11.5 12 4.5 45 -90 P11.5 12 8.5 48 -96"),
    Icon.SOUND_OFF: Drawing(f"{_SPEAKER} M15.5 9.5 L20.5 14.5 M20.5 9.5 L15.5 14.5"),
    Icon.LANGUAGE: Drawing("O12 12 9 M3 12 L21 12 M12 3 C6.8 8 6.8 16 12 21 C17.2 16 17.2 8 12 3"),
    Icon.EXPORT: Drawing(
        "M12 15 L12 3.5 M8 7.5 L12 3.5 L16 7.5 M4 14.5 L4 18.5 C4 19.8 4.7 20.5 6 20.5 L18 20.5 C19.3 20.5 20 19.8 20 18.5 L20 14.5"
    ),
    Icon.FILTER: Drawing("M4 5 L20 5 L14 12.5 L14 18 L10 20.5 L10 12.5 Z"),
    Icon.WARNING: Drawing(
        "M13.4 4.4 L21 17.8 C21.6 18.9 20.9 20 19.7 20 L4.3 20 C3.1 20 2.4 18.9 3 17.8 L10.6 4.4 C11.2 3.3 12.8 3.3 13.4 4.4 Z M12 9.5 L12 13.2",
        "O12 16.5 1.25",
    ),
    Icon.INFO: Drawing("O12 12 9 M12 11.5 L12 16.5", "O12 7.8 1.25"),
    Icon.CLOCK: Drawing("O12 12 9 M12 7 L12 12 L15.5 14"),
    Icon.CALENDAR: Drawing("R4 5.5 16 15 2 M4 10.5 L20 10.5 M8.5 3 L8.5 7 M15.5 3 L15.5 7"),
    Icon.CHECK: Drawing("M4.5 12.8 L9.5 17.8 L19.5 6.8"),
    Icon.CLOSE: Drawing("M5.5 5.5 L18.5 18.5 M18.5 5.5 L5.5 18.5"),
    Icon.PLUS: Drawing("M12 4.5 L12 19.5 M4.5 12 L19.5 12"),
    Icon.MINUS: Drawing("M4.5 12 L19.5 12"),
    Icon.MORE: Drawing("", "O5 12 1.8 O12 12 1.8 O19 12 1.8"),
    Icon.UP: Drawing("M5 15.5 L12 8.5 L19 15.5"),
    Icon.DOWN: Drawing("M5 8.5 L12 15.5 L19 8.5"),
    Icon.LEFT: Drawing("M15.5 5 L8.5 12 L15.5 19"),
    Icon.RIGHT: Drawing("M8.5 5 L15.5 12 L8.5 19"),
    Icon.CLOUD: Drawing(_CLOUD),
    Icon.QUEUE: Drawing("R4 14.5 16 6 1.5 M6 11 L18 11 M8 7.5 L16 7.5 M10 4 L14 4"),
    Icon.DATABASE: Drawing(
        "M4.5 6 C4.5 2.2 19.5 2.2 19.5 6 C19.5 9.8 4.5 9.8 4.5 6 L4.5 18 C4.5 21.8 19.5 21.8 19.5 18 L19.5 6 M4.5 12 C4.5 15.8 19.5 15.8 19.5 12"
    ),
    Icon.BLUETOOTH: Drawing("M7 7.5 L17 16.5 L12 21 L12 3 L17 7.5 L7 16.5"),
    Icon.SOCKET: Drawing(
        "M8.5 11 L8.5 3.5 L15.5 3.5 L15.5 11 R5.5 11 13 9.5 2 M11 7 L11 7.2 M13 7 L13 7.2"
    ),
    Icon.ORDER: Drawing(
        "M8.5 5 L6.5 5 C5.5 5 5 5.5 5 6.5 L5 19.5 C5 20.5 5.5 21 6.5 21 L17.5 21 C18.5 21 19 20.5 19 19.5 L19 6.5 C19 5.5 18.5 5 17.5 5 L15.5 5 R8.5 3 7 4 1 M8.5 14 L11 16.5 L15.5 11.5"
    ),
}

_COMMAND = re.compile(r"([MLCZORAP])([^MLCZORAP]*)")


@cache
def path(drawing: str) -> QPainterPath:
    """Return the path that `drawing` writes, in units; whoever gets it must not change it."""
    made = QPainterPath()
    for letter, text in _COMMAND.findall(drawing):
        _add(made, letter, [float(number) for number in text.split()])
    return made


def _add(made: QPainterPath, letter: str, numbers: list[float]) -> None:
    points = [QPointF(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=False)]
    match letter:
        case "M":
            made.moveTo(points[0])
        case "L":
            for point in points:
                made.lineTo(point)
        case "C":
            made.cubicTo(*points)
        case "O":
            made.addEllipse(points[0], numbers[2], numbers[2])
        case "R":
            x, y, wide, tall, round_by = numbers
            made.addRoundedRect(QRectF(x, y, wide, tall), round_by, round_by)
        case "A" | "P":
            x, y, radius, start, sweep = numbers
            around = QRectF(x - radius, y - radius, 2 * radius, 2 * radius)
            if letter == "P":
                made.arcMoveTo(around, start)
            made.arcTo(around, start, sweep)
        case _:
            made.closeSubpath()
