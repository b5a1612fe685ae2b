"""What is made of a board's messages while one of them is waited for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeVar

from station.boards.arduino_talk import Take
from station.faults import BoardRefused, HardwareBroken, NetworkRefused, SketchMissing
from station.model import AccessPoint, Connection
from station.wire.arduino import (
    BoardToken,
    HardwareId,
    Message,
    NetworksHeard,
    PublicKey,
    Status,
    StatusCode,
    says,
)

_T = TypeVar("_T")

_BROKEN_PARTS: Final = frozenset(
    {
        StatusCode.SECURE_ELEMENT_BEGIN,
        StatusCode.SECURE_ELEMENT_CONFIG,
        StatusCode.SECURE_ELEMENT_LOCK,
        StatusCode.HARDWARE_ID,
        StatusCode.STORAGE_BEGIN,
        StatusCode.STORAGE_PARTITION,
    }
)
_RADIO_FAILED: Final = frozenset(
    {StatusCode.HARDWARE_ERROR, StatusCode.MODULE_STOPPED, StatusCode.GENERIC}
)


class Lacks(BoardRefused):
    """The board has not, or no longer, what was sent to it before the request."""


class Greeting:
    """What a board says when a session begins: how it fares, then the networks that it hears."""

    def __init__(self) -> None:
        self.statuses: list[int] = []

    @property
    def radio_fault(self) -> int:
        """The status that calls its radio broken; 0 where none does. It may be an old one."""
        return next((code for code in self.statuses if code in _RADIO_FAILED), 0)

    def take(self, message: Message) -> tuple[AccessPoint, ...] | None:
        """Return the networks.

        Raises:
            HardwareBroken: a part of the board does not work.

        """
        match message:
            case NetworksHeard(networks):
                return networks
            case Status(code):
                _check_parts(code)
                self.statuses.append(code)
            case _:
                pass
        return None


@dataclass(slots=True)
class Credentials:
    """Collects what GET_ID has a board tell, each in a message of its own."""

    public_key: PublicKey | None = None
    hardware_id: HardwareId | None = None
    token: BoardToken | None = None

    def take(self, message: Message) -> tuple[PublicKey, HardwareId, BoardToken] | None:
        """Return all three once they are there."""
        match message:
            case PublicKey():
                self.public_key = message
            case HardwareId():
                self.hardware_id = message
            case BoardToken():
                self.token = message
            case Status(StatusCode.PARAMS_NOT_FOUND):
                raise Lacks("it says that it was not told the time")
            case Status(code):
                _check(code)
            case _:
                pass
        if self.public_key and self.hardware_id and self.token:
            return self.public_key, self.hardware_id, self.token
        return None


def answer(shape: type[_T]) -> Take[_T]:
    """Wait for a message of this `shape`; a board that has no handler for it is SketchMissing."""

    def take(message: Message) -> _T | None:
        if isinstance(message, shape):
            return message
        if isinstance(message, Status):
            _check(message.code)
        return None

    return take


def erased(message: Message) -> bool | None:
    """Wait for the end of RESET."""
    if not isinstance(message, Status):
        return None
    _check(message.code)
    return message.code == StatusCode.RESET_COMPLETED or None


def joining(connection: Connection) -> Take[StatusCode]:
    """Wait for a board to begin to join a network, or to have joined it; else NetworkRefused."""

    def take(message: Message) -> StatusCode | None:
        match message:
            case Status(StatusCode.CONNECTING):
                return StatusCode.CONNECTING
            case Status(StatusCode.CONNECTED):
                return StatusCode.CONNECTED
            case Status(StatusCode.PARAMS_NOT_FOUND):
                raise Lacks("it says that it has no settings")
            case Status(StatusCode.INVALID_PARAMS):
                raise NetworkRefused(f"the board takes no {connection} settings")
            case Status(StatusCode.OTHER_REQUEST_IN_EXECUTION):
                return None  # what it is busy with is what was asked for
            case Status(code):
                _check(code)
                if code < 0:
                    raise NetworkRefused(says(code))
            case _:
                pass
        return None

    return take


def _check(code: int) -> None:
    """Raise when a status says that no answer comes; any other may be an old one."""
    _check_parts(code)
    if code == StatusCode.INVALID_REQUEST:
        raise SketchMissing(says(code))


def _check_parts(code: int) -> None:
    if code in _BROKEN_PARTS:
        raise HardwareBroken(says(code))
