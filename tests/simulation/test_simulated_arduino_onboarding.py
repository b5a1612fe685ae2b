from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from station.simulation.arduino_enrolment import Enrolment
from station.simulation.arduino_token import issue
from station.simulation.arduino_unit import (
    CLAIMING_SLOT,
    TLS_SLOT,
    UNO_R4_WIFI,
    ArduinoUnit,
    public_pem,
)
from tests.simulation.arduino_visit import (
    COMPLETE,
    CSR,
    DEVICES,
    LIST,
    Board,
    Visit,
    csr_of,
    visit,
)


@pytest.fixture
async def here() -> AsyncIterator[Visit]:
    async with visit() as here:
        yield here


@pytest.fixture
def board(here: Visit) -> Board:
    """A board that the cloud knows."""
    board = Board()
    here.account.know_board(board.uhwid, board.pem, "arduino:mbed_giga:giga")
    return board


def declined(reply: httpx.Response) -> int:
    assert reply.status_code >= 400
    told = reply.json()
    assert set(told) == {"err", "err_code"}
    assert told["err"]
    return int(told["err_code"])


async def test_a_known_board_is_claimed_and_listed(here: Visit, board: Board) -> None:
    reply = await here.claim(board)
    assert reply.status_code == 200
    (row,) = await here.onboardings()
    assert row["id"] == reply.json()["id"]
    assert row["unique_hardware_id"] == board.uhwid
    assert (row["device_name"], row["connection_type"]) == ("Line 1", "wifi")
    assert (row["ble_mac"], row["fqbn"]) == ("F4:12:FA:65:43:21", "arduino:mbed_giga:giga")
    assert row["claimed_at"].endswith("Z")
    for later in ("device_id", "provisioned_at", "ended_at", "org_id"):
        assert row[later] is None


async def test_an_unknown_board_is_claimed_once_it_is_registered(here: Visit) -> None:
    board = Board()
    assert declined(await here.claim(board)) == 1
    assert (await here.register(board)).status_code == 200
    assert (await here.register(board)).status_code == 200
    assert (await here.claim(board)).status_code == 200
    known = here.account.onboarding.boards[board.uhwid]
    assert (known.fqbn, known.serial) == ("arduino:renesas_uno:unor4wifi", "F412FA654320")


@pytest.mark.parametrize(("fault", "code"), [("unknown-as-2", 2), ("unknown-as-15", 15)])
async def test_an_unknown_board_may_have_other_codes(here: Visit, fault: str, code: int) -> None:
    here.cloud.faults = {fault}
    assert declined(await here.claim(Board())) == code


async def test_a_board_with_another_key_is_told_so(here: Visit, board: Board) -> None:
    other = Board(board.number)
    assert declined(await here.claim(other)) == 3
    assert declined(await here.register(other)) == 3
    assert (await here.claim(board)).status_code == 200


async def test_a_token_is_good_for_its_time_only(here: Visit, board: Board) -> None:
    for ahead_s in (-3600, 3600):
        refused = await here.claim(board, board_token=board.token(ahead_s))
        assert declined(refused) not in {1, 2, 3, 15}
    here.cloud.clock_ahead_s = 3600
    assert (await here.claim(board, board_token=board.token(3600))).status_code == 200


def spoiled(token: str) -> dict[str, str]:
    head, body, signature = token.split(".")
    return {
        "empty": "",
        "text": "token",
        "two": f"{head}.{body}",
        "four": f"{token}.a",
        "long": token + "A" * 40,
        "padded": token + "==",
        "short": f"{head}.{body}.{signature[:-4]}",
        "none": f"eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{body}.{signature}",
    }


@pytest.mark.parametrize("how", list(spoiled("a.b.c")))
async def test_what_is_no_token_is_refused(here: Visit, board: Board, how: str) -> None:
    reply = await here.claim(board, board_token=spoiled(board.token())[how])
    assert declined(reply) not in {1, 2, 3, 15}
    assert here.account.onboarding.rows == {}


