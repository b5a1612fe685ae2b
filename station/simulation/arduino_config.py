"""The sketches of Provisioning 2.0: one loop that hears its host, and joins the network.

Whatever takes long in that loop makes the board deaf, as on the real one: scans, attempts to join.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from station.links import Link
from station.model import Connection
from station.simulation import sketches
from station.simulation.arduino_agents import Agent, Bluetooth, SerialAgent
from station.simulation.arduino_answers import tell_ble_mac, tell_id, tell_wifi_firmware
from station.simulation.arduino_cbor import Item, NotUnderstood, read
from station.simulation.arduino_enrolment import Enrolment
from station.simulation.arduino_faults import BROKEN_AT_BOOT, STORAGE_BROKEN, ArduinoTiming
from station.simulation.arduino_frames import (
    CONNECT,
    CONTROL,
    DATA,
    DISCONNECT,
    NACK,
    Frame,
    Garbled,
    Receiver,
)
from station.simulation.arduino_joining import Joining
from station.simulation.arduino_settings import settings_of
from station.simulation.arduino_site import CONNECTED, CONNECTING, Site
from station.simulation.arduino_talk import LIBRARY, NETWORKS, SKETCH, STATUS, Talk
from station.simulation.arduino_unit import NETWORK_CONFIGS, START_BLE, ArduinoUnit
from station.simulation.uart import Uart

LIBRARY_VERSION = "0.5.1"
"""Of the simulated sketches' network configurator."""

_TIMESTAMP, _COMMAND = 0x12002, 0x12003
_JOIN, _ID, _MAC, _RESET, _SCAN, _RADIO, _SKETCH, _LIBRARY = 1, 2, 3, 4, 100, 101, 200, 201
_OF_A_THING = frozenset({_JOIN, _SCAN, _RADIO, _LIBRARY})
_OF_THE_RADIO = frozenset({_SCAN, _RADIO})
_RESET_DONE, _SCANNING = 4, 100
_NOT_FOUND, _INVALID, _BUSY, _NO_HANDLER = -4, -5, -6, -7
_MANY_NETWORKS, _LONG_NAME_BYTES = 12, 24  # together they overrun the board's buffer by a byte
_NEVER_S = 3600.0


@dataclass(frozen=True, slots=True)
class Body:
    """What a sketch runs on. `pull_out` takes the board off its wire."""

    unit: ArduinoUnit
    timing: ArduinoTiming
    faults: frozenset[str]
    site: Site
    bluetooth: Bluetooth
    pull_out: Callable[[], None]


