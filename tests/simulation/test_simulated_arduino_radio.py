"""A simulated Arduino board on the air: advertisement, indications, writes, and when it is there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import cbor2
import pytest

from station.faults import LinkLost
from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_faults import ArduinoTiming
from station.simulation.arduino_unit import NETWORK_CONFIGS, Product, product
from tests.simulation import arduino_host as wire
from tests.simulation.arduino_host import (
    CONNECT,
    DISCONNECT,
    GET_ID,
    JOIN,
    NACK,
    NETWORKS,
    SKETCH,
    STATUS,
    TIMESTAMP,
    WIFI,
    host,
    ticks,
    told,
)


class Central:
    """Who has connected: keeps every indication, and frames as they are complete."""

    def __init__(self, board: SimulatedArduino) -> None:
        self.board = board
        self.pieces: list[bytes] = []
        self.hung_up = False
        self.writes_when_told = b""

    async def subscribe(self, mtu: int = 242) -> None:
        self.board.bluetooth.hang_up = self._hung_up
        await self.board.bluetooth.subscribed(self._indicated, mtu)

    async def write(self, frame: str) -> None:
        """Write one frame and let the board look at it."""
        self.board.bluetooth.written(bytes.fromhex(frame))
        await ticks()

    async def says(self, *frames: str) -> None:
        await ticks()
        assert b"".join(self.pieces).hex() == "".join(frames)
        self.pieces.clear()

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not holds():  # noqa: ASYNC110
                await asyncio.sleep(0)

    async def _indicated(self, value: bytes) -> None:
        await asyncio.sleep(0)
        self.pieces.append(value)
        if self.writes_when_told:
            self.board.bluetooth.written(self.writes_when_told)
            self.writes_when_told = b""

    async def _hung_up(self) -> None:
        self.hung_up = True


@pytest.fixture
async def board() -> AsyncIterator[SimulatedArduino]:
    board = SimulatedArduino(1)
    board.power_on()
    await ticks()
    yield board
    board.power_off()


async def test_the_advertisement(board: SimulatedArduino) -> None:
    told_of = board.bluetooth.advertisement
    assert told_of is not None
    assert told_of.local_name == "Arduino-2341-1002"
    mac = board.identity["ble_mac"].replace(":", "")
    service = "d9f4024bb39e31b44f4d16c887e85b5e"
    assert told_of.payload.hex() == f"0201061107{service}09ffa309{mac}"
    assert len(told_of.payload) == 31


async def test_a_whole_dialogue_and_the_farewell(board: SimulatedArduino) -> None:
    central = Central(board)
    await central.subscribe()
    await central.says(NETWORKS)
    assert board.bluetooth.advertisement is None
    await central.write(SKETCH)
    await central.says(told(0x12015, "0.6.2"))
    board.unit.device_id = "has its certificate already"
    await central.write(WIFI)
    await central.write(JOIN)
    await central.says(STATUS[1], STATUS[2])
    assert central.hung_up
    assert board.bluetooth.advertisement is None
    with pytest.raises(LinkLost):
        await central.subscribe()
    board.restart()
    await ticks()
    assert board.bluetooth.advertisement is not None


@pytest.mark.parametrize(
    ("mtu", "sizes"), [(242, [64, 64, 64, 64, 7]), (23, [20] * 13 + [3]), (50, [47] * 5 + [28])]
)
async def test_a_token_in_indications(board: SimulatedArduino, mtu: int, sizes: list[int]) -> None:
    central = Central(board)
    await central.subscribe(mtu)
    await central.says(NETWORKS)
    await central.write(TIMESTAMP)
    await central.write(GET_ID)
    whole = b"".join(central.pieces)
    at = whole.index(bytes.fromhex("55aa020100"))
    before = 0
    while central.pieces and before < at:
        before += len(central.pieces.pop(0))
    assert before == at
    assert [len(piece) for piece in central.pieces] == sizes


async def test_of_two_writes_before_the_board_looks_the_first_is_lost(
    board: SimulatedArduino,
) -> None:
    central = Central(board)
    await central.subscribe()
    await central.says(NETWORKS)
    board.bluetooth.written(bytes.fromhex(TIMESTAMP))
    board.bluetooth.written(bytes.fromhex(GET_ID))
    await central.says(STATUS[-4])
    board.bluetooth.written(bytes.fromhex(SKETCH)[:10])
    board.bluetooth.written(bytes.fromhex(SKETCH)[10:])
    await central.says(NACK)


async def test_what_is_written_while_a_nack_is_on_its_way_is_lost(board: SimulatedArduino) -> None:
    central = Central(board)
    await central.subscribe()
    await central.says(NETWORKS)
    central.writes_when_told = bytes.fromhex(SKETCH)
    await central.write("00" * 5)
    await central.says(NACK)
    await central.write(SKETCH)
    await central.says(told(0x12015, "0.6.2"))


async def test_a_frame_in_two_writes(board: SimulatedArduino) -> None:
    central = Central(board)
    await central.subscribe()
    await central.says(NETWORKS)
    await central.write(SKETCH[:20])
    await central.write(SKETCH[20:])
    await central.says(told(0x12015, "0.6.2"))


async def test_connect_and_disconnect_mean_nothing_on_the_air(board: SimulatedArduino) -> None:
    central = Central(board)
    await central.subscribe()
    await central.says(NETWORKS)
    await central.write(DISCONNECT)
    await central.write(CONNECT)
    await central.write(SKETCH)
    await central.says(told(0x12015, "0.6.2"))


async def test_a_write_holds_256_bytes(board: SimulatedArduino) -> None:
    central = Central(board)
    await central.subscribe()
    board.bluetooth.written(bytes(256))
    with pytest.raises(ValueError, match="256"):
        board.bluetooth.written(bytes(257))


async def test_a_host_that_leaves_may_come_back(board: SimulatedArduino) -> None:
    central = Central(board)
    await central.subscribe()
    await central.says(NETWORKS)
    board.bluetooth.unsubscribed()
    await ticks()
    assert board.bluetooth.advertisement is not None
    await central.subscribe()
    await central.says(NETWORKS)


async def test_serial_and_radio_exclude_each_other(board: SimulatedArduino) -> None:
    central = Central(board)
    changes: list[bool] = []
    board.bluetooth.on_change = lambda: changes.append(board.bluetooth.advertisement is not None)
    async with host(board) as client:
        await client.joins()
        await ticks()
        assert board.bluetooth.advertisement is None
        with pytest.raises(LinkLost):
            await central.subscribe()
        await client.send(DISCONNECT)
        await ticks()
        assert board.bluetooth.advertisement is not None
        await central.subscribe()
        await central.says(NETWORKS)
        await client.send(CONNECT)
        assert await client.is_quiet()
        await central.write(SKETCH)
        await central.says(told(0x12015, "0.6.2"))
    assert changes == [False, True, False]


async def test_the_gesture_forgets_the_network_only_and_starts_the_radio_once() -> None:
    board = SimulatedArduino(1, sketch="cloud")
    async with host(board) as client:
        await client.joins()
        await client.send(WIFI)
        await client.send(JOIN)
        await client.says(STATUS[1], STATUS[2], DISCONNECT)
    board.unit.device_id = "stays"
    assert board.bluetooth.advertisement is None
    board.press_gesture(2.9)
    assert NETWORK_CONFIGS in board.unit.store
    board.press_gesture(3.0)
    assert board.unit.store.keys() == {"START_BLE"}
    await ticks()
    assert board.bluetooth.advertisement is not None
    assert (board.unit.store, board.unit.device_id) == ({}, "stays")

    central = Central(board)
    await central.subscribe()
    await central.says(NETWORKS)
    board.bluetooth.unsubscribed()
    await ticks()
    assert board.bluetooth.advertisement is None
    board.power_off()


async def test_the_radio_of_a_thing_closes_after_success() -> None:
    board = SimulatedArduino(1, sketch="cloud")
    board.power_on()
    board.press_gesture(3)
    await ticks()
    central = Central(board)
    await central.subscribe()
    await central.says(NETWORKS)
    await central.write(WIFI)
    await central.write(JOIN)
    await central.says(STATUS[1], STATUS[2])
    assert central.hung_up
    assert board.bluetooth.advertisement is None
    board.power_off()


@pytest.mark.parametrize("made", [product("Opta Lite"), product("MKR NB 1500")])
async def test_boards_without_a_radio(made: Product) -> None:
    board = SimulatedArduino(1, made)
    board.power_on()
    await ticks()
    assert board.bluetooth.advertisement is None
    board.power_off()


async def test_a_restart_ends_the_connection(board: SimulatedArduino) -> None:
    central = Central(board)
    await central.subscribe()
    await central.says(NETWORKS)
    board.restart()
    await central.until(lambda: central.hung_up)
    assert not board.bluetooth.is_session


async def test_the_wedge_is_shared_by_both_ways() -> None:
    board = SimulatedArduino(1, timing=ArduinoTiming(loop_s=0))
    async with host(board) as client:
        await client.joins()
        await client.send("55aa0200020000aa55")
        await client.send(DISCONNECT)
        assert await client.is_quiet()
    board.power_off()
    board.power_on()
    await ticks()
    central = Central(board)
    await central.subscribe()
    await central.says(NETWORKS)
    await central.write("55aa0200020000aa55")
    await central.write(SKETCH)
    await central.says()
    board.bluetooth.unsubscribed()
    async with host(board) as client:
        await client.send(CONNECT)
        assert await client.is_quiet()


async def test_the_list_is_one_array(board: SimulatedArduino) -> None:
    central = Central(board)
    await central.subscribe()
    await ticks()
    told_of = cbor2.loads(b"".join(central.pieces)[10:-4])
    assert told_of == ["factory-net", -42, "guest", -71, "Café d'Or", -88]
    assert wire.crc(b"123456789") == 0x906E
