"""The tables of the people, the bench and the labels (migration 5); times as in `schema`."""

from __future__ import annotations

PEOPLE = (
    # somebody whom an engineer named; `pin` is an argon2 hash, `badge` a digest that finds the row
    """
    create table people (
        id integer primary key,
        operator integer not null references operators,
        role text not null,
        badge text unique,
        pin text,
        language text not null default '',
        named text not null,
        named_by text not null,
        ended text
    ) strict
    """,
    "create unique index people_at_work on people (operator) where ended is null",
    # what the digests of this record's badges are made with, so that no two records share one
    """
    create table badge_salt (
        id integer primary key check (id = 1),
        salt blob not null
    ) strict
    """,
    # what was done against the rule, and the second person who stood for it
    """
    create table overrides (
        id integer primary key,
        run integer references runs,
        unit integer references units,
        what text not null,
        code text not null default '',
        reason text not null,
        operator integer not null references operators,
        second integer not null references operators,
        at text not null
    ) strict
    """,
    "create index overrides_by_run on overrides (run)",
    "create index overrides_by_unit on overrides (unit)",
)

REWORK = (
    # a unit's way through the bench: from "what is this?" to "shipped again", or to the bin
    """
    create table cases (
        id integer primary key,
        unit integer not null references units,
        opened text not null,
        operator integer not null references operators,
        reason text not null,
        fault text not null default '',
        closed text,
        closed_by integer references operators,
        end text,
        actions text not null default '[]'
    ) strict
    """,
    "create unique index cases_open on cases (unit) where closed is null",
    "create index cases_by_unit on cases (unit)",
    "alter table runs add column repair integer references cases",
    "create index runs_by_case on runs (repair) where repair is not null",
    """
    create table notes (
        id integer primary key,
        unit integer not null references units,
        at text not null,
        operator integer not null references operators,
        text text not null
    ) strict
    """,
    "create index notes_by_unit on notes (unit)",
    "alter table units add column adopted text",
    "alter table units add column scrapped text",
)

LABELS = (
    # a label that came out of a printer, or may have: `printed` is null while nobody knows
    """
    create table labels (
        id integer primary key,
        unit integer not null references units,
        run integer references runs,
        job text not null unique,
        digest text not null,
        template text not null,
        printer text not null,
        operator integer not null references operators,
        reprint_of integer references labels,
        reason text not null default '',
        began text not null,
        printed text,
        failed text,
        scanned text
    ) strict
    """,
    "create index labels_by_unit on labels (unit)",
    "create index labels_by_run on labels (run)",
    # the serial numbers that units were given; a row without a unit was given back
    """
    create table pools (
        id integer primary key,
        name text not null unique,
        prefix text not null,
        width integer not null,
        next integer not null,
        last integer not null,
        made text not null
    ) strict
    """,
    """
    create table serials (
        id integer primary key,
        pool integer not null references pools,
        number text not null,
        unit integer references units,
        run integer references runs,
        taken text,
        confirmed text,
        unique (pool, number)
    ) strict
    """,
    "create unique index serials_of_unit on serials (unit, pool) where unit is not null",
    "create index serials_free on serials (pool, id) where unit is null",
    "create index serials_by_number on serials (number)",
)
