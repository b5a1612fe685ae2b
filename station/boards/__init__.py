"""The door of the boards: what every kind of board can do. One file a kind."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import ClassVar, Protocol, Self, TypeVar, runtime_checkable

from pydantic import BaseModel, SecretStr

from station.links import LineSettings, Link, Seat
from station.model import (
    AccessPoint,
    Attachment,
    Certificate,
    Credential,
    CredentialKind,
    Identity,
    Network,
    Port,
    Proof,
    SigningRequest,
    Unit,
)

T = TypeVar("T")


class Board(Protocol):
    """A board that is open and answers. Every verb can be asked twice."""

    async def identify(self) -> Identity:
        """Ask the board who it is.

        Raises:
            BoardFault: it is silent, garbled, refuses, or is not the product of the recipe.
            LinkLost: the wire went away.

        """
        ...

    async def prove(self) -> Proof:
        """Ask the board for a fresh proof that its identity is so.

        Raises:
            TokenBroken, TokenMismatch: the proof is no proof.
            NotClaimable: no cloud would take this hardware or firmware.

        """
        ...

    async def close(self) -> None:
        """Leave the board as it may be left; safe to call twice."""


@runtime_checkable
class KeepsCredentials(Protocol):
    """A board with a store of credentials under security tags. Every verb can be asked twice.

    Every verb raises BoardFault when the board refuses or is not understood, LinkLost when the
    wire goes away.
    """

    async def go_offline(self) -> None:
        """Take the radio off the air: credentials can't be written while it is on."""

    async def go_online(self) -> None:
        """Put the radio back on the air."""

    async def credentials(self, sec_tag: int) -> tuple[Credential, ...]:
        """Return what is kept under `sec_tag`; never what belongs to the modem itself."""
        ...

    async def make_key(self, sec_tag: int, subject: str = "") -> SigningRequest:
        """Have the board make a key pair and a request for its certificate.

        `subject` is the common name; empty leaves the board its own id. A key that is there
        already must have been erased.

        Raises:
            CredentialExists: there is a key under this tag.
            KeyMismatch: the request is not the unit's own, or not what it signed.

        """
        ...

    async def write_credential(self, sec_tag: int, kind: CredentialKind, pem: str) -> None:
        """Write a credential, and read back by its digest that it is there.

        Raises:
            CredentialLost: the board keeps something else than was written.

        """

    async def erase_credential(self, sec_tag: int, kind: CredentialKind) -> None:
        """Erase a credential; one that is not there is no fault."""


@runtime_checkable
class Wakes(Protocol):
    """A board that can be told to ask its cloud for orders now."""

    async def wake(self) -> str:
        """Have the board ask for orders, in the way that its firmware knows; return that way.

        A board that knows no other way is restarted.

        Raises:
            PowerNeeded: it can't be told; a person must take its power away and give it back.

        """
        ...


@runtime_checkable
class RunsSketches(Protocol):
    """A board whose firmware is a sketch that the station may change for another."""

    @property
    def unit(self) -> Unit:
        """Return what its marks say that it is.

        Raises:
            WrongProduct: they don't say, and the recipe does not either.

        """
        ...

    @property
    def flashable(self) -> bool:
        """Whether it can be flashed on this medium: not by radio."""
        ...

    async def aside(self, work: Callable[[Seat], Awaitable[T]]) -> T:
        """Close the port, let `work` have the seat, and open the port of what sits there then."""
        ...


@runtime_checkable
class Flashable(Protocol):
    """A board whose firmware a tool can write, whatever runs on it now, and be it nothing."""

    @classmethod
    def mute(cls, link: Link, options: BaseModel, seat: Seat) -> Self:
        """Take a board that does not answer as it sits there; nothing is sent to it."""
        ...

    def usb_serial(self) -> str:
        """Return the serial number that it shows on USB; empty where it shows none."""
        ...

    async def who(self) -> Identity:
        """Return who the unit is, also after a flash: a board that starts is waited for.

        Raises:
            BoardSilent: it does not answer; a `mute` one is not asked before it was flashed.
            BoardFault: it is garbled, refuses, or is not the product of the recipe.
            LinkLost: the wire went away.

        """
        ...

    async def aside(self, work: Callable[[Seat], Awaitable[T]]) -> T:
        """Close the port, let `work` have the seat, and open the port of what sits there then.

        Raises:
            NotReturned, LinkLost: nothing that can be opened is there after the work.

        """
        ...


@runtime_checkable
class TakesNetwork(Protocol):
    """A board with a sketch of Provisioning 2.0, over a wire or by radio. Can be asked twice.

    Every verb raises BoardFault when the board refuses or is not understood, LinkLost when the
    wire goes away.
    """

    async def greet(self, within_s: float) -> tuple[AccessPoint, ...]:
        """Begin a session, and return the networks that the board hears, the loudest first.

        Raises:
            SketchMissing: nothing of this protocol answers within `within_s` seconds.
            BoardWedged: it is alive but can't hear any more.
            HardwareBroken: it says that a part of it does not work.

        """
        ...

    async def sketch_version(self) -> str:
        """Return the version of the provisioning sketch ("0.6.2").

        Raises:
            SketchMissing: another sketch answers, or none.

        """
        ...

    async def library_version(self) -> str:
        """Return the version of the configuration library ("0.5.1")."""
        ...

    async def wifi_firmware(self) -> str:
        """Return the version of the Wi-Fi module's firmware; empty where there is no module."""
        ...

    async def forget(self) -> None:
        """Have the board erase its networks, its device id and its certificate."""

    async def join(self, network: Network, within_s: float) -> None:
        """Give the board its network, and wait until it has joined it.

        What was given stays on the board even when it can't join; another may be given then.

        Raises:
            NetworkRefused: it could not join it.

        """

    async def rejoin(self, within_s: float) -> None:
        """Have the board join the network that it keeps.

        Raises:
            NetworkRefused: it keeps none, or could not join it.

        """

    async def keeps_network(self) -> bool:
        """Tell whether the board keeps a network: it begins to join one that it keeps."""
        ...

    async def await_restart(self, within_s: float) -> None:
        """Wait until the board, whose session is open, has been restarted by a hand.

        Raises:
            HandNeeded: nobody did it within `within_s` seconds.

        """

    async def part(self) -> None:
        """End the session; the board goes on with what it was given."""


