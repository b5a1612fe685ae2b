"""One slot as data: what every event of its run does to its card. No Qt and no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from station.model import (
    Advanced,
    Answered,
    Appeared,
    Asked,
    Claimed,
    Gesture,
    Identified,
    Left,
    Outcome,
    Prompted,
    Question,
    RunBegan,
    RunEnded,
    StepBegan,
    StepEnded,
    Trouble,
)

SlotEvent = (
    Appeared
    | Left
    | RunBegan
    | StepBegan
    | Identified
    | Claimed
    | Prompted
    | Asked
    | Answered
    | Advanced
    | StepEnded
    | RunEnded
)


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
    on_air: bool = False
    """Its slot is a lane of the radio: a board comes when it is picked, not when it is plugged in."""
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
    question: Question | None = None
    """What the step waits to be told, by a scan or by a word."""
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
                card = replace(self._empty(), present=True, kind=self.kind, run=run, plan=steps)
            case Asked(question=question):
                card = replace(self, question=question)
            case Answered():
                card = replace(self, question=None)
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

    def _empty(self) -> Card:
        return Card(self.slot, self.on_air)

    def _at_rest(self) -> Card:
        """Return the card without what only the step at hand had to tell."""
        return replace(self, step="", prompt=None, gesture=None, question=None, advanced=(0, 0))

    def _appeared(self, kind: str) -> Card:
        # A board that reboots into a boot loader shows a new port in the middle of its run.
        if self.phase is Phase.RUNNING and self.present:
            return replace(self, kind=kind)
        return replace(self._empty(), present=True, kind=kind)

    def _left(self) -> Card:
        if not self.present:
            return self
        # Whoever pulled the cable must see what came of it, whichever was told first: the wire's
        # end (which ends the run) or the empty socket.
        pulled = self.trouble is not None and self.trouble.code == "LINK-LOST"
        if self.phase is Phase.RUNNING or pulled:
            return replace(self, present=False)
        return self._empty()

    def _ended(self, event: RunEnded) -> Card:
        return replace(
            self._at_rest(),
            unit=event.unit or self.unit,
            outcome=event.outcome,
            trouble=event.trouble,
            seconds=event.seconds,
        )
