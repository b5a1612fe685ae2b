"""Asking an nRF91 board: questions until they are answered."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from station.boards.nrf91_refusals import (
    AtMissing,
    CommandMissing,
    Refusal,
    cme_number,
    name_of,
    reason,
)
from station.faults import AnswerBroken, BoardFault, BoardRefused, BoardSilent
from station.links import Link
from station.wire.at import Dialect, Done, Heard, NotFound, Prompt, Refused, Said
from station.wire.shell import AT_COMMAND, AtShell

_Answer = TypeVar("_Answer")

# The greeting. An AT host answers OK, and from then on its errors have numbers: that costs no
# round trip of its own. A shell has no such command and says so, or shows its prompt.
NUMBER_ERRORS = "AT+CMEE=1"
_ASKED_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a board is waited for, in seconds.

    `silent_after_s` counts from the last byte that came, `deaf_after_s` from the beginning: a
    board that boots or logs may take a while to listen. After a broken answer the next question
    waits until the board was quiet for `quiet_for_s`, but never longer than `settle_within_s`.
    """

    greet_every_s: float = 0.25
    silent_after_s: float = 1.5
    deaf_after_s: float = 6.0
    answer_within_s: float = 1.5
    prompt_within_s: float = 0.1
    quiet_for_s: float = 0.05
    settle_within_s: float = 0.3


# A bridge between USB and a UART drops what its buffer can't hold, and an old Thingy:91's is small:
# long commands go out no faster than the slower side takes them.
_PIECE_BYTES = 256
_BYTES_A_SECOND = 11_520  # 115 200 baud

_NOT_CLOSED = re.compile(r"not terminated: ['\"]")
_UNKNOWN_SUBCOMMAND = re.compile(r".*(specify a subcommand|wrong parameter count).*")


