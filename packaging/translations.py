"""Brings ui/translations up to date: what is said goes into each .ts, what is translated into its .qm.

Run it with the Python of an environment that the station is installed in. Both kinds of file are
committed: a fresh clone and a wheel have all languages without a build step, and a test proves that
each .qm is what its .ts says.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import PySide6

from station import registry
from station.boards.catalogue import BOARDS
from station.faults import every_fault
from station.rework_codes import ACTIONS, FAULTS, REASONS

UI = Path(__file__).resolve().parent.parent / "ui"
FOLDER = UI / "translations"
CODES = ("zh_CN", "es", "de")

Text = tuple[str, str]
"""A context and an English sentence."""


def brought() -> Iterator[Text]:
    """Yield what stands outside of ui/ and is shown there, with the context that asks for it."""
    for fault in every_fault():
        yield "Faults", fault.says
        yield "Faults", fault.remedy
    for board in BOARDS:
        for _, gesture in board.gestures:
            if gesture.note:
                yield "Gestures", gesture.note
    for told in (REASONS, FAULTS, ACTIONS):
        for says in told.values():
            yield "Lists", says
    for procedure in registry.procedures().values():
        for title in filter(None, (procedure.title, procedure.again)):
            yield "Procedures", title


def update(folder: Path = FOLDER) -> None:
    """Write every sentence that there is now into each .ts of `folder`, and drop what has gone."""
    with tempfile.TemporaryDirectory() as scratch:
        # lupdate reads source text: what only a running program knows is written down for it.
        listed = Path(scratch) / "brought.py"
        calls = (f"QT_TRANSLATE_NOOP({about!r}, {text!r})" for about, text in brought())
        listed.write_text("\n".join(dict.fromkeys(calls)), "utf-8")
        sources = [*map(str, sorted(UI.glob("*.py"))), str(listed)]
        for code in CODES:
            # A guess from a similar sentence would be taken for a translation one day.
            options = ["-no-obsolete", "-sort-messages", "-disable-heuristic", "similartext"]
            options += ["-source-language", "en", "-target-language", code, "-locations", "none"]
            _run("lupdate", *options, *sources, "-ts", str(folder / f"station_{code}.ts"))


def release(folder: Path = FOLDER, to: Path | None = None) -> None:
    """Make each .ts of `folder` into a .qm in `to`, or beside it."""
    for code in CODES:
        made = (to or folder) / f"station_{code}.qm"
        # A window that runs has mapped the old file into its memory: it must not be written over.
        fresh = made.with_suffix(".new")
        _run("lrelease", str(folder / f"station_{code}.ts"), "-qm", str(fresh))
        fresh.replace(made)


def messages(code: str, folder: Path = FOLDER) -> dict[Text, str]:
    """Return the translation of each text in a language, empty where there is none or a draft."""
    found = {}
    for context in ElementTree.parse(folder / f"station_{code}.ts").iter("context"):  # noqa: S314 our own file
        about = context.findtext("name", "")
        for message in context.iter("message"):
            told = message.find("translation")
            done = told is not None and told.get("type") is None
            found[about, message.findtext("source", "")] = (told.text or "") if done else ""
    return found


def _run(tool: str, *arguments: str) -> None:
    program = Path(PySide6.__file__).parent / f"{tool}{'.exe' if sys.platform == 'win32' else ''}"
    told = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if told.returncode or "warning" in told.stderr.lower():
        raise OSError(f"{tool}: {told.stderr.strip() or told.stdout.strip()}")


def main() -> int:
    """Update all files; 1 when something is not translated yet."""
    update()
    release()
    missing = 0
    for code in CODES:
        all_texts = messages(code)
        open_ones = [text for text, said in all_texts.items() if not said]
        missing += len(open_ones)
        print(f"{code}: {len(all_texts) - len(open_ones)} of {len(all_texts)} texts")
        for about, text in open_ones:
            print(f"    {about}: {text}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
