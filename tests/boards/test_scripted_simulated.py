"""The recipes that come with the project against the simulated consoles, and each of their faults."""

from __future__ import annotations

import logging

import pytest

from station.boards import TakesCredentials
from station.boards.scripted import Scripted
from station.faults import (
    AnswerBroken,
    BoardRefused,
    BoardSilent,
    CredentialLost,
    Fault,
    LinkLost,
    NotClaimable,
)
from station.model import Identity
from station.simulation.scripted import FAULTS, SimulatedConsole
from tests.boards.scripted_console import FILES, SECRETS, all_text, options, values, with_simulated

HEALED = {
    "deaf-first-second",
    "noisy",
    "log-inside",
    "slow",
    "lost-byte",
    "reboots-in-the-middle",
}
REQUEST_FAULTS = {"garbled-request", "forged-request"}
FAILS: dict[str, tuple[type[Fault], str]] = {
    "silent": (BoardSilent, "no prompt"),
    "garbled-echo": (AnswerBroken, "echo is not what was sent"),
    "no-serial": (AnswerBroken, "does not say who it is"),
    "refuses-token": (BoardRefused, "did not take its token"),
    "forgets": (CredentialLost, "has not kept"),
    "hangs-at-write": (BoardSilent, "did not take its network's name"),
    "unplug-at-write": (LinkLost, ""),
}


async def provisioned(board: Scripted) -> Identity:
    identity = await board.identify()
    await board.write(values())
    return identity


def kept(simulated: SimulatedConsole) -> dict[str, str]:
    return {name: simulated.stored.get(f"prov/{name}", "") for name in SECRETS}


def test_every_fault_is_either_healed_or_named() -> None:
    assert HEALED | set(FAILS) | REQUEST_FAULTS | {"never-erases"} == set(FAULTS)


@pytest.mark.parametrize("dialect", FILES)
@pytest.mark.parametrize("fault", [None, *sorted(HEALED)])
def test_a_board_is_known_and_written_whatever_its_console_mixes_in(
    dialect: str, fault: str | None
) -> None:
    simulated = SimulatedConsole(3, dialect=dialect, faults=(fault,) if fault else ())

    identity = with_simulated(simulated, provisioned)

    assert identity.serial == simulated.identity["serial"]
    assert identity.firmware == simulated.identity["firmware"]
    assert kept(simulated) == SECRETS


@pytest.mark.parametrize("dialect", FILES)
@pytest.mark.parametrize("fault", sorted(FAILS))
def test_what_can_not_be_healed_is_named_in_the_recipes_words_and_without_a_secret(
    dialect: str, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    simulated = SimulatedConsole(4, dialect=dialect, faults=(fault,))
    kind, words = FAILS[fault]

    with caplog.at_level(logging.DEBUG), pytest.raises(kind) as caught:
        with_simulated(simulated, provisioned)

    assert type(caught.value) is kind
    assert words in caught.value.detail
    for secret in SECRETS.values():
        assert secret not in caplog.text + all_text([caught.value])


@pytest.mark.parametrize("dialect", FILES)
def test_nothing_of_a_secret_is_logged_when_the_board_echoes_it(
    dialect: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        with_simulated(SimulatedConsole(5, dialect=dialect, faults=("noisy",)), provisioned)

    assert "{token}" in caplog.text  # the line, as the recipe has it
    assert not [secret for secret in SECRETS.values() if secret[:6] in caplog.text]


@pytest.mark.parametrize("dialect", FILES)
def test_to_write_twice_changes_nothing(dialect: str) -> None:
    simulated = SimulatedConsole(6, dialect=dialect)

    async def twice(board: Scripted) -> None:
        assert isinstance(board, TakesCredentials)
        assert board.wanted() == frozenset(SECRETS)
        await board.write(values())
        await board.write(values())

    with_simulated(simulated, twice)
    assert kept(simulated) == SECRETS


def test_a_script_proves_nothing() -> None:
    with pytest.raises(NotClaimable, match="no proof"):
        with_simulated(SimulatedConsole(7), lambda board: board.prove())


def test_an_esp32_is_found_again_by_its_mac_and_a_zephyr_board_by_its_serial() -> None:
    esp32, zephyr = SimulatedConsole(8), SimulatedConsole(8, dialect="zephyr")

    told = with_simulated(esp32, lambda board: board.identify())
    assert told.ids == (("mac", esp32.identity["mac"]),)
    assert told.model == esp32.identity["model"]
    told = with_simulated(zephyr, lambda board: board.identify())
    assert told.ids == (("serial", zephyr.identity["serial"]),)


def test_both_recipes_are_of_this_kind_and_in_the_shells_own_quotes() -> None:
    assert {options(dialect).quoting for dialect in FILES} == {"esp console", "zephyr shell"}
