"""A link by Bluetooth LE, with bleak unchanged against a fake BlueZ: pieces, pace, loss, closing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from station.faults import AirLost, Fault, LinkLost, NoneNear, PortBusy, RadioOff
from station.links import ble
from station.links.ble_profile import ARDUINO
from station.model import Port
from station.simulation.bluez import FakeBluez
from station.simulation.peripheral import BluezError
from tests.fake_air import fake_air
from tests.links.on_the_air import LINE, PATIENCE_S, AirBoard, RadioLine, received

IN_PROGRESS = BluezError("Operation already in progress", "org.bluez.Error.InProgress")
ABORTED = BluezError("le-connection-abort-by-local")
CANCELED = BluezError("br-connection-canceled")


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ble, "TRY_AGAIN_AFTER_S", (0.0, 0.0))


@pytest.fixture
async def air() -> AsyncIterator[FakeBluez]:
    async with fake_air() as bluez:
        yield bluez


@pytest.fixture
async def line(air: FakeBluez) -> AsyncIterator[RadioLine]:
    line = RadioLine()
    yield line
    await line.close()


@pytest.mark.parametrize(("mtu", "sizes"), [(242, [64] * 4 + [7]), (23, [20] * 13 + [3])])
async def test_subscribing_begins_the_session_and_its_bytes_come_in_order(
    air: FakeBluez, line: RadioLine, mtu: int, sizes: list[int]
) -> None:
    greeting = bytes(range(256)) + b"the end"
    board = AirBoard(greeting=greeting, mtu=mtu)
    air.power_on(board.peripheral)
    link = await line.open(board)
    pieces = await received(link, len(greeting))
    assert [len(piece) for piece in pieces] == sizes
    assert b"".join(pieces) == greeting
    assert board.sessions == 1
    await link.close()


async def test_a_long_message_leaves_in_writes_of_256_bytes_one_after_the_other(
    air: FakeBluez, line: RadioLine
) -> None:
    board = AirBoard()
    air.power_on(board.peripheral)
    link = await line.open(board)
    message = bytes(i % 251 for i in range(600))
    await asyncio.gather(link.send(message), link.send(b"after it"))
    assert [len(piece) for piece in board.got] == [256, 256, 88, 8]
    assert b"".join(board.got) == message + b"after it"
    assert board.most_outstanding == 1
    await link.close()


async def test_an_empty_message_is_no_write(air: FakeBluez, line: RadioLine) -> None:
    board = AirBoard()
    air.power_on(board.peripheral)
    link = await line.open(board)
    await link.send(b"")
    await link.send(b"x")
    assert board.got == [b"x"]
    await link.close()


async def test_the_board_is_given_time_between_two_writes(air: FakeBluez) -> None:
    line = RadioLine(profile=replace(ARDUINO, pause_s=3600.0))
    board = AirBoard()
    air.power_on(board.peripheral)
    link = await line.open(board)
    assert await received(link, 5) == [b"hello"]
    await link.send(b"one")
    second = asyncio.create_task(link.send(b"two"))
    await board.say(b"still here")
    assert await received(link, 10) == [b"still here"]
    assert board.got == [b"one"]
    assert not second.done()
    await link.close()
    with pytest.raises(LinkLost):
        await second
    await line.close()


async def test_a_send_that_is_cancelled_cuts_no_message(air: FakeBluez, line: RadioLine) -> None:
    board = AirBoard()
    air.power_on(board.peripheral)
    link = await line.open(board)
    board.gate.clear()
    first = asyncio.create_task(link.send(b"a" * 300))
    await board.hears(1)
    first.cancel()
    second = asyncio.create_task(link.send(b"b" * 10))
    await asyncio.wait([first])
    board.gate.set()
    await second
    assert [bytes(piece) for piece in board.got] == [b"a" * 256, b"a" * 44, b"b" * 10]
    assert board.most_outstanding == 1
    await link.close()


async def test_a_receive_that_is_cancelled_loses_no_byte(air: FakeBluez, line: RadioLine) -> None:
    board = AirBoard(greeting=b"")
    air.power_on(board.peripheral)
    link = await line.open(board)
    waiting = asyncio.create_task(link.receive())
    await link.send(b"x")
    waiting.cancel()
    await asyncio.wait([waiting])
    await board.say(b"first")
    await board.say(b"second")
    assert await received(link, 11) == [b"first", b"second"]
    await link.close()


async def test_what_came_before_the_loss_is_still_received(air: FakeBluez, line: RadioLine) -> None:
    board = AirBoard()
    air.power_on(board.peripheral)
    link = await line.open(board)
    await received(link, 5)
    await board.say(b"x" * 100)
    await board.say(b"bye")
    board.peripheral.drop()
    assert b"".join(await received(link, 103)) == b"x" * 100 + b"bye"
    with pytest.raises(AirLost):
        await link.receive()
    with pytest.raises(AirLost):
        await link.send(b"x")
    await link.close()


async def test_a_loss_ends_a_receive_that_waits(air: FakeBluez, line: RadioLine) -> None:
    board = AirBoard(greeting=b"")
    air.power_on(board.peripheral)
    link = await line.open(board)
    waiting = asyncio.create_task(link.receive())
    await link.send(b"x")
    board.peripheral.drop()
    with pytest.raises(AirLost):
        async with asyncio.timeout(PATIENCE_S):
            await waiting
    await link.close()


async def test_a_loss_in_the_middle_of_a_message_ends_the_send(
    air: FakeBluez, line: RadioLine
) -> None:
    board = AirBoard()
    air.power_on(board.peripheral)
    link = await line.open(board)
    board.gate.clear()
    sending = asyncio.create_task(link.send(b"a" * 600))
    await board.hears(1)
    board.peripheral.drop()
    with pytest.raises(AirLost):
        async with asyncio.timeout(PATIENCE_S):
            await sending
    board.gate.set()
    assert len(board.got) == 1
    await link.close()


async def test_a_write_that_the_board_refuses_ends_the_link(air: FakeBluez) -> None:
    line = RadioLine(profile=replace(ARDUINO, largest_write=500))
    board = AirBoard()
    air.power_on(board.peripheral)
    link = await line.open(board)
    with pytest.raises(AirLost, match="write"):
        await link.send(b"a" * 300)
    await link.close()
    await line.close()


@pytest.mark.parametrize("errors", [[IN_PROGRESS], [CANCELED, IN_PROGRESS], [ABORTED, CANCELED]])
async def test_what_passes_by_itself_is_tried_again(
    air: FakeBluez, line: RadioLine, errors: list[BluezError | None]
) -> None:
    board = AirBoard()
    board.peripheral.connect_errors = list(errors)
    air.power_on(board.peripheral)
    link = await line.open(board)
    assert await received(link, 5) == [b"hello"]
    assert board.peripheral.connect_errors == []
    await link.close()


async def test_the_tries_have_an_end(air: FakeBluez, line: RadioLine) -> None:
    board = AirBoard()
    tries = len(ble.TRY_AGAIN_AFTER_S) + 1
    board.peripheral.connect_errors = [IN_PROGRESS] * (tries + 1)
    air.power_on(board.peripheral)
    with pytest.raises(AirLost, match="InProgress"):
        await line.open(board)
    assert len(board.peripheral.connect_errors) == 1


@pytest.mark.parametrize("when", ["on_connect", "on_subscribe"])
async def test_a_board_that_drops_the_link_at_once_is_tried_again_or_lost(
    air: FakeBluez, line: RadioLine, when: str
) -> None:
    board = AirBoard()
    drops = [1]

    def drop() -> None:
        if drops:
            drops.pop()
            asyncio.get_running_loop().call_soon(board.peripheral.drop)

    if when == "on_connect":
        board.peripheral.on_connect = drop
    else:
        greet = board.indicated.on_subscribe
        assert greet

        async def greet_and_go(*args: object) -> None:
            drop()
            await greet(*args)  # type: ignore[arg-type]  # as it was given

        board.indicated.on_subscribe = greet_and_go
    air.power_on(board.peripheral)
    try:
        link = await line.open(board)
        try:
            assert await received(link, 5) == [b"hello"]
        finally:
            await link.close()
    except AirLost:
        link = await line.wiring.open(line.picked[-1].ports[0], LINE)
        assert await received(link, 5) == [b"hello"]
        await link.close()
    assert not drops


async def test_a_board_that_goes_before_it_is_reached_is_lost_within_bounds(
    air: FakeBluez, line: RadioLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ble, "TRY_WITHIN_S", 0.2)
    board = AirBoard()
    air.power_on(board.peripheral)
    port = await line.take(board)
    air.power_off(board.peripheral)
    with pytest.raises(AirLost):
        await line.wiring.open(port, LINE)


async def test_a_connection_that_never_stands_is_given_up(
    air: FakeBluez, line: RadioLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ble, "CONNECT_WITHIN_S", 0.3)
    board = AirBoard(connect_delay_s=3600.0)
    air.power_on(board.peripheral)
    with pytest.raises(AirLost, match="no connection within"):
        await line.open(board)


async def test_a_board_without_the_characteristics_is_no_link(
    air: FakeBluez, line: RadioLine
) -> None:
    board = AirBoard(services={ARDUINO.service: ()})
    air.power_on(board.peripheral)
    with pytest.raises(AirLost, match="not found"):
        await line.open(board)
    assert not board.peripheral.is_connected


async def test_a_radio_that_is_switched_off_is_told_from_a_board_that_is_gone(
    air: FakeBluez, line: RadioLine
) -> None:
    board = AirBoard()
    air.power_on(board.peripheral)
    port = await line.take(board)
    air.set_powered(False)
    with pytest.raises(RadioOff):
        await line.wiring.open(port, LINE)


async def test_a_link_that_was_closed_stays_closed(air: FakeBluez, line: RadioLine) -> None:
    board = AirBoard()
    air.power_on(board.peripheral)
    link = await line.open(board)
    await asyncio.gather(link.close(), link.close())
    await link.close()
    assert not board.peripheral.is_connected
    for use in (link.receive, lambda: link.send(b"x")):
        with pytest.raises(LinkLost):
            await use()


async def test_a_board_is_opened_by_one_at_a_time_and_anew_after_that(
    air: FakeBluez, line: RadioLine
) -> None:
    board = AirBoard()
    air.power_on(board.peripheral)
    link = await line.open(board)
    (attachment,) = line.picked
    with pytest.raises(PortBusy):
        await line.wiring.open(attachment.ports[0], LINE)
    await link.close()
    again = await line.wiring.open(attachment.ports[0], LINE)
    assert await received(again, 5) == [b"hello"]
    assert board.sessions == 2
    await again.close()


async def test_what_was_never_picked_is_not_opened(air: FakeBluez, line: RadioLine) -> None:
    board = AirBoard()
    air.power_on(board.peripheral)
    await line.hears(board.address)
    with pytest.raises(NoneNear):
        await line.wiring.open(Port(board.address), LINE)


async def test_closing_leaves_no_task_even_while_a_write_hangs(
    air: FakeBluez, line: RadioLine
) -> None:
    board = AirBoard()
    air.power_on(board.peripheral)
    await (await line.open(board)).close()  # bleak's own connection to the bus stays from now on
    before = asyncio.all_tasks()
    link = await line.wiring.open(line.picked[0].ports[0], LINE)
    board.gate.clear()
    sending = asyncio.create_task(link.send(b"x"))
    await board.hears(1)
    await link.close()
    with pytest.raises(LinkLost):
        await sending
    board.gate.set()
    if left := _ours() - before:
        await asyncio.wait(left, timeout=PATIENCE_S)
    assert not _ours() - before


def _ours() -> set[asyncio.Task[object]]:
    """The tasks of station.links and bleak; not those of the fake air."""
    tasks = set()
    for task in asyncio.all_tasks():
        code = getattr(task.get_coro(), "cr_code", None)
        if code and ("/bleak/" in code.co_filename or "/links/ble" in code.co_filename):
            tasks.add(task)
    return tasks


def test_a_lost_link_is_a_lost_link_whatever_carried_it() -> None:
    assert issubclass(AirLost, LinkLost)
    assert issubclass(AirLost, Fault)
