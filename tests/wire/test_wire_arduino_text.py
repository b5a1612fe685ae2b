from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.wire.arduino_text import Deletion, deletion, dev_eui, lora_failed
from station.wire.versions import is_older, version_numbers

ASKED = "The network configuration will be deleted.\r\nDo you want to proceed? Y/[n] "
NUMBERS = st.lists(st.integers(0, 300), min_size=1, max_size=4)


@pytest.mark.parametrize("line", ["a8610a32303f7d01", " A8610A32303F7D01\r", "A8610A32303F7D01\n"])
def test_an_address_is_a_whole_line(line: str) -> None:
    assert dev_eui(line) == "A8610A32303F7D01"


@pytest.mark.parametrize(
    "line",
    ["", "610A32303F7D01", "A8610A32303F7D01A8", "A8610A32303F7D0g", "EUI: A8610A32303F7D01"],
)
def test_what_is_not_a_whole_address_is_none(line: str) -> None:
    assert dev_eui(line) is None


def test_a_module_that_fails_is_heard() -> None:
    assert lora_failed("Failed to start module\r")
    assert not lora_failed("A8610A32303F7D01")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", None),
        ("The network configuration will be deleted.", None),
        (ASKED, Deletion.ASKS),
        (ASKED + "y\r\nNetwork configuration reset successfully.\r\n", Deletion.DONE),
        (ASKED + "y\r\nFailed to reset network configuration.\r\n", Deletion.FAILED),
        (ASKED + "n\r\nAborted.\r\n", Deletion.ABORTED),
        (ASKED + "n\r\nAborted.\r\n" + ASKED, Deletion.ASKS),
        (ASKED + "y\r\nNetwork configuration reset succ", Deletion.ASKS),
    ],
)
def test_the_last_thing_that_was_said_about_deletion_counts(
    text: str, said: Deletion | None
) -> None:
    assert deletion(text) is said


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0.6.2", (0, 6, 2)),
        ("0.6.2-rc1", (0, 6, 2)),
        ("v1.5", (1, 5)),
        ("1.10.0+build.7", (1, 10, 0)),
        ("3.", (3,)),
        ("", ()),
        ("unknown", ()),
    ],
)
def test_a_version_is_its_first_numbers(text: str, numbers: tuple[int, ...]) -> None:
    assert version_numbers(text) == numbers


@pytest.mark.parametrize(
    ("version", "least", "older"),
    [
        ("1.5", "1.5.0", False),
        ("1.5.0", "1.5", False),
        ("1.5", "1.5.1", True),
        ("0.10.0", "0.9.9", False),
        ("0.9.9", "0.10", True),
        ("0.6.2-rc1", "0.6.2", False),
        ("2", "1.9.9", False),
        ("", "0.1", True),
        ("unknown", "1", True),
        ("0.0.1", "", False),
        ("", "", False),
    ],
)
def test_which_version_is_older(version: str, least: str, older: bool) -> None:
    assert is_older(version, least) is older


@given(NUMBERS, NUMBERS)
def test_of_two_versions_one_is_older_unless_they_are_the_same(
    first: list[int], second: list[int]
) -> None:
    one, other = ".".join(map(str, first)), ".".join(map(str, second))
    same = (first + [0] * 4)[:4] == (second + [0] * 4)[:4]
    assert is_older(one, other) + is_older(other, one) == (0 if same else 1)
    assert not is_older(one + ".0", one)
