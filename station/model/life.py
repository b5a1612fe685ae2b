"""A unit's whole life as frozen data: all that befell it, newest first.

Times are ISO 8601 in UTC, empty for what has not come. Names and digests only: nothing is a secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from station.model.nouns import Outcome, Stage
from station.model.rework import CaseEnd


@dataclass(frozen=True, slots=True)
class StepTold:
    """A step of a run; `seconds` is None and `outcome` too while it goes on."""

    name: str
    began: str
    outcome: Outcome | None
    code: str
    words: str
    seconds: float | None


@dataclass(frozen=True, slots=True)
class RunTold:
    """One run with its steps in their order; `firmware` is what the unit told of itself then."""

    run: int
    began: str
    ended: str
    outcome: Outcome | None
    code: str
    words: str
    seconds: float | None
    station: str
    slot: str
    operator: str
    order: str
    recipe: str
    procedure: str
    software: str
    firmware: str
    steps: tuple[StepTold, ...]


@dataclass(frozen=True, slots=True)
class ClaimTold:
    """What the unit is, or was until `released`, at a cloud."""

    cloud: str
    place: str
    device_id: str
    tags: tuple[str, ...]
    noted: str
    released: str


@dataclass(frozen=True, slots=True)
class OpenDeed:
    """A deed whose end nobody knows yet: it is asked for when the unit is seen again."""

    deed: str
    key: str
    place: str
    began: str


@dataclass(frozen=True, slots=True)
class FollowedTold:
    """How far a claimed unit has come; `late` when it was not online when it was due."""

    device_id: str
    place: str
    stage: Stage
    began: str
    due: str
    changed: str
    ended: str
    late: bool


@dataclass(frozen=True, slots=True)
class QueuedTold:
    """A proof in the queue; `state` is waiting, claimed, refused or refused before."""

    state: str
    subject: str
    place: str
    gathered: str
    ended: str
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class LabelTold:
    """A label of the unit; `printed` is empty while nobody knows whether it came out."""

    label: int
    run: int | None
    template: str
    printer: str
    operator: str
    reprint_of: int | None
    reason: str
    began: str
    printed: str
    failed: str
    scanned: str


@dataclass(frozen=True, slots=True)
class NoteTold:
    at: str
    operator: str
    text: str


@dataclass(frozen=True, slots=True)
class CaseTold:
    """A way through the bench; `closed` is empty and `end` None while it goes on."""

    case: int
    opened: str
    operator: str
    reason: str
    fault: str
    closed: str
    closed_by: str
    end: CaseEnd | None
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OverrideTold:
    """What was done against the rule, why, and who stood for it with the first."""

    at: str
    what: str
    code: str
    reason: str
    operator: str
    second: str
    run: int | None


@dataclass(frozen=True, slots=True)
class SerialTold:
    """A serial number that the unit was given from a pool."""

    pool: str
    number: str
    taken: str
    confirmed: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """The proof that something was taken off the unit: a row of the trail, and its seal (SHA-256)."""

    at: str
    run: int
    what: str
    told: tuple[tuple[str, str], ...]
    seal: str


class What(StrEnum):
    """What a moment of a unit's life tells of."""

    RUN = "run"
    CLAIMED = "claimed"
    RELEASED = "released"
    LABEL = "label"
    NOTE = "note"
    OPENED = "case opened"
    CLOSED = "case closed"
    OVERRIDE = "override"
    SERIAL = "serial"
    ERASED = "erased"
    QUEUED = "queued"
    ADOPTED = "adopted"
    SCRAPPED = "scrapped"


Told = (
    RunTold
    | ClaimTold
    | LabelTold
    | NoteTold
    | CaseTold
    | OverrideTold
    | SerialTold
    | Erasure
    | QueuedTold
    | None
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline: when, what, and the part of the life that tells more."""

    at: str
    what: What
    told: Told = None


@dataclass(frozen=True, slots=True)
class Life:
    """All that the record knows of a unit; every tuple is in the order in which it came to be."""

    unit: int
    kind: str
    serial: str
    model: str
    firmware: str
    hardware: str
    first_seen: str
    last_seen: str
    adopted: str
    scrapped: str
    ids: tuple[tuple[str, str], ...]
    runs: tuple[RunTold, ...]
    claims: tuple[ClaimTold, ...]
    open_deeds: tuple[OpenDeed, ...]
    followed: tuple[FollowedTold, ...]
    queued: tuple[QueuedTold, ...]
    labels: tuple[LabelTold, ...]
    notes: tuple[NoteTold, ...]
    cases: tuple[CaseTold, ...]
    overrides: tuple[OverrideTold, ...]
    serials: tuple[SerialTold, ...]
    erasures: tuple[Erasure, ...]

    @property
    def open_case(self) -> CaseTold | None:
        """The case that the unit is on the bench for now."""
        return next((case for case in self.cases if not case.closed), None)

    @property
    def held(self) -> tuple[ClaimTold, ...]:
        """What the unit is at its clouds now."""
        return tuple(claim for claim in self.claims if not claim.released)

    @property
    def last_run(self) -> RunTold | None:
        """The run that began last."""
        return self.runs[-1] if self.runs else None

    def timeline(self) -> tuple[Moment, ...]:
        """Return all that has a time, newest first."""
        moments = [
            *(Moment(run.began, What.RUN, run) for run in self.runs),
            *(Moment(claim.noted, What.CLAIMED, claim) for claim in self.claims),
            *(Moment(claim.released, What.RELEASED, claim) for claim in self.claims),
            *(Moment(label.began, What.LABEL, label) for label in self.labels),
            *(Moment(note.at, What.NOTE, note) for note in self.notes),
            *(Moment(case.opened, What.OPENED, case) for case in self.cases),
            *(Moment(case.closed, What.CLOSED, case) for case in self.cases),
            *(Moment(each.at, What.OVERRIDE, each) for each in self.overrides),
            *(Moment(each.taken, What.SERIAL, each) for each in self.serials),
            *(Moment(each.at, What.ERASED, each) for each in self.erasures),
            *(Moment(each.gathered, What.QUEUED, each) for each in self.queued),
            Moment(self.adopted, What.ADOPTED),
            Moment(self.scrapped, What.SCRAPPED),
        ]
        # what came of a run at the same moment stands above it
        known = [moment for moment in moments if moment.at]
        return tuple(sorted(known, key=lambda each: (each.at, each.what is not What.RUN)))[::-1]
