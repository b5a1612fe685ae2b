"""Codes of a serial scanner, however their bytes are cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.wire.codes import Codes, Spoilt

GS = "\x1d"


def fed(*pieces: bytes, encoding: str = "utf-8", most_bytes: int = 50) -> list[str]:
    codes = Codes(encoding, most_bytes)
    return [code for piece in pieces for code in codes.feed(piece)]


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\n\r", b"\r\n\r\n"])
def test_each_end_ends_one_code(end: bytes) -> None:
    assert fed(b"ONE" + end + b"TWO" + end) == ["ONE", "TWO"]
    assert fed(*(bytes([each]) for each in b"ONE" + end + b"TWO" + end)) == ["ONE", "TWO"]


@given(st.data())
def test_how_the_bytes_are_cut_makes_no_difference(data: st.DataObject) -> None:
    whole = f"]C10104{GS}21A\r\n\x02Größe 表\x03\n{'x' * 60}\rEND\r".encode()
    cuts = sorted(data.draw(st.sets(st.integers(0, len(whole)), max_size=8)))
    bounds = [0, *cuts, len(whole)]
    pieces = [whole[a:b] for a, b in pairwise(bounds)]
    assert fed(*pieces) == [f"]C10104{GS}21A", "Größe 表", Spoilt.TOO_LONG, "END"]


@pytest.mark.parametrize("noise", [b"\xff\xfe\x80", b"AB\x00CD", b"\x1b[A", b"A\x7fB", b"\xc2\x85"])
def test_garbage_is_told_and_the_next_code_is_whole(noise: bytes) -> None:
    assert fed(noise + b"\rGOOD\r") == [Spoilt.GARBLED, "GOOD"]


def test_a_scanner_of_another_encoding() -> None:
    assert fed("Größe\r".encode("latin-1")) == [Spoilt.GARBLED]
    assert fed("Größe\r".encode("latin-1"), encoding="latin-1") == ["Größe"]
    assert fed(b"A\x85B\r", encoding="latin-1") == [Spoilt.GARBLED]


def test_separators_of_a_code_stay() -> None:
    code = "[)>\x1e06\x1d1P123\x1dS9\x1e\x04"
    assert fed(f"\x02{code}\x03\r".encode()) == [code]


def test_what_has_no_end_is_held_and_can_be_forgotten() -> None:
    codes = Codes()
    assert list(codes.feed(b"NOISE")) == []
    assert codes.holds
    codes.forget()
    assert not codes.holds
    assert list(codes.feed(b"CODE\r")) == ["CODE"]
    assert not codes.holds


def test_a_flood_is_not_kept() -> None:
    codes = Codes(most_bytes=50)
    for _ in range(100):
        assert list(codes.feed(b"x" * 40)) == []
        assert len(codes._held) <= 50
    assert codes.holds
    assert list(codes.feed(b"\rCODE\r")) == [Spoilt.TOO_LONG, "CODE"]


def test_the_longest_code_is_one() -> None:
    assert fed(b"x" * 50, b"\r") == ["x" * 50]
    assert fed(b"x" * 51, b"\r") == [Spoilt.TOO_LONG]
