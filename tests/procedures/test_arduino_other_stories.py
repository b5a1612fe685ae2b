"""Arduino boards of 1.0, their migration, and networks that are changed or taken away."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography import x509
from pydantic import SecretStr

from station import procedures
from station.model import (
    Identified,
    Outcome,
    Prompted,
    Refused,
    RunEnded,
    StepBegan,
    WifiNetwork,
)
from station.registry import procedures as installed
from station.simulation.arduino_unit import NETWORK_CONFIGS, product
from station.simulation.sketches import CLOUD, DELETE_CONFIGURATION, image, told
from station.wire import arduino
from tests.arduino_hall import ArduinoHall, open_arduino_hall

PASS = (Outcome.PASS, "")
NANO, WAN, ESP32, PORTENTA = map(
    product, ("Nano 33 IoT", "MKR WAN 1310", "Nano ESP32", "Portenta H7")
)


A_NETWORK = arduino.network(WifiNetwork("factory-net", SecretStr("s3cretpass")))[5:-4]


def outcome(ended: RunEnded) -> tuple[Outcome, str]:
    return ended.outcome, ended.trouble.code if ended.trouble else ""


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[ArduinoHall]:
    hall = await open_arduino_hall(tmp_path / "line")
    yield hall
    await hall.close()


def steps(hall: ArduinoHall) -> list[str]:
    return [event.step for event in hall.bystander.of(StepBegan)]


def promised(procedure: str) -> list[str]:
    return [procedures.CONNECT, *installed()[procedure].steps]


def pinned(hall: ArduinoHall, sketch: str) -> str:
    """Put an image beside the recipe; return what a recipe says of it."""
    content = image(sketch)
    (hall.folder / f"{sketch}.bin").write_bytes(content)
    return f'file = "{sketch}.bin"\nsha256 = "{hashlib.sha256(content).hexdigest()}"\n'


async def test_1_0_ends_with_a_certificate_in_the_secure_element(hall: ArduinoHall) -> None:
    application = pinned(hall, CLOUD)
    await hall.work_on(
        "arduino_legacy",
        f'network = "factory"\nsecrets_folder = "secrets"\n[options.application]\n{application}',
    )
    board = hall.board(1, product=NANO, sketch="blank")
    assert outcome(await hall.visit(board)) == PASS
    assert steps(hall) == promised("arduino_legacy")
    (device,) = hall.cloud.account.devices.values()
    (certificate,) = device.certificates.values()
    stored = x509.load_der_x509_certificate(board.unit.certificate)
    assert stored == certificate.x509
    assert stored.public_key() == board.unit.keys[0].public_key()
    assert told(board.flash) == (CLOUD, "0.6.2")
    header = hall.folder / "secrets" / board.unit.usb_serial / "arduino_secrets.h"
    assert '"s3cretpass"' in header.read_text()


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("csr-refused", (Outcome.ERROR, "CLOUD-REFUSED")),
        ("certificate-off-hour", (Outcome.FAIL, "CREDENTIAL-LOST")),
    ],
)
async def test_a_device_that_no_board_became_is_deleted(
    hall: ArduinoHall, fault: str, expected: tuple[Outcome, str]
) -> None:
    hall.cloud.faults = {fault}
    await hall.work_on("arduino_legacy")
    assert outcome(await hall.visit(hall.board(2, product=NANO, sketch="blank"))) == expected
    assert steps(hall)[-1] == "delete"
    assert not [each for each in hall.cloud.account.devices.values() if not each.deleted_at]


async def test_a_device_that_was_there_before_is_kept_and_used(hall: ArduinoHall) -> None:
    await hall.work_on("arduino_legacy")
    board = hall.board(3, product=NANO, sketch="blank")
    assert outcome(await hall.visit(board)) == PASS
    assert outcome(await hall.visit(board)) == PASS
    (device,) = hall.cloud.account.devices.values()
    assert len(device.certificates) == 2
    hall.cloud.faults = {"csr-refused"}
    assert (await hall.visit(board)).outcome is not Outcome.PASS
    assert device.deleted_at is None


@pytest.mark.parametrize("fault", ["lost-reply-create", "error-after-create"])
async def test_a_lost_reply_makes_no_second_device(hall: ArduinoHall, fault: str) -> None:
    hall.cloud.faults = {fault}
    await hall.work_on("arduino_legacy")
    assert outcome(await hall.visit(hall.board(4, product=NANO, sketch="blank"))) == PASS
    assert len(hall.cloud.account.devices) == 1


async def test_a_key_is_written_down_before_the_cloud_is_told(hall: ArduinoHall) -> None:
    await hall.work_on("arduino_key", 'network = "factory"\nsecrets_folder = "secrets"')
    board = hall.board(5, product=ESP32, sketch="blank")
    assert outcome(await hall.visit(board)) == PASS
    assert steps(hall) == promised("arduino_key")
    (device,) = hall.cloud.account.devices.values()
    header = (hall.folder / "secrets" / board.unit.usb_serial / "arduino_secrets.h").read_text()
    assert device.password
    assert f'#define SECRET_DEVICE_KEY "{device.password}"' in header
    assert f'"{device.id}"' in header
    assert '"s3cretpass"' in header
    written = b"".join(path.read_bytes() for path in hall.folder.glob("record.db*"))
    assert device.password.encode() not in written


async def test_a_key_that_would_be_written_nowhere_is_refused(hall: ArduinoHall) -> None:
    await hall.work_on("arduino_key")
    (refused,) = hall.bystander.of(Refused)
    assert refused.trouble.code == "RECIPE-WRONG"
    assert "secrets_folder" in refused.trouble.detail


async def test_a_lorawan_board_is_known_by_its_module(hall: ArduinoHall) -> None:
    plan = "EU_863_870_TTN"
    await hall.work_on("arduino_lora", f'frequency_plan = "{plan}"\nsecrets_folder = "secrets"')
    board = hall.board(6, product=WAN, sketch="blank")
    assert outcome(await hall.visit(board)) == PASS
    assert steps(hall) == promised("arduino_lora")
    (device,) = hall.cloud.account.devices.values()
    ids = dict(hall.bystander.of(Identified)[-1].identity.ids)
    assert ids["dev eui"].lower() == device.lora["eui"]
    header = (hall.folder / "secrets" / board.unit.usb_serial / "arduino_secrets.h").read_text()
    assert device.lora["app_key"] in header


async def test_a_lost_reply_leaves_one_lorawan_device(hall: ArduinoHall) -> None:
    hall.cloud.faults = {"lost-reply-lora"}
    plan = "EU_863_870_TTN"
    await hall.work_on("arduino_lora", f'frequency_plan = "{plan}"\nsecrets_folder = "secrets"')
    assert outcome(await hall.visit(hall.board(6, product=WAN, sketch="blank"))) == PASS
    there = [each for each in hall.cloud.account.devices.values() if not each.deleted_at]
    assert len(there) == 1


async def test_a_board_of_1_0_becomes_one_of_2_0(hall: ArduinoHall) -> None:
    await hall.work_on("arduino_legacy")
    board = hall.board(7, product=NANO, sketch="blank", migrated=True)
    assert outcome(await hall.visit(board)) == PASS
    hall.cloud.faults = {"all-v2"}
    hall.bystander.said.clear()
    await hall.work_on("arduino_migrate", 'network = "factory"\ngreet_within_s = 0.5')
    assert outcome(await hall.visit(board)) == PASS
    assert steps(hall) == promised("arduino_migrate")
    old, new = hall.cloud.account.devices.values()
    assert old.deleted_at
    assert not new.deleted_at
    assert board.unit.device_id == new.id
    assert hall.cloud.asked("POST", "/provisioning/v1/boards/register") == 1


async def test_a_board_is_made_ready_for_bluetooth(hall: ArduinoHall) -> None:
    hall.cloud.faults = {"all-v2"}
    await hall.work_on("arduino_prepare", "greet_within_s = 0.5")
    board = hall.board(8, product=NANO, sketch="blank")
    assert outcome(await hall.visit(board)) == PASS
    assert steps(hall) == promised("arduino_prepare")
    assert told(board.flash) == ("provisioning", "0.6.2")
    assert not hall.cloud.account.onboarding.rows


async def test_the_network_of_a_working_board_is_changed(hall: ArduinoHall) -> None:
    await hall.work_on("change_network", 'network = "factory"')
    board = hall.board(9, sketch=CLOUD)
    assert outcome(await hall.visit(board)) == PASS
    assert steps(hall) == promised("change_network")
    assert b"factory-net" in board.unit.store[NETWORK_CONFIGS]


async def test_a_network_that_does_not_work_is_told(hall: ArduinoHall) -> None:
    await hall.work_on("change_network", 'network = "wrong"')
    ended = await hall.visit(hall.board(9, sketch=CLOUD))
    assert outcome(ended) == (Outcome.FAIL, "NETWORK-REFUSED")


async def test_reset_takes_the_network_away(hall: ArduinoHall) -> None:
    await hall.work_on("drop_network", 'way = "reset"')
    board = hall.board(10)
    board.unit.store[NETWORK_CONFIGS] = A_NETWORK
    assert outcome(await hall.visit(board)) == PASS
    assert steps(hall) == promised("drop_network")
    assert NETWORK_CONFIGS not in board.unit.store


async def test_the_sketch_that_deletes_takes_the_network_away(hall: ArduinoHall) -> None:
    options = f'way = "sketch"\n{pinned(hall, DELETE_CONFIGURATION)}'
    options += f"[options.application]\n{pinned(hall, CLOUD)}"
    await hall.work_on("drop_network", options)
    board = hall.board(11, product=PORTENTA, sketch=CLOUD)
    board.unit.store[NETWORK_CONFIGS] = A_NETWORK
    assert outcome(await hall.visit(board)) == PASS
    assert NETWORK_CONFIGS not in board.unit.store
    assert told(board.flash) == (CLOUD, "0.6.2")


@pytest.mark.parametrize("made", ["UNO R4 WiFi", "Portenta H7"])
async def test_a_hand_takes_the_network_away(hall: ArduinoHall, made: str) -> None:
    await hall.work_on("drop_network", 'way = "hand"')
    board = hall.board(12, product=product(made), sketch=CLOUD)
    board.unit.store[NETWORK_CONFIGS] = A_NETWORK
    visiting = asyncio.create_task(hall.visit(board))
    asked = await hall.bystander.until(lambda event: isinstance(event, Prompted))
    assert isinstance(asked, Prompted)
    assert asked.gesture
    assert (asked.gesture.pin, asked.gesture.to) == ({"UNO R4 WiFi": "2"}.get(made, "0"), "GND")
    board.press_gesture(4.0)
    assert outcome(await visiting) == PASS
    assert NETWORK_CONFIGS not in board.unit.store


async def test_an_image_that_is_not_the_one_is_never_flashed(hall: ArduinoHall) -> None:
    options = f'way = "sketch"\n{pinned(hall, DELETE_CONFIGURATION)}'
    (hall.folder / f"{DELETE_CONFIGURATION}.bin").write_bytes(b"something else")
    await hall.work_on("drop_network", options)
    board = hall.board(13, product=PORTENTA, sketch=CLOUD)
    assert outcome(await hall.visit(board)) == (Outcome.ERROR, "IMAGE-WRONG")
    assert told(board.flash) == (CLOUD, "0.6.2")


def test_every_procedure_for_arduino_boards_is_told_here() -> None:
    files = (Path(__file__), Path(__file__).with_name("test_arduino_returns.py"))
    source = "".join(each.read_text() for each in files)
    own = {name for name, each in installed().items() if "arduino" in each.tell.__module__}
    missing = {name for name in own if f'promised("{name}")' not in source}
    assert missing == {"arduino"}  # its stories have a file of their own


async def test_a_network_out_of_reach_is_told_with_those_that_are_near(hall: ArduinoHall) -> None:
    hall.site.networks = {"neighbour": ("x", -60)}
    await hall.work_on("change_network", 'network = "factory"')
    ended = await hall.visit(hall.board(9, sketch=CLOUD))
    assert outcome(ended) == (Outcome.FAIL, "NETWORK-REFUSED")
    assert ended.trouble
    assert ended.trouble.detail.endswith("the board hears neighbour -60 dBm, not factory-net")


async def test_the_factorys_network_is_off_the_board_at_the_end(hall: ArduinoHall) -> None:
    removal = pinned(hall, DELETE_CONFIGURATION)
    options = 'network = "factory"\ngreet_within_s = 0.5\n'
    options += f'[options.remove_network]\nway = "sketch"\n{removal}'
    options += f"[options.application]\n{pinned(hall, CLOUD)}"
    await hall.work_on("arduino", options)
    board = hall.board(14, product=PORTENTA)
    assert outcome(await hall.visit(board)) == PASS
    assert NETWORK_CONFIGS not in board.unit.store
    assert board.unit.device_id in hall.cloud.account.devices
    assert told(board.flash) == (CLOUD, "0.6.2")


async def test_a_hand_takes_the_factorys_network_off_at_the_end(hall: ArduinoHall) -> None:
    options = 'network = "factory"\ngreet_within_s = 0.5\nremove_network = { way = "hand" }'
    await hall.work_on("arduino", options)
    board = hall.board(15, product=PORTENTA)
    visiting = asyncio.create_task(hall.visit(board))
    await hall.bystander.until(lambda event: isinstance(event, Prompted))
    board.press_gesture(4.0)
    assert outcome(await visiting) == PASS
    assert NETWORK_CONFIGS not in board.unit.store
    assert board.unit.device_id in hall.cloud.account.devices
