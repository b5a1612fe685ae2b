"""Finds the boards, clouds and procedures that are installed, ours and a customer's alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, cast

from pydantic import SecretStr

from station import recipes
from station.boards import BoardKind, KnownByRecipe, WaitsOnUsb
from station.clouds import Cloud, CloudKind
from station.faults import ActionMissing, RecipeWrong
from station.label_options import LabelPlan, plan
from station.model import Attachment, Port
from station.procedures import CONNECT, Procedure
from station.recipe_actions import Action
from station.recipes import Recipe, Shapes

Detect = Callable[[Attachment], tuple[str, Port] | None]
"""Names the kind of what was plugged in, and the port to talk to; None when no kind fits."""


AGAIN = ("again", "replace")
"""The options by which procedures are told to do anew what was done already."""

READ_IDENTITY = "read identity"
"""The key of an action that every recipe has; no table can be called so."""

READING = Action("read_identity", "", {}, None)


@dataclass(frozen=True, slots=True)
class Equipment:
    """A recipe with all that it names: what the engine needs to work on units."""

    recipe: Recipe
    procedure: Procedure
    board: type[BoardKind]
    cloud: Cloud
    label: LabelPlan | None = None

    def again(self) -> Equipment:
        """Return the same, but its story does anew what was done already, where it can be told so."""
        options = self.recipe.options
        told = {name: True for name in AGAIN if options and name in type(options).model_fields}
        if options is None or not told:
            return self
        anew = options.model_copy(update=told)
        return replace(self, recipe=replace(self.recipe, options=anew))


@cache
def boards() -> dict[str, type[BoardKind]]:
    """Return every kind of board by its name; one that can't be loaded raises at once."""
    return cast(dict[str, type[BoardKind]], _load("station.boards"))


@cache
def clouds() -> dict[str, type[CloudKind]]:
    """Return every kind of cloud by its name."""
    return cast(dict[str, type[CloudKind]], _load("station.clouds"))


@cache
def procedures() -> dict[str, Procedure]:
    """Return every procedure by its name."""
    return cast(dict[str, Procedure], _load("station.procedures"))


def shapes() -> Shapes:
    """Return what recipes may name and hold."""
    return Shapes(
        procedures={name: (CONNECT, *each.steps) for name, each in procedures().items()},
        boards={name: each.Options for name, each in boards().items()},
        clouds={name: each.Options for name, each in clouds().items()},
        options={name: each.options for name, each in procedures().items()},
    )


def equip(path: Path, secret: Callable[[str], SecretStr], key: str = "") -> Equipment:
    """Load the recipe at `path` and open what it names.

    With `key` that is for one of its actions on units that came back, not for its own procedure.

    Raises:
        RecipeWrong, LabelWrong: it, or its label, has mistakes.
        ActionMissing: it has no such action.
        SecretMissing, KeystoreUnsafe: its cloud's key is not to be had.

    """
    recipe = acting(recipes.load(path, shapes()), key)
    label = plan(recipe.label, recipe.serial, path.parent) if recipe.label else None
    procedure, board = procedures()[recipe.procedure], boards()[recipe.board]
    cloud = clouds()[recipe.cloud].open(recipe.cloud_options, secret, path.parent)
    if not procedure.fits(board):
        raise RecipeWrong(f"{recipe.procedure} asks more of a board than {recipe.board} can do")
    if procedure.cloud and not isinstance(cloud, procedure.cloud):
        raise RecipeWrong(f"{recipe.procedure} asks more of a cloud than {recipe.cloud} can do")
    return Equipment(recipe, procedure, board, cloud, label)


def acting(recipe: Recipe, key: str) -> Recipe:
    """Return the recipe with one of its actions in its procedure's place; "" leaves it as it is.

    Its name, by which the record has its runs, tells the action too. No label comes of one.

    Raises:
        ActionMissing: it has no such action.

    """
    if not key:
        return recipe
    action = READING if key == READ_IDENTITY else recipe.rework.get(key)
    if action is None:
        raise ActionMissing(f"{key!r} in {recipe.name}")
    title = action.title or procedures()[action.procedure].title
    return replace(
        recipe,
        name=f"{recipe.name}: {title}",
        procedure=action.procedure,
        limits_s=action.limits_s,
        options=action.options,
        label=None,
        serial=None,
    )


def detect(attachment: Attachment) -> tuple[str, Port] | None:
    """Return the one kind whose marks fit, and the port to talk to; None when no kind fits."""
    for name, kind in boards().items():
        if port := kind.port(attachment):
            return name, port
    return None


def fitting(
    equipment: Equipment, attachment: Attachment, otherwise: Detect = detect
) -> tuple[str, Port] | None:
    """Return the recipe's own kind if its product's marks fit, else what `otherwise` tells.

    An adapter for a serial line says nothing of the product behind it: only the recipe can.
    """
    kind, recipe = equipment.board, equipment.recipe
    if not issubclass(kind, KnownByRecipe):
        return otherwise(attachment)
    port = kind.port_of(attachment, recipe.board_options)
    return (recipe.board, port) if port else otherwise(attachment)


def waits_on_usb(attachment: Attachment) -> bool:
    """Tell whether it is a boot loader without a serial port, of a kind that knows it."""
    kinds = (kind for kind in boards().values() if issubclass(kind, WaitsOnUsb))
    return any(kind.waits_on_usb(attachment) for kind in kinds)


def _load(group: str) -> dict[str, Any]:
    return {entry.name: entry.load() for entry in entry_points(group=group)}
