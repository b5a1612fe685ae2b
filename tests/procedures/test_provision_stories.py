"""Provisioning on the unit's behalf: the whole story, at its first visit and at all that follow."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from station.model import Followed, Outcome, Stage
from station.simulation.scripted import SimulatedConsole
from station.simulation.thingsboard import KNOWN, SimulatedThingsBoard
from station.simulation.thingsboard_nouns import Device
from tests.provision_hall import PASSWORD, ProvisionHall, provision_hall

STEPS = ["connect", "identify", "check", "login", "provision", "verify", "write", "finish"]
NETWORK = 'network = "factory"'
KNOWN_CLOUD = f'strategy = "pre-provisioned"\nprofile = "{KNOWN}"\ntimeout_s = 2'


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


def use_known_profile(hall: ProvisionHall) -> None:
    known = hall.cloud.known
    hall.keystore["thingsboard-provision-key"] = SecretStr(known.key or "")
    hall.keystore["thingsboard-provision-secret"] = SecretStr(known.secret or "")


@pytest.mark.parametrize("transport", ["http", "mqtt", "coap"])
async def test_a_unit_is_provisioned_proven_and_given_its_token(
    hall: ProvisionHall, transport: str
) -> None:
    await hall.work_on(cloud=f'transport = "{transport}"')
    board = SimulatedConsole(1)
    ended = await hall.run(board)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
    assert hall.steps(ended.run) == STEPS
    assert hall.claims == [(serial(board), False)]
    device = devices(hall)[serial(board)]
    assert device.credentials.lookup == token(board)
    assert device.attributes["SERVER_SCOPE"]["provisionState"] == "provisioned"
    assert board.stored["prov/ssid"] == "factory-net"
    assert board.stored["prov/password"] == PASSWORD


async def test_nothing_secret_is_written_in_clear(hall: ProvisionHall) -> None:
    await hall.work_on()
    board = SimulatedConsole(1)
    await hall.run(board)
    written = hall.written() + repr(hall.bystander.said).encode()
    held = [value.get_secret_value() for value in hall.keystore.values()]
    for secret in (token(board), *held):
        assert secret.encode() not in written
    assert serial(board).encode() in written


@pytest.mark.parametrize("transport", ["http", "mqtt", "coap"])
async def test_a_unit_that_comes_again_is_shown_to_work_and_keeps_its_token(
    hall: ProvisionHall, transport: str
) -> None:
    await hall.work_on(cloud=f'transport = "{transport}"')
    board = SimulatedConsole(1)
    await hall.run(board)
    first = token(board)
    ended = await hall.run(board)
    assert ended.outcome is Outcome.PASS
    assert hall.claims == [(serial(board), False), (serial(board), True)]
    assert token(board) == first
    assert len(devices(hall)) == 1


async def test_two_units_have_two_logins(hall: ProvisionHall) -> None:
    await hall.work_on()
    boards = [SimulatedConsole(number) for number in (1, 2)]
    ends = [await hall.run(board) for board in boards]
    assert [end.outcome for end in ends] == [Outcome.PASS] * 2
    assert len({token(board) for board in boards}) == 2


@pytest.mark.parametrize(
    "fault", ["lost-reply-provision", "error-after-provision", "lost-reply-check", "cut"]
)
async def test_a_lost_answer_costs_nothing(hall: ProvisionHall, fault: str) -> None:
    await hall.work_on()
    hall.cloud.faults = [fault]
    if fault == "cut":
        hall.cloud.faults = ["lost-reply-provision", "lost-reply-check"]
    board = SimulatedConsole(1)
    ended = await hall.run(board)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
    assert devices(hall)[serial(board)].credentials.lookup == token(board)
    assert len(devices(hall)) == 1


async def test_when_nobody_knows_it_is_unknown_and_set_right_at_the_next_visit(
    hall: ProvisionHall,
) -> None:
    await hall.work_on(cloud="timeout_s = 1")
    hall.cloud.cut_after["provision"] = 0
    board = SimulatedConsole(1)

    def broken() -> None:
        hall.cloud.faults = ["unavailable"]

    hall.cloud.faults = ["lost-reply-provision"]
    original = hall.cloud.account.provision

    def provision_then_break(body: bytes) -> object:
        told = original(body)
        broken()
        return told

    hall.cloud.account.provision = provision_then_break  # type: ignore[method-assign, assignment]
    ended = await hall.run(board)
    assert ended.outcome is Outcome.UNKNOWN
    hall.cloud.account.provision = original  # type: ignore[method-assign]
    hall.cloud.faults = []
    hall.cloud.cut_after.clear()
    again = await hall.run(board)
    assert (again.outcome, again.trouble) == (Outcome.PASS, None)
    assert devices(hall)[serial(board)].credentials.lookup == token(board)


@pytest.mark.parametrize("version", ["4.3.0", "4.2.1", "3.8"])
async def test_a_known_product_registers_each_unit_first(tmp_path: Path, version: str) -> None:
    server = SimulatedThingsBoard(version=version)
    async with provision_hall(tmp_path / "line", server) as hall:
        use_known_profile(hall)
        sign_in = "" if version == "4.3.0" else password_of(hall)
        await hall.work_on(cloud=KNOWN_CLOUD + sign_in)
        board = SimulatedConsole(1)
        for already in (False, True):
            ended = await hall.run(board)
            assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
            assert hall.claims[-1] == (serial(board), already)
        device = devices(hall)[serial(board)]
        assert device.profile.name == KNOWN
        assert device.credentials.lookup == token(board)


def password_of(hall: ProvisionHall) -> str:
    return f'\nsign_in = "password"\nuser = "{hall.cloud.admin.email}"'


async def test_a_unit_of_the_list_keeps_the_login_that_it_has_there(hall: ProvisionHall) -> None:
    use_known_profile(hall)
    await hall.work_on(cloud=KNOWN_CLOUD)
    board = SimulatedConsole(1)
    register = hall.engine._shifts.work.line.cloud.register  # type: ignore[union-attr]
    from station.model import Listed

    refused = await register.enter_many([Listed(serial(board), serial(board))])
    assert refused == ()
    listed = devices(hall)[serial(board)].credentials.lookup
    ended = await hall.run(board)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
    assert token(board) == listed


@pytest.mark.parametrize("lost", ["create", "credentials", "provision", "check"])
async def test_no_lost_answer_of_the_register_makes_two_devices(
    hall: ProvisionHall, lost: str
) -> None:
    use_known_profile(hall)
    await hall.work_on(cloud=KNOWN_CLOUD)
    hall.cloud.faults = [f"lost-reply-{lost}"]
    board = SimulatedConsole(1)
    ended = await hall.run(board)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
    assert list(devices(hall)) == [serial(board)]
    assert devices(hall)[serial(board)].credentials.lookup == token(board)


@pytest.mark.parametrize("known", [False, True])
async def test_again_gives_a_returned_unit_a_new_login(hall: ProvisionHall, known: bool) -> None:
    cloud = "timeout_s = 2"
    if known:
        use_known_profile(hall)
        cloud = KNOWN_CLOUD
    await hall.work_on(cloud=cloud)
    board = SimulatedConsole(1)
    await hall.run(board)
    first = token(board)
    await hall.work_on(options=f"{NETWORK}\nagain = true", cloud=cloud)
    ended = await hall.run(board)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
    assert token(board) != first
    assert devices(hall)[serial(board)].credentials.lookup == token(board)
    await hall.work_on(cloud=cloud)
    ended = await hall.run(board)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
    assert devices(hall)[serial(board)].credentials.lookup == token(board)


async def test_a_token_of_the_cloud_is_written_and_survives_a_lost_answer(
    hall: ProvisionHall,
) -> None:
    await hall.work_on(options=f'{NETWORK}\ncredential = "from the cloud"')
    hall.cloud.faults = ["lost-reply-provision"]
    board = SimulatedConsole(1)
    ended = await hall.run(board)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
    assert devices(hall)[serial(board)].credentials.lookup == token(board)
    again = await hall.run(board)
    assert again.outcome is Outcome.PASS
    assert len(devices(hall)) == 1


async def test_a_device_that_nobody_here_made_is_told(hall: ProvisionHall) -> None:
    board = SimulatedConsole(1)
    hall.cloud.account.provision(
        b'{"deviceName": "%s", "provisionDeviceKey": "%s", "provisionDeviceSecret": "%s"}'
        % (
            serial(board).encode(),
            hall.cloud.provision_key.encode(),
            hall.cloud.provision_secret.encode(),
        )
    )
    for credential in ("access token", "from the cloud"):
        await hall.work_on(options=f'{NETWORK}\ncredential = "{credential}"')
        ended = await hall.run(board)
        assert ended.outcome is Outcome.FAIL
        assert ended.trouble is not None
        assert ended.trouble.code == "DEVICE-EXISTS"
    assert "prov/token" not in board.stored
    await hall.work_on(options=f"{NETWORK}\nagain = true")
    ended = await hall.run(board)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)


async def test_what_the_recipe_wants_of_the_register_is_done(hall: ProvisionHall) -> None:
    options = (
        f'{NETWORK}\ncustomer = "{hall.cloud.customer.title}"\nclaim_days = 30\n'
        'unit_attributes = true\nonline_within_s = 60\nlabel = "Unit {serial}"\n'
        "telemetry = { stationCheck = 1 }\n[options.attributes]\nbatch = '0042'\n"
    )
    await hall.work_on(options=options)
    board = SimulatedConsole(1)
    ended = await hall.run(board)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
    device = devices(hall)[serial(board)]
    assert device.customer == hall.cloud.customer.id
    assert [values for _, values in device.telemetry] == [{"stationCheck": 1}]
    attributes = device.attributes["SERVER_SCOPE"]
    assert "0042" in str(attributes)
    assert (attributes["station"], attributes["operator"]) == ("Line 1", "Ann")
    assert attributes["firmware"] == board.identity["firmware"]
    secret = attributes["claimingData"]["secretKey"]
    assert len(secret) == 16
    assert secret.encode() not in hall.written()
    await hall.run(board)
    assert (
        devices(hall)[serial(board)].attributes["SERVER_SCOPE"]["claimingData"]["secretKey"]
        == secret
    )
    followed = await hall.bystander.until(
        lambda e: isinstance(e, Followed) and e.stage is Stage.CONNECTED
    )
    assert isinstance(followed, Followed)


@pytest.mark.parametrize(
    ("board", "options", "words"),
    [
        ("", "", "wants {password}, {ssid}"),
        ("", f"{NETWORK}\nname = '{{imei}}'", "does not tell"),
        ("", f'{NETWORK}\ncredential = "mqtt basic"', "does not take what"),
    ],
)
async def test_a_recipe_that_can_t_be_carried_out_touches_nothing(
    hall: ProvisionHall, board: str, options: str, words: str
) -> None:
    await hall.work_on(options=options, board=board)
    unit = SimulatedConsole(1)
    ended = await hall.run(unit)
    assert ended.trouble is not None
    assert (ended.trouble.code, words in ended.trouble.detail) == ("RECIPE-WRONG", True)
    assert devices(hall) == {}
    assert dict(unit.stored) == {}
