from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.wire.at import AtHost, Dialect, Done, Heard, NotFound, Prompt, Refused, Said
from station.wire.shell import AtShell, quoted

IMEI = "352656100367872"
LOGS = (
    b"[00:00:42.258,361] <dbg> cloud: cloud_thread: text\r\n",
    b"\x1b[0m[00:01:07.000,001] \x1b[1;33m<wrn> network: OK ERROR 123456789012345\x1b[0m\r\n",
    b"[01:02:03.004] <inf> main: uart\n",
)
PROMPT = b"\x1b[1;32muart:~$ \x1b[m"

AT_HOST = b"OK\r\n352656100367872\r\nOK\r\nERROR\r\n+CME ERROR: 514\r\n+CMS ERROR: 301\r\n%X: 1\r\n"
AT_HOST_HEARD = [
    Done(), Said(IMEI), Done(), Refused(), Refused("CME", 514), Refused("CMS", 301), Said("%X: 1"),
]  # fmt: skip

AT_SHELL = (
    PROMPT
    + b"at AT+CGSN\r\n352656100367872\r\r\nOK\r\r\n\r\n"
    + PROMPT
    + b"\r\x1b[J"
    + LOGS[0]
    + PROMPT
    + b"at\x1b[10D\x1b[J"
    + LOGS[1]
    + b"\x1b[1;32mmosh:~$ \x1b[matt\r\natt: command not found\r\n"
    + PROMPT
    + b"at AT\r\nSending AT command failed with error code -11\r\n"
    + PROMPT
)
AT_SHELL_HEARD = [
    Prompt(), Said("at AT+CGSN"), Said(IMEI), Done(), Prompt(), Prompt(), Said("at"), Prompt(),
    Said("att"), NotFound("att"), Prompt(), Said("at AT"), Refused("shell", -11), Prompt(),
]  # fmt: skip


def heard(dialect: Dialect, *chunks: bytes) -> list[Heard]:
    return [item for chunk in chunks for item in dialect.feed(chunk)]


DIALOGUES = [
    pytest.param(AtHost, AT_HOST, AT_HOST_HEARD, id="AT host"),
    pytest.param(AtShell, AT_SHELL, AT_SHELL_HEARD, id="AT shell"),
]


@pytest.mark.parametrize(("dialect", "dialogue", "expected"), DIALOGUES)
def test_a_dialogue_is_heard_however_it_is_cut(
    dialect: type[AtHost] | type[AtShell], dialogue: bytes, expected: list[Heard]
) -> None:
    assert heard(dialect(), dialogue) == expected
    for cut in range(1, len(dialogue)):
        assert heard(dialect(), dialogue[:cut], dialogue[cut:]) == expected, cut
    one_by_one = (dialogue[i : i + 1] for i in range(len(dialogue)))
    assert heard(dialect(), *one_by_one) == expected


@given(st.binary(max_size=200) | st.text("\x1b[;0JmAOK\r\n:0,.] <").map(str.encode), st.data())
def test_any_bytes_are_heard_alike_however_they_are_cut(noise: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(noise)))
    one_by_one = [noise[i : i + 1] for i in range(len(noise))]
    for dialect in (AtHost, AtShell):
        whole = heard(dialect(), noise)
        assert heard(dialect(), noise[:cut], noise[cut:]) == whole
        assert heard(dialect(), *one_by_one) == whole


@pytest.mark.parametrize("dialect", [AtHost, AtShell])
@given(data=st.data())
def test_log_entries_between_and_inside_lines_are_not_heard(
    dialect: type[AtHost] | type[AtShell], data: st.DataObject
) -> None:
    answer = b"352656100367872\r\nOK\r\n"
    places = sorted(data.draw(st.lists(st.integers(0, len(answer) - 1), max_size=5)))
    # Between CR and LF an entry can't be told from one that stands before the line ending.
    places = [place for place in places if answer[place : place + 1] != b"\n"]
    stream, last = b"", 0
    for place in places:
        stream += answer[last:place] + data.draw(st.sampled_from(LOGS))
        last = place
    assert heard(dialect(), stream + answer[last:]) == [Said(IMEI), Done()]


