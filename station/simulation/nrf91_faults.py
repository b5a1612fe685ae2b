"""What can be wrong with a simulated nRF91 board, by name."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from station.simulation import attestation
from station.simulation.cme import KEY_GENERATION_FAILED, NO_ACCESS, WRONG_PARAMETERS, CmeError
from station.simulation.nrf91_modem import (
    COMMANDS,
    Command,
    Modem,
    attestation_token,
)
from station.simulation.nrf91_unit import (
    NRF9151,
    NRF9151_OLD,
    NRF9160,
    NRF9161,
    Product,
    Unit,
    drawn,
)
from station.simulation.uart import wire_s
from station.simulation.zephyr import BOOT_BANNER, log_line

FAULTS: Mapping[str, str] = {
    "silent": "Hears everything and says nothing, not even an echo.",
    "deaf-first-second": "Loses all that is sent in the first second from the first byte on.",
    "modemmanager": "Another program types AT at the board for ten seconds, from the first byte on.",
    "noisy": "Writes forty log lines a second.",
    "imei-error": "Refuses AT+CGSN, with +CME ERROR: 514 if numbers are switched on.",
    "ok-without-data": "Answers the token request with OK and no token.",
    "no-challenge": "Has old firmware that refuses a token request with a challenge.",
    "no-hwversion": "Does not know AT%HWVERSION.",
    "token-cut": "Hands out a token that ends in the middle of its signature.",
    "token-garbled": "Hands out a token with a few bytes that no token can hold.",
    "token-forged": "Hands out a well-formed token whose signature is not the device's.",
    "token-replayed": "Hands out the same old token of its own, whatever the challenge.",
    "other-token": "Hands out an old token that was issued to another board.",
    "log-inside": "Logs between payload and OK of every answer, and once in the middle of the token.",
    "split-answer": "Stalls for longer than a second in the middle of every token.",
    "lost-byte": "Loses one byte in the middle of the first token, and no other.",
    "boot-flood": "Restarts over and over at the first token request: 10 kB/s of boot banners.",
    "unplug-at-token": "Is unplugged in the middle of the token.",
    "old-modem": "Runs modem firmware 1.3.7, too old to be claimed.",
    "nrf9160": "Is an nRF9160, which can't be claimed.",
    "wrong-product": "Is a good nRF9161 where an nRF9151 is expected.",
    "old-csr": "Has modem firmware that encodes its CSRs with NULL parameters.",
    "keygen-fails": "Can't make a key: AT%KEYGEN gets +CME ERROR: 523.",
    "keygen-unsaid": "Makes the first key and says OK, but not what it made.",
    "memory-full": "Has no room left for credentials: writing gets +CME ERROR: 515.",
    "no-unescape": "Has a shell that takes \\n for two characters: a PEM in one line is refused.",
    "never-online": "Has no coverage: it never reaches the cloud.",
}

_FLOOD_BYTES_A_SECOND = 10_000
_NEIGHBOUR = 500_000


@dataclass(frozen=True, slots=True)
class Timing:
    """How long things take; `baud` None is a wire without delay, the rest is in seconds.

    Attributes:
        latency_s: from an AT command to its answer.
        log_lines_a_second: what the application logs when nothing is wrong.
        boot_s: from a restart to the banner.
        keygen_s: what AT%KEYGEN takes longer, and a command over the air that makes a key.
        attach_s: from a restart to being on the network.
        batch_s: off line and on line again, for each batch of commands.
        settle_s: from the end of provisioning to connecting.
        retry_s: the first pause before a cloud that did not know the device is asked again; each
            next one is longer by as much.
        poll_s: how often a connected device looks at its shadow; 0 is only when told.
        stall_s: `split-answer`. flood_s: `boot-flood`. deaf_s: `deaf-first-second`.
        typing_s: how long `modemmanager` goes on; it types every `typing_pause_s`.

    """

    baud: int | None = None
    latency_s: float = 0.0
    log_lines_a_second: float = 0.0
    boot_s: float = 0.0
    keygen_s: float = 0.0
    attach_s: float = 0.0
    batch_s: float = 0.0
    settle_s: float = 0.0
    retry_s: float = 60.0
    poll_s: float = 0.0
    stall_s: float = 1.5
    flood_s: float = 2.0
    deaf_s: float = 1.0
    typing_s: float = 10.0
    typing_pause_s: float = 0.25


def product_of(faults: frozenset[str]) -> Product:
    """Return what kind of board it is."""
    others = {"nrf9160": NRF9160, "wrong-product": NRF9161, "old-modem": NRF9151_OLD}
    return next((product for fault, product in others.items() if fault in faults), NRF9151)


def commands_of(faults: frozenset[str], more: Mapping[str, Command]) -> dict[str, Command]:
    """Return the commands that the board knows: the common ones, `more`, and what faults do to them."""
    changed: dict[str, Command | None] = {}
    if "no-hwversion" in faults:
        changed["%HWVERSION"] = None
    if "imei-error" in faults:
        changed["+CGSN"] = _refusal(NO_ACCESS)
    if "no-challenge" in faults:
        changed["%ATTESTTOKEN"] = _token_without_challenge
    if "ok-without-data" in faults:
        changed["%ATTESTTOKEN"] = lambda modem, rest: ()
    if "keygen-fails" in faults:
        changed["%KEYGEN"] = _refusal(KEY_GENERATION_FAILED)
    if "keygen-unsaid" in faults:
        changed["%KEYGEN"] = _unsaid_once(more["%KEYGEN"])
    known = {**COMMANDS, **more, **changed}
    return {name: command for name, command in known.items() if command is not None}


def token_source(unit: Unit, faults: frozenset[str]) -> Callable[[bytes | None], str]:
    """Return what makes the board's tokens: for a challenge, or with a random nonce."""
    old = drawn("old nonce", unit.number, 16)
    neighbour = Unit((unit.number + _NEIGHBOUR) % 1_000_000, unit.product)

    def token(challenge: bytes | None) -> str:
        if "other-token" in faults:
            return _issued(neighbour, old)
        # Never from the seed: a station that has met this board before must see a new nonce.
        nonce = old if "token-replayed" in faults else challenge or os.urandom(16)
        return _spoiled(_issued(unit, nonce), unit, faults)

    return token


