"""Units of an organization's project: the new generation of nRF Cloud, with an organization token.

It takes a CSV of device ids and attestation tokens. Path and answer of that call are not published:
the path is a setting, and every answer is settled by asking which devices the project has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from station.clouds.http import Caller
from station.clouds.nrf_cloud_bulk import Sorted, end_of, refusals, sort_rows
from station.clouds.nrf_cloud_claims import NAME, answers, let_go
from station.clouds.nrf_cloud_options import NrfCloudOptions
from station.clouds.replies import Reply, refused
from station.faults import CloudFault, CloudRefused, Fault, KeyForbidden, ReplyLost
from station.model import Claim, Order, Proof
from station.vendor_csv import attested_rows

_NO_ORDERS = 'orders to units need the legacy API: generation = "legacy" and the team\'s key'


class ProjectClaims:
    """What a project with an organization token holds."""

    def __init__(self, caller: Caller, options: NrfCloudOptions) -> None:
        self._caller, self._options = caller, options

    async def prepare(self) -> None:
        """As `Cloud.prepare`: there is nothing that claims would need."""

    async def probe(self) -> None:
        """As `Cloud.probe`."""
        reply = await self._caller.get("devices", params={"pageLimit": "1"})
        if reply.status != 200:
            raise refused(reply)

    async def held(self, subject: str) -> Claim | None:
        """As `Cloud.held`.

        Whether a unit stands among the devices before it has connected is not published: claims are
        looked through too, where the project has such a list.
        """
        reply = await self._caller.get(f"devices/{quote(subject, safe='')}")
        if reply.status not in {200, 404}:
            raise refused(reply)
        if reply.status == 404:
            with suppress(KeyForbidden):  # what a gateway says of a path that it does not know
                reply = await self._caller.get(self._claim_of(subject))
        return Claim(cloud=NAME, device_id=subject, already=True) if reply.status == 200 else None

    async def check(self, proof: Proof) -> None:
        """As `Cloud.check`: this generation has no dry run, so that the claim itself must tell."""

    async def claim(self, proof: Proof) -> Claim:
        """As `Cloud.claim`."""
        (answer,) = await self.claim_many([proof])
        if isinstance(answer, Fault):
            raise answer
        return answer

    async def claim_many(self, proofs: Sequence[Proof]) -> tuple[Claim | Fault, ...]:
        """As `TakesOrders.claim_many`."""
        csv = attested_rows((proof.subject, proof.text) for proof in proofs)
        reply = await self._caller.send(
            "POST",
            self._options.bulk_onboarding_path,
            csv=csv,
            within_s=self._options.bulk_within_s,
        )
        told = sort_rows(
            reply,
            [proof.subject for proof in proofs],
            [proof.text.get_secret_value() for proof in proofs],
        )
        if told is None and reply.status >= 300:
            raise refused(reply)
        if told is None:
            told = await self._ended(reply, proofs)
        found = await answers(proofs, told, self.held)
        return tuple(map(_in_doubt, found)) if not (told.claimed or told.failed) else found

    async def release(self, subject: str) -> bool:
        """As `TakesOrders.release`: as a claim, where the project has them, and as a device."""
        was_claimed = False
        with suppress(KeyForbidden, CloudRefused):
            was_claimed = await let_go(self._caller, self._claim_of(subject))
        return await let_go(self._caller, f"devices/{quote(subject, safe='')}") or was_claimed

    def _claim_of(self, subject: str) -> str:
        return f"{self._options.claim_path}/{quote(subject, safe='')}"

    async def _ended(self, reply: Reply, proofs: Sequence[Proof]) -> Sorted:
        """Wait for an operation, if the reply names one, and sort its rows.

        Whether rows are counted with the header is not published: once one was refused, none is
        believed to be done.
        """
        told = reply.body if isinstance(reply.body, Mapping) else {}
        operation = told.get("bulkOpsRequestId")
        if not isinstance(operation, str) or not operation:
            return Sorted(frozenset())
        ended = await end_of(self._caller, operation, self._options.bulk_within_s)
        address, within_s = self._options.devices_address, self._options.timeout_s
        no = await refusals(ended, len(proofs), address, within_s)
        if not any(no):
            return Sorted(frozenset(proof.subject.lower() for proof in proofs))
        return Sorted(
            frozenset(), {row: fault.detail for row, fault in enumerate(no) if fault is not None}
        )


class NoOrders:
    """The new generation keeps no queue of orders that a token may write to."""

    async def order(self, subject: str, kind: str, body: Mapping[str, Any]) -> Order:
        """Refuse, in words that say what to change."""
        raise CloudRefused(_NO_ORDERS)

    async def orders(self, subject: str) -> tuple[Order, ...]:
        """Return none."""
        return ()

    async def order_now(self, subject: str, order: str) -> Order:
        """Refuse, in words that say what to change."""
        raise CloudRefused(_NO_ORDERS)

    async def discard(self, subject: str, order: str) -> None:
        """There is none."""


def _in_doubt(answer: Claim | Fault) -> Claim | Fault:
    """Leave open what the cloud took without a word and does not show yet."""
    if isinstance(answer, Claim) or (isinstance(answer, CloudFault) and answer.leaves_open):
        return answer
    return ReplyLost("the cloud took the token, and does not show the unit yet")
