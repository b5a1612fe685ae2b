"""What is to be done to the unit in a slot, and in whose name: the line's own work, or a rework."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from station import __version__
from station.model import Override
from station.record import Approved, RunNote
from station.registry import Equipment
from station.run import Terms
from station.shift import Work
from station.stock import Stock
from station.visit import Visit


@dataclass(frozen=True, slots=True)
class Job:
    """A recipe's procedure, to be carried out by whoever is signed in.

    `repair` is the case that it belongs to and `meant` the record's number of the unit that the
    board must be, both None on the line; `approved` is what a second person has stood for.
    """

    work: Work
    equipment: Equipment
    folder: Path
    repair: int | None = None
    meant: int | None = None
    approved: Approved | None = None

    @property
    def is_of_the_line(self) -> bool:
        """Whether it is what each unit of the line is given."""
        return self.work.line is not None and self.repair is None and self.meant is None

    @property
    def waived(self) -> frozenset[str]:
        """The codes of the checks that may fail this once."""
        approved = self.approved
        skips = approved is not None and approved.what is Override.SKIP
        return frozenset({approved.code}) if approved and skips else frozenset()

    def note(self, slot: str, visit: Visit, station: str) -> RunNote:
        """Return what is known of its run when it begins."""
        recipe = self.equipment.recipe
        return RunNote(
            slot=slot,
            port=visit.port.path,
            usb_serial=visit.port.usb_serial,
            recipe=recipe.name,
            recipe_digest=recipe.digest,
            procedure=recipe.procedure,
            steps=visit.steps,
            operator=self.work.shift.operator,
            work_order=self.work.shift.work_order,
            station=station,
            software=__version__,
            repair=self.repair,
            approved=self.approved,
        )

    def terms(self, stock: Stock, station: str) -> Terms:
        """Return what the recipe sets for its run."""
        recipe = self.equipment.recipe
        return Terms(
            recipe.limits_s,
            recipe.options,
            stock,
            self.folder,
            station,
            self.work.person.name,
            waived=self.waived,
            meant=self.meant,
        )
