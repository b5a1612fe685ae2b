"""What is said of a unit's case, and in the forms of the Rework page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from station.model import Outcome, RepairCode
from station.model.life import CaseTold, Life
from ui import brought_words, figures, unit_words
from ui.rework import Rework

translate = QCoreApplication.translate

MOST_LETTERS = 22


def no_case() -> str:
    return translate("Words", "Not in rework")


def open_case() -> str:
    return translate("Words", "Open a case")


def case_open() -> str:
    return translate("Words", "In rework")


def since(when: str, who: str) -> str:
    return translate("Words", "since {when}, {who}").format(when=figures.moment(when), who=who)


def count(cases: int, limit: int) -> str:
    """Return how often the unit was reworked, of how often it may be."""
    if not limit:
        return translate("Words", "Cases so far: {count}").format(count=cases)
    return translate("Words", "Cases: {count} of {limit}").format(count=cases, limit=limit)


def beyond() -> str:
    return translate("Words", "The limit is reached: an engineer must approve of the next case.")


def case_told(page: Rework) -> str:
    """Return how often the unit was reworked, and what that means for its next case."""
    told = count(page.cases, page.codes.limit)
    return f"{told}. {beyond()}" if page.is_beyond else told


def was_scrapped(when: str) -> str:
    return translate("Words", "Scrapped on {day}").format(day=figures.day(when))


def code(told: str, known: tuple[RepairCode, ...]) -> str:
    """Return a code of the factory's list with what it says; a text that is no code as it is."""
    says = next((brought_words.listed(each) for each in known if each.code == told), "")
    return f"{told} – {says}" if says else told


def reason_caption() -> str:
    return translate("Words", "Why it came back")


def fault_caption() -> str:
    return translate("Words", "What was found (may stay empty)")


def done_caption() -> str:
    return translate("Words", "What was done")


def code_hint() -> str:
    return translate("Words", "Type, or use the arrows")


def text_hint() -> str:
    return translate("Words", "In a few words")


def ticked(told: str) -> str:
    """Return a row of a list that is ticked, as it is read aloud."""
    return translate("Words", "{code}, ticked").format(code=told)


def no_code() -> str:
    return translate("Words", "No code of the list fits this.")


def done_so_far(life: Life, case: CaseTold, most: int) -> tuple[tuple[str, Outcome], ...]:
    """Return what was done for a case and how each ended, oldest first; the last `most` of it."""
    runs = (run for run in life.runs if run.began >= case.opened and run.outcome is not None)
    told = [(unit_words.procedure(run.procedure), run.outcome) for run in runs if run.outcome]
    return tuple(told[-most:])


def shipped(case: CaseTold) -> str:
    """Return when a unit that is in no case was shipped again, and by whom."""
    told = translate("Words", "shipped again {when}, {who}")
    return told.format(when=figures.moment(case.closed), who=case.closed_by)


def ship() -> str:
    return translate("Words", "Ship again")


def holds(life: Life) -> str:
    """Return who holds a unit that is to be shipped."""
    clouds = ", ".join(dict.fromkeys(claim.cloud for claim in life.held))
    if not clouds:
        return translate("Words", "No cloud holds it for us.")
    return translate("Words", "Ours at {clouds}.").format(clouds=clouds)


def short(serial: str) -> str:
    """Return a serial number that has room in a headline: its end tells units apart."""
    return serial if len(serial) <= MOST_LETTERS else f"…{serial[1 - MOST_LETTERS :]}"


def ship_title(unit: str) -> str:
    return translate("Words", "Ship {unit} again").format(unit=unit)


def case_title(unit: str) -> str:
    return translate("Words", "Open a case for {unit}").format(unit=unit)


def note_title(unit: str) -> str:
    return translate("Words", "A note on {unit}").format(unit=unit)


def note_caption() -> str:
    return translate("Words", "Note")


def note_optional() -> str:
    return translate("Words", "Note (may stay empty)")


def write() -> str:
    return translate("Words", "Write it down")


def adopt_title() -> str:
    return translate("Words", "Take a unit into the record")


def kind_caption() -> str:
    return translate("Words", "Kind of board")


def serial_caption() -> str:
    return translate("Words", "Serial number, as the label has it")


def why_caption() -> str:
    return translate("Words", "Why nobody knows it")


def reason_missing() -> str:
    return translate("Words", "Say why it came back.")


def done_missing() -> str:
    return translate("Words", "Say what was done.")


def note_missing() -> str:
    return translate("Words", "Write something first.")


def adopt_missing() -> str:
    return translate("Words", "Fill in all three.")


def sending() -> str:
    return translate("Words", "One moment …")


def adopt_button() -> str:
    return translate("Words", "Take it into the record")
