"""Whom a recipe trusts beyond what this computer trusts, and who the station says that it is."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from station.clouds.http import ssl_context
from station.faults import RecipeWrong


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
        description="the station's own certificate, PEM, where the server or a proxy asks for one",
    )
    client_key_file: Path | None = Field(
        default=None, examples=["station-key.pem"], description="the key of that certificate, PEM"
    )
    client_key_passphrase_name: str = Field(
        default="",
        pattern=r"^([a-z0-9][a-z0-9-]*)?$",
        description="the name under which the keystore holds that key's passphrase, if it has one",
    )

    @model_validator(mode="after")
    def _certificate_with_key(self) -> TrustOptions:
        if (self.client_certificate_file is None) != (self.client_key_file is None):
            raise ValueError("client_certificate_file and client_key_file go together")
        return self


def tls_context(
    options: TrustOptions, folder: Path, secret: Callable[[str], SecretStr]
) -> ssl.SSLContext:
    """Return the context for TLS to the servers of a recipe.

    Raises:
        RecipeWrong: a file can't be read, or is not what it must be.
        SecretMissing: the key's passphrase is not in the keystore.

    """
    context = ssl_context()
    if options.ca_file:
        path = folder / options.ca_file
        try:
            context.load_verify_locations(cafile=path)
        except (OSError, ssl.SSLError) as exc:
            raise RecipeWrong(f"ca_file {options.ca_file}: {_why(exc)}") from None
    if options.client_certificate_file and options.client_key_file:
        name = options.client_key_passphrase_name
        word = secret(name).get_secret_value() if name else ""
        try:
            context.load_cert_chain(
                folder / options.client_certificate_file,
                folder / options.client_key_file,
                # never asks at the terminal: an empty word is a wrong one
                password=lambda: word,
            )
        except (OSError, ssl.SSLError) as exc:
            raise RecipeWrong(
                f"client_certificate_file {options.client_certificate_file}: {_why(exc)}"
            ) from None
    return context


def _why(exc: OSError) -> str:
    if isinstance(exc, ssl.SSLError):
        return "it does not hold a certificate and key in PEM that belong together"
    return exc.strerror or type(exc).__name__
