"""Attributes of devices, in the server's scope; texts stay texts.

ThingsBoard casts a text that reads as a number, so that "0012345" would be 12345 from then on, and
"1.10" 1.1; its bulk import casts more: "true", "12e5", JSON. It looks only at the top of what is
sent: so a text that either would cast is kept as an object with the text in it,
`{"text": "0012345"}`, under its own name, and is the text again when the station reads it. A
dashboard shows it by the path `text`. All other values are kept as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from station.clouds.thingsboard.rest import Rest
from station.faults import CloudNonsense

SERIAL = "serial"
"""The attribute that has a device's serial number."""

_TEXT = "text"
# commons-lang's isParsable and isCreatable: digits of all scripts, hex, exponents, suffixes;
# the import takes a comma for a point
_CAST = re.compile(
    r"\s*([+-]?(0x[\da-f]+|(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?[lfd]?)|true|false|null|[\[{\"].*)\s*",
    re.IGNORECASE | re.DOTALL,
)


def is_cast(text: str) -> bool:
    """Tell whether ThingsBoard might store `text` as something else; rather too often than not."""
    return bool(_CAST.fullmatch(text))


def to_keep(value: Any) -> Any:
    """Return a value as it is to be sent, so that it is stored as it is."""
    return {_TEXT: value} if isinstance(value, str) and is_cast(value) else value


def kept(value: Any) -> Any:
    """Return what was given to `to_keep`."""
    if isinstance(value, Mapping) and value.keys() == {_TEXT}:
        text = value[_TEXT]
        if isinstance(text, str) and is_cast(text):
            return text
    return value


async def read(rest: Rest, device: str, names: Sequence[str]) -> dict[str, Any]:
    """Return those of the attributes `names` that the device with this id has.

    Raises:
        NotThere: there is no such device.

    """
    reply = await rest.get(f"{_at(device)}/values/attributes/SERVER_SCOPE", _keys(names))
    told = [] if reply.body is None else reply.body
    if not isinstance(told, list):
        raise CloudNonsense("attributes that are no list")
    return {
        each["key"]: kept(each.get("value"))
        for each in told
        if isinstance(each, Mapping) and each.get("key") in names
    }


async def write(rest: Rest, device: str, values: Mapping[str, Any]) -> None:
    """Write attributes; None leaves one as it is, for the server takes no null.

    Raises:
        NotThere: there is no such device.

    """
    sent = {name: to_keep(value) for name, value in values.items() if value is not None}
    if sent:  # the server refuses an empty object
        await rest.post(f"{_at(device)}/attributes/SERVER_SCOPE", sent)


async def remove(rest: Rest, device: str, names: Sequence[str]) -> None:
    """Remove attributes; those that are not there too.

    Raises:
        NotThere: there is no such device.

    """
    await rest.delete(f"{_at(device)}/SERVER_SCOPE", _keys(names))


def _at(device: str) -> str:
    return f"api/plugins/telemetry/DEVICE/{device}"


def _keys(names: Sequence[str]) -> dict[str, str]:
    return {"keys": ",".join(names)}
