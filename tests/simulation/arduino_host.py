"""A host at a simulated Arduino board: frames by hand, to tell the simulation from our own client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import cbor2

from station.faults import LinkLost
from station.links.memory import MemoryLink, pair
from station.simulation.arduino import SimulatedArduino

CONNECT = "55aa03000301e1f1aa55"
DISCONNECT = "55aa03000302d36aaa55"
NACK = "55aa03000303c2e3aa55"
JOIN = "55aa020009da0001200381017e1baa55"
GET_ID = "55aa020009da0001200381024c80aa55"
GET_BLE_MAC = "55aa020009da0001200381035d09aa55"
RESET = "55aa020009da00012003810429b6aa55"
SCAN = "55aa02000ada0001200381186439ffaa55"
WIFI_FIRMWARE = "55aa02000ada000120038118652876aa55"
SKETCH = "55aa02000ada000120038118c85699aa55"
LIBRARY = "55aa02000ada000120038118c94710aa55"
TIMESTAMP = "55aa02000dda00012002811a6955b900347faa55"
WIFI = "55aa02001fda00012004826b666163746f72792d6e65746a7333637265747061737340ddaa55"
DHCP = "55aa02000eda0001200986404040402020fc3faa55"
STATIC = "55aa02001fda000120098644c0a8010a440808080844c0a8010144ffffff000f18c87790aa55"
NB_IOT = (
    "55aa02002ada000120078464313233346e61706e2e61726475696e6f2e6363"
    "6474657374687465737470617373"
    "5cbbaa55"
)
CAT_M1 = (
    "55aa020031da0001200885643132333482041a000800006e61706e2e61726475696e6f2e6363"
    "6474657374687465737470617373"
    "7872aa55"
)
"""Whole frames, as the fact sheet of the protocol has them."""
NETWORKS = (
    "55aa02002bda00012001866b666163746f72792d6e6574382965677565737438466a436166c3a92064274f72"
    "38579809aa55"
)
STATUS = {
    1: "55aa020009da000120008101917faa55",
    2: "55aa020009da000120008102a3e4aa55",
    4: "55aa020009da000120008104c6d2aa55",
    100: "55aa02000ada000120008118641c32aa55",
    -1: "55aa020009da000120008120a1f4aa55",
    -4: "55aa020009da000120008123936faa55",
    -5: "55aa020009da000120008124e7d0aa55",
    -6: "55aa020009da000120008125f659aa55",
    -7: "55aa020009da000120008126c4c2aa55",
    -8: "55aa020009da000120008127d54baa55",
    -101: "55aa02000ada000120008138643f01aa55",
    -150: "55aa02000ada00012000813895d907aa55",
    -200: "55aa02000ada000120008138c7a890aa55",
}
EMPTY_LIST = "55aa020008da00012001801912aa55"
TAGS = {
    "status": 0x12000,
    "networks": 0x12001,
    "uhwid": 0x12010,
    "token": 0x12011,
    "ble mac": 0x12013,
    "wifi firmware": 0x12014,
    "sketch": 0x12015,
    "library": 0x12016,
    "public key": 0x12017,
}


def crc(data: bytes) -> int:
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ 0x8408 if value & 1 else value >> 1
    return value ^ 0xFFFF


def data(payload: bytes) -> str:
    """Return a DATA frame of any payload."""
    head = b"\x55\xaa\x02" + (len(payload) + 2).to_bytes(2, "big")
    return (head + payload + crc(payload).to_bytes(2, "big") + b"\xaa\x55").hex()


def told(tag: int, *fields: Any) -> str:
    """Return a message's frame."""
    return data(b"\xda" + tag.to_bytes(4, "big") + cbor2.dumps(list(fields)))


async def ticks(count: int = 100) -> None:
    """Let everything happen that needs no time."""
    for _ in range(count):
        await asyncio.sleep(0)


class Host:
    """Sends frames and collects what comes."""

    def __init__(self, link: MemoryLink) -> None:
        self.link = link
        self.come = b""
        self._more = asyncio.Event()

    async def listen(self) -> None:
        with suppress(LinkLost):
            while True:
                piece = await self.link.receive()
                self.come += piece
                self._more.set()

    async def send(self, *frames: str) -> None:
        """Send frames in one burst."""
        await self.link.send(bytes.fromhex("".join(frames)))

    async def frame(self) -> str:
        """Return the next whole frame, whatever text stands before it."""
        async with asyncio.timeout(10):
            while (found := self._cut()) is None:
                self._more.clear()
                await self._more.wait()
        return found

    async def says(self, *expected: str) -> None:
        """Expect exactly these frames, one after the other."""
        assert [await self.frame() for _ in expected] == list(expected)

    async def statuses(self, *expected: int) -> None:
        await self.says(*(STATUS[number] for number in expected))

    async def message(self, name: str) -> Any:
        """Return the only field of the next message, which must be the one of that name."""
        payload = bytes.fromhex(await self.frame())[5:-4]
        assert payload[:5] == b"\xda" + TAGS[name].to_bytes(4, "big")
        fields = cbor2.loads(payload[5:])
        assert len(fields) == 1
        return fields[0]

    async def is_quiet(self) -> bool:
        """Tell whether no frame comes, and none has come that was not read."""
        await ticks()
        return self._cut() is None

    async def joins(self) -> None:
        """Begin a session with a board that has no status to tell."""
        await self.send(CONNECT)
        await self.says(NETWORKS)

    def _cut(self) -> str | None:
        at = self.come.find(b"\x55\xaa")
        if at < 0 or len(self.come) < at + 5:
            return None
        end = at + 7 + int.from_bytes(self.come[at + 3 : at + 5], "big")
        if len(self.come) < end:
            return None
        found, self.come = self.come[at:end], self.come[end:]
        return found.hex()


Plug = Callable[[SimulatedArduino], Awaitable[Host]]
"""Powers a board, opens its port, and returns the host there."""


@asynccontextmanager
async def host(board: SimulatedArduino) -> AsyncIterator[Host]:
    """Open the port of `board`, and close it."""
    here, there = pair()
    running = asyncio.create_task(board.run(there))
    client = Host(here)
    listening = asyncio.create_task(client.listen())
    try:
        yield client
    finally:
        await here.close()
        await asyncio.wait({running, listening}, timeout=10)
    running.result()
