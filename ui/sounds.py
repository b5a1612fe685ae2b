"""What is heard of what the screen shows, and how often."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QTemporaryDir, QTimer, Slot

from station.model import Loudness, Outcome
from ui import tones
from ui.card import Card
from ui.players import Player, system_player
from ui.screen import Screen
from ui.tones import Sound

logger = logging.getLogger(__name__)


def heard(before: Screen, now: Screen) -> Sound | None:
    """Return what is heard when `now` takes the place of `before`: the greatest of what came."""
    found = {_of_card(before.card(card.slot), card) for card in now.cards}
    halted = now.halted is not None and now.halted != before.halted
    if halted or now.refusals != before.refusals:
        found.add(Sound.ATTENTION)
    return max((sound for sound in found if sound is not None), default=None)


def _of_card(before: Card, now: Card) -> Sound | None:
    if now.outcome is not None and (now.run, now.outcome) != (before.run, before.outcome):
        return Sound.PASS if now.outcome is Outcome.PASS else Sound.FAIL
    same = now.run == before.run
    prompted = now.prompt is not None and not (same and now.prompt == before.prompt)
    asked = now.question is not None and not (same and now.question == before.question)
    return Sound.ATTENTION if prompted or asked else None


class Sounds(QObject):
    """Plays what a screen's change is heard as; many at once are heard as one, the greatest.

    While a sound is heard no lesser one or its like begins; a greater one follows it.
    """

    def __init__(
        self, loudness: Loudness, parent: QObject | None = None, player: Player | None = None
    ) -> None:
        super().__init__(parent)
        self._loudness = loudness
        self._player = player
        self._folder: QTemporaryDir | None = None
        self._playing: Sound | None = None
        self._next: Sound | None = None
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self._ended)
        self._silent = False

    @property
    def loudness(self) -> Loudness:
        return self._loudness

    def set_loudness(self, loudness: Loudness) -> None:
        """Be as loud as `loudness` from the next sound on."""
        if loudness.volume != self._loudness.volume and self._folder is not None:
            self._folder = None
        self._loudness = loudness

    def after(self, before: Screen, now: Screen) -> None:
        """Play what the step from `before` to `now` is heard as, if anything."""
        if self._loudness.on and (sound := heard(before, now)) is not None:
            self.play(sound)

    def play(self, sound: Sound) -> None:
        """Play `sound`, or leave it where one like it or a greater one is heard already."""
        if self._silent:
            return
        if self._playing is None:
            self._begin(sound)
        elif sound > max(self._playing, self._next or self._playing):
            self._next = sound

    def _begin(self, sound: Sound) -> None:
        if self._player is None:
            self._player = system_player()
        if not self._player.play(self._file(sound)):
            self._silent = True
            logger.warning("no sound: this computer has no player, or no device to play on")
            return
        self._playing = sound
        self._end.start(round(tones.seconds(sound) * 1000))

    @Slot()
    def _ended(self) -> None:
        self._playing, sound = None, self._next
        self._next = None
        if sound is not None:
            self._begin(sound)

    def _file(self, sound: Sound) -> Path:
        """Return the file of `sound`, made when it is wanted first: that takes some milliseconds."""
        if self._folder is None:
            self._folder = QTemporaryDir(QDir.tempPath() + "/station-XXXXXX")
        path = Path(self._folder.path()) / f"{sound.name.lower()}.wav"
        if not path.exists():
            path.write_bytes(tones.wav(sound, self._loudness.volume))
        return path
