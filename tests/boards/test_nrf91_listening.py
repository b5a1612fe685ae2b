from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import cycle

import pytest
from pydantic import ValidationError

from station.boards.nrf91 import Nrf91, Nrf91Options
from station.faults import (
    BoardRefused,
    BoardSilent,
    LinkLost,
    NotClaimable,
    TokenBroken,
    WrongProduct,
)
from station.model import CredentialKind, Identity
from tests.boards.scripted_nrf91 import HostBoard, Modem, at_once, token

UUID_TEXT = "50363154-3931-44f0-8022-121b6401627d"
NONCE = bytes(range(16))
BANNER = "*** Booting Asset Tracker Template v1.5.3 ***\r\n"


def shown(text: str) -> str:
    return f"[00:01:07.000,001] \x1b[1;33m<wrn> cloud: {text}\x1b[0m\r\n"


async def listening(board: HostBoard, *models: str, within_s: float = 300) -> Nrf91:
    options = Nrf91Options(token="boot log", models=models, boot_log_within_s=within_s)
    return await Nrf91.open(board, options)


def test_a_unit_is_known_and_proven_by_what_it_shows_and_nothing_is_sent() -> None:
    board = HostBoard(Modem(), cycle([7]))
    text = token(NONCE)

    async def story() -> None:
        nrf91 = await listening(board)
        loop = asyncio.get_running_loop()
        loop.call_later(40, board.emit, BANNER + shown(text[:60]))
        loop.call_later(45, board.emit, BANNER + shown(text))
        assert await nrf91.identify() == Identity(
            "nrf91", UUID_TEXT, "nRF9151-LACA", "", told=(("uuid", UUID_TEXT),)
        )
        assert loop.time() == pytest.approx(45)
        proof = await nrf91.prove()
        assert await nrf91.prove() == proof
        assert (proof.names, proof.subject) == ("uuid", UUID_TEXT)
        assert proof.text.get_secret_value() == text
        assert text not in repr(proof)
        assert dict(proof.told) == {
            "device_type": "nRF9151 LACA",
            "firmware_uuid": "1aff3acb-f1a6-4764-a263-4c2646c1c654",
            "nonce": NONCE.hex(),
            "challenged": "no",
        }
        await nrf91.close()

    at_once(story())
    assert board.typed == []


@pytest.mark.parametrize(
    ("log", "fault", "says"),
    [
        ("", BoardSilent, "not one byte in 60 s"),
        (BANNER, BoardSilent, "showed no attestation token in 60 s: no network, claimed already"),
        (shown(token(NONCE)[:-1]), BoardSilent, "showed no attestation token"),
        (shown("2dn3hQFQ" + "_" * 68 + token(NONCE)[76:]), TokenBroken, "the first half"),
    ],
)
def test_a_unit_that_shows_nothing_in_time_is_silent(
    log: str, fault: type[BoardSilent], says: str
) -> None:
    board = HostBoard(Modem())
    board.emit(log)

    async def story() -> float:
        nrf91 = await listening(board, within_s=60)
        with pytest.raises(fault, match=says) as caught:
            await nrf91.identify()
        assert "2dn3" not in caught.value.detail
        return asyncio.get_running_loop().time()

    assert at_once(story()) == pytest.approx(60)


def test_the_product_is_checked_by_what_the_token_says() -> None:
    async def story(device_type: int, *models: str) -> str:
        board = HostBoard(Modem())
        board.emit(shown(token(NONCE, device_type=device_type)))
        return (await (await listening(board, *models)).identify()).model

    assert at_once(story(6, "nRF9151")) == "nRF9151-LACA"
    assert at_once(story(7, "nRF9151")) == ""
    with pytest.raises(WrongProduct, match="nRF9161-LACA, where nRF9151"):
        at_once(story(4, "nRF9151"))


def test_an_nrf9160_is_known_but_can_not_be_claimed() -> None:
    async def story() -> None:
        board = HostBoard(Modem())
        board.emit(shown(token(NONCE, device_type=3)))
        nrf91 = await listening(board)
        assert (await nrf91.identify()).model == "nRF9160-SICA"
        with pytest.raises(NotClaimable):
            await nrf91.prove()

    at_once(story())


def test_what_would_need_asking_is_refused_and_a_lost_link_is_lost() -> None:
    board = HostBoard(Modem())

    async def story() -> None:
        nrf91 = await listening(board)
        verbs: list[Callable[[], Awaitable[object]]] = [
            nrf91.wake,
            nrf91.go_offline,
            nrf91.go_online,
            lambda: nrf91.credentials(1),
            lambda: nrf91.make_key(1),
            lambda: nrf91.write_credential(1, CredentialKind.ROOT_CA, "x"),
            lambda: nrf91.erase_credential(1, CredentialKind.ROOT_CA),
        ]
        for verb in verbs:
            with pytest.raises(BoardRefused, match="listened to"):
                await verb()
        board.unplug()
        with pytest.raises(LinkLost):
            await nrf91.prove()

    at_once(story())
    assert board.typed == []


def test_the_options_of_listening_are_checked() -> None:
    for wrong in ({"token": "guess"}, {"boot_log_within_s": 0}, {"speaks": "morse"}):
        with pytest.raises(ValidationError):
            Nrf91Options.model_validate(wrong)
