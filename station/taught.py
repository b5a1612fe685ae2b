"""Writes what was taught about the fixture into `station.toml`."""

from __future__ import annotations

from pathlib import Path

import tomlkit

from station import settings
from station.model import Slot
from station.toml_file import document_at, write_document


def keep_slots(data_dir: Path, slots: tuple[Slot, ...], columns: int) -> tuple[Slot, ...]:
    """Write the taught slots and their columns down; return all slots that the line has now.

    Raises:
        SettingsWrong: the file has a mistake, or can't be written; nothing of it was changed.

    """
    settings.load(data_dir)
    path = data_dir / settings.FILE
    document = document_at(path)
    document["columns"] = columns
    told = tomlkit.aot()
    for slot in slots:
        row = tomlkit.table()
        row.update({"name": slot.name, "where": slot.where})
        told.append(row)
    document["slots"] = told
    if not slots:
        del document["slots"]
    told_anew = settings.read(tomlkit.dumps(document))  # what would not be read is not written
    write_document(path, document)
    return told_anew.fixture()
