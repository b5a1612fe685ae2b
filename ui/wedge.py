"""Tells a scanner that types from a hand that types, by the times of the keys: no Qt, no clock.

Each key that a scanner could have pressed is held back until it is known who pressed it. A hand's
keys go on as they came: none is lost, and none overtakes another.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from station.model import EndKey, Wedge

MOST_LETTERS = 8192
"""Longer than the longest code (7089 digits in a QR code): a station that is flooded stays well."""

_SEPARATORS = "\x1c\x1d\x1e\x1f"
"""FS, GS, RS and US in codes of GS1 and ANSI MH10.8; scanners press Ctrl and a bracket for GS."""
_LINE_ENDS = "\r\n\t"


class Kind(Enum):
    """What a key could be to a scanner."""

    TEXT = auto()
    CONTROL = auto()
    """Ctrl and a letter: a control character within a code, otherwise a shortcut."""
    ENTER = auto()
    TAB = auto()
    MODIFIER = auto()
    OTHER = auto()
    """No scanner presses it: F6, an arrow, a dead key, a key that repeats by itself."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key that went down or came up.

    `key` tells it from other keys, `letters` is what it writes; `origin` is whatever is needed to
    let it go on later.
    """

    key: int
    at_ms: int
    pressed: bool
    kind: Kind
    letters: str = ""
    repeats: bool = False
    origin: object = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What becomes of a stroke: first `go_on` is let go, then the stroke itself if it `passes`.

    `scan` is a whole code; `spoilt` tells that one was too long, or not whole, and is dropped.
    """

    go_on: tuple[Stroke, ...] = ()
    passes: bool = False
    scan: str | None = None
    spoilt: bool = False


class _State(Enum):
    BURST = auto()
    """What is held may become a code."""
    TYPING = auto()
    """Its beginning went by as typed: what follows without a pause is never a code, cut short."""
    DROWNING = auto()
    """Too long: all of it is dropped until there is a pause."""


class Listener:
    """Takes strokes one by one in the order in which they came."""

    def __init__(self, how: Wedge) -> None:
        self._how = how
        self._ends = {Kind[EndKey(end).name] for end in how.ends}
        self._held: list[Stroke] = []
        self._size = 0
        self._state = _State.TYPING
        self._last_ms: int | None = None
        self._ended_ms: int | None = None
        self._eaten: set[int] = set()
        self._down: set[int] = set()
        self._began_ms = 0
        self._hole_ms: int | None = None

    @property
    def holds(self) -> bool:
        """Whether strokes are held back: `give_up` when no other comes within the gap."""
        return bool(self._held)

    def take(self, stroke: Stroke) -> Taken:
        """Say what becomes of `stroke`."""
        if stroke.repeats:
            return Taken() if stroke.key in self._eaten else self._pass(stroke)
        if not stroke.pressed:
            return self._take_release(stroke)
        self._eaten.discard(stroke.key)
        self._down.add(stroke.key)
        match self._kind(stroke):
            case Kind.TEXT:
                return self._take_text(stroke)
            case Kind.ENTER | Kind.TAB as kind if kind in self._ends:
                return self._take_end(stroke)
            case Kind.MODIFIER:
                return self._take_aside(stroke)
            case _:
                return self._pass(stroke)

    def give_up(self) -> tuple[Stroke, ...]:
        """Return all that was held: it was a hand's."""
        held = tuple(self._held)
        self._held.clear()
        self._size = 0
        if self._state is _State.BURST:
            self._state = _State.TYPING
        return held

    def _kind(self, stroke: Stroke) -> Kind:
        if stroke.kind is not Kind.CONTROL:
            return stroke.kind
        flows = self._flows(stroke, self._last_ms)
        if stroke.letters in _LINE_ENDS and (flows or self._flows(stroke, self._ended_ms)):
            return Kind.ENTER
        if stroke.letters in _SEPARATORS or (flows and self._held):
            return Kind.TEXT
        return Kind.OTHER

    def _flows(self, stroke: Stroke, before_ms: int | None) -> bool:
        # The X server's time begins anew after 49 days: a time before the last one is a pause.
        return before_ms is not None and 0 <= stroke.at_ms - before_ms <= self._how.gap_ms

    def _take_text(self, stroke: Stroke) -> Taken:
        go_on: tuple[Stroke, ...] = ()
        if not self._flows(stroke, self._last_ms):
            go_on = self.give_up()
            begins = self._how.prefix[:1] in {"", stroke.letters[:1]}
            self._state = _State.BURST if begins else _State.TYPING
            self._began_ms = stroke.at_ms
        self._last_ms = stroke.at_ms
        match self._state:
            case _State.TYPING:
                return Taken(go_on, passes=True)
            case _State.DROWNING:
                self._eaten.add(stroke.key)
                return Taken(go_on)
            case _:
                return self._hold_text(stroke, go_on)

    def _hold_text(self, stroke: Stroke, go_on: tuple[Stroke, ...]) -> Taken:
        self._held.append(stroke)
        self._size += len(stroke.letters)
        if self._size <= MOST_LETTERS:
            return Taken(go_on)
        self._state = _State.DROWNING
        return Taken((*go_on, *self._eat()), spoilt=True)

    def _take_end(self, stroke: Stroke) -> Taken:
        flows = self._flows(stroke, self._last_ms)
        follows = self._flows(stroke, self._ended_ms) and not self._held
        drowns = flows and self._state is _State.DROWNING
        text = self._text() if flows else None
        self._last_ms = None
        if text is None and not (follows or drowns):
            return self._pass(stroke)
        # Some scanners end a line with two keys: the second belongs to the first.
        self._ended_ms = None if follows else stroke.at_ms
        self._eaten.add(stroke.key)
        if text is not None and self._has_hole():
            return Taken(self._eat(), spoilt=True)
        return Taken(self._eat(), scan=text)

    def _has_hole(self) -> bool:
        """Tell whether a key came up that was never seen to go down: one of the code is missing.

        An input method in front of us takes dead keys for itself (Qt's own does so on X11).
        """
        return self._hole_ms is not None and self._hole_ms >= self._began_ms - self._how.gap_ms

    def _text(self) -> str | None:
        text = "".join(stroke.letters for stroke in self._held if stroke.pressed)
        bare = text.removeprefix(self._how.prefix)
        whole = self._state is _State.BURST and text.startswith(self._how.prefix)
        return bare if whole and len(bare) >= self._how.least else None

    def _take_release(self, stroke: Stroke) -> Taken:
        if stroke.key not in self._down and stroke.kind is not Kind.MODIFIER:
            self._hole_ms = stroke.at_ms
        self._down.discard(stroke.key)
        if stroke.key in self._eaten:
            self._eaten.discard(stroke.key)
            return Taken()
        return self._take_aside(stroke)

    def _take_aside(self, stroke: Stroke) -> Taken:
        """Hold what no code is made of in its place among what is held."""
        if not self._held:
            return Taken(passes=True)
        self._held.append(stroke)
        return Taken()

    def _pass(self, stroke: Stroke) -> Taken:
        go_on = self.give_up()
        return Taken(go_on, passes=True)

    def _eat(self) -> tuple[Stroke, ...]:
        """Drop what is held; return the releases in it of keys that had gone on before."""
        others: list[Stroke] = []
        down: set[int] = set()
        for stroke in self._held:
            if stroke.pressed:
                down.add(stroke.key)
            elif stroke.key in down:
                down.discard(stroke.key)
            else:
                others.append(stroke)
        self._eaten |= down
        self._held.clear()
        self._size = 0
        return tuple(others)
