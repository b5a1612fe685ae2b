"""The three sounds, as notes, and the WAV files that are made of them. No Qt.

They differ in pitch and in rhythm, so that one is known from another in a noisy hall and by ears
that hear only low or only high notes: a pass rises once, a fail is low and falls slowly, a call for
attention is three short notes of one pitch. All notes lie between 200 and 1,400 Hz, where hearing
that noise or age has damaged is still good (loss begins at 3 to 6 kHz: ISO 1999).
"""

from __future__ import annotations

import math
import struct
import wave
from dataclasses import dataclass
from enum import IntEnum
from io import BytesIO

RATE_HZ = 11_025
FADE_S = 0.008
"""How long a note takes to swell and to die away: shorter, it clicks."""
_LOUDEST = 0.8
"""Of the scale's end, at full volume."""


class Sound(IntEnum):
    """What is heard; of several at once the greatest."""

    PASS = 1
    ATTENTION = 2
    FAIL = 3


@dataclass(frozen=True, slots=True)
class Note:
    """A pitch (0 is silence) for a while; `overtones` are the shares of its multiples."""

    hertz: float
    seconds: float
    overtones: tuple[float, ...] = (0.25,)


_BUZZ = (0.5, 0.35, 0.2)
_CALL = Note(880, 0.09)
_REST = Note(0, 0.07)

TUNES: dict[Sound, tuple[Note, ...]] = {
    Sound.PASS: (Note(784, 0.09), Note(1175, 0.20)),
    Sound.ATTENTION: (_CALL, _REST, _CALL, _REST, _CALL),
    Sound.FAIL: (Note(311, 0.22, _BUZZ), Note(0, 0.05), Note(220, 0.38, _BUZZ)),
}


def seconds(sound: Sound) -> float:
    """Return how long `sound` is heard."""
    return sum(note.seconds for note in TUNES[sound])


def wav(sound: Sound, volume: int) -> bytes:
    """Return `sound` as a WAV file, one channel of 16 bits; `volume` goes from 0 to 100.

    Twice the number is heard as about twice as loud: the ear counts steps of its own (Stevens:
    loudness grows with the power 0.6 of the pressure).
    """
    height = _LOUDEST * (min(100, max(0, volume)) / 100) ** (1 / 0.6)
    samples = [height * sample for note in TUNES[sound] for sample in _played(note)]
    made = BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(struct.pack(f"<{len(samples)}h", *(int(s * 32_767) for s in samples)))
    return made.getvalue()


def _played(note: Note) -> list[float]:
    """Return the samples of a note, from -1 to 1."""
    count = round(note.seconds * RATE_HZ)
    fade = FADE_S * RATE_HZ
    parts = [(1, 1.0), *enumerate(note.overtones, start=2)]
    whole = sum(share for _, share in parts)
    turn = 2 * math.pi * note.hertz / RATE_HZ
    waves = [[share / whole * math.sin(turn * k * n) for n in range(count)] for k, share in parts]
    return [
        min(1.0, n / fade, (count - 1 - n) / fade) * sum(sample)
        for n, sample in enumerate(zip(*waves, strict=True))
    ]
