"""Makes what devices are let in by, and turns it into a text that can be sealed and read again."""

from __future__ import annotations

import json
import secrets
import string
from collections.abc import Collection

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from station.authority import Authority
from station.faults import NameRefused, RecipeWrong, SealBroken
from station.model import Login, LoginKind, SigningRequest

ALPHABET = string.ascii_letters + string.digits
TOKEN_CHARS = 20
"""As long as what ThingsBoard makes itself, so that firmware has room: 119 bits of chance."""

BASIC = ("client_id", "user_name", "user_password")
LONGEST_COMMON_NAME = 64
"""Of a certificate's subject (RFC 5280, ub-common-name)."""


def random_word() -> SecretStr:
    """Return letters and digits by chance; nothing that a console or an address would change."""
    return SecretStr("".join(secrets.choice(ALPHABET) for _ in range(TOKEN_CHARS)))


def access_token() -> Login:
    """Make a token."""
    return Login(LoginKind.ACCESS_TOKEN, (("token", random_word()),))


def mqtt_basic(parts: Collection[str]) -> Login:
    """Make those of `client_id`, `user_name` and `user_password` that are in `parts`.

    Raises:
        RecipeWrong: the server takes no such login.

    """
    wanted = set(parts) & set(BASIC)
    if not wanted & {"client_id", "user_name"}:
        raise RecipeWrong("a login of MQTT needs client_id or user_name, and the board takes none")
    if {"client_id", "user_password"} == wanted:
        raise RecipeWrong("a login of MQTT with client_id and user_password needs user_name too")
    return Login(
        LoginKind.MQTT_BASIC, tuple((each, random_word()) for each in BASIC if each in wanted)
    )


def key_and_certificate(name: str, authority: Authority) -> Login:
    """Make a key (P-256), and have `authority` issue its certificate to `name`.

    Raises:
        NameRefused: no certificate can bear this name.
        AuthorityMissing: it may not sign today.

    """
    _check_common_name(name)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    asked = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, SHA256())
    request = SigningRequest(asked.public_bytes(Encoding.DER), name, sec_tag=0)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return Login(
        LoginKind.X509_CERTIFICATE,
        (*certified(request, authority).values, ("private_key", SecretStr(pem))),
    )


def certified(request: SigningRequest, authority: Authority) -> Login:
    """Return the login of a unit that keeps its key to itself: its certificate and the issuer's.

    Raises:
        KeyMismatch: the request is broken.
        AuthorityMissing: it may not sign today.

    """
    chain = authority.issue(request) + authority.certificate
    return Login(LoginKind.X509_CERTIFICATE, (("certificate", SecretStr(chain)),))


def told(login: Login) -> SecretStr:
    """Return `login` as a text to be sealed."""
    values = {name: value.get_secret_value() for name, value in login.values}
    return SecretStr(json.dumps({"kind": login.kind.value, "values": values}))


def read(text: SecretStr) -> Login:
    """Return what `told` has told.

    Raises:
        SealBroken: it is not that.

    """
    try:
        found = json.loads(text.get_secret_value())
        values = tuple((str(name), SecretStr(value)) for name, value in found["values"].items())
        return Login(LoginKind(found["kind"]), values)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    # out here no chain holds the text
    raise SealBroken("what was sealed is not a login")


def _check_common_name(name: str) -> None:
    if len(name) > LONGEST_COMMON_NAME:
        raise NameRefused(f"a certificate's name has {LONGEST_COMMON_NAME} letters at most")
