"""The objects that BlueZ shows on the bus, and the signals by which they change. Linux only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dbus_fast import Message, Variant

from station.simulation.peripheral import BluezError, Characteristic, Peripheral

OBJECT_MANAGER = "org.freedesktop.DBus.ObjectManager"
PROPERTIES = "org.freedesktop.DBus.Properties"
ADAPTER = "org.bluez.Adapter1"
DEVICE = "org.bluez.Device1"
SERVICE = "org.bluez.GattService1"
CHARACTERISTIC = "org.bluez.GattCharacteristic1"

Properties = dict[str, Variant]


class Objects:
    """A tree of objects; every change of it is told by `emit`."""

    def __init__(self, emit: Callable[[Message], None]) -> None:
        self._emit = emit
        self._objects: dict[str, dict[str, Properties]] = {"/org/bluez": {}}

    def __contains__(self, path: str) -> bool:
        return path in self._objects

    def has(self, path: str, interface: str) -> bool:
        """Whether the object at `path` has `interface`."""
        return interface in self._objects.get(path, {})

    def below(self, path: str) -> list[str]:
        """Return the paths below `path`, the deepest first."""
        return sorted((p for p in self._objects if p.startswith(path + "/")), reverse=True)

    def add(self, path: str, interface: str, properties: Properties) -> None:
        """Show a new object."""
        self._objects[path] = {interface: properties}
        body = [path, {interface: properties}]
        self._signal("/", OBJECT_MANAGER, "InterfacesAdded", "oa{sa{sv}}", body)

    def remove(self, path: str) -> None:
        """Take an object away; one that is not there is no matter."""
        interfaces = self._objects.pop(path, None)
        if interfaces is not None:
            body = [path, list(interfaces)]
            self._signal("/", OBJECT_MANAGER, "InterfacesRemoved", "oas", body)

    def change(self, path: str, interface: str, changed: Properties, *gone: str) -> None:
        """Set properties and let go of those called `gone`; an object not there is no matter."""
        if path not in self._objects:
            return
        properties = self._objects[path][interface]
        properties.update(changed)
        for name in gone:
            properties.pop(name, None)
        body = [interface, changed, list(gone)]
        self._signal(path, PROPERTIES, "PropertiesChanged", "sa{sv}as", body)

    def managed(self) -> tuple[str, list[Any]]:
        """Return the answer to GetManagedObjects, with its signature."""
        return "a{oa{sa{sv}}}", [self._objects]

    def read(self, path: str, member: str, body: list[Any]) -> tuple[str, list[Any]]:
        """Return the answer to Get or GetAll, with its signature.

        Raises:
            BluezError: no such property.

        """
        properties = self._objects[path].get(body[0], {})
        if member == "GetAll":
            return "a{sv}", [properties]
        if body[1] not in properties:
            raise BluezError(body[1], "org.freedesktop.DBus.Error.UnknownProperty")
        return "v", [properties[body[1]]]

    def _signal(self, path: str, interface: str, member: str, types: str, body: list[Any]) -> None:
        self._emit(Message.new_signal(path, interface, member, types, body))


def adapter_properties(address: str, *, powered: bool) -> Properties:
    """Return what an adapter shows."""
    return {
        "Address": Variant("s", address),
        "AddressType": Variant("s", "public"),
        "Name": Variant("s", "station"),
        "Alias": Variant("s", "station"),
        "Class": Variant("u", 0),
        "Powered": Variant("b", powered),
        "Discoverable": Variant("b", False),
        "DiscoverableTimeout": Variant("u", 180),
        "Pairable": Variant("b", False),
        "PairableTimeout": Variant("u", 0),
        "Discovering": Variant("b", False),
        "UUIDs": Variant("as", []),
        "Modalias": Variant("s", "usb:v1D6Bp0246d0542"),
        "Roles": Variant("as", ["central", "peripheral"]),
    }


def device_properties(peripheral: Peripheral, adapter: str) -> Properties:
    """Return what a device shows that was heard, without its strength."""
    data = {company: Variant("ay", told) for company, told in peripheral.manufacturer_data.items()}
    return {
        "Address": Variant("s", peripheral.address),
        "AddressType": Variant("s", "public"),
        "Name": Variant("s", peripheral.name),
        "Alias": Variant("s", peripheral.name),
        "Paired": Variant("b", False),
        "Bonded": Variant("b", False),
        "Trusted": Variant("b", False),
        "Blocked": Variant("b", False),
        "LegacyPairing": Variant("b", False),
        "Connected": Variant("b", False),
        "ServicesResolved": Variant("b", False),
        "UUIDs": Variant("as", list(peripheral.services)),
        "Adapter": Variant("o", adapter),
        "ManufacturerData": Variant("a{qv}", data),
        "AdvertisingFlags": Variant("ay", b"\x06"),
    }


def strength(peripheral: Peripheral) -> Properties:
    """Return the one property that changes with every advertisement that is heard."""
    return {"RSSI": Variant("n", peripheral.rssi)}


def heard(value: bytes) -> Properties:
    """Return the value of a characteristic that was indicated."""
    return {"Value": Variant("ay", value)}


def flag(name: str, *, on: bool) -> Properties:
    """Return one property that is true or false."""
    return {name: Variant("b", on)}


def gatt_objects(
    peripheral: Peripheral, device: str
) -> tuple[list[tuple[str, str, Properties]], Mapping[str, Characteristic]]:
    """Return the objects of a connected device in the order in which they appear.

    The second part is which characteristic stands at which path.
    """
    shown: list[tuple[str, str, Properties]] = []
    found: dict[str, Characteristic] = {}
    handle = 0x0A
    for uuid, characteristics in peripheral.services.items():
        service = f"{device}/service{handle:04x}"
        shown.append((service, SERVICE, _service_properties(uuid, device)))
        for characteristic in characteristics:
            path = f"{service}/char{handle + 1:04x}"
            found[path] = characteristic
            properties = _characteristic_properties(characteristic, service, peripheral.mtu)
            shown.append((path, CHARACTERISTIC, properties))
            handle += 3
        handle += 1
    return shown, found


def _service_properties(uuid: str, device: str) -> Properties:
    return {
        "UUID": Variant("s", uuid),
        "Device": Variant("o", device),
        "Primary": Variant("b", True),
        "Includes": Variant("ao", []),
    }


def _characteristic_properties(own: Characteristic, service: str, mtu: int) -> Properties:
    properties = {
        "UUID": Variant("s", own.uuid),
        "Service": Variant("o", service),
        "Value": Variant("ay", b""),
        "Flags": Variant("as", list(own.flags)),
        "MTU": Variant("q", mtu),
    }
    if {"notify", "indicate"} & set(own.flags):
        properties |= flag("Notifying", on=False)
    return properties
