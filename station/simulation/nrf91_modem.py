"""The modem of a simulated nRF91: AT commands in, answers out. It knows no wire and no dialect.

A further set of commands is a further table like `COMMANDS`, named in nrf91.py.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping

from station.simulation.cme import NO_ACCESS, UNKNOWN_COMMAND, WRONG_PARAMETERS, CmeError
from station.simulation.nrf91_credentials import Credentials
from station.simulation.nrf91_unit import Unit

_COMMAND = re.compile(r"AT(?:([+%][A-Z0-9]+)(\?|=.*)?)?", re.IGNORECASE | re.DOTALL)
_PARAMETER = re.compile(r'(?:"([^"]*)"|([^",]*))(,|\Z)')
_CHALLENGE = re.compile(r'="([0-9A-Fa-f]{32})"')
_MODES = frozenset({0, 1, 2, 4, 20, 21, 30, 31, 40, 41, 44})


class Modem:
    """The modem's state. `token` makes an attestation token, for a challenge or for none.

    `mode` is what AT+CFUN says. `latency_s` passes before each answer, and what `slow_s` holds for
    a command's name. `mode_changed` is called after each AT+CFUN that was carried out. With
    `old_csr` its certificate requests have NULL parameters.
    """

    def __init__(
        self,
        unit: Unit,
        commands: Mapping[str, Command],
        token: Callable[[bytes | None], str],
        *,
        mode: int = 0,
        latency_s: float = 0.0,
        slow_s: Mapping[str, float] | None = None,
        credentials: Credentials | None = None,
        old_csr: bool = False,
    ) -> None:
        self.unit = unit
        self.token = token
        self.credentials = credentials or Credentials(unit.number)
        self.old_csr = old_csr
        self.mode_changed: Callable[[], None] = lambda: None
        self._slow_s = slow_s or {}
        self._first_mode = mode
        self._commands = commands
        self._latency_s = latency_s
        self.restart()

    def restart(self) -> None:
        """Forget what does not survive a restart."""
        self.mode = self._first_mode
        self.error_numbers = False

    async def execute(self, command: str) -> str:
        """Return the whole answer to one command line, with its line ends."""
        parts = _COMMAND.fullmatch(command.strip())
        name = (parts[1] or "").upper() if parts else ""
        await asyncio.sleep(self._latency_s + self._slow_s.get(name, 0.0))
        return "".join(f"{line}\r\n" for line in self._answer(command.strip()))

    def _answer(self, command: str) -> tuple[str, ...]:
        parts = _COMMAND.fullmatch(command)
        if parts is None:
            return ("ERROR",)
        name, rest = parts[1], parts[2] or ""
        try:
            return (*self.lines(name.upper(), rest), "OK") if name else ("OK",)
        except CmeError as no:
            return (f"+CME ERROR: {no.code}",) if self.error_numbers else ("ERROR",)

    def lines(self, name: str, rest: str) -> tuple[str, ...]:
        """Return the answer to a command without its result.

        Raises:
            CmeError: the modem says no.

        """
        if name not in self._commands:
            raise CmeError(UNKNOWN_COMMAND)
        return self._commands[name](self, rest)


Command = Callable[[Modem, str], tuple[str, ...]]
"""Answers what follows a command's name (nothing, `?` or `=...`) with lines; raises CmeError."""


def parameters(rest: str) -> list[str]:
    """Split what follows a command's name at its commas; quotes keep theirs and are dropped.

    Raises:
        CmeError: 50, it is not `=...`, or a quote is left open.

    """
    if rest[:1] != "=":
        raise CmeError(WRONG_PARAMETERS)
    found, at = [], 1
    while part := _PARAMETER.match(rest, at):
        found.append(part[1] if part[1] is not None else part[2].strip())
        if not part[3]:
            return found
        at = part.end()
    raise CmeError(WRONG_PARAMETERS)


def numbers_of(*texts: str) -> tuple[int, ...]:
    """Return numbers of 32 bits.

    Raises:
        CmeError: 50, one is not.

    """
    if any(not text.isdecimal() or int(text) >= 2**32 for text in texts):
        raise CmeError(WRONG_PARAMETERS)
    return tuple(int(text) for text in texts)


def plain(tell: Callable[[Unit], str]) -> Command:
    """Make a command that takes no parameter and tells something of the unit."""

    def command(modem: Modem, rest: str) -> tuple[str, ...]:
        if rest:
            raise CmeError(WRONG_PARAMETERS)
        return (tell(modem.unit),)

    return command


def imei(modem: Modem, rest: str) -> tuple[str, ...]:
    """AT+CGSN: bare digits, or in quotes after its name when asked with =1."""
    match rest:
        case "":
            return (modem.unit.imei,)
        case "=1":
            return (f'+CGSN: "{modem.unit.imei}"',)
        case _:
            raise CmeError(WRONG_PARAMETERS)


def error_numbers(modem: Modem, rest: str) -> tuple[str, ...]:
    """AT+CMEE: without it every refusal is a bare ERROR."""
    match rest:
        case "?":
            return (f"+CMEE: {int(modem.error_numbers)}",)
        case "=0" | "=1":
            modem.error_numbers = rest == "=1"
            return ()
        case _:
            raise CmeError(WRONG_PARAMETERS)


def functional_mode(modem: Modem, rest: str) -> tuple[str, ...]:
    """AT+CFUN: 0 off, 1 normal, 4 flight mode."""
    if rest == "?":
        return (f"+CFUN: {modem.mode}",)
    if not rest[1:].isdecimal() or int(rest[1:]) not in _MODES:
        raise CmeError(WRONG_PARAMETERS)
    modem.mode = int(rest[1:])
    modem.mode_changed()
    return ()


def sim_number(modem: Modem, rest: str) -> tuple[str, ...]:
    """AT%XICCID: only while the SIM has power."""
    if rest:
        raise CmeError(WRONG_PARAMETERS)
    if modem.mode not in {1, 21, 41}:
        raise CmeError(NO_ACCESS)
    return (f"%XICCID: {modem.unit.iccid}",)


def attestation_token(modem: Modem, rest: str) -> tuple[str, ...]:
    """AT%ATTESTTOKEN, and with ="<32 hex>" for a challenge that comes back as the nonce."""
    challenge = _CHALLENGE.fullmatch(rest)
    if rest and challenge is None:
        raise CmeError(WRONG_PARAMETERS)
    nonce = bytes.fromhex(challenge[1]) if challenge else None
    return (f'%ATTESTTOKEN: "{modem.token(nonce)}"',)


COMMANDS: Mapping[str, Command] = {
    "+CGMI": plain(lambda unit: "Nordic Semiconductor ASA"),
    "+CGMM": plain(lambda unit: unit.product.model),
    "+CGMR": plain(lambda unit: unit.product.modem_firmware),
    "+CGSN": imei,
    "+CMEE": error_numbers,
    "+CFUN": functional_mode,
    "%HWVERSION": plain(lambda unit: f"%HWVERSION: {unit.product.hardware}"),
    "%SHORTSWVER": plain(
        lambda unit: f"%SHORTSWVER: {unit.product.modem_firmware.removeprefix('mfw_')}"
    ),
    "%XICCID": sim_number,
    "%XMODEMUUID": plain(lambda unit: f"%XMODEMUUID: {unit.product.firmware_uuid}"),
    "%ATTESTTOKEN": attestation_token,
}
