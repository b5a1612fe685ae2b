"""What must not be lost of a unit: kept before it is used, given to that unit alone, forgotten whole."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlite_utils import Database

from station.faults import KeystoreUnsafe, SealBroken, SecretMissing
from station.model import Claim, Identity
from station.record import LOGIN, Record, RunNote
from station.seal import NAME, Seal
from tests.by_hand import Keystore

ONE = Identity("scripted", "A1", "M", "1.0", ids=(("serial", "A1"),))
TWO = Identity("scripted", "A2", "M", "1.0", ids=(("serial", "A2"),))
PLACE = "https://tb.example"


async def run_of(record: Record, note: RunNote, unit: Identity) -> int:
    run = await record.begin_run(note)
    await record.learn(run, unit)
    return run


async def test_the_latest_comes_first_at_every_visit_of_the_unit(
    record: Record, note: RunNote
) -> None:
    first = await run_of(record, note, ONE)
    await record.keepsakes.keep(first, PLACE, "A1", LOGIN, "sealed 1")
    await record.keepsakes.keep(first, PLACE, "A1", LOGIN, "sealed 2")
    again = await run_of(record, note, ONE)
    assert await record.keepsakes.kept(again, PLACE, "A1", LOGIN) == ("sealed 2", "sealed 1")
    assert await record.keepsakes.kept(again, PLACE, "A1", "claim secret") == ()
    assert await record.keepsakes.kept(again, "elsewhere", "A1", LOGIN) == ()


async def test_another_unit_is_never_given_it_though_it_says_the_same_name(
    record: Record, note: RunNote
) -> None:
    await record.keepsakes.keep(await run_of(record, note, ONE), PLACE, "N", LOGIN, "sealed")
    other = await run_of(record, note, TWO)
    assert await record.keepsakes.kept(other, PLACE, "N", LOGIN) == ()
    assert await record.keepsakes.drop(other, PLACE, "N", LOGIN) == 0


async def test_what_is_dropped_leaves_the_record(record: Record, note: RunNote) -> None:
    run = await run_of(record, note, ONE)
    for sealed in ("sealed 1", "sealed 2", "sealed 3"):
        await record.keepsakes.keep(run, PLACE, "A1", LOGIN, sealed)
    assert await record.keepsakes.drop(run, PLACE, "A1", LOGIN, but="sealed 3") == 2
    assert await record.keepsakes.kept(run, PLACE, "A1", LOGIN) == ("sealed 3",)
    rows = list(Database(record.path).query("select sealed from keepsakes order by id"))
    assert [row["sealed"] for row in rows] == ["", "", "sealed 3"]


async def test_a_device_that_is_let_go_of_takes_its_keepsakes_along(
    record: Record, note: RunNote
) -> None:
    run = await run_of(record, note, ONE)
    await record.keepsakes.keep(run, PLACE, "A1", LOGIN, "sealed")
    step = await record.begin_step(run, "release", 5)
    await record.intend(run, step, "release", "A1", PLACE)
    await record.conclude(run, "release", "A1", PLACE, done=False, claim=None)
    assert await record.keepsakes.kept(run, PLACE, "A1", LOGIN) == ("sealed",)
    await record.intend(run, step, "release", "A1", PLACE)
    await record.conclude(run, "release", "A1", PLACE, done=True, claim=Claim("tb", "A1"))
    assert await record.keepsakes.kept(run, PLACE, "A1", LOGIN) == ()


def missing(name: str) -> SecretStr:
    raise SecretMissing(name)


def refuses(name: str, value: SecretStr) -> None:
    raise KeystoreUnsafe(name)


def test_without_a_keystore_the_seal_comes_of_a_secret_that_opens_as_much() -> None:
    text = SecretStr("a login")
    sealed = Seal.of(missing, refuses, SecretStr("provision secret")).close(text)
    assert Seal.of(missing, refuses, SecretStr("provision secret")).open(sealed) == text
    with pytest.raises(SealBroken):
        Seal.of(missing, refuses, SecretStr("another secret")).open(sealed)
    with pytest.raises(KeystoreUnsafe):
        Seal.of(missing, refuses)


def test_what_was_sealed_without_a_keystore_opens_once_there_is_one() -> None:
    otherwise, text = SecretStr("provision secret"), SecretStr("a login")
    sealed = Seal.of(missing, refuses, otherwise).close(text)
    keystore = Keystore()
    later = Seal.of(keystore.secret, keystore.store, otherwise)
    assert later.open(sealed) == text
    assert Fernet(keystore[NAME].get_secret_value()).decrypt(later.close(text).encode())
