"""At which port a board with a console is looked for, and how its line is set."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from station.model import Attachment, Medium, Port

ADAPTERS: Final = frozenset(
    {"10c4:ea60", "1a86:7523", "1a86:55d4", "0403:6001", "0403:6015", "067b:2303"}
)
"""Adapters from USB to a serial line, which say nothing of the product behind them.

CP2102, CH340, CH9102, FT232R, FT231X, PL2303.
"""


class PortOptions(BaseModel):
    """What a recipe's `[board]` table may hold about the port, for each kind with a console."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    baud: int = Field(default=115_200, ge=300, le=4_000_000, description="bits a second")
    marks: tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{4}:[0-9a-f]{4}$")], ...] = Field(
        default=(),
        description='The USB ids (vendor:product) that this product has: ["10c4:ea60"]. Empty takes '
        "every USB adapter for a serial line; a port that is given by its name needs no marks.",
    )
    interface: int | None = Field(
        default=None,
        ge=0,
        le=255,
        examples=[2],
        description="which of a product's ports is the console, by its USB interface; the lowest "
        "unless told",
    )

    def fits(self, port: Port) -> bool:
        """Tell whether `port` bears the marks of this product, or none that could say no."""
        return not self.marks or not _ids(port) or _ids(port) in self.marks

    def port_in(self, attachment: Attachment) -> Port | None:
        """Return the port of `attachment` that bears this product's marks; None when none does."""
        marks = self.marks or ADAPTERS
        fitting = [
            port
            for port in attachment.ports
            if port.medium is Medium.SERIAL
            and _ids(port) in marks
            and self.interface in {None, port.interface}
        ]
        return min(fitting, key=lambda port: port.interface or 0, default=None)


def _ids(port: Port) -> str:
    return "" if port.vid is None or port.pid is None else f"{port.vid:04x}:{port.pid:04x}"
