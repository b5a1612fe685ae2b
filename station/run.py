"""One run of one procedure on one unit: it keeps the record and tells the watcher."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from pydantic import BaseModel, SecretStr

from station import deeds, run_flash
from station.boards import RunsSketches
from station.clouds import Cloud, ProvisionsDevices, TakesProofs
from station.faults import (
    Bug,
    Fault,
    RecordFault,
    SketchTooOld,
    Stopped,
    TooSlow,
)
from station.flash.images import Shelf, pinned
from station.journal import Deed
from station.model import (
    Advanced,
    Answered,
    Asked,
    Claim,
    Claimed,
    Followed,
    Gesture,
    Identified,
    Identity,
    Image,
    Network,
    Outcome,
    Prompted,
    Proof,
    Question,
    QueueStands,
    RunBegan,
    RunEnded,
    Stage,
)
from station.record import RunNote
from station.run_flash import Writing
from station.seal import Seal
from station.step import Bench, Step
from station.stock import Stock

logger = logging.getLogger(__name__)

T = TypeVar("T")
Chosen = TypeVar("Chosen", bound=BaseModel)

Answer = str | bool
"""What somebody said to a question: the text that was scanned, or yes or no."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a recipe sets for its runs.

    `limits_s` are seconds by step, `options` the procedure's own, `folder` where the recipe lies:
    files that it names are found from there. `station` and `operator` are who does it; `waived` are
    the codes of checks that may fail this once. `meant` is the record's number of the unit that the
    board must be, None for any.
    """

    limits_s: Mapping[str, float] = field(default_factory=dict)
    options: BaseModel | None = None
    stock: Stock = field(default_factory=Stock)
    folder: Path = Path()
    station: str = ""
    operator: str = ""
    waived: frozenset[str] = frozenset()
    meant: int | None = None


class Run:
    """What a procedure holds: a place to name its steps and to say what it has learnt."""

    def __init__(self, bench: Bench, number: int, slot: str, terms: Terms) -> None:
        self.number, self.slot = number, slot
        self._bench, self._terms = bench, terms
        self._step = 0
        self._why: Fault | None = None
        self._telling: asyncio.Task[None] | None = None
        self._answer: asyncio.Future[Answer] | None = None

    def step(self, name: str, *, within_s: float) -> Step:
        """Return the block that is step `name`.

        It is allowed `within_s` seconds, unless the recipe's `[limits]` say otherwise.
        """
        return Step(self, self._bench, name, self._terms.limits_s.get(name, within_s))

    def options(self, kind: type[Chosen]) -> Chosen:
        """Return the procedure's options; `kind` is the model that the procedure declares."""
        given = self._terms.options
        return given if isinstance(given, kind) else kind()

    @property
    def secret(self) -> Callable[[str], SecretStr]:
        """Ask the keystore."""
        return self._terms.stock.secret

    def network(self, name: str) -> Network:
        """Return a network that an engineer has set up.

        Raises:
            NetworkMissing, SettingsWrong: it can't be used.

        """
        return self._terms.stock.network(name)

    @property
    def shelf(self) -> Shelf:
        """Where images lie that were fetched."""
        return self._terms.stock.shelf

    def pinned(self, path: str, sha256: str) -> Image:
        """Return an image that the recipe names.

        Raises:
            ImageMissing, ImageWrong: it is not there, or not the one.

        """
        return pinned(self._terms.folder / path, sha256)

    @property
    def station(self) -> str:
        """What the station is called."""
        return self._terms.station

    @property
    def operator(self) -> str:
        """Who is signed in."""
        return self._terms.operator

    @property
    def folder(self) -> Path:
        """Where the files lie that the recipe names."""
        return self._terms.folder

    @property
    def bench(self) -> Bench:
        """What it shares with all other runs, for the steps beside its story."""
        return self._bench

    @property
    def stock(self) -> Stock:
        """What the station keeps for all runs."""
        return self._terms.stock

    async def learn(self, identity: Identity) -> None:
        """Write down who the unit is.

        Raises:
            IdentityConflict: the record knows one of its ids as another unit's.
            OtherUnit, UnitScrapped: nothing may be done to it.

        """
        seen_before = await self._bench.record.learn(self.number, identity, self._terms.meant)
        self._bench.post(Identified(self.slot, self.number, identity, seen_before))

    async def recognise(self, usb_serial: str) -> None:
        """See that something may be done to the unit that shows this number at its USB socket.

        Raises:
            OtherUnit, UnitScrapped: the record knows that unit, and nothing may.

        """
        if usb_serial:
            await self._bench.record.recognise(self.number, usb_serial, self._terms.meant)

    async def check(self, fault: Fault) -> None:
        """Raise `fault`, by which a check has failed, unless a second person lets it pass this once.

        What is let pass is written down; the run may end well all the same.
        """
        if not fault.skippable or fault.code not in self._terms.waived:
            raise fault
        await self.note("check skipped", {"code": fault.code, "detail": fault.detail})

    async def once(self, deed: Deed[T]) -> T:
        """Do what can't be taken back: written down before, and not done when it is done already.

        Raises:
            Fault: it is certainly not done.
            Unsettled: nobody knows.

        """
        return await self._bench.journal.once(self.number, self._step, deed)

    async def is_open(self, deed: str, key: str, place: str) -> bool:
        """Tell whether the end of such a deed on this unit is not known."""
        return await self._bench.record.is_open(self.number, deed, key, place)

    async def claim_once(self, cloud: TakesProofs, proof: Proof) -> Claim:
        """Make the unit ours, as `once`.

        Raises:
            Fault: it is certainly not ours.
            Unsettled: nobody knows.

        """
        return await self.claim_by(deeds.claim(cloud, proof))

    async def claim_by(self, deed: Deed[T]) -> T:
        """Make the unit ours by `deed`, as `claim_once`."""
        result = await self.once(deed)
        if claim := deed.claim(result):
            self._bench.post(Claimed(self.slot, self.number, claim))
        return result

    async def held(self, cloud: Cloud) -> str:
        """Return what the record says that the unit is at the cloud: the last claim that holds."""
        return await self._bench.record.held(self.number, cloud.address)

    async def was(self, cloud: Cloud) -> tuple[str, ...]:
        """Return all that the unit has ever been at the cloud, and that no other unit is now."""
        return await self._bench.record.was(self.number, cloud.address)

    async def rival(self, cloud: Cloud, device: str) -> str:
        """Return the serial number of another unit that is `device` at the cloud; empty for none."""
        return await self._bench.record.rival(self.number, cloud.address, device)

    async def elsewhere(self) -> str:
        """Return the slot of another run that is under way on this unit; empty for none."""
        return await self._bench.record.elsewhere(self.number)

    async def became(self, cloud: Cloud, claim: Claim, device: str) -> None:
        """Write down that what was claimed is the cloud's `device` from now on.

        Raises:
            DeviceExists: another unit is that.

        """
        held = replace(claim, device_id=device)
        await self._bench.record.hold(self.number, cloud.address, held)
        self._bench.post(Claimed(self.slot, self.number, held))

    async def queue(self, cloud: Cloud, proof: Proof) -> None:
        """Keep a proof, sealed, until it can be sent to the cloud.

        Raises:
            SecretMissing, KeystoreUnsafe, SealBroken: there is no key to seal it with.

        """
        seal = self._terms.stock.seal()
        queue = self._bench.record.queue
        await queue.add(self.number, cloud.address, proof, seal.close(proof.text))
        stands = await queue.length(cloud.address)
        self._bench.post(QueueStands(stands.waiting, stands.oldest, stands.refused))
        self._bench.post(Followed(self.number, "", proof.subject, Stage.QUEUED))

    async def keep(
        self, cloud: ProvisionsDevices, subject: str, what: str, text: SecretStr
    ) -> None:
        """Keep something of the unit that must not be lost, sealed, before it is used.

        Raises:
            SealBroken: the key to seal it with is no key.

        """
        sealed = self._seal(cloud).close(text)
        keepsakes = self._bench.record.keepsakes
        await keepsakes.keep(self.number, cloud.address, subject, what, sealed)

    async def kept(
        self, cloud: ProvisionsDevices, subject: str, what: str
    ) -> tuple[SecretStr, ...]:
        """Return what was kept of the unit, the latest first.

        Raises:
            SealBroken: it was sealed with another key.

        """
        seal, keepsakes = self._seal(cloud), self._bench.record.keepsakes
        found = await keepsakes.kept(self.number, cloud.address, subject, what)
        return tuple(seal.open(each) for each in found)

    async def shared(self, cloud: ProvisionsDevices, subject: str, what: str) -> bool:
        """Tell whether such a thing was kept of another unit under the same subject."""
        keepsakes = self._bench.record.keepsakes
        return await keepsakes.shared(self.number, cloud.address, subject, what)

    async def drop(self, cloud: ProvisionsDevices, subject: str, what: str) -> None:
        """Forget what was kept of the unit."""
        await self._bench.record.keepsakes.drop(self.number, cloud.address, subject, what)

    async def keep_only(
        self, cloud: ProvisionsDevices, subject: str, what: str, text: SecretStr
    ) -> None:
        """Forget all that was kept of the unit but `text`, which is kept if it was not."""
        keepsakes, place, seal = self._bench.record.keepsakes, cloud.address, self._seal(cloud)
        kept = await keepsakes.kept(self.number, place, subject, what)
        sealed = next((each for each in kept if seal.holds(each, text)), "")
        if not sealed:
            sealed = seal.close(text)
            await keepsakes.keep(self.number, place, subject, what, sealed)
        await keepsakes.drop(self.number, place, subject, what, but=sealed)

    def _seal(self, cloud: ProvisionsDevices) -> Seal:
        return self._terms.stock.seal(cloud.provision_words["provision_secret"])

    async def follow(self, cloud: Cloud, claim: Claim, within_s: float) -> None:
        """Expect the unit online within `within_s` seconds, without holding its slot."""
        await self._bench.record.follow_ups.begin(
            self.number, cloud.address, claim.device_id, within_s
        )

    async def flash(self, board: RunsSketches, image: Image) -> None:
        """Write `image` to the board, as `once`; the watcher is told how far it has come.

        A run that is stopped breaks it off: the tool is stopped too, and nothing stays open.

        Raises:
            Fault: it is certainly not there; the next flash mends what this one has left.

        """
        unit = board.unit
        flashing = unit.hardware.flashing
        if flashing is None or not board.flashable:
            raise SketchTooOld(f"{unit.hardware.title} can't be flashed here")
        await self.write(Writing(board, flashing, image, unit.usb_serial or self.slot))

    async def write(self, writing: Writing) -> None:
        """Have an image written, as `flash`; how comes from the recipe."""
        flasher = self._terms.stock.flasher(writing.flashing.tool)
        version, image = await flasher.version(), writing.image
        await run_flash.write(writing, flasher, self.once, self._advance)
        told = {"tool": f"{writing.flashing.tool} {version}", "sha256": image.digest}
        await self.note("flashed", {**told, "sketch": image.version})

    async def holds(self, writing: Writing) -> bool | None:
        """Tell whether the image is there already; None when its tool can't be asked.

        Raises:
            ToolMissing: the tool is not installed.
            Fault: it, or the board, failed.

        """
        flasher = self._terms.stock.flasher(writing.flashing.tool)
        await flasher.version()
        return await run_flash.holds(writing, flasher)

    async def broken_flashes(self) -> tuple[int, ...]:
        """Return the runs that have begun to flash this board, and whose flash has no end."""
        return await self._bench.record.broken_off(self.number, deeds.FLASH)

    def prompt(self, fault: Fault, gesture: Gesture | None = None) -> None:
        """Ask for a person's hand in the words of `fault`; the story goes on and waits for it."""
        self._bench.post(Prompted(self.slot, self.number, fault.trouble, gesture))

    async def ask(self, question: Question) -> Answer:
        """Ask whoever stands before the slot, and wait for the answer as long as the step may."""
        self._answer = asyncio.get_running_loop().create_future()
        self._bench.post(Asked(self.slot, self.number, question))
        try:
            return await self._answer
        finally:
            self._answer = None
            self._bench.post(Answered(self.slot, self.number))

    def answer(self, answer: Answer) -> None:
        """Answer what was asked; nothing happens when nothing was."""
        if self._answer and not self._answer.done():
            self._answer.set_result(answer)

    def _advance(self, done: int, total: int) -> None:
        self._bench.post(Advanced(self.slot, self.number, done, total))

    async def note(self, what: str, data: Mapping[str, Any]) -> None:
        """Write into the trail what is known of the unit now; no secret."""
        await self._bench.record.remark(self.number, what, data)

    def blame(self, exc: BaseException | None) -> Fault | None:
        """Name what a step or run left with; None when it went well."""
        match exc:
            case None:
                return None
            case Fault():
                return exc
            case TimeoutError():
                return TooSlow()
            case asyncio.CancelledError():
                return self._why or Stopped()
            case _:
                logger.error("a bug, not a fault", exc_info=exc)
                return Bug(type(exc).__name__)

    def stop(self, why: Fault) -> None:
        """End the story with `why`; nothing happens once it has ended."""
        if self._telling and not self._telling.done():
            self._why = why
            self._telling.cancel()

    async def tell(self, story: Callable[[Run], Awaitable[None]]) -> Fault | None:
        """Tell `story` and return what it ended with, None when it went well."""
        self._telling = asyncio.ensure_future(_told(story, self))
        try:
            await self._telling
        except (Exception, asyncio.CancelledError) as exc:  # noqa: BLE001 - blame logs a bug
            return self.blame(exc)
        return None

    def entered(self, step: int) -> None:
        """Note that the run is in `step` now; the step itself says so."""
        self._step = step


