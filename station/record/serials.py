"""Serial numbers from a pool: taken, confirmed, given back. None twice, none lost.

A number belongs to one unit as long as that has passed with it, or may bear a label with it; in
all other cases it goes back with the end of the run that took it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from station.faults import PoolEmpty, PoolExists
from station.model import Outcome
from station.record.rows import insert, now
from station.record.trail import note
from station.record.writer import Writer


@dataclass(frozen=True, slots=True)
class Pool:
    """A pool of numbers: `prefix` and a count from `first` to `last` of `width` digits at least."""

    name: str
    prefix: str
    first: int
    last: int
    width: int

    @property
    def longest(self) -> str:
        """Its last number as it is written."""
        return f"{self.prefix}{self.last:0{self.width}d}"


@dataclass(frozen=True, slots=True)
class PoolStands:
    """How a pool stands: how many numbers are free, taken without a verdict, and confirmed."""

    name: str
    next: str
    free: int
    taken: int
    confirmed: int


class Serials:
    """The serial numbers of one record. Every verb is on disk at once."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def make(self, pool: Pool) -> None:
        """Make a pool.

        Raises:
            PoolExists: there is one of this name.

        """

        def work(db: Database) -> None:
            _refuse_known(db, pool.name)
            row = {"name": pool.name, "prefix": pool.prefix, "width": pool.width}
            row |= {"next": pool.first, "last": pool.last, "made": now()}
            insert(db, "pools", **row)
            note(db, None, "pool made", row)

        await self._writer.write(work)

    async def take_in(self, name: str, numbers: Iterable[str]) -> int:
        """Add given numbers to a pool, which is made if need be; return how many were new to it."""
        given = tuple(dict.fromkeys(numbers))

        def work(db: Database) -> int:
            pool = _pool_called(db, name) or insert(
                db, "pools", name=name, prefix="", width=1, next=1, last=0, made=now()
            )
            before = _count(db, "pool = ?", pool)
            rows = ({"pool": pool, "number": number} for number in given)
            db.table("serials").insert_all(rows, ignore=True)
            new = _count(db, "pool = ?", pool) - before
            note(db, None, "numbers imported", {"pool": name, "many": new})
            return new

        return await self._writer.write(work)

    async def take(self, run: int, name: str) -> str:
        """Return the number of the unit of `run`: the one that it has, or one that is now taken.

        Raises:
            PoolEmpty: there is none left, or no such pool.

        """

        def work(db: Database) -> str:
            pool = _pool_called(db, name)
            if pool is None:
                raise PoolEmpty(f"there is no pool {name}")
            if number := _held_by(db, run, pool):
                return number
            row = _given_back(db, pool) or _counted(db, pool)
            if row is None:
                raise PoolEmpty(name)
            unit = db.execute("select unit from runs where id = ?", [run]).fetchone()[0]
            db.table("serials").update(row[0], {"unit": unit, "run": run, "taken": now()})
            note(db, run, "number taken", {"pool": name, "number": row[1]})
            return row[1]

        return await self._writer.write(work)

    async def stands(self) -> tuple[PoolStands, ...]:
        """Return how each pool stands, in the order of their names."""
        return await self._writer.write(pools_stand)


def pools_stand(db: Database) -> tuple[PoolStands, ...]:
    """Return how each pool stands, in the order of their names; an older record has none."""
    if "pools" not in db.table_names():
        return ()
    found = []
    for pool, name, prefix, width, at, last in db.execute(
        "select id, name, prefix, width, next, last from pools order by name"
    ).fetchall():
        back = _given_back(db, pool)
        following = f"{prefix}{at:0{width}d}" if at <= last else ""
        found.append(
            PoolStands(
                name,
                back[1] if back else following,
                _count(db, "pool = ? and unit is null", pool) + max(0, last - at + 1),
                _count(db, "pool = ? and unit is not null and confirmed is null", pool),
                _count(db, "pool = ? and confirmed is not null", pool),
            )
        )
    return tuple(found)


def settle_numbers(db: Database, run: int, outcome: Outcome) -> None:
    """Confirm or give back the numbers of the unit of `run`, in the transaction that ends it.

    One on a label that may exist stays with its unit, passed or not; one that another run on the
    same unit may be using goes back with the end of that.
    """
    if outcome is Outcome.PASS:
        db.execute(_CONFIRM, [now(), run])
    for (number,) in db.execute(_GIVE_BACK, [run, run]).fetchall():
        note(db, run, "number given back", {"number": number})


_OF_UNIT = "confirmed is null and unit = (select unit from runs where id = ?)"

# by runs and not by times, for clocks are set back
_ON_LABEL = """exists (select 1 from labels where labels.unit = serials.unit
    and labels.failed is null and labels.run >= serials.run)"""

_CONFIRM = f"update serials set confirmed = ? where {_OF_UNIT} and {_ON_LABEL}"  # noqa: S608

_GIVE_BACK = f"""
    update serials set unit = null, run = null, taken = null
    where {_OF_UNIT} and not {_ON_LABEL} and not exists (select 1 from runs
        where runs.unit = serials.unit and runs.ended is null and runs.id <> ?) returning number
"""  # noqa: S608 - literals of ours


def _refuse_known(db: Database, name: str) -> None:
    if _pool_called(db, name) is not None:
        raise PoolExists(name)


def _pool_called(db: Database, name: str) -> int | None:
    found = db.execute("select id from pools where name = ?", [name]).fetchone()
    return found[0] if found else None


Row = tuple[int, str]
"""A number's row, and the number."""


def _held_by(db: Database, run: int, pool: int) -> str:
    found = db.execute(
        "select number from serials join runs on runs.unit = serials.unit"
        " where runs.id = ? and pool = ?",
        [run, pool],
    ).fetchone()
    return found[0] if found else ""


def _given_back(db: Database, pool: int) -> Row | None:
    found: Row | None = db.execute(
        "select id, number from serials where pool = ? and unit is null order by id limit 1", [pool]
    ).fetchone()
    return found


def _counted(db: Database, pool: int) -> Row | None:
    """Return the next number that the pool counts to; one that was imported is passed over."""
    prefix, width, at, last = db.execute(
        "select prefix, width, next, last from pools where id = ?", [pool]
    ).fetchone()
    for count in range(at, last + 1):
        db.table("pools").update(pool, {"next": count + 1})
        number = f"{prefix}{count:0{width}d}"
        if not _count(db, "pool = ? and number = ?", pool, number):
            return insert(db, "serials", pool=pool, number=number), number
    return None


def _count(db: Database, where: str, *values: int | str) -> int:
    # every `where` is a literal of ours
    count: int = db.execute(
        f"select count(*) from serials where {where}",  # noqa: S608
        list(values),
    ).fetchone()[0]
    return count
