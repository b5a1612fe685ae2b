"""A station without an operator that prints what appears: `python -m tests.bench.appearing TRIGGER FOLDER`.

Run it with `MockUsb.env`. Prints a line for each board that comes or leaves, keeps its record in
FOLDER, and ends when it is terminated.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from station.line import Line
from station.links.trigger import Polling, Trigger
from station.links.watch import UsbWiring
from station.links.watch_udev import UdevTrigger
from station.model import Appeared, Event, Left
from station.registry import waits_on_usb
from station.secrets import secret


def trigger(name: str) -> Trigger:
    return Polling() if name == "polling" else UdevTrigger(name)


def tell(event: Event) -> None:
    if isinstance(event, Appeared | Left):
        sys.stdout.write(f"{type(event).__name__} in slot {event.slot}\n")
        sys.stdout.flush()


def main(name: str, folder: str) -> None:
    wiring = UsbWiring(lambda: trigger(name), portless=waits_on_usb)
    line = Line(Path(folder), "Benchmark", wiring, secret=secret)
    asyncio.run(line.serve(tell, lambda commands: None))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
