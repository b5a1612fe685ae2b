"""What a recipe says of a board that is spoken to by a script of its own."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from station.boards.scripted_pattern import (
    PLACEHOLDERS,
    line_filled,
    line_told,
    names_in,
    pattern_filled,
    pattern_told,
    prompt_told,
)
from station.model import Port

SERIAL: Final = "serial"
LONGEST_WITHIN_S: Final = 600.0
_EXAMPLE: Final = {"send": "id", "expect": "serial: (?P<serial>[0-9A-Z]{8})"}


class Exchange(BaseModel):
    """A line that is sent, and what is expected to follow."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    send: str = Field(default="", max_length=2000)
    expect: str = Field(min_length=1)
    refuse: str = ""
    within_s: float = Field(
        default=5.0,
        gt=0,
        le=LONGEST_WITHIN_S,
        description="how long each try waits for what is expected, in seconds",
    )
    tries: int = Field(
        default=3, ge=1, le=10, description="how often it is tried: the line is sent anew each time"
    )
    otherwise: str = Field(
        default="",
        alias="else",
        max_length=200,
        description="the sentence for the operator when it fails",
    )


class Question(Exchange):
    """An exchange that asks the board who it is."""

    send: Annotated[str, AfterValidator(line_told)] = Field(
        default="", max_length=2000, description="the line to send; empty: only wait"
    )
    expect: Annotated[str, AfterValidator(pattern_told)] = Field(
        min_length=1,
        description="a regular expression, searched for in what the board says; its named groups "
        "are the board's ids",
    )
    refuse: Annotated[str, AfterValidator(pattern_told)] = Field(
        default="", description="a regular expression: how the board says no"
    )


class Deed(Exchange):
    """An exchange that has the board take what it is given."""

    send: Annotated[str, AfterValidator(line_filled)] = Field(
        default="",
        max_length=2000,
        description=f"the line to send, with {', '.join(f'{{{each}}}' for each in PLACEHOLDERS)}; "
        "empty: only wait",
    )
    expect: Annotated[str, AfterValidator(pattern_filled)] = Field(
        min_length=1,
        description="a regular expression, searched for in what the board says; it may hold the "
        "same placeholders",
    )
    refuse: Annotated[str, AfterValidator(pattern_filled)] = Field(
        default="", description="a regular expression: how the board says no"
    )


class ScriptedOptions(BaseModel):
    """What a recipe's `[board]` table may hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    baud: int = Field(default=115_200, ge=300, le=4_000_000, description="bits a second")
    line_end: Literal["\r", "\n", "\r\n"] = Field(
        default="\r\n", description="what ends a line that is sent"
    )
    marks: tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{4}:[0-9a-f]{4}$")], ...] = Field(
        default=(),
        description='The USB ids (vendor:product) that this product has: ["10c4:ea60"]. Empty takes '
        "every USB adapter for a serial line; a port that is given by its name needs no marks.",
    )
    prompt: Annotated[str, AfterValidator(prompt_told)] = Field(
        default="",
        description="A regular expression for what the board writes without a line end when it "
        "waits for a line: 'esp> '. It ends a line as a line end does. Empty: there is none.",
    )
    echoes: bool = Field(
        default=False,
        description="Whether the board echoes what it is sent. Then only what follows a whole echo "
        "is an answer, and a line that arrived garbled is noticed. An echo is tolerated in any case.",
    )
    quoting: Literal["none", "esp console", "zephyr shell"] = Field(
        default="none",
        description="how a value is put into a line, so that one with blanks or quotes stays one word",
    )
    wake: tuple[Annotated[str, AfterValidator(line_told)], ...] = Field(
        default=("",),
        description="Lines that wake the board or clear what was half typed: sent at the beginning, "
        "until the prompt comes, and before a line is tried again.",
    )
    wake_within_s: float = Field(
        default=10.0, gt=0, le=20, description="how long the first prompt is waited for, in seconds"
    )
    identify: tuple[Question, ...] = Field(
        description="What tells who the board is, in this order. The group serial is what people "
        "call the unit; model, firmware and hardware are what they say; every other group is an id "
        "that no two units share. Where there is none, the serial is that id.",
        examples=[[_EXAMPLE]],
    )
    write: tuple[Deed, ...] = Field(
        default=(), description="what gives the board its credentials, in this order"
    )
    restart: tuple[Deed, ...] = Field(
        default=(), description="what restarts the board after that, and shows that it came back"
    )
    verify: tuple[Deed, ...] = Field(
        default=(), description="what shows that the board has kept what was written"
    )

    @field_validator("identify")
    @classmethod
    def _names_a_serial(cls, questions: tuple[Question, ...]) -> tuple[Question, ...]:
        groups = {name for each in questions for name in re.compile(each.expect).groupindex}
        if SERIAL not in groups:
            raise ValueError(f"no pattern has the group (?P<{SERIAL}>...)")
        return questions

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """All that is done to the board after it was identified."""
        return (*self.write, *self.restart, *self.verify)

    @property
    def wanted(self) -> frozenset[str]:
        """The names of all placeholders."""
        return names_in(*(text for deed in self.deeds for text in _texts(deed)))

    def fits(self, port: Port) -> bool:
        """Tell whether `port` bears the marks of this product, or none that could say no."""
        if not self.marks or port.vid is None or port.pid is None:
            return True
        return f"{port.vid:04x}:{port.pid:04x}" in self.marks


def _texts(deed: Deed) -> tuple[str, str, str]:
    return deed.send, deed.expect, deed.refuse
