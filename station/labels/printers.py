"""Which printer an address names, as it stands in the station's settings."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from station.faults import SettingsWrong
from station.labels import Form, Printer
from station.labels.cups import CupsQueue
from station.labels.device import DevicePrinter
from station.labels.folder import FolderPrinter
from station.labels.network import PORT, NetworkPrinter

LIKE = "tcp://HOST:9100, cups:QUEUE, device:PATH or folder:PATH"


def printer_at(address: str, form: Form) -> Printer:
    """Return the printer at `address`, which takes `form`.

    Raises:
        SettingsWrong: it is no address of a printer.

    """
    kind, _, rest = address.partition(":")
    match kind:
        case "tcp":
            return _network(address, form)
        case "cups" if rest:
            return CupsQueue(rest, form)
        case "device" if rest:
            return DevicePrinter(rest, form)
        case "folder" if rest:
            return FolderPrinter(Path(rest), form)
        case _:
            raise SettingsWrong(f"{address!r} is no printer; one is {LIKE}")


def _network(address: str, form: Form) -> NetworkPrinter:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port or PORT
    except ValueError:
        host, port = None, PORT
    if not host:
        raise SettingsWrong(f"{address!r} names no printer's host; one is tcp://192.0.2.7:9100")
    return NetworkPrinter(host, port, form)
