"""`station claims`: the offline queue shown, sent, handed out and taken in; and `records stale`."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlite_utils import Database

from station.record import Record, counts, questions
from station.simulation import attestation
from station.simulation.nrf91_unit import NRF9151, Unit
from station.vendor_csv import read_attested, read_gathered
from tests.conftest import Call
from tests.station_program import begun, simulated, station

SEAL = Fernet.generate_key().decode()
RECIPE = """\
recipe = 1
name = "Tracker, offline"
procedure = "gather"
[board]
kind = "nrf91"
[cloud]
kind = "nrf_cloud"
provisioning_url = "{http}"
timeout_s = 2.0
"""
AT = "2026-07-29T10:20:30+00:00"

Served = dict[str, Any]
Line = tuple[Path, tuple[str, ...]]


def row(number: int, *, at: str = AT, imei: str = "") -> str:
    """Return a row of the vendor's file; the token says what the simulated unit's own says."""
    unit = Unit(number)
    token = attestation.issue(unit.uuid, NRF9151.device_type, NRF9151.firmware_uuid, bytes(16))
    return f"{imei or unit.imei},{unit.uuid},{token.text()},{at}\n"


@pytest.fixture(scope="module")
def cloud() -> Iterator[Served]:
    with simulated("cloud", "nrf") as (told,):
        yield told


@pytest.fixture
def line(tmp_path: Path, cloud: Served, monkeypatch: pytest.MonkeyPatch) -> Line:
    """A station's folder, and the option that names its recipe; its secrets are there."""
    monkeypatch.setenv("STATION_SECRET_STATION_SEAL", SEAL)
    monkeypatch.setenv("STATION_SECRET_NRF_CLOUD", cloud["api_key"])
    return tmp_path / "line", recipe_for(tmp_path, cloud["http"])


def recipe_for(folder: Path, http: str) -> tuple[str, str]:
    path = folder / "offline.toml"
    path.write_text(RECIPE.format(http=http), "utf-8")
    return "--recipe", str(path)


def take_in(call: Call, line: Line, text: str, *more: str) -> tuple[int, str, str]:
    file = line[0].with_name("gathered.csv")
    file.write_bytes(text.encode())
    return call("claims", "import", str(file), *line[1], *more)


def objects(said: str) -> list[dict[str, Any]]:
    return [json.loads(each) for each in said.splitlines()]


def trail(line: Line) -> list[str]:
    with questions.reading(line[0] / "record.db") as db:
        assert questions.verify(db) == []
        return [each["what"] for each in db.execute("select what from trail order by id")]


# Taken in and shown


def test_a_vendors_file_is_taken_in_and_shown_without_its_tokens(call: Call, line: Line) -> None:
    status, out, err = take_in(call, line, row(1) + row(2), "--operator", "Ann", "--json")
    assert (status, err) == (0, "")
    assert objects(out)[-1] | {"record": ""} == {
        "event": "summary", "taken": 2, "known": 0, "left_out": 0, "record": "",
    }  # fmt: skip
    status, out, err = call("claims", "list", "--json")
    assert (status, err) == (0, "")
    first, second, summary = objects(out)
    assert (first["event"], first["unit"], first["uuid"]) == (
        "waiting", Unit(1).imei, str(Unit(1).uuid),
    )  # fmt: skip
    assert datetime.fromisoformat(first["gathered"]) == datetime.fromisoformat(AT)
    assert first["age_s"] > 0
    assert second["imei"] == Unit(2).imei
    assert (summary["waiting"], summary["refused"]) == (2, 0)
    text = call("claims", "list")[1]
    assert Unit(1).imei in text
    assert "2 wait, the oldest for " in text
    for said in (out, text, call("records", "show", Unit(1).imei)[1]):
        assert "2dn3" not in said
    assert b"2dn3" not in b"".join(path.read_bytes() for path in line[0].iterdir())


