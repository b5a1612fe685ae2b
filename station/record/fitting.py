"""The filters of a search as SQL, and the index by which the runs that fit are best walked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from station.model.finding import Cursor, Query
from station.record.search_schema import FILTERED

Key = tuple[Cursor, int | None, int | None]
"""Where something that was found stands, and its unit and run, by their numbers."""
FEW = 10_000
"""What has no more rows than this is read as a whole, and more quickly than anything else."""

_VALUES = {
    "outcome": "r.outcome = :outcome",
    "recipe": "r.recipe = :recipe",
    "operator": "r.operator = (select id from operators where name = :operator)",
    "work_order": "r.work_order in (select id from work_orders where name = :work_order)",
    "slot": "r.slot = :slot",
    "station": "r.station = :station",
    "procedure": "r.procedure = :procedure",
    "code": "r.code = :code",
}

# an order of a thousand days ago is not looked for among the runs of today
_WITHIN_ORDER = """
    r.began between
        (select min((select min(began) from runs where work_order = o.id))
            from work_orders o where name = :work_order)
        and (select max((select max(began) from runs where work_order = o.id))
            from work_orders o where name = :work_order)
"""


@dataclass(frozen=True, slots=True)
class Fitting:
    """What a run that is called `r` must be, in SQL; `values` are what stands in it by name."""

    columns: tuple[str, ...]
    conditions: tuple[str, ...]
    values: dict[str, Any]

    @classmethod
    def of(cls, query: Query) -> Fitting:
        """Return the filters of `query`."""
        wanted = {
            "outcome": query.outcome.value if query.outcome else "",
            "recipe": query.recipe,
            "operator": query.operator,
            "work_order": query.order,
            "slot": query.slot,
            "station": query.station,
            "procedure": query.procedure,
            "code": query.code,
        }
        columns = tuple(column for column in FILTERED if wanted[column])
        conditions = [_VALUES[column] for column in columns]
        if query.order:
            conditions.append(_WITHIN_ORDER)
        conditions += ["r.began >= :since"] if query.since else []
        conditions += ["r.began < :until"] if query.until else []
        named = {**wanted, "since": query.since, "until": query.until, "needle": query.needle}
        return cls(columns, tuple(conditions), named)

    def where(self, run: str = "r") -> str:
        """Return all conditions as one, on a run that is called `run`."""
        told = " and ".join(self.conditions) or "1"
        return told if run == "r" else told.replace("r.", f"{run}.")

    def of_unit(self) -> str:
        """Return SQL for the fitting runs of `:unit`, newest first."""
        return f"""
            select r.id from runs r indexed by runs_by_unit
            where r.unit = :unit and {self.where()} order by r.began desc, r.id desc
        """  # noqa: S608 - literals of ours

    def walk(self, db: Database) -> tuple[str, int]:
        """Return the index by which the runs that fit are best walked, and how many it has at most.

        From FEW on they are not counted.
        """
        if not is_indexed(db):
            return "", FEW
        best, fewest = "runs_by_began", FEW
        for column in self.columns:
            count = self._count(db, column)
            # one value is walked in order of time; several would have to be sorted: only if few
            if count < fewest or (best == "runs_by_began" and column != "work_order"):
                best, fewest = f"runs_by_{column}_began", min(count, fewest)
        return f"indexed by {best}", fewest

    def _count(self, db: Database, column: str) -> int:
        within = [each for each in self.conditions if each == _VALUES[column] or "r.began" in each]
        row = db.execute(
            "select count(*) from (select 1 from runs r indexed by"  # noqa: S608 - literals of ours
            f" runs_by_{column}_began where {' and '.join(within)} limit {FEW})",
            self.values,
        ).fetchone()
        return int(row[0])


def place(after: Cursor | None) -> dict[str, Any]:
    """Return the values of a cursor by name."""
    return {"nth": after.nth, "began": after.began, "run": after.run} if after else {}


def is_indexed(db: Database) -> bool:
    """Tell whether the record has its sixth migration; an older one is read without its indexes."""
    found = db.execute("select 1 from sqlite_master where name = 'unit_trigrams'").fetchone()
    return found is not None


def distinct(db: Database, column: str) -> tuple[str, ...]:
    """Return the values of a column of runs: from one to the next in its index, not by reading all."""
    rows = db.execute(
        f"with recursive each (value) as (select min({column}) from runs union all"  # noqa: S608 - literals of ours
        f" select (select min({column}) from runs where {column} > value) from each"
        " where value is not null) select value from each where value <> '' limit 1000"
    )
    return tuple(row[0] for row in rows)
