"""Networks that an engineer has set up: what is checked, what is secret, and the commands."""

from __future__ import annotations

import json
import sys
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from station.cli import app
from station.faults import NetworkMissing, SettingsWrong
from station.model import (
    Connection,
    EthernetNetwork,
    LoraNetwork,
    MobileNetwork,
    WifiNetwork,
)
from station.networks import FILE, Networks, checked
from tests.by_hand import Keystore
from tests.station_program import simulated, station

WHOLE = """\
# the line's own
[factory]
kind = "wifi"
ssid = "factory-net"

[guest]
kind = "wifi"
ssid = "guest"
open = true

[wired]
kind = "ethernet"

[fixed]
kind = "ethernet"
ip = "192.168.1.10"
dns = "8.8.8.8"
gateway = "192.168.1.1"
netmask = "255.255.255.0"
timeout_s = 15

[field]
kind = "catm1"
apn = "apn.arduino.cc"
login = "test"
has_pin = true
has_password = true
bands = [3, 20]

[lora]
kind = "lora"
app_eui = "0011223344556677"
"""
SECRETS = Keystore(
    {
        "network-factory-password": SecretStr("s3cretpass"),
        "network-field-pin": SecretStr("1234"),
        "network-field-password": SecretStr("testpass"),
        "network-lora-app-key": SecretStr("00112233445566778899aabbccddeeff"),
    }
)


def networks(folder: Path, text: str = WHOLE, secrets: Keystore = SECRETS) -> Networks:
    (folder / FILE).write_text(text)
    return Networks(folder, secrets.secret)


def test_each_kind_comes_with_its_secrets(tmp_path: Path) -> None:
    known = networks(tmp_path)
    assert known.network("factory") == WifiNetwork("factory-net", SecretStr("s3cretpass"))
    assert known.network("guest") == WifiNetwork("guest", SecretStr(""))
    assert known.network("wired") == EthernetNetwork()
    fixed = known.network("fixed")
    assert isinstance(fixed, EthernetNetwork)
    assert (fixed.ip, fixed.timeout_s) == (IPv4Address("192.168.1.10"), 15)
    assert known.network("field") == MobileNetwork(
        Connection.CAT_M1,
        "apn.arduino.cc",
        "test",
        SecretStr("1234"),
        SecretStr("testpass"),
        (3, 20),
    )
    lora = known.network("lora")
    assert isinstance(lora, LoraNetwork)
    assert lora.app_key.get_secret_value() == "00112233445566778899aabbccddeeff"


def test_no_secret_prints(tmp_path: Path) -> None:
    known = networks(tmp_path)
    for name in known.profiles():
        assert "s3cretpass" not in repr(known.network(name))
        assert "testpass" not in str(known.network(name))


def test_one_that_is_not_set_up_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(NetworkMissing, match=r"'attic'; there is factory, guest") as missing:
        networks(tmp_path).network("attic")
    assert missing.value.halts


def test_one_without_its_secret_says_which(tmp_path: Path) -> None:
    with pytest.raises(NetworkMissing, match="network-factory-password"):
        networks(tmp_path, secrets=Keystore()).network("factory")


