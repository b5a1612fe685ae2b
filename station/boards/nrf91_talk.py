"""Asking an nRF91 board: how it wants to be spoken to, and questions until they are answered."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from station.faults import AnswerBroken, BoardFault, BoardRefused, BoardSilent
from station.links import Link
from station.wire.at import AtHost, Dialect, Done, Heard, NotFound, Prompt, Refused, Said
from station.wire.shell import AT_COMMAND, AtShell

_Answer = TypeVar("_Answer")

# The greeting. An AT host answers OK, and from then on its errors have numbers: that costs no
# round trip of its own. A shell has no such command and says so, or shows its prompt.
_NUMBER_ERRORS = "AT+CMEE=1"
_ASKED_AT_MOST = 3

# +CME ERROR, as Nordic's AT commands reference and nrfcloud-utils 3.3.1 name them.
_MEANINGS = {
    0: "unknown command",
    50: "wrong parameters",
    51: "the command is disabled in this modem firmware",
    513: "not found",
    514: "no access",
    515: "memory full",
    518: "not allowed while the modem is active",
    519: "already exists",
    520: "authentication failed",
    523: "key generation failed",
    527: "invalid content",
    528: "a power-off warning is active",
    529: "the answer could not be built",
}


class AtMissing(BoardRefused):
    """The shell has no command that reaches the modem."""


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

    async def do(self, command: str) -> None:
        """Have `command` carried out; what else is true is as for `ask`."""
        await self._again(command, lambda _: None)

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

    async def _again(self, command: str, read: Callable[[list[str]], _Answer]) -> _Answer:
        await self._wait_for_prompt()
        self._heard.clear()
        refused = False
        for attempts_left in reversed(range(_ASKED_AT_MOST)):
            try:
                return read(await self._exchange(command))
            except BoardFault as fault:
                if not attempts_left or (refused and isinstance(fault, BoardRefused)):
                    raise
                refused = isinstance(fault, BoardRefused)
                await self.settle()
        raise AssertionError("the last attempt returns or raises")

    async def _exchange(self, command: str) -> list[str]:
        await self._wait_for_prompt()
        if Done() in self._heard:  # it came late, while we settled: there is no need to ask again
            return await self._answer(command)
        self._heard.clear()
        self._heard_bytes = 0
        within_s = self._patience.answer_within_s
        try:
            async with asyncio.timeout(within_s):
                await self._link.send(self._dialect.encode(command))
                self._prompt_is_due = self._dialect.prompts
                return await self._answer(command)
        except TimeoutError:
            if self._heard_bytes:
                raise AnswerBroken(f"{command}: no whole answer in {within_s:g} s") from None
            raise BoardSilent(f"{command}: no answer in {within_s:g} s") from None

    async def _answer(self, command: str) -> list[str]:
        lines: list[str] = []
        while True:
            match await self._next():
                case Said(text):
                    lines.append(text)
                case Done():
                    return lines
                case Refused() as refused:
                    raise BoardRefused(f"{command}: {_reason(refused)}")
                case NotFound(name) if name == AT_COMMAND:
                    raise AtMissing(
                        f"its shell has no '{AT_COMMAND}' command: firmware without CONFIG_AT_SHELL"
                    )
                case NotFound(name) if not name.endswith(_NUMBER_ERRORS):
                    raise AnswerBroken(f"{command}: the shell understood something else")
                case NotFound() | Prompt():  # late, for a greeting
                    pass

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


async def find_dialect(link: Link, patience: Patience) -> Talk:
    """Greet the board until it shows which dialect it speaks.

    Raises:
        BoardSilent: it sends nothing, or takes no command.
        BoardRefused: it is a shell that does not reach the modem.
        LinkLost: the wire went away.

    """
    clock = asyncio.get_running_loop().time
    greeting = _Greeting(link, patience)
    began = last_heard = clock()
    while clock() < min(last_heard + patience.silent_after_s, began + patience.deaf_after_s):
        heard_before = greeting.heard_bytes
        if talk := await greeting.once():
            return await _begin(talk, greeting)
        if greeting.heard_bytes > heard_before:
            last_heard = clock()
    if greeting.heard_bytes:
        raise BoardSilent(f"it sent {greeting.heard_bytes} bytes but takes no command")
    raise BoardSilent(f"not one byte in {clock() - began:.1f} s")


async def _begin(talk: Talk, greeting: _Greeting) -> Talk:
    if greeting.count > 1:
        await talk.settle()  # the answers to the other greetings
    if greeting.shell:
        try:
            await talk.do(_NUMBER_ERRORS)
        except AtMissing:
            raise
        except BoardRefused:
            pass  # errors without numbers are enough to go on with
    return talk


class _Greeting:
    def __init__(self, link: Link, patience: Patience) -> None:
        self._link = link
        self._patience = patience
        self._ear = AtShell()  # it hears all that an AT host says, too
        self._refusals = 0
        self.count = 0
        self.heard_bytes = 0
        self.shell = False

    async def once(self) -> Talk | None:
        """Greet and listen until the dialect shows, or it is time to greet again."""
        clock = asyncio.get_running_loop().time
        again_at = clock() + self._patience.greet_every_s
        self.count += 1
        refusals = self._refusals
        try:
            async with asyncio.timeout_at(again_at):
                await self._link.send(AtHost().encode(_NUMBER_ERRORS))
                while clock() < again_at and refusals == self._refusals:
                    if talk := self._understand(await self._link.receive()):
                        return talk
        except TimeoutError:
            pass
        return None

    def _understand(self, data: bytes) -> Talk | None:
        self.heard_bytes += len(data)
        kinds = {type(heard) for heard in self._ear.feed(data)}
        if kinds & {Prompt, NotFound}:
            self.shell = True
            due = Prompt not in kinds
            return Talk(self._link, self._ear, self._patience, prompt_is_due=due)
        # The first refusal may be for what was half typed before us, the second one is for us.
        self._refusals += Refused in kinds
        if Done in kinds or self._refusals > 1:
            return Talk(self._link, AtHost(), self._patience)
        return None


def _the_one(shape: re.Pattern[str], lines: list[str], command: str) -> str:
    answers = {match[1] for match in map(shape.fullmatch, lines) if match}
    if len(answers) != 1:
        raise AnswerBroken(f"{command}: {len(answers)} answers of {len(lines)} lines have its form")
    return answers.pop()


def _reason(refused: Refused) -> str:
    if refused.number is None:
        return "ERROR"
    if refused.by == "shell":
        return f"the modem could not be asked, error {refused.number}"
    meaning = _MEANINGS.get(refused.number) if refused.by == "CME" else None
    return f"+{refused.by} ERROR: {refused.number}" + (f", {meaning}" if meaning else "")
