"""How loud a station is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loudness:
    """Whether the station is heard at all, and its volume from 0 to 100."""

    on: bool = True
    volume: int = 60
