"""Finding units: by any part of what they are called, by what was done to them, page by page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from station.model import Claim, Identity, Outcome, Trouble
from station.model.finding import Cursor, Query, midnight, midnight_after
from station.record import Record, RunNote, by_text, fitting, questions, search

MAC = "F4:12:FA:65:43:21"
UUID = "50503041-3633-4261-803d-1e2b8f70111a"
UNIT = Identity(
    "nrf91", "355025930000421", "nRF9151", "2.0.2",
    ids=(("imei", "355025930000421"), ("uuid", UUID), ("mac", MAC)),
)  # fmt: skip
OTHER = Identity("nrf91", "SN-0042-7", "nRF9151", "2.0.2", ids=(("sn", "SN-0042-7"),))


async def visit(
    record: Record,
    note: RunNote,
    identity: Identity | None,
    outcome: Outcome = Outcome.PASS,
    code: str = "",
) -> int:
    """Write a whole run down."""
    run = await record.begin_run(replace(note, steps=()))
    if identity is not None:
        await record.learn(run, identity)
    trouble = Trouble(code, "It said no.", "Ask again.") if code else None
    await record.end_run(run, outcome, trouble, 0.5)
    return run


def found(record: Record, query: Query | str) -> list[str]:
    """Return the serials that are found, all pages of them, two units a page."""
    asked = Query(query) if isinstance(query, str) else query
    serials: list[str] = []
    after: Cursor | None = None
    with questions.reading(record.path) as db:
        while True:
            page = search.find(db, asked, after, 2)
            serials += [unit.serial for unit in page.units]
            if page.after is None:
                return serials
            after = page.after


@pytest.fixture
async def two(record: Record, note: RunNote) -> Record:
    run = await visit(record, replace(note, usb_serial="USB-77AB"), UNIT)
    await record.hold(run, "there", Claim("c", "nrf-Device.9"))
    await visit(record, note, OTHER)
    return record


@pytest.mark.parametrize(
    "text",
    ["355025930000421", "3550", "0421", "5930000", UUID, UUID.upper(), UUID.replace("-", ""), "70111A",
     MAC, MAC.lower(), "F4-12-FA-65-43-21", "f412fa654321", "F412.FA65.4321", "65:43:21", " 0421 ",
     "nrf-device.9", "DEVICE9", "usb-77ab", "77ab", "355 025 930"],
)  # fmt: skip
def test_a_unit_is_found_by_any_part_that_is_typed_or_scanned(two: Record, text: str) -> None:
    assert found(two, text) == [UNIT.serial]


@pytest.mark.parametrize(
    "text", ["nobody", "%", "_", "' or 1=1", '"', "355 026", "::", "*", "a*", "-"]
)
def test_what_nobody_is_called_finds_nobody(two: Record, text: str) -> None:
    assert found(two, text) == []


def test_one_letter_is_enough(two: Record) -> None:
    assert found(two, "7") == [OTHER.serial, UNIT.serial]
    assert found(two, "sn") == [OTHER.serial]
    assert found(two, "zz") == []


def test_it_is_told_which_number_was_meant(two: Record) -> None:
    with questions.reading(two.path) as db:
        for text, matched in (
            ("0421", ("", "")), ("654321", ("mac", MAC)), ("77ab", ("usb", "USB-77AB")),
            ("device", ("device", "nrf-Device.9")),
        ):  # fmt: skip
            (unit,) = search.find(db, Query(text)).units
            assert unit.matched == matched


async def test_a_unit_is_found_by_what_it_is_called_later(two: Record, note: RunNote) -> None:
    assert found(two, "89450421") == []
    later = replace(OTHER, ids=(*OTHER.ids, ("iccid", "89450421180216211234")))
    await visit(two, note, later)
    assert found(two, "8945042118") == [OTHER.serial]
    with Database(two.path).conn as db:
        db.execute("update units set serial = 'TRK-9000' where serial = ?", [OTHER.serial])
    await two.probe()
    assert found(two, "trk9000") == ["TRK-9000"]


async def test_a_unit_that_was_taken_in_by_hand_is_found_without_a_run(record: Record) -> None:
    with Database(record.path).conn as db:
        db.execute(
            "insert into units (kind, serial, model, firmware, hardware, first_seen, last_seen,"
            " adopted) values ('nrf91', 'OLD-1', '', '', '', '2026', '2026', '2026')"
        )
        db.execute("insert into unit_ids values ('imei', '351009', 1)")
    await record.probe()
    assert found(record, "old1") == found(record, "351009") == ["OLD-1"]
    with questions.reading(record.path) as db:
        assert search.find(db, Query("OLD")).units[0].run is None


async def test_the_last_visited_come_first(two: Record, note: RunNote) -> None:
    assert found(two, "00") == found(two, "004") == [OTHER.serial, UNIT.serial]
    await visit(two, note, UNIT)
    assert found(two, "00") == found(two, "004") == [UNIT.serial, OTHER.serial]
    assert found(two, Query()) == [UNIT.serial, OTHER.serial]


async def test_each_filter_filters(record: Record, note: RunNote) -> None:
    shift = await record.begin_shift("Bob", "Order 8", "Gateway", "e" * 64, 10)
    await visit(record, note, UNIT)
    other = replace(
        note, operator=shift.operator, work_order=shift.work_order, recipe="Gateway", slot="2",
        station="Line 2", procedure="renew",
    )  # fmt: skip
    await visit(record, other, OTHER, Outcome.FAIL, "BOARD-SILENT")
    for query in (
        Query(outcome=Outcome.FAIL), Query(recipe="Gateway"), Query(order="Order 8"),
        Query(operator="Bob"), Query(slot="2"), Query(station="Line 2"), Query(procedure="renew"),
        Query(code="BOARD-SILENT"),
    ):  # fmt: skip
        assert found(record, query) == [OTHER.serial]
        assert found(record, replace(query, text="0042")) == [OTHER.serial]
        assert found(record, replace(query, text="421")) == []
        assert found(record, replace(query, since="2999")) == []
    assert found(record, Query(recipe="Tracker", operator="Ann")) == [UNIT.serial]
    assert found(record, Query(order="nobody's")) == []


async def test_a_day_has_its_runs(two: Record) -> None:
    with Database(two.path).conn as db:
        db.execute("update runs set began = ? where id = 1", [midnight(_day(3))])
        db.execute("update runs set began = ? where id = 2", [midnight_after(_day(3))])
    day = Query(since=midnight(_day(3)), until=midnight_after(_day(3)))
    assert found(two, day) == [UNIT.serial]
    assert found(two, replace(day, text="00")) == [UNIT.serial]
    assert found(two, replace(day, until="")) == [OTHER.serial, UNIT.serial]


def _day(number: int) -> date:
    return date(2026, 11, number)


async def test_a_unit_stands_there_once_with_its_newest_run_that_fits(
    record: Record, note: RunNote
) -> None:
    first = await visit(record, note, UNIT, Outcome.FAIL, "BOARD-SILENT")
    last = await visit(record, note, UNIT)
    nameless = [await visit(record, note, None, Outcome.FAIL, "BOARD-SILENT") for _ in range(2)]

    def runs(query: Query) -> list[int]:
        with questions.reading(record.path) as db:
            units = search.find(db, query).units
        return [unit.run.run for unit in units if unit.run]

    assert runs(Query()) == [*reversed(nameless), last]
    assert runs(Query(outcome=Outcome.FAIL)) == [*reversed(nameless), first]
    assert runs(Query("0421", outcome=Outcome.FAIL)) == [first]
    assert runs(Query("0421")) == [last]


@pytest.mark.parametrize(("few", "near"), [(0, 0), (0, 500), (10_000, 0), (10_000, 500)])
async def test_every_way_through_the_record_finds_the_same(
    record: Record, note: RunNote, few: int, near: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which index is walked depends on how much there is, and what is found does not."""
    monkeypatch.setattr(fitting, "FEW", few)
    monkeypatch.setattr(by_text, "FEW", few)
    monkeypatch.setattr(by_text, "NEAR", near)
    for number in range(12):
        serial = f"3550259300{number:05}"
        slot = str(number % 3)
        ends = Outcome.PASS if number % 2 else Outcome.FAIL
        identity = replace(UNIT, serial=serial, ids=(("imei", serial),))
        await visit(record, replace(note, slot=slot), identity, ends)
    expected = ["355025930000010", "355025930000004"]
    for text in ("", "3", "35", "3550", "3550259300000", "000", "0"):
        assert found(record, Query(text, slot="1", outcome=Outcome.FAIL)) == expected
    assert found(record, Query("004", order="Order 7")) == ["355025930000004"]
    assert len(found(record, Query("0000", order="Order 7"))) == 12


