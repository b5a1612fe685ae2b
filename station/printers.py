"""The label printers of a station, by the names that its settings give them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from station import settings
from station.faults import PrinterMissing
from station.labels import Form, Printer
from station.labels.printers import printer_at


@dataclass(frozen=True, slots=True)
class Printers:
    """The printers of the station whose settings lie in `data_dir`.

    They are read anew each time, so that one that an engineer has corrected is used at once.
    """

    data_dir: Path
    _open: dict[tuple[str, Form], Printer] = field(default_factory=dict)

    def printer(self, name: str) -> Printer:
        """Return the printer called `name`, always the same: it does one job after the other.

        Raises:
            PrinterMissing: the settings name no such printer.
            SettingsWrong: they are wrong.

        """
        told = settings.load(self.data_dir).printers
        found = next((each for each in told if each.name == name), None)
        if found is None:
            known = ", ".join(each.name for each in told) or "none"
            raise PrinterMissing(f"{name}; the settings name {known}")
        address, form = self._placed(found.address), Form(found.form)
        if (address, form) not in self._open:
            self._open[address, form] = printer_at(address, form)
        return self._open[address, form]

    def _placed(self, address: str) -> str:
        """Return an address, a folder's from the data directory on."""
        kind, _, rest = address.partition(":")
        return f"{kind}:{self.data_dir / rest}" if kind == "folder" and rest else address
