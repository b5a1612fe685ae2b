"""The demonstration's line of Arduino boards: a hand plugs them in, and pulls them after their verdict."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from station.simulation.arduino import BLANK, SimulatedArduino
from station.simulation.arduino_faults import ArduinoTiming
from station.simulation.arduino_site import Site
from station.simulation.arduino_unit import (
    CLAIMING_SLOT,
    UNO_R4_WIFI,
    ArduinoUnit,
    product,
    public_pem,
)
from station.simulation.nrf91_unit import drawn
from station.simulation.sketches import PROVISIONING
from station.simulation.usb_line import ArduinoLine

_BLOCK = 8  # one unit in each block of eight is not as it should be
# In the order in which they turn up: what a line really meets, and what heals by itself.
_LESSONS = (
    "rekeyed",
    "old-sketch",
    "no-internet",
    "lost-byte",
    "old-wifi-firmware",
    "wrong-key",
    "unplug-at-id",
    "se-broken",
)
_BLANK_IN, _PORTENTA_IN = 4, 3  # one of so many comes blank, or is the other product
_PORTENTA = product("Portenta H7")

Know = Callable[[str, str], None]
"""Lets the cloud know a board, by its hardware id and its public key (PEM)."""


@dataclass(frozen=True, slots=True)
class Supply:
    """The boards of a demonstration: the n-th is the same for the same `seed`.

    Some come blank, and a cloud has never heard of those; the others it is told of by `know`. About
    one in eight has a fault, unless `clean`.
    """

    seed: int
    clean: bool
    timing: ArduinoTiming
    site: Site
    know: Know

    def board(self, place: int) -> SimulatedArduino:
        """Return the `place`th board, from 0 on."""
        number = self.seed * 1000 + place
        fault = None if self.clean else self._fault(place)
        made = UNO_R4_WIFI if self._drawn("product", place) % _PORTENTA_IN else _PORTENTA
        is_blank = fault is None and self._drawn("blank", place) % _BLANK_IN == 0
        if not is_blank:
            unit = ArduinoUnit(number, made)
            self.know(unit.identity["uhwid"], public_pem(unit.new_key(CLAIMING_SLOT)))
        return SimulatedArduino(
            number,
            made,
            sketch=BLANK if is_blank else PROVISIONING,
            faults=(fault,) if fault else (),
            timing=self.timing,
            site=self.site,
        )

    def _fault(self, place: int) -> str | None:
        block, within = divmod(place, _BLOCK)
        # Never the first of a block: a demonstration begins with a unit that passes.
        bad = 1 + self._drawn("bad", block) % (_BLOCK - 1)
        return _LESSONS[(self.seed - 1 + block) % len(_LESSONS)] if within == bad else None

    def _drawn(self, what: str, number: int) -> int:
        return drawn(what, self.seed * 1000 + number, 1)[0]


class Feeder:
    """Plugs `units` boards (None: for ever) into the sockets of `line`, and pulls them out again.

    A board leaves `dwell_s` after its `verdict`; the next one comes after about `pause_s`: there is
    one hand on the line. `stop` leaves what is plugged in to the line's own `close`.

    `done` is set when all units have left.
    """

    def __init__(
        self,
        line: ArduinoLine,
        supply: Supply,
        units: int | None,
        *,
        pause_s: float,
        dwell_s: float,
    ) -> None:
        self.done = asyncio.Event()
        self._line = line
        self._supply = supply
        self._units = units
        self._pause_s = pause_s
        self._dwell_s = dwell_s
        self._begun = 0
        self._hand = asyncio.Lock()
        self._shown = {slot.where: asyncio.Event() for slot in line.slots}
        self._life: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to plug in."""
        self._life = asyncio.create_task(self._live())

    def verdict(self, where: str) -> None:
        """Be told that the run in the slot at `where` has ended; its board will leave."""
        self._shown[where].set()

    async def stop(self) -> None:
        """Plug no more in; safe to call twice."""
        if self._life is not None:
            self._life.cancel()
            await asyncio.wait({self._life})

    async def _live(self) -> None:
        async with asyncio.TaskGroup() as slots:
            for where, shown in self._shown.items():
                slots.create_task(self._fill(where, shown))
        self.done.set()

    async def _fill(self, where: str, shown: asyncio.Event) -> None:
        while (place := await self._next()) is not None:
            shown.clear()
            self._line.plug(where, self._supply.board(place))
            await shown.wait()
            await asyncio.sleep(self._dwell_s)
            await self._line.pull(where)

    async def _next(self) -> int | None:
        async with self._hand:
            place = self._begun
            if self._units is not None and place >= self._units:
                return None
            self._begun += 1
            await asyncio.sleep(self._pause_s * (0.7 + drawn("pause", place, 1)[0] / 425))
            return place
