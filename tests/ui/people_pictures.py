"""Renders the dialogs that ask who somebody is: `python -m tests.ui.people_pictures OUTDIR`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from station.faults import NotAllowed, PinMissing, SamePerson, TooManyTries
from station.model import Override, Person, Role
from tests.ui import gallery
from tests.ui.pictures import save
from ui.second_person import SecondPerson
from ui.who import Who

PEOPLE = (
    Person("Anna Kowalska", Role.OPERATOR),
    Person("Li Wei", Role.OPERATOR, "zh_CN"),
    Person("Maximilian-Alexander von Hohenstein-Wiedenbrück", Role.ENGINEER),
)


def question() -> tuple[str, str]:
    return (
        "Leave the full screen?",
        "An engineer lets the window go: with a badge, or name and PIN.",
    )


def yes() -> str:
    return "Leave"


def dialogs(over: QWidget) -> Iterator[tuple[str, QDialog]]:
    """Yield each dialog in each state, by name."""
    for what in Override:
        second = SecondPerson(over, what, lambda: PEOPLE)
        second.who.show_people(tuple(each.name for each in PEOPLE), named=True)
        yield f"second-{what.name.lower()}", second
    second = SecondPerson(over, Override.SKIP, lambda: PEOPLE)
    second.who.show_people((), named=True)
    second.why.step(1)
    second.hear("B-100200")
    second.show_trouble(PinMissing().trouble)
    second.who.type_digit("4")
    second.who.type_digit("7")
    yield "second-pin", second
    second = SecondPerson(over, Override.BEYOND, lambda: PEOPLE)
    second.who.show_people((), named=True)
    second.why.field.setText("The customer asks for it, and the fault was the courier's " * 3)
    second.who.name.setText(PEOPLE[2].name)
    second.who.pin.setText("123456789012")
    second.show_trouble(SamePerson("rework beyond the limit").trouble)
    yield "second-refused", second
    who = Who(over, question, yes, lambda: PEOPLE)
    who.who.show_people((), named=True)
    yield "who", who
    who = Who(over, question, yes, tuple)
    who.who.show_people((), named=False)
    who.show_trouble(TooManyTries("160 s").trouble)
    yield "who-open-refused", who
    who = Who(over, question, yes)
    who.show_trouble(NotAllowed("set up").trouble)
    yield "who-not-told", who


def draw(out: Path, name: str, only: str = "") -> None:
    """Write the pictures of the dialogs."""
    over = QWidget()
    for title, dialog in dialogs(over):
        if title.startswith(only):
            dialog.open()
            save(dialog, out / f"{title}-{name}.png")
            dialog.close()


if __name__ == "__main__":
    gallery.main(draw)
