from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from itertools import chain, cycle, repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from station.boards import BoardKind
from station.boards.nrf91 import Nrf91, Nrf91Options
from station.boards.nrf91_asked import luhn_holds
from station.faults import (
    AnswerBroken,
    BoardRefused,
    BoardSilent,
    Fault,
    LinkLost,
    NotClaimable,
    TokenBroken,
    TokenMismatch,
    WrongProduct,
)
from station.model import Identity, Proof
from tests.boards.scripted_nrf91 import (
    FIRMWARE_UUID,
    IMEI,
    UUID,
    HostBoard,
    Modem,
    ScriptedBoard,
    ShellBoard,
    at_once,
    token,
)

DIALECTS = [pytest.param(HostBoard, id="AT host"), pytest.param(ShellBoard, id="AT shell")]
Dialect = type[HostBoard] | type[ShellBoard]

UUID_TEXT = "50363154-3931-44f0-8022-121b6401627d"
EXPECTED = Identity(
    kind="nrf91",
    serial=IMEI,
    model="nRF9151-LACA",
    firmware="mfw_nrf91x1_2.0.2",
    hardware="nRF9151 LACA A1A",
    ids=(("imei", IMEI),),
    told=(("uuid", UUID_TEXT),),
)
CHALLENGE = bytes(range(16))
LOG = b"[00:00:42.258,361] \x1b[1;33m<wrn> cloud: 123456789012345 OK\x1b[0m\r\n"
TOKEN = "AT%ATTESTTOKEN"


async def opened(board: ScriptedBoard, *models: str) -> Nrf91:
    return await Nrf91.open(board, Nrf91Options(models=models), challenge=lambda: CHALLENGE)


async def identified(board: ScriptedBoard, *models: str) -> Identity:
    return await (await opened(board, *models)).identify()


async def whole(board: ScriptedBoard) -> tuple[Identity, Proof, float]:
    nrf91 = await opened(board)
    identity = await nrf91.identify()
    proof = await nrf91.prove()
    await nrf91.close()
    return identity, proof, asyncio.get_running_loop().time()


def fault_of(kind: type[Fault], story: Callable[[], object]) -> str:
    with pytest.raises(kind) as caught:
        story()
    assert type(caught.value).__mro__[1] is not Exception
    return caught.value.detail


# The whole way


def test_nrf91_is_a_kind_of_board() -> None:
    kind: type[BoardKind] = Nrf91
    assert kind.name == "nrf91"
    assert [(line.baud, line.rtscts) for line in kind.lines] == [(115_200, True), (115_200, False)]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_board_says_who_it_is_and_proves_it(dialect: Dialect) -> None:
    board = dialect(Modem())
    identity, proof, _ = at_once(whole(board))
    assert identity == EXPECTED
    assert proof.kind == "attestation"
    assert proof.subject == identity.id("uuid") == UUID_TEXT
    assert proof.text.get_secret_value() == token(CHALLENGE)
    assert dict(proof.told) == {
        "device_type": "nRF9151 LACA",
        "firmware_uuid": "1aff3acb-f1a6-4764-a263-4c2646c1c654",
        "nonce": CHALLENGE.hex(),
    }
    assert token(CHALLENGE) not in repr(proof)


@pytest.mark.parametrize(
    ("dialect", "questions"), [(HostBoard, 7), (ShellBoard, 8)], ids=["AT host", "AT shell"]
)
def test_no_question_is_asked_twice_and_nothing_is_waited_for(
    dialect: Dialect, questions: int
) -> None:
    board = dialect(Modem())
    *_, waited_s = at_once(whole(board))
    assert waited_s == 0
    assert len(board.typed) == questions
    assert all(typed.endswith(b"\r\n") and typed.count(b"\r") == 1 for typed in board.typed)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_however_the_bytes_are_cut_the_board_is_the_same(dialect: Dialect) -> None:
    straight = at_once(whole(dialect(Modem())))
    for size in range(1, 80):
        assert at_once(whole(dialect(Modem(), cycle([size])))) == straight, size


