"""The token of Arduino's cloud, by a clock that the test turns."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from station.clouds.arduino_cloud_options import ArduinoCloudOptions
from station.clouds.arduino_cloud_token import Token
from station.clouds.http import Caller
from station.faults import CloudFault
from tests.clouds.answering import Answer, Answering

ORGANIZATION = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"


class Scene:
    """A token whose cloud numbers what it gives, and says that it lives for `lives_s`."""

    def __init__(self) -> None:
        self.now_s, self.lives_s, self.status = 1000.0, 300.0, 200
        self.there = Answering(lambda _: self._answer())
        self.token: Token

    @property
    def given(self) -> int:
        return len(self.there.asked)

    def _answer(self) -> Answer:
        return self.status, {"access_token": f"t{self.given}", "expires_in": self.lives_s}


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    scene = Scene()
    async with scene.there as there:
        options = ArduinoCloudOptions(address=there.address, organization=ORGANIZATION)
        caller = Caller(there.address, {}, 1.0)
        keys = SecretStr("the-id"), SecretStr("the-secret")
        scene.token = Token(caller, options, *keys, clock=lambda: scene.now_s)
        yield scene
        await caller.close()


@pytest.mark.parametrize(
    ("lives_s", "good_until_s"), [(300.0, 270.0), (3600.0, 3570.0), (40.0, 20.0)]
)
async def test_it_is_renewed_before_it_expires(
    scene: Scene, lives_s: float, good_until_s: float
) -> None:
    scene.lives_s = lives_s
    assert await scene.token.sign_in("") == "Bearer t1"
    scene.now_s += good_until_s - 1
    assert await scene.token.sign_in("") == "Bearer t1"
    scene.now_s += 1
    assert await scene.token.sign_in("") == "Bearer t2"


async def test_all_who_were_refused_share_the_next_one(scene: Scene) -> None:
    refused = await scene.token.sign_in("")
    told = await asyncio.gather(*(scene.token.sign_in(refused) for _ in range(16)))
    assert set(told) == {"Bearer t2"}
    assert scene.given == 2


async def test_one_who_gives_up_does_not_keep_the_others_from_it(scene: Scene) -> None:
    first, second = (asyncio.create_task(scene.token.sign_in("")) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert (await second).startswith("Bearer t")
    assert first.cancelled()


async def test_after_a_failure_it_is_asked_for_again(scene: Scene) -> None:
    refused = await scene.token.sign_in("")
    scene.status = 503
    with pytest.raises(CloudFault, match="asked for a token: HTTP 503"):
        await scene.token.sign_in(refused)
    scene.status = 200
    assert await scene.token.sign_in("") == "Bearer t3"


async def test_the_organization_is_named_and_nothing_prints(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await scene.token.sign_in("")
    assert f"organization_id={ORGANIZATION}".encode() in scene.there.asked[0].body
    shown = f"{vars(scene.token)} {caplog.text}"
    assert not [secret for secret in ("the-id", "the-secret", "Bearer t1") if secret in shown]
