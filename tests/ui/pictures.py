"""Draws the Line page and its dialogs: `python -m tests.ui.pictures OUTDIR [NAME]`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from station.desk import Offer
from station.faults import ManyNear, NotAllowed, PinMissing, RecipeWrong
from station.model import Advanced, Event, OrderOffer, Person, Role
from tests.ui import gallery, stories
from ui import labels
from ui.ask import Ask
from ui.help_overlay import HelpOverlay
from ui.line_page import LinePage
from ui.pick import Pick
from ui.sign_in import Answer, SignIn

LARGE, SMALL = (1600, 900), (1024, 700)
Story = Callable[[], Iterable[Event]]

GESTURES = (stories.PIN, stories.BUTTON, stories.NOTED_PIN, stories.OLD_PIN)

PAGES: dict[str, tuple[Story, tuple[int, int]]] = {
    "starting": (lambda: (), LARGE),
    "slots-0": (lambda: stories.line(0), LARGE),
    "slots-1": (lambda: (*stories.line(1), *stories.ended("1", 1, *stories.ENDS[0])), LARGE),
    "slots-1-running": (
        lambda: (
            *stories.line(1),
            *stories.begun("1", 1),
            *stories.stepped("1", 1, stories.STEPS, "check"),
        ),
        LARGE,
    ),
    "slots-4": (lambda: stories.busy(4), LARGE),
    "slots-4-small": (lambda: stories.busy(4), SMALL),
    "slots-4-empty": (lambda: stories.line(4), LARGE),
    "slots-4-signed-out": (
        lambda: (*stories.line(4, signed_in=False), next(iter(stories.begun("2", 1)))),
        LARGE,
    ),
    "slots-8": (lambda: stories.busy(8), LARGE),
    "slots-16": (lambda: stories.busy(16), LARGE),
    "slots-16-small": (lambda: stories.busy(16), SMALL),
    "verdicts": (stories.all_verdicts, LARGE),
    "halted": (stories.halted, LARGE),
    "gesture-pin": (lambda: stories.hands(1, (stories.PIN,)), LARGE),
    "gesture-button": (lambda: stories.hands(1, (stories.BUTTON,)), LARGE),
    "gesture-4": (lambda: stories.hands(4, GESTURES), LARGE),
    "gesture-4-small": (lambda: stories.hands(4, GESTURES), SMALL),
    "gesture-8": (lambda: stories.hands(8, GESTURES), LARGE),
    "gesture-16": (lambda: stories.hands(16, GESTURES), LARGE),
    "asking-1": (lambda: stories.asking(1), LARGE),
    "asking-4": (lambda: stories.asking(4), LARGE),
    "asking-4-small": (lambda: stories.asking(4), SMALL),
    "asking-16": (lambda: stories.asking(16), LARGE),
    "teaching": (lambda: stories.teaching(6, 3), LARGE),
    "flashing-1": (lambda: stories.flashing(1), LARGE),
    "flashing-4": (lambda: stories.flashing(4), LARGE),
    "flashing-16": (lambda: stories.flashing(16), LARGE),
    "flashing-16-small": (lambda: stories.flashing(16), SMALL),
    "air-none": (lambda: stories.on_air(4, 0), LARGE),
    "air-3": (lambda: stories.on_air(4, 3), LARGE),
    "air-16": (lambda: stories.on_air(8, 16), LARGE),
    "air-16-small": (lambda: stories.on_air(8, 16), SMALL),
    "long-words": (stories.long_words, LARGE),
    "long-words-small": (stories.long_words, SMALL),
}

OFFERS = (
    Offer("nRF9151 asset tracker", Path("tracker.toml")),
    Offer("Thingy:91 X demonstration", Path("thingy.toml")),
    Offer(
        "nRF9161 gateway",
        Path("gateway.toml"),
        RecipeWrong("gateway.toml, line 7: cloud.tags must be a list of words").trouble,
    ),
)
ORDERS = (OrderOffer("WO-1001", "tracker.toml", 500), OrderOffer("WO-1002", "thingy.toml", None))
PEOPLE = (
    Person("Anna Kowalska", Role.OPERATOR),
    Person("Li Wei", Role.OPERATOR, "zh_CN"),
    Person("Maximilian-Alexander von Hohenstein-Wiedenbrück", Role.ENGINEER),
)
ANSWERS = {
    "sign-in": Answer(("Anna Kowalska", "Li Wei"), OFFERS),
    "sign-in-named": Answer(("Anna Kowalska",), OFFERS, PEOPLE, ORDERS, ("WO-1002", "")),
    "sign-in-no-recipe": Answer(),
}


def page_of(story: Story, size: tuple[int, int]) -> LinePage:
    """Return a page that shows how `story` ends, laid out at `size`."""
    page = LinePage("Line 3", training=True)
    page.resize(*size)
    events = tuple(story())
    before = (event for event in events if not (isinstance(event, Advanced) and event.done))
    page.show_screen(stories.told(before))
    page.show_screen(stories.told(events))
    page.show()
    page.setFocus()
    for ticks in page.findChildren(QTimer):
        ticks.stop()
    page.grid.tick(monotonic() + 3.4)
    return page


def save(widget: QWidget, path: Path) -> None:
    _settle()
    if not widget.grab().save(str(path)):
        raise OSError(f"can't write {path}")


def _settle(for_ms: int = 80) -> None:
    loop = QEventLoop()
    QTimer.singleShot(for_ms, loop.quit)
    loop.exec()


def _dialogs(out: Path, name: str) -> None:
    page = page_of(lambda: stories.line(4, signed_in=False), LARGE)
    for title, answer in ANSWERS.items():
        dialog = SignIn(page, lambda answer=answer: answer)  # type: ignore[misc]
        dialog.open()
        save(dialog, out / f"{title}-{name}.png")
        if answer.people:
            dialog.hear("B-100200")
            dialog.show_trouble(PinMissing().trouble)
            dialog.who.type_digit("4")
            save(dialog, out / f"{title}-pin-{name}.png")
            dialog.who.name.setText(PEOPLE[2].name)
            dialog.show_trouble(NotAllowed("work").trouble)
            save(dialog, out / f"{title}-refused-{name}.png")
        dialog.close()
    ask = Ask(page, labels.stop_question(("Slot 2",)), yes=labels.stop_yes(), no=labels.go_on())
    ask.open()
    save(ask, out / f"ask-{name}.png")
    ask.close()


def _picks(out: Path, name: str) -> None:
    page = page_of(lambda: stories.on_air(4, 3), LARGE)
    for title, heard in (("none", 0), ("3", 3), ("16", 16)):
        pick = Pick(page, stories.nearby(heard, 3))
        pick.open()
        save(pick, out / f"pick-{title}-{name}.png")
        if heard == 16:
            pick.boards.setCurrentRow(1)
            save(pick, out / f"pick-chosen-{name}.png")
            pick.field.setText("SN-0042")
            pick.show_trouble(ManyNear("'SN-0042' fits two").trouble)
            save(pick, out / f"pick-refused-{name}.png")
        pick.close()


def draw(out: Path, name: str, only: str = "") -> None:
    """Write the pictures of the Line page and its dialogs."""
    for title, (story, size) in PAGES.items():
        if not title.startswith(only):
            continue
        page = page_of(story, size)
        if title == "slots-4":
            page.select_number(3)
        save(page, out / f"{title}-{name}.png")
        if title == "slots-8":
            overlay = HelpOverlay(page)
            overlay.toggle()
            save(page, out / f"help-{name}.png")
        page.close()
    if not only:
        _dialogs(out, name)
        _picks(out, name)


if __name__ == "__main__":
    gallery.main(draw)
