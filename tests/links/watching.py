"""A program that prints what a wiring sees, as JSON lines; run it with `MockUsb.env`.

`python watching.py udev|kernel|polling` prints the changes. With `talk` after that it also opens
the first port of whatever comes, says `ping`, and prints what it hears until the link is lost.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import asdict
from typing import Any

from station.faults import Fault
from station.links import LineSettings
from station.links.trigger import Polling, Trigger
from station.links.watch import UsbWiring
from station.links.watch_udev import UdevTrigger
from station.model import Attached, Port
from station.registry import waits_on_usb


def trigger(name: str) -> Trigger:
    return Polling() if name == "polling" else UdevTrigger(name)


def say(**told: Any) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


async def talk(wiring: UsbWiring, port: Port) -> None:
    link = await wiring.open(port, LineSettings())
    try:
        await link.send(b"ping")
        while True:
            say(heard=(await link.receive()).decode())
    except Fault as fault:
        say(code=fault.code)
    finally:
        await link.close()


async def watch(name: str, talks: bool) -> None:
    wiring = UsbWiring(lambda: trigger(name), portless=waits_on_usb)
    conversations: set[asyncio.Task[None]] = set()
    say(ready=True)
    async for change in wiring.changes():
        attachment = change.attachment
        say(
            change=type(change).__name__,
            at_s=time.monotonic(),
            where=attachment.where,
            ports=[asdict(port) for port in attachment.ports],
        )
        if talks and isinstance(change, Attached):
            conversations.add(asyncio.create_task(talk(wiring, attachment.ports[0])))


if __name__ == "__main__":
    asyncio.run(watch(sys.argv[1], "talk" in sys.argv[2:]))
