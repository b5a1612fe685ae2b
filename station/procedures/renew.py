"""Renewal: the board makes itself a new key for its cloud, over the air, and the old one goes."""

from __future__ import annotations

from typing import cast

from pydantic import Field

from station.boards import Board, Wakes
from station.clouds import Cloud, TakesOrders
from station.faults import BoardRefused, NotOurs
from station.procedures import FollowUpOptions, procedure
from station.procedures.claim import know_it
from station.procedures.orders import carried_out, placed
from station.run import Run


class RenewOptions(FollowUpOptions):
    """What a recipe's `[options]` table may hold for a renewal."""

    sec_tag: int = Field(default=16_842_753, ge=0, lt=2_147_483_648)
    older_than_days: int | None = Field(
        default=None,
        gt=0,
        examples=[365],
        description="for 'station records stale': when a renewal is due",
    )


@procedure(
    "Renew credentials",
    steps="identify prove check order wake wait",
    options=RenewOptions,
    board=Wakes,
    cloud=TakesOrders,
)
async def renew(run: Run, board: Board, cloud: Cloud) -> None:
    orders, options = cast(TakesOrders, cloud), run.options(RenewOptions)
    _, proof = await know_it(run, board)

    async with run.step("check", within_s=30):
        if await cloud.held(proof.subject) is None:
            raise NotOurs(proof.subject)

    async with run.step("order", within_s=30):
        body = {"secTag": options.sec_tag}
        order = await placed(run, orders, proof.subject, "cloudAccessKeyGeneration", body)

    async with run.step("wake", within_s=15):
        try:
            await cast(Wakes, board).wake()
        except BoardRefused:
            # firmware without a word for it fetches its orders when its cloud calls it
            await orders.call_in(proof.subject, run.number)

    async with run.step("wait", within_s=300):
        await carried_out(orders, proof.subject, order)
