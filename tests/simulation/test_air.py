"""A simulated device on the air with a simulated cloud: commands fetched, carried out, reported."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from station.simulation import key_message
from station.simulation.nrf91_faults import Timing, token_source
from tests.simulation.scene import ONBOARDING, TAG, Scene, provisioned, started, until
from tests.simulation.terminal import PROMPT, Connect
from tests.simulation.test_credentials import PEM, certificate_for, der_of


@pytest.mark.parametrize("over_http", [False, True], ids=["in process", "over HTTP"])
async def test_a_claimed_device_is_provisioned_by_rule_and_connects(
    scene: Scene, over_http: bool
) -> None:
    await scene.client.post("/provisioning-rules", json=ONBOARDING)
    board = scene.board(air=scene.cloud.address if over_http else scene.cloud.air)
    device = await scene.claim(board, "nrf-cloud-onboarding")
    assert await scene.words(device) == []
    assert (await scene.client.get(f"/devices/{device}")).status_code == 404

    await started(board)
    async with asyncio.timeout(10):
        await board.radio.connected.wait()

    assert await scene.words(device) == ["SUCCEEDED"] * 3
    told = (await scene.client.get(f"/devices/{device}")).json()
    reported = told["state"]["reported"]
    assert reported["connection"] == {"status": "connected"}
    assert reported["device"]["deviceInfo"]["imei"] == board.identity["imei"]
    assert board.credentials.holds(TAG, 0)
    board.power_off()


async def test_the_boot_log_asks_to_be_claimed_and_the_claim_is_found(
    scene: Scene, connect: Connect
) -> None:
    await scene.client.post("/provisioning-rules", json=ONBOARDING)
    board = scene.board(firmware="att-1.4.0")
    terminal = await connect(board)
    told = await terminal.until("END ATTESTATION TOKEN -----")
    assert "Claim the device on nrfcloud.com" in told
    assert told.count("2dn3hQFQ") == 1
    again = await terminal.until("END ATTESTATION TOKEN -----")
    assert again.count("2dn3hQFQ") == 1

    await scene.claim(board, "nrf-cloud-onboarding")
    told = await terminal.until("cloud: Connected to Cloud")
    assert "No commands from the nRF Provisioning Service" in told
    assert f"with client ID: {board.identity['uuid']}" in told
    board.power_off()


async def test_an_authority_of_our_own_by_way_of_the_cloud(scene: Scene, connect: Connect) -> None:
    board = scene.board(firmware="sdk-sample", timing=Timing(retry_s=3600))
    device = await scene.claim(board)
    asked = await scene.order(
        device,
        certificateSigningRequest={
            "secTag": TAG,
            "attributes": f"CN={device}",
            "keyUsage": "101010000",
        },
    )
    terminal = await connect(board)
    await terminal.until("no CA certificate")
    told = await scene.command(device, asked)
    assert told["status"] == "SUCCEEDED"
    text = told["response"]["certificateSigningRequest"]["csr"]
    key_message.read(text, board.unit.uuid, TAG, key_message.CSR)
    public = x509.load_der_x509_csr(der_of(text)).public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)

    certificate = certificate_for(public, device)
    await scene.order(device, clientCertificate={"secTag": TAG, "content": certificate})
    await scene.order(device, serverCertificate={"secTag": TAG, "content": PEM})
    finished = await scene.order(device, finished={})
    row = f'{device},,lot-7,APP|MODEM,"{certificate}"\n'
    reply = await scene.client.post("/devices", content=row, headers={"content-type": "text/csv"})
    assert reply.status_code == 202
    await terminal.type("nrf_provisioning now\r")
    told_log = await terminal.until("cloud: Connected to Cloud")

    assert "nrf_provisioning: Externally initiated provisioning" in told_log
    assert "Provisioning finished" in told_log
    assert (await scene.command(device, finished))["status"] == "SUCCEEDED"
    assert scene.cloud.account.online[device]["tags"] == ["lot-7"]
    board.power_off()


async def test_a_certificate_for_another_key_keeps_the_device_out(
    scene: Scene, connect: Connect
) -> None:
    board = scene.board()
    device = await scene.claim(board)
    await scene.order(device, clientPrivateKeyGeneration={"secTag": TAG})
    stranger = certificate_for(ec.generate_private_key(ec.SECP256R1()).public_key(), device)
    await scene.order(device, clientCertificate={"secTag": TAG, "content": stranger})
    await scene.order(device, serverCertificate={"secTag": TAG, "content": PEM})
    row = f'{device},,,,"{stranger}"\n'
    await scene.client.post("/devices", content=row)
    terminal = await connect(board)

    await terminal.until("does not match the private key")
    assert await scene.words(device) == ["SUCCEEDED"] * 3
    assert scene.cloud.account.online == {}
    board.power_off()


@pytest.mark.parametrize("how", ["never onboarded", "another certificate", "forged"])
async def test_who_is_not_known_by_this_certificate_is_kept_out(scene: Scene, how: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    mine = certificate_for(key.public_key())
    other = certificate_for(ec.generate_private_key(ec.SECP256R1()).public_key())
    board = scene.board()
    device = board.identity["uuid"]
    if how != "never onboarded":
        row = f'{device},,,,"{other if how == "another certificate" else mine}"\n'
        await scene.client.post("/devices", content=row)
    message: dict[str, Any] = {
        "ask": "connect",
        "client_id": device,
        "certificate": mine,
        "public_key": "",
    }
    message |= {
        "signature": "MAA=",
        "state": {},
        "token": token_source(board.unit, frozenset())(None),
    }

    assert (await scene.cloud.air(message))["refused"]
    assert scene.cloud.account.online == {}


@pytest.mark.parametrize("way", ["att_button press 1", "att_cloud poll_shadow_delta"])
async def test_a_new_command_in_the_shadow_renews_and_the_same_again_does_not(
    scene: Scene, connect: Connect, way: str
) -> None:
    board = scene.board()
    device = await provisioned(scene, board)
    terminal = await connect(board)
    await terminal.until("cloud: Connected to Cloud")
    first = scene.cloud.account.fleet.access_keys[device]
    renew = await scene.order(device, cloudAccessKeyGeneration={"secTag": TAG})
    state = {"desired": {"command": [1, 7]}}
    for sent in range(2):
        reply = await scene.client.patch(f"/devices/{device}/state", json=state)
        assert reply.status_code == 202
        await terminal.type(f"{way}\r")
        await terminal.until("No update in shadow" if sent else "cloud: Connected to Cloud")

    assert (await scene.command(device, renew))["status"] == "SUCCEEDED"
    assert scene.cloud.account.fleet.access_keys[device] != first
    shadow = (await scene.client.get(f"/devices/{device}")).json()["state"]
    assert shadow["reported"]["command"] == [1, 7]
    board.power_off()


async def test_a_device_that_polls_needs_nobody(scene: Scene) -> None:
    board = scene.board(timing=Timing(poll_s=0.005))
    device = await provisioned(scene, board)
    await started(board)
    await board.radio.connected.wait()
    renew = await scene.order(device, cloudAccessKeyGeneration={"secTag": TAG})
    await scene.client.patch(f"/devices/{device}/state", json={"desired": {"command": [1, 9]}})
    commands = scene.cloud.account.claimed[device].commands
    await until(lambda: commands[-1]["status"] == "SUCCEEDED")

    assert commands[-1]["id"] == renew
    board.power_off()


async def test_the_trigger_and_a_restart_wake_it(scene: Scene, connect: Connect) -> None:
    board = scene.board()
    device = await provisioned(scene, board)
    terminal = await connect(board)
    await terminal.until("cloud: Connected to Cloud")
    for way in ("att_cloud provision", "kernel reboot cold", "at AT+CFUN=4\rat AT+CFUN=1"):
        renew = await scene.order(device, cloudAccessKeyGeneration={"secTag": TAG})
        await terminal.type(f"{way}\r")
        await terminal.until("cloud: Connected to Cloud")
        assert (await scene.command(device, renew))["status"] == "SUCCEEDED"
    board.power_off()


async def test_off_the_network_nothing_wakes_it(scene: Scene, connect: Connect) -> None:
    board = scene.board()
    device = await provisioned(scene, board)
    terminal = await connect(board)
    await terminal.until("cloud: Connected to Cloud")
    await terminal.type("att_network disconnect\r")
    await terminal.until("network detached")
    renew = await scene.order(device, cloudAccessKeyGeneration={"secTag": TAG})
    await terminal.type("att_cloud provision\ratt_button press 1\r")
    await terminal.until(PROMPT)
    assert not board.radio.connected.is_set()
    assert (await scene.command(device, renew))["status"] == "PENDING"

    await terminal.type("att_network connect\r")
    await terminal.until("cloud: Connected to Cloud")
    assert (await scene.command(device, renew))["status"] == "SUCCEEDED"
    board.power_off()


async def test_erased_credentials_no_longer_connect(scene: Scene, connect: Connect) -> None:
    board = scene.board()
    await provisioned(scene, board)
    terminal = await connect(board)
    await terminal.until("cloud: Connected to Cloud")
    await terminal.ask_shell("at AT+CFUN=4")
    await terminal.ask_shell("at AT%XFACTORYRESET=0")
    await terminal.type("at AT+CFUN=1\r")

    await terminal.until("no CA certificate")
    assert not board.radio.connected.is_set()
    board.power_off()


async def test_an_at_host_board_with_an_air_runs_the_sample(scene: Scene) -> None:
    board = scene.board(dialect="at-host")
    await provisioned(scene, board)
    await started(board)
    async with asyncio.timeout(10):
        await board.radio.connected.wait()

    assert board.firmware.name == "sdk-sample"
    board.power_off()


async def test_a_device_that_nobody_claimed_connects_with_credentials_it_was_given(
    scene: Scene,
) -> None:
    board = scene.board()
    device = board.identity["uuid"]
    key = board.credentials.new_key(TAG, 2)
    certificate = certificate_for(key.public_key(), device)
    board.credentials.write(TAG, 0, PEM)
    board.credentials.write(TAG, 1, certificate)
    await scene.client.post("/devices", content=f'{device},,,,"{certificate}"\n')
    await started(board)
    async with asyncio.timeout(10):
        await board.radio.connected.wait()

    assert device in scene.cloud.account.online
    assert scene.cloud.account.claimed == {}
    board.power_off()
