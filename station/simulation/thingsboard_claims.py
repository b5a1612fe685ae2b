"""How a device of a ThingsBoard tenant becomes an end customer's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from station.simulation import thingsboard_values as values
from station.simulation.thingsboard_nouns import NOBODY, Device
from station.simulation.thingsboard_registry import Registry

DAY_MS = 86_400_000
_SCOPE, _DATA, _ALLOWED = "SERVER_SCOPE", "claimingData", "claimingAllowed"


@dataclass(frozen=True, slots=True)
class Window:
    """A device may be claimed with `secret` until `ends_ms`."""

    secret: str = field(repr=False)
    ends_ms: int


class Claims:
    """The claim windows of an instance. `by_default`: a device needs nobody's leave to be claimed."""

    def __init__(self, registry: Registry, *, by_default: bool = True) -> None:
        self._registry = registry
        self._by_default = by_default
        self._open: dict[str, Window] = {}

    def open(self, device: Device, body: bytes) -> None:
        """Open a window; one that is open stays as it is.

        Raises:
            ValueError: the body is no JSON object with a text and a number of milliseconds.

        """
        match {"secretKey": "", "durationMs": DAY_MS, **values.opened(body or b"{}")}:
            case {"secretKey": str() as secret, "durationMs": int() as lasts_ms}:
                pass
            case _:
                raise ValueError("Can't parse value")
        now = self._registry.now_ms()
        held = self._open.get(device.id)
        if self._may(device) and (held is None or held.ends_ms < now):
            self._open[device.id] = Window(secret, now + lasts_ms)

    def claim(self, device: Device, customer: str, secret: str) -> str:
        """Give a device to a customer. Returns SUCCESS, FAILURE or CLAIMED, as the server does.

        A wrong secret burns the window that the device has opened.
        """
        if device.customer != NOBODY:
            return "CLAIMED"
        window = self._open.pop(device.id, None) or self._by_attribute(device)
        if window is None or window.ends_ms < self._registry.now_ms() or window.secret != secret:
            return "FAILURE"
        device.attributes[_SCOPE].pop(_DATA, None)
        device.attributes[_SCOPE].pop(_ALLOWED, None)
        self._registry.assign(device, customer)
        return "SUCCESS"

    def undo(self, device: Device) -> None:
        """Take a device back from its customer."""
        self._registry.assign(device, NOBODY)
        if not self._by_default:
            self._registry.set_attributes(device, _SCOPE, {_ALLOWED: True})

    def _may(self, device: Device) -> bool:
        return self._by_default or device.attributes[_SCOPE].get(_ALLOWED) is True

    def _by_attribute(self, device: Device) -> Window | None:
        held: Any = device.attributes[_SCOPE].get(_DATA)
        if not self._may(device) or not isinstance(held, dict):
            return None
        secret, ends_ms = held.get("secretKey"), held.get("expirationTime")
        if not isinstance(secret, str) or type(ends_ms) is not int:
            return None
        return Window(secret, ends_ms)
