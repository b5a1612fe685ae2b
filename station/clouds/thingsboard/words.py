"""What is said when a device is provisioned: the request, the answer, whether they agree. No I/O.

All three transports carry the same JSON.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import textwrap
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from pydantic import SecretStr

from station.clouds.replies import one_line
from station.faults import CloudNonsense, NameRefused
from station.model import Login, LoginKind

LONGEST_NAME: Final = 255
"""As Java counts a text's length: UTF-16 units, two for an emoji."""

_MARKUP: Final = re.compile(r"<[a-zA-Z/!?]|\{\{.*\}\}", re.DOTALL)
_CERTIFICATE: Final = re.compile(r"-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----")
_PEM_COLUMNS: Final = 64  # RFC 7468, 2
_GIVEN_BACK: Final = re.compile(r'[\[{"]')  # where JSON begins in an error's text
_SEQUENCE: Final = b"\x30"  # every certificate in DER begins so; a digest in hex does not

_BASIC: Final = {"client_id": "clientId", "user_name": "username", "user_password": "password"}
"""Ours, and what a request calls them."""

# a request says username, an answer userName
_ANSWERED: Final = {**_BASIC, "user_name": "userName"}

# as the server tells it; as its guide does; as its page on certificates does
_STATUS: Final = ("status", "provisionDeviceStatus")
_VALUE: Final = ("credentialsValue", "accessToken", "credentialsId")


class Status(StrEnum):
    """What came of a request, in the server's words."""

    SUCCESS = "SUCCESS"
    NOT_FOUND = "NOT_FOUND"
    FAILURE = "FAILURE"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a provision request.

    `login` is what the server gave to the device, which need not be what was asked for; None when
    it was refused, and for a device of LwM2M, whose credentials are never told. `reason` is the
    server's own words, if it has any; they are the same for nearly every refusal.
    """

    status: Status
    login: Login | None = field(default=None, repr=False)
    reason: str = ""


def request(key: SecretStr, secret: SecretStr, name: str, login: Login | None) -> dict[str, Any]:
    """Return the request that provisions the device `name`, with `login` if it is to have that.

    What there is not is left out: the server breaks off at a null.

    Raises:
        NameRefused: the server can't call a device so.
        ValueError: `login` lacks what a login of its kind must have; a mistake of ours.

    """
    check_name(name)
    asked = {
        "provisionDeviceKey": key.get_secret_value(),
        "provisionDeviceSecret": secret.get_secret_value(),
        "deviceName": name,
    }
    if login is None:
        return asked
    return {**asked, "credentialsType": login.kind.value, **_brought(login)}


def check_name(name: str) -> None:
    """Look whether a device can have this name, which the server must keep as we record it.

    Raises:
        NameRefused: it can't; the detail says why.

    """
    if not name.strip():
        raise NameRefused("it is empty")
    if name != name.strip():
        raise NameRefused("it begins or ends with a blank, which the cloud would cut off")
    kinds = {unicodedata.category(each) for each in name}
    if kinds & {"Cc", "Cs"}:
        raise NameRefused("it has a control character or half a character in it")
    units = len(name.encode("utf-16-le")) // 2
    if units > LONGEST_NAME:
        raise NameRefused(f"it has {units} characters, {LONGEST_NAME} at most")
    if _MARKUP.search(name):
        raise NameRefused("the cloud takes it for HTML or a script: '<' before a letter, or {{ }}")


def answer(body: bytes) -> Answer:
    """Read the answer to a provision request, in any of the shapes that servers and guides have.

    Raises:
        CloudNonsense: it is no such answer, or tells of a success and gives nothing.

    """
    told = _object(body)
    said = _first(told, _STATUS)
    if said == "SUCCESS":
        return Answer(Status.SUCCESS, _given(told))
    words = server_words(told.get("errorMsg"))
    if said == "NOT_FOUND":
        return Answer(Status.NOT_FOUND, reason=words)
    if said in ("FAILURE", "UNKNOWN"):  # the last is in the protocol, and said of nothing
        return Answer(Status.FAILURE, reason=words)
    raise CloudNonsense("an answer without a status that provisioning has")


def server_words(told: object, *hidden: str) -> str:
    """Return what a server says, one line, without the request that it may give back with it.

    Empty when it is no text, or has something of `hidden` in it all the same.
    """
    if not isinstance(told, str):
        return ""
    said = _GIVEN_BACK.split(told, maxsplit=1)[0]
    if any(each and each in said for each in hidden):
        return ""
    return one_line(said.encode(errors="replace").decode())


def _brought(login: Login) -> dict[str, str]:
    brought = {name: value for name, value in _parts(login).items() if value}
    if not brought.keys() & {"token", "clientId", "username", "hash"}:
        raise ValueError(f"a login of {login.kind} without what its name says")
    return brought


def _parts(login: Login) -> dict[str, str]:
    match login.kind:
        case LoginKind.ACCESS_TOKEN:
            return {"token": login.value("token")}
        case LoginKind.MQTT_BASIC:
            return {theirs: login.value(ours) for ours, theirs in _BASIC.items()}
        case LoginKind.X509_CERTIFICATE:
            return {"hash": _pem(_der(login.value("certificate")))}


def _given(told: Mapping[str, Any]) -> Login | None:
    """Return the login of a success."""
    kind = told.get("credentialsType") or "ACCESS_TOKEN"
    value = _first(told, _VALUE)
    match kind, value:
        case "LWM2M_CREDENTIALS", _:
            return None
        case "ACCESS_TOKEN", str():
            return _login(LoginKind.ACCESS_TOKEN, {"token": value})
        case "X509_CERTIFICATE", str():
            der = _der(value)
            # a placeholder stays what it is: known devices may be registered with one
            return _login(LoginKind.X509_CERTIFICATE, {"certificate": _pem(der) or value})
        case "MQTT_BASIC", dict():
            return _login(
                LoginKind.MQTT_BASIC,
                {ours: value.get(theirs, "") for ours, theirs in _ANSWERED.items()},
            )
        case _:
            raise CloudNonsense("a success with no credential of a kind that the station knows")


def _login(kind: LoginKind, values: Mapping[str, Any]) -> Login:
    told = {name: value for name, value in values.items() if value not in ("", None)}
    if not told or not all(_is_text(value) for value in told.values()):
        raise CloudNonsense(f"a success with {kind} that is empty, or no text")
    return Login(kind, tuple((name, SecretStr(value)) for name, value in told.items()))


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise CloudNonsense(f"an answer of {len(body)} bytes that is not JSON") from None
    if not isinstance(told, dict):
        raise CloudNonsense("an answer that is no JSON object")
    return told


def _first(told: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((told[name] for name in names if told.get(name) is not None), None)


def _is_text(value: object) -> bool:
    """Tell whether it is a text that can be sent on: half a surrogate pair is none."""
    return isinstance(value, str) and not any(unicodedata.category(c) == "Cs" for c in value)


def _der(text: str) -> bytes:
    """Return the first certificate in PEM or in bare base64, as bytes; none when it is neither."""
    found = _CERTIFICATE.search(text)
    line = "".join((found.group(1) if found else text).split())
    try:
        der = base64.b64decode(line, validate=True)
    except (ValueError, binascii.Error):
        return b""
    return der if der.startswith(_SEQUENCE) else b""


def _pem(der: bytes) -> str:
    """Return a certificate as every tool writes it: the server hashes its text, not its bytes."""
    if not der:
        return ""
    lines = textwrap.wrap(base64.b64encode(der).decode(), _PEM_COLUMNS)
    return "\n".join(("-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""))
