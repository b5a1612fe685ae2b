"""A board with a console: echo, prompt, log entries between and inside answers, and a restart.

An Arduino sketch has neither echo nor prompt, and takes either line end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar, NoReturn, Self

from cryptography.hazmat.primitives.asymmetric import ec

from station.faults import LinkLost
from station.links import Link
from station.simulation import chosen
from station.simulation.scripted_console import FIRMWARES, Firmware, Restart
from station.simulation.scripted_kept import Kept
from station.simulation.scripted_life import FAULTS as LIFE_FAULTS
from station.simulation.scripted_life import Life
from station.simulation.uart import Uart

FAULTS: Mapping[str, str] = {
    "silent": "Hears everything and says nothing.",
    "deaf-first-second": "Loses all that is sent in the first second from the first byte on.",
    "noisy": "Writes forty log entries a second.",
    "log-inside": "Logs in the middle of every answer.",
    "slow": "Stalls for three seconds in the middle of every answer.",
    "lost-byte": "Loses one byte of the first credential, and no other.",
    "garbled-echo": "Gets one character of each line wrong in its echo.",
    "no-serial": "Does not tell its serial number.",
    "refuses-token": "Refuses to keep a token.",
    "forgets": "Says that it has kept a credential, and has not.",
    "never-erases": "Says that it has erased what it was given, and has not.",
    "reboots-in-the-middle": "Restarts in the middle of the first credential, and once only.",
    "hangs-at-write": "Echoes a credential, and never says another word.",
    "garbled-request": "Gets a letter of its first certificate request wrong, and of no other.",
    "forged-request": "Has its certificate requests signed by another key than they tell.",
    "unplug-at-write": "Is unplugged in the middle of the first credential.",
}

_NOISY_A_SECOND = 40.0
_DEAF_S = 1.0


@dataclass(frozen=True, slots=True)
class ConsoleTiming:
    """How long things take, in seconds; `baud` None is a wire without delay.

    `answer_s` is from a line to its answer, `boot_s` from a restart to the first word, `stall_s`
    the pause of `slow`.
    """

    baud: int | None = None
    answer_s: float = 0.0
    boot_s: float = 0.0
    stall_s: float = 3.0


REALISTIC = ConsoleTiming(baud=115_200, answer_s=0.02, boot_s=0.8)


class _PulledOut(Exception):
    """The board left by itself."""


class SimulatedConsole:
    """One board. It may be plugged in again and again: `run` it on one link after the other.

    `stored` is what it was given by commands, and keeps when it restarts. With a network and a
    server among that it comes to its cloud by itself, for as long as it is plugged in.

    Raises:
        ValueError: no such dialect or fault; the text lists those there are.

    """

    kind: ClassVar[str] = "scripted"
    dialects: ClassVar[tuple[str, ...]] = tuple(FIRMWARES)
    known_faults: ClassVar[Mapping[str, str]] = {**FAULTS, **LIFE_FAULTS}

    def __init__(
        self,
        seed: int = 1,
        *,
        dialect: str = "esp32",
        faults: Iterable[str] = (),
        timing: ConsoleTiming | None = None,
    ) -> None:
        chosen([dialect], self.dialects, "dialect")
        self.dialect = dialect
        self.faults = chosen(faults, self.known_faults, "fault")
        self.timing = timing or ConsoleTiming()
        self._kept = Kept(
            forgets="forgets" in self.faults,
            never_erases="never-erases" in self.faults,
            refuses_token="refuses-token" in self.faults,
            garbles_request="garbled-request" in self.faults,
            forges_request="forged-request" in self.faults,
        )
        self._firmware: Firmware = FIRMWARES[dialect](seed, self._kept)
        self._life = Life(self._kept, self.identity["serial"], self.faults)
        self._once = self.faults & {"lost-byte", "reboots-in-the-middle", "unplug-at-write"}
        self._logged = 0
        self._typed = bytearray()
        self._at_work = asyncio.Lock()

    @classmethod
    def realistic(cls, seed: int, dialect: str | None, faults: Iterable[str]) -> Self:
        """Make a board on a wire of 115 200 baud."""
        return cls(seed, dialect=dialect or cls.dialects[0], faults=faults, timing=REALISTIC)

    @property
    def identity(self) -> dict[str, str]:
        """Serial number and firmware; an ESP32's MAC address, and the model where it tells one."""
        return self._firmware.identity()

    @property
    def stored(self) -> Mapping[str, str]:
        """What it keeps, by the names of its own commands."""
        return self._kept.values

    @property
    def key(self) -> ec.EllipticCurvePrivateKey | None:
        """The key that it made last; None when it made none."""
        return self._kept.key

    def update(self, version: str) -> None:
        """Have firmware of this `version` run from the next start on."""
        self._firmware.version = version

    async def run(self, link: Link) -> bool:
        """Be this board at the other end of `link` until the wire goes away.

        Returns True when it was pulled out (`unplug-at-write`).
        """
        uart = Uart(link, self.timing.baud)
        chatter = asyncio.create_task(self._chatter(uart))
        self._life.start()
        try:
            await self._live(uart)
        except _PulledOut:
            return True
        except LinkLost:
            return False
        finally:
            chatter.cancel()
            await self._life.stop()
            with suppress(asyncio.CancelledError, LinkLost):
                await chatter
            await link.close()

    async def _live(self, uart: Uart) -> NoReturn:
        self._typed.clear()
        await self._write(uart, self._firmware.boot() + self._firmware.prompt)
        clock = asyncio.get_running_loop().time
        deaf_until_s = None
        while True:
            data = await uart.receive()
            if deaf_until_s is None:
                deaf_until_s = clock() + (_DEAF_S if "deaf-first-second" in self.faults else 0.0)
            if clock() >= deaf_until_s:
                async with self._at_work:
                    await self._keys(uart, data)

    async def _keys(self, uart: Uart, data: bytes) -> None:
        echo = bytearray()
        for key in data:
            if self._firmware.echoes and key == ord("\n"):
                continue
            if key in b"\r\n":
                await self._write(uart, bytes(echo) + b"\r\n" if self._firmware.echoes else b"")
                echo.clear()
                await self._enter(uart)
            elif self._takes(key):
                self._typed.append(key)
                echo.append(self._echo_of(key))
        await self._write(uart, bytes(echo) if self._firmware.echoes else b"")

    def _takes(self, key: int) -> bool:
        has_room = len(self._typed) < self._firmware.longest_line
        return 0x20 <= key < 0x7F and has_room and not self._loses(key)

    async def _enter(self, uart: Uart) -> None:
        line = self._typed.decode("ascii")
        self._typed.clear()
        await asyncio.sleep(self.timing.answer_s)
        if self._firmware.is_write(line):
            if "unplug-at-write" in self._once:
                raise _PulledOut
            if "hangs-at-write" in self.faults:
                await _hang(uart)
            if "reboots-in-the-middle" in self._once:
                self._once -= {"reboots-in-the-middle"}
                return await self._restart(uart)
        try:
            answer = self._told(self._firmware.execute(line))
        except Restart:
            return await self._restart(uart)
        first, rest = self._halves(answer)
        await self._write(uart, first)
        if line and "slow" in self.faults:
            await asyncio.sleep(self.timing.stall_s)
        await self._write(uart, rest)
        return await self._write(uart, self._firmware.prompt)

    async def _restart(self, uart: Uart) -> None:
        await self._life.stop()
        self._firmware.restart()
        await asyncio.sleep(self.timing.boot_s)
        self._life.start()
        await self._write(uart, self._firmware.boot() + self._firmware.prompt)

    def _told(self, answer: str) -> bytes:
        if "no-serial" in self.faults:
            lines = answer.splitlines(keepends=True)
            answer = "".join(line for line in lines if self.identity["serial"] not in line)
        return answer.replace("\n", "\r\n").encode("latin-1")

    def _halves(self, answer: bytes) -> tuple[bytes, bytes]:
        middle = answer.find(self._firmware.breaks_after, len(answer) // 2) + 1
        inside = self._log_entry() if answer and "log-inside" in self.faults else b""
        return answer[:middle] + inside, answer[middle:]

    def _loses(self, key: int) -> bool:
        """Tell whether `key`, a byte of a credential, is the one that is lost on the way."""
        is_hit = "lost-byte" in self._once and self._firmware.is_write(self._typed.decode("ascii"))
        if is_hit and key == ord(" "):
            self._once -= {"lost-byte"}
            return True
        return False

    def _echo_of(self, key: int) -> int:
        return ord("?") if "garbled-echo" in self.faults and len(self._typed) == 2 else key

    def _log_entry(self) -> bytes:
        self._logged += 1
        return self._firmware.log(self._logged)

    async def _chatter(self, uart: Uart) -> None:
        if "noisy" not in self.faults:
            return
        while True:
            await asyncio.sleep(1 / _NOISY_A_SECOND)
            if not self._firmware.redraws:
                await self._write(uart, self._log_entry())
                continue
            async with self._at_work:  # Zephyr's shell logs between commands, never within one
                drawn = self._firmware.prompt + bytes(self._typed)
                await self._write(uart, b"\r\x1b[J" + self._log_entry() + drawn)

    async def _write(self, uart: Uart, data: bytes) -> None:
        if data and "silent" not in self.faults:
            await uart.send(data)


async def _hang(uart: Uart) -> NoReturn:
    while True:
        await uart.receive()
