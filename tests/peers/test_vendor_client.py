"""The vendor's own command-line tools work against both halves of the simulation."""

from __future__ import annotations

import asyncio
import csv
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

from station.simulation import attestation
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import token_source
from station.simulation.nrf_cloud import SimulatedNrfCloud
from tests.peers.vendor import DIALECTS, drive, plugged_in

pytestmark = pytest.mark.peer

TAG = "nrf-cloud-onboarding"


@pytest.mark.parametrize("detect", [False, True], ids=["told", "auto"])
@pytest.mark.parametrize("dialect", DIALECTS)
async def test_claim_and_provision_by_tag(
    python: Path, cloud: SimulatedNrfCloud, dialect: str, detect: bool
) -> None:
    restarted = asyncio.Event()

    def restart(device: str) -> None:
        cloud.account.come_online(device)
        restarted.set()

    board = SimulatedNrf91(7, dialect=dialect, on_boot=restart)
    kind = "auto" if detect else DIALECTS[dialect]
    words = ("--provisioning-tags", TAG, "--api-key", cloud.api_key, "--cmd-type", kind)
    async with plugged_in(board) as port:
        status, said = await drive(
            python, cloud, port, "claim_and_provision_device", "--port", port, *words
        )
        if dialect == "at-shell":  # only here can the tool restart the board
            async with asyncio.timeout(10):
                await restarted.wait()

    assert status == 0, said
    assert f"Device IMEI: {board.identity['imei']}" in said
    device = cloud.account.claimed[board.identity["uuid"]]
    assert device.tags == (TAG,)
    assert cloud.account.claims_made == {device.id: 1}
    rule = cloud.account.rules[0]
    assert rule["tags"] == [TAG]
    assert [next(iter(step["request"])) for step in rule["commands"]] == [
        "clientPrivateKeyGeneration",
        "cloudAccessKeyGeneration",
        "serverCertificate",
    ]
    assert (device.id in cloud.account.online) is (dialect == "at-shell")


async def test_a_second_claim_is_refused_with_the_clouds_words(
    python: Path, cloud: SimulatedNrfCloud
) -> None:
    board = SimulatedNrf91(7)
    words = ("--provisioning-tags", TAG, "--api-key", cloud.api_key, "--cmd-type", "at")
    async with plugged_in(board) as port:
        tool = ("claim_and_provision_device", "--port", port, *words)
        first = await drive(python, cloud, port, *tool)
        status, said = await drive(python, cloud, port, *tool)

    assert first[0] == 0, first[1]
    assert status == 1
    assert "Cannot claim device: Device is already claimed" in said


async def test_a_wrong_key_stops_it(python: Path, cloud: SimulatedNrfCloud) -> None:
    words = ("--provisioning-tags", TAG, "--api-key", "wrong", "--cmd-type", "at")
    async with plugged_in(SimulatedNrf91(7)) as port:
        status, said = await drive(
            python, cloud, port, "claim_and_provision_device", "--port", port, *words
        )

    assert status != 0
    assert "Failed to list existing provisioning rules" in said
    assert cloud.account.claimed == {}


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_gather_then_claim_many(
    python: Path, cloud: SimulatedNrfCloud, tmp_path: Path, dialect: str
) -> None:
    kept = tmp_path / "tokens.csv"
    boards = [SimulatedNrf91(number, dialect=dialect) for number in (11, 12)]
    for board in boards:
        async with plugged_in(board) as port:
            words = ("--port", port, "--cmd-type", DIALECTS[dialect], "--csv", str(kept))
            status, said = await drive(python, cloud, port, "gather_attestation_tokens", *words)
            assert status == 0, said

    rows = list(csv.reader(kept.read_text().splitlines()))
    told = [(board.identity["imei"], board.identity["uuid"]) for board in boards]
    assert [(row[0], row[1]) for row in rows] == told
    assert all(attestation.is_genuine(attestation.read(row[2])) for row in rows)

    words = ("--csv", str(kept), "--api-key", cloud.api_key, "--provisioning-tags", f"{TAG},lot-7")
    status, said = await drive(python, cloud, "", "claim_devices", *words)
    assert status == 0, said
    assert "2 of 2 devices claimed" in said
    assert {device.tags for device in cloud.account.claimed.values()} == {(TAG, "lot-7")}


async def test_rows_that_fail_are_told_and_the_others_claimed(
    python: Path, cloud: SimulatedNrfCloud, tmp_path: Path
) -> None:
    kept = tmp_path / "tokens.csv"
    boards = [SimulatedNrf91(number) for number in (11, 12, 13)]
    tokens = [token_source(board.unit, frozenset())(None) for board in boards]
    cloud.account.claim(tokens[1], [])
    told = zip(boards, tokens, strict=True)
    kept.write_text("".join(f"{b.unit.imei},{b.unit.uuid},{t},2026-01-01\n" for b, t in told))

    words = ("--csv", str(kept), "--api-key", cloud.api_key)
    status, said = await drive(python, cloud, "", "claim_devices", *words)
    assert status == 0, said
    assert "2 of 3 devices claimed" in said
    assert set(cloud.account.claimed) == {board.identity["uuid"] for board in boards}


async def test_it_will_not_gather_from_an_nrf9160(
    python: Path, cloud: SimulatedNrfCloud, tmp_path: Path
) -> None:
    async with plugged_in(SimulatedNrf91(7, faults=["nrf9160"])) as port:
        words = ("--port", port, "--cmd-type", "at", "--csv", str(tmp_path / "tokens.csv"))
        status, said = await drive(python, cloud, port, "gather_attestation_tokens", *words)

    assert status == 1
    assert "nRF9160, not supported" in said
