"""Recipes: each mistake by file, line and key; the schema and the template agree with the check."""

from __future__ import annotations

import hashlib
import itertools
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from station import recipes, registry
from station.faults import RecipeWrong
from station.recipes import Shapes
from station.toml_text import TextWrong

GOOD = """\
recipe = 1
name = "Tracker"
procedure = "claim"

[board]
kind = "nrf91"

[cloud]
kind = "nrf_cloud"
"""


def mistakes(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(TextWrong) as caught:
        recipes.check(text, "t.toml", registry.shapes())
    assert {each.file for each in caught.value.mistakes} == {"t.toml"}
    return [(each.line, each.key, each.expected) for each in caught.value.mistakes]


def test_a_good_recipe_is_read() -> None:
    told = recipes.check(GOOD, "t.toml", registry.shapes())
    assert (told.name, told.version, told.procedure) == ("Tracker", "1", "claim")
    assert (told.board, told.cloud, told.limits_s) == ("nrf91", "nrf_cloud", {})
    assert told.digest == hashlib.sha256(GOOD.encode()).hexdigest()


MISTAKES = {
    "syntax": (GOOD.replace('"Tracker"', '"Tracker'), 2, "", r"Illegal character"),
    "syntax at the end": (GOOD + "[", 10, "", r"."),
    "key twice": (GOOD + 'kind = "x"\n', 10, "", r"overwrite"),
    "empty": ("", 1, "recipe", r"is missing"),
    "unknown key": ("colour = 1\n" + GOOD, 1, "colour", r"no such key"),
    "unknown table": (GOOD + "[colours]\n", 10, "colours", r"no such key"),
    "label that does nothing": (GOOD + "[label]\n", 10, "label", r"neither a template"),
    "label without printer": (GOOD + '[label]\ntemplate = "l.zpl"\n', 10, "label", r"no printer"),
    "label unknown key": (GOOD + "[label]\nmatch = true\npaper = 1\n", 12, "label.paper", r"no such"),
    "label no digest": (
        GOOD + "[label]\nmatch = true\nsha256 = 'abc'\n",
        12,
        "label.sha256",
        r"pattern",
    ),
    "label unfit field": (
        GOOD + "[label]\nmatch = true\nfields = { serial = 'x' }\n",
        12,
        "label.fields",
        r"is the unit's own",
    ),
    "scan back of nothing": (
        GOOD + "[label]\nmatch = true\nscan_back = true\n",
        10,
        "label",
        r"nothing is printed",
    ),
    "serial without label": (GOOD + '[serial]\npool = "a"\n', 10, "serial", r"no template"),
    "limit of a step not asked for": (
        GOOD.replace("[board]", "limits.scan = 9\n[board]") + "[label]\nmatch = true\n",
        5,
        "limits.scan",
        r"no such step",
    ),
    "unknown board key": (GOOD.replace('"nrf91"', '"nrf91"\nbaud = 1'), 7, "board.baud", r"no such"),
    "unknown cloud key": (GOOD + "key = 1\n", 10, "cloud.key", r"no such key"),
    "unknown key below": (GOOD + "rule.colour = 1\n", 10, "cloud.rule.colour", r"no such key"),
    "unknown key inline": (GOOD + "rule = { colour = 1 }\n", 10, "cloud.rule.colour", r"no such"),
    "missing name": (GOOD.replace('name = "Tracker"\n', ""), 1, "name", r"is missing"),
    "missing kind": (GOOD.replace('kind = "nrf91"', ""), 5, "board.kind", r"is missing"),
    "empty kind": (GOOD.replace('"nrf91"', '""'), 6, "board.kind", r"at least 1"),
    "missing table": (GOOD.replace('[board]\nkind = "nrf91"', ""), 1, "board", r"is missing"),
    "table is a word": (
        GOOD.replace('[board]\nkind = "nrf91"', 'board = "nrf91"'), 5, "board", r"an object"
    ),
    "array of tables": (GOOD.replace("[cloud]", "[[cloud]]"), 8, "cloud", r"an object"),
    "other version": (GOOD.replace("recipe = 1", "recipe = 2"), 1, "recipe", r"1"),
    "number for a name": (GOOD.replace('"Tracker"', "7"), 2, "name", r"string"),
    "long name": (GOOD.replace("Tracker", "T" * 81), 2, "name", r"at most 80"),
    "procedure": (GOOD.replace('"claim"', '"clam"'), 3, "procedure", r"'clam'.* there is .*claim"),
    "board kind": (GOOD.replace('"nrf91"', '"esp"'), 6, "board.kind", r"'esp'.* there is .*nrf91"),
    "cloud kind": (
        GOOD.replace('"nrf_cloud"', '"aws"'), 9, "cloud.kind", r"'aws'.*there is .*nrf_cloud"
    ),
    "unknown step": (GOOD + "[limits]\nfly = 3\n", 11, "limits.fly", r"no such step; there is .*cl"),
    "limit of nothing": (GOOD + "[limits]\nclaim = 0\n", 11, "limits.claim", r"greater than 0"),
    "limit too long": (GOOD + "[limits]\nclaim = 3601\n", 11, "limits.claim", r"3600"),
    "limit nan": (GOOD + "[limits]\nclaim = nan\n", 11, "limits.claim", r"3600|0"),
    "limit inf": (GOOD + "[limits]\nclaim = inf\n", 11, "limits.claim", r"3600"),
    "limit as text": (GOOD + '[limits]\nclaim = "30"\n', 11, "limits.claim", r"number"),
    "limit as truth": (GOOD + "[limits]\nclaim = true\n", 11, "limits.claim", r"number"),
    "quoted step": (GOOD + '[limits]\n"go on" = 3\n', 11, "limits.go on", r"no such step"),
    "quoted with dots": (GOOD + '[limits]\n"a.b" = 3\n', 11, "limits.a.b", r"no such step"),
    "escaped key": (GOOD + '[limits]\n"a\\tb" = 3\n', 11, "limits.a\tb", r"no such step"),
    "quoted table": (GOOD + "['limits']\nfly = 3\n", 11, "limits.fly", r"no such step"),
    "spaced table": (GOOD + "[ cloud . rule ]\nx = 3\n", 11, "cloud.rule.x", r"no such key"),
    "tag with a comma": (GOOD + 'tags = [\n  "a",\n  "b,c",\n]\n', 10, "cloud.tags", r"comma"),
    "time as text": (GOOD + 'timeout_s = "5"\n', 10, "cloud.timeout_s", r"number"),
    "after a long text": (
        GOOD.replace('"Tracker"', '"""\n[cloud]\nkey = 1\n"""') + "key = 1\n", 13, "cloud.key", r"no"
    ),
    "crlf": ((GOOD + "key = 1\n").replace("\n", "\r\n"), 10, "cloud.key", r"no such key"),
    "number of 5000 digits": (GOOD + f"timeout_s = {'9' * 5000}\n", 1, "", r"measure"),
    "deep nest": (GOOD + f"tags = {'[' * 5000}{']' * 5000}\n", 1, "", r"measure"),
    "a date": (GOOD + "timeout_s = 2026-01-01\n", 10, "cloud.timeout_s", r"number"),
}  # fmt: skip


@pytest.mark.parametrize("case", MISTAKES)
def test_each_mistake_is_named_by_line_and_key(case: str) -> None:
    text, line, key, expected = MISTAKES[case]
    found = [each for each in mistakes(text) if each[1] == key]
    assert found, mistakes(text)
    assert found[0][0] == line
    assert re.search(expected, found[0][2])


def test_all_mistakes_are_told_at_once_in_the_order_of_lines() -> None:
    text = (
        'recipe = 1\nprocedure = "clam"\n[board]\nkind = "x"\n[cloud]\nkind = "nrf_cloud"\na = 1\n'
    )
    assert [(line, key) for line, key, _ in mistakes(text)] == [
        (1, "name"),
        (2, "procedure"),
        (4, "board.kind"),
        (7, "cloud.a"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace('[board]\nkind = "nrf91"', 'board = { kind = "nrf91" }'),
        GOOD.replace('[board]\nkind = "nrf91"', 'board.kind = "nrf91"'),
        GOOD.replace("[cloud]\nkind", "['cloud']\n\"kind\""),
        GOOD.replace("\n", "\r\n"),
        "limits.claim = 5\n" + GOOD,
    ],
)
def test_every_way_to_write_it_is_the_same(text: str) -> None:
    told = recipes.check(text, "t.toml", registry.shapes())
    assert (told.board, told.cloud) == ("nrf91", "nrf_cloud")


def test_a_copy_from_windows_is_the_same_recipe(tmp_path: Path) -> None:
    path = tmp_path / "t.toml"
    digests = set()
    for data in (
        GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
    ):
        path.write_bytes(data)
        digests.add(recipes.load(path, registry.shapes()).digest)
    assert digests == {hashlib.sha256(GOOD.encode()).hexdigest()}


def test_another_letter_is_another_digest() -> None:
    other = recipes.check(GOOD.replace("Tracker", "tracker"), "t", registry.shapes())
    assert other.digest != recipes.check(GOOD, "t", registry.shapes()).digest


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            GOOD.replace("Tracker", "Tr\xe4cker").encode("latin-1"),
            "t.toml:2: the text: is not UTF-8",
        ),
        (GOOD.encode("utf-16"), "t.toml:1: the text: is not UTF-8"),
        (b"", "t.toml:1: recipe: is missing"),
        (b"\x00", "t.toml:1: the text: Invalid statement"),
        (None, "No such file"),
    ],
)
def test_a_file_that_is_no_recipe_is_named(tmp_path: Path, data: bytes | None, told: str) -> None:
    path = tmp_path / "t.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(RecipeWrong) as caught:
        recipes.load(path, registry.shapes())
    assert told in caught.value.detail
    assert caught.value.__cause__ is None


