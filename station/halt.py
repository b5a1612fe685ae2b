"""A halt of the whole station: why, since when, and when it is looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from station.model import Trouble

MOST_SELDOM_S = 300.0


@dataclass(slots=True)
class Halt:
    """The halt of the moment, if there is one.

    A trouble that comes back as soon as the station has resumed (a key that may look but not claim)
    is looked at less and less often, so that units are not tried again and again for nothing.
    """

    trouble: Trouble | None = None
    _since_s: float = 0.0
    _last_code: str = ""
    _times: int = 0

    def begin(self, trouble: Trouble) -> None:
        """Note that the station can't work."""
        self._times = self._times + 1 if trouble.code == self._last_code else 0
        self._last_code, self._since_s, self.trouble = trouble.code, monotonic(), trouble

    def end(self) -> None:
        """Note that it may work again."""
        self.trouble = None

    def forget(self) -> None:
        """Note that a unit has passed: whatever it was, it is mended."""
        self._last_code, self._times = "", 0

    def is_to_be_looked_at(self, every_s: float) -> bool:
        """Whether it is time to see if it is mended, `every_s` seconds after the first halt."""
        if self.trouble is None:
            return False
        pause_s = min(every_s * float(2**self._times), MOST_SELDOM_S)
        return monotonic() - self._since_s >= pause_s
