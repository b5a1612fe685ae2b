"""What a recipe offers for units that came back: its `[rework.NAME]` tables, read and checked.

```toml
[rework.take_back]
procedure = "take_back"
title = "Erase and let go"
options.sec_tags = [16842753]
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from station.toml_text import Mistake, TomlText, strictly

M = TypeVar("M", bound=BaseModel)

LONGEST_S = 3600.0
TABLE = "rework"

KEY_PATTERN = "^[A-Za-z0-9_-]{1,40}$"

Key = Annotated[str, Field(pattern=KEY_PATTERN)]
Limits = dict[str, Annotated[float, Field(gt=0, le=LONGEST_S)]]


class ReworkTable(BaseModel):
    """What a `[rework.NAME]` table may hold: a procedure with the recipe's own board and cloud."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    procedure: str = Field(description="the story that is told of a unit that came back")
    title: str = Field(default="", max_length=60, description="what the technician reads")
    limits: Limits = Field(default={}, description="seconds that a step may take, by its name")
    options: dict[str, Any] = Field(default={}, description="what the procedure itself can be told")


@dataclass(frozen=True, slots=True)
class Action:
    """A `[rework.NAME]` table that was checked; `title` is empty where the recipe has none."""

    procedure: str
    title: str
    limits_s: Mapping[str, float]
    options: BaseModel | None


def actions(
    tables: Mapping[str, Any],
    procedures: Mapping[str, tuple[str, ...]],
    models: Mapping[str, type[BaseModel]],
    source: TomlText,
    mistakes: list[Mistake],
) -> dict[str, Action]:
    """Return the recipe's actions; `procedures` are steps and `models` options, by procedure.

    Those with mistakes are left out, and their mistakes added.
    """
    found = {}
    for key, table in _tables(tables):
        below, before = (TABLE, key), len(mistakes)
        told = checked(ReworkTable, table, source, mistakes, *below)
        name = table.get("procedure")
        if not isinstance(name, str):
            continue
        if name not in procedures:
            mistakes.append(source.mistake((*below, "procedure"), not_installed(name, procedures)))
            continue
        mistakes += unknown_steps(table.get("limits"), procedures[name], source, *below)
        options = _options(models.get(name), table, source, mistakes, *below)
        if told and len(mistakes) == before:
            found[key] = Action(name, told.title, told.limits, options)
    return found


def checked(
    model: type[M], told: Mapping[str, Any], source: TomlText, mistakes: list[Mistake], *below: str
) -> M | None:
    """Return the table at `below` as `model`; None when it has mistakes, which are added."""
    try:
        return strictly(model, dict(told))
    except ValidationError as exc:
        mistakes += source.mistakes(exc, below)
        return None


def unknown_steps(
    limits: Any, steps: tuple[str, ...], source: TomlText, *below: str
) -> list[Mistake]:
    """Name each step in a table of limits that its procedure does not tell."""
    expected = f"no such step; there is {', '.join(steps)}"
    return [
        source.mistake((*below, "limits", step), expected)
        for step in (limits if isinstance(limits, dict) else ())
        if step not in steps
    ]


def not_installed(name: str, known: Mapping[str, Any]) -> str:
    """Say that there is nothing called `name`, and what there is."""
    return f"{name!r} is not installed; there is {', '.join(sorted(known)) or 'none'}"


def schema(procedures: Mapping[str, Any], stories: list[Any]) -> dict[str, Any]:
    """Return the JSON Schema of the tables; `stories` says what goes with each procedure."""
    table = ReworkTable.model_json_schema()
    table.pop("title")
    told = table["properties"]
    told["procedure"]["enum"] = sorted(procedures)
    told["limits"].pop("default")
    told["options"] = {"type": "object"}
    return {
        "type": "object",
        "description": "what a technician can do with a unit that came back",
        "propertyNames": {"pattern": KEY_PATTERN},
        "additionalProperties": {**table, "allOf": stories},
    }


def _tables(tables: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    told = tables.get(TABLE)
    for key, table in told.items() if isinstance(told, dict) else ():
        if isinstance(table, dict):
            yield key, table


def _options(
    model: type[BaseModel] | None,
    table: Mapping[str, Any],
    source: TomlText,
    mistakes: list[Mistake],
    *below: str,
) -> BaseModel | None:
    told = table.get("options", {})
    if model is None or not isinstance(told, dict):
        return None
    return checked(model, told, source, mistakes, *below, "options")
