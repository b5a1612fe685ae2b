"""Labels in the stories of other boards and clouds: secrets, numbers, and who a blank board is."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from station import label_print, labelling
from station.model import Approval, Asked, Credentials, Outcome, RunEnded
from station.record.questions import reading
from station.record.serials import Pool, PoolStands
from station.simulation.arduino import BLANK
from station.simulation.printer import SimulatedPrinter
from station.simulation.scripted import SimulatedConsole
from station.simulation.sketches import PROVISIONING
from tests.arduino_hall import ArduinoHall, open_arduino_hall
from tests.label_hall import LABELS, read
from tests.provision_hall import ProvisionHall, provision_hall

OPTIONS = """\
network = "factory"
claim_days = 30
[label]
template = "label.zpl"
printer = "labels"
[serial]
pool = "sensors"
"""
POOL = Pool("sensors", "S-", 1, 9, 4)


@dataclass
class Sensors:
    """A line of sensors with numbered labels."""

    hall: ProvisionHall
    printer: SimulatedPrinter

    async def stands(self) -> PoolStands:
        (found,) = await self.hall.record.serials.stands()
        return found

    def secret(self, board: SimulatedConsole) -> str:
        """Return what the cloud lets a customer take the device with."""
        devices = {each.name: each for each in self.hall.cloud.account.devices.values()}
        claiming = devices[board.identity["serial"]].attributes["SERVER_SCOPE"]["claimingData"]
        return str(claiming["secretKey"])


@asynccontextmanager
async def sensors(folder: Path, **changes: str) -> AsyncIterator[Sensors]:
    folder.mkdir(parents=True)
    (folder / "label.zpl").write_text((LABELS / "sensor.zpl").read_text("utf-8"), "utf-8")
    async with SimulatedPrinter() as printer, provision_hall(folder) as hall:
        (folder / "station.toml").write_text(
            f'[[printers]]\nname = "labels"\naddress = "{printer.hello["printer"]}"\n'
        )
        await hall.record.serials.make(POOL)
        await hall.work_on(options=OPTIONS, **changes)
        yield Sensors(hall, printer)


def codes(printer: SimulatedPrinter) -> list[tuple[str, dict[str, Any]]]:
    """Return the number and the rest of each label that came out."""
    found = []
    for each in printer.labels:
        number, rest = sorted(read(each.picture), key=lambda text: text.startswith("{"))
        found.append((number, json.loads(rest)))
    return found


async def test_a_label_has_the_secret_that_nothing_else_has(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    board = SimulatedConsole(1)
    async with sensors(tmp_path / "line") as line:
        ended = await line.hall.run(board)
        assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
        secret = line.secret(board)
        assert codes(line.printer) == [
            ("S-0001", {"n": board.identity["serial"], "k": secret}),
        ]
        approval = Approval("it fell off", Credentials("Bob"))
        await line.hall.engine.print_again("1", unit(line), approval)
        assert codes(line.printer)[0] == codes(line.printer)[1]
        assert (await line.stands()).confirmed == 1
        said = repr(line.hall.bystander.said).encode() + caplog.text.encode()
        written = line.hall.written()
    assert secret.encode() not in written + said
    assert b"S-0001" in written


def unit(line: Sensors) -> int:
    with reading(line.hall.record.path) as db:
        return int(db.execute("select max(id) from units").fetchone()[0])


async def test_each_unit_has_a_number_and_keeps_it(tmp_path: Path) -> None:
    async with sensors(tmp_path / "line") as line:
        for number in (1, 2, 1, 3):
            assert (await line.hall.run(SimulatedConsole(number))).outcome is Outcome.PASS
        assert [number for number, _ in codes(line.printer)] == ["S-0001", "S-0002", "S-0003"]
        assert await line.stands() == PoolStands("sensors", "S-0004", 6, 0, 3)


async def test_a_unit_without_a_label_gives_its_number_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(label_print, "MENDED_WITHIN_S", 0.0)
    monkeypatch.setattr(label_print, "LOOK_AGAIN_S", 0.01)
    async with sensors(tmp_path / "line") as line:
        await line.printer.breaks("head-open")
        ended = await line.hall.run(SimulatedConsole(1))
        assert ended.trouble
        assert ended.trouble.code == "HEAD-OPEN"
        assert await line.stands() == PoolStands("sensors", "S-0001", 9, 0, 0)


async def test_an_empty_pool_halts_the_line(tmp_path: Path) -> None:
    async with sensors(tmp_path / "line") as line:
        await line.hall.record.serials._writer.write(
            lambda db: db.execute("update pools set next = last + 1")
        )
        ended = await line.hall.run(SimulatedConsole(1))
        assert ended.trouble
        assert (ended.outcome, ended.trouble.code) == (Outcome.ERROR, "POOL-EMPTY")
        assert ended.trouble.halts
        assert line.printer.labels == []


# A board that may run anything, or nothing


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[ArduinoHall]:
    hall = await open_arduino_hall(tmp_path / "line")
    yield hall
    await hall.close()


MATCHED = 'network = "factory"\ngreet_within_s = 0.5\n[label]\nmatch = true\n'


async def matched(hall: ArduinoHall, name: str, *, sketch: str = PROVISIONING) -> RunEnded:
    """Return how a board's run ended whose label says the id called `name`."""
    await hall.work_on("arduino", MATCHED)
    board = hall.board(1, sketch=sketch)
    hall.wiring.plug("usb-1", board)
    await hall.bystander.until(lambda e: isinstance(e, Asked))
    await hall.engine.answer("1", text=board.unit.identity[name])
    return await hall.bystander.ended()


@pytest.mark.parametrize("sketch", [PROVISIONING, BLANK])
async def test_a_board_is_known_by_its_marks_before_it_is_asked(
    hall: ArduinoHall, sketch: str
) -> None:
    ended = await matched(hall, "usb_serial", sketch=sketch)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)


async def test_a_board_that_has_its_sketch_is_known_by_its_address_too(hall: ArduinoHall) -> None:
    ended = await matched(hall, "ble_mac")
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)


async def test_a_board_of_another_label_is_stopped_before_it_is_flashed(
    hall: ArduinoHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labelling, "GREET_WITHIN_S", 0.5)
    ended = await matched(hall, "ble_mac", sketch=BLANK)
    assert ended.trouble
    assert (ended.outcome, ended.trouble.code) == (Outcome.FAIL, "LABEL-OTHER-UNIT")
    assert hall.cloud.account.onboarding.rows == {}
