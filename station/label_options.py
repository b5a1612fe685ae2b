"""What a recipe says of a unit's label and of its serial number, and the steps that come of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from station.faults import LabelWrong, RecipeWrong
from station.labels.template import Template
from station.patterns import Pattern
from station.toml_text import TextWrong, read_text

MATCH, LABEL, SCAN = "match", "label", "scan"
"""The steps: the unit's own label is scanned; a label is printed; that one is scanned."""

STEPS = (MATCH, LABEL, SCAN)

KNOWN = (
    "serial", "model", "firmware", "hardware", "kind", "device_id", "cloud", "claim_secret",
    "serial_number", "order", "recipe", "station", "operator", "date",
)  # fmt: skip
"""The fields that units have, beside their ids; those of a recipe have other names."""

_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


class LabelOptions(BaseModel):
    """A recipe's table `[label]`: what is printed, and what is scanned."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    template: str = Field(
        default="",
        examples=["label.zpl"],
        description="the label in ZPL with placeholders, beside the recipe; without one nothing is "
        "printed",
    )
    sha256: str = Field(
        default="",
        pattern=r"^([0-9a-f]{64})?$",
        description="the template's SHA-256, so that nobody changes it unseen",
    )
    printer: str = Field(
        default="",
        max_length=40,
        examples=["labels"],
        description="which printer, by its name in the station's settings",
    )
    dots_per_mm: Literal[6, 8, 12, 24] = Field(
        default=8, description="the printer's: 8 dots a millimetre are 203 dpi, 12 are 300 dpi"
    )
    match: bool = Field(
        default=False,
        description="the label that a unit bears already is scanned before anything is done to it",
    )
    scan_back: bool = Field(
        default=False, description="the label that was printed is scanned before the unit passes"
    )
    unit: Pattern = Field(
        default="",
        description="what this product's labels say; (?P<id>...) counts. Empty: any may be one",
    )
    fields: dict[str, str] = Field(
        default={}, description="further fields of the template: { colour = 'green' }"
    )

    @field_validator("fields")
    @classmethod
    def _are_its_own(cls, fields: dict[str, str]) -> dict[str, str]:
        for name in fields:
            if name in KNOWN:
                raise ValueError(f"{name} is the unit's own; another name is wanted")
            if not _FIELD.fullmatch(name):
                raise ValueError(f"{name!r} is not made of letters, digits and _ . -")
        return fields

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if self.template and not self.printer:
            raise ValueError("template: there is no printer to print it on")
        if self.scan_back and not self.template:
            raise ValueError("scan_back: without a template nothing is printed")
        if not self.template and not self.match:
            raise ValueError("neither a template to print, nor match = true")
        return self


class SerialOptions(BaseModel):
    """A recipe's table `[serial]`: the number that a unit is given with its label."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pool: str = Field(
        min_length=1,
        max_length=40,
        examples=["trackers"],
        description="where it comes from; 'station serials list' shows the pools",
    )


@dataclass(frozen=True, slots=True)
class LabelPlan:
    """What a recipe wants of labels, with its template read; `digest` is that of its text.

    `pool` is where serial numbers come from, empty where units get none.
    """

    options: LabelOptions
    template: Template | None = None
    digest: str = ""
    pool: str = ""

    @property
    def before(self) -> tuple[str, ...]:
        """The steps before the procedure's own."""
        return (MATCH,) if self.options.match else ()

    @property
    def after(self) -> tuple[str, ...]:
        """The steps after the procedure's own."""
        if not self.options.template:
            return ()
        return (LABEL, SCAN) if self.options.scan_back else (LABEL,)

    @property
    def name(self) -> str:
        """What the record calls the template: its file, and the beginning of its digest."""
        return f"{Path(self.options.template).name} {self.digest[:12]}"


def plan(options: LabelOptions, serial: SerialOptions | None, folder: Path) -> LabelPlan:
    """Return what is to be done with labels by a recipe that lies in `folder`.

    Raises:
        RecipeWrong: the template can't be read, or is not the one.
        LabelWrong: it has a mistake.

    """
    pool = serial.pool if serial else ""
    if not options.template:
        return LabelPlan(options, pool=pool)
    text = _read(folder / options.template)
    digest = sha256(text.encode()).hexdigest()
    if options.sha256 not in {"", digest}:
        raise RecipeWrong(f"[label] {options.template} is not the one: its SHA-256 is {digest}")
    try:
        template = Template.read(text, dots_per_mm=options.dots_per_mm)
    except LabelWrong as wrong:
        raise LabelWrong(f"{options.template}: {wrong.detail}") from None
    if options.scan_back and not any(data.drawn for data in template.data):
        raise RecipeWrong(f"[label] scan_back: there is no code on {options.template}")
    return LabelPlan(options, template, digest, pool)


def steps_of(tables: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the steps that a recipe's tables ask for, as far as they can be understood."""
    told = tables.get("label")
    if not isinstance(told, dict):
        return ()
    wanted = {MATCH: "match", LABEL: "template", SCAN: "scan_back"}
    return tuple(step for step, key in wanted.items() if told.get(key))


def _read(path: Path) -> str:
    try:
        return read_text(path)
    except OSError as exc:
        raise RecipeWrong(f"[label] {path}: {exc.strerror}") from None
    except TextWrong as exc:
        raise LabelWrong(str(exc)) from None
