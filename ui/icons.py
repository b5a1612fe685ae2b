"""Icons of our own, painted at any size in any colour of the theme; no files.

`icon` makes one for a button or a list, `draw` paints one, and `put` gives a button one that
changes its colour with the theme and with what the button is.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication

from ui import theme
from ui.icon_drawings import DRAWINGS, SIDE, STROKE, Icon, path

__all__ = ["Icon", "draw", "icon", "picture", "put"]

USUAL_PX = 20
GAP_PX = 4
"""What is left free beside a button's icon: the style's own gap before the word is too narrow."""
_LOOKS = {
    QEvent.Type.PaletteChange,
    QEvent.Type.StyleChange,
    QEvent.Type.DynamicPropertyChange,
}
_RATIOS = (1, 2, 3)
"""A screen of any ratio between them is given the next one, scaled down."""


def draw(painter: QPainter, which: Icon, box: QRectF, colour: QColor) -> None:
    """Draw `which` as large as `box` allows, in its middle."""
    side = min(box.width(), box.height())
    drawing = DRAWINGS[which]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.center() - QPointF(side, side) / 2)
    painter.scale(side / SIDE, side / SIDE)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(
        QPen(
            colour,
            STROKE,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
    )
    painter.drawPath(path(drawing.lines))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPath(path(drawing.spots))
    painter.restore()


def picture(
    which: Icon, colour: QColor, px: int, ratio: float = 1.0, *, gap_px: int = 0
) -> QPixmap:
    """Return `which` as a picture of `px` pixels a side, for a screen of this `ratio`.

    `gap_px` is left free to the right of it.
    """
    made = QPixmap(QSizeF((px + gap_px) * ratio, px * ratio).toSize())
    made.fill(Qt.GlobalColor.transparent)
    made.setDevicePixelRatio(ratio)
    painter = QPainter(made)
    draw(painter, which, QRectF(0, 0, px, px), colour)
    painter.end()
    return made


def icon(
    which: Icon,
    colour: QColor,
    px: int = USUAL_PX,
    *,
    disabled: QColor | None = None,
    gap_px: int = 0,
) -> QIcon:
    """Return `which` in `colour`, and in `disabled` where it can't be used (else the same)."""
    return _icon(which, colour.rgba(), px, (disabled or colour).rgba(), gap_px)


@lru_cache(256)
def _icon(which: Icon, colour: int, px: int, disabled: int, gap_px: int) -> QIcon:
    made = QIcon()
    for ratio in _RATIOS:
        usual = picture(which, QColor.fromRgba(colour), px, ratio, gap_px=gap_px)
        made.addPixmap(usual)
        # A row that is chosen must not be tinted by the style.
        made.addPixmap(usual, QIcon.Mode.Selected)
        off = picture(which, QColor.fromRgba(disabled), px, ratio, gap_px=gap_px)
        made.addPixmap(off, QIcon.Mode.Disabled)
    return made


def put(button: QAbstractButton, which: Icon | None, px: int = USUAL_PX) -> None:
    """Give `button` the icon `which`, or none, in the colour of its letters from now on."""
    worn = button.findChild(_Worn, options=Qt.FindChildOption.FindDirectChildrenOnly)
    (worn or _Worn(button)).wear(which, px)


class _Worn(QObject):
    """Keeps a button's icon in the colour of its letters."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        self._button = button
        self._which: Icon | None = None
        self._px = USUAL_PX
        button.installEventFilter(self)

    def wear(self, which: Icon | None, px: int) -> None:
        self._which, self._px = which, px
        self._show()

    def _show(self) -> None:
        if self._which is None:
            self._button.setIcon(QIcon())
            return
        # Not the button's own palette: its sheet has given it the button's ground as the window's.
        colours = theme.colours_of(QApplication.palette())
        ink = theme.ink_of(self._button, colours)
        gap = GAP_PX if self._button.text() else 0
        made = icon(self._which, ink, self._px, disabled=colours.quiet, gap_px=gap)
        self._button.setIcon(made)
        self._button.setIconSize(QSize(self._px + gap, self._px))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again at what the button is when its colours or its kind have changed."""
        if event.type() in _LOOKS:
            self._show()
        return super().eventFilter(watched, event)
