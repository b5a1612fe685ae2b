"""A fake `org.bluez`: programs that know BlueZ, bleak among them, drive it unchanged. Linux only.

The paths, the order of signals, and the names and texts of errors are those of bluetoothd 5.66.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from dbus_fast import Message, MessageType, NameFlag, RequestNameReply
from dbus_fast.aio import MessageBus

from station.faults import LinkLost
from station.simulation.bluez_adapter import Adapter
from station.simulation.bluez_objects import (
    ADAPTER,
    CHARACTERISTIC,
    DEVICE,
    OBJECT_MANAGER,
    PROPERTIES,
)
from station.simulation.peripheral import (
    INVALID_LENGTH,
    AttError,
    BluezError,
    Characteristic,
    Peripheral,
)

_DBUS, _DBUS_PATH = "org.freedesktop.DBus", "/org/freedesktop/DBus"
_SOMEBODY_LEFT = f"type='signal',interface='{_DBUS}',member='NameOwnerChanged',arg2=''"
_NOT_OURS = ("org.freedesktop.DBus.Introspectable", "org.freedesktop.DBus.Peer")

Answer = tuple[str, list[Any]]
_NOTHING: Answer = ("", [])


class FakeBluez(Adapter):
    """BlueZ with one adapter on the bus at `address`.

    What a peripheral sends is heard every `advertising_s` while anybody scans.
    """

    def __init__(self, address: str, *, advertising_s: float = 0.1) -> None:
        super().__init__(self._emit)
        self._address, self._advertising_s = address, advertising_s
        self._bus: MessageBus | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._writing: set[str] = set()
        self._asked: Mapping[str, Callable[[Message], Coroutine[Any, Any, None]]] = {
            ADAPTER: self._adapter_call,
            DEVICE: self._device_call,
            CHARACTERISTIC: self._characteristic_call,
        }

    async def start(self) -> None:
        """Take the name `org.bluez` on the bus and show the adapter.

        Raises:
            OSError: there is no such bus, or it has a BlueZ already.

        """
        bus = self._bus = await MessageBus(bus_address=self._address).connect()
        _let_it_wait(bus)
        bus.add_message_handler(self._handled)
        watch = Message(_DBUS, _DBUS_PATH, _DBUS, "AddMatch", signature="s", body=[_SOMEBODY_LEFT])
        await bus.call(watch)
        self.add_adapter()
        if await bus.request_name("org.bluez", NameFlag.DO_NOT_QUEUE) not in (
            RequestNameReply.PRIMARY_OWNER,
            RequestNameReply.ALREADY_OWNER,
        ):
            await self.stop()
            raise OSError("another program is BlueZ on this bus")
        self._spawn(self._advertise())

    async def stop(self) -> None:
        """Drop every link and leave the bus; safe to call twice."""
        bus, self._bus = self._bus, None
        if bus is None:
            return
        await self.hang_up()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        bus.disconnect()
        await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # dbus-fast has no type for it

    async def _advertise(self) -> None:
        while True:
            self.listen_round()
            await asyncio.sleep(self._advertising_s)

    def _handled(self, message: Message) -> bool:
        if message.message_type is MessageType.SIGNAL:
            if message.member == "NameOwnerChanged":
                self.client_left(message.body[0])
            return False
        if message.message_type is not MessageType.METHOD_CALL or message.interface in _NOT_OURS:
            return False
        self._spawn(self._reply(message))
        return True

    async def _reply(self, message: Message) -> None:
        try:
            signature, body = await self._answer(message)
        except BluezError as error:
            self._emit(Message.new_error(message, error.name, error.text))
        else:
            self._emit(Message.new_method_return(message, signature, body))

    async def _answer(self, message: Message) -> Answer:
        path, member, interface = message.path or "", message.member or "", message.interface or ""
        if interface == OBJECT_MANAGER and member == "GetManagedObjects":
            return self.objects.managed()
        if interface == PROPERTIES and path in self.objects:
            return self._properties_call(path, member, message.body)
        if not self.objects.has(path, interface):
            raise _unknown(message)
        await self._asked[interface](message)
        return _NOTHING

    def _properties_call(self, path: str, member: str, body: list[Any]) -> Answer:
        if member != "Set":
            return self.objects.read(path, member, body)
        if body[:2] != [ADAPTER, "Powered"]:
            raise BluezError(body[1], "org.freedesktop.DBus.Error.PropertyReadOnly")
        self.set_powered(body[2].value)
        return _NOTHING

    async def _adapter_call(self, message: Message) -> None:
        client = message.sender or ""
        match message.member:
            case "SetDiscoveryFilter":
                return
            case "StartDiscovery":
                self.start_scan(client)
            case "StopDiscovery":
                self.stop_scan(client)
            case "RemoveDevice":
                self.forget(self.device(message.body[0]))
            case _:
                raise _unknown(message)

    async def _device_call(self, message: Message) -> None:
        path = message.path or ""
        match message.member:
            case "Connect":
                await self.connect(path)
            case "Disconnect":
                self.disconnect(path)
            case _:
                raise _unknown(message)

    async def _characteristic_call(self, message: Message) -> None:
        path, client = message.path or "", message.sender or ""
        match message.member:
            case "WriteValue":
                await self._write(path, bytes(message.body[0]))
            case "StartNotify":
                self.start_listening(path, client)
            case "StopNotify":
                self.stop_listening(path, client)
            case _:
                raise _unknown(message)

    async def _write(self, path: str, value: bytes) -> None:
        peripheral, own = self.characteristic(path)
        if "write" not in own.flags:
            raise BluezError("Operation is not supported", "org.bluez.Error.NotSupported")
        if path in self._writing:
            raise BluezError("In Progress", "org.bluez.Error.InProgress")
        self._writing.add(path)
        try:
            await _written(peripheral, own, value)
        finally:
            self._writing.discard(path)

    def _emit(self, message: Message) -> None:
        if self._bus is not None:
            self._bus.send(message)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _written(peripheral: Peripheral, own: Characteristic, value: bytes) -> None:
    try:
        await peripheral.write(own, value)
    except LinkLost:
        raise BluezError("Not connected") from None
    except AttError as error:
        if error.code == INVALID_LENGTH:  # one of the few that BlueZ has a name of its own for
            raise BluezError("Invalid Length", "org.bluez.Error.InvalidArguments") from None
        raise BluezError(f"Operation failed with ATT error: 0x{error.code:02x}") from None


def _unknown(message: Message) -> BluezError:
    text = f'Method "{message.member}" with interface "{message.interface}" doesn\'t exist'
    return BluezError(text, "org.freedesktop.DBus.Error.UnknownObject")


class _PatientSocket:
    """A socket that takes nothing while it is full.

    dbus-fast 5.2 writes until it is told of a short write, and takes a full socket for a lost bus.
    """

    def __init__(self, own: socket.socket) -> None:
        self._own = own

    def send(self, data: bytes) -> int:
        try:
            return self._own.send(data)
        except BlockingIOError:
            return 0


def _let_it_wait(bus: MessageBus) -> None:
    writer: Any = bus._writer  # noqa: SLF001 - there is no other way to its socket
    writer.sock = _PatientSocket(writer.sock)
