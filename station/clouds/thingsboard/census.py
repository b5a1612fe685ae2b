"""Many devices of the register at once: as few requests as their number allows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from station.clouds.replies import NotThere
from station.clouds.thingsboard.rest import MOST_PAGES, Rest, object_in
from station.clouds.thingsboard.shapes import id_in, text_in
from station.faults import CloudBroken, CloudNonsense, ReplyLost

ROWS = 1000
"""Devices a page; a page of a thousand is some hundreds of kilobytes."""

FEW = 50
"""Names up to which each is asked for by itself: there may be a million others."""

AT_A_TIME = 8
PROVISION_STATE = "provisionState"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Held:
    """A device of the register: its id, its profile's id and name."""

    id: str
    profile_id: str
    profile: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a device's attributes are, as texts; one that it has not is empty."""

    id: str
    name: str
    values: Mapping[str, str]


async def named(rest: Rest, names: Collection[str]) -> dict[str, Held]:
    """Return those of the tenant's devices, of whichever profile, that have one of these names.

    Raises:
        CloudFault: the register can't be asked.

    """
    if len(names) > FEW:
        return await _listed(rest, frozenset(names))
    found: dict[str, Held] = {}

    async def look(name: str) -> None:
        try:
            reply = await rest.get("api/tenant/devices", {"deviceName": name})
        except NotThere:
            return
        found[name] = _held(object_in(reply))

    await each(names, look)
    return found


async def of_profile(rest: Rest, profile_id: str) -> tuple[str, ...]:
    """Return the names of a profile's devices, in their order; raises as `named`."""
    asked = {"deviceProfileId": profile_id, "sortProperty": "name"}
    pages = rest.listed("api/tenant/deviceInfos", asked, ROWS)
    return tuple([text_in(each, "name") async for each in pages])


async def attributes(
    rest: Rest, profile: str, keys: Iterable[str], start: str = ""
) -> AsyncIterator[Told]:
    """Yield the server's attributes `keys` of a profile's devices whose names begin with `start`.

    `profile` is its name. Numbers come as the server writes them; JSON comes as its text.

    Raises:
        CloudNonsense: it is no list, or never ends.
        CloudFault: the register can't be asked.

    """
    # servers before 3.5 know one type, later ones a list of them
    asked = {
        "type": "deviceType",
        "deviceType": profile,
        "deviceTypes": [profile],
        "deviceNameFilter": start,
    }
    async for told in _answered(rest, asked, keys):
        yield told


async def attributes_of(rest: Rest, ids: Iterable[str], keys: Iterable[str]) -> AsyncIterator[Told]:
    """Yield the server's attributes `keys` of the devices that have these ids, as `attributes`."""
    asked = {"type": "entityList", "entityType": "DEVICE", "entityList": list(ids)}
    async for told in _answered(rest, asked, keys):
        yield told


def start_of(names: Iterable[str]) -> str:
    """Return what all names begin with, as far as it is no pattern of the database's LIKE."""
    known = list(names)
    first, last = (min(known), max(known)) if known else ("", "")
    ends = (at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b)
    start = first[: next(ends, min(len(first), len(last)))]
    return start.partition("\\")[0].partition("%")[0]


async def each(
    items: Iterable[T], work: Callable[[T], Awaitable[None]], at_a_time: int = AT_A_TIME
) -> None:
    """Do `work` on each of `items`, some at a time; the first that fails ends them all."""
    waiting = iter(items)

    async def lane() -> None:
        for item in waiting:
            await work(item)

    lanes = [asyncio.ensure_future(lane()) for _ in range(at_a_time)]
    try:
        await asyncio.gather(*lanes)
    finally:
        for one in lanes:
            one.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)


async def _listed(rest: Rest, names: frozenset[str]) -> dict[str, Held]:
    asked = {"sortProperty": "name"}
    if start := start_of(names):
        asked["textSearch"] = start
    found: dict[str, Held] = {}
    async for each in rest.listed("api/tenant/devices", asked, ROWS):
        if (name := text_in(each, "name")) in names:
            found[name] = _held(each)
    return found


async def _answered(
    rest: Rest, entity_filter: Mapping[str, Any], keys: Iterable[str]
) -> AsyncIterator[Told]:
    name = {"type": "ENTITY_FIELD", "key": "name"}
    asked: dict[str, Any] = {
        "entityFilter": entity_filter,
        "entityFields": [name],
        "latestValues": [{"type": "SERVER_ATTRIBUTE", "key": key} for key in keys],
        "keyFilters": [],
    }
    for number in range(MOST_PAGES):
        link = {"pageSize": ROWS, "page": number, "sortOrder": {"key": name, "direction": "ASC"}}
        page = await _queried(rest, {**asked, "pageLink": link})
        data = page.get("data")
        if not isinstance(data, list):
            raise CloudNonsense("a page without data")
        for told in data:
            yield _told(told)
        if page.get("hasNext") is not True:
            return
    raise CloudNonsense(f"more than {MOST_PAGES} pages")


async def _queried(rest: Rest, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Ask; a server that stumbles is asked once more, for a query changes nothing."""
    try:
        return object_in(await rest.post("api/entitiesQuery/find", asked))
    except (ReplyLost, CloudBroken):
        return object_in(await rest.post("api/entitiesQuery/find", asked))


def _held(told: Mapping[str, Any]) -> Held:
    return Held(id_in(told), id_in(told, "deviceProfileId"), text_in(told, "type"))


def _told(told: Any) -> Told:
    try:
        latest = told["latest"]
        values = latest.get("SERVER_ATTRIBUTE", {})
        return Told(
            str(told["entityId"]["id"]),
            str(latest["ENTITY_FIELD"]["name"]["value"]),
            {key: str(value["value"] or "") for key, value in values.items()},
        )
    except (KeyError, TypeError, AttributeError):
        raise CloudNonsense("a device without what was asked for") from None
