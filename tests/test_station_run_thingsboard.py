"""`station run` against a simulated ThingsBoard and its boards: separate programs, no keystore."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from station.record import questions
from tests.station_program import events, simulated, station

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals"),
    pytest.mark.slow,
]

Cloud = dict[str, Any]
PASSWORD = "s3cret pass"
NETWORKS = '[factory]\nkind = "wifi"\nssid = "factory-net"\n'
RECIPE = """\
recipe = 1
name = "Sensor"
procedure = "{procedure}"
[board]
kind = "esp_console"
keys = {{ ssid = "ssid", password = "password", host = "host", port = "port", {keys} }}
[cloud]
kind = "thingsboard"
address = "{http}"
mqtt_address = "mqtt://{mqtt}"
coap_address = "coap://{coap}"
timeout_s = 3
{cloud}
[options]
network = "factory"
{options}
"""
TOKEN = 'token = "token"'
WORDS = 'provision_key = "prov_key", provision_secret = "prov_secret", name = "name"'


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with simulated("cloud", "thingsboard") as (told,):
        yield told


class Line:
    """A station's folder, and what is typed there; its secrets come from the environment alone."""

    def __init__(self, folder: Path, cloud: Cloud) -> None:
        self.folder, self.cloud = folder, cloud
        self.said = ""
        folder.mkdir()
        (folder / "networks.toml").write_text(NETWORKS, "utf-8")

    def run(
        self,
        board: dict[str, Any],
        *,
        procedure: str = "provision",
        keys: str = TOKEN,
        cloud: str = "",
        options: str = "",
    ) -> tuple[int, list[dict[str, Any]]]:
        """Run a recipe on `board`; return the exit status and the events."""
        recipe = self.folder / "sensor.toml"
        where = {name: self.cloud[name] for name in ("http", "mqtt", "coap")}
        more = {"procedure": procedure, "keys": keys, "cloud": cloud, "options": options}
        recipe.write_text(RECIPE.format(**where, **more), "utf-8")
        told = ("run", "--recipe", str(recipe), "--port", board["port"], "--units", "1", "--json")
        done = station(*told, folder=self.folder, more=self.secrets)
        self.said += done.stdout + done.stderr
        return done.returncode, events(done.stdout)

    @property
    def secrets(self) -> dict[str, str]:
        return {
            "STATION_SECRET_THINGSBOARD_PROVISION_KEY": self.cloud["provision_key"],
            "STATION_SECRET_THINGSBOARD_PROVISION_SECRET": self.cloud["provision_secret"],
            "STATION_SECRET_THINGSBOARD_API_KEY": self.cloud["api_key"],
            "STATION_SECRET_NETWORK_FACTORY_PASSWORD": PASSWORD,
        }

    def ends(self) -> list[tuple[str, str | None]]:
        with questions.reading(self.folder / "record.db") as db:
            assert questions.verify(db) == []
            return [(row["outcome"], row["code"]) for row in questions.rows(db)]

    def check_secrets(self, *tokens: str) -> None:
        """See that nothing that was said or written holds a secret, or one of `tokens`, in clear."""
        written = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        written[Path("what was said")] = self.said.encode()
        assert {"record.db", "station.log"} <= {path.name for path in written}
        for secret in (*self.secrets.values(), *tokens):
            holders = [str(path) for path, text in written.items() if secret.encode() in text]
            assert holders == [], f"{secret[:3]}... is in there"


@pytest.fixture
def line(tmp_path: Path, cloud: Cloud) -> Line:
    return Line(tmp_path / "line", cloud)


def claims(told: list[dict[str, Any]]) -> list[tuple[str, bool]]:
    found = (each["claim"] for each in told if each["event"] == "claimed")
    return [(claim["device_id"], claim["already"]) for claim in found]


def token_of(cloud: Cloud, name: str) -> str:
    """Return the token by which the cloud lets the device in."""
    headers = {"X-Authorization": f"ApiKey {cloud['api_key']}"}

    def got(path: str) -> dict[str, Any]:
        reply = httpx.get(f"{cloud['http']}/api/{path}", headers=headers, trust_env=False)
        return cast("dict[str, Any]", reply.raise_for_status().json())

    device = got(f"tenant/devices?deviceName={name}")["id"]["id"]
    token = got(f"device/{device}/credentials")["credentialsId"]
    assert len(token) == 20
    return str(token)


@pytest.mark.parametrize("transport", ["http", "mqtt", "coap"])
def test_a_unit_passes_and_passes_again_over_each_transport(line: Line, transport: str) -> None:
    seed = {"http": "200", "mqtt": "210", "coap": "220"}[transport]
    chosen = f'transport = "{transport}"'
    with simulated("board", "scripted", "--seed", seed) as (board,):
        name = board["identity"]["serial"]
        for already in (False, True):
            status, told = line.run(board, cloud=chosen)
            assert status == 0, line.said
            assert claims(told) == [(name, already)]
        token = token_of(line.cloud, name)
    assert line.ends() == [("pass", None)] * 2
    line.check_secrets(token)


@pytest.mark.parametrize(
    "lost", ["lost-reply-provision", "error-after-provision", "lost-reply-check"]
)
def test_an_answer_that_is_lost_costs_nothing(tmp_path: Path, lost: str) -> None:
    with (
        simulated("cloud", "thingsboard", "--fault", lost) as (cloud,),
        simulated("board", "scripted", "--seed", "230") as (board,),
    ):
        line = Line(tmp_path / "line", cloud)
        status, told = line.run(board)
        assert status == 0, line.said
        assert claims(told)[0][0] == board["identity"]["serial"]
        assert len({name for name, _ in claims(told)}) == 1
    line.check_secrets()


def test_a_token_of_the_cloud_that_was_lost_is_asked_of_its_register(tmp_path: Path) -> None:
    with (
        simulated("cloud", "thingsboard", "--fault", "lost-reply-provision") as (cloud,),
        simulated("board", "scripted", "--seed", "240") as (board,),
    ):
        line = Line(tmp_path / "line", cloud)
        for _ in range(2):
            status, _ = line.run(board, options='credential = "from the cloud"')
            assert status == 0, line.said
    line.check_secrets()


def test_a_unit_provisions_itself_in_a_program_of_its_own(line: Line) -> None:
    told = {"procedure": "provision_self", "keys": WORDS, "options": "arrive_within_s = 20"}
    with simulated("board", "scripted", "--seed", "250") as (board,):
        for already in (False, True):
            status, said = line.run(board, **told)
            assert status == 0, line.said
            assert claims(said) == [(board["identity"]["serial"], already)]
    line.check_secrets()


def test_a_unit_that_stays_away_is_1_and_named(line: Line) -> None:
    told = {"procedure": "provision_self", "keys": WORDS, "options": "arrive_within_s = 0.5"}
    with simulated("board", "scripted", "--fault", "stays-away", "--seed", "260") as (board,):
        status, _ = line.run(board, **told)
    assert status == 1
    assert line.ends() == [("fail", "NEVER-CAME")]


def test_a_wrong_key_is_no_units_fault(line: Line) -> None:
    line.cloud = {**line.cloud, "provision_key": "nobody-has-this-key"}
    with simulated("board", "scripted", "--seed", "270") as (board,):
        status, told = line.run(board)
    assert status == 3
    assert "PROVISION-KEY-REFUSED" in json.dumps(told)
    line.check_secrets()
