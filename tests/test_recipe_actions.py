"""What recipes offer for units that came back: tables, schema, the list that a window is given."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from station import folder, recipes, registry
from station.faults import ActionMissing, SettingsWrong
from station.model import RepairCode
from station.procedures.local_credentials import LocalOptions
from station.recipes import Recipe
from station.registry import READ_IDENTITY, acting
from station.settings import load
from station.toml_text import TextWrong
from tests.test_recipes import fits

GOOD = """\
recipe = 1
name = "Tracker"
procedure = "claim"

[board]
kind = "nrf91"

[cloud]
kind = "nrf_cloud"

[label]
match = true

[rework.erase]
procedure = "take_back"
title = "Erase and unclaim"
limits.erase = 90
options.sec_tags = [7, 8]

[rework.renew]
procedure = "renew"
"""


def check(text: str) -> Recipe:
    return recipes.check(text, "t.toml", registry.shapes())


def mistakes(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(TextWrong) as caught:
        check(text)
    return [(each.line, each.key, each.expected) for each in caught.value.mistakes]


def test_a_recipe_has_actions_with_options_and_limits_of_their_own() -> None:
    recipe = check(GOOD)
    assert list(recipe.rework) == ["erase", "renew"]
    erase = acting(recipe, "erase")
    assert (erase.name, erase.procedure) == ("Tracker: Erase and unclaim", "take_back")
    assert erase.limits_s == {"erase": 90}
    assert erase.options is not None
    assert erase.options.model_dump() == {"sec_tags": (7, 8)}
    assert (erase.digest, erase.label) == (recipe.digest, None)
    assert acting(recipe, "renew").name == "Tracker: Renew credentials"
    assert acting(recipe, READ_IDENTITY).procedure == "read_identity"
    assert acting(recipe, "") is recipe
    with pytest.raises(ActionMissing, match="fly"):
        acting(recipe, "fly")


MISTAKES = {
    "no table": ("[rework]\nerase = 1\n", "rework.erase"),
    "no procedure": ("[rework.x]\ntitle = 'x'\n", "rework.x.procedure"),
    "procedure": ("[rework.x]\nprocedure = 'fly'\n", "rework.x.procedure"),
    "key": ("[rework.x]\nprocedure = 'renew'\ncolour = 1\n", "rework.x.colour"),
    "option": ("[rework.x]\nprocedure = 'renew'\noptions.colour = 1\n", "rework.x.options.colour"),
    "step": ("[rework.x]\nprocedure = 'renew'\nlimits.fly = 1\n", "rework.x.limits.fly"),
    "limit": ("[rework.x]\nprocedure = 'renew'\nlimits.wait = 0\n", "rework.x.limits.wait"),
    "title": (f"[rework.x]\nprocedure = 'renew'\ntitle = '{'x' * 61}'\n", "rework.x.title"),
    "name": ("[rework.'read identity']\nprocedure = 'renew'\n", "rework.read identity"),
    "missing option": ("[rework.x]\nprocedure = 'change_network'\n", "rework.x.options.network"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_each_mistake_is_named_by_its_key_and_the_schema_refuses_it(case: str) -> None:
    wrong, key = MISTAKES[case]
    text = GOOD.split("[rework", 1)[0] + wrong
    found = mistakes(text)
    assert [each[1].startswith(key) for each in found] == [True], found
    assert found[0][0] >= GOOD.count("\n", 0, GOOD.index("[rework"))
    schema = recipes.schema(registry.shapes())
    assert not fits(tomllib.loads(text), schema, schema)


def test_the_schema_takes_what_the_check_takes() -> None:
    schema = recipes.schema(registry.shapes())
    assert fits(tomllib.loads(GOOD), schema, schema)


def test_what_recipes_offer_is_listed_with_those_that_are_wrong(tmp_path: Path) -> None:
    place = tmp_path / "recipes"
    place.mkdir()
    (place / "a.toml").write_text(GOOD)
    (place / "b.toml").write_text(GOOD.split("[rework", 1)[0].replace('"claim"', '"drop_network"'))
    (place / "c.toml").write_text("recipe = 2\n")
    offered = folder.actions(tmp_path)
    told = [(each.recipe.name, each.key, each.title, each.erases) for each in offered]
    assert told == [
        ("a.toml", "", "Provision again", False),
        ("a.toml", "erase", "Erase and unclaim", True),
        ("a.toml", "renew", "Renew credentials", False),
        ("a.toml", READ_IDENTITY, "Read identity", False),
        ("b.toml", "", "b.toml", False),
        ("c.toml", "", "c.toml", False),
    ]
    assert all(each.trouble for each in offered if each.recipe.name != "a.toml")
    assert {each.kind for each in offered[:4]} == {"nrf91"}


def test_an_action_that_asks_more_than_its_board_can_do_says_so(tmp_path: Path) -> None:
    place = tmp_path / "recipes"
    place.mkdir()
    text = GOOD.replace('"take_back"', '"arduino_unclaim"').replace("options.sec_tags = [7, 8]", "")
    (place / "a.toml").write_text(text.replace("limits.erase = 90", ""))
    troubled = [each.key for each in folder.actions(tmp_path) if each.trouble]
    assert troubled == ["erase"]


def test_again_makes_a_new_key_where_that_is_what_a_story_calls_it() -> None:
    text = GOOD.replace('"claim"', '"local_credentials"', 1)
    text += "\n[options.authority]\ncertificate = 'ca.pem'\nkey_file = 'ca.key'\n"
    recipe = check(text)
    kind = registry.boards()["nrf91"]
    equipment = registry.Equipment(recipe, registry.procedures()["claim"], kind, None)  # type: ignore[arg-type]
    options = equipment.again().recipe.options
    assert isinstance(options, LocalOptions)
    assert options.replace


def test_the_factorys_lists_are_settings(tmp_path: Path) -> None:
    usual = load(tmp_path).rework.codes()
    assert usual.limit == 3
    assert usual.reasons
    assert usual.faults
    assert usual.actions
    text = "[rework]\nlimit = 1\n[rework.reasons]\nB = 'second'\nA = 'first'\n"
    (tmp_path / "station.toml").write_text(text)
    codes = load(tmp_path).rework.codes()
    assert codes.reasons == (RepairCode("B", "second"), RepairCode("A", "first"))
    assert (codes.limit, codes.faults) == (1, usual.faults)
    (tmp_path / "station.toml").write_text("[rework.reasons]\n'not a code' = 'x'\n")
    with pytest.raises(SettingsWrong, match=r"rework\.reasons"):
        load(tmp_path)
