"""What goes on beside the slots when a product's recipe, its register or the station's key has changed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from station import deeds
from station.authority import make_authority
from station.faults import CloudRefused, KeystoreBroken
from station.model import Outcome, Settled
from station.seal import NAME, Seal
from station.simulation.scripted import SimulatedConsole
from station.simulation.thingsboard_nouns import Device
from tests.by_hand import Keystore
from tests.procedures import test_provision_certificates
from tests.procedures.test_provision_certificates import (
    AUTHORITY,
    GIVEN_KEY,
    OWN_KEY,
    Secured,
    shown,
)
from tests.provision_hall import ProvisionHall, provision_hall

NETWORK = 'network = "factory"'
CERTIFICATE = 'credential = "certificate"'
secured = test_provision_certificates.line


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[ProvisionHall]:
    async with provision_hall(tmp_path / "line") as opened:
        yield opened


def devices(hall: ProvisionHall) -> dict[str, Device]:
    return {each.name: each for each in hall.cloud.account.devices.values()}


def serial(board: SimulatedConsole) -> str:
    return board.identity["serial"]


async def leave_open(hall: ProvisionHall, deed: str, key: str, run: int) -> None:
    """Have the record hold a deed of `run` whose end is not known."""
    step = await hall.record.begin_step(run, "provision", 60)
    await hall.record.intend(run, step, deed, key, hall.cloud.address)
    hall.engine._minder.doubt = True


def nobody_is_sure(hall: ProvisionHall) -> None:
    """Have "there is nothing" be believed of a deed at once."""
    hall.engine._bench.journal.doubt_s = 0.0


async def settled(hall: ProvisionHall, deed: str) -> bool:
    event = await hall.bystander.until(lambda e: isinstance(e, Settled) and e.deed == deed)
    assert isinstance(event, Settled)
    return event.done


async def test_a_deed_that_needs_the_register_holds_up_no_other(hall: ProvisionHall) -> None:
    await hall.work_on()
    boards = [SimulatedConsole(1), SimulatedConsole(2)]
    runs = [(await hall.run(board)).run for board in boards]
    await hall.work_on(cloud='sign_in = "none"')
    await leave_open(hall, deeds.REPLACE, serial(boards[0]), runs[0])
    await leave_open(hall, deeds.ENTER, serial(boards[0]), runs[0])
    await leave_open(hall, deeds.PROVISION, serial(boards[1]), runs[1])
    assert await settled(hall, deeds.PROVISION)
    assert [each.deed for each in hall.bystander.of(Settled)] == [deeds.PROVISION]
    await hall.work_on()
    assert await settled(hall, deeds.REPLACE)
    assert await settled(hall, deeds.ENTER)


async def test_a_deed_is_settled_by_whichever_login_works(hall: ProvisionHall) -> None:
    await hall.work_on()
    board = SimulatedConsole(1)
    run = (await hall.run(board)).run
    await hall.work_on(options=f"{NETWORK}\nagain = true")

    async def refuse(name: str, login: object) -> None:
        raise CloudRefused("not today")

    register: Any = hall.engine._shifts.work.line.cloud.register  # type: ignore[union-attr]
    register.replace_login = refuse
    assert (await hall.run(board)).outcome is Outcome.ERROR
    nobody_is_sure(hall)
    await leave_open(hall, deeds.PROVISION, serial(board), run)
    assert await settled(hall, deeds.PROVISION)
    await leave_open(hall, deeds.REPLACE, serial(board), run)
    assert not await settled(hall, deeds.REPLACE)


async def test_a_login_that_can_t_be_read_is_not_taken_for_another_s(hall: ProvisionHall) -> None:
    await hall.work_on()
    board = SimulatedConsole(1)
    run = (await hall.run(board)).run
    seal = hall.keystore[NAME]
    hall.keystore[NAME] = SecretStr("A" * 43 + "=")
    nobody_is_sure(hall)
    await leave_open(hall, deeds.PROVISION, serial(board), run)
    other = SimulatedConsole(2)
    await leave_open(hall, deeds.ENTER, serial(other), run)
    assert not await settled(hall, deeds.ENTER)
    assert [each.deed for each in hall.bystander.of(Settled)] == [deeds.ENTER]
    ended = await hall.run(board)
    assert ended.trouble is not None
    assert ended.trouble.code == "SEAL-BROKEN"
    assert "again = true" in ended.trouble.remedy
    hall.keystore[NAME] = seal
    assert await settled(hall, deeds.PROVISION)


async def test_a_lost_key_costs_a_unit_its_login_and_nothing_else(hall: ProvisionHall) -> None:
    await hall.work_on()
    board = SimulatedConsole(1)
    await hall.run(board)
    hall.keystore[NAME] = SecretStr("A" * 43 + "=")
    await hall.work_on(options=f"{NETWORK}\nagain = true")
    assert (await hall.run(board)).outcome is Outcome.PASS
    await hall.work_on()
    ended = await hall.run(board)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
    assert devices(hall)[serial(board)].credentials.lookup == board.stored["prov/token"]


async def test_a_unit_is_not_followed_by_a_recipe_that_can_t_ask(hall: ProvisionHall) -> None:
    await hall.work_on(options=f"{NETWORK}\nonline_within_s = 600")
    assert (await hall.run(SimulatedConsole(1))).outcome is Outcome.PASS
    await hall.work_on(cloud='sign_in = "none"')
    hall.engine._minder._follower.first_look_s = 0.0
    await hall.engine._minder.look_after(hall.engine._shifts.work.line.cloud)  # type: ignore[union-attr]


async def test_a_certificate_of_another_authority_is_not_asked_for(secured: Secured) -> None:
    secured.use("new")
    hall, board = secured.hall, SimulatedConsole(1)
    hall.cloud.tenant.device_limit = 0
    await secured.work_on("provision", GIVEN_KEY, "new", CERTIFICATE, AUTHORITY)
    assert secured.code(await hall.run(board)) == "ACCOUNT-FULL"
    hall.cloud.tenant.device_limit = None
    certificate, key = make_authority("Line 2")
    (hall.folder / "line.pem").write_text(certificate)
    hall.keystore["station-authority"] = key
    await hall.engine.sign_out()
    hall.engine._halt.end()
    hall.bystander.said.clear()
    await secured.work_on("provision", GIVEN_KEY, "new", CERTIFICATE, AUTHORITY)
    await secured.passes(board)
    assert shown(secured.device).issuer.rfc4514_string() == "CN=Line 2"


async def test_a_key_of_the_station_s_is_not_taken_for_the_unit_s_own(secured: Secured) -> None:
    secured.use("new")
    board = SimulatedConsole(1)
    await secured.work_on("provision", GIVEN_KEY, "new", CERTIFICATE, AUTHORITY)
    await secured.passes(board)
    by_itself = "arrive_within_s = 20"
    await secured.work_on("provision_own_key", OWN_KEY, "new", by_itself, AUTHORITY)
    assert secured.code(await secured.hall.run(board)) == "DEVICE-EXISTS"
    assert board.key is None


async def test_a_certificate_without_its_key_is_no_credential(secured: Secured) -> None:
    secured.use("new")
    board = '[board]\nkind = "esp_console"\nkeys = { ssid = "ssid", password = "password", %s }\n'
    for keys in ('authority = "ca"', 'certificate = "cert", authority = "ca"'):
        await secured.work_on("provision", board % keys, "new", CERTIFICATE, AUTHORITY)
        assert secured.code(await secured.hall.run(SimulatedConsole(1))) == "RECIPE-WRONG"
        await secured.hall.engine.sign_out()
        secured.hall.engine._halt.end()
        secured.hall.bystander.said.clear()
    assert devices(secured.hall) == {}


def test_a_keystore_that_fails_for_a_moment_is_given_no_new_key() -> None:
    keystore = Keystore({NAME: SecretStr("A" * 43 + "=")})

    def fails(name: str) -> SecretStr:
        raise KeystoreBroken(name)

    with pytest.raises(KeystoreBroken):
        Seal.of(fails, keystore.store)
    sealed = Seal.of(fails, keystore.store, SecretStr("product")).close(SecretStr("text"))
    assert keystore[NAME].get_secret_value() == "A" * 43 + "="
    later = Seal.of(keystore.secret, keystore.store, SecretStr("product"))
    assert later.open(sealed).get_secret_value() == "text"