async def test_tokens_whose_claims_are_not_a_boards_are_refused(here: Visit, board: Board) -> None:
    for claims in ({"iss": "abc"}, {"iat": "now"}, {"iat": True}, {"iss": board.uhwid.upper()}):
        assert declined(await here.claim(board, board_token=board.token(**claims))) == 5


@pytest.mark.parametrize(
    "wrong",
    [{"connection_type": "string"}, {"ble_mac": "F4-12"}, {"board_token": 5}, {"device_name": 5}],
)
async def test_claims_that_are_none_are_refused(
    here: Visit, board: Board, wrong: dict[str, object]
) -> None:
    assert declined(await here.claim(board, **wrong)) == 6


@pytest.mark.parametrize(
    "wrong",
    [
        {"unique_hardware_id": "AB" * 32},
        {"public_key": "no key"},
        {"vid": "0x2341"},
        {"pid": ""},
        {"serial": 5},
    ],
)
async def test_boards_that_are_none_are_not_registered(
    here: Visit, wrong: dict[str, object]
) -> None:
    assert declined(await here.register(Board(), **wrong)) == 6
    assert here.account.onboarding.boards == {}


async def test_only_p_256_keys_are_known(here: Visit) -> None:
    other = Board(key=ec.generate_private_key(ec.SECP384R1()))
    assert declined(await here.register(other)) == 6
    with pytest.raises(ValueError, match="P-256"):
        here.account.know_board(other.uhwid, other.pem)


async def test_a_board_of_another_account_is_refused(here: Visit, board: Board) -> None:
    here.account.onboarding.elsewhere.add(board.uhwid)
    assert declined(await here.claim(board)) not in {1, 2, 3, 15}
    assert here.account.onboarding.claims_asked == {board.uhwid: 1}
    assert not here.account.onboarding.claims_made


async def test_a_second_claim_ends_the_first(here: Visit, board: Board) -> None:
    first, second = [(await here.claim(board)).json()["id"] for _ in range(2)]
    ended, current = await here.onboardings()
    assert (ended["id"], current["id"]) == (first, second)
    assert ended["ended_at"]
    assert current["ended_at"] is None
    assert [row["id"] for row in await here.onboardings("false")] == [second]


async def test_a_second_claim_may_be_refused_or_the_same(here: Visit, board: Board) -> None:
    first = (await here.claim(board)).json()["id"]
    here.cloud.faults = {"claim-twice-same"}
    assert (await here.claim(board)).json()["id"] == first
    here.cloud.faults = {"claim-twice-refused"}
    assert declined(await here.claim(board)) not in {1, 2, 3, 15}
    assert here.account.onboarding.claims_made == {board.uhwid: 1}


async def test_a_board_let_go_can_be_claimed_anew(here: Visit, board: Board) -> None:
    path = f"{LIST}/{(await here.claim(board)).json()['id']}"
    here.cloud.faults = {"claim-twice-refused"}
    assert (await here.client.delete(path)).status_code == 200
    assert declined(await here.client.delete(path)) == 7
    assert declined(await here.client.delete(f"{LIST}/nothing")) == 7
    assert (await here.claim(board)).status_code == 200


async def ask_for_certificate(here: Visit, board: Board) -> httpx.Response:
    body = {"csr": csr_of(board.key, board.uhwid)}
    return await here.client.post(CSR, json=body, headers=board.bearer)


async def test_a_claimed_board_gets_its_certificate_by_itself(here: Visit, board: Board) -> None:
    await here.register(board)
    await here.claim(board)
    reply = await ask_for_certificate(here, board)
    assert (reply.status_code, reply.headers["content-type"][:10]) == (200, "text/plain")
    device, key_id, begin, serial, x, y = reply.text.split("|")
    assert [len(part) for part in (key_id, serial, x, y)] == [40, 32, 64, 64]
    (row,) = await here.onboardings()
    assert (row["device_id"], row["provisioned_at"]) == (device, None)

    (kept,) = here.account.devices[device].certificates.values()
    assert (kept.serial, kept.not_before, kept.signature) == (serial, begin, (x, y))
    assert kept.x509.subject.rfc4514_string() == f"CN={device}"
    assert isinstance(kept.x509, x509.Certificate)
    assert kept.x509.public_key() == board.key.public_key()

    sent = {"wifi_fw_version": "0.6.0"}
    done = await here.client.post(COMPLETE, json=sent, headers=board.bearer)
    assert done.status_code == 200
    (row,) = await here.onboardings()
    assert row["provisioned_at"]
    told = (await here.client.get(f"{DEVICES}/{device}")).json()
    assert (told["name"], told["device_status"]) == ("Line 1", "ONLINE")
    assert (told["serial"], told["wifi_fw_version"]) == ("F412FA654320", "0.6.0")


