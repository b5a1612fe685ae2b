"""Boards with an nRF91 modem, or with the shell that nRF Cloud's libraries have in common."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from station.boards import Board, KeepsCredentials, Wakes
from station.boards.nrf91_asked import KIND, Asked
from station.boards.nrf91_boot_log import Listener
from station.boards.nrf91_credentials import ModemStore
from station.boards.nrf91_greeting import find_dialect
from station.boards.nrf91_marks import command_port
from station.boards.nrf91_talk import Patience
from station.boards.nrf91_tls import CredentialShell
from station.boards.nrf91_wake import Trigger
from station.boards.returning import reopened, usb_serial
from station.faults import BoardRefused, BoardSilent
from station.links import LineSettings, Link, Seat
from station.model import (
    Attachment,
    Credential,
    CredentialKind,
    Identity,
    Port,
    Proof,
    SigningRequest,
)

_USUAL_PATIENCE = Patience()

T = TypeVar("T")


class Nrf91Options(BaseModel):
    """What a recipe's `[board]` table may hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    models: tuple[Annotated[str, Field(min_length=1)], ...] = Field(
        default=(),
        description="The models that this product may have, or how their names begin, as AT+CGMM "
        'tells them: ["nRF9151"]. Empty takes every nRF91.',
    )
    speaks: Literal["at", "credential shell"] = Field(
        default="at",
        description="How the firmware is spoken to: with AT commands, plain or through a shell, or "
        "with the words of Zephyr's TLS credential shell and nRF Cloud's own, which firmware "
        "without a modem has. Such a board is known by the name that its firmware puts into a "
        "certificate request.",
    )
    token: Literal["ask", "boot log"] = Field(
        default="ask",
        description="Where the attestation token comes from: the board is asked for a fresh one, "
        "or nothing is ever sent to it and it is listened to while it boots.",
    )
    boot_log_within_s: float = Field(
        default=300.0,
        gt=0,
        description="How long a boot log is listened to, in seconds. Firmware shows the token when "
        "it has found a network and the cloud does not know it. The recipe's [limits] must give the "
        "step identify as long.",
    )


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What can be done with a board in the way that it is spoken to."""

    board: Board
    store: KeepsCredentials | None = None
    trigger: Wakes | None = None
    restore: Callable[[], Awaitable[None]] | None = None


class Nrf91:
    """An nRF91 board: who it is and proves to be, what it keeps, and how it is woken."""

    name: ClassVar[str] = KIND
    title: ClassVar[str] = "Nordic nRF91"
    Options: ClassVar[type[BaseModel]] = Nrf91Options
    # Boards without flow control never raise CTS: with RTS/CTS they seem silent.
    lines: ClassVar[tuple[LineSettings, ...]] = (
        LineSettings(baud=115_200, rtscts=True),
        LineSettings(baud=115_200, rtscts=False),
    )

    def __init__(
        self,
        link: Link,
        spoken: _Spoken | None,
        options: Nrf91Options,
        seat: Seat | None,
        patience: Patience,
    ) -> None:
        self._link = link
        self._spoken = spoken
        self._options = options
        self._seat = seat
        self._patience = patience
        self._is_mute = spoken is None

    @classmethod
    def port(cls, attachment: Attachment) -> Port | None:
        """As `BoardKind.port`; a board on an adapter bears no marks and is opened by name."""
        return command_port(attachment)

    @classmethod
    async def open(
        cls,
        link: Link,
        options: BaseModel,
        seat: Seat | None = None,
        *,
        patience: Patience = _USUAL_PATIENCE,
        challenge: Callable[[], bytes] | None = None,
    ) -> Self:
        """As `BoardKind.open`; `seat` is needed by one that is to be flashed.

        `challenge` returns 16 random bytes, new ones for each call.

        Raises:
            BoardSilent: it sends nothing, or takes no command.
            BoardRefused: it is a shell that does not reach the modem.
            LinkLost: the wire went away.

        """
        told = _told(options)
        return cls(link, await _spoken(link, told, patience, challenge), told, seat, patience)

    @classmethod
    def mute(cls, link: Link, options: BaseModel, seat: Seat) -> Self:
        """As `Flashable.mute`."""
        return cls(link, None, _told(options), seat, _USUAL_PATIENCE)

    def usb_serial(self) -> str:
        """As `Flashable.usb_serial`."""
        return usb_serial(self._seat) if self._seat else ""

    async def who(self) -> Identity:
        """As `Flashable.who`; after a flash the ways in which its line may be set are tried anew."""
        if self._is_mute:
            raise BoardSilent("nothing answered when its port was opened")
        if self._spoken is None:
            await self._find_again()
        return await self.identify()

    async def aside(self, work: Callable[[Seat], Awaitable[T]]) -> T:
        """As `Flashable.aside`."""
        if self._seat is None:
            raise BoardRefused("it has no seat to leave")
        await self.close()
        self._spoken, self._is_mute = None, False
        with self._seat.absence():  # what was flashed may leave once more when it starts
            result = await work(self._seat)
            self._link = await reopened(self._seat, _port_in, self.lines[0])
        return result

    async def identify(self) -> Identity:
        """As `Board.identify`."""
        return await self._answering.board.identify()

    async def prove(self) -> Proof:
        """As `Board.prove`."""
        return await self._answering.board.prove()

    async def close(self) -> None:
        """As `Board.close`: a modem that was taken off the air is put back."""
        try:
            if self._spoken:
                await self._spoken.board.close()
                if self._spoken.restore is not None:
                    await self._spoken.restore()
        finally:
            await self._link.close()

    async def go_offline(self) -> None:
        """As `KeepsCredentials.go_offline`."""
        await self._store.go_offline()

    async def go_online(self) -> None:
        """As `KeepsCredentials.go_online`."""
        await self._store.go_online()

    async def credentials(self, sec_tag: int) -> tuple[Credential, ...]:
        """As `KeepsCredentials.credentials`."""
        return await self._store.credentials(sec_tag)

    async def make_key(self, sec_tag: int, subject: str = "") -> SigningRequest:
        """As `KeepsCredentials.make_key`."""
        return await self._store.make_key(sec_tag, subject)

    async def write_credential(self, sec_tag: int, kind: CredentialKind, pem: str) -> None:
        """As `KeepsCredentials.write_credential`."""
        await self._store.write_credential(sec_tag, kind, pem)

    async def erase_credential(self, sec_tag: int, kind: CredentialKind) -> None:
        """As `KeepsCredentials.erase_credential`."""
        await self._store.erase_credential(sec_tag, kind)

    async def wake(self) -> str:
        """As `Wakes.wake`."""
        if self._answering.trigger is None:
            raise _only_heard()
        return await self._answering.trigger.wake()

    @property
    def _answering(self) -> _Spoken:
        if self._spoken is None:
            raise BoardSilent("it was not asked since its port was opened")
        return self._spoken

    @property
    def _store(self) -> KeepsCredentials:
        if self._answering.store is None:
            raise _only_heard()
        return self._answering.store

    async def _find_again(self) -> None:
        """Ask what sits there now how it is spoken to."""
        assert self._seat  # noqa: S101 - it has left its seat before
        for line in self.lines:
            await self._link.close()
            self._link = await reopened(self._seat, _port_in, line)
            try:
                self._spoken = await _spoken(self._link, self._options, self._patience)
            except BoardSilent:
                if line is self.lines[-1]:
                    raise
            else:
                return


async def _spoken(
    link: Link,
    options: Nrf91Options,
    patience: Patience,
    challenge: Callable[[], bytes] | None = None,
) -> _Spoken:
    """Find out how the board at the other end of `link` is spoken to, as `Nrf91.open`."""
    models = options.models or ("nRF91",)
    if options.token == "boot log":  # noqa: S105 - a way to get it
        return _Spoken(Listener(link, models, options.boot_log_within_s))
    if options.speaks == "credential shell":
        talk = await find_dialect(link, patience, has_modem=False)
        shell = CredentialShell(talk)
        return _Spoken(shell, shell, Trigger(talk))
    talk = await find_dialect(link, patience)
    asked = Asked(talk, models, challenge)
    store = ModemStore(talk, asked.device_id)
    return _Spoken(asked, store, Trigger(talk), store.restore)


def _told(options: BaseModel) -> Nrf91Options:
    if not isinstance(options, Nrf91Options):
        raise TypeError(f"options are {type(options).__name__}, not Nrf91Options")
    return options


def _port_in(there: Attachment) -> Port:
    return command_port(there) or there.ports[0]


def _only_heard() -> BoardRefused:
    return BoardRefused("the recipe has this board listened to, and nothing sent to it")
