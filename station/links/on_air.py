"""Who is heard on the air and how loud. Knows no clock: the time of each hearing is told."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace

from station.model import Nearby

FORGET_S = 10.0
"""A board that was not heard for so long is not on the air."""

STEADY_COUNT, STEADY_S = 3, 3.0
"""How often, and within how many seconds, a board must be heard before its level tells anything."""

NEWEST_WEIGHS = 0.3
"""What the newest level counts for beside all before: single ones jump by 10 dB and more."""


@dataclass(slots=True)
class _Voice:
    board: Nearby
    level_dbm: float
    heard_s: deque[float] = field(default_factory=lambda: deque(maxlen=STEADY_COUNT))


class Air:
    """The boards that are heard, by the address that the system knows them by."""

    def __init__(self) -> None:
        self._voices: dict[str, _Voice] = {}

    def hear(self, told: Nearby, now_s: float) -> bool:
        """Take in one advertisement, and return whether it told of something new.

        A name or a label that an advertisement leaves out stays what it was: a name comes in an
        answer of its own.
        """
        voice = self._voices.get(told.address)
        if voice is None:
            voice = self._voices[told.address] = _Voice(told, told.rssi_dbm)
            before = None
        else:
            before = voice.board
            voice.level_dbm += NEWEST_WEIGHS * (told.rssi_dbm - voice.level_dbm)
        voice.board = replace(
            told,
            name=told.name or voice.board.name,
            label=told.label or voice.board.label,
            rssi_dbm=round(voice.level_dbm),
        )
        voice.heard_s.append(now_s)
        return before is None or replace(before, rssi_dbm=voice.board.rssi_dbm) != voice.board

    def forget(self, now_s: float) -> None:
        """Drop those that were not heard for a while."""
        for address, voice in tuple(self._voices.items()):
            if now_s - voice.heard_s[-1] > FORGET_S:
                del self._voices[address]

    def boards(self) -> tuple[Nearby, ...]:
        """Return those that have told their name, the loudest first."""
        heard = (voice.board for voice in self._voices.values() if voice.board.name)
        return tuple(sorted(heard, key=lambda board: (-board.rssi_dbm, board.address)))

    def is_steady(self, address: str, now_s: float) -> bool:
        """Whether a board was heard often enough of late for its level to tell anything."""
        voice = self._voices.get(address)
        if voice is None or len(voice.heard_s) < STEADY_COUNT:
            return False
        return now_s - voice.heard_s[0] <= STEADY_S
