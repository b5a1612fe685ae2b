"""Colours, type sizes and the 8-pixel grid: the one place that knows how the window looks.

Every pair of a ground and what is written on it has a contrast of at least 4.5 to 1 (WCAG 2.2,
1.4.3), which a test computes. A painted widget asks `colours_of(self.palette())`, so that Qt's own
palette change repaints all of them when the system turns dark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from station.model import Lamp, Outcome
from ui import sheet

GRID = 8
TOUCH = 48
"""The least height and width, in pixels, of what a gloved finger has to hit."""
RADIUS = 12

CAPTION, BODY, STRONG, TITLE, DISPLAY = 13, 16, 20, 26, 34
"""The type scale in pixels; cards scale their own from their size."""

REGULAR, MEDIUM, BOLD = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.Bold


@dataclass(frozen=True)
class Pair:
    """A ground and what is written on it."""

    ground: QColor
    ink: QColor


@dataclass(frozen=True)
class Colours:
    window: QColor
    surface: QColor
    edge: QColor
    """What parts one thing from another."""
    rim: QColor
    """What shows where a field or a box to tick is: at least 3 to 1 (WCAG 2.2, 1.4.11)."""
    trough: QColor
    """What a bar fills."""
    text: QColor
    quiet: QColor
    accent: Pair
    training: Pair
    board: Pair
    """A drawn board, and what is printed on it."""
    light: QColor
    """A light that is on."""
    verdicts: Mapping[Outcome, Pair]
    lamps: Mapping[Lamp, QColor]

    def marked(self, outcome: Outcome) -> QColor:
        """Return the colour of a small mark of `outcome` on the surface."""
        return self.verdicts[outcome].ground


def _pair(ground: str, ink: str) -> Pair:
    return Pair(QColor(ground), QColor(ink))


LIGHT = Colours(
    window=QColor("#EEF0F4"),
    surface=QColor("#FFFFFF"),
    edge=QColor("#CBD1DB"),
    rim=QColor("#7D8797"),
    trough=QColor("#CBD1DB"),
    text=QColor("#12171F"),
    quiet=QColor("#505B6B"),
    accent=_pair("#1D5FC4", "#FFFFFF"),
    training=_pair("#0B6470", "#FFFFFF"),
    board=_pair("#0B5561", "#FFFFFF"),
    light=QColor("#F5B70A"),
    verdicts={
        Outcome.PASS: _pair("#12713F", "#FFFFFF"),
        Outcome.FAIL: _pair("#B5221B", "#FFFFFF"),
        Outcome.ERROR: _pair("#5A3DAA", "#FFFFFF"),
        Outcome.TIMEOUT: _pair("#97450A", "#FFFFFF"),
        Outcome.ABORTED: _pair("#4A5564", "#FFFFFF"),
        Outcome.UNKNOWN: _pair("#F5B70A", "#211800"),
    },
    lamps={
        Lamp.OFF: QColor("#6B7584"),
        Lamp.GOOD: QColor("#12713F"),
        Lamp.BUSY: QColor("#1D5FC4"),
        Lamp.BAD: QColor("#B5221B"),
    },
)

DARK = Colours(
    window=QColor("#0E1116"),
    surface=QColor("#1A1F27"),
    edge=QColor("#363F4C"),
    rim=QColor("#768294"),
    trough=QColor("#363F4C"),
    text=QColor("#F2F5F9"),
    quiet=QColor("#A5B0C0"),
    accent=_pair("#7DB1FF", "#07121F"),
    training=_pair("#0E5963", "#FFFFFF"),
    board=_pair("#136E7B", "#FFFFFF"),
    light=QColor("#FFC933"),
    verdicts={
        Outcome.PASS: _pair("#137A45", "#FFFFFF"),
        Outcome.FAIL: _pair("#C02E26", "#FFFFFF"),
        Outcome.ERROR: _pair("#6A4DBC", "#FFFFFF"),
        Outcome.TIMEOUT: _pair("#A64E10", "#FFFFFF"),
        Outcome.ABORTED: _pair("#566273", "#FFFFFF"),
        Outcome.UNKNOWN: _pair("#F5B70A", "#211800"),
    },
    lamps={
        Lamp.OFF: QColor("#8A95A5"),
        Lamp.GOOD: QColor("#3FBF7F"),
        Lamp.BUSY: QColor("#7DB1FF"),
        Lamp.BAD: QColor("#FF7A70"),
    },
)

CONTRAST = Colours(
    window=QColor("#000000"),
    surface=QColor("#000001"),
    edge=QColor("#FFFFFF"),
    rim=QColor("#FFFFFF"),
    trough=QColor("#5A5A5A"),
    text=QColor("#FFFFFF"),
    quiet=QColor("#E6E6E6"),
    accent=_pair("#FFE14D", "#000000"),
    training=_pair("#5FF0FF", "#000000"),
    board=_pair("#000001", "#FFFFFF"),
    light=QColor("#FFE14D"),
    verdicts={
        Outcome.PASS: _pair("#7CF29C", "#000000"),
        Outcome.FAIL: _pair("#D40000", "#FFFFFF"),
        Outcome.ERROR: _pair("#C9B3FF", "#000000"),
        Outcome.TIMEOUT: _pair("#FF9A3D", "#000000"),
        Outcome.ABORTED: _pair("#D0D0D0", "#000000"),
        Outcome.UNKNOWN: _pair("#FFD400", "#000000"),
    },
    lamps={
        Lamp.OFF: QColor("#D0D0D0"),
        Lamp.GOOD: QColor("#7CF29C"),
        Lamp.BUSY: QColor("#FFE14D"),
        Lamp.BAD: QColor("#FF8A80"),
    },
)

_FORCED = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
# What has a sheet of its own, such as a list, has its ground in the place of the window's.
_BY_WINDOW = {
    ground.rgb(): colours
    for colours in _FORCED.values()
    for ground in (colours.window, colours.surface)
}


def colours_of(palette: QPalette) -> Colours:
    """Return the colours whose palette `palette` is; the light ones for a stranger's."""
    return _BY_WINDOW.get(palette.color(QPalette.ColorRole.Window).rgb(), LIGHT)


