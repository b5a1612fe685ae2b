"""Credentials over the cable: the unit makes a key, the station's authority signs, all is read back.

What can fail without touching the unit is tried before its old key goes: the authority is opened,
what the unit holds is looked at, and the cloud must answer if the unit is to be registered there.
"""

from __future__ import annotations

from typing import cast

from pydantic import Field

from station.boards import Board, KeepsCredentials
from station.clouds import Cloud, TakesOrders
from station.faults import CredentialExists
from station.model import CredentialKind
from station.procedures import procedure
from station.procedures.own_authority import (
    OwnAuthorityOptions,
    authority_of,
    registered,
    signed,
)
from station.run import Run


class LocalOptions(OwnAuthorityOptions):
    """What a recipe's `[options]` table may hold for credentials over the cable."""

    replace: bool = Field(
        default=False, description="make a new key where the unit holds one; the old one is lost"
    )
    subject: str = Field(
        default="",
        description="the certificate's name and the device's id, such as my-{imei}; it must be what "
        "the firmware connects as. Empty: the id that the board gives itself",
    )


@procedure(
    "Write credentials",
    steps="identify prepare key sign write onboard online",
    options=LocalOptions,
    board=KeepsCredentials,
    cloud=TakesOrders,
)
async def local_credentials(run: Run, board: Board, cloud: Cloud) -> None:
    keeper, options = cast(KeepsCredentials, board), run.options(LocalOptions)
    authority, registrar = authority_of(run), cast(TakesOrders, cloud)

    async with run.step("identify", within_s=15):
        identity = await board.identify()
        await run.learn(identity)
        name = options.subject.replace("{imei}", dict(identity.ids).get("imei", ""))

    async with run.step("prepare", within_s=30):
        if options.register_it:
            await registrar.probe()
        held = {each.kind for each in await keeper.credentials(options.sec_tag)}
        if CredentialKind.CLIENT_KEY in held and not options.replace:
            raise CredentialExists(f"under {options.sec_tag}; the recipe may say replace = true")

    async with run.step("key", within_s=90):
        await keeper.go_offline()
        await run.note("key replaced" if held else "key made", {"sec_tag": options.sec_tag})
        if CredentialKind.CLIENT_KEY in held:
            await keeper.erase_credential(options.sec_tag, CredentialKind.CLIENT_KEY)
        request = await keeper.make_key(options.sec_tag, name)
        if request.device_id:
            await run.learn(identity.known_as("uuid", request.device_id))

    async with run.step("sign", within_s=20):
        certificate = await signed(run, authority, request)

    async with run.step("write", within_s=60):
        for kind, pem in (
            (CredentialKind.ROOT_CA, registrar.authorities),
            (CredentialKind.CLIENT_CERTIFICATE, certificate),
        ):
            await keeper.write_credential(options.sec_tag, kind, pem)

    async with run.step("onboard", within_s=120):
        await registered(run, registrar, request.subject, certificate)

    async with run.step("online", within_s=20):
        await keeper.go_online()
