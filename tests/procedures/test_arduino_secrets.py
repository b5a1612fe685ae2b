"""The header that a sketch of Provisioning 1.0 is compiled with."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import SecretStr

from station.faults import FolderForbidden, RecipeWrong
from station.model import (
    Connection,
    EthernetNetwork,
    LoraNetwork,
    MobileNetwork,
    WifiNetwork,
)
from station.procedures.arduino_secrets import folder_name, header, values, write_whole

WIFI = WifiNetwork("net", SecretStr("pass"))


def told(found: dict[str, SecretStr]) -> dict[str, str]:
    return {name: value.get_secret_value() for name, value in found.items()}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("SECRET_SSID", "SECRET_OPTIONAL_PASS"), ("net", "pass")),
        (("SECRET_WIFI_SSID", "SECRET_WIFI_PASS"), ("net", "pass")),
        (("SECRET_SSID", "SECRET_DEVICE_KEY"), ("net",)),
    ],
)
def test_the_names_are_the_clouds(names: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert tuple(told(values(WIFI, names)).values()) == expected


def test_each_kind_of_network_knows_its_own() -> None:
    mobile = MobileNetwork(Connection.GSM, "apn", "me", SecretStr("1234"), SecretStr("pw"))
    names = ("SECRET_PIN", "SECRET_APN", "SECRET_LOGIN", "SECRET_PASS")
    assert tuple(told(values(mobile, names)).values()) == ("1234", "apn", "me", "pw")
    lora = LoraNetwork("0011223344556677", SecretStr("00" * 16))
    assert set(values(lora, ("SECRET_APP_EUI", "SECRET_APP_KEY"))) == {
        "SECRET_APP_EUI",
        "SECRET_APP_KEY",
    }
    wanted = tuple(f"SECRET_OPTIONAL_{each}" for each in ("IP", "DNS", "GATEWAY", "NETMASK"))
    assert values(EthernetNetwork(), wanted) == {}
    one, two, three, four = (IPv4Address(f"10.0.0.{n}") for n in range(1, 5))
    wired = told(values(EthernetNetwork(one, two, three, four), wanted))
    assert wired["SECRET_OPTIONAL_NETMASK"] == "10.0.0.4"


def test_quotes_and_backslashes_stay_what_they_are() -> None:
    text = header({"SECRET_PASS": SecretStr('a"b\\c??/d')})
    assert text == '#define SECRET_PASS "a\\"b\\\\c?""?/d"\n'


@pytest.mark.parametrize("value", ["a\nb", "a\x00b", "\x7f"])
def test_what_no_line_can_hold_is_refused_and_not_told(value: str) -> None:
    with pytest.raises(RecipeWrong, match="SECRET_PASS") as wrong:
        header({"SECRET_PASS": SecretStr(value)})
    assert value not in str(wrong.value)


@example("what???/")
@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=64))
def test_read_as_c_reads_it_the_value_is_the_same(value: str) -> None:
    if not value.isprintable():
        return
    line = header({"X": SecretStr(value)}).removeprefix("#define X ").rstrip("\n")
    pieces = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
    assert "".join(f'"{piece}"' for piece in pieces) == line
    assert re.sub(r"\\(.)", r"\1", "".join(pieces)) == value
    assert "??" not in line


@pytest.mark.skipif(shutil.which("cc") is None, reason="there is no C compiler")
def test_a_compiler_reads_it_so(tmp_path: Path) -> None:
    value = "p\\\"a??/s%s'é"
    (tmp_path / "arduino_secrets.h").write_text(header({"SECRET_PASS": SecretStr(value)}))
    source = tmp_path / "told.c"
    source.write_text(
        '#include <stdio.h>\n#include "arduino_secrets.h"\nint main() { puts(SECRET_PASS); }\n'
    )
    program = tmp_path / "told"
    subprocess.run(["cc", "-trigraphs", "-o", program, source], check=True, capture_output=True)
    assert (
        subprocess.run([program], check=True, capture_output=True).stdout.decode() == value + "\n"
    )


def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "unit" / "arduino_secrets.h"
    write_whole(path, "old\n")
    write_whole(path, "new\n")
    assert path.read_text() == "new\n"
    assert [each.name for each in path.parent.iterdir()] == ["arduino_secrets.h"]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_cant_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "unit").write_text("a file, not a folder")
    with pytest.raises(FolderForbidden, match="unit"):
        write_whole(tmp_path / "unit" / "arduino_secrets.h", "x\n")


@pytest.mark.parametrize("unit", ["..", ".", "../../etc", ".ssh", "a/b", "a\\b", "=cmd"])
def test_a_serial_number_is_no_path(unit: str) -> None:
    folder = Path("secrets")
    named = folder / folder_name(unit)
    assert named.parent == folder
    assert not named.name.startswith(".")


def test_the_file_is_utf_8_whatever_the_system_prefers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    opening = open

    def noted(*of: Any, **more: Any) -> Any:
        asked.append(more.get("encoding"))
        return opening(*of, **more)

    monkeypatch.setattr("builtins.open", noted)
    write_whole(tmp_path / "x.h", "Café")
    monkeypatch.undo()
    assert asked == ["utf-8"]
    assert (tmp_path / "x.h").read_bytes() == "Café".encode()
