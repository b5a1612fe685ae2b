"""One MQTT session with ThingsBoard: provisioning or a device's, by what CONNECT says."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from station.simulation.mqtt_packets import (
    V5,
    Connect,
    Disconnect,
    Packet,
    Ping,
    Publish,
    Subscribe,
    Unsubscribe,
    connack,
    pong,
    puback,
    publish,
    suback,
    unsuback,
)
from station.simulation.thingsboard_account import Account
from station.simulation.thingsboard_json import asked_keys, asked_method, compact
from station.simulation.thingsboard_nouns import Device

_PROVISION = "provision"
_REQUEST, _RESPONSE = "/provision/request", "/provision/response"
_TELEMETRY, _ATTRIBUTES = "v1/devices/me/telemetry", "v1/devices/me/attributes"
_CLAIM = "v1/devices/me/claim"
_ASK, _TOLD = "v1/devices/me/attributes/request/", "v1/devices/me/attributes/response/"
_CALL, _RESULT = "v1/devices/me/rpc/request/", "v1/devices/me/rpc/response/"
_FILTERS = {_ATTRIBUTES, f"{_TOLD}+", f"{_CALL}+", f"{_RESULT}+", _RESPONSE}
# The first that the vendor's own client asks; the names are those of the server's test of it
_LIMITS = compact(
    {
        "maxPayloadSize": 65536,
        "maxInflightMessages": 100,
        "rateLimits": dict.fromkeys(("messages", "telemetryMessages", "telemetryDataPoints")),
    }
)
_REASON = {"topic": 0x90, "format": 0x99, "rejected": 0x83}
_NO_SUCH_FILTER, _NO_SUCH_FILTER_V5 = 0x80, 0x8F
_ACKNOWLEDGES_SINCE = (3, 9)

# What CONNACK says to 3.1 and 3.1.1, and to 5
_NO_CERTIFICATE, _NO_LOGIN, _NO_CLIENT_ID, _WRONG_TRANSPORT = (
    (5, 0x87),
    (5, 0x86),
    (2, 0x85),
    (3, 0x88),
)


class Peer(Protocol):
    """The client's connection."""

    @property
    def leaf(self) -> bytes | None:
        """The certificate that the client has shown, DER."""
        ...

    def send(self, data: bytes) -> None:
        """Send a packet."""

    def close(self) -> None:
        """Hang up."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds before an answer, of a core that never answers, and from a reply to the hang-up."""

    thinks_s: float = 0.0
    core_timeout_s: float = 10.0
    drop_after_s: float = 60.0


