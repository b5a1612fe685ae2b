"""What the screen shows, as data: one pure step from event to event, no Qt and no clock.

Time is here only as the seconds that events tell. How long a run or a step has been going on is
painted by the card, from the monotonic moment at which it was first shown (`SlotCard.show_card`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import assert_never

from station.model import (
    Advanced,
    Amended,
    Answered,
    Appeared,
    Asked,
    Claimed,
    Counted,
    Event,
    Followed,
    Granted,
    Halted,
    Identified,
    LabelCame,
    LampTurned,
    Left,
    Medium,
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
    Scanned,
    Settled,
    ShiftBegan,
    ShiftEnded,
    Slot,
    SlotsKnown,
    Stage,
    StepBegan,
    StepEnded,
    Tally,
    Teaching,
    Trouble,
)
from ui.card import Card, Phase, SlotEvent

LAST_UNITS = 40
"""How many units of the shift the side list remembers."""

_LANE = "ble-"
"""What the places of boards on the air begin with, as `station.model.Port.location` says."""

LineEvent = ShiftBegan | ShiftEnded | Halted | Resumed | Refused | NearbyHeard | Scanned
DeskEvent = Teaching | Amended | LabelCame | Granted
RecordEvent = SlotsKnown | LampTurned | Settled | Followed | QueueStands | Counted | Recalled


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
    """Who waits on the air; None on a line of cables alone."""
    taken: int = 0
    """How many boards on the air were taken up."""
    scanned: str = ""
    """The last code that was scanned, as all may read it."""
    asks: tuple[str, ...] = ()
    """The slots whose run asks something, the one that asked first in front."""
    columns: int = 0
    """How many slots stand side by side in the fixture; 0 where nobody set it."""
    teaching: str = ""
    """The slot whose socket is shown by the board that is plugged in next."""
    label: LabelCame | None = None
    """The last label that came."""
    amended: tuple[int, Amended | None] = (0, None)
    """How often a unit's life was amended outside of runs, and the last time."""
    granted: tuple[int, Granted | None] = (0, None)

    def after(self, event: Event) -> Screen:
        """Return the screen as it is once `event` is known."""
        screen = self
        match event:
            case Appeared() | Left() | RunBegan() | RunEnded():
                screen = self._after_slot(event)
            case StepBegan() | Identified() | Claimed() | Prompted() | Advanced() | StepEnded():
                screen = self._after_slot(event)
            case Asked() | Answered():
                screen = self._after_slot(event)
            case Teaching() | Amended() | LabelCame() | Granted():
                screen = self._after_desk(event)
            case ShiftBegan() | ShiftEnded() | Halted() | Resumed() | Refused():
                screen = self._after_line(event)
            case NearbyHeard() | Scanned():
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

    def waits_its_turn(self, card: Card) -> bool:
        """Tell whether a slot asks something while another one's question comes first."""
        return card.question is not None and card.slot != self.asks[0]

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

    def to_print(self, selected: str | None) -> str | None:
        """Return the slot that "print again" means: the selected one, or the last with a label."""
        slot = selected or (self.label.slot if self.label else "")
        return slot if slot and self.card(slot).unit else None

    def to_abort(self, selected: str | None) -> tuple[str, ...]:
        """Return the slots that "stop" means: the selected one, or all that run."""
        running = self.running()
        return tuple(slot for slot in running if selected in {None, slot})

    def _placed(self, slot: Slot) -> Card:
        return replace(self.card(slot.name), on_air=slot.where.startswith(_LANE))

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
        screen = replace(self, cards=cards, asks=_asking(self.asks, cards))
        if isinstance(event, RunEnded):
            unit = LastUnit.of_end(event)
            for told in self.told:
                unit = _followed(unit, told)
            rest = tuple(told for told in self.told if told.run != event.run)
            last = (unit, *self.last)[:LAST_UNITS]
            screen = replace(screen, last=last, told=rest)
        if isinstance(event, RunBegan | Appeared):
            screen = replace(screen, refused=None)
        if isinstance(event, Appeared) and event.port.medium is Medium.BLUETOOTH:
            screen = replace(screen, taken=self.taken + 1)
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
            case Scanned(text=text):
                screen = replace(self, scanned=text, refused=None)
            case Refused(trouble=trouble):
                screen = replace(self, refused=trouble, refusals=self.refusals + 1)
            case _:
                assert_never(event)
        return screen

    def _after_desk(self, event: DeskEvent) -> Screen:
        screen = self
        match event:
            case Teaching(slot=slot):
                screen = replace(self, teaching=slot)
            case Amended():
                screen = replace(self, amended=(self.amended[0] + 1, event))
            case LabelCame():
                screen = replace(self, label=event)
            case Granted():
                screen = replace(self, granted=(self.granted[0] + 1, event))
            case _:
                assert_never(event)
        return screen

    def _after_record(self, event: RecordEvent) -> Screen:
        screen = self
        match event:
            case SlotsKnown(slots=slots, columns=columns):
                cards = tuple(self._placed(slot) for slot in {s.name: s for s in slots}.values())
                screen = replace(self, ready=True, cards=cards, columns=columns)
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


def _asking(before: tuple[str, ...], cards: tuple[Card, ...]) -> tuple[str, ...]:
    """Return the slots that ask now, in the order in which they began to."""
    now = [card.slot for card in cards if card.question]
    return (*(slot for slot in before if slot in now), *(s for s in now if s not in before))


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
