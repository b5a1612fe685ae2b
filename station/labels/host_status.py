"""What a Zebra printer answers to ~HS (Zebra's guide to ZPL): three strings of flags and counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from station.faults import (
    HeadOpen,
    PaperOut,
    PrinterBusy,
    PrinterFault,
    PrinterHot,
    PrinterPaused,
    RibbonOut,
)

ASK = b"~HS\r\n"
STRINGS, END = 3, b"\x03\r\n"

_STRING = re.compile(rb"\x02([^\x02\x03]*)\x03")


@dataclass(frozen=True, slots=True)
class HostStatus:
    """What the station makes of it. `waiting` counts labels that are not printed yet."""

    paper_out: bool
    paused: bool
    waiting: int
    buffer_full: bool
    out_of_temperature: bool
    head_open: bool
    ribbon_out: bool

    @property
    def fault(self) -> PrinterFault | None:
        """What keeps it from printing. What a hand must mend comes before its consequences."""
        known: tuple[tuple[bool, type[PrinterFault]], ...] = (
            (self.head_open, HeadOpen),
            (self.paper_out, PaperOut),
            (self.ribbon_out, RibbonOut),
            (self.out_of_temperature, PrinterHot),
            (self.paused, PrinterPaused),
        )
        return next((kind() for there, kind in known if there), None)

    @property
    def refusal(self) -> PrinterFault | None:
        """What speaks against sending a label now."""
        return self.fault or (PrinterBusy() if self.buffer_full else None)


def host_status(answer: bytes) -> HostStatus:
    """Read the answer to ~HS.

    Raises:
        ValueError: it is none.

    """
    strings = [found.decode("ascii").split(",") for found in _STRING.findall(answer)]
    if [len(each) for each in strings] != [12, 11, 2]:
        raise ValueError("not the three strings of an answer to ~HS")
    first, second, _ = strings
    return HostStatus(
        paper_out=first[1] == "1",
        paused=first[2] == "1",
        waiting=int(first[4]) + int(second[8]),
        buffer_full=first[5] == "1",
        out_of_temperature="1" in (first[10], first[11]),
        head_open=second[2] == "1",
        ribbon_out=second[3] == "1",
    )
