"""The bench: what a technician does to a unit that came back, and writes into its life.

The engine has one, and hands it its commands:

* `rework`: `place.job = await workshop.job(order, work)`, then the run is begun as any other. A job
  knows its case (`RunNote.repair`) and the unit that is meant (`Terms.meant`): a run on another
  board, or on a unit that was scrapped, stops before anything is done to it (`Run.recognise` before
  the port is opened, `Run.learn` when the board says who it is).
* `open_case`, `close_case`, `scrap`, `adopt`, `write_note`: the verbs of the same names.
* `clouds` are those that a rework may have left something open at: they are settled with as the
  line's own is, and closed by `close`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from station import registry
from station.clouds import Cloud
from station.desk import NO_CODES, Post
from station.faults import CodeUnknown, LabelOtherRecipe, NoCase, SecondNeeded, WordsMissing
from station.gate import Gatekeeper
from station.job import Job
from station.label_print import Again, reprint
from station.model import (
    Amended,
    Approval,
    NewUnit,
    Override,
    Person,
    RepairCode,
    RepairCodes,
    ReworkOrder,
    Right,
)
from station.record import Approved, Record
from station.registry import READ_IDENTITY, Equipment
from station.shift import Work
from station.step import Bench
from station.stock import Stock


def no_recipe(name: str) -> Path:
    """Refuse: this station knows no recipe by its name."""
    raise LabelOtherRecipe(name)


MOST_OPEN = 64
"""How many actions' clouds are kept open: more than there can be slots at work."""


