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
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from station import label_options, recipe_actions
from station.faults import RecipeWrong
from station.label_options import LabelOptions, SerialOptions
from station.recipe_actions import (
    LONGEST_S,
    Action,
    Key,
    actions,
    checked,
    not_installed,
    unknown_steps,
)
from station.toml_text import Mistake, TextWrong, TomlText, read_text

SUFFIX = ".toml"


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
    limits: dict[str, Annotated[float, Field(gt=0, le=LONGEST_S)]] = Field(
        default={}, description="seconds that a step may take, by the step's name"
    )
    options: dict[str, Any] = Field(default={}, description="what the procedure itself can be told")
    label: LabelOptions | None = Field(default=None, description="the label that a unit is given")
    serial: SerialOptions | None = Field(default=None, description="its number, for the label")
    rework: dict[Key, dict[str, Any]] = Field(
        default={}, description="what a technician can do with a unit that came back"
    )


@dataclass(frozen=True, slots=True)
class Shapes:
    """What is installed, by name: the steps of each procedure, and the options of each kind."""

    procedures: Mapping[str, tuple[str, ...]]
    boards: Mapping[str, type[BaseModel]]
    clouds: Mapping[str, type[BaseModel]]
    options: Mapping[str, type[BaseModel]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe that was checked. `digest` is the SHA-256 of its text, in hex.

    The text is without byte order mark and with LF at line ends, so that a copy that Windows or
    git has passed through is the same recipe.
    """

    name: str
    version: str
    procedure: str
    board: str
    board_options: BaseModel
    cloud: str
    cloud_options: BaseModel
    limits_s: Mapping[str, float]
    digest: str
    options: BaseModel | None = None
    label: LabelOptions | None = None
    serial: SerialOptions | None = None
    rework: Mapping[str, Action] = field(default_factory=dict)


def load(path: Path, shapes: Shapes) -> Recipe:
    """Read and check the recipe at `path`.

    Raises:
        RecipeWrong: it can't be read, or has mistakes; each with file, line and key.

    """
    try:
        return check(read_text(path), path.name, shapes)
    except OSError as exc:
        raise RecipeWrong(f"{path}: {exc.strerror}") from None
    except TextWrong as exc:
        raise RecipeWrong(str(exc)) from None


def check(text: str, file: str, shapes: Shapes) -> Recipe:
    """Check a recipe's text.

    Raises:
        TextWrong: with every mistake that was found.

    """
    source = TomlText(file, text)
    tables = source.tables()
    mistakes: list[Mistake] = []
    told = checked(RecipeFile, tables, source, mistakes)
    _name_procedure(tables, shapes, source, mistakes)
    board = _options("board", tables, shapes.boards, source, mistakes)
    cloud = _options("cloud", tables, shapes.clouds, source, mistakes)
    options = _procedure_options(tables, shapes, source, mistakes)
    rework = actions(tables, shapes.procedures, shapes.options, source, mistakes)
    if told and told.serial and not (told.label and told.label.template):
        mistakes.append(source.mistake(("serial",), "is for a label, and no template is named"))
    if told is None or board is None or cloud is None or mistakes:
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
        options=options,
        label=told.label,
        serial=told.serial,
        rework=rework,
    )


def schema(shapes: Shapes) -> dict[str, Any]:
    """Return a JSON Schema of everything that a recipe may hold."""
    whole = RecipeFile.model_json_schema()
    whole["$defs"].pop("Kind")
    for table, kinds in (("board", shapes.boards), ("cloud", shapes.clouds)):
        each = [
            _kind(name, model, f"{table}.{name}.", whole["$defs"])
            for name, model in sorted(kinds.items())
        ]
        whole["properties"][table] = {"oneOf": each}
    whole["properties"]["procedure"]["enum"] = sorted(shapes.procedures)
    whole["properties"]["limits"].pop("default")
    whole["properties"]["options"] = {"type": "object"}
    stories = []
    for name, steps in sorted(shapes.procedures.items()):
        options = _table(shapes.options.get(name), f"options.{name}.", whole["$defs"])
        stories.append(_only_its(name, steps, options))
    whole["$defs"]["stories"] = {"allOf": stories}
    whole["allOf"] = [{"$ref": "#/$defs/stories"}]
    whole["properties"]["rework"] = recipe_actions.schema(shapes.procedures, whole["allOf"])
    return whole


def template(procedure: str, board: str, cloud: str, shapes: Shapes) -> str:
    """Return a recipe to begin with, every option there with its default as a comment.

    Each comment that holds a setting can be uncommented by itself.
    """
    steps = shapes.procedures[procedure]
    parts = [
        "recipe = 1",
        'name = "My product"',
        '# version = "1"',
        f"procedure = {_toml(procedure)}    # steps: {', '.join(steps)}",
        "\n# Seconds that a step may take:",
        *(f"# limits.{_toml_key(step)} = 30" for step in steps),
        "\n# Its label; [serial] with pool = ... gives it a {serial_number}:",
        '# label = { template = "label.zpl", printer = "labels", scan_back = true }',
        "\n# A technician is offered what stands in tables [rework.NAME]: procedure, title, options.",
        f"\n[board]\nkind = {_toml(board)}",
        *_settings(shapes.boards[board], "board"),
        f"\n[cloud]\nkind = {_toml(cloud)}",
        *_settings(shapes.clouds[cloud], "cloud"),
        *_option_lines(shapes.options.get(procedure)),
    ]
    return "\n".join(parts) + "\n"


def _option_lines(model: type[BaseModel] | None) -> list[str]:
    lines = _settings(model, "options") if model else []
    return ["\n[options]", *lines] if lines else []


def _settings(model: type[BaseModel], table: str) -> list[str]:
    """Return a line for each setting: a comment with its default, or an empty one to fill in.

    Tables that must be there follow with settings of their own.
    """
    told = model.model_json_schema()
    return _setting_lines(told, told.get("$defs", {}), table)


def _setting_lines(told: dict[str, Any], shared: dict[str, Any], table: str) -> list[str]:
    lines, tables = [], []
    for name, each in told.get("properties", {}).items():
        note = f"    # {' '.join(each['description'].split())}" if "description" in each else ""
        below = shared.get(str(each.get("$ref", "")).rpartition("/")[2])
        if name in told.get("required", ()) and below:
            tables.append(f"\n[{table}.{_toml_key(name)}]{note}")
            tables += _setting_lines(below, shared, f"{table}.{name}")
        elif name in told.get("required", ()):
            example = [*each.get("examples", ()), *each.get("enum", ()), ""][0]
            lines.append(f"{_toml_key(name)} = {_toml(example)}{note}")
        elif value := _toml(each.get("default")) or _toml(each.get("examples", [None])[0]):
            lines.append(f"# {_toml_key(name)} = {value}{note}")
    return [*lines, *tables]


def _toml(value: Any) -> str | None:
    """Return `value` as TOML writes it; None for what TOML can't say."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case int() | float():
            return str(value)
        case list() | tuple():
            return f"[{', '.join(said for each in value if (said := _toml(each)) is not None)}]"
        case dict():
            pairs = ((_toml_key(key), _toml(each)) for key, each in value.items())
            return "{ " + ", ".join(f"{key} = {said}" for key, said in pairs if said) + " }"
        case _:
            return None


def _toml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else str(_toml(key))


def _kind(name: str, model: type[BaseModel], prefix: str, shared: dict[str, Any]) -> dict[str, Any]:
    """Return one kind's table; what it refers to goes to `shared`, where references are sought."""
    told = _table(model, prefix, shared)
    told.setdefault("properties", {})["kind"] = {"const": name}
    told["required"] = [*told.get("required", []), "kind"]
    return told


def _table(model: type[BaseModel] | None, prefix: str, shared: dict[str, Any]) -> dict[str, Any]:
    if model is None:
        return {"type": "object", "maxProperties": 0}
    told = model.model_json_schema(ref_template=f"#/$defs/{prefix}{{model}}")
    shared |= {prefix + key: each for key, each in told.pop("$defs", {}).items()}
    return told


def _only_its(procedure: str, steps: tuple[str, ...], options: dict[str, Any]) -> dict[str, Any]:
    limits = {"propertyNames": {"enum": [*steps, *label_options.STEPS]}}
    then: dict[str, Any] = {"properties": {"limits": limits, "options": options}}
    if options.get("required"):
        then["required"] = ["options"]
    return {"if": {"properties": {"procedure": {"const": procedure}}}, "then": then}


def _name_procedure(
    tables: dict[str, Any], shapes: Shapes, source: TomlText, mistakes: list[Mistake]
) -> None:
    name, limits = tables.get("procedure"), tables.get("limits")
    if not isinstance(name, str):
        return
    if name not in shapes.procedures:
        mistakes.append(source.mistake(("procedure",), not_installed(name, shapes.procedures)))
        return
    steps = (*shapes.procedures[name], *label_options.steps_of(tables))
    mistakes += unknown_steps(limits, steps, source)


def _options(
    table: str,
    tables: dict[str, Any],
    kinds: Mapping[str, type[BaseModel]],
    source: TomlText,
    mistakes: list[Mistake],
) -> BaseModel | None:
    told = tables.get(table)
    kind = told.get("kind") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not kind or not isinstance(kind, str):
        return None
    if kind not in kinds:
        mistakes.append(source.mistake((table, "kind"), not_installed(kind, kinds)))
        return None
    rest = {key: value for key, value in told.items() if key != "kind"}
    return checked(kinds[kind], rest, source, mistakes, table)


def _procedure_options(
    tables: dict[str, Any], shapes: Shapes, source: TomlText, mistakes: list[Mistake]
) -> BaseModel | None:
    name, told = tables.get("procedure"), tables.get("options", {})
    model = shapes.options.get(name) if isinstance(name, str) else None
    if model is None or not isinstance(told, dict):
        return None
    return checked(model, told, source, mistakes, "options")
