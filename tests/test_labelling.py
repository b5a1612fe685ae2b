"""Labels in whole runs: printed once, on PASS alone, scanned back, and never guessed about."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from station import label_print
from station.faults import LabelMissing, LabelOtherRecipe, PaperOut
from station.label_print import Again, look_at_printer, reprint
from station.model import (
    Approval,
    Asking,
    Credentials,
    Halted,
    Identified,
    LabelCame,
    Lamp,
    LampTurned,
    Outcome,
    Override,
    Prompted,
    Refused,
    Resumed,
    RunEnded,
    StepEnded,
)
from station.record import Approved
from station.record.questions import reading
from station.record.serials import Pool
from tests.label_hall import LABEL, LabelHall, board, label_hall

SCAN_BACK = LABEL + "scan_back = true\n"
MATCH = LABEL + "match = true\n"


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[LabelHall]:
    async with label_hall(tmp_path / "line") as hall:
        yield hall


@pytest.fixture
async def scanning(tmp_path: Path) -> AsyncIterator[LabelHall]:
    async with label_hall(tmp_path / "line", SCAN_BACK) as hall:
        yield hall


@pytest.fixture
async def matching(tmp_path: Path) -> AsyncIterator[LabelHall]:
    async with label_hall(tmp_path / "line", MATCH) as hall:
        yield hall


def rows(line: LabelHall) -> list[dict[str, Any]]:
    with reading(line.hall.record.path) as db:
        return [dict(row) for row in db.execute("select * from labels order by id")]


def trail(line: LabelHall) -> list[str]:
    with reading(line.hall.record.path) as db:
        return [row["what"] for row in db.execute("select what from trail order by id")]


def code(ended: RunEnded) -> str:
    return ended.trouble.code if ended.trouble else ""


async def test_a_label_comes_with_a_pass_and_says_who_the_unit_is(line: LabelHall) -> None:
    unit = board(1)
    assert (await line.hall.run(unit)).outcome is Outcome.PASS
    assert line.printed == [{unit.identity["imei"], unit.identity["uuid"]}]
    (came,) = line.came
    assert (came.slot, came.unit, came.again) == ("1", unit.identity["imei"], False)
    (row,) = rows(line)
    assert (row["job"], row["printer"]) == (came.job, "labels")
    assert row["template"].startswith("label.zpl ")
    assert row["printed"]
    assert row["failed"] is row["scanned"] is row["reprint_of"] is None
    steps = [each.step for each in line.hall.bystander.of(StepEnded)]
    assert steps == ["connect", "identify", "prove", "check", "claim", "label"]
    assert line.hall.bystander.of(LampTurned)[-1] == LampTurned("cloud", Lamp.GOOD)


@pytest.mark.parametrize("fault", ["silent", "token-forged", "wrong-product"])
async def test_a_unit_that_does_not_pass_gets_no_label(line: LabelHall, fault: str) -> None:
    assert (await line.hall.run(board(1, fault))).outcome is Outcome.FAIL
    assert line.printer.labels == []
    assert rows(line) == []


async def test_what_was_printed_is_scanned_before_the_unit_passes(scanning: LabelHall) -> None:
    scanning.hall.wiring.plug("usb-1", board(1))
    question = await scanning.asked(Asking.SCAN_BACK)
    assert (question.unit, question.by_word) == (board(1).identity["imei"], True)
    assert not scanning.hall.bystander.of(RunEnded)
    (said,) = scanning.printed
    await scanning.scan(sorted(said)[0])
    assert (await scanning.ended()).outcome is Outcome.PASS
    assert rows(scanning)[0]["scanned"]


async def test_a_wrong_label_is_asked_about_and_then_stops_the_unit(scanning: LabelHall) -> None:
    scanning.hall.wiring.plug("usb-1", board(1))
    for count in (1, 2, 3):
        assert (await scanning.asked(Asking.SCAN_BACK, count=count)).mistakes == count - 1
        await scanning.scan(board(2).identity["imei"])
    ended = await scanning.ended()
    assert (ended.outcome, code(ended)) == (Outcome.FAIL, "LABEL-OTHER-UNIT")
    assert rows(scanning)[0]["scanned"] is None


async def test_a_code_that_is_cut_short_is_no_label_of_another(scanning: LabelHall) -> None:
    scanning.hall.wiring.plug("usb-1", board(1))
    for count in range(1, 6):
        await scanning.asked(Asking.SCAN_BACK, count=count)
        await scanning.scan("x")
    assert (await scanning.asked(Asking.SCAN_BACK, count=6)).mistakes == 5
    await scanning.scan(board(1).identity["uuid"])
    assert (await scanning.ended()).outcome is Outcome.PASS


async def test_a_label_that_can_not_be_read_is_no_pass(scanning: LabelHall) -> None:
    scanning.hall.wiring.plug("usb-1", board(1))
    await scanning.asked(Asking.SCAN_BACK)
    await scanning.hall.engine.answer("1", yes=False)
    ended = await scanning.ended()
    assert (ended.outcome, code(ended)) == (Outcome.ERROR, "LABEL-UNREADABLE")
    # the next try scans the one that is there: a second one is not printed by itself
    await scanning.hall.engine.retry("1")
    await scanning.asked(Asking.SCAN_BACK, count=2)
    assert len(scanning.printer.labels) == 1


async def test_a_second_person_lets_a_label_pass_that_can_not_be_read(
    scanning: LabelHall,
) -> None:
    scanning.hall.wiring.plug("usb-1", board(1))
    await scanning.asked(Asking.SCAN_BACK)
    await scanning.hall.engine.answer("1", yes=False)
    await scanning.ended()
    approval = Approval("the scanner is broken", Credentials("Ben"))
    await scanning.hall.engine.retry("1", Override.SKIP, approval)
    await scanning.asked(Asking.SCAN_BACK, count=2)
    await scanning.hall.engine.answer("1", yes=False)
    assert (await scanning.hall.bystander.ended(count=2)).outcome is Outcome.PASS
    assert rows(scanning)[0]["scanned"] is None


async def test_a_unit_that_comes_again_keeps_its_label(line: LabelHall) -> None:
    assert (await line.hall.run(board(1))).outcome is Outcome.PASS
    await line.hall.wiring.pull("usb-1")
    assert (await line.hall.run(board(1), "usb-2")).outcome is Outcome.PASS
    assert len(line.printer.labels) == len(rows(line)) == 1
    assert "label kept" in trail(line)


async def test_the_right_label_lets_a_unit_in(matching: LabelHall) -> None:
    unit = board(1)
    matching.hall.wiring.plug("usb-1", unit)
    assert (await matching.asked(Asking.MATCH)).unit == unit.identity["imei"]
    assert matching.hall.cloud.account.claimed == {}
    await matching.scan(f"IMEI:{unit.identity['imei']}")
    assert (await matching.ended()).outcome is Outcome.PASS


async def test_the_label_of_another_unit_stops_it_before_anything_is_done(
    matching: LabelHall,
) -> None:
    matching.hall.wiring.plug("usb-1", board(2))
    await matching.asked(Asking.MATCH)
    await matching.scan(board(2).identity["imei"])
    assert (await matching.ended()).outcome is Outcome.PASS
    matching.hall.wiring.plug("usb-3", board(1))
    await matching.asked(Asking.MATCH, "3")
    await matching.scan(board(2).identity["imei"], "3")
    ended = await matching.ended("3")
    assert (ended.outcome, code(ended)) == (Outcome.FAIL, "LABEL-OTHER-UNIT")
    assert ended.trouble
    assert board(2).identity["imei"] in ended.trouble.detail
    assert set(matching.hall.cloud.account.claimed) == {board(2).identity["uuid"]}
    assert ended.unit == board(1).identity["imei"]


async def test_a_text_that_is_no_label_is_asked_for_again(matching: LabelHall) -> None:
    matching.hall.wiring.plug("usb-1", board(1))
    await matching.asked(Asking.MATCH)
    await matching.scan("abc")
    assert (await matching.asked(Asking.MATCH, count=2)).mistakes == 1
    await matching.hall.engine.answer("1", yes=True)
    assert (await matching.asked(Asking.MATCH, count=3)).mistakes == 2
    await matching.scan(board(1).identity["uuid"])
    assert (await matching.ended()).outcome is Outcome.PASS


async def test_a_product_says_what_its_labels_look_like(tmp_path: Path) -> None:
    table = MATCH + "unit = 'SN:(?P<id>\\d{15})'\n"
    async with label_hall(tmp_path / "line", table) as line:
        line.hall.wiring.plug("usb-1", board(1))
        await line.asked(Asking.MATCH)
        await line.scan(board(1).identity["imei"])
        assert (await line.asked(Asking.MATCH, count=2)).mistakes == 1
        await line.scan(f"SN:{board(1).identity['imei']}")
        assert (await line.ended()).outcome is Outcome.PASS


async def test_a_unit_waits_for_a_new_roll(
    line: LabelHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(label_print, "LOOK_AGAIN_S", 0.02)
    await line.printer.breaks("paper-out")
    line.hall.wiring.plug("usb-1", board(1))
    prompted = await line.hall.bystander.until(lambda e: isinstance(e, Prompted))
    assert isinstance(prompted, Prompted)
    assert prompted.trouble.code == "PAPER-OUT"
    lamp = line.hall.bystander.of(LampTurned)[-1]
    assert (lamp.name, lamp.lamp) == ("printer", Lamp.BAD)
    await line.printer.mended()
    assert (await line.ended()).outcome is Outcome.PASS
    assert LampTurned("printer", Lamp.GOOD) in line.hall.bystander.of(LampTurned)
    assert len(line.printer.labels) == len(rows(line)) == 1


async def test_a_printer_that_nobody_mends_is_the_lines_trouble(
    line: LabelHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(label_print, "MENDED_WITHIN_S", 0.0)
    monkeypatch.setattr(label_print, "LOOK_AGAIN_S", 0.02)
    await line.printer.breaks("paper-out")
    ended = await line.hall.run(board(1))
    assert ended.trouble
    assert (ended.outcome, ended.trouble.code) == (Outcome.ERROR, "PAPER-OUT")
    assert (ended.trouble.halts, ended.trouble.lamp) == (True, "printer")
    assert rows(line) == []
    await line.hall.bystander.until(lambda e: isinstance(e, Halted))
    await line.printer.mended()
    await line.hall.bystander.until(lambda e: isinstance(e, Resumed))
    assert (await line.ended(count=2)).outcome is Outcome.PASS
    assert len(line.printer.labels) == 1


async def test_nobody_knows_whether_it_came_so_somebody_is_asked(line: LabelHall) -> None:
    await line.printer.breaks("cut-after")
    ended = await line.hall.run(board(1))
    assert (ended.outcome, code(ended)) == (Outcome.UNKNOWN, "PRINT-UNKNOWN")
    assert rows(line)[0]["printed"] is rows(line)[0]["failed"] is None
    await line.printer.mended()
    await line.asked(Asking.LABEL_THERE)
    (said,) = line.printed
    await line.scan(sorted(said)[0])
    assert (await line.ended(count=2)).outcome is Outcome.PASS
    assert len(line.printer.labels) == 1
    (row,) = rows(line)
    assert row["printed"]
    assert row["scanned"]


async def test_a_label_that_did_not_come_is_printed_once_more(line: LabelHall) -> None:
    await line.printer.breaks("cut")
    assert (await line.hall.run(board(1))).outcome is Outcome.UNKNOWN
    await line.printer.mended()
    await line.asked(Asking.LABEL_THERE)
    await line.scan("something else")
    assert (await line.asked(Asking.LABEL_THERE, count=2)).mistakes == 1
    await line.hall.engine.answer("1", yes=True)  # a word is not enough where there are codes
    await line.asked(Asking.LABEL_THERE, count=3)
    await line.hall.engine.answer("1", yes=False)
    assert (await line.ended(count=2)).outcome is Outcome.PASS
    assert len(line.printer.labels) == 1
    first, second = rows(line)
    assert first["failed"]
    assert second["printed"]
    assert first["digest"] == second["digest"]


async def test_a_scan_that_settles_is_the_scan_back(scanning: LabelHall) -> None:
    await scanning.printer.breaks("cut-after")
    assert (await scanning.hall.run(board(1))).outcome is Outcome.UNKNOWN
    await scanning.printer.mended()
    await scanning.asked(Asking.LABEL_THERE)
    await scanning.scan(board(1).identity["uuid"])
    assert (await scanning.ended(count=2)).outcome is Outcome.PASS


async def test_a_label_that_says_something_else_by_now_is_settled_and_a_new_one_printed(
    line: LabelHall,
) -> None:
    await line.printer.breaks("cut-after")
    line.hall.wiring.plug("usb-1", board(1))
    ended = await line.ended()
    assert ended.outcome is Outcome.UNKNOWN
    await line.hall.engine.sign_out()
    await line.printer.mended()
    template = line.hall.recipe.with_name("label.zpl")
    template.write_text(template.read_text().replace("{date}", "made on {date}"))
    await line.hall.wiring.pull("usb-1")
    await line.hall.sign_in()
    runs = len(line.hall.bystander.of(RunEnded))
    line.hall.wiring.plug("usb-2", board(1))
    await line.asked(Asking.LABEL_THERE, "2")
    await line.scan(board(2).identity["imei"], "2")
    await line.asked(Asking.LABEL_THERE, "2", count=2)
    await line.scan(board(1).identity["imei"], "2")
    assert (await line.ended("2")).outcome is Outcome.PASS
    assert len(line.hall.bystander.of(RunEnded)) == runs + 1
    assert len(line.printer.labels) == 2
    old, new = rows(line)
    assert old["printed"]
    assert new["printed"]
    assert old["digest"] != new["digest"]


async def test_a_stop_in_the_middle_leaves_it_open(
    line: LabelHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(label_print, "GRACE_S", 0.01)
    line.printer.label_s = 600.0
    line.hall.wiring.plug("usb-1", board(1))
    await line.printer.holding()
    await line.hall.engine.abort("1")
    ended = await line.ended()
    assert (ended.outcome, code(ended)) == (Outcome.UNKNOWN, "PRINT-UNKNOWN")


async def test_a_line_that_ends_in_the_middle_leaves_nothing_behind(line: LabelHall) -> None:
    line.printer.label_s = 600.0
    line.hall.wiring.plug("usb-1", board(1))
    await line.printer.holding()
    await line.hall.engine.abort("1")
    await line.hall.engine.abort("1")
    ended = await line.ended()
    assert (ended.outcome, code(ended)) == (Outcome.UNKNOWN, "PRINT-UNKNOWN")


async def test_a_label_that_is_quickly_printed_is_seen_to_its_end(line: LabelHall) -> None:
    line.printer.label_s = 0.3
    line.hall.wiring.plug("usb-1", board(1))
    await line.printer.holding()
    await line.hall.engine.abort("1")
    assert (await line.ended()).outcome is Outcome.ABORTED
    assert rows(line)[0]["printed"]


async def test_a_unit_that_has_too_little_to_say_gets_no_label(
    tmp_path: Path,
) -> None:
    async with label_hall(tmp_path / "line", template="sensor.zpl") as line:
        ended = await line.hall.run(board(1))
        assert (ended.outcome, code(ended)) == (Outcome.ERROR, "LABEL-MISFIT")
        assert line.printer.labels == []
        assert rows(line) == []


async def last_unit(line: LabelHall) -> int:
    with reading(line.hall.record.path) as db:
        return int(db.execute("select max(id) from units").fetchone()[0])


async def asked_again(line: LabelHall, unit: int) -> Again:
    with reading(line.hall.record.path) as db:
        operator = db.execute("select id from operators where name = 'Ann'").fetchone()[0]
    approved = Approved(Override.REPRINT, "it fell off", "Bob")
    return Again(unit, operator, approved, "1")


async def test_a_reprint_is_a_record_of_its_own(line: LabelHall) -> None:
    engine = line.hall.engine
    assert (await line.hall.run(board(1))).outcome is Outcome.PASS
    equipment = engine._shifts.work.line  # type: ignore[union-attr]
    assert equipment
    again = await asked_again(line, await last_unit(line))
    came = await reprint(engine._bench, engine.stock, equipment, again)
    assert came == LabelCame("1", board(1).identity["imei"], came.job, again=True)
    first, second = line.printed
    assert first == second
    made, anew = rows(line)
    assert (anew["reprint_of"], anew["reason"], anew["job"]) == (
        made["id"],
        "it fell off",
        came.job,
    )
    assert made["digest"] == anew["digest"]
    assert anew["printed"]
    with reading(line.hall.record.path) as db:
        (override,) = db.execute(
            "select what, overrides.reason, name from overrides"
            " join operators on operators.id = second"
        ).fetchall()
    assert tuple(override) == ("reprint", "it fell off", "Bob")


async def test_a_label_is_asked_for_once_more_by_the_slot_it_sits_in(line: LabelHall) -> None:
    assert (await line.hall.run(board(1))).outcome is Outcome.PASS
    approval = Approval("it fell off", Credentials("Bob"))
    await line.hall.engine.print_again("1", None, approval)
    assert [each.again for each in line.came] == [False, True]
    await line.printer.breaks("paper-out")
    await line.hall.engine.print_again("1", None, approval)
    (refused,) = line.hall.bystander.of(Refused)
    assert refused.trouble.code == "PAPER-OUT"
    assert len(rows(line)) == 2


async def test_what_was_never_labelled_here_is_not_labelled_again(line: LabelHall) -> None:
    engine = line.hall.engine
    assert (await line.hall.run(board(1, "token-forged"))).outcome is Outcome.FAIL
    equipment = engine._shifts.work.line  # type: ignore[union-attr]
    assert equipment
    again = await asked_again(line, await last_unit(line))
    with pytest.raises(LabelMissing):
        await reprint(engine._bench, engine.stock, equipment, again)
    assert line.printer.labels == []
    assert rows(line) == []


async def test_a_label_of_another_recipe_is_not_printed_by_this_one(
    line: LabelHall,
) -> None:
    engine = line.hall.engine
    assert (await line.hall.run(board(1))).outcome is Outcome.PASS
    recipe = line.hall.recipe
    recipe.write_text(recipe.read_text().replace('name = "Tracker"', 'name = "Other"'))
    await line.hall.sign_in()
    equipment = engine._shifts.work.line  # type: ignore[union-attr]
    assert equipment
    again = await asked_again(line, await last_unit(line))
    with pytest.raises(LabelOtherRecipe):
        await reprint(engine._bench, engine.stock, equipment, again)
    assert len(line.printer.labels) == 1


async def test_the_printer_can_be_looked_at_beside_the_slots(line: LabelHall) -> None:
    engine = line.hall.engine
    equipment = engine._shifts.work.line  # type: ignore[union-attr]
    assert equipment
    assert await look_at_printer(engine.stock, equipment)
    await line.printer.breaks("paper-out")
    with pytest.raises(PaperOut):
        await look_at_printer(engine.stock, equipment)


async def test_slots_share_the_printer_but_no_number(tmp_path: Path) -> None:
    table = LABEL + '[serial]\npool = "trackers"\n'
    async with label_hall(tmp_path / "line", table) as line:
        template = line.hall.recipe.with_name("label.zpl")
        template.write_text(template.read_text().replace("{device_id}", "{serial_number}"))
        await line.hall.record.serials.make(Pool("trackers", "T-", 1, 3, 1))
        await line.hall.sign_in()
        for n in (1, 2, 3, 4):
            line.hall.wiring.plug(f"usb-{n}", board(n))
        ends = [await line.ended(str(n)) for n in (1, 2, 3, 4)]
        assert sorted(code(each) for each in ends) == ["", "", "", "POOL-EMPTY"]
        numbers = {text for label in line.printed for text in label if text.startswith("T-")}
        assert numbers == {"T-1", "T-2", "T-3"}
        (stands,) = await line.hall.record.serials.stands()
        assert (stands.free, stands.taken, stands.confirmed) == (0, 0, 3)


async def test_how_the_printer_stands_is_shown_with_the_shift(line: LabelHall) -> None:
    def lamp(event: object) -> bool:
        return isinstance(event, LampTurned) and event.name == "printer"

    assert await line.hall.bystander.until(lamp) == LampTurned("printer", Lamp.GOOD)
    await line.printer.breaks("ribbon-out")
    await line.hall.sign_in()
    turned = await line.hall.bystander.until(lamp, 2)
    assert isinstance(turned, LampTurned)
    assert turned.trouble
    assert (turned.lamp, turned.trouble.code) == (Lamp.BAD, "RIBBON-OUT")


async def test_a_unit_without_a_label_step_is_told_as_before(tmp_path: Path) -> None:
    async with label_hall(tmp_path / "line", "[label]\nmatch = true\n") as line:
        line.hall.wiring.plug("usb-1", board(1))
        await line.asked(Asking.MATCH)
        await line.scan(board(1).identity["imei"])
        assert (await line.ended()).outcome is Outcome.PASS
        assert line.printer.labels == []
        with reading(line.hall.record.path) as db:
            (steps,) = db.execute("select steps from runs").fetchone()
        assert json.loads(steps)[:2] == ["connect", "match"]
        assert "label" not in json.loads(steps)


async def test_who_the_unit_is_is_told_while_its_label_is_asked_for(matching: LabelHall) -> None:
    matching.hall.wiring.plug("usb-1", board(1))
    await matching.asked(Asking.MATCH)
    (told,) = matching.hall.bystander.of(Identified)
    assert told.identity.serial == board(1).identity["imei"]