@dataclass(slots=True)
class Workshop:
    """The bench of one station. Every verb raises the fault that says why it is refused.

    `recipes` finds the file of a recipe by its name, or raises LabelOtherRecipe.
    `work` is the shift of whoever asks, who needs the right to rework; `codes` are the factory's
    lists. What was committed is told as `Amended`.
    """

    record: Record
    gate: Gatekeeper
    post: Post
    stock: Stock
    codes: RepairCodes = NO_CODES
    recipes: Callable[[str], Path] = no_recipe
    _open: dict[int, Equipment] = field(default_factory=dict)
    _many: int = 0

    async def job(self, order: ReworkOrder, work: Work) -> Job:
        """Return what is to be done in the slot of `order`.

        Who a board is may be read without a case; anything else is done for the unit's open one.

        Raises:
            NotAllowed, SecondNeeded: not by this person, or not alone.
            NoCase, UnitMissing, UnitScrapped: not to this unit.
            RecipeWrong, ActionMissing, SecretMissing, KeystoreUnsafe: not with this recipe.

        """
        self.gate.require(work.person, Right.REWORK)
        repair = await self._case(order)
        approved = None
        if order.again:
            approved = await self._approved(work.person, Override.AGAIN, order.approval)
        equipment = await self._equip(order.recipe, order.key)
        return Job(
            work,
            equipment.again() if approved else equipment,
            order.recipe.parent,
            repair=repair,
            meant=order.unit,
            approved=approved,
        )

    async def open_case(
        self, work: Work, unit: int, reason: str, fault: str, approval: Approval | None = None
    ) -> None:
        """As `Commands.open_case`.

        Raises:
            NotAllowed, WordsMissing, CodeUnknown: it can't be written down so.
            UnitMissing, UnitScrapped, CaseOpen, ReworkLimit: not for this unit.

        """
        self.gate.require(work.person, Right.REWORK)
        if not reason:
            raise WordsMissing("why it came back")
        _check_codes([reason], self.codes.reasons)
        _check_codes([fault] if fault else [], self.codes.faults)
        approved = None
        if approval:
            approved = await self._approved(work.person, Override.BEYOND, approval)
        serial = await self.record.cases.open(
            unit,
            work.shift.operator,
            reason,
            fault,
            limit=self.codes.limit,
            approved=approved,
        )
        self.post(Amended(unit, serial, "case opened"))

    async def close_case(self, work: Work, unit: int, actions: tuple[str, ...]) -> None:
        """As `Commands.close_case`.

        Raises:
            NotAllowed, WordsMissing, CodeUnknown: it can't be written down so.
            UnitMissing, NoCase: not for this unit.

        """
        self.gate.require(work.person, Right.REWORK)
        if not actions:
            raise WordsMissing("what was done")
        _check_codes(actions, self.codes.actions)
        serial = await self.record.cases.close(unit, work.shift.operator, actions)
        self.post(Amended(unit, serial, "case closed"))

    async def scrap(self, work: Work, unit: int, approval: Approval) -> None:
        """As `Commands.scrap`; what clouds hold of it still is told, for somebody to let go of.

        Raises:
            NotAllowed, SecondNeeded: not by this person, or not alone.
            UnitMissing, UnitScrapped: not this unit.

        """
        self.gate.require(work.person, Right.REWORK)
        approved = await self._approved(work.person, Override.SCRAP, approval)
        scrapped = await self.record.cases.scrap(unit, work.shift.operator, approved)
        told = "scrapped, still claimed" if scrapped.held else "scrapped"
        self.post(Amended(unit, scrapped.serial, told))

    async def adopt(self, work: Work, unit: NewUnit) -> None:
        """As `Commands.adopt`.

        Raises:
            NotAllowed, WordsMissing, UnitKnown: it can't be.

        """
        self.gate.require(work.person, Right.REWORK)
        adopted = await self.record.cases.adopt(unit, work.shift.operator)
        self.post(Amended(adopted.unit, adopted.serial, "adopted"))

    async def write_note(self, work: Work, unit: int, text: str) -> None:
        """As `Commands.write_note`.

        Raises:
            NotAllowed, WordsMissing, UnitMissing: it can't be.

        """
        self.gate.require(work.person, Right.REWORK)
        serial = await self.record.cases.write(unit, work.shift.operator, text)
        self.post(Amended(unit, serial, "noted"))

    async def print_again(
        self, bench: Bench, work: Work, unit: int, slot: str, approval: Approval
    ) -> None:
        """As `Commands.print_again`.

        Raises:
            SecondNeeded, SamePerson, NotAllowed: not by this person alone.
            LabelMissing, LabelOtherRecipe, LabelMisfit: there is nothing to be printed.
            PrinterFault, PrintUnknown: it was not, or nobody knows.

        """
        approved = await self._approved(work.person, Override.REPRINT, approval)
        last = await self.record.labels.last(unit)
        line = work.line
        if line is None or line.recipe.name != last.recipe:
            line = await self._equip(self.recipes(last.recipe), "")
        again = Again(unit, work.shift.operator, approved, slot)
        came = await reprint(bench, self.stock, line, again)
        self.post(Amended(unit, came.unit, "label printed again"))

    @property
    def clouds(self) -> tuple[Cloud, ...]:
        """The clouds that were worked with, one of each address, the latest."""
        return tuple({each.cloud.address: each.cloud for each in self._open.values()}.values())

    async def close(self) -> None:
        """Let go of the clouds."""
        while self._open:
            await self._close_oldest()

    async def _case(self, order: ReworkOrder) -> int | None:
        if order.unit is None:
            if order.key != READ_IDENTITY:
                raise NoCase("nobody knows which unit it is: read its identity first")
            return None
        try:
            return await self.record.cases.to_work_on(order.unit)
        except NoCase:
            if order.key != READ_IDENTITY:
                raise
            return None

    async def _approved(self, first: Person, what: Override, approval: Approval | None) -> Approved:
        if approval is None:
            raise SecondNeeded(what.value)
        second = await self.gate.second(first, what, approval)
        return Approved(what, approval.reason, second.name)

    async def _equip(self, recipe: Path, key: str) -> Equipment:
        """Open what an action needs: each time anew, for a key may have been mended since."""
        equipment = registry.equip(recipe, self.stock.secret, key)
        self._many += 1
        self._open[self._many] = equipment
        if len(self._open) > MOST_OPEN:
            await self._close_oldest()
        return equipment

    async def _close_oldest(self) -> None:
        oldest = self._open.pop(next(iter(self._open)))
        await oldest.cloud.close()


def _check_codes(told: Iterable[str], known: tuple[RepairCode, ...]) -> None:
    """See that codes stand on their list; a factory without a list may say what it wants."""
    codes = {each.code for each in known}
    if codes and (unknown := [each for each in told if each not in codes]):
        raise CodeUnknown(", ".join(unknown))