async def carry_out(
    bench: Bench,
    told: RunNote,
    terms: Terms,
    story: Callable[[Run], Awaitable[None]],
    began: Callable[[Run], None] = lambda run: None,
) -> RunEnded:
    """Tell `story` to its end, commit its outcome and return it as it was read back.

    Never raises for what goes wrong in the story: that is its outcome.
    `began` is given the run before its first step; `Run.stop` ends it from outside.

    Raises:
        RecordFault: not even the beginning could be written down, so nothing was done.

    """
    number = await bench.record.begin_run(told)
    began_s = monotonic()
    bench.post(RunBegan(told.slot, number, told.recipe, told.steps))
    run = Run(bench, number, told.slot, terms)
    began(run)
    fault = await run.tell(story)
    ended = await _end(bench, run, fault, monotonic() - began_s)
    bench.post(ended)
    return ended


async def _end(bench: Bench, run: Run, fault: Fault | None, seconds: float) -> RunEnded:
    outcome = fault.outcome if fault else Outcome.PASS
    trouble = fault.trouble if fault else None
    try:
        verdict = await bench.record.end_run(run.number, outcome, trouble, seconds)
    except RecordFault as broken:
        # nothing was committed, so nothing can be believed: never PASS
        return RunEnded(run.slot, run.number, broken.outcome, "", broken.trouble, seconds)
    return RunEnded(run.slot, run.number, verdict.outcome, verdict.unit, verdict.trouble, seconds)


async def _told(story: Callable[[Run], Awaitable[None]], run: Run) -> None:
    await story(run)
