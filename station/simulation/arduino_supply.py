"""The Arduino boards of a demonstration, one after the other."""

from __future__ import annotations

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
from station.simulation.lessons import lesson
from station.simulation.nrf91_unit import drawn
from station.simulation.sketches import PROVISIONING

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
class ArduinoSupply:
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
        fault = None if self.clean else lesson(_LESSONS, self.seed, place)
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

    def _drawn(self, what: str, number: int) -> int:
        return drawn(what, self.seed * 1000 + number, 1)[0]
