"""What lets a unit be found by any part of its identities (migration 6).

`unit_words` has a row for each unit: all that it is called, without gaps and in small letters.
`nth` grows with each visit, so that the index of trigrams over it is in order of the last visit:
the newest units that fit are read first, however many more there are (sqlite.org/fts5.html, 4.3.4).
Triggers keep the words, whoever writes. The trigrams follow them before each commit, by `index`: a
schema that is not trusted may not let a trigger write to a virtual table.
"""

from __future__ import annotations

import logging
import sqlite3

from sqlite_utils import Database

_log = logging.getLogger(__name__)

FILTERED = (
    "outcome", "recipe", "operator", "work_order", "slot", "station", "procedure", "code",
)  # fmt: skip
"""The columns of runs by which one may filter; each has an index in order of time."""


def _squeezed(column: str) -> str:
    """Return SQL that does what `model.finding.squeezed` does, for what identities are made of."""
    bare = column
    for gap in (":", "-", ".", " "):
        bare = f"replace({bare}, '{gap}', '')"
    return f"lower({bare})"


def _words(unit: str) -> str:
    """Return SQL for all that a unit is called, each once."""
    values = f"""
        select serial as value from units where id = {unit}
        union all select value from unit_ids where unit = {unit}
        union all select device_id from claims where unit = {unit}
        union all select usb_serial from runs where unit = {unit}
    """  # noqa: S608 - literals of ours
    return f"""
        (select coalesce(group_concat(word, ' '), '') from (
            select distinct {_squeezed("value")} as word from ({values}) where value <> ''))
    """  # noqa: S608 - literals of ours


def _words_since_5(unit: str) -> str:
    numbers = f"union all select number from serials where unit = {unit}"  # noqa: S608 - literals of ours
    return _words(unit).replace(") where value", f" {numbers}) where value")


def _told(unit: str) -> str:
    """Return SQL that writes a unit's row anew, as the newest."""
    return f"""
        delete from unit_words where unit = {unit};
        insert into unit_words (nth, unit, words) values (
            (select coalesce(max(nth), 0) + 1 from unit_words), {unit}, {_words_since_5(unit)});
    """  # noqa: S608 - literals of ours


_CHANGES = {
    "unit_seen": "after update of unit on runs when new.unit is not null",
    "unit_claimed": "after insert on claims when new.unit is not null",
    "unit_numbered": "after insert on serials when new.unit is not null",
    "unit_renumbered": "after update of unit on serials when new.unit is not null",
}
"""What changes the words of the unit `new.unit`."""

_KNOWN = "exists (select 1 from unit_words where unit = {unit})"

TABLES = (
    """
    create table unit_words (
        nth integer primary key,
        unit integer not null unique references units,
        words text not null,
        indexed integer not null default 0
    ) strict
    """,
    "create table unit_words_gone (nth integer primary key, words text not null) strict",
    "create index unit_words_new on unit_words (nth) where indexed = 0",
    """
    create virtual table unit_trigrams
    using fts5(words, content = unit_words, content_rowid = nth, tokenize = trigram)
    """,
)
FILL = (
    f"""
    insert into unit_words (unit, indexed, words)
    select id, 1, {_words_since_5("each.id")} from units as each order by last_seen, id
    """,  # noqa: S608 - literals of ours
    "insert into unit_trigrams (unit_trigrams) values ('rebuild')",
)
TRIGGERS = (
    """
    create trigger unit_words_go after delete on unit_words when old.indexed begin
        insert into unit_words_gone (nth, words) values (old.nth, old.words);
    end
    """,
    *(
        f"create trigger {name} {when} begin {_told('new.unit')} end"
        for name, when in _CHANGES.items()
    ),
    # a new unit's first words are written once, when its run is given to it, and not for each id
    f"""
    create trigger unit_named after insert on unit_ids
    when {_KNOWN.format(unit="new.unit")} begin {_told("new.unit")} end
    """,
    f"""
    create trigger unit_adopted after insert on units
    when new.adopted is not null begin {_told("new.id")} end
    """,
    f"""
    create trigger unit_called after update of serial on units
    when old.serial <> new.serial and {_KNOWN.format(unit="new.id")} begin {_told("new.id")} end
    """,
)
INDEXES = (
    "create index runs_by_began on runs (began)",
    *(f"create index runs_by_{column}_began on runs ({column}, began)" for column in FILTERED),
    "create index orders_by_name on work_orders (name)",
    "create index queue_by_run on queue (run)",
)
STATEMENTS = (*TABLES, *FILL, *TRIGGERS, *INDEXES)


def index(db: Database) -> None:
    """Bring the trigrams up to date, in the transaction that has changed the words.

    A line goes on working when this fails: then units are found as they were called before.
    """
    try:
        with db.atomic():
            gone = db.execute("select nth, words from unit_words_gone order by nth").fetchall()
            come = db.execute("select nth, words from unit_words where indexed = 0").fetchall()
            if gone:
                db.conn.executemany(_FORGET, gone)
                db.execute("delete from unit_words_gone")
            if come:
                db.conn.executemany(_LEARN, come)
                db.execute("update unit_words set indexed = 1 where indexed = 0")
    except sqlite3.Error:
        if not db.conn.in_transaction:  # it was not the index: nothing can be written
            raise
        _log.exception("the search could not follow the record")


_FORGET = "insert into unit_trigrams (unit_trigrams, rowid, words) values ('delete', ?, ?)"
_LEARN = "insert into unit_trigrams (rowid, words) values (?, ?)"


def stand_in(db: Database) -> None:
    """Give an older record that is open to be read only the same words, gathered as they are read."""
    if {"unit_words", "units"} & set(db.table_names()) == {"units"}:
        db.execute(
            "create temp view unit_words as select coalesce("  # noqa: S608 - literals of ours
            "(select max(id) from runs where unit = each.id), 0) as nth,"
            f" id as unit, {_words('each.id')} as words from units as each"
        )
