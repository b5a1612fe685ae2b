from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import chain, cycle, repeat
from typing import TypeVar

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from station.boards import KeepsCredentials
from station.boards.nrf91 import Nrf91, Nrf91Options
from station.faults import (
    AnswerBroken,
    BoardFault,
    BoardRefused,
    BoardSilent,
    CredentialExists,
    CredentialLost,
    Fault,
    KeyMismatch,
    LinkLost,
)
from station.model import Credential, CredentialKind, SigningRequest
from tests.boards.scripted_nrf91 import (
    UUID,
    HostBoard,
    Keeper,
    ScriptedBoard,
    ShellBoard,
    at_once,
)

T = TypeVar("T")

Dialect = type[HostBoard] | type[ShellBoard]
DIALECTS = [pytest.param(HostBoard, id="AT host"), pytest.param(ShellBoard, id="AT shell")]
TAG = 16842753
CA = "-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----\n"
STORED = CA.replace("\n", "\r\n")
SECRET = "MHcCAQEEIVerySecretKeyMaterial0123456789"
PRIVATE = f"-----BEGIN EC PRIVATE KEY-----\n{SECRET}\n-----END EC PRIVATE KEY-----\n"
ROOT, KEY = CredentialKind.ROOT_CA, CredentialKind.CLIENT_KEY
LOG = b"[00:00:42.258,361] \x1b[1;33m<wrn> cloud: 1234567 OK\x1b[0m\r\n"


def run(board: ScriptedBoard, story: Callable[[Nrf91], Awaitable[T]]) -> T:
    async def whole() -> T:
        return await story(await Nrf91.open(board, Nrf91Options(), challenge=lambda: bytes(16)))

    return at_once(whole())


def detail_of(
    fault: type[Fault], board: ScriptedBoard, story: Callable[[Nrf91], Awaitable[T]]
) -> str:
    with pytest.raises(fault) as caught:
        run(board, story)
    return caught.value.detail


async def everything(board: Nrf91) -> tuple[SigningRequest, tuple[Credential, ...], float]:
    await board.go_offline()
    request = await board.make_key(TAG)
    await board.write_credential(TAG, ROOT, CA)
    kept = await board.credentials(TAG)
    await board.erase_credential(TAG, ROOT)
    await board.erase_credential(TAG, KEY)
    assert await board.credentials(TAG) == ()
    await board.go_online()
    return SigningRequest(b"", request.subject, TAG), kept, asyncio.get_running_loop().time()


def test_an_nrf91_keeps_credentials() -> None:
    async def story(board: Nrf91) -> bool:
        store: KeepsCredentials = board
        return await store.credentials(TAG) == ()

    assert run(HostBoard(Keeper()), story)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_however_the_bytes_are_cut_the_credentials_are_the_same(dialect: Dialect) -> None:
    request, kept, waited_s = run(dialect(Keeper()), everything)
    assert [each.kind for each in kept] == [KEY, ROOT]
    assert (request.subject, waited_s) == ("unit", 0)
    for size in (*range(1, 40), 63, 64, 65, 511):
        assert run(dialect(Keeper(), cycle([size])), everything) == (request, kept, 0), size


@pytest.mark.parametrize("dialect", DIALECTS)
@given(gaps=st.lists(st.integers(3, 300), min_size=1, max_size=20))
@settings(max_examples=40)
def test_log_entries_anywhere_in_the_answers_change_nothing(
    dialect: Dialect, gaps: list[int]
) -> None:
    board = dialect(Keeper())
    noise = chain.from_iterable(chain(repeat(b"", gap), [LOG]) for gap in cycle(gaps))
    board.noise = lambda: next(noise)
    request, kept, _ = run(board, everything)
    assert (request.subject, [each.kind for each in kept]) == ("unit", [KEY, ROOT])


