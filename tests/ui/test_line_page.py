"""The Line page: what is painted, how often, and that no word leaves its place."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from station.model import Advanced, Appeared, Event, Gesture, Outcome, Port, StepBegan
from tests.ui import stories
from tests.ui.pictures import GESTURES, PAGES
from ui import (
    card_face,
    card_grid,
    card_strip,
    gesture_picture,
    labels,
    lettering,
    theme,
    verdict_face,
    words,
)
from ui.ask import Ask
from ui.card import Card
from ui.face import Face, Sizes
from ui.garbage import GarbageCollector
from ui.line_page import LinePage
from ui.screen import Screen
from ui.sign_in import Answer, SignIn
from ui.slot_card import SlotCard
from ui.turns import Turns


@pytest.fixture
def page(qtbot: QtBot, light: None) -> LinePage:
    made = LinePage("Line 3", training=True)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    return made


def show(page: LinePage, *events: Event) -> Screen:
    page.show_screen(stories.told(events))
    return page.screen_shown


@pytest.mark.parametrize(("count", "across"), [(1, 1), (2, 2), (3, 2), (4, 2), (8, 4), (16, 4)])
def test_columns_let_cards_be_largest(count: int, across: int) -> None:
    assert card_grid.columns(count, 1280, 760) == across


def test_a_tall_window_has_fewer_columns() -> None:
    assert card_grid.columns(4, 500, 1400) == 1


@pytest.mark.parametrize("count", [1, 2, 3, 4, 8, 16])
def test_cards_do_not_overlap_and_stay_within_the_grid(page: LinePage, count: int) -> None:
    show(page, *stories.busy(count))
    places = [card.geometry() for card in page.grid.cards]
    assert len(places) == count
    assert all(page.grid.rect().contains(place) for place in places)
    assert not any(a.intersects(b) for a, b in product(places, places) if a is not b)


def test_only_the_card_that_changed_is_painted_again(qtbot: QtBot, page: LinePage) -> None:
    events = (*stories.line(4), *stories.begun("2", 1))
    show(page, *events)
    painted = watched(qtbot, page)
    show(page, *events, StepBegan("2", 1, "claim", 20))
    settle(qtbot, page)
    assert set(painted) == {"2"}


def test_a_change_of_all_cards_is_painted_a_few_at_a_time(qtbot: QtBot, page: LinePage) -> None:
    show(page, *stories.line(8))
    painted = watched(qtbot, page)
    heard: list[int] = []
    touches = QTimer(page, interval=0)
    touches.timeout.connect(lambda: heard.append(len(set(painted))))
    touches.start()
    show(page, *stories.busy(8))
    settle(qtbot, page)
    touches.stop()
    assert set(painted) == set("1234567"), "slot 8 is as it was"
    assert any(0 < count < 7 for count in heard)


def test_a_card_that_is_gone_is_not_painted(qtbot: QtBot, page: LinePage) -> None:
    show(page, *stories.line(8))
    show(page, *stories.busy(8))
    show(page, *stories.line(2))
    painted = watched(qtbot, page)
    show(page, *stories.busy(2))
    settle(qtbot, page)
    assert set(painted) == {"1", "2"}


def settle(qtbot: QtBot, page: LinePage) -> None:
    """Wait until all that wants to be painted has been."""
    (turns,) = page.findChildren(Turns)
    qtbot.waitUntil(lambda: not turns._waiting)
    QApplication.processEvents()


def watched(qtbot: QtBot, page: LinePage) -> list[str]:
    """Return a list to which the slot of each card is added that is painted from now on."""
    settle(qtbot, page)
    painted: list[str] = []
    for card in page.grid.cards:
        card.installEventFilter(PaintCount(card, painted))
    return painted


class PaintCount(QObject):
    """Notes which card is painted."""

    def __init__(self, card: SlotCard, painted: list[str]) -> None:
        super().__init__(card)
        self._slot = card.face.card.slot
        self._painted = painted

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._painted.append(self._slot)
        return False


def test_the_seconds_go_on_without_the_rest_of_the_card(page: LinePage) -> None:
    show(page, *stories.line(1), *stories.begun("1", 1))
    card = page.grid.cards[0]
    began = card.face.run_s
    card.tick(card._run_began_s + 7)
    assert (began, card.face.run_s) == (0, 7)
    strip = card_strip.strip(QRectF(card.rect()), card.face.card)
    assert strip.height() < card.height() / 6


def test_a_card_counts_from_when_it_was_first_shown(light: None, qtbot: QtBot) -> None:
    card = SlotCard("1")
    qtbot.addWidget(card)
    running = stories.told([*stories.begun("1", 1)]).card("1")
    card.show_card(running, ("a", ""), now_s=100)
    step = stories.told([*stories.begun("1", 1), StepBegan("1", 1, "claim", 20)]).card("1")
    card.show_card(step, ("c", ""), now_s=106)
    card.tick(107)
    assert (card.face.run_s, card.face.step_s) == (7, 1)


def test_a_verdict_is_read_aloud_with_its_reason(page: LinePage) -> None:
    show(page, *stories.all_verdicts())
    failed = page.grid.cards[1]
    assert failed.accessibleName() == words.slot("2")
    for part in ("FAIL", "The board does not answer.", "BOARD-SILENT"):
        assert part in failed.accessibleDescription()


def test_an_unknown_is_amber_and_never_green(page: LinePage) -> None:
    show(page, *stories.all_verdicts())
    image = page.grid.cards[5].grab().toImage()
    colour = image.pixelColor(image.width() // 2, image.height() - 12)
    assert colour == theme.LIGHT.verdicts[Outcome.UNKNOWN].ground
    assert colour.red() > 200


def test_no_slot_yet_teaches(page: LinePage) -> None:
    show(page)
    assert words.awaits(page.screen_shown, None) == "The station is starting …"
    show(page, *stories.line(0))
    assert page.bottom.says == "Plug a board in."


def test_a_training_line_is_marked(page: LinePage) -> None:
    marked = [w for w in page.findChildren(QWidget) if w.accessibleName() == words.training()]
    assert len(marked) == 1
    assert marked[0].isVisible()


def test_a_real_line_is_not_marked(qtbot: QtBot, light: None) -> None:
    real = LinePage("Line 3", training=False)
    qtbot.addWidget(real)
    assert not [w for w in real.findChildren(QWidget) if w.accessibleName() == words.training()]


CONTROLS = (QAbstractButton, QLineEdit, QListWidget, SlotCard)


@pytest.mark.parametrize("story", PAGES)
def test_every_control_has_a_name_and_room_for_a_finger(page: LinePage, story: str) -> None:
    show(page, *PAGES[story][0]())
    controls = [w for w in page.findChildren(QWidget) if isinstance(w, CONTROLS)]
    assert controls
    for control in controls:
        assert control.accessibleName(), control
        assert min(control.width(), control.height()) >= theme.TOUCH, control


def test_every_control_of_a_dialog_has_a_name(
    qtbot: QtBot, page: LinePage, garbage: GarbageCollector
) -> None:
    sign_in = SignIn(page, Answer)
    ask = Ask(page, ("?", ""), yes="y", no="n")
    for dialog in (sign_in, ask):
        dialog.show()
        controls = [w for w in dialog.findChildren(QWidget) if isinstance(w, CONTROLS)]
        assert controls
        assert all(control.accessibleName() for control in controls)
    qtbot.waitUntil(lambda: sign_in.note.text == labels.no_recipes())
    assert all(label.wordWrap() for label in ask.findChildren(QLabel))


@pytest.mark.parametrize("size", [(150, 110), (240, 150), (300, 400), (620, 340), (1200, 700)])
@pytest.mark.parametrize(
    "story",
    [
        stories.all_verdicts,
        stories.long_words,
        stories.halted,
        lambda: stories.hands(4, GESTURES),
        lambda: stories.flashing(3),
        lambda: stories.on_air(2, 1),
    ],
)
def test_nothing_is_painted_outside_the_card(
    light: None, size: tuple[int, int], story: object, qapp: object
) -> None:
    assert callable(story)
    screen = stories.told(story())
    for card in screen.cards:
        says, do = words.card_says(card, screen)
        image = QImage(size[0] + 80, size[1] + 80, QImage.Format.Format_RGB32)
        image.fill(QColor("magenta"))
        painter = QPainter(image)
        painter.translate(40, 40)
        face = Face(card, says, do, 99.9, 3.0, left_s=12)
        card_face.paint(painter, QRectF(0, 0, *size), face, theme.LIGHT, selected=True)
        painter.end()
        for x, y in product(range(0, image.width(), 3), range(0, image.height(), 3)):
            inside = 38 <= x < size[0] + 42 and 38 <= y < size[1] + 42
            assert inside or image.pixelColor(x, y) == QColor("magenta"), (card.slot, x, y)


@pytest.mark.parametrize("word", ["PASS", "STATION ERROR", "STATIONSFEHLERMELDUNG", "A B C"])
@pytest.mark.parametrize("room", [(120, 40), (300, 90), (400, 400), (1200, 300)])
def test_a_verdict_fits_its_room(light: None, word: str, room: tuple[int, int]) -> None:
    found = verdict_face.fit(word, *room)
    font = theme.font(found.px, theme.BOLD)
    assert " ".join(found.lines) == word
    assert max(lettering.advance(line, font) for line in found.lines) <= room[0] * 1.05
    assert found.px * len(found.lines) <= room[1]


def test_wrapped_text_keeps_its_words_and_elides_the_rest(light: None) -> None:
    font = theme.font(16)
    text = "The board does not answer and nobody knows why"
    assert " ".join(lettering.wrapped(text, font, 120, 99)) == text
    cut = lettering.wrapped(text, font, 120, 2)
    assert len(cut) == 2
    assert cut[-1].endswith("…")
    assert all(lettering.advance(line, font) <= 121 for line in cut)


def test_a_unit_is_told_by_its_last_digits(light: None) -> None:
    short = lettering.elided("350457990000001", theme.font(16), 80, keep_end=True)
    assert short.startswith("…")
    assert short.endswith("001")


def test_an_unknown_board_says_so(page: LinePage) -> None:
    screen = show(page, *stories.line(1), Appeared("1", Port("/dev/ttyACM0"), ""))
    says, _ = words.card_says(screen.card("1"), screen)
    assert says == "The station does not know this board."


FLASHING = (*stories.line(2), *stories.flashed("2", 1, 10_000, 40_000))


def test_bytes_move_the_strip_and_leave_the_rest_of_the_card(qtbot: QtBot, page: LinePage) -> None:
    show(page, *FLASHING)
    settle(qtbot, page)
    strips = Regions(page.grid.cards[1])
    show(page, *FLASHING, Advanced("2", 1, 20_000, 40_000))
    qtbot.waitUntil(lambda: bool(strips.painted))
    card = page.grid.cards[1]
    strip = card_strip.strip(QRectF(card.rect()), card.face.card).toAlignedRect()
    assert all(strip.contains(painted) for painted in strips.painted)
    assert strip.height() < card.height() / 4


class Regions(QObject):
    """Notes what is painted of a card."""

    def __init__(self, card: SlotCard) -> None:
        super().__init__(card)
        self.painted: list[QRect] = []
        card.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.painted.append(event.rect())
        return False


def flashed_card(done: int) -> Card:
    return stories.told([*stories.line(1), *stories.flashed("1", 1, done, 40_000)]).card("1")


def test_a_card_tells_the_seconds_left_once_they_are_known(light: None, qtbot: QtBot) -> None:
    card = SlotCard("1")
    qtbot.addWidget(card)
    for now_s, done in ((100.0, 0), (100.5, 5_000)):
        card.show_card(flashed_card(done), ("a", ""), now_s)
    assert card.face.left_s is None
    card.show_card(flashed_card(10_000), ("a", ""), 102.0)
    assert card.face.left_s == 6
    card.tick(104.0)
    assert card.face.left_s == 4


def test_the_next_step_knows_nothing_of_the_bytes_before(light: None, qtbot: QtBot) -> None:
    card = SlotCard("1")
    qtbot.addWidget(card)
    for now_s, done in ((100.0, 0), (110.0, 10_000)):
        card.show_card(flashed_card(done), ("a", ""), now_s)
    later = replace(flashed_card(20_000), step="finish")
    card.show_card(later, ("b", ""), 111.0)
    assert card.face.left_s is None


def filled(done: int, step_s: float) -> int:
    """Return how many pixels of the bar of one step are in the accent's colour."""
    card = replace(flashed_card(done), plan=("sketch",), done=())
    image = QImage(600, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    face = Face(card, "", "", step_s, step_s)
    outer = QRectF(0, 0, 600, 300)
    card_strip.paint_strip(painter, outer, face, theme.LIGHT)
    painter.end()
    box = card_strip.strip(outer, card)
    y = int(box.bottom() - box.height() / 3.1 * 1.5 + Sizes.of(outer).body * 0.6)
    return sum(image.pixelColor(x, y) == theme.LIGHT.accent.ground for x in range(600))


def test_the_bar_fills_by_bytes_and_not_by_time(light: None) -> None:
    quarter, half = filled(10_000, 1.0), filled(20_000, 1.0)
    assert half == pytest.approx(2 * quarter, rel=0.1)
    assert filled(10_000, 200.0) == pytest.approx(quarter, abs=2)


@pytest.mark.parametrize("gesture", [stories.PIN, stories.BUTTON, stories.NOTED_PIN])
def test_a_gesture_is_drawn_where_there_is_room_and_said_everywhere(
    page: LinePage, gesture: Gesture
) -> None:
    screen = show(page, *stories.hands(1, (gesture,)))
    says, do = words.card_says(screen.card("1"), screen)
    face = Face(screen.card("1"), says, do)
    assert lights(face, (600, 330))
    assert lights(face, (300, 330))
    assert not lights(face, (260, 150))
    assert says in page.grid.cards[0].accessibleDescription()


def lights(face: Face, size: tuple[int, int]) -> bool:
    """Say whether the light that is on was drawn."""
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    card_face.paint(painter, QRectF(0, 0, *size), face, theme.LIGHT, selected=False)
    painter.end()
    points = product(range(0, size[0], 2), range(0, size[1], 2))
    return any(image.pixelColor(x, y) == theme.LIGHT.light for x, y in points)


@pytest.mark.parametrize("gesture", GESTURES)
@pytest.mark.parametrize("size", [(600, 160), (160, 90), (300, 300), (1200, 470)])
def test_a_picture_stays_in_its_room(light: None, gesture: Gesture, size: tuple[int, int]) -> None:
    image = QImage(size[0] + 40, size[1] + 40, QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    painter = QPainter(image)
    gesture_picture.draw(painter, QRectF(20, 20, *size), gesture, theme.LIGHT)
    painter.end()
    edge = [
        (x, y)
        for x, y in product(range(image.width()), range(image.height()))
        if not (19 <= x <= size[0] + 20 and 19 <= y <= size[1] + 20)
    ]
    assert all(image.pixelColor(x, y) == QColor("magenta") for x, y in edge)
