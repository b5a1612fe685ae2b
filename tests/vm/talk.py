"""In the guest: our own link and board class talk to the board through real BlueZ.

Prints what came of it as one JSON line. `sys.argv[1]` is the process that holds the board.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from types import SimpleNamespace
from typing import Any, cast

from bleak import BleakClient, BleakScanner
from bleak.exc import BleakGATTProtocolError

from station.boards.arduino import LINE, Arduino
from station.boards.arduino_options import ArduinoOptions
from station.faults import LinkLost
from station.links import Seat
from station.links.ble_profile import ARDUINO
from station.links.ble_wiring import BleWiring
from station.model import Attached, Attachment, Nearby, NearbyHeard
from station.simulation.arduino import SimulatedArduino

WITHIN_S = 60.0
LARGEST, ATT_HEADER = 256, 3


async def dialogue(wiring: BleWiring, attachment: Attachment) -> dict[str, Any]:
    """Everything that is asked of a board before its claim."""
    [port] = attachment.ports
    seat = cast("Seat", SimpleNamespace(attachment=attachment))
    link = await wiring.open(port, LINE)
    board = await Arduino.open(link, ArduinoOptions(), seat)
    networks = await board.greet(WITHIN_S)
    identity = await board.identify()
    proof = await board.prove()
    told = {
        "vid": port.vid,
        "pid": port.pid,
        "networks": [network.ssid for network in networks],
        "sketch": await board.sketch_version(),
        "library": await board.library_version(),
        "wifi": await board.wifi_firmware(),
        "serial": identity.serial,
        "uhwid": proof.subject,
    }
    await board.close()
    return told


async def loss(wiring: BleWiring, attachment: Attachment, holder: int) -> str:
    """Connect anew, and have the board drop the link: the code of the fault."""
    link = await wiring.open(attachment.ports[0], LINE)
    try:
        await link.receive()
        os.kill(holder, signal.SIGUSR1)
        while True:
            await link.receive()
    except LinkLost as fault:
        return fault.code
    finally:
        await link.close()


async def lengths(address: str) -> dict[str, Any]:
    """Write as much as the characteristic holds, which takes a long write, and one byte more."""
    device = await BleakScanner.find_device_by_address(address, timeout=WITHIN_S)
    if device is None:
        raise AssertionError(f"{address} does not advertise after its link was lost")
    async with BleakClient(device) as client:
        written = client.services.get_characteristic(ARDUINO.write)
        mtu = written.max_write_without_response_size + ATT_HEADER if written else 0
        await client.write_gatt_char(ARDUINO.write, bytes(LARGEST), response=True)
        try:
            await client.write_gatt_char(ARDUINO.write, bytes(LARGEST + 1), response=True)
        except BleakGATTProtocolError as error:
            return {"mtu": mtu, "too_long": error.code}
    return {"mtu": mtu, "too_long": 0}


async def main() -> None:
    heard: list[Nearby] = []

    def note(near: NearbyHeard) -> None:
        heard.extend(near.boards)

    label = SimulatedArduino(1).identity["ble_mac"].upper()
    wiring = BleWiring(1, heard=note, wishes=[label])
    changes = wiring.changes()
    change = await anext(changes)
    found_s = time.monotonic() - BEGUN_S
    assert isinstance(change, Attached)
    following = asyncio.create_task(anext(changes), name="the scan goes on")
    told = await dialogue(wiring, change.attachment)
    told |= {"label": label, "found_s": found_s, "told_s": time.monotonic() - BEGUN_S}
    told["loss"] = await loss(wiring, change.attachment, int(sys.argv[1]))
    following.cancel()
    await asyncio.wait([following])
    await changes.aclose()
    told |= await lengths(change.attachment.ports[0].path)
    print(json.dumps(told), flush=True)


BEGUN_S = time.monotonic()
asyncio.run(main())
