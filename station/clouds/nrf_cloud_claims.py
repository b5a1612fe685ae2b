"""Claims of a team, in nRF Cloud's provisioning service (the legacy API).

Which status and which words mean what is inferred, not published: so no row of a bulk claim is
believed to have failed before the cloud was asked whether the unit is ours all the same.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import quote

from station.clouds import nrf_cloud_rule
from station.clouds.http import Caller
from station.clouds.nrf_cloud_bulk import Sorted, sort_rows
from station.clouds.nrf_cloud_options import NrfCloudOptions
from station.clouds.replies import NotThere, Reply, refused
from station.faults import (
    ClaimedElsewhere,
    CloudFault,
    CloudNonsense,
    CloudRefused,
    Fault,
    ReplyLost,
    TokenRefused,
)
from station.model import Claim, Proof
from station.vendor_csv import claim_rows

NAME = "nrf_cloud"
AT_ONCE = 8
"""Questions about rows that are under way at once."""

_TAKEN = re.compile(r"already|another (team|owner|account)|\b409\b", re.IGNORECASE)
_NO_TOKEN = re.compile(
    r"token|attest|signature|genuine|invalid|not supported|\b(400|422)\b", re.IGNORECASE
)


class TeamClaims:
    """What a team with an API key has claimed."""

    def __init__(self, caller: Caller, options: NrfCloudOptions) -> None:
        self._caller, self._options = caller, options

    async def prepare(self) -> None:
        """As `Cloud.prepare`."""
        await nrf_cloud_rule.ensure(self._caller, self._options.rule, self._options.tags)

    async def probe(self) -> None:
        """As `Cloud.probe`."""
        reply = await self._caller.get("provisioning/tags")
        if reply.status != 200:
            raise refused(reply)

    async def held(self, subject: str) -> Claim | None:
        """As `Cloud.held`."""
        reply = await self._caller.get(self._one(subject))
        if reply.status == 200:
            return self._claim(subject, reply, already=True)
        if reply.status == 404:
            return None
        raise refused(reply)

    async def check(self, proof: Proof) -> None:
        """As `Cloud.check`."""
        reply = await self._caller.send(
            "POST",
            self._options.claim_path,
            body={"claimToken": proof.text.get_secret_value()},
            params={"dryrun": "true"},
        )
        if reply.status == 202:
            return
        if reply.status == 409 and await self.held(proof.subject):
            return
        raise _refusal(reply)

    async def claim(self, proof: Proof) -> Claim:
        """As `Cloud.claim`."""
        body: dict[str, Any] = {"claimToken": proof.text.get_secret_value()}
        if self._options.tags:
            body["tags"] = list(self._options.tags)
        reply = await self._caller.send("POST", self._options.claim_path, body=body)
        if reply.status in {200, 201}:
            return self._claim(proof.subject, reply, already=False)
        if reply.status == 409 and (ours := await self.held(proof.subject)):
            return ours
        raise _refusal(reply)

    async def claim_many(self, proofs: Sequence[Proof]) -> tuple[Claim | Fault, ...]:
        """As `TakesOrders.claim_many`."""
        tokens = [proof.text for proof in proofs]
        reply = await self._caller.send(
            "POST",
            self._options.claim_path,
            csv=claim_rows(tokens, self._options.tags),
            within_s=self._options.bulk_within_s,
        )
        texts = [token.get_secret_value() for token in tokens]
        told = sort_rows(reply, [proof.subject for proof in proofs], texts)
        if told is None:
            raise _refusal_of_all(reply)
        return await answers(proofs, told, self.held, self._options.tags)

    async def release(self, subject: str) -> bool:
        """As `TakesOrders.release`."""
        return await let_go(self._caller, self._one(subject))

    def _one(self, subject: str) -> str:
        return f"{self._options.claim_path}/{quote(subject, safe='')}"

    def _claim(self, subject: str, reply: Reply, *, already: bool) -> Claim:
        told = reply.body if isinstance(reply.body, dict) else {}
        device = told.get("id")
        if not isinstance(device, str) or device.lower() != subject.lower():
            raise CloudNonsense("the cloud's answer names another device")
        tags = told.get("tags")
        known = tuple(str(tag) for tag in tags) if isinstance(tags, list) else self._options.tags
        return Claim(cloud=NAME, device_id=subject, already=already, tags=known)


async def let_go(caller: Caller, path: str) -> bool:
    """Delete what is at `path`; return whether it was there."""
    reply = await caller.send("DELETE", path)
    if reply.status in {200, 202, 204}:
        return True
    if reply.status == 404:
        return False
    raise refused(reply)


async def answers(
    proofs: Sequence[Proof],
    told: Sorted,
    held: Callable[[str], Awaitable[Claim | None]],
    tags: tuple[str, ...] = (),
) -> tuple[Claim | Fault, ...]:
    """Return each unit's answer: what is not surely claimed is asked for, with `held`."""
    others = [row for row, each in enumerate(proofs) if each.subject.lower() not in told.claimed]
    subjects = [proofs[row].subject for row in others]
    asked = dict(zip(others, await _ask_all(subjects, held), strict=True))
    return tuple(
        _answer(proof.subject, asked.get(row), told.failed.get(row))
        if row in asked
        else Claim(cloud=NAME, device_id=proof.subject, tags=tags)
        for row, proof in enumerate(proofs)
    )


async def _ask_all(
    subjects: Sequence[str], held: Callable[[str], Awaitable[Claim | None]]
) -> list[Claim | CloudFault | None]:
    """Ask about each; once the cloud does not tell, nobody waits for it a thousand times."""
    gate, broken = asyncio.Semaphore(AT_ONCE), list[CloudFault]()

    async def ask(subject: str) -> Claim | CloudFault | None:
        async with gate:
            if broken:
                return broken[0]
            try:
                return await held(subject)
            except CloudFault as fault:
                broken.append(fault)
                return fault

    return list(await asyncio.gather(*(ask(subject) for subject in subjects)))


def _answer(subject: str, found: Claim | CloudFault | None, words: str | None) -> Claim | Fault:
    if isinstance(found, CloudFault) and words is None:
        return ReplyLost(f"the answer does not name the unit, and then {found.code}")
    if found is not None:
        return found
    if words is None:
        return CloudRefused(f"the cloud's answer does not name {subject}")
    if _TAKEN.search(words):
        return ClaimedElsewhere(words)
    return TokenRefused(words) if _NO_TOKEN.search(words) else CloudRefused(words)


def _refusal(reply: Reply) -> Fault:
    """Name why a token was not taken; which status means what is inferred, not published."""
    if reply.status == 409:
        return ClaimedElsewhere(reply.message)
    if reply.status in {400, 422}:
        return TokenRefused(reply.message)
    if reply.status == 404:
        return NotThere(f"HTTP 404: is the base address right? {reply.message}".strip())
    return refused(reply)


def _refusal_of_all(reply: Reply) -> CloudFault:
    if reply.status < 300:
        return CloudNonsense("the cloud's answer names no unit")
    if reply.status == 404:
        return NotThere(f"HTTP 404: is the base address right? {reply.message}".strip())
    return refused(reply)
