"""A scanned list registered in ThingsBoard by bulk import, beside what the server itself takes."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Awaitable, Iterator, Mapping
from contextlib import contextmanager
from time import monotonic

from pydantic import SecretStr

from station.clouds.thingsboard.bulk import enter_many, reconcile
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.profiles import Profiles
from station.clouds.thingsboard.rest import Rest
from station.model import DeviceProfile, Listed
from tests.bench import others
from tests.bench.figures import Figure, ratio
from tests.bench.line import requests_timed

PROFILE = "station-known"


def registered(count: int) -> Iterator[Figure]:
    """Register a list of `count` devices, again when all are there, and compare it with what is.

    Beside it the same rows as one bare request to another server of the kind.
    """
    devices = [Listed(f"TRK-{number:06}", f"00{number:06}", "Line 3") for number in range(count)]
    with _server() as told:
        first, again, compared = asyncio.run(_ours(told, devices))
    with _server() as told:
        bare_s = asyncio.run(_bare(told, devices))
    bare = Figure(f"thingsboard_bare_{count}", bare_s, "s", note="one request, nothing looked at")
    name, note = f"thingsboard_bulk_{count}", "requests: looked for, sent, answers read"
    total = Figure(name, first[0], "s", note=f"in {first[1]} {note}")
    yield from (bare, total)
    yield Figure(f"{name}_requests", first[1], "requests", note="the profile and version included")
    yield ratio(f"{name}_to_bare", total.value, bare)
    note = f"in {again[1]} requests: all are there, and their serials right"
    yield Figure(f"{name}_again", again[0], "s", note=note)
    note = f"in {compared[1]} requests: registered, provisioned, elsewhere, not on the list"
    yield Figure(f"thingsboard_reconcile_{count}", compared[0], "s", note=note)


@contextmanager
def _server() -> Iterator[Mapping[str, str]]:
    with others.program([others.STATION, "simulate", "cloud", "thingsboard"]) as process:
        yield others.next_line(process)


async def _opened(told: Mapping[str, str]) -> tuple[Rest, DeviceProfile]:
    options = ThingsBoardOptions(address=told["http"], profile=PROFILE)
    rest = Rest(options, lambda _: SecretStr(told["api_key"]))
    return rest, await Profiles(rest, options, SecretStr("")).profile()


async def _ours(
    told: Mapping[str, str], devices: list[Listed]
) -> tuple[tuple[float, int], tuple[float, int], tuple[float, int]]:
    rest, profile = await _opened(told)
    try:
        first = await _timed(enter_many(rest, profile, devices), ())
        again = await _timed(enter_many(rest, profile, devices), ())
        found = await reconcile(rest, profile, devices)
        compared = await _timed(reconcile(rest, profile, devices), found)
    finally:
        await rest.close()
    if len(found.registered) != len(devices) or found.unlisted:
        raise RuntimeError(f"not measured: {len(found.registered)} are registered")
    return first, again, compared


async def _timed(work: Awaitable[object], expected: object) -> tuple[float, int]:
    """Return the seconds and the requests that it took."""
    with requests_timed() as asked_s:
        began_s = monotonic()
        told = await work
        taken_s = monotonic() - began_s
    if told != expected:
        raise RuntimeError("not measured: the register said something else")
    return taken_s, len(asked_s)


async def _bare(told: Mapping[str, str], devices: list[Listed]) -> float:
    rest, profile = await _opened(told)
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    for each in devices:
        writer.writerow([each.name, profile.name, each.label, json.dumps({"text": each.serial})])
    columns = [{"type": "NAME"}, {"type": "TYPE"}, {"type": "LABEL"}]
    columns.append({"type": "SERVER_ATTRIBUTE", "key": "serial"})
    mapping = {"columns": columns, "delimiter": ",", "update": False, "header": False}
    sent = {"file": file.getvalue(), "mapping": mapping}
    try:
        began_s = monotonic()
        reply = await rest.post("api/device/bulk_import", sent, within_s=60)
        taken_s = monotonic() - began_s
    finally:
        await rest.close()
    if reply.body["created"] != len(devices):
        raise RuntimeError("not measured: the server did not take every row")
    return taken_s
