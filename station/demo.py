"""The demonstration: simulated boards and a simulated cloud through the real engine and record.

Only what is plugged in is simulated. The engine, the links, the claims over HTTP and the record on
disk are those of a real line. They are loaded once the line is served: behind the window.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from station.desk import Commands, Desk, Post
from station.folder import RECIPES, RECORD, actions, offers, operators
from station.model import Event, RunEnded
from station.rework_codes import USUAL

if TYPE_CHECKING:
    from station.line import Line
    from station.simulation.feeding import Sockets, Supply
    from station.simulation.nrf91_faults import Timing

Board = TypeVar("Board")

OPERATOR = "Demo operator"
STATION = "Demo line"
RECIPE = """\
# Written anew by each demonstration: its cloud listens on a port of its own.
recipe = 1
name = "Demo tracker"
procedure = "claim"

[board]
kind = "nrf91"
models = ["nRF9151"]

[cloud]
kind = "nrf_cloud"
provisioning_url = "{http}"

[options]
{options}

[rework.take_back]
procedure = "take_back"
title = "Erase and unclaim"

[rework.renew]
procedure = "renew"
{label}"""


@dataclass(frozen=True, slots=True)
class Demo:
    """A simulated line of `slots` slots that is given `units` nRF91 boards (None: for ever).

    `clean` leaves out the units that are not as they should be, about one in eight; `hurried`
    leaves out the pauses of the hand that plugs boards in and takes them away.
    """

    folder: Path
    slots: int
    units: int | None
    seed: int
    hurried: bool
    clean: bool
    labelled: ClassVar[bool] = True
    """Units are given labels, unless it is to be quick."""

    @property
    def sign_in(self) -> tuple[str, Path, int | None]:
        """Who works on what."""
        return OPERATOR, self.folder / RECIPES / "demo.toml", self.units

    def desk(self) -> Desk:
        """Return what the window needs; its operator is signed in already."""
        return Desk(
            station=STATION,
            training=True,
            record=self.folder / RECORD,
            offers=lambda: offers(self.folder),
            operators=lambda: operators(self.folder),
            serve=self.serve,
            sign_in=self.sign_in,
            labels=self._prints,
            actions=lambda: actions(self.folder),
            codes=USUAL,
        )

    @property
    def _prints(self) -> bool:
        return self.labelled and not self.hurried

    async def serve(self, post: Post, give: Callable[[Commands], None]) -> None:
        """Run the simulations and the engine on them until cancelled."""
        from pydantic import SecretStr

        from station.demo_label import FOLDER, PicturePrinter
        from station.line import Line, Setup
        from station.simulation.line import SimulatedLine
        from station.simulation.nrf_cloud import SimulatedNrfCloud

        cloud = SimulatedNrfCloud(latency_s=0.0 if self.hurried else 0.35)
        wiring = SimulatedLine(
            self.slots,
            self.units,
            seed=self.seed,
            clean=self.clean,
            pause_s=0.0 if self.hurried else 1.5,
            dwell_s=0.0 if self.hurried else 6.0,
            timing=self._timing(),
            air=None if self.hurried else cloud.air,
        )
        await cloud.start()
        try:
            hello = cloud.hello
            options = "" if self.hurried else "online_within_s = 60"
            label = self._write_label() if self._prints else ""
            self.write_recipe(RECIPE.format(http=hello["http"], options=options, label=label))
            printer = PicturePrinter(self.folder / FOLDER)
            line = Line(
                data_dir=self.folder,
                station=STATION,
                wiring=wiring,
                slots=wiring.slots,
                secret=lambda name: SecretStr(hello["api_key"]),
                printer=lambda name: printer,
                setup=Setup(codes=USUAL),
            )
            where = {slot.name: slot.where for slot in wiring.slots}

            def told(event: Event) -> None:
                post(event)
                if isinstance(event, RunEnded):
                    wiring.verdict(where[event.slot])

            await line.serve(told, give)
        finally:
            await wiring.close()
            await cloud.close()

    async def fed(
        self,
        line: Line,
        wiring: Sockets[Board],
        supply: Supply[Board],
        post: Post,
        give: Callable[[Commands], None],
    ) -> None:
        """Run the engine on `wiring` until cancelled, while a hand plugs in what there is."""
        from station.simulation.feeding import Feeder

        pause_s, dwell_s = (0.0, 0.0) if self.hurried else (1.5, 6.0)
        feeder = Feeder(wiring, supply, self.units, pause_s=pause_s, dwell_s=dwell_s)
        where = {slot.name: slot.where for slot in wiring.slots}

        def told(event: Event) -> None:
            post(event)
            if isinstance(event, RunEnded):
                feeder.verdict(where[event.slot])

        feeder.start()
        try:
            await line.serve(told, give)
        finally:
            await feeder.stop()

    def _timing(self) -> Timing:
        """Return a quick modem, or one slower than a real one and a network faster than one.

        The latter two can both be watched.
        """
        from station.simulation.nrf91_faults import Timing

        if self.hurried:
            return Timing(baud=115_200, latency_s=0.02, log_lines_a_second=1.0, boot_s=0.5)
        return Timing(
            baud=115_200,
            latency_s=0.15,
            log_lines_a_second=1.0,
            boot_s=0.5,
            attach_s=1.0,
            batch_s=1.0,
            settle_s=1.0,
            retry_s=4.0,
        )

    def _write_label(self) -> str:
        """Write the label's template down, and return the recipe's table that names it."""
        from station.demo_label import FILE, TABLE, TEMPLATE

        path = self.sign_in[1].with_name(FILE)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEMPLATE, "utf-8")
        return TABLE

    def write_recipe(self, text: str) -> None:
        """Write down what is worked by; a demonstration's folder has one recipe."""
        path = self.sign_in[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
