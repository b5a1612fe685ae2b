"""The shape of the record, as migrations: each is applied once, in order, in a transaction.

Times are ISO 8601 in UTC with milliseconds. A row of `intents` without `ended` is a deed whose end
we do not know. `trail` can only grow: triggers refuse anything else, and each row holds the SHA-256
of the row before it and itself.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from station.record import search_schema
from station.record.bench_tables import LABELS, PEOPLE, REWORK

migrations = Migrations("station")


@migrations()
def m001_the_way_of_one_unit(db: Database) -> None:
    for statement in _FIRST_TABLES:
        db.execute(statement)


@migrations()
def m002_queue_and_follow_ups(db: Database) -> None:
    for statement in _SECOND_TABLES:
        db.execute(statement)


@migrations()
def m003_a_unit_is_found_by_all_its_names(db: Database) -> None:
    db.execute("create index runs_by_usb_serial on runs (usb_serial)")
    db.execute("create index claims_by_device on claims (device_id)")


@migrations()
def m004_keepsakes(db: Database) -> None:
    for statement in _FOURTH_TABLES:
        db.execute(statement)


@migrations()
def m005_people_rework_and_labels(db: Database) -> None:
    for statement in (*PEOPLE, *REWORK, *LABELS):
        db.execute(statement)


@migrations()
def m006_search(db: Database) -> None:
    for statement in search_schema.STATEMENTS:
        db.execute(statement)


def stand_in(db: Database) -> None:
    """Give a record that is open to be read only what its next writer will add, empty.

    An older version's record can so be asked before a station has opened it.
    """
    there = set(db.table_names())
    for name, statement in zip(("queue", "follow_ups"), _SECOND_TABLES[:2], strict=True):
        if name not in there:
            db.execute(statement.replace("create table", "create temp table", 1))


_FIRST_TABLES = (
    """
    create table operators (
        id integer primary key,
        name text not null unique,
        created text not null
    ) strict
    """,
    """
    create table work_orders (
        id integer primary key,
        name text not null,
        recipe text not null,
        recipe_digest text not null,
        quantity integer,
        operator integer not null references operators,
        began text not null,
        ended text
    ) strict
    """,
    """
    create table units (
        id integer primary key,
        kind text not null,
        serial text not null,
        model text not null,
        firmware text not null,
        hardware text not null,
        first_seen text not null,
        last_seen text not null
    ) strict
    """,
    """
    create table unit_ids (
        name text not null,
        value text not null,
        unit integer not null references units,
        primary key (name, value)
    ) strict
    """,
    """
    create table runs (
        id integer primary key,
        unit integer references units,
        slot text not null,
        port text not null,
        usb_serial text not null,
        recipe text not null,
        recipe_digest text not null,
        procedure text not null,
        steps text not null,
        operator integer not null references operators,
        work_order integer not null references work_orders,
        station text not null,
        software text not null,
        began text not null,
        ended text,
        outcome text,
        code text,
        words text,
        seconds real,
        check ((ended is null) = (outcome is null))
    ) strict
    """,
    """
    create table steps (
        id integer primary key,
        run integer not null references runs,
        name text not null,
        within_s real not null,
        began text not null,
        ended text,
        outcome text,
        code text,
        words text,
        seconds real
    ) strict
    """,
    """
    create table intents (
        id integer primary key,
        run integer not null references runs,
        step integer not null references steps,
        deed text not null,
        key text not null,
        place text not null,
        began text not null,
        ended text,
        done integer
    ) strict
    """,
    """
    create table claims (
        id integer primary key,
        unit integer references units,
        run integer not null references runs,
        cloud text not null,
        place text not null,
        device_id text not null,
        tags text not null,
        already integer not null,
        noted text not null,
        released text
    ) strict
    """,
    """
    create table trail (
        id integer primary key,
        at text not null,
        run integer references runs,
        what text not null,
        data text not null,
        digest text not null
    ) strict
    """,
    "create index units_by_serial on units (serial)",
    "create index unit_ids_by_value on unit_ids (value)",
    "create index unit_ids_by_unit on unit_ids (unit)",
    "create index runs_by_unit on runs (unit)",
    "create index runs_by_end on runs (ended)",
    "create index runs_by_order on runs (work_order, outcome)",
    "create index runs_open on runs (id) where ended is null",
    "create index steps_by_run on steps (run)",
    "create index intents_open on intents (deed, key) where ended is null",
    "create index intents_by_run on intents (run)",
    "create unique index claims_held on claims (place, device_id) where released is null",
    "create index claims_by_unit on claims (unit)",
    "create index trail_by_run on trail (run)",
    """
    create trigger trail_is_never_changed before update on trail
    begin select raise(abort, 'the trail can only grow'); end
    """,
    """
    create trigger trail_is_never_shortened before delete on trail
    begin select raise(abort, 'the trail can only grow'); end
    """,
)

_SECOND_TABLES = (
    """
    create table queue (
        id integer primary key,
        run integer not null references runs,
        place text not null,
        kind text not null,
        names text not null,
        subject text not null,
        sealed text not null,
        gathered text not null,
        ended text,
        code text,
        words text
    ) strict
    """,
    """
    create table follow_ups (
        id integer primary key,
        run integer not null references runs,
        place text not null,
        device_id text not null,
        stage text not null,
        began text not null,
        due text not null,
        changed text not null,
        reported text,
        ended text
    ) strict
    """,
    "create index queue_waiting on queue (place, id) where ended is null",
    "create index follow_ups_open on follow_ups (place, id) where ended is null",
    "create index follow_ups_by_run on follow_ups (run)",
)

_FOURTH_TABLES = (
    """
    create table keepsakes (
        id integer primary key,
        unit integer references units,
        run integer not null references runs,
        place text not null,
        subject text not null,
        what text not null,
        sealed text not null,
        kept text not null,
        ended text
    ) strict
    """,
    "create index keepsakes_kept on keepsakes (place, subject, what) where ended is null",
)
