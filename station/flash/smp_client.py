"""The only file that knows smpclient: images of Zephyr boards, listed, sent and set by SMP.

Its own serial port is not used: ours names its faults and never holds up the loop.
"""

from __future__ import annotations

import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from smp import packet
from smp.exceptions import SMPDecodeError, SMPException
from smp.header import Header
from smp.image_management import ImageState
from smpclient import SMPClient
from smpclient.exceptions import SMPClientException, SMPUploadError
from smpclient.generics import SMPRequest, TEr1, TEr2, TRep, success
from smpclient.mcuboot import IMAGE_TLV, ImageInfo, MCUBootImageError, TLVNotFound
from smpclient.requests.image_management import ImageStatesRead, ImageStatesWrite
from smpclient.requests.os_management import ResetWrite
from smpclient.transport import SMPTransport

from station.faults import AnswerBroken, BoardSilent, FlashRefused, ImageWrong, LinkLost
from station.flash import Told
from station.links import LineSettings, Link
from station.links.serial import open_serial
from station.model import Port

ANSWER_WITHIN_S = 3.0
ERASE_WITHIN_S = 40.0
"""The first piece of an image may wait for a whole slot to be erased."""
TRIES = 4
"""So often an upload goes on where it stopped, before it is given up."""

_BUFFER_BYTES = 384
"""What Zephyr takes at once (CONFIG_MCUMGR_TRANSPORT_NETBUF_SIZE) unless it says otherwise."""
_FRAME_BYTES = packet.FRAME_LENGTH_STRUCT.size + packet.CRC16_STRUCT.size
_LINE_BYTES = 128
_MOST_OF_A_LINE = 4096

_UNHEARD = (TimeoutError, SMPClientException, SMPException)
_NO_IMAGE = (MCUBootImageError, TLVNotFound, struct.error, ValueError, OSError)


class Wire(SMPTransport):
    """A transport of smpclient's over a link of ours: frames among the other lines of a console."""

    def __init__(self, port: Port, baud: int) -> None:
        self._port, self._baud = port, baud
        self._link: Link | None = None
        self._come = b""
        self._number = 0
        self._buffer_bytes = _BUFFER_BYTES

    async def connect(self, address: str, timeout_s: float) -> None:
        """As `SMPTransport.connect`; raises what `open_serial` raises."""
        self._link = await open_serial(self._port, LineSettings(self._baud))

    async def disconnect(self) -> None:
        """As `SMPTransport.disconnect`."""
        if self._link:
            await self._link.close()

    async def send(self, data: bytes) -> None:
        """As `SMPTransport.send`; what an earlier answer has left is dropped."""
        self._come, self._number = b"", Header.loads(data[: Header.SIZE]).sequence
        for line in packet.encode(data, line_length=_LINE_BYTES):
            await self._open.send(line)

    async def receive(self) -> bytes:
        """Return the answer to what was sent last; one that comes late for another is passed over."""
        while True:
            frame = await self._frame()
            if Header.loads(frame[: Header.SIZE]).sequence == self._number:
                return frame

    async def _frame(self) -> bytes:
        decoder = packet.decode()
        next(decoder)
        begun = False
        while True:
            line = await self._line()
            first = line.find(packet.START_DELIMITER)
            if first >= 0:
                # a prompt may stand before it, and an answer that broke off
                decoder, begun, line = packet.decode(), True, line[first:]
                next(decoder)
            elif not (begun and line.startswith(packet.CONTINUE_DELIMITER)):
                continue
            try:
                decoder.send(line + b"\n")
            except StopIteration as end:
                whole: bytes = end.value
                return whole
            except (ValueError, struct.error) as error:
                raise SMPDecodeError(f"a line that was spoilt: {error}") from error

    async def send_and_receive(self, data: bytes) -> bytes:
        """As `SMPTransport.send_and_receive`."""
        await self.send(data)
        return await self.receive()

    def initialize(self, smp_server_transport_buffer_size: int) -> None:
        """As `SMPTransport.initialize`."""
        self._buffer_bytes = smp_server_transport_buffer_size

    @property
    def mtu(self) -> int:
        """As `SMPTransport.mtu`."""
        return self._buffer_bytes

    @property
    def max_unencoded_size(self) -> int:
        """As `SMPTransport.max_unencoded_size`."""
        return self._buffer_bytes - _FRAME_BYTES

    @property
    def _open(self) -> Link:
        if self._link is None:
            raise LinkLost(self._port.path)
        return self._link

    async def _line(self) -> bytes:
        while b"\n" not in self._come:
            self._come = self._come[-_MOST_OF_A_LINE:] + await self._open.receive()
        line, _, self._come = self._come.partition(b"\n")
        return line.rstrip(b"\r")


