"""A scanner is told from a hand by the times of the keys alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.model import EndKey, Wedge
from ui import wedge
from ui.wedge import Kind, Listener, Stroke

SHIFT, ENTER, TAB, F6 = 9001, 9002, 9003, 9004
GS = "\x1d"


class Keyboard:
    """Plays strokes to a listener by a clock of its own and notes what comes of them.

    As the window does, it gives up waiting once a gap has passed without a key.
    """

    def __init__(self, how: Wedge | None = None) -> None:
        self.how = how or Wedge()
        self.listener = Listener(self.how)
        self.at_ms = 1_000
        self.due_ms: int | None = None
        self.played: list[Stroke] = []
        self.went_on: list[Stroke] = []
        self.scans: list[str] = []
        self.spoilt = 0

    def pause(self, ms: int) -> None:
        self.at_ms += ms
        if self.due_ms is not None and self.at_ms > self.due_ms:
            self.went_on += self.listener.give_up()
            self.due_ms = None

    def play(self, key: int, kind: Kind, letters: str = "", *, pressed: bool = True) -> None:
        self.take(Stroke(key, self.at_ms, pressed, kind, letters))

    def take(self, stroke: Stroke) -> None:
        self.played.append(stroke)
        taken = self.listener.take(stroke)
        self.went_on += taken.go_on
        if taken.passes:
            self.went_on.append(stroke)
        if taken.scan is not None:
            self.scans.append(taken.scan)
        self.spoilt += taken.spoilt
        self.due_ms = self.at_ms + self.how.gap_ms if self.listener.holds else None

    def tap(self, key: int, kind: Kind, letters: str = "", after_ms: int = 0) -> None:
        self.pause(after_ms)
        self.play(key, kind, letters)
        self.play(key, kind, letters, pressed=False)

    def types(self, text: str, gap_ms: int) -> None:
        for letter in text:
            self.tap(ord(letter), Kind.TEXT, letter, gap_ms)

    def scans_code(self, text: str, gap_ms: int = 3, end: int = ENTER) -> None:
        for letter in text:
            kind = Kind.CONTROL if letter < " " else Kind.TEXT
            self.tap(ord(letter), kind, letter, gap_ms)
        self.tap(end, {ENTER: Kind.ENTER, TAB: Kind.TAB}[end], "", gap_ms)

    @property
    def typed(self) -> str:
        return "".join(stroke.letters for stroke in self.went_on if stroke.pressed)


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard()


@pytest.mark.parametrize("end", [ENTER, TAB])
def test_a_burst_that_ends_is_one_code_and_nothing_is_typed(keyboard: Keyboard, end: int) -> None:
    keyboard.scans_code("F412FA650121", end=end)
    keyboard.pause(1_000)
    assert (keyboard.scans, keyboard.went_on) == (["F412FA650121"], [])


@pytest.mark.parametrize(("gap_ms", "is_scan"), [(50, True), (51, False)])
def test_the_gap_is_the_border(keyboard: Keyboard, gap_ms: int, is_scan: bool) -> None:
    keyboard.scans_code("ABCDEF", gap_ms)
    keyboard.pause(1_000)
    assert (keyboard.scans, keyboard.typed) == ((["ABCDEF"], "") if is_scan else ([], "ABCDEF"))


@pytest.mark.parametrize(("text", "is_scan"), [("ABC", False), ("ABCD", True)])
def test_less_than_the_least_is_typed(keyboard: Keyboard, text: str, is_scan: bool) -> None:
    keyboard.scans_code(text)
    assert bool(keyboard.scans) is is_scan
    assert keyboard.went_on == ([] if is_scan else keyboard.played)


def test_a_hand_loses_nothing_and_its_keys_keep_their_order(keyboard: Keyboard) -> None:
    keyboard.types("Anna Kowalska", 90)
    keyboard.tap(ENTER, Kind.ENTER, "", 120)
    assert keyboard.went_on == keyboard.played
    assert keyboard.scans == []


def test_keys_that_roll_over_each_other_keep_their_order(keyboard: Keyboard) -> None:
    for letter, pressed in (("a", True), ("b", True), ("a", False), ("c", True)):
        keyboard.play(ord(letter), Kind.TEXT, letter, pressed=pressed)
        keyboard.pause(20)
    keyboard.pause(100)
    for letter in "bc":
        keyboard.play(ord(letter), Kind.TEXT, letter, pressed=False)
    assert keyboard.went_on == keyboard.played


def test_a_shortcut_passes_at_once_and_after_what_was_typed_before(keyboard: Keyboard) -> None:
    keyboard.tap(F6, Kind.OTHER)
    assert len(keyboard.went_on) == 2
    keyboard.types("x", 500)
    keyboard.tap(F6, Kind.OTHER, "", 10)
    assert keyboard.went_on == keyboard.played


def test_a_key_that_repeats_is_no_scanner(keyboard: Keyboard) -> None:
    first = Stroke(ord("0"), 0, pressed=True, kind=Kind.TEXT, letters="0")
    keyboard.take(first)
    for _ in range(11):
        keyboard.at_ms += 30
        keyboard.take(replace(first, at_ms=keyboard.at_ms, repeats=True))
    keyboard.tap(ENTER, Kind.ENTER, "", 10)
    assert keyboard.scans == []
    assert keyboard.went_on == keyboard.played


def test_enter_that_is_held_down_repeats_at_nobody_after_a_code(keyboard: Keyboard) -> None:
    for letter in "CODE":
        keyboard.tap(ord(letter), Kind.TEXT, letter, 2)
    enter = Stroke(ENTER, keyboard.at_ms, pressed=True, kind=Kind.ENTER)
    for stroke in (enter, replace(enter, repeats=True), replace(enter, pressed=False)):
        keyboard.take(stroke)
    assert (keyboard.scans, keyboard.went_on) == (["CODE"], [])
    keyboard.tap(ENTER, Kind.ENTER, "", 500)
    assert len(keyboard.went_on) == 2


def test_shift_of_a_scanner_goes_with_its_letters_and_that_of_a_hand_stays(
    keyboard: Keyboard,
) -> None:
    keyboard.play(SHIFT, Kind.MODIFIER)
    keyboard.tap(ord("S"), Kind.TEXT, "S", 2)
    keyboard.play(SHIFT, Kind.MODIFIER, pressed=False)
    keyboard.scans_code("n17")
    assert keyboard.scans == ["Sn17"]
    assert [stroke.key for stroke in keyboard.went_on] == [SHIFT, SHIFT]
    keyboard.pause(500)
    keyboard.play(SHIFT, Kind.MODIFIER)
    keyboard.tap(ord("L"), Kind.TEXT, "L", 60)
    keyboard.play(SHIFT, Kind.MODIFIER, pressed=False)
    keyboard.pause(500)
    assert keyboard.went_on[2:] == keyboard.played[-4:]


def test_a_group_separator_is_a_part_of_a_code_and_a_shortcut_alone(keyboard: Keyboard) -> None:
    keyboard.scans_code(f"]C101040123456789010{GS}21A7")
    assert keyboard.scans == [f"]C101040123456789010{GS}21A7"]
    keyboard.scans_code(f"{GS}21A7")
    assert keyboard.scans[1] == f"{GS}21A7"
    keyboard.tap(ord("]"), Kind.CONTROL, GS, 500)
    keyboard.pause(51)
    assert keyboard.typed == GS


def test_ctrl_c_is_a_shortcut(keyboard: Keyboard) -> None:
    keyboard.tap(ord("c"), Kind.CONTROL, "\x03")
    assert keyboard.went_on == keyboard.played


def test_three_codes_within_a_tenth_of_a_second_are_three(keyboard: Keyboard) -> None:
    for code in ("1111", "2222", "3333"):
        keyboard.scans_code(code, 2)
    assert keyboard.at_ms - 1_000 < 100
    assert (keyboard.scans, keyboard.went_on) == (["1111", "2222", "3333"], [])


@pytest.mark.parametrize(
    ("kind", "letters"), [(Kind.ENTER, ""), (Kind.CONTROL, "\n"), (Kind.TAB, "")]
)
def test_a_second_end_belongs_to_the_first(keyboard: Keyboard, kind: Kind, letters: str) -> None:
    keyboard.scans_code("ABCD")
    keyboard.tap(8, kind, letters, 5)
    assert keyboard.went_on == []
    keyboard.tap(8, kind, letters, 5)
    assert len(keyboard.went_on) == 2, "a third one is a hand's"


def test_a_line_feed_ends_a_code(keyboard: Keyboard) -> None:
    for letter in "ABCD":
        keyboard.tap(ord(letter), Kind.TEXT, letter, 3)
    keyboard.tap(8, Kind.CONTROL, "\n", 3)
    assert (keyboard.scans, keyboard.went_on) == (["ABCD"], [])


def test_a_code_whose_beginning_went_by_as_typed_is_never_cut_short(keyboard: Keyboard) -> None:
    keyboard.types("AB", 3)
    keyboard.went_on += keyboard.listener.give_up()  # the window was late: the keys were not
    keyboard.scans_code("123456")
    assert keyboard.scans == []
    assert keyboard.went_on == keyboard.played


def test_a_hand_does_not_spoil_the_code_that_follows(keyboard: Keyboard) -> None:
    keyboard.types("ab", 120)
    keyboard.pause(60)
    keyboard.scans_code("ABCDEF")
    assert (keyboard.scans, keyboard.typed) == (["ABCDEF"], "ab")


def test_a_key_of_a_hand_that_comes_up_during_a_code_comes_up(keyboard: Keyboard) -> None:
    keyboard.play(F6, Kind.OTHER)
    keyboard.types("AB", 3)
    keyboard.play(F6, Kind.OTHER, pressed=False)
    keyboard.scans_code("CD")
    assert keyboard.scans == ["ABCD"]
    assert [(each.key, each.pressed) for each in keyboard.went_on] == [(F6, True), (F6, False)]


def test_with_a_prefix_only_what_begins_with_it_is_held() -> None:
    keyboard = Keyboard(Wedge(prefix="~>"))
    keyboard.scans_code("~>ABCDEF")
    assert keyboard.scans == ["ABCDEF"]
    keyboard.pause(500)
    keyboard.types("A", 0)
    assert keyboard.typed == "A", "a hand's key does not wait"
    keyboard.scans_code("BCDEF")
    keyboard.pause(500)
    keyboard.scans_code("~BCDEF")
    assert keyboard.scans == ["ABCDEF"]
    assert keyboard.typed == "ABCDEF~BCDEF"


def test_only_the_ends_that_are_set_end() -> None:
    keyboard = Keyboard(Wedge(ends=(EndKey.ENTER,)))
    keyboard.scans_code("ABCDEF", end=TAB)
    assert keyboard.went_on == keyboard.played


def test_a_flood_is_dropped_and_the_next_code_is_whole(
    keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wedge, "MOST_LETTERS", 100)
    keyboard.scans_code("x" * 300)
    assert (keyboard.scans, keyboard.spoilt, keyboard.went_on) == ([], 1, [])
    keyboard.scans_code("ABCD")
    assert (keyboard.scans, keyboard.went_on) == (["ABCD"], [])


@pytest.mark.parametrize("at", [0, 3])
def test_a_code_of_which_an_input_method_took_a_key_is_dropped(keyboard: Keyboard, at: int) -> None:
    for n, letter in enumerate("ABCDEF"):
        if n == at:  # a dead key: it was not seen to go down
            keyboard.play(900, Kind.OTHER, pressed=False)
        keyboard.tap(ord(letter), Kind.TEXT, letter, 3)
    keyboard.tap(ENTER, Kind.ENTER, "", 3)
    assert (keyboard.scans, keyboard.spoilt) == ([], 1)
    assert [stroke.key for stroke in keyboard.went_on] == [900]
    keyboard.pause(500)
    keyboard.scans_code("ABCDEF")
    assert (keyboard.scans, keyboard.spoilt) == (["ABCDEF"], 1)


def test_a_key_that_went_down_elsewhere_costs_a_hand_nothing(keyboard: Keyboard) -> None:
    keyboard.types("ab", 20)
    keyboard.play(900, Kind.OTHER, pressed=False)
    keyboard.types("cd", 20)
    keyboard.pause(500)
    assert keyboard.went_on == keyboard.played


def test_a_time_that_begins_anew_is_a_pause(keyboard: Keyboard) -> None:
    keyboard.at_ms = 2**32 - 4
    keyboard.types("AB", 1)
    keyboard.at_ms = 1
    keyboard.due_ms = None
    keyboard.scans_code("CDEF")
    assert (keyboard.scans, keyboard.typed) == (["CDEF"], "AB")


KEYS = {
    **{ord(letter): (Kind.TEXT, letter) for letter in "ab"},
    SHIFT: (Kind.MODIFIER, ""),
    ENTER: (Kind.ENTER, ""),
    F6: (Kind.OTHER, ""),
    29: (Kind.CONTROL, GS),
    3: (Kind.CONTROL, "\x03"),
}
TAPS = st.tuples(st.sampled_from(sorted(KEYS)), st.integers(0, 120), st.booleans())


@given(st.lists(TAPS, max_size=40))
def test_whatever_is_played_is_either_a_code_or_goes_on_in_its_order(
    taps: Iterable[tuple[int, int, bool]],
) -> None:
    keyboard = Keyboard(Wedge(least=2))
    for key, pause_ms, pressed in taps:
        keyboard.pause(pause_ms)
        keyboard.play(key, *KEYS[key], pressed=pressed)
    keyboard.went_on += keyboard.listener.give_up()
    places = {id(stroke): n for n, stroke in enumerate(keyboard.played)}
    went = [places[id(stroke)] for stroke in keyboard.went_on]
    assert went == sorted(went)
    assert len(set(went)) == len(went)
    gone = [stroke for n, stroke in enumerate(keyboard.played) if n not in set(went)]
    eaten = "".join(stroke.letters for stroke in gone if stroke.pressed)
    if not keyboard.spoilt:
        assert eaten == "".join(keyboard.scans)
    if not keyboard.scans and not keyboard.spoilt:
        assert keyboard.went_on == keyboard.played
