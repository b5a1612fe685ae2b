"""A whole bad shift with a known key and known tokens; then every byte the station wrote is searched."""

from __future__ import annotations

import asyncio
import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from station import logs
from station.boards.nrf91 import Nrf91
from station.clouds.nrf_cloud import NrfCloud
from station.headless import Exit, Teller, work
from station.line import Line
from station.links import Link
from station.model import Outcome, Proof, RunEnded, Slot
from station.record import questions
from station.simulation.http_server import Request, Response
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import Timing
from station.simulation.nrf_cloud import SimulatedNrfCloud
from tests.by_hand import RECIPE, ByHand, Bystander

TOKEN = re.compile(rb"2dn3hQFQ[\w.-]{30,}")
QUICK = Timing(stall_s=0.2, flood_s=0.1, deaf_s=0.1, typing_s=0.2, typing_pause_s=0.1)
BAD_BOARDS = ("token-cut", "token-garbled", "token-forged", "other-token", "unplug-at-token")
BAD_CLOUDS = ("lost-reply", "error-after-claim", "truncated-json", "html", "server-error")


class Tapped:
    """A link that keeps what the board said."""

    def __init__(self, link: Link, heard: bytearray) -> None:
        self._link, self._heard = link, heard

    async def send(self, data: bytes) -> None:
        await self._link.send(data)

    async def receive(self) -> bytes:
        data = await self._link.receive()
        self._heard += data
        return data

    async def close(self) -> None:
        await self._link.close()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[None]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    logs.begin(tmp_path / "line")
    root.setLevel(logging.DEBUG)
    yield
    for handler in root.handlers[:]:
        if handler not in before:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)


@pytest.fixture
def tokens_at_the_cloud(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """All that was ever sent to the simulated cloud as a claim token."""
    seen: list[bytes] = []
    logged = SimulatedNrfCloud._logged

    async def spied(self: SimulatedNrfCloud, request: Request) -> Response:
        seen.extend(TOKEN.findall(request.body))
        return await logged(self, request)

    monkeypatch.setattr(SimulatedNrfCloud, "_logged", spied)
    return seen


async def test_no_secret_is_in_anything_the_station_wrote(
    tmp_path: Path,
    log: None,
    tokens_at_the_cloud: list[bytes],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    cloud, wiring, bystander = SimulatedNrfCloud(), ByHand(), Bystander()
    await cloud.start()
    heard, folder, out = bytearray(), tmp_path / "line", io.StringIO()
    wiring.wrap = lambda link: Tapped(link, heard)
    recipe = tmp_path / "recipe.toml"
    recipe.write_text(RECIPE.format(http=cloud.address))
    line = Line(
        folder, "Line 1", wiring, (Slot("1", "usb-1"),), lambda name: SecretStr(cloud.api_key)
    )
    shift = asyncio.create_task(_shift(cloud, wiring, bystander, folder, monkeypatch))
    teller = Teller(out, True, folder / "record.db")
    shift.add_done_callback(lambda _: teller.enough.set())
    status = await work(line.serve, teller, ("Ann", recipe, None), bystander.post)
    while_open = await shift
    await wiring.close()
    await cloud.close()

    assert status is Exit.UNABLE
    written = [*while_open, *_files(tmp_path / "line"), out.getvalue().encode()]
    written += [repr(event).encode() for event in bystander.said]
    written += [part.encode() for part in capfd.readouterr()]
    secrets = {cloud.api_key.encode(), *tokens_at_the_cloud, *TOKEN.findall(bytes(heard))}
    assert len(secrets) > 10
    everything = b"\0".join(written)
    assert b"351" in everything or b"355" in everything  # the units are there
    assert b"RuntimeError" in everything  # and so are the bugs
    for secret in secrets:
        for piece in _pieces(secret):
            assert piece not in everything


async def _shift(
    cloud: SimulatedNrfCloud,
    wiring: ByHand,
    bystander: Bystander,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> list[bytes]:
    """Work off good and bad boards with good and bad clouds; return what lay on the disk then."""
    count = 0

    async def one(*faults: str) -> RunEnded:
        nonlocal count
        count += 1
        wiring.plug("usb-1", SimulatedNrf91(count, faults=faults, timing=QUICK))
        event = await bystander.until(lambda e: isinstance(e, RunEnded), count)
        assert isinstance(event, RunEnded)
        await wiring.pull("usb-1")
        return event

    assert (await one()).outcome is Outcome.PASS
    for fault in BAD_BOARDS:
        assert (await one(fault)).outcome is not Outcome.PASS
    for fault in BAD_CLOUDS:
        cloud.faults = frozenset({fault})
        await one()
    cloud.faults = frozenset()
    # a bug in the middle of a deed leaves it open: nobody knows
    bugs = ((NrfCloud, "check", "BUG"), (NrfCloud, "claim", "UNSETTLED"), (Nrf91, "prove", "BUG"))
    for kind, verb, code in bugs:
        with monkeypatch.context() as patch:
            patch.setattr(kind, verb, _bug(cloud.api_key, getattr(kind, verb)))
            event = await one()
            assert event.trouble
            assert event.trouble.code == code
    assert (await one()).outcome is Outcome.PASS
    written = [*_files(folder), *_copies(folder)]
    assert any(path.name.endswith("-wal") for path in folder.iterdir())
    cloud.faults = frozenset({"wrong-key"})
    await one()
    return written


def _bug(key: str, verb: Any) -> Any:
    async def broken(self: Any, *args: Any) -> None:
        token = args[0].text if args and isinstance(args[0], Proof) else (await verb(self)).text
        raise RuntimeError(f"sent {token.get_secret_value()} with {key}")

    return broken


def _files(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def _copies(folder: Path) -> list[bytes]:
    sheet, lines = io.StringIO(), io.StringIO()
    with questions.reading(folder / "record.db") as db:
        questions.backup(db, folder / "copy.db")
        questions.export(db, "csv", sheet)
        questions.export(db, "json", lines)
        lives = [questions.show(db, unit["serial"]) for unit in questions.find(db, "")]
    return [sheet.getvalue().encode(), lines.getvalue().encode(), repr(lives).encode()]


def _pieces(secret: bytes) -> list[bytes]:
    """The secret, and parts of it: a page of the database may end in its middle."""
    if len(secret) < 60:
        return [secret]
    # the first 90 characters of a token say who the board is, which is no secret
    return [secret, *(secret[at : at + 24] for at in range(90, len(secret) - 24, 12))]


def test_the_search_would_find_them() -> None:
    token = b"2dn3hQFQ" + bytes(range(65, 91)) * 8
    assert any(piece in b"x" + token[100:150] for piece in _pieces(token))
