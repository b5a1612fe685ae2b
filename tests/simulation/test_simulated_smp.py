"""The simulated SMP server by itself: smpclient's own serial port, and frames by hand."""

from __future__ import annotations

import asyncio
import binascii
import struct
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import cbor2
import pytest

from station.links.memory import MemoryLink, pair
from station.simulation import smp
from station.simulation.mcuboot import Slots, Stored, mcuboot_image
from station.simulation.program import kinds
from station.simulation.smp import SimulatedSmp, framed_lines

OLD, NEW = mcuboot_image(b"old" * 100), mcuboot_image(b"new" * 100, (1, 2, 3))
PROMPT = b"uart:~$ "
READ, WRITE = 0, 2
STATE, UPLOAD, RESET, PARAMETERS = (1, 0), (1, 1), (0, 5), (0, 6)


class Host:
    """A client at the other end of a server."""

    def __init__(self, board: SimulatedSmp, link: MemoryLink) -> None:
        self.board, self.link = board, link
        self._come = b""

    async def ask(
        self, command: tuple[int, int], op: int, body: dict[str, Any], version: int = 1
    ) -> dict[str, Any]:
        """Send a command, and return the body of its answer."""
        told = cbor2.dumps(body)
        header = struct.pack("!BBHHBB", version << 3 | op, 0, len(told), command[0], 7, command[1])
        await self.link.send(framed_lines(header + told))
        answer = await self._frame()
        kind, _, size, group, number, name = struct.unpack_from("!BBHHBB", answer)
        assert (kind, group, number, name) == (version << 3 | op + 1, command[0], 7, command[1])
        assert len(answer) == 8 + size
        return dict(cbor2.loads(answer[8:]))

    async def _frame(self) -> bytes:
        text, size = b"", None
        async with asyncio.timeout(10):
            while size is None or len(text) * 3 // 4 < size:
                while b"\n" not in self._come:
                    self._come += await self.link.receive()
                line, _, self._come = self._come.partition(b"\n")
                line = line.removeprefix(PROMPT)
                if line[:2] in {b"\x06\x09", b"\x04\x14"}:
                    assert len(line) < 127
                    text += line[2:]
                    size = int.from_bytes(binascii.a2b_base64(text)[:2], "big") + 2
        whole = binascii.a2b_base64(text)
        message = whole[2:-2]
        assert binascii.crc_hqx(message, 0) == int.from_bytes(whole[-2:], "big")
        return message


@asynccontextmanager
async def host(faults: Iterable[str] = ()) -> AsyncIterator[Host]:
    here, there = pair()
    board = SimulatedSmp(faults=faults)
    running = asyncio.create_task(board.run(there))
    yield Host(board, here)
    await here.close()
    assert await running is False


async def test_it_tells_its_images_and_how_much_it_takes_at_once() -> None:
    async with host() as client:
        assert (await client.ask(PARAMETERS, READ, {}))["buf_size"] == smp.BUFFER_BYTES
        (image,) = (await client.ask(STATE, READ, {}))["images"]
        assert (image["slot"], image["active"], image["confirmed"]) == (0, True, True)
        assert image["hash"] == client.board.slots.running.digest
        assert "pending" not in image


async def test_an_image_that_was_sent_runs_after_the_restart() -> None:
    async with host() as client:
        first = {"off": 0, "len": len(NEW), "sha": b"s" * 32, "data": NEW[:200]}
        assert await client.ask(UPLOAD, WRITE, first) == {"off": 200}
        ends = await client.ask(UPLOAD, WRITE, {"off": 200, "data": NEW[200:]})
        assert ends == {"off": len(NEW), "match": True}
        listed = await client.ask(STATE, WRITE, {"hash": Stored(NEW).digest, "confirm": False})
        assert listed["images"][1]["pending"] is True
        again = await client.ask(UPLOAD, WRITE, first)
        assert again == {"err": {"group": 1, "rc": 28}}
        assert await client.ask(RESET, WRITE, {}) == {}
        running, other = (await client.ask(STATE, READ, {}))["images"]
        assert (running["version"], running["slot"]) == ("1.2.3", 0)
        assert "confirmed" not in running
        assert "active" not in other


