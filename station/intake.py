"""Takes a vendor's file of gathered tokens into the offline queue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from station import __version__
from station.csv_text import listed
from station.faults import FileWrong
from station.model import Identity, Proof
from station.recipes import Recipe
from station.record import Record, RunNote
from station.record.imports import Gathered
from station.record.runs import IMPORT
from station.seal import Seal
from station.vendor_csv import GatheredToken, sift_gathered
from station.wire import attestation

STEP = "queue"


@dataclass(frozen=True, slots=True)
class Source:
    """Who takes which file in, at which station, for which cloud. `place` is its address."""

    file: str
    operator: str
    station: str
    recipe: Recipe
    place: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds: the newest good row of each unit by its number, and the mistakes."""

    rows: Mapping[int, GatheredToken]
    mistakes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """How many tokens wait now, how many newer ones did already, and what was wrong with others."""

    taken: int
    known: int
    mistakes: tuple[str, ...]


def read(data: bytes, *, skip: bool) -> Sheet:
    """Read a file of gathered tokens: UTF-8, or UTF-16 as PowerShell writes it.

    Raises:
        FileWrong: it is no such file; or rows are damaged, each named by row and column, and they
            are not to be skipped.

    """
    sheet = _sorted_out(*sift_gathered(_text_of(data)))
    if sheet.mistakes and not skip:
        raise FileWrong(listed(sheet.mistakes))
    return sheet


async def take_in(record: Record, sheet: Sheet, source: Source, seal: Seal, *, skip: bool) -> Taken:
    """Put the tokens of a file into the queue: all of them or none, unless wrong ones are skipped.

    Raises:
        FileWrong: the record knows units otherwise; the rows are named, and not to be skipped.
        RecordFault: nothing could be written.

    """
    if not sheet.rows:
        return Taken(0, 0, sheet.mistakes)
    recipe = source.recipe
    shift = await record.begin_shift(
        source.operator, f"import {source.file}", recipe.name, recipe.digest, len(sheet.rows)
    )
    note = RunNote(
        slot="",
        port=source.file,
        usb_serial="",
        recipe=recipe.name,
        recipe_digest=recipe.digest,
        procedure=IMPORT,
        steps=(STEP,),
        operator=shift.operator,
        work_order=shift.work_order,
        station=source.station,
        software=__version__,
    )
    kind = recipe.board
    gathered = [_gathered(f"row {row}", each, kind, seal) for row, each in sheet.rows.items()]
    try:
        done = await record.queue.take_in(note, source.place, gathered, skip=skip)
    finally:
        await record.end_shift(shift)
    return Taken(done.taken, done.known, (*sheet.mistakes, *done.refused))


def _text_of(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise FileWrong("it is no text in UTF-8") from None


def _sorted_out(found: Iterable[tuple[int, GatheredToken]], mistakes: Iterable[str]) -> Sheet:
    newest: dict[str, tuple[int, GatheredToken]] = {}
    wrong = list(mistakes)
    partner: dict[str, str] = {}
    for number, each in found:
        # one of two units has the other's number: nobody can tell which row to believe
        if partner.setdefault(each.device_id, each.imei) != each.imei:
            wrong.append(f"row {number}, column imei: another one than before with this uuid")
        elif partner.setdefault(each.imei, each.device_id) != each.device_id:
            wrong.append(f"row {number}, column uuid: another one than before with this imei")
        elif each.device_id not in newest or newest[each.device_id][1].at <= each.at:
            newest[each.device_id] = (number, each)
    return Sheet(dict(newest.values()), tuple(wrong))


def _gathered(where: str, token: GatheredToken, kind: str, seal: Seal) -> Gathered:
    said = attestation.read(token.token.get_secret_value())
    ids = (("imei", token.imei), ("uuid", token.device_id))
    # the board itself writes its model with a dash
    model = said.device_type_name.replace(" ", "-")
    return Gathered(
        where,
        Identity(kind, token.imei, model, firmware="", ids=ids),
        Proof("attestation", "uuid", token.device_id, token.token),
        seal.close(token.token),
        token.at.isoformat(timespec="milliseconds"),
    )