class Session:
    """What one client has said so far. `device` is who it has logged in as."""

    def __init__(self, account: Account, peer: Peer, waits: Waits) -> None:
        self.device: Device | None = None
        self.level = 4
        self._account = account
        self._peer = peer
        self._waits = waits
        self._connected = False
        self._granted: dict[str, int] = {}
        self._last_id = 0
        self._timers: list[asyncio.TimerHandle] = []

    def take(self, packet: Packet) -> None:
        """Do what the client asks."""
        match packet:
            case Connect():
                self._connect(packet)
            case Disconnect():
                self._peer.close()
            case _ if not self._connected:
                self._peer.close()
            case Ping():
                self._peer.send(pong())
            case Subscribe():
                self._subscribe(packet)
            case Unsubscribe():
                self._unsubscribe(packet)
            case Publish():
                if self.device is None:
                    self._provision(packet)
                else:
                    self._publish(packet, self.device)
            case _:
                pass

    def end(self) -> None:
        """Forget what was still to be answered."""
        for timer in self._timers:
            timer.cancel()

    def _connect(self, packet: Connect) -> None:
        self.level = packet.level
        if _PROVISION not in (packet.username, packet.client_id):
            found = self._login(packet)
            if not isinstance(found, Device):
                self._peer.send(connack(self.level, self._of_level(found), session_present=False))
                self._peer.close()
                return
            self.device = found
            self._account.connected(found)
        self._connected = True
        # Theirs keeps no session: the flag says no more than that no clean one was asked for
        self._peer.send(connack(self.level, 0, session_present=not packet.clean))

    def _login(self, packet: Connect) -> Device | tuple[int, int]:
        """Return who logs in, or why not. A certificate is looked at before a token."""
        leaf = self._peer.leaf
        if leaf is not None:
            device = self._account.by_certificate(ssl.DER_cert_to_PEM_cert(leaf))
            refused = _NO_CERTIFICATE
        else:
            device = self._account.by_basic(
                packet.client_id, packet.username or "", packet.password or ""
            )
            refused = _why_no_login(packet)
        if device is None:
            return refused
        return device if device.profile.transport in {"DEFAULT", "MQTT"} else _WRONG_TRANSPORT

    def _of_level(self, codes: tuple[int, int]) -> int:
        return codes[self.level == V5]

    def _subscribe(self, packet: Subscribe) -> None:
        if self._is_mute():
            return
        topics = {_RESPONSE} if self.device is None else _FILTERS
        refusal = self._of_level((_NO_SUCH_FILTER, _NO_SUCH_FILTER_V5))
        codes = []
        for topic, qos in packet.filters:
            codes.append(min(qos, 1) if topic in topics else refusal)
            if topic in topics:
                self._granted[topic] = min(qos, 1)
        self._peer.send(suback(self.level, packet.packet_id, codes))

    def _unsubscribe(self, packet: Unsubscribe) -> None:
        if self._is_mute():
            return
        for topic in packet.filters:
            self._granted.pop(topic, None)
        self._peer.send(unsuback(self.level, packet.packet_id, len(packet.filters)))

    def _is_mute(self) -> bool:
        """Before 3.9 nothing is subscribed to in a provisioning session, and nobody is told."""
        return self.device is None and not self._account.at_least(*_ACKNOWLEDGES_SINCE)

    def _provision(self, packet: Publish) -> None:
        if packet.topic != _REQUEST:
            self._reject(packet, "topic")
            return
        came = self._account.provision(packet.payload)
        if came.reply is not None:
            payload = compact(came.reply)
            self._later(self._waits.thinks_s, lambda: self._provisioned(packet, payload))
        elif came.malformed:
            self._unreadable(packet)
        else:
            wait_s = self._waits.thinks_s if came.error else self._waits.core_timeout_s
            self._later(wait_s, lambda: self._reject(packet, "rejected"))

    def _provisioned(self, packet: Publish, payload: bytes) -> None:
        self._acknowledge(packet)
        self._push(_RESPONSE, _RESPONSE, payload)
        self._timers.append(
            asyncio.get_running_loop().call_later(self._waits.drop_after_s, self._peer.close)
        )

    def _publish(self, packet: Publish, device: Device) -> None:
        if self._account.too_fast:
            self._peer.close()
            return
        try:
            told = self._carried_out(packet, device)
        except ValueError:
            self._unreadable(packet)
            return
        whole, begun = (_TELEMETRY, _ATTRIBUTES, _CLAIM), (_ASK, _CALL, _RESULT)
        known = packet.topic in whole or packet.topic.startswith(begun)

        def answer() -> None:
            self._acknowledge(packet, 0 if known else _REASON["topic"])
            if told is not None:
                base = _TOLD if packet.topic.startswith(_ASK) else _RESULT
                self._push(base + packet.topic.rpartition("/")[2], f"{base}+", told)

        self._later(self._waits.thinks_s, answer)

    def _carried_out(self, packet: Publish, device: Device) -> bytes | None:
        """Do what a device publishes; return what it asked for.

        Raises:
            ValueError: the payload is not as it must be for its topic.

        """
        if packet.topic == _TELEMETRY:
            self._account.write_telemetry(device, packet.payload)
        elif packet.topic == _ATTRIBUTES:
            self._account.write_attributes(device, packet.payload)
        elif packet.topic == _CLAIM:
            self._account.claim_window(device, packet.payload)
        elif packet.topic.startswith(_ASK):
            int(packet.topic.removeprefix(_ASK))
            client, shared = asked_keys(packet.payload)
            return compact(self._account.attributes_for(device, client, shared))
        elif packet.topic.startswith(_CALL):
            int(packet.topic.removeprefix(_CALL))
            return _LIMITS if asked_method(packet.payload) == "getSessionLimits" else None
        return None

    def _reject(self, packet: Publish, reason: str) -> None:
        self._acknowledge(packet, _REASON[reason])
        self._peer.close()

    def _unreadable(self, packet: Publish) -> None:
        if self.level == V5 and packet.packet_id:
            self._acknowledge(packet, _REASON["format"])
        else:
            self._peer.close()

    def _acknowledge(self, packet: Publish, reason: int = 0) -> None:
        if packet.packet_id:
            self._peer.send(puback(self.level, packet.packet_id, reason))

    def _push(self, topic: str, as_filter: str, payload: bytes) -> None:
        """Send to this client, at the QoS that it subscribed with or, when it did not, at 1."""
        self._last_id = self._last_id % 0xFFFF + 1
        qos = self._granted.get(as_filter, 1)
        self._peer.send(publish(self.level, topic, payload, qos, self._last_id))

    def _later(self, wait_s: float, answer: Callable[[], None]) -> None:
        if wait_s:
            self._timers.append(asyncio.get_running_loop().call_later(wait_s, answer))
        else:
            answer()


def _why_no_login(packet: Connect) -> tuple[int, int]:
    if packet.username is not None or packet.password is not None:
        return _NO_LOGIN
    return _NO_CLIENT_ID if packet.client_id.strip() else _NO_CERTIFICATE
