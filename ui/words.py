"""Every sentence an operator reads, and nothing else: the one place that is translated.

Literal texts stand inside `translate("Words", ...)` or `QT_TRANSLATE_NOOP`, where Qt's lupdate
finds them. A fault brings its own texts, and they pass through `says` and `remedy`.
"""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.model import Lamp, Outcome, Stage, Trouble
from ui import ask_words, figures, step_words
from ui.card import Card, Phase
from ui.screen import Screen

translate = QCoreApplication.translate

_VERDICTS = {
    Outcome.PASS: QT_TRANSLATE_NOOP("Words", "PASS"),
    Outcome.FAIL: QT_TRANSLATE_NOOP("Words", "FAIL"),
    Outcome.ERROR: QT_TRANSLATE_NOOP("Words", "STATION ERROR"),
    Outcome.TIMEOUT: QT_TRANSLATE_NOOP("Words", "TIMEOUT"),
    Outcome.ABORTED: QT_TRANSLATE_NOOP("Words", "STOPPED"),
    Outcome.UNKNOWN: QT_TRANSLATE_NOOP("Words", "ASKING AGAIN"),
}

_LAMPS = {
    "cloud": QT_TRANSLATE_NOOP("Words", "Cloud"),
    "record": QT_TRANSLATE_NOOP("Words", "Record"),
    "queue": QT_TRANSLATE_NOOP("Words", "Queue"),
    "printer": QT_TRANSLATE_NOOP("Words", "Printer"),
    "bluetooth": QT_TRANSLATE_NOOP("Words", "Bluetooth"),
    "scanner": QT_TRANSLATE_NOOP("Words", "Scanner"),
}

_STAGES = {
    Stage.QUEUED: QT_TRANSLATE_NOOP("Words", "queued, not verified"),
    Stage.CLAIMED: QT_TRANSLATE_NOOP("Words", "claimed"),
    Stage.WAITING: QT_TRANSLATE_NOOP("Words", "orders wait"),
    Stage.PROVISIONED: QT_TRANSLATE_NOOP("Words", "provisioned"),
    Stage.CONNECTED: QT_TRANSLATE_NOOP("Words", "connected"),
}

_LAMP_STATES = {
    Lamp.OFF: QT_TRANSLATE_NOOP("Words", "off"),
    Lamp.GOOD: QT_TRANSLATE_NOOP("Words", "good"),
    Lamp.BUSY: QT_TRANSLATE_NOOP("Words", "busy"),
    Lamp.BAD: QT_TRANSLATE_NOOP("Words", "in trouble"),
}


def verdict(card: Card) -> str:
    """Return the one word that is read at two metres."""
    if card.outcome is Outcome.UNKNOWN and card.settled is not None:
        return translate("Words", "RETRY")
    return outcome(card.outcome) if card.outcome else ""


def outcome(ended: Outcome) -> str:
    return translate("Words", str(_VERDICTS[ended]))


def says(trouble: Trouble) -> str:
    return translate("Faults", trouble.says)


def remedy(trouble: Trouble) -> str:
    return translate("Faults", trouble.remedy)


def slot(name: str) -> str:
    return translate("Words", "Slot {name}").format(name=name) if name.isdigit() else name


def lamp(name: str) -> str:
    return translate("Words", str(_LAMPS[name])) if name in _LAMPS else name


def lamp_told(name: str, state: Lamp, trouble: Trouble | None) -> str:
    told = f"{lamp(name)}: {translate('Words', str(_LAMP_STATES[state]))}"
    return f"{told}. {says(trouble)} {remedy(trouble)}" if trouble else told


def seconds(value: float) -> str:
    """Tenths below ten seconds, so that a quick step does not read as nothing."""
    number = figures.number(value, 1 if value < 9.95 else 0)
    return translate("Words", "{number} s").format(number=number)


def step_count(card: Card) -> str:
    at = min(len({step.name for step in card.done}) + 1, len(card.steps))
    return translate("Words", "Step {at} of {all}").format(at=at, all=len(card.steps))


def starting() -> str:
    return translate("Words", "Starting")


def visit(card: Card) -> str:
    """Said of a unit that was here before; empty for a new one."""
    if not card.seen_before:
        return ""
    return translate("Words", "Seen before: {count}").format(count=card.seen_before)


def card_says(card: Card, screen: Screen) -> tuple[str, str]:
    """Return what happens in a slot and what to do next; either may be empty."""
    match card.phase:
        case Phase.EMPTY:
            said = _empty_says(card, screen)
        case Phase.WAITING:
            said = _waiting_says(card, screen)
        case Phase.RUNNING:
            said = _running_says(card, screen)
        case Phase.ENDED:
            said = _ended_says(card)
        case _:
            assert_never(card.phase)
    return said


def _empty_says(card: Card, screen: Screen) -> tuple[str, str]:
    if screen.teaching:
        here = screen.teaching == card.slot
        return (translate("Words", "Plug a board in here"), "") if here else ("", "")
    if card.on_air:
        return translate("Words", "Pick a board: F6"), ""
    return translate("Words", "Plug a board in"), ""


def _waiting_says(card: Card, screen: Screen) -> tuple[str, str]:
    if not card.kind:
        return (
            translate("Words", "The station does not know this board."),
            translate("Words", "Take it out and check that it is the right product."),
        )
    found = (
        translate("Words", "A board is picked.")
        if card.on_air
        else translate("Words", "A board is in.")
    )
    if screen.halted:
        return found, translate("Words", "It waits until the station can work again.")
    if screen.shift is None:
        return found, translate("Words", "Sign in to begin: F2.")
    if not screen.shift.recipe:
        return found, ""
    return found, translate("Words", "It begins in a moment.")