@pytest.mark.parametrize("dialect", DIALECTS)
@given(
    command=st.sampled_from(["AT%CMNG=0", "AT%CMNG=1", "AT%CMNG=3", "AT%KEYGEN", "AT+CFUN"]),
    nth=st.integers(0, 3),
    place=st.integers(0, 900),
    how=st.sampled_from(["lost", "doubled", "flipped", "silent after"]),
)
@example(command="AT%CMNG=1", nth=3, place=720, how="flipped")
@settings(max_examples=200)
def test_one_broken_answer_never_makes_a_wrong_result(
    dialect: Dialect, command: str, nth: int, place: int, how: str
) -> None:
    class Breaking(Keeper):
        seen = 0

        def answer(self, asked: str) -> str | None:
            good = super().answer(asked)
            self.seen += asked.startswith(command)
            if not asked.startswith(command) or self.seen != nth + 1 or not good:
                return good
            at = place % len(good)
            spoiled = {
                "lost": "",
                "doubled": good[at] * 2,
                "flipped": chr(ord(good[at]) ^ 1),
                "silent after": "",
            }[how]
            return good[:at] + spoiled + ("" if how == "silent after" else good[at + 1 :])

    modem = Breaking()
    request, kept, _ = run(dialect(modem), everything)
    assert (request.subject, [each.kind for each in kept]) == ("unit", [KEY, ROOT])
    assert list(modem.kept) == [(4294967292, 11)]
    assert modem.keys_made <= 2


@pytest.mark.parametrize("dialect", DIALECTS)
def test_nothing_is_done_that_is_so_already(dialect: Dialect) -> None:
    modem = Keeper(mode=4)

    async def story(board: Nrf91) -> None:
        await board.go_offline()
        await board.write_credential(TAG, ROOT, CA)
        await board.write_credential(TAG, ROOT, CA.replace("\n", "\r\n").strip())
        await board.go_online()
        await board.go_online()

    run(dialect(modem), story)
    assert modem.kept[TAG, 0] == STORED
    assert [asked for asked in modem.asked if "CFUN=" in asked] == ["AT+CFUN=1"]
    assert sum(asked.startswith("AT%CMNG=0") for asked in modem.asked) == 1


@pytest.mark.parametrize("mode", [0, 4])
def test_a_deactivated_modem_is_left_as_it_is(mode: int) -> None:
    modem = Keeper(mode)

    async def story(board: Nrf91) -> None:
        await board.go_offline()
        await board.make_key(TAG)
        await board.close()

    run(HostBoard(modem), story)
    assert modem.mode == mode


@pytest.mark.parametrize("mode", [1, 21])
def test_an_active_modem_is_taken_off_the_air_and_only_one_on_it_put_back(mode: int) -> None:
    modem = Keeper(mode)

    async def story(board: Nrf91) -> None:
        await board.go_offline()
        assert modem.mode == 4
        await board.close()

    run(HostBoard(modem), story)
    assert modem.mode == (1 if mode == 1 else 4)


def test_a_board_that_is_gone_is_closed_all_the_same() -> None:
    host = HostBoard(Keeper())

    async def story(board: Nrf91) -> None:
        await board.go_offline()
        host.unplug()
        await board.close()

    run(host, story)


def test_a_modem_that_is_active_after_all_is_deactivated_once_and_asked_again() -> None:
    modem = Keeper()

    async def story(board: Nrf91) -> None:
        await board.write_credential(TAG, ROOT, CA)
        modem.mode = 1
        await board.erase_credential(TAG, ROOT)
        modem.mode = 1
        await board.make_key(TAG)

    run(HostBoard(modem), story)
    assert modem.asked.count("AT+CFUN=4") == 3
    modem.next["AT%CMNG=3"] = ["+CME ERROR: 518\r\n"] * 9

    async def erase(board: Nrf91) -> None:
        await board.erase_credential(TAG, ROOT)

    assert "518, not allowed while" in detail_of(BoardRefused, HostBoard(modem), erase)


async def erasing(board: Nrf91) -> None:
    await board.erase_credential(TAG, ROOT)


async def writing(board: Nrf91) -> None:
    await board.write_credential(TAG, ROOT, CA)


async def making(board: Nrf91) -> SigningRequest:
    return await board.make_key(TAG)