async def test_a_simulated_board_enrols(here: Visit) -> None:
    unit = ArduinoUnit(7, UNO_R4_WIFI)
    key = unit.new_key(CLAIMING_SLOT)
    here.account.know_board(unit.uhwid.hex(), public_pem(key), UNO_R4_WIFI.fqbn)
    now_s = asyncio.get_running_loop().time()
    enrolment = Enrolment(here.cloud.address, due=now_s, back_off_s=1.0)
    assert not await enrolment.attempt(unit)

    token = issue(key, unit.uhwid, int(time.time()))
    assert (await here.claim(Board(), board_token=token)).status_code == 200
    assert await enrolment.attempt(unit)
    (row,) = await here.onboardings()
    assert row["device_id"] == unit.device_id
    assert row["provisioned_at"]
    (kept,) = here.account.devices[unit.device_id].certificates.values()
    assert kept.x509.public_key() == unit.keys[TLS_SLOT].public_key()


async def test_a_board_that_asks_again_stays_the_same_device(here: Visit, board: Board) -> None:
    await here.claim(board)
    one, two = [(await ask_for_certificate(here, board)).text.split("|") for _ in range(2)]
    assert one[0] == two[0]
    assert one[3] != two[3]
    assert list(here.account.devices) == [one[0]]


async def test_a_board_that_is_not_claimed_gets_nothing(here: Visit, board: Board) -> None:
    assert declined(await ask_for_certificate(here, board)) == 7
    complete = await here.client.post(COMPLETE, json={}, headers=board.bearer)
    assert declined(complete) == 7
    assert here.account.devices == {}


async def test_only_the_board_itself_may_ask(here: Visit, board: Board) -> None:
    await here.claim(board)
    body = {"csr": csr_of(board.key, board.uhwid)}
    for bearer in (Board(board.number).bearer, Board(99).bearer, {"Authorization": "Bearer x"}):
        reply = await here.client.post(CSR, json=body, headers=bearer)
        assert reply.status_code == 401
    assert (
        await here.client.post(CSR, json=body, headers={"Authorization": ""})
    ).status_code == 401
    other_name = {"csr": csr_of(board.key, "another")}
    reply = await here.client.post(CSR, json=other_name, headers=board.bearer)
    assert (reply.status_code, declined(reply)) == (412, 6)
    assert declined(await here.client.post(CSR, json={}, headers=board.bearer)) == 6


async def test_a_board_can_come_without_a_wire(here: Visit, board: Board) -> None:
    await here.claim(board)
    device = here.account.arrive(board.uhwid)
    (row,) = await here.onboardings()
    assert row["device_id"] == device
    assert row["provisioned_at"]


async def test_a_board_whose_device_is_deleted_can_be_claimed_anew(
    here: Visit, board: Board
) -> None:
    await here.claim(board)
    device = here.account.arrive(board.uhwid)
    assert (await here.client.delete(f"{DEVICES}/{device}")).status_code == 200
    (row,) = await here.onboardings()
    assert row["ended_at"]
    await here.claim(board)
    assert here.account.arrive(board.uhwid) != device


async def test_letting_go_keeps_the_device(here: Visit, board: Board) -> None:
    onboarding = (await here.claim(board)).json()["id"]
    device = here.account.arrive(board.uhwid)
    assert (await here.client.delete(f"{LIST}/{onboarding}")).status_code == 200
    assert (await here.client.get(f"{DEVICES}/{device}")).status_code == 200
    assert declined(await ask_for_certificate(here, board)) == 7
