"""The applications that nRF91 boards run, where they differ: words that trigger, and what is logged.

Sources: the Asset Tracker Template's code from v1.1.0 to v1.5.3 and the SDK's provisioning sample.
"""

from __future__ import annotations

from dataclasses import dataclass

from station.simulation import chosen
from station.simulation.zephyr import banner

_TEMPLATES = ("1.1.0", "1.1.1", "1.2.6", "1.2.7", "1.3.0", "1.4.0", "1.5.0", "1.5.3")
FIRMWARES = (*(f"att-{version}" for version in _TEMPLATES), "sdk-sample", "at-client")

_UNCLAIMED = (
    "cloud: Provisioning failed, device not claimed",
    "cloud: Claim the device using the device's attestation token on nrfcloud.com",
)
_BELOW = (
    "cloud: Claim the device on nrfcloud.com using the attestation token below",
    "cloud: Attestation token (copy the entire value between the lines):",
)
_BEGIN, _END = "----- BEGIN ATTESTATION TOKEN -----", "----- END ATTESTATION TOKEN -----"


@dataclass(frozen=True, slots=True)
class Firmware:
    """An application by `name`; `version` is the template's, empty for any other."""

    name: str
    version: tuple[int, ...] = ()

    @property
    def banner(self) -> bytes:
        """What it writes when it starts."""
        if self.version:
            return banner(f"Asset Tracker Template v{self.name.removeprefix('att-')}")
        return banner("nRF Connect SDK v3.2.1-d8887f6f32df")

    @property
    def provisions(self) -> bool:
        """Whether it has a provisioning client and goes on the air by itself."""
        return self.name == "sdk-sample" or self.version >= (1, 1, 1)

    @property
    def trigger(self) -> tuple[str, ...]:
        """The words that make it ask for commands at once."""
        if self.name == "sdk-sample":
            return ("nrf_provisioning", "now")
        if self.version >= (1, 2, 7):
            return ("att_cloud", "provision")
        return ("att_cloud_provision", "now") if self.provisions else ()

    def unclaimed(self, token: str) -> tuple[tuple[str, str], ...]:
        """Return the log entries, level and text, that tell how to claim the device."""
        if not self.provisions:
            return ()
        if not self.version:
            words = "nrf_provisioning_coap: Unauthorized access: device is not yet claimed."
            return (("err", words), ("inf", f"nrf_provisioning: Attestation token:\r\n\n{token}"))
        if self.version < (1, 4):
            lines: tuple[str, ...] = (*_UNCLAIMED, f"cloud: \r\n\n{token}")
        elif self.version < (1, 5):
            lines = (*_BELOW, *(f"cloud: {line}" for line in (_BEGIN, token, _END)))
        else:
            lines = (*_BELOW, f"cloud: \n\r{_BEGIN}\n\r{token}\n\r{_END}")
        return tuple(("wrn", line) for line in lines)


def firmware(name: str) -> Firmware:
    """Return the application `name`.

    Raises:
        ValueError: there is no such; the text lists those there are.

    """
    chosen([name], FIRMWARES, "firmware")
    numbers = name.removeprefix("att-").split(".") if name.startswith("att-") else ()
    return Firmware(name, tuple(int(number) for number in numbers))
