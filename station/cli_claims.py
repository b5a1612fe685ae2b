"""The offline queue on the command line."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from station.cli_options import (
    UNABLE,
    AsJson,
    DataDir,
    folder_of,
    opened_record,
    record_of,
    show,
    this_user,
)

if TYPE_CHECKING:
    from pydantic import SecretStr

    from station.model import Trouble
    from station.record import Record
    from station.registry import Equipment
    from station.seal import Seal

claims_app = typer.Typer(no_args_is_help=True, help="The offline queue.")

RecipeFile = Annotated[
    Path, typer.Option("--recipe", help="The recipe whose cloud it is.", dir_okay=False)
]


class ExportFormat(StrEnum):
    GATHERED = "gathered"
    ATTESTED = "attested"


@claims_app.command("list")
def claims_list(context: typer.Context, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Show what waits for its cloud and what was refused; never a token."""
    from station.record import questions

    path = record_of(context, data_dir)
    with questions.reading(path) as db:
        found = questions.queued(db)
    for each in found:
        _tell(each, as_json)
    waiting = [each for each in found if each["state"] == "waiting"]
    oldest = min((each["gathered"] for each in waiting), default="")
    counts = {"waiting": len(waiting), "refused": len(found) - len(waiting)}
    if as_json:
        show({"event": "summary", **counts, "oldest": oldest, "record": str(path)}, as_json)
    else:
        since = f", the oldest for {_age(oldest)}" if oldest else ""
        typer.echo(f"{counts['waiting']} wait{since}; {counts['refused']} were refused.")


@claims_app.command("send")
def claims_send(
    context: typer.Context, recipe: RecipeFile, as_json: AsJson = False, data_dir: DataDir = None
) -> None:
    """Send what waits for the recipe's cloud. 1: some were refused; 3: some wait on."""
    from station import logs, registry, seal, secrets

    path = record_of(context, data_dir)
    secret = logs.hiding(secrets.secret)
    equipment = registry.equip(recipe, secret)
    logs.begin(path.parent)
    with opened_record(path) as record:
        sender = _Sender(record, equipment, as_json)
        # a new key would open nothing of what was sealed with the one that is missing
        status = asyncio.run(sender.send(lambda: seal.Seal(secret(seal.NAME))))
    raise typer.Exit(status)


