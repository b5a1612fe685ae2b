"""One nRF91 board: its console in one of three dialects, its modem, and its radio."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, Self

from station.faults import LinkLost
from station.links import Link
from station.simulation import chosen
from station.simulation.air import Air, air_of
from station.simulation.at_host import AtHost
from station.simulation.at_shell import AtShell
from station.simulation.nrf91_credentials import Credentials
from station.simulation.nrf91_faults import (
    FAULTS,
    Flaws,
    Timing,
    commands_of,
    product_of,
    token_source,
)
from station.simulation.nrf91_firmware import firmware as named
from station.simulation.nrf91_keys import KEY_COMMANDS
from station.simulation.nrf91_modem import Modem
from station.simulation.nrf91_orders import DEFAULT_TAG
from station.simulation.nrf91_radio import Radio
from station.simulation.nrf91_unit import Unit
from station.simulation.nrf91_wire import PulledOut, Wire
from station.simulation.tls_shell import TlsShell
from station.simulation.zephyr import log_line
from station.simulation.zephyr_shell import ZephyrShell

_ROOM_BYTES = 65_536
# The template waits 10 s before it connects, 60 s before it asks again, 600 s between its polls.
_REALISTIC = Timing(
    baud=115_200,
    boot_s=0.5,
    keygen_s=1.0,
    attach_s=5.0,
    batch_s=2.0,
    settle_s=10.0,
    poll_s=600.0,
)
_NOISY_LINES_A_SECOND = 40.0
# What ModemManager's probes type at a new port: AT, and a Qualcomm diagnostic frame.
_PROBES = (b"AT\r", b"ATI\r", b"AT+GCAP\r", b"\x7e\x00\x78\xf0\x7e", b"AT+CGMI\r", b"AT+CPIN?\r")


class SimulatedNrf91:
    """One board. It may be plugged in again and again: `run` it on one link after the other.

    `on_boot` is called with the device's UUID each time the board has restarted. With `air`, the
    address of a simulated cloud or `SimulatedNrfCloud.air`, the board has a network: it starts when
    it is first plugged in and lives until `power_off`. `firmware` is the name of its application;
    `client_id` (else its UUID) and `tag` are what that was built to connect with.

    Raises:
        ValueError: no such dialect, fault or firmware; the text lists those there are.

    """

    kind: ClassVar[str] = "nrf91"
    dialects: ClassVar[tuple[str, ...]] = ("at-host", "at-shell", "tls-shell")
    known_faults: ClassVar[Mapping[str, str]] = FAULTS

    def __init__(
        self,
        seed: int = 1,
        *,
        dialect: str = "at-host",
        faults: Iterable[str] = (),
        timing: Timing | None = None,
        on_boot: Callable[[str], None] | None = None,
        air: Air | str | None = None,
        firmware: str | None = None,
        client_id: str | None = None,
        tag: int = DEFAULT_TAG,
    ) -> None:
        chosen([dialect], self.dialects, "dialect")
        self.dialect = dialect
        self.faults = chosen(faults, FAULTS, "fault")
        self.timing = timing or Timing()
        self.unit = Unit(seed, product_of(self.faults))
        self.firmware = named(firmware or self._usual_firmware(air is not None))
        self.credentials = Credentials(seed, 0 if "memory-full" in self.faults else _ROOM_BYTES)
        self._on_boot = on_boot
        self._flaws = Flaws(self.faults, self.timing)
        self._modem = self._started_modem()
        self._tls = TlsShell(str(self.unit.uuid), self.firmware, self._boot)
        self._console: AtHost | ZephyrShell | None = None
        self._started = False
        heard = "never-online" not in self.faults and dialect != "tls-shell"
        self.radio = Radio(
            self._modem,
            self.firmware,
            (air_of(air) if isinstance(air, str) else air) if heard else None,
            self.timing,
            client_id=client_id or str(self.unit.uuid),
            tag=tag,
            log=self._log_of_the_radio,
        )

    @classmethod
    def realistic(
        cls,
        seed: int,
        dialect: str | None,
        faults: Iterable[str],
        *,
        cloud: str | None = None,
        firmware: str | None = None,
    ) -> Self:
        """Make a board on a wire of 115 200 baud; `cloud` is a simulated cloud's address."""
        return cls(
            seed,
            dialect=dialect or cls.dialects[0],
            faults=faults,
            timing=_REALISTIC,
            air=cloud,
            firmware=firmware,
        )

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
        console = self._console = self._new_console(wire)
        if not self._started:
            self._started = True
            self.radio.boot()
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
            self._console = None
            await link.close()
        return pulled

    def power_off(self) -> None:
        """End its radio; the next `run` is a start from cold."""
        self._started = False
        self.radio.off()
        self._modem.restart()

    def _new_console(self, wire: Wire) -> AtHost | ZephyrShell:
        if self.dialect == "at-host":
            return AtHost(wire, self._modem)
        if self.dialect == "tls-shell":
            return ZephyrShell(wire, self._tls)
        unescapes = "no-unescape" not in self.faults
        program = AtShell(self._modem, self.firmware, self.radio, self._boot, unescapes=unescapes)
        return ZephyrShell(wire, program)

    def _usual_firmware(self, has_air: bool) -> str:
        """Return what runs on the board if nobody says; an AT client would never use its air."""
        if self.dialect == "at-shell":
            return "att-1.5.3"
        return "sdk-sample" if has_air else "at-client"

    def _started_modem(self) -> Modem:
        return Modem(
            self.unit,
            commands_of(self.faults, KEY_COMMANDS),
            token_source(self.unit, self.faults),
            # What provisions itself goes on the air by itself; an AT client leaves the modem off.
            mode=int(self.dialect == "at-shell" or self.firmware.provisions),
            latency_s=self.timing.latency_s,
            slow_s={"%KEYGEN": self.timing.keygen_s},
            credentials=self.credentials,
            old_csr="old-csr" in self.faults,
        )

    async def _listen(self, wire: Wire, console: AtHost | ZephyrShell) -> None:
        while True:
            console.feed(await wire.receive())

    async def _log(self, console: AtHost | ZephyrShell) -> None:
        rate = _NOISY_LINES_A_SECOND if "noisy" in self.faults else self.timing.log_lines_a_second
        if rate <= 0:
            return
        for number in range(10**9):
            await asyncio.sleep(1 / rate)
            console.log(log_line(number))

    async def _probe(self, wire: Wire, console: AtHost | ZephyrShell) -> None:
        await wire.heard.wait()
        for number in range(int(self.timing.typing_s / self.timing.typing_pause_s)):
            console.feed(_PROBES[number % len(_PROBES)])
            await asyncio.sleep(self.timing.typing_pause_s)

    async def _boot(self) -> None:
        self.radio.off()
        self._modem.restart()
        await asyncio.sleep(self.timing.boot_s)
        self.radio.boot()
        if self._on_boot is not None:
            self._on_boot(str(self.unit.uuid))

    def _log_of_the_radio(self, line: bytes) -> None:
        if self._console is not None:
            self._console.log(line)
