"""The ways by which devices reach ThingsBoard: HTTP, MQTT, CoAP. One file each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from station.model import Login


class Way(Protocol):
    """One transport. It carries what devices say, and knows what a lost answer is; no more."""

    async def provision(self, request: Mapping[str, Any]) -> bytes:
        """Send a provision request; return the answer's body as it came, of success or refusal.

        Raises:
            ReplyLost: it may have been acted on; also a connection that closed without an answer.
            CloudUnreachable, CloudUntrusted: it has not left.
            CloudRefused: the server could not read it: nothing was done.
            CloudBroken, CloudBusy, CloudNonsense: as the server or what is before it answers.

        """
        ...

    async def admits(self, login: Login) -> bool:
        """Tell whether a device with `login` is let in, by letting one in that stores nothing.

        Raises:
            TransportRefused: the device's profile does not allow this transport, or this
                transport can't carry such a login.
            KeyInUnit: it is a certificate whose key never left the unit.
            CloudFault: it can't be told.

        """
        ...

    async def send(self, login: Login, telemetry: Mapping[str, Any]) -> None:
        """Send telemetry as the device `login` lets in; it may arrive twice.

        Raises:
            LoginRefused: it is not let in.
            CloudFault: as for `admits`.

        """

    async def warm(self) -> None:
        """Have a connection ready for the request to come; never raises a fault."""

    async def close(self) -> None:
        """Let go of all connections; safe to call twice."""
