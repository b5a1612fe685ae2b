"""What lies in a station's folder, and what a window asks of it before a line is put together.

Loads nothing until it is asked: what reads recipes and the record takes longer to load than a
window needs to stand.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from station.desk import Offer
from station.faults import Fault, LabelOtherRecipe, RecipeWrong, RecordBroken
from station.model import OrderOffer, Person, ReworkAction

if TYPE_CHECKING:
    from station.recipes import Recipe

RECORD = "record.db"
RECIPES = "recipes"
IMAGES = "images"


def offers(data_dir: Path) -> tuple[Offer, ...]:
    """Return the recipes in the data directory, those with mistakes included."""
    from station import recipes, registry
    from station.label_options import plan

    found = []
    for path in sorted((data_dir / RECIPES).glob("*" + recipes.SUFFIX)):
        try:
            recipe = recipes.load(path, registry.shapes())
            if recipe.label:
                plan(recipe.label, recipe.serial, path.parent)
        except Fault as fault:
            found.append(Offer(path.name, path, fault.trouble))
        else:
            found.append(Offer(recipe.name, path))
    return tuple(found)


def actions(data_dir: Path) -> tuple[ReworkAction, ...]:
    """Return what the recipes offer for units that came back, those with mistakes included.

    Each offers its own procedure, its tables `[rework.NAME]`, and to read who a board is.
    """
    from station import recipes

    paths = sorted((data_dir / RECIPES).glob("*" + recipes.SUFFIX))
    return tuple(action for path in paths for action in _actions_of(path))


def _actions_of(path: Path) -> tuple[ReworkAction, ...]:
    from station import recipes, registry

    try:
        recipe = recipes.load(path, registry.shapes())
        keys = ("", *recipe.rework, registry.READ_IDENTITY)
        return tuple(_action(path, recipe, key) for key in keys)
    except Fault as fault:
        return (ReworkAction(path.name, path, "", "", "", trouble=fault.trouble),)


def _action(path: Path, recipe: Recipe, key: str) -> ReworkAction:
    from station import registry

    acting = registry.acting(recipe, key)
    procedure = registry.procedures()[acting.procedure]
    titled = recipe.rework[key].title if key in recipe.rework else procedure.again
    trouble = None
    if not procedure.fits(registry.boards()[recipe.board]):
        asks = f"{acting.procedure} asks more of a board than {recipe.board} can do"
        trouble = RecipeWrong(asks).trouble
    return ReworkAction(
        titled or procedure.title,
        path,
        key,
        acting.procedure,
        recipe.board,
        procedure.erases,
        trouble,
    )


def recipe_called(data_dir: Path, name: str) -> Path:
    """Return the file of the recipe that is called `name`.

    Raises:
        LabelOtherRecipe: there is none here.

    """
    for offer in offers(data_dir):
        if offer.name == name:
            return offer.path
    raise LabelOtherRecipe(name)


def people(data_dir: Path) -> tuple[Person, ...]:
    """Return who was named by an engineer; nobody when there is no record yet."""
    from station.record import questions
    from station.record.people import people as named

    try:
        with questions.reading(data_dir / RECORD) as db:
            return named(db)
    except RecordBroken:
        return ()


def orders(data_dir: Path) -> tuple[OrderOffer, ...]:
    """Return the work orders; none when their file has a mistake, which sign-in tells."""
    from station.orders import Orders

    try:
        known = Orders(data_dir).all()
    except Fault:
        return ()
    return tuple(OrderOffer(name, each.recipe, each.quantity) for name, each in known.items())


def operators(data_dir: Path) -> tuple[str, ...]:
    """Return who has signed in before, the latest first; nobody when there is no record yet."""
    from station.record import questions

    try:
        with questions.reading(data_dir / RECORD) as db:
            return questions.operators(db)
    except RecordBroken:
        return ()
