"""What an MQTT connection is made of, and what is heard on it; no library's words."""

from __future__ import annotations

from dataclasses import dataclass, field

from station.faults import Fault


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and the version of MQTT: "3.1.1" or "5"."""

    host: str
    port: int
    version: str


@dataclass(frozen=True, slots=True)
class Who:
    """What CONNECT says; None is left out."""

    client_id: str = field(repr=False)
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Greeted:
    """CONNACK. `code` is that of MQTT 5, to which paho turns those of 3.1.1; 0 lets us in."""

    code: int
    words: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """PUBACK of the message `number`; from 0x80 on `code` is a refusal."""

    number: int
    code: int
    words: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A message. `number` is 0 at QoS 0; `again`: the server has marked it as sent before."""

    topic: str
    payload: bytes = field(repr=False)
    number: int
    again: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """There is no connection, or none any more.

    No fault lies here ready to be raised: with what raises it, it would keep the connection alive.
    """

    kind: type[Fault]
    detail: str

    @property
    def fault(self) -> Fault:
        """Return the fault that it is before anything was sent."""
        return self.kind(self.detail)


Event = Greeted | Acknowledged | Heard | Ended