def test_who_took_a_unit_in_and_from_where_is_in_its_life(call: Call, line: Line) -> None:
    take_in(call, line, row(1), "--operator", "Ann")
    life = json.loads(call("records", "show", Unit(1).imei)[1])
    (run,) = life["runs"]
    assert (run["procedure"], run["operator"], run["port"]) == ("import", "Ann", "gathered.csv")
    assert (run["outcome"], run["queued"]) == ("pass", "waiting")
    assert [each["state"] for each in life["queue"]] == ["waiting"]
    assert life["kind"] == "nrf91"
    assert trail(line) == [
        "shift began", "run began", "identified", "queued", "run ended", "shift ended",
    ]  # fmt: skip


def test_a_file_may_be_taken_in_twice(call: Call, line: Line) -> None:
    newer = row(1, at="2026-08-01T00:00:00+00:00")
    take_in(call, line, newer + row(1))
    for text, known in ((newer, 1), (row(1), 1), (row(1) + row(2), 1)):
        status, out, _ = take_in(call, line, text, "--json")
        assert (status, objects(out)[-1]["known"]) == (0, known)
    waiting = objects(call("claims", "list", "--json")[1])[:-1]
    assert [each["gathered"][:10] for each in waiting] == ["2026-08-01", "2026-07-29"]


def test_a_file_as_powershell_writes_it_is_read(call: Call, line: Line) -> None:
    file = line[0].with_name("gathered.csv")
    file.write_bytes(row(1).replace("\n", "\r\n").encode("utf-16"))
    assert call("claims", "import", str(file), *line[1])[0] == 0
    file.write_bytes(b"\xfa\xde" * 9)
    status, _, err = call("claims", "import", str(file), *line[1])
    assert (status, err[:12]) == (2, "FILE-WRONG: ")


CUT = row(2).replace(",2026", "x,2026")
SWAPPED = row(3, imei=Unit(1).imei)


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        (CUT, "row 2, column token"),
        (row(3, imei="35502"), "row 2, column imei: 15 digits, not 5"),
        (SWAPPED, "row 2, column uuid: another one than before"),
        (row(1, imei=Unit(9).imei), "row 2, column imei: another one than before"),
        ("nonsense\n", "row 2: 4 cells"),
    ],
)
def test_a_damaged_row_is_named_and_nothing_is_taken_in(
    call: Call, line: Line, wrong: str, where: str
) -> None:
    status, out, err = take_in(call, line, row(1) + wrong + row(4))
    assert (status, out) == (2, "")
    assert where in err
    assert "2dn3" not in err
    assert not (line[0] / "record.db").exists()
    status, out, err = take_in(call, line, row(1) + wrong + row(4), "--skip-damaged", "--json")
    assert status == 0
    assert where in err
    assert (objects(out)[-1]["taken"], objects(out)[-1]["left_out"]) == (2, 1)


def test_a_unit_that_the_record_knows_otherwise_is_named(call: Call, line: Line) -> None:
    take_in(call, line, row(1))
    text = row(5) + row(6, imei=Unit(1).imei)
    status, _, err = take_in(call, line, text)
    assert status == 2
    assert "row 2: Another unit in the record has one of this unit's identities" in err
    assert objects(call("claims", "list", "--json")[1])[-1]["waiting"] == 1
    status, out, err = take_in(call, line, text, "--skip-damaged", "--json")
    assert (status, objects(out)[-1]["taken"]) == (0, 1)
    assert "left out: row 2" in err


def test_an_import_is_no_work_at_the_bench(call: Call, line: Line) -> None:
    take_in(call, line, row(1))
    db = Database(line[0] / "record.db")
    assert counts.past_runs(db, 10) == ()
    assert counts.tally(db, 1).units == 0


def test_no_file_or_a_recipe_with_a_mistake_is_2(call: Call, line: Line, tmp_path: Path) -> None:
    assert call("claims", "import", str(tmp_path / "none.csv"), *line[1])[0] == 2
    Path(line[1][1]).write_text("colour = 1\n")
    assert take_in(call, line, row(1))[0] == 2
    assert not (line[0] / "record.db").exists()