async def test_the_same_image_goes_on_and_a_piece_from_elsewhere_is_passed_over() -> None:
    async with host() as client:
        first = {"off": 0, "len": len(NEW), "sha": b"s" * 32, "data": NEW[:200]}
        await client.ask(UPLOAD, WRITE, first)
        assert await client.ask(UPLOAD, WRITE, {"off": 300, "data": NEW[300:]}) == {"off": 200}
        assert await client.ask(UPLOAD, WRITE, first) == {"off": 200}
        other = {**first, "sha": b"t" * 32, "data": NEW[:100]}
        assert await client.ask(UPLOAD, WRITE, other) == {"off": 100}


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"data": b"firmware" * 10}, {"err": {"group": 1, "rc": 23}}),
        ({"data": NEW[:16]}, {"rc": 3}),
        ({"len": 10**7}, {"err": {"group": 1, "rc": 30}}),
    ],
    ids=["no image", "too little", "too large"],
)
async def test_what_is_no_image_is_refused(told: dict[str, Any], refusal: dict[str, Any]) -> None:
    async with host() as client:
        first = {"off": 0, "len": len(NEW), "data": NEW[:100], **told}
        assert await client.ask(UPLOAD, WRITE, first) == refusal


async def test_an_error_is_told_in_the_version_that_was_asked_in() -> None:
    async with host() as client:
        unknown = {"hash": b"?" * 32, "confirm": True}
        assert await client.ask(STATE, WRITE, unknown, version=0) == {"rc": 3}
        assert await client.ask(STATE, WRITE, unknown) == {"err": {"group": 1, "rc": 24}}
        assert await client.ask((63, 0), WRITE, {}) == {"rc": 8}


def test_an_image_that_is_not_confirmed_goes_with_the_next_restart() -> None:
    slots = Slots(Stored(OLD), Stored(NEW), is_pending=True)
    slots.restart()
    assert (slots.running.content, slots.is_confirmed) == (NEW, False)
    slots.restart()
    assert (slots.running.content, slots.is_confirmed) == (OLD, True)


@pytest.mark.parametrize("spoilt", [True, False], ids=["spoilt", "not trusted"])
def test_an_image_that_is_not_whole_or_not_trusted_never_runs(*, spoilt: bool) -> None:
    new = bytes([*NEW[:50], NEW[50] ^ 1, *NEW[51:]]) if spoilt else NEW
    slots = Slots(Stored(OLD), Stored(new), is_pending=True)
    slots.restart(trusts=spoilt)
    assert (slots.running.content, slots.other) == (OLD, None)


def test_one_that_crashes_gives_way_to_the_one_before() -> None:
    slots = Slots(Stored(OLD), Stored(NEW), is_pending=True)
    slots.restart(crashes=True)
    assert slots.running.content == OLD
    assert slots.other == Stored(NEW)
    assert slots.is_confirmed


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
async def test_smpclients_own_serial_port_is_content_with_it() -> None:
    smpclient = pytest.importorskip("smpclient", reason="the extra smp is not installed")
    from smpclient.requests.image_management import ImageStatesRead
    from smpclient.transport.serial import SMPSerialTransport

    from station.simulation.pty_end import PtyEnd

    end, board = PtyEnd(), SimulatedSmp(faults=[smp.NOISE])
    running = asyncio.create_task(board.run(end))
    async with smpclient.SMPClient(SMPSerialTransport(), end.path) as client:
        async for _ in client.upload(NEW):
            pass
        images = (await client.request(ImageStatesRead())).images
    assert [bytes(each.hash) for each in images] == [
        board.slots.running.digest,
        Stored(NEW).digest,
    ]
    end.unplug()
    await running


def test_it_can_be_asked_for_by_name() -> None:
    assert SimulatedSmp.kind in kinds("station.simulated_boards")
    made = SimulatedSmp.realistic(2, None, [smp.SLOW])
    assert made.piece_s == smp.SLOW_PIECE_S
    assert made.identity["version"] == "1.0.0"
    with pytest.raises(ValueError, match="no dialect 'nuttx'"):
        SimulatedSmp.realistic(1, "nuttx", [])
