"""Sends the offline queue to its cloud: in bulk, in order, each unit sorted out by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from station.clouds import Cloud, TakesOrders, TakesProofs
from station.faults import BoardFault, CloudFault, CloudRefused, Fault
from station.model import Claim, Event, Followed, Proof, QueueStands, Stage, Trouble
from station.record import Record
from station.record.queue import QueueLength, Waiting
from station.seal import Seal

MOST_SINGLY = 50
"""Units that are claimed one by one before what was answered is committed."""


CAREFULLY = 100
"""Units in a request after an answer was lost: each is asked about singly, since all may be ours
already, and what is known is committed before the next request."""


@dataclass(slots=True)
class Drain:
    """Sends what waits in the queue of a record."""

    record: Record
    post: Callable[[Event], None]
    _told: QueueLength = field(default_factory=QueueLength)
    _careful: bool = False

    async def send(self, cloud: TakesProofs, seal: Seal) -> int:
        """Send one request's worth of the oldest; return how many the cloud has answered for.

        A row whose answer leaves open whether it was claimed keeps waiting: it may be asked twice.

        Raises:
            CloudFault: the cloud does not answer; what was not answered for waits on.
            SealBroken: the proofs can't be opened.

        """
        most = cloud.most_claims if isinstance(cloud, TakesOrders) else MOST_SINGLY
        rows = await self.record.queue.waiting(
            cloud.address, min(most, CAREFULLY) if self._careful else most
        )
        proofs = [Proof(row.kind, row.names, row.subject, seal.open(row.sealed)) for row in rows]
        try:
            answers = await _claimed(cloud, proofs) if rows else ()
        except CloudFault as fault:
            self._careful = self._careful or fault.leaves_open
            raise
        self._careful = self._careful and bool(rows)
        results = _sorted_out(rows, answers)
        await self.record.queue.sent(results)
        for row, result in results:
            if isinstance(result, Claim):
                self.post(Followed(row.run, row.serial, row.subject, Stage.CLAIMED))
        await self.tell(cloud)
        return len(results)

    async def tell(self, cloud: Cloud) -> QueueLength:
        """Return how the queue stands, and tell it when it has changed."""
        length = await self.record.queue.length(cloud.address)
        if length != self._told:
            self._told = length
            self.post(QueueStands(length.waiting, length.oldest, length.refused))
        return length


async def _claimed(cloud: TakesProofs, proofs: Sequence[Proof]) -> Sequence[Claim | Fault]:
    if isinstance(cloud, TakesOrders) and len(proofs) > 1:
        try:
            return await cloud.claim_many(proofs)
        except CloudRefused:
            pass  # a server without bulk claims: one by one, then
    return await _claimed_singly(cloud, proofs)


async def _claimed_singly(cloud: TakesProofs, proofs: Sequence[Proof]) -> Sequence[Claim | Fault]:
    answers: list[Claim | Fault] = []
    for proof in proofs:
        try:
            answers.append(await cloud.claim(proof))
        except BoardFault as fault:
            answers.append(fault)
        except CloudFault:
            if not answers:
                raise
            break  # what was answered is committed first; the rest waits
    return answers


def _sorted_out(
    rows: Sequence[Waiting], answers: Sequence[Claim | Fault]
) -> list[tuple[Waiting, Claim | Trouble]]:
    results: list[tuple[Waiting, Claim | Trouble]] = []
    for row, answer in zip(rows, answers, strict=False):
        if isinstance(answer, Claim):
            results.append((row, answer))
        elif isinstance(answer, BoardFault):
            results.append((row, answer.trouble))
    return results
