"""`station run` against `station simulate` with Arduino boards: separate programs, a wire or the air."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from station.record import questions
from tests.station_program import events, simulated, station

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals"),
    pytest.mark.slow,
]

Cloud = dict[str, Any]
PASSWORD = "s3cretpass"
NETWORKS = """\
[factory]
kind = "wifi"
ssid = "factory-net"
[lobby]
kind = "wifi"
ssid = "guest"
open = true
"""
# a pseudo-terminal bears no marks, so the recipe says what the boards are
RECIPE = """\
recipe = 1
name = "Sensor"
procedure = "{procedure}"
[board]
kind = "arduino"
boards = ["{board}"]
[cloud]
kind = "arduino"
address = "{http}"
downloads_address = "{http}"
[options]
{options}
"""


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with simulated("cloud", "arduino") as (told,):
        yield told


class Line:
    """A station's folder with its networks, and what an operator types there."""

    def __init__(self, folder: Path, cloud: Cloud) -> None:
        self.folder, self.cloud = folder, cloud
        self.said = ""
        folder.mkdir()
        (folder / "networks.toml").write_text(NETWORKS, "utf-8")

    def run(
        self,
        boards: list[dict[str, Any]],
        *more: str,
        procedure: str = "arduino",
        board: str = "UNO R4 WiFi",
        options: str = 'network = "factory"',
        password: str = PASSWORD,
    ) -> tuple[int, list[dict[str, Any]]]:
        """Run a recipe on `boards`; return the exit status and the events."""
        recipe = self.folder / "sensor.toml"
        http = self.cloud["http"]
        text = RECIPE.format(procedure=procedure, board=board, http=http, options=options)
        recipe.write_text(text, "utf-8")
        ports = [part for each in boards if "dbus" not in each for part in ("--port", each["port"])]
        units = ("--units", str(len(boards)), "--operator", "Ann", "--json")
        secrets = {
            "STATION_SECRET_ARDUINO_CLIENT_ID": self.cloud["client_id"],
            "STATION_SECRET_ARDUINO_CLIENT_SECRET": self.cloud["client_secret"],
            "STATION_SECRET_NETWORK_FACTORY_PASSWORD": password,
        }
        buses = [("DBUS_SYSTEM_BUS_ADDRESS", each["dbus"]) for each in boards if "dbus" in each]
        told = ("run", "--recipe", str(recipe), *ports, *more, *units)
        done = station(*told, folder=self.folder, more={**secrets, **dict(buses)})
        self.said += done.stdout + done.stderr
        return done.returncode, events(done.stdout)

    def found(self, text: str) -> list[str]:
        """Return the serial numbers that `station records find` finds."""
        done = station("records", "find", text, "--json", folder=self.folder)
        self.said += done.stdout
        return [json.loads(each)["serial"] for each in done.stdout.splitlines()]

    def lives(self, text: str) -> list[dict[str, Any]]:
        """Return what `station records show` tells."""
        done = station("records", "show", text, "--json", folder=self.folder)
        self.said += done.stdout
        return [json.loads(each) for each in done.stdout.splitlines()]

    def codes(self) -> list[str | None]:
        with questions.reading(self.folder / "record.db") as db:
            assert questions.verify(db) == []
            return [row["code"] for row in questions.rows(db)]

    def check_secrets(self, *secrets: str) -> None:
        """See that nothing that was said or written holds one of `secrets`, or a token."""
        written = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        written[Path("what was said")] = self.said.encode()
        assert {Path("record.db"), Path("station.log")} <= {
            path.relative_to(self.folder) for path in written if path.is_absolute()
        }
        for secret in (self.cloud["client_secret"], *secrets, "eyJ"):
            holders = [str(path) for path, text in written.items() if secret.encode() in text]
            assert holders == [], f"{secret[:3]}... is in there"


@pytest.fixture
def line(tmp_path: Path, cloud: Cloud) -> Line:
    return Line(tmp_path / "line", cloud)


