"""The captions of buttons, fields, dialogs and empty places: words' shorter half."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def window_title(station: str) -> str:
    return translate("Words", "{station} – provisioning").format(station=station)


def facts() -> dict[str, str]:
    """Return the captions of the top bar, by what they stand over."""
    return {
        "station": translate("Words", "Station"),
        "operator": translate("Words", "Operator"),
        "order": translate("Words", "Work order"),
        "count": translate("Words", "Done"),
        "good": translate("Words", "Good today"),
        "bad": translate("Words", "Bad today"),
        "first_pass": translate("Words", "First pass"),
        "queue": translate("Words", "Queue"),
    }


def help_button() -> str:
    return translate("Words", "Help  F1")


def sign_button(*, signed_in: bool) -> str:
    return translate("Words", "Sign out  F2") if signed_in else translate("Words", "Sign in  F2")


def retry_button() -> str:
    return translate("Words", "Retry  F5")


def stop_button() -> str:
    return translate("Words", "Stop  Esc")


def last_units() -> str:
    return translate("Words", "Last units")


def no_last_units() -> str:
    return translate("Words", "Units that are done appear here.")


def no_slots(*, ready: bool) -> tuple[str, str]:
    if not ready:
        return translate("Words", "The station is starting"), translate("Words", "One moment …")
    return (
        translate("Words", "No slot yet"),
        translate("Words", "Plug a board in: the socket it sits in becomes the first slot."),
    )


def help_title() -> str:
    return translate("Words", "Keys")


def sign_in_title() -> str:
    return translate("Words", "Sign in")


def name_field() -> str:
    return translate("Words", "Your name")


def recipe_list() -> str:
    return translate("Words", "Recipe")


def quantity_field() -> str:
    return translate("Words", "How many units (may stay empty)")


def quantity_hint() -> str:
    return translate("Words", "No limit")


def looking_for_recipes() -> str:
    return translate("Words", "Looking for recipes …")


def no_recipes() -> str:
    return translate(
        "Words",
        "There is no recipe yet. An engineer makes one with: station recipe new",
    )


def no_good_recipe() -> str:
    return translate("Words", "Every recipe has a mistake. An engineer corrects the named line.")


def name_missing() -> str:
    return translate("Words", "Type your name.")


def recipe_missing() -> str:
    return translate("Words", "Choose a recipe.")


def signing_in() -> str:
    return translate("Words", "Signing in …")


def cancel() -> str:
    return translate("Words", "Cancel")


def stop_question(slots: tuple[str, ...]) -> tuple[str, str]:
    if len(slots) == 1:
        return (
            translate("Words", "Stop {slot}?").format(slot=slots[0]),
            translate("Words", "The run ends as stopped. The unit can be retried."),
        )
    return (
        translate("Words", "Stop all {count} runs?").format(count=len(slots)),
        translate("Words", "They end as stopped. The units can be retried."),
    )


def close_question(runs: int) -> tuple[str, str]:
    return (
        translate("Words", "Close the station?"),
        translate("Words", "{count} under way. Closing stops them.").format(count=runs),
    )


def stop_yes() -> str:
    return translate("Words", "Stop")


def close_yes() -> str:
    return translate("Words", "Stop and close")


def go_on() -> str:
    return translate("Words", "Go on working")


def closing() -> str:
    return translate("Words", "Closing. The station finishes writing its record …")


def not_started() -> str:
    return translate("Words", "The station is not ready yet.")


def nothing_to_retry() -> str:
    return translate("Words", "Select the slot to retry: keys 1 to 9, or arrows.")


def slot_busy(slot: str) -> str:
    return translate("Words", "{slot} has nothing to retry now.").format(slot=slot)


def restart() -> str:
    return translate("Words", "The station has stopped. Close this window and start it again.")


def pick_button() -> str:
    return translate("Words", "Pick  F6")


def on_air(free: int) -> tuple[str, str]:
    """Return the caption of the boards on the air, and how many more can be worked on."""
    room = (
        translate("Words", "Room for {count} more").format(count=free)
        if free
        else translate("Words", "No room for more now")
    )
    return translate("Words", "On the air"), room


def none_heard() -> str:
    return translate(
        "Words",
        "No board is heard. Switch the board on; its light pulses when it is ready.",
    )


def how_near(bars: int) -> str:
    """Return the word for a signal of so many bars, one to four."""
    if bars >= 4:
        return translate("Words", "very near")
    if bars == 3:
        return translate("Words", "near")
    return translate("Words", "far") if bars == 2 else translate("Words", "very far")


def nearby_told(digits: str, name: str, near: str) -> str:
    """One board on the air, as it is read aloud."""
    return ", ".join(part for part in (digits, name, near) if part)


def pick_title() -> str:
    return translate("Words", "Which board is in your hand?")


def pick_field() -> str:
    return translate("Words", "Scan its label, or type the last four digits")


def pick_list() -> str:
    return translate("Words", "Or choose it from those that are heard")


def pick_yes() -> str:
    return translate("Words", "Pick")


def pick_missing() -> str:
    return translate("Words", "Scan a label, or choose a board with the arrows.")


def picking(text: str) -> str:
    return translate("Words", "Asking for {text} …").format(text=text)


def pick_unanswered() -> str:
    return translate("Words", "Nothing new came. That board may be in a slot already.")


def no_air() -> str:
    return translate("Words", "This line has no Bluetooth: plug boards in.")


def language() -> str:
    return translate("Words", "Language")


def no_chinese() -> str:
    return translate("Words", "No Chinese font")


def no_letters() -> str:
    return translate(
        "Words", "This computer has no Chinese letters. An engineer installs a font that has."
    )
