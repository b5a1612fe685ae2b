"""What a recipe says of an image and of the way that it comes onto a board."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from station.model import Flashing, Tool
from station.procedures.arduino_steps import FileOptions

_Number = Annotated[str, StringConstraints(pattern=r"^[\w:.-]{1,64}$")]
_Ids = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{4}:[0-9a-f]{4}$")]

SEVERAL = frozenset({Tool.ESPTOOL, Tool.PYOCD})
"""The tools that write several files, each in a place of its own."""


class PartOptions(FileOptions):
    """A file that is pinned by its digest, and where in the flash it begins."""

    at: int | None = Field(
        default=None,
        ge=0,
        lt=1 << 32,
        examples=[0x10000],
        description="Where in the flash it begins, in bytes; esptool needs it for each file, a "
        "probe for each that is no .hex.",
    )


class ReflashOptions(PartOptions):
    """The options of the procedure that writes a unit's firmware anew."""

    more: tuple[PartOptions, ...] = Field(
        default=(),
        description="files that are written with it (esptool, pyocd): { file, sha256, at }",
    )
    version: str = Field(
        default="",
        max_length=64,
        description="The version that the board tells of itself when it runs this image. It is "
        "compared after the flash; and one that tells it already is not flashed again where the "
        "tool can't look into the flash.",
    )
    tool: Literal["", "bossac", "dfu-util", "uf2", "esptool", "smp", "pyocd"] = Field(
        default="",
        description="what writes the image; Arduino boards have a tool of their own unless told",
    )
    arguments: tuple[str, ...] = Field(
        default=(),
        examples=[["--chip", "esp32"]],
        description="the tool's own arguments, but for the port and the files",
    )
    target: str = Field(
        default="", examples=["nrf52840"], description="what pyocd calls the chip (pyocd)"
    )
    probe: Annotated[str, StringConstraints(pattern=r"^[\w:.-]{0,64}$")] = Field(
        default="",
        examples=["E6614103E7174423"],
        description="The unique id of the debug probe, as 'pyocd list' shows it, where all slots "
        "are flashed by one. A board with a probe of its own on the same cable needs none.",
    )
    probes: dict[str, _Number] = Field(
        default={}, description="the probe of each slot, by the slot's name: { 1 = '0501' }"
    )
    touch: bool = Field(
        default=False,
        description="whether opening its port at 1200 bit/s starts its boot loader",
    )
    changes_port: bool = Field(
        default=False, description="whether its boot loader shows a port of its own"
    )
    boot_ids: tuple[_Ids, ...] = Field(
        default=(), description="the USB ids (vendor:product) that its boot loader shows"
    )
    interface: int | None = Field(
        default=None,
        ge=0,
        le=255,
        examples=[2],
        description="which of the board's ports the tool speaks to, by its USB interface",
    )
    answers: bool = Field(
        default=True,
        description="Whether the board says who it is when it runs this image. Where it does not, "
        "nobody can see that it is the same unit but by its USB serial number.",
    )
    blank: bool = Field(
        default=True,
        description="Whether a board that does not answer is flashed: a blank one, or one whose "
        "flash was broken off.",
    )

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        tool = Tool(self.tool) if self.tool else None
        parts: tuple[PartOptions, ...] = (self, *self.more)
        if tool is Tool.PYOCD and not self.target:
            raise ValueError("pyocd needs target, the name of the chip")
        if tool is not Tool.PYOCD and (self.target or self.probe or self.probes):
            raise ValueError("target, probe and probes are for the tool pyocd")
        if self.more and tool not in SEVERAL:
            raise ValueError("more: only esptool and pyocd write several files")
        if tool is Tool.ESPTOOL and any(each.at is None for each in parts):
            raise ValueError("esptool needs at, the place in the flash, for each file")
        if self.version and not self.answers:
            raise ValueError("version: a board that does not answer tells none")
        return self

    def flashing(self, slot: str) -> Flashing | None:
        """Return how a board in `slot` is flashed; None where the recipe leaves it to the board."""
        if not self.tool:
            return None
        return Flashing(
            Tool(self.tool),
            (*self._probing(slot), *self.arguments),
            touch=self.touch,
            changes_port=self.changes_port,
            boot_ids=tuple((int(each[:4], 16), int(each[5:], 16)) for each in self.boot_ids),
            interface=self.interface,
        )

    def _probing(self, slot: str) -> tuple[str, ...]:
        probe = self.probes.get(slot) or self.probe
        chip = ("--target", self.target) if self.target else ()
        return (*chip, "--uid", probe) if probe else chip
