from __future__ import annotations

import asyncio

import pytest

from station.faults import LinkLost
from station.links.memory import pair
from station.simulation import attestation
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import FAULTS, Flaws, Timing
from station.simulation.uart import wire_s
from tests.simulation.terminal import Connect

QUICK = Timing(stall_s=0.01, flood_s=0.3, deaf_s=0.05, typing_s=0.04, typing_pause_s=0.01)
AT_DIALECTS = ("at-host", "at-shell")
CHALLENGE = "00112233445566778899aabbccddeeff"
ASK_TOKEN = f'AT%ATTESTTOKEN="{CHALLENGE}"'


def faulty(*faults: str, dialect: str = "at-host", timing: Timing = QUICK) -> SimulatedNrf91:
    return SimulatedNrf91(1, dialect=dialect, faults=faults, timing=timing)


def token_in(answer: str) -> attestation.Token:
    return attestation.read(answer.split('"')[1])


def test_an_unknown_fault_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"no fault 'gremlin'; there are: .*token-cut") as refused:
        faulty("gremlin")
    assert all(name in str(refused.value) for name in FAULTS)


def test_every_fault_has_a_sentence() -> None:
    assert all(sentence.endswith(".") and sentence[0].isupper() for sentence in FAULTS.values())


@pytest.mark.parametrize("dialect", AT_DIALECTS)
@pytest.mark.parametrize("fault", sorted(FAULTS.keys() - {"silent", "unplug-at-token"}))
async def test_whatever_is_wrong_the_board_goes_on_answering(
    connect: Connect, fault: str, dialect: str
) -> None:
    terminal = await connect(faulty(fault, dialect=dialect))
    prefix = "at " if dialect == "at-shell" else ""
    async with asyncio.timeout(10):
        while True:  # a deaf board, or one that hears two speakers, may miss a few
            await terminal.type(f"{prefix}AT+CGMM\r")
            try:
                async with asyncio.timeout(0.1):
                    assert "nRF91" in await terminal.until("LACA", "SICA")
                    return
            except TimeoutError:
                continue


@pytest.mark.parametrize("dialect", AT_DIALECTS)
async def test_silent(connect: Connect, dialect: str) -> None:
    terminal = await connect(faulty("silent", dialect=dialect))
    await terminal.type("AT\r\nat AT\r\n")

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await terminal.link.receive()


async def test_deaf_first_second(connect: Connect) -> None:
    deaf = Timing(deaf_s=3600)
    terminal = await connect(faulty("deaf-first-second", timing=deaf))
    await terminal.type("AT\r")

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await terminal.link.receive()


async def test_modemmanager(connect: Connect) -> None:
    terminal = await connect(faulty("modemmanager"))
    await terminal.type("\r")

    assert await terminal.until("ERROR\r\n") == "OK\r\nERROR\r\n"


@pytest.mark.parametrize("dialect", AT_DIALECTS)
async def test_noisy(connect: Connect, dialect: str) -> None:
    terminal = await connect(faulty("noisy", dialect=dialect))

    assert "<inf> main: Sampling" in await terminal.until("Sampling")


async def test_imei_error(connect: Connect) -> None:
    terminal = await connect(faulty("imei-error"))
    assert await terminal.ask("AT+CGSN") == "ERROR\r\n"
    await terminal.ask("AT+CMEE=1")

    assert await terminal.ask("AT+CGSN") == "+CME ERROR: 514\r\n"


async def test_ok_without_data(connect: Connect) -> None:
    terminal = await connect(faulty("ok-without-data"))

    assert await terminal.ask(ASK_TOKEN) == "OK\r\n"


async def test_no_challenge(connect: Connect) -> None:
    terminal = await connect(faulty("no-challenge"))

    assert await terminal.ask(ASK_TOKEN) == "ERROR\r\n"
    assert attestation.is_genuine(token_in(await terminal.ask("AT%ATTESTTOKEN")))


async def test_no_hwversion(connect: Connect) -> None:
    terminal = await connect(faulty("no-hwversion"))

    assert await terminal.ask("AT%HWVERSION") == "ERROR\r\n"


async def test_token_cut(connect: Connect) -> None:
    terminal = await connect(faulty("token-cut"))
    text = (await terminal.ask(ASK_TOKEN)).split('"')[1]

    assert len(text) == 101
    with pytest.raises(ValueError, match="cut short"):
        attestation.read(text)


async def test_token_garbled(connect: Connect) -> None:
    terminal = await connect(faulty("token-garbled"))
    await terminal.type(f"{ASK_TOKEN}\r")
    answer = b""
    while b"OK\r\n" not in answer:
        answer += await terminal.link.receive()

    with pytest.raises(UnicodeDecodeError):
        answer.decode("utf-8")
    with pytest.raises(ValueError, match="character"):
        attestation.read(answer.decode("latin-1").split('"')[1])