async def test_the_queue_is_shown_while_a_station_writes_and_not_sent(
    call: Call, line: Line, tmp_path: Path
) -> None:
    record = Record(line[0] / "record.db")
    try:
        shown = call("claims", "list", "--json")
        sent = call("claims", "send", *line[1])
        taken = take_in(call, line, row(1))
    finally:
        record.close()
    assert (shown[0], objects(shown[1])[-1]["waiting"]) == (0, 0)
    for status, _, err in (sent, taken):
        assert (status, err[:15]) == (3, "RECORD-IN-USE: ")


def test_without_a_record_nothing_is_shown_or_made(call: Call, line: Line) -> None:
    for verb in (("list",), ("send", *line[1]), ("export", "--format", "gathered")):
        status, out, err = call("claims", *verb)
        assert (status, out) == (3, "")
        assert "There is no record at" in err
    assert not line[0].exists()


# Handed out


def test_what_waits_is_handed_out_as_the_vendors_files(call: Call, line: Line) -> None:
    text = row(1) + row(2)
    take_in(call, line, text)
    status, out, err = call("claims", "export", "--format", "gathered")
    assert (status, out, err) == (0, text, "")
    assert [each.imei for each in read_gathered(out)] == [Unit(1).imei, Unit(2).imei]
    out = call("claims", "export", "--format", "attested")[1]
    assert out.startswith("deviceId,attestationToken\n")
    assert [each.device_id for each in read_attested(out)] == [
        str(Unit(1).uuid), str(Unit(2).uuid),
    ]  # fmt: skip
    assert "2 tokens exported in clear by" in (line[0] / "station.log").read_text("utf-8")
    assert "TOKENS IN CLEAR" in call("claims", "export", "--help")[1]


def test_several_places_are_not_mixed(call: Call, line: Line, tmp_path: Path) -> None:
    take_in(call, line, row(1))
    take_in(call, (line[0], recipe_for(tmp_path, "http://127.0.0.1:9/v1")), row(2))
    status, _, err = call("claims", "export", "--format", "gathered")
    assert status == 2
    assert "http://127.0.0.1:9/v1" in err
    where = ("--place", "http://127.0.0.1:9/v1")
    out = call("claims", "export", "--format", "gathered", *where)[1]
    assert [each.imei for each in read_gathered(out)] == [Unit(2).imei]


def test_nothing_that_waits_is_no_file(call: Call, line: Line) -> None:
    assert take_in(call, line, "")[0] == 0
    done = call("claims", "export", "--format", "attested")
    assert done == (0, "", "Nothing waits.\n")


# Sent


def send(call: Call, line: Line) -> tuple[int, list[dict[str, Any]], str]:
    status, out, err = call("claims", "send", *line[1], "--json")
    return status, objects(out), err


def test_what_waits_is_sent_and_nothing_is_sent_twice(call: Call, line: Line) -> None:
    take_in(call, line, row(101) + row(102))
    status, said, err = send(call, line)
    assert (status, err) == (0, "")
    assert [each["waiting"] for each in said if each["event"] == "queue_stands"] == [2, 0]
    summary = said[-1]
    assert (summary["units"], summary["passed"], summary["failed"], summary["waiting"]) == (
        2, 2, 0, 0,
    )  # fmt: skip
    life = json.loads(call("records", "show", Unit(101).imei)[1])
    assert [each["state"] for each in life["queue"]] == ["claimed"]
    assert [each["device_id"] for each in life["claims"]] == [str(Unit(101).uuid)]
    assert objects(call("claims", "list", "--json")[1])[-1]["waiting"] == 0
    status, said, _ = send(call, line)
    assert (status, [each["event"] for each in said]) == (0, ["summary"])
    assert "sent" in trail(line)


