"""Devices of Arduino's cloud that are made, named, tagged and attached by us.

All but the making of a device, of a certificate and of a LoRaWAN device may be asked twice.
"""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from pydantic import SecretStr

from station.clouds.arduino_cloud_onboarding import NAME
from station.clouds.arduino_cloud_options import ArduinoCloudOptions
from station.clouds.http import Caller
from station.clouds.replies import Reply, refused
from station.faults import CloudNonsense, NotClaimable
from station.model import Certificate, Claim, Connection, SigningRequest, Unit

_DEVICES = "iot/v2/devices"
_DONE = frozenset({200, 201, 202, 204})
_LORA_APP = "defaultApp"
_OWN_USER = "me"


class Devices:
    """The devices of one account."""

    def __init__(self, caller: Caller, options: ArduinoCloudOptions) -> None:
        self._caller, self._options = caller, options

    async def of_serial(self, usb_serial: str) -> tuple[str, ...]:
        """As `KeepsDevices.devices`; an empty serial number would name them all, so it names none."""
        if not usb_serial:
            return ()
        reply = await self._caller.get(_DEVICES, params={"serial": usb_serial})
        listed = _body(reply)
        if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
            raise CloudNonsense("the cloud's answer is no list of devices")
        return tuple(
            _text(each, "id")
            for each in listed
            if each.get("serial") == usb_serial and not each.get("deleted_at")
        )

    async def is_there(self, device: str) -> bool:
        """As `KeepsDevices.has_device`; what lies in the cloud's bin is not there."""
        reply = await self._caller.get(_at(device))
        if reply.status == 404:
            return False
        return not _mapping(_body(reply)).get("deleted_at")

    async def create(self, unit: Unit, name: str, connection: Connection) -> str:
        """As `KeepsDevices.create_device`."""
        body = {
            "name": name,
            "type": device_type(unit),
            "fqbn": unit.hardware.fqbn,
            "serial": unit.usb_serial,
            "connection_type": str(connection),
            "user_id": _OWN_USER,
        }
        return _text(_mapping(await self._done("PUT", _DEVICES, body)), "id")

    async def create_lora(self, unit: Unit, name: str, eui: str, frequency_plan: str) -> Claim:
        """As `KeepsDevices.create_lora_device`."""
        body = {
            "app": _LORA_APP,
            "eui": eui.lower(),  # the API's description takes no other
            "frequency_plan": frequency_plan,
            "name": name,
            "serial": unit.usb_serial,
            "type": device_type(unit),
            "user_id": _OWN_USER,
        }
        told = _mapping(await self._done("PUT", "iot/v1/lora-devices/", body))
        keys = tuple((each, SecretStr(_text(told, each))) for each in ("app_eui", "app_key"))
        return Claim(cloud=NAME, device_id=_text(told, "device_id"), write=keys)

    async def certify(self, device: str, request: SigningRequest) -> Certificate:
        """As `KeepsDevices.certify`; asked twice there are two certificates, and both are good."""
        body = {"ca": self._options.ca, "csr": _pem(request.der), "enabled": True}
        told = _mapping(await self._done("PUT", f"{_at(device)}/certs", body))
        try:
            return _certificate(told)
        except (ValueError, TypeError, KeyError):
            raise CloudNonsense("the cloud's answer holds no whole certificate") from None

    async def set_key(self, device: str, key: SecretStr) -> None:
        """As `KeepsDevices.set_key`."""
        body = {"password": key.get_secret_value()}
        await self._done("PUT", f"{_at(device)}/pass", body)

    async def rename(self, device: str, name: str) -> None:
        """As `KeepsDevices.rename`."""
        await self._done("POST", _at(device), {"name": name})

    async def tag(self, device: str, tags: Mapping[str, str]) -> None:
        """As `KeepsDevices.tag`."""
        for key, value in tags.items():
            await self._done("PUT", f"{_at(device)}/tags", {"key": key, "value": value})

    async def attach(self, device: str, thing: str) -> None:
        """As `KeepsDevices.attach`."""
        path = f"iot/v2/things/{quote(thing, safe='')}"
        await self._done("POST", path, {"device_id": device}, {"force": "true"})

    async def delete(self, device: str) -> bool:
        """As `KeepsDevices.delete_device`."""
        force = "true" if self._options.delete_for_good else "false"
        reply = await self._caller.send("DELETE", _at(device), params={"force": force})
        if reply.status == 404:
            return False
        _body(reply)
        return True

    async def secret_names(self, kind: str, connection: Connection) -> tuple[str, ...]:
        """As `KeepsDevices.secret_names`."""
        path = f"iot/v1/network_credentials/{quote(kind, safe='')}"
        reply = await self._caller.get(path, params={"connection": str(connection)})
        listed = _body(reply)
        if not isinstance(listed, list):
            raise CloudNonsense("the cloud's answer is no list of names")
        return tuple(_text(_mapping(each), "secret_name") for each in listed)

    async def _done(
        self, method: str, path: str, body: Any, params: Mapping[str, str] | None = None
    ) -> Any:
        return _body(await self._caller.send(method, path, body=body, params=params))


def device_type(unit: Unit) -> str:
    """Return what the cloud calls a kind of device: the third part of the FQBN.

    Raises:
        NotClaimable: the product has no such name.

    """
    parts = unit.hardware.fqbn.split(":")
    if len(parts) < 3 or not parts[2]:
        raise NotClaimable(f"{unit.hardware.title} has no name that its cloud knows")
    return parts[2]


def _certificate(told: Mapping[str, Any]) -> Certificate:
    parts = _mapping(told.get("compressed"))
    begins, ends = _instant(parts["not_before"]), _instant(parts["not_after"])
    signature = (_number(parts[f"signature_asn1_{name}"], 32) for name in "xy")
    return Certificate(
        pem=_text(told, "pem"),
        not_before=begins.strftime("%Y-%m-%dT%H:%M:%SZ"),
        valid_years=ends.year - begins.year,
        serial=_number(parts["serial"], 16),
        authority_key=_number(parts["authority_key_identifier"], 20),
        signature=b"".join(signature),
    )


def _instant(text: str) -> datetime:
    when = datetime.fromisoformat(text)
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _number(hexadecimal: str, size: int) -> bytes:
    """Read a number of `size` bytes; zeros in front may be left out of it."""
    digits = hexadecimal.strip()
    if not digits or len(digits) > 2 * size:
        raise ValueError("too long, or nothing")
    return bytes.fromhex(digits.zfill(2 * size))


def _pem(der: bytes) -> str:
    lines = textwrap.wrap(base64.b64encode(der).decode(), 64)
    begin, end = (f"-----{word} CERTIFICATE REQUEST-----" for word in ("BEGIN", "END"))
    return "\n".join([begin, *lines, end, ""])


def _at(device: str) -> str:
    return f"{_DEVICES}/{quote(device, safe='')}"


def _body(reply: Reply) -> Any:
    if reply.status not in _DONE:
        raise refused(reply)
    return reply.body


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise CloudNonsense("the cloud's answer is of another shape")
    return value


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value:
        raise CloudNonsense(f"the cloud's answer has no {name}")
    return value