@pytest.mark.parametrize("dialect", DIALECTS)
@given(sizes=st.lists(st.integers(1, 40), min_size=1, max_size=10))
@settings(max_examples=30)
def test_however_unevenly_the_bytes_are_cut(dialect: Dialect, sizes: list[int]) -> None:
    identity, proof, waited_s = at_once(whole(dialect(Modem(), cycle(sizes))))
    assert (identity, proof.subject, waited_s) == (EXPECTED, UUID_TEXT, 0)


@pytest.mark.parametrize("dialect", DIALECTS)
@given(gaps=st.lists(st.integers(3, 300), min_size=1, max_size=20))
@settings(max_examples=60)
def test_log_entries_anywhere_in_the_answers_change_nothing(
    dialect: Dialect, gaps: list[int]
) -> None:
    board = dialect(Modem())
    noise = chain.from_iterable(chain(repeat(b"", gap), [LOG]) for gap in cycle(gaps))
    board.noise = lambda: next(noise)
    identity, proof, _ = at_once(whole(board))
    assert (identity, proof.subject) == (EXPECTED, UUID_TEXT)


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n", "\n\r", "\r\r\n"])
def test_every_line_ending_of_an_answer_will_do(ending: str) -> None:
    class Board(HostBoard):
        def emit(self, text: str | bytes) -> None:
            assert isinstance(text, str)
            super().emit(text.replace("\r\n", ending))

    identity, _, waited_s = at_once(whole(Board(Modem())))
    assert (identity, waited_s) == (EXPECTED, 0)


def test_an_at_host_that_echoes_is_understood() -> None:
    class Echoing(HostBoard):
        def key(self, key: bytes) -> None:
            self.emit(key)
            super().key(key)

    identity, _, waited_s = at_once(whole(Echoing(Modem())))
    assert (identity, waited_s) == (EXPECTED, 0)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_verb_can_be_asked_twice_and_prove_alone(dialect: Dialect) -> None:
    async def story() -> None:
        nrf91 = await Nrf91.open(dialect(Modem()), Nrf91Options())
        first, second = await nrf91.prove(), await nrf91.prove()
        assert first.subject == second.subject
        assert dict(first.told)["nonce"] != dict(second.told)["nonce"]
        assert await nrf91.identify() == await nrf91.identify() == EXPECTED
        await nrf91.close()
        await nrf91.close()

    at_once(story())


# Options


def test_the_options_describe_themselves_and_take_no_others() -> None:
    assert "AT+CGMM" in Nrf91Options.model_json_schema()["properties"]["models"]["description"]
    assert Nrf91Options.model_validate({"models": ["nRF9151"]}).models == ("nRF9151",)
    for wrong in ({"model": "nRF9151"}, {"models": [""]}, {"models": 5}):
        with pytest.raises(ValidationError):
            Nrf91Options.model_validate(wrong)


def test_options_of_another_kind_are_a_bug() -> None:
    class Other(BaseModel):
        pass

    async def story() -> None:
        with pytest.raises(TypeError):
            await Nrf91.open(HostBoard(Modem()), Other())

    at_once(story())


@pytest.mark.parametrize("models", [("nRF9151",), ("nrf9151-laca",), ("nRF9161", "nRF9151")])
def test_a_model_of_the_recipe_is_taken(models: tuple[str, ...]) -> None:
    assert at_once(identified(HostBoard(Modem()), *models)) == EXPECTED


@pytest.mark.parametrize(("model", "wanted"), [("nRF9161-LACA", "nRF9151"), ("SIM7600E", "")])
def test_a_model_that_is_not_of_the_recipe_is_refused(model: str, wanted: str) -> None:
    modem = Modem()
    modem.says["AT+CGMM"] = model
    models = (wanted,) if wanted else ()
    said = fault_of(WrongProduct, lambda: at_once(identified(HostBoard(modem), *models)))
    assert model in said
    assert TOKEN not in modem.asked


