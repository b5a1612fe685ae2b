"""The demonstration for Arduino boards: Provisioning 2.0 with a simulated cloud and network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from station.demo import STATION, Demo
from station.desk import Commands, Post

if TYPE_CHECKING:
    from pydantic import SecretStr

    from station.simulation.arduino_cloud import SimulatedArduinoCloud
    from station.simulation.arduino_faults import ArduinoTiming
    from station.simulation.arduino_site import Site

NETWORK = "demo"
RECIPE = """\
# Written anew by each demonstration: its cloud listens on a port of its own.
recipe = 1
name = "Demo sensor"
procedure = "arduino"

[board]
kind = "arduino"
boards = ["UNO R4 WiFi", "Portenta H7"]

[cloud]
kind = "arduino"
address = "{http}"
downloads_address = "{http}"
requests_a_second = 100
first_look_s = {first_look_s}
poll_s = 2.0

[rework.take_back]
procedure = "arduino_take_back"
title = "Erase and unclaim"
options.greet_within_s = {greet_within_s}

[rework.network]
procedure = "change_network"
options.network = "{network}"

[options]
network = "{network}"
# some come blank, and are not waited for as long as one that scans
greet_within_s = {greet_within_s}
tags = {{ line = "demo" }}
"""


@dataclass(frozen=True, slots=True)
class ArduinoDemo(Demo):
    """A line of UNO R4 WiFi and Portenta H7, which come to Arduino's cloud by themselves.

    Some are blank, and are flashed first.
    """

    labelled: ClassVar[bool] = False

    async def serve(self, post: Post, give: Callable[[Commands], None]) -> None:
        """As `Demo.serve`."""
        from station.line import Line
        from station.networks import Networks, WifiProfile
        from station.simulation.arduino_cloud import SimulatedArduinoCloud
        from station.simulation.arduino_site import Site
        from station.simulation.arduino_supply import ArduinoSupply
        from station.simulation.usb_line import ArduinoLine, SimulatedFlasher

        cloud = SimulatedArduinoCloud(latency_s=0.0 if self.hurried else 0.35)
        wiring = ArduinoLine(self.slots)
        await cloud.start()
        site = replace(Site(), cloud=cloud.address)
        known = cloud.account.know_board
        supply = ArduinoSupply(self.seed, self.clean, self._times(), site, known)
        try:
            secret = _secrets(cloud, site)
            Networks(self.folder, secret).keep(NETWORK, WifiProfile(ssid=_ssid(site)))
            self.write_recipe(self._recipe(cloud.address))
            line = Line(
                data_dir=self.folder,
                station=STATION,
                wiring=wiring,
                slots=wiring.slots,
                secret=secret,
                flasher=lambda tool: SimulatedFlasher(wiring, 0.0 if self.hurried else 0.3),
            )
            await self.fed(line, wiring, supply, post, give)
        finally:
            await wiring.close()
            await cloud.close()

    def _times(self) -> ArduinoTiming:
        """Return a quick board, or one whose radio takes as long as can be watched."""
        from station.simulation.arduino_faults import ArduinoTiming

        if self.hurried:
            return ArduinoTiming(back_off_s=0.5)
        return ArduinoTiming(
            baud=9600,
            loop_s=0.01,
            boot_s=0.5,
            scan_s=1.0,
            join_s=2.0,
            join_within_s=10.0,
            keygen_s=0.5,
            back_off_s=2.0,
        )

    def _recipe(self, http: str) -> str:
        first_look_s, greet_within_s = (0.1, 1.0) if self.hurried else (1.0, 5.0)
        return RECIPE.format(
            http=http, network=NETWORK, first_look_s=first_look_s, greet_within_s=greet_within_s
        )


def _ssid(site: Site) -> str:
    """Return the network that is heard best."""
    return site.scan()[0][0]


def _secrets(cloud: SimulatedArduinoCloud, site: Site) -> Callable[[str], SecretStr]:
    """Return a keystore that holds what the simulations accept."""
    from pydantic import SecretStr

    from station.networks import secret_name

    password, _ = site.networks[_ssid(site)]
    known = {
        "arduino-client-id": cloud.client_id,
        "arduino-client-secret": cloud.client_secret,
        secret_name(NETWORK, "password"): password,
    }
    return lambda name: SecretStr(known[name])
