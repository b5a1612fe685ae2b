"""Who is let in, what each may do, and who may stand for what goes against the rule."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import NoReturn, Protocol

from pydantic import SecretStr

from station.faults import (
    BadgeUnfit,
    BadgeUnknown,
    Fault,
    NameMissing,
    NotAllowed,
    PinMissing,
    PinWrong,
    ReasonMissing,
    RecordFault,
    SamePerson,
    SecondNeeded,
    TooManyTries,
)
from station.model import (
    MAY_APPROVE,
    Approval,
    Credentials,
    Override,
    Person,
    Right,
    Role,
)
from station.pins import Hashing
from station.record import Record
from station.record.people import Named, fold

logger = logging.getLogger(__name__)

FREE_TRIES = 3
FIRST_WAIT_S = 5.0
LONGEST_WAIT_S = 300.0
LONGEST_WAIT_OF_BADGES_S = 30.0
"""All badges share their tries, since a wrong one is nobody's: a line must not stand for long."""
MOST_REMEMBERED = 1_000
_BADGES = ""


class Gatekeeper(Protocol):
    """Who decides who is let in: `Gate` or `TrustedGate`."""

    async def admit(self, who: Credentials) -> Person:
        """Return who that is; raises the fault that says why they are not let in."""
        ...

    async def second(self, first: Person, override: Override, approval: Approval | None) -> Person:
        """Return the second person, who may stand for `override`; raises why not."""
        ...

    def require(self, person: Person, right: Right) -> None:
        """Raise NotAllowed unless `person` has the right."""


@dataclass(slots=True)
class Tries:
    """Slows wrong tries down: the first few are free, then each doubles the wait before the next."""

    now_s: Callable[[], float] = time.monotonic
    _wrong: dict[str, tuple[int, float]] = field(default_factory=dict)

    def check(self, key: str) -> None:
        """Raise TooManyTries while the wait for `key` is not over."""
        _, until = self._wrong.get(key, (0, -math.inf))
        if (left_s := until - self.now_s()) > 0:
            raise TooManyTries(f"{math.ceil(left_s)} s")

    def wrong(self, key: str, longest_s: float = LONGEST_WAIT_S) -> None:
        """Count a wrong try."""
        many = self._wrong.pop(key, (0, 0.0))[0] + 1
        over = many - FREE_TRIES
        wait_s = 0.0 if over < 0 else min(longest_s, FIRST_WAIT_S * 2.0 ** min(over, 16))
        self._wrong[key] = (many, self.now_s() + wait_s)
        if len(self._wrong) > MOST_REMEMBERED:
            del self._wrong[next(iter(self._wrong))]

    def right(self, key: str) -> None:
        """Forget the wrong tries."""
        self._wrong.pop(key, None)


