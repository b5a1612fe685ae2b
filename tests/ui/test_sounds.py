"""What is heard of a screen's change, and that sixteen slots at once are heard as one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station.faults import KeyRefused
from station.model import (
    Event,
    Halted,
    Left,
    Loudness,
    Outcome,
    Recalled,
    Refused,
    Resumed,
    Scanned,
    Settled,
)
from tests.ui import stories
from ui.screen import Screen
from ui.sounds import Sounds, heard
from ui.tones import Sound

LINE = stories.told(stories.line(16))
RUNNING = stories.told(stories.begun("1", 1), LINE)


def after(screen: Screen, *events: Event) -> Sound | None:
    return heard(screen, stories.told(events, screen))


def all_end(outcome: Outcome, count: int = 16) -> list[Event]:
    ends = (stories.ended(str(n), n, outcome, None) for n in range(1, count + 1))
    return [event for end in ends for event in end]


@pytest.mark.parametrize("outcome", Outcome)
def test_a_run_s_end_is_heard_as_what_it_is(outcome: Outcome) -> None:
    expected = Sound.PASS if outcome is Outcome.PASS else Sound.FAIL
    assert after(RUNNING, *stories.ended("1", 1, outcome, None)) is expected


def test_a_run_that_began_and_ended_within_one_picture_is_heard() -> None:
    passed = stories.told(stories.ended("1", 1, Outcome.PASS, None), LINE)
    assert after(passed, *stories.ended("1", 2, Outcome.PASS, None)) is Sound.PASS


def test_what_stands_there_already_is_not_heard_again() -> None:
    failed = stories.told(stories.ended("1", 1, Outcome.UNKNOWN, None), LINE)
    assert after(failed, Scanned("SN-1")) is None
    assert after(failed, Settled(1, "claim", "key", done=True)) is None
    assert after(failed, Left("1")) is None
    assert after(Screen(), Recalled(())) is None


def test_whoever_is_wanted_is_called_once() -> None:
    wanted = list(stories.asked_for_a_hand("1", 1, stories.PIN))
    assert after(LINE, *wanted) is Sound.ATTENTION
    waiting = stories.told(wanted, LINE)
    assert after(waiting, Scanned("SN-1")) is None
    assert after(waiting, *stories.asked_for_a_hand("1", 2, stories.PIN)) is Sound.ATTENTION


def test_a_station_that_stops_or_refuses_calls() -> None:
    halt = Halted(KeyRefused().trouble)
    assert after(LINE, halt) is Sound.ATTENTION
    assert after(stories.told([halt], LINE), Resumed()) is None
    refusal = Refused(KeyRefused().trouble)
    assert after(LINE, refusal) is Sound.ATTENTION
    assert after(stories.told([refusal], LINE), refusal) is Sound.ATTENTION


def test_of_several_the_greatest_is_heard() -> None:
    mixed = [
        *stories.ended("1", 1, Outcome.PASS, None),
        *stories.ended("2", 2, Outcome.FAIL, None),
        *stories.asked_for_a_hand("3", 3, stories.PIN),
    ]
    assert after(LINE, *mixed) is Sound.FAIL
    assert after(LINE, *mixed[-6:]) is Sound.ATTENTION


class Ear:
    """Hears every file that is played."""

    def __init__(self, *, able: bool = True) -> None:
        self.heard: list[str] = []
        self.bytes: list[bytes] = []
        self.able = able

    def play(self, path: Path) -> bool:
        self.heard.append(path.stem)
        self.bytes.append(path.read_bytes())
        return self.able


def test_sixteen_slots_that_pass_are_heard_as_one(qtbot: QtBot) -> None:
    ear = Ear()
    sounds = Sounds(Loudness(), player=ear)
    screen = LINE
    for n in range(1, 17):
        now = stories.told(stories.ended(str(n), n, Outcome.PASS, None), screen)
        sounds.after(screen, now)
        screen = now
    assert ear.heard == ["pass"]


def test_a_greater_sound_follows_a_lesser_one_never_the_other_way(qtbot: QtBot) -> None:
    ear = Ear()
    sounds = Sounds(Loudness(), player=ear)
    sounds.play(Sound.PASS)
    sounds.play(Sound.ATTENTION)
    sounds.play(Sound.FAIL)
    sounds.play(Sound.ATTENTION)
    assert ear.heard == ["pass"]
    qtbot.waitUntil(lambda: ear.heard == ["pass", "fail"])
    sounds.play(Sound.PASS)
    assert ear.heard == ["pass", "fail"]


def test_the_next_unit_is_heard_once_the_last_has_been(qtbot: QtBot) -> None:
    ear = Ear()
    sounds = Sounds(Loudness(), player=ear)
    sounds.play(Sound.PASS)

    def again() -> bool:
        sounds.play(Sound.PASS)
        return len(ear.heard) == 2

    qtbot.waitUntil(again)


def test_a_station_that_is_off_is_not_heard(qtbot: QtBot) -> None:
    ear = Ear()
    sounds = Sounds(Loudness(on=False), player=ear)
    passed = stories.told(all_end(Outcome.PASS, 1), LINE)
    sounds.after(LINE, passed)
    assert ear.heard == []
    sounds.set_loudness(Loudness(on=True))
    sounds.after(LINE, passed)
    assert ear.heard == ["pass"]


def test_another_volume_is_heard_with_the_next_sound(qtbot: QtBot) -> None:
    ear = Ear()
    for volume in (100, 10):
        sounds = Sounds(Loudness(volume=100), player=ear)
        sounds.set_loudness(Loudness(volume=volume))
        sounds.play(Sound.PASS)
    loud, soft = ear.bytes
    assert len(loud) == len(soft)
    assert loud != soft


def test_a_computer_that_plays_nothing_is_told_once(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    ear = Ear(able=False)
    sounds = Sounds(Loudness(), player=ear)
    sounds.play(Sound.PASS)
    sounds.play(Sound.FAIL)
    assert ear.heard == ["pass"]
    assert [record.message.split(":")[0] for record in caplog.records] == ["no sound"]
