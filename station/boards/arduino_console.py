"""Boards whose sketch takes lines of this small protocol, at any baud rate, without a prompt.

A line is a verb, and after a blank what it is about; its end is CR, LF or both. A sketch answers
each with one line, or with three for `id`, and prints its lines whole; it may print others between.

    id               serial=A0000001       who it is
                     model=MKR
                     firmware=1.0.3
    set NAME TEXT    OK set NAME           keep TEXT, all that follows the blank, under NAME
    get NAME         NAME=TEXT             what is kept under NAME
    clear            OK clear              keep nothing any more (recipe: erases = false without it)
    request NAME     request=BASE64        make a P-256 key, keep it, and a certificate request
                                           (PKCS #10) with NAME as its common name
    restart          READY                 restart; READY is what it prints whenever it starts

What can't be done is answered by ERROR, the verb and a reason. With a long value NAME has how many
pieces there are, NAME.0 the first piece, and so on: no line is longer than 80 characters then.
"""

from __future__ import annotations

import re
from typing import ClassVar, Final

from pydantic import BaseModel, Field

from station.boards.scripted import KnownConsole
from station.boards.scripted_known import KnownOptions
from station.boards.scripted_options import Demand, Question, Removal, ScriptedOptions

PIECE_LENGTH: Final = 48
"""So that a piece and its key are no more than the 64 bytes that a small board's UART holds."""

_REFUSED: Final = "^ERROR "
_IDENTIFY: Final = tuple(
    Question(
        send="id",
        expect=rf"^{name}=(?P<{name}>[\w.+-]{{1,64}})\s",
        refuse=_REFUSED,
        within_s=2,
        tries=5,  # opening its port restarts many a board, which is deaf for a second or two then
        otherwise=f"The board does not tell its {name}.",
    )
    for name in ("serial", "model", "firmware")
)
_REQUEST: Final = (
    Demand(
        send="request {name}",
        expect=r"^request=(?P<request>[A-Za-z0-9+/]+={0,2})\s*$",
        refuse=_REFUSED,
        within_s=10,
        otherwise="The board did not make a certificate request.",
    ),
)


class ArduinoConsoleOptions(KnownOptions):
    """What a recipe's `[board]` table may hold."""

    piece_length: int = Field(
        default=PIECE_LENGTH,
        ge=16,
        le=2000,
        description="how many characters a piece of a certificate or a private key has",
    )
    request: tuple[Demand, ...] = Field(
        default=_REQUEST,
        description="What has the board make a key of its own and a certificate request, as with "
        "the kind scripted, where its sketch has another way than the usual one.",
    )

    def script(self) -> ScriptedOptions:
        """As `KnownOptions.script`."""
        written = (
            item.written(f"set {item.key} {item.text}", rf"^OK set {item.sought_key}\s*$", _REFUSED)
            for item in self.items()
        )
        read = (
            item.read(f"get {item.key}", rf"^{item.sought_key}={item.text}\s*$", _REFUSED)
            for item in self.items()
        )
        clear = Removal(
            send="clear",
            expect=r"^OK clear\s*$",
            refuse=_REFUSED,
            otherwise="The board did not erase what it was given.",
        )
        erased = (
            Removal(
                send=f"get {item.first_key}",
                expect=rf"^ERROR get {re.escape(item.first_key)}",
                refuse=rf"^{re.escape(item.first_key)}=",
                otherwise=f"The board keeps its {item.value} still.",
            )
            for item in self.items()
        )
        return self.script_of(
            _IDENTIFY,
            written,
            self.restarted("restart", "^READY"),
            read,
            erase=(clear,),
            erased=erased,
        )


class ArduinoConsole(KnownConsole):
    """A board with a sketch of that protocol."""

    name: ClassVar[str] = "arduino_console"
    title: ClassVar[str] = "Arduino sketch with a console"
    Options: ClassVar[type[BaseModel]] = ArduinoConsoleOptions
