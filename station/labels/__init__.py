"""The door of the labels: what a code on one says, and who prints a job.

A label is a template (ZPL with placeholders, `template.py`) and a unit's fields. A job is one label
in the form that its printer takes, under an id of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

Fields = Mapping[str, str]
"""What a unit has to say, by name; secrets among it, so it is never printed to a log."""

_JOB_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")


class Symbology(StrEnum):
    """The codes that the station can draw and have read back."""

    CODE_128 = "code128"
    QR = "qr"
    DATA_MATRIX = "datamatrix"


class Form(StrEnum):
    """What a printer takes."""

    ZPL = "zpl"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Code:
    """A code on a label and what a scanner must read from it.

    `line` is its line in the template. A symbol FNC1 reads as ASCII 29, at the beginning as nothing.
    """

    symbology: Symbology
    text: str = field(repr=False)
    line: int


@dataclass(frozen=True, slots=True)
class Job:
    """One label on its way to a printer; `document` may hold secrets and never prints to a log.

    Raises:
        ValueError: `id` is not made of 1 to 64 letters, digits and hyphens.

    """

    id: str
    form: Form
    document: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not _JOB_ID.fullmatch(self.id):
            raise ValueError("a job's id is made of 1 to 64 letters, digits and hyphens")


@dataclass(frozen=True, slots=True)
class Printed:
    """A printer has taken a job; `sure` when it told that it has come to the end of it too."""

    job: str
    sure: bool


class Printer(Protocol):
    """A printer, or a queue to one. Prints a job each time it is asked: it keeps no record."""

    @property
    def form(self) -> Form:
        """What its jobs must be made of."""
        ...

    async def probe(self) -> bool:
        """Return True when it says that it can print, False when it does not tell.

        Raises:
            PrinterFault: it can't print; the kind says why.

        """
        ...

    async def print(self, job: Job) -> Printed:
        """Print a job.

        Cancelled in the middle, it leaves open whether the label comes, as `PrintUnknown` does.

        Raises:
            PrinterFault: nothing was printed; the kind says why.
            PrintUnknown: it may have been printed, whole or in part, or may still come. Whoever
                called decides whether it is asked for again.
            ValueError: the job is of another form.

        """
        ...


def check_form(printer: Printer, job: Job) -> None:
    """Refuse a job that is not in the form that `printer` takes.

    Raises:
        ValueError: it is not.

    """
    if job.form is not printer.form:
        raise ValueError(f"this printer takes {printer.form}, the job is {job.form}")
