"""Procedures: what is done to a unit, as a story that reads from the top. One file a story."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from station.boards import Board
from station.clouds import Cloud
from station.run import Run

Story = Callable[[Run, Board, Cloud], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Procedure:
    """A named story and the steps it promises, in order; the screen shows the promise."""

    title: str
    steps: tuple[str, ...]
    tell: Story


def procedure(title: str, *, steps: str) -> Callable[[Story], Procedure]:
    """Make a Procedure of an async function; `steps` are names parted by spaces."""
    return lambda story: Procedure(title, tuple(steps.split()), story)
