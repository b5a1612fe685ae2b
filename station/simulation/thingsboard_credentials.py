"""ThingsBoard's rules for device credentials: their ids, and what of them is refused."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import string
from typing import Any

from station.simulation.thingsboard_nouns import Credentials
from station.simulation.thingsboard_refusals import Refused

_ALPHANUMERIC = string.ascii_letters + string.digits
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_MARKERS = re.compile(r"-----(?:BEGIN|END) CERTIFICATE-----|[\r\n]")
TRIPLE = ("clientId", "userName", "password")


def random_text() -> str:
    """Return 20 random alphanumerics, as the server makes tokens and names."""
    return "".join(secrets.choice(_ALPHANUMERIC) for _ in range(20))


def sha3(*parts: str) -> str:
    """Return the lower-case hex SHA3-256 of the parts with bars between them."""
    return hashlib.sha3_256("|".join(parts).encode()).hexdigest()


def stripped(pem: str) -> str:
    """Return a certificate in one line without its markers; it need not be one."""
    return _MARKERS.sub("", pem)


def token(text: str) -> Credentials:
    """Return access-token credentials.

    Raises:
        Refused: it is empty or has control characters.

    """
    if not text:
        raise Refused("Device credentials id should be specified!")
    _printable(text)
    return Credentials("ACCESS_TOKEN", text)


def certificate(pem: str) -> Credentials:
    """Return X.509 credentials; whether `pem` is a certificate at all is not looked at.

    Raises:
        Refused: it is empty.

    """
    line = stripped(pem)
    if not line:
        raise Refused("Device credentials value should be specified!")
    return Credentials("X509_CERTIFICATE", sha3(line), line)


def mqtt_basic(client_id: str, username: str, password: str) -> Credentials:
    """Return MQTT_BASIC credentials.

    Raises:
        Refused: nothing to tell the device by, a password that goes with no username, or control
            characters.

    """
    if not client_id and not username:
        raise Refused("Both mqtt client id and user name are empty!")
    if client_id and password and not username:
        raise Refused("Password cannot be specified along with client id")
    for text in (client_id, username, password):
        _printable(text)
    if not client_id:
        lookup = username
    else:
        lookup = sha3(client_id, username) if username else sha3(client_id)
    value = dict(zip(TRIPLE, (client_id, username, password), strict=True))
    return Credentials("MQTT_BASIC", lookup, json.dumps(value, separators=(",", ":")))


def from_rest(told: dict[str, Any]) -> Credentials:
    """Return the credentials that a REST call sends.

    Raises:
        Refused: they are not as their type wants them.

    """
    lookup, value = told.get("credentialsId") or "", told.get("credentialsValue") or ""
    match told.get("credentialsType"):
        case "ACCESS_TOKEN":
            return token(str(lookup))
        case "X509_CERTIFICATE":
            return certificate(str(value))
        case "MQTT_BASIC":
            triple = triple_of(str(value))
            return mqtt_basic(*(triple[name] for name in TRIPLE))
        case "LWM2M_CREDENTIALS":
            return Credentials("LWM2M_CREDENTIALS", str(lookup) or random_text(), str(value))
        case _:
            raise Refused("Device credentials type should be specified!")


def triple_of(value: str) -> dict[str, str]:
    """Return what an MQTT_BASIC value holds, "" for what it does not.

    Raises:
        Refused: it is no JSON object.

    """
    try:
        held = json.loads(value)
    except ValueError:
        held = None
    if not isinstance(held, dict):
        raise Refused("Invalid credentials body for simple mqtt credentials!")
    return {name: str(held.get(name) or "") for name in TRIPLE}


def _printable(text: str) -> None:
    if _CONTROL.search(text):
        raise Refused("Device credentials should not contain control characters!")
