"""What goes wrong between a simulated device and a simulated cloud, and how it is told."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from station.simulation.air import NoCoverage, air_of
from station.simulation.nrf91_faults import Timing, token_source
from tests.simulation.scene import TAG, Scene, provisioned, started, until


async def test_the_first_failure_stops_the_batch_and_empties_the_queue(scene: Scene) -> None:
    board = scene.board()
    device = await scene.claim(board)
    done = await scene.order(device, clientPrivateKeyGeneration={"secTag": TAG})
    bad = await scene.order(device, clientCertificate={"secTag": TAG, "content": "no PEM"})
    lost = [await scene.order(device, finished={}) for _ in range(5)]
    await started(board)
    await until(lambda: scene.cloud.account.claimed[device].commands[-1]["status"] == "FAILED")

    assert await scene.words(device) == ["SUCCEEDED", "FAILED"]
    assert (await scene.command(device, done))["status"] == "SUCCEEDED"
    assert (await scene.command(device, bad))["response"]["error"]["code"] == 527
    for command in lost:
        path = f"/claimed-devices/{device}/provisioning/{command}"
        assert (await scene.client.get(path)).status_code == 404
    board.power_off()


@pytest.mark.parametrize(("fault", "code"), [("keygen-fails", 523), ("memory-full", 515)])
async def test_a_device_that_can_not_says_why(scene: Scene, fault: str, code: int) -> None:
    board = scene.board(fault)
    device = await scene.claim(board)
    await scene.order(device, certificateSigningRequest={"secTag": TAG, "attributes": "CN=a"})
    await started(board)
    commands = scene.cloud.account.claimed[device].commands
    await until(lambda: commands[0]["status"] == "FAILED")

    assert commands[0]["response"]["error"]["code"] == code
    board.power_off()


async def test_what_nobody_knows_fails_and_settings_are_kept(scene: Scene) -> None:
    board = scene.board()
    device = await scene.claim(board)
    await scene.order(device, config={"colour": "blue"})
    await scene.order(device, preSharedKey={"secTag": 9, "identity": "me", "secret": "00ff"})
    await scene.order(device, dance={})
    await started(board)
    await until(lambda: scene.cloud.account.claimed[device].commands[-1]["status"] == "FAILED")

    assert await scene.words(device) == ["SUCCEEDED", "SUCCEEDED", "FAILED"]
    assert board.radio.config == {"colour": "blue"}
    assert board.credentials.holds(9, 3)
    board.power_off()


async def test_no_coverage_and_an_at_client_are_never_heard(scene: Scene) -> None:
    for board in (scene.board("never-online"), scene.board(firmware="at-client")):
        device = await provisioned(scene, board)
        await started(board)
        board.radio.boot()
        board.radio.provision()
        board.radio.poll_shadow()
        await asyncio.sleep(0)
        known = scene.cloud.account.claimed[device]
        assert {command["status"] for command in known.waiting} == {"PENDING"}
        assert known.commands == []
        await scene.client.delete(f"/claimed-devices/{device}")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("never-ends", ["IN_PROGRESS"] * 3),
        ("command-fails", ["FAILED"]),
        ("unknown-status", ["SUPERSEDED"] * 3),
        ("blocked", []),
    ],
)
async def test_faults_of_the_cloud_that_show_in_commands(
    scene: Scene, fault: str, words: list[str]
) -> None:
    scene.cloud.faults = {fault}
    board = scene.board(dialect="at-host", timing=Timing(retry_s=3600))
    device = await provisioned(scene, board)
    heard = asyncio.Event()

    async def air(message: dict[str, Any]) -> dict[str, Any]:
        try:
            return await scene.cloud.air(message)
        finally:
            if message["ask"] == "connect" or fault in {"blocked", "never-ends"}:
                heard.set()

    board = scene.board(air=air, timing=Timing(retry_s=3600))
    await started(board)
    if fault == "command-fails":
        await until(lambda: bool(scene.cloud.account.claimed[device].commands))
        await until(lambda: len(scene.cloud.account.claimed[device].commands) == 1)
    else:
        async with asyncio.timeout(10):
            await heard.wait()

    assert await scene.words(device) == words
    told = (await scene.client.get(f"/claimed-devices/{device}")).json()
    assert told["status"] == ("BLOCKED" if fault == "blocked" else "READY")
    board.power_off()


async def test_a_failure_may_be_unsaid_and_a_csr_in_its_older_place(scene: Scene) -> None:
    scene.cloud.faults = {"failed-unsaid", "csr-message"}
    board = scene.board()
    device = await scene.claim(board)
    asked = await scene.order(
        device, certificateSigningRequest={"secTag": TAG, "attributes": "CN=a"}
    )
    bad = await scene.order(device, dance={})
    await started(board)
    await until(lambda: scene.cloud.account.claimed[device].commands[-1]["status"] == "FAILED")

    csr = (await scene.command(device, asked))["response"]["certificateSigningRequest"]
    assert list(csr) == ["message"]
    assert "response" not in await scene.command(device, bad)
    board.power_off()


@pytest.mark.parametrize("address", ["https://127.0.0.1:1/v1", "127.0.0.1:80", "http:///v1"])
def test_an_address_without_host_and_port_is_no_air(address: str) -> None:
    with pytest.raises(ValueError, match="http://HOST:PORT"):
        air_of(address)


async def test_nobody_there_and_nonsense_are_no_coverage(scene: Scene) -> None:
    away = air_of(scene.cloud.address)
    with pytest.raises(NoCoverage):
        await away({"ask": "commands", "token": "nonsense"})
    token = token_source(scene.board().unit, frozenset())(None)
    for ask in ("commands ", "report", "connect"):
        with pytest.raises(NoCoverage):
            await scene.cloud.air({"ask": ask, "token": token})
    await scene.cloud.close()
    with pytest.raises(NoCoverage):
        await away({"ask": "commands", "token": token})
