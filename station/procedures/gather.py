"""The offline line: who is it, can it prove so, and the proof is kept until there is a network.

What the board proves is checked as far as that goes without the cloud; the unit is not claimed, and
its record says so until the queue was sent.
"""

from __future__ import annotations

from station.boards import Board
from station.clouds import Cloud, TakesProofs
from station.procedures import procedure
from station.procedures.claim import know_it
from station.run import Run


@procedure("Gather", steps="identify prove queue", cloud=TakesProofs, offline=True)
async def gather(run: Run, board: Board, cloud: Cloud) -> None:
    _, proof = await know_it(run, board)

    async with run.step("queue", within_s=10):
        await run.queue(cloud, proof)
