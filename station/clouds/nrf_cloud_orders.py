"""Orders to a unit: the provisioning commands of nRF Cloud's provisioning service.

Sources: the calls and status words as nrfcloud-utils 3.3.1 speaks them; the limit of 20 commands
from the vendor's documents. A word that is not among them is taken as the end, of unknown kind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from station.clouds.http import Caller
from station.clouds.nrf_cloud_pages import items
from station.clouds.replies import NotThere, Reply, refused
from station.faults import CloudNonsense, Fault, NotOurs, QueueFull
from station.model import Order, Progress

MOST_ORDERS = 20
CERTIFICATE_REQUEST = "certificateSigningRequest"
CREDENTIAL_ORDERS = frozenset({"cloudAccessKeyGeneration", "clientCertificate"})
"""The orders that leave a unit with a credential for nRF Cloud."""

_PROGRESS = {
    "PENDING": Progress.WAITING,
    "IN_PROGRESS": Progress.BUSY,
    "SUCCEEDED": Progress.DONE,
    "FAILED": Progress.FAILED,
}
_ABOUT_ROOM = re.compile(r"\b20\b|limit|maximum|too many|full", re.IGNORECASE)


class Orders:
    """The queues of all units, below `claim_path`."""

    def __init__(self, caller: Caller, claim_path: str) -> None:
        self._caller, self._claim_path = caller, claim_path

    async def order(self, subject: str, kind: str, body: Mapping[str, Any]) -> Order:
        """As `TakesOrders.order`."""
        asked = {"description": f"Provisioning station: {kind}", "request": {kind: dict(body)}}
        reply = await self._caller.send("POST", self._queue(subject), body=asked)
        if reply.status in {200, 201, 202}:
            return order_of(reply.body, kind, body)
        raise await self._refusal(subject, reply)

    async def orders(self, subject: str) -> tuple[Order, ...]:
        """As `TakesOrders.orders`."""
        try:
            return tuple(
                [order_of(each) async for each in items(self._caller, self._queue(subject))]
            )
        except NotThere:
            return ()

    async def order_now(self, subject: str, order: str) -> Order:
        """As `TakesOrders.order_now`."""
        reply = await self._caller.get(self._one(subject, order))
        if reply.status == 404:
            # the first order that fails empties the rest of the queue
            return Order(order, "", Progress.UNKNOWN, reason="it is no longer in the queue")
        if reply.status != 200:
            raise refused(reply)
        return order_of(reply.body)

    async def discard(self, subject: str, order: str) -> None:
        """As `TakesOrders.discard`."""
        reply = await self._caller.send("DELETE", self._one(subject, order))
        if reply.status not in {200, 202, 204, 404}:
            raise refused(reply)

    async def _refusal(self, subject: str, reply: Reply) -> Fault:
        """Name why an order was not taken: which words say that a queue is full is not published."""
        if reply.status == 404:
            return NotOurs(reply.message)
        if reply.status in {400, 409, 422}:
            there = len(await self.orders(subject))
            if there >= MOST_ORDERS or _ABOUT_ROOM.search(reply.message):
                return QueueFull(f"{there} orders are there. {reply.message}".rstrip(". "))
        return refused(reply)

    def _queue(self, subject: str) -> str:
        return f"{self._claim_path}/{quote(subject, safe='')}/provisioning"

    def _one(self, subject: str, order: str) -> str:
        return f"{self._queue(subject)}/{quote(order, safe='')}"


def order_of(told: Any, kind: str = "", body: Mapping[str, Any] | None = None) -> Order:
    """Read what the cloud tells of an order; `kind` and `body` stand in for what it leaves out.

    Raises:
        CloudNonsense: it is no order.

    """
    if not isinstance(told, Mapping) or not isinstance(told.get("id"), str) or not told["id"]:
        raise CloudNonsense("the cloud's answer is no order")
    request = _mapping(told.get("request"))
    kind = next(iter(request), kind)
    word = str(told.get("status", ""))
    progress = _PROGRESS.get(word.upper(), Progress.UNKNOWN)
    answer = _answer(kind, told.get("response"))
    reason = ""
    if progress is Progress.FAILED:
        reason = _reason(told) or "the cloud does not say why"
    elif progress is Progress.UNKNOWN:
        reason = f"status {word[:40]!r}"
    return Order(told["id"], kind, progress, answer, reason, _mapping(request.get(kind, body)))


def _answer(kind: str, response: Any) -> Mapping[str, Any]:
    """Return what the unit said. A certificate request is `csr`, and was `message` earlier."""
    inside = _mapping(response).get(kind, response)
    if isinstance(inside, str):
        inside = {"message": inside}
    answer = dict(_mapping(inside))
    if kind == CERTIFICATE_REQUEST and "csr" not in answer and "message" in answer:
        answer["csr"] = answer["message"]
    return answer


def _reason(told: Any, deep: int = 4) -> str:
    """Find the words of a failed order: where the cloud puts them is not published."""
    if not isinstance(told, Mapping) or not deep:
        return ""
    for name in ("message", "error", "reason", "errorMessage", "cmeError"):
        said = told.get(name)
        if isinstance(said, str | int) and str(said).strip():
            return " ".join(f"{'CME error ' if name == 'cmeError' else ''}{said}".split())[:200]
    inner = (_reason(each, deep - 1) for name, each in told.items() if name != "request")
    return next(filter(None, inner), "")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
