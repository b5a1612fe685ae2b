"""`station run` with boards that have a console, against `station simulate`: separate programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from station.record import questions
from tests.station_program import events, simulated, station

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")

PASSWORD = "pass'w\\o\"rd 9"
RECIPES = Path(__file__).parents[1] / "packaging" / "recipes"
BOARDS = {
    "esp_console": "esp32",
    "zephyr_shell": "zephyr",
    "arduino_console": "arduino",
    "esp32_console.toml": "esp32",
    "zephyr_shell.toml": "zephyr",
}
RECIPE = """\
recipe = 1
name = "Sensor"
procedure = "provision"
[board]
kind = "{kind}"
marks = ["10c4:ea60"]
keys = {{ ssid = "ssid", password = "password", token = "token" }}
[cloud]
kind = "thingsboard"
address = "https://thingsboard.cloud"
[options]
name = "{{serial}}"
network = "factory"
"""

Cloud = dict[str, Any]


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with simulated("cloud", "thingsboard") as (told,):
        yield told


def keys(cloud: Cloud) -> dict[str, str]:
    return {
        "STATION_SECRET_THINGSBOARD_PROVISION_KEY": cloud["provision_key"],
        "STATION_SECRET_THINGSBOARD_PROVISION_SECRET": cloud["provision_secret"],
        "STATION_SECRET_THINGSBOARD_API_KEY": cloud["api_key"],
        "STATION_SECRET_NETWORK_FACTORY_PASSWORD": PASSWORD,
    }


def recipe(folder: Path, name: str, cloud: Cloud) -> Path:
    """Write a recipe, one of the project's or one by a kind, for the simulated cloud."""
    is_file = name.endswith(".toml")
    text = (RECIPES / name).read_text("utf-8") if is_file else RECIPE.format(kind=name)
    assert "https://thingsboard.cloud" in text
    path = folder / "recipe.toml"
    path.write_text(text.replace("https://thingsboard.cloud", cloud["http"]), "utf-8")
    return path


@pytest.mark.parametrize("name", BOARDS)
def test_a_board_is_provisioned_by_a_recipe_alone(tmp_path: Path, cloud: Cloud, name: str) -> None:
    folder = tmp_path / "line"
    folder.mkdir()
    (folder / "networks.toml").write_text('[factory]\nkind = "wifi"\nssid = "shop floor 5"\n')
    seed = str(100 + [*BOARDS].index(name))
    with simulated("board", "scripted", "--dialect", BOARDS[name], "--seed", seed) as (board,):
        told = ("run", "--recipe", str(recipe(tmp_path, name, cloud)), "--port", board["port"])
        done = station(*told, "--units", "1", "--json", folder=folder, more=keys(cloud))

    assert (done.returncode, done.stderr) == (0, "")
    said = events(done.stdout)
    kind = "scripted" if name.endswith(".toml") else name
    appeared = [
        (each["kind"], each["port"]["path"]) for each in said if each["event"] == "appeared"
    ]
    assert appeared == [(kind, board["port"])]
    (ended,) = (each for each in said if each["event"] == "run_ended")
    assert (ended["outcome"], ended["unit"]) == ("pass", board["identity"]["serial"])
    assert json.dumps(PASSWORD)[1:-1] not in done.stdout
    with questions.reading(folder / "record.db") as db:
        assert questions.verify(db) == []
        (life,) = questions.show(db, board["identity"]["serial"])
    assert [claim["device_id"] for claim in life["claims"]] == [board["identity"]["serial"]]
