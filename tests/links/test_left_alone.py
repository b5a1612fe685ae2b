"""The scanner's port is never taken for a board's."""

from __future__ import annotations

from pathlib import Path

from station.links.left_alone import leaving_alone
from station.links.sightings import Sighting
from station.model import Port


def thing(path: str, serial: str = "", location: str = "", pid: int = 2) -> Sighting:
    return Sighting(Port(path, 1, pid, serial, location))


def seen_by(path: str, *looks: list[Sighting]) -> list[list[str]]:
    coming = iter(looks)
    look = leaving_alone(lambda: next(coming), path)
    return [[each.port.path for each in look()] for _ in looks]


def test_the_port_of_a_scanner_is_no_board() -> None:
    ports = [thing("/dev/ttyACM0", "A"), thing("/dev/ttyACM1", "S"), thing("COM7")]
    assert seen_by("/dev/ttyACM1", ports) == [["/dev/ttyACM0", "COM7"]]
    assert seen_by("com7", ports) == [["/dev/ttyACM0", "/dev/ttyACM1"]]
    assert seen_by("/dev/ttyS0", ports) == [["/dev/ttyACM0", "/dev/ttyACM1", "COM7"]]


def test_neither_are_its_other_ports() -> None:
    ports = [thing("/dev/ttyACM0", "", "1-2"), thing("/dev/ttyACM1", "", "1-2")]
    assert seen_by("/dev/ttyACM1", [*ports, thing("/dev/ttyACM2", "", "1-3")]) == [["/dev/ttyACM2"]]


def test_a_link_that_comes_after_its_port_is_early_enough(tmp_path: Path) -> None:
    port, link = tmp_path / "ttyACM0", tmp_path / "by-id"
    link.symlink_to(port)
    looks = ([thing(str(port), "S")], [thing(str(port), "S")])
    coming = iter(looks)
    look = leaving_alone(lambda: next(coming), str(link))
    assert look() == []
    link.unlink()
    assert look() == []


def test_another_thing_in_its_socket_is_a_board() -> None:
    scanner, board = thing("/dev/ttyACM0", "", "1-2"), thing("/dev/ttyACM3", "", "1-2")
    assert seen_by("/dev/ttyACM0", [scanner], [], [board]) == [[], [], ["/dev/ttyACM3"]]
