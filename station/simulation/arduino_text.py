"""The small sketches around Provisioning: one tells a LoRaWAN address, one erases the network."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Protocol

from station.links import Link
from station.simulation.arduino_unit import NETWORK_CONFIGS
from station.simulation.nrf91_unit import drawn

EVERY_S = 3.0

LORA_FAULTS: Mapping[str, str] = {
    "silent": "Says nothing.",
    "no-module": "Has a LoRaWAN module that does not start.",
}
DELETE_FAULTS: Mapping[str, str] = {
    "silent": "Hears everything and says nothing.",
    "storage-broken": "Can't write its storage.",
}

NO_MODULE = "Failed to start module"
QUESTION = "Do you want to proceed? Y/[n]"
ERASED, NOT_ERASED, ABORTED = (
    "Network configuration reset successfully.",
    "Failed to reset network configuration.",
    "Aborted.",
)


class NumberedUnit(Protocol):
    """What the LoRa sketch needs of the board: the number that all else follows from."""

    number: int


class StoringUnit(Protocol):
    """What the other one needs: the key-value store."""

    @property
    def store(self) -> MutableMapping[str, bytes]:
        """The key-value store."""
        ...


def dev_eui(number: int) -> str:
    """Return the DevEUI of the module on the board with this number, 16 hex digits."""
    return "A8610A" + drawn("arduino dev eui", number, 5).hex().upper()


@dataclass(slots=True)
class Lora:
    """LoraProvision: it says the module's DevEUI for ever, whoever listens from whenever on."""

    unit: NumberedUnit
    faults: frozenset[str] = frozenset()
    every_s: float = EVERY_S
    _has_failed: bool = False

    async def run(self, link: Link) -> None:
        """Be at the other end of `link` until it is lost."""
        listening = asyncio.create_task(_ignore(link))
        try:
            await self._say(link)
            await listening
        finally:
            listening.cancel()

    async def _say(self, link: Link) -> None:
        if "silent" in self.faults:
            return
        if "no-module" in self.faults:
            if not self._has_failed:  # said once, and then it stands still
                self._has_failed = True
                await link.send(_line(NO_MODULE))
            return
        line = _line(dev_eui(self.unit.number))
        await link.send(line[7:])  # the one that was on its way when the port was opened
        while True:
            await asyncio.sleep(self.every_s)
            await link.send(line)


@dataclass(slots=True)
class DeleteConfiguration:
    """It asks once when the port is opened, does what it is told, and stands still after that."""

    unit: StoringUnit
    faults: frozenset[str] = frozenset()
    _has_asked: bool = False
    _is_over: bool = False

    async def run(self, link: Link) -> None:
        """Be at the other end of `link` until it is lost."""
        if not self._has_asked and "silent" not in self.faults:
            self._has_asked = True
            await link.send(_line("") + _line(QUESTION))
        while True:
            answer = (await link.receive()).strip()
            if answer and not self._is_over and "silent" not in self.faults:
                self._is_over = True
                await link.send(_line(self._obey(answer)))

    def _obey(self, answer: bytes) -> str:
        if answer[:1] not in b"yY":
            return ABORTED
        if "storage-broken" in self.faults:
            return NOT_ERASED
        self.unit.store.pop(NETWORK_CONFIGS, None)
        return ERASED


def _line(text: str) -> bytes:
    return text.encode() + b"\r\n"


async def _ignore(link: Link) -> None:
    while True:
        await link.receive()
