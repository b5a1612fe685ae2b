"""A record of so many units that answers at once, slowly, or not: for the Records page's tests."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from station.faults import Fault
from station.model import Outcome
from station.model.finding import Choices, Cursor, FoundRun, FoundUnit, Page, Query
from station.model.life import Life
from tests.ui import lives
from ui.searches import Searches

PAGE = 50
OUTCOMES = (Outcome.PASS, Outcome.PASS, Outcome.FAIL, Outcome.PASS, Outcome.ERROR, Outcome.UNKNOWN,
            Outcome.PASS, Outcome.TIMEOUT, Outcome.ABORTED)  # fmt: skip
CODES = {
    Outcome.FAIL: "BOARD-SILENT", Outcome.ERROR: "CLOUD-SILENT", Outcome.TIMEOUT: "STEP-TIMEOUT",
    Outcome.UNKNOWN: "UNSETTLED",
}  # fmt: skip
CHOICES = Choices(
    recipes=("Gateway", "nRF9151 asset tracker"),
    orders=("WO-2026-1187", "WO-2026-1190"),
    operators=("Anna Kowalska", "Li Wei"),
    slots=("1", "2", "3"),
    stations=("Line 3",),
    procedures=("claim", "renew", "take_back"),
    codes=("BOARD-SILENT", "CLOUD-SILENT"),
)


def found(number: int) -> FoundUnit:
    """Return a unit with its newest run; every seventh board never said who it is."""
    outcome = OUTCOMES[number % len(OUTCOMES)]
    run = FoundRun(
        run=number,
        began=lives.at(number % 60, 1 + number % 28),
        outcome=outcome,
        code=CODES.get(outcome, ""),
        seconds=20.0 + number % 30,
        station="Line 3",
        slot=str(1 + number % 3),
        operator="Anna Kowalska" if number % 2 else "Li Wei",
        order="WO-2026-1187",
        recipe="nRF9151 asset tracker",
        procedure="claim" if number % 5 else "take_back",
    )
    if number % 7 == 6:
        return FoundUnit(None, "", "", "", "", run.began, ("", ""), run)
    serial = f"3550259300{number:05}"
    return FoundUnit(
        number, serial, "nrf91", "nRF9151-LACA", "mfw_nrf91x1_2.0.2", run.began, ("", ""), run
    )


class FakeSearches(Searches):
    """Holds `units`; answers to a text of `slow` wait until `go` is set. Notes what it was asked."""

    def __init__(self, units: tuple[FoundUnit, ...] = (), life: Life | None = None) -> None:
        super().__init__(Path("record.db"))
        self.units, self.its_life = units, life
        self.slow: frozenset[str] = frozenset()
        self.go = threading.Event()
        self.fails: Fault | None = None
        self.asked: list[Query] = []
        self.exported: list[tuple[Path, str, Query]] = []

    def find(self, query: Query, after: Cursor | None = None) -> Page:
        self.asked.append(query)
        if query.text in self.slow:
            self.go.wait(10)
        if self.fails is not None:
            raise self.fails
        begin = after.nth if after else 0
        fits = [each for each in self.units if query.needle in each.serial]
        if query.outcome:
            fits = [each for each in fits if each.run and each.run.outcome is query.outcome]
        more = len(fits) > begin + PAGE
        return Page(tuple(fits[begin : begin + PAGE]), Cursor(begin + PAGE) if more else None)

    def first_found(self, query: Query, texts: tuple[str, ...]) -> tuple[Query, Page]:
        for text in texts:
            page = self.find(replace(query, text=text))
            if page.units:
                return replace(query, text=text), page
        return replace(query, text=texts[0]), Page()

    def choices(self) -> Choices:
        return CHOICES if self.units else Choices()

    def life(self, unit: int) -> Life | None:
        serial = next(each.serial for each in self.units if each.unit == unit)
        life = self.its_life or lives.FULL
        return replace(life, unit=unit, serial=serial)

    def export(self, path: Path, form: str, query: Query) -> int:
        if self.fails is not None:
            raise self.fails
        self.exported.append((path, form, query))
        return len(self.units)


def many(count: int) -> tuple[FoundUnit, ...]:
    """Return so many units, the newest first."""
    return tuple(found(number) for number in range(count, 0, -1))


_LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def long_words(count: int) -> tuple[FoundUnit, ...]:
    """Return units of which everything has a long name."""
    return tuple(
        replace(
            unit,
            serial=f"{_LONG}-{unit.serial}",
            matched=("iccid", "89450421180216211234" * 4),
            run=replace(unit.run, recipe=_LONG, operator=_LONG, order=_LONG, station=_LONG),
        )
        for unit in many(count)
        if unit.run and unit.unit
    )
