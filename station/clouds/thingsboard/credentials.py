"""What a device is let in by, as ThingsBoard's REST API has it."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping
from typing import Any

from pydantic import SecretStr

from station.clouds.thingsboard.shapes import text_in
from station.faults import CloudNonsense, CloudRefused
from station.model import Login, LoginKind

_BASIC = (("client_id", "clientId"), ("user_name", "userName"), ("user_password", "password"))
_PEM = "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n"
_FIRST = re.compile(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n?", re.DOTALL)
_PEM_COLUMNS = 64  # RFC 7468, 2


def to_send(login: Login) -> dict[str, str]:
    """Return a login as REST takes it. Of a certificate's chain only the device's own is known."""
    told = {"credentialsType": login.kind.value}
    match login.kind:
        case LoginKind.ACCESS_TOKEN:
            return {**told, "credentialsId": login.value("token")}
        case LoginKind.MQTT_BASIC:
            basic = {theirs: login.value(ours) for ours, theirs in _BASIC if login.value(ours)}
            return {**told, "credentialsValue": json.dumps(basic)}
        case LoginKind.X509_CERTIFICATE:
            chain = login.value("certificate")
            first = _FIRST.search(chain)
            return {**told, "credentialsValue": first.group() if first else chain}


def login_in(told: Mapping[str, Any]) -> Login:
    """Return what a device's credentials let it in by; a certificate as PEM, without its key.

    Raises:
        CloudRefused: they are of a kind that no board is given.
        CloudNonsense: they hold nothing.

    """
    match told.get("credentialsType"):
        case LoginKind.ACCESS_TOKEN.value:
            return _login(LoginKind.ACCESS_TOKEN, {"token": text_in(told, "credentialsId")})
        case LoginKind.MQTT_BASIC.value:
            held = _opened(text_in(told, "credentialsValue"))
            values = {ours: text_in(held, theirs) for ours, theirs in _BASIC}
            return _login(LoginKind.MQTT_BASIC, values)
        case LoginKind.X509_CERTIFICATE.value:
            value = text_in(told, "credentialsValue")
            return _login(LoginKind.X509_CERTIFICATE, {"certificate": _pem(value)})
        case kind:
            raise CloudRefused(f"the device has credentials of the kind {kind}")


def _login(kind: LoginKind, values: Mapping[str, str]) -> Login:
    held = tuple((name, SecretStr(value)) for name, value in values.items() if value)
    if not held:
        raise CloudNonsense(f"credentials of the kind {kind} that hold nothing")
    return Login(kind, held)


def _pem(line: str) -> str:
    """Return a certificate as PEM: the server strips its markers and its lines."""
    if not line or line.startswith("-----"):
        return line
    return _PEM.format("\n".join(textwrap.wrap(line, _PEM_COLUMNS)))


def _opened(text: str) -> Mapping[str, Any]:
    try:
        held = json.loads(text)
    except ValueError:
        return {}
    return held if isinstance(held, Mapping) else {}
