"""How fast a step's bytes come, and how long the rest will take. Knows no clock and no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

SILENT_S = 1.0
"""Nothing is said of what is left before bytes have come for so long: the first ones tell little."""
GIVE_S, GIVE_SHARE = 2.0, 0.25
"""An end that was told stands until the reckoned one is off by more: seconds must not jump."""

STALL_S = 3.0
"""After so long without a byte the rest takes longer than was told, and that is said."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The bytes of one step: `done` of `total`, the first `first` of them known at `began_s`.

    `came_s` is when the last of these came, `ends_s` when the last of all is thought to come, both
    moments of the monotonic clock.
    """

    first: int
    done: int
    total: int
    began_s: float
    came_s: float
    ends_s: float | None = None

    def left_s(self, now_s: float) -> int | None:
        """Return the whole seconds that are left, at least one; None while nobody can say."""
        if self.ends_s is None or self.done >= self.total:
            return None
        return max(1, round(self.ends_s - now_s))

    def at(self, now_s: float) -> Pace:
        """Return the pace as it is at `now_s`, with no more bytes: reckoned anew if none come."""
        stalls = now_s - self.came_s >= STALL_S
        return self.reckoned(now_s) if stalls or self.ends_s is None else self

    def after(self, done: int, now_s: float) -> Pace:
        """Return the pace once `done` bytes have come."""
        return replace(self, done=done, came_s=now_s).reckoned(now_s)

    def reckoned(self, now_s: float) -> Pace:
        """Return the pace with its end reckoned from all that came up to `now_s`."""
        moved, took_s = self.done - self.first, now_s - self.began_s
        if moved <= 0 or took_s < SILENT_S:
            return self
        left_s = (self.total - self.done) * took_s / moved
        give_s = max(GIVE_S, GIVE_SHARE * left_s)
        stands = self.ends_s is not None and abs(self.ends_s - now_s - left_s) <= give_s
        return self if stands else replace(self, ends_s=now_s + left_s)


def after(pace: Pace | None, advanced: tuple[int, int], now_s: float) -> Pace | None:
    """Return the pace once `advanced` (done, total) is known; None while no total is.

    Bytes that are fewer than before, or another total, are another image: it begins anew.
    """
    done, total = advanced
    if total <= 0:
        return None
    if pace is None or pace.total != total or done < pace.done:
        return Pace(done, done, total, began_s=now_s, came_s=now_s)
    return pace.after(done, now_s)
