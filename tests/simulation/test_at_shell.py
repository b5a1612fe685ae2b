from __future__ import annotations

import pytest

from station.simulation import attestation
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import Timing
from station.simulation.zephyr_shell import words_of
from tests.simulation.terminal import Connect, Terminal

PROMPT = "\x1b[1;32muart:~$ \x1b[m"
CHALLENGE = "00112233445566778899aabbccddeeff"


@pytest.fixture
async def shell(connect: Connect) -> Terminal:
    return await connect(SimulatedNrf91(1, dialect="at-shell"))


async def test_an_answer_stands_between_echo_and_prompt(shell: Terminal) -> None:
    assert await shell.ask_shell("at AT+CGMM") == (
        f"at AT+CGMM\r\nnRF9151-LACA\r\r\nOK\r\r\n\r\n{PROMPT}"
    )


async def test_an_error_answer_looks_the_same(shell: Terminal) -> None:
    assert await shell.ask_shell("at AT+NOSUCH") == f"at AT+NOSUCH\r\nERROR\r\r\n\r\n{PROMPT}"


async def test_every_key_is_echoed_as_it_comes(shell: Terminal) -> None:
    for key in "at":
        await shell.type(key)
        assert await shell.until(key) == key


async def test_an_unknown_command_is_named_in_red(shell: Terminal) -> None:
    told = await shell.ask_shell("AT+CGSN")

    assert told == f"AT+CGSN\r\n\x1b[1;31mAT+CGSN: command not found\r\n\x1b[m{PROMPT}"


async def test_quotes_keep_the_challenge_whole(shell: Terminal) -> None:
    told = await shell.ask_shell(f"at 'AT%ATTESTTOKEN=\"{CHALLENGE}\"'")

    assert attestation.read(told.split('"')[3]).nonce.hex() == CHALLENGE


async def test_without_quotes_round_it_a_challenge_loses_its_own(shell: Terminal) -> None:
    assert "ERROR" in await shell.ask_shell(f'at AT%ATTESTTOKEN="{CHALLENGE}"')


async def test_a_quote_left_open_is_told(shell: Terminal) -> None:
    assert "not terminated: '" in await shell.ask_shell("at 'AT")


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
async def test_each_line_end_is_one_enter(shell: Terminal, end: str) -> None:
    await shell.type(f"{end}at AT{end}")

    assert (
        await shell.until("OK\r\r\n\r\n" + PROMPT) == f"\r\n{PROMPT}at AT\r\nOK\r\r\n\r\n{PROMPT}"
    )
    await shell.type("x")
    assert await shell.until("x") == "x"


async def test_rubout_and_arrow_keys(shell: Terminal) -> None:
    told = await shell.ask_shell("at AT+CGMX\x7fM\x1b[A")

    assert "nRF9151-LACA" in told
    assert "\x1b[1D\x1b[J" in told


async def test_at_alone_tells_how_it_is_used(shell: Terminal) -> None:
    assert "Usage: at <subcommand>\r\n" in await shell.ask_shell("at")
    assert "AT command event handler enabled" in await shell.ask_shell("at events_enable")


async def test_commands_typed_in_one_write_are_all_carried_out(shell: Terminal) -> None:
    await shell.type("at AT+CGMM\rat AT+CGMR\r")

    assert "nRF9151-LACA" in await shell.until(PROMPT)
    assert "mfw_nrf91x1_2.0.2" in await shell.until(PROMPT)


async def test_a_log_line_pushes_the_prompt_and_what_is_typed_aside(connect: Connect) -> None:
    quick = Timing(log_lines_a_second=200)
    shell = await connect(SimulatedNrf91(1, dialect="at-shell", timing=quick))
    await shell.type("at A")
    await shell.until("at A")

    told = await shell.until(PROMPT + "at A")
    assert told.startswith("\r\x1b[J[00:00:0")
    assert told.endswith(f"\x1b[0m\r\n{PROMPT}at A")


async def test_a_warm_restart_prints_the_banner_and_forgets(connect: Connect) -> None:
    booted: list[str] = []
    board = SimulatedNrf91(1, dialect="at-shell", on_boot=booted.append)
    shell = await connect(board)
    await shell.ask_shell("at AT+CFUN=4")

    told = await shell.ask_shell("kernel reboot warm")

    assert "*** Booting Asset Tracker Template v1.5.3 ***\r\n" in told
    assert told.index("Booting") < told.index("Using Zephyr OS")
    assert "+CFUN: 1" in await shell.ask_shell("at AT+CFUN?")
    assert booted == [board.identity["uuid"]]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", []),
        ("  at   AT ", ["at", "AT"]),
        ("at 'a \"b\" c'", ["at", 'a "b" c']),
        ('at X="y z"w', ["at", "X=y zw"]),
        (r"at a\ b", ["at", "a b"]),
        ("''", [""]),
    ],
)
def test_words(line: str, words: list[str]) -> None:
    assert words_of(line) == words
