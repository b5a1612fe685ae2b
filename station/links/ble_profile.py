"""How a product speaks over Bluetooth: its service, its characteristics and the pace it can take."""

from __future__ import annotations

import re
from dataclasses import dataclass

ADDRESS_BYTES = 6


@dataclass(frozen=True, slots=True)
class Profile:
    """What a board on the air is known by, and how it takes bytes.

    `service`, `write` and `indicate` are UUIDs in lower case; subscribing to `indicate` is what
    begins a session. `name` matches what the board calls itself, with the groups `vid` and `pid`
    in hex. `company_id` is that of the manufacturer data, which hold the board's address, the most
    significant byte first. No write is longer than `largest_write` bytes, and the next one is made
    `pause_s` seconds after its answer at the earliest.
    """

    service: str
    write: str
    indicate: str
    name: re.Pattern[str]
    company_id: int
    largest_write: int
    pause_s: float

    def usb_ids(self, name: str) -> tuple[int, int] | None:
        """Return vendor and product id, as a board's name tells them."""
        found = self.name.fullmatch(name)
        return (int(found["vid"], 16), int(found["pid"], 16)) if found else None

    def label(self, told: bytes) -> str:
        """Return the address in a board's manufacturer data, as its label has it; or nothing."""
        return told.hex(":").upper() if len(told) == ADDRESS_BYTES else ""


ARDUINO = Profile(
    service="5e5be887-c816-4d4f-b431-9eb34b02f4d9",
    write="0000ffe1-0000-1000-8000-00805f9b34fc",
    indicate="0000ffe1-0000-1000-8000-00805f9b34fa",
    name=re.compile(r"Arduino-(?P<vid>[0-9a-fA-F]{4})-(?P<pid>[0-9a-fA-F]{4})"),
    company_id=0x09A3,
    largest_write=256,
    # The firmware keeps only what was written last, and looks at it once a loop.
    pause_s=0.05,
)
"""Arduino's board configuration service (Arduino_NetworkConfigurator 0.5.1)."""
