"""TOML files that programs and people both write: what people wrote, comments too, stays as it is."""

from __future__ import annotations

from pathlib import Path

import tomlkit

from station.faults import SettingsWrong
from station.toml_text import TextWrong, read_text


def document_at(path: Path) -> tomlkit.TOMLDocument:
    """Return the file's document; an empty one where there is no file.

    Raises:
        SettingsWrong: it can't be read, or is no TOML.

    """
    try:
        return tomlkit.parse(read_text(path)) if path.exists() else tomlkit.document()
    except OSError as exc:
        raise SettingsWrong(f"{path}: {exc.strerror}") from None
    except (TextWrong, tomlkit.exceptions.ParseError) as exc:
        raise SettingsWrong(f"{path.name}: {exc}") from None


def write_document(path: Path, document: tomlkit.TOMLDocument) -> None:
    """Write the document in the file's place, whole or not at all.

    Raises:
        SettingsWrong: it can't be written.

    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(tomlkit.dumps(document), encoding="utf-8")
        fresh.replace(path)
    except OSError as exc:
        raise SettingsWrong(f"{path}: {exc.strerror}") from None
