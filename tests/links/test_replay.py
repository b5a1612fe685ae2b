from __future__ import annotations

import asyncio
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.faults import LinkLost
from station.links import Link
from station.links.memory import MemoryLink, pair
from station.links.replay import Passage, Recorder, Replay


async def ask(link: Link, board: MemoryLink, question: bytes, *answers: bytes) -> list[bytes]:
    await link.send(question)
    assert await board.receive() == question
    for answer in answers:
        await board.send(answer)
    return [await link.receive() for _ in answers]


async def record(path: Path) -> None:
    here, board = pair()
    link = Recorder(here, path)
    await board.send(b"*** Booting ***\r\n")
    await link.receive()
    await ask(link, board, b"at AT+CGSN\r\n", b"35135881", b"5340515\r\nOK\r\n")
    await ask(link, board, b"at AT%ATTESTTOKEN=1234\r\n", b"2dn3\r\n\x1b[1;32muart:~$ \x1b[m")
    await link.close()


async def test_a_recording_reads_as_text_does(tmp_path: Path) -> None:
    await record(tmp_path / "session.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "session.jsonl").read_text().splitlines()]
    assert [line["way"] for line in lines] == [
        "received", "sent", "received", "received", "sent", "received",
    ]  # fmt: skip
    assert lines[1]["bytes"] == r"at AT+CGSN\r\n"
    assert lines[5]["bytes"] == r"2dn3\r\n\x1b[1;32muart:~$ \x1b[m"
    times = [line["at_s"] for line in lines]
    assert times == sorted(times)
    assert times[0] >= 0


async def test_a_replay_answers_when_as_much_was_sent(tmp_path: Path) -> None:
    await record(tmp_path / "session.jsonl")
    link = Replay(tmp_path / "session.jsonl")
    assert await link.receive() == b"*** Booting ***\r\n"
    waiting = asyncio.create_task(link.receive())
    await link.send(b"at AT+CGSN\r")
    await asyncio.sleep(0)
    assert not waiting.done()
    await link.send(b"\n")
    assert await waiting == b"35135881"
    assert await link.receive() == b"5340515\r\nOK\r\n"
    await link.send(b"at AT%ATTESTTOKEN=9876\r\n")
    assert await link.receive() == b"2dn3\r\n\x1b[1;32muart:~$ \x1b[m"
    with pytest.raises(LinkLost, match="recording ends here"):
        await link.receive()
    with pytest.raises(LinkLost, match="recording ends here"):
        await link.send(b"at AT+CGMR\r\n")


async def test_a_cancelled_receive_loses_nothing_of_a_replay() -> None:
    link = Replay([Passage(0, "sent", b"AT"), Passage(1, "received", b"OK")])
    receiving = asyncio.create_task(link.receive())
    await asyncio.sleep(0)
    await link.send(b"AT")
    receiving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await receiving
    assert await link.receive() == b"OK"


async def test_a_closed_replay_is_lost() -> None:
    link = Replay([Passage(0, "received", b"OK")])
    await link.close()
    await link.close()
    with pytest.raises(LinkLost):
        await link.receive()
    with pytest.raises(LinkLost):
        await link.send(b"AT")


@given(data=st.binary(), at_s=st.floats(0, 1e6), is_sent=st.booleans())
def test_every_byte_survives_the_escape_form(data: bytes, at_s: float, is_sent: bool) -> None:
    passage = Passage(round(at_s, 6), "sent" if is_sent else "received", data)
    line = passage.line()
    assert Passage.parse(line) == passage
    assert line.isascii()
    assert "\n" not in line


def paint(data: bytes) -> bytes:
    return re.sub(rb"hunter\d+", lambda found: b"*" * len(found[0]), data)


async def test_a_secret_cut_in_two_is_painted_over() -> None:
    here, board = pair()
    text = io.StringIO()
    link = Recorder(here, text, paint)
    await ask(link, board, b"password hunter22\r\n", b"is hun", b"ter", b"22 set")
    await link.send(b"AT")
    await link.close()
    passages = [Passage.parse(line) for line in text.getvalue().splitlines()]
    assert [passage.data for passage in passages] == [
        b"password ********\r\n", b"is ***", b"***", b"** set", b"AT",
    ]  # fmt: skip
    assert not text.closed


async def test_a_mask_that_changes_the_length_is_refused() -> None:
    here, board = pair()
    link = Recorder(here, io.StringIO(), lambda data: data[1:])
    await link.send(b"AT")
    with pytest.raises(ValueError, match="paints over"):
        await link.close()
    with pytest.raises(LinkLost):
        await board.send(b"the wire is closed all the same")


@pytest.mark.parametrize(
    "line",
    ["no json", "[]", '{"at_s": 0, "way": "sent"}', '{"at_s": 0, "way": "up", "bytes": ""}'],
)
def test_a_line_that_is_no_passage_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "session.jsonl"
    path.write_text(Passage(0, "sent", b"AT").line() + "\n" + line + "\n")
    with pytest.raises(ValueError, match="line 2"):
        Replay(path)
