"""The sketches of Provisioning 1.0, byte by byte."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import NameOID

from station.faults import LinkLost
from station.links.memory import MemoryLink, pair
from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_crypto import NONSENSE, Crypto
from station.simulation.arduino_frames import framed
from station.simulation.arduino_legacy import SimulatedArduinoLegacy
from station.simulation.arduino_text import dev_eui
from station.simulation.arduino_unit import NETWORK_CONFIGS, ArduinoUnit, product
from station.simulation.program import kinds
from station.simulation.sketches import CRYPTO, DELETE_CONFIGURATION, LORA, image

DEVICE = "2ee12f5f-1b4e-4a3e-9d0e-0123456789ab"

# vectors of the fact sheet, number 22
SKETCH_INFO = bytes.fromhex("55aa01000301e1f1aa55")
ACK = bytes.fromhex("55aa03000302d36aaa55")
ERROR = bytes.fromhex("55aa03000304b65caa55")
BEGIN = bytes.fromhex("55aa01000306954eaa55")
YEAR = bytes.fromhex("55aa0100070832303236b7daaa55")
MONTH = bytes.fromhex("55aa010005093032fee1aa55")
VALIDITY = bytes.fromhex("55aa0100050c3331dfafaa55")
END = bytes.fromhex("55aa01000310e0f9aa55")
RECONSTRUCT = bytes.fromhex("55aa01000311f170aa55")


def command(code: int, argument: bytes) -> bytes:
    return framed(1, bytes([code]) + argument)


class Talk:
    """The station's end, without any cleverness."""

    def __init__(self, link: MemoryLink) -> None:
        self.link = link

    async def ask(self, frame: bytes) -> bytes:
        await self.link.send(frame)
        return await self.hear()

    async def hear(self) -> bytes:
        async with asyncio.timeout(10):
            return await self.link.receive()

    async def is_silent(self) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(0.05):
                await self.link.receive()
                return False
        return True


@asynccontextmanager
async def talking(board: SimulatedArduino) -> AsyncIterator[Talk]:
    here, there = pair()
    running = asyncio.create_task(board.run(there))
    try:
        yield Talk(here)
    finally:
        await here.close()
        await running


async def test_setup_locks_the_secure_element_unasked() -> None:
    board = SimulatedArduinoLegacy(1, CRYPTO)
    assert not board.unit.is_locked
    async with talking(board) as talk:
        assert await talk.ask(SKETCH_INFO) == ACK
    assert board.unit.is_locked


async def test_each_request_is_for_a_new_key() -> None:
    async with talking(SimulatedArduinoLegacy(1, CRYPTO)) as talk:
        first, second = [await talk.ask(command(2, DEVICE.encode())) for _ in range(2)]
    assert first[:3] == bytes.fromhex("55aa02")
    pem = first[5:-4]
    assert 380 < len(pem) <= 395  # most often 391: a signature of ECDSA has no fixed length
    assert max(len(line) for line in pem.splitlines()) == 76
    requests = [x509.load_pem_x509_csr(frame[5:-4]) for frame in (first, second)]
    for request in requests:
        assert request.is_signature_valid
        assert request.subject.rfc4514_string() == f"CN={DEVICE}"
    assert requests[0].public_key() != requests[1].public_key()


async def test_the_certificate_is_built_anew_byte_by_byte() -> None:
    board = SimulatedArduinoLegacy(1, CRYPTO)
    async with talking(board) as talk:
        answer = await talk.ask(command(2, DEVICE.encode()))
        issued = issue(x509.load_pem_x509_csr(answer[5:-4]))
        assert await talk.ask(RECONSTRUCT) == ERROR
        assert [await talk.ask(frame) for frame in storing(issued)] == [ACK] * 11
    assert board.unit.certificate == issued.public_bytes(Encoding.DER)
    assert board.unit.device_id == DEVICE


@pytest.mark.parametrize(
    ("minute", "year", "is_same"), [(0, 2031, True), (30, 2026, False), (0, 2032, False)]
)
async def test_minutes_and_far_years_are_lost(minute: int, year: int, *, is_same: bool) -> None:
    board = SimulatedArduinoLegacy(1, CRYPTO)
    async with talking(board) as talk:
        answer = await talk.ask(command(2, DEVICE.encode()))
        issued = issue(x509.load_pem_x509_csr(answer[5:-4]), year, minute)
        assert [await talk.ask(frame) for frame in storing(issued)] == [ACK] * 11
    assert (board.unit.certificate == issued.public_bytes(Encoding.DER)) is is_same


