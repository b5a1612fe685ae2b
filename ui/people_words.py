"""What is said to whoever signs in, or stands for what goes against the rule."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.model import OrderOffer, Override
from ui import figures

translate = QCoreApplication.translate

_OVERRIDES = {
    Override.SKIP: (
        QT_TRANSLATE_NOOP("Words", "Skip the failed check?"),
        QT_TRANSLATE_NOOP("Words", "The unit may pass though this check failed. A second person approves."),
    ),
    Override.AGAIN: (
        QT_TRANSLATE_NOOP("Words", "Provision again?"),
        QT_TRANSLATE_NOOP("Words", "The unit gets new credentials, though it has some. A second person approves."),
    ),
    Override.SCRAP: (
        QT_TRANSLATE_NOOP("Words", "Scrap the unit?"),
        QT_TRANSLATE_NOOP("Words", "Nothing is done to it any more, for good. A second person approves."),
    ),
    Override.REPRINT: (
        QT_TRANSLATE_NOOP("Words", "Print the label again?"),
        QT_TRANSLATE_NOOP("Words", "Two labels of one unit must not leave the line. A second person approves."),
    ),
    Override.BEYOND: (
        QT_TRANSLATE_NOOP("Words", "Rework beyond the limit?"),
        QT_TRANSLATE_NOOP("Words", "The unit was reworked as often as the factory allows. An engineer approves."),
    ),
}  # fmt: skip

REASONS = {
    Override.SKIP: (
        QT_TRANSLATE_NOOP("Words", "The fixture or a cable is at fault"),
        QT_TRANSLATE_NOOP("Words", "Checked by hand and found good"),
        QT_TRANSLATE_NOOP("Words", "A known fault of this lot, accepted"),
    ),
    Override.AGAIN: (
        QT_TRANSLATE_NOOP("Words", "The cloud has lost the device"),
        QT_TRANSLATE_NOOP("Words", "It was provisioned for the wrong account"),
        QT_TRANSLATE_NOOP("Words", "The unit was repaired"),
    ),
    Override.SCRAP: (
        QT_TRANSLATE_NOOP("Words", "Damaged beyond repair"),
        QT_TRANSLATE_NOOP("Words", "It failed again after rework"),
        QT_TRANSLATE_NOOP("Words", "Not worth the repair"),
    ),
    Override.REPRINT: (
        QT_TRANSLATE_NOOP("Words", "The label is damaged"),
        QT_TRANSLATE_NOOP("Words", "The label was badly printed"),
        QT_TRANSLATE_NOOP("Words", "The label is lost"),
    ),
    Override.BEYOND: (
        QT_TRANSLATE_NOOP("Words", "The customer wants this very unit back"),
        QT_TRANSLATE_NOOP("Words", "Earlier reworks were no fault of the unit"),
    ),
}
"""The reasons that are usual, in English as the record keeps them; the window translates them."""


def scan_badge() -> str:
    return translate("Words", "Scan your badge")


def scan_badge_of_second() -> str:
    return translate("Words", "Second person: scan your badge")


def badge_read() -> str:
    return translate("Words", "Badge read")


def open_station() -> str:
    return translate(
        "Words",
        "Nobody was named yet: everybody may do everything."
        " An engineer names people with: station people name",
    )


def pin_field() -> str:
    return translate("Words", "PIN")


def pin_missing() -> str:
    return translate("Words", "Type your PIN.")


def pad_erase() -> str:
    return translate("Words", "Erase the last digit")


def pad_done() -> str:
    return translate("Words", "Done")


def work_list() -> str:
    return translate("Words", "Work order or recipe")


def work_missing() -> str:
    return translate("Words", "Choose a work order or a recipe.")


def bench() -> tuple[str, str]:
    return (
        translate("Words", "Bench"),
        translate("Words", "No recipe: returned units, records, settings"),
    )


def bench_instead() -> str:
    return translate("Words", "Who may not work on the line chooses the bench in the list.")


def order_line(offer: OrderOffer, recipe: str) -> str:
    """Say what a work order is of, under its name."""
    if offer.quantity is None:
        return recipe
    return translate("Words", "{count} units: {recipe}").format(
        count=figures.number(offer.quantity), recipe=recipe
    )


def order_chosen(order: str) -> str:
    return translate("Words", "{order} is chosen. Now scan your badge.").format(order=order)


def order_missing(order: str) -> str:
    return translate(
        "Words", "{order}: no such work order. An engineer adds it with: station orders add"
    ).format(order=order)


def back_to(what: str) -> str:
    return translate("Words", "Back to: {what}").format(what=what)


def second_question(override: Override) -> tuple[str, str]:
    """Return what a second person is asked, and what it means."""
    title, means = _OVERRIDES[override]
    return translate("Words", str(title)), translate("Words", str(means))


def reason(text: str) -> str:
    """Return one of REASONS in the language of the window."""
    return translate("Words", text)


def reason_list() -> str:
    return translate("Words", "Reason")


def reason_field() -> str:
    return translate("Words", "Or in your own words")


def reason_missing() -> str:
    return translate("Words", "Choose a reason, or type one.")


def now_the_reason() -> str:
    return translate("Words", "Badge read. Now choose a reason, or type one.")


def approve() -> str:
    return translate("Words", "Approve")


def checking() -> str:
    return translate("Words", "Checking …")