def test_a_folder_is_no_recipe(tmp_path: Path) -> None:
    with pytest.raises(RecipeWrong, match="directory"):
        recipes.load(tmp_path, registry.shapes())


@pytest.mark.parametrize("line", ['api_key_name = "{}"', 'timeout_s = "{}"', 'rule = "{}"'])
def test_a_key_in_the_wrong_place_is_refused_and_never_repeated(line: str) -> None:
    key = "eyJhbGciOi.SECRET.value"
    (found,) = mistakes(GOOD + line.format(key))
    assert found[0] == 10
    assert "SECRET" not in str(found)


@given(st.text())
def test_any_text_is_a_recipe_or_has_a_mistake_on_one_of_its_lines(text: str) -> None:
    with pytest.raises(TextWrong) as caught:
        recipes.check(text, "t.toml", registry.shapes())
    assert all(1 <= each.line <= text.count("\n") + 1 for each in caught.value.mistakes)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80))
def test_any_name_survives(name: str) -> None:
    text = GOOD.replace('"Tracker"', str(recipes._toml(name)))
    assert recipes.check(text, "t.toml", registry.shapes()).name == name


# The template


def test_the_template_is_a_recipe_whatever_of_it_is_uncommented() -> None:
    shapes = registry.shapes()
    # the tables are read one by one: each is tried once, beside any others
    boards, clouds = itertools.cycle(shapes.boards), itertools.cycle(shapes.clouds)
    assert len(shapes.procedures) >= max(len(shapes.boards), len(shapes.clouds))
    for procedure in shapes.procedures:
        _uncomment(recipes.template(procedure, next(boards), next(clouds), shapes), shapes)