async def test_token_forged(connect: Connect) -> None:
    terminal = await connect(faulty("token-forged"))
    token = token_in(await terminal.ask(ASK_TOKEN))

    assert token.nonce.hex() == CHALLENGE
    assert not attestation.is_genuine(token)


async def test_token_replayed(connect: Connect) -> None:
    board = faulty("token-replayed")
    terminal = await connect(board)
    tokens = [token_in(await terminal.ask(ask)) for ask in (ASK_TOKEN, "AT%ATTESTTOKEN")]

    assert tokens[0].nonce == tokens[1].nonce != bytes.fromhex(CHALLENGE)
    assert str(tokens[0].device) == board.identity["uuid"]
    assert attestation.is_genuine(tokens[0])


async def test_other_token(connect: Connect) -> None:
    board = faulty("other-token")
    terminal = await connect(board)
    token = token_in(await terminal.ask(ASK_TOKEN))

    assert str(token.device) != board.identity["uuid"]
    assert attestation.is_genuine(token)


async def test_log_inside(connect: Connect) -> None:
    terminal = await connect(faulty("log-inside"))
    first, second = [await terminal.ask(ASK_TOKEN) for _ in range(2)]

    lines = [line for line in second.split("\r\n") if line]
    assert [line[:2] for line in lines] == ["%A", "[0", "OK"]
    assert token_in(second).nonce.hex() == CHALLENGE
    with pytest.raises(ValueError, match="character"):
        token_in(first)


async def test_split_answer(connect: Connect) -> None:
    terminal = await connect(faulty("split-answer"))
    await terminal.type(f"{ASK_TOKEN}\r")
    first = await terminal.link.receive()

    assert 0 < len(first) < 180
    assert token_in(first.decode() + await terminal.until("OK\r\n")).nonce.hex() == CHALLENGE


async def test_lost_byte(connect: Connect) -> None:
    terminal = await connect(faulty("lost-byte"))
    lengths = [len((await terminal.ask(ASK_TOKEN)).split('"')[1]) for _ in range(3)]

    assert lengths == [179, 180, 180]


async def test_boot_flood(connect: Connect) -> None:
    terminal = await connect(faulty("boot-flood"))
    await terminal.type(f"{ASK_TOKEN}\r")
    flood = b""
    while len(flood) < 3000:
        flood += await terminal.link.receive()

    assert b"*** Booting" in flood
    assert b"ATTESTTOKEN" not in flood
    async with asyncio.timeout(10):
        while True:
            await terminal.type(f"{ASK_TOKEN}\r")
            try:
                async with asyncio.timeout(0.1):
                    assert token_in(await terminal.until("OK\r\n")).nonce.hex() == CHALLENGE
                    return
            except TimeoutError:
                continue


@pytest.mark.parametrize("baud", [None, 115_200])
def test_a_boot_flood_is_ten_thousand_bytes_a_second(baud: int | None) -> None:
    timing = Timing(baud=baud, flood_s=2.0)
    pieces = Flaws(frozenset({"boot-flood"}), timing).pieces(ASK_TOKEN, b"")
    sent = sum(len(piece) for piece in pieces if isinstance(piece, bytes))
    waited_s = sum(piece for piece in pieces if isinstance(piece, float))

    assert waited_s + wire_s(sent, baud) == pytest.approx(sent / 10_000)
    assert sent == pytest.approx(20_000, rel=0.05)
    assert isinstance(pieces[0], bytes)
    assert pieces[0].endswith(b"***\r\n")


async def test_unplug_at_token() -> None:
    here, there = pair()
    running = asyncio.create_task(faulty("unplug-at-token").run(there))
    await here.send(f"{ASK_TOKEN}\r".encode())
    begun = await here.receive()

    with pytest.raises(LinkLost):
        await here.receive()
    assert begun.startswith(b'%ATTESTTOKEN: "2dn3hQFQ')
    assert await running is True


@pytest.mark.parametrize(
    ("fault", "model", "firmware", "device_type"),
    [
        ("old-modem", "nRF9151-LACA", "mfw_nrf91x1_1.3.7", 6),
        ("nrf9160", "nRF9160-SICA", "mfw_nrf9160_1.3.7", 3),
        ("wrong-product", "nRF9161-LACA", "mfw_nrf91x1_2.0.2", 4),
    ],
)
async def test_another_product(
    connect: Connect, fault: str, model: str, firmware: str, device_type: int
) -> None:
    board = faulty(fault)
    terminal = await connect(board)

    assert (board.identity["model"], board.identity["modem_firmware"]) == (model, firmware)
    assert model in await terminal.ask("AT+CGMM")
    assert firmware in await terminal.ask("AT+CGMR")
    assert token_in(await terminal.ask(ASK_TOKEN)).device_type == device_type


async def test_faults_of_one_answer_add_up(connect: Connect) -> None:
    terminal = await connect(faulty("split-answer", "lost-byte", "log-inside"))
    first, second = [await terminal.ask(ASK_TOKEN) for _ in range(2)]

    assert first.count("[00:") == 2
    assert token_in(second).nonce.hex() == CHALLENGE
