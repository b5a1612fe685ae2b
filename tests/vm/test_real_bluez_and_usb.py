"""The truth of the fakes: real bluetoothd, a real kernel's Bluetooth and USB, and our own links.

Everything runs in one machine in software emulation, which takes about a minute.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("boots a Linux over this computer's own files", allow_module_level=True)

from station.simulation.arduino import SimulatedArduino
from tests.vm.machine import boot, lacking

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KERNEL = Path(os.environ.get("STATION_KERNEL", ROOT / ".kernel"))
PEERS = Path(os.environ.get("STATION_PEERS", ROOT / ".venv-peers" / "bin"))
BOOT_WITHIN_S = 240.0

pytestmark = [pytest.mark.vm, pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the machine left behind: one file for each of its programs."""
    if reason := lacking(KERNEL):
        pytest.skip(reason)
    found = list(PEERS.parent.glob("lib/python3*/site-packages/bumble"))
    if not found:
        pytest.skip(f"there is no bumble in {PEERS.parent}: ./packaging/test installs it")
    command = [str(HERE / "guest.sh"), sys.executable, str(found[0].parent)]
    return boot(KERNEL, command, tmp_path_factory.mktemp("machine"), BOOT_WITHIN_S)


def told_by(out: Path, program: str) -> dict[str, Any]:
    said = (out / program).read_text().splitlines()
    if not said:
        names = (f"{program}.complaints", "air", "bluetoothd", "console")
        logs = (f"--- {name}\n{(out / name).read_text()[-3000:]}" for name in names)
        pytest.fail(f"{program} has told nothing\n" + "\n".join(logs))
    told: dict[str, Any] = json.loads(said[-1])
    return told


def test_a_board_is_met_through_real_bluez(out: Path) -> None:
    told = told_by(out, "talk")
    board = SimulatedArduino(1)
    assert (told["vid"], told["pid"]) == (0x2341, 0x1002)
    assert told["networks"] == list(board.site.networks)
    assert told["sketch"] == "0.6.2"
    assert told["library"] == "0.5.1"
    assert told["serial"] == told["label"]
    assert told["uhwid"] == board.identity["uhwid"]


def test_real_bluez_tells_of_a_lost_link_and_of_lengths_as_the_fake_does(out: Path) -> None:
    told = told_by(out, "talk")
    assert told["loss"] == "AIR-LOST"
    assert told["mtu"] == 242
    assert told["too_long"] == 0x0D


def test_real_usb_boards_come_and_go_as_our_wiring_says(out: Path) -> None:
    told = told_by(out, "plug")
    assert told["echoed"]
    assert told["loss"] == "LINK-LOST"
    assert [(each["change"], each["serial"]) for each in told["seen"]] == [
        ("Detached", "SN0000"),
        ("Attached", "SN0001"),
        ("Attached", "SN0000"),
    ]
    assert all(each["ids"] == [0x2341, 0x8057] for each in told["seen"])
    assert told["seen"][0]["where"] == told["where"]
    assert len({told["where"], told["seen"][1]["where"], told["seen"][2]["where"]}) == 3
