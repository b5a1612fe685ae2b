"""Units whose names, recipes or devices are not what they were: nobody is given another's device."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from station.faults import CloudRefused
from station.journal import Journal
from station.model import Credentials, Listed, Outcome, Port, RunEnded, Settled
from station.procedures import provision_checks
from station.simulation.scripted import SimulatedConsole
from station.simulation.scripted_console import Esp32
from station.simulation.thingsboard import KNOWN
from station.simulation.thingsboard_nouns import Device
from tests.provision_hall import ProvisionHall, provision_hall, table_of

NETWORK = 'network = "factory"'
AGAIN = f"{NETWORK}\nagain = true"
SAME_NAME = f'{NETWORK}\nname = "{{model}}"'
KNOWN_CLOUD = f'strategy = "pre-provisioned"\nprofile = "{KNOWN}"\ntimeout_s = 2'
SELF = table_of("ssid", "password", "name", "provision_key", "provision_secret")
SELF_OPTIONS = f"{NETWORK}\narrive_within_s = 10"


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[ProvisionHall]:
    async with provision_hall(tmp_path / "line") as opened:
        yield opened


def devices(hall: ProvisionHall) -> dict[str, Device]:
    return {each.name: each for each in hall.cloud.account.devices.values()}


def serial(board: SimulatedConsole) -> str:
    return board.identity["serial"]


def token(board: SimulatedConsole) -> str:
    return board.stored["prov/token"]


def code(ended: RunEnded) -> str:
    return ended.trouble.code if ended.trouble else ""


def register_of(hall: ProvisionHall) -> Any:
    return hall.engine._shifts.work.line.cloud.register  # type: ignore[union-attr]


def use_known_profile(hall: ProvisionHall) -> None:
    known = hall.cloud.known
    hall.keystore["thingsboard-provision-key"] = SecretStr(known.key or "")
    hall.keystore["thingsboard-provision-secret"] = SecretStr(known.secret or "")


def use_new_profile(hall: ProvisionHall) -> None:
    hall.keystore["thingsboard-provision-key"] = SecretStr(hall.cloud.provision_key)
    hall.keystore["thingsboard-provision-secret"] = SecretStr(hall.cloud.provision_secret)


async def test_a_login_that_was_never_asked_for_does_not_push_out_the_one_that_works(
    hall: ProvisionHall,
) -> None:
    await hall.work_on()
    board = SimulatedConsole(1)
    await hall.run(board)
    first = token(board)
    await hall.work_on(options=AGAIN)

    async def refuse(name: str, login: object) -> None:
        raise CloudRefused("not today")

    register_of(hall).replace_login = refuse
    assert (await hall.run(board)).outcome is Outcome.ERROR
    await hall.work_on()
    for _ in range(2):
        ended = await hall.run(board)
        assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
        assert token(board) == first


async def test_again_takes_over_no_device_of_another_product(hall: ProvisionHall) -> None:
    use_known_profile(hall)
    await hall.work_on(cloud=KNOWN_CLOUD)
    board = SimulatedConsole(1)
    await register_of(hall).enter(Listed(serial(board)), None)
    before = devices(hall)[serial(board)].credentials.lookup
    use_new_profile(hall)
    await hall.work_on(options=AGAIN)
    assert code(await hall.run(board)) == "DEVICE-ELSEWHERE"
    await hall.work_on("provision_self", f"{SELF_OPTIONS}\nagain = true", board=SELF)
    assert code(await hall.run(board)) == "DEVICE-ELSEWHERE"
    assert devices(hall)[serial(board)].credentials.lookup == before
    assert "prov/token" not in board.stored


@pytest.mark.parametrize("procedure", ["provision", "provision_self"])
async def test_again_takes_over_no_device_of_another_unit(
    hall: ProvisionHall, procedure: str
) -> None:
    await hall.work_on(options=SAME_NAME)
    first, second = SimulatedConsole(1), SimulatedConsole(2)
    assert (await hall.run(first)).outcome is Outcome.PASS
    board, more = (SELF, "\narrive_within_s = 1") if procedure == "provision_self" else ("", "")
    await hall.work_on(procedure, f"{SAME_NAME}\nagain = true{more}", board=board)
    ended = await hall.run(second)
    assert (ended.outcome, code(ended)) == (Outcome.FAIL, "DEVICE-EXISTS")
    (device,) = devices(hall).values()
    assert device.credentials.lookup == token(first)
    assert dict(second.stored) == {}


async def test_a_unit_is_not_given_the_login_that_another_was_registered_with(
    hall: ProvisionHall,
) -> None:
    use_known_profile(hall)
    await hall.work_on(options=SAME_NAME, cloud=KNOWN_CLOUD)
    first, second = SimulatedConsole(1), SimulatedConsole(2)
    hall.cloud.account.provision, kept = (  # type: ignore[method-assign]
        lambda body: hall.cloud.account.__class__.provision(hall.cloud.account, b"{}"),
        hall.cloud.account.provision,
    )
    assert (await hall.run(first)).outcome is not Outcome.PASS
    hall.cloud.account.provision = kept  # type: ignore[method-assign]
    assert code(await hall.run(second)) == "DEVICE-EXISTS"
    assert "prov/token" not in second.stored
    ended = await hall.run(first)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)


async def test_what_was_made_for_another_recipe_is_not_asked_for(hall: ProvisionHall) -> None:
    basic = table_of("ssid", "password", "user_name", "user_password")
    await hall.work_on(options=f'{NETWORK}\ncredential = "mqtt basic"', board=basic)
    board = SimulatedConsole(1)
    hall.cloud.tenant.device_limit = 0
    assert code(await hall.run(board)) == "ACCOUNT-FULL"
    hall.cloud.tenant.device_limit = None
    await hall.engine.sign_out()
    hall.bystander.said.clear()
    hall.engine._halt.end()
    await hall.work_on()
    ended = await hall.run(board)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
    assert devices(hall)[serial(board)].credentials.lookup == token(board)


async def test_a_credential_that_the_recipe_can_t_show_concerns_its_unit_alone(
    hall: ProvisionHall,
) -> None:
    basic = table_of("ssid", "password", "user_name", "user_password")
    await hall.work_on(options=f'{NETWORK}\ncredential = "mqtt basic"', board=basic)
    board = SimulatedConsole(1)
    assert (await hall.run(board)).outcome is Outcome.PASS
    recipe = hall.folder / "recipe.toml"
    await hall.work_on()
    text = "\n".join(
        line for line in recipe.read_text("utf-8").splitlines() if "mqtt_address" not in line
    )
    recipe.write_text(text, "utf-8")
    await hall.engine.sign_in(Credentials("Ann"), recipe, None)
    ended = await hall.run(board)
    assert (ended.outcome, code(ended)) == (Outcome.FAIL, "DEVICE-EXISTS")
    assert (await hall.run(SimulatedConsole(2))).outcome is Outcome.PASS


async def test_a_name_that_takes_fewer_words_is_another_credential(hall: ProvisionHall) -> None:
    both = table_of("ssid", "password", "client_id", "user_name")
    one = table_of("ssid", "password", "user_name")
    options = f'{NETWORK}\ncredential = "mqtt basic"'
    board = SimulatedConsole(1)
    await hall.work_on(options=options, board=both)
    assert (await hall.run(board)).outcome is Outcome.PASS
    await hall.work_on(options=options, board=one)
    assert code(await hall.run(board)) == "DEVICE-EXISTS"
    await hall.work_on(options=f"{options}\nagain = true", board=one)
    assert (await hall.run(board)).outcome is Outcome.PASS


@pytest.mark.parametrize("cloud", ["", 'sign_in = "none"'])
async def test_a_unit_is_not_two_devices_because_names_are_made_otherwise(
    hall: ProvisionHall, cloud: str
) -> None:
    board = SimulatedConsole(1)
    await hall.work_on(cloud=cloud)
    assert (await hall.run(board)).outcome is Outcome.PASS
    await hall.work_on(options=f'{NETWORK}\nname = "S-{{serial}}"', cloud=cloud)
    ended = await hall.run(board)
    assert code(ended) == "DEVICE-EXISTS"
    assert ended.trouble is not None
    assert serial(board) in ended.trouble.detail
    assert list(devices(hall)) == [serial(board)]
    hall.cloud.account.remove_device(devices(hall)[serial(board)])
    assert (await hall.run(board)).outcome is Outcome.PASS
    assert list(devices(hall)) == [f"S-{serial(board)}"]


@pytest.mark.parametrize("known", [False, True])
async def test_a_device_that_was_renamed_is_told_not_made_again(
    hall: ProvisionHall, known: bool
) -> None:
    if known:
        use_known_profile(hall)
    await hall.work_on(cloud=KNOWN_CLOUD if known else "")
    board = SimulatedConsole(1)
    await hall.run(board)
    await register_of(hall).rename(serial(board), "Garage")
    for _ in range(2):
        ended = await hall.run(board)
        assert code(ended) == "DEVICE-EXISTS"
    assert list(devices(hall)) == ["Garage"]
    await register_of(hall).rename("Garage", serial(board))
    assert (await hall.run(board)).outcome is Outcome.PASS


async def test_a_device_that_was_deleted_is_made_again_with_the_same_login(
    hall: ProvisionHall,
) -> None:
    await hall.work_on()
    board = SimulatedConsole(1)
    await hall.run(board)
    first = token(board)
    hall.cloud.account.remove_device(devices(hall)[serial(board)])
    ended = await hall.run(board)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
    assert devices(hall)[serial(board)].credentials.lookup == token(board) == first


async def test_who_takes_a_deleted_device_s_name_is_the_one_that_the_record_knows(
    hall: ProvisionHall,
) -> None:
    await hall.work_on(options=SAME_NAME)
    first, second = SimulatedConsole(1), SimulatedConsole(2)
    assert (await hall.run(first)).outcome is Outcome.PASS
    (device,) = devices(hall).values()
    hall.cloud.account.remove_device(device)
    assert (await hall.run(second)).outcome is Outcome.PASS
    await hall.work_on(options=f"{SAME_NAME}\nagain = true")
    assert code(await hall.run(first)) == "DEVICE-EXISTS"
    assert (await hall.run(second)).outcome is Outcome.PASS


async def test_a_board_behind_an_adapter_that_was_changed_is_given_nothing(
    hall: ProvisionHall,
) -> None:
    await hall.work_on()
    board, other = SimulatedConsole(1), SimulatedConsole(2)
    original = hall.cloud.account.provision

    def swap(body: bytes) -> Any:
        board._firmware = other._firmware
        return original(body)

    hall.cloud.account.provision = swap  # type: ignore[method-assign]
    ended = await hall.run(board)
    assert ended.outcome is not Outcome.PASS
    assert code(ended) == "LINK-LOST"
    assert dict(other.stored) == {}


async def test_two_boards_that_say_the_same_at_once_share_no_login(
    hall: ProvisionHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provision_checks, "MOVED_WITHIN_S", 0.5)
    await hall.work_on()
    boards = [SimulatedConsole(1), SimulatedConsole(1)]
    for number, board in enumerate(boards, 1):
        where = f"usb-{number}"
        hall.wiring.put(board, Port(f"/memory/{where}", 0x10C4, 0xEA60, "0001", where, 0, "CP2102"))
    await hall.bystander.until(lambda e: isinstance(e, RunEnded), 2)
    ends = hall.bystander.of(RunEnded)
    assert sum(each.outcome is Outcome.PASS for each in ends) < 2
    assert "IDENTITY-CONFLICT" in {code(each) for each in ends}
    tokens = [board.stored["prov/token"] for board in boards if "prov/token" in board.stored]
    assert len(tokens) < 2
    for number in (1, 2):
        await hall.wiring.pull(f"usb-{number}")
    ended = await hall.run(boards[0])
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)


async def test_a_token_of_the_cloud_s_is_given_to_no_other_unit_of_the_name(
    hall: ProvisionHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = f'{SAME_NAME}\ncredential = "from the cloud"'
    await hall.work_on(options=options, cloud="timeout_s = 1")
    original = hall.cloud.account.provision

    def lose(body: bytes) -> Any:
        told = original(body)
        hall.cloud.faults = ["unavailable"]
        return told

    hall.cloud.account.provision = lose  # type: ignore[method-assign]
    hall.cloud.cut_after["provision"] = 0
    first, second = SimulatedConsole(1), SimulatedConsole(2)
    # what is not known is not settled before both were here
    monkeypatch.setattr(Journal, "settle", _nothing_settled)
    assert (await hall.run(first)).outcome is Outcome.UNKNOWN
    hall.cloud.account.provision = original  # type: ignore[method-assign]
    hall.cloud.faults = []
    hall.cloud.cut_after.clear()
    assert code(await hall.run(second)) == "DEVICE-EXISTS"
    assert dict(second.stored) == {}
    ended = await hall.run(first)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
    assert [each.credentials.lookup for each in devices(hall).values()] == [token(first)]


async def _nothing_settled(journal: Journal, place: str, ask: object) -> tuple[Any, ...]:
    return ()


async def come(hall: ProvisionHall, board: SimulatedConsole) -> str:
    """Provision as its firmware would once it has been given all; return what it was told."""
    while "prov/provision_secret" not in board.stored:  # noqa: ASYNC110 - a console tells nobody
        await asyncio.sleep(0.02)
    asked = {
        "deviceName": board.stored["prov/name"],
        "provisionDeviceKey": board.stored["prov/provision_key"],
        "provisionDeviceSecret": board.stored["prov/provision_secret"],
    }
    return str(hall.cloud.account.provision(json.dumps(asked).encode()))


async def test_of_two_units_of_one_name_one_provisions_itself(hall: ProvisionHall) -> None:
    await hall.work_on("provision_self", f"{SAME_NAME}\narrive_within_s = 5", board=SELF)
    boards = [SimulatedConsole(1), SimulatedConsole(2)]
    lives = [asyncio.create_task(come(hall, board)) for board in boards]
    for number, board in enumerate(boards, 1):
        where = f"usb-{number}"
        hall.wiring.put(board, Port(f"/memory/{where}", 0x10C4, 0xEA60, "0001", where, 0, "CP2102"))
    await hall.bystander.until(lambda e: isinstance(e, RunEnded), 2)
    await asyncio.gather(*lives)
    ends = sorted(code(each) for each in hall.bystander.of(RunEnded))
    assert ends == ["", "DEVICE-EXISTS"]


async def test_a_board_that_has_lost_everything_is_not_let_pass_for_what_it_was(
    hall: ProvisionHall,
) -> None:
    await hall.work_on("provision_self", f"{NETWORK}\narrive_within_s = 1", board=SELF)
    board = SimulatedConsole(1)
    life = asyncio.create_task(come(hall, board))
    assert (await hall.run(board)).outcome is Outcome.PASS
    await life
    ended = await hall.run(SimulatedConsole(1))
    assert (ended.outcome, code(ended)) == (Outcome.FAIL, "NEVER-CAME")


async def test_an_id_that_nobody_can_tell_is_asked_for_before_anything_is_done(
    hall: ProvisionHall,
) -> None:
    board = table_of("ssid", "password", "token", "device_id")
    await hall.work_on(board=board, cloud='sign_in = "none"')
    assert code(await hall.run(SimulatedConsole(1))) == "ADMIN-KEY-MISSING"
    assert devices(hall) == {}


async def test_an_address_is_the_same_place_with_and_without_its_slash(
    hall: ProvisionHall,
) -> None:
    await hall.work_on()
    board = SimulatedConsole(1)
    await hall.run(board)
    recipe = hall.folder / "recipe.toml"
    address = hall.cloud.address
    text = recipe.read_text("utf-8").replace(f'address = "{address}"', f'address = "{address}/"', 1)
    recipe.write_text(text, "utf-8")
    await hall.engine.sign_in(Credentials("Ann"), recipe, None)
    ended = await hall.run(board)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)


async def test_what_is_settled_for_one_unit_takes_no_device_from_another(
    hall: ProvisionHall,
) -> None:
    options = f'{SAME_NAME}\ncredential = "from the cloud"'
    await hall.work_on(options=options)
    first, second = SimulatedConsole(1), SimulatedConsole(2)
    hall.cloud.tenant.device_limit = 0
    run = (await hall.run(first)).run
    hall.cloud.tenant.device_limit = None
    await hall.engine.sign_out()
    hall.engine._halt.end()
    hall.bystander.said.clear()
    await hall.work_on(options=options)
    assert (await hall.run(second)).outcome is Outcome.PASS
    step = await hall.record.begin_step(run, "provision", 60)
    (name,) = devices(hall)
    await hall.record.intend(run, step, "provision", name, hall.cloud.address)
    hall.engine._minder.doubt = True
    await hall.bystander.until(lambda e: isinstance(e, Settled))
    assert code(await hall.run(first)) == "DEVICE-EXISTS"
    assert dict(first.stored) == {}
    ended = await hall.run(second)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)


async def test_the_secret_on_the_label_outlives_the_device(hall: ProvisionHall) -> None:
    board = SimulatedConsole(1)
    secrets = []
    for options in (SELF_OPTIONS, f"{SELF_OPTIONS}\nagain = true"):
        await hall.work_on("provision_self", f"{options}\nclaim_days = 30", board=SELF)
        board.stored.pop("prov/provision_secret", None)  # type: ignore[attr-defined]
        life = asyncio.create_task(come(hall, board))
        assert (await hall.run(board)).outcome is Outcome.PASS
        await life
        (device,) = devices(hall).values()
        secrets.append(device.attributes["SERVER_SCOPE"]["claimingData"]["secretKey"])
    assert secrets[0] == secrets[1]


async def test_a_board_that_says_once_who_it_is_is_not_waited_for_again(
    hall: ProvisionHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = '[[board.identify]]\nexpect = "serial: (?P<serial>\\\\w+)"\nwithin_s = 0.5\ntries = 1\n'
    told = table_of("ssid", "password", "token").split("[[board.identify]]")
    rest = told[1][told[1].index("[[board.write]]") :]
    boot = Esp32.boot
    monkeypatch.setattr(Esp32, "boot", lambda it: boot(it) + b"serial: B7\r\n")
    head = told[0].replace('prompt = "esp> "', 'prompt = ""')
    await hall.work_on(board=head + said + rest)
    ended = await hall.run(SimulatedConsole(1))
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
    assert list(devices(hall)) == ["B7"]
