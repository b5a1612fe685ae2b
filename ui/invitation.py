"""What a page says that has nothing to show: one headline, and one next action."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import icons, languages, lettering, theme
from ui.icons import Icon


class Invitation(QWidget):
    """`told` returns the headline and the next action, in the language of the window."""

    def __init__(self, told: Callable[[], tuple[str, str]], icon: Icon = Icon.SEARCH) -> None:
        super().__init__()
        self._told, self._icon = told, icon
        languages.follow(self, self._say)

    def tell(self, told: Callable[[], tuple[str, str]]) -> None:
        """Say something else from now on."""
        self._told = told
        self._say()

    def _say(self) -> None:
        self.setAccessibleName(". ".join(self._told()))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, box = theme.colours_of(self.palette()), QRectF(self.rect())
        title, body = theme.font(theme.TITLE, theme.BOLD), theme.font(theme.STRONG)
        said, do = self._told()
        box = box.adjusted(4 * theme.GRID, 0, -4 * theme.GRID, 0)
        heads = lettering.wrapped(said, title, box.width(), 3)
        lines = lettering.wrapped(do, body, box.width(), 4)
        side = 64.0
        tall = side + lettering.height(len(heads), title) + lettering.height(len(lines), body)
        box.setTop(max(0.0, (box.height() - tall) / 2))
        mark = QRectF(box.center().x() - side / 2, box.top(), side, side)
        icons.draw(painter, self._icon, mark, colours.quiet)
        box.setTop(box.top() + side + theme.GRID)
        centre = lettering.CENTRE
        drop = lettering.write(painter, box, heads, title, colours.text, align=centre)
        box.setTop(box.top() + drop + theme.GRID)
        lettering.write(painter, box, lines, body, colours.quiet, align=centre)
        painter.end()
