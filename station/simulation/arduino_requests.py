"""What a sketch of Provisioning 2.0 does with its host's messages: one request at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from station.model import Connection
from station.simulation.arduino_answers import tell_ble_mac, tell_id, tell_wifi_firmware
from station.simulation.arduino_cbor import Item, NotUnderstood, read
from station.simulation.arduino_faults import STORAGE_BROKEN
from station.simulation.arduino_networking import Body, Networking
from station.simulation.arduino_settings import settings_of
from station.simulation.arduino_site import CONNECTED, CONNECTING
from station.simulation.arduino_talk import LIBRARY, NETWORKS, SKETCH, STATUS, Talk
from station.simulation.arduino_unit import NETWORK_CONFIGS

LIBRARY_VERSION = "0.5.1"
"""Of the simulated sketches' network configurator."""

_TIMESTAMP, _COMMAND = 0x12002, 0x12003
_JOIN, _ID, _MAC, _RESET, _SCAN, _RADIO, _SKETCH, _LIBRARY = 1, 2, 3, 4, 100, 101, 200, 201
_NOTHING, _JOINING = -1, -2  # no command's number: what may be pending beside one
_OF_A_THING = frozenset({_JOIN, _SCAN, _RADIO, _LIBRARY})
_OF_THE_RADIO = frozenset({_SCAN, _RADIO})
_RESET_DONE, _SCANNING = 4, 100
_NOT_FOUND, _INVALID, _BUSY, _NO_HANDLER = -4, -5, -6, -7