def test_a_label_of_many_parts_finds_the_unit(two: Record) -> None:
    with questions.reading(two.path) as db:
        query, page = search.first_found(db, Query(slot="1"), ("SN:x IMEI:y", "1234567", "0421"))
        assert (query.text, query.slot) == ("0421", "1")
        assert [unit.serial for unit in page.units] == [UNIT.serial]
        query, page = search.first_found(db, Query(), ("nobody", "nothing"))
        assert (query.text, page.units) == ("nobody", ())


def test_what_the_filters_may_be(two: Record) -> None:
    with questions.reading(two.path) as db:
        there = search.choices(db)
    assert (there.recipes, there.slots, there.stations) == (("Tracker",), ("1",), ("Line 1",))
    assert (there.operators, there.orders) == (("Ann",), ("Order 7",))
    assert (there.procedures, there.codes) == (("claim",), ())


def test_an_older_record_is_searched_as_it_is(two: Record, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with questions.reading(two.path) as db:
        questions.backup(db, path)
    older(path)
    before = path.read_bytes()
    with questions.reading(path) as db:
        for text in ("0421", "43:21", "77ab", "device", "sn-0042-7", "7"):
            assert search.find(db, Query(text)).units, text
        assert search.find(db, Query("nobody")).units == ()
        both = search.find(db, Query(recipe="Tracker"), limit=1)
        assert [unit.serial for unit in both.units] == [OTHER.serial]
        rest = search.find(db, Query(recipe="Tracker"), both.after)
        assert [unit.serial for unit in rest.units] == [UNIT.serial]
        assert search.choices(db).recipes == ("Tracker",)
    assert path.read_bytes() == before


def test_an_older_records_units_are_found_once_a_station_has_opened_it(
    two: Record, tmp_path: Path
) -> None:
    path = tmp_path / "old.db"
    with questions.reading(two.path) as db:
        questions.backup(db, path)
    older(path)
    record = Record(path)
    record.close()
    assert found(record, "f412fa") == [UNIT.serial]
    assert found(record, "00427") == [OTHER.serial]


def older(path: Path) -> None:
    """Take the sixth migration off a record."""
    db = Database(path)
    names = db.execute(
        "select type, name from sqlite_master where type in ('trigger', 'index', 'table')"
        " and (sql like '%unit_words%' or sql like '%(%, began)' or name like 'unit_trigrams'"
        " or name in ('runs_by_began', 'orders_by_name', 'queue_by_run'))"
    ).fetchall()
    for kind in ("trigger", "index", "table"):
        for _, name in (each for each in names if each[0] == kind):
            db.execute(f"drop {kind} if exists {name}")
    db.execute("delete from _sqlite_migrations where name = 'm006_search'")
    db.conn.commit()
    db.conn.close()


async def test_a_search_goes_on_while_a_station_writes(two: Record, note: RunNote) -> None:
    with questions.reading(two.path) as db:
        page = search.find(db, Query("00"), limit=1)
        for number in range(3):
            ids = (("sn", f"SN-99{number}"),)
            await visit(two, note, replace(OTHER, serial=f"SN-99{number}", ids=ids))
        assert [unit.serial for unit in search.find(db, Query("sn99")).units] == [
            "SN-992", "SN-991", "SN-990",
        ]  # fmt: skip
        rest = search.find(db, Query("00"), page.after)
        assert [unit.serial for unit in rest.units] == [UNIT.serial]


async def test_a_broken_index_stops_no_line(
    two: Record, note: RunNote, caplog: pytest.LogCaptureFixture
) -> None:
    with Database(two.path).conn as db:
        db.execute("drop table unit_trigrams")
    await visit(two, note, replace(OTHER, serial="SN-1", ids=(("sn", "SN-1"),)))
    assert "could not follow" in caplog.text
    assert found(two, "sn1") == ["SN-1"]
    with questions.reading(two.path) as db:
        assert questions.verify(db) == []


def test_a_searched_record_is_called_whole(two: Record) -> None:
    with questions.reading(two.path) as db:
        assert questions.verify(db) == []
        db.execute("select * from unit_trigrams where unit_trigrams match '\"355\"'").fetchall()
