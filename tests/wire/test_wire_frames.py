from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.wire import frames
from station.wire.frames import (
    CONNECT,
    DISCONNECT,
    MAX_PAYLOAD_BYTES,
    NACK,
    TEXT_KEPT_BYTES,
    Broken,
    Frame,
    FrameReader,
    FrameType,
)

SKETCH = bytes.fromhex("55aa02000eda000120158165302e362e32170daa55")
LIBRARY = bytes.fromhex("55aa02000eda000120168165302e352e314022aa55")
ACK = bytes.fromhex("55aa03000302d36aaa55")

FRAMES = st.builds(Frame, st.sampled_from(FrameType), st.binary(min_size=1, max_size=60))
TEXTS = st.text(max_size=30).map(str.encode)  # UTF-8 never holds 55 AA


@st.composite
def pieces(draw: st.DrawFn, stream: bytes) -> list[bytes]:
    cuts = sorted(draw(st.lists(st.integers(0, len(stream)), max_size=12)))
    return [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]


def fed(reader: FrameReader, chunks: list[bytes]) -> list[Frame | Broken]:
    return [one for chunk in chunks for one in reader.feed(chunk)]


def good(found: list[Frame | Broken]) -> list[Frame]:
    return [one for one in found if isinstance(one, Frame)]


def single(data: bytes) -> Iterator[bytes]:
    return (bytes((byte,)) for byte in data)


def test_the_check_is_that_of_the_catalogue() -> None:
    assert frames.crc(b"123456789") == 0x906E
    assert frames.crc(b"") == 0
    assert [frames.crc(bytes((n,))) for n in (1, 2, 3)] == [0xE1F1, 0xD36A, 0xC2E3]


def test_the_control_frames() -> None:
    assert CONNECT.hex() == "55aa03000301e1f1aa55"
    assert DISCONNECT.hex() == "55aa03000302d36aaa55"
    assert NACK.hex() == "55aa03000303c2e3aa55"


def test_an_empty_or_oversized_payload_is_never_sent() -> None:
    assert len(frames.encode(Frame(FrameType.DATA, bytes(MAX_PAYLOAD_BYTES)))) == (
        MAX_PAYLOAD_BYTES + 9
    )
    for payload in (b"", bytes(MAX_PAYLOAD_BYTES + 1)):
        with pytest.raises(ValueError, match="can be sent"):
            frames.encode(Frame(FrameType.DATA, payload))


def test_what_a_frame_holds_never_prints() -> None:
    assert "secret" not in repr(Frame(FrameType.DATA, b"secret"))


@given(st.data())
def test_a_dialogue_reads_the_same_however_it_is_cut(data: st.DataObject) -> None:
    sent = data.draw(st.lists(FRAMES, max_size=6))
    texts = data.draw(st.lists(TEXTS, min_size=len(sent) + 1, max_size=len(sent) + 1))
    stream = texts[0] + b"".join(
        frames.encode(frame) + text for frame, text in zip(sent, texts[1:], strict=True)
    )
    reader = FrameReader()
    assert fed(reader, data.draw(pieces(stream))) == sent
    assert not reader.pending

    by_byte = FrameReader()
    assert fed(by_byte, list(single(stream))) == sent
    assert by_byte.text == reader.text


@given(FRAMES, FRAMES, TEXTS, st.data())
def test_no_wrong_byte_is_taken_and_the_next_frame_is_found(
    first: Frame, second: Frame, text: bytes, data: st.DataObject
) -> None:
    stream = bytearray(frames.encode(first) + text + frames.encode(second))
    place = data.draw(st.integers(0, len(first.payload) + 8).filter(lambda at: at != 2))
    stream[place] ^= data.draw(st.integers(1, 255))
    reader = FrameReader()
    found = good([*fed(reader, data.draw(pieces(bytes(stream)))), *reader.give_up()])
    assert found == [second]
    assert not reader.pending