@dataclass(slots=True)
class Gate:
    """Lets in whom an engineer has named, by badge or by name and PIN.

    While nobody was ever named the station is open: whoever gives a name is let in as an engineer,
    and a badge's text is such a name. With `badge_alone` a badge needs no PIN.
    A wrong name takes as long as a wrong PIN, and says the same.
    """

    record: Record
    badge_alone: bool = True
    hashing: Hashing = field(default_factory=Hashing)
    tries: Tries = field(default_factory=Tries)
    _nobodys: str = ""
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def admit(self, who: Credentials) -> Person:
        """Return who that is.

        Raises:
            NameMissing, PinMissing, PinWrong, BadgeUnknown, TooManyTries: why they are not let in.
            RecordFault: the record can't be asked.

        """
        async with self._one_at_a_time:  # tries side by side would each come before the wait
            if not await self.record.people.any_named():
                return _as_told(who)
            if who.badge is not None and who.badge.get_secret_value().strip():
                return await self._by_badge(who.badge, who.pin)
            return await self._by_name(who.name, who.pin)

    async def second(self, first: Person, override: Override, approval: Approval | None) -> Person:
        """Return the second person, who may stand for `override`.

        Raises:
            SecondNeeded, ReasonMissing: there is no second person's word, or no reason in it.
            SamePerson, NotAllowed: it is not one who may.
            Fault: as `admit`.

        """
        return await _second(self.admit, first, override, approval)

    def require(self, person: Person, right: Right) -> None:
        """Raise NotAllowed unless `person` has the right."""
        _require(person, right)

    async def _by_badge(self, badge: SecretStr, pin: SecretStr | None) -> Person:
        self.tries.check(_BADGES)
        found = await self._with_badge(badge)
        if found is None:
            self.tries.wrong(_BADGES, LONGEST_WAIT_OF_BADGES_S)
            await self._turn_away("", BadgeUnknown())
        self.tries.right(_BADGES)
        if self.badge_alone:
            return found.person
        key = fold(found.person.name)
        self.tries.check(key)
        return await self._by_pin(found, key, pin)

    async def _by_name(self, name: str, pin: SecretStr | None) -> Person:
        if not (key := fold(name)):
            raise NameMissing
        self.tries.check(key)
        return await self._by_pin(await self.record.people.called(name), key, pin)

    async def _by_pin(self, found: Named | None, key: str, pin: SecretStr | None) -> Person:
        if pin is None or not pin.get_secret_value().strip():
            raise PinMissing
        if not self._nobodys:
            self._nobodys = await asyncio.to_thread(self.hashing.nobodys)
        kept = (found.pin if found else None) or self._nobodys
        is_right = await asyncio.to_thread(self.hashing.is_pin, kept, pin)
        if not is_right or found is None:
            self.tries.wrong(key)
            await self._turn_away(found.person.name if found else "", PinWrong())
        self.tries.right(key)
        if self.hashing.is_old(kept):
            await self._hash_anew(found.person.name, pin)
        return found.person

    async def _hash_anew(self, name: str, pin: SecretStr) -> None:
        anew = await asyncio.to_thread(self.hashing.hash_pin, pin)
        try:
            await self.record.people.keep_pin(name, anew)
        except RecordFault as fault:  # the old one still fits
            logger.warning("a PIN is not hashed anew: %s", fault)

    async def _with_badge(self, badge: SecretStr) -> Named | None:
        salt = await self.record.people.badge_salt()
        try:
            digest = await asyncio.to_thread(self.hashing.digest_badge, badge, salt)
        except BadgeUnfit:
            return None
        return await self.record.people.with_badge(digest)

    async def _turn_away(self, name: str, why: Fault) -> NoReturn:
        try:
            await self.record.people.turned_away(name, why.code)
        except RecordFault as fault:  # a full disk must not tell a wrong PIN from a right one
            logger.warning("a refusal is not in the record: %s", fault)
        raise why


class TrustedGate:
    """Takes the name as told, as an engineer: for the command line and the demonstration.

    Whoever may run programs in the station's folder may change the record as well: file rights
    guard that, and no PIN could.
    """

    async def admit(self, who: Credentials) -> Person:
        """Return who that says they are.

        Raises:
            NameMissing: there is no name.

        """
        return _as_told(who)

    async def second(self, first: Person, override: Override, approval: Approval | None) -> Person:
        """As `Gate.second`: a second person is any other name."""
        return await _second(self.admit, first, override, approval)

    def require(self, person: Person, right: Right) -> None:
        """Raise NotAllowed unless `person` has the right."""
        _require(person, right)


def _as_told(who: Credentials) -> Person:
    told = who.name or (who.badge.get_secret_value() if who.badge else "")
    name = " ".join(told.split())
    if not name:
        raise NameMissing
    return Person(name, Role.ENGINEER, known=False)


def _require(person: Person, right: Right) -> None:
    if not person.may(right):
        raise NotAllowed(right.value)


async def _second(
    admit: Callable[[Credentials], Awaitable[Person]],
    first: Person,
    override: Override,
    approval: Approval | None,
) -> Person:
    if approval is None:
        raise SecondNeeded(override.value)
    if not approval.reason.strip():
        raise ReasonMissing(override.value)
    second = await admit(approval.second)
    if fold(second.name) == fold(first.name):
        raise SamePerson(override.value)
    if second.role not in MAY_APPROVE[override]:
        raise NotAllowed(override.value)
    return second
