"""What one may sign in to: work orders, recipes, and the bench."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from station.desk import Offer
from station.model import OrderOffer, Outcome, Trouble
from ui import lettering, people_words, shapes, theme, words
from ui.shapes import Shape

LINES = 5
"""How many lines say why a recipe can't be used."""
_WORK = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Work:
    """A row: a work order (`order`), a recipe, or with neither the bench.

    `recipe_name` is what the record calls its recipe; `trouble` says why it can't be chosen.
    """

    name: str
    order: str = ""
    recipe: Path | None = None
    recipe_name: str = ""
    trouble: Trouble | None = None

    @property
    def is_bench(self) -> bool:
        return not self.order and self.recipe is None


class WorkList(QListWidget):
    """Orders first, then recipes, the bench last; what can't be chosen says why."""

    def __init__(self) -> None:
        super().__init__()
        self._told = False
        self._offers: tuple[Offer, ...] = ()
        self._orders: tuple[OrderOffer, ...] = ()
        self.setIconSize(QSize(24, 24))
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_work(self, orders: tuple[OrderOffer, ...], offers: tuple[Offer, ...]) -> None:
        """Show what there is; what was chosen stays chosen."""
        self._told, self._orders, self._offers = True, orders, offers
        self.say()

    def say(self) -> None:
        """Say every row anew: the language may have changed."""
        if not self._told:
            return
        before = self.chosen()
        self.clear()
        by_file = {offer.path.name: offer for offer in self._offers}
        warning = _warning(theme.colours_of(self.palette()))
        for order in self._orders:
            self._add(*_of_order(order, by_file), warning)
        for offer in self._offers:
            work = Work(offer.name, "", offer.path, offer.name, offer.trouble)
            self._add(work, "", warning)
        name, means = people_words.bench()
        self._add(Work(name), means, warning)
        if before is not None:
            key = (before.order, before.recipe)
            self._choose(lambda work: (work.order, work.recipe) == key)

    def chosen(self) -> Work | None:
        """Return what is chosen, None for nothing."""
        chosen = self.selectedItems()
        work = chosen[0].data(_WORK) if chosen else None
        return work if isinstance(work, Work) and work.trouble is None else None

    def usable(self) -> list[QListWidgetItem]:
        """Return the rows that can be chosen."""
        items = [self.item(row) for row in range(self.count())]
        return [item for item in items if item.flags() & Qt.ItemFlag.ItemIsEnabled]

    def choose_order(self, name: str) -> bool:
        """Choose a work order, in any case of its letters; say whether there is one."""
        return self._choose(lambda work: bool(name) and work.order.casefold() == name.casefold())

    def choose_recipe(self, name: str) -> bool:
        """Choose a recipe by the name that the record has for it; say whether there is one."""
        return self._choose(lambda work: work.recipe is not None and work.recipe_name == name)

    def choose_first(self) -> bool:
        """Choose the first order or recipe: the bench is only chosen by hand."""
        return self._choose(lambda work: not work.is_bench)

    def step(self, step: int) -> None:
        """Choose the next row that can be, or the one before."""
        if usable := self.usable():
            at = usable.index(self.currentItem()) if self.chosen() else -step
            self.setCurrentItem(usable[max(0, min(len(usable) - 1, at + step))])

    def _choose(self, fits: Callable[[Work], bool]) -> bool:
        for item in self.usable():
            if fits(item.data(_WORK)):
                self.setCurrentItem(item)
                return True
        return False

    def _add(self, work: Work, means: str, warning: QIcon) -> None:
        item = QListWidgetItem()
        if work.trouble is not None:
            means = f"{words.says(work.trouble)} {work.trouble.detail}"
            item.setIcon(warning)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled & ~Qt.ItemFlag.ItemIsSelectable)
        item.setText(f"{work.name}\n{means}" if means else work.name)
        item.setData(_WORK, work)
        item.setToolTip(item.text())
        wide = max(self.viewport().width(), 300) - 5 * theme.GRID
        font = theme.font(theme.BODY)
        texts = (work.name, means) if means else (work.name,)
        lines = sum(len(lettering.wrapped(text, font, wide, LINES)) for text in texts)
        tall = int(lettering.height(lines, font)) + 3 * theme.GRID
        item.setSizeHint(QSize(0, max(theme.TOUCH, tall)))
        self.addItem(item)


def _of_order(order: OrderOffer, by_file: Mapping[str, Offer]) -> tuple[Work, str]:
    offer = by_file.get(order.recipe)
    recipe = offer.name if offer else order.recipe
    trouble = offer.trouble if offer else None
    return Work(order.name, order.name, None, recipe, trouble), people_words.order_line(
        order, recipe
    )


def _warning(colours: theme.Colours) -> QIcon:
    """Draw the mark of a recipe that can't be used; the list must not make it paler still."""
    pixmap = QPixmap(48, 48)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    pair = colours.verdicts[Outcome.ERROR]
    shapes.draw(painter, Shape.WARNING, QRectF(pixmap.rect()), pair.ground, pair.ink)
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Disabled)
    return icon
