"""Whether the whole station can work: its lamps, and a halt: why, since when, until when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from station.desk import Post
from station.model import Halted, Lamp, LampTurned, Resumed, Trouble

MOST_SELDOM_S = 300.0


@dataclass(slots=True)
class Halt:
    """The halt of the moment, if there is one.

    A trouble that comes back as soon as the station has resumed (a key that may look but not claim)
    is looked at less and less often, so that units are not tried again and again for nothing.
    """

    post: Post
    resumed: Callable[[], None]
    """Called when the station may work again."""
    trouble: Trouble | None = None
    _since_s: float = 0.0
    _last_code: str = ""
    _times: int = 0

    def begin(self, trouble: Trouble) -> None:
        """Note that the station can't work; nothing happens when that is known."""
        if self.trouble is None:
            self._times = self._times + 1 if trouble.code == self._last_code else 0
            self._last_code, self._since_s, self.trouble = trouble.code, monotonic(), trouble
            self.post(Halted(trouble))

    def end(self) -> None:
        """Note that it may work again."""
        if self.trouble:
            self.trouble = None
            self.post(Resumed())
            self.resumed()

    def lamp(self, name: str, trouble: Trouble | None) -> None:
        """Turn a lamp good, or bad when there is a trouble."""
        self.post(LampTurned(name, Lamp.BAD if trouble else Lamp.GOOD, trouble))

    def forget(self) -> None:
        """Note that a unit has passed: whatever it was, it is mended."""
        self._last_code, self._times = "", 0

    def is_to_be_looked_at(self, every_s: float) -> bool:
        """Whether it is time to see if it is mended, `every_s` seconds after the first halt."""
        if self.trouble is None:
            return False
        pause_s = min(every_s * float(2**self._times), MOST_SELDOM_S)
        return monotonic() - self._since_s >= pause_s