def test_one_flipped_bit_in_the_model_does_not_fail_the_unit() -> None:
    modem = Modem()
    modem.next["AT+CGMM"] = ["nRF9111-LACA\r\nOK\r\n"]
    assert at_once(identified(HostBoard(modem), "nRF9151")) == EXPECTED


# Finding the dialect


def test_a_silent_board_is_greeted_for_a_while_and_then_given_up() -> None:
    board = HostBoard(Modem())
    board.takes_input = False

    async def story() -> tuple[str, float]:
        with pytest.raises(BoardSilent) as caught:
            await opened(board)
        return caught.value.detail, asyncio.get_running_loop().time()

    detail, waited_s = at_once(story())
    assert detail == "not one byte in 1.5 s"
    assert 1.5 <= waited_s < 1.8
    assert len(board.typed) == 6


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("listens_after_s", [0.2, 0.6, 1.2])
def test_a_board_that_wakes_up_is_found(dialect: Dialect, listens_after_s: float) -> None:
    board = dialect(Modem())
    board.takes_input = False

    async def story() -> Identity:
        asyncio.get_running_loop().call_later(
            listens_after_s, lambda: setattr(board, "takes_input", True)
        )
        return await identified(board)

    assert at_once(story()) == EXPECTED


async def boot(board: ScriptedBoard, seconds: float, line: bytes, ready: str) -> None:
    """Send 10 kB/s of `line`, and after that be ready."""
    for _ in range(int(seconds * 100)):
        board.emit((line * 100)[:100])
        await asyncio.sleep(0.01)
    board.takes_input = True
    board.emit("\r\n" + ready)


@pytest.mark.parametrize("line", [LOG, b"*** Booting nRF Connect SDK v3.1.0 ***\r\n", b"\xff\x00#"])
@pytest.mark.parametrize(("dialect", "ready"), [(HostBoard, "Ready\r\n"), (ShellBoard, "uart:~$ ")])
def test_a_board_that_floods_the_line_while_it_boots_is_found_afterwards(
    dialect: Dialect, ready: str, line: bytes
) -> None:
    async def story() -> Identity:
        board = dialect(Modem())
        board.takes_input = False
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(boot(board, 3, line, ready))
            return await identified(board)

    assert at_once(story()) == EXPECTED


def test_a_board_that_only_talks_is_given_up_as_deaf() -> None:
    async def story() -> str:
        board = HostBoard(Modem())
        board.takes_input = False
        flood = asyncio.create_task(boot(board, 60, LOG, ""))
        with pytest.raises(BoardSilent) as caught:
            await opened(board)
        flood.cancel()
        return caught.value.detail

    assert "bytes but takes no command" in at_once(story())


@pytest.mark.parametrize("dialect", DIALECTS)
def test_greetings_that_are_all_answered_late_do_not_confuse_the_first_question(
    dialect: Dialect,
) -> None:
    class Busy(dialect):  # type: ignore[misc, valid-type]
        wakes = False

        async def send(self, data: bytes) -> None:
            if not self.wakes:
                self.typed.append(data)
                if len(self.typed) < 4:
                    return
                self.wakes = True
                for late in self.typed[:-1]:
                    await super().send(late)
            await super().send(data)

    identity, _, _ = at_once(whole(Busy(Modem())))
    assert identity == EXPECTED


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("half_typed", [b"AT", b"AT+CG", b"AT+GCAP", b"\x7f~x", b"kernel "])
def test_what_another_program_had_half_typed_does_not_confuse_the_greeting(
    dialect: Dialect, half_typed: bytes
) -> None:
    board = dialect(Modem())
    board.half_typed = half_typed
    identity, _, waited_s = at_once(whole(board))
    assert identity == EXPECTED
    assert waited_s < 0.3


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("typed", [b"AT\r", b"AT+CGMM\r", b"AT+GCAP\r\n", b"AT+CG", b"AT\rAT"])
def test_another_program_that_types_all_the_while_does_not_confuse_the_answers(
    dialect: Dialect, typed: bytes
) -> None:
    class Shared(dialect):  # type: ignore[misc, valid-type]
        async def send(self, data: bytes) -> None:
            if len(self.typed) % 2:
                for index in range(len(typed)):
                    self.key(typed[index : index + 1])
            await super().send(data)

    identity, proof, _ = at_once(whole(Shared(Modem())))
    assert (identity, proof.subject) == (EXPECTED, UUID_TEXT)