def _uncomment(text: str, shapes: Shapes) -> None:
    recipes.check(text, "t.toml", shapes)
    lines = text.splitlines()
    settings = [n for n, line in enumerate(lines) if re.match(r"# \S+ = ", line)]
    assert settings
    for chosen in (*([n] for n in settings), settings):
        changed = [line.removeprefix("# ") if n in chosen else line for n, line in enumerate(lines)]
        recipes.check("\n".join(changed), "t.toml", shapes)


class _Odd(BaseModel):
    model_config = ConfigDict(extra="forbid")

    address: str = Field(description="where\nit is")
    quoted: str = 'a "b" \\ \x7f\t#'
    nothing: str | None = None
    table: dict[str, str] = {"a b": "c"}
    many: list[str] = ["x", '"']
    sure: bool = True


def test_odd_defaults_are_written_as_toml_reads_them() -> None:
    shapes = Shapes({"p": ("one step",)}, {"odd": _Odd}, {"odd": _Odd})
    text = recipes.template("p", "odd", "odd", shapes)
    assert 'address = ""    # where it is' in text
    told = tomllib.loads(re.sub(r"^# (?=\S+ = )", "", text, flags=re.MULTILINE))
    assert _Odd(**{k: v for k, v in told["cloud"].items() if k != "kind"}) == _Odd(address="")
    recipes.check(text, "t.toml", shapes)


