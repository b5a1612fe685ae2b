"""Events: what the engine tells whoever watches, in order, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from station.model.asking import Question
from station.model.hardware import Gesture
from station.model.nouns import (
    Claim,
    Identity,
    Lamp,
    Nearby,
    Outcome,
    PastRun,
    Port,
    Slot,
    Stage,
    Tally,
    Trouble,
)
from station.model.people import Role


@dataclass(frozen=True, slots=True)
class SlotsKnown:
    """The slots of the line, in the order of the fixture; `columns` is 0 where nobody set them."""

    slots: tuple[Slot, ...]
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Teaching:
    """The next board that is plugged in teaches where `slot` is; empty when that is over."""

    slot: str


@dataclass(frozen=True, slots=True)
class ShiftBegan:
    """Somebody signed in and works on `recipe`; without one nothing is taken up by itself.

    `language` is the code of theirs ("zh_CN"), empty for the station's own. `known` as `Person`.
    """

    operator: str
    recipe: str
    order: str
    quantity: int | None
    role: Role = Role.ENGINEER
    language: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class ShiftEnded:
    """The operator signed out; boards that appear now wait."""


@dataclass(frozen=True, slots=True)
class Appeared:
    """A board was plugged in at `slot`; `kind` is empty when no kind knows its marks."""

    slot: str
    port: Port
    kind: str


@dataclass(frozen=True, slots=True)
class Left:
    """What sat in `slot` is gone."""

    slot: str


@dataclass(frozen=True, slots=True)
class RunBegan:
    """A run began on disk; `steps` is the plan its procedure promises."""

    slot: str
    run: int
    recipe: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepBegan:
    """A step began on disk; it may take `within_s` seconds."""

    slot: str
    run: int
    step: str
    within_s: float


@dataclass(frozen=True, slots=True)
class Identified:
    """The unit said who it is. `seen_before` counts its earlier runs."""

    slot: str
    run: int
    identity: Identity
    seen_before: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """A cloud holds the unit for us, and that is committed."""

    slot: str
    run: int
    claim: Claim


@dataclass(frozen=True, slots=True)
class Prompted:
    """The step at hand waits for a person's hand; over when the step is.

    `gesture` is what the hand does, where there is a picture of it.
    """

    slot: str
    run: int
    trouble: Trouble
    gesture: Gesture | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The step at hand waits for an answer: a scan, or yes or no. Over when `Answered` or the step."""

    slot: str
    run: int
    question: Question


@dataclass(frozen=True, slots=True)
class Answered:
    """What was asked is answered, or is asked no more."""

    slot: str
    run: int


@dataclass(frozen=True, slots=True)
class Advanced:
    """The step at hand has come so far, in bytes; `total` is 0 while nobody knows it."""

    slot: str
    run: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class StepEnded:
    """A step's end is committed."""

    slot: str
    run: int
    step: str
    outcome: Outcome
    trouble: Trouble | None
    seconds: float


@dataclass(frozen=True, slots=True)
class RunEnded:
    """A run's outcome, as it was read back from what is committed."""

    slot: str
    run: int
    outcome: Outcome
    unit: str
    trouble: Trouble | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Settled:
    """An intent that was left open is settled: `done` tells whether the deed had been done."""

    run: int
    deed: str
    key: str
    done: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """A unit has come further, in its slot or long after, or is late in coming online."""

    run: int
    unit: str
    device_id: str
    stage: Stage
    late: bool = False


@dataclass(frozen=True, slots=True)
class QueueStands:
    """How many proofs wait for the cloud, since when the oldest does (ISO 8601), how many failed."""

    waiting: int
    oldest: str
    refused: int


@dataclass(frozen=True, slots=True)
class NearbyHeard:
    """The boards on the air that wait to be picked, the loudest first; `free` lanes are left."""

    boards: tuple[Nearby, ...]
    free: int


@dataclass(frozen=True, slots=True)
class LampTurned:
    """The state of the cloud, the record or another thing the line leans on."""

    name: str
    lamp: Lamp
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Scanned:
    """A code was scanned, by whatever scanner; `text` is all of it."""

    text: str


@dataclass(frozen=True, slots=True)
class Halted:
    """The station can't work; boards wait until `Resumed`."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Resumed:
    """What halted the station is mended."""


@dataclass(frozen=True, slots=True)
class Amended:
    """Something in a unit's life was committed outside of runs; `unit` is the record's number."""

    unit: int
    serial: str
    what: str


@dataclass(frozen=True, slots=True)
class LabelCame:
    """A label was printed for a unit; `again` for one that it had before."""

    slot: str
    unit: str
    job: str
    again: bool


@dataclass(frozen=True, slots=True)
class Granted:
    """Somebody else than the operator was let do `what`, once."""

    what: str
    by: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts after a run, read from the record."""

    tally: Tally


@dataclass(frozen=True, slots=True)
class Recalled:
    """The last runs of today, oldest first: told when an operator signs in."""

    runs: tuple[PastRun, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A command could not be carried out."""

    trouble: Trouble


Event = (
    SlotsKnown
    | Teaching
    | ShiftBegan
    | ShiftEnded
    | Appeared
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
    | Settled
    | Followed
    | QueueStands
    | NearbyHeard
    | Scanned
    | LampTurned
    | Halted
    | Resumed
    | Amended
    | LabelCame
    | Granted
    | Counted
    | Recalled
    | Refused
)
