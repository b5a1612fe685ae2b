"""What the screen shows, as data: one pure step from event to event, no Qt and no clock.

Time is here only as the seconds that events tell. How long a run or a step has been going on is
painted by the card, from the monotonic moment at which it was first shown (`SlotCard.show_card`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import assert_never

from station.model import (
    Advanced,
    Appeared,
    Claimed,
    Counted,
    Event,
    Followed,
    Gesture,
    Halted,
    Identified,
    LampTurned,
    Left,
    NearbyHeard,
    Outcome,
    PastRun,
    Prompted,
    QueueStands,
    Recalled,
    Refused,
    Resumed,
    RunBegan,
    RunEnded,
    Settled,
    ShiftBegan,
    ShiftEnded,
    SlotsKnown,
    Stage,
    StepBegan,
    StepEnded,
    Tally,
    Trouble,
)

LAST_UNITS = 40
"""How many units of the shift the side list remembers."""

SlotEvent = (
    Appeared
    | Left
    | RunBegan
    | StepBegan
    | Identified
    | Claimed
    | Prompted
    | Advanced
    | StepEnded
    | RunEnded
)
LineEvent = ShiftBegan | ShiftEnded | Halted | Resumed | Refused | NearbyHeard
RecordEvent = SlotsKnown | LampTurned | Settled | Followed | QueueStands | Counted | Recalled


class Phase(StrEnum):
    EMPTY = "empty"
    WAITING = "waiting"
    """A board sits there and no run of it has begun."""
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class DoneStep:
    """A step that has ended, and how many seconds it took."""

    name: str
    outcome: Outcome
    seconds: float


@dataclass(frozen=True, slots=True)
class Card:
    """One slot. `present` tells whether a board sits in it; a verdict may outlast its board."""

    slot: str
    present: bool = False
    kind: str = ""
    run: int | None = None
    unit: str = ""
    seen_before: int = 0
    plan: tuple[str, ...] = ()
    done: tuple[DoneStep, ...] = ()
    step: str = ""
    within_s: float = 0.0
    prompt: Trouble | None = None
    """What a person's hand is wanted for in this step."""
    gesture: Gesture | None = None
    """What that hand does, where there is a picture of it."""
    advanced: tuple[int, int] = (0, 0)
    """How many bytes of how many the step has moved; none of none when it does not tell."""
    outcome: Outcome | None = None
    trouble: Trouble | None = None
    seconds: float = 0.0
    settled: bool | None = None
    """What became known of a deed that an UNKNOWN run left open: whether it had been done."""

    @property
    def phase(self) -> Phase:
        if self.outcome is not None:
            return Phase.ENDED
        if self.run is not None:
            return Phase.RUNNING
        return Phase.WAITING if self.present else Phase.EMPTY

    @property
    def steps(self) -> tuple[str, ...]:
        """The plan, with any step that was told without having been promised."""
        told = (*(step.name for step in self.done), *((self.step,) if self.step else ()))
        return tuple(dict.fromkeys((*self.plan, *told)))

    def step_done(self, name: str) -> DoneStep | None:
        """Return how the step ended that is called `name`, the last time it was done."""
        return next((step for step in reversed(self.done) if step.name == name), None)

    def after(self, event: SlotEvent) -> Card:
        """Return the card as it is once `event` is known; what is told of another run is not."""
        if isinstance(event, Claimed) or self._is_of_another_run(event):
            return self
        card = self
        match event:
            case Appeared(kind=kind):
                card = self._appeared(kind)
            case Left():
                card = self._left()
            case RunBegan(run=run, steps=steps):
                card = Card(self.slot, present=True, kind=self.kind, run=run, plan=steps)
            case StepBegan() | Prompted() | Advanced() | StepEnded():
                card = self._stepped(event)
            case Identified(identity=identity, seen_before=seen_before):
                card = replace(self, unit=identity.serial, seen_before=seen_before)
            case RunEnded():
                card = self._ended(event)
            case _:
                assert_never(event)
        return card

    def _stepped(self, event: StepBegan | Prompted | Advanced | StepEnded) -> Card:
        card = self
        match event:
            case Prompted(trouble=trouble, gesture=gesture):
                card = replace(self, prompt=trouble, gesture=gesture)
            case Advanced(done=done, total=total):
                card = replace(self, advanced=(done, total))
            case StepBegan(step=step, within_s=within_s):
                card = replace(self._at_rest(), step=step, within_s=within_s)
            case StepEnded(step=step, outcome=outcome, seconds=seconds):
                card = self._step_ended(DoneStep(step, outcome, seconds))
            case _:
                assert_never(event)
        return card

    def _is_of_another_run(self, event: SlotEvent) -> bool:
        return not isinstance(event, Appeared | Left | RunBegan) and event.run != self.run

    def _step_ended(self, done: DoneStep) -> Card:
        return replace(self._at_rest(), done=(*self.done, done))

    def _at_rest(self) -> Card:
        """Return the card without what only the step at hand had to tell."""
        return replace(self, step="", prompt=None, gesture=None, advanced=(0, 0))

    def _appeared(self, kind: str) -> Card:
        # A board that reboots into a boot loader shows a new port in the middle of its run.
        if self.phase is Phase.RUNNING and self.present:
            return replace(self, kind=kind)
        return Card(self.slot, present=True, kind=kind)

    def _left(self) -> Card:
        if not self.present:
            return self
        # Whoever pulled the cable must see what came of it, whichever was told first: the wire's
        # end (which ends the run) or the empty socket.
        pulled = self.trouble is not None and self.trouble.code == "LINK-LOST"
        if self.phase is Phase.RUNNING or pulled:
            return replace(self, present=False)
        return Card(self.slot)

    def _ended(self, event: RunEnded) -> Card:
        return replace(
            self._at_rest(),
            unit=event.unit or self.unit,
            outcome=event.outcome,
            trouble=event.trouble,
            seconds=event.seconds,
        )