@pytest.mark.parametrize(("code", "size"), [(13, 16), (14, 20), (15, 64)])
async def test_a_wrong_length_is_an_error_and_may_be_sent_again(code: int, size: int) -> None:
    async with talking(SimulatedArduinoLegacy(1, CRYPTO)) as talk:
        assert await talk.ask(command(code, b"x" * (size - 1))) == ERROR
        assert await talk.ask(command(code, b"x" * size)) == ACK


async def test_without_all_parts_nothing_is_built() -> None:
    async with talking(SimulatedArduinoLegacy(1, CRYPTO)) as talk:
        await talk.ask(command(2, DEVICE.encode()))
        for frame in (BEGIN, YEAR, MONTH, VALIDITY):
            assert await talk.ask(frame) == ACK
        assert await talk.ask(END) == ERROR


async def test_codes_that_nobody_handles_get_no_answer() -> None:
    async with talking(SimulatedArduinoLegacy(1, CRYPTO)) as talk:
        for code in (3, 4, 5, 7):
            await talk.link.send(command(code, b"\x01"))
        assert await talk.ask(SKETCH_INFO) == ACK


async def test_a_wrong_check_gets_a_byte_of_nonsense() -> None:
    spoilt = SKETCH_INFO[:6] + b"\0" + SKETCH_INFO[7:]
    async with talking(SimulatedArduinoLegacy(1, CRYPTO)) as talk:
        assert await talk.ask(spoilt) == framed(3, NONSENSE)
        assert await talk.ask(SKETCH_INFO) == ACK


async def test_what_comes_late_was_read_as_ones() -> None:
    frame = command(14, b"k" * 20)
    async with talking(SimulatedArduinoLegacy(1, CRYPTO)) as talk:
        assert await talk.ask(frame[:12]) == framed(3, NONSENSE)
        # the rest is taken for the beginning of a frame
        assert await talk.ask(frame[12:]) == framed(3, NONSENSE)
        assert await talk.ask(frame) == ACK


@pytest.mark.parametrize(
    ("fault", "frame", "answer"),
    [
        ("first-frame-garbled", SKETCH_INFO, framed(3, NONSENSE)),
        ("keygen-fails", command(2, DEVICE.encode()), ERROR),
        ("rebuild-fails", END, ERROR),
        ("store-broken", RECONSTRUCT, ERROR),
    ],
)
async def test_faults_of_the_crypto_sketch(fault: str, frame: bytes, answer: bytes) -> None:
    async with talking(SimulatedArduinoLegacy(1, CRYPTO, faults=(fault,))) as talk:
        assert await talk.ask(frame) == answer


async def test_a_request_in_another_name() -> None:
    async with talking(SimulatedArduinoLegacy(1, CRYPTO, faults=("wrong-csr",))) as talk:
        answer = await talk.ask(command(2, DEVICE.encode()))
    assert DEVICE not in x509.load_pem_x509_csr(answer[5:-4]).subject.rfc4514_string()


async def test_a_silent_sketch_says_nothing() -> None:
    async with talking(SimulatedArduinoLegacy(1, CRYPTO, faults=("silent",))) as talk:
        await talk.link.send(SKETCH_INFO)
        assert await talk.is_silent()


async def test_the_lora_sketch_is_heard_from_the_middle_of_a_line_on() -> None:
    eui = dev_eui(3)
    assert len(bytes.fromhex(eui)) == 8
    async with talking(SimulatedArduinoLegacy(3, LORA)) as talk:
        assert await talk.hear() == eui[7:].encode() + b"\r\n"
        for _ in range(3):
            assert await talk.hear() == eui.encode() + b"\r\n"


async def test_a_module_that_does_not_start_is_told_once() -> None:
    board = SimulatedArduinoLegacy(3, LORA, faults=("no-module",))
    async with talking(board) as talk:
        assert await talk.hear() == b"Failed to start module\r\n"
    async with talking(board) as talk:
        assert await talk.is_silent()