def test_a_shell_without_the_at_command_is_refused() -> None:
    board = ShellBoard(Modem())
    board.has_at = False
    said = fault_of(BoardRefused, lambda: at_once(opened(board)))
    assert said == "its shell has no 'at' command: firmware without CONFIG_AT_SHELL"


def test_a_shell_whose_modem_can_not_be_asked_is_refused() -> None:
    class Dead(Modem):
        def answer(self, command: str) -> str:
            return "Sending AT command failed with error code -1\r\n"

    said = fault_of(BoardRefused, lambda: at_once(identified(ShellBoard(Dead()))))
    assert said == "AT+CGSN: the modem could not be asked, error -1"


def test_a_prompt_that_is_lost_costs_a_moment_and_no_answer() -> None:
    class Board(ShellBoard):
        def emit(self, text: str | bytes) -> None:
            lost = isinstance(text, str) and "OK" in text
            super().emit(text.partition("\x1b")[0] if lost and isinstance(text, str) else text)

    identity, _, waited_s = at_once(whole(Board(Modem())))
    assert identity == EXPECTED
    assert waited_s == pytest.approx(0.6)


# Answers that go wrong

COMMANDS = ["AT+CGSN", "AT+CGMM", "AT+CGMR", "AT%HWVERSION", TOKEN]
GOOD = {
    **Modem().says,
    TOKEN: f'%ATTESTTOKEN: "{token(bytes(16))}"',
}


def broken_answers(command: str) -> Iterator[str | None]:
    good = GOOD[command]
    half = len(good) // 2
    yield None
    yield "OK\r\n"
    yield f"{good}\r\n"
    yield f"{good}\r\nOJ\r\n"
    yield f"{good[:half]}\r\n{good[half:]}\r\nOK\r\n"
    yield "ERROR\r\n"
    yield "+CME ERROR: 514\r\n"
    yield "\ufffd\x00\x01\r\nOK\r\n"


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (command, answer)
        for command in COMMANDS
        for answer in broken_answers(command)
        # Half a hardware version is one to us: its form is free.
        if not (command == "AT%HWVERSION" and answer and answer.startswith("%HWVERSION: nR\r"))
    ],
)
def test_an_answer_that_went_wrong_is_asked_for_again(
    dialect: Dialect, command: str, answer: str | None
) -> None:
    modem = Modem()
    modem.next[command] = [answer]
    assert at_once(identified(dialect(modem))) == EXPECTED


@given(st.sampled_from(COMMANDS), st.integers(0, 250), st.sampled_from(["lost", "doubled"]))
@settings(max_examples=200)
def test_a_byte_that_is_lost_or_doubled_never_makes_another_unit(
    command: str, place: int, how: str
) -> None:
    good = GOOD[command] + "\r\nOK\r\n"
    place %= len(good)
    modem = Modem()
    wrong = good[:place] + (good[place] * 2 if how == "doubled" else "") + good[place + 1 :]
    modem.next[command] = [wrong]
    identity = at_once(identified(HostBoard(modem)))
    assert (identity.serial, identity.ids, identity.model) == (
        EXPECTED.serial, EXPECTED.ids, EXPECTED.model,
    )  # fmt: skip


