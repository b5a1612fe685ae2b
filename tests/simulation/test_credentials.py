"""The credential store of a simulated modem, by AT commands."""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from station.simulation import key_message
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_login import NotReady, login
from tests.simulation.terminal import Connect, Terminal

TAG = 16_842_753
PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"


@pytest.fixture
def board() -> SimulatedNrf91:
    return SimulatedNrf91(1)


@pytest.fixture
async def host(board: SimulatedNrf91, connect: Connect) -> Terminal:
    """Return a board's AT host with numbers of errors switched on and the modem off."""
    terminal = await connect(board)
    await terminal.ask("AT+CMEE=1")
    return terminal


def said(answer: str) -> str:
    """Return what a %KEYGEN answer has in quotes."""
    found = re.search(r'%KEYGEN: "([^"]+)"\r\nOK', answer)
    assert found, answer
    return found[1]


def der_of(message: str) -> bytes:
    return urlsafe_b64decode(message.partition(".")[0] + "===")


def certificate_for(public: ec.EllipticCurvePublicKey, name: str = "device") -> str:
    """Return a certificate for `public` by a CA of the moment."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(public)
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    signed = made.sign(ec.generate_private_key(ec.SECP256R1()), SHA256())
    return signed.public_bytes(Encoding.PEM).decode()


async def test_a_csr_is_signed_by_its_key_and_told_by_the_device(
    board: SimulatedNrf91, host: Terminal
) -> None:
    message = said(await host.ask(f"AT%KEYGEN={TAG},2,0"))
    csr = x509.load_der_x509_csr(der_of(message))

    assert csr.is_signature_valid
    assert csr.subject.rfc4514_string() == f"CN={board.identity['uuid']}"
    uuid = UUID(board.identity["uuid"])
    assert key_message.read(message, uuid, TAG, key_message.CSR).der == der_of(message)
    key = board.credentials.key(TAG)
    assert key is not None
    assert key.public_key() == csr.public_key()


async def test_the_message_says_of_which_device_for_which_tag_and_what(
    board: SimulatedNrf91, host: Terminal
) -> None:
    message = said(await host.ask(f"AT%KEYGEN={TAG},2,1"))
    uuid = UUID(board.identity["uuid"])
    other = said(await host.ask("AT%KEYGEN=17,2,1"))
    spliced = other.partition(".")[0] + message[message.index(".") :]

    assert len(der_of(message)) == 91
    for text, device, tag, payload_id in (
        (message, UUID(int=1), TAG, key_message.PUBLIC_KEY),
        (message, uuid, 17, key_message.PUBLIC_KEY),
        (message, uuid, TAG, key_message.CSR),
        (spliced, uuid, TAG, key_message.PUBLIC_KEY),
        (message[:-8] + "AAAAAAAA", uuid, TAG, key_message.PUBLIC_KEY),
        ("nonsense", uuid, TAG, key_message.PUBLIC_KEY),
    ):
        with pytest.raises(ValueError, match="message"):
            key_message.read(text, device, tag, payload_id)


@pytest.mark.parametrize(
    ("tag", "told"), [(17, "4111"), (TAG, "451a01010001"), (4294967292, "4123"), (300, "4319012c")]
)
def test_tags_are_cbor_in_the_message(tag: int, told: str) -> None:
    message = key_message.KeyMessage(UUID(int=5), tag, key_message.CSR, b"der")
    cose = urlsafe_b64decode(key_message.issue(message).partition(".")[2] + "===").hex()

    assert told + "5820" + hashlib.sha256(b"der").hexdigest() + "50" in cose
    assert cose.startswith("d28443a10126a10441215")


async def test_attributes_and_usage(host: Terminal) -> None:
    asked = f'AT%KEYGEN={TAG},2,0,"O=Acme,C=no,CN=nrf-355025930000000","101010000"'
    csr = x509.load_der_x509_csr(der_of(said(await host.ask(asked))))

    assert [a.value for a in csr.subject] == ["Acme", "no", "nrf-355025930000000"]
    usage = csr.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.content_commitment, usage.key_agreement) == (
        True,
        False,
        True,
    )


async def test_old_firmware_writes_null_parameters(connect: Connect) -> None:
    host = await connect(SimulatedNrf91(1, faults=["old-csr"]))
    der = der_of(said(await host.ask(f"AT%KEYGEN={TAG},2,0")))
    oid = bytes.fromhex("06082a8648ce3d040302")

    assert b"\x30\x0c" + oid + b"\x05\x00" in der
    assert len(der) == 4 + int.from_bytes(der[2:4], "big")
    mended = der.replace(b"\x30\x0c" + oid + b"\x05\x00", b"\x30\x0a" + oid)
    length = int.from_bytes(der[2:4], "big") - 2
    head = b"\x30\x82" + length.to_bytes(2, "big") if length > 255 else bytes([0x30, 0x81, length])
    assert x509.load_der_x509_csr(head + mended[4:]).is_signature_valid


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (f"AT%KEYGEN={TAG}", 50),
        (f"AT%KEYGEN={TAG},3,0", 50),
        (f"AT%KEYGEN={TAG},2,2", 50),
        (f'AT%KEYGEN={TAG},2,0,"XX=1"', 50),
        (f'AT%KEYGEN={TAG},2,0,"CN=a","11"', 50),
        ("AT%KEYGEN=4294967292,2,0", 514),
        ("AT%CMNG=9", 50),
        ("AT%CMNG", 50),
        (f"AT%CMNG=1,{TAG},0,1", 50),
        (f'AT%CMNG=0,{TAG},12,"x"', 50),
        (f'AT%CMNG=0,{TAG},0,"x', 50),
        (f'AT%CMNG=0,x,0,"{PEM}"', 50),
        (f'AT%CMNG=0,{TAG},0,"no certificate"', 527),
        (f'AT%CMNG=0,{TAG},3,"xyz"', 527),
        (f'AT%CMNG=0,{TAG},10,"{PEM}"', 514),
        (f'AT%CMNG=0,4294967292,0,"{PEM}"', 514),
        (f"AT%CMNG=2,{TAG},0", 513),
        (f"AT%CMNG=3,{TAG},0", 513),
        ("AT%CMNG=3,4294967294,6", 514),
        ("AT%CMNG=2,4294967294,6", 514),
        ("AT%XFACTORYRESET=5", 50),
    ],
)
async def test_refusals_have_numbers(host: Terminal, command: str, code: int) -> None:
    tail = '"\r' if command.count('"') % 2 else ""  # an open quote would swallow the Enter
    if tail:
        await host.type(f"{command}\r")
        assert await host.ask('"x') == f"+CME ERROR: {code}\r\n"
    else:
        assert await host.ask(command) == f"+CME ERROR: {code}\r\n"


@pytest.mark.parametrize(
    "command",
    [
        f'AT%CMNG=0,{TAG},0,"{PEM}"',
        f"AT%CMNG=3,{TAG},0",
        f"AT%KEYGEN={TAG},2,0",
        "AT%XFACTORYRESET=0",
    ],
)
@pytest.mark.parametrize("mode", [1, 2, 21])
async def test_nothing_is_changed_while_the_modem_is_active(
    host: Terminal, command: str, mode: int
) -> None:
    await host.ask(f"AT+CFUN={mode}")

    assert await host.ask(command) == "+CME ERROR: 518\r\n"


async def test_what_is_written_is_listed_with_the_digest_of_its_crlf_form(host: Terminal) -> None:
    assert await host.ask(f'AT%CMNG=0,{TAG},0,"{PEM}"') == "OK\r\n"
    digest = hashlib.sha256(PEM.replace("\n", "\r\n").encode()).hexdigest().upper()
    line = f'%CMNG: {TAG},0,"{digest}"'

    assert await host.ask(f"AT%CMNG=1,{TAG},0") == f"{line}\r\nOK\r\n"
    everything = (await host.ask("AT%CMNG=1")).split("\r\n")
    assert everything[0] == line
    assert [row[:21] for row in everything[1:4]] == [
        "%CMNG: 4294967292,11,",
        "%CMNG: 4294967293,10,",
        '%CMNG: 4294967294,6,"',
    ]
    assert PEM.replace("\n", "\r\n") in await host.ask(f"AT%CMNG=2,{TAG},0")
    assert await host.ask(f"AT%CMNG=1,{TAG},1") == "OK\r\n"


async def test_a_certificate_is_replaced_and_a_key_is_not(host: Terminal) -> None:
    for _ in range(2):
        assert await host.ask(f'AT%CMNG=0,{TAG},1,"{PEM}"') == "OK\r\n"
    await host.ask(f"AT%KEYGEN={TAG},2,0")

    assert await host.ask(f"AT%KEYGEN={TAG},2,0") == "+CME ERROR: 519\r\n"
    key = PEM.replace("CERTIFICATE", "PRIVATE KEY")
    assert await host.ask(f'AT%CMNG=0,{TAG},2,"{key}"') == "+CME ERROR: 519\r\n"
    assert await host.ask(f"AT%CMNG=2,{TAG},2") == "+CME ERROR: 514\r\n"
    assert await host.ask(f"AT%CMNG=3,{TAG},2") == "OK\r\n"
    assert "OK" in await host.ask(f"AT%KEYGEN={TAG},2,0")


async def test_an_endorsement_key_answers_again_and_again(host: Terminal) -> None:
    first, second = [der_of(said(await host.ask("AT%KEYGEN=3,8,1"))) for _ in range(2)]

    assert first == second


async def test_credentials_outlive_a_restart_and_not_a_factory_reset(connect: Connect) -> None:
    shell = await connect(SimulatedNrf91(1, dialect="at-shell"))
    await shell.ask_shell("at AT+CFUN=4")
    line = PEM.replace("\n", "\\n")
    assert "OK" in await shell.ask_shell(f"at 'AT%CMNG=0,{TAG},0,\"{line}\"'")
    await shell.ask_shell("kernel reboot cold")

    digest = hashlib.sha256(PEM.replace("\n", "\r\n").encode()).hexdigest().upper()
    assert digest in await shell.ask_shell("at AT%CMNG=1")
    await shell.ask_shell("at AT+CFUN=4")
    assert "OK" in await shell.ask_shell("at AT%XFACTORYRESET=0")
    left = await shell.ask_shell("at AT%CMNG=1")
    assert digest not in left
    assert "4294967294,6" in left


async def test_a_shell_that_does_not_unescape_refuses_a_pem_in_one_line(connect: Connect) -> None:
    shell = await connect(SimulatedNrf91(1, dialect="at-shell", faults=["no-unescape"]))
    await shell.ask_shell("at AT+CFUN=4")
    line = PEM.replace("\n", "\\n")

    assert "ERROR" in await shell.ask_shell(f"at 'AT%CMNG=0,{TAG},0,\"{line}\"'")


async def test_what_is_longer_than_the_buffer_is_refused_and_the_console_lives(
    connect: Connect, host: Terminal
) -> None:
    long = PEM.replace("MIIB", "A" * 4200)
    assert "ERROR" in await host.ask(f'AT%CMNG=0,{TAG},0,"{long}"')
    assert await host.ask("AT") == "OK\r\n"

    shell = await connect(SimulatedNrf91(1, dialect="at-shell"))
    line = PEM.replace("MIIB", "A" * 2100).replace("\n", "\\n")
    assert "not terminated" in await shell.ask_shell(f"at 'AT%CMNG=0,{TAG},0,\"{line}\"'")
    assert "OK" in await shell.ask_shell("at AT")


@pytest.mark.parametrize(("fault", "code"), [("memory-full", 515), ("keygen-fails", 523)])
async def test_no_room_and_no_key(connect: Connect, fault: str, code: int) -> None:
    host = await connect(SimulatedNrf91(1, faults=[fault]))
    await host.ask("AT+CMEE=1")

    assert await host.ask(f"AT%KEYGEN={TAG},2,0") == f"+CME ERROR: {code}\r\n"


async def test_a_key_that_was_made_without_a_word_is_in_its_tag(connect: Connect) -> None:
    host = await connect(SimulatedNrf91(1, faults=["keygen-unsaid"]))
    await host.ask("AT+CMEE=1")

    assert await host.ask(f"AT%KEYGEN={TAG},2,0") == "OK\r\n"
    assert await host.ask(f"AT%KEYGEN={TAG},2,0") == "+CME ERROR: 519\r\n"
    await host.ask(f"AT%CMNG=3,{TAG},2")
    assert said(await host.ask(f"AT%KEYGEN={TAG},2,0"))


async def test_a_device_can_log_in_only_with_what_belongs_together(
    board: SimulatedNrf91, host: Terminal
) -> None:
    modem = board._modem
    with pytest.raises(NotReady, match="CA"):
        login(modem, TAG, "a")
    board.credentials.write(TAG, 0, PEM)
    with pytest.raises(NotReady, match="private key"):
        login(modem, TAG, "a")
    csr = x509.load_der_x509_csr(der_of(said(await host.ask(f"AT%KEYGEN={TAG},2,0"))))
    public = csr.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    assert login(modem, TAG, "a")["certificate"] == ""
    board.credentials.write(TAG, 1, certificate_for(public))
    assert "BEGIN" in login(modem, TAG, "a")["certificate"]
    stranger = ec.generate_private_key(ec.SECP256R1()).public_key()
    board.credentials.write(TAG, 1, certificate_for(stranger))
    with pytest.raises(NotReady, match="does not match"):
        login(modem, TAG, "a")
    board.credentials.write(TAG, 1, PEM)
    with pytest.raises(NotReady, match="can't be read"):
        login(modem, TAG, "a")
    assert public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