@given(st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b"\n\r", b"\r\r\n"]), min_size=2))
def test_every_line_ending_will_do(endings: list[bytes]) -> None:
    stream = b"".join(b"%d" % number + ending for number, ending in enumerate(endings))
    assert heard(AtHost(), stream) == [Said(str(number)) for number in range(len(endings))]


def test_an_endless_log_storm_inside_a_line_is_not_kept() -> None:
    host = AtHost()
    for _ in range(3000):
        assert heard(host, b"abcdefgh" + LOGS[0]) == []
    assert heard(host, b"\r\n352656100367872\r\nOK\r\n")[1:] == [Said(IMEI), Done()]
    assert len(host._console._half) <= 8192


def test_a_broken_escape_sequence_does_not_hold_the_stream_back() -> None:
    shell = AtShell()
    assert heard(shell, b"\x1b[" + b"1" * 50 + b"\r\nOK\r\n")[-1] == Done()
    assert not shell._console._printed._sequence


def test_a_log_line_that_ends_in_a_prompt_still_shows_the_prompt() -> None:
    assert heard(AtShell(), b"[00:00:01.000,000] <inf> app: \x1b[8D" + PROMPT) == [Prompt()]


@pytest.mark.parametrize("line", ["OKAY", "ok", "ERROR 5", "+CME ERROR: x", "+CME ERROR: 1234567"])
def test_what_only_resembles_a_result_is_no_result(line: str) -> None:
    assert heard(AtHost(), line.encode() + b"\r\n") == [Said(line)]


def test_a_command_for_an_at_host_goes_out_as_it_is() -> None:
    assert AtHost().encode("AT+CGSN") == b"AT+CGSN\r\n"
    with_breaks = 'AT%CMNG=0,1,0,"-----BEGIN\nAAAA\r\nEND-----"'
    assert AtHost().encode(with_breaks) == with_breaks.encode() + b"\r\n"


@pytest.mark.parametrize("command", ["AT\nAT", "AT\r", 'AT="a"\n"b"', "AT\x18", "AT\x1b[J", "ATü"])
def test_a_command_that_an_at_host_would_not_take_whole_is_refused(command: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        AtHost().encode(command)


@pytest.mark.parametrize("command", ["AT\nAT", 'AT="a\nb"', "AT\t", "AT\x11", "ATü"])
def test_a_command_that_a_shell_would_not_take_whole_is_refused(command: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        AtShell().encode(command)


def test_a_command_with_quotes_is_put_in_single_quotes() -> None:
    assert AtShell().encode("AT+CGSN") == b"at AT+CGSN\r\n"
    asked = AtShell().encode('AT%ATTESTTOKEN="00ff"')
    assert asked == b"""at 'AT%ATTESTTOKEN="00ff"'\r\n"""


def zephyr_argument(line: str) -> str:
    """One argument as make_argv in Zephyr's shell_utils.c reads it."""
    text, quote, index = "", "", 0
    while index < len(line):
        char, rest = line[index], line[index:]
        hexadecimal = re.match(r"\\x([0-9a-fA-F]{1,2})", rest)
        octal = re.match(r"\\0([0-7]{0,2})", rest)
        if not quote and char == "\\":
            text, index = text + line[index + 1], index + 2
        elif not quote and char in "'\"":
            quote, index = char, index + 1
        elif char == quote:
            quote, index = "", index + 1
        elif quote and rest.startswith("\\" + quote):
            text, index = text + quote, index + 2
        elif quote and (number := hexadecimal or octal):
            value = int(number[1] or "0", 16 if hexadecimal else 8)
            text, index = text + chr(value), index + number.end()
        else:
            assert quote or not char.isspace(), "the argument ended too early"
            text, index = text + char, index + 1
    assert not quote
    return text


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1))
def test_what_is_quoted_is_one_argument_for_a_zephyr_shell(word: str) -> None:
    assert zephyr_argument(quoted(word)) == word