@pytest.mark.parametrize("place", range(15))
def test_a_digit_that_flips_in_the_imei_is_noticed(place: int) -> None:
    modem = Modem()
    wrong = IMEI[:place] + str((int(IMEI[place]) + 3) % 10) + IMEI[place + 1 :]
    modem.next["AT+CGSN"] = [f"{wrong}\r\nOK\r\n"]
    assert at_once(identified(HostBoard(modem))).serial == IMEI


def test_an_imei_without_its_check_digit_counts_when_it_comes_twice() -> None:
    modem = Modem()
    modem.says["AT+CGSN"] = "352656100367870"
    assert not luhn_holds("352656100367870")
    assert at_once(identified(HostBoard(modem))).serial == "352656100367870"


def test_imeis_that_are_all_wrong_and_all_different_are_garbled() -> None:
    modem = Modem()
    modem.next["AT+CGSN"] = [f"35265610036787{digit}\r\nOK\r\n" for digit in (0, 1, 3)]
    assert "none plausible" in fault_of(AnswerBroken, lambda: at_once(identified(HostBoard(modem))))


def test_two_answers_to_one_question_are_no_answer() -> None:
    modem = Modem()
    modem.next["AT+CGSN"] = [f"{IMEI}\r\n352656100367880\r\nOK\r\n"] * 3
    assert "2 answers" in fault_of(AnswerBroken, lambda: at_once(identified(HostBoard(modem))))


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("answer", "fault", "says"),
    [
        ("OK\r\n", AnswerBroken, "0 answers"),
        (f"{IMEI[:9]}\r\n{IMEI[9:]}\r\nOK\r\n", AnswerBroken, "0 answers of"),
        (f"{IMEI}\r\n", AnswerBroken, "no whole answer in 1.5 s"),
        ("+CME ERROR: 514\r\n", BoardRefused, "AT+CGSN: +CME ERROR: 514, no access"),
        ("+CME ERROR: 77\r\n", BoardRefused, "AT+CGSN: +CME ERROR: 77"),
        ("+CMS ERROR: 514\r\n", BoardRefused, "AT+CGSN: +CMS ERROR: 514"),
        ("ERROR\r\n", BoardRefused, "AT+CGSN: ERROR"),
    ],
)
def test_an_answer_that_stays_wrong_is_a_fault(
    dialect: Dialect, answer: str, fault: type[Fault], says: str
) -> None:
    modem = Modem()
    modem.next["AT+CGSN"] = [answer] * 9
    detail = fault_of(fault, lambda: at_once(identified(dialect(modem))))
    assert says in detail
    assert modem.asked.count("AT+CGSN") == (2 if fault is BoardRefused else 3)


def test_a_board_that_falls_silent_is_silent() -> None:
    modem = Modem()
    modem.next["AT+CGSN"] = [None] * 3
    said = fault_of(BoardSilent, lambda: at_once(identified(HostBoard(modem))))
    assert said == "AT+CGSN: no answer in 1.5 s"


def test_a_refusal_tells_its_number_though_errors_had_none_at_first() -> None:
    modem = Modem()
    modem.next["AT+CMEE"] = ["ERROR\r\n"]
    modem.says.pop("AT+CGSN")
    said = fault_of(BoardRefused, lambda: at_once(identified(HostBoard(modem))))
    assert said == "AT+CGSN: +CME ERROR: 50, wrong parameters"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_board_that_can_not_number_its_errors_is_spoken_to_all_the_same(dialect: Dialect) -> None:
    modem = Modem()
    modem.next["AT+CMEE"] = ["ERROR\r\n"] * 5
    assert at_once(identified(dialect(modem))) == EXPECTED


