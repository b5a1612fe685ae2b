"""What is said on the Records page: its search, its filters, what was found, what was written."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.model.finding import FoundUnit
from ui import figures, unit_words, words

translate = QCoreApplication.translate


class When(StrEnum):
    """From when on a run may have begun."""

    EVER = "ever"
    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"
    DAYS = "days"
    """From one day to another, which are chosen beside it."""


class Column(StrEnum):
    """The columns of what was found."""

    UNIT = "unit"
    RESULT = "result"
    WHEN = "when"
    WHAT = "what"
    WHERE = "where"
    WHO = "who"


_WHEN = {
    When.EVER: QT_TRANSLATE_NOOP("Words", "At any time"),
    When.TODAY: QT_TRANSLATE_NOOP("Words", "Today"),
    When.YESTERDAY: QT_TRANSLATE_NOOP("Words", "Yesterday"),
    When.WEEK: QT_TRANSLATE_NOOP("Words", "The last 7 days"),
    When.MONTH: QT_TRANSLATE_NOOP("Words", "The last 30 days"),
    When.DAYS: QT_TRANSLATE_NOOP("Words", "Chosen days"),
}

_COLUMNS = {
    Column.UNIT: QT_TRANSLATE_NOOP("Words", "Unit"),
    Column.RESULT: QT_TRANSLATE_NOOP("Words", "Result"),
    Column.WHEN: QT_TRANSLATE_NOOP("Words", "When"),
    Column.WHAT: QT_TRANSLATE_NOOP("Words", "What was done"),
    Column.WHERE: QT_TRANSLATE_NOOP("Words", "Where"),
    Column.WHO: QT_TRANSLATE_NOOP("Words", "Who"),
}

_MATCHED = {
    "device": QT_TRANSLATE_NOOP("Words", "Device"),
    "usb": QT_TRANSLATE_NOOP("Words", "USB"),
}


def title() -> str:
    return translate("Words", "Records")


def field() -> str:
    return translate("Words", "Find a unit")


def field_hint() -> str:
    return translate("Words", "Type part of any number")


def filters(count: int) -> str:
    if count:
        return translate("Words", "Filters ({count})").format(count=count)
    return translate("Words", "Filters")


def clear() -> str:
    return translate("Words", "Clear filters")


def captions() -> dict[str, str]:
    """Return what stands over each filter."""
    return {
        "outcome": translate("Words", "Result"),
        "recipe": translate("Words", "Recipe"),
        "order": translate("Words", "Work order"),
        "operator": translate("Words", "Operator"),
        "slot": translate("Words", "Slot"),
        "station": translate("Words", "Station"),
        "procedure": translate("Words", "What was done"),
        "code": translate("Words", "Fault code"),
        "when": translate("Words", "When"),
        "since": translate("Words", "First day"),
        "until": translate("Words", "Last day"),
    }


def any_of_them() -> str:
    return translate("Words", "Any")


def when(chosen: When) -> str:
    return translate("Words", str(_WHEN[chosen]))


def column(which: Column) -> str:
    return translate("Words", str(_COLUMNS[which]))


def found_list() -> str:
    return translate("Words", "Units that were found, the newest first")


def looking() -> str:
    return translate("Words", "Looking …")


def shown(count: int, *, more: bool) -> str:
    """Say how many units stand in the list."""
    if more:
        return translate("Words", "The newest {count} units; scroll for more").format(count=count)
    if count == 1:
        return translate("Words", "1 unit")
    return translate("Words", "{count} units").format(count=figures.number(count))


def nothing(*, asked: bool) -> tuple[str, str]:
    """Say that the list is empty, and what to do."""
    if asked:
        return (
            translate("Words", "No unit fits"),
            translate("Words", "Type fewer letters, or clear the filters."),
        )
    return (
        translate("Words", "Nothing is recorded yet"),
        translate("Words", "The first board that is plugged in appears here."),
    )


def choose_one() -> tuple[str, str]:
    """Say that a unit's life is shown beside the list once one is chosen."""
    return (
        translate("Words", "No unit chosen yet"),
        translate("Words", "Choose one on the left, or scan a label."),
    )


def back() -> str:
    return translate("Words", "Back to the list")


def to_bench() -> str:
    return translate("Words", "Open at the bench")


def export_sheet() -> str:
    return translate("Words", "Export CSV")


def export_json() -> str:
    return translate("Words", "Export JSON")


def export_title() -> str:
    return translate("Words", "Write what is shown to a file")


def sheet_files() -> str:
    return translate("Words", "CSV for spreadsheets")


def json_files() -> str:
    return translate("Words", "JSON, a line for each unit")


def writing() -> str:
    return translate("Words", "Writing the file …")


def written(count: int, name: str) -> str:
    return translate("Words", "{count} units written to {name}").format(
        count=figures.number(count), name=name
    )


def no_life() -> tuple[str, str]:
    """Say why a row has no unit to be shown."""
    return (
        translate("Words", "This board never said who it is"),
        translate("Words", "It failed before it was asked. Its run stands in the list."),
    )


def unreadable(code: str) -> str:
    return translate("Words", "The record can't be read now. Call an engineer. ({code})").format(
        code=code
    )


def not_written(code: str) -> str:
    return translate(
        "Words", "The file was not written. Choose another folder, or make room there. ({code})"
    ).format(code=code)


def nameless() -> str:
    return translate("Words", "It did not say who it is")


def called(unit: FoundUnit) -> tuple[str, str]:
    """Return the name of a unit, and below it what was matched, or what it is."""
    if unit.unit is None:
        return "–", nameless()
    name, value = unit.matched
    if value:
        known = _MATCHED.get(name)
        return unit.serial, f"{translate('Words', str(known)) if known else name.upper()} {value}"
    return unit.serial, unit.model or unit.kind


def cell(unit: FoundUnit, which: Column) -> tuple[str, str]:
    """Return the two lines of a cell; the second may be empty."""
    run = unit.run
    if which is Column.UNIT:
        return called(unit)
    if run is None:
        return "", ""
    match which:
        case Column.RESULT:
            lines = unit_words.outcome(run.outcome), run.code
        case Column.WHEN:
            lines = figures.day(run.began), figures.clock(run.began)
        case Column.WHAT:
            lines = unit_words.procedure(run.procedure), run.recipe
        case Column.WHERE:
            lines = words.slot(run.slot), run.station
        case _:
            lines = run.operator, run.order
    return lines


def row(unit: FoundUnit) -> str:
    """Return one row, as it is read aloud."""
    told = (line for which in Column for line in cell(unit, which))
    return ", ".join(part for part in told if part)
