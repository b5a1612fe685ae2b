"""In the guest: boards made of the kernel's own USB gadgets, as our wiring sees them come and go.

Prints what came of it as one JSON line.
"""

from __future__ import annotations

import asyncio
import json
import os
import threading
import tty
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

from station.faults import LinkLost
from station.links import LineSettings
from station.links.watch import UsbWiring
from station.model import Attached, Attachment, Change

GADGETS = Path("/sys/kernel/config/usb_gadget")
SENT = bytes(range(256)) * 8


class Gadget:
    """One board: what it shows, and the socket (a number) that it is plugged into."""

    def __init__(self, number: int, serial: str) -> None:
        self._home = GADGETS / serial
        self._number = number
        english, parts = self._home / "strings" / "0x409", self._home / "configs" / "c.1"
        acm = self._home / "functions" / f"acm.{number}"
        for folder in (english, parts, acm):
            folder.mkdir(parents=True)
        for place, text in (
            (self._home / "idVendor", "0x2341"),
            (self._home / "idProduct", "0x8057"),
            (english / "serialnumber", serial),
            (english / "manufacturer", "Arduino SA"),
            (english / "product", "NANO 33 IoT"),
        ):
            place.write_text(text)
        (parts / acm.name).symlink_to(acm)
        self.path = f"/dev/ttyGS{(acm / 'port_num').read_text().strip()}"

    def plug(self, socket: int) -> None:
        """Plug it in."""
        (self._home / "UDC").write_text(f"dummy_udc.{socket}")

    def pull(self) -> None:
        """Pull it out."""
        (self._home / "UDC").write_text("\n")

    def echo(self) -> None:
        """Say what it hears, from a thread, until it is pulled out."""
        end = os.open(self.path, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(end)

        def say() -> None:
            try:
                while heard := os.read(end, 4096):
                    os.write(end, heard)
            except OSError:
                return

        threading.Thread(target=say, daemon=True).start()


async def one_change(changes: AsyncGenerator[Change, None]) -> dict[str, Any]:
    change = await anext(changes)
    [port] = change.attachment.ports
    return {
        "change": type(change).__name__,
        "ids": [port.vid, port.pid],
        "serial": port.usb_serial,
        "where": change.attachment.where,
    }


async def talk(wiring: UsbWiring, attachment: Attachment, gadget: Gadget) -> dict[str, Any]:
    """Send through a real port, hear it back, and lose the port while it is open."""
    gadget.echo()
    link = await wiring.open(attachment.ports[0], LineSettings())
    heard = b""
    await link.send(SENT)
    while len(heard) < len(SENT):
        heard += await link.receive()
    gadget.pull()
    try:
        await link.receive()
    except LinkLost as fault:
        return {"echoed": heard == SENT, "loss": fault.code}
    finally:
        await link.close()
    return {"echoed": heard == SENT, "loss": ""}


async def main() -> None:
    first, second = Gadget(0, "SN0000"), Gadget(1, "SN0001")
    wiring = UsbWiring()
    changes = wiring.changes()
    first.plug(0)
    change = await anext(changes)
    assert isinstance(change, Attached)
    told = await talk(wiring, change.attachment, first)
    seen = [await one_change(changes)]
    for board, socket in ((second, 1), (first, 2)):
        board.plug(socket)
        seen.append(await one_change(changes))
    told |= {"where": change.attachment.where, "seen": seen}
    await changes.aclose()
    print(json.dumps(told), flush=True)


asyncio.run(main())
