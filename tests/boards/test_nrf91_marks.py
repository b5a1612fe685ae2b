from __future__ import annotations

import pytest

from station.boards.nrf91 import Nrf91
from station.boards.nrf91_marks import MARKS, mark_of
from station.model import Attachment, Port


def attached(vid: int | None, serial: str, *interfaces: int | None) -> Attachment:
    return Attachment(
        tuple(
            Port(f"/dev/ttyACM{index}", vid, 0x1234, serial, "1-4.2", interface)
            for index, interface in enumerate(interfaces or (0,))
        )
    )


@pytest.mark.parametrize(
    ("vid", "serial", "board"),
    [
        (0x1366, "000960012345", "nRF9160 DK"),
        (0x1366, "001050912345", "nRF9161 DK"),
        (0x1366, "001051012345", "nRF9131 EK"),
        (0x1366, "001051216197", "nRF9151 DK"),
        (0x1366, "001052012345", "nRF9151 DK"),
        (0x1366, "001051312345", "Thingy:91 X"),
        (0x1366, "001055012345", "Thingy:91 X"),
        (0x1366, "001055112345", "Thingy:91 X"),
        (0x1915, "PCA20035_1234", "Thingy:91"),
        (0x1915, "THINGY91_E1234", "Thingy:91"),
        (0x1915, "THINGY91X_F39CC1B120C", "Thingy:91 X"),
        (0x2FE3, "NRFBLEGW1234", "nRF Cloud Gateway"),
        (0x1366, "001059912345", "a Nordic kit that is newer than this table"),
    ],
)
def test_a_board_is_known_by_vendor_and_serial(vid: int, serial: str, board: str) -> None:
    attachment = attached(vid, serial)
    assert Nrf91.port(attachment) == attachment.ports[0]
    mark = mark_of(attachment.ports[0])
    assert mark is not None
    assert mark.board == board


@pytest.mark.parametrize(
    ("vid", "serial"),
    [
        pytest.param(0x1366, "000821001234", id="J-Link probe"),
        pytest.param(0x1366, "000960112345", id="nRF5340 DK"),
        pytest.param(0x1366, "001050012345", id="nRF5340 DK, newer"),
        pytest.param(0x1366, "001050712345", id="nRF7002 DK"),
        pytest.param(0x1366, "001051112345", id="nRF54H20 DK"),
        pytest.param(0x1366, "001057712345", id="nRF54L15 DK"),
        pytest.param(0x0403, "001051216197", id="a DK's serial on an adapter"),
        pytest.param(0x1915, "001051216197", id="a DK's serial at another vendor"),
        pytest.param(0x10C4, "THINGY91X_F39", id="a Thingy's serial at another vendor"),
        pytest.param(0x1915, "", id="no serial"),
        pytest.param(None, "001051216197", id="half gone"),
        pytest.param(None, "NRFBLEGW1234", id="half gone gateway"),
    ],
)
def test_what_is_no_nrf91_is_left_alone(vid: int | None, serial: str) -> None:
    assert Nrf91.port(attached(vid, serial, 0, 2)) is None


@pytest.mark.parametrize(
    ("interfaces", "chosen"),
    [((0, 2), 0), ((2, 0), 1), ((1, 4), 0), ((4, 1), 1), ((None, 2), 0), ((None, None), 0)],
)
def test_the_port_of_the_lowest_interface_takes_commands(
    interfaces: tuple[int | None, ...], chosen: int
) -> None:
    attachment = attached(0x1915, "THINGY91X_F39CC1B120C", *interfaces)
    assert Nrf91.port(attachment) == attachment.ports[chosen]


def test_a_port_that_does_not_tell_its_serial_is_known_by_its_neighbour() -> None:
    silent = Port("COM3", 0x1366)
    telling = Port("COM4", 0x1366, usb_serial="001051216197", interface=2)
    assert Nrf91.port(Attachment((silent, telling))) == silent


def test_no_two_marks_are_the_same() -> None:
    assert len({(mark.vid, mark.serial) for mark in MARKS}) == len(MARKS)
