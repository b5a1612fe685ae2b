"""Claim by tag, then have the board fetch its credentials at once instead of at its next start."""

from __future__ import annotations

from typing import cast

from station.boards import Board, Wakes
from station.clouds import Cloud, TakesOrders
from station.procedures import FollowUpOptions, procedure
from station.procedures.claim import claim_it
from station.run import Run


@procedure(
    "Claim and wake",
    steps="identify prove check claim wake",
    options=FollowUpOptions,
    board=Wakes,
    cloud=TakesOrders,
    again="Provision again",
)
async def claim_and_wake(run: Run, board: Board, cloud: Cloud) -> None:
    await claim_it(run, board, cloud)

    async with run.step("wake", within_s=10):
        await cast(Wakes, board).wake()
