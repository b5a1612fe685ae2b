"""Real pyserial on pseudo-terminals, both by the loop and by a thread."""

from __future__ import annotations

import asyncio
import os
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from station.faults import LinkLost
from station.links import LineSettings, Link, serial_loop
from station.links.serial import open_serial
from station.model import Port
from tests.links.conftest import LINE, PATIENCE_S, Pty, open_files

MUCH = bytes(range(256)) * 1024
"""More than any buffer of a pseudo-terminal takes."""


async def receive_all(link: Link, count: int) -> bytes:
    heard = b""
    async with asyncio.timeout(PATIENCE_S):
        while len(heard) < count:
            heard += await link.receive()
    return heard


async def stall(link: Link) -> asyncio.Task[None]:
    """Send more than the wire takes, and return the task once it hangs."""
    sending = asyncio.create_task(link.send(MUCH))
    done, _ = await asyncio.wait([sending], timeout=0.1)
    assert not done
    return sending


async def test_bytes_go_both_ways(link: Link, pty: Pty) -> None:
    await link.send(b"AT+CGSN\r\n")
    assert await pty.hears(9) == b"AT+CGSN\r\n"
    pty.says(b"351358815340515\r\nOK\r\n")
    assert await receive_all(link, 21) == b"351358815340515\r\nOK\r\n"


async def test_no_byte_is_changed_on_its_way(link: Link, pty: Pty) -> None:
    every_byte = bytes(range(256))
    await link.send(every_byte)
    assert await pty.hears(256) == every_byte
    pty.says(every_byte)
    assert await receive_all(link, 256) == every_byte


async def test_ten_thousand_bytes_in_odd_cuts(link: Link, pty: Pty) -> None:
    wanted = (bytes(range(251)) * 40)[:10_000]

    async def talk() -> None:
        start = 0
        for index in range(10_000):
            cut = 1 + index * 37 % 211
            pty.says(wanted[start : start + cut])
            start += cut
            if start >= len(wanted):
                return
            await asyncio.sleep(0)

    talking = asyncio.create_task(talk())
    assert await receive_all(link, len(wanted)) == wanted
    await talking


async def test_a_cancelled_receive_loses_nothing(link: Link, pty: Pty) -> None:
    heard = b""
    for index in range(200):
        receiving = asyncio.create_task(link.receive())
        for _ in range(index % 4):
            await asyncio.sleep(0)
        pty.says(bytes([index]))
        for _ in range(index % 3):
            await asyncio.sleep(0)
        receiving.cancel()
        try:
            heard += await receiving
        except asyncio.CancelledError:
            continue
    heard += await receive_all(link, 200 - len(heard))
    assert heard == bytes(range(200))


async def test_unplugged_while_receiving(link: Link, pty: Pty) -> None:
    receiving = asyncio.create_task(link.receive())
    await asyncio.sleep(0)
    pty.unplug()
    with pytest.raises(LinkLost, match="/dev/pts/"):
        async with asyncio.timeout(PATIENCE_S):
            await receiving
    with pytest.raises(LinkLost):
        await link.receive()
    with pytest.raises(LinkLost):
        await link.send(b"AT")


async def test_unplugged_while_sending(link: Link, pty: Pty) -> None:
    sending = await stall(link)
    pty.unplug()
    with pytest.raises(LinkLost):
        async with asyncio.timeout(PATIENCE_S):
            await sending


async def test_a_stalled_board_does_not_hold_up_another(
    link: Link, pty: Pty, plug: Callable[[], Pty]
) -> None:
    sending = await stall(link)
    other = plug()
    second = await open_serial(other.path, LINE)
    await second.send(b"AT")
    assert await other.hears(2) == b"AT"
    await second.close()
    assert not sending.done()
    assert await pty.hears(len(MUCH)) == MUCH
    await sending


async def test_a_stalled_board_costs_no_writes(pty: Pty, monkeypatch: pytest.MonkeyPatch) -> None:
    link = await open_serial(pty.path, LINE)
    sending = await stall(link)
    writes: list[int] = []
    monkeypatch.setattr(os, "write", lambda fd, _: writes.append(fd))
    for _ in range(100):
        await asyncio.sleep(0)
    assert writes == []
    monkeypatch.undo()
    await link.close()
    with pytest.raises(LinkLost):
        await sending


