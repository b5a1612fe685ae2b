"""Every story for nRF91 boards, told over simulated boards, a simulated cloud and the air between."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from sqlite_utils import Database
from typer.testing import CliRunner

from station import procedures
from station.authority import make_authority
from station.cli import app
from station.model import (
    Followed,
    Outcome,
    QueueStands,
    RunEnded,
    Stage,
    StepBegan,
    StepEnded,
)
from station.registry import procedures as installed
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import Timing
from station.vendor_csv import read_onboarding
from tests.by_hand import Hall, open_hall, write_recipe

TAG = 16_842_753
QUICK = Timing(poll_s=0.2)

RECIPE = """\
recipe = 1
name = "Tracker"
procedure = "PROCEDURE"
[board]
kind = "nrf91"
[cloud]
kind = "nrf_cloud"
provisioning_url = "{http}"
timeout_s = 1.5
[options]
"""

OWN = """\
[options.authority]
certificate = "ca.pem"
key_file = "ca.key"
"""


def recipe_of(procedure: str) -> str:
    """Return a recipe; where our own authority signs, no rule must make credentials beside it."""
    text = RECIPE.replace("PROCEDURE", procedure)
    if procedure == "claim_own_ca":
        text = text.replace("[options]", "tags = []\n[options]")
    return text


Opened = Callable[..., Awaitable[Hall]]


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Opened]:
    """Yield a function that opens a line for a procedure, signed in."""
    halls: list[Hall] = []

    async def open_for(procedure: str, options: str = "") -> Hall:
        folder = tmp_path / "line"
        folder.mkdir()
        certificate, key = make_authority("Line 1")
        (folder / "ca.pem").write_text(certificate)
        (folder / "ca.key").write_text(key.get_secret_value())
        hall = await open_hall(folder, text=recipe_of(procedure) + options)
        hall.engine._minder._follower.first_look_s = 0.05
        halls.append(hall)
        await hall.sign_in()
        return hall

    yield open_for
    for hall in halls:
        await hall.close()


async def board(
    hall: Hall,
    number: int = 1,
    *faults: str,
    dialect: str = "at-shell",
    firmware: str | None = None,
) -> SimulatedNrf91:
    """Return a board with a network; it lives until its test is over."""
    return SimulatedNrf91(
        number, dialect=dialect, faults=faults, timing=QUICK, air=hall.cloud.air, firmware=firmware
    )


def outcome(ended: RunEnded) -> tuple[Outcome, str]:
    return ended.outcome, ended.trouble.code if ended.trouble else ""


PASS = (Outcome.PASS, "")


async def switch(hall: Hall, procedure: str, options: str = "") -> None:
    """Work on another recipe from now on."""
    text = recipe_of(procedure) + options
    write_recipe(hall.recipe.parent, hall.cloud.address, text)
    await hall.sign_in()


async def visit(hall: Hall, unit: SimulatedNrf91) -> RunEnded:
    ended = await hall.run(unit)
    await hall.wiring.pull("usb-1")
    return ended


STORIES = {
    "claim": "",
    "claim_and_wake": "",
    "claim_own_ca": OWN,
    "local_credentials": OWN,
    "read_identity": "",
    "gather": "",
    "renew": "",
    "take_back": "",
}


def test_every_story_is_told_here() -> None:
    elsewhere = re.compile("arduino|provision|reflash")
    here = {
        name for name, each in installed().items() if not elsewhere.search(each.tell.__module__)
    }
    assert set(STORIES) == here


@pytest.mark.parametrize("procedure", STORIES)
async def test_what_is_told_is_what_was_promised(opened: Opened, procedure: str) -> None:
    hall = await opened("claim")
    unit = await board(hall)
    if procedure in {"renew", "take_back"}:
        assert outcome(await visit(hall, unit)) == PASS
    await switch(hall, procedure, STORIES[procedure])
    hall.bystander.said.clear()
    assert outcome(await visit(hall, unit)) == PASS
    promised = (procedures.CONNECT, *installed()[procedure].steps)
    assert tuple(e.step for e in hall.bystander.of(StepBegan)) == promised
    assert tuple(e.step for e in hall.bystander.of(StepEnded)) == promised


@pytest.mark.parametrize("firmware", ["att-1.1.1", "att-1.5.3", "sdk-sample"])
async def test_a_woken_unit_comes_online_after_it_has_left_its_slot(
    opened: Opened, firmware: str
) -> None:
    hall = await opened("claim_and_wake", "online_within_s = 60\n")
    unit = await board(hall, firmware=firmware)
    assert outcome(await visit(hall, unit)) == PASS
    last = await hall.bystander.until(
        lambda e: isinstance(e, Followed) and e.stage is Stage.CONNECTED
    )
    assert isinstance(last, Followed)
    assert (last.device_id, last.late) == (unit.identity["uuid"], False)
    assert await hall.record.follow_ups.open(hall.cloud.address) == ()


async def test_a_unit_that_never_comes_online_is_reported_once(opened: Opened) -> None:
    hall = await opened("claim", "online_within_s = 0.3\n")
    unit = await board(hall, 1, "never-online")
    assert outcome(await visit(hall, unit)) == PASS
    late = await hall.bystander.until(lambda e: isinstance(e, Followed) and e.late)
    assert isinstance(late, Followed)
    assert (late.unit, late.stage) == (unit.identity["imei"], Stage.CLAIMED)
    hall.engine._minder._follower._paces.clear()
    await asyncio.sleep(0.3)
    assert len([e for e in hall.bystander.of(Followed) if e.late]) == 1


@pytest.mark.parametrize("firmware", ["att-1.1.1", "att-1.5.3", "sdk-sample"])
@pytest.mark.parametrize("fault", [(), ("old-csr",)])
async def test_a_unit_connects_with_a_certificate_of_our_own_authority(
    opened: Opened, firmware: str, fault: tuple[str, ...]
) -> None:
    hall = await opened("claim_own_ca", "online_within_s = 60\n" + OWN)
    unit = await board(hall, 1, *fault, firmware=firmware)
    assert outcome(await visit(hall, unit)) == PASS
    unit.radio.boot()
    last = await hall.bystander.until(
        lambda e: isinstance(e, Followed) and e.stage is Stage.CONNECTED
    )
    assert isinstance(last, Followed)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("command-fails", (Outcome.FAIL, "ORDER-FAILED")),
        ("failed-unsaid", (Outcome.FAIL, "ORDER-FAILED")),
        ("unknown-status", (Outcome.ERROR, "CLOUD-NONSENSE")),
        ("never-ends", (Outcome.TIMEOUT, "TOO-SLOW")),
        ("bulk-fails", (Outcome.ERROR, "ONBOARDING-REFUSED")),
    ],
)
async def test_an_order_that_goes_wrong_has_a_name_and_an_end(
    opened: Opened, fault: str, expected: tuple[Outcome, str]
) -> None:
    hall = await opened("claim_own_ca", OWN + "[limits]\nrequest = 1.0\ndeliver = 1.0\n")
    faults = {fault, "command-fails"} if fault == "failed-unsaid" else {fault}
    hall.cloud.faults = frozenset(faults)
    assert outcome(await visit(hall, await board(hall))) == expected
    assert await hall.record.open_intents() == ()


@pytest.mark.parametrize("dialect", ["at-host", "at-shell"])
async def test_credentials_go_over_the_cable_and_are_read_back(
    opened: Opened, dialect: str
) -> None:
    hall = await opened("local_credentials", OWN)
    unit = await board(hall, dialect=dialect)
    assert outcome(await visit(hall, unit)) == PASS
    assert outcome(await visit(hall, unit)) == (Outcome.FAIL, "CREDENTIAL-EXISTS")
    await switch(hall, "local_credentials", "register = false\nreplace = true\n" + OWN)
    assert outcome(await visit(hall, unit)) == PASS


async def test_credentials_through_a_shell_without_a_modem(opened: Opened) -> None:
    hall = await opened("claim")
    text = recipe_of("local_credentials").replace(
        'kind = "nrf91"', 'kind = "nrf91"\nspeaks = "credential shell"'
    )
    write_recipe(hall.recipe.parent, hall.cloud.address, text + OWN)
    await hall.sign_in()
    unit = await board(hall, dialect="tls-shell")
    ended = await visit(hall, unit)
    assert outcome(ended) == PASS
    assert ended.unit in hall.cloud.account.fleet.devices


async def test_units_with_our_certificates_are_written_as_an_onboarding_file(
    opened: Opened,
) -> None:
    hall = await opened("local_credentials", "register = false\nreplace = true\n" + OWN)
    units = [await board(hall, number) for number in (1, 2)]
    for unit in (*units, units[0]):
        assert outcome(await visit(hall, unit)) == PASS
    assert not hall.cloud.account.fleet.devices
    folder = str(hall.record.path.parent)
    said = CliRunner().invoke(app, ["records", "onboarding", "--data-dir", folder])
    assert said.exit_code == 0
    rows = read_onboarding(said.stdout)
    assert [row.device_id for row in rows] == [unit.identity["uuid"] for unit in units]
    assert all(row.certificate.startswith("-----BEGIN CERTIFICATE") for row in rows)


async def test_a_unit_may_be_named_after_its_imei(opened: Opened) -> None:
    hall = await opened("local_credentials", 'subject = "my-{imei}"\n' + OWN)
    unit = await board(hall)
    assert outcome(await visit(hall, unit)) == PASS
    assert f"my-{unit.identity['imei']}" in hall.cloud.account.fleet.devices
    db = Database(hall.record.path)
    ids = {row["name"]: row["value"] for row in db.table("unit_ids").rows}
    assert ids == {name: unit.identity[name] for name in ("imei", "uuid")}


@pytest.mark.parametrize(
    ("fault", "code"), [("keygen-fails", "BOARD-REFUSED"), ("memory-full", "BOARD-REFUSED")]
)
async def test_a_unit_that_can_not_keep_credentials_fails(
    opened: Opened, fault: str, code: str
) -> None:
    hall = await opened("local_credentials", OWN)
    ended = await visit(hall, await board(hall, 1, fault))
    assert outcome(ended) == (Outcome.FAIL, code)


async def test_without_its_authority_nothing_is_done_to_a_unit(opened: Opened) -> None:
    hall = await opened("local_credentials", OWN.replace("ca.key", "gone.key"))
    ended = await visit(hall, await board(hall))
    assert outcome(ended) == (Outcome.ERROR, "AUTHORITY-MISSING")
    assert [e.step for e in hall.bystander.of(StepBegan)] == ["connect"]


async def test_an_offline_line_gathers_and_is_drained_when_the_network_is_back(
    opened: Opened,
) -> None:
    hall = await opened("gather")
    hall.cloud.faults = frozenset({"reset"})
    units = [await board(hall, number) for number in range(1, 6)]
    for unit in units:
        assert outcome(await visit(hall, unit)) == PASS
    stands = hall.bystander.of(QueueStands)[-1]
    assert (stands.waiting, stands.refused) == (5, 0)
    assert not hall.cloud.account.claimed
    text = (
        Path(hall.record.path).read_bytes()
        + hall.record.path.with_name("record.db-wal").read_bytes()
    )
    assert b"2dn3hQFQ" not in text
    hall.cloud.account.elsewhere.add(units[2].identity["uuid"])
    hall.cloud.faults = frozenset()
    await hall.bystander.until(
        lambda e: isinstance(e, QueueStands) and (e.waiting, e.refused) == (0, 1)
    )
    assert len(hall.cloud.account.claimed) == 4
    assert set(hall.cloud.account.claims_made.values()) == {1}
    rows = Database(hall.record.path).execute("select subject, code, sealed = '' from queue")
    refused = {subject: (code, bool(empty)) for subject, code, empty in rows}
    assert refused[units[2].identity["uuid"]] == ("CLAIMED-ELSEWHERE", False)
    assert refused[units[0].identity["uuid"]] == (None, True)


@pytest.mark.parametrize("fault", ["lost-reply", "error-after-claim", "failed-strings"])
async def test_a_queue_whose_answer_was_lost_is_not_claimed_twice(
    opened: Opened, fault: str
) -> None:
    hall = await opened("gather")
    hall.cloud.faults = frozenset({"reset"})
    for number in range(1, 4):
        await visit(hall, await board(hall, number))
    hall.cloud.faults = frozenset({fault})
    if fault == "error-after-claim":
        while len(hall.cloud.account.claimed) < 3:  # noqa: ASYNC110 - the server tells no one
            await asyncio.sleep(0.01)
        hall.cloud.faults = frozenset()
    await hall.bystander.until(lambda e: isinstance(e, QueueStands) and e.waiting == 0)
    assert set(hall.cloud.account.claims_made.values()) == {1}
    assert len(list(Database(hall.record.path).table("claims").rows)) == 3


@pytest.mark.parametrize("firmware", ["att-1.1.1", "att-1.5.3", "sdk-sample"])
async def test_credentials_are_renewed_at_the_boards_own_word(
    opened: Opened, firmware: str
) -> None:
    hall = await opened("claim_and_wake", "online_within_s = 60\n")
    unit = await board(hall, firmware=firmware)
    assert outcome(await visit(hall, unit)) == PASS
    await hall.bystander.until(lambda e: isinstance(e, Followed) and e.stage is Stage.CONNECTED)
    await switch(hall, "renew")
    for _ in range(2):
        assert outcome(await visit(hall, unit)) == PASS


async def test_a_board_without_a_word_for_it_is_called_by_its_shadow(opened: Opened) -> None:
    hall = await opened("claim", "online_within_s = 60\n")
    unit = await board(hall, dialect="at-host")
    assert outcome(await visit(hall, unit)) == PASS
    unit.radio.boot()
    await hall.bystander.until(lambda e: isinstance(e, Followed) and e.stage is Stage.CONNECTED)
    await switch(hall, "renew")
    for _ in range(2):
        assert outcome(await visit(hall, unit)) == PASS


async def test_a_unit_that_is_not_ours_is_not_renewed(opened: Opened) -> None:
    hall = await opened("renew")
    assert outcome(await visit(hall, await board(hall))) == (Outcome.FAIL, "NOT-OURS")


@pytest.mark.parametrize("dialect", ["at-host", "at-shell"])
async def test_a_returned_unit_is_let_go_erased_and_free_again(
    opened: Opened, dialect: str
) -> None:
    hall = await opened("local_credentials", OWN)
    unit = await board(hall, dialect=dialect)
    assert outcome(await visit(hall, unit)) == PASS
    await switch(hall, "claim")
    assert outcome(await visit(hall, unit)) == PASS
    await switch(hall, "take_back")
    assert outcome(await visit(hall, unit)) == PASS
    assert unit.identity["uuid"] not in hall.cloud.account.claimed
    db = Database(hall.record.path)
    assert [bool(row["released"]) for row in db.table("claims").rows] == [True]
    trail = [row["what"] for row in db.table("trail").rows]
    assert "erased" in trail
    assert outcome(await visit(hall, unit)) == PASS  # asked twice, the same is true
    await switch(hall, "claim")
    assert outcome(await visit(hall, unit)) == PASS
    assert hall.cloud.account.claims_made[unit.identity["uuid"]] == 2


@pytest.mark.parametrize("firmware", ["att-1.1.1", "att-1.4.0", "att-1.5.3", "sdk-sample"])
async def test_a_unit_is_claimed_by_the_token_of_its_boot_log(
    opened: Opened, firmware: str
) -> None:
    hall = await opened("claim")
    text = RECIPE.replace("PROCEDURE", "claim").replace(
        'kind = "nrf91"', 'kind = "nrf91"\ntoken = "boot log"'
    )
    write_recipe(hall.recipe.parent, hall.cloud.address, text)
    await hall.sign_in()
    unit = await board(hall, firmware=firmware)
    assert outcome(await hall.run(unit)) == PASS
    assert list(hall.cloud.account.claimed) == [unit.identity["uuid"]]