class Talk:
    """A conversation with a board whose dialect is known; one question at a time.

    Answers are matched by shape, never by position: a log entry, a notification, or the answer to
    what another program typed may stand anywhere.
    """

    def __init__(
        self, link: Link, dialect: Dialect, patience: Patience, *, prompt_is_due: bool = False
    ) -> None:
        self._link = link
        self._dialect = dialect
        self._patience = patience
        self._prompt_is_due = prompt_is_due
        self._heard: deque[Heard] = deque()
        self._heard_bytes = 0
        self._numbers_errors = True
        self._ran_out_of_time = False

    @property
    def is_shell(self) -> bool:
        """Whether the board takes words as well as AT commands."""
        return isinstance(self._dialect, AtShell)

    def forget_settings(self) -> None:
        """Note that the board restarts: its errors have no numbers until they are asked for."""
        self._numbers_errors = False

    async def ask(
        self, command: str, shape: re.Pattern[str], read: Callable[[str], _Answer]
    ) -> _Answer:
        """Return what `read` makes of the answer: group 1 of the line that has `shape`.

        An answer that is lost or broken is asked for twice more, a refusal once: a byte may have
        been lost on the way, or another program may have typed into the question.

        Raises:
            BoardSilent, AnswerBroken, BoardRefused: there is no answer after all.
            BoardFault: what `read` raised the last time.
            LinkLost: the wire went away.

        """
        return await self._again(command, lambda lines: read(_the_one(shape, lines, command)))

    async def ask_all(self, command: str, read: Callable[[list[str]], _Answer]) -> _Answer:
        """Return what `read` makes of all the lines of the answer; else as for `ask`."""
        return await self._again(command, read)

    async def do(self, command: str, within_s: float | None = None) -> None:
        """Have `command` carried out; what else is true is as for `ask`."""
        await self._again(command, lambda _: None, within_s)

    async def ask_once(self, command: str, shape: re.Pattern[str], within_s: float) -> str:
        """As `ask`, for a command that must not be carried out twice: nothing is repeated."""
        await self._wait_for_prompt()
        self._heard.clear()
        return _the_one(shape, await self._exchange(command, within_s), command)

    async def run(self, line: str, within_s: float) -> list[str]:
        """Type a shell command in words, once, and return the lines until the next prompt.

        Raises:
            CommandMissing: the shell does not know it.
            BoardSilent, AnswerBroken: no prompt followed.
            LinkLost: the wire went away.

        """
        if not isinstance(self._dialect, AtShell):
            raise CommandMissing(f"{name_of(line)}: an AT host takes no words")
        await self._wait_for_prompt()
        self._heard.clear()
        return await self._limited(
            self._typed(line, self._dialect.encode_line(line)), line, within_s
        )

    async def settle(self) -> None:
        """Let what is on its way arrive, so that it is not taken for an answer to come."""
        clock = asyncio.get_running_loop().time
        give_up = clock() + self._patience.settle_within_s
        try:
            while clock() < give_up:
                async with asyncio.timeout(self._patience.quiet_for_s):
                    await self._receive()
        except TimeoutError:
            pass

    async def _again(
        self,
        command: str,
        read: Callable[[list[str]], _Answer],
        within_s: float | None = None,
    ) -> _Answer:
        await self._ask_for_numbers()
        await self._wait_for_prompt()
        self._heard.clear()
        refused = False
        for attempts_left in reversed(range(_ASKED_AT_MOST)):
            try:
                return read(await self._exchange(command, within_s))
            except BoardFault as fault:
                if not attempts_left or (refused and isinstance(fault, BoardRefused)):
                    raise
                refused = isinstance(fault, BoardRefused)
                await self.settle()
                if self._ran_out_of_time and not self.is_shell:
                    await self._close_quote()
        raise AssertionError("the last attempt returns or raises")

    async def _ask_for_numbers(self) -> None:
        if not self._numbers_errors:
            self._numbers_errors = True
            with suppress(BoardRefused):
                await self.do(NUMBER_ERRORS)

    async def _exchange(self, command: str, within_s: float | None = None) -> list[str]:
        await self._wait_for_prompt()
        if Done() in self._heard:  # it came late, while we settled: there is no need to ask again
            return await self._answer(command)
        self._heard.clear()
        typed = self._dialect.encode(command)
        if self._dialect.max_bytes and len(typed) > self._dialect.max_bytes:
            raise BoardRefused(f"{name_of(command)}: {len(typed)} bytes are more than it can take")
        within_s = within_s or self._patience.answer_within_s
        return await self._limited(self._asked(command, typed), command, within_s)

    async def _limited(
        self, answer: Coroutine[object, object, list[str]], command: str, within_s: float
    ) -> list[str]:
        self._heard_bytes = 0
        self._ran_out_of_time = False
        try:
            async with asyncio.timeout(within_s):
                return await answer
        except TimeoutError:
            self._ran_out_of_time = True
            name = name_of(command)
            if self._heard_bytes:
                raise AnswerBroken(f"{name}: no whole answer in {within_s:g} s") from None
            raise BoardSilent(f"{name}: no answer in {within_s:g} s") from None

    async def _asked(self, command: str, typed: bytes) -> list[str]:
        await self._send(typed)
        return await self._answer(command)

    async def _typed(self, line: str, typed: bytes) -> list[str]:
        await self._send(typed)
        lines: list[str] = []
        echoed = False
        while True:
            match await self._next():
                case Prompt() if echoed:  # one before the echo belongs to a log entry
                    return lines
                case NotFound(name) if name == line.partition(" ")[0]:
                    raise CommandMissing(f"{name}: the shell has no such command")
                case Said(text) if _UNKNOWN_SUBCOMMAND.fullmatch(text):
                    raise CommandMissing(f"{name_of(line)}: the shell has no such subcommand")
                case Said(text) if text.endswith(line):
                    echoed = True
                case Said(text):
                    lines.append(text)
                case _:
                    pass

    async def _send(self, typed: bytes) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(0):  # what has come by now is no answer
                while True:
                    await self._receive()
        self._dialect.mark()
        clock = asyncio.get_running_loop().time
        free_at_s = clock()
        for start in range(0, len(typed), _PIECE_BYTES):
            if start:
                await asyncio.sleep(max(0.0, free_at_s - clock()))
            piece = typed[start : start + _PIECE_BYTES]
            free_at_s = max(free_at_s, clock()) + len(piece) / _BYTES_A_SECOND
            await self._link.send(piece)
        self._prompt_is_due = self._dialect.prompts

    async def _answer(self, command: str) -> list[str]:
        lines: list[str] = []
        while True:
            match await self._next():
                case Said(text, since):
                    if _NOT_CLOSED.fullmatch(text):
                        raise BoardRefused(
                            f"{name_of(command)}: {len(command)} characters are more than its shell's"
                            " line can hold (CONFIG_SHELL_CMD_BUFF_SIZE)"
                        )
                    lines += [text, since] if since else [text]
                case Done():
                    return lines
                case Refused() as refused:
                    raise Refusal(f"{name_of(command)}: {reason(refused)}", cme_number(refused))
                case NotFound(name) if name == AT_COMMAND:
                    raise AtMissing(
                        f"its shell has no '{AT_COMMAND}' command: firmware without CONFIG_AT_SHELL"
                    )
                case NotFound(name) if not name.endswith(NUMBER_ERRORS):
                    raise AnswerBroken(f"{name_of(command)}: the shell understood something else")
                case NotFound() | Prompt():  # late, for a greeting
                    pass

    async def _close_quote(self) -> None:
        # When one quote is lost on the way, an AT host takes all that follows for quoted text.
        if Done() in self._heard:
            return  # the answer came late, but it came
        self._heard.clear()
        try:
            async with asyncio.timeout(self._patience.settle_within_s):
                await self._send(self._dialect.encode("AT"))
                while not self._heard_result():
                    await self._receive()
        except TimeoutError:
            await self._link.send(b'"\r\n')
            await self.settle()
            self._heard.clear()
        if not any(isinstance(heard, Said) for heard in self._heard):
            self._heard.clear()  # that was the answer to AT alone

    def _heard_result(self) -> bool:
        return any(isinstance(heard, Done | Refused) for heard in self._heard)

    async def _wait_for_prompt(self) -> None:
        # A shell reads what is typed before its prompt too, but only as much as its buffer holds
        # (64 bytes by default). The prompt follows the answer at once, unless it was garbled.
        try:
            async with asyncio.timeout(self._patience.prompt_within_s):
                while self._prompt_is_due:
                    await self._receive()
        except TimeoutError:
            self._prompt_is_due = False

    async def _next(self) -> Heard:
        while not self._heard:
            await self._receive()
        return self._heard.popleft()

    async def _receive(self) -> None:
        data = await self._link.receive()
        self._heard_bytes += len(data)
        for heard in self._dialect.feed(data):
            self._prompt_is_due &= not isinstance(heard, Prompt)
            self._heard.append(heard)


def _the_one(shape: re.Pattern[str], lines: list[str], command: str) -> str:
    answers = {match[1] for match in map(shape.fullmatch, lines) if match}
    if len(answers) != 1:
        name = name_of(command)
        raise AnswerBroken(f"{name}: {len(answers)} answers of {len(lines)} lines have its form")
    return answers.pop()
