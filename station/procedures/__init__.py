"""Procedures: what is done to a unit, as a story that reads from the top. One file a story."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from station.boards import Board
from station.clouds import Cloud
from station.run import Run

CONNECT = "connect"
"""The step that comes before those of every procedure: the port opens and the board answers."""

Story = Callable[[Run, Board, Cloud], Awaitable[None]]


class NoOptions(BaseModel):
    """A procedure without options of its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FollowUpOptions(BaseModel):
    """The options of procedures after which a unit is expected online."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    online_within_s: float | None = Field(
        default=None,
        gt=0,
        le=30 * 86_400,
        examples=[300],
        description="follow the unit in the background, and report it if it is not online by then",
    )


@dataclass(frozen=True, slots=True)
class Procedure:
    """A named story and the steps it promises, in order; the screen shows the promise.

    `options` is what a recipe's `[options]` table may hold. `board` and `cloud` are protocols that
    the story needs beyond the plain doors. `offline` stories work without a network. `erases`: it
    takes something off the unit. `again` is what it is called when a unit that came back is given
    it, where the title does not say it. `mute`: it can do with a board that does not answer; its
    `board` is `Flashable` then.
    """

    title: str
    steps: tuple[str, ...]
    tell: Story
    options: type[BaseModel] = NoOptions
    board: type | None = None
    cloud: type | None = None
    offline: bool = False
    erases: bool = False
    again: str = ""
    mute: bool = False

    def fits(self, board: type) -> bool:
        """Tell whether such a kind of board can do what the story asks of it."""
        return self.board is None or issubclass(board, self.board)


def procedure(
    title: str,
    *,
    steps: str,
    options: type[BaseModel] = NoOptions,
    board: type | None = None,
    cloud: type | None = None,
    offline: bool = False,
    erases: bool = False,
    again: str = "",
    mute: bool = False,
) -> Callable[[Story], Procedure]:
    """Make a Procedure of an async function; `steps` are names parted by spaces."""
    return lambda story: Procedure(
        title, tuple(steps.split()), story, options, board, cloud, offline, erases, again, mute
    )