@claims_app.command("export")
def claims_export(
    context: typer.Context,
    form: Annotated[ExportFormat, typer.Option("--format", help="Which of the vendor's files.")],
    place: Annotated[
        str | None, typer.Option(help="The cloud's address, where proofs for several wait.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Write what waits as a vendor's CSV file to standard output, WITH THE TOKENS IN CLEAR.

    Nowhere else do tokens leave the station in clear. Whoever has the file can
    claim the units: keep it where nobody else reads it, and erase it after use.
    """
    from station import logs, seal, secrets
    from station.record import questions

    path = record_of(context, data_dir)
    with questions.reading(path) as db:
        waiting = questions.waiting(db)
    places = sorted({row["place"] for row in waiting})
    if place is None and len(places) > 1:
        raise typer.BadParameter(f"--place chooses one of {', '.join(places)}")
    wanted = [row for row in waiting if place in {None, row["place"]}]
    if not wanted:
        typer.echo("Nothing waits.", err=True)
        return
    text = _file(form, wanted, seal.Seal(secrets.secret(seal.NAME)))
    logs.begin(path.parent)
    who = this_user()
    logging.getLogger(__name__).info("%d tokens exported in clear by %s", len(wanted), who)
    sys.stdout.write(text)


@claims_app.command("import")
def claims_import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(dir_okay=False, exists=True)],
    recipe: RecipeFile,
    *,
    skip_damaged: Annotated[
        bool, typer.Option("--skip-damaged", help="Take in the good rows of a damaged file.")
    ] = False,
    operator: Annotated[str, typer.Option(help="Who takes it in.")] = "",
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Take a vendor's file of gathered tokens (imei,uuid,token,time) into the queue."""
    from station import intake, logs, registry, secrets, settings
    from station.folder import RECORD
    from station.seal import Seal

    folder = folder_of(context, data_dir)
    sheet = intake.read(file.read_bytes(), skip=skip_damaged)
    equipment = registry.equip(recipe, _no_key_is_needed)
    source = intake.Source(
        file=file.name,
        operator=operator or this_user(),
        station=settings.load(folder).station,
        recipe=equipment.recipe,
        place=equipment.cloud.address,
    )
    seal = Seal.of(logs.hiding(secrets.secret), secrets.store)
    with opened_record(folder / RECORD) as record:
        done = asyncio.run(intake.take_in(record, sheet, source, seal, skip=skip_damaged))
    for mistake in done.mistakes:
        typer.echo(f"left out: {mistake}", err=True)
    told = {"taken": done.taken, "known": done.known, "left_out": len(done.mistakes)}
    if as_json:
        show({"event": "summary", **told, "record": str(folder / RECORD)}, as_json)
    else:
        typer.echo(
            f"{done.taken} wait for {source.place} now; {done.known} did already;"
            f" {len(done.mistakes)} were left out."
        )


class _Sender:
    """Sends the queue of a record to one cloud, and tells how it goes."""

    def __init__(self, record: Record, equipment: Equipment, as_json: bool) -> None:
        self._record, self._cloud, self._as_json = record, equipment.cloud, as_json

    async def send(self, seal: Callable[[], Seal]) -> int:
        """Send until nothing waits or the cloud refuses; return the exit status."""
        from time import monotonic

        from station.faults import Fault
        from station.headless import complain

        began_s = monotonic()
        trouble: Trouble | None = None
        first = await self._record.queue.length(self._cloud.address)
        before = self._refused()
        try:
            if first.waiting:
                await self._drain(seal())
        except Fault as fault:
            trouble = fault.trouble
            complain(trouble)
        finally:
            await self._cloud.close()
        last = await self._record.queue.length(self._cloud.address)
        refused = [each for key, each in self._refused().items() if key not in before]
        for each in refused:
            _tell(each, self._as_json)
        answered = first.waiting - last.waiting
        self._sum_up(answered, len(refused), last.waiting, monotonic() - began_s)
        if last.waiting and not trouble:
            typer.echo(f"The cloud did not answer for {last.waiting}; they wait on.", err=True)
        if last.waiting or trouble:
            return UNABLE
        return 1 if refused else 0

    async def _drain(self, seal: Seal) -> None:
        from station.clouds import TakesProofs
        from station.drain import Drain
        from station.faults import RecipeWrong
        from station.headless import as_data
        from station.model import Event, QueueStands

        def post(event: Event) -> None:
            if self._as_json:
                show(as_data(event), as_json=True)
            elif isinstance(event, QueueStands):
                typer.echo(f"{event.waiting} wait.")

        cloud = self._cloud
        if not isinstance(cloud, TakesProofs):
            raise RecipeWrong("its cloud takes no proofs, so it has no queue")
        await cloud.prepare()
        drain = Drain(self._record, post)
        await drain.tell(cloud)
        while await drain.send(cloud, seal):
            pass

    def _refused(self) -> dict[tuple[str, str], dict[str, Any]]:
        from station.record import questions

        with questions.reading(self._record.path) as db:
            found = questions.queued(db)
        here = (each for each in found if each["place"] == self._cloud.address)
        return {(each["subject"], each["gathered"]): each for each in here if each["ended"]}

    def _sum_up(self, answered: int, refused: int, waiting: int, seconds: float) -> None:
        claimed = answered - refused
        if self._as_json:
            told = {"units": answered, "passed": claimed, "failed": refused, "waiting": waiting}
            more = {"seconds": round(seconds, 3), "record": str(self._record.path)}
            show({"event": "summary", **told, **more}, as_json=True)
            return
        typer.echo(f"{claimed} claimed, {refused} refused in {seconds:.1f} s; {waiting} wait on.")


def _file(form: ExportFormat, rows: list[dict[str, str]], seal: Seal) -> str:
    from datetime import datetime

    from station.vendor_csv import AttestedDevice, GatheredToken, write_attested, write_gathered

    opened = [(row, seal.open(row["sealed"])) for row in rows]
    if form is ExportFormat.ATTESTED:
        return write_attested(AttestedDevice(row["subject"], token) for row, token in opened)
    return write_gathered(
        GatheredToken(row["imei"], row["subject"], token, datetime.fromisoformat(row["gathered"]))
        for row, token in opened
    )


def _tell(row: dict[str, Any], as_json: bool) -> None:
    state, names = row["state"], row["names"]
    ids = {"unit": row["serial"], "imei": row["imei"], names: row["subject"]}
    why = {"code": row["code"], "words": row["words"]} if row["ended"] else {}
    if as_json:
        times = {"gathered": row["gathered"], "age_s": _seconds_since(row["gathered"])}
        show({"event": state, **ids, "place": row["place"], **times, **why}, as_json)
    else:
        age = {"age": _age(row["gathered"]), "gathered": row["gathered"]}
        show(
            {state: row["serial"], names: row["subject"], **age, "place": row["place"], **why},
            as_json,
        )


def _seconds_since(at: str) -> int:
    from datetime import UTC, datetime

    return max(0, round((datetime.now(UTC) - datetime.fromisoformat(at)).total_seconds()))


def _age(at: str) -> str:
    minutes = _seconds_since(at) // 60
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"


def _no_key_is_needed(name: str) -> SecretStr:
    """Open a cloud that is asked for its address only."""
    from pydantic import SecretStr

    return SecretStr("")
