"""Seals what must lie in the record for a while: proofs that wait for a network."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.fernet import Fernet, InvalidToken
from pydantic import SecretStr

from station.faults import SealBroken, SecretMissing

NAME = "station-seal"
"""The name of the key, 32 bytes in base64, in the keystore."""


class Seal:
    """Seals and opens texts with one station's key."""

    def __init__(self, key: SecretStr) -> None:
        try:
            self._fernet = Fernet(key.get_secret_value())
        except ValueError:
            raise SealBroken(f"the key {NAME} is not 32 bytes in base64") from None

    @classmethod
    def of(
        cls, secret: Callable[[str], SecretStr], store: Callable[[str, SecretStr], None]
    ) -> Seal:
        """Return the station's seal; its key is made when there is none.

        Raises:
            SecretMissing, KeystoreUnsafe: there is no place to keep a key in.

        """
        try:
            return cls(secret(NAME))
        except SecretMissing:
            key = SecretStr(Fernet.generate_key().decode())
            store(NAME, key)
            return cls(key)

    def close(self, text: SecretStr) -> str:
        """Return `text` sealed."""
        return self._fernet.encrypt(text.get_secret_value().encode()).decode()

    def open(self, sealed: str) -> SecretStr:
        """Return what was sealed.

        Raises:
            SealBroken: it was sealed with another key, or was changed.

        """
        try:
            return SecretStr(self._fernet.decrypt(sealed.encode()).decode())
        except InvalidToken:
            raise SealBroken("sealed with another key, or changed") from None
