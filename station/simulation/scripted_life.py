"""What the firmware behind a console does in its cloud with what it was given there.

Once it knows a network and a server it provisions itself if it has a product's key and secret, and
reports from then on: by MQTT over TLS with a certificate, by MQTT with a name and a password, by HTTP
with a token (by MQTT where `transport` says mqtt). It stores what it needs by the names that scripts
have for it; long values in pieces, as the kinds of known consoles give them.
"""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import Iterator, Mapping
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from station.simulation.reports import NO_LUCK, MqttLogin, by_http, by_mqtt, tls_for
from station.simulation.scripted_kept import Kept

FAULTS: Mapping[str, str] = {
    "stays-away": "Never comes to its cloud.",
    "nameless": "Provisions itself without telling its name.",
}
RETRY_S, REPORT_S = 1.0, 30.0

# a name in an ESP32's storage has 15 characters at most, and a piece's number belongs to it
_SHORT = {
    "provision_key": "prov_key",
    "provision_secret": "prov_secret",
    "certificate": "cert",
    "private_key": "key",
    "authority": "ca",
}


class Life:
    """A unit's life in its cloud, from each start of its firmware to its end.

    It reads what is stored when it starts, and no more after that; only its own key is where it makes
    a new one. It asks to be provisioned at each
    start for as long as it has the product's key: a refusal does not matter once it has a token.
    """

    def __init__(self, kept: Kept, client_id: str, faults: frozenset[str]) -> None:
        self._kept = kept
        self._client_id = client_id
        self._faults = faults
        self._reports = 0
        self._values: dict[str, str] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin anew, as firmware does when it starts."""
        self._values = dict(self._kept.values)
        knows_all = self._given("ssid") and self._given("host")
        if knows_all and "stays-away" not in self._faults:
            self._task = asyncio.create_task(self._live(), name=f"life of {self._client_id}")

    @property
    def is_living(self) -> bool:
        """Whether it comes to its cloud, or tries to."""
        return self._task is not None and not self._task.done()

    async def stop(self) -> None:
        """Be without power; safe to call twice."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
            self._task = None

    async def _live(self) -> None:
        is_asked = False
        while True:
            try:
                is_asked = is_asked or await self._provisioned()
                await self._report()
            except NO_LUCK:
                await asyncio.sleep(RETRY_S)
            else:
                await asyncio.sleep(REPORT_S)

    async def _provisioned(self) -> bool:
        """Ask to be provisioned, with a key for it; return whether there is nothing left to ask.

        Raises:
            NO_LUCK: it could not, and has no other login.

        """
        key, secret = self._given("provision_key"), self._given("provision_secret")
        if not (key and secret):
            return True
        asked = {"provisionDeviceKey": key, "provisionDeviceSecret": secret}
        if "nameless" not in self._faults:
            asked["deviceName"] = self._given("name") or self._client_id
        _, told = await by_http(*self._server(), "/api/v1/provision", asked)
        if told.get("status") == "SUCCESS":
            place = next(name for name in self._values if _is(name, "provision_key"))
            self._keep(f"{place.rpartition('/')[0]}/token".lstrip("/"), _token(told))
        elif not self._given("token"):
            raise ConnectionRefusedError("not provisioned")
        return True

    def _keep(self, place: str, value: str) -> None:
        self._values[place] = value
        self._kept.write(place, value)

    async def _report(self) -> None:
        """Send telemetry with the login that it has.

        Raises:
            NO_LUCK: it could not.

        """
        host, port = self._server()
        content: dict[str, Any] = {"report": self._reports + 1}
        token = self._given("token")
        if login := self._mqtt_login(token):
            await by_mqtt(host, port, login, content)
        elif token:
            status, _ = await by_http(host, port, f"/api/v1/{token}/telemetry", content)
            if status != 200:
                raise ConnectionRefusedError(f"HTTP {status}")
        else:
            raise ConnectionError("it has no login yet")
        self._reports += 1

    def _mqtt_login(self, token: str) -> MqttLogin | None:
        """Return by what it is let in by MQTT; None where it goes by HTTP."""
        if chain := self._pem("certificate", "CERTIFICATE"):
            issuers = self._pem("authority", "CERTIFICATE")
            return MqttLogin(self._client_id, tls=self._tls(chain + issuers))
        client_id, user = self._given("client_id"), self._given("user_name")
        if client_id or user:
            password = self._given("user_password") or None
            return MqttLogin(client_id or self._client_id, user or None, password)
        if token and self._given("transport") == "mqtt":
            return MqttLogin(self._client_id, token)
        return None

    def _tls(self, chain: str) -> ssl.SSLContext:
        """Show the certificate with the key that was given, or with the unit's own."""
        given = self._pem("private_key", "PRIVATE KEY")
        if not given and self._kept.key is not None:
            form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            given = self._kept.key.private_bytes(*form).decode()
        return tls_for(chain, given)

    def _server(self) -> tuple[str, int]:
        return self._given("host"), int(self._given("port"))

    def _given(self, name: str) -> str:
        """Return what it stores under `name`, pieces put together; empty when it has nothing."""
        for place, value in self._values.items():
            if _is(place, name):
                if f"{place}.0" not in self._values:
                    return value
                pieces = (f"{place}.{number}" for number in range(int(value)))
                return "".join(self._values.get(piece, "") for piece in pieces)
        return ""

    def _pem(self, name: str, label: str) -> str:
        """Return what is stored as base64 of one DER after the other, as PEM."""
        ders = _apart(base64.b64decode(self._given(name)))
        texts = (base64.encodebytes(der).decode() for der in ders)
        return "".join(f"-----BEGIN {label}-----\n{text}-----END {label}-----\n" for text in texts)


def _is(place: str, name: str) -> bool:
    return place.rpartition("/")[2] in {name, _SHORT.get(name, name)}


def _token(told: Mapping[str, Any]) -> str:
    token = told.get("credentialsValue")
    if told.get("credentialsType") != "ACCESS_TOKEN" or not isinstance(token, str):
        raise ValueError("it was given no token")
    return token


def _apart(ders: bytes) -> Iterator[bytes]:
    """Yield each DER; X.690, 8.1.3: a length beyond 127 has its count of bytes before it.

    Raises:
        ValueError: it ends within one's head.

    """
    while ders:
        if len(ders) < 2:
            raise ValueError("this is no certificate")
        count = ders[1] & 0x7F if ders[1] & 0x80 else 0
        length = int.from_bytes(ders[2 : 2 + count], "big") if count else ders[1]
        end = 2 + count + length
        yield ders[:end]
        ders = ders[end:]
