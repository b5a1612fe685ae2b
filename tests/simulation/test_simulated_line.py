from __future__ import annotations

import asyncio
import sys
from contextlib import aclosing
from typing import Any

import pytest

from station.faults import LinkLost, PortMissing
from station.links import LineSettings, Link
from station.model import Attached, Change, Detached, Port
from station.simulation.line import SimulatedLine
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import Timing, token_source
from station.simulation.nrf_cloud import SimulatedNrfCloud
from tests.simulation.test_credentials import PEM

WAYS = [True] if sys.platform == "win32" else [True, False]
TIMING = Timing(stall_s=0.0, flood_s=0.1)


def a_line(slots: int = 2, units: int | None = 5, **more: Any) -> SimulatedLine:
    more = {"pause_s": 0.0, "dwell_s": 0.0, "timing": TIMING, "clean": True, **more}
    return SimulatedLine(slots, units, **more)


async def imei_at(line: SimulatedLine, port: Port) -> str:
    """Ask in both dialects, as nobody says which the board speaks."""
    link = await line.open(port, LineSettings())
    told, refused = b"", False
    async with asyncio.timeout(40):
        await link.send(b"at AT+CGSN\r")
        while b"OK\r" not in told:
            told += await link.receive()
            if b"ERROR\r\n" in told and not refused:  # among whatever the board logs
                refused = True
                await link.send(b"AT+CGSN\r")
    await link.close()
    return next(line.strip() for line in told.decode().splitlines() if line[:8] == "35502593")


async def whole(line: SimulatedLine) -> tuple[list[Change], list[str]]:
    """Carry a line to its end and return its changes and the IMEIs of its units in order."""
    changes: list[Change] = []
    imeis: list[str] = []
    async with asyncio.timeout(20), aclosing(line.changes()) as news:
        async for change in news:
            changes.append(change)
            if isinstance(change, Attached):
                imeis.append(await imei_at(line, change.attachment.ports[0]))
                line.verdict(change.attachment.where)
            elif sum(isinstance(c, Detached) for c in changes) == line._units:
                await line.done.wait()
                return changes, imeis
    raise AssertionError


@pytest.mark.parametrize("in_memory", WAYS)
async def test_every_unit_comes_answers_and_leaves(in_memory: bool) -> None:
    line = a_line(in_memory=in_memory)
    changes, imeis = await whole(line)

    assert imeis == [line.board(n).identity["imei"] for n in range(5)]
    came = [c.attachment for c in changes if isinstance(c, Attached)]
    left = [c.attachment for c in changes if isinstance(c, Detached)]
    assert sorted(came, key=repr) == sorted(left, key=repr)
    assert {a.where for a in came} == {"demo-1", "demo-2"}
    await line.close()


async def test_ports_look_like_a_real_kits() -> None:
    line = a_line(1, 1)
    async with aclosing(line.changes()) as news:
        port = (await anext(news)).attachment.ports[0]
    await line.close()

    assert (port.vid, port.pid, port.location) == (0x1366, 0x1059, "demo-1")
    assert port.usb_serial.startswith("0010512")
    assert len(port.usb_serial) == 12


async def test_a_slot_holds_one_unit_at_a_time() -> None:
    line = a_line(3, 9)
    changes, _ = await whole(line)

    sitting = set()
    for change in changes:
        where = change.attachment.where
        if isinstance(change, Attached):
            assert where not in sitting
            sitting.add(where)
        else:
            sitting.remove(where)
    assert not sitting
    await line.close()


async def test_a_unit_stays_until_its_verdict() -> None:
    line = a_line(1, 2)
    async with aclosing(line.changes()) as news:
        first = await anext(news)
        waiting = asyncio.ensure_future(anext(news))
        await asyncio.sleep(0)
        assert not waiting.done()
        line.verdict("demo-1")
        assert await waiting == Detached(first.attachment)
    await line.close()


