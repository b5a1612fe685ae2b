"""Provisioning 1.0's sketch for secure elements, and the two that speak in text, scripted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from station.boards.arduino_crypto import CryptoPatience, CryptoSketch
from station.boards.arduino_text import TextPatience, TextSketch
from station.faults import (
    AnswerBroken,
    BoardRefused,
    BoardSilent,
    CredentialLost,
    Fault,
    HardwareBroken,
    KeyMismatch,
    LinkLost,
    NotErased,
    SketchMissing,
)
from station.links import Link
from station.links.memory import pair
from station.model import Certificate
from station.wire.frames import Frame, FrameReader, FrameType, encode
from tests.boards.scripted_nrf91 import at_once

T = TypeVar("T")

DEVICE = "8b0f2a9c-3d41-4f6e-9a77-0c5d1e2f3a4b"
SKETCH_INFO = bytes.fromhex("55aa01000301e1f1aa55")
ACK = bytes.fromhex("55aa03000302d36aaa55")
ERROR = bytes.fromhex("55aa03000304b65caa55")
NONSENSE = encode(Frame(FrameType.CONTROL, b"\xe7"))
CERTIFICATE = Certificate(
    "pem", "2026-02-03T04:00:00+00:00", 31, bytes(range(16)), bytes(range(20)), bytes(64)
)
STORED = [
    (6, b""),
    (8, b"2026"),
    (9, b"02"),
    (10, b"03"),
    (11, b"04"),
    (12, b"31"),
    (13, bytes(range(16))),
    (14, bytes(range(20))),
    (15, bytes(64)),
    (16, b""),
    (17, b""),
]


def request(name: str = DEVICE) -> bytes:
    names = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateSigningRequestBuilder().subject_name(names)
    key = ec.derive_private_key(7, ec.SECP256R1())
    return builder.sign(key, SHA256()).public_bytes(Encoding.PEM)


class ScriptedCrypto:
    """The sketch. `next` holds what to say instead, by command: None is silence."""

    def __init__(self) -> None:
        self.next: dict[int, list[bytes | None]] = {}
        self.told: list[tuple[int, bytes]] = []

    async def run(self, link: Link) -> None:
        reader = FrameReader()
        while True:
            for frame in reader.feed(await link.receive()):
                assert isinstance(frame, Frame)
                assert frame.type is FrameType.COMMAND
                command, argument = frame.payload[0], frame.payload[1:]
                self.told.append((command, argument))
                script = self.next.get(command)
                said = script.pop(0) if script else self._usual(command)
                if said:
                    await link.send(said)

    def _usual(self, command: int) -> bytes:
        return encode(Frame(FrameType.DATA, request())) if command == 2 else ACK


def with_crypto(board: ScriptedCrypto, story: Callable[[CryptoSketch], Awaitable[T]]) -> T:
    async def whole() -> T:
        ours, theirs = pair()
        life = asyncio.create_task(board.run(theirs))
        try:
            return await story(CryptoSketch(ours, CryptoPatience()))
        finally:
            await ours.close()
            with pytest.raises(LinkLost):
                await life

    return at_once(whole())


def crypto_fault(
    kind: type[Fault], board: ScriptedCrypto, story: Callable[[CryptoSketch], Awaitable[Any]]
) -> str:
    with pytest.raises(kind) as caught:
        with_crypto(board, story)
    return caught.value.detail


async def stored(sketch: CryptoSketch) -> None:
    await sketch.store_certificate(CERTIFICATE)


async def requested(sketch: CryptoSketch) -> str:
    return (await sketch.request_certificate(DEVICE)).subject


# The sketch for secure elements


def test_the_whole_of_1_0_reads_every_answer() -> None:
    board = ScriptedCrypto()

    async def story(sketch: CryptoSketch) -> str:
        await sketch.await_sketch(10)
        made = await sketch.request_certificate(DEVICE)
        await sketch.store_certificate(CERTIFICATE)
        assert x509.load_der_x509_csr(made.der).is_signature_valid
        return made.subject

    assert with_crypto(board, story) == DEVICE
    assert board.told == [(1, b""), (2, DEVICE.encode()), *STORED]


def test_a_sketch_that_starts_is_asked_until_it_answers() -> None:
    board = ScriptedCrypto()
    board.next[1] = [None, None, NONSENSE]

    async def story(sketch: CryptoSketch) -> str:
        await sketch.await_sketch(10)
        return await requested(sketch)

    assert with_crypto(board, story) == DEVICE
    assert [command for command, _ in board.told] == [1, 1, 1, 1, 2]


def test_what_was_asked_while_it_started_is_not_taken_for_a_later_answer() -> None:
    board = ScriptedCrypto()
    board.next[1] = [None, ACK + ACK]
    board.next[6] = [ERROR, ERROR]

    async def story(sketch: CryptoSketch) -> None:
        await sketch.await_sketch(10)
        await stored(sketch)

    assert "ERROR to BEGIN_STORAGE" in crypto_fault(CredentialLost, board, story)


def test_another_sketch_does_not_answer() -> None:
    board = ScriptedCrypto()
    board.next[1] = [None] * 99
    assert "57600" in crypto_fault(SketchMissing, board, lambda sketch: sketch.await_sketch(10))
    assert len(board.told) == 10


def test_text_before_the_answer_is_none() -> None:
    board = ScriptedCrypto()
    board.next[1] = [b"starting U\x55\r\n" + ACK]
    with_crypto(board, lambda sketch: sketch.await_sketch(10))
    assert board.told == [(1, b"")]


@pytest.mark.parametrize("command", [6, 13, 16, 17])
def test_an_error_is_answered_with_the_same_once_more(command: int) -> None:
    board = ScriptedCrypto()
    board.next[command] = [ERROR]
    with_crypto(board, stored)
    assert [told for told, _ in board.told].count(command) == 2
    board.next[command] = [ERROR, ERROR]
    assert "ERROR" in crypto_fault(CredentialLost, board, stored)


@pytest.mark.parametrize("said", [NONSENSE, None, ACK[:6] + b"\x00" + ACK[7:], ACK[:6]])
def test_what_was_not_understood_is_said_again(said: bytes | None) -> None:
    board = ScriptedCrypto()
    board.next[9] = [said, said]
    with_crypto(board, stored)
    assert [told for told, _ in board.told].count(9) == 3


def test_what_is_never_understood_is_given_up() -> None:
    board = ScriptedCrypto()
    board.next[9] = [NONSENSE] * 9
    assert "MONTH" in crypto_fault(AnswerBroken, board, stored)
    board.next[9] = [None] * 9
    crypto_fault(BoardSilent, board, stored)


def test_a_late_ack_is_no_certificate_request() -> None:
    board = ScriptedCrypto()
    board.next[2] = [ACK + encode(Frame(FrameType.DATA, request()))]
    assert with_crypto(board, requested) == DEVICE


def test_a_request_that_is_none_goes_no_further() -> None:
    board = ScriptedCrypto()
    board.next[2] = [encode(Frame(FrameType.DATA, request("somebody-else")))]
    crypto_fault(KeyMismatch, board, requested)
    board.next[2] = [encode(Frame(FrameType.DATA, b"-----BEGIN NOTHING-----"))]
    crypto_fault(AnswerBroken, board, requested)
    board.next[2] = [ERROR, ERROR]
    assert "ERROR" in crypto_fault(BoardRefused, board, requested)


def test_a_certificate_that_the_board_could_not_build_anew_is_not_stored() -> None:
    board = ScriptedCrypto()
    odd = Certificate("pem", "2026-02-03T04:30:00+00:00", 31, bytes(16), bytes(20), bytes(64))
    detail = crypto_fault(CredentialLost, board, lambda sketch: sketch.store_certificate(odd))
    assert "hour" in detail
    assert board.told == []


# The sketches that speak in text


class ScriptedText:
    """Says `says` in its pieces, each after its seconds; then `answer` to what it is sent."""

    def __init__(self, *says: tuple[float, bytes], answer: bytes = b"") -> None:
        self.says = says
        self.answer = answer
        self.heard = b""

    async def run(self, link: Link) -> None:
        for after_s, text in self.says:
            await asyncio.sleep(after_s)
            await link.send(text)
        while True:
            self.heard += await link.receive()
            if self.answer:
                await link.send(self.answer)


def with_text(board: ScriptedText, story: Callable[[TextSketch], Awaitable[T]]) -> T:
    async def whole() -> T:
        ours, theirs = pair()
        life = asyncio.create_task(board.run(theirs))
        try:
            return await story(TextSketch(ours, TextPatience()))
        finally:
            await ours.close()
            life.cancel()
            await asyncio.gather(life, return_exceptions=True)

    return at_once(whole())


def test_an_address_is_read_from_a_whole_line() -> None:
    board = ScriptedText((0, b"0A3B4C5\r\nA8610A"), (1, b"3233"), (1, b"4455"), (1, b"66\r\n"))
    assert with_text(board, TextSketch.dev_eui) == "A8610A3233445566"


def test_a_module_that_does_not_start_is_broken() -> None:
    with pytest.raises(HardwareBroken):
        with_text(ScriptedText((2, b"Failed to start module\r\n")), TextSketch.dev_eui)


def test_a_sketch_that_tells_no_address_is_another() -> None:
    board = ScriptedText(*((1.0, b"hello, world 123\r\n") for _ in range(30)))
    with pytest.raises(SketchMissing):
        with_text(board, TextSketch.dev_eui)


QUESTION = b"\r\nDo you want to proceed? Y/[n]\r\n"
DONE = b"Network configuration reset successfully.\r\n"


def test_the_question_is_waited_for_and_answered() -> None:
    board = ScriptedText((3, QUESTION[:20]), (0.5, QUESTION[20:]), answer=DONE)
    with_text(board, TextSketch.drop_network)
    assert board.heard == b"y"


def test_a_question_that_was_lost_behind_a_bridge_is_answered_all_the_same() -> None:
    board = ScriptedText(answer=DONE)
    with_text(board, TextSketch.drop_network)
    assert board.heard == b"y"


@pytest.mark.parametrize("says", [b"Failed to reset network configuration.\r\n", b"Aborted.\r\n"])
def test_a_network_that_was_not_dropped_is_told(says: bytes) -> None:
    with pytest.raises(NotErased):
        with_text(ScriptedText((0, QUESTION), answer=says), TextSketch.drop_network)


def test_a_sketch_that_drops_nothing_is_another() -> None:
    with pytest.raises(SketchMissing):
        with_text(ScriptedText((0, b"hello\r\n"), answer=b"what?\r\n"), TextSketch.drop_network)
    with pytest.raises(SketchMissing):
        with_text(ScriptedText((0, QUESTION)), TextSketch.drop_network)
