"""The recipes for reflashing that come with the project, and how options become a tool's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from station import recipes, registry
from station.model import Flashing, Tool
from station.procedures.reflash_options import ReflashOptions

RECIPES = Path(__file__).parents[2] / "packaging" / "recipes"
TOOLS = {
    "reflash_arduino.toml": "",
    "reflash_esp32.toml": "esptool",
    "reflash_probe.toml": "pyocd",
    "reflash_zephyr.toml": "smp",
}
PIN = {"file": "a.bin", "sha256": "0" * 64}


def test_there_is_one_for_each_manner() -> None:
    assert set(TOOLS) == {each.name for each in RECIPES.glob("reflash_*.toml")}


@pytest.mark.parametrize("name", TOOLS)
def test_each_is_good(name: str) -> None:
    recipe = recipes.load(RECIPES / name, registry.shapes())
    assert isinstance(recipe.options, ReflashOptions)
    assert (recipe.procedure, recipe.cloud, recipe.options.tool) == ("reflash", "none", TOOLS[name])


def test_a_recipe_to_begin_with_is_made_for_each_kind_of_board() -> None:
    for kind in ("arduino", "nrf91", "zephyr_shell"):
        text = recipes.template("reflash", kind, "none", registry.shapes())
        assert '# tool = ""' in text


def test_each_slot_has_its_probe_and_the_boot_loader_its_ids() -> None:
    options = ReflashOptions(
        **PIN,
        tool="pyocd",
        target="nrf91",
        probe="00",
        probes={"2": "E662"},
        arguments=("-f", "1M"),
        boot_ids=("1915:520f",),
        interface=2,
    )
    ids = ((0x1915, 0x520F),)
    chip = ("--target", "nrf91")
    assert options.flashing("1") == Flashing(
        Tool.PYOCD, (*chip, "--uid", "00", "-f", "1M"), boot_ids=ids, interface=2
    )
    assert options.flashing("2") == Flashing(
        Tool.PYOCD, (*chip, "--uid", "E662", "-f", "1M"), boot_ids=ids, interface=2
    )


def test_a_recipe_without_a_tool_leaves_it_to_the_board() -> None:
    assert ReflashOptions(**PIN).flashing("1") is None
