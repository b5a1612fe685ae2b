"""Boards of any product whose console is spoken to by a script that stands in the recipe."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import ClassVar, Final, Self, TypeVar

from pydantic import BaseModel, SecretStr

from station.boards.returning import reopened, usb_serial
from station.boards.scripted_known import KnownOptions
from station.boards.scripted_options import (
    REQUEST,
    SERIAL,
    Deed,
    Question,
    Removal,
    ScriptedOptions,
)
from station.boards.scripted_port import PortOptions
from station.boards.scripted_talk import Patience, Talk
from station.boards.scripted_values import on_one_line, rounds
from station.faults import (
    AnswerBroken,
    BoardFault,
    BoardSilent,
    CredentialLost,
    KeyMismatch,
    NotClaimable,
    NotErased,
    RecipeWrong,
    WrongProduct,
)
from station.links import LineSettings, Link, Seat
from station.model import Attachment, Identity, Port, Proof, SigningRequest
from station.wire.keygen import request_in
from station.wire.pem import from_base64

T = TypeVar("T")

KIND: Final = "scripted"
LINE: Final = LineSettings()
LONGEST_ID: Final = 128

_WORDS: Final = frozenset({SERIAL, "model", "firmware", "hardware"})
_REPLACED: Final = "\N{REPLACEMENT CHARACTER}"
_USUAL: Final = Patience()


class Scripted:
    """A board that is known, and given what it needs, by exchanges that the recipe declares."""

    name: ClassVar[str] = KIND
    title: ClassVar[str] = "Board with a script"
    Options: ClassVar[type[BaseModel]] = ScriptedOptions
    lines: ClassVar[tuple[LineSettings, ...]] = (LINE,)

    def __init__(self, link: Link, script: ScriptedOptions, seat: Seat, patience: Patience) -> None:
        self._link = link
        self._script = script
        self._seat = seat
        self._patience = patience
        self._begin(link)

    @classmethod
    def script(cls, options: BaseModel) -> ScriptedOptions:
        """Return the script that `options` mean."""
        if not isinstance(options, ScriptedOptions):
            raise TypeError(f"options are {type(options).__name__}, not ScriptedOptions")
        return options

    @classmethod
    def port(cls, attachment: Attachment) -> Port | None:
        """As `BoardKind.port`: an adapter, which says nothing of the product behind it.

        It is this kind's as long as no recipe of another one says that it is its own.
        """
        return PortOptions().port_in(attachment)

    @classmethod
    def port_of(cls, attachment: Attachment, options: BaseModel) -> Port | None:
        """As `KnownByRecipe.port_of`; without marks in the recipe any adapter will do."""
        if not isinstance(options, PortOptions):
            raise TypeError(f"options are {type(options).__name__}, not PortOptions")
        return options.port_in(attachment)

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
        script, there = cls.script(options), seat.attachment
        port = (script.port_in(there) or there.ports[0]) if there else None
        if port and not script.fits(port):
            raise WrongProduct(f"{port.vid:04x}:{port.pid:04x} is not among its marks")
        if port and script.baud != LINE.baud:
            await link.close()
            link = await seat.open(port, LineSettings(baud=script.baud))
        board = cls(link, script, seat, patience)
        try:
            await board._wake()
        except BaseException:
            await board.close()
            raise
        return board

    @classmethod
    def mute(cls, link: Link, options: BaseModel, seat: Seat) -> Self:
        """As `Flashable.mute`."""
        board = cls(link, cls.script(options), seat, _USUAL)
        board._is_mute = True
        return board

    def usb_serial(self) -> str:
        """As `Flashable.usb_serial`."""
        return usb_serial(self._seat)

    async def who(self) -> Identity:
        """As `Flashable.who`."""
        if self._is_mute:
            raise BoardSilent("nothing answered when its port was opened")
        if not self._is_awake:
            await self._wake()
        return await self.identify()

    async def aside(self, work: Callable[[Seat], Awaitable[T]]) -> T:
        """As `Flashable.aside`."""
        await self.close()
        with self._seat.absence():  # what was flashed may leave once more when it starts
            result = await work(self._seat)
            line = LineSettings(baud=self._script.baud)
            self._begin(await reopened(self._seat, self._port_in, line))
        return result

    async def identify(self) -> Identity:
        """As `Board.identify`.

        Raises:
            AnswerBroken: an id is empty, garbled, or told twice and differently.

        """
        told: dict[str, str] = {}
        for question in self._script.identify:
            for name, value in (await self._asked(question)).items():
                if told.setdefault(name, _sound(name, value)) != value.strip():
                    raise AnswerBroken(f"two answers for {name}")
        if SERIAL not in told:
            raise AnswerBroken("the board does not tell its serial number")
        ids = tuple((name, value) for name, value in told.items() if name not in _WORDS)
        return Identity(
            kind=self.name,
            serial=told[SERIAL],
            model=told.get("model", ""),
            firmware=told.get("firmware", ""),
            hardware=told.get("hardware", ""),
            ids=ids or ((SERIAL, told[SERIAL]),),
        )

    async def _asked(self, question: Question) -> Mapping[str, str]:
        """Return the answer; what it says by itself it says once, and is not waited for again."""
        if question.send or question not in self._said:
            self._said[question] = await self._talk.exchange(question, {})
        return self._said[question]

    async def prove(self) -> Proof:
        """As `Board.prove`: there is none, whatever the board says of itself.

        Raises:
            NotClaimable: always.

        """
        raise NotClaimable("a scripted board has no proof")

    def wanted(self) -> frozenset[str]:
        """As `TakesCredentials.wanted`."""
        return self._script.wanted

    async def make_own_key(self, name: str) -> SigningRequest:
        """As `MakesKey.make_own_key`; one that came garbled is asked for once more."""
        told = await self._demanded(name)
        try:
            return _request_in(told, name)
        except (AnswerBroken, KeyMismatch):
            return _request_in(await self._demanded(name), name)

    async def write(self, values: Mapping[str, SecretStr]) -> None:
        """As `TakesCredentials.write`; what is not kept is written once more.

        A board that restarts in the middle of it forgets how far it was. `certificate` (the unit's
        own, then those that issued it), `authority` and `private_key` come as PEM.
        """
        lines = on_one_line(values)
        try:
            await self._written(lines)
        except CredentialLost:
            await self._written(lines)

    def can_erase(self) -> bool:
        """As `ErasesCredentials.can_erase`."""
        return bool(self._script.erase)

    async def erase(self) -> None:
        """As `ErasesCredentials.erase`; what it says meanwhile is in no log."""
        self._talk.hide()
        restarts = tuple(deed for deed in self._script.restart if not deed.wanted)
        for each in (*self._script.erase, *restarts):
            await self._talk.exchange(each, {})
        for each in self._script.erased:
            await self._show(each)

    async def close(self) -> None:
        """As `Board.close`."""
        await self._link.close()

    def _begin(self, link: Link) -> None:
        self._link = link
        self._talk = Talk(link, self._script, self._patience)
        self._said: dict[Question, Mapping[str, str]] = {}
        self._is_awake = self._is_mute = False

    async def _wake(self) -> None:
        await self._talk.wake()
        self._is_awake = True

    def _port_in(self, there: Attachment) -> Port:
        return self._script.port_in(there) or there.ports[0]

    async def _demanded(self, name: str) -> str:
        if not self._script.request:
            raise RecipeWrong("it does not say how the board is asked for a certificate request")
        told: dict[str, str] = {}
        for demand in self._script.request:
            told |= await self._talk.exchange(demand, {"name": SecretStr(name)})
        return told.get(REQUEST, "")

    async def _written(self, values: Mapping[str, SecretStr]) -> None:
        for deed in (*self._script.write, *self._script.restart):
            await self._done(deed, values)
        for deed in self._script.verify:
            await self._verify(deed, values)

    async def _done(self, deed: Deed, values: Mapping[str, SecretStr]) -> None:
        for each in rounds(deed, values):
            await self._talk.exchange(deed, each)

    async def _show(self, each: Removal) -> None:
        try:
            await self._talk.exchange(each, {})
        except BoardSilent:
            raise
        except BoardFault as fault:
            raise NotErased(fault.detail) from None

    async def _verify(self, deed: Deed, values: Mapping[str, SecretStr]) -> None:
        try:
            await self._done(deed, values)
        except BoardSilent:
            raise
        except BoardFault as fault:
            raise CredentialLost(fault.detail) from None


class KnownConsole(Scripted):
    """A board whose console is known: its script is made of fewer words."""

    @classmethod
    def script(cls, options: BaseModel) -> ScriptedOptions:
        """As `Scripted.script`."""
        if not (isinstance(options, cls.Options) and isinstance(options, KnownOptions)):
            raise TypeError(f"options are {type(options).__name__}, not {cls.Options.__name__}")
        return options.script()

    @classmethod
    def port(cls, attachment: Attachment) -> Port | None:
        """As `BoardKind.port`: none, as only the recipe tells this kind from others."""
        return None


def _sound(name: str, value: str) -> str:
    value = value.strip()
    if not value or len(value) > LONGEST_ID or not value.isprintable() or _REPLACED in value:
        raise AnswerBroken(f"{name} is empty or garbled")
    return value


def _request_in(text: str, name: str) -> SigningRequest:
    try:
        data = from_base64(text)
    except ValueError:
        raise AnswerBroken("the certificate request is cut off or garbled") from None
    request = request_in(data, sec_tag=0)
    if request.subject != name:
        raise KeyMismatch("the certificate request is for another name")
    return request
