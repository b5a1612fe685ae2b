"""Counts that the Line page shows: read from what is committed."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlite_utils import Database

from station.model import Outcome, PastRun, Tally
from station.record.runs import IMPORT

# What a technician does to a unit that came back is no unit of the line: who it is was read, say.
_OF_THE_LINE = """repair is null
    and runs.recipe = (select recipe from work_orders where work_orders.id = runs.work_order)"""

# A board that never said who it is counts as a unit of its own: it was in the operator's hand.
_TODAY = f"""
    select coalesce(unit, -id) as who, outcome,
           row_number() over (partition by coalesce(unit, -id) order by id) as nth,
           row_number() over (partition by coalesce(unit, -id) order by id desc) as nth_last
    from runs where ended >= ? and procedure <> '{IMPORT}' and {_OF_THE_LINE}
"""  # noqa: S608 - literals of ours


def tally(db: Database, work_order: int) -> Tally:
    """Return today's units by their last outcome, and the units that the order has passed."""
    passed, failed, units, first = db.execute(
        "select coalesce(sum(nth_last = 1 and outcome = 'pass'), 0),"  # noqa: S608 - literals of ours
        " coalesce(sum(nth_last = 1 and outcome <> 'pass'), 0),"
        " count(distinct who), coalesce(sum(nth = 1 and outcome = 'pass'), 0)"
        f" from ({_TODAY})",
        [midnight()],
    ).fetchone()
    done, quantity = db.execute(
        # an order that has a name of its own goes on from shift to shift
        "select (select count(distinct unit) from runs"  # noqa: S608 - literals of ours
        f" where outcome = 'pass' and {_OF_THE_LINE} and work_order in ("
        "select id from work_orders where id = o.id or (name = o.name and o.name <> o.recipe))),"
        " quantity from work_orders o where id = ?",
        [work_order],
    ).fetchone()
    return Tally(passed, failed, units, first, done, quantity)


def past_runs(db: Database, limit: int) -> tuple[PastRun, ...]:
    """Return the last `limit` runs that ended today, oldest first."""
    rows = db.execute(
        "select runs.id, ended, slot, coalesce(serial, ''), outcome, coalesce(code, '')"
        " from runs left join units on units.id = unit where ended >= ? and procedure <> ?"
        " order by ended desc limit ?",
        [midnight(), IMPORT, limit],
    ).fetchall()
    return tuple(
        PastRun(run, ended, slot, unit, Outcome(outcome), code)
        for run, ended, slot, unit, outcome, code in reversed(rows)
    )


def midnight() -> str:
    """Return the last midnight of the station's time zone, in UTC, as the record writes times."""
    local = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return local.astimezone(UTC).isoformat(timespec="milliseconds")
