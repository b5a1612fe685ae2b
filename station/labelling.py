"""The steps of a run that have to do with labels: match, label, scan.

A unit's own label is scanned before anything is done to it that can't be taken back; a new one is
printed once all else has passed, and is scanned in turn.
"""

from __future__ import annotations

from station.boards import BoardKind, RunsSketches, TakesNetwork
from station.clouds import Cloud
from station.faults import LabelOtherUnit, LabelUnreadable, SketchMissing
from station.label_content import Content, content_of
from station.label_options import LABEL, MATCH, SCAN, LabelPlan
from station.label_print import print_for
from station.model import Asking, Identity, Question, Reading
from station.procedures.arduino_steps import in_boot_loader
from station.record.labels import Pending
from station.run import Answer, Run
from station.scans import UnitLabel, meaning

HAND_WITHIN_S = 900.0
"""How long each step waits for a person, in seconds."""

GREET_WITHIN_S = 30.0
"""How long a board may take to tell what it hears, in seconds, before it runs no sketch of ours."""

MOST_MISTAKES = 3
"""So many labels that are not the one that was just printed, and it is no slip of the hand."""


async def match(run: Run, board: BoardKind, plan: LabelPlan) -> None:
    """Tell the step in which the unit's own label is scanned.

    Raises:
        LabelOtherUnit: it is another unit's.

    """
    async with run.step(MATCH, within_s=HAND_WITHIN_S):
        marks = _by_marks(board)
        identity = marks or await board.identify()
        await run.learn(identity)
        label = await _scanned_label(run, plan, identity)
        also = await run.bench.record.labels.also_known_as(run.number)
        if _fits(label, identity, also):
            return
        if marks and (told := await _told_by(board)):
            await run.learn(told)
            if _fits(label, told, also):
                return
        raise LabelOtherUnit(await _whose(run, label))


async def label(run: Run, plan: LabelPlan, cloud: Cloud) -> None:
    """Tell the steps in which the unit is given its label, and that is scanned.

    Raises:
        PoolEmpty: no serial number is left.
        LabelMisfit: what the unit has to say does not fit on it.
        PrinterFault: nothing was printed; PrintUnknown leaves that open.
        LabelUnreadable, LabelOtherUnit: what was scanned is not what was printed.

    """
    async with run.step(LABEL, within_s=HAND_WITHIN_S):
        record = run.bench.record
        if plan.pool:
            await record.serials.take(run.number, plan.pool)
        content = await content_of(record, run.stock, plan, cloud, run.number)
        was_scanned = await _given(run, plan, content)
    if SCAN in plan.after:
        async with run.step(SCAN, within_s=HAND_WITHIN_S):
            if not was_scanned:
                await _scan_back(run, plan, content)


async def _given(run: Run, plan: LabelPlan, content: Content) -> bool:
    """See that the unit has this label, once; return whether it was scanned already."""
    labels, was_scanned = run.bench.record.labels, False
    if pending := await labels.pending(run.number):
        was_scanned = await _settle(run, plan, content, pending)
    if job := await labels.job_with(run.number, content.digest):
        await run.note("label kept", {"job": job})
        return was_scanned
    await print_for(run, plan, content)
    return False


async def _settle(run: Run, plan: LabelPlan, content: Content, pending: Pending) -> bool:
    """Ask whether a label came of which nobody knows; return whether it was scanned."""
    labels, mistakes = run.bench.record.labels, 0
    while True:
        answer = await run.ask(Question(Asking.LABEL_THERE, content.unit, True, mistakes))
        if answer is False:
            await labels.failed(pending.rows, "told so")
            return False
        if answer is True and not content.has_codes:
            await labels.came(pending.rows)
            return False
        if isinstance(answer, str) and await _is_of(run, plan, content, pending, answer):
            await labels.came(pending.rows, scanned=True)
            return content.digest == pending.digest
        mistakes += 1


async def _is_of(run: Run, plan: LabelPlan, content: Content, pending: Pending, text: str) -> bool:
    """Tell whether `text` is of the label that may have come; one that said else names the unit."""
    if content.digest == pending.digest:
        return content.is_read_from(text)
    meant = _meant(text, plan)
    also = await run.bench.record.labels.also_known_as(run.number)
    return isinstance(meant, UnitLabel) and meant.fits(Identity("", content.unit, "", ""), also)


async def _scan_back(run: Run, plan: LabelPlan, content: Content) -> None:
    mistakes = wrong = 0
    while True:
        answer = await run.ask(Question(Asking.SCAN_BACK, content.unit, True, mistakes))
        if answer is False:
            await run.check(LabelUnreadable())
            return
        if isinstance(answer, str) and content.is_read_from(answer):
            await run.bench.record.labels.scanned(run.number, content.digest)
            return
        mistakes += 1
        if isinstance(meant := _meant(answer, plan), UnitLabel):
            wrong += 1
            if wrong >= MOST_MISTAKES:
                raise LabelOtherUnit(await _whose(run, meant))


async def _scanned_label(run: Run, plan: LabelPlan, identity: Identity) -> UnitLabel:
    """Ask for the unit's label until one is scanned."""
    mistakes = 0
    while True:
        answer = await run.ask(Question(Asking.MATCH, identity.serial, mistakes=mistakes))
        if isinstance(meant := _meant(answer, plan), UnitLabel):
            return meant
        mistakes += 1


def _meant(answer: Answer, plan: LabelPlan) -> object:
    """Return what was scanned; whatever is no command is a label here, or nothing."""
    if not isinstance(answer, str):
        return None
    return meaning(answer, Reading(badge="", order="", unit=plan.options.unit))


def _by_marks(board: BoardKind) -> Identity | None:
    """Return who a board is by its marks alone, where it may run nothing yet that could tell."""
    if not isinstance(board, RunsSketches) or in_boot_loader(board):
        return None
    if not (serial := board.unit.usb_serial):
        return None
    hardware = board.unit.hardware
    ids = (("usb serial", serial),)
    return Identity(board.name, serial, hardware.title, "", hardware.fqbn, ids)


async def _told_by(board: BoardKind) -> Identity | None:
    """Ask a board who it is; None when nothing runs on it that could tell."""
    try:
        if isinstance(board, TakesNetwork):
            await board.greet(GREET_WITHIN_S)
        return await board.identify()
    except SketchMissing:
        return None


def _fits(label: UnitLabel, identity: Identity, also: tuple[str, ...]) -> bool:
    # what is only told will do: it takes a hand that holds the very label to be wrong here
    return label.fits(identity, (*also, *(value for _, value in identity.told)))


async def _whose(run: Run, label: UnitLabel) -> str:
    """Say whose label it is, where the record knows; its text may hold a secret and is not told."""
    owner = await run.bench.record.labels.owner(label.names)
    return f"it is the label of {owner}" if owner else ""
