"""What the Rework page says: its actions in a sentence each, its cases, and its empty places."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.model import ReworkAction, Role, Trouble
from ui import figures, words
from ui.rework import Rework
from ui.rework_states import Bar, Seat, State

translate = QCoreApplication.translate

_DOES = {
    "read_identity": QT_TRANSLATE_NOOP("Words", "Reads who the unit is. Changes nothing."),
    "erase": QT_TRANSLATE_NOOP("Words", "Takes its credentials and its network off, with proof."),
    "unclaim": QT_TRANSLATE_NOOP("Words", "Gives it back: the cloud no longer holds it for us."),
    "take_back": QT_TRANSLATE_NOOP("Words", "Takes the claim back and erases its credentials."),
    "reflash": QT_TRANSLATE_NOOP("Words", "Writes the recipe's firmware anew and checks it."),
    "renew": QT_TRANSLATE_NOOP("Words", "Gives it new credentials in place of the old ones."),
    "change_network": QT_TRANSLATE_NOOP("Words", "Lets it join another network."),
    "drop_network": QT_TRANSLATE_NOOP("Words", "Takes its network off. It can't connect any more."),
    "arduino_migrate": QT_TRANSLATE_NOOP("Words", "Moves it from Arduino 1.0 to 2.0."),
    "arduino_prepare": QT_TRANSLATE_NOOP("Words", "Makes it ready for Arduino 2.0."),
}

_PROVISIONS = QT_TRANSLATE_NOOP(
    "Words", "Does all that a new unit is given, as far as it is missing."
)
_OTHERWISE = QT_TRANSLATE_NOOP(
    "Words", "Carries out what an engineer has written for this product."
)

_BARS = {
    Bar.READ_ONLY: QT_TRANSLATE_NOOP("Words", "Only technicians and engineers may do this."),
    Bar.HALTED: QT_TRANSLATE_NOOP("Words", "Nothing begins until the station can work again."),
    Bar.SCRAPPED: QT_TRANSLATE_NOOP("Words", "It is scrapped: nothing is done to it any more."),
    Bar.NO_CASE: QT_TRANSLATE_NOOP("Words", "Open a case first."),
    Bar.RECIPE: QT_TRANSLATE_NOOP("Words", "An engineer mends this."),
    Bar.BUSY: QT_TRANSLATE_NOOP("Words", "Something is being done to it."),
    Bar.WHICH: QT_TRANSLATE_NOOP("Words", "Choose above in which slot it sits."),
    Bar.NOT_SEEN: QT_TRANSLATE_NOOP("Words", "Plug it in."),
}

_ROLES = {
    Role.OPERATOR: QT_TRANSLATE_NOOP("Words", "operator"),
    Role.TECHNICIAN: QT_TRANSLATE_NOOP("Words", "technician"),
    Role.ENGINEER: QT_TRANSLATE_NOOP("Words", "engineer"),
    Role.AUDITOR: QT_TRANSLATE_NOOP("Words", "auditor"),
}


def does(action: ReworkAction) -> str:
    """Return what an action does, in one sentence."""
    known = _DOES.get(action.procedure, _OTHERWISE if action.key else _PROVISIONS)
    return translate("Words", str(known))


def barred(bar: Bar) -> str:
    """Return why an action can't be done now; empty when it can."""
    return translate("Words", str(_BARS[bar])) if bar in _BARS else ""


def recipe_wrong(why: Trouble) -> str:
    """Return what is wrong with a recipe; its detail names file, line and key."""
    return f"{words.says(why)} {why.detail}".strip() + f" ({why.code})"


def role(who: Role) -> str:
    return translate("Words", str(_ROLES[who]))


def find_field() -> str:
    return translate("Words", "Find a unit")


def find_hint() -> str:
    return translate("Words", "Scan the unit, or type its serial, IMEI, UUID, MAC or cloud id")


def found_list() -> str:
    return translate("Words", "Units that were found")


def seats_caption() -> str:
    return translate("Words", "In the slots")


def no_seats() -> str:
    return translate("Words", "No board is plugged in.")


def chip(slot: str, unit: str, kind: str) -> str:
    """Return what a chip says of the board in a slot, as it is read aloud."""
    known = unit or kind or translate("Words", "not read yet")
    return translate("Words", "{slot}: {unit}").format(slot=words.slot(slot), unit=known)


def not_read() -> str:
    return translate("Words", "not read yet")


def unknown_board() -> str:
    return translate("Words", "unknown board")


