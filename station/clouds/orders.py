"""Clouds that keep orders for the units that are ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from station.clouds.account import Releases, TakesProofs, TellsStandings
from station.faults import Fault
from station.model import (
    Claim,
    Onboarding,
    Order,
    Proof,
    Standing,
)


@runtime_checkable
class TakesOrders(Releases, TakesProofs, TellsStandings, Protocol):
    """A cloud that keeps a queue of orders for each unit that it holds for us."""

    @property
    def most_claims(self) -> int:
        """How many units `claim_many` and `onboard` take in one request."""
        ...

    @property
    def authorities(self) -> str:
        """The certificates by which a unit knows this cloud's servers, as PEM."""
        ...

    async def order(self, subject: str, kind: str, body: Mapping[str, Any]) -> Order:
        """Put an order into the queue of the unit `subject`; `kind` and `body` in the vendor's words.

        Asked twice it is there twice: look for it with `orders` first when a reply was lost.

        Raises:
            NotOurs: the cloud holds no claim of ours on the unit.
            QueueFull: the unit has as many orders waiting as it may.
            CloudFault: `leaves_open` says whether the order may be there all the same.

        """
        ...

    async def orders(self, subject: str) -> tuple[Order, ...]:
        """Return the orders of a unit that the cloud still knows, in its order; none if not ours."""
        ...

    async def order_now(self, subject: str, order: str) -> Order:
        """Return an order as it stands; one that has left the queue is UNKNOWN, for it is over."""
        ...

    async def discard(self, subject: str, order: str) -> None:
        """Take an order out of the queue; one that is gone is no fault."""

    async def standing(self, subject: str) -> Standing:
        """Return how the unit stands."""
        ...

    async def call_in(self, subject: str, number: int) -> None:
        """Ask a unit that is connected to fetch its orders.

        `number` is from 1 to 4294967294 and must differ each time: the unit acts on a change.

        Raises:
            NeverOnline: the cloud has never seen the unit.

        """

    async def claim_many(self, claims: Sequence[Proof]) -> tuple[Claim | Fault, ...]:
        """Claim up to `most_claims` units in one request; one answer for each, in their order.

        A fault's `leaves_open` is meant for its unit alone.

        Raises:
            CloudFault: the request as a whole failed; `leaves_open` as for `claim`.

        """
        ...

    async def forget(self, subject: str) -> bool:
        """Have the cloud forget the device with its certificate and data; the claim stays.

        Returns whether it knew it.
        """
        ...

    async def onboard(self, units: Sequence[Onboarding]) -> tuple[Fault | None, ...]:
        """Register up to `most_claims` units with certificates of our own, in one request.

        Waits for the end and returns for each, in their order, why it was refused, or None.

        Raises:
            CloudFault: the request as a whole failed; `leaves_open` as for `claim`.

        """
        ...