def test_no_file_is_no_network(tmp_path: Path) -> None:
    assert Networks(tmp_path, SECRETS.secret).profiles() == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[a]\nkind = "wifi"\n', r"networks.toml:1: a\.wifi\.ssid: is missing"),
        ('[a]\nkind = "wifi"\nssid = "' + "x" * 33 + '"\n', "at most 32"),
        ('[a]\nkind = "wifi"\nssid = "x"\npassword = "s3cret"\n', "no such key"),
        ('[a]\nkind = "ethernet"\nip = "10.0.0.1"\n', "all of one family, or none"),
        ('[a]\nkind = "gsm"\nbands = [1]\n', "bands are for catm1 alone"),
        ('[a]\nkind = "lora"\napp_eui = "12"\n', "pattern"),
        ('[a]\nkind = "carrier pigeon"\n', "kind"),
        ('["A b"]\nkind = "ethernet"\n', "pattern"),
        ("[a\n", "networks.toml:1"),
    ],
)
def test_a_mistake_is_named_and_no_value_told(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(SettingsWrong, match=expected) as wrong:
        networks(tmp_path, text).profiles()
    assert "s3cret" not in str(wrong.value)


@pytest.mark.parametrize("length", [64, 100])
def test_a_secret_that_no_board_takes_is_refused_and_not_told(tmp_path: Path, length: int) -> None:
    secrets = Keystore({"network-factory-password": SecretStr("p" * length)})
    with pytest.raises(SettingsWrong, match="factory") as wrong:
        networks(tmp_path, secrets=secrets).network("factory")
    assert "ppp" not in str(wrong.value)


def test_a_network_is_kept_beside_others_and_their_comments(tmp_path: Path) -> None:
    known = networks(tmp_path)
    known.keep("attic", checked({"kind": "wifi", "ssid": "attic"}))
    known.keep("guest", checked({"kind": "ethernet"}))
    text = (tmp_path / FILE).read_text()
    assert text.startswith("# the line's own\n[factory]")
    assert known.profiles()["attic"] == checked({"kind": "wifi", "ssid": "attic"})
    assert known.network("guest") == EthernetNetwork()
    known.drop("attic")
    assert "attic" not in known.profiles()
    with pytest.raises(NetworkMissing):
        known.drop("attic")


@pytest.mark.parametrize("name", ["", "Attic", "a b", "-a", "x" * 32])
def test_a_name_must_do_for_the_keystore(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsWrong, match="small letters"):
        networks(tmp_path).keep(name, checked({"kind": "ethernet"}))


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Keystore()
    monkeypatch.setattr("station.secrets.store", kept.store)
    monkeypatch.setattr("station.secrets.secret", kept.secret)
    run = CliRunner()

    def networks_command(*arguments: str, typed: str = "") -> str:
        told = run.invoke(app, ["--data-dir", str(tmp_path), "networks", *arguments], input=typed)
        assert told.exit_code == 0, told.output
        return told.output

    networks_command("add", "factory", "kind=wifi", "ssid=factory net", typed="s3cretpass\n")
    assert kept["network-factory-password"].get_secret_value() == "s3cretpass"
    networks_command("add", "field", "kind=catm1", "apn=a", "bands=3,20")
    told = networks_command("list", "--json")
    assert '"ssid": "factory net"' in told
    assert '"bands": [3, 20]' in told
    assert "s3cretpass" not in told
    networks_command("remove", "field")
    assert "field" not in networks_command("list")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (["kind=wifi", "ssid=x", "password=s3cret"], "never an argument"),
        (["kind=wifi", "ssid"], "KEY=VALUE"),
    ],
)
def test_a_secret_is_never_an_argument(tmp_path: Path, settings: list[str], expected: str) -> None:
    arguments = ["--data-dir", str(tmp_path), "networks", "add", "a", *settings]
    told = CliRunner().invoke(app, arguments)
    assert told.exit_code == 2
    assert expected in " ".join(told.output.split())
    assert not (tmp_path / FILE).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_what_a_board_hears_is_shown_by_its_loudness(tmp_path: Path) -> None:
    with simulated("board", "arduino") as (board,):
        (tmp_path / FILE).write_text(WHOLE)
        told = station("networks", "heard", "--port", board["port"], "--json", folder=tmp_path)
    assert told.returncode == 0, told.stderr
    assert [json.loads(line) for line in told.stdout.splitlines()] == [
        {"ssid": "factory-net", "dbm": -42, "network": "factory"},
        {"ssid": "guest", "dbm": -71, "network": "guest"},
        {"ssid": "Café d'Or", "dbm": -88, "network": ""},
    ]


def test_a_port_that_is_not_there_is_named(tmp_path: Path) -> None:
    told = station("networks", "heard", "--port", "/dev/no-such-port", folder=tmp_path)
    assert told.returncode == 3
    assert "PORT-MISSING" in told.stderr
    assert "/dev/no-such-port" in told.stderr


@pytest.mark.parametrize(
    ("name", "password", "expected"),
    [("Attic", "s3cretpass", "small letters"), ("attic", "s" * 64, "password")],
)
def test_what_can_not_be_used_is_told_when_it_is_set_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, password: str, expected: str
) -> None:
    kept = Keystore()
    monkeypatch.setattr("station.secrets.store", kept.store)
    monkeypatch.setattr("station.secrets.secret", kept.secret)
    arguments = ["--data-dir", str(tmp_path), "networks", "add", name, "kind=wifi", "ssid=x"]
    told = CliRunner().invoke(app, arguments, input=f"{password}\n")
    assert told.exit_code != 0
    assert expected in f"{told.output}{told.exception}"
    assert password not in told.output
    assert f"network-{name}-password" not in kept or name == "attic"
