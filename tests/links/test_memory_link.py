from __future__ import annotations

import asyncio

import pytest

from station.faults import LinkLost
from station.links.memory import pair


async def test_bytes_go_both_ways_in_the_pieces_they_were_sent_in() -> None:
    left, right = pair()
    await left.send(b"AT")
    await left.send(b"+CGSN\r")
    await right.send(b"OK")
    assert [await right.receive(), await right.receive()] == [b"AT", b"+CGSN\r"]
    assert await left.receive() == b"OK"


async def test_nothing_sent_is_nothing_received() -> None:
    left, right = pair()
    await left.send(b"")
    await left.send(b"AT")
    assert await right.receive() == b"AT"


async def test_both_ends_are_lost_once_one_is_closed() -> None:
    left, right = pair()
    receiving = asyncio.create_task(right.receive())
    await asyncio.sleep(0)
    await left.close()
    await left.close()
    with pytest.raises(LinkLost, match="the other end"):
        await receiving
    for end in (left, right):
        with pytest.raises(LinkLost):
            await end.receive()
        with pytest.raises(LinkLost):
            await end.send(b"AT")


async def test_the_last_words_still_come() -> None:
    left, right = pair()
    await left.send(b"goodbye")
    await left.close()
    assert await right.receive() == b"goodbye"
    with pytest.raises(LinkLost):
        await right.receive()


async def test_who_closes_hears_no_more() -> None:
    left, right = pair()
    await right.send(b"too late")
    await left.close()
    with pytest.raises(LinkLost):
        await left.receive()


async def test_a_cancelled_receive_loses_nothing() -> None:
    left, right = pair()
    heard = b""
    for index in range(100):
        receiving = asyncio.create_task(right.receive())
        for _ in range(index % 3):
            await asyncio.sleep(0)
        await left.send(bytes([index]))
        for _ in range(index % 2):
            await asyncio.sleep(0)
        receiving.cancel()
        try:
            heard += await receiving
        except asyncio.CancelledError:
            continue
    while len(heard) < 100:
        heard += await right.receive()
    assert heard == bytes(range(100))
