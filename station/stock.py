"""What a station keeps for all its runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from station.faults import NetworkMissing, PrinterMissing, SecretMissing
from station.flash import Flasher
from station.flash.images import Shelf
from station.labels import Printer
from station.model import Network, Tool
from station.seal import Seal


def _no_secret(name: str) -> SecretStr:
    raise SecretMissing(name)


def _no_network(name: str) -> Network:
    raise NetworkMissing(name)


def _no_printer(name: str) -> Printer:
    raise PrinterMissing(name)


def installed_flasher(tool: Tool) -> Flasher:
    """Return the flashing tool that this computer has; told as missing only when it is used."""
    from station.flash import tools

    return tools.flasher(tool)


@dataclass(frozen=True, slots=True)
class Stock:
    """What a station keeps for all its runs: secrets, networks, images, flashing tools, printers."""

    secret: Callable[[str], SecretStr] = _no_secret
    store: Callable[[str, SecretStr], None] = lambda name, value: None
    network: Callable[[str], Network] = _no_network
    shelf: Shelf = field(default_factory=lambda: Shelf(Path("images")))
    flasher: Callable[[Tool], Flasher] = installed_flasher
    printer: Callable[[str], Printer] = _no_printer

    def seal(self, otherwise: SecretStr | None = None) -> Seal:
        """Return the station's seal, as `Seal.of`."""
        return Seal.of(self.secret, self.store, otherwise)