@dataclass(frozen=True, slots=True)
class LastUnit:
    """One line of the side list; `stage` is how far a claimed unit has come since."""

    run: int
    slot: str
    unit: str
    outcome: Outcome
    code: str
    stage: Stage | None = None
    late: bool = False

    @classmethod
    def of_past(cls, past: PastRun) -> LastUnit:
        return cls(past.run, past.slot, past.unit, past.outcome, past.code)

    @classmethod
    def of_end(cls, end: RunEnded) -> LastUnit:
        return cls(
            end.run, end.slot, end.unit, end.outcome, end.trouble.code if end.trouble else ""
        )


@dataclass(frozen=True, slots=True)
class Screen:
    """All that the Line page shows. `last` is newest first; `refusals` counts refused commands."""

    ready: bool = False
    cards: tuple[Card, ...] = ()
    shift: ShiftBegan | None = None
    tally: Tally = field(default_factory=Tally)
    lamps: tuple[LampTurned, ...] = ()
    queue: QueueStands | None = None
    told: tuple[Followed, ...] = ()
    """What was told of runs that have not ended."""
    halted: Trouble | None = None
    refused: Trouble | None = None
    refusals: int = 0
    last: tuple[LastUnit, ...] = ()
    nearby: NearbyHeard | None = None

    def after(self, event: Event) -> Screen:
        """Return the screen as it is once `event` is known."""
        screen = self
        match event:
            case Appeared() | Left() | RunBegan() | RunEnded():
                screen = self._after_slot(event)
            case StepBegan() | Identified() | Claimed() | Prompted() | Advanced() | StepEnded():
                screen = self._after_slot(event)
            case ShiftBegan() | ShiftEnded() | Halted() | Resumed() | Refused() | NearbyHeard():
                screen = self._after_line(event)
            case SlotsKnown() | LampTurned() | Settled() | Counted() | Recalled():
                screen = self._after_record(event)
            case Followed() | QueueStands():
                screen = self._after_record(event)
            case _:
                assert_never(event)
        return screen

    def card(self, slot: str) -> Card:
        """Return the card of `slot`, an empty one when no event has named it."""
        return next((card for card in self.cards if card.slot == slot), Card(slot))

    def running(self) -> tuple[str, ...]:
        """Return the slots with a run under way."""
        return self._slots(lambda card: card.phase is Phase.RUNNING)

    def to_retry(self, selected: str | None) -> str | None:
        """Return the slot that "retry" means: the selected one, or the only one in trouble."""
        if selected is not None:
            card = self.card(selected)
            able = card.present and card.phase in {Phase.WAITING, Phase.ENDED}
            return selected if able else None
        troubled = self._slots(
            lambda card: card.present and card.outcome not in {None, Outcome.PASS}
        )
        return troubled[0] if len(troubled) == 1 else None

    def to_abort(self, selected: str | None) -> tuple[str, ...]:
        """Return the slots that "stop" means: the selected one, or all that run."""
        running = self.running()
        return tuple(slot for slot in running if selected in {None, slot})

    def _slots(self, wanted: Callable[[Card], bool]) -> tuple[str, ...]:
        return tuple(card.slot for card in self.cards if wanted(card))

    def _after_slot(self, event: SlotEvent) -> Screen:
        card = self.card(event.slot).after(event)
        known = any(card.slot == event.slot for card in self.cards)
        cards = (
            tuple(card if old.slot == event.slot else old for old in self.cards)
            if known
            else (*self.cards, card)
        )
        screen = replace(self, cards=cards)
        if isinstance(event, RunEnded):
            unit = LastUnit.of_end(event)
            for told in self.told:
                unit = _followed(unit, told)
            rest = tuple(told for told in self.told if told.run != event.run)
            last = (unit, *self.last)[:LAST_UNITS]
            screen = replace(screen, last=last, told=rest)
        if isinstance(event, RunBegan | Appeared):
            screen = replace(screen, refused=None)
        return screen

    def _after_line(self, event: LineEvent) -> Screen:
        screen = self
        match event:
            case ShiftBegan():
                screen = replace(self, shift=event, refused=None)
            case ShiftEnded():
                screen = replace(self, shift=None, refused=None)
            case Halted(trouble=trouble):
                screen = replace(self, halted=trouble)
            case Resumed():
                screen = replace(self, halted=None)
            case NearbyHeard():
                screen = replace(self, nearby=event)
            case Refused(trouble=trouble):
                screen = replace(self, refused=trouble, refusals=self.refusals + 1)
            case _:
                assert_never(event)
        return screen

    def _after_record(self, event: RecordEvent) -> Screen:
        screen = self
        match event:
            case SlotsKnown(slots=slots):
                names = dict.fromkeys(slot.name for slot in slots)
                cards = tuple(self.card(name) for name in names)
                screen = replace(self, ready=True, cards=cards)
            case LampTurned():
                screen = replace(self, lamps=_turned(self.lamps, event))
            case Settled(run=run, done=done):
                cards = tuple(_settled(card, run=run, done=done) for card in self.cards)
                screen = replace(self, cards=cards)
            case Followed():
                last = tuple(_followed(unit, event) for unit in self.last)
                early = () if any(unit.run == event.run for unit in self.last) else (event,)
                screen = replace(self, last=last, told=(*self.told, *early)[-LAST_UNITS:])
            case QueueStands():
                screen = replace(self, queue=event)
            case Counted(tally=tally):
                screen = replace(self, tally=tally)
            case Recalled(runs=runs):
                newest = tuple(LastUnit.of_past(past) for past in reversed(runs))
                screen = replace(self, last=newest[:LAST_UNITS])
            case _:
                assert_never(event)
        return screen


def _turned(lamps: tuple[LampTurned, ...], turned: LampTurned) -> tuple[LampTurned, ...]:
    if any(lamp.name == turned.name for lamp in lamps):
        return tuple(turned if lamp.name == turned.name else lamp for lamp in lamps)
    return (*lamps, turned)


def _settled(card: Card, *, run: int, done: bool) -> Card:
    if card.run == run and card.outcome is Outcome.UNKNOWN:
        return replace(card, settled=done)
    return card


def _followed(unit: LastUnit, event: Followed) -> LastUnit:
    if unit.run == event.run:
        return replace(unit, stage=event.stage, late=event.late)
    return unit
