"""What differs between the applications: banners, words, and how they tell the token."""

from __future__ import annotations

import re

import pytest

from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_firmware import FIRMWARES, firmware
from station.simulation.zephyr import entry
from tests.simulation.terminal import PROMPT, Connect

TOKEN = "2dn3hQFQ.0oRDoQEmoQRBIfZY"
WORDS = ("att_cloud provision", "att_cloud_provision now", "nrf_provisioning now")


def shell(name: str) -> SimulatedNrf91:
    return SimulatedNrf91(1, dialect="at-shell", firmware=name)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("att-1.1.0", None),
        ("att-1.1.1", "att_cloud_provision now"),
        ("att-1.2.6", "att_cloud_provision now"),
        ("att-1.2.7", "att_cloud provision"),
        ("att-1.5.3", "att_cloud provision"),
        ("sdk-sample", "nrf_provisioning now"),
        ("at-client", None),
    ],
)
async def test_each_knows_one_trigger_and_no_other(
    connect: Connect, name: str, known: str | None
) -> None:
    terminal = await connect(shell(name))

    for words in WORDS:
        told = await terminal.ask_shell(words)
        root = words.split()[0]
        assert (f"{root}: command not found" in told) is (words != known)


async def test_a_module_that_is_there_asks_for_a_subcommand(connect: Connect) -> None:
    terminal = await connect(shell("att-1.5.3"))

    assert "Please specify a subcommand." in await terminal.ask_shell("att_cloud dance")
    assert "Please specify a subcommand." in await terminal.ask_shell("att_button press 9")
    assert "not found" not in await terminal.ask_shell("att_button press 1")
    assert "not found" not in await terminal.ask_shell("att_cloud poll_shadow_delta")
    old = await connect(shell("att-1.2.6"))
    assert "att_cloud: command not found" in await old.ask_shell("att_cloud poll_shadow_delta")
    sample = await connect(shell("sdk-sample"))
    assert "att_network: command not found" in await sample.ask_shell("att_network connect")


async def test_the_template_turns_its_network_on_and_off(connect: Connect) -> None:
    terminal = await connect(shell("att-1.5.3"))
    await terminal.ask_shell("att_network disconnect")
    assert "+CFUN: 4" in await terminal.ask_shell("at AT+CFUN?")
    await terminal.ask_shell("att_network connect")

    assert "+CFUN: 1" in await terminal.ask_shell("at AT+CFUN?")


@pytest.mark.parametrize("how", ["", " warm", " cold"])
@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("att-1.1.1", "*** Booting Asset Tracker Template v1.1.1 ***"),
        ("sdk-sample", "*** Booting nRF Connect SDK v3.2.1"),
    ],
)
async def test_the_banner_names_the_application(
    connect: Connect, name: str, first: str, how: str
) -> None:
    terminal = await connect(shell(name))
    told = await terminal.ask_shell(f"kernel reboot{how}")

    assert first in told
    assert "*** Using Zephyr OS" in told


def logged(name: str) -> str:
    lines = firmware(name).unclaimed(TOKEN)
    return "".join(entry(level, text, 1.0).decode() for level, text in lines)


def lone(line: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", line).strip("\r\n")


def test_before_the_provisioning_client_nothing_is_told() -> None:
    assert logged("att-1.1.0") == logged("at-client") == ""


def test_the_bare_token_stands_on_a_line_of_its_own() -> None:
    for name in ("att-1.1.1", "att-1.3.0", "sdk-sample"):
        assert "\r\n\n" + TOKEN in logged(name)
        assert TOKEN in [lone(line) for line in logged(name).split("\n")]
    assert "Provisioning failed, device not claimed" in logged("att-1.1.1")
    assert "Unauthorized access: device is not yet claimed." in logged("sdk-sample")


def test_1_4_stamps_each_of_three_lines() -> None:
    lines = [lone(line) for line in logged("att-1.4.0").split("\n") if line]

    assert all(line.startswith("[00:00:01.000,000] <wrn> cloud: ") for line in lines)
    assert [line.split("cloud: ")[1] for line in lines[2:]] == [
        "----- BEGIN ATTESTATION TOKEN -----",
        TOKEN,
        "----- END ATTESTATION TOKEN -----",
    ]


def test_1_5_puts_three_lines_into_one_entry() -> None:
    for name in ("att-1.5.0", "att-1.5.3"):
        assert f"BEGIN ATTESTATION TOKEN -----\n\r{TOKEN}\n\r----- END" in logged(name)
        assert logged(name).count("<wrn>") == 3


def test_an_unknown_firmware_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"no firmware 'att-9'; there are: .*att-1\.5\.3"):
        shell("att-9")
    assert len({firmware(name).banner for name in FIRMWARES}) == len(FIRMWARES) - 1


async def test_past_the_shell_there_are_bare_at_commands(connect: Connect) -> None:
    terminal = await connect(shell("att-1.5.3"))
    await terminal.type("at at_cmd_mode start\r")
    assert "AT command mode started, press ctrl-x ctrl-q to escape" in await terminal.until(
        "==\r\n"
    )

    await terminal.type('AT+CGMM|AT+CFUN?\r\nAT%CMNG=9,"\r"\r')
    told = await terminal.until("ERROR\r\n")
    assert told.endswith("nRF9151-LACA\r\nOK\r\n+CFUN: 1\r\nOK\r\nERROR\r\n")
    assert "AT+CGMM" not in told
    await terminal.type("\x18\x11")
    await terminal.until(PROMPT)
    assert "command not found" in await terminal.ask_shell("AT+CGMM")


async def test_a_log_line_in_the_mode_has_no_prompt(connect: Connect) -> None:
    board = shell("att-1.5.3")
    terminal = await connect(board)
    await terminal.type("at at_cmd_mode start\r")
    await terminal.until("==\r\n")
    assert board._console is not None
    board._console.log(b"a line\r\n")
    await terminal.type("AT\r")

    assert await terminal.until("OK\r\n") == "a line\r\nOK\r\n"
