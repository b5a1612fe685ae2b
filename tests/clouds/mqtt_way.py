"""Our end of ThingsBoard's MQTT, for tests: the way, logins, and the threads that it has."""

from __future__ import annotations

import ssl
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from pydantic import SecretStr

from station.clouds.http import ssl_context
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.over_mqtt import OverMqtt
from station.model import Login, LoginKind

USUAL = ssl_context()
VERSIONS = ["3.1.1", "5"]
REQUEST = {"deviceName": "dev1", "provisionDeviceKey": "K", "provisionDeviceSecret": "S"}


def options(address: str, **more: Any) -> ThingsBoardOptions:
    told = address if "://" in address else f"mqtt://{address}"
    return ThingsBoardOptions(mqtt_address=told, transport="mqtt", **more)


@asynccontextmanager
async def way_to(
    address: str, trust: ssl.SSLContext = USUAL, **more: Any
) -> AsyncIterator[OverMqtt]:
    """A way that leaves no thread behind."""
    before = threads()
    way = OverMqtt(options(address, **more), trust)
    try:
        yield way
    finally:
        await way.close()
        await way.close()
    assert threads() <= before


def threads() -> set[threading.Thread]:
    return {each for each in threading.enumerate() if each is not threading.main_thread()}


def request(name: str, token: str) -> dict[str, str]:
    return {**REQUEST, "deviceName": name, "credentialsType": "ACCESS_TOKEN", "token": token}


def login(kind: LoginKind, **values: str) -> Login:
    return Login(kind, tuple((name, SecretStr(value)) for name, value in values.items()))


def token(value: str) -> Login:
    return login(LoginKind.ACCESS_TOKEN, token=value)


def basic(**values: str) -> Login:
    return login(LoginKind.MQTT_BASIC, **values)