@given(FRAMES, st.integers(0, 255))
def test_a_wrong_type_is_broken_or_another_type_with_the_same_payload(
    frame: Frame, kind: int
) -> None:
    stream = bytearray(frames.encode(frame))
    stream[2] = kind
    reader = FrameReader()
    found = [*reader.feed(bytes(stream)), *reader.give_up()]
    if kind in {1, 2, 3}:
        assert found == [Frame(FrameType(kind), frame.payload)]
    else:
        assert good(found) == []
        assert found[0] == Broken(f"type {kind}")


@pytest.mark.parametrize(
    ("garbled", "reason"),
    [
        (SKETCH.replace(b"6", b"7"), "the check is wrong"),
        (SKETCH[:-1] + b"\x54", "the end is not where it should be"),
        (b"\x55\xaa\x02\xff\xff" + bytes(40), "length 65535"),
        (b"\x55\xaa\x02\x00\x02\x00\x00\xaa\x55", "length 2"),
        (b"\x55\xaa\x00\x00\x03\x01\xe1\xf1\xaa\x55", "type 0"),
    ],
)
def test_a_garbled_frame_says_how(garbled: bytes, reason: str) -> None:
    assert FrameReader().feed(garbled + LIBRARY) == [
        Broken(reason),
        Frame(FrameType.DATA, LIBRARY[5:-4]),
    ]


def test_a_false_start_swallows_nothing() -> None:
    reader = FrameReader()
    found = reader.feed(b"noise \x55\xaa\x02\x00\x20 more" + SKETCH + LIBRARY)
    assert good(found) == [
        Frame(FrameType.DATA, SKETCH[5:-4]),
        Frame(FrameType.DATA, LIBRARY[5:-4]),
    ]
    assert reader.text == "noise \x02\x00  more"


def test_a_frame_that_stops_short_is_given_up_and_the_next_one_found() -> None:
    reader = FrameReader()
    assert reader.feed(b"\x55\xaa\x02\x00\xf0half" + SKETCH) == []
    assert reader.pending
    assert reader.give_up() == [Broken("cut off"), Frame(FrameType.DATA, SKETCH[5:-4])]
    assert not reader.pending
    assert reader.feed(ACK) == [Frame(FrameType.CONTROL, b"\x02")]


def test_a_frame_that_goes_on_after_a_pause_is_whole() -> None:
    reader = FrameReader()
    assert reader.feed(SKETCH[:7]) == []
    assert reader.pending
    assert reader.feed(SKETCH[7:]) == [Frame(FrameType.DATA, SKETCH[5:-4])]
    assert not reader.pending


def test_a_text_that_ends_like_a_start_is_no_frame() -> None:
    reader = FrameReader()
    assert reader.feed(b"SETUP\x55") == []
    assert not reader.pending
    assert reader.feed(b"\x55\xaa") == []
    assert reader.pending
    assert reader.text == "SETUPU"


def test_a_reset_forgets_all() -> None:
    reader = FrameReader()
    reader.feed(b"log" + SKETCH[:9])
    reader.reset()
    assert (reader.pending, reader.text) == (False, "")
    assert reader.feed(SKETCH[9:] + ACK) == [Frame(FrameType.CONTROL, b"\x02")]


def test_only_the_last_of_the_text_is_kept() -> None:
    reader = FrameReader()
    for number in range(2000):
        reader.feed(b"line %d\n" % number)
    assert len(reader.text) == TEXT_KEPT_BYTES
    assert reader.text.endswith("line 1999\n")


def test_a_token_out_of_a_garbled_frame_is_not_kept_as_text() -> None:
    token = b"eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9." + b"A" * 122 + b"." + b"b" * 86
    whole = frames.encode(Frame(FrameType.DATA, b"\xda\x00\x01\x20\x11\x81\x58\xf6" + token))
    reader = FrameReader()
    reader.feed(b"hello " + whole.replace(b"\x55\xaa\x02", b"\x55\xaa\x09") + b" bye")
    assert "eyJ" not in reader.text
    assert "AAAA" not in reader.text
    assert reader.text.startswith("hello")
    assert reader.text.endswith("bye")
