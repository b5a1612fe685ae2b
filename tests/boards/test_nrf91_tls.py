"""The credential shell with something wrong on its way; its ordinary days are in the simulation's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.boards.nrf91 import Nrf91, Nrf91Options
from station.faults import BoardFault, BoardRefused, CredentialLost
from station.links import Link
from station.links.memory import pair
from station.model import CredentialKind
from station.simulation.nrf91 import SimulatedNrf91
from tests.boards.scripted_nrf91 import at_once

TAG = 16842753
ROOT, KEY = CredentialKind.ROOT_CA, CredentialKind.CLIENT_KEY
PEM = "-----BEGIN CERTIFICATE-----\n" + "TUlJQg==" * 8 + "\n-----END CERTIFICATE-----\n"


class Spoiled:
    """A link that hands out pieces of `size` bytes, and loses one byte; counted from the first."""

    def __init__(self, link: Link, size: int = 4096, lost: int = -1) -> None:
        self._link = link
        self._size = size
        self._lost = lost
        self._rest = b""
        self._seen = 0
        self.typed = b""

    async def send(self, data: bytes) -> None:
        self.typed += data
        await self._link.send(data)

    async def receive(self) -> bytes:
        while not self._rest:
            data = await self._link.receive()
            at = self._lost - self._seen
            self._seen += len(data)
            self._rest = data[:at] + data[at + 1 :] if 0 <= at < len(data) else data
        piece, self._rest = self._rest[: self._size], self._rest[self._size :]
        return piece

    async def close(self) -> None:
        await self._link.close()


def told(
    story: Callable[[Nrf91], Awaitable[None]],
    *,
    size: int = 4096,
    lost: int = -1,
    simulated: SimulatedNrf91 | None = None,
) -> bytes:
    async def whole() -> bytes:
        ours, theirs = pair()
        link = Spoiled(ours, size, lost)
        board = simulated or SimulatedNrf91(3, dialect="tls-shell")
        life = asyncio.create_task(board.run(theirs))
        try:
            await story(await Nrf91.open(link, Nrf91Options(speaks="credential shell")))
        finally:
            await ours.close()
            with suppress(asyncio.CancelledError):
                await life
        return link.typed

    return at_once(whole())


async def everything(board: Nrf91) -> None:
    await board.make_key(TAG)
    await board.write_credential(TAG, ROOT, PEM)
    assert sorted(each.kind for each in await board.credentials(TAG)) == [ROOT, KEY]
    await board.erase_credential(TAG, ROOT)
    await board.erase_credential(TAG, KEY)
    assert await board.credentials(TAG) == ()


def test_however_the_bytes_are_cut_it_is_the_same_and_lines_are_short() -> None:
    straight = told(everything)
    assert max(map(len, straight.split(b"\r\n"))) < 64
    assert b"cred buf LS0tLS1" in straight
    for size in (*range(1, 20), 63, 64, 65):
        assert told(everything, size=size) == straight, size


@given(lost=st.integers(20, 2600))
@settings(max_examples=60)
def test_one_byte_that_is_lost_never_makes_a_wrong_result(lost: int) -> None:
    told(everything, lost=lost)


def test_what_is_there_is_replaced_and_what_is_so_is_not_written_again() -> None:
    async def story(board: Nrf91) -> None:
        await board.write_credential(TAG, ROOT, PEM)
        await board.write_credential(TAG, ROOT, PEM.replace("TUlJ", "TUlK"))
        (kept,) = await board.credentials(TAG)
        await board.write_credential(TAG, ROOT, PEM.replace("TUlJ", "TUlK"))
        assert await board.credentials(TAG) == (kept,)

    assert told(story).count(b"cred add") == 2


def test_a_credential_that_its_buffer_can_not_take_is_refused_in_words() -> None:
    async def story(board: Nrf91) -> None:
        with pytest.raises(BoardRefused, match="SHELL_CRED_BUF_SIZE"):
            await board.write_credential(TAG, ROOT, PEM * 40)

    told(story)


def test_an_at_shell_is_not_taken_for_a_credential_shell() -> None:
    async def story(board: Nrf91) -> None:
        with pytest.raises(BoardRefused, match="nrf_cloud_cred: the shell has no such command"):
            await board.identify()

    told(story, simulated=SimulatedNrf91(3, dialect="at-shell"))


def test_a_private_key_of_ours_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(board: Nrf91) -> None:
        await board.write_credential(TAG, KEY, PEM)

    monkeypatch.setattr("station.boards.nrf91_tls._digest", lambda data: "another")
    with pytest.raises(BoardFault) as caught:
        told(story)
    assert isinstance(caught.value, CredentialLost)
    assert "TUlJ" not in f"{caught.value!r} {caught.value.detail}"
    assert "LS0t" not in f"{caught.value!r} {caught.value.detail}"