def test_three_boards_at_once_go_all_the_way_and_are_found_by_any_id(
    cloud: Cloud, line: Line
) -> None:
    args = ("--cloud", cloud["http"], "--count", "3", "--seed", "100")
    with simulated("board", "arduino", *args, count=3) as boards:
        status, told = line.run(boards)
    assert status == 0
    summary = told[-1]
    assert (summary["units"], summary["passed"], summary["failed"]) == (3, 3, 0)
    assert summary["record"] == str(line.folder / "record.db")
    claims = {each["slot"]: each["claim"] for each in told if each["event"] == "claimed"}
    assert len({claim["device_id"] for claim in claims.values()}) == 3
    for board in boards:
        ids = board["identity"]
        mac, uhwid = ids["ble_mac"].upper(), ids["uhwid"]
        (life,) = line.lives(uhwid)
        (claim,) = [each for each in life["claims"] if not each["released"]]
        assert [line.found(each) for each in (uhwid, mac, claim["device_id"])] == [[mac]] * 3
        assert [each["id"] for each in line.lives(claim["device_id"])] == [life["id"]]
        assert life["open"] == []
        assert [run["outcome"] for run in life["runs"]] == ["pass"]
    line.check_secrets(PASSWORD)


def test_a_wrong_password_is_1_and_the_board_is_let_go_of(cloud: Cloud, line: Line) -> None:
    args = ("--cloud", cloud["http"], "--seed", "110")
    with simulated("board", "arduino", *args) as boards:
        status, told = line.run(boards, password="n0t-the-one")
    assert status == 1
    assert told[-1]["failed"] == 1
    assert line.codes() == ["NETWORK-REFUSED"]
    unclaimed = [each for each in told if each.get("step") == "unclaim" and "outcome" in each]
    assert [each["outcome"] for each in unclaimed] == ["pass"]
    line.check_secrets("n0t-the-one")


def test_a_network_that_nobody_has_set_up_is_3_before_anything_is_done(line: Line) -> None:
    with simulated("board", "arduino", "--seed", "120") as boards:
        status, told = line.run(boards, options='network = "attic"')
    assert status == 3
    assert "NETWORK-MISSING" in line.said
    assert {each["step"] for each in told if each["event"] == "step_began"} <= {"connect"}


def test_a_thing_in_the_field_gets_another_network(cloud: Cloud, line: Line) -> None:
    args = ("--cloud", cloud["http"], "--sketch", "cloud", "--seed", "130")
    with simulated("board", "arduino", *args) as boards:
        status, told = line.run(boards, procedure="change_network", options='network = "lobby"')
    assert status == 0, told


@pytest.mark.skipif(not shutil.which("bossac"), reason="bossac is not installed")
def test_1_0_flashes_by_the_real_bossac_over_the_same_terminal(
    cloud: Cloud, tmp_path: Path
) -> None:
    """On two stations, whose first boards are two devices though neither has a serial number."""
    lines = [Line(tmp_path / name, cloud) for name in ("north", "south")]
    devices = set()
    with simulated("board", "arduino_legacy", "--seed", "140", "--count", "2", count=2) as boards:
        for line, board in zip(lines, boards, strict=True):
            status, told = line.run(
                [board], procedure="arduino_legacy", board="MKR WiFi 1010", options=""
            )
            assert status == 0, told
            flashed = [each for each in told if each["event"] == "advanced"]
            assert flashed[-1]["done"] == flashed[-1]["total"] > 0
            (serial,) = {each["unit"] for each in told if each["event"] == "run_ended"}
            (life,) = line.lives(serial)
            (claim,) = life["claims"]
            assert line.found(claim["device_id"]) == [serial]
            devices.add(claim["device_id"])
            line.check_secrets()
    assert len(devices) == 2


@pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="dbus-daemon is not installed")
def test_the_board_with_this_label_goes_all_the_way_by_radio(cloud: Cloud, line: Line) -> None:
    args = ("--cloud", cloud["http"], "--bluetooth", "--count", "2", "--seed", "150")
    with simulated("board", "arduino", *args, count=2) as boards:
        farther = boards[1]  # the nearer one would be taken by luck
        label = farther["port"].replace(":", "")[-4:]
        status, told = line.run([farther], "--bluetooth", "--pick", label)
    assert status == 0, told
    assert told[-1]["passed"] == 1
    (life,) = line.lives(farther["identity"]["uhwid"])
    assert life["serial"] == farther["port"]
    line.check_secrets(PASSWORD)
