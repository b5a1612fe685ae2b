"""A unit with a console makes its own key, is given its certificate in pieces, and comes by itself."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from station.authority import make_authority
from station.model import Appeared, Credentials, Outcome
from station.simulation.scripted import SimulatedConsole
from tests.provision_hall import RECIPE, ProvisionHall, provision_hall

PEM_REQUEST = "BEGIN CERTIFICATE REQUEST-----(?P<request>[^-]+)-----END"
CSR = f"[[board.request]]\nsend = \"{{verb}} {{{{name}}}}\"\nexpect = '{PEM_REQUEST}'\n"
# a board's kind, the simulated dialect, where it keeps things, and how it is asked for a request
BOARDS = {
    "esp_console": ("esp32", "prov/", CSR.format(verb="csr")),
    "zephyr_shell": ("zephyr", "prov/", CSR.format(verb="prov csr")),
    "arduino_console": ("arduino", "", ""),
}
BOARD = """\
[board]
kind = "{kind}"
keys = {{ certificate = "cert", authority = "ca" }}
{request}"""
OPTIONS = 'arrive_within_s = 10\n[options.authority]\ncertificate = "line.pem"\n'


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[ProvisionHall]:
    async with provision_hall(tmp_path / "line") as opened:
        certificate, key = make_authority("Line 1")
        (opened.folder / "line.pem").write_text(certificate)
        opened.keystore["station-authority"] = key
        yield opened


def whole(board: SimulatedConsole, key: str) -> bytes:
    """Return the DER that `board` keeps in pieces."""
    pieces = (board.stored[f"{key}.{n}"] for n in range(int(board.stored[key])))
    return base64.b64decode("".join(pieces))


async def come(hall: ProvisionHall, board: SimulatedConsole, place: str) -> x509.Certificate:
    """Come to the cloud as the unit would, with the certificate that it was given."""
    before = dict(board.stored)
    # a console tells nobody what it keeps
    while board.stored == before or f"{place}ca" not in board.stored:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    certificate = x509.load_der_x509_certificate(whole(board, f"{place}cert"))
    device = hall.cloud.account.by_certificate(certificate.public_bytes(Encoding.PEM).decode())
    assert device
    assert device.name == board.identity["serial"]
    hall.cloud.account.connected(device)
    return certificate


async def sign_in(hall: ProvisionHall, kind: str) -> None:
    """Sign in to a recipe that has certificates shown over MQTT; the station itself goes by HTTP."""
    text = RECIPE.format(
        procedure="provision_own_key",
        http=hall.cloud.hello["http"],
        mqtt="mqtts://127.0.0.1:8883",
        coap="",
        board=BOARD.format(kind=kind, request=BOARDS[kind][2]),
        cloud="timeout_s = 2",
        limits="",
        options=OPTIONS,
    )
    recipe = hall.folder / "recipe.toml"
    recipe.write_text(text, "utf-8")
    await hall.engine.sign_in(Credentials("Ann"), recipe, None)


@pytest.mark.parametrize("kind", BOARDS)
async def test_a_unit_is_let_in_by_a_key_that_never_left_it(hall: ProvisionHall, kind: str) -> None:
    dialect, place, _ = BOARDS[kind]
    await sign_in(hall, kind)
    board = SimulatedConsole(1, dialect=dialect)
    life = asyncio.create_task(come(hall, board, place))
    ended = await hall.run(board)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
    certificate = await life
    assert board.key
    assert certificate.public_key() == board.key.public_key()
    issuer = x509.load_der_x509_certificate(whole(board, f"{place}ca"))
    certificate.verify_directly_issued_by(issuer)
    assert [each.kind for each in hall.bystander.of(Appeared)] == [kind]


async def test_a_request_that_another_key_has_signed_registers_nothing(hall: ProvisionHall) -> None:
    await sign_in(hall, "arduino_console")
    ended = await hall.run(SimulatedConsole(1, dialect="arduino", faults=("forged-request",)))
    assert ended.outcome is Outcome.FAIL
    assert ended.trouble
    assert ended.trouble.code == "KEY-MISMATCH"
    assert hall.cloud.account.devices == {}