async def listing(board: Nrf91) -> tuple[Credential, ...]:
    return await board.credentials(TAG)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("command", "story", "number", "fault", "says"),
    [
        ("AT%CMNG=3", erasing, 514, BoardRefused, "AT%CMNG=3,16842753,0: +CME ERROR: 514, no acc"),
        ("AT%CMNG=1", listing, 514, BoardRefused, "AT%CMNG=1,16842753: +CME ERROR: 514, no acc"),
        ("AT%CMNG=0", writing, 515, BoardRefused, '"…": +CME ERROR: 515, memory full'),
        ("AT%CMNG=0", writing, 519, CredentialExists, "root ca under tag 16842753"),
        ("AT%CMNG=0", writing, 528, BoardRefused, "528, a power-off warning is active"),
        ("AT%KEYGEN", making, 523, BoardRefused, "AT%KEYGEN=16842753,2,0: +CME ERROR: 523, key"),
        ("AT%KEYGEN", making, 519, CredentialExists, "a key under security tag 16842753"),
    ],
)
def test_each_refusal_is_its_own_fault(
    dialect: Dialect,
    command: str,
    story: Callable[[Nrf91], Awaitable[object]],
    number: int,
    fault: type[Fault],
    says: str,
) -> None:
    modem = Keeper(mode=4)
    modem.kept[TAG, 0] = "other"
    modem.next[command] = [f"+CME ERROR: {number}\r\n"] * 3
    assert says in detail_of(fault, dialect(modem), story)
    assert modem.kept[TAG, 0] == "other"


@pytest.mark.parametrize("story", [erasing, listing])
def test_what_is_not_there_is_no_fault(story: Callable[[Nrf91], Awaitable[object]]) -> None:
    modem = Keeper(mode=4)
    modem.next = {
        "AT%CMNG=1": ["+CME ERROR: 513\r\n"] * 3,
        "AT%CMNG=3": ["+CME ERROR: 513\r\n"] * 3,
    }
    assert not run(HostBoard(modem), story)


def test_a_credential_that_the_board_does_not_keep_is_lost() -> None:
    class Forgetful(Keeper):
        def _write_or_erase(self, rest: str) -> str:
            return super()._write_or_erase(rest.replace("TUlJQg", "TUlJQh"))

    said = detail_of(CredentialLost, HostBoard(Forgetful(4)), writing)
    assert said == "root ca under security tag 16842753: another digest"


# The modem's own


@pytest.mark.parametrize("tag", [2147483648, 4294967292, -1])
def test_the_modems_own_tags_are_never_touched(tag: int) -> None:
    modem = Keeper(mode=4)

    async def story(board: Nrf91) -> None:
        assert await board.credentials(tag) == ()
        with pytest.raises(BoardRefused, match="belongs to the modem"):
            await board.erase_credential(tag, KEY)
        with pytest.raises(BoardRefused, match="belongs to the modem"):
            await board.write_credential(tag, ROOT, CA)
        with pytest.raises(BoardRefused, match="belongs to the modem"):
            await board.make_key(tag)

    if tag < 0:
        modem.next["AT%CMNG=1"] = ["OK\r\n"]
    run(HostBoard(modem), story)
    assert not [asked for asked in modem.asked if "AT%CMNG=0" in asked or "AT%CMNG=3" in asked]


def test_rows_of_the_modems_tags_and_of_kinds_that_are_not_ours_are_not_counted() -> None:
    modem = Keeper(mode=4)
    row = '%CMNG: {},{},"' + "0a" * 32 + '"\r\n'
    rows = [(TAG, 1), (TAG, 8), (4294967294, 1), (4294967294, 6)]
    modem.next["AT%CMNG=1"] = ["".join(row.format(*each) for each in rows) + "OK\r\n"] * 2
    kept = run(HostBoard(modem), listing)
    assert kept == (Credential(TAG, CredentialKind.CLIENT_CERTIFICATE, "0A" * 32),)