def test_what_is_refused_is_told_with_its_reason_and_forgotten_once_it_is_ours(
    call: Call, line: Line, tmp_path: Path
) -> None:
    with simulated("cloud", "nrf", "--fault", "claimed-elsewhere") as (told,):
        there = (line[0], recipe_for(tmp_path, told["http"]))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("STATION_SECRET_NRF_CLOUD", told["api_key"])
            take_in(call, there, row(111) + row(112))
            status, said, _ = send(call, there)
    assert status == 1
    refused = [each for each in said if each["event"] == "refused"]
    assert {each["code"] for each in refused} == {"CLAIMED-ELSEWHERE"}
    assert {each["unit"] for each in refused} == {Unit(111).imei, Unit(112).imei}
    assert (said[-1]["passed"], said[-1]["failed"]) == (0, 2)
    listed = objects(call("claims", "list", "--json")[1])
    assert [each["event"] for each in listed] == ["refused", "refused", "summary"]
    assert "CLAIMED-ELSEWHERE" in call("claims", "list")[1]
    take_in(call, there, row(111, at="2026-08-01T00:00:00+00:00"))
    listed = objects(call("claims", "list", "--json")[1])
    assert [each["event"] for each in listed] == ["refused", "waiting", "summary"]
    assert (
        objects(call("records", "export", "--format", "json")[1])[0]["queued"] == "refused before"
    )


@pytest.mark.parametrize(
    ("secret", "value", "code"),
    [
        ("NRF_CLOUD", "n0t-the-key", "KEY-REFUSED"),
        ("STATION_SEAL", "", "SECRET-MISSING"),
        pytest.param(
            "STATION_SEAL", Fernet.generate_key().decode(), "SEAL-BROKEN", id="another key"
        ),
        ("STATION_SEAL", "n0t-the-key", "SEAL-BROKEN"),
    ],
)
def test_what_can_not_be_sent_waits_on(
    call: Call, line: Line, monkeypatch: pytest.MonkeyPatch, secret: str, value: str, code: str
) -> None:
    take_in(call, line, row(121))
    monkeypatch.setattr("station.secrets.store", pytest.fail)
    monkeypatch.setattr("keyring.get_keyring", _no_keystore)
    monkeypatch.setenv(f"STATION_SECRET_{secret}", value)
    status, said, err = send(call, line)
    assert (status, err.split(":")[0]) == (3, code)
    assert "n0t-the-key" not in err
    assert (said[-1]["units"], said[-1]["waiting"]) == (0, 1)
    assert objects(call("claims", "list", "--json")[1])[-1]["waiting"] == 1


def _no_keystore() -> Any:
    from keyring.backends.fail import Keyring

    return Keyring()  # type: ignore[no-untyped-call]


def test_a_cloud_that_can_not_be_reached_leaves_all_waiting(
    call: Call, line: Line, tmp_path: Path
) -> None:
    there = (line[0], recipe_for(tmp_path, f"http://127.0.0.1:{free_port()}/v1"))
    take_in(call, there, row(131))
    status, out, err = call("claims", "send", *there[1])
    assert status == 3
    assert err.startswith("CLOUD-UNREACHABLE: ")
    assert out.splitlines()[-1].startswith("0 claimed, 0 refused in ")
    assert out.splitlines()[-1].endswith("1 wait on.")


