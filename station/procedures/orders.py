"""What procedures have in common that speak to a unit through its cloud's queue of orders."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from station import deeds
from station.boards import Wakes
from station.clouds import TakesOrders
from station.faults import CloudNonsense, OrderFailed, PowerNeeded
from station.model import Order, Progress
from station.run import Run

FIRST_LOOK_S = 0.2
LOOK_MORE_SELDOM = 1.12
MOST_SELDOM_S = 3.0


async def placed(
    run: Run, cloud: TakesOrders, subject: str, kind: str, body: Mapping[str, Any]
) -> Order:
    """Put an order into a unit's queue, by the journal.

    Raises:
        QueueFull, CloudFault, Unsettled: as the cloud answers.

    """
    return await run.once(deeds.order(cloud, subject, kind, body))


async def woken(run: Run, board: Wakes) -> None:
    """Have the board fetch its orders; one that only a person can restart is asked for aloud."""
    try:
        await board.wake()
    except PowerNeeded as fault:
        run.prompt(fault)


async def carried_out(cloud: TakesOrders, subject: str, order: Order) -> Order:
    """Wait until a unit has carried an order out; the step's time limit bounds it.

    Looked at often in the beginning, since a unit that is awake takes a few seconds, and less and
    less often then: after an eighth of the time that has gone by, and every three seconds at last.

    Raises:
        OrderFailed: the unit could not.
        CloudNonsense: the order is over, and nobody knows how.

    """
    pause_s = FIRST_LOOK_S
    while True:
        now = await cloud.order_now(subject, order.id)
        match now.progress:
            case Progress.DONE:
                return now
            case Progress.FAILED:
                raise OrderFailed(f"{now.kind}: {now.reason or 'no reason given'}")
            case Progress.UNKNOWN:
                raise CloudNonsense(f"{now.kind}: {now.reason or 'a word that is not known'}")
            case Progress.WAITING | Progress.BUSY:
                await asyncio.sleep(pause_s)
                pause_s = min(pause_s * LOOK_MORE_SELDOM, MOST_SELDOM_S)
