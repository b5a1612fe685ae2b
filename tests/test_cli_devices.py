"""`station devices`: an engineer sets up a product's profile and works on its devices."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend

from station.authority import make_authority
from tests.conftest import Call
from tests.station_program import simulated

RECIPE = """\
recipe = 1
name = "Sensor"
procedure = "provision"
[board]
kind = "esp_console"
keys = {{ token = "token" }}
[cloud]
kind = "thingsboard"
address = "{http}"
{cloud}
"""
BY_KEY = ""
KNOWN = 'strategy = "pre-provisioned"\nprofile = "station-known"'

Told = list[dict[str, Any]]


class Kept(KeyringBackend):
    priority = 1.0
    name = "a keystore in memory"
    kept: dict[str, str]

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[username] = password


@pytest.fixture(scope="module")
def cloud() -> Iterator[dict[str, Any]]:
    with simulated("cloud", "thingsboard") as (told,):
        yield told


@pytest.fixture
def keystore(monkeypatch: pytest.MonkeyPatch, cloud: dict[str, Any]) -> Kept:
    kept = Kept()  # type: ignore[no-untyped-call]
    kept.kept = {"thingsboard-api-key": cloud["api_key"]}
    monkeypatch.setattr(keyring, "get_keyring", lambda: kept)
    return kept


class Engineer:
    """What is typed, with a recipe whose cloud is the simulated one."""

    def __init__(self, call: Call, folder: Path, cloud: dict[str, Any]) -> None:
        self._call, self._folder, self._cloud = call, folder, cloud
        self.said = ""

    def devices(self, verb: str, *words: str, cloud: str = KNOWN) -> tuple[int, str, str]:
        recipe = self._folder / "sensor.toml"
        recipe.write_text(RECIPE.format(http=self._cloud["http"], cloud=cloud), "utf-8")
        status, out, err = self._call("devices", verb, "--recipe", str(recipe), *words)
        self.said += out + err
        return status, out, err

    def told(self, verb: str, *words: str, status: int = 0, cloud: str = KNOWN) -> Told:
        ended, out, err = self.devices(verb, *words, "--json", cloud=cloud)
        assert (ended, err) == (status, "")
        return [json.loads(line) for line in out.splitlines()]

    def list(self, *lines: str) -> str:
        path = self._folder / "list.csv"
        path.write_text("\n".join(lines), "utf-8")
        return str(path)


@pytest.fixture
def engineer(
    call: Call, tmp_path: Path, cloud: dict[str, Any], keystore: Kept
) -> Iterator[Engineer]:
    made = Engineer(call, tmp_path, cloud)
    yield made
    for secret in keystore.kept.values():
        assert secret not in made.said


def test_a_profile_is_made_and_its_words_go_to_the_keystore_alone(
    engineer: Engineer, keystore: Kept
) -> None:
    made = 'profile = "Sensor 1"'
    (told,) = engineer.told("profile", "--make", "Sensor 1", cloud=made)
    assert (told["profile"], told["strategy"]) == ("Sensor 1", "ALLOW_CREATE_NEW_DEVICES")
    assert told["stored"] == "thingsboard-provision-key, thingsboard-provision-secret"
    kept = dict(keystore.kept)
    assert len(kept["thingsboard-provision-key"]) == len(kept["thingsboard-provision-secret"]) == 20
    (again,) = engineer.told("profile", "--make", "Sensor 1", cloud=made)
    assert again["id"] == told["id"]
    assert keystore.kept == kept
    (shown,) = engineer.told("profile", cloud=BY_KEY)
    assert (shown["id"], shown["stored"]) == (told["id"], "")


def test_the_words_of_a_profile_that_is_there_are_stored_when_asked(
    engineer: Engineer, keystore: Kept
) -> None:
    engineer.told("profile")
    assert list(keystore.kept) == ["thingsboard-api-key"]
    (told,) = engineer.told("profile", "--store")
    assert told["strategy"] == "CHECK_PRE_PROVISIONED_DEVICES"
    assert sorted(keystore.kept)[1:] == [
        "thingsboard-provision-key",
        "thingsboard-provision-secret",
    ]


def test_a_chain_s_profile_needs_its_authority_and_stores_nothing(
    engineer: Engineer, keystore: Kept, tmp_path: Path
) -> None:
    words = ("--make", "Chained", "--strategy", "certificate-chain")
    status, _, err = engineer.devices("profile", *words)
    assert (status, "--authority" in err) == (2, True)
    assert engineer.devices("profile", cloud='profile = "Chained"')[0] == 3
    pem = tmp_path / "line.pem"
    status, _, err = engineer.devices("profile", *words, "--authority", str(pem))
    assert (status, "line.pem" in err) == (2, True)
    pem.write_text(make_authority("Line 1")[0])
    (told,) = engineer.told("profile", *words, "--authority", str(pem), "--transport", "mqtt")
    assert (told["strategy"], told["transport"]) == ("X509_CERTIFICATE_CHAIN", "MQTT")
    assert told["stored"] == ""
    assert list(keystore.kept) == ["thingsboard-api-key"]


def test_without_a_profile_or_a_key_it_says_so(engineer: Engineer) -> None:
    status, _, err = engineer.devices("profile", cloud=BY_KEY)
    assert status == 3
    assert "PROVISION-KEY-REFUSED" in err
    assert "neither a device profile nor a key" in err


def test_a_list_is_registered_reconciled_and_its_serials_stay_texts(engineer: Engineer) -> None:
    file = engineer.list("name,serial,label", "L-1,0012,One", "L-2,0013,", "L-3,12e5,Three")
    assert engineer.told("reconcile", file, status=1)[-1]["missing"] == 3
    assert engineer.told("register", file) == [{"event": "summary", "listed": 3, "refused": 0}]
    (told,) = engineer.told("show", "L-1")
    assert (told["name"], told["label"], told["provisioned"]) == ("L-1", "One", "")
    engineer.told("register", file)
    last = engineer.told("reconcile", engineer.list("L-1", "L-2", "L-3"))[-1]
    assert (last["listed"], last["registered"], last["missing"]) == (3, 3, 0)
    odd = engineer.told("reconcile", engineer.list("L-1", "L-9"), status=1)
    assert {"name": "L-9", "is": "missing"} in odd
    assert {"name": "L-2", "is": "unlisted"} in odd
    for name in ("L-1", "L-2", "L-3"):
        assert engineer.devices("delete", name, "--yes")[0] == 0


def test_a_name_that_the_cloud_refuses_is_told_and_the_others_are_registered(
    engineer: Engineer,
) -> None:
    file = engineer.list("R-1", "<b>R-2</b>", "R-3")
    said = engineer.told("register", file, status=1)
    assert [each["name"] for each in said[:-1]] == ["<b>R-2</b>"]
    assert said[-1]["refused"] == 1
    assert [engineer.devices("show", each)[0] for each in ("R-1", "R-3")] == [0, 0]


def test_a_device_is_renamed_assigned_reset_and_deleted(engineer: Engineer) -> None:
    engineer.told("register", engineer.list("D-1"))
    assert engineer.devices("rename", "D-1", "D-2")[:2] == (0, "D-1 is called D-2 now.\n")
    assert engineer.devices("assign", "D-2", "Wayne")[0] == 0
    assert engineer.told("show", "D-2")[0]["customer"] == "Wayne"
    assert engineer.devices("assign", "D-2", "")[0] == 0
    assert engineer.told("show", "D-2")[0]["customer"] == ""
    assert engineer.devices("reset", "D-2")[0] == 0
    assert engineer.devices("delete", "D-2", "--yes")[:2] == (0, "D-2 is deleted.\n")
    assert engineer.devices("delete", "D-2", "--yes")[0] == 0
    assert engineer.devices("show", "D-2")[0] == 1


@pytest.mark.parametrize(
    "words", [("rename", "nobody", "D-2"), ("assign", "nobody", "Wayne"), ("reset", "nobody")]
)
def test_a_device_that_is_not_there_is_a_sentence(
    engineer: Engineer, words: tuple[str, ...]
) -> None:
    status, out, err = engineer.devices(*words)
    assert (status, out) == (3, "")
    assert "nobody" in err


def test_deleting_asks_and_nothing_typed_is_no(
    engineer: Engineer, monkeypatch: pytest.MonkeyPatch
) -> None:
    engineer.told("register", engineer.list("A-1"))
    with open("/dev/null" if sys.platform != "win32" else "NUL") as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        assert engineer.devices("delete", "A-1")[0] == 1
    assert engineer.devices("show", "A-1")[0] == 0


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        (f'{KNOWN}\nsign_in = "password"\nuser = "nobody@example.com"', 3, "KEY-REFUSED"),
        ('sign_in = "none"', 3, "ADMIN-KEY-MISSING"),
        ('profile = "station-new"\ntimeout_s = 0', 2, "RECIPE-WRONG"),
    ],
)
def test_who_may_not_is_told_so(
    engineer: Engineer, keystore: Kept, wrong: str, status: int, code: str
) -> None:
    keystore.kept["thingsboard-password"] = "wrong password"
    ended, _, err = engineer.devices("show", "X", cloud=wrong)
    assert (ended, code in err) == (status, True), err


def test_a_cloud_without_a_register_is_a_wrong_recipe(
    call: Call, tmp_path: Path, keystore: Kept
) -> None:
    recipe = tmp_path / "tracker.toml"
    recipe.write_text(
        'recipe = 1\nname = "T"\nprocedure = "claim"\n[board]\nkind = "nrf91"\n[cloud]\n'
        'kind = "nrf_cloud"\n',
        "utf-8",
    )
    status, _, err = call("devices", "show", "--recipe", str(recipe), "X")
    assert status == 2
    assert "has no register" in err
