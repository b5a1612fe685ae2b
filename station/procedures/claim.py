"""The plain case: who is it, can it prove so, would the cloud have it, make it ours.

The first pass, the retry after a power cut and the visit of a returned unit are the same story:
`claim_once` asks what is already true and does what is missing.
"""

from __future__ import annotations

from station.boards import Board
from station.clouds import Cloud
from station.procedures import procedure
from station.run import Run


@procedure("Claim", steps="identify prove check claim")
async def claim(run: Run, board: Board, cloud: Cloud) -> None:
    async with run.step("identify", within_s=15):
        identity = await board.identify()
        await run.learn(identity)

    async with run.step("prove", within_s=15):
        proof = await board.prove()
        await run.learn(identity.proven(proof))

    async with run.step("check", within_s=30):
        await cloud.prepare()
        await cloud.check(proof)

    async with run.step("claim", within_s=45):
        await run.claim_once(cloud, proof)