class ConfigSketch:
    """One start of the sketch `name`, PROVISIONING or CLOUD, from its boot to its end.

    `live` is the life of it; `run` lends it a wire. `is_stuck`: the receiver hangs from the start.
    """

    def __init__(self, body: Body, name: str, version: str, *, is_stuck: bool = False) -> None:
        self._body = body
        self._is_provisioning = name == sketches.PROVISIONING
        self._version = version
        self._woken = body.bluetooth.woken
        self._serial = SerialAgent(self._woken, bridged=body.unit.product.bridged)
        self._receiver = Receiver(body.timing.gap_s, is_stuck=is_stuck)
        self._talk = Talk(self._serial, body.timing, body.faults, body.pull_out)
        self._networks: list[tuple[str, int]] = []
        self._owes_list = False
        self._status: int | None = None
        self._pending: int | None = None
        self._timestamp = 0
        self._told: bytes | None = None
        self._joining: Joining | None = None
        self._enrolment: Enrolment | None = None
        self._wants_ble = False
        self._scan_due = self._join_due = 0.0
        self._broken = next((s for f, s in BROKEN_AT_BOOT.items() if f in body.faults), None)

    async def run(self, link: Link) -> None:
        """Have somebody at the serial port.

        Raises:
            LinkLost: they are gone.

        """
        wire = Uart(link, self._body.timing.baud if self._body.unit.product.bridged else None)
        self._serial.opened(wire)
        try:
            while True:
                self._serial.feed(await wire.receive())
        finally:
            self._serial.closed()

    async def live(self) -> None:
        """Be the sketch, from its start until it is cancelled."""
        await asyncio.sleep(self._body.timing.boot_s)
        self._status = self._broken
        starts_ble = self._body.unit.store.pop(START_BLE, None) is not None
        self._wants_ble = self._body.unit.product.has_ble and (self._is_provisioning or starts_ble)
        await self._scan()
        while True:
            await self._meet()
            await self._turn()
            await self._pause()

    async def _turn(self) -> None:
        if self._owes_list:
            await self._pay_list()
        if not self._owes_list:
            await self._listen()
            await self._work()
        if self._now() >= self._scan_due:
            await self._scan()

    async def _pause(self) -> None:
        """Wait until there is something to do."""
        if self._joining is None and (self._pending is None or self._hangs()):
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, self._next_due() - self._now())):
                    await self._woken.wait()
        self._woken.clear()
        await asyncio.sleep(self._body.timing.loop_s)

    def _next_due(self) -> float:
        due = [self._now() + _NEVER_S, self._scan_due]
        if self._retries():
            due.append(self._join_due)
        if self._enrolment is not None:
            due.append(self._enrolment.due)
        return min(due)

    # Who talks

    async def _meet(self) -> None:
        """See who has come and who has left."""
        agent, bluetooth = self._talk.agent, self._body.bluetooth
        if agent is bluetooth and not bluetooth.is_session:
            self._part()
            self._wants_ble = self._wants_ble and self._is_provisioning
        elif agent is self._serial and not self._serial.is_session:
            self._part()
        if self._talk.agent is None and bluetooth.is_session:
            await self._greet(bluetooth)
        bluetooth.switch(on=self._wants_ble and self._talk.agent is not self._serial)

    async def _greet(self, agent: Agent) -> None:
        self._talk.agent = agent
        await self._talk.log(f"{agent.name}: connected")
        if self._status is not None:
            await self._talk.say(STATUS, self._status)
        self._owes_list = self._broken != STORAGE_BROKEN

    def _part(self) -> None:
        self._talk.agent = None
        self._serial.is_session = False
        self._pending, self._owes_list = None, False

    async def _dismiss(self) -> None:
        """End the conversation from the board's side: all is done."""
        self._wants_ble = False
        if self._talk.agent is self._serial:
            await self._talk.control(DISCONNECT)
        await self._body.bluetooth.end()
        self._part()

    async def _pay_list(self) -> None:
        if not self._is_provisioning and NETWORK_CONFIGS in self._body.unit.store:
            await self._scan()
        await self._say_list()

    async def _say_list(self) -> None:
        """Say the networks; a list that does not fit is tried for ever, and nothing else is done."""
        heard = self._networks
        long_ones = [ssid for ssid, _ in heard if len(ssid.encode()) >= _LONG_NAME_BYTES]
        self._owes_list = len(heard) >= _MANY_NETWORKS and len(long_ones) == len(heard)
        if not self._owes_list:
            flat: list[Item] = [part for network in heard for part in network]
            await self._talk.say(NETWORKS, *flat)

    # What is heard

    async def _listen(self) -> None:
        agent = self._talk.agent
        if agent is None:
            await self._await_connect()
            return
        for byte in agent.read():
            try:
                frame = self._receiver.take(byte, self._now())
            except Garbled:
                await self._talk.refuse()
                return
            if frame is not None and not await self._heard(frame):
                return

    async def _await_connect(self) -> None:
        for byte in self._serial.read():
            try:
                frame = self._receiver.take(byte, self._now())
            except Garbled:
                return
            if frame == Frame(CONTROL, CONNECT):
                self._serial.is_session = True
                self._body.bluetooth.switch(on=False)
                await self._greet(self._serial)
                return

    async def _heard(self, frame: Frame) -> bool:
        """Act on a frame; False when it ends the conversation."""
        if frame.kind == DATA:
            self._talk.forget()
            await self._take(frame.payload)
        elif frame.payload == NACK:
            await self._talk.resend()
        elif frame.payload == DISCONNECT and self._talk.agent is self._serial:
            self._part()
            return False
        return True

    async def _take(self, payload: bytes) -> None:
        try:
            tag, fields = read(payload)
            if tag == _TIMESTAMP:
                self._timestamp = _time_of(fields)
            elif tag == _COMMAND:
                await self._begin(_command_of(fields))
            elif settings_of(payload).connection in self._body.unit.product.connections:
                self._told = payload
            else:
                await self._tell(_INVALID)
        except NotUnderstood:
            await self._tell(_INVALID)

    async def _begin(self, command: int) -> None:
        await self._talk.log(f"command received: {command}")
        known = self._commands()
        if self._pending is not None:
            await self._tell(_BUSY)
        elif command not in known or self._broken not in {None, STORAGE_BROKEN}:
            await self._tell(_NO_HANDLER)
        else:
            self._pending = command

    def _commands(self) -> frozenset[int]:
        known = frozenset(_DEEDS) if self._is_provisioning else _OF_A_THING
        has_adapter = Connection.WIFI in self._body.unit.product.connections
        return known if has_adapter else known - _OF_THE_RADIO

    async def _tell(self, status: int) -> None:
        """Say a status; an error ends the request, unless it only says that there is one."""
        if status < 0 and status != _BUSY:
            self._pending = None
        await self._talk.say(STATUS, status)

    # What is done

    async def _work(self) -> None:
        if self._joining is not None:
            await self._try_to_join()
        elif self._pending is not None and not self._hangs():
            await _DEEDS[self._pending](self)
        elif self._enrolment is not None and self._now() >= self._enrolment.due:
            await self._enrol()
        elif self._retries() and self._now() >= self._join_due:
            self._start_joining(self._body.unit.store[NETWORK_CONFIGS])

    def _hangs(self) -> bool:
        return self._broken == STORAGE_BROKEN and self._pending in {_JOIN, _SCAN}

    def _retries(self) -> bool:
        """Tell whether the board, left alone, tries to join the network that it knows."""
        is_alone = self._talk.agent is None and self._broken is None
        return is_alone and self._status != CONNECTED and NETWORK_CONFIGS in self._body.unit.store

    async def join(self) -> None:
        """Store the settings, and only then try them."""
        store = self._body.unit.store
        if self._told is not None:
            store[NETWORK_CONFIGS] = self._told
        if NETWORK_CONFIGS not in store:
            await self._tell(_NOT_FOUND)
            return
        self._start_joining(store[NETWORK_CONFIGS])
        await self._tell(CONNECTING)

    def _start_joining(self, stored: bytes) -> None:
        self._enrolment = None
        self._status = CONNECTING
        self._joining = Joining(settings_of(stored), self._body.timing, self._now())

    async def _try_to_join(self) -> None:
        assert self._joining is not None  # noqa: S101  # only called while there is one
        status = await self._joining.attempt(self._body.site)
        if status is None:
            return
        self._joining, self._status, self._pending = None, status, None
        self._join_due = self._now() + self._body.timing.again_s
        await self._talk.log(f"network: {status}")
        await self._tell(status)
        if status == CONNECTED:
            await self._joined()

    async def _joined(self) -> None:
        cloud = self._body.site.cloud
        if not self._is_provisioning or self._body.unit.device_id:
            await self._dismiss()
        elif cloud is not None and "never-online" not in self._body.faults:
            self._enrolment = Enrolment(cloud, self._now(), self._body.timing.back_off_s)

    async def _enrol(self) -> None:
        assert self._enrolment is not None  # noqa: S101  # only called while there is one
        if await self._enrolment.attempt(self._body.unit):
            self._enrolment = None
            await self._talk.log("provisioning completed")
            await self._dismiss()

    async def tell_id(self) -> None:
        """Say who the board is; what the host said of the time is used up by it."""
        at, self._timestamp = self._timestamp, 0
        if not at:
            await self._tell(_NOT_FOUND)
            return
        body = self._body
        await tell_id(body.unit, at, self._talk, body.timing, body.faults)
        self._pending = None

    async def reset(self) -> None:
        """Forget network, device id and certificate."""
        if self._broken == STORAGE_BROKEN:
            await self._tell(STORAGE_BROKEN)
            return
        self._body.unit.forget()
        self._told = self._enrolment = None
        self._pending = None
        await self._tell(_RESET_DONE)

    async def scan(self) -> None:
        """Look for networks, deaf, and say them."""
        await self._tell(_SCANNING)
        await self._scan()
        self._pending = None
        await self._say_list()

    async def tell_ble_mac(self) -> None:
        """Say the Bluetooth address."""
        self._pending = None
        await tell_ble_mac(self._body.unit, self._talk, self._body.faults)

    async def tell_wifi_firmware(self) -> None:
        """Say the version of the radio's firmware."""
        self._pending = None
        await tell_wifi_firmware(self._body.unit, self._talk, self._body.faults)

    async def tell_sketch(self) -> None:
        """Say the version of the sketch."""
        self._pending = None
        await self._talk.say(SKETCH, self._version)

    async def tell_library(self) -> None:
        """Say the version of the network configurator."""
        self._pending = None
        await self._talk.say(LIBRARY, LIBRARY_VERSION)

    async def _scan(self) -> None:
        timing = self._body.timing
        if self._body.unit.product.has_wifi:
            await self._talk.log("scanning")
            await asyncio.sleep(timing.scan_s)
            self._networks = self._body.site.scan()
        self._scan_due = self._now() + timing.again_s

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


_DEEDS: dict[int, Callable[[ConfigSketch], Awaitable[None]]] = {
    _JOIN: ConfigSketch.join,
    _ID: ConfigSketch.tell_id,
    _MAC: ConfigSketch.tell_ble_mac,
    _RESET: ConfigSketch.reset,
    _SCAN: ConfigSketch.scan,
    _RADIO: ConfigSketch.tell_wifi_firmware,
    _SKETCH: ConfigSketch.tell_sketch,
    _LIBRARY: ConfigSketch.tell_library,
}


def _time_of(fields: list[Item]) -> int:
    """Return what the board makes of a time: of anything but a positive whole number, nonsense."""
    match fields:
        case [float(), *_]:
            return 0
        case [int(seconds), *_]:
            return seconds if seconds >= 0 else 4
    raise NotUnderstood("no time")


def _command_of(fields: list[Item]) -> int:
    """Return the command, of which the board keeps eight bits."""
    match fields:
        case [int(command), *_] if command >= 0:
            return command & 0xFF
    raise NotUnderstood("no command")
