"""What every fault is."""

from __future__ import annotations

from typing import ClassVar

from station.model import Outcome, Trouble


class Fault(Exception):
    """A thing that goes wrong on a line, foreseen and named.

    `halts`: it concerns the whole station, so that no further unit is begun until it is mended.
    `leaves_open`: the deed that was asked for may have been done all the same.
    `lamp`: what the whole line leans on and is in trouble; empty when it is only this unit.
    `skippable`: it is a check that a second person may let a unit off, once.
    """

    code: ClassVar[str]
    outcome: ClassVar[Outcome]
    says: ClassVar[str]
    remedy: ClassVar[str]
    halts: ClassVar[bool] = False
    leaves_open: ClassVar[bool] = False
    lamp: ClassVar[str] = ""
    skippable: ClassVar[bool] = False

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.says} ({self.detail})" if self.detail else self.says

    @property
    def trouble(self) -> Trouble:
        """The fault as data, for events and the record."""
        return Trouble(
            self.code,
            self.says,
            self.remedy,
            self.detail,
            self.halts,
            self.lamp,
            self.skippable,
        )
