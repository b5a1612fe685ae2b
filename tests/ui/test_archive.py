"""What the window asks of a real record."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.faults import RecordBroken
from station.model import NewUnit
from station.record import Record
from ui.archive import RecordArchive

IMEI, MAC = "350457990000012", "F4:12:FA:65:43:21"


@pytest.fixture
async def archive(tmp_path: Path) -> RecordArchive:
    """Return an archive of three units."""
    record = Record(tmp_path / "record.db")
    try:
        shift = await record.begin_shift("Li Wei", "bench", "", "", None)
        for serial, ids in (
            ("TRK-1", (("imei", IMEI), ("mac", MAC))),
            ("TRK-12", ()),
            ("TRK-123", ()),
        ):
            unit = NewUnit("nrf91", serial, ids, "an old one")
            await record.cases.adopt(unit, shift.operator)
    finally:
        record.close()
    return RecordArchive(tmp_path / "record.db")


async def test_any_part_of_any_number_finds(archive: RecordArchive) -> None:
    assert {unit.serial for unit in archive.find("TRK")} == {"TRK-1", "TRK-12", "TRK-123"}
    assert [unit.serial for unit in archive.find("99000001")] == ["TRK-1"]
    assert archive.find("nothing") == ()


@pytest.mark.parametrize("name", ["TRK-1", "trk1", IMEI, MAC, "f412fa654321"])
async def test_a_whole_number_names_one_unit(archive: RecordArchive, name: str) -> None:
    assert [unit.serial for unit in archive.named((name,))] == ["TRK-1"]


async def test_a_part_names_what_it_fits_and_the_first_name_that_does_counts(
    archive: RecordArchive,
) -> None:
    assert len(archive.named(("TRK",))) == 3
    assert [unit.serial for unit in archive.named(("unheard", "TRK-12"))] == ["TRK-12"]
    assert archive.named(("unheard",)) == ()


async def test_a_life_is_that_of_its_number(archive: RecordArchive) -> None:
    (unit,) = archive.named((IMEI,))
    assert unit.unit is not None
    life = archive.life(unit.unit)
    assert life is not None
    assert (life.serial, dict(life.ids)["imei"]) == ("TRK-1", IMEI)
    assert life.adopted
    assert archive.life(999) is None


def test_no_record_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(RecordBroken):
        RecordArchive(tmp_path / "none.db").find("x")
