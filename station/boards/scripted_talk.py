"""Exchanges with a console: a line is sent, and what is expected of it is waited for."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, NoReturn

from pydantic import SecretStr

from station.boards.scripted_heard import Reader, Said, Transcript
from station.boards.scripted_options import Exchange, ScriptedOptions
from station.boards.scripted_pattern import filled, names_in
from station.faults import AnswerBroken, BoardFault, BoardRefused, BoardSilent, RecipeWrong
from station.links import Link
from station.wire.shell import quoted

_log: Final = logging.getLogger(__name__)
_LONGEST_QUOTE: Final = 120
_WORD: Final = re.compile(r"[\w./+=:@-]+", re.ASCII)
_NO_SECRETS: Final = frozenset({"name"})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a console is waited for, in seconds, beyond what the recipe says.

    Before a line is tried again the console is given until it was quiet for `quiet_for_s`, but
    never more than `settle_within_s`.
    """

    wake_every_s: float = 0.5
    quiet_for_s: float = 0.2
    settle_within_s: float = 2.0


class Talk:
    """A conversation, one exchange at a time.

    The log gets each exchange as the recipe has it, and what the board says until the first secret
    is sent: from then on the board may say it in any form, and nothing of that is told anywhere.
    """

    def __init__(self, link: Link, options: ScriptedOptions, patience: Patience) -> None:
        self._link = link
        self._options = options
        self._patience = patience
        self._reader = Reader(options.prompt)
        self._heard: deque[Said] = deque()
        self._heard_bytes = 0
        self._prompt_is_due = False
        self._holds_secrets = False

    async def wake(self) -> None:
        """Wake the board and wait for its prompt, where it has one.

        Raises:
            BoardSilent: nothing came.
            AnswerBroken: something came, but no prompt.
            LinkLost: the wire went away.

        """
        if not self._options.prompt:
            await self._send_wake()
            return
        try:
            async with asyncio.timeout(self._options.wake_within_s):
                while not await self._prompted():
                    pass
        except TimeoutError:
            self._fail_silent("no prompt")

    def hide(self) -> None:
        """Put nothing that the board says from now on into a log or a fault: it may be a secret."""
        self._holds_secrets = True

    async def exchange(self, each: Exchange, values: Mapping[str, SecretStr]) -> dict[str, str]:
        """Have one exchange and return the named groups of what was expected.

        Raises:
            BoardSilent, AnswerBroken, BoardRefused: it failed, all its tries.
            RecipeWrong: a placeholder has no value.
            LinkLost: the wire went away.

        """
        line, expect, refuse = self._filled(each, values)
        for tries_left in reversed(range(each.tries)):
            try:
                return await self._tried(each, line, expect, refuse)
            except BoardFault:
                if not tries_left:
                    raise
                if line:
                    await self._recover()
        raise AssertionError("the last try returns or raises")

    def _filled(
        self, each: Exchange, values: Mapping[str, SecretStr]
    ) -> tuple[str, re.Pattern[str], re.Pattern[str] | None]:
        plain: dict[str, str] = {}
        for name in names_in(each.send, each.expect, each.refuse):
            if name not in values:
                raise RecipeWrong(f"nothing is there to fill {{{name}}} with")
            plain[name] = values[name].get_secret_value()
            if not plain[name].isprintable():
                raise BoardRefused(f"{{{name}}} has a character that can't be typed in a line")
            self._holds_secrets |= name not in _NO_SECRETS
        typed = {name: self._quoted(value) for name, value in plain.items()}
        sought = {name: re.escape(value) for name, value in plain.items()}
        refuse = re.compile(filled(each.refuse, sought), re.MULTILINE) if each.refuse else None
        expect = re.compile(filled(each.expect, sought), re.MULTILINE)
        return filled(each.send, typed), expect, refuse

    def _quoted(self, value: str) -> str:
        match self._options.quoting:
            case "zephyr shell":
                return quoted(value)
            case "esp console" if _WORD.fullmatch(value):
                return value
            case "esp console":
                escaped = value.replace("\\", "\\\\").replace('"', '\\"')
                return f'"{escaped}"'
            case "none":
                return value

    async def _tried(
        self,
        each: Exchange,
        line: str,
        expect: re.Pattern[str],
        refuse: re.Pattern[str] | None,
    ) -> dict[str, str]:
        _log.debug("> %s", each.send)
        self._heard_bytes = 0
        transcript = Transcript(line, needs_echo=self._options.echoes)
        try:
            async with asyncio.timeout(each.within_s):
                if line:
                    await self._send(line)
                found = await self._found(each, transcript, expect, refuse)
        except TimeoutError:
            echo = "its echo is not what was sent; " if transcript.lacks_echo else ""
            self._fail_silent(f"{echo}{_named(each)}: not in {each.within_s:g} s")
        await self._await_prompt(each.within_s)
        return {name: told for name, told in found.groupdict().items() if told is not None}

    async def _found(
        self,
        each: Exchange,
        transcript: Transcript,
        expect: re.Pattern[str],
        refuse: re.Pattern[str] | None,
    ) -> re.Match[str]:
        while True:
            said = await self._next()
            transcript.take(said)
            if refuse and (refused := transcript.find(refuse)):
                raise BoardRefused(_named(each) + self._told(refused[0]))
            if found := transcript.find(expect):
                return found

    def _told(self, text: str) -> str:
        """Return what the board said, for a fault: nothing once there are secrets."""
        return "" if self._holds_secrets else f": {' '.join(text.split())[:_LONGEST_QUOTE]}"

    def _fail_silent(self, what: str) -> NoReturn:
        if self._heard_bytes:
            raise AnswerBroken(what) from None
        raise BoardSilent(what) from None

    async def _prompted(self) -> bool:
        """Wake the board once, and tell whether its prompt came in time."""
        await self._send_wake()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience.wake_every_s):
                while (await self._next()).end in {"", "\n"}:
                    pass
                return True
        return False

    async def _send_wake(self) -> None:
        for line in self._options.wake:
            await self._link.send((line + self._options.line_end).encode())

    async def _recover(self) -> None:
        """Let what is on its way arrive, clear what was half typed, and wait again."""
        await self._settle()
        await self._send_wake()
        await self._settle()

    async def _settle(self) -> None:
        clock = asyncio.get_running_loop().time
        give_up_s = clock() + self._patience.settle_within_s
        with suppress(TimeoutError):
            while clock() < give_up_s:
                async with asyncio.timeout(self._patience.quiet_for_s):
                    await self._receive()

    async def _send(self, line: str) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(0):  # what has come by now is no answer
                while True:
                    await self._receive()
        self._heard.clear()
        self._heard_bytes = 0
        self._reader.begin()
        self._prompt_is_due = bool(self._options.prompt)
        await self._link.send((line + self._options.line_end).encode())

    async def _await_prompt(self, within_s: float) -> None:
        """Wait for the prompt: a console may lose what is typed while it is at work."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                while self._prompt_is_due:
                    await self._receive()
        self._prompt_is_due = False

    async def _next(self) -> Said:
        while not self._heard:
            await self._receive()
        return self._heard.popleft()

    async def _receive(self) -> None:
        data = await self._link.receive()
        self._heard_bytes += len(data)
        for said in self._reader.feed(data):
            if said.end not in {"", "\n"}:
                self._prompt_is_due = False
            if not self._holds_secrets:
                _log.debug("< %s", said.text)
            self._heard.append(said)


def _named(each: Exchange) -> str:
    """Name an exchange in words that hold no value: its sentence, or its line as the recipe has it."""
    return each.otherwise.removesuffix(".") or each.send or each.expect
