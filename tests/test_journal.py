"""The journal: intent committed, act, outcome committed; what is open is settled, never guessed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from station.faults import CloudRefused, CloudUnreachable, Fault, ReplyLost, Unsettled
from station.journal import Deed, Found, Journal
from station.model import Claim, Event, Settled
from station.record import Record, RunNote

CLAIM = Claim("toy", "u-1")


@dataclass
class Toy:
    """A cloud that does what its script says: an act that works, fails, or works and is lost."""

    script: list[str]
    holds: bool = False
    acts: int = 0
    asks: int = 0
    release: asyncio.Event = field(default_factory=asyncio.Event)
    deaf: bool = False
    on_act: Callable[[], None] = lambda: None

    async def ask(self) -> Claim | None:
        self.asks += 1
        if self.deaf:
            raise CloudUnreachable
        return replace(CLAIM, already=True) if self.holds else None

    async def found(self) -> Found:
        claim = await self.ask()
        return Found(claim is not None, claim)

    async def act(self) -> Claim:
        self.acts += 1
        self.on_act()
        match self.script.pop(0):
            case "works":
                self.holds = True
                return CLAIM
            case "lost":
                self.holds = True
                raise ReplyLost
            case "silent":
                raise ReplyLost
            case "unreachable":
                raise CloudUnreachable
            case "refused":
                raise CloudRefused
            case "waits":
                await self.release.wait()
                self.holds = True
                return CLAIM
            case other:
                raise AssertionError(other)

    def deed(self) -> Deed[Claim]:
        return Deed("claim", "u-1", "there", self.ask, self.act, lambda claim: claim)


@pytest.fixture
async def run(record: Record, note: RunNote) -> tuple[int, int]:
    number = await record.begin_run(note)
    return number, await record.begin_step(number, "claim", 5)


@pytest.fixture
def journal(record: Record, said: list[Event]) -> Journal:
    return Journal(record, said.append, grace_s=0.05, doubt_s=0.0, again_after_s=(0.0, 0.0))


async def test_a_deed_is_written_down_before_it_is_done(
    journal: Journal, record: Record, run: tuple[int, int]
) -> None:
    toy = Toy(["works"])
    seen: list[int] = []

    def look() -> None:
        import sqlite3

        with sqlite3.connect(record.path) as db:
            seen.append(
                db.execute("select count(*) from intents where ended is null").fetchone()[0]
            )
        db.close()

    toy.on_act = look
    assert await journal.once(*run, toy.deed()) == CLAIM
    assert seen == [1]
    assert await record.open_intents() == ()


async def test_what_is_done_already_is_not_done_again(
    journal: Journal, record: Record, run: tuple[int, int]
) -> None:
    toy = Toy([], holds=True)
    assert (await journal.once(*run, toy.deed())).already
    assert toy.acts == 0


async def test_a_refusal_closes_the_intent(
    journal: Journal, record: Record, run: tuple[int, int]
) -> None:
    with pytest.raises(CloudRefused):
        await journal.once(*run, Toy(["refused"]).deed())
    assert await record.open_intents() == ()


@pytest.mark.parametrize(
    ("script", "acts"),
    [(["lost"], 1), (["silent", "works"], 2), (["silent", "unreachable", "works"], 3)],
)
async def test_a_lost_reply_costs_nothing(
    journal: Journal, record: Record, run: tuple[int, int], script: list[str], acts: int
) -> None:
    toy = Toy(script)
    assert (await journal.once(*run, toy.deed())).device_id == "u-1"
    assert toy.acts == acts
    assert await record.open_intents() == ()


@pytest.mark.parametrize("last", ["silent", "unreachable", "refused"])
async def test_doubt_stays_doubt(
    journal: Journal, record: Record, run: tuple[int, int], last: str
) -> None:
    """After one lost reply even a plain refusal of the next try proves nothing of the first."""
    with pytest.raises(Unsettled):
        await journal.once(*run, Toy(["silent", last, last]).deed())
    assert len(await record.open_intents()) == 1


async def test_a_stopped_run_does_not_tear_off_its_deed(
    journal: Journal, record: Record, run: tuple[int, int], said: list[Event]
) -> None:
    toy = Toy(["waits"])
    task = asyncio.create_task(journal.once(*run, toy.deed()))
    while not toy.acts:  # noqa: ASYNC110 - a toy tells no one
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(await record.open_intents()) == 1
    toy.release.set()
    await journal.close(5)
    assert await record.open_intents() == ()
    assert said == [Settled(run[0], "claim", "u-1", done=True)]


async def test_two_runs_on_one_unit_do_it_once(
    journal: Journal, record: Record, run: tuple[int, int], note: RunNote
) -> None:
    other = await record.begin_run(note)
    step = await record.begin_step(other, "claim", 5)
    toy = Toy(["works"])
    claims = await asyncio.gather(
        journal.once(*run, toy.deed()), journal.once(other, step, toy.deed())
    )
    assert toy.acts == 1
    assert sorted(claim.already for claim in claims) == [False, True]


@pytest.mark.parametrize("holds", [True, False])
async def test_settling_asks_what_is_true(
    journal: Journal, record: Record, run: tuple[int, int], said: list[Event], holds: bool
) -> None:
    await record.intend(*run, "claim", "u-1", "there")
    toy = Toy([], holds=holds)
    assert await journal.settle("there", lambda intent: toy.found()) == ()
    assert said == [Settled(run[0], "claim", "u-1", done=holds)]


async def test_nothing_is_settled_by_guessing(
    record: Record, run: tuple[int, int], said: list[Event]
) -> None:
    """A deaf cloud, another cloud, or a "no" that may be too early leave the intent open."""
    intent = await record.intend(*run, "claim", "u-1", "there")
    patient = Journal(record, said.append, doubt_s=3600)
    toy = Toy([], deaf=True)
    assert await patient.settle("there", lambda intent: toy.found()) == (intent,)
    toy.deaf = False
    assert await patient.settle("there", lambda intent: toy.found()) == (intent,)
    assert await patient.settle("elsewhere", lambda intent: toy.found()) == ()
    assert await record.open_intents() == (intent,)
    assert said == []


async def test_a_bug_in_a_cloud_leaves_the_intent_open(
    journal: Journal, record: Record, run: tuple[int, int]
) -> None:
    with pytest.raises(AssertionError):
        await journal.once(*run, Toy(["nonsense"]).deed())
    assert len(await record.open_intents()) == 1
    assert not issubclass(AssertionError, Fault)
