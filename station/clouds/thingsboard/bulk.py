"""A whole list of devices: registered by ThingsBoard's bulk import, and compared with the register.

The import overwrites what it finds, whatever it is told: only names that nobody has are sent.
A text in a cell becomes a number wherever it can, by two rules one after the other; so a serial that
either would cast goes in as the JSON that `attributes` keeps it in: `{"text": "0012345"}`. Read from
the server's AbstractBulkImportService, TypeCastUtil and JsonConverter.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from station.clouds.replies import one_line
from station.clouds.thingsboard import attributes, census
from station.clouds.thingsboard.attributes import SERIAL, kept, to_keep
from station.clouds.thingsboard.census import PROVISION_STATE, Held
from station.clouds.thingsboard.rest import Rest, object_in
from station.clouds.thingsboard.words import check_name
from station.csv_text import listed
from station.faults import CloudFault, CloudNonsense, FileWrong, NameRefused
from station.model import DeviceProfile, Listed, Reconciled

MOST_ROWS = 500
"""Rows of one import.

The server saves them one by one, some milliseconds each, on as many threads as it has cores, and
proxies give up after a minute. More rows save nothing: ten thousand took as long by 500 as by 2000.
"""

WITHIN_S = 60.0
JSON_CELLS_SINCE = (4, 3)
"""Before it a cell of JSON was kept as a text (thingsboard 7be97f3)."""

LONGEST = 255
_LINE = re.compile(r"Line (\d{1,9}): (?:[\w.$]+: ?)?(.*)", re.DOTALL)
_NO_WORDS = "the cloud does not say why"


async def enter_many(
    rest: Rest, profile: DeviceProfile, devices: Sequence[Listed]
) -> tuple[tuple[str, str], ...]:
    """Register a list under a profile; return the names that were refused, each with the reason.

    A device that is there under this profile keeps what it has; only a serial that it lacks is
    added. So a list can be registered again, whole, when something went wrong on the way.

    Raises:
        FileWrong: a name is on the list twice.
        CloudFault: a part may be registered; with `leaves_open` perhaps more than was told.

    """
    _check_twice(devices)
    kind = await _name_of(rest, profile)
    refused = {each.name: why for each in devices if (why := _unfit(each))}
    known = await census.named(rest, [each.name for each in devices if each.name not in refused])
    refused |= _elsewhere(known, profile)
    json_cells = await rest.version() >= JSON_CELLS_SINCE
    unsure = [each for each in devices if each.name in known]
    new = [each for each in devices if each.name not in known and each.name not in refused]
    for some in _parts(new):
        no, lost = await _entered(rest, profile, kind, some, json_cells=json_cells)
        refused |= no
        unsure += lost
    late = unsure if json_cells else devices
    refused |= await _serials(rest, kind, [each for each in late if each.name not in refused])
    return tuple((each.name, refused[each.name]) for each in devices if each.name in refused)


async def reconcile(rest: Rest, profile: DeviceProfile, devices: Sequence[Listed]) -> Reconciled:
    """Compare a list with what is registered; nothing is changed.

    Raises:
        CloudFault: the register can't be asked.

    """
    kind = await _name_of(rest, profile)
    names = tuple(dict.fromkeys(each.name for each in devices))
    ours = await census.of_profile(rest, profile.id)
    own = frozenset(ours)
    away = await census.named(rest, [name for name in names if name not in own])
    start = census.start_of(name for name in names if name in own)
    provisioned = {
        told.name
        async for told in census.attributes(rest, kind, (PROVISION_STATE,), start)
        if told.values.get(PROVISION_STATE)
    }
    on_list = frozenset(names)
    return Reconciled(
        registered=tuple(name for name in names if name in own),
        missing=tuple(name for name in names if name not in own and name not in away),
        elsewhere=tuple(name for name in names if name in away),
        provisioned=tuple(name for name in names if name in own and name in provisioned),
        unlisted=tuple(name for name in ours if name not in on_list),
    )


def _check_twice(devices: Sequence[Listed]) -> None:
    first: dict[str, int] = {}
    mistakes = [
        f"device {number}: {each.name[:LONGEST]!r} as device {first[each.name]} is"
        for number, each in enumerate(devices, 1)
        if first.setdefault(each.name, number) != number
    ]
    if mistakes:
        raise FileWrong(listed(mistakes))


async def _name_of(rest: Rest, profile: DeviceProfile) -> str:
    """Return what the profile is called now: the import makes a new one of a name it does not know."""
    name = object_in(await rest.get(f"api/deviceProfile/{profile.id}")).get("name")
    if not isinstance(name, str) or not name:
        raise CloudNonsense("a profile without a name")
    return name


def _unfit(device: Listed) -> str:
    """Return why a device can't be sent, empty when it can."""
    try:
        check_name(device.name)
    except NameRefused as no:
        return f"its name: {no.detail}"
    if len(device.serial) > LONGEST:
        return f"its serial has more than {LONGEST} characters"
    return ""


