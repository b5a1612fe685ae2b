"""`station authority new`: a certificate and its key, and what a recipe then says of them."""

from __future__ import annotations

import stat
import sys
import tomllib
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from pydantic import SecretStr

from station import secrets
from station.authority import Authority, AuthorityOptions, open_authority
from tests.conftest import Call


class Kept(KeyringBackend):
    priority = 1.0
    name = "a keystore in memory"
    full = False
    kept: dict[tuple[str, str], str]

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.full:
            raise OSError("no room")
        self.kept[service, username] = password


@pytest.fixture
def keystore(monkeypatch: pytest.MonkeyPatch) -> Kept:
    kept = Kept()  # type: ignore[no-untyped-call]
    kept.kept = {}
    monkeypatch.setattr(keyring, "get_keyring", lambda: kept)
    return kept


def opened(said: str, folder: Path) -> Authority:
    """Open the authority as a recipe in `folder` with these lines would."""
    table = tomllib.loads(said)["options"]["authority"]
    options = AuthorityOptions.model_validate(
        {name: Path(value) if "/" in value else value for name, value in table.items()}
    )
    return open_authority(options, folder, secrets.secret)


def test_the_key_goes_into_the_keystore(call: Call, keystore: Kept, tmp_path: Path) -> None:
    status, out, _ = call("authority", "new", "Line 1", "--out", str(tmp_path / "ca"))
    assert status == 0
    assert "CN=Line 1" not in out
    assert 'key_name = "station-authority"' in out
    assert opened(out, tmp_path).certificate == (tmp_path / "ca" / "ca.pem").read_text()
    (key,) = keystore.kept.values()
    assert "PRIVATE KEY" in key
    assert [each.name for each in (tmp_path / "ca").iterdir()] == ["ca.pem"]


def test_the_key_goes_into_a_file_that_only_its_owner_reads(
    call: Call, keystore: Kept, tmp_path: Path
) -> None:
    key = tmp_path / "ca.key"
    told = ("authority", "new", "Line 1", "--out", str(tmp_path), "--key-file", str(key))
    status, out, err = call(*told)
    assert status == 0
    assert keystore.kept == {}
    opened(out, tmp_path)
    assert "PRIVATE KEY" not in out + err
    if sys.platform != "win32":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


@pytest.mark.parametrize("there", ["ca.pem", "ca.key", "keystore"])
def test_nothing_is_overwritten(call: Call, keystore: Kept, tmp_path: Path, there: str) -> None:
    more: tuple[str, ...] = ()
    if there == "keystore":
        secrets.store("station-authority", SecretStr("the old one"))
    else:
        (tmp_path / there).write_text("the old one")
        more = ("--key-file", str(tmp_path / "ca.key"))
    before = {path: path.read_text() for path in tmp_path.iterdir()}
    status, _, err = call("authority", "new", "Line 1", "--out", str(tmp_path), *more)
    assert status == 2
    assert "already" in err
    assert {path: path.read_text() for path in tmp_path.iterdir()} == before
    assert set(keystore.kept.values()) <= {"the old one"}


def test_a_key_that_can_not_be_kept_leaves_no_certificate(
    call: Call, keystore: Kept, tmp_path: Path
) -> None:
    keystore.full = True
    status, _, err = call("authority", "new", "Line 1", "--out", str(tmp_path))
    assert status == 3
    assert err.startswith("KEYSTORE-BROKEN: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "more"), [("", ()), ("x" * 65, ()), ("Line 1", ("--key-name", "Key!"))]
)
def test_a_name_that_can_not_be_one_is_2(
    call: Call, keystore: Kept, tmp_path: Path, name: str, more: tuple[str, ...]
) -> None:
    assert call("authority", "new", name, "--out", str(tmp_path), *more)[0] == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_made_is_3(call: Call, keystore: Kept, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    status, _, err = call("authority", "new", "Line 1", "--out", str(tmp_path / "file" / "ca"))
    assert status == 3
    assert err.startswith("FOLDER-FORBIDDEN: ")
