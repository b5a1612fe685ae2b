from __future__ import annotations

import asyncio
import re

import pytest

from station.links.memory import pair
from station.simulation import attestation
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import Timing
from station.simulation.uart import Uart, schedule
from tests.simulation.terminal import Connect, Terminal

CHALLENGE = "00112233445566778899aabbccddeeff"


@pytest.fixture
async def host(connect: Connect) -> Terminal:
    return await connect(SimulatedNrf91(1))


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("AT", "OK"),
        ("at+cgmm", "nRF9151-LACA|OK"),
        ("AT+CGMR", "mfw_nrf91x1_2.0.2|OK"),
        ("AT+CGSN", "355025931126484|OK"),
        ("AT+CGSN=1", '+CGSN: "355025931126484"|OK'),
        ("AT%HWVERSION", "%HWVERSION: nRF9151 LACA A0A|OK"),
        ("AT%SHORTSWVER", "%SHORTSWVER: nrf91x1_2.0.2|OK"),
        ("AT+CFUN?", "+CFUN: 0|OK"),
        ("AT+CMEE?", "+CMEE: 0|OK"),
        ("AT%XICCID", "ERROR"),
        ("AT+NOSUCH", "ERROR"),
        ("AT+CFUN=3", "ERROR"),
        ("at AT+CGSN", "ERROR"),
        ('AT%ATTESTTOKEN="0011"', "ERROR"),
    ],
)
async def test_answers_without_echo_or_prompt(host: Terminal, command: str, answer: str) -> None:
    assert await host.ask(command) == answer.replace("|", "\r\n") + "\r\n"


async def test_numbers_of_errors_are_shown_once_they_are_switched_on(host: Terminal) -> None:
    await host.ask("AT+CMEE=1")

    assert await host.ask("AT+NOSUCH") == "+CME ERROR: 0\r\n"
    assert await host.ask('AT%ATTESTTOKEN="00"') == "+CME ERROR: 50\r\n"
    assert await host.ask("at AT+CGSN") == "ERROR\r\n"


async def test_the_sim_answers_only_with_power(host: Terminal) -> None:
    await host.ask("AT+CFUN=1")

    assert re.fullmatch(r"%XICCID: \d{19}\r\nOK\r\n", await host.ask("AT%XICCID"))


async def test_the_challenge_comes_back_in_a_genuine_token(host: Terminal) -> None:
    answer = await host.ask(f'AT%ATTESTTOKEN="{CHALLENGE}"')
    token = attestation.read(answer.split('"')[1])

    assert token.nonce.hex() == CHALLENGE
    assert attestation.is_genuine(token)
    assert str(token.device) == SimulatedNrf91(1).identity["uuid"]


async def test_tokens_without_a_challenge_are_never_the_same(host: Terminal) -> None:
    assert await host.ask("AT%ATTESTTOKEN") != await host.ask("AT%ATTESTTOKEN")


async def test_line_feeds_and_blank_commands_do_no_harm(host: Terminal) -> None:
    await host.type("\r\n\r\n \r\nAT+CGMM\r\n")
    assert await host.until("OK\r\n") == "nRF9151-LACA\r\nOK\r\n"

    await host.type("\nAT\r\n")
    assert await host.until("OK\r\n") == "OK\r\n"


async def test_a_line_end_in_quotes_does_not_end_the_command(host: Terminal) -> None:
    await host.type('AT+X="one\rtwo"')
    await host.type("\r")

    assert await host.until("ERROR\r\n") == "ERROR\r\n"
    assert await host.ask("AT") == "OK\r\n"


async def test_rubout_takes_the_last_character_back(host: Terminal) -> None:
    assert await host.ask("AT+CGMX\bM") == "nRF9151-LACA\r\nOK\r\n"


async def test_a_command_that_is_too_long_loses_its_end(host: Terminal) -> None:
    assert await host.ask("AT" + " " * 5000 + "+NOSUCH") == "OK\r\n"


async def test_what_is_typed_during_a_command_is_lost(connect: Connect) -> None:
    board = SimulatedNrf91(1, timing=Timing(latency_s=0.02))
    host = await connect(board)
    await host.type("AT+CGMM\r")
    await host.type("AT+CGSN\r")
    assert await host.until("OK\r\n") == "nRF9151-LACA\r\nOK\r\n"

    assert await host.ask("AT+CGMR") == "mfw_nrf91x1_2.0.2\r\nOK\r\n"


async def test_a_second_command_in_one_write_is_lost(host: Terminal) -> None:
    await host.type("AT+CGMM\rAT+CGSN\r")

    assert await host.until("OK\r\n") == "nRF9151-LACA\r\nOK\r\n"
    assert await host.ask("AT") == "OK\r\n"


def test_pacing_is_ten_bits_a_byte_over_the_whole_message() -> None:
    packets = list(schedule(bytes(200), 115_200))

    assert [len(packet) for _, packet in packets] == [64, 64, 64, 8]
    assert packets[-1][0] == pytest.approx(200 * 10 / 115_200)


async def test_a_paced_wire_brings_everything_in_order_and_no_sooner_than_it_can() -> None:
    here, there = pair()
    uart = Uart(there, 115_200)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await uart.send(bytes(range(256)))
    assert loop.time() - begun >= 256 * 10 / 115_200
    got = b""
    while len(got) < 256:
        got += await here.receive()
    assert got == bytes(range(256))

    begun = loop.time()
    await here.send(bytes(100))
    assert await uart.receive() == bytes(100)
    assert loop.time() - begun >= 100 * 10 / 115_200


async def test_a_paced_board_answers_the_same(connect: Connect) -> None:
    host = await connect(SimulatedNrf91.realistic(1, "at-host", ()))

    assert await host.ask("AT+CGMM") == "nRF9151-LACA\r\nOK\r\n"
    assert len((await host.ask("AT%ATTESTTOKEN")).split('"')[1]) == 180


def test_an_unknown_dialect_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="at-host, at-shell"):
        SimulatedNrf91(1, dialect="morse")


def test_the_same_seed_is_the_same_board() -> None:
    assert SimulatedNrf91(5).identity == SimulatedNrf91(5).identity
    assert SimulatedNrf91(5).identity != SimulatedNrf91(6).identity