def _elsewhere(known: Mapping[str, Held], profile: DeviceProfile) -> dict[str, str]:
    return {
        name: f"registered already, as {held.profile}"
        for name, held in known.items()
        if held.profile_id != profile.id
    }


def _parts(devices: Sequence[Listed]) -> Iterator[Sequence[Listed]]:
    for first in range(0, len(devices), MOST_ROWS):
        yield devices[first : first + MOST_ROWS]


async def _entered(
    rest: Rest, profile: DeviceProfile, kind: str, devices: Sequence[Listed], *, json_cells: bool
) -> tuple[dict[str, str], Sequence[Listed]]:
    """Import some devices. Return those refused, and those of which not all may have been kept.

    When the answer is lost it is looked what is there, and what is not is sent once more.
    """
    try:
        return await _imported(rest, kind, devices, json_cells=json_cells), ()
    except CloudFault as fault:
        if not fault.leaves_open:
            raise
    there = await census.named(rest, [each.name for each in devices])
    refused = _elsewhere(there, profile)
    left = [each for each in devices if each.name not in there]
    if left:
        refused |= await _imported(rest, kind, left, json_cells=json_cells)
    return refused, devices


async def _imported(
    rest: Rest, kind: str, devices: Sequence[Listed], *, json_cells: bool
) -> dict[str, str]:
    columns: list[dict[str, str]] = [{"type": "NAME"}, {"type": "TYPE"}, {"type": "LABEL"}]
    columns.append({"type": "SERVER_ATTRIBUTE", "key": SERIAL})
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow([column["type"] for column in columns])
    for each in devices:
        writer.writerow([each.name, kind, each.label, _cell(each.serial, json_cells=json_cells)])
    mapping = {"columns": columns, "delimiter": ",", "update": False, "header": True}
    body = {"file": file.getvalue(), "mapping": mapping}
    reply = await rest.post("api/device/bulk_import", body, within_s=WITHIN_S)
    return _refused(object_in(reply), devices)


def _cell(serial: str, *, json_cells: bool) -> str:
    """Return what is stored as `attributes.to_keep` has it; empty when no cell can be."""
    sent = to_keep(serial)
    if isinstance(sent, str):
        return sent
    return json.dumps(sent) if json_cells else ""


def _refused(told: Mapping[str, Any], devices: Sequence[Listed]) -> dict[str, str]:
    """Read the answer to an import: it says of lines what was wrong with them, in any order.

    Raises:
        CloudNonsense: it does not say of each line what became of it.

    """
    lines, done = told.get("errorsList"), [told.get(key) for key in ("created", "updated")]
    if not isinstance(lines, list) or not all(isinstance(count, int) for count in done):
        raise CloudNonsense("an import that tells of no line")
    refused: dict[str, str] = {}
    for line in lines:
        found = _LINE.match(str(line))
        row = int(found[1]) - 2 if found else -1  # the header is line 1
        if not found or not 0 <= row < len(devices):
            raise CloudNonsense("an import that tells of a line that was not sent")
        refused[devices[row].name] = one_line(found[2]) or _NO_WORDS
    if sum(count for count in done if isinstance(count, int)) + len(refused) != len(devices):
        raise CloudNonsense("an import that does not tell of each line")
    return refused


async def _serials(rest: Rest, kind: str, devices: Sequence[Listed]) -> dict[str, str]:
    """Add the serials that the register lacks; return the names whose serial there is another."""
    wanted = {each.name: each for each in devices if each.serial}
    if not wanted:
        return {}
    held = {
        told.name: _serial_in(told.values.get(SERIAL, ""))
        async for told in census.attributes(rest, kind, (SERIAL,), census.start_of(wanted))
        if told.name in wanted
    }
    refused = {
        name: f"registered already, with the serial {held[name][:LONGEST]!r}"
        for name, each in wanted.items()
        if held.get(name) and held[name] != each.serial
    }
    await _add_serials(
        rest, [each for name, each in wanted.items() if not held.get(name) and name not in refused]
    )
    return refused


async def _add_serials(rest: Rest, devices: Collection[Listed]) -> None:
    there = await census.named(rest, [each.name for each in devices])

    async def write(device: Listed) -> None:
        if known := there.get(device.name):
            await attributes.write(rest, known.id, {SERIAL: device.serial})

    await census.each(devices, write)


def _serial_in(text: str) -> str:
    """Return the serial that the text of an attribute stands for."""
    try:
        told = kept(json.loads(text))
    except ValueError:
        return text
    return told if isinstance(told, str) else text
