"""What recipes say of boards whose console is known: by which keys they keep what they are given."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from station.boards.scripted_options import (
    PIECE_LENGTH,
    Deed,
    Demand,
    Question,
    Removal,
    ScriptedOptions,
)
from station.boards.scripted_pattern import PLACEHOLDERS
from station.boards.scripted_port import PortOptions

LONG: Final = frozenset({"certificate", "private_key", "authority"})
"""Values that don't fit into a console's line, which often holds no more than 256 characters."""

LONGEST_VALUE: Final = 8192
"""Characters of a chain of certificates in base64; more was never given to a board."""

_KEYS_EXAMPLE: Final = {"token": "token", "ssid": "ssid", "password": "password"}


def _values(keys: Mapping[str, str]) -> Mapping[str, str]:
    if unknown := sorted(set(keys).difference(PLACEHOLDERS)):
        raise ValueError(f"no value {unknown[0]!r}; there is {', '.join(PLACEHOLDERS)}")
    if len(set(keys.values())) < len(keys):
        raise ValueError("two values have the same key")
    return keys


Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_./-]{0,62}$")]


class KnownOptions(PortOptions):
    """What a recipe's `[board]` table may hold, for each kind whose console is known."""

    line_end: Literal["\r", "\n", "\r\n"] = Field(
        default="\r\n", description="what ends a line that is sent"
    )
    keys: Annotated[Mapping[str, Key], Field(min_length=1), AfterValidator(_values)] = Field(
        description="what the board is given, and under which key its firmware keeps it; the names "
        f"are {', '.join(PLACEHOLDERS)}",
        examples=[_KEYS_EXAMPLE],
    )
    piece_length: int = Field(
        default=PIECE_LENGTH,
        ge=16,
        le=2000,
        description="Certificates and private keys, base64 of their DER, are given in pieces of so "
        "many characters. Their key holds how many pieces there are; the pieces have a dot and "
        "their number after the key, from 0 on.",
    )
    reads_back: bool = Field(
        default=True, description="whether the firmware tells what it keeps, when it is asked"
    )
    erases: bool = Field(
        default=True,
        description="whether the firmware erases all that it keeps, when it is told to: for units "
        "that come back",
    )
    restarts: bool = Field(
        default=True, description="whether the board is restarted when it was given all"
    )
    back_within_s: float = Field(
        default=15.0, gt=0, le=60, description="how long a restart may take, in seconds"
    )
    identify: tuple[Question, ...] = Field(
        default=(),
        description="What tells who the board is, as with the kind scripted, where its firmware "
        "has another way than the usual one.",
    )
    request: tuple[Demand, ...] = Field(
        default=(),
        description="What has the board make a key of its own and a certificate request, as with "
        "the kind scripted.",
    )

    @model_validator(mode="after")
    def _makes_a_script(self) -> Self:
        self.script()
        return self

    @abstractmethod
    def script(self) -> ScriptedOptions:
        """Return the script that these options mean; ValueError where it would be none."""

    def items(self) -> Iterator[Item]:
        """Yield each thing that the board is to keep, in the order of the recipe."""
        for value, key in self.keys.items():
            if value in LONG:
                yield Item(value, key, "{count}", self.piece_length)
                yield Item(value, f"{key}.{{number}}", "{piece}", self.piece_length)
            else:
                yield Item(value, key, f"{{{value}}}")

    def script_of(
        self,
        identify: tuple[Question, ...],
        write: Iterable[Deed],
        restart: Deed,
        verify: Iterable[Deed],
        *,
        erase: Iterable[Removal] = (),
        erased: Iterable[Removal] = (),
        **console: Any,
    ) -> ScriptedOptions:
        """Return the script of these exchanges; `console` is how this console behaves."""
        return ScriptedOptions(
            baud=self.baud,
            marks=self.marks,
            interface=self.interface,
            line_end=self.line_end,
            identify=self.identify or identify,
            write=tuple(write),
            restart=(restart,) if self.restarts else (),
            verify=tuple(verify) if self.reads_back else (),
            erase=tuple(erase) if self.erases and self.reads_back else (),
            erased=tuple(erased) if self.erases and self.reads_back else (),
            request=self.request,
            **console,
        )

    def restarted(self, send: str, expect: str) -> Deed:
        """Return the exchange that restarts the board."""
        return Deed(
            send=send,
            expect=expect,
            within_s=self.back_within_s,
            otherwise="The board did not come back after its restart.",
        )


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that the board is to keep under `key`; `text` and `key` may hold placeholders.

    `value` is what it is, or is a piece of: then `piece_length` is there.
    """

    value: str
    key: str
    text: str
    piece_length: int | None = None

    @property
    def first_key(self) -> str:
        """The key, or that of the first piece."""
        return self.key.replace("{number}", "0")

    @property
    def all_keys(self) -> tuple[str, ...]:
        """Every key that it may have filled, up to the longest value that there can be."""
        if "{number}" not in self.key:
            return (self.key,)
        many = -(-LONGEST_VALUE // (self.piece_length or PIECE_LENGTH))
        return tuple(self.key.replace("{number}", str(number)) for number in range(many))

    @property
    def sought_key(self) -> str:
        """The key as a pattern that finds it."""
        key, dot, number = self.key.partition(".{")
        return re.escape(key) + (rf"\.{{{number}" if dot else "")

    def written(self, send: str, expect: str, refuse: str) -> Deed:
        """Return the exchange that has the board keep it."""
        return self._deed(send, expect, refuse, f"The board did not take {self._what}.")

    def read(self, send: str, expect: str, refuse: str) -> Deed:
        """Return the exchange that shows that the board keeps it."""
        return self._deed(send, expect, refuse, f"The board has not kept {self._what}.")

    @property
    def _what(self) -> str:
        return PLACEHOLDERS[self.value]

    def _deed(self, send: str, expect: str, refuse: str, otherwise: str) -> Deed:
        return Deed(
            send=send,
            expect=expect,
            refuse=refuse,
            otherwise=otherwise,
            pieces_of=self.value if self.piece_length else "",
            piece_length=self.piece_length or PIECE_LENGTH,
        )