@runtime_checkable
class TakesCertificate(Protocol):
    """A board with the sketch of Provisioning 1.0 for secure elements. Can be asked twice."""

    async def await_sketch(self, within_s: float) -> None:
        """Wait until the sketch answers.

        Raises:
            SketchMissing: it does not.

        """

    async def request_certificate(self, device_id: str) -> SigningRequest:
        """Have the board make a new key, and a request for a certificate of `device_id`.

        The key before is lost: what was issued for it works no longer.
        """
        ...

    async def store_certificate(self, certificate: Certificate) -> None:
        """Have the board build and keep the certificate; every answer is read.

        Raises:
            CredentialLost: the board could not build it anew.

        """


@runtime_checkable
class TakesCredentials(Protocol):
    """A board that is given by words what it needs to reach its cloud. Can be asked twice."""

    def wanted(self) -> frozenset[str]:
        """Return the names of the values that it is to be given ("token", "ssid")."""
        ...

    async def write(self, values: Mapping[str, SecretStr]) -> None:
        """Write what the board needs to reach its cloud; each answer is checked.

        Certificates (`certificate`: the unit's own, then those that issued it; `authority`) and
        `private_key` (PKCS #8) come as PEM, in whatever form the board takes them.

        Raises:
            CredentialLost: it has not kept what was written.
            RecipeWrong: one of the values that it wants is not there.
            BoardFault: it refuses, or is not understood.
            LinkLost: the wire went away.

        """


@runtime_checkable
class ErasesCredentials(Protocol):
    """A board that can be told to keep nothing of what it was given. Can be asked twice."""

    def can_erase(self) -> bool:
        """Tell whether there are words for it, and for reading back that nothing is left."""
        ...

    async def erase(self) -> None:
        """Have the board erase what it was given, and see that nothing of it is left.

        Raises:
            NotErased: that could not be shown.
            BoardFault: it refuses, or is not understood.
            LinkLost: the wire went away.

        """


@runtime_checkable
class MakesKey(Protocol):
    """A board that makes its own key, which never leaves it, when it is asked by words."""

    async def make_own_key(self, name: str) -> SigningRequest:
        """Have the board make a key pair, and return its request for a certificate of `name`.

        Asked again it may make another key, and what was issued for the one before works no longer.

        Raises:
            KeyMismatch: the request is for another name, or was not signed by its own key.
            AnswerBroken: it is no request, or for a key that is not of the curve P-256.
            RecipeWrong: the recipe does not say how this board is asked.
            BoardFault: it refuses, or is not understood.
            LinkLost: the wire went away.

        """
        ...


@runtime_checkable
class TellsDevEui(Protocol):
    """A board with the sketch that tells its LoRaWAN module's address."""

    async def dev_eui(self) -> str:
        """Return the DevEUI, 16 hex digits in upper case.

        Raises:
            HardwareBroken: the module did not start.
            SketchMissing: nothing of the kind is said.

        """
        ...


@runtime_checkable
class DropsNetwork(Protocol):
    """A board with the sketch that erases the stored network after asking whether it should."""

    async def drop_network(self) -> None:
        """Have the stored network erased.

        Raises:
            NotErased: the board says that it failed.
            SketchMissing: it does not ask.

        """


@runtime_checkable
class WaitsOnUsb(Protocol):
    """A kind of board with boot loaders that show no serial port and take files on USB itself."""

    @classmethod
    def waits_on_usb(cls, attachment: Attachment) -> bool:
        """Tell whether `attachment` bears the marks of such a boot loader; `port` names it then."""
        ...


@runtime_checkable
class KnownByRecipe(Protocol):
    """A kind of board without marks of its own: the recipe has those of its product."""

    @classmethod
    def port_of(cls, attachment: Attachment, options: BaseModel) -> Port | None:
        """Return the port to talk to when `attachment` bears the marks that `options` tell."""
        ...


class BoardKind(Protocol):
    """A kind of board, as an entry point of the group `station.boards` names it.

    `Options` is what a recipe's `[board]` table may hold. `lines` are the ways its serial line may
    be set, tried in this order while the board stays silent.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    Options: ClassVar[type[BaseModel]]
    lines: ClassVar[tuple[LineSettings, ...]]

    @classmethod
    def port(cls, attachment: Attachment) -> Port | None:
        """Return the port to talk to when `attachment` bears the marks of this kind."""
        ...

    @classmethod
    async def open(cls, link: Link, options: BaseModel, seat: Seat) -> Self:
        """Find out how the board at the other end of `link` wants to be spoken to.

        `seat` is for kinds whose boards restart, or are flashed, in the middle of a run.

        Raises:
            BoardSilent: nothing answers.

        """
        ...

    async def identify(self) -> Identity:
        """As `Board.identify`."""
        ...

    async def prove(self) -> Proof:
        """As `Board.prove`."""
        ...

    async def close(self) -> None:
        """As `Board.close`."""
        ...
