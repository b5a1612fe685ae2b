"""Entities as ThingsBoard's REST API tells them: ids are objects, absent texts are null."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from station.faults import CloudNonsense

NOBODY = "13814000-1dd2-11b2-8080-808080808080"
"""The null UUID of ThingsBoard: a device of no customer's has it."""


def ref(kind: str, entity: str) -> dict[str, str]:
    """Return an id as the API takes it."""
    return {"entityType": kind, "id": entity}


def id_in(told: Mapping[str, Any], name: str = "id") -> str:
    """Return the UUID of an id object.

    Raises:
        CloudNonsense: there is none.

    """
    held = told.get(name)
    found = held.get("id") if isinstance(held, Mapping) else None
    if not isinstance(found, str) or not found:
        raise CloudNonsense(f"an entity without {name}")
    return found


def text_in(told: Mapping[str, Any], name: str) -> str:
    """Return a text; empty when there is none of this name."""
    held = told.get(name)
    return held if isinstance(held, str) else ""


def object_at(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return an object; an empty one when there is none of this name."""
    held = told.get(name)
    return held if isinstance(held, Mapping) else {}
