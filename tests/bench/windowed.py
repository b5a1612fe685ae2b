"""A window on a real line, signed in at once: `python -m tests.bench.windowed FOLDER RECIPE`.

Run it with `MockUsb.env` and the cloud's key. Prints a line for each run that ends.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from station.desk import Commands, Desk, Post
from station.folder import RECORD
from station.line import Line
from station.links.watch import UsbWiring
from station.model import Event, RunEnded
from station.registry import waits_on_usb
from ui.app import open_window


def line_desk(folder: Path, recipe: Path) -> Desk:
    """Return a desk on the boards that sit on USB."""
    return Desk(
        station="Benchmark",
        training=False,
        record=folder / RECORD,
        offers=lambda: (),
        operators=lambda: (),
        serve=Line(folder, "Benchmark", UsbWiring(portless=waits_on_usb)).serve,
        sign_in=("Bench", recipe, None),
    )


def overheard(desk: Desk, hear: Callable[[Event], None]) -> Desk:
    """Return `desk` with every event told to `hear` too, on the engine's thread."""

    async def serve(post: Post, give: Callable[[Commands], None]) -> None:
        def told(event: Event) -> None:
            post(event)
            hear(event)

        await desk.serve(told, give)

    return replace(desk, serve=serve)


def tell(event: Event) -> None:
    if isinstance(event, RunEnded):
        told = {"event": "run_ended", "outcome": event.outcome.value}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(open_window(overheard(line_desk(Path(sys.argv[1]), Path(sys.argv[2])), tell)))