def _running_says(card: Card, screen: Screen) -> tuple[str, str]:
    now = step_words.title(card.step) if card.step else starting()
    if card.question and screen.waits_its_turn(card):
        return now, ask_words.another_first(slot(screen.asks[0]))
    if card.question:
        return ask_words.question(card.question)
    if card.prompt:
        return (
            (step_words.gesture(card.gesture), step_words.let_go())
            if card.gesture
            else (remedy(card.prompt), now)
        )
    if not card.present:
        gone = (
            translate("Words", "The board is out of reach. Bring it nearer.")
            if card.on_air
            else translate("Words", "The board is gone. Plug it in again, firmly.")
        )
        return now, gone
    return now, visit(card)


def _ended_says(card: Card) -> tuple[str, str]:
    if card.outcome is Outcome.PASS:
        done = (
            translate("Words", "Put it aside.")
            if card.on_air
            else translate("Words", "Take it out.")
        )
        return "", done if card.present else ""
    if card.settled is not None:
        known = (
            translate("Words", "It is known now: the deed was done.")
            if card.settled
            else translate("Words", "It is known now: the deed was not done.")
        )
        return known, translate("Words", "Retry to finish the unit: F5.")
    return (says(card.trouble), remedy(card.trouble)) if card.trouble else ("", "")


def awaits(screen: Screen, selected: str | None) -> str:
    """Return the bottom line: what the station waits for."""
    if not screen.ready:
        return translate("Words", "The station is starting …")
    if screen.halted:
        return translate("Words", "Nothing begins until this is mended.")
    if screen.shift is None:
        return translate("Words", "Sign in to begin: press F2.")
    if screen.teaching:
        return teach(screen.teaching)
    if not screen.shift.recipe:
        return translate(
            "Words", "No recipe: nothing begins by itself. Units are reworked: Ctrl+2."
        )
    if not screen.cards:
        return translate("Words", "Plug a board in.")
    if screen.asks and (asked := screen.card(screen.asks[0]).question):
        return ask_words.in_line(asked, slot(screen.asks[0]))
    return _selected_next(screen, selected) or _line_next(screen)


def _selected_next(screen: Screen, selected: str | None) -> str:
    meant = selected or screen.to_retry(None)
    card = screen.card(meant) if meant else None
    is_asked = card is not None and (card.prompt or card.outcome not in {None, Outcome.PASS})
    if not meant or card is None or not is_asked:
        return ""
    if card.prompt:
        return f"{slot(meant)}: {card_says(card, screen)[0]}"
    _, do = card_says(card, screen)
    return f"{slot(meant)}: {do}" if do else ""


def _line_next(screen: Screen) -> str:
    passed = [
        card.slot
        for card in screen.cards
        if card.outcome is Outcome.PASS and card.present and not card.on_air
    ]
    troubled = [card.slot for card in screen.cards if card.outcome not in {None, Outcome.PASS}]
    empty = [card for card in screen.cards if card.phase is Phase.EMPTY]
    free = [card.slot for card in empty if not card.on_air]
    lanes = screen.nearby is not None and screen.nearby.free > 0
    working = len(screen.running())
    wanted = [card.slot for card in screen.cards if card.prompt]
    if wanted:
        return translate("Words", "A hand is wanted: {slots}").format(slots=_listed(wanted))
    if troubled:
        return translate("Words", "Look at {slots}").format(slots=_listed(troubled))
    if passed:
        return translate("Words", "Take out {slots}").format(slots=_listed(passed))
    if free and not working:
        return translate("Words", "Plug boards in: {slots}").format(slots=_listed(free))
    if free:
        return translate("Words", "Working. Free: {slots}").format(slots=_listed(free))
    if lanes:
        return translate("Words", "Press F6, then scan the label of a board.")
    return translate("Words", "Working. Nothing to do for you now.")


def _listed(slots: list[str]) -> str:
    named = translate("Words", ", ").join(slot(name) for name in slots[:3])
    return f"{named} …" if len(slots) > 3 else named


def stage(far: Stage) -> str:
    return translate("Words", str(_STAGES[far]))


def last_unit_told(ended: Outcome, unit: str, below: str) -> str:
    """One line of the side list, as it is read aloud."""
    return ", ".join(part for part in (outcome(ended), unit, below) if part)


def last_unit_below(where: str, code: str, far: Stage | None, *, late: bool) -> str:
    """Where a unit was, what went wrong with it, and how far it has come since."""
    told = stage(far) if far else ""
    if late:
        told = translate("Words", "not online")
    return " · ".join(part for part in (slot(where), code, told) if part)


def queue(waiting: int, age_s: float) -> str:
    """How many units wait for the cloud, and how long the oldest has."""
    if not waiting:
        return "0"
    if age_s >= 5400:
        return translate("Words", "{count}, {hours} h").format(
            count=waiting, hours=f"{age_s / 3600:.0f}"
        )
    return translate("Words", "{count}, {minutes} min").format(
        count=waiting, minutes=f"{age_s / 60:.0f}"
    )


def first_pass(units: int, first: int) -> str:
    return figures.percent(first / units) if units else "–"


def order_count(passed: int, quantity: int | None) -> str:
    return f"{passed} / {quantity}" if quantity is not None else str(passed)


def teach(name: str) -> str:
    return translate("Words", "Plug a board into {slot}. Esc ends teaching.").format(
        slot=slot(name)
    )


def nobody() -> str:
    return translate("Words", "Nobody")


def training() -> str:
    return translate("Words", "TRAINING – simulated boards and cloud")
