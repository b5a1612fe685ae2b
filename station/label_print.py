"""A label on its way out: committed before the printer is touched, and how that went after it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from station.desk import Post
from station.faults import Fault, LabelOtherRecipe, PrinterFault, PrinterNeedsHand
from station.label_content import Content, content_of
from station.label_options import LABEL, LabelPlan
from station.labels import Job, Printer, documents
from station.model import LabelCame, Lamp, LampTurned
from station.record import Approved
from station.record.labels import LabelNote
from station.registry import Equipment
from station.run import Run
from station.step import Bench
from station.stock import Stock

GRACE_S = 3.0
"""How long a label that is being printed is waited for when its run is stopped, in seconds."""

MENDED_WITHIN_S = 300.0
"""How long a unit waits for a hand at the printer, in seconds: a new roll takes a minute or two."""

LOOK_AGAIN_S = 1.0

PRINTER = "printer"
"""The lamp."""


@dataclass(frozen=True, slots=True)
class Again:
    """A label that is asked for once more.

    `unit` and `operator` are the record's numbers, `approved` a second person's word and reason
    (`Override.REPRINT`); `slot` is where the unit sits, if it does.
    """

    unit: int
    operator: int
    approved: Approved
    slot: str = ""


async def reprint(bench: Bench, stock: Stock, equipment: Equipment, again: Again) -> LabelCame:
    """Print the last label of a unit once more, and tell that it came.

    It is made anew from the record, with the recipe's template as it is now, and has a row of its
    own in the record, beside the override. The printer is not waited for: it can be asked again.

    Raises:
        LabelMissing: the unit was never given one.
        LabelOtherRecipe: that was by another recipe, or the recipe at hand prints nothing.
        LabelMisfit: what the unit has to say does not fit on it any more.
        PrinterFault: nothing was printed.
        PrintUnknown: nobody knows; the unit's next run asks.

    """
    plan, record = equipment.label, bench.record
    last = await record.labels.last(again.unit)
    if plan is None or last.recipe != equipment.recipe.name:
        raise LabelOtherRecipe(last.recipe)
    content = await content_of(record, stock, plan, equipment.cloud, last.run)
    told = _note(last.run, plan, content)
    await _print(
        bench,
        stock.printer(plan.options.printer),
        content,
        told,
        lambda: record.labels.begin_again(again.unit, told, last, again.operator, again.approved),
    )
    came = LabelCame(again.slot, content.unit, told.job, again=True)
    bench.post(came)
    return came


async def print_for(run: Run, plan: LabelPlan, content: Content) -> None:
    """Print the label of the unit of `run`; a printer that needs a hand is waited for.

    Raises:
        LabelMisfit: the unit has no such field, or its value can't stand there.
        PrinterFault: nothing was printed.
        PrintUnknown: nobody knows; it stays open in the record.

    """
    clock = asyncio.get_running_loop().time
    ends_s = clock() + MENDED_WITHIN_S
    while True:
        told = _note(run.number, plan, content)
        begin = _begins(run, told)
        try:
            await _print(run.bench, run.stock.printer(plan.options.printer), content, told, begin)
        except PrinterNeedsHand as fault:
            if clock() > ends_s:
                raise
            run.prompt(fault)
            await asyncio.sleep(LOOK_AGAIN_S)
        else:
            run.bench.post(LabelCame(run.slot, content.unit, told.job, again=False))
            return


async def look_at_printer(stock: Stock, equipment: Equipment) -> bool:
    """Return whether the recipe's printer says that it can print; True where it has none.

    Raises:
        PrinterFault: it can't.
        SettingsWrong: the settings are wrong.

    """
    plan = equipment.label
    if plan is None or plan.template is None:
        return True
    return await stock.printer(plan.options.printer).probe()


async def show_printer(post: Post, stock: Stock, equipment: Equipment) -> None:
    """Turn the printer's lamp as it stands, where the recipe has one."""
    if equipment.label is None or equipment.label.template is None:
        return
    try:
        await look_at_printer(stock, equipment)
    except Fault as fault:
        post(LampTurned(PRINTER, Lamp.BAD, fault.trouble))
    else:
        post(LampTurned(PRINTER, Lamp.GOOD))


def _begins(run: Run, told: LabelNote) -> Callable[[], Awaitable[int]]:
    return lambda: run.bench.record.labels.begin(run.number, told, LABEL)


def _note(run: int, plan: LabelPlan, content: Content) -> LabelNote:
    job = f"{run:06d}-{secrets.token_hex(4)}"
    return LabelNote(job, content.digest, plan.name, plan.options.printer)


async def _print(
    bench: Bench,
    printer: Printer,
    content: Content,
    told: LabelNote,
    begin: Callable[[], Awaitable[int]],
) -> None:
    """Print one label and turn the printer's lamp; `begin` commits that it is about to be."""
    job = documents.job(told.job, content.template, content.fields, printer.form)
    try:
        await printer.probe()
        await _to_its_end(_print_and_note(bench, printer, job, begin))
    except PrinterFault as fault:
        bench.post(LampTurned(PRINTER, Lamp.BAD, fault.trouble))
        raise
    bench.post(LampTurned(PRINTER, Lamp.GOOD))


async def _print_and_note(
    bench: Bench, printer: Printer, job: Job, begin: Callable[[], Awaitable[int]]
) -> None:
    labels, row = bench.record.labels, await begin()
    try:
        await printer.print(job)
    except PrinterFault as fault:
        if not fault.leaves_open:
            await labels.failed((row,), fault.code)
        raise
    await labels.came((row,))


async def _to_its_end(work: Awaitable[None]) -> None:
    """Await `work`; when the caller is cancelled give it a while, for a label is quickly printed.

    What is cut off after that leaves open whether the label came.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        try:
            await asyncio.wait([task], timeout=GRACE_S)
        finally:  # stopped once more: it is not waited for any longer
            task.cancel()
            task.add_done_callback(_forget)
        await asyncio.wait([task])
        raise


def _forget(task: asyncio.Future[None]) -> None:
    if not task.cancelled():
        task.exception()  # the run has its own reason
