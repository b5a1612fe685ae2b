"""Puts a line together: the record, the wiring and the engine on them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from station import logs, recipes, registry, secrets
from station.desk import Commands, Offer, Post
from station.engine import Detect, Engine
from station.faults import Fault, FolderForbidden, RecordBroken
from station.links import Wiring
from station.model import Slot
from station.record import Record, questions

RECORD = "record.db"
RECIPES = "recipes"


@dataclass(frozen=True, slots=True)
class Line:
    """All that an engine is built from."""

    data_dir: Path
    station: str
    wiring: Wiring
    slots: tuple[Slot, ...] = ()
    secret: Callable[[str], SecretStr] = secrets.secret
    detect: Detect = registry.detect

    async def serve(self, post: Post, give: Callable[[Commands], None]) -> None:
        """Run the engine until cancelled; `give` gets its commands once they can be given.

        Raises:
            RecordFault, FolderForbidden: the record can't be opened.

        """
        try:
            record = await asyncio.to_thread(Record, self.data_dir / RECORD)
        except OSError as exc:
            raise FolderForbidden(f"{self.data_dir}: {exc.strerror}") from None
        secret = logs.hiding(self.secret)
        try:
            engine = Engine(
                record, self.wiring, post, secret, self.station, self.slots, self.detect
            )
            give(engine)
            await engine.serve()
        finally:
            await asyncio.to_thread(record.close)


def offers(data_dir: Path) -> tuple[Offer, ...]:
    """Return the recipes in the data directory, those with mistakes included."""
    found = []
    for path in sorted((data_dir / RECIPES).glob("*" + recipes.SUFFIX)):
        try:
            name = recipes.load(path, registry.shapes()).name
        except Fault as fault:
            found.append(Offer(path.name, path, fault.trouble))
        else:
            found.append(Offer(name, path))
    return tuple(found)


def operators(data_dir: Path) -> tuple[str, ...]:
    """Return who has signed in before, the latest first; nobody when there is no record yet."""
    try:
        with questions.reading(data_dir / RECORD) as db:
            return questions.operators(db)
    except RecordBroken:
        return ()
