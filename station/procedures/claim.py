"""The plain case: who is it, can it prove so, would the cloud have it, make it ours.

The first pass, the retry after a power cut and the visit of a returned unit are the same story:
`claim_once` asks what is already true and does what is missing.
"""

from __future__ import annotations

from typing import cast

from station.boards import Board
from station.clouds import Cloud, TakesProofs
from station.model import Claim, Identity, Proof
from station.procedures import FollowUpOptions, procedure
from station.run import Run


@procedure(
    "Claim",
    steps="identify prove check claim",
    options=FollowUpOptions,
    cloud=TakesProofs,
    again="Provision again",
)
async def claim(run: Run, board: Board, cloud: Cloud) -> None:
    await claim_it(run, board, cloud)


async def claim_it(run: Run, board: Board, cloud: Cloud) -> Claim:
    """Tell the four steps that make a unit ours, and follow it from then on if that is wanted."""
    _, proof = await know_it(run, board)
    taker = cast(TakesProofs, cloud)

    async with run.step("check", within_s=30):
        await taker.prepare()
        await taker.check(proof)

    async with run.step("claim", within_s=45):
        claim = await run.claim_once(taker, proof)
        if within_s := run.options(FollowUpOptions).online_within_s:
            await run.follow(cloud, claim, within_s)
    return claim


async def know_it(run: Run, board: Board) -> tuple[Identity, Proof]:
    """Tell the two steps in which a unit says who it is and proves it."""
    async with run.step("identify", within_s=15):
        identity = await board.identify()
        await run.learn(identity)

    async with run.step("prove", within_s=15):
        proof = await board.prove()
        await run.learn(identity.proven(proof))
    return identity, proof
