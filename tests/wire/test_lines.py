from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from station.wire.lines import Line, Lines

ENDINGS = st.sampled_from([b"\r", b"\n", b"\r\n", b"\n\r", b"\r\r\n"])
PIECES = st.lists(
    st.one_of(
        ENDINGS, st.binary(max_size=12), st.sampled_from([b"uart:~$ ", "ü€".encode(), b"\xff"])
    )
)


def lines_of(*chunks: bytes, mark: bytes = b"", longest_bytes: int = 8192) -> list[Line]:
    lines = Lines(mark, longest_bytes)
    return [line for chunk in chunks for line in lines.feed(chunk)]


@given(PIECES, st.data())
def test_how_the_bytes_are_cut_makes_no_difference(
    pieces: list[bytes], data: st.DataObject
) -> None:
    whole = b"".join(pieces)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=6)))
    chunks = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    expected = lines_of(whole, mark=rb"uart:~\$ ", longest_bytes=16)
    assert lines_of(*chunks, mark=rb"uart:~\$ ", longest_bytes=16) == expected
    one_by_one = (whole[i : i + 1] for i in range(len(whole)))
    assert lines_of(*one_by_one, mark=rb"uart:~\$ ", longest_bytes=16) == expected


@given(st.lists(st.text("abcOK+ 019", min_size=1), min_size=1), st.data())
def test_every_mix_of_cr_and_lf_ends_a_line(texts: list[str], data: st.DataObject) -> None:
    stream = b"".join(text.encode() + data.draw(ENDINGS) for text in texts)
    assert [line.text for line in lines_of(stream) if line.text] == texts


def test_a_line_is_there_with_the_first_byte_of_its_ending() -> None:
    lines = Lines()
    assert list(lines.feed(b"OK\r")) == [Line("OK")]
    assert list(lines.feed(b"\n")) == []
    assert list(lines.feed(b"\r\n")) == [Line("")]


def test_bytes_that_are_no_text_do_not_stop_the_lines() -> None:
    assert lines_of(b"a\xff\xfeb\xe2\x82\r\nOK\r\n") == [Line("a��b�"), Line("OK")]
    assert lines_of(b"\x00\x00O\x00K\r\n") == [Line("OK")]


def test_a_mark_ends_a_line_without_a_newline() -> None:
    assert lines_of(b"noise", b"uart:~", b"$ ", mark=rb"uart:~\$ ") == [Line("noise", "uart:~$ ")]


def test_a_flood_without_a_newline_is_not_kept() -> None:
    lines = Lines(longest_bytes=100)
    pieces = [line for _ in range(1000) for line in lines.feed(b"x" * 37)]
    assert {(len(line.text), line.end) for line in pieces} == {(100, "")}
    assert len(lines._held) <= 100
    assert list(lines.feed(b"\r\nOK\r\n"))[-1] == Line("OK")
