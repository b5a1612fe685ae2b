"""Which ports belong to one thing."""

from __future__ import annotations

import pytest
from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

from station.links.serial import usb_sightings
from station.links.sightings import Sighting, group, split_location
from station.model import Port


def names(*ports: Port) -> list[list[str]]:
    grouped = group(Sighting(port) for port in ports)
    return [[port.path for port in thing.attachment.ports] for thing in grouped.values()]


def port(path: str, serial: str = "", location: str = "", interface: int | None = None) -> Port:
    return Port(path, 0x1366, 0x1069, serial, location, interface)


@pytest.mark.parametrize(
    ("told", "socket", "interface"),
    [
        ("1-4.2:1.0", "1-4.2", 0),
        ("3-12.1.3.2.1.4:1.2", "3-12.1.3.2.1.4", 2),
        ("1-4.2:1.10", "1-4.2", 10),
        ("1-21:x.2", "1-21", 2),
        ("0-1.4.2.3", "0-1.4.2.3", None),
        ("", "", None),
    ],
)
def test_locations_as_each_system_writes_them(
    told: str, socket: str, interface: int | None
) -> None:
    assert split_location(told) == (socket, interface)


def test_ports_of_one_device_in_the_order_of_interfaces() -> None:
    assert names(port("/dev/ttyACM0", "A", "1-4.2", 2), port("/dev/ttyACM1", "A", "1-4.2", 0)) == [
        ["/dev/ttyACM1", "/dev/ttyACM0"]
    ]


def test_ports_without_interface_in_the_order_of_their_names() -> None:
    assert names(port("COM10", "A"), port("COM9", "A")) == [["COM9", "COM10"]]


def test_windows_first_port_without_a_location_joins_its_sibling() -> None:
    assert names(port("COM8", "A", "1-21", 2), port("COM7", "A")) == [["COM7", "COM8"]]


def test_equal_serials_in_two_sockets_are_two_devices() -> None:
    assert names(port("/dev/ttyACM0", "A", "1-1", 0), port("/dev/ttyACM1", "A", "1-2", 0)) == [
        ["/dev/ttyACM0"],
        ["/dev/ttyACM1"],
    ]


def test_a_port_that_could_belong_to_two_devices_belongs_to_neither() -> None:
    ports = (port("COM1", "A", "1-1", 2), port("COM2", "A", "1-2", 2), port("COM3", "A"))
    assert names(*ports) == [["COM1"], ["COM2"], ["COM3"]]


def test_without_serials_the_socket_decides() -> None:
    ports = (
        port("/dev/ttyUSB0", "", "1-1", 0),
        port("/dev/ttyUSB1", "", "1-2", 0),
        port("/dev/ttyUSB2", "", "1-1", 1),
    )
    assert names(*ports) == [["/dev/ttyUSB0", "/dev/ttyUSB2"], ["/dev/ttyUSB1"]]


def test_with_neither_each_port_is_a_thing() -> None:
    assert names(port("COM4"), port("COM5")) == [["COM4"], ["COM5"]]


def test_one_serial_on_two_products_is_two_devices() -> None:
    other = Port("COM5", 0x2341, 0x0043, "A")
    assert names(port("COM4", "A"), other) == [["COM4"], ["COM5"]]


def listed(device: str, hwid: str = "", **told: object) -> ListPortInfo:
    info = ListPortInfo(device)
    info.hwid = hwid
    for name, value in told.items():
        setattr(info, name, value)
    return info


def test_what_pyserial_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        listed("/dev/ttyS0"),
        listed("/dev/ttyACM0", vid=None, location="1-1:1.0"),
        listed("COM7", "USB VID:PID=1366:1069 SER=001057731013 LOCATION=1-21:x.2",
               vid=0x1366, pid=0x1069, serial_number="", location="1-21:x.2"),
        listed("COM8", "USB VID:PID=1A86:7523", vid=0x1A86, pid=0x7523, product="USB Serial"),
    ]  # fmt: skip
    monkeypatch.setattr(list_ports, "comports", lambda: found)
    assert [sighting.port for sighting in usb_sightings()] == [
        Port("COM7", 0x1366, 0x1069, "001057731013", "1-21", 2),
        Port("COM8", 0x1A86, 0x7523, product="USB Serial"),
    ]
