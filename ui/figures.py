"""Numbers and dates, written as the language writes them: QLocale's, which `languages.use` sets."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, QLocale

SHORT = QLocale.FormatType.ShortFormat


def number(value: float, digits: int = 0) -> str:
    """Return `value` with so many digits after its decimal sign, in groups of three from 10 000 on."""
    locale = QLocale()
    if abs(value) < 10_000:
        locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(float(value), "f", digits)


def percent(share: float) -> str:
    """Return `share`, from 0 to 1, as whole percent."""
    return f"{number(100 * share)} %"


def moment(iso: str) -> str:
    """Return a moment of the record (ISO 8601, UTC where it says nothing) as this place's date and time."""
    return QLocale().toString(_here(iso), SHORT) if iso else ""


def day(iso: str) -> str:
    """Return the date alone, as `moment` does."""
    return QLocale().toString(_here(iso).date(), SHORT) if iso else ""


def clock(iso: str) -> str:
    """Return the time of day alone, as `moment` does."""
    return QLocale().toString(_here(iso).time(), SHORT) if iso else ""


def _here(iso: str) -> QDateTime:
    told = datetime.fromisoformat(iso)
    moment = told if told.tzinfo else told.replace(tzinfo=UTC)
    return QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