def test_units_that_the_cloud_says_nothing_of_wait_on(
    call: Call, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(*args: object) -> int:
        return 0

    take_in(call, line, row(132))
    monkeypatch.setattr("station.drain.Drain.send", silent)
    status, said, err = send(call, line)
    assert (status, said[-1]["waiting"]) == (3, 1)
    assert err == "The cloud did not answer for 1; they wait on.\n"


def test_a_recipe_that_is_wrong_sends_nothing(call: Call, line: Line) -> None:
    take_in(call, line, row(1))
    Path(line[1][1]).write_text("colour = 1\n")
    assert call("claims", "send", *line[1])[0] == 2


# Old credentials


def test_stale_needs_one_interval(call: Call, line: Line, tmp_path: Path) -> None:
    take_in(call, line, row(1))
    for args in ((), ("--older-than-days", "3", *line[1]), line[1], ("--older-than-days", "0")):
        assert call("records", "stale", *args)[0] == 2
    renew = tmp_path / "renew.toml"
    text = RECIPE.format(http="http://127.0.0.1:9/v1").replace("gather", "renew")
    renew.write_text(text + "[options]\nolder_than_days = 30\n")
    done = call("records", "stale", "--recipe", str(renew))
    assert done == (0, "", "No unit's credentials are older than 30 days.\n")


def test_a_gathered_units_credentials_are_as_old_as_its_claim(call: Call, line: Line) -> None:
    take_in(call, line, row(141) + row(142))
    assert send(call, line)[0] == 0
    db = Database(line[0] / "record.db")
    with db.conn:
        db.execute("update queue set ended = '2020-01-01T00:00:00.000+00:00' where id = 2")
        db.execute("update queue set ended = '2021-01-01T00:00:00.000+00:00' where id = 1")
    said = objects(call("records", "stale", "--older-than-days", "365", "--json")[1])
    assert [each["serial"] for each in said] == [Unit(142).imei, Unit(141).imei]
    assert said[0]["made"].startswith("2020")


# As an engineer works with it


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_line_without_a_network_gathers_and_its_queue_is_sent_later(tmp_path: Path) -> None:
    folder, port = tmp_path / "line", free_port()
    recipe = recipe_for(tmp_path, f"http://127.0.0.1:{port}/v1")
    more = {"STATION_SECRET_STATION_SEAL": SEAL, "STATION_SECRET_NRF_CLOUD": "unknown yet"}
    board = ("board", "nrf91", "--count", "2", "--seed", "150", "--firmware", "att-1.5.3")
    with simulated(*board, count=2) as boards:
        named = [part for each in boards for part in ("--port", each["port"])]
        done = station("run", *recipe, *named, "--units", "2", folder=folder, more=more)
    assert (done.returncode, done.stderr) == (0, "")
    assert station("claims", "send", *recipe, folder=folder, more=more).returncode == 3
    with begun("simulate", "cloud", "nrf", "--listen", f"127.0.0.1:{port}", folder=folder) as cloud:
        assert cloud.stdout
        told = json.loads(cloud.stdout.readline())
        assert told["http"] == f"http://127.0.0.1:{port}/v1"
        more["STATION_SECRET_NRF_CLOUD"] = told["api_key"]
        listed = station("claims", "list", "--json", folder=folder)
        exported = station("claims", "export", "--format", "gathered", folder=folder, more=more)
        sent = station("claims", "send", *recipe, "--json", folder=folder, more=more)
        (tmp_path / "other.csv").write_text(exported.stdout, "utf-8")
        other = tmp_path / "other"
        file = str(tmp_path / "other.csv")
        taken = station("claims", "import", file, *recipe, folder=other, more=more)
        again = station("claims", "send", *recipe, "--json", folder=other, more=more)
        cloud.communicate("", timeout=45)
    imeis = {each["identity"]["imei"] for each in boards}
    assert {each["imei"] for each in objects(listed.stdout)[:-1]} == imeis
    assert {each.imei for each in read_gathered(exported.stdout)} == imeis
    for done in (sent, again):
        assert (done.returncode, done.stderr) == (0, "")
        assert objects(done.stdout)[-1]["passed"] == 2
    assert (taken.returncode, taken.stderr) == (0, "")
    rows = station("records", "export", "--format", "json", folder=folder)
    assert {each["queued"] for each in objects(rows.stdout)} == {"claimed"}
    assert {each["device_id"] for each in objects(rows.stdout)} == {
        each["identity"]["uuid"] for each in boards
    }
