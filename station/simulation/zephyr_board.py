"""A board with Zephyr whose console has a shell, and takes its next image by SMP.

Both sit on one wire, as MCUmgr's transport for shells has it: a line that begins with a frame's mark
is the server's, all else the shell's. After a restart the shell is that of the image which runs. A
board in its boot loader's `recovery` has no shell until then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import ClassVar, Self

from station.faults import LinkLost
from station.links import Link
from station.simulation import SimulatedBoard, smp
from station.simulation.branch import Branch
from station.simulation.scripted import REALISTIC, ConsoleTiming, SimulatedConsole
from station.simulation.smp import SimulatedSmp

_MARKS = (b"\x06", b"\x04")


class SimulatedZephyr:
    """A board that an SMP client flashes; its shell tells the version that runs.

    `shell` is another program that shares the console with the server; an AT command host, say.
    """

    kind: ClassVar[str] = "zephyr"
    dialects: ClassVar[tuple[str, ...]] = SimulatedSmp.dialects
    known_faults: ClassVar[Mapping[str, str]] = {
        name: told for name, told in SimulatedSmp.known_faults.items() if name != smp.SILENT
    }

    def __init__(
        self,
        seed: int = 1,
        faults: Iterable[str] = (),
        *,
        dialect: str | None = None,
        timing: ConsoleTiming | None = None,
        piece_s: float = 0.0,
        restart_s: float = 0.0,
        shell: SimulatedBoard | None = None,
    ) -> None:
        self.server = SimulatedSmp(
            seed, faults, dialect=dialect, piece_s=piece_s, restart_s=restart_s
        )
        self._shell = shell or SimulatedConsole(seed, dialect="zephyr", timing=timing)
        self._in_frame = False

    @classmethod
    def realistic(cls, seed: int, dialect: str | None, faults: Iterable[str]) -> Self:
        """As `SimulatedBoard.realistic`."""
        if dialect is not None and dialect not in cls.dialects:
            raise ValueError(f"no dialect {dialect!r}; there are: {', '.join(cls.dialects)}")
        return cls(seed, faults, dialect=dialect, timing=REALISTIC, piece_s=0.02, restart_s=2.0)

    @property
    def identity(self) -> Mapping[str, str]:
        """As `SimulatedBoard.identity`."""
        return {**self._shell.identity, "version": self.server.slots.running.version}

    async def run(self, link: Link) -> bool:
        """As `SimulatedBoard.run`."""
        to_server, to_shell = Branch(link), Branch(link)
        self._update()
        lives = {
            asyncio.create_task(self.server.run(to_server)),
            asyncio.create_task(self._shell.run(to_shell)),
        }
        try:
            while True:
                for line in (await link.receive()).splitlines(keepends=True):
                    if self._is_framed(line):
                        to_server.feed(line)
                    elif not (self.server.is_restarting or self.server.is_recovery):
                        self._update()
                        to_shell.feed(line)
        except LinkLost:
            return False
        finally:
            for life in lives:
                life.cancel()
            await asyncio.wait(lives)

    def _update(self) -> None:
        if isinstance(self._shell, SimulatedConsole):
            self._shell.update(self.server.slots.running.version)

    def _is_framed(self, line: bytes) -> bool:
        """Tell whether `line`, or a part of one, is the server's."""
        framed = self._in_frame or line.startswith(_MARKS)
        self._in_frame = framed and not line.endswith(b"\n")
        return framed
