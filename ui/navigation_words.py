"""The words of the rail that leads from page to page."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

translate = QCoreApplication.translate

_PAGES = {
    "line": QT_TRANSLATE_NOOP("Words", "Line"),
    "rework": QT_TRANSLATE_NOOP("Words", "Rework"),
    "records": QT_TRANSLATE_NOOP("Words", "Records"),
}


def page(name: str) -> str:
    return translate("Words", str(_PAGES[name]))


def pages() -> str:
    """Return what the rail is called where it is read aloud."""
    return translate("Words", "Pages")


def page_told(name: str, key: str) -> str:
    return translate("Words", "{page}, key {key}").format(page=page(name), key=key)
