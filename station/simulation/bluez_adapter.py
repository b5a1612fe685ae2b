"""The adapter that the fake BlueZ shows, and the air round it. Linux only, by its variants."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from dbus_fast import Message

from station.simulation.bluez_objects import (
    ADAPTER,
    CHARACTERISTIC,
    DEVICE,
    Objects,
    adapter_properties,
    device_properties,
    flag,
    gatt_objects,
    heard,
    strength,
)
from station.simulation.peripheral import BluezError, Characteristic, Peripheral

PATH: Final = "/org/bluez/hci0"
_ADDRESS = "00:1A:7D:DA:71:13"
# Measured of bluetoothd 5.66 on Linux 6.1: how long it tries to reach a device that does not
# advertise, how that ends, and what an attempt ends with that is given up by Disconnect.
_NO_ANSWER_S = 40.0
_ABORTED, _CANCELLED = "le-connection-abort-by-local", "br-connection-canceled"


class Adapter:
    """One adapter. Every change of what it shows is handed to `emit`."""

    def __init__(self, emit: Callable[[Message], None]) -> None:
        self.objects = Objects(emit)
        self._powered = True
        self._on_air: list[Peripheral] = []
        self._known: dict[str, Peripheral] = {}
        self._ours: set[Peripheral] = set()
        self._connecting: dict[str, asyncio.Event] = {}
        self._characteristics: dict[str, tuple[Peripheral, Characteristic]] = {}
        self._listeners: dict[str, set[str]] = {}
        self._scanners: set[str] = set()

    @property
    def adapter_present(self) -> bool:
        """Whether there is an adapter at all."""
        return PATH in self.objects

    def add_adapter(self) -> None:
        """Plug the adapter in; it comes up as powered as it was."""
        if not self.adapter_present:
            shown = adapter_properties(_ADDRESS, powered=self._powered)
            self.objects.add(PATH, ADAPTER, shown)

    def remove_adapter(self) -> None:
        """Pull the adapter out: its links are lost and BlueZ forgets every device."""
        self._silence()
        for path in self.objects.below(PATH):
            self.objects.remove(path)
        self._known.clear()
        self.objects.remove(PATH)

    def set_powered(self, on: bool) -> None:
        """Switch the adapter on, or off: then its links are lost."""
        self._powered = on
        if not on:
            self._silence()
        self.objects.change(PATH, ADAPTER, flag("Powered", on=on))

    def power_on(self, peripheral: Peripheral) -> None:
        """Let a board be heard."""
        self._on_air.append(peripheral)

    def power_off(self, peripheral: Peripheral) -> None:
        """Take a board off the air; BlueZ remembers it, as a stale device, until it forgets."""
        self._on_air.remove(peripheral)
        peripheral.drop()

    def remember(self, peripheral: Peripheral) -> None:
        """Have BlueZ know a device from earlier, whether it is on the air or not."""
        path = path_of(peripheral)
        if path not in self.objects:
            self._known[path] = peripheral
            self.objects.add(path, DEVICE, device_properties(peripheral, PATH))

    def forget(self, peripheral: Peripheral) -> None:
        """Have BlueZ forget a device, as it does some 30 s after it was heard last."""
        path = path_of(peripheral)
        if peripheral in self._ours:
            self._end(peripheral)
        self.objects.remove(path)
        self._known.pop(path, None)

    async def hear(self, peripheral: Peripheral, to: Characteristic, value: bytes) -> None:
        """Show an indication to whoever listens; the confirmation is not the listener's to give."""
        for path, (owner, characteristic) in self._characteristics.items():
            if owner is peripheral and characteristic is to:
                self.objects.change(path, CHARACTERISTIC, heard(value))

    def lost(self, peripheral: Peripheral) -> None:
        """Show that a link went away."""
        self._end(peripheral)

    async def hang_up(self) -> None:
        """End every link, and wait until the boards have done what they do then."""
        held = list(self._ours)
        self._silence()
        for peripheral in held:
            await peripheral.settle()

    def listen_round(self) -> None:
        """Hear each board that advertises once, if anybody scans."""
        if self._scanners and self._powered:
            for peripheral in self._on_air:
                if peripheral.is_heard:
                    self._sight(peripheral)

    def client_left(self, client: str) -> None:
        """Let go of what a program held that has left the bus; a link is nobody's and stays."""
        if client in self._scanners:
            self._end_scan(client)
        for path, clients in list(self._listeners.items()):
            if client in clients:
                self.stop_listening(path, client)

    def device(self, path: str) -> Peripheral:
        """Return the device at `path`.

        Raises:
            BluezError: BlueZ knows none.

        """
        if path not in self._known:
            raise BluezError("Does Not Exist", "org.bluez.Error.DoesNotExist")
        return self._known[path]

    def characteristic(self, path: str) -> tuple[Peripheral, Characteristic]:
        """Return the characteristic at `path` and whose it is; KeyError when there is none."""
        return self._characteristics[path]

    def _sight(self, peripheral: Peripheral) -> None:
        path = path_of(peripheral)
        if path in self.objects:
            self.objects.change(path, DEVICE, strength(peripheral))
            return
        self._known[path] = peripheral
        shown = device_properties(peripheral, PATH) | strength(peripheral)
        self.objects.add(path, DEVICE, shown)

    def _silence(self) -> None:
        for given_up in self._connecting.values():
            given_up.set()
        for peripheral in list(self._ours):
            self._end(peripheral)
        for scanner in list(self._scanners):
            self._end_scan(scanner)

    def _end_scan(self, scanner: str) -> None:
        self._scanners.discard(scanner)
        if not self._scanners:
            self.objects.change(PATH, ADAPTER, flag("Discovering", on=False))
            for path in self._known:
                self.objects.change(path, DEVICE, {}, "RSSI")

    def _end(self, peripheral: Peripheral) -> None:
        if peripheral not in self._ours:
            return
        self._ours.discard(peripheral)
        peripheral.disconnected()
        path = path_of(peripheral)
        self.objects.change(path, DEVICE, flag("ServicesResolved", on=False))
        for part in self.objects.below(path):
            self._characteristics.pop(part, None)
            self._listeners.pop(part, None)
            self.objects.remove(part)
        self.objects.change(path, DEVICE, flag("Connected", on=False))

    def start_scan(self, client: str) -> None:
        """Scan for a program, too.

        Raises:
            BluezError: the adapter is off, or this program scans already.

        """
        self._need_power()
        if client in self._scanners:
            raise BluezError("Operation already in progress", "org.bluez.Error.InProgress")
        self._scanners.add(client)
        self.objects.change(PATH, ADAPTER, flag("Discovering", on=True))

    def stop_scan(self, client: str) -> None:
        """Scan no longer for a program.

        Raises:
            BluezError: it did not scan.

        """
        self._need_power()
        if client not in self._scanners:
            raise BluezError("No discovery started")
        self._end_scan(client)

    def disconnect(self, path: str) -> None:
        """End a link, or give the attempt up.

        Raises:
            BluezError: there is neither.

        """
        peripheral = self.device(path)
        if path in self._connecting:
            self._connecting[path].set()
        elif peripheral in self._ours:
            self._end(peripheral)
        else:
            raise BluezError("Not Connected", "org.bluez.Error.NotConnected")

    async def connect(self, path: str) -> None:
        """Connect to a device and show its services; one that is connected stays so.

        Raises:
            BluezError: it did not work, as the peripheral or the adapter has it.

        """
        self._need_power()
        peripheral = self.device(path)
        if peripheral in self._ours:
            return
        if path in self._connecting:
            raise BluezError("Operation already in progress")
        given_up = self._connecting[path] = asyncio.Event()
        try:
            await _unless(given_up, peripheral.connect_delay_s)
            if peripheral.connect_errors:
                error = peripheral.connect_errors.pop(0)
                if error is not None:
                    self._fail(path, error)
            if peripheral not in self._on_air or not peripheral.connected(self):
                await _unless(given_up, _NO_ANSWER_S)
                raise BluezError(_ABORTED)
        finally:
            del self._connecting[path]
        self._ours.add(peripheral)
        self._show_connected(path, peripheral)

    def _fail(self, path: str, error: BluezError) -> None:
        if error.text == _ABORTED:  # such a link stood for a moment
            self.objects.change(path, DEVICE, flag("Connected", on=True))
            self.objects.change(path, DEVICE, flag("Connected", on=False))
        raise error

    def _show_connected(self, path: str, peripheral: Peripheral) -> None:
        self.objects.change(path, DEVICE, flag("Connected", on=True))
        shown, found = gatt_objects(peripheral, path)
        for part, interface, properties in shown:
            self.objects.add(part, interface, properties)
        self._characteristics |= {part: (peripheral, own) for part, own in found.items()}
        self.objects.change(path, DEVICE, flag("ServicesResolved", on=True))

    def start_listening(self, path: str, client: str) -> None:
        """Subscribe to a characteristic for a program.

        Raises:
            BluezError: it neither notifies nor indicates.

        """
        peripheral, own = self._characteristics[path]
        if not {"notify", "indicate"} & set(own.flags):
            raise BluezError("Operation is not supported", "org.bluez.Error.NotSupported")
        self._listeners.setdefault(path, set()).add(client)
        self.objects.change(path, CHARACTERISTIC, flag("Notifying", on=True))
        peripheral.subscribe(own)

    def stop_listening(self, path: str, client: str) -> None:
        """Listen no longer for a program; the last one to go ends the subscription.

        Raises:
            BluezError: it did not listen.

        """
        peripheral, own = self._characteristics[path]
        listeners = self._listeners.get(path, set())
        if client not in listeners:
            raise BluezError("No notify session started")
        listeners.discard(client)
        if not listeners:
            peripheral.unsubscribe(own)
            self.objects.change(path, CHARACTERISTIC, flag("Notifying", on=False))

    def _need_power(self) -> None:
        if not self._powered:
            raise BluezError("Resource Not Ready", "org.bluez.Error.NotReady")


async def _unless(given_up: asyncio.Event, passed_s: float) -> None:
    """Wait `passed_s`.

    Raises:
        BluezError: it was given up meanwhile.

    """
    try:
        async with asyncio.timeout(passed_s):
            await given_up.wait()
    except TimeoutError:
        return
    raise BluezError(_CANCELLED)


def path_of(peripheral: Peripheral) -> str:
    """Return the path at which BlueZ shows a device."""
    return f"{PATH}/dev_{peripheral.address.replace(':', '_')}"
