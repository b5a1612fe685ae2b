"""Recipes: a product's settings as data. TOML, checked before a unit is touched.

```toml
recipe = 1
name = "Tracker, claim"
procedure = "claim"

[board]
kind = "nrf91"

[cloud]
kind = "nrf_cloud"
```
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from station.faults import RecipeWrong
from station.toml_text import Mistake, TextWrong, TomlText

SUFFIX = ".toml"
LONGEST_S = 3600.0


class Kind(BaseModel):
    """Which kind of board or cloud; the kind itself says what else its table may hold."""

    model_config = ConfigDict(extra="allow", frozen=True)

    kind: str = Field(min_length=1)


class RecipeFile(BaseModel):
    """What a recipe file may hold, but for the tables that boards and clouds check themselves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    recipe: Literal[1] = Field(description="the version of this format")
    name: str = Field(min_length=1, max_length=80)
    version: str = Field(default="1", max_length=40)
    procedure: str = Field(description="the story that is told of each unit")
    board: Kind
    cloud: Kind
    limits: dict[str, float] = Field(
        default={}, description="seconds that a step may take, by the step's name"
    )


@dataclass(frozen=True, slots=True)
class Shapes:
    """What is installed: the steps of each procedure, and each kind's own options by its name."""

    procedures: Mapping[str, tuple[str, ...]]
    boards: Mapping[str, type[BaseModel]]
    clouds: Mapping[str, type[BaseModel]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe that was checked. `digest` is the SHA-256 of its text, in hex."""

    name: str
    version: str
    procedure: str
    board: str
    board_options: BaseModel
    cloud: str
    cloud_options: BaseModel
    limits_s: Mapping[str, float]
    digest: str


def load(path: Path, shapes: Shapes) -> Recipe:
    """Read and check the recipe at `path`.

    Raises:
        RecipeWrong: it can't be read, or has mistakes; each with file, line and key.

    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise RecipeWrong(f"{path}: {exc}") from None
    try:
        return check(text, path.name, shapes)
    except TextWrong as exc:
        raise RecipeWrong(str(exc)) from exc


def check(text: str, file: str, shapes: Shapes) -> Recipe:
    """Check a recipe's text.

    Raises:
        TextWrong: with every mistake that was found.

    """
    source = TomlText(file, text)
    told = source.read(RecipeFile)
    mistakes = [
        *_unknown(told.procedure, shapes.procedures, "procedure", source),
        *_limits(told, shapes, source),
    ]
    board = _options("board", told.board, shapes.boards, source, mistakes)
    cloud = _options("cloud", told.cloud, shapes.clouds, source, mistakes)
    if mistakes or board is None or cloud is None:
        raise TextWrong(sorted(mistakes, key=lambda mistake: mistake.line))
    return Recipe(
        name=told.name,
        version=told.version,
        procedure=told.procedure,
        board=told.board.kind,
        board_options=board,
        cloud=told.cloud.kind,
        cloud_options=cloud,
        limits_s=told.limits,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def schema(shapes: Shapes) -> dict[str, Any]:
    """Return a JSON Schema of everything that a recipe may hold."""
    whole = RecipeFile.model_json_schema()
    for table, kinds in (("board", shapes.boards), ("cloud", shapes.clouds)):
        whole["properties"][table] = {"oneOf": [_kind(*each) for each in sorted(kinds.items())]}
    whole["properties"]["procedure"]["enum"] = sorted(shapes.procedures)
    whole.pop("$defs", None)
    return whole


def template(procedure: str, board: str, cloud: str, shapes: Shapes) -> str:
    """Return a recipe to begin with, every option there with its default as a comment."""
    parts = [
        "recipe = 1",
        'name = "My product"',
        f'procedure = "{procedure}"    # steps: {", ".join(shapes.procedures[procedure])}',
        f'\n[board]\nkind = "{board}"',
        *_as_comments(shapes.boards[board]),
        f'\n[cloud]\nkind = "{cloud}"',
        *_as_comments(shapes.clouds[cloud]),
        "\n# [limits]    # seconds that a step may take",
        *(f"# {step} = 30" for step in shapes.procedures[procedure]),
    ]
    return "\n".join(parts) + "\n"


def _as_comments(model: type[BaseModel]) -> list[str]:
    properties = model.model_json_schema().get("properties", {})
    lines = []
    for name, told in properties.items():
        value = _toml(told.get("default"))
        if value is not None:
            note = f"    # {told['description']}" if "description" in told else ""
            lines.append(f"# {name} = {value}{note}")
    return lines


def _toml(value: Any) -> str | None:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"'
        case int() | float():
            return str(value)
        case list() | tuple():
            return "[" + ", ".join(_toml(each) or "" for each in value) + "]"
        case dict():
            return "{ " + ", ".join(f"{k} = {_toml(v)}" for k, v in value.items()) + " }"
        case _:
            return None


def _kind(name: str, model: type[BaseModel]) -> dict[str, Any]:
    told = model.model_json_schema()
    told.setdefault("properties", {})["kind"] = {"const": name}
    told["required"] = [*told.get("required", []), "kind"]
    return told


def _unknown(name: str, known: Mapping[str, Any], key: str, source: TomlText) -> list[Mistake]:
    if name in known:
        return []
    expected = f"{name!r} is not installed; there is {', '.join(sorted(known)) or 'none'}"
    return [source.mistake(key.split("."), expected)]


def _limits(told: RecipeFile, shapes: Shapes, source: TomlText) -> list[Mistake]:
    steps = shapes.procedures.get(told.procedure, ())
    found = []
    for step, limit_s in told.limits.items():
        if steps and step not in steps:
            expected = f"no such step; there is {', '.join(steps)}"
            found.append(source.mistake(["limits", step], expected))
        if not 0 < limit_s <= LONGEST_S:
            expected = f"seconds, above 0 and up to {LONGEST_S:.0f}"
            found.append(source.mistake(["limits", step], expected))
    return found


def _options(
    table: str,
    told: Kind,
    kinds: Mapping[str, type[BaseModel]],
    source: TomlText,
    mistakes: list[Mistake],
) -> BaseModel | None:
    if unknown := _unknown(told.kind, kinds, f"{table}.kind", source):
        mistakes += unknown
        return None
    try:
        return kinds[told.kind].model_validate(told.model_extra or {})
    except ValidationError as exc:
        mistakes += source.mistakes(exc, below=(table,))
        return None
