"""Boards whose firmware has ESP-IDF's console with its nvs commands (examples/system/console).

What the board is given is kept as strings in one namespace of its non-volatile storage. The usual
way to know it is a command `id` of the product's own. From general knowledge of that console.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Self

from pydantic import AfterValidator, BaseModel, Field, model_validator

from station.boards.scripted import KnownConsole
from station.boards.scripted_known import LONG, KnownOptions
from station.boards.scripted_options import Deed, Question, Removal, ScriptedOptions
from station.boards.scripted_pattern import prompt_told

LONGEST_KEY: Final = 15
"""Characters of a name or a key in ESP-IDF's non-volatile storage."""
LONGEST_NUMBER: Final = 3
"""A piece's dot and number after its key."""

_REFUSED: Final = "Unrecognized command|error code"
_IDENTIFY: Final = (
    Question(
        send="id",
        expect=r"^serial: (?P<serial>\w{4,20})\s+mac: (?P<mac>[0-9a-f]{2}(?::[0-9a-f]{2}){5})\s+"
        r"model: (?P<model>[\w-]+)\s+firmware: (?P<firmware>[\w.]+)\s",
        refuse="Unrecognized command",
        otherwise="The board does not say who it is.",
    ),
)


class EspConsoleOptions(KnownOptions):
    """What a recipe's `[board]` table may hold."""

    prompt: Annotated[str, AfterValidator(prompt_told)] = Field(
        default="esp> ", min_length=1, description="a regular expression: the console's prompt"
    )
    namespace: str = Field(
        default="prov",
        pattern=r"^\w{1,15}$",
        description="the namespace of the storage that the firmware looks into",
    )

    @model_validator(mode="after")
    def _has_keys_that_fit(self) -> Self:
        for value, key in self.keys.items():
            longest = LONGEST_KEY - (LONGEST_NUMBER if value in LONG else 0)
            if len(key) > longest:
                raise ValueError(f"the key of {value} must have no more than {longest} characters")
        return self

    def script(self) -> ScriptedOptions:
        """As `KnownOptions.script`; the namespace is chosen anew after each restart."""
        space = Deed(
            send=f"nvs_namespace {self.namespace}",
            expect=f"Namespace|^(?:{self.prompt})",
            refuse=_REFUSED,
            otherwise="The board has no place for its credentials.",
        )
        written = (
            item.written(
                f"nvs_set {item.key} str -v {item.text}",
                f"stored under key '{item.sought_key}'",
                _REFUSED,
            )
            for item in self.items()
        )
        read = (
            item.read(f"nvs_get {item.key} str", f"^{item.text}$", _REFUSED)
            for item in self.items()
        )
        return self.script_of(
            _IDENTIFY,
            (space, *written),
            self.restarted("restart", "Type 'help'"),
            (space, *read),
            erase=self._erase(),
            erased=self._erased(),
            prompt=self.prompt,
            echoes=True,
            quoting="esp console",
        )

    def _erase(self) -> tuple[Removal, ...]:
        return (
            Removal(
                send=f"nvs_erase_namespace {self.namespace}",
                expect=rf"Namespace '{self.namespace}' was +erased",
                refuse=f"was not erased|{_REFUSED}",
                otherwise="The board did not erase what it was given.",
            ),
        )

    def _erased(self) -> tuple[Removal, ...]:
        """Each key is asked for, in its namespace; one that was never there has none to choose."""
        space = Removal(
            send=f"nvs_namespace {self.namespace}",
            expect=f"Namespace|^(?:{self.prompt})",
            refuse="Unrecognized command",
        )
        return (
            space,
            *(
                Removal(
                    send=f"nvs_get {item.first_key} str",
                    expect="ESP_ERR_NVS_NOT_FOUND",
                    otherwise=f"The board keeps its {item.value} still.",
                )
                for item in self.items()
            ),
        )


class EspConsole(KnownConsole):
    """A board with ESP-IDF's console."""

    name: ClassVar[str] = "esp_console"
    title: ClassVar[str] = "ESP-IDF console"
    Options: ClassVar[type[BaseModel]] = EspConsoleOptions
