"""A console in memory that answers by a table, and the whole story of a board with a script."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import repeat
from pathlib import Path
from typing import TypeVar

from pydantic import SecretStr

from station import recipes, registry
from station.boards.scripted import Scripted
from station.boards.scripted_options import ScriptedOptions
from station.links.memory import pair
from station.model import Attachment
from station.simulation.scripted import SimulatedConsole
from tests.boards.arduino_seat import FakeSeat
from tests.boards.scripted_nrf91 import ScriptedBoard, at_once

T = TypeVar("T")

RECIPES = Path(__file__).parents[2] / "packaging" / "recipes"
FILES = {"esp32": "esp32_console.toml", "zephyr": "zephyr_shell.toml"}
SECRETS = {"ssid": "shop floor 5", "password": "pass'w\\o\"rd 9", "token": "A1b2C3d4E5f6G7h8I9j0"}


def values(told: Mapping[str, str] = SECRETS) -> dict[str, SecretStr]:
    return {name: SecretStr(value) for name, value in told.items()}


def options(dialect: str) -> ScriptedOptions:
    recipe = recipes.load(RECIPES / FILES[dialect], registry.shapes())
    assert isinstance(recipe.board_options, ScriptedOptions)
    return recipe.board_options


def seat(there: Attachment | None = None) -> FakeSeat:
    return FakeSeat(there, lambda line: TableConsole({}))


class TableConsole(ScriptedBoard):
    """Answers each line with the next text that `answers` has for it; the last one again and again.

    What it writes is handed out in pieces of `sizes` bytes.
    """

    def __init__(
        self,
        answers: Mapping[str, str | Sequence[str]],
        *,
        prompt: str = "> ",
        before_echo: str = "",
        echoes: bool = True,
        sizes: Iterator[int] | None = None,
    ) -> None:
        self._answers = {
            line: [told] if isinstance(told, str) else list(told) for line, told in answers.items()
        }
        self.prompt = prompt
        self.echoes = echoes
        self.before_echo = before_echo
        self.lines: list[str] = []
        self.half_typed = b""
        super().__init__(modem=None, sizes=sizes or repeat(4096))  # type: ignore[arg-type]

    def key(self, key: bytes) -> None:
        if key == b"\n":
            return
        if key != b"\r":
            self.half_typed += key
            return
        line, self.half_typed = self.half_typed.decode(), b""
        if line:
            self.lines.append(line)
        told = self._answers.get(line, [""])
        answer = told.pop(0) if len(told) > 1 else told[0]
        before = self.before_echo if line else ""
        self.emit(before + (f"{line}\r\n" if self.echoes else "") + answer + self.prompt)


def with_table(
    console: TableConsole,
    told: Mapping[str, object],
    story: Callable[[Scripted], Awaitable[T]],
) -> T:
    """Tell `story` to a board that is open; its end is closed after it."""
    made = ScriptedOptions.model_validate({"prompt": "> ", "echoes": True, **told})

    async def whole() -> T:
        board = await Scripted.open(console, made, seat())
        try:
            return await story(board)
        finally:
            await board.close()

    return at_once(whole())


def with_simulated(simulated: SimulatedConsole, story: Callable[[Scripted], Awaitable[T]]) -> T:
    """Tell `story` to a simulated board that is open by the project's recipe for it."""
    told = options(simulated.dialect).model_dump(by_alias=True)
    return with_kind(Scripted, told, simulated, story)


def with_kind(
    kind: type[Scripted],
    told: Mapping[str, object],
    simulated: SimulatedConsole,
    story: Callable[[Scripted], Awaitable[T]],
) -> T:
    """Tell `story` to a simulated board that is open as `kind`, by what its recipe says."""

    async def whole() -> T:
        ours, theirs = pair()
        life = asyncio.create_task(simulated.run(theirs))
        try:
            board = await kind.open(ours, kind.Options.model_validate(told), seat())
            return await story(board)
        finally:
            await ours.close()
            with suppress(asyncio.CancelledError):
                await life

    return at_once(whole())


def all_text(faults: Iterable[BaseException]) -> str:
    """Return all that could be printed of `faults` and of what led to them."""
    told = []
    for fault in faults:
        each: BaseException | None = fault
        while each is not None:
            told += [str(each), repr(each), repr(each.args), repr(vars(each))]
            each = each.__cause__ or each.__context__
    return "\n".join(told)