async def test_a_cancelled_send_cuts_no_message(link: Link, pty: Pty) -> None:
    sending = await stall(link)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    following = asyncio.create_task(link.send(b"AT+CGSN"))
    assert await pty.hears(len(MUCH) + 7) == MUCH + b"AT+CGSN"
    await following


async def test_two_senders_take_turns(link: Link, pty: Pty) -> None:
    sending = await stall(link)
    following = asyncio.create_task(link.send(b"AT+CGSN"))
    assert await pty.hears(len(MUCH) + 7) == MUCH + b"AT+CGSN"
    await asyncio.gather(sending, following)


async def test_closing_waits_for_no_board(link: Link, pty: Pty) -> None:
    sending = await stall(link)
    receiving = asyncio.create_task(link.receive())
    await asyncio.sleep(0)
    async with asyncio.timeout(PATIENCE_S):
        await link.close()
        await link.close()
    for task in (sending, receiving):
        with pytest.raises(LinkLost, match="closed"):
            await task
    again = await open_serial(pty.path, LINE)
    await again.close()


async def test_a_closed_link_is_lost(link: Link, pty: Pty) -> None:
    pty.says(b"too late")
    await link.close()
    with pytest.raises(LinkLost, match="closed"):
        await link.receive()
    with pytest.raises(LinkLost, match="closed"):
        await link.send(b"AT")


async def test_closing_after_an_unplug_leaves_nothing_open(pty: Pty, way: str) -> None:
    before = open_files()
    link = await open_serial(pty.path, LINE)
    master = {entry for entry in before if entry[0] == str(pty.master)}
    pty.unplug()
    with pytest.raises(LinkLost):
        await link.receive()
    await link.close()
    assert open_files() == before - master


async def test_thirty_two_ports_at_once(plug: Callable[[], Pty], way: str) -> None:
    ptys = [plug() for _ in range(32)]
    links = await asyncio.gather(*(open_serial(pty.path, LINE) for pty in ptys))

    async def converse(pty: Pty, link: Link, number: int) -> None:
        for turn in range(10):
            question, answer = f"question {number} {turn}".encode(), f"{number} {turn}".encode()
            await link.send(question)
            assert await pty.hears(len(question)) == question
            pty.says(answer)
            assert await receive_all(link, len(answer)) == answer

    numbered = zip(ptys, links, range(32), strict=True)
    await asyncio.gather(*(converse(pty, link, number) for pty, link, number in numbered))
    await asyncio.gather(*(link.close() for link in links))


async def test_what_nobody_receives_is_held_back_and_not_lost(
    pty: Pty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serial_loop, "FULL", 1000)
    link = await open_serial(pty.path, LINE)
    pty.says(bytes(2000))
    async with asyncio.timeout(PATIENCE_S):
        heard = await link.receive()
        pty.says(bytes(1000))
        while len(heard) < 3000:
            heard += await link.receive()
    await link.close()


async def test_the_line_is_set(pty: Pty, way: str) -> None:
    link = await open_serial(Port(pty.path), LineSettings(baud=9600, rtscts=True))
    _, _, control, _, speed_in, speed_out, _ = termios.tcgetattr(pty.master)
    assert (speed_in, speed_out) == (termios.B9600, termios.B9600)
    assert control & termios.CRTSCTS
    assert control & termios.CSIZE == termios.CS8
    assert not control & (termios.PARENB | termios.CSTOPB)
    await link.close()


async def test_a_symbolic_link_names_a_port(pty: Pty, way: str, tmp_path: Path) -> None:
    name = tmp_path / "usb-Nordic-if00"
    name.symlink_to(pty.path)
    link = await open_serial(str(name), LINE)
    pty.says(b"ready")
    assert await receive_all(link, 5) == b"ready"
    await link.close()


async def test_a_flood_while_nobody_listens_is_all_there(link: Link, pty: Pty) -> None:
    flood = os.urandom(3000)
    pty.says(flood)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await link.receive()
    assert await receive_all(link, len(flood)) == flood
