"""What lies in a station's folder, and what a window asks of it before a line is put together.

Loads nothing until it is asked: what reads recipes and the record takes longer to load than a
window needs to stand.
"""

from __future__ import annotations

from pathlib import Path

from station.desk import Offer
from station.faults import Fault, RecordBroken
from station.model import OrderOffer, Person

RECORD = "record.db"
RECIPES = "recipes"
IMAGES = "images"


def offers(data_dir: Path) -> tuple[Offer, ...]:
    """Return the recipes in the data directory, those with mistakes included."""
    from station import recipes, registry

    found = []
    for path in sorted((data_dir / RECIPES).glob("*" + recipes.SUFFIX)):
        try:
            name = recipes.load(path, registry.shapes()).name
        except Fault as fault:
            found.append(Offer(path.name, path, fault.trouble))
        else:
            found.append(Offer(name, path))
    return tuple(found)


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