# The schema. A checker of the few words that ours uses: no dependency is worth this one test.


def fits(told: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    if "$ref" in schema:
        at: Any = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            at = at[part]
        return fits(told, at, root)
    if "type" in schema and not _is(told, schema["type"]):
        return False
    checks = ((CHECKS[word], value) for word, value in schema.items())
    return all(check(told, value, schema, root) for check, value in checks if check)


TYPES: dict[str, type] = {
    "string": str,
    "object": dict,
    "array": list,
    "boolean": bool,
    "null": type(None),
}


def _is(told: Any, kind: str) -> bool:
    if kind in {"integer", "number"}:
        return isinstance(told, (int, float) if kind == "number" else int) and told is not True
    return isinstance(told, TYPES[kind])


def _properties(told: Any, value: Any, schema: Any, root: Any) -> bool:
    return not isinstance(told, dict) or all(
        fits(told[key], each, root) for key, each in value.items() if key in told
    )


def _additional(told: Any, value: Any, schema: Any, root: Any) -> bool:
    if value is True or not isinstance(told, dict):
        return True
    more = [each for key, each in told.items() if key not in schema.get("properties", {})]
    return all(value is not False and fits(each, value, root) for each in more)


CHECKS: dict[str, Any] = {
    **dict.fromkeys(("type", "title", "description", "default", "examples", "$defs", "then")),
    "const": lambda t, v, s, r: t == v,
    "enum": lambda t, v, s, r: t in v,
    "required": lambda t, v, s, r: all(key in t for key in v),
    "properties": _properties,
    "additionalProperties": _additional,
    "propertyNames": lambda t, v, s, r: all(fits(key, v, r) for key in t),
    "maxProperties": lambda t, v, s, r: len(t) <= v,
    "minItems": lambda t, v, s, r: len(t) >= v,
    "items": lambda t, v, s, r: all(fits(each, v, r) for each in t),
    "minLength": lambda t, v, s, r: len(t) >= v,
    "maxLength": lambda t, v, s, r: len(t) <= v,
    "pattern": lambda t, v, s, r: re.search(v, t) is not None,
    "exclusiveMinimum": lambda t, v, s, r: t > v,
    "minimum": lambda t, v, s, r: t >= v,
    "maximum": lambda t, v, s, r: t <= v,
    "exclusiveMaximum": lambda t, v, s, r: t < v,
    "oneOf": lambda t, v, s, r: sum(fits(t, each, r) for each in v) == 1,
    "anyOf": lambda t, v, s, r: any(fits(t, each, r) for each in v),
    "allOf": lambda t, v, s, r: all(fits(t, each, r) for each in v),
    "if": lambda t, v, s, r: not fits(t, v, r) or fits(t, s["then"], r),
}


def test_the_schema_takes_the_template_and_all_its_settings() -> None:
    shapes = registry.shapes()
    schema = recipes.schema(shapes)
    text = recipes.template("claim", "nrf91", "nrf_cloud", shapes)
    for each in (GOOD, text, re.sub(r"^# (?=\S+ = )", "", text, flags=re.MULTILINE)):
        assert fits(tomllib.loads(each), schema, schema)


# what only code can tell
BEYOND_A_SCHEMA = {
    "tag with a comma",
    "label that does nothing",
    "label without printer",
    "label unfit field",
    "scan back of nothing",
    "serial without label",
    "limit of a step not asked for",
}


@pytest.mark.parametrize("case", sorted(MISTAKES.keys() - BEYOND_A_SCHEMA))
def test_the_schema_refuses_what_the_check_refuses(case: str) -> None:
    schema = recipes.schema(registry.shapes())
    try:
        told = tomllib.loads(MISTAKES[case][0])
    except (ValueError, RecursionError):
        return  # not even TOML
    assert not fits(told, schema, schema)
