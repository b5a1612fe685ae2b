"""Boards of any product whose console is spoken to by a script that stands in the recipe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final, Self

from pydantic import BaseModel, SecretStr

from station.boards.scripted_options import SERIAL, Deed, ScriptedOptions
from station.boards.scripted_talk import Patience, Talk
from station.faults import (
    AnswerBroken,
    BoardFault,
    BoardSilent,
    CredentialLost,
    NotClaimable,
    WrongProduct,
)
from station.links import LineSettings, Link, Seat
from station.model import Attachment, Identity, Medium, Port, Proof

KIND: Final = "scripted"
LINE: Final = LineSettings()
LONGEST_ID: Final = 128

# Adapters from USB to a serial line that say nothing of the product behind them: CP2102, CH340,
# CH9102, FT232R, FT231X, PL2303.
ADAPTERS: Final = frozenset(
    {
        (0x10C4, 0xEA60),
        (0x1A86, 0x7523),
        (0x1A86, 0x55D4),
        (0x0403, 0x6001),
        (0x0403, 0x6015),
        (0x067B, 0x2303),
    }
)
_WORDS: Final = frozenset({SERIAL, "model", "firmware", "hardware"})
_REPLACED: Final = "\N{REPLACEMENT CHARACTER}"
_USUAL: Final = Patience()


class Scripted:
    """A board that is known, and given what it needs, by exchanges that the recipe declares."""

    name: ClassVar[str] = KIND
    title: ClassVar[str] = "Board with a script"
    Options: ClassVar[type[BaseModel]] = ScriptedOptions
    lines: ClassVar[tuple[LineSettings, ...]] = (LINE,)

    def __init__(self, link: Link, options: ScriptedOptions, patience: Patience) -> None:
        self._link = link
        self._options = options
        self._talk = Talk(link, options, patience)

    @classmethod
    def port(cls, attachment: Attachment) -> Port | None:
        """As `BoardKind.port`: an adapter that says nothing of its product."""
        ports = (each for each in attachment.ports if each.medium is Medium.SERIAL)
        return next((each for each in ports if (each.vid, each.pid) in ADAPTERS), None)

    @classmethod
    async def open(
        cls, link: Link, options: BaseModel, seat: Seat, *, patience: Patience = _USUAL
    ) -> Self:
        """As `BoardKind.open`; a product with another baud rate has its port opened anew.

        Raises:
            WrongProduct: its marks are not those of the recipe.
            BoardSilent: nothing comes.
            AnswerBroken: something comes, but no prompt.
            LinkLost: the wire went away.

        """
        if not isinstance(options, ScriptedOptions):
            raise TypeError(f"options are {type(options).__name__}, not ScriptedOptions")
        there = seat.attachment
        port = (cls.port(there) or there.ports[0]) if there else None
        if port and not options.fits(port):
            raise WrongProduct(f"{port.vid:04x}:{port.pid:04x} is not among its marks")
        if port and options.baud != LINE.baud:
            await link.close()
            link = await seat.open(port, LineSettings(baud=options.baud))
        board = cls(link, options, patience)
        try:
            await board._talk.wake()
        except BaseException:
            await board.close()
            raise
        return board

    async def identify(self) -> Identity:
        """As `Board.identify`.

        Raises:
            AnswerBroken: an id is empty, garbled, or told twice and differently.

        """
        told: dict[str, str] = {}
        for question in self._options.identify:
            for name, value in (await self._talk.exchange(question, {})).items():
                if told.setdefault(name, _sound(name, value)) != value.strip():
                    raise AnswerBroken(f"two answers for {name}")
        if SERIAL not in told:
            raise AnswerBroken("the board does not tell its serial number")
        ids = tuple((name, value) for name, value in told.items() if name not in _WORDS)
        return Identity(
            kind=KIND,
            serial=told[SERIAL],
            model=told.get("model", ""),
            firmware=told.get("firmware", ""),
            hardware=told.get("hardware", ""),
            ids=ids or ((SERIAL, told[SERIAL]),),
        )

    async def prove(self) -> Proof:
        """As `Board.prove`: there is none, whatever the board says of itself.

        Raises:
            NotClaimable: always.

        """
        raise NotClaimable("a scripted board has no proof")

    def wanted(self) -> frozenset[str]:
        """As `TakesCredentials.wanted`."""
        return self._options.wanted

    async def write(self, values: Mapping[str, SecretStr]) -> None:
        """As `TakesCredentials.write`; what is not kept is written once more.

        A board that restarts in the middle of it forgets how far it was.
        """
        try:
            await self._written(values)
        except CredentialLost:
            await self._written(values)

    async def close(self) -> None:
        """As `Board.close`."""
        await self._link.close()

    async def _written(self, values: Mapping[str, SecretStr]) -> None:
        for deed in (*self._options.write, *self._options.restart):
            await self._talk.exchange(deed, values)
        for deed in self._options.verify:
            await self._verify(deed, values)

    async def _verify(self, deed: Deed, values: Mapping[str, SecretStr]) -> None:
        try:
            await self._talk.exchange(deed, values)
        except BoardSilent:
            raise
        except BoardFault as fault:
            raise CredentialLost(fault.detail) from None


def _sound(name: str, value: str) -> str:
    value = value.strip()
    if not value or len(value) > LONGEST_ID or not value.isprintable() or _REPLACED in value:
        raise AnswerBroken(f"{name} is empty or garbled")
    return value