class Session:
    """A server of SMP that answers."""

    def __init__(self, client: SMPClient) -> None:
        self._client = client

    async def images(self) -> tuple[ImageState, ...]:
        """Return what stands in the slots.

        Raises:
            FlashRefused: it does not tell.

        """
        answer = await self._ask(ImageStatesRead())
        if not success(answer):
            raise FlashRefused(f"list of images: {_reason(answer)}")
        return tuple(answer.images)

    async def upload(self, content: bytes, told: Told) -> None:
        """Send an image to the slot that does not run; one that was broken off goes on.

        Raises:
            FlashRefused: the server does not take it.
            BoardSilent, AnswerBroken: it answered no more, or nothing that can be understood.

        """
        tries_left = TRIES
        while True:
            tries_left -= 1
            try:
                sending = self._client.upload(content, first_timeout_s=ERASE_WITHIN_S)
                async for done in sending:
                    told(done, len(content))
            except SMPUploadError as error:
                raise FlashRefused(f"upload: {_reason(error.args[0])}") from error
            except _UNHEARD:
                if not tries_left:
                    raise
                await self.images()
            else:
                return

    async def test(self, digest: bytes) -> None:
        """Have the image run after the next restart, once.

        Raises:
            FlashRefused: the server does not want to.

        """
        await self._set(digest, confirm=False)

    async def confirm(self, digest: bytes) -> None:
        """Have the image that runs stay.

        Raises:
            FlashRefused: the server does not want to.

        """
        await self._set(digest, confirm=True)

    async def restart(self) -> None:
        """Restart the board; an answer that is lost with the restart is not missed.

        Raises:
            FlashRefused: it does not want to.

        """
        try:
            answer = await self._client.request(ResetWrite())
        except _UNHEARD:
            return
        if not success(answer):
            raise FlashRefused(f"restart: {_reason(answer)}")

    async def _ask(self, request: SMPRequest[TRep, TEr1, TEr2]) -> TRep | TEr1 | TEr2:
        """Ask what may be asked twice: once more when the answer was spoilt, or lost."""
        try:
            return await self._client.request(request)
        except _UNHEARD:
            return await self._client.request(request)

    async def _set(self, digest: bytes, *, confirm: bool) -> None:
        answer = await self._ask(ImageStatesWrite(hash=digest, confirm=confirm))
        if not success(answer):
            raise FlashRefused(f"{'confirm' if confirm else 'test'}: {_reason(answer)}")


@asynccontextmanager
async def session(port: Port, baud: int) -> AsyncIterator[Session]:
    """Speak SMP at `port`.

    Raises:
        BoardSilent: nothing answers.
        AnswerBroken: what answers can't be understood.
        LinkFault: the port can't be opened, or goes away.

    """
    client = SMPClient(Wire(port, baud), port.path, ANSWER_WITHIN_S)
    try:
        await client.connect()
        yield Session(client)
    except TimeoutError as error:
        raise BoardSilent(f"no SMP at {port.path} within {ANSWER_WITHIN_S:g} s") from error
    except (SMPClientException, SMPException) as error:
        raise AnswerBroken(f"SMP: {error}") from error
    finally:
        await client.disconnect()


def digest_of(file: Path) -> bytes:
    """Return the digest by which a server knows an image; it is not that of the file.

    Raises:
        ImageWrong: it is no image of MCUboot's.

    """
    try:
        value: bytes = ImageInfo.load_file(str(file)).get_tlv(IMAGE_TLV.SHA256).value
    except _NO_IMAGE as error:
        raise ImageWrong(f"{file.name} is no image of MCUboot's: {error}") from error
    return value


def _reason(answer: object) -> str:
    """Return what a server says against a command."""
    code = getattr(getattr(answer, "err", answer), "rc", None)
    return str(getattr(code, "name", answer))