def choose(theme: str, scheme: Qt.ColorScheme) -> Colours:
    """Return the colours for `theme`: light, dark, contrast, or else what the system asks for."""
    return _FORCED.get(theme, DARK if scheme is Qt.ColorScheme.Dark else LIGHT)


class Dresser(QObject):
    """Gives the application its look, now and whenever the system changes its own."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._theme = ""
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def wear(self, theme: str) -> None:
        self._theme = theme
        self._follow()

    def _follow(self) -> None:
        colours = choose(self._theme, self._app.styleHints().colorScheme())
        self._app.setPalette(_palette(colours))
        self._app.setStyleSheet(_sheet(colours))


def dress(app: QApplication, theme: str) -> None:
    """Let the whole application wear `theme`."""
    dresser = app.findChild(Dresser) or Dresser(app)
    dresser.wear(theme)


def font(px: float, weight: QFont.Weight = REGULAR) -> QFont:
    """Return the system's own typeface at `px` pixels; it is shared, so nobody changes it."""
    return _font(QApplication.font(), max(1, round(px)), weight)


@lru_cache(256)
def _font(typeface: QFont, px: int, weight: QFont.Weight) -> QFont:
    made = QFont(typeface)
    made.setPixelSize(px)
    made.setWeight(weight)
    return made


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for colour, roles in (
        (colours.window, (role.Window,)),
        (colours.surface, (role.Base, role.AlternateBase, role.Button, role.ToolTipBase)),
        (colours.text, (role.WindowText, role.Text, role.ButtonText, role.ToolTipText)),
        (colours.quiet, (role.PlaceholderText,)),
        (colours.edge, (role.Mid, role.Midlight, role.Dark)),
        (colours.accent.ground, (role.Highlight, role.Link)),
        (colours.accent.ink, (role.HighlightedText,)),
    ):
        for each in roles:
            palette.setColor(each, colour)
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, colours.quiet)
    return palette


def _sheet(colours: Colours) -> str:
    accent, fail = colours.accent, colours.verdicts[Outcome.FAIL]
    return sheet.written(
        {
            "window": colours.window.name(),
            "surface": colours.surface.name(),
            "hover": mixed(colours.surface, colours.text, 0.06).name(),
            "pressed": mixed(colours.surface, colours.text, 0.14).name(),
            "edge": colours.edge.name(),
            "rim": colours.rim.name(),
            "trough": colours.trough.name(),
            "text": colours.text.name(),
            "quiet": colours.quiet.name(),
            "quiet_ink": mixed(colours.quiet, colours.text, 0.5).name(),
            "accent": accent.ground.name(),
            "accent_ink": accent.ink.name(),
            "accent_hover": mixed(accent.ground, colours.text, 0.12).name(),
            "accent_pressed": mixed(accent.ground, colours.text, 0.24).name(),
            "danger": colours.lamps[Lamp.BAD].name(),
            "fail": fail.ground.name(),
            "fail_ink": fail.ink.name(),
            **_SIZES,
        }
    )


_SIZES = {
    "grid": GRID,
    "grid_focus": GRID - 1,
    "half": GRID // 2,
    "half_focus": GRID // 2 - 1,
    "pad": 2 * GRID,
    "pad_focus": 2 * GRID - 1,
    "field_pad": GRID + GRID // 2,
    "field_pad_focus": GRID + GRID // 2 - 1,
    "touch": TOUCH,
    "inside": TOUCH - 2,
    "inside_focus": TOUCH - 4,
    "number_inside": TOUCH - 5,
    "number_inside_focus": TOUCH - 7,
    "tab_inside": TOUCH - 3,
    "row": TOUCH - GRID,
    "row_inside": TOUCH - 2 * GRID,
    "box": 3 * GRID,
    "bar": 2 * GRID,
    "radius": GRID,
    "small_radius": GRID - 2,
    "caption": CAPTION,
    "body": BODY,
    "strong": STRONG,
}


def mixed(ground: QColor, other: QColor, share: float) -> QColor:
    """Return `ground` with so much of `other` in it: 0 is none of it, 1 nothing else."""
    pairs = zip(ground.getRgbF()[:3], other.getRgbF()[:3], strict=True)  # type: ignore[index]
    return QColor.fromRgbF(*(a + (b - a) * share for a, b in pairs))


def make_primary(button: QPushButton, *, primary: bool) -> None:
    """Mark the one button of a place that is most likely meant."""
    _mark(button, "primary", primary)


def make_plain(button: QPushButton) -> None:
    """Let a button that is one of many in a bar be told from its ground by its word alone."""
    _mark(button, "kind", "plain")


def make_danger(button: QPushButton) -> None:
    """Mark a button that does what can't be undone."""
    _mark(button, "kind", "danger")


def ink_of(button: QAbstractButton, colours: Colours) -> QColor:
    """Return the colour of the letters on `button`."""
    if button.property("primary"):
        return colours.accent.ink
    return colours.lamps[Lamp.BAD] if button.property("kind") == "danger" else colours.text


def _mark(button: QPushButton, name: str, value: object) -> None:
    button.setProperty(name, value)
    button.style().unpolish(button)
    button.style().polish(button)
