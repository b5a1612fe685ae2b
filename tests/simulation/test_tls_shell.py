from __future__ import annotations

import base64
import hashlib
import re

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from station.simulation.nrf91 import SimulatedNrf91
from tests.simulation.terminal import Connect, Terminal

TAG = 16_842_753
PEM = b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"


@pytest.fixture
async def shell(connect: Connect) -> Terminal:
    return await connect(SimulatedNrf91(1, dialect="tls-shell"))


async def written(shell: Terminal, content: bytes) -> str:
    text = base64.b64encode(content).decode()
    await shell.ask_shell("cred buf clear")
    for start in range(0, len(text), 48):
        assert "Stored" in await shell.ask_shell(f"cred buf {text[start : start + 48]}")
    return await shell.ask_shell(f"cred add {TAG} CA DEFAULT bint")


async def test_what_is_written_is_listed_with_the_digest_of_pem_and_nul(shell: Terminal) -> None:
    assert "Added TLS credential" in await written(shell, PEM)
    digest = base64.b64encode(hashlib.sha256(PEM + b"\0").digest()).decode()

    listed = await shell.ask_shell(f"cred list {TAG} CA")
    assert f"\r\n{TAG},CA,{digest},0\r\n1 credentials found.\r\n" in listed
    got = await shell.ask_shell(f"cred get {TAG} CA bint")
    assert base64.b64encode(PEM + b"\0").decode() in got
    assert "already exists" in await written(shell, PEM)
    await shell.ask_shell("kernel reboot warm")
    assert digest in await shell.ask_shell("cred list")


async def test_what_is_deleted_is_gone(shell: Terminal) -> None:
    await written(shell, PEM)

    assert "Deleted TLS credential" in await shell.ask_shell(f"cred del {TAG} CA")
    assert "There is no TLS credential" in await shell.ask_shell(f"cred del {TAG} CA")
    assert "There is no TLS credential" in await shell.ask_shell(f"cred get {TAG} CA bin")
    assert "0 credentials found." in await shell.ask_shell(f"cred list {TAG} CA")


async def test_a_buffer_that_is_empty_full_or_not_base64(shell: Terminal) -> None:
    assert "is empty" in await shell.ask_shell(f"cred add {TAG} CA DEFAULT bint")
    await shell.ask_shell("cred buf !!!")
    assert "base64" in await shell.ask_shell(f"cred add {TAG} CA DEFAULT bint")
    told = [await shell.ask_shell("cred buf " + "A" * 1500) for _ in range(3)]
    assert ["Not enough room" in line for line in told] == [False, False, True]


async def test_the_key_is_made_on_the_device_and_signs(shell: Terminal) -> None:
    assert "CSR generation failed" in await shell.ask_shell(f"nrf_cloud_cred csr {TAG}")
    assert "Generated device key" in await shell.ask_shell(f"nrf_cloud_cred keygen {TAG}")
    assert "already exists" in await shell.ask_shell(f"nrf_cloud_cred keygen {TAG}")
    told = await shell.ask_shell(f'nrf_cloud_cred csr {TAG} "CN=my-device"')
    found = re.search(r"CSR: (\S+)\r\nCSR generation complete", told)
    assert found
    csr = x509.load_der_x509_csr(base64.b64decode(found[1]))

    assert csr.is_signature_valid
    assert csr.subject.rfc4514_string() == "CN=my-device"
    public = csr.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    told = await shell.ask_shell(f"nrf_cloud_cred pubkey {TAG}")
    assert f"PUBKEY: {base64.b64encode(point).decode()}\r\nPublic key export complete" in told
    assert "Deleted device key" in await shell.ask_shell(f"nrf_cloud_cred delete {TAG}")
    assert "Key deletion failed" in await shell.ask_shell(f"nrf_cloud_cred delete {TAG}")
    assert "Public key export failed" in await shell.ask_shell(f"nrf_cloud_cred pubkey {TAG}")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("at AT+CGSN", "at: command not found"),
        ("cred", "Please specify a subcommand."),
        (f"cred add {TAG} XX DEFAULT bint", "Please specify a subcommand."),
        ("nrf_cloud_cred keygen", "Please specify a subcommand."),
        ("nrf_cloud_cred dance 1", "Please specify a subcommand."),
    ],
)
async def test_there_is_no_modem_and_no_other_word(shell: Terminal, line: str, told: str) -> None:
    assert told in await shell.ask_shell(line)
