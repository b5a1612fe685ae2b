"""Seals what must lie in the record for a while: proofs that wait, logins that must not be lost."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import SecretStr

from station.faults import KeystoreBroken, KeystoreUnsafe, SealBroken, SecretMissing

NAME = "station-seal"
"""The name of the key, 32 bytes in base64, in the keystore."""


class Seal:
    """Seals with the first of its keys, and opens what any of them has sealed."""

    def __init__(self, *keys: SecretStr) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key.get_secret_value()) for key in keys])
        except ValueError:
            raise SealBroken(f"the key {NAME} is not 32 bytes in base64") from None

    @classmethod
    def of(
        cls,
        secret: Callable[[str], SecretStr],
        store: Callable[[str, SecretStr], None],
        otherwise: SecretStr | None = None,
    ) -> Seal:
        """Return the station's seal; its key is made when there is none.

        On a computer without a keystore the key is derived from `otherwise`, a secret that opens
        as much as what is sealed by it.

        Raises:
            SecretMissing, KeystoreUnsafe: there is no place to keep a key in, and no `otherwise`.

        """
        derived = [_derived(otherwise)] if otherwise else []
        try:
            return cls(_own_key(secret, store), *derived)
        except (SecretMissing, KeystoreUnsafe):
            if not derived:
                raise
        return cls(*derived)

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

    def holds(self, sealed: str, text: SecretStr) -> bool:
        """Tell whether `text` was sealed; what was sealed with another key is something else."""
        try:
            return self.open(sealed) == text
        except SealBroken:
            return False


def _own_key(
    secret: Callable[[str], SecretStr], store: Callable[[str, SecretStr], None]
) -> SecretStr:
    try:
        return secret(NAME)
    except KeystoreBroken:  # it may be there: a new key in its place would open nothing any more
        raise
    except SecretMissing:
        key = SecretStr(Fernet.generate_key().decode())
        store(NAME, key)
        return key


def _derived(from_this: SecretStr) -> SecretStr:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=NAME.encode())
    key = kdf.derive(from_this.get_secret_value().encode())
    return SecretStr(urlsafe_b64encode(key).decode())
