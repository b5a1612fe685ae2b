"""Proofs that another tool has gathered: taken into the queue all at once, or not at all.

Each unit of a file gets a run of its own, so that its life tells who took it in, when and from
which file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from station.faults import Fault
from station.model import Identity, Outcome, Proof
from station.record import runs, units
from station.record.rows import ending, insert
from station.record.trail import note


@dataclass(frozen=True, slots=True)
class Gathered:
    """A unit's proof from a file: its text `sealed`, `gathered` ISO 8601 in UTC.

    `where` says where it stands there.
    """

    where: str
    identity: Identity
    proof: Proof
    sealed: str
    gathered: str


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many proofs wait now, how many newer ones did already, and where units were refused."""

    taken: int
    known: int
    refused: tuple[str, ...]


def take_in(db: Database, told: runs.RunNote, place: str, all_of: Sequence[Gathered]) -> TakenIn:
    """Put proofs into the queue for `place`; a newer one of the same unit that waits there stays."""
    taken = known = 0
    refused: list[str] = []
    for each in all_of:
        waits = "select 1 from queue where subject = ? and place = ? and ended is null"
        newer = f"{waits} and gathered >= ?"
        if db.execute(newer, [each.proof.subject, place, each.gathered]).fetchone():
            known += 1
            continue
        try:
            with db.atomic():
                _take_in(db, told, place, each)
        except Fault as fault:
            refused.append(f"{each.where}: {fault}")
        else:
            taken += 1
    return TakenIn(taken, known, tuple(refused))


def enqueue(
    db: Database, run: int, place: str, proof: Proof, *, sealed: str, gathered: str
) -> None:
    """Put a proof into the queue; one of the same unit that waits there is replaced."""
    old = "subject = ? and place = ? and ended is null"
    db.table("queue").delete_where(old, [proof.subject, place])
    row = {"run": run, "place": place, "kind": proof.kind, "names": proof.names}
    row |= {"subject": proof.subject, "gathered": gathered}
    insert(db, "queue", **row, sealed=sealed)
    note(db, run, "queued", row)


def _take_in(db: Database, told: runs.RunNote, place: str, each: Gathered) -> None:
    run = runs.begin(db, told)
    units.learn(db, run, each.identity)
    enqueue(db, run, place, each.proof, sealed=each.sealed, gathered=each.gathered)
    passed = ending(Outcome.PASS, None, None)
    for name in told.steps:
        insert(db, "steps", run=run, name=name, within_s=0.0, began=passed["ended"], **passed)
    runs.end(db, run, Outcome.PASS, None, None)
