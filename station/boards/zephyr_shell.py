"""Boards with Zephyr's shell and its commands `hwinfo`, `settings` and `kernel`.

They come with CONFIG_HWINFO_SHELL, CONFIG_SETTINGS_SHELL and CONFIG_KERNEL_SHELL. What the board is
given is kept as strings in its settings. From general knowledge of that shell.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Final

from pydantic import AfterValidator, BaseModel, Field

from station.boards.scripted import KnownConsole
from station.boards.scripted_known import KnownOptions
from station.boards.scripted_options import Question, Removal, ScriptedOptions
from station.boards.scripted_pattern import prompt_told

_REFUSED: Final = "not found|[Ff]ailed|not terminated|Booting"
_IDENTIFY: Final = (
    Question(
        send="hwinfo devid",
        expect=r"^ID: 0x(?P<serial>[0-9a-f]{8,32})\s",
        refuse="command not found",
        otherwise="The board does not say who it is.",
    ),
    Question(
        send="kernel version",
        expect=r"^Zephyr version (?P<firmware>[\w.-]+)\s",
        refuse="command not found",
        otherwise="The board does not say which firmware it has.",
    ),
)


class ZephyrShellOptions(KnownOptions):
    """What a recipe's `[board]` table may hold."""

    prompt: Annotated[str, AfterValidator(prompt_told)] = Field(
        default=r"uart:~\$ ", min_length=1, description="a regular expression: the shell's prompt"
    )
    prefix: str = Field(
        default="prov",
        pattern=r"^\w{1,32}(/\w{1,32}){0,4}$",
        description="what the names of the settings begin with, without the last /",
    )

    def script(self) -> ScriptedOptions:
        """As `KnownOptions.script`."""
        written = (
            item.written(
                f"settings write string {self.prefix}/{item.key} {item.text}",
                f"^(?:{self.prompt})",  # it has nothing to say when all is well
                _REFUSED,
            )
            for item in self.items()
        )
        read = (
            item.read(f"settings read string {self.prefix}/{item.key}", f"^{item.text}$", _REFUSED)
            for item in self.items()
        )
        return self.script_of(
            _IDENTIFY,
            written,
            self.restarted("kernel reboot cold", "Booting"),
            read,
            erase=self._erase(),
            erased=self._erased(),
            prompt=self.prompt,
            echoes=True,
            quoting="zephyr shell",
        )

    def _erase(self) -> tuple[Removal, ...]:
        return tuple(
            Removal(
                send=f"settings delete {self.prefix}/{key}",
                expect=f"^(?:{self.prompt})",  # whether it was there or not
                refuse="command not found|Booting",
                otherwise="The board did not erase what it was given.",
            )
            for item in self.items()
            for key in item.all_keys
        )

    def _erased(self) -> tuple[Removal, ...]:
        return tuple(
            Removal(
                send=f"settings read string {self.prefix}/{item.first_key}",
                expect="Failed to read setting: -2",
                refuse="command not found",
                otherwise=f"The board keeps its {item.value} still.",
            )
            for item in self.items()
        )


class ZephyrShell(KnownConsole):
    """A board with Zephyr's shell."""

    name: ClassVar[str] = "zephyr_shell"
    title: ClassVar[str] = "Zephyr shell"
    Options: ClassVar[type[BaseModel]] = ZephyrShellOptions