@pytest.mark.parametrize(
    "broken",
    [
        '%CMNG: 16842753,0,"0A"',
        "%CMNG: 1684275",
        "CMNG: 1,2",
        '%CMNG: 6842753,0,"' + "0A" * 32 + '"',
    ],
)
def test_a_list_that_stays_garbled_is_never_an_empty_one(broken: str) -> None:
    modem = Keeper(mode=4)
    modem.next["AT%CMNG=1"] = [f"{broken}\r\nOK\r\n"] * 3
    assert "a row of the list" in detail_of(AnswerBroken, HostBoard(modem), listing)


# Keys


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_key_is_the_units_own_and_takes_its_time(dialect: Dialect) -> None:
    class Slow(dialect):  # type: ignore[misc, valid-type]
        def emit(self, text: str | bytes) -> None:
            if isinstance(text, str) and text.startswith("%KEYGEN"):
                asyncio.get_running_loop().call_later(20, super().emit, text)
            else:
                super().emit(text)

    request = run(Slow(Keeper()), making)
    assert (request.subject, request.sec_tag) == ("unit", TAG)
    assert request.device_id == "50363154-3931-44f0-8022-121b6401627d"


def test_a_subject_goes_into_the_request_and_a_strange_one_is_a_bug() -> None:
    async def named(board: Nrf91) -> str:
        for strange in ('a"b', "a,b", "x" * 65, "a b", "a\nb"):
            with pytest.raises(ValueError, match="a subject is"):
                await board.make_key(TAG, strange)
        return (await board.make_key(TAG, "nrf-352656100367872")).subject

    assert run(HostBoard(Keeper()), named) == "nrf-352656100367872"


def test_a_key_that_is_there_is_never_erased_for_a_new_one() -> None:
    modem = Keeper(mode=4)
    modem.kept[TAG, 2] = "the old key"
    modem.next["AT%CMNG=1"] = ["OK\r\n"]  # it even hides it
    assert "a key under" in detail_of(CredentialExists, HostBoard(modem), making)
    assert "a key under" in detail_of(CredentialExists, HostBoard(modem), making)
    assert modem.kept[TAG, 2] == "the old key"


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("answer", [None, "OK\r\n", '%KEYGEN: "abc.def"\r\nOK\r\n'])
def test_a_key_whose_request_was_lost_is_made_anew_once(
    dialect: Dialect, answer: str | None
) -> None:
    modem = Keeper(mode=4)
    modem.next["AT%KEYGEN"] = [answer]
    assert run(dialect(modem), making).subject == "unit"
    assert (modem.keys_made, modem.kept[TAG, 2]) == (2, "key 2")


@pytest.mark.parametrize(("answer", "fault"), [(None, BoardSilent), ("OK\r\n", AnswerBroken)])
def test_a_key_whose_request_is_never_had_is_not_left_behind(
    answer: str | None, fault: type[Fault]
) -> None:
    modem = Keeper(mode=4)
    modem.next["AT%KEYGEN"] = [answer] * 2
    assert "AT%KEYGEN" in detail_of(fault, HostBoard(modem), making)
    assert (modem.keys_made, (TAG, 2) in modem.kept) == (2, False)


def test_a_request_of_another_unit_is_refused() -> None:
    modem = Keeper(mode=4)
    modem.uuid = UUID[::-1]
    assert "made by 7d62" in detail_of(KeyMismatch, HostBoard(modem), making)


