"""What a recipe says of a board that is spoken to by a script of its own."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from station.boards.scripted_pattern import (
    PIECES,
    PLACEHOLDERS,
    line_filled,
    line_named,
    line_told,
    names_in,
    pattern_filled,
    pattern_named,
    pattern_told,
    prompt_told,
)
from station.boards.scripted_port import PortOptions

SERIAL: Final = "serial"
LONGEST_WITHIN_S: Final = 600.0
PIECE_LENGTH: Final = 128
REQUEST: Final = "request"
_LIST: Final = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
_PEM_REQUEST: Final = "BEGIN CERTIFICATE REQUEST-----(?P<request>[^-]+)-----END CERTIFICATE REQUEST"
_EXAMPLE: Final = {"send": "id", "expect": "serial: (?P<serial>[0-9A-Z]{8})"}


def _name_of_a_value(name: str) -> str:
    if name and name not in PLACEHOLDERS:
        raise ValueError(f"no value {name!r}; there is {', '.join(PLACEHOLDERS)}")
    return name


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
        description=f"the line to send, with {_LIST}; certificates and keys are base64 of their "
        "DER on one line; empty: only wait",
    )
    expect: Annotated[str, AfterValidator(pattern_filled)] = Field(
        min_length=1,
        description="a regular expression, searched for in what the board says; it may hold the "
        "same placeholders",
    )
    refuse: Annotated[str, AfterValidator(pattern_filled)] = Field(
        default="", description="a regular expression: how the board says no"
    )
    pieces_of: Annotated[str, AfterValidator(_name_of_a_value)] = Field(
        default="",
        description="The name of a value that is too long for one line (certificate): the line is "
        "sent once for each piece of it, with {piece}, {offset} (the characters before it), "
        "{number} (the pieces before it) and {count} (of all pieces).",
    )
    piece_length: int = Field(
        default=PIECE_LENGTH, ge=16, le=2000, description="how many characters a piece has at most"
    )

    @model_validator(mode="after")
    def _cuts_what_it_names(self) -> Self:
        pieces = sorted(names_in(*self.texts) & set(PIECES))
        if pieces and not self.pieces_of:
            raise ValueError(f"{{{pieces[0]}}} needs pieces_of, the name of what is cut")
        if self.pieces_of and not pieces:
            raise ValueError("pieces_of needs {piece}, {offset}, {number} or {count} in the line")
        return self

    @property
    def texts(self) -> tuple[str, str, str]:
        """All that may hold placeholders."""
        return self.send, self.expect, self.refuse

    @property
    def wanted(self) -> frozenset[str]:
        """The names of the values that it needs."""
        return names_in(*self.texts).difference(PIECES) | ({self.pieces_of} - {""})


class Demand(Exchange):
    """An exchange that has the board make a key of its own, and a request for its certificate."""

    send: Annotated[str, AfterValidator(line_named)] = Field(
        default="",
        max_length=2000,
        description="the line to send, with {name}, the common name that the request must have; "
        "empty: only wait",
    )
    expect: Annotated[str, AfterValidator(pattern_named)] = Field(
        min_length=1,
        description="a regular expression, searched for in what the board says; its group request "
        "is the PKCS #10 request, in base64 over any number of lines",
        examples=[_PEM_REQUEST],
    )
    refuse: Annotated[str, AfterValidator(pattern_named)] = Field(
        default="", description="a regular expression: how the board says no"
    )


class Removal(Exchange):
    """An exchange that has the board forget, or shows that it has; it holds no value."""

    send: Annotated[str, AfterValidator(line_told)] = Field(
        default="", max_length=2000, description="the line to send; empty: only wait"
    )
    expect: Annotated[str, AfterValidator(pattern_told)] = Field(
        min_length=1, description="a regular expression, searched for in what the board says"
    )
    refuse: Annotated[str, AfterValidator(pattern_told)] = Field(
        default="", description="a regular expression: how the board says no"
    )


class ScriptedOptions(PortOptions):
    """What a recipe's `[board]` table may hold."""

    line_end: Literal["\r", "\n", "\r\n"] = Field(
        default="\r\n", description="what ends a line that is sent"
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

    erase: tuple[Removal, ...] = Field(
        default=(),
        description="what has the board forget all that it was given, in this order; it is restarted "
        "after that as after writing",
    )
    erased: tuple[Removal, ...] = Field(
        default=(), description="what shows that the board keeps none of it: the proof of erasure"
    )
    request: tuple[Demand, ...] = Field(
        default=(),
        description="what has the board make a key of its own and a request for its certificate, "
        "in this order; the group request of one of them is the request",
    )

    @field_validator("identify")
    @classmethod
    def _names_a_serial(cls, questions: tuple[Question, ...]) -> tuple[Question, ...]:
        groups = {name for each in questions for name in re.compile(each.expect).groupindex}
        if SERIAL not in groups:
            raise ValueError(f"no pattern has the group (?P<{SERIAL}>...)")
        return questions

    @field_validator("request")
    @classmethod
    def _catches_a_request(cls, demands: tuple[Demand, ...]) -> tuple[Demand, ...]:
        told = "".join(each.expect for each in demands)
        if demands and f"(?P<{REQUEST}>" not in told:
            raise ValueError(f"no pattern has the group (?P<{REQUEST}>...)")
        return demands

    @model_validator(mode="after")
    def _shows_what_it_erases(self) -> Self:
        if bool(self.erase) != bool(self.erased):
            raise ValueError("erase and erased go together: what is not shown is no proof")
        return self

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """All that is done to the board after it was identified."""
        return (*self.write, *self.restart, *self.verify)

    @property
    def wanted(self) -> frozenset[str]:
        """The names of all values that they need."""
        return frozenset().union(*(deed.wanted for deed in self.deeds))
