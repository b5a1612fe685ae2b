"""What a recipe may say of a board with a script: each mistake with its line and key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station import recipes, registry
from station.boards.scripted_options import ScriptedOptions
from station.boards.scripted_pattern import filled, names_in, pattern_told, prompt_told
from station.toml_text import TextWrong
from tests.boards.scripted_console import FILES, RECIPES, SECRETS, options

GOOD = """\
recipe = 1
name = "Sensor"
procedure = "claim"

[board]
kind = "scripted"

[[board.identify]]
send = "id"
expect = 'serial: (?P<serial>\\w+)'

[[board.write]]
send = "token {token}"
expect = "ok"

[cloud]
kind = "nrf_cloud"
"""


def mistakes(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(TextWrong) as caught:
        recipes.check(text, "s.toml", registry.shapes())
    return [(each.line, each.key, each.expected) for each in caught.value.mistakes]


@pytest.mark.parametrize("dialect", FILES)
def test_the_recipes_of_the_project_are_good_and_want_what_a_cloud_and_a_network_give(
    dialect: str,
) -> None:
    recipe = recipes.load(RECIPES / FILES[dialect], registry.shapes())
    assert (recipe.procedure, recipe.cloud) == ("provision", "thingsboard")
    assert recipe.options
    assert recipe.options.model_dump()["network"] == "factory"
    assert options(dialect).wanted == frozenset(SECRETS)
    others = {each.name for each in RECIPES.glob("reflash_*.toml")}
    assert {*FILES.values()} == {each.name for each in RECIPES.glob("*.toml")} - others


def test_a_good_recipe_is_read_with_its_defaults() -> None:
    told = recipes.check(GOOD, "s.toml", registry.shapes()).board_options
    assert isinstance(told, ScriptedOptions)
    assert (told.baud, told.line_end, told.wake) == (115_200, "\r\n", ("",))
    assert told.wanted == {"token"}


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "expected"),
    [
        ("{token}", "{tokn}", 13, "board.write.0.send", "no placeholder {tokn}; there is token"),
        ('"ok"', '"{nope}"', 14, "board.write.0.expect", "no placeholder {nope}"),
        ('"id"', '"id {name}"', 9, "board.identify.0.send", "nothing is known yet"),
        ('"ok"', "'ok('", 14, "board.write.0.expect", "is no regular expression"),
        ('"ok"', "'(a+)+b'", 14, "board.write.0.expect", "repeats a group"),
        ('"ok"', '".*"', 14, "board.write.0.expect", "must not match an empty text"),
        ('"ok"', '""', 14, "board.write.0.expect", "at least 1 character"),
        ('"ok"', '"ok"\ncolour = 1', 15, "board.write.0.colour", "no such key"),
        ('"ok"', '"ok"\nwithin_s = 0', 15, "board.write.0.within_s", "greater than 0"),
        ('"id"', '"a\\nb"', 9, "board.identify.0.send", "must be one line"),
        ("<serial>", "<mac>", 8, "board.identify", "no pattern has the group"),
        ('"scripted"', '"scripted"\nmarks = ["CP2102"]', 7, "board.marks.0", "pattern"),
        ('"scripted"', '"scripted"\nprompt = "["', 7, "board.prompt", "no regular expression"),
        ('"scripted"', '"scripted"\nbaud = 7', 7, "board.baud", "greater than or equal"),
    ],
)
def test_a_mistake_is_named_by_line_and_key(
    old: str, new: str, line: int, key: str, expected: str
) -> None:
    ((at, where, what),) = mistakes(GOOD.replace(old, new, 1))
    assert (at, where) == (line, key)
    assert expected in what


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a*)*b",
        r"(?:\w+\s?)*$",
        "((a|b+)c?)*",
        "(x{2,})+",
        "(a+){3,}",
        "(a+){30}",
        "(?:(?:a+))+",
        "(a|aa)*",
        "(a{2,4})+",
        "(?P<x>a?)+",
        "(?i:a+)+",
    ],
)
def test_a_pattern_that_may_be_searched_for_without_end_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="repeats a group"):
        pattern_told(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:[0-9a-f]{2}:){5}[0-9a-f]{2}",
        "(?:[0-9a-f]{2}:)+",
        r"a+b*[+*)(]+\(+\)+",
        "(a+)(b+)?",
        "(a{2})+",
        "(?P<x>a{2})+(?:b)*(?=c)+",
        r"(?i)a+(\w+ ){3}",
        "(?:[+|?*]a)+",
    ],
)
def test_a_pattern_with_a_bound_is_taken(pattern: str) -> None:
    assert pattern_told(pattern) == pattern


@pytest.mark.parametrize("prompt", [r"\b", "^", "(?=> )", "x*", "(?<!a)b?", "$|> ", "^(?:> )?$"])
def test_a_prompt_that_cuts_nothing_off_is_none(prompt: str) -> None:
    with pytest.raises(ValueError, match="must not"):
        prompt_told(prompt)


@pytest.mark.parametrize("prompt", ["", "^> ", r"\besp> $", "(?:login|Password): "])
def test_a_prompt_may_be_anchored_and_have_several_forms(prompt: str) -> None:
    assert prompt_told(prompt) == prompt


@given(st.dictionaries(st.sampled_from(["token", "ssid"]), st.text(), min_size=2))
def test_what_is_filled_in_is_never_filled_again(values: dict[str, str]) -> None:
    assert names_in('{"t": "{token}"}', "[0-9]{2}x{1,3}") == {"token"}
    assert filled("<{token}|{ssid}>", values) == f"<{values['token']}|{values['ssid']}>"
