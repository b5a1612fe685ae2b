"""What a recipe says of an Arduino product, and what its marks say then."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from station.boards import catalogue
from station.faults import WrongProduct
from station.model import Hardware, Medium, Port, Unit

NO_PIN: Final = "none"


def _known(name: str) -> str:
    if not catalogue.named(name):
        titles = ", ".join(board.title for board in catalogue.BOARDS)
        raise ValueError(f"no board {name!r}; there are: {titles}")
    return name


class ArduinoOptions(BaseModel):
    """What a recipe's `[board]` table may hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    boards: tuple[Annotated[str, AfterValidator(_known)], ...] = Field(
        default=(),
        description="The boards that this product may be, by name or FQBN: "
        '["Nano 33 IoT"]. Empty takes every Arduino. A port that bears no marks, as one that is '
        "given by its name, is taken for the board that is named where there is only one.",
    )
    library: str = Field(
        default="",
        pattern=r"^(\d+(\.\d+)*)?$",
        description="The version of Arduino_NetworkConfigurator in the product's sketch: "
        '"0.4.1". On some boards it decides what a hand does to open the Bluetooth. Empty is the '
        "newest.",
    )
    gesture_pin: str = Field(
        default="",
        max_length=20,
        description="The pin for reconfiguration, where the product's sketch changed it; "
        f'"{NO_PIN}" where the sketch switched it off.',
    )

    def unit_at(self, port: Port | None) -> Unit | None:
        """Return what sits at `port`; None when neither its marks nor the recipe say.

        Raises:
            WrongProduct: its marks say that it is not what the recipe is for.

        """
        if port is None or port.vid is None or port.pid is None:
            return self._only_one(port)
        wanted = [each for name in self.boards for each in catalogue.named(name)]
        if (port.vid, port.pid) in catalogue.CHIP_ROMS:
            return self._with_chip(wanted, port.vid, port.pid)
        hardware = catalogue.by_ids(port.vid, port.pid)
        if hardware is None:
            return None
        if catalogue.in_boot_loader(hardware, port.vid, port.pid):
            # boards that share a boot loader are told apart when they run
            hardware = next((each for each in wanted if each.fqbn == hardware.fqbn), hardware)
        if wanted and hardware not in wanted:
            raise WrongProduct(f"{hardware.title}, where {' or '.join(self.boards)} is wanted")
        # on the air there is no USB, and what stands in its place is the board's address
        usb_serial = "" if port.medium is Medium.BLUETOOTH else port.usb_serial
        return Unit(self._own_gestures(hardware), port.vid, port.pid, usb_serial)

    def _with_chip(self, wanted: list[Hardware], vid: int, pid: int) -> Unit | None:
        """Return the wanted product with a chip whose own boot loader shows these ids.

        What such a chip tells as a serial number is none of the product's.
        """
        fitting = [each for each in wanted if catalogue.in_boot_loader(each, vid, pid)]
        if wanted and not fitting:
            raise WrongProduct(f"a chip's boot loader, where {' or '.join(self.boards)} is wanted")
        if len(fitting) != 1:
            return None
        return Unit(self._own_gestures(fitting[0]), vid, pid, "")

    def _only_one(self, port: Port | None) -> Unit | None:
        if len(self.boards) != 1:
            return None
        hardware = catalogue.named(self.boards[0])[0]
        vid, pid = hardware.ids[0] if hardware.ids else (0, 0)
        return Unit(self._own_gestures(hardware), vid, pid, port.usb_serial if port else "")

    def _own_gestures(self, hardware: Hardware) -> Hardware:
        gesture = hardware.gesture(self.library)
        if not gesture or not (self.library or self.gesture_pin):
            return hardware
        if self.gesture_pin.casefold() == NO_PIN:
            return replace(hardware, gestures=())
        if self.gesture_pin:
            gesture = replace(gesture, pin=self.gesture_pin, button="")
        return replace(hardware, gestures=(("0", gesture),))
