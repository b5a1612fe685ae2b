"""The simulated consoles: what they answer, echo, log, keep and get wrong."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from cryptography import x509

from station.faults import LinkLost
from station.links.memory import pair
from station.simulation.program import kinds
from station.simulation.scripted import SimulatedConsole
from station.simulation.scripted_words import esp_words, zephyr_words
from tests.simulation.terminal import Terminal

PROMPTS = {
    "esp32": "\x1b[0;32mesp> \x1b[0m",
    "zephyr": "\x1b[1;32muart:~$ \x1b[m",
    "arduino": "READY\r\n",
}

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


async def test_a_sketch_has_neither_echo_nor_prompt_and_takes_any_line_end(plug: Plug) -> None:
    board = SimulatedConsole(1, dialect="arduino")
    terminal = await plug(board)

    await terminal.type("set token a b \r\nget token\n")
    assert await terminal.until("\r\n") == "OK set token\r\n"
    assert await terminal.until("\r\n") == "token=a b \r\n"
    await terminal.type("id\r")
    told = await terminal.until(f"firmware={board.identity['firmware']}\r\n")
    assert told.startswith(f"serial={board.identity['serial']}\r\nmodel=")
    await terminal.type("restart\r\nget no\r\nset x\r\nnope\r\n")
    assert await terminal.until("READY\r\n") == "READY\r\n"
    told = await terminal.until("ERROR nope: not known\r\n")
    assert told.startswith("ERROR get no: not there\r\nERROR set x: not kept\r\n")
    assert board.stored == {"token": "a b "}


@pytest.mark.parametrize(
    ("dialect", "line", "longest"),
    [
        ("esp32", "nvs_set token str -v ", 256),
        ("zephyr", "settings write string token ", 256),
        ("arduino", "set token ", 80),
    ],
)
async def test_what_is_beyond_the_longest_line_is_lost(
    plug: Plug, dialect: str, line: str, longest: int
) -> None:
    board = SimulatedConsole(1, dialect=dialect)
    terminal = await plug(board)
    await terminal.type(line + "x" * 300 + "\r\n")
    await terminal.until("OK set token" if dialect == "arduino" else PROMPTS[dialect])
    assert [*board.stored.values()] == ["x" * (longest - len(line))]


@pytest.mark.parametrize(
    ("dialect", "line", "end"),
    [
        ("esp32", "csr U1", "END CERTIFICATE REQUEST-----"),
        ("zephyr", "prov csr U1", "END CERTIFICATE REQUEST-----"),
        ("arduino", "request U1", "\r\n"),
    ],
)
async def test_a_board_makes_a_key_and_a_request(
    plug: Plug, dialect: str, line: str, end: str
) -> None:
    board = SimulatedConsole(1, dialect=dialect)
    terminal = await plug(board)
    assert board.key is None
    await terminal.type(f"{line}\r\n")
    told = await terminal.until(end)
    if dialect == "arduino":
        told = told.removeprefix("request=")
        request = x509.load_der_x509_csr(base64.b64decode(told))
    else:
        begin = told.index("-----BEGIN")
        request = x509.load_pem_x509_csr(told[begin:].encode())
    assert request.is_signature_valid
    assert board.key
    assert request.public_key() == board.key.public_key()
    assert request.subject.rfc4514_string() == "CN=U1"


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
