"""ThingsBoard by HTTP: what may get lost on the way, and what must not be told."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator

import pytest

from station.clouds.thingsboard.words import answer
from station.faults import (
    CloudFault,
    CloudNonsense,
    ReplyLost,
)
from station.logins import access_token
from station.simulation.thingsboard import SimulatedThingsBoard
from station.simulation.thingsboard_credentials import token as held_token
from station.simulation.thingsboard_faults import DEEDS, FAULTS
from tests.clouds.thingsboard_wires import (
    ASKED,
    PATH,
    TOKEN,
    Connect,
    asks,
    canned,
    token_of,
    ways,
)

ATTRIBUTES = "/api/v1/{token}/attributes"


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    async with ways() as make:
        yield make


@pytest.fixture
async def newest() -> AsyncIterator[SimulatedThingsBoard]:
    async with SimulatedThingsBoard(transports=False, silence_s=0.0, slow_s=0.01) as cloud:
        yield cloud


async def test_the_reply_may_end_after_any_byte(
    connect: Connect, newest: SimulatedThingsBoard
) -> None:
    way, ends, lost = connect(newest.address), 0, True
    while lost:
        login = access_token()
        newest.cut_after["provision"] = ends
        try:
            body = await way.provision(asks(newest, f"unit-{ends}", login))
        except ReplyLost as fault:
            assert fault.leaves_open  # noqa: PT017 - most ends are like this one
        else:
            lost = False
            got = answer(body).login
            assert got is not None
            assert login.lets_in_as(got)
        assert await way.admits(login)
        ends += 1
    assert ends > 150
    assert newest.asked("POST", PATH) == len(newest.account.devices) == ends


@pytest.mark.parametrize("deed", ["check", "telemetry"])
async def test_a_lost_reply_to_a_device_is_no_answer(
    connect: Connect, newest: SimulatedThingsBoard, deed: str
) -> None:
    newest.account.add_device(newest.new, "unit-1", held_token(TOKEN))
    way, login = connect(newest.address), token_of(TOKEN)
    newest.faults = frozenset({f"lost-reply-{deed}"})
    if deed == "check":
        assert await way.admits(login)  # a question is asked again
        assert newest.asked("GET", ATTRIBUTES) == 2
    else:
        with pytest.raises(ReplyLost):
            await way.send(login, {"a": 1})


BODY = json.dumps({"credentialsValue": "A1B2C3", "status": "SUCCESS"}).encode()


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.0 200 OK\r\n\r\n" + BODY,
        b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + BODY,
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
        % (len(BODY), BODY),
    ],
    ids=["until the end, 1.0", "until the end, 1.1", "chunked"],
)
async def test_answers_that_do_not_say_how_long_they_are(connect: Connect, reply: bytes) -> None:
    for end in range(0, len(reply), 3):
        async with canned(reply[:end]) as address:
            with pytest.raises((ReplyLost, CloudNonsense)) as caught:
                answer(await connect(address).provision(ASKED))
            assert caught.value.leaves_open
    async with canned(reply) as address:
        assert answer(await connect(address).provision(ASKED)).login is not None


async def test_silence_and_nobody_there(connect: Connect, newest: SimulatedThingsBoard) -> None:
    newest.faults = frozenset({"timeout"})
    with pytest.raises(ReplyLost):
        await connect(newest.address, timeout_s=0.2).provision(ASKED)
    newest.faults = frozenset({"reset"})
    with pytest.raises(ReplyLost):
        await connect(newest.address).provision(ASKED)
    way = connect(newest.address)
    await newest.close()
    with pytest.raises(CloudFault) as caught:
        await way.provision(ASKED)
    assert (caught.value.code, caught.value.leaves_open) == ("CLOUD-UNREACHABLE", False)


PASSING = {f"{what}-{deed}" for what in ("lost-reply", "error-after") for deed in DEEDS}
LASTING = sorted(FAULTS.keys() - PASSING - {"provision-limit"})  # which is waited for


@pytest.mark.parametrize("fault", [*LASTING, "lost-reply-provision", "error-after-provision"])
async def test_no_secret_is_told_whatever_happens(
    connect: Connect,
    newest: SimulatedThingsBoard,
    caplog: pytest.LogCaptureFixture,
    fault: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    login = access_token()
    asked = asks(newest, "unit-1", login)
    newest.faults = frozenset({fault})
    way = connect(newest.address, timeout_s=0.15)
    told = [repr(way), repr(login)]
    for deed in (way.provision(asked), way.admits(login), way.send(login, {"a": 1})):
        try:
            await deed
        except CloudFault as said:
            told.append(f"{said} {said!r} {said.__cause__!r}")
    secrets = [login.value("token"), newest.provision_key, newest.provision_secret]
    for word in secrets:
        assert word not in caplog.text
        assert not any(word in each for each in told)
