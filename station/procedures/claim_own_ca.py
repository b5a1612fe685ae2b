"""Claim, and give the unit a certificate that the station's own authority has signed.

The unit makes its key and its request on the cloud's order; the request comes back through the
cloud, the certificate goes the same way.
"""

from __future__ import annotations

from typing import cast

from station.boards import Board, Wakes
from station.clouds import Cloud, TakesOrders
from station.faults import AnswerBroken
from station.procedures import procedure
from station.procedures.claim import claim_it
from station.procedures.orders import carried_out, placed, woken
from station.procedures.own_authority import (
    OwnAuthorityOptions,
    authority_of,
    registered,
    signed,
)
from station.run import Run
from station.wire import keygen

KEY_USAGE = "101010000"
"""What the key is for, as the reference client asks: a bit string of AT%KEYGEN."""


@procedure(
    "Claim with own authority",
    steps="identify prove check claim order request sign deliver onboard",
    options=OwnAuthorityOptions,
    board=Wakes,
    cloud=TakesOrders,
    again="Provision again",
)
async def claim_own_ca(run: Run, board: Board, cloud: Cloud) -> None:
    orders, waker = cast(TakesOrders, cloud), cast(Wakes, board)
    tag = {"secTag": run.options(OwnAuthorityOptions).sec_tag}
    authority = authority_of(run)
    unit = (await claim_it(run, board, cloud)).device_id

    async with run.step("order", within_s=30):
        body = {"attributes": f"CN={unit}", "keyUsage": KEY_USAGE, **tag}
        asked = await placed(run, orders, unit, "certificateSigningRequest", body)

    async with run.step("request", within_s=300):
        await woken(run, waker)
        answer = (await carried_out(orders, unit, asked)).answer.get("csr")
        if not isinstance(answer, str):
            raise AnswerBroken("the order is done but there is no request in its answer")
        request = keygen.read_request(answer, tag["secTag"], unit)

    async with run.step("sign", within_s=20):
        certificate = await signed(run, authority, request)

    async with run.step("deliver", within_s=300):
        written = [
            await placed(run, orders, unit, kind, {**tag, "content": content})
            for kind, content in (
                ("clientCertificate", certificate),
                ("serverCertificate", orders.authorities),
            )
        ]
        written.append(await placed(run, orders, unit, "finished", {}))
        await woken(run, waker)
        for order in written:
            await carried_out(orders, unit, order)

    async with run.step("onboard", within_s=120):
        await registered(run, orders, unit, certificate)
