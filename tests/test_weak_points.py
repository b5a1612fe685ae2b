"""Where the vendor's command-line tools are weak, by measurement or by their users' word, we are not.

The tools are nrfcloud-utils 3.3.1 and nrfcredstore 2.1.0; each test says what they do. What other
tests show is named in test_weak_points_elsewhere.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import SecretStr
from sqlite_utils import Database

from station.authority import make_authority
from station.boards.nrf91 import Nrf91, Nrf91Options
from station.clouds.nrf_cloud import NrfCloud
from station.clouds.nrf_cloud_options import NrfCloudOptions
from station.faults import BoardSilent, FileWrong, RecordInUse
from station.links import LineSettings, Link
from station.links.memory import pair
from station.model import Claimed, Credentials, Order, Outcome, Port, Prompted, Refused, RunEnded
from station.record import Record, questions
from station.registry import Equipment
from station.simulation import key_message
from station.simulation.csr import KEY_USAGE, request
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_credentials import ROOT_CA
from station.simulation.nrf91_faults import Timing, token_source
from station.simulation.nrf_cloud import Asked
from station.vendor_csv import read_gathered
from station.visit import CONNECT_WITHIN_S, Visit
from tests.boards.scripted_nrf91 import at_once
from tests.by_hand import Hall, open_hall, write_recipe
from tests.clouds.answering import Answer, Answering
from tests.clouds.conftest import SUBJECTS, proof

TAG, OTHER_TAG = 16_842_753, 50
PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
PASS = (Outcome.PASS, "")

RECIPE = """\
recipe = 1
name = "Tracker"
procedure = "{procedure}"
[board]
kind = "nrf91"
[cloud]
kind = "nrf_cloud"
provisioning_url = "{{http}}"
timeout_s = 1.5
tags = {tags}
"""
OWN = '[options.authority]\ncertificate = "ca.pem"\nkey_file = "ca.key"\n'


def recipe(procedure: str, *, tags: str = "[]") -> str:
    signs = procedure in {"claim_own_ca", "local_credentials"}
    return RECIPE.format(procedure=procedure, tags=tags) + (OWN if signs else "")


@dataclass
class Line:
    """A hall whose operator works by one recipe after the other."""

    hall: Hall

    async def work(self, procedure: str, *, tags: str = "[]") -> None:
        text = recipe(procedure, tags=tags)
        write_recipe(self.hall.recipe.parent, self.hall.cloud.address, text)
        await self.hall.sign_in()

    def board(self, number: int = 1, *faults: str, **more: Any) -> SimulatedNrf91:
        more = {"dialect": "at-shell", "timing": Timing(), "air": self.hall.cloud.air, **more}
        return SimulatedNrf91(number, faults=faults, **more)

    async def visit(self, unit: SimulatedNrf91) -> tuple[Outcome, str]:
        ended = await self.hall.run(unit)
        await self.hall.wiring.pull("usb-1")
        return _told(ended)

    @property
    def asked(self) -> list[Asked]:
        return self.hall.cloud.log


def _told(ended: RunEnded) -> tuple[Outcome, str]:
    return ended.outcome, ended.trouble.code if ended.trouble else ""


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    folder = tmp_path / "line"
    folder.mkdir()
    certificate, key = make_authority("Line 1")
    (folder / "ca.pem").write_text(certificate)
    (folder / "ca.key").write_text(key.get_secret_value())
    hall = await open_hall(folder, slots=8, text=recipe("claim"))
    yield Line(hall)
    await hall.close()


def waited_s(unit: SimulatedNrf91, story: Callable[[Nrf91], Awaitable[object]]) -> float:
    """Return how long a story with a board takes by a clock that shows only what is waited for."""

    async def whole() -> float:
        ours, theirs = pair()
        life = asyncio.create_task(unit.run(theirs))
        clock = asyncio.get_running_loop().time
        began_s = clock()
        try:
            await story(await Nrf91.open(ours, Nrf91Options()))
            return clock() - began_s
        finally:
            await ours.close()
            with suppress(asyncio.CancelledError):
                await life

    return at_once(whole())


async def introduced(board: Nrf91) -> None:
    await board.identify()
    await board.prove()


async def test_a_station_works_on_many_boards_at_once(line: Line) -> None:
    """They: one board, one port and one process; no view of a line, nothing to resume."""
    await line.work("claim")
    units = [line.board(number) for number in range(1, 9)]
    for place, unit in enumerate(units, 1):
        line.hall.wiring.plug(f"usb-{place}", unit)
    for place, unit in enumerate(units, 1):
        ended = await line.hall.bystander.ended(str(place))
        assert (_told(ended), ended.unit) == (PASS, unit.identity["imei"])


@pytest.mark.parametrize("faults", [(), ("noisy",)])
def test_a_board_that_was_woken_is_not_waited_for(faults: tuple[str, ...]) -> None:
    """They: 15 s for a line of the log that never compares equal, for its time stamp."""
    unit = SimulatedNrf91(1, dialect="at-shell", firmware="sdk-sample", faults=faults)
    assert waited_s(unit, lambda board: board.wake()) < 1.0


@pytest.mark.parametrize("lines_a_second", [20, 40])
@pytest.mark.parametrize("dialect", ["at-host", "at-shell"])
def test_a_chatty_board_takes_no_longer(dialect: str, lines_a_second: int) -> None:
    """They: a tenth of a second for each line that comes, so 6.6 to 12.7 s instead of 3.5 s."""
    quiet, chatty = (
        SimulatedNrf91(1, dialect=dialect, timing=Timing(latency_s=1.0, log_lines_a_second=lines))
        for lines in (0, lines_a_second)
    )
    # a question may come while a line is written, and waits for the next one
    assert waited_s(chatty, introduced) < waited_s(quiet, introduced) + 0.5


def test_a_silent_board_is_given_up_with_a_name() -> None:
    """They: 13.4 to 15.6 s, and then an IndexError."""

    async def whole() -> float:
        ours, theirs = pair()
        life = asyncio.create_task(SimulatedNrf91(1, faults=["silent"]).run(theirs))
        with pytest.raises(BoardSilent):
            await Nrf91.open(ours, Nrf91Options())
        took_s = asyncio.get_running_loop().time()
        await ours.close()
        await life
        return took_s

    assert at_once(whole()) * len(Nrf91.lines) < 5.0


def test_a_board_without_flow_control_works_by_itself() -> None:
    """They: seems silent, until somebody finds the option that turns RTS/CTS off."""
    lines: list[bool] = []

    async def whole() -> tuple[str, float]:
        lives: list[asyncio.Task[bool]] = []

        class Wires:
            async def open(self, port: Port, settings: LineSettings) -> Link:
                lines.append(settings.rtscts)
                ours, theirs = pair()
                if not settings.rtscts:
                    lives.append(asyncio.create_task(SimulatedNrf91(1).run(theirs)))
                return ours

        recipe = SimpleNamespace(board_options=Nrf91Options())
        equipment = cast(Equipment, SimpleNamespace(board=Nrf91, recipe=recipe))
        visit = Visit(cast(Any, Wires()), Port("/dev/ttyUSB0"), "nrf91", equipment)
        link, board = await visit._connect()
        took_s = asyncio.get_running_loop().time()
        identity = await board.identify()
        await link.close()
        await asyncio.gather(*lives)
        return identity.serial, took_s

    imei, took_s = at_once(whole())
    assert lines == [True, False]
    assert imei == SimulatedNrf91(1).identity["imei"]
    assert took_s < CONNECT_WITHIN_S


@pytest.mark.parametrize("dialect", ["at-host", "at-shell"])
async def test_the_imei_in_the_record_is_the_boards_and_nobody_says_how_to_ask(
    line: Line, dialect: str
) -> None:
    """They: `[00:00:07.123,4` or `uart:~$ 3550259` in the file; and the word `at` that is forgotten."""
    await line.work("claim")
    unit = line.board(1, "noisy", "log-inside", dialect=dialect)
    assert await line.visit(unit) == PASS
    with questions.reading(line.hall.record.path) as db:
        (row,) = questions.rows(db)
    assert row["serial"] == unit.identity["imei"]
    assert row["ids"] == f"imei={unit.identity['imei']} uuid={unit.identity['uuid']}"


async def test_a_cloud_that_never_answers_has_its_time(line: Line) -> None:
    """They: no time limit on any request."""
    await line.work("claim")
    line.hall.cloud.faults = frozenset({"timeout"})
    assert await line.visit(line.board()) == (Outcome.ERROR, "REPLY-LOST")


async def test_all_that_was_done_is_in_the_record(line: Line) -> None:
    """They: a log in prose; no operator, no order, no firmware, and a claim is written nowhere."""
    await line.work("claim")
    await line.hall.engine.sign_in(Credentials("Ann"), line.hall.recipe, 40)
    unit = line.board()
    assert await line.visit(unit) == PASS
    with questions.reading(line.hall.record.path) as db:
        (life,) = questions.show(db, unit.identity["imei"])
    (run,) = life["runs"]
    told = {name: run[name] for name in ("operator", "station", "slot", "recipe", "procedure")}
    assert told == {
        "operator": "Ann", "station": "Line 1", "slot": "1",
        "recipe": "Tracker", "procedure": "claim",
    }  # fmt: skip
    assert run["work_order"]
    assert run["ended"] >= run["began"]
    assert run["firmware"] == unit.identity["modem_firmware"]
    assert [claim["device_id"] for claim in life["claims"]] == [unit.identity["uuid"]]


async def test_two_stations_can_not_overwrite_each_others_record(line: Line) -> None:
    """They: each rewrites the same CSV in place, and the last one wins."""
    await line.work("claim")
    assert await line.visit(line.board(1)) == PASS
    with pytest.raises(RecordInUse):
        await asyncio.to_thread(Record, line.hall.record.path)
    assert await line.visit(line.board(2)) == PASS
    with questions.reading(line.hall.record.path) as db:
        assert len(list(questions.rows(db))) == 2
        assert questions.verify(db) == []


async def test_half_a_token_is_never_kept(line: Line) -> None:
    """They: whatever stands between the quotes is saved, and fails weeks later."""
    await line.work("gather")
    unit = line.board(1, "token-cut")
    assert await line.visit(unit) == (Outcome.FAIL, "TOKEN-BROKEN")
    length = await line.hall.record.queue.length(line.hall.cloud.address)
    assert (length.waiting, length.refused) == (0, 0)
    token = token_source(SimulatedNrf91(1).unit, frozenset())(None)
    told = f"{unit.identity['imei']},{unit.identity['uuid']},{token},2026-01-01T00:00:00Z\n"
    assert len(read_gathered(told)) == 1
    with pytest.raises(FileWrong, match=r"\b2\b.*token"):
        read_gathered(told + told.replace(token, token[:101]))


async def test_a_bulk_claim_says_what_it_is() -> None:
    """They: the header `contentType`, which nobody reads."""

    def answer(asked: Any) -> Answer:
        return 201, {"claimedIds": list(SUBJECTS), "failed": []}

    async with Answering(answer) as cloud:
        ours = NrfCloud(NrfCloudOptions(provisioning_url=cloud.address), SecretStr("k3y"))
        await ours.claim_many([proof(each) for each in SUBJECTS])
        await ours.close()
    assert [each.headers["content-type"] for each in cloud.asked] == ["text/csv"]


async def test_tags_are_words_of_their_own(line: Line) -> None:
    """They: `a,b` becomes one tag with a comma in it."""
    await line.work("claim", tags='["a", "b"]')
    unit = line.board()
    assert await line.visit(unit) == PASS
    (claimed,) = line.hall.bystander.of(Claimed)
    assert claimed.claim.tags == ("a", "b")
    await line.work("claim", tags='["a,b"]')
    refused = line.hall.bystander.of(Refused)[-1].trouble
    assert refused.code == "RECIPE-WRONG"
    assert "commas" in refused.detail


async def test_rule_and_tag_are_seen_to_once(line: Line) -> None:
    """They: the tag is sent again for each unit."""
    await line.work("claim", tags='["nrf-cloud-onboarding"]')
    for number in range(1, 4):
        assert await line.visit(line.board(number)) == PASS
    sent = [asked.path for asked in line.asked if asked.method == "POST"]
    assert sent.count("/v1/provisioning/tags") == 1
    assert sent.count("/v1/provisioning-rules") == 1


def another_units(told: str, uuid: UUID) -> str:
    neighbour = UUID(int=uuid.int ^ 1)
    return key_message.issue(key_message.KeyMessage(neighbour, TAG, key_message.CSR, _der(uuid)))


def another_key(told: str, uuid: UUID) -> str:
    of_nobody = key_message.issue(key_message.KeyMessage(uuid, TAG, key_message.CSR, _der(uuid)))
    return f"{of_nobody.partition('.')[0]}.{told.partition('.')[2]}"


def _der(uuid: UUID) -> bytes:
    return request(ec.generate_private_key(ec.SECP256R1()), f"CN={uuid}", KEY_USAGE)


@pytest.mark.parametrize("lie", [another_units, another_key])
async def test_what_the_unit_has_not_signed_gets_no_certificate(
    line: Line, monkeypatch: pytest.MonkeyPatch, lie: Callable[[str, UUID], str]
) -> None:
    """They: whose request it is is not looked at, and a digest that differs is a line of the log."""
    await line.work("claim_own_ca")
    unit = line.board()
    honest = NrfCloud.order_now

    async def order_now(self: NrfCloud, subject: str, order: str) -> Order:
        now = await honest(self, subject, order)
        if "csr" not in now.answer:
            return now
        return replace(now, answer={"csr": lie(now.answer["csr"], UUID(subject))})

    monkeypatch.setattr(NrfCloud, "order_now", order_now)
    assert await line.visit(unit) == (Outcome.FAIL, "KEY-MISMATCH")
    sent = [asked for asked in line.asked if asked.method == "POST" and "devices/" in asked.path]
    assert [asked.path.rpartition("/")[2] for asked in sent] == ["provisioning"]
    trail = {row["what"] for row in Database(line.hall.record.path).table("trail").rows}
    assert "certificate signed" not in trail


async def test_a_key_whose_answer_was_lost_is_had_all_the_same(line: Line) -> None:
    """They: the key is there, nothing was printed, and the tag is taken for ever after."""
    await line.work("local_credentials")
    unit = line.board(1, "keygen-unsaid")
    assert await line.visit(unit) == PASS
    unit.radio.boot()
    async with asyncio.timeout(10):
        await unit.radio.connected.wait()


async def test_only_what_is_named_is_erased(line: Line) -> None:
    """They: deleteall takes the root CA of provisioning with it; delete says nothing at all."""
    await line.work("local_credentials")
    unit = line.board()
    assert await line.visit(unit) == PASS
    unit.credentials.write(OTHER_TAG, ROOT_CA, PEM)
    others = [each for each in unit.credentials.listed() if each[0] != TAG]
    assert {tag for tag, _, _ in others} > {OTHER_TAG}
    await line.work("take_back")
    assert await line.visit(unit) == PASS
    assert list(unit.credentials.listed()) == others
    trail = [row["what"] for row in Database(line.hall.record.path).table("trail").rows]
    assert trail.count("erased") == 1


async def test_a_unit_that_the_cloud_did_not_let_go_of_is_not_erased(line: Line) -> None:
    """They: whatever goes wrong with the unclaiming, the rest is done."""
    await line.work("local_credentials")
    unit = line.board()
    assert await line.visit(unit) == PASS
    held = list(unit.credentials.listed())
    await line.work("take_back")
    line.hall.cloud.faults = frozenset({"server-error"})
    outcome, _ = await line.visit(unit)
    assert outcome in {Outcome.ERROR, Outcome.UNKNOWN}
    assert list(unit.credentials.listed()) == held


async def test_a_board_that_nothing_can_wake_is_asked_for_aloud(line: Line) -> None:
    """They: with `auto` nobody wakes the board, and its request is waited for without an end."""
    await line.work("claim_own_ca")
    unit = line.board(dialect="at-host")
    visit = asyncio.create_task(line.visit(unit))
    for count in (1, 2):
        prompted = await line.hall.bystander.until(lambda e: isinstance(e, Prompted), count)
        assert isinstance(prompted, Prompted)
        assert prompted.trouble.code == "POWER-NEEDED"
        unit.radio.boot()
    assert await visit == PASS
