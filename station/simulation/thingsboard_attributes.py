"""How a device asks ThingsBoard for its attributes."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from station.simulation.thingsboard_nouns import Device


def asked_for(device: Device, request: bytes) -> dict[str, Any]:
    """Return the attributes that `request` names, `{"clientKeys": "a,b", "sharedKeys": "c"}`.

    Raises:
        ValueError: the request is no JSON object.

    """
    keys = json.loads(request)
    if not isinstance(keys, dict):
        raise ValueError("a JSON object is wanted")  # noqa: TRY004  # it is the text that is wrong
    return chosen(device, _names(keys.get("clientKeys")), _names(keys.get("sharedKeys")))


def chosen(device: Device, client: Collection[str], shared: Collection[str]) -> dict[str, Any]:
    """Return a device's own and shared attributes by group, as it is told them; none named: all."""
    groups = (("client", "CLIENT_SCOPE", client), ("shared", "SHARED_SCOPE", shared))
    told = {}
    for group, scope, names in groups:
        kept = device.attributes[scope]
        wanted = names if client or shared else kept
        if found := {name: kept[name] for name in wanted if name in kept}:
            told[group] = found
    return told


def _names(text: Any) -> list[str]:
    return [name for name in str(text).split(",") if name] if text is not None else []