def _issued(unit: Unit, nonce: bytes) -> str:
    product = unit.product
    return attestation.issue(unit.uuid, product.device_type, product.firmware_uuid, nonce).text()


def _spoiled(token: str, unit: Unit, faults: frozenset[str]) -> str:
    if "token-cut" in faults:
        return token[:101]
    if "token-garbled" in faults:
        return f"{token[:30]}\xff{token[31:120]}?!{token[122:]}"
    if "token-forged" in faults:
        stranger = UUID(bytes=drawn("stranger", unit.number, 16))
        said = attestation.read(token)
        forged = attestation.issue(stranger, said.device_type, said.firmware, said.nonce)
        return f"{token[:77]}{forged.text()[77:]}"
    return token


def _refusal(code: int) -> Command:
    def command(modem: Modem, rest: str) -> tuple[str, ...]:
        raise CmeError(code)

    return command


def _unsaid_once(sound: Command) -> Command:
    """Do the first time what `sound` does, without its answer."""
    unsaid = False

    def command(modem: Modem, rest: str) -> tuple[str, ...]:
        nonlocal unsaid
        answer = sound(modem, rest)
        unsaid, first = True, not unsaid
        return () if first else answer

    return command


def _token_without_challenge(modem: Modem, rest: str) -> tuple[str, ...]:
    if rest:
        raise CmeError(WRONG_PARAMETERS)
    return attestation_token(modem, rest)


class Unplugged:
    """In a row of pieces: here the board is pulled out."""


Piece = bytes | float | Unplugged
"""Bytes to send, seconds to wait, or the end."""


class Flaws:
    """What happens to answers on their way out; what happens only once is remembered here."""

    def __init__(self, faults: frozenset[str], timing: Timing) -> None:
        self._faults = faults
        self._timing = timing
        self._spent: set[str] = set()

    def pieces(self, asked: str, answer: bytes) -> list[Piece]:
        """Return what to do, in order, to send `answer` to the command `asked`."""
        asks_token = "%ATTESTTOKEN" in asked.upper()
        if asks_token and self._once("boot-flood"):
            return self._flood()
        if "log-inside" in self._faults:
            answer = _with_log_before_result(answer)
        quote = answer.find(b'"')
        if not asks_token or quote < 0:
            return [answer]
        return self._token_pieces(answer, quote + 90)

    def _token_pieces(self, answer: bytes, cut: int) -> list[Piece]:
        inside: list[Piece] = []
        if self._once("log-inside"):
            inside.append(log_line(2))
        if "split-answer" in self._faults:
            inside.append(self._timing.stall_s)
        if "unplug-at-token" in self._faults:
            inside.append(Unplugged())
        lost = int(self._once("lost-byte"))
        return [answer[:cut], *inside, answer[cut + lost :]]

    def _flood(self) -> list[Piece]:
        banners = BOOT_BANNER * 7
        each_s = len(banners) / _FLOOD_BYTES_A_SECOND
        pause = max(0.0, each_s - wire_s(len(banners), self._timing.baud))
        return [banners, pause] * round(self._timing.flood_s / each_s)

    def _once(self, fault: str) -> bool:
        if fault not in self._faults or fault in self._spent:
            return False
        self._spent.add(fault)
        return True


def _with_log_before_result(answer: bytes) -> bytes:
    lines = answer.splitlines(keepends=True)
    at = max((i for i, line in enumerate(lines) if line.strip() in {b"OK", b"ERROR"}), default=0)
    return b"".join([*lines[:at], log_line(1), *lines[at:]])
