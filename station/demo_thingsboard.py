"""The demonstration for ThingsBoard: ESP32 boards with a console are provisioned over HTTP."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from station.demo import STATION, Demo
from station.desk import Commands, Post

if TYPE_CHECKING:
    from pydantic import SecretStr

    from station.simulation.scripted import ConsoleTiming
    from station.simulation.thingsboard import SimulatedThingsBoard

NETWORK, SSID = "demo", "demo-net"
RECIPE = """\
# Written anew by each demonstration: its cloud listens on a port of its own.
recipe = 1
name = "Demo sensor"
procedure = "provision"

[board]
kind = "esp_console"

[board.keys]
ssid = "ssid"
password = "password"
host = "host"
port = "port"
token = "token"

[cloud]
kind = "thingsboard"
address = "{http}"

[rework.take_back]
procedure = "provision_take_back"
title = "Erase and unclaim"

[options]
network = "{network}"
unit_attributes = true
{options}
"""
_ONLINE = "online_within_s = 60"
# What it seals opens a simulated cloud that is gone with the demonstration; the folder may be used
# again, and what lies sealed there must be readable then.
_SEAL = urlsafe_b64encode(bytes(32)).decode()
_PASSWORD = "demo pass"  # noqa: S105 - of a network that is not there


@dataclass(frozen=True, slots=True)
class ThingsBoardDemo(Demo):
    """A line of ESP32 boards that come to a ThingsBoard by themselves once they have their token.

    The user's keystore is left alone.
    """

    labelled: ClassVar[bool] = False

    async def serve(self, post: Post, give: Callable[[Commands], None]) -> None:
        """As `Demo.serve`."""
        from station.line import Line
        from station.networks import Networks, WifiProfile
        from station.simulation.console_line import ConsoleLine
        from station.simulation.console_supply import ConsoleSupply
        from station.simulation.thingsboard import SimulatedThingsBoard

        cloud = SimulatedThingsBoard(latency_s=0.0 if self.hurried else 0.2)
        wiring = ConsoleLine(self.slots)

        def take(name: str) -> None:
            cloud.account.add_device(cloud.new, name, None)

        supply = ConsoleSupply(self.seed, self.clean, self._times(), take)
        await cloud.start()
        try:
            secret = _secrets(cloud)
            Networks(self.folder, secret).keep(NETWORK, WifiProfile(ssid=SSID))
            self.write_recipe(self._recipe(cloud.address))
            line = Line(
                data_dir=self.folder,
                station=STATION,
                wiring=wiring,
                slots=wiring.slots,
                secret=secret,
            )
            await self.fed(line, wiring, supply, post, give)
        finally:
            await wiring.close()
            await cloud.close()

    def _times(self) -> ConsoleTiming:
        """Return a quick console, or one that can be watched."""
        from station.simulation.scripted import ConsoleTiming

        if self.hurried:
            return ConsoleTiming(baud=115_200, boot_s=0.1, stall_s=0.2)
        return ConsoleTiming(baud=115_200, answer_s=0.15, boot_s=0.8)

    def _recipe(self, http: str) -> str:
        return RECIPE.format(http=http, network=NETWORK, options="" if self.hurried else _ONLINE)


def _secrets(cloud: SimulatedThingsBoard) -> Callable[[str], SecretStr]:
    """Return a keystore that holds what the simulation accepts, and a seal."""
    from pydantic import SecretStr

    from station.networks import secret_name
    from station.seal import NAME

    known = {
        "thingsboard-provision-key": cloud.provision_key,
        "thingsboard-provision-secret": cloud.provision_secret,
        "thingsboard-api-key": cloud.api_key,
        secret_name(NETWORK, "password"): _PASSWORD,
        NAME: _SEAL,
    }
    return lambda name: SecretStr(known[name])
