"""What a scanned text means."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station import scans
from station.model import Identity, Reading
from station.scans import Act, Badge, Command, UnitLabel, Unknown, Why, WorkOrder, meaning, sheet

GS = "\x1d"
GTIN = "04012345678901"
UNIT = Identity(
    kind="nrf91",
    serial="351358815340515",
    model="nRF9151",
    firmware="2.0.2",
    ids=(("mac", "F4:12:FA:65:43:21"), ("uuid", "50503041-3633-4261-803d-1e2b8f70111a")),
    told=(("token", "not sure of it"),),
)
SHEET = sheet(16)
TEXTS = [command.text for command in SHEET]


@pytest.mark.parametrize("command", SHEET, ids=lambda command: command.text)
def test_a_command_means_itself(command: Command) -> None:
    for text in (command.text, command.text.lower(), f"]C0{command.text}", f" {command.text}\r"):
        assert meaning(text) == command


def test_the_sheet_has_every_act_and_a_line_for_each_slot() -> None:
    assert [command.act for command in sheet(0)] == [act for act in Act if act is not Act.SLOT]
    assert [each.slot for each in sheet(3) if each.act is Act.SLOT] == [1, 2, 3]
    assert sheet(99) == SHEET
    assert len(set(TEXTS)) == len(SHEET)


def test_commands_that_were_printed_once_are_the_same_for_ever() -> None:
    assert Command(Act.RETRY).text == "CNTRLRTLHSNCS"
    assert Command(Act.SLOT, 1).text == "CNTRLLBUKHTTH"


def test_a_command_is_written_alike_on_every_keyboard() -> None:
    assert set("".join(TEXTS)).isdisjoint("AIMQWYZ0123456789-")
    assert all(text.isascii() and text.isupper() for text in TEXTS)


def test_no_two_commands_are_nearly_the_same() -> None:
    for one, other in combinations(TEXTS, 2):
        assert sum(a != b for a, b in zip(one, other, strict=True)) >= 4


@given(st.sampled_from(TEXTS), st.integers(0, 12), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ019"))
def test_a_command_with_a_wrong_letter_is_none(text: str, place: int, letter: str) -> None:
    changed = text[:place] + letter + text[place + 1 :]
    assert isinstance(meaning(changed), Command) is (changed == text)


@given(st.text(max_size=40))
def test_no_text_that_was_not_printed_on_the_sheet_is_a_command(text: str) -> None:
    assert not isinstance(meaning(text), Command)


@pytest.mark.parametrize("text", ["RETRY", "CNTRLRT", f"SN {TEXTS[0]}", f"{TEXTS[0]}{TEXTS[1]}"])
def test_a_label_that_speaks_of_a_command_is_none(text: str) -> None:
    assert not isinstance(meaning(text), Command)


def test_a_command_whose_check_is_wrong_is_no_label() -> None:
    broken = TEXTS[0][:-1] + "B"
    assert meaning(broken) == Unknown(broken, Why.COMMAND_BROKEN)


@pytest.mark.parametrize("text", ["BADGE-1044", "badge: 1044", "]C1BADGE 1044"])
def test_a_badge(text: str) -> None:
    assert meaning(text) == Badge("1044")


@pytest.mark.parametrize("text", ["WO-1234/7", "ORDER: 12", "wo 9"])
def test_a_work_order(text: str) -> None:
    assert meaning(text) == WorkOrder(text)


def test_a_line_has_badges_and_orders_of_its_own() -> None:
    reading = Reading(badge=r"E(?P<id>\d{5})", order=r"45\d{8}")
    assert meaning("e10442", reading) == Badge("10442")
    assert meaning("4500012345", reading) == WorkOrder("4500012345")
    assert isinstance(meaning("45000123456", reading), UnitLabel)
    assert isinstance(meaning("BADGE-1044", reading), UnitLabel)


@pytest.mark.parametrize(
    "text",
    [
        "351358815340515",
        "]d1351358815340515",
        "IMEI:351358815340515",
        "IMEI=351358815340515;MAC=F412FA654321",
        f"]C101{GTIN}21351358815340515",
        f"(01){GTIN}(21)351358815340515",
        "f412fa654321",
        "MAC: F4-12-FA-65-43-21",
        "50503041-3633-4261-803D-1E2B8F70111A",
        "https://example.com/u/50503041-3633-4261-803d-1e2b8f70111a?x=1",
    ],
)
def test_a_label_with_any_id_of_a_unit_is_its_own(text: str) -> None:
    label = meaning(text)
    assert isinstance(label, UnitLabel)
    assert label.text == text
    assert label.fits(UNIT)


@pytest.mark.parametrize(
    "text",
    [
        "351358815340516",
        "35135881534051",
        "3513588153405150",
        "12:FA:65:43:21",
        "SN:654321",
        f"01{GTIN}2135135881534051",
        "not sure of it",
        "nRF9151",
    ],
)
def test_a_label_of_another_unit_fits_it_not(text: str) -> None:
    label = meaning(text)
    assert isinstance(label, UnitLabel)
    assert not label.fits(UNIT)


def test_an_id_that_a_cloud_gave_counts_too() -> None:
    label = meaning("thing-77")
    assert isinstance(label, UnitLabel)
    assert not label.fits(UNIT)
    assert label.fits(UNIT, also=("thing-77",))


def test_a_unit_without_a_serial_fits_no_label() -> None:
    nameless = Identity(kind="x", serial="", model="", firmware="")
    label = meaning("----")
    assert isinstance(label, UnitLabel)
    assert not label.fits(nameless)


def test_a_short_part_of_a_long_label_names_nobody() -> None:
    short = Identity(kind="x", serial="A12", model="", firmware="")
    label = meaning("REV A12 OF 3")
    assert isinstance(label, UnitLabel)
    assert not label.fits(short)
    with_serial = meaning(f"01{GTIN}21A12")
    assert isinstance(with_serial, UnitLabel)
    assert with_serial.fits(short)


def test_a_recipe_says_what_its_labels_look_like() -> None:
    reading = Reading(unit=r"TRK-(?P<id>\d{6})-[A-Z]")
    assert meaning("trk-004711-b", reading) == UnitLabel("trk-004711-b", ("004711",))
    assert meaning("351358815340515", reading) == Unknown("351358815340515", Why.OTHER_PRODUCT)


def test_a_command_comes_before_a_recipe_that_takes_anything() -> None:
    reading = Reading(unit=".*")
    assert meaning(TEXTS[0], reading) == SHEET[0]
    assert meaning("BADGE-7", reading) == Badge("7")


@pytest.mark.parametrize("text", ["", " ", "abc", "]C1"])
def test_what_is_too_short_means_nothing(text: str) -> None:
    assert meaning(text) == Unknown(text, Why.SHORT)


@given(st.text(max_size=200))
def test_every_text_means_something_and_loses_nothing(text: str) -> None:
    told = meaning(text)
    if isinstance(told, UnitLabel | Unknown):
        assert told.text == text
    if isinstance(told, UnitLabel):
        assert all(told.names)
        assert len(text) >= scans.LEAST_LETTERS


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SN-00042", "SN-00042"),
        ("F4:12:FA:65:43:21", "F4:12:FA:65:43:21"),
        ("nrf-355025930000000 s3cr3t-w0rds", "nrf-355025930000000"),
        ('{"serial":"TRK-000042","pop":"abcd1234"}', "TRK-000042"),
        ("https://example.com/claim?device=ESP-770042&secret=q8f2kd", "ESP-770042"),
        ("50363256-3431-4342-800d-1f8f5601b808", "50363256-3431-4342-800d-1f8f5601b808"),
    ],
)
def test_a_label_is_called_by_a_name_and_not_by_all_that_it_says(text: str, name: str) -> None:
    told = meaning(text)
    assert isinstance(told, UnitLabel)
    assert told.name == name
