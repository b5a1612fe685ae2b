"""Who a simulated Arduino board says it is: hardware id, key and token."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from station.links.memory import pair
from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_unit import CLAIMING_SLOT, PRODUCTS, ArduinoUnit, product
from tests.simulation.arduino_host import GET_ID, RESET, TIMESTAMP, Host, host, told

NOW = 1_767_225_600


async def the_id(client: Host, timestamp: str = TIMESTAMP) -> tuple[str, bytes, bytes]:
    """Return public key, hardware id and token, in the order in which they must come."""
    await client.send(timestamp)
    await client.send(GET_ID)
    key = await client.message("public key")
    uhwid = await client.message("uhwid")
    return key, uhwid, await client.message("token")


def decoded(part: bytes) -> bytes:
    return base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4))


def claims(token: bytes) -> Any:
    return json.loads(decoded(token.split(b".")[1]))


def check(token: bytes, key_pem: str) -> None:
    """Raise InvalidSignature unless the key has signed the token."""
    signed, _, signature = token.rpartition(b".")
    raw = decoded(signature)
    assert len(raw) == 64
    key = load_pem_public_key(key_pem.encode())
    assert isinstance(key, ec.EllipticCurvePublicKey)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(SHA256()))


async def test_key_hardware_id_and_token() -> None:
    board = SimulatedArduino(1)
    assert CLAIMING_SLOT not in board.unit.keys
    async with host(board) as client:
        await client.joins()
        key, uhwid, token = await the_id(client)

    assert len(key) == 178
    assert len(token) == 246
    assert decoded(token.split(b".")[0]) == b'{"alg":"ES256","typ":"JWT"}'
    spelled = f'{{"iat":{NOW},"iss":"{uhwid.hex()}"}}'
    assert decoded(token.split(b".")[1]) == spelled.encode()
    check(token, key)
    assert uhwid.hex() == board.identity["uhwid"]


async def test_a_timestamp_is_good_for_one_token() -> None:
    async with host(SimulatedArduino(1)) as client:
        await client.joins()
        await client.send(GET_ID)
        await client.statuses(-4)
        first = await the_id(client)
        await client.send(GET_ID)
        await client.statuses(-4)
        again = await the_id(client, told(0x12002, NOW + 60))

    assert again[:2] == first[:2]
    assert claims(again[2])["iat"] == NOW + 60


async def test_what_is_no_positive_whole_number_is_misread() -> None:
    async with host(SimulatedArduino(1)) as client:
        await client.joins()
        _, _, token = await the_id(client, told(0x12002, -5))
        assert claims(token)["iat"] == 4
        await client.send(told(0x12002, 1767225600.5))
        await client.send(GET_ID)
        await client.statuses(-4)
        await client.send(told(0x12002, "now"))
        await client.statuses(-5)


async def test_the_token_of_another_key() -> None:
    async with host(SimulatedArduino(1, faults=["wrong-key"])) as client:
        await client.joins()
        key, uhwid, token = await the_id(client)
    assert claims(token)["iss"] == uhwid.hex()
    with pytest.raises(InvalidSignature):
        check(token, key)


async def test_the_token_in_the_name_of_another_board() -> None:
    async with host(SimulatedArduino(1, faults=["token-forged"])) as client:
        await client.joins()
        key, uhwid, token = await the_id(client)
    assert claims(token)["iss"] != uhwid.hex()
    check(token, key)


async def test_the_token_with_a_time_of_its_own() -> None:
    async with host(SimulatedArduino(1, faults=["clock-deaf"])) as client:
        await client.joins()
        key, _, token = await the_id(client)
    assert claims(token)["iat"] < NOW - 10**8
    check(token, key)


async def test_the_same_board_has_the_same_key_unless_it_was_rekeyed() -> None:
    keys = []
    for faults in ((), (), ("rekeyed",)):
        async with host(SimulatedArduino(7, faults=faults)) as client:
            await client.joins()
            keys.append(await the_id(client))
    assert keys[0][:2] == keys[1][:2]
    assert keys[2][0] != keys[0][0]
    assert keys[2][1] == keys[0][1]


async def test_unplugged_in_the_middle_of_its_token() -> None:
    board = SimulatedArduino(1, faults=["unplug-at-id"])
    here, there = pair()
    running = asyncio.create_task(board.run(there))
    client = Host(here)
    listening = asyncio.create_task(client.listen())
    await client.joins()
    await client.send(TIMESTAMP)
    await client.send(GET_ID)
    assert await client.message("public key")
    assert await client.message("uhwid")
    assert await running
    await listening
    assert b"\x55\xaa\x02\x01\x00" in client.come
    assert await client.is_quiet()


def test_every_board_is_another() -> None:
    told_of = [ArduinoUnit(seed, made).identity for seed in range(20) for made in PRODUCTS]
    assert len({told["uhwid"] for told in told_of}) == len(told_of)
    names = {made.title for made in PRODUCTS}
    assert {"UNO R4 WiFi", "Nano 33 IoT", "Opta WiFi", "MKR NB 1500"} <= names


@pytest.mark.parametrize(
    ("title", "sizes"),
    [("UNO R4 WiFi", (16, 6)), ("GIGA R1 WiFi", (12, 9)), ("Portenta C33", (16, 18))],
)
def test_the_hardware_id_is_a_digest_of_three_numbers(title: str, sizes: tuple[int, int]) -> None:
    unit = ArduinoUnit(3, product(title))
    assert unit.product.chip_id_bytes == sizes[0]
    assert len(unit.element_serial) == sizes[1]
    assert len(unit.uhwid) == hashlib.sha256().digest_size
    other = ArduinoUnit(4, product(title))
    assert other.uhwid != unit.uhwid


async def test_reset_needs_a_new_timestamp_no_more_than_before() -> None:
    async with host(SimulatedArduino(1)) as client:
        await client.joins()
        await client.send(TIMESTAMP)
        await client.send(RESET)
        await client.statuses(4)
        await client.send(GET_ID)
        assert await client.message("public key")
