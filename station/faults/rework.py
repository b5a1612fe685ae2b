"""What stands in the way of a unit's rework: its case, its end, or another unit in its place."""

from __future__ import annotations

from station.faults.board import BoardFault
from station.faults.station import StationFault


class UnitScrapped(BoardFault):
    """Final: nothing is done to the unit, and nobody takes it up again."""

    code = "UNIT-SCRAPPED"
    says = "This unit was scrapped: nothing is done to it any more."
    remedy = "Put it into the bin for scrap. If it should not be there tell an engineer."


class OtherUnit(BoardFault):
    """The detail tells which one it is, and which one was meant."""

    code = "OTHER-UNIT"
    says = "The board in the slot is not the unit that is meant. Nothing was done to it."
    remedy = "Put the right unit into the slot, or find this one on the Rework page."


class StillAdmitted(BoardFault):
    """The detail has the device's name."""

    code = "STILL-ADMITTED"
    says = "The cloud still lets the unit in with what it had."
    remedy = "Retry once. If it happens again do not ship the unit: tell an engineer."


class ReworkFault(StationFault):
    """A verb of the bench that can't be carried out; nothing was written down."""


class CaseOpen(ReworkFault):
    code = "CASE-OPEN"
    says = "This unit is in rework already."
    remedy = "Go on with its open case, or close that one first."


class NoCase(ReworkFault):
    code = "NO-CASE"
    says = "This unit is not in rework."
    remedy = "Open a case for it: say why it came back."


class ReworkLimit(ReworkFault):
    """The detail tells how many cases the unit has had."""

    code = "REWORK-LIMIT"
    says = "This unit was reworked as often as the factory allows."
    remedy = "Scrap it, or have an engineer approve of one more time."


class UnitKnown(ReworkFault):
    """The detail names the unit, and the id by which it is known."""

    code = "UNIT-KNOWN"
    says = "The record knows this unit already."
    remedy = "Find it by that number: its whole life is there."


class UnitMissing(ReworkFault):
    code = "UNIT-MISSING"
    says = "The record has no such unit."
    remedy = "Find the unit again, or take it into the record by hand."


class WordsMissing(ReworkFault):
    """The detail tells which."""

    code = "WORDS-MISSING"
    says = "Something that must be said was left empty."
    remedy = "Fill in what is named, then try again."


class CodeUnknown(ReworkFault):
    """The detail is the code."""

    code = "CODE-UNKNOWN"
    says = "The factory's lists have no such code."
    remedy = "Choose one from the list; an engineer keeps the lists in station.toml."


class ActionMissing(ReworkFault):
    """The detail is the recipe and the name."""

    code = "ACTION-MISSING"
    says = "The recipe has no such rework."
    remedy = "Choose one from the list; an engineer writes them into the recipe."
