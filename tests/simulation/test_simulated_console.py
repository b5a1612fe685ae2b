"""The simulated consoles: what they answer, echo, log, keep and get wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from station.faults import LinkLost
from station.links.memory import pair
from station.simulation.program import kinds
from station.simulation.scripted import SimulatedConsole
from station.simulation.scripted_words import esp_words, zephyr_words
from tests.simulation.terminal import Terminal

PROMPTS = {"esp32": "\x1b[0;32mesp> \x1b[0m", "zephyr": "\x1b[1;32muart:~$ \x1b[m"}

Plug = Callable[[SimulatedConsole], Awaitable[Terminal]]


@asynccontextmanager
async def plugged(board: SimulatedConsole) -> AsyncIterator[Terminal]:
    here, there = pair()
    running = asyncio.create_task(board.run(there))
    yield Terminal(here)
    await here.close()
    await running


@pytest.fixture
async def plug() -> AsyncIterator[Plug]:
    async with AsyncExitStack() as stack:

        async def begin(board: SimulatedConsole) -> Terminal:
            terminal = await stack.enter_async_context(plugged(board))
            await terminal.until(PROMPTS[board.dialect])
            return terminal

        yield begin


async def asked(terminal: Terminal, line: str, dialect: str = "esp32") -> str:
    await terminal.type(f"{line}\r\n")
    return (await terminal.until(PROMPTS[dialect])).removesuffix(PROMPTS[dialect])


async def test_an_esp32_keeps_what_its_namespace_was_given_and_forgets_the_namespace(
    plug: Plug,
) -> None:
    board = SimulatedConsole(1)
    terminal = await plug(board)

    assert f"mac: {board.identity['mac']}\r\n" in await asked(terminal, "id")
    await asked(terminal, "nvs_namespace prov")
    told = await asked(terminal, 'nvs_set token str -v "a \\"b\\" \\\\"')
    assert "Value stored under key 'token'" in told
    assert 'a "b" \\\r\n' in await asked(terminal, "nvs_get token str")
    assert "2nd stage bootloader" in await asked(terminal, "restart")
    assert "NOT_FOUND" in await asked(terminal, "nvs_get token str")
    assert board.stored == {"prov/token": 'a "b" \\'}


async def test_a_zephyr_board_writes_and_reads_settings(plug: Plug) -> None:
    board = SimulatedConsole(1, dialect="zephyr")
    terminal = await plug(board)

    told = await asked(terminal, "hwinfo devid", "zephyr")
    assert f"ID: 0x{board.identity['serial']}\r\n" in told
    line = "settings write string prov/token 'a \\x5c\\' b'"
    assert await asked(terminal, line, "zephyr") == f"{line}\r\n"
    assert board.stored == {"prov/token": "a \\' b"}
    assert "Booting" in await asked(terminal, "kernel reboot cold", "zephyr")
    assert "a \\' b\r\n" in await asked(terminal, "settings read string prov/token", "zephyr")
    assert "not terminated" in await asked(terminal, "settings write 'x", "zephyr")


@pytest.mark.parametrize(
    ("dialect", "said"), [("esp32", "Unrecognized command"), ("zephyr", "nope: command not found")]
)
async def test_an_unknown_command(plug: Plug, dialect: str, said: str) -> None:
    terminal = await plug(SimulatedConsole(1, dialect=dialect))
    assert said in await asked(terminal, "nope", dialect)


async def test_an_empty_line_is_a_prompt(plug: Plug) -> None:
    terminal = await plug(SimulatedConsole(1))
    assert await asked(terminal, "") == "\r\n"


async def test_the_same_seed_is_the_same_board_and_another_is_another() -> None:
    boards = [SimulatedConsole(seed).identity for seed in (1, 1, 2)]
    assert boards[0] == boards[1]
    assert not set(boards[0].items()) & {(name, boards[2][name]) for name in ("serial", "mac")}


async def test_a_byte_of_the_first_credential_is_lost_and_no_other(plug: Plug) -> None:
    terminal = await plug(SimulatedConsole(1, faults=["lost-byte"]))
    lines = [await asked(terminal, "nvs_set a str -v b") for _ in range(2)]
    assert [line.startswith("nvs_set a str -v b\r\n") for line in lines] == [False, True]


async def test_a_log_entry_stands_in_the_middle_of_an_answer(plug: Plug) -> None:
    board = SimulatedConsole(1, faults=["log-inside"])
    told = await asked(await plug(board), "id")
    assert "wifi: sta scan round 1" in told
    assert f"mac: {board.identity['mac']}" not in told or "model: \x1b" in told


async def test_a_board_that_is_pulled_out_is_gone() -> None:
    here, there = pair()
    running = asyncio.create_task(SimulatedConsole(1, faults=["unplug-at-write"]).run(there))
    await here.send(b"nvs_set a str -v b\r\n")
    assert await running
    with pytest.raises(LinkLost):
        while True:
            await here.receive()


def test_words_are_split_as_each_console_does() -> None:
    assert esp_words(r'a "b \" c" d\ e ""') == ["a", 'b " c', "d e", ""]
    assert zephyr_words(r"a 'b \' c'd \x41 ''") == ["a", "b ' cd", "A", ""]
    with pytest.raises(ValueError, match="not terminated"):
        zephyr_words("a 'b")


def test_what_is_not_there_is_named() -> None:
    assert SimulatedConsole.kind in kinds("station.simulated_boards")
    with pytest.raises(ValueError, match="esp32"):
        SimulatedConsole(1, dialect="vax")
    with pytest.raises(ValueError, match="refuses-token"):
        SimulatedConsole.realistic(1, None, ["nope"])
