"""Simulated boards on USB that looks real: umockdev in front of pseudo-terminals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import others
from tests.bench.others import BoardAt
from tests.links.mock_usb import NRF9151_DK, MockBoard, MockUsb


@dataclass(frozen=True, slots=True)
class Bench:
    """A data directory, a recipe in it, and the environment that shows the boards and the key."""

    folder: Path
    recipe: Path
    env: Mapping[str, str]


@contextmanager
def bench(count: int) -> Iterator[Bench]:
    """Plug `count` development kits in, and run a cloud for them."""
    with (
        TemporaryDirectory() as folder,
        others.cloud() as cloud,
        others.boards(count) as boards,
        MockUsb() as usb,
    ):
        usb.plug(*(_kit(number, board) for number, board in enumerate(boards, 1)))
        place = Path(folder)
        yield Bench(place, cloud.recipe(place), {**cloud.env, **usb.env})


def _kit(number: int, board: BoardAt) -> MockBoard:
    return MockBoard(
        NRF9151_DK.vid,
        NRF9151_DK.pid,
        f"0010512{number:05d}",
        socket=f"1-4.{number}",
        names=(f"ttyACM{number}",),
        behind=(board.port,),
    )
