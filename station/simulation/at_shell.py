"""What an application with the `at` command gives its shell to do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from station.simulation.nrf91_firmware import Firmware
from station.simulation.nrf91_modem import Modem
from station.simulation.zephyr_shell import NoSuchCommand, ZephyrShell, printed

_USAGE = """Usage: at <subcommand>

Subcommands:
  events_enable     Enable AT event handler which prints AT notifications
  events_disable    Disable AT event handler
  at_cmd_mode       AT command mode

Any other subcommand is interpreted as AT command and sent to the modem.

"""
_MODE_BEGUN = "AT command mode started, press ctrl-x ctrl-q to escape\n" + "=" * 54
_ESCAPE = b"\x18\x11"
_MOST_PIPED = 10
_SUBCOMMAND = "Please specify a subcommand."


class OnTheAir(Protocol):
    """What the shell can ask of the application's connection."""

    def provision(self) -> None:
        """Ask the cloud for commands."""

    def poll_shadow(self) -> None:
        """Look what the cloud desires."""

    def connect(self) -> None:
        """Go on the network."""

    def disconnect(self) -> None:
        """Leave the network."""


class AtShell:
    """AT commands, a restart, and the words of the application's own modules.

    With `unescapes` a backslash and an n become a line end on their way to the modem
    (CONFIG_AT_SHELL_UNESCAPE_LF).
    """

    def __init__(
        self,
        modem: Modem,
        firmware: Firmware,
        air: OnTheAir,
        boot: Callable[[], Awaitable[None]],
        *,
        unescapes: bool = True,
    ) -> None:
        self._modem = modem
        self._firmware = firmware
        self._air = air
        self._boot = boot
        self._unescapes = unescapes
        self._typed = b""

    async def execute(self, shell: ZephyrShell, words: list[str]) -> None:
        """As `Program.execute`."""
        match words:
            case ["at"]:
                await shell.print(_USAGE)
            case ["at", "events_enable" | "events_disable" as switch, *_]:
                await shell.print(f"AT command event handler {switch.removeprefix('events_')}d")
            case ["at", "at_cmd_mode", "start", *_]:
                await shell.print(_MODE_BEGUN)
                self._typed = b""
                shell.bypass = lambda data: self._raw(shell, data)
            case ["at", command, *_]:
                if self._unescapes:
                    command = command.replace("\\n", "\r\n")
                await shell.wire.answer(command, printed(await self._modem.execute(command)))
            case ["kernel", "reboot", *_]:
                shell.forget()
                await self._boot()
                await shell.wire.write(self._firmware.banner)
            case _:
                self._own(words)

    def _own(self, words: list[str]) -> None:
        """Do what only this application's shell knows."""
        template = bool(self._firmware.version)
        poll = ["att_cloud", "poll_shadow_delta"]
        match words:
            case [*said] if self._firmware.trigger and said == [*self._firmware.trigger]:
                self._air.provision()
            case ["att_network", "connect"] if template:
                self._air.connect()
            case ["att_network", "disconnect"] if template:
                self._air.disconnect()
            case ["att_button", "press", "1"] if template:
                self._air.poll_shadow()
            case [*said] if said == poll and self._firmware.version >= (1, 2, 7):
                self._air.poll_shadow()
            case [name, *_] if name in self._modules():
                raise NoSuchCommand(_SUBCOMMAND)
            case [name, *_]:
                raise NoSuchCommand(f"{name}: command not found")
            case _:
                return

    def _modules(self) -> set[str]:
        names = {"att_network", "att_button"} if self._firmware.version else set()
        return names | set(self._firmware.trigger[:1])

    async def _raw(self, shell: ZephyrShell, data: bytes) -> None:
        """Take bytes for the modem until ctrl-x ctrl-q; a pipe parts commands of one line."""
        self._typed += data
        while True:
            escape, end = self._typed.find(_ESCAPE), _line_end(self._typed)
            if escape >= 0 and (end < 0 or escape < end):
                rest, self._typed = self._typed[escape + len(_ESCAPE) :], b""
                shell.bypass = None
                await shell.wire.write(b"\r\n")
                shell.feed(b"\r" + rest)
                return
            if end < 0:
                return
            line, self._typed = self._typed[:end], self._typed[end + 1 :]
            for command in line.decode("latin-1").split("|")[:_MOST_PIPED]:
                if command.strip():
                    answer = await self._modem.execute(command)
                    await shell.wire.answer(command, answer.encode("latin-1"))


def _line_end(data: bytes) -> int:
    """Return where the first line end outside quotes is; -1 if there is none."""
    quoted = False
    for place, byte in enumerate(data):
        quoted ^= byte == ord('"')
        if byte in b"\r\n" and not quoted:
            return place
    return -1
