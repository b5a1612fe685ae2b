"""Secrets come from the operating system's keystore, or from the environment where there is none.

A secret is never an argument, and a keystore that would write it in plain text is refused.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as ForgetfulKeyring
from pydantic import SecretStr

from station.faults import Fault, KeystoreBroken, KeystoreUnsafe, SecretMissing

T = TypeVar("T")

SERVICE = "provisioning-station"


def variable(name: str) -> str:
    """Return the environment variable that stands in for the keystore's secret `name`."""
    return "STATION_SECRET_" + name.upper().replace("-", "_")


def secret(name: str) -> SecretStr:
    """Return the secret `name`, without blanks round it; the environment is asked first.

    Raises:
        SecretMissing: neither has it.
        KeystoreBroken: the keystore does not tell whether it has it.
        KeystoreUnsafe: the keystore would keep it in plain text.

    """
    if value := os.environ.get(variable(name), "").strip():
        return SecretStr(value)
    otherwise = f"{name}; or set {variable(name)}"
    kept = _ask(lambda keystore: keystore.get_password(SERVICE, name), otherwise)
    if not kept or not kept.strip():
        raise SecretMissing(otherwise)
    return SecretStr(kept.strip())


def store(name: str, value: SecretStr) -> None:
    """Put a secret into the keystore.

    Raises:
        SecretMissing: there is no keystore, or it refuses.
        KeystoreUnsafe: it would keep it in plain text.

    """
    told = value.get_secret_value()
    _ask(lambda keystore: keystore.set_password(SERVICE, name, told), f"{name} is not stored")


def keystore_name() -> str:
    """Return what the keystore calls itself.

    Raises:
        SecretMissing, KeystoreUnsafe: as for `secret`.

    """
    return _ask(lambda keystore: str(keystore.name), "it has no name")


def _ask(question: Callable[[KeyringBackend], T], otherwise: str) -> T:
    try:
        return question(_keystore(otherwise))
    except Fault:
        raise
    except Exception as exc:  # noqa: BLE001 - a locked or broken backend raises what it likes
        broken = type(exc).__name__
    # out here no chain holds the backend's own words: they may tell what it was given
    raise KeystoreBroken(f"{otherwise}: the keystore failed with {broken}")


def _keystore(otherwise: str) -> KeyringBackend:
    found = keyring.get_keyring()
    for backend in (found, *getattr(found, "backends", ())):
        kind = type(backend)
        # keyrings.alt has several that only encode or that write plain files
        if "plaintext" in kind.__name__.lower() or kind.__module__.startswith("keyrings.alt"):
            raise KeystoreUnsafe(f"{kind.__module__}.{kind.__name__}")
    if isinstance(found, NoKeyring | ForgetfulKeyring):
        raise SecretMissing(f"{otherwise}: this computer has no keystore that is open")
    return found