def empty(page: Rework) -> tuple[str, str]:
    """Return what stands where no unit is open, and the one thing to do next."""
    match page.state:
        case State.STARTING:
            return translate("Words", "The station is starting"), translate("Words", "One moment …")
        case State.SIGNED_OUT:
            return (
                translate("Words", "Nobody is signed in"),
                translate("Words", "Sign in to take units up again: F2."),
            )
        case State.FORBIDDEN:
            return (
                translate("Words", "Rework is for technicians and engineers"),
                translate("Words", "Sign in as one of them: F2 twice."),
            )
        case State.READING:
            return translate("Words", "Reading its life …"), ""
        case State.UNKNOWN:
            return (
                translate("Words", "Nobody knows {text}").format(text=page.asked),
                translate("Words", "Check what you scanned, or take the unit into the record."),
            )
        case State.SEVERAL:
            return (
                translate("Words", "{count} units fit").format(
                    count=figures.number(len(page.found or ()))
                ),
                translate("Words", "Choose one with the arrows, then press Enter."),
            )
        case _:
            return (
                translate("Words", "Scan the unit"),
                translate("Words", "Its label, or any number of it. Or plug it into a slot."),
            )


def trouble(told: Trouble) -> str:
    """Return what went wrong and what to do, in one line."""
    return f"{words.says(told)} {words.remedy(told)} {told.detail}".strip() + f" ({told.code})"


def refused() -> str:
    return translate("Words", "That could not be done. Try again.")


def failed(told: Trouble) -> tuple[str, str]:
    """Return why the record could not be read, and what to do."""
    return words.says(told), f"{words.remedy(told)} ({told.code})"


def note_button() -> str:
    return translate("Words", "Write a note")


def note_does() -> str:
    return translate("Words", "Puts a few lines into its life.")


def own_caption() -> str:
    return translate("Words", "Also without a board")


def scrap() -> str:
    return translate("Words", "Scrap it")


def scrap_does(*, held: bool) -> str:
    """Return what scrapping does; `held` tells that a cloud still holds the unit for us."""
    if held:
        return translate("Words", "A cloud still holds it: give it back before it is scrapped.")
    return translate("Words", "Takes it out for good. A second person must approve.")


def reprint() -> str:
    return translate("Words", "Print its label again")


def reprint_does() -> str:
    return translate("Words", "Prints the same label once more. A second person must approve.")


def anew() -> str:
    return translate("Words", "Do it anew …")


def again() -> str:
    return translate("Words", "Once more")


def put_away() -> str:
    return translate("Words", "Done")


def stop() -> str:
    return translate("Words", "Stop")


def actions_caption() -> str:
    return translate("Words", "What can be done")


def erasing_caption() -> str:
    return translate("Words", "Takes something away")


def no_actions(kind: str) -> tuple[str, str]:
    return (
        translate("Words", "No recipe has a rework for {kind}").format(kind=kind),
        translate("Words", "An engineer adds one to the product's recipe."),
    )


def looking() -> str:
    return translate("Words", "Looking for recipes …")


def sits(seat: Seat | None, *, choose: bool) -> str:
    """Return where the unit sits, in a few words."""
    if seat is None:
        return translate("Words", "choose a slot") if choose else translate("Words", "plug it in")
    return words.slot(seat.slot)


def seat_told(page: Rework) -> str:
    """Return where the unit sits, or what to do so that it does."""
    seat = page.seat
    if seat is not None and seat.sure:
        return translate("Words", "It sits in {slot}.").format(slot=words.slot(seat.slot))
    if seat is not None:
        maybe = translate("Words", "A board sits in {slot}. It is checked before it is changed.")
        return maybe.format(slot=words.slot(seat.slot))
    if len(page.unread) > 1:
        return translate("Words", "Several boards are in. Choose above in which slot it sits.")
    return translate("Words", "Plug it in to work on it.")


def ordered() -> str:
    return translate("Words", "It begins in a moment …")


def erase_question(title: str, unit: str) -> tuple[str, str]:
    return (
        translate("Words", "{title}?").format(title=title),
        translate("Words", "This takes something off {unit} that can't be put back.").format(
            unit=unit
        ),
    )


def do_it() -> str:
    return translate("Words", "Yes, do it")


def keep() -> str:
    return translate("Words", "Leave it as it is")


def close_unit() -> str:
    return translate("Words", "Put the unit aside")


def cannot_read(slot: str) -> str:
    return translate("Words", "No recipe can read the board in {slot}. Scan its label.").format(
        slot=words.slot(slot)
    )
