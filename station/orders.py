"""The work orders of a station: `orders.toml` in its folder, written by an engineer.

```toml
[WO-1001]
recipe = "tracker.toml"
quantity = 500
```
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, RootModel

from station.faults import OrderUnknown, RecipeWrong, SettingsWrong
from station.folder import RECIPES
from station.shift import WorkOrder
from station.toml_file import document_at, write_document
from station.toml_text import TextWrong, TomlText, read_text

FILE = "orders.toml"
LONGEST = 80


class OrderSettings(BaseModel):
    """A work order: the recipe's file in the station's folder of recipes, and how many units."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    recipe: str = Field(min_length=1, examples=["tracker.toml"])
    quantity: int | None = Field(default=None, gt=0, le=1_000_000)


class _File(RootModel[dict[str, OrderSettings]]):
    """What `orders.toml` may hold."""


@dataclass(frozen=True, slots=True)
class Orders:
    """The work orders in the station's `folder`."""

    folder: Path

    def all(self) -> dict[str, OrderSettings]:
        """Return the orders by their names, in the order of the file.

        Raises:
            SettingsWrong: with file, line and key.

        """
        path = self.folder / FILE
        try:
            return TomlText(FILE, read_text(path)).read(_File).root
        except FileNotFoundError:
            return {}
        except OSError as exc:
            raise SettingsWrong(f"{path}: {exc.strerror}") from None
        except TextWrong as exc:
            raise SettingsWrong(str(exc)) from None

    def order(self, name: str) -> WorkOrder:
        """Return the order that is called `name`; case and blanks around it make no difference.

        Raises:
            OrderUnknown: there is none.
            SettingsWrong: the file has a mistake.

        """
        wanted = name.strip().casefold()
        for known, told in self.all().items():
            if known.casefold() == wanted:
                return WorkOrder(known, self.folder / RECIPES / told.recipe, told.quantity)
        raise OrderUnknown(name)

    def after(self, name: str) -> WorkOrder:
        """Return the order that stands after `name` in the file, the first after the last.

        Raises:
            OrderUnknown: there are no orders.
            SettingsWrong: the file has a mistake.

        """
        names = list(self.all())
        if not names:
            raise OrderUnknown("none is set up")
        place = names.index(name) + 1 if name in names else 0
        return self.order(names[place % len(names)])

    def keep(self, name: str, order: OrderSettings) -> None:
        """Write an order down, in the place of one that is called the same.

        Raises:
            SettingsWrong: the name won't do, or the file can't be written.
            RecipeWrong: there is no such recipe.

        """
        if not name.strip() or len(name) > LONGEST or not name.isprintable():
            raise SettingsWrong(f"a work order's name has 1 to {LONGEST} printable letters")
        if not (self.folder / RECIPES / order.recipe).is_file():
            raise RecipeWrong(f"there is no {order.recipe} in {self.folder / RECIPES}")
        same = (known for known in self.all() if known.casefold() == name.strip().casefold())
        document = document_at(self.folder / FILE)
        document[next(same, name.strip())] = order.model_dump(exclude_none=True)
        write_document(self.folder / FILE, document)

    def drop(self, name: str) -> None:
        """Forget an order; what was made of it stays in the record.

        Raises:
            OrderUnknown: there is none of this name.
            SettingsWrong: the file can't be read or written.

        """
        known = self.order(name).name
        document = document_at(self.folder / FILE)
        del document[known]
        write_document(self.folder / FILE, document)