@pytest.mark.parametrize(
    ("fault", "answer", "said", "is_left"),
    [
        ("", b"y\n", b"Network configuration reset successfully.\r\n", False),
        ("", b"Y", b"Network configuration reset successfully.\r\n", False),
        ("", b"n\n", b"Aborted.\r\n", True),
        ("storage-broken", b"y", b"Failed to reset network configuration.\r\n", True),
    ],
)
async def test_the_network_is_erased_after_a_question(
    fault: str, answer: bytes, said: bytes, *, is_left: bool
) -> None:
    board = SimulatedArduinoLegacy(1, DELETE_CONFIGURATION, faults=(fault,) if fault else ())
    async with talking(board) as talk:
        assert b"Y/[n]" in await talk.hear()
        assert await talk.ask(answer) == said
        await talk.link.send(b"y\n")
        assert await talk.is_silent()  # it is over, whatever else is said
    assert (NETWORK_CONFIGS in board.unit.store) is is_left


async def test_a_board_of_2_0_runs_these_sketches_when_they_are_flashed() -> None:
    board = SimulatedArduino(3, product("mkrwan1310"))
    board.flashed(image(LORA))
    async with talking(board) as talk:
        assert await talk.hear() == dev_eui(3)[7:].encode() + b"\r\n"
    board.power_off()


def test_it_is_chosen_by_sketch_and_product() -> None:
    assert SimulatedArduinoLegacy.kind in kinds("station.simulated_boards")
    board = SimulatedArduinoLegacy.realistic(1, LORA, ())
    assert board.identity["product"] == "MKR WAN 1310"
    assert SimulatedArduinoLegacy.realistic(1, None, ()).identity["product"] == "MKR WiFi 1010"
    named = SimulatedArduinoLegacy.realistic(1, CRYPTO, (), firmware="nano_33_iot")
    assert named.identity["product"] == "Nano 33 IoT"
    wrong: tuple[Callable[[], object], ...] = (
        lambda: SimulatedArduinoLegacy.realistic(1, "cobol", ()),
        lambda: SimulatedArduinoLegacy.realistic(1, LORA, ("wrong-csr",)),
        lambda: SimulatedArduinoLegacy.realistic(1, LORA, (), cloud="http://127.0.0.1:1"),
    )
    for made in wrong:
        with pytest.raises(ValueError, match=r"there are: |no cloud"):
            made()


async def test_a_sketch_ends_with_its_wire() -> None:
    here, there = pair()
    running = asyncio.create_task(Crypto(ArduinoUnit(1)).run(there))
    await here.close()
    with pytest.raises(LinkLost):
        await running


def issue(
    request: x509.CertificateSigningRequest, year: int = 2026, minute: int = 0
) -> x509.Certificate:
    """Issue a certificate as Arduino's authority does."""
    authority = ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "US"),
            *(
                x509.NameAttribute(oid, text, _ASN1Type.PrintableString)
                for oid, text in (
                    (NameOID.ORGANIZATION_NAME, "Arduino LLC US"),
                    (NameOID.ORGANIZATIONAL_UNIT_NAME, "IT"),
                    (NameOID.COMMON_NAME, "Arduino"),
                )
            ),
        ]
    )
    subject = x509.NameAttribute(NameOID.COMMON_NAME, DEVICE, _ASN1Type.PrintableString)
    begins = datetime(year, 2, 3, 14, minute, tzinfo=UTC)
    key_id = x509.AuthorityKeyIdentifier(bytes(range(0x80, 0x94)), None, None)
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(x509.Name([subject]))
        .public_key(request.public_key())
        .serial_number(0x71 << 120 | 0x55)
        .not_valid_before(begins)
        .not_valid_after(begins.replace(year=year + 31))
        .add_extension(key_id, critical=False)
        .sign(authority, SHA256())
    )


def storing(issued: x509.Certificate) -> list[bytes]:
    """Return the frames by which a certificate's parts are stored, and read back."""
    begins = issued.not_valid_before_utc
    r, s = utils.decode_dss_signature(issued.signature)
    key_id = issued.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    assert key_id.key_identifier is not None
    return [
        BEGIN,
        command(8, b"%d" % begins.year),
        command(9, b"%02d" % begins.month),
        command(10, b"%02d" % begins.day),
        command(11, b"%02d" % begins.hour),
        VALIDITY,
        command(13, issued.serial_number.to_bytes(16, "big")),
        command(14, key_id.key_identifier),
        command(15, r.to_bytes(32, "big") + s.to_bytes(32, "big")),
        END,
        RECONSTRUCT,
    ]
