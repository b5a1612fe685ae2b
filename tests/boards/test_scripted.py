"""A board with a script: lines and answers cut anywhere, what fails, and what is never told."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, cycle, repeat
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.boards.scripted import Scripted
from station.faults import (
    AnswerBroken,
    BoardRefused,
    BoardSilent,
    CredentialLost,
    Fault,
    LinkLost,
    RecipeWrong,
)
from station.model import Identity
from tests.boards.scripted_console import (
    SECRETS,
    TableConsole,
    all_text,
    values,
    with_table,
)

ID = {"send": "id", "expect": r"^serial: (?P<serial>\w+)\r?$", "else": "It says no serial."}
TOKEN = {"send": "token {token}", "expect": "^kept", "refuse": "^no", "else": "It took no token."}
READ = {"send": "read", "expect": "^{token}$", "else": "It kept no token."}
SAID = "serial: A77\r\n"
LOG = "\x1b[0;32mI (1234) wifi: scan\x1b[0m\r\n"
ZEPHYR_LOG = "\r\x1b[J[00:00:01.234,567] \x1b[0m<inf> app: tick\x1b[0m\r\n> "


class Listening(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


@contextmanager
def listening() -> Iterator[list[str]]:
    """Yield what this kind of board logs meanwhile, as fine as it ever does."""
    handler, logger = Listening(), logging.getLogger("station.boards.scripted_talk")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield handler.told
    finally:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)


def dialogue(**more: Any) -> dict[str, Any]:
    return {"identify": [ID], **more}


def identified(console: TableConsole, **more: Any) -> Identity:
    return with_table(console, dialogue(**more), lambda board: board.identify())


def written(console: TableConsole, told: Mapping[str, str] = SECRETS, **more: Any) -> None:
    deeds = {"write": [TOKEN], **more}
    with_table(console, dialogue(**deeds), lambda board: board.write(values(told)))


def failed(kind: type[Fault], console: TableConsole, **more: Any) -> Fault:
    with pytest.raises(kind) as caught:
        written(console, **more)
    assert type(caught.value) is kind
    return caught.value


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8))
def test_how_bytes_are_cut_makes_no_difference(sizes: list[int]) -> None:
    answers = {
        "id": "\x1b[1mse" + LOG + "\x1b[0m" + SAID.removeprefix("se"),
        f"token {SECRETS['token']}": LOG + "ke" + LOG + "pt\r\n" + ZEPHYR_LOG,
        "read": f"{SECRETS['token']}\r\n",
    }
    console = TableConsole(answers, sizes=cycle(sizes))

    async def whole(board: Scripted) -> str:
        identity = await board.identify()
        await board.write(values())
        return identity.serial

    told = dialogue(write=[TOKEN], verify=[READ])
    assert with_table(console, told, whole) == "A77"
    assert console.lines == ["id", f"token {SECRETS['token']}", "read"]


def test_an_answer_that_is_cut_at_any_one_byte_is_the_same_answer() -> None:
    whole = f"id\r\n{LOG}{SAID}> "
    for place in range(1, len(whole)):
        console = TableConsole({"id": LOG + SAID}, sizes=chain([4096, place], repeat(4096)))
        assert identified(console).serial == "A77"


def test_the_echo_of_a_line_is_no_answer_to_it() -> None:
    token = {**TOKEN, "expect": "token"}
    fault = failed(AnswerBroken, TableConsole({}), write=[token])
    assert fault.detail == "It took no token: not in 5 s"


@pytest.mark.parametrize("echoes", [True, False])
def test_an_echo_is_tolerated_where_none_is_asked_for(echoes: bool) -> None:
    console = TableConsole({"id": SAID}, echoes=echoes)
    assert identified(console, echoes=False).serial == "A77"


def test_without_the_echo_that_must_be_there_nothing_is_an_answer() -> None:
    with pytest.raises(AnswerBroken, match="echo is not what was sent"):
        identified(TableConsole({"id": SAID}, echoes=False))


def test_a_late_answer_to_something_else_is_none() -> None:
    line = f"token {SECRETS['token']}"
    console = TableConsole({line: "no\r\n"})
    console.emit("> kept\r\n")
    failed(BoardRefused, console)

    # it comes between the line and the echo, as when the console was busy with what went before
    console = TableConsole({line: "no\r\n"}, before_echo="kept\r\n")
    failed(BoardRefused, console)


def test_a_refusal_is_told_in_the_boards_words_only_while_there_is_no_secret() -> None:
    question = {**ID, "refuse": "unknown.*"}
    with pytest.raises(BoardRefused) as caught:
        identified(TableConsole({"id": "unknown thing\r\n"}), identify=[question])
    assert caught.value.detail == "It says no serial: unknown thing"

    token = {**TOKEN, "refuse": "bad.*"}
    says = {f"token {SECRETS['token']}": f"bad {SECRETS['token']}\r\n"}
    assert failed(BoardRefused, TableConsole(says), write=[token]).detail == "It took no token"


def test_a_refusal_and_a_silence_are_tried_again_as_often_as_the_recipe_says() -> None:
    line = f"token {SECRETS['token']}"
    console = TableConsole({line: ["no\r\n", "", "kept\r\n"]})
    written(console)
    assert console.lines == [line] * 3

    console = TableConsole({line: ["no\r\n", "kept\r\n"]})
    failed(BoardRefused, console, write=[{**TOKEN, "tries": 1}])
    assert console.lines == [line]


def test_what_is_not_kept_is_written_once_more() -> None:
    line = f"token {SECRETS['token']}"
    once = {**READ, "tries": 1}
    heals = {line: "kept\r\n", "read": ["nothing\r\n", f"{SECRETS['token']}\r\n"]}
    console = TableConsole(heals)
    written(console, verify=[once])
    assert console.lines == [line, "read"] * 2

    never = TableConsole({line: "kept\r\n", "read": "nothing\r\n"})
    assert failed(CredentialLost, never, verify=[once]).detail == "It kept no token: not in 5 s"


def test_an_exchange_that_sends_nothing_waits_for_what_has_come_meanwhile() -> None:
    waits, line = {"expect": "^online", "tries": 1}, f"token {SECRETS['token']}"
    console = TableConsole({line: "kept\r\nonline\r\n"})
    written(console, restart=[waits])
    assert console.lines == [line]
    failed(BoardSilent, TableConsole({line: "kept\r\n"}), restart=[waits])


def test_a_value_is_put_in_the_consoles_quotes_and_sought_as_it_is() -> None:
    token = "a b'c\\d\"e.*"
    lines = {
        "none": f"token {token}",
        "esp console": 'token "a b\'c\\\\d\\"e.*"',
        "zephyr shell": "token 'a b\\'c\\x5cd\"e.*'",
    }
    for quoting, line in lines.items():
        console = TableConsole({line: "kept\r\n", "read": f"{token}\r\n"})
        written(console, {"token": token}, verify=[READ], quoting=quoting)
        assert console.lines == [line, "read"]


@pytest.mark.parametrize("value", ["a\r\nerase all", "a\nb", "\x03"])
def test_a_value_that_would_end_its_line_is_never_sent(value: str) -> None:
    console = TableConsole({})
    with pytest.raises(BoardRefused, match=r"\{token\} has a character that can't be typed"):
        written(console, {"token": value})
    assert console.lines == []


def test_a_placeholder_without_a_value_is_the_recipes_mistake() -> None:
    with pytest.raises(RecipeWrong, match=r"\{token\}"):
        written(TableConsole({}), {})


def test_a_board_without_a_prompt_is_asked_at_once() -> None:
    console = TableConsole({"id": SAID}, prompt="")
    assert identified(console, prompt="").serial == "A77"


def test_noise_without_a_prompt_is_no_silence() -> None:
    with pytest.raises(AnswerBroken, match="no prompt"):
        identified(TableConsole({}, prompt="@\r\n"))
    console = TableConsole({})
    console.takes_input = False
    with pytest.raises(BoardSilent, match="no prompt"):
        identified(console)
    assert console.closed


def test_a_board_that_is_pulled_out() -> None:
    console = TableConsole({})
    console.unplug()
    with pytest.raises(LinkLost):
        identified(console)


@pytest.mark.parametrize(
    "said", ["serial: \r\n", "serial: A\ufffd7\r\n", f"serial: {'A' * 129}\r\n"]
)
def test_an_id_that_is_empty_or_garbled_or_endless_is_none(said: str) -> None:
    question = {"send": "id", "expect": "^serial:(?P<serial>.*)", "tries": 1}
    with pytest.raises(AnswerBroken, match="serial is empty or garbled"):
        identified(TableConsole({"id": said}), identify=[question])


def test_two_answers_that_differ_are_none() -> None:
    again = {"send": "id2", "expect": r"serial: (?P<serial>\w+)"}
    console = TableConsole({"id": SAID, "id2": "serial: B1\r\n"})
    with pytest.raises(AnswerBroken, match="two answers for serial"):
        identified(console, identify=[ID, again])


def test_a_serial_that_is_only_perhaps_in_the_answer() -> None:
    question = {"send": "id", "expect": r"^(?:serial: (?P<serial>\w+)|none)"}
    with pytest.raises(AnswerBroken, match="does not tell its serial"):
        identified(TableConsole({"id": "none\r\n"}), identify=[question])


def test_what_else_is_told_are_ids_and_words() -> None:
    more = {"send": "more", "expect": r"(?P<imei>\d+) (?P<hardware>\S+) (?P<model>\S+)"}
    console = TableConsole({"id": SAID, "more": "3526 rev2 X1\r\n"})
    identity = identified(console, identify=[ID, more])
    assert (identity.kind, identity.serial, identity.ids) == (
        "scripted",
        "A77",
        (("imei", "3526"),),
    )
    assert (identity.hardware, identity.model, identity.firmware) == ("rev2", "X1", "")


@given(st.text("abcABC019.-_ '\"\\$", min_size=6, max_size=40).map(str.strip).filter(bool))
def test_no_secret_is_told_whatever_the_board_makes_of_it(token: str) -> None:
    token = f"Zq{token}qZ"
    for said in (f"bad {token}", token[::-1] + token, " ".join(token)):
        console = TableConsole({f"token {token}": f"{said}\r\n"})
        with listening() as records, pytest.raises((BoardRefused, AnswerBroken)) as caught:
            written(console, {"token": token}, write=[{**TOKEN, "refuse": "bad.*"}])
        everything = "\n".join(records) + all_text([caught.value])
        assert records
        assert token not in everything
        assert said not in everything