# The wire


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_long_credential_goes_out_no_faster_than_the_wire(dialect: Dialect) -> None:
    board = dialect(Keeper(mode=4))
    long = CA.replace("TUlJQg==", "\n".join(["A" * 64] * 30))

    async def story(nrf91: Nrf91) -> float:
        await nrf91.write_credential(TAG, ROOT, long)
        return asyncio.get_running_loop().time()

    waited_s = run(board, story)
    assert max(map(len, board.typed)) == 256
    longest = max(len(board.typed[-2]), sum(map(len, board.typed)) - 300)
    assert waited_s == pytest.approx(longest // 256 * 256 / 11_520, abs=0.03)
    assert board.modem.kept[TAG, 0] == long.replace("\n", "\r\n")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("dialect", "says"), [(HostBoard, "bytes are more than it can take"), (ShellBoard, "BUFF_SIZE")]
)
def test_a_credential_that_the_console_can_not_take_is_refused_in_words(
    dialect: Dialect, says: str
) -> None:
    class Narrow(dialect):  # type: ignore[misc, valid-type]
        def key(self, key: bytes) -> None:
            if key in b"\r\n" or len(self.half_typed) < 2047 or isinstance(self, HostBoard):
                super().key(key)

    board = Narrow(Keeper(mode=4))

    async def story(nrf91: Nrf91) -> None:
        await nrf91.write_credential(TAG, ROOT, CA * 70)

    assert says in detail_of(BoardRefused, board, story)


@pytest.mark.parametrize("which", [1, 2])
def test_a_quote_that_is_lost_on_the_way_does_not_lock_an_at_host_up(which: int) -> None:
    class Losing(HostBoard):
        quotes = 0

        def key(self, key: bytes) -> None:
            self.quotes += key == b'"'
            if key != b'"' or self.quotes != which:
                super().key(key)

    modem = Keeper(mode=4)

    async def story(board: Nrf91) -> None:
        await board.write_credential(TAG, ROOT, CA)
        await board.identify()
        await board.prove()

    run(Losing(modem), story)
    assert modem.kept[TAG, 0] == STORED


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "rest", ["*** Booting Ass", "[00:00:01.2", "[00:00:01.200,1] <inf> ma", "35"]
)
def test_what_a_restart_cut_off_does_not_spoil_the_next_answer(dialect: Dialect, rest: str) -> None:
    modem = Keeper(mode=4)

    class Restarting(dialect):  # type: ignore[misc, valid-type]
        async def send(self, data: bytes) -> None:
            await super().send(data)
            self.emit(rest)

    async def story(board: Nrf91) -> float:
        await board.identify()
        await board.write_credential(TAG, ROOT, CA)
        await board.go_online()
        return asyncio.get_running_loop().time()

    run(Restarting(modem), story)
    assert modem.kept[TAG, 0] == STORED


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("step", range(8))
def test_an_unplugged_board_is_a_lost_link_at_every_step(dialect: Dialect, step: int) -> None:
    class Leaving(dialect):  # type: ignore[misc, valid-type]
        async def send(self, data: bytes) -> None:
            if len(self.typed) == step:
                asyncio.get_running_loop().call_soon(self.unplug)
                self.takes_input = False
            await super().send(data)

    with pytest.raises(LinkLost):
        run(Leaving(Keeper()), everything)


# Secrets


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "answer", [None, "ERROR\r\n", "+CME ERROR: 527\r\n", f"{SECRET}\r\n", "long"]
)
def test_a_private_key_is_never_shown(
    dialect: Dialect, answer: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    modem = Keeper(mode=4)
    modem.next["AT%CMNG=0"] = [answer] * 9
    pem = PRIVATE * 60 if answer == "long" else PRIVATE

    async def story(board: Nrf91) -> None:
        await board.write_credential(TAG, KEY, pem)

    caplog.set_level(logging.DEBUG)
    with pytest.raises(BoardFault) as caught:
        run(dialect(modem), story)
    fault: BaseException | None = caught.value
    shown = caplog.text
    while fault is not None:
        shown += f"{fault} {fault!r} {fault.args} {getattr(fault, 'trouble', '')}"
        fault = fault.__cause__ or fault.__context__
    assert SECRET[:12] not in shown
    assert "PRIVATE" not in shown


@pytest.mark.parametrize("pem", ["", " \n", 'a"b', "a\\nb", "a\x00b", "ä", "a'b"])
def test_what_is_no_plain_text_is_a_bug(pem: str) -> None:
    async def story(board: Nrf91) -> None:
        with pytest.raises(ValueError, match="a credential is text") as caught:
            await board.write_credential(TAG, ROOT, pem)
        assert not pem.strip() or pem not in str(caught.value)

    run(HostBoard(Keeper(mode=4)), story)
