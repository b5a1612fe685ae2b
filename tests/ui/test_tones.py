"""The three sounds: unlike in pitch and rhythm, without clicks, as loud as they were asked to be."""

from __future__ import annotations

import math
import struct
import wave
from io import BytesIO
from itertools import combinations

import pytest

from ui import tones
from ui.tones import RATE_HZ, Sound

LOUD = 100


def samples(sound: Sound, volume: int = LOUD) -> tuple[int, ...]:
    with wave.open(BytesIO(tones.wav(sound, volume))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE_HZ)
        count = file.getnframes()
        return struct.unpack(f"<{count}h", file.readframes(count))


def strength(played: tuple[int, ...], hertz: float) -> float:
    """Return how much of `hertz` is in what was played (Goertzel's sum, by its definition)."""
    turn = 2 * math.pi * hertz / RATE_HZ
    real = sum(s * math.cos(turn * n) for n, s in enumerate(played))
    imaginary = sum(s * math.sin(turn * n) for n, s in enumerate(played))
    return math.hypot(real, imaginary) / len(played)


def rhythm(sound: Sound) -> tuple[float, ...]:
    """Return how many seconds of sound lie between the silences."""
    block = RATE_HZ // 100
    played = samples(sound)
    loud = [max(map(abs, played[n : n + block])) > 500 for n in range(0, len(played), block)]
    bursts = "".join("x" if each else " " for each in loud).split()
    return tuple(len(burst) / 100 for burst in bursts)


@pytest.mark.parametrize("sound", Sound)
def test_each_note_is_heard_at_its_pitch(sound: Sound) -> None:
    played, at = samples(sound), 0
    for note in tones.TUNES[sound]:
        count = round(note.seconds * RATE_HZ)
        heard, at = played[at : at + count], at + count
        if note.hertz:
            assert strength(heard, note.hertz) > 3 * strength(heard, note.hertz * 1.5)
        else:
            assert set(heard) == {0}
    assert at == len(played)


def test_no_two_sounds_share_their_pitches_or_their_rhythm() -> None:
    for a, b in combinations(Sound, 2):
        pitches = [{note.hertz for note in tones.TUNES[each] if note.hertz} for each in (a, b)]
        assert not pitches[0] & pitches[1]
        assert rhythm(a) != rhythm(b)
    assert [len(rhythm(sound)) for sound in Sound] == [1, 3, 2]


@pytest.mark.parametrize("sound", Sound)
def test_a_sound_neither_clicks_nor_is_cut_off_at_its_loudest(sound: Sound) -> None:
    played, at = samples(sound), 0
    peak = max(map(abs, played))
    assert 15_000 < peak < 32_767
    for note in tones.TUNES[sound]:
        count = round(note.seconds * RATE_HZ)
        heard, at = played[at : at + count], at + count
        for edge in (heard[:10], heard[-10:]):
            assert max(map(abs, edge)) < peak / 6
    assert tones.seconds(sound) == pytest.approx(len(played) / RATE_HZ, abs=0.001)


def test_the_volume_is_that_of_the_ear() -> None:
    loud, half = (max(samples(Sound.PASS, volume)) for volume in (100, 50))
    assert half / loud == pytest.approx(0.5 ** (1 / 0.6), rel=0.01)
    assert set(samples(Sound.FAIL, 0)) == {0}
    assert samples(Sound.PASS, 200) == samples(Sound.PASS, 100)


def test_every_note_lies_where_worn_ears_hear_well() -> None:
    notes = [note for tune in tones.TUNES.values() for note in tune if note.hertz]
    assert all(200 <= note.hertz <= 1_400 for note in notes)
