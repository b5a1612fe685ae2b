"""A simulated device on the air with a simulated cloud: commands fetched, carried out, reported."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from station.links.memory import pair
from station.simulation import key_message
from station.simulation.air import NoCoverage, air_of
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import Timing, token_source
from station.simulation.nrf_cloud import SimulatedNrfCloud
from tests.simulation.terminal import PROMPT, Connect
from tests.simulation.test_credentials import PEM, certificate_for, der_of

TAG = 16_842_753
QUICK = Timing(retry_s=0.01)
ONBOARDING: dict[str, Any] = {
    "name": "nRF Cloud Onboarding",
    "active": True,
    "tags": ["nrf-cloud-onboarding"],
    "commands": [
        {"request": {"clientPrivateKeyGeneration": {"secTag": TAG}}},
        {"request": {"cloudAccessKeyGeneration": {"secTag": TAG}}},
        {"request": {"serverCertificate": {"secTag": TAG, "content": PEM}}},
    ],
}


class Scene:
    """A cloud, a board that is on its air, and a client with the team's key."""

    def __init__(self, cloud: SimulatedNrfCloud, client: httpx.AsyncClient) -> None:
        self.cloud = cloud
        self.client = client

    def board(self, *faults: str, **more: Any) -> SimulatedNrf91:
        more = {"dialect": "at-shell", "timing": QUICK, "air": self.cloud.air, **more}
        return SimulatedNrf91(1, faults=faults, **more)

    async def claim(self, board: SimulatedNrf91, *tags: str) -> str:
        token = token_source(board.unit, frozenset())(None)
        body = {"claimToken": token, "tags": list(tags)}
        assert (await self.client.post("/claimed-devices", json=body)).status_code == 201
        return board.identity["uuid"]

    async def order(self, device: str, **request: Any) -> str:
        reply = await self.client.post(
            f"/claimed-devices/{device}/provisioning", json={"request": request}
        )
        assert reply.status_code == 201
        return str(reply.json()["id"])

    async def command(self, device: str, command: str) -> dict[str, Any]:
        path = f"/claimed-devices/{device}/provisioning/{command}"
        told: dict[str, Any] = (await self.client.get(path)).json()
        return told

    async def words(self, device: str) -> list[str]:
        reply = await self.client.get(f"/claimed-devices/{device}/provisioning")
        return [item["status"] for item in reply.json()["items"]]


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110  # nothing tells when a device has reported
            await asyncio.sleep(0.001)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with SimulatedNrfCloud() as cloud:
        headers = {"Authorization": f"Bearer {cloud.api_key}"}
        async with httpx.AsyncClient(base_url=cloud.address, headers=headers) as client:
            yield Scene(cloud, client)


async def started(board: SimulatedNrf91) -> None:
    """Switch a board on without anybody at its wire."""
    here, there = pair()
    running = asyncio.create_task(board.run(there))
    await asyncio.sleep(0)
    await here.close()
    await running


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


async def provisioned(scene: Scene, board: SimulatedNrf91) -> str:
    await scene.client.post("/provisioning-rules", json=ONBOARDING)
    return await scene.claim(board, "nrf-cloud-onboarding")


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


async def test_an_at_host_board_with_an_air_runs_the_sample(scene: Scene) -> None:
    board = scene.board(dialect="at-host")
    await provisioned(scene, board)
    await started(board)
    async with asyncio.timeout(10):
        await board.radio.connected.wait()

    assert board.firmware.name == "sdk-sample"
    board.power_off()


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