def test_a_modem_without_a_hardware_version_has_none() -> None:
    modem = Modem()
    modem.says.pop("AT%HWVERSION")
    assert at_once(identified(HostBoard(modem))).hardware == ""


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("cut", [1, 20, 100, 196])
def test_a_token_split_by_a_stall_longer_than_the_time_limit_is_read(
    dialect: Dialect, cut: int
) -> None:
    class Stalling(dialect):  # type: ignore[misc, valid-type]
        def emit(self, text: str | bytes) -> None:
            if not isinstance(text, str) or not text.startswith("%ATTESTTOKEN"):
                super().emit(text)
                return
            super().emit(text[:cut])
            self.takes_input = False  # what is typed while a command is under way is lost
            asyncio.get_running_loop().call_later(1.6, self.go_on, text[cut:])

        def go_on(self, rest: str) -> None:
            self.takes_input = True
            super().emit(rest)

    identity, proof, waited_s = at_once(whole(Stalling(Modem())))
    assert (identity, proof.subject) == (EXPECTED, UUID_TEXT)
    assert waited_s == pytest.approx(3.2)


# Proofs


def test_a_firmware_that_takes_no_challenge_is_asked_without_one() -> None:
    async def story() -> tuple[Proof, Proof]:
        nrf91 = await opened(HostBoard(modem))
        await nrf91.identify()
        return await nrf91.prove(), await nrf91.prove()

    modem = Modem()
    modem.takes_challenge = False
    first, second = at_once(story())
    nonces = {dict(proof.told)["nonce"] for proof in (first, second)}
    assert len(nonces) == 2
    assert CHALLENGE.hex() not in nonces
    assert sum("=" in asked for asked in modem.asked if TOKEN in asked) == 2


def proved(modem: Modem, after_identify: Callable[[], None] = lambda: None) -> Proof:
    async def story() -> Proof:
        nrf91 = await opened(HostBoard(modem))
        await nrf91.identify()
        after_identify()
        return await nrf91.prove()

    return at_once(story())


def test_an_old_nonce_proves_nothing() -> None:
    modem = Modem()
    modem.takes_challenge = False
    modem.nonce = lambda: bytes(16)  # type: ignore[method-assign]
    assert "old or foreign nonce" in fault_of(TokenMismatch, lambda: proved(modem))


def test_a_token_that_does_not_hold_the_challenge_proves_nothing() -> None:
    modem = Modem()
    stale = [f'%ATTESTTOKEN: "{token(bytes(16))}"\r\nOK\r\n'] * 4
    modem.next[TOKEN] = [*stale]
    assert "old or foreign nonce" in fault_of(TokenMismatch, lambda: proved(modem))


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"uuid": UUID[::-1]}, "device 50363154"),
        ({"device_type": 4}, "device type 6 then 4"),
        ({"firmware": FIRMWARE_UUID[::-1]}, "modem firmware 1aff3acb"),
    ],
)
def test_a_token_of_another_unit_proves_nothing(other: dict[str, object], says: str) -> None:
    modem = Modem()
    detail = fault_of(TokenMismatch, lambda: proved(modem, lambda: modem.token.update(other)))
    assert says in detail


def test_one_token_that_was_garbled_into_another_unit_is_asked_for_again() -> None:
    modem = Modem()
    wrong = f'%ATTESTTOKEN: "{token(CHALLENGE, uuid=UUID[::-1])}"\r\nOK\r\n'
    proof = proved(modem, lambda: modem.next.update({TOKEN: [wrong]}))
    assert proof.subject == UUID_TEXT


@pytest.mark.parametrize("cut", [10, 76, 77, 100, 179])
def test_a_token_that_stays_cut_short_is_broken_and_never_shown(cut: int) -> None:
    modem = Modem()
    modem.next[TOKEN] = [f'%ATTESTTOKEN: "{token(CHALLENGE)[:cut]}"\r\nOK\r\n'] * 6
    assert at_once(identified(HostBoard(modem))).ids == (("imei", IMEI),)
    modem.next[TOKEN] = modem.next[TOKEN] * 2
    detail = fault_of(TokenBroken, lambda: at_once(whole(HostBoard(modem))))
    assert detail.startswith("cut off") or "is missing" in detail
    assert token(CHALLENGE)[:10] not in detail