async def test_who_asks_later_is_told_what_sits_there() -> None:
    line = a_line(2, 2)
    async with aclosing(line.changes()) as news, aclosing(line.changes()) as later:
        there = {repr(await anext(news)) for _ in range(2)}
        assert {repr(await anext(later)) for _ in range(2)} == there
    await line.close()


@pytest.mark.parametrize("in_memory", WAYS)
async def test_a_unit_that_is_pulled_out_leaves_at_once_and_waits_for_its_verdict(
    in_memory: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = a_line(1, 2, in_memory=in_memory)
    sound = line.board
    monkeypatch.setattr(line, "board", lambda number: _with_fault(sound(number)))
    async with asyncio.timeout(40), aclosing(line.changes()) as news:
        first = (await anext(news)).attachment
        link = await line.open(first.ports[0], LineSettings())
        with pytest.raises(LinkLost):
            await ask_for_tokens(link)
        assert await anext(news) == Detached(first)
        with pytest.raises(PortMissing):
            await line.open(first.ports[0], LineSettings())
        line.verdict("demo-1")
        assert isinstance(await anext(news), Attached)
        await link.close()
    await line.close()


async def ask_for_tokens(link: Link) -> None:
    """Ask in both dialects for as long as the board is there."""
    for ask in (b"at AT%ATTESTTOKEN\r", b"AT%ATTESTTOKEN\r"):
        await link.send(ask)
        await link.receive()
    while True:
        await link.receive()


def _with_fault(board: SimulatedNrf91) -> SimulatedNrf91:
    return type(board)(board.unit.number, faults=["unplug-at-token"], timing=TIMING)


async def test_closing_unplugs_everything() -> None:
    line = a_line(2, None)
    async with aclosing(line.changes()) as news:
        port = (await anext(news)).attachment.ports[0]
        link = await line.open(port, LineSettings())
        await line.close()
        await line.close()
        with pytest.raises(LinkLost):
            await link.receive()
        await link.close()
    with pytest.raises(PortMissing):
        await line.open(port, LineSettings())


async def test_units_with_a_network_connect_after_they_have_left() -> None:
    async with SimulatedNrfCloud() as cloud:
        line = a_line(2, 3, air=cloud.air, timing=Timing(retry_s=0.02))
        boards = [line.board(number) for number in range(3)]
        await whole(line)
        for board in boards:
            token = token_source(board.unit, frozenset())(None)
            device = cloud.account.claim(token, []).id
            cloud.account.add_command(device, {"cloudAccessKeyGeneration": {}}, "")
            cloud.account.add_command(device, {"serverCertificate": {"content": PEM}}, "")
        async with asyncio.timeout(40):
            while len(cloud.account.online) < 3:  # noqa: ASYNC110  # nothing tells of it
                await asyncio.sleep(0.01)
        await line.close()


def test_one_unit_in_eight_has_a_fault_and_never_the_first() -> None:
    line = a_line(clean=False)
    boards = [line.board(n) for n in range(64)]

    assert [sum(bool(b.faults) for b in boards[i : i + 8]) for i in range(0, 64, 8)] == [1] * 8
    assert not any(boards[i].faults for i in range(0, 64, 8))
    assert len({b.faults for b in boards}) > 5
    assert not any(a_line().board(n).faults for n in range(64))


def test_the_same_seed_brings_the_same_units() -> None:
    def told(seed: int) -> list[tuple[str, frozenset[str], str]]:
        line = a_line(seed=seed, clean=False)
        return [(b.identity["imei"], b.faults, b.dialect) for b in map(line.board, range(40))]

    assert told(3) == told(3)
    assert not {row[0] for row in told(3)} & {row[0] for row in told(4)}
    assert {row[2] for row in told(3)} == {"at-host", "at-shell"}


def test_slots_have_names_and_places() -> None:
    assert [(slot.name, slot.where) for slot in a_line().slots] == [
        ("1", "demo-1"),
        ("2", "demo-2"),
    ]
