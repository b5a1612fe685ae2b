"""Secrets come from the operating system's keystore, or from the environment where there is none.

A secret is never an argument, and a keystore that would write it in plain text is refused.
"""

from __future__ import annotations

import os

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringError
from pydantic import SecretStr

from station.faults import KeystoreUnsafe, SecretMissing

SERVICE = "provisioning-station"


def variable(name: str) -> str:
    """Return the environment variable that stands in for the keystore's secret `name`."""
    return "STATION_SECRET_" + name.upper().replace("-", "_")


def secret(name: str) -> SecretStr:
    """Return the secret `name`; the environment is asked first.

    Raises:
        SecretMissing: neither has it.
        KeystoreUnsafe: the keystore would keep it in plain text.

    """
    if value := os.environ.get(variable(name)):
        return SecretStr(value)
    try:
        kept = _keystore().get_password(SERVICE, name)
    except KeyringError as exc:
        raise SecretMissing(f"{name}: {type(exc).__name__}; or set {variable(name)}") from None
    if not kept:
        raise SecretMissing(f"{name}; or set {variable(name)}")
    return SecretStr(kept)


def store(name: str, value: SecretStr) -> None:
    """Put a secret into the keystore.

    Raises:
        SecretMissing: there is no keystore, or it refuses.
        KeystoreUnsafe: it would keep it in plain text.

    """
    try:
        _keystore().set_password(SERVICE, name, value.get_secret_value())
    except KeyringError as exc:
        raise SecretMissing(f"not stored: {type(exc).__name__}") from None


def keystore_name() -> str:
    """Return what the keystore calls itself.

    Raises:
        SecretMissing, KeystoreUnsafe: as for `secret`.

    """
    return str(_keystore().name)


def _keystore() -> KeyringBackend:
    found = keyring.get_keyring()
    for backend in (found, *getattr(found, "backends", ())):
        kind = type(backend)
        # keyrings.alt has several that only encode or that write plain files
        if "plaintext" in kind.__name__.lower() or kind.__module__.startswith("keyrings.alt"):
            raise KeystoreUnsafe(f"{kind.__module__}.{kind.__name__}")
    if isinstance(found, NoKeyring):
        raise SecretMissing("this computer has no keystore that is open")
    return found
