"""Secrets: from the environment or a keystore that keeps them, and never told."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as ForgetfulKeyring
from keyring.errors import KeyringLocked, PasswordSetError
from pydantic import SecretStr

from station import secrets
from station.faults import Fault, KeystoreUnsafe, SecretMissing

VALUE = "k3y-that-nobody-sees"


class Memory(KeyringBackend):
    priority = 1.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class PlaintextKeyring(Memory):
    pass


Use = Callable[[object], None]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    monkeypatch.delenv(secrets.variable("nrf-cloud"), raising=False)
    return lambda backend: monkeypatch.setattr(keyring, "get_keyring", lambda: backend)


def test_what_is_stored_is_found_again(use: Use) -> None:
    backend = Memory()
    use(backend)
    secrets.store("nrf-cloud", SecretStr(VALUE))
    found = secrets.secret("nrf-cloud")
    assert found.get_secret_value() == VALUE
    assert VALUE not in repr(found)
    assert list(backend.kept) == [("provisioning-station", "nrf-cloud")]
    assert secrets.keystore_name() == backend.name


@pytest.mark.parametrize("value", [VALUE, VALUE + "\n", f" {VALUE}\r\n"])
def test_the_environment_is_asked_first(
    use: Use, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    use(Memory())
    monkeypatch.setenv("STATION_SECRET_NRF_CLOUD", value)
    assert secrets.secret("nrf-cloud").get_secret_value() == VALUE


@pytest.mark.parametrize("value", ["", " \n"])
def test_an_empty_variable_is_none(use: Use, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("STATION_SECRET_NRF_CLOUD", value)
    backend = Memory()
    backend.kept["provisioning-station", "nrf-cloud"] = "  "
    use(backend)
    with pytest.raises(SecretMissing, match="nrf-cloud; or set STATION_SECRET_NRF_CLOUD"):
        secrets.secret("nrf-cloud")


NOTHING: tuple[Any, ...] = (NoKeyring, ForgetfulKeyring)


@pytest.mark.parametrize("kind", NOTHING)
def test_without_a_keystore_the_variable_is_named(use: Use, kind: Any) -> None:
    use(kind())
    with pytest.raises(SecretMissing, match=r"STATION_SECRET_NRF_CLOUD.*no keystore"):
        secrets.secret("nrf-cloud")
    with pytest.raises(SecretMissing, match="not stored"):
        secrets.store("nrf-cloud", SecretStr(VALUE))


def _from_keyrings_alt() -> KeyringBackend:
    kind = type("EncodedKeyring", (Memory,), {"__module__": "keyrings.alt.file", "priority": -1.0})
    backend = kind()
    assert isinstance(backend, KeyringBackend)
    return backend


@pytest.mark.parametrize(
    "backend",
    [
        PlaintextKeyring(),
        _from_keyrings_alt(),
        SimpleNamespace(backends=[Memory(), PlaintextKeyring()], name="chainer"),
    ],
)
def test_a_keystore_in_plain_text_is_refused(use: Use, backend: object) -> None:
    use(backend)
    for ask in (
        lambda: secrets.secret("nrf-cloud"),
        lambda: secrets.store("nrf-cloud", SecretStr(VALUE)),
        secrets.keystore_name,
    ):
        with pytest.raises(KeystoreUnsafe, match=r"Plaintext|keyrings\.alt"):
            ask()


def test_a_real_chainer_with_plain_text_in_it_is_refused(
    use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ChainerBackend, "backends", [Memory(), PlaintextKeyring()])
    use(ChainerBackend())  # type: ignore[no-untyped-call]
    with pytest.raises(KeystoreUnsafe):
        secrets.secret("nrf-cloud")


@pytest.mark.parametrize("kind", [KeyringLocked, PasswordSetError, RuntimeError, OSError])
def test_a_keystore_that_fails_tells_no_secret(use: Use, kind: type[Exception]) -> None:
    class Broken(Memory):
        def get_password(self, service: str, username: str) -> str | None:
            raise kind(f"locked: {VALUE}")

        def set_password(self, service: str, username: str, password: str) -> None:
            raise kind(f"can't keep {password}")

    use(Broken())
    for ask in (
        lambda: secrets.secret("nrf-cloud"),
        lambda: secrets.store("nrf-cloud", SecretStr(VALUE)),
    ):
        with pytest.raises(SecretMissing, match=kind.__name__) as caught:
            ask()
        _nowhere(caught.value)


def test_a_keyring_that_can_not_even_begin_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> KeyringBackend:
        raise ModuleNotFoundError("no backend of that name")

    monkeypatch.delenv(secrets.variable("nrf-cloud"), raising=False)
    monkeypatch.setattr(keyring, "get_keyring", broken)
    with pytest.raises(SecretMissing, match="ModuleNotFoundError"):
        secrets.secret("nrf-cloud")


def _nowhere(fault: Fault) -> None:
    seen: BaseException | None = fault
    while seen is not None:
        assert VALUE not in str(seen) + repr(seen)
        seen = seen.__cause__ or seen.__context__
    assert VALUE not in "".join(traceback.format_exception(fault))
    assert VALUE not in repr(fault.trouble)
