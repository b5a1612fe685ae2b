"""The door of the flashing tools: one file a tool."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Protocol, runtime_checkable

from station.model import Attachment, Flashing, Image, Port, Tool

Told = Callable[[int, int], None]
"""Is called with the bytes done and the bytes in all (0: nobody knows yet)."""


@dataclass(frozen=True, slots=True)
class Target:
    """The board that an image is written to, as it sits there with its boot loader waiting.

    `port` is None for a boot loader without a serial port; `before` is what sat there before the
    boot loader was started: its socket and serial number tell which of several boards is meant.
    """

    flashing: Flashing
    port: Port | None
    before: Attachment


class Flasher(Protocol):
    """A tool that writes an image. Can be asked twice."""

    tool: ClassVar[Tool]

    async def version(self) -> str:
        """Return the tool's version, for the record.

        Raises:
            ToolMissing: it is not installed; the detail says what was looked for.

        """
        ...

    async def write(self, target: Target, image: Image, told: Told) -> None:
        """Write `image`, read it back where the tool can, and start it.

        Raises:
            FlashRefused: the tool says that it failed.
            ToolMissing, PortBusy, PortForbidden: it could not begin.

        """


@runtime_checkable
class Confirms(Protocol):
    """A tool whose image runs on trial after its restart, until it is told to stay."""

    async def confirm(self, target: Target, image: Image) -> None:
        """Have `image`, which runs at `target` now, stay. Can be asked twice.

        Raises:
            NotReturned, BoardSilent, AnswerBroken, LinkFault: it does not run yet; ask again.
            FlashRefused: it did not come up.

        """


@runtime_checkable
class Compares(Protocol):
    """A tool that can be asked what stands in the flash, and changes nothing when it is asked."""

    async def holds(self, target: Target, image: Image) -> bool:
        """Tell whether all of `image` is there already; the board may be restarted by this.

        Raises:
            FlashRefused: the tool failed.
            ToolMissing, PortBusy, PortForbidden: it could not begin.

        """
        ...
