"""Finding out how an nRF91 board wants to be spoken to."""

from __future__ import annotations

import asyncio

from station.boards.nrf91_refusals import AtMissing
from station.boards.nrf91_talk import NUMBER_ERRORS, Patience, Talk
from station.faults import BoardRefused, BoardSilent
from station.links import Link
from station.wire.at import AtHost, Done, NotFound, Prompt, Refused
from station.wire.shell import AtShell


async def find_dialect(link: Link, patience: Patience, *, has_modem: bool = True) -> Talk:
    """Greet the board until it shows which dialect it speaks.

    Raises:
        BoardSilent: it sends nothing, or takes no command.
        BoardRefused: it is a shell that does not reach the modem, though it `has_modem`.
        LinkLost: the wire went away.

    """
    clock = asyncio.get_running_loop().time
    greeting = _Greeting(link, patience)
    began = last_heard = clock()
    while clock() < min(last_heard + patience.silent_after_s, began + patience.deaf_after_s):
        heard_before = greeting.heard_bytes
        if talk := await greeting.once():
            return await _begin(talk, greeting, has_modem)
        if greeting.heard_bytes > heard_before:
            last_heard = clock()
    if greeting.heard_bytes:
        raise BoardSilent(f"it sent {greeting.heard_bytes} bytes but takes no command")
    raise BoardSilent(f"not one byte in {clock() - began:.1f} s")


async def _begin(talk: Talk, greeting: _Greeting, has_modem: bool) -> Talk:
    if greeting.count > 1:
        await talk.settle()  # the answers to the other greetings
    if greeting.shell and has_modem:
        try:
            await talk.do(NUMBER_ERRORS)
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
                await self._link.send(AtHost().encode(NUMBER_ERRORS))
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
