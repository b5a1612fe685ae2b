"""The firmware of one nRF91 board, with an AT host or an AT shell."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, Self

from station.faults import LinkLost
from station.links import Link
from station.simulation import chosen
from station.simulation.at_host import AtHost
from station.simulation.at_shell import AtShell
from station.simulation.nrf91_faults import (
    FAULTS,
    Flaws,
    Timing,
    commands_of,
    product_of,
    token_source,
)
from station.simulation.nrf91_modem import Command, Modem
from station.simulation.nrf91_unit import Unit
from station.simulation.nrf91_wire import PulledOut, Wire
from station.simulation.zephyr import log_line

# Tables of further AT commands, each in a file of its own.
COMMAND_SETS: tuple[Mapping[str, Command], ...] = ()

_NOISY_LINES_A_SECOND = 40.0
# What ModemManager's probes type at a new port: AT, and a Qualcomm diagnostic frame.
_PROBES = (b"AT\r", b"ATI\r", b"AT+GCAP\r", b"\x7e\x00\x78\xf0\x7e", b"AT+CGMI\r", b"AT+CPIN?\r")


class SimulatedNrf91:
    """One board. It may be plugged in again and again: `run` it on one link after the other.

    `on_boot` is called with the device's UUID each time the board has restarted.

    Raises:
        ValueError: no such dialect or fault; the text lists those there are.

    """

    kind: ClassVar[str] = "nrf91"
    dialects: ClassVar[tuple[str, ...]] = ("at-host", "at-shell")
    known_faults: ClassVar[Mapping[str, str]] = FAULTS

    def __init__(
        self,
        seed: int = 1,
        *,
        dialect: str = "at-host",
        faults: Iterable[str] = (),
        timing: Timing | None = None,
        on_boot: Callable[[str], None] | None = None,
    ) -> None:
        chosen([dialect], self.dialects, "dialect")
        self.dialect = dialect
        self.faults = chosen(faults, FAULTS, "fault")
        self.timing = timing or Timing()
        self.unit = Unit(seed, product_of(self.faults))
        self._on_boot = on_boot
        self._flaws = Flaws(self.faults, self.timing)
        self._modem = self._started_modem()

    @classmethod
    def realistic(cls, seed: int, dialect: str | None, faults: Iterable[str]) -> Self:
        """Make a board on a wire of 115 200 baud."""
        timing = Timing(baud=115_200, boot_s=0.5)
        return cls(seed, dialect=dialect or cls.dialects[0], faults=faults, timing=timing)

    @property
    def identity(self) -> dict[str, str]:
        """IMEI, UUID, model, hardware, modem firmware and ICCID."""
        return self.unit.identity

    async def run(self, link: Link) -> bool:
        """Be this board at the other end of `link` until the wire goes away.

        Returns True when the board left by itself (`unplug-at-token`).
        """
        pulled = False
        wire = Wire(link, self.timing, self.faults, self._flaws)
        console = self._console(wire)
        try:
            async with asyncio.TaskGroup() as life:
                life.create_task(console.run())
                life.create_task(self._listen(wire, console))
                life.create_task(self._log(console))
                if "modemmanager" in self.faults:
                    life.create_task(self._probe(wire, console))
        except* PulledOut:
            pulled = True
        except* LinkLost:
            pass
        finally:
            await link.close()
        return pulled

    def _console(self, wire: Wire) -> AtHost | AtShell:
        if self.dialect == "at-host":
            return AtHost(wire, self._modem)
        return AtShell(wire, self._modem, self._boot)

    def _started_modem(self) -> Modem:
        more = {name: command for table in COMMAND_SETS for name, command in table.items()}
        return Modem(
            self.unit,
            commands_of(self.faults, more),
            token_source(self.unit, self.faults),
            # The template goes on the air by itself; an AT client leaves the modem off.
            mode=1 if self.dialect == "at-shell" else 0,
            latency_s=self.timing.latency_s,
        )

    async def _listen(self, wire: Wire, console: AtHost | AtShell) -> None:
        while True:
            console.feed(await wire.receive())

    async def _log(self, console: AtHost | AtShell) -> None:
        rate = _NOISY_LINES_A_SECOND if "noisy" in self.faults else self.timing.log_lines_a_second
        if rate <= 0:
            return
        for number in range(10**9):
            await asyncio.sleep(1 / rate)
            console.log(log_line(number))

    async def _probe(self, wire: Wire, console: AtHost | AtShell) -> None:
        await wire.heard.wait()
        for number in range(int(self.timing.typing_s / self.timing.typing_pause_s)):
            console.feed(_PROBES[number % len(_PROBES)])
            await asyncio.sleep(self.timing.typing_pause_s)

    async def _boot(self) -> None:
        self._modem.restart()
        await asyncio.sleep(self.timing.boot_s)
        if self._on_boot is not None:
            self._on_boot(str(self.unit.uuid))
