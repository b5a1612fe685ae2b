"""Return: the unit is let go of in its cloud, its credentials are erased, and both are shown."""

from __future__ import annotations

from typing import cast

from pydantic import BaseModel, ConfigDict, Field

from station import deeds
from station.boards import Board, KeepsCredentials
from station.clouds import Cloud, TakesOrders
from station.faults import NotErased
from station.model import Credential, CredentialKind
from station.procedures import procedure
from station.procedures.claim import know_it
from station.procedures.erasure import tell_erased
from station.run import Run


class TakeBackOptions(BaseModel):
    """What a recipe's `[options]` table may hold for a return."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sec_tags: tuple[int, ...] = Field(
        default=(16_842_753,), min_length=1, description="the security tags that are emptied"
    )


@procedure(
    "Take back",
    steps="identify prove release erase confirm",
    options=TakeBackOptions,
    board=KeepsCredentials,
    cloud=TakesOrders,
    erases=True,
)
async def take_back(run: Run, board: Board, cloud: Cloud) -> None:
    keeper, options = cast(KeepsCredentials, board), run.options(TakeBackOptions)
    _, proof = await know_it(run, board)

    async with run.step("release", within_s=30):
        await run.once(deeds.release(cast(TakesOrders, cloud), proof.subject))

    async with run.step("erase", within_s=60):
        await keeper.go_offline()
        for sec_tag in options.sec_tags:
            for kind in CredentialKind:
                await keeper.erase_credential(sec_tag, kind)
        left = [each for tag in options.sec_tags for each in await keeper.credentials(tag)]
        if left:
            raise NotErased(", ".join(_told(each) for each in left))
        tags = ", ".join(map(str, options.sec_tags))
        await tell_erased(
            run,
            [f"credentials under {tags}"],
            "the modem lists nothing under these security tags",
        )

    async with run.step("confirm", within_s=30):
        await cast(TakesOrders, cloud).check(await board.prove())


def _told(credential: Credential) -> str:
    return f"{credential.kind.name.lower()} under {credential.sec_tag}"
