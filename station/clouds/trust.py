"""Whom a recipe trusts beyond what this computer trusts, and who the station says that it is."""

from __future__ import annotations

import os
import secrets
import ssl
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from station.clouds.http import ssl_context
from station.faults import LoginRefused, RecipeWrong

_ANEW: Final[WeakKeyDictionary[ssl.SSLContext, Callable[[], ssl.SSLContext]]] = WeakKeyDictionary()
"""How to make another context that trusts the same; OpenSSL copies none."""


class TrustOptions(BaseModel):
    """What a recipe may say of TLS; files are looked for beside it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ca_file: Path | None = Field(
        default=None,
        examples=["factory-ca.pem"],
        description="a private authority's certificates, PEM, beside those this computer trusts",
    )
    client_certificate_file: Path | None = Field(
        default=None,
        examples=["station.pem"],
        description="the station's own certificate, PEM, where the server or a proxy asks for one; "
        "its key is in the same file, or in client_key_file",
    )
    client_key_file: Path | None = Field(
        default=None, description="the key of that certificate, PEM, where it has a file of its own"
    )
    client_key_passphrase_name: str = Field(
        default="",
        pattern=r"^([a-z0-9][a-z0-9-]*)?$",
        description="the name under which the keystore holds that key's passphrase, if it has one",
    )

    @model_validator(mode="after")
    def _certificate_with_key(self) -> TrustOptions:
        if self.client_key_file and not self.client_certificate_file:
            raise ValueError("client_key_file needs client_certificate_file")
        return self


def tls_context(
    options: TrustOptions, folder: Path, secret: Callable[[str], SecretStr]
) -> ssl.SSLContext:
    """Return the context for TLS to the servers of a recipe.

    Raises:
        RecipeWrong: a file can't be read, or is not what it must be.
        SecretMissing: the key's passphrase is not in the keystore.

    """
    context = _trusting(options, folder)
    _ANEW[context] = partial(_trusting, options, folder)
    if options.client_certificate_file:
        name, key = options.client_key_passphrase_name, options.client_key_file
        word = secret(name).get_secret_value() if name else ""
        try:
            context.load_cert_chain(
                folder / options.client_certificate_file,
                folder / key if key else None,
                # never asks at the terminal: an empty word is a wrong one
                password=lambda: word,
            )
        except (OSError, ValueError) as exc:
            raise RecipeWrong(
                f"client_certificate_file {options.client_certificate_file}: {_why(exc)}"
            ) from None
    return context


def device_context(
    trust: ssl.SSLContext, certificate: str = "", private_key: str = ""
) -> ssl.SSLContext:
    """Return a context that trusts what `trust` does, and says that it is a device.

    It shows `certificate` (PEM: the device's own, then those that issued it) or none: never the
    station's own, which a server would take for the device's. Takes tens of milliseconds.

    Raises:
        LoginRefused: certificate and key are no PEM, or do not belong together.
        RecipeWrong: the recipe's ca_file is not what it was.

    """
    context = _ANEW.get(trust, partial(_like, trust))()
    if certificate:
        try:
            _load(context, certificate, private_key)
        except (ValueError, TypeError, UnsupportedAlgorithm, ssl.SSLError):
            raise LoginRefused("its certificate and its key do not belong together") from None
    return context


def _trusting(options: TrustOptions, folder: Path) -> ssl.SSLContext:
    context = ssl_context()
    if options.ca_file:
        try:
            context.load_verify_locations(cafile=folder / options.ca_file)
        except (OSError, ValueError) as exc:
            raise RecipeWrong(f"ca_file {options.ca_file}: {_why(exc)}") from None
    return context


def _like(trust: ssl.SSLContext) -> ssl.SSLContext:
    """Return a context with the authorities of one whose making is not known."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if authorities := trust.get_ca_certs(binary_form=True):
        context.load_verify_locations(cadata=b"".join(authorities))
    return context


def _load(context: ssl.SSLContext, certificate: str, private_key: str) -> None:
    """Load a chain and its key. `ssl` takes them from files only, so the key is sealed in it.

    What a crash leaves behind opens for nobody: the word is kept nowhere.
    """
    word = secrets.token_bytes(32).hex().encode()
    sealed = load_pem_private_key(private_key.encode(), None).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(word)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "device.pem"
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(sealed + certificate.encode())
        context.load_cert_chain(path, password=word)


def _why(exc: OSError | ValueError) -> str:
    if isinstance(exc, OSError) and not isinstance(exc, ssl.SSLError):
        return exc.strerror or type(exc).__name__
    # a passphrase beyond 1024 bytes is a ValueError: no key has one
    return "it does not hold a certificate and key in PEM that belong together"
