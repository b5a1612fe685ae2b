"""Element strings of GS1, and what only looks like one."""

from __future__ import annotations

import pytest

from station.wire.gs1 import elements

GS = "\x1d"
GTIN = "04012345678901"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"01{GTIN}21A7", {"01": GTIN, "21": "A7"}),
        (f"{GS}01{GTIN}21A7{GS}10LOT-9", {"01": GTIN, "21": "A7", "10": "LOT-9"}),
        (f"21A7{GS}01{GTIN}", {"01": GTIN, "21": "A7"}),
        (f"(01){GTIN}(21)A7", {"01": GTIN, "21": "A7"}),
        (f"01{GTIN}17261231{GS}21A7", {"01": GTIN, "17": "261231", "21": "A7"}),
        (f"01{GTIN}310300125021A7", {"01": GTIN, "3103": "001250", "21": "A7"}),
        ("00340123450000000000", {"00": "340123450000000000"}),
        (f"8004{'4012345ABC'}", {"8004": "4012345ABC"}),
        (f"240PART{GS}91own", {"240": "PART", "91": "own"}),
    ],
)
def test_an_element_string_is_told(text: str, told: dict[str, str]) -> None:
    assert elements(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ABC123",
        "0104012345678902",  # a wrong check digit
        "010401234567890",  # cut short
        f"01{GTIN}21",  # nothing in it
        f"01{GTIN}01{GTIN}",  # twice
        f"01{GTIN}05ABC",  # no such identifier
        f"(01){GTIN}21A7",
        f"x(01){GTIN}",
        "01" + "\N{FULLWIDTH DIGIT ZERO}" * 14,  # digits of another script
        f"21{'x' * 91}",
    ],
)
def test_other_texts_are_none(text: str) -> None:
    assert elements(text) == {}
