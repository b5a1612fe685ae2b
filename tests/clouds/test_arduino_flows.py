"""Whole flows against the simulated Arduino Cloud, which was written from the facts by somebody else."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from station.clouds import KeepsDevices, OnboardsBoards
from station.clouds.arduino_cloud import ArduinoCloud
from station.faults import CloudFault, Fault
from station.model import Connection, Support
from station.simulation.arduino_cloud import SimulatedArduinoCloud
from tests.clouds.arduino_scene import CLIENT_SECRET, OPTA, R4, Board, client, server, unit

CLAIM = "/provisioning/v1/onboarding/claim"
REGISTER = "/provisioning/v1/boards/register"
LIST = "/provisioning/v1/onboarding"
TOKEN = "/iot/v1/clients/token"
WIFI = Connection.WIFI


@pytest.fixture
async def there() -> AsyncIterator[SimulatedArduinoCloud]:
    async with server() as there:
        yield there


@pytest.fixture
async def cloud(there: SimulatedArduinoCloud) -> AsyncIterator[ArduinoCloud]:
    cloud = client(there.address)
    yield cloud
    await cloud.close()


def known(there: SimulatedArduinoCloud, number: int = 1) -> Board:
    board = Board(number)
    there.account.know_board(board.uhwid, board.pem, R4)
    return board


async def test_it_keeps_both_doors(cloud: ArduinoCloud) -> None:
    assert isinstance(cloud, OnboardsBoards)
    assert isinstance(cloud, KeepsDevices)


async def test_a_board_is_claimed_comes_and_is_let_go(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud
) -> None:
    board = known(there)
    await cloud.prepare()
    assert await cloud.held(board.uhwid) is None
    claim = await cloud.enrol(board.proof(), unit(), WIFI, "Unit 1")
    assert there.asked("POST", REGISTER) == 0
    row = there.account.onboarding.rows[claim.device_id]
    assert (row.device_name, row.connection_type, row.ble_mac) == (
        "Unit 1",
        "wifi",
        "F4:12:FA:65:43:21",
    )
    held = await cloud.held(board.uhwid)
    assert held is not None
    assert (held.device_id, held.already) == (claim.device_id, True)
    device = there.account.arrive(board.uhwid)
    assert await cloud.device_of(board.uhwid, 5) == device
    assert await cloud.release(board.uhwid)
    assert not await cloud.release(board.uhwid)
    assert await cloud.has_device(device)
    assert await cloud.held(board.uhwid) is None


@pytest.mark.parametrize("fault", [None, "unknown-as-2", "unknown-as-15"])
async def test_a_board_that_is_not_known_is_registered_once(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud, fault: str | None
) -> None:
    there.faults = frozenset({fault} if fault else ())
    board = Board()
    await cloud.enrol(board.proof(), unit(OPTA, 0x0264, 0x35D1), WIFI, "Opta")
    assert (there.asked("POST", CLAIM), there.asked("POST", REGISTER)) == (2, 1)
    kept = there.account.onboarding.boards[board.uhwid]
    assert (kept.fqbn, kept.serial) == (OPTA, "F412FA")


async def test_a_board_that_stays_unknown_is_registered_once_and_no_more(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud
) -> None:
    there.faults = frozenset({"register-loop"})
    with pytest.raises(Fault, match="registered and is not known") as caught:
        await cloud.enrol(Board().proof(), unit(), WIFI, "Unit 1")
    assert caught.value.code == "CLOUD-REFUSED"
    assert (there.asked("POST", CLAIM), there.asked("POST", REGISTER)) == (2, 1)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("key-mismatch", "KEY-MISMATCH"),
        ("claimed-elsewhere", "CLAIMED-ELSEWHERE"),
        ("claim-refused", "CLOUD-REFUSED"),
        ("wrong-credentials", "KEY-REFUSED"),
        ("unauthorized", "KEY-REFUSED"),
        ("forbidden", "KEY-FORBIDDEN"),
        ("token-dead", "KEY-REFUSED"),
        ("server-error", "CLOUD-BROKEN"),
        ("unavailable", "CLOUD-BROKEN"),
        ("bad-gateway", "CLOUD-BROKEN"),
        ("html", "CLOUD-NONSENSE"),
        ("reset", "REPLY-LOST"),
        ("lost-reply-claim", "REPLY-LOST"),
        ("lost-reply-claim-always", "REPLY-LOST"),
        ("error-after-claim", "CLOUD-BROKEN"),
    ],
)
async def test_each_way_to_fail_has_its_name(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud, fault: str, code: str
) -> None:
    board, there.faults = known(there), frozenset({fault})
    with pytest.raises(Fault) as caught:
        await cloud.enrol(board.proof(), unit(), WIFI, "Unit 1")
    assert caught.value.code == code
    said = f"{caught.value} {caught.value.trouble} {caught.value!r}"
    assert CLIENT_SECRET not in said
    assert board.proof().text.get_secret_value()[:60] not in said


@pytest.mark.parametrize("fault", ["server-error", "unavailable", "html", "reset", "timeout"])
async def test_a_claim_for_which_no_token_was_had_was_not_made(
    there: SimulatedArduinoCloud, fault: str
) -> None:
    cloud, there.faults = client(there.address, timeout_s=0.3), frozenset({fault})
    with pytest.raises(CloudFault) as caught:
        await cloud.enrol(Board().proof(), unit(), WIFI, "Unit 1")
    assert {call.path for call in there.calls} == {TOKEN}
    assert not caught.value.leaves_open
    await cloud.close()


@pytest.mark.parametrize("fault", ["lost-reply-claim", "error-after-claim", "late"])
async def test_a_claim_whose_reply_is_lost_is_found_again(
    there: SimulatedArduinoCloud, fault: str
) -> None:
    cloud, board = client(there.address, timeout_s=0.3), known(there)
    there.faults = frozenset({fault})
    with pytest.raises(CloudFault) as caught:
        await cloud.enrol(board.proof(), unit(), WIFI, "Unit 1")
    assert caught.value.leaves_open
    held = None
    for _ in range(100):  # the late one is made once the server has seen that nobody listens
        if (held := await cloud.held(board.uhwid)) is not None:
            break
    assert held is not None
    assert held.device_id in there.account.onboarding.rows
    assert there.account.onboarding.claims_made[board.uhwid] == 1
    await cloud.close()


@pytest.mark.parametrize("fault", ["lost-reply-register", "error-after-register"])
async def test_a_registration_whose_reply_is_lost_is_asked_again(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud, fault: str
) -> None:
    there.faults, board = frozenset({fault}), Board()
    with pytest.raises(CloudFault):
        await cloud.enrol(board.proof(), unit(), WIFI, "Unit 1")
    assert await cloud.held(board.uhwid) is None
    claim = await cloud.enrol(board.proof(), unit(), WIFI, "Unit 1")
    assert claim.device_id in there.account.onboarding.rows
    assert there.asked("POST", REGISTER) == 1


async def test_another_key_stops_with_what_support_needs(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud
) -> None:
    known(there)
    other = Board()  # the same hardware id with a key of its own
    with pytest.raises(Fault) as caught:
        await cloud.enrol(other.proof(), unit(), WIFI, "Unit 1")
    assert caught.value.code == "KEY-MISMATCH"
    assert other.uhwid in caught.value.detail
    assert "support" in caught.value.detail
    assert there.asked("POST", REGISTER) == 0


async def test_a_board_that_may_not_be_registered(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud
) -> None:
    there.faults = frozenset({"register-refused"})
    with pytest.raises(Fault, match=r"to register: .*can not be registered") as caught:
        await cloud.enrol(Board().proof(), unit(), WIFI, "Unit 1")
    assert caught.value.code == "CLOUD-REFUSED"


async def test_a_token_of_yesterday_is_refused(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud
) -> None:
    with pytest.raises(Fault, match="another time") as caught:
        await cloud.enrol(known(there).proof(age_s=86_400), unit(), WIFI, "Unit 1")
    assert caught.value.code == "TOKEN-REFUSED"


@pytest.mark.parametrize("fault", ["claim-twice-refused", "claim-twice-same"])
async def test_a_board_of_ours_may_be_claimed_again(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud, fault: str
) -> None:
    board, there.faults = known(there), frozenset({fault})
    first = await cloud.enrol(board.proof(), unit(), WIFI, "Unit 1")
    again = await cloud.enrol(board.proof(), unit(), WIFI, "Unit 1")
    assert again.device_id == first.device_id
    assert again.already is (fault == "claim-twice-refused")


async def test_an_organization_is_named_to_every_call() -> None:
    whose = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
    async with server(organization=whose) as there:
        mine, nobodys = client(there.address, organization=whose), client(there.address)
        await mine.prepare()
        assert await mine.held("00" * 32) is None
        with pytest.raises(Fault, match="a key of no organization") as caught:
            await nobodys.prepare()
        assert caught.value.code == "KEY-REFUSED"
        await mine.close()
        await nobodys.close()


async def test_a_token_that_expires_in_the_middle_is_renewed(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud
) -> None:
    board = known(there)
    await cloud.prepare()
    there.tokens.revoke()
    await cloud.enrol(board.proof(), unit(), WIFI, "Unit 1")
    assert there.asked("POST", TOKEN) == 2
    assert there.account.onboarding.claims_made[board.uhwid] == 1


async def test_sixteen_slots_sign_in_once(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud
) -> None:
    await asyncio.gather(*(cloud.held(Board(number).uhwid) for number in range(16)))
    assert there.asked("POST", TOKEN) == 1
    there.tokens.revoke()
    await asyncio.gather(*(cloud.held(Board(number).uhwid) for number in range(16)))
    assert there.asked("POST", TOKEN) == 2


async def test_a_plan_of_one_request_a_second_is_kept(there: SimulatedArduinoCloud) -> None:
    cloud = client(there.address, requests_a_second=1)
    there.faults = frozenset({"rate-limit-bare"})
    await cloud.prepare()
    assert await cloud.held("00" * 32) is None
    statuses = [call.status for call in there.calls]
    assert statuses.count(200) == 3
    assert statuses.count(429) <= 1, "two requests that a busy machine pushed together"
    await cloud.close()


async def test_a_cloud_that_is_busy_is_waited_for(there: SimulatedArduinoCloud) -> None:
    cloud = client(there.address)
    there.rate_a_second = 20.0
    assert {await cloud.held("00" * 32) for _ in range(30)} == {None}
    await cloud.close()


async def test_what_the_cloud_says_of_products(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud
) -> None:
    assert await cloud.support(R4) == Support("2.0", "0.6.0", "0.6.0")
    assert await cloud.support(f"{OPTA}:variant=wifi") == Support("2.0", "0.6.0", "")
    assert await cloud.support("arduino:samd:mkr1000") == Support("1.0")
    assert there.asked("GET", "/iot/v1/supported/devices") == 1
    with pytest.raises(Fault, match="does not list acme:x:y") as caught:
        await cloud.support("acme:x:y")
    assert caught.value.code == "NOT-CLAIMABLE"
    there.faults = frozenset({"unsupported-board"})
    await cloud.probe()
    assert (await cloud.support(R4)).provisioning == "1.0"


@pytest.mark.parametrize(("fault", "ahead_s"), [("clock-ahead", 1200), ("clock-behind", -1200)])
async def test_the_clocks_are_compared(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud, fault: str, ahead_s: float
) -> None:
    there.faults = frozenset({fault})
    assert await cloud.clock_offset_s() == pytest.approx(ahead_s, abs=10)


async def test_a_cloud_without_a_clock_is_told(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud
) -> None:
    there.faults = frozenset({"no-date"})
    with pytest.raises(CloudFault, match="do not tell the time"):
        await cloud.clock_offset_s()


async def test_the_sketch_of_2_0(cloud: ArduinoCloud, there: SimulatedArduinoCloud) -> None:
    image, digest, name = await cloud.sketch(R4)
    assert (hashlib.sha256(image).hexdigest(), name) == (digest, "provisioning_unor4wifi.bin")
    with pytest.raises(Fault) as caught:
        await cloud.sketch("arduino:samd:mkr1000")
    assert caught.value.code == "NOT-CLAIMABLE"
    there.faults = frozenset({"wrong-sha256"})
    with pytest.raises(Fault, match="SHA-256") as caught:
        await cloud.sketch(R4)
    assert caught.value.code == "IMAGE-WRONG"


async def test_the_sketches_of_1_0(cloud: ArduinoCloud, there: SimulatedArduinoCloud) -> None:
    image, digest, name = await cloud.legacy_sketch("arduino:samd:mkr1000", "crypto")
    assert (hashlib.sha256(image).hexdigest(), name) == (digest, "provision.bin")
    lora = await cloud.legacy_sketch("arduino:samd:mkrwan1310", "lora")
    assert lora[0] != image
    _, _, elf = await cloud.legacy_sketch("arduino:mbed_nano:nanorp2040connect", "crypto")
    assert elf == "provision.elf"
    for fqbn, which in [
        ("arduino:samd:mkrwan1310", "crypto"),
        ("arduino:samd:mkr1000", "lora"),
        ("arduino:esp32:nano_nora", "crypto"),
    ]:
        with pytest.raises(Fault) as caught:
            await cloud.legacy_sketch(fqbn, which)
        assert caught.value.code == "NOT-CLAIMABLE"
    there.faults = frozenset({"wrong-sha256"})
    with pytest.raises(Fault, match="SHA-256"):
        await cloud.legacy_sketch("arduino:samd:mkr1000", "crypto")
    assert there.asked("POST", TOKEN) == 0, "no key goes to the downloads"


async def test_its_key_comes_from_the_keystore(there: SimulatedArduinoCloud) -> None:
    kept = {"arduino-client-id": there.client_id, "arduino-client-secret": there.client_secret}
    cloud = ArduinoCloud.open(
        ArduinoCloud.Options(address=there.address), lambda name: SecretStr(kept[name])
    )
    await cloud.warm()
    assert cloud.address == there.address
    assert [call.status for call in there.calls] == [200, 200]
    await cloud.close()
    kept["arduino-client-secret"] = "schlüssel"
    with pytest.raises(Fault, match="arduino-client-secret holds a letter"):
        ArduinoCloud.open(ArduinoCloud.Options(), lambda name: SecretStr(kept[name]))
