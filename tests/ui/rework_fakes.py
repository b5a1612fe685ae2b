"""A bench for tests and pictures: units, what can be done with them, and a record in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from station.desk import Desk
from station.faults import BoardSilent, HandNeeded, ImageMissing, RecordBroken, Stopped
from station.model import (
    Advanced,
    Amended,
    Appeared,
    Approval,
    Asked,
    Asking,
    CaseEnd,
    Event,
    Gesture,
    Identified,
    Identity,
    LabelCame,
    NewUnit,
    Outcome,
    Port,
    Prompted,
    Question,
    Refused,
    RepairCode,
    RepairCodes,
    ReworkAction,
    ReworkOrder,
    Role,
    RunBegan,
    RunEnded,
    ShiftBegan,
    Slot,
    SlotsKnown,
    StepBegan,
    StepEnded,
    Trouble,
)
from station.model.finding import FoundRun, FoundUnit
from station.model.life import CaseTold, Life, NoteTold
from tests.ui import fakes, lives

TRACKER = Path("tracker.toml")
READ = "read identity"

CODES = RepairCodes(
    reasons=(
        RepairCode("R1", "comes back from a customer"),
        RepairCode("R2", "no contact"),
        RepairCode("R3", "failed the final test"),
        RepairCode("R4", "wrong firmware"),
        RepairCode("R5", "change of the network"),
    ),
    faults=(
        RepairCode("F10", "no radio"),
        RepairCode("F11", "SIM holder broken"),
        RepairCode("F20", "credentials lost"),
        RepairCode("F99", "no fault found"),
    ),
    actions=(
        RepairCode("A1", "flashed again"),
        RepairCode("A2", "erased"),
        RepairCode("A3", "provisioned again"),
        RepairCode("A4", "part replaced"),
        RepairCode("A9", "nothing was wrong"),
    ),
    limit=3,
)

ACTIONS = (
    ReworkAction("Provision again", TRACKER, "", "claim", "nrf91"),
    ReworkAction("Read its identity", TRACKER, READ, "read_identity", "nrf91"),
    ReworkAction("Erase credentials and network", TRACKER, "erase", "erase", "nrf91", erases=True),
    ReworkAction("Give it back to the cloud", TRACKER, "unclaim", "unclaim", "nrf91", erases=True),
    ReworkAction("Flash again", TRACKER, "reflash", "reflash", "nrf91"),
    ReworkAction("Renew credentials", TRACKER, "renew", "renew", "nrf91"),
    ReworkAction("Provision again", Path("opta.toml"), "", "arduino", "arduino"),
)
BROKEN = replace(
    ACTIONS[4], trouble=ImageMissing("tracker-2.0.3.hex, pinned by the recipe").trouble
)
PIN = Gesture(pin="2", to="3.3V")

NEW = lives.NEW
SHIPPED = replace(
    lives.GONE, scrapped="", cases=(replace(lives.GONE.cases[0], end=CaseEnd.SHIPPED),)
)
ON_BENCH = replace(
    lives.FULL,
    cases=(CaseTold(1, lives.at(10, 18), "Li Wei", "R2", "F10", "", "", None, ()),),
)
THRICE = replace(
    NEW,
    cases=tuple(
        CaseTold(
            n, lives.at(n, 10), "Li Wei", "R2", "", lives.at(n + 9, 10), "Li Wei", CaseEnd.SHIPPED, ("A1",)
        )
        for n in range(3)
    ),
)  # fmt: skip


def found(life: Life, matched: tuple[str, str] = ("", "")) -> FoundUnit:
    """Return a unit as the search finds it."""
    last = life.last_run
    run = (
        None
        if last is None
        else FoundRun(
            last.run,
            last.began,
            last.outcome,
            last.code,
            last.seconds,
            last.station,
            last.slot,
            last.operator,
            last.order,
            last.recipe,
            last.procedure,
        )
    )
    return FoundUnit(
        life.unit, life.serial, life.kind, life.model, life.firmware, life.last_seen, matched, run
    )


class MemoryArchive:
    """A record of `lives`; `broken` makes it unreadable."""

    def __init__(self, *known: Life) -> None:
        self.lives = {life.unit: life for life in known}
        self.broken = False
        self.asked: list[object] = []

    def find(self, text: str) -> tuple[FoundUnit, ...]:
        """Return the units of which any number has `text` in it."""
        self._ask(text)
        return tuple(
            found(life, next((each for each in life.ids if text in each[1]), ("", "")))
            for life in self.lives.values()
            if any(text in each for each in _names(life))
        )

    def named(self, names: Sequence[str]) -> tuple[FoundUnit, ...]:
        """Return the units that are called so, or else what the first name fits."""
        self._ask(tuple(names))
        known = self.lives.values()
        exact = tuple(found(life) for life in known if set(names) & set(_names(life)))
        return exact or self.find(names[0])

    def life(self, unit: int) -> Life | None:
        """Return the life of a unit."""
        self._ask(unit)
        return self.lives.get(unit)

    def _ask(self, question: object) -> None:
        self.asked.append(question)
        if self.broken:
            raise RecordBroken("the disk is gone")


class BenchEngine(fakes.FakeEngine):
    """Carries orders out on the lives of an archive; `told` is what it has to tell of that.

    `refuses` are troubles with which the next orders are refused, one each.
    """

    def __init__(self, archive: MemoryArchive) -> None:
        super().__init__()
        self.archive = archive
        self.told: list[Event] = []
        self.refuses: list[Trouble] = []
        self.steps: tuple[str, ...] = ("identify", "work", "verify")
        self.stops_at_step = False
        self._run = 100

    async def rework(self, order: ReworkOrder) -> None:
        await super().rework(order)
        if self._is_refused():
            return
        self._run += 1
        life = self.archive.lives[order.unit or NEW.unit]
        if self.stops_at_step:
            self.told += began(order.slot, self._run, self.steps, life)
            return
        self.told += ended(order.slot, self._run, self.steps, life)
        done = replace(lives.run(self._run % 50, 22), run=self._run, procedure=order.key or "claim")
        self.archive.lives[life.unit] = replace(life, runs=(*life.runs, done))

    async def abort(self, slot: str) -> None:
        await super().abort(slot)
        trouble = Stopped().trouble
        self.told.append(RunEnded(slot, self._run, Outcome.ABORTED, NEW.serial, trouble, 3.0))

    async def open_case(
        self, unit: int, reason: str, fault: str, approval: Approval | None = None
    ) -> None:
        reasoned = (approval.reason,) if approval else ()
        self.orders.append(("open case", unit, reason, fault, *reasoned))
        if not self._is_refused():
            life = self.archive.lives[unit]
            case = CaseTold(9, lives.at(0, 22), "Li Wei", reason, fault, "", "", None, ())
            self._amend(replace(life, cases=(*life.cases, case)), "case opened")

    async def close_case(self, unit: int, actions: tuple[str, ...]) -> None:
        await super().close_case(unit, actions)
        if not self._is_refused():
            life = self.archive.lives[unit]
            case = replace(
                life.cases[-1],
                closed=lives.at(59, 22),
                closed_by="Li Wei",
                end=CaseEnd.SHIPPED,
                actions=actions,
            )
            self._amend(replace(life, cases=(*life.cases[:-1], case)), "case closed")

    async def scrap(self, unit: int, approval: Approval) -> None:
        await super().scrap(unit, approval)
        if not self._is_refused():
            self._amend(replace(self.archive.lives[unit], scrapped=lives.at(1, 23)), "scrapped")

    async def write_note(self, unit: int, text: str) -> None:
        await super().write_note(unit, text)
        if not self._is_refused():
            life = self.archive.lives[unit]
            note = NoteTold(lives.at(2, 22), "Li Wei", text)
            self._amend(replace(life, notes=(*life.notes, note)), "noted")

    async def adopt(self, unit: NewUnit) -> None:
        await super().adopt(unit)
        if not self._is_refused():
            made = replace(NEW, unit=99, kind=unit.kind, serial=unit.serial, ids=(), runs=())
            self._amend(replace(made, claims=(), adopted=lives.at(3, 22)), "adopted")

    async def print_again(self, slot: str, unit: int | None, approval: Approval) -> None:
        await super().print_again(slot, unit, approval)
        if not self._is_refused():
            self.told.append(LabelCame(slot, NEW.serial, "job-1", again=True))

    def _amend(self, life: Life, what: str) -> None:
        self.archive.lives[life.unit] = life
        self.told.append(Amended(life.unit, life.serial, what))

    def _is_refused(self) -> bool:
        if self.refuses:
            self.told.append(Refused(self.refuses.pop(0)))
            return True
        return False


def _names(life: Life) -> tuple[str, ...]:
    return (life.serial, *(value for _, value in life.ids))


def desk(engine: fakes.FakeEngine | None = None, *, labels: bool = True) -> Desk:
    """Return a desk with a bench."""
    plain = fakes.desk(engine or fakes.FakeEngine())
    return replace(plain, actions=lambda: ACTIONS, codes=CODES, labels=labels)


def line(slots: int = 4, role: Role = Role.TECHNICIAN) -> Iterator[Event]:
    """Tell of a line to which somebody is signed in, to no recipe."""
    yield SlotsKnown(tuple(Slot(str(n + 1)) for n in range(slots)))
    yield ShiftBegan("Li Wei", "", "", None, role=role, known=True)


def seated(slot: str, kind: str = "nrf91") -> Event:
    """Tell that a board was plugged in."""
    return Appeared(slot, Port(f"/dev/ttyACM{slot}"), kind)


def began(
    slot: str, run: int, steps: Sequence[str], life: Life = NEW, *, done: int = 1
) -> Iterator[Event]:
    """Tell of a run that is at the step after the first `done`, and has read its unit."""
    yield RunBegan(slot, run, "tracker", tuple(steps))
    for step in steps[:done]:
        yield StepBegan(slot, run, step, 10)
        if step == steps[0]:
            identity = Identity(life.kind, life.serial, life.model, life.firmware)
            yield Identified(slot, run, identity, 3)
        yield StepEnded(slot, run, step, Outcome.PASS, None, 1.3)
    if done < len(steps):
        yield StepBegan(slot, run, steps[done], 60)


def ended(slot: str, run: int, steps: Sequence[str], life: Life = NEW) -> Iterator[Event]:
    """Tell of a run that passed."""
    yield from began(slot, run, steps, life, done=len(steps))
    yield RunEnded(slot, run, Outcome.PASS, life.serial, None, 12.4)


def failed(slot: str, run: int, steps: Sequence[str], life: Life = NEW) -> Iterator[Event]:
    """Tell of a run that failed at its second step."""
    trouble = BoardSilent("nothing within 5 s").trouble
    yield from began(slot, run, steps, life)
    yield StepEnded(slot, run, steps[1], Outcome.FAIL, trouble, 5.0)
    yield RunEnded(slot, run, Outcome.FAIL, life.serial, trouble, 6.4)


def flashing(slot: str, run: int, life: Life = NEW) -> Iterator[Event]:
    """Tell of a run that writes firmware."""
    yield from began(slot, run, ("identify", "flash", "verify"), life)
    yield Advanced(slot, run, 0, 1_310_720)
    yield Advanced(slot, run, 524_288, 1_310_720)


def seated_in(slot: str) -> Iterator[Event]:
    """Tell that a board was plugged in, as a story."""
    yield seated(slot)


def asked(slot: str, run: int, life: Life = NEW) -> Iterator[Event]:
    """Tell of a run that waits for a scan."""
    yield from began(slot, run, ("identify", "label", "finish"), life)
    yield Asked(slot, run, Question(Asking.SCAN_BACK, life.serial, by_word=True))


def hand(slot: str, run: int, life: Life = NEW) -> Iterator[Event]:
    """Tell of a run that waits for a hand."""
    yield from began(slot, run, ("identify", "reset", "finish"), life)
    yield Prompted(slot, run, HandNeeded("pin 2 to 3.3V").trouble, PIN)