class Requests:
    """`version` is that of the provisioning sketch, None in a thing's own sketch.

    `owes_list`: the networks are to be said before anything else is done. `dismiss` ends the
    conversation from the board's side.
    """

    def __init__(
        self,
        body: Body,
        talk: Talk,
        net: Networking,
        version: str | None,
        dismiss: Callable[[], Awaitable[None]],
    ) -> None:
        self.owes_list = False
        self._body = body
        self._talk = talk
        self._net = net
        self._version = version
        self._dismiss = dismiss
        self._pending: int = _NOTHING
        self._timestamp = 0
        self._told: bytes | None = None

    @property
    def has_work(self) -> bool:
        """Tell whether the loop must go on at once."""
        if self.owes_list:
            return not self._net.is_overrun
        return self._net.is_joining or (self._pending in _DEEDS and not self._hangs())

    def forget(self) -> None:
        """Drop what the host who has left had asked for."""
        self._pending, self.owes_list = _NOTHING, False

    async def greet(self) -> None:
        """Say the last status, if there is one; the networks are owed."""
        if self._net.status is not None:
            await self._talk.say(STATUS, self._net.status)
        self.owes_list = self._net.has_storage

    async def pay_list(self) -> None:
        """Say the networks, a thing's sketch those of a fresh scan."""
        if self._version is None and NETWORK_CONFIGS in self._body.unit.store:
            await self._net.scan()
        await self._say_list()

    async def _say_list(self) -> None:
        """Say the networks; a list that does not fit is tried for ever, and nothing else is done."""
        self.owes_list = self._net.is_overrun
        if not self.owes_list:
            flat: list[Item] = [part for network in self._net.heard for part in network]
            await self._talk.say(NETWORKS, *flat)

    async def take(self, payload: bytes) -> None:
        """Take a message."""
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
        if self._pending != _NOTHING:
            await self._tell(_BUSY)
        elif command not in known or not self._net.works:
            await self._tell(_NO_HANDLER)
        else:
            self._pending = command

    def _commands(self) -> frozenset[int]:
        known = frozenset(_DEEDS) if self._version is not None else _OF_A_THING
        has_adapter = Connection.WIFI in self._body.unit.product.connections
        return known if has_adapter else known - _OF_THE_RADIO

    async def _tell(self, status: int) -> None:
        """Say a status; an error ends the request, unless it only says that there is one."""
        if status < 0 and status != _BUSY:
            self._pending = _NOTHING
        await self._talk.say(STATUS, status)

    async def work(self) -> None:
        """Do what is next to be done."""
        deed = _DEEDS.get(self._pending)
        if deed is not None and not self._hangs():
            await deed(self)
        elif self._net.is_joining:
            await self._try_to_join()
        elif await self._net.enrol_if_due():
            await self._talk.log("provisioning completed")
            await self._dismiss()
        else:
            self._net.start_if_due(is_alone=self._talk.agent is None)

    def _hangs(self) -> bool:
        return not self._net.has_storage and self._pending in {_JOIN, _SCAN}

    async def join(self) -> None:
        """Store the settings, and only then try them."""
        store = self._body.unit.store
        if self._told is not None:
            store[NETWORK_CONFIGS] = self._told
        if NETWORK_CONFIGS not in store:
            await self._tell(_NOT_FOUND)
            return
        self._net.start()
        self._pending = _JOINING
        await self._tell(CONNECTING)

    async def _try_to_join(self) -> None:
        status = await self._net.attempt()
        if status is None:
            return
        if self._pending == _JOINING:
            self._pending = _NOTHING
        await self._talk.log(f"network: {status}")
        await self._tell(status)
        if status != CONNECTED:
            return
        if self._version is not None and not self._body.unit.device_id:
            self._net.start_enrolling()
        elif self._talk.agent is not None:
            await self._dismiss()

    async def tell_id(self) -> None:
        """Say who the board is; what the host said of the time is used up by it."""
        at, self._timestamp = self._timestamp, 0
        if not at:
            await self._tell(_NOT_FOUND)
            return
        body = self._body
        await tell_id(body.unit, at, self._talk, body.timing, body.faults)
        self._pending = _NOTHING

    async def reset(self) -> None:
        """Forget network, device id and certificate."""
        if not self._net.has_storage:
            await self._tell(STORAGE_BROKEN)
            return
        if "keeps-network" not in self._body.faults:
            self._body.unit.forget()
        self._net.stop_enrolling()
        self._told, self._pending = None, _NOTHING
        await self._tell(_RESET_DONE)

    async def scan(self) -> None:
        """Look for networks, and say them."""
        await self._tell(_SCANNING)
        await self._net.scan()
        self._pending = _NOTHING
        await self._say_list()

    async def tell_ble_mac(self) -> None:
        """Say the Bluetooth address."""
        self._pending = _NOTHING
        await tell_ble_mac(self._body.unit, self._talk, self._body.faults)

    async def tell_wifi_firmware(self) -> None:
        """Say the version of the radio's firmware."""
        self._pending = _NOTHING
        await tell_wifi_firmware(self._body.unit, self._talk, self._body.faults)

    async def tell_sketch(self) -> None:
        """Say the version of the sketch."""
        self._pending = _NOTHING
        await self._talk.say(SKETCH, self._version or "")

    async def tell_library(self) -> None:
        """Say the version of the network configurator."""
        self._pending = _NOTHING
        await self._talk.say(LIBRARY, LIBRARY_VERSION)


_DEEDS: dict[int, Callable[[Requests], Awaitable[None]]] = {
    _JOIN: Requests.join,
    _ID: Requests.tell_id,
    _MAC: Requests.tell_ble_mac,
    _RESET: Requests.reset,
    _SCAN: Requests.scan,
    _RADIO: Requests.tell_wifi_firmware,
    _SKETCH: Requests.tell_sketch,
    _LIBRARY: Requests.tell_library,
}


def _time_of(fields: list[Item]) -> int:
    """Return what the board makes of a time: of anything but a positive whole number, nonsense."""
    match fields:
        case [float(), *_]:
            return 0
        case [int(seconds), *_]:
            return seconds if seconds >= 0 else 4
        case _:
            raise NotUnderstood("no time")


def _command_of(fields: list[Item]) -> int:
    """Return the command, of which the board keeps eight bits."""
    match fields:
        case [int(command), *_] if command >= 0:
            return command & 0xFF
        case _:
            raise NotUnderstood("no command")
