"""Boards with the sketches of Provisioning 1.0, and with the sketch that erases a network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, Self

from station.simulation import chosen, sketches
from station.simulation.arduino import Program, SimulatedArduino
from station.simulation.arduino_crypto import FAULTS as CRYPTO_FAULTS
from station.simulation.arduino_crypto import Crypto
from station.simulation.arduino_text import (
    DELETE_FAULTS,
    EVERY_S,
    LORA_FAULTS,
    DeleteConfiguration,
    Lora,
)
from station.simulation.arduino_unit import NETWORK_CONFIGS, ArduinoUnit, product

KEYGEN_S = 0.5

_Made = Callable[[ArduinoUnit, frozenset[str], bool], Program]

_SKETCHES: Mapping[str, tuple[str, Mapping[str, str], _Made]] = {
    sketches.CRYPTO: (
        "mkrwifi1010",
        CRYPTO_FAULTS,
        lambda unit, faults, slow: Crypto(unit, faults, KEYGEN_S if slow else 0.0),
    ),
    sketches.LORA: (
        "mkrwan1310",
        LORA_FAULTS,
        lambda unit, faults, slow: Lora(unit, faults, EVERY_S if slow else 0.02),
    ),
    sketches.DELETE_CONFIGURATION: (
        "mkrwifi1010",
        DELETE_FAULTS,
        lambda unit, faults, slow: DeleteConfiguration(unit, faults),
    ),
}
"""For each sketch the usual product, what can be wrong, and how it is made; slow as a real one."""


class SimulatedArduinoLegacy(SimulatedArduino):
    """One board, as `SimulatedArduino`; its dialect is the sketch that it runs first.

    Raises:
        ValueError: no such sketch, product or fault.

    """

    kind: ClassVar[str] = "arduino_legacy"
    dialects: ClassVar[tuple[str, ...]] = tuple(_SKETCHES)
    known_faults: ClassVar[Mapping[str, str]] = {**CRYPTO_FAULTS, **LORA_FAULTS, **DELETE_FAULTS}

    def __init__(
        self,
        seed: int = 1,
        sketch: str = sketches.CRYPTO,
        *,
        faults: Iterable[str] = (),
        made: str | None = None,
        slow: bool = False,
    ) -> None:
        chosen([sketch], _SKETCHES, "dialect")
        usual, known, _ = _SKETCHES[sketch]
        self._slow = slow
        self._legacy_faults = chosen(faults, known, "fault")
        super().__init__(seed, product(made or usual), sketch=sketch)
        if sketch == sketches.DELETE_CONFIGURATION:
            self.unit.store[NETWORK_CONFIGS] = b"a network"

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
        """Make a board as slow as a real one: `dialect` is its sketch, `firmware` its product."""
        if cloud:
            raise ValueError("a board of 1.0 reaches no cloud by itself")
        return cls(seed, dialect or sketches.CRYPTO, faults=faults, made=firmware, slow=True)

    def _sketch(self) -> Program:
        found = sketches.told(self.flash)
        if found is None or found[0] not in _SKETCHES:
            return super()._sketch()
        return _SKETCHES[found[0]][2](self.unit, self._legacy_faults, self._slow)