@pytest.mark.parametrize(
    "firmware",
    ["mfw_nrf9161_2.0.0", "mfw_nrf91x1_2.0.2", "mfw_nrf9151-ntn_1.0.0-1.alpha", "mfw_ntn_x"],
)
def test_modem_firmware_that_can_be_claimed(firmware: str) -> None:
    modem = Modem()
    modem.says["AT+CGMR"] = firmware
    assert proved(modem).subject == UUID_TEXT
    assert modem.asked.count("AT+CGMR") == 1


@pytest.mark.parametrize(
    ("says", "device_type", "reason"),
    [
        ({"AT+CGMR": "mfw_nrf91x1_1.9.9"}, 6, "mfw_nrf91x1_1.9.9 is older than 2.0.0"),
        ({"AT+CGMR": "mfw_nrf91x1_next"}, 6, "mfw_nrf91x1_next tells no version"),
        ({"AT+CGMR": "mfw_nrf9160_1.3.0-FOTA-TEST"}, 6, "is older than 2.0.0"),
        ({"AT+CGMM": "nRF9160-SICA", "AT+CGMR": "mfw_nrf9160_2.0.0"}, 3, "an nRF9160 can't"),
        ({}, 1, "an nRF9160 can't be claimed"),
        ({}, 2, "an nRF9160 can't be claimed"),
    ],
)
def test_what_the_cloud_can_not_take_is_refused_with_the_reason(
    says: dict[str, str], device_type: int, reason: str
) -> None:
    modem = Modem()
    modem.says |= says
    modem.token["device_type"] = device_type
    assert reason in fault_of(NotClaimable, lambda: proved(modem))
    assert modem.asked[-1] == TOKEN


def test_one_flipped_bit_in_the_firmware_version_does_not_fail_the_unit() -> None:
    modem = Modem()
    modem.next["AT+CGMR"] = ["mfw_nrf91x1_0.0.2\r\nOK\r\n"]
    assert at_once(identified(HostBoard(modem))) == EXPECTED


def test_an_old_board_without_tokens_is_identified_and_not_claimable() -> None:
    modem = Modem()
    modem.says |= {"AT+CGMM": "nRF9160-SICA", "AT+CGMR": "mfw_nrf9160_1.1.0"}
    modem.next[TOKEN] = ["+CME ERROR: 0\r\n"] * 4
    assert at_once(identified(HostBoard(modem))).ids == (("imei", IMEI),)
    assert "nRF9160" in fault_of(NotClaimable, lambda: proved(modem))


def test_a_board_that_should_have_tokens_and_refuses_them_is_at_fault() -> None:
    modem = Modem()
    modem.next[TOKEN] = ["+CME ERROR: 51\r\n"] * 4
    said = fault_of(BoardRefused, lambda: at_once(whole(HostBoard(modem))))
    assert said == f"{TOKEN}: +CME ERROR: 51, the command is disabled in this modem firmware"


# The wire goes away


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("while_sending", [True, False])
@pytest.mark.parametrize("step", range(8))
def test_an_unplugged_board_is_a_lost_link_at_every_step(
    dialect: Dialect, step: int, while_sending: bool
) -> None:
    class Leaving(dialect):  # type: ignore[misc, valid-type]
        async def send(self, data: bytes) -> None:
            last = len(self.typed) == min(step, 6)
            if last and while_sending:
                self.unplug()
            if last:
                self.noise = lambda: b""
                asyncio.get_running_loop().call_soon(self.unplug)
                self.takes_input = False
            await super().send(data)

    with pytest.raises(LinkLost):
        at_once(whole(Leaving(Modem())))
