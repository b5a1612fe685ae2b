"""What procedures have in common that sign certificates with the station's own authority."""

from __future__ import annotations

from pydantic import Field

from station import deeds
from station.authority import Authority, AuthorityOptions, open_authority
from station.clouds import TakesOrders
from station.model import Onboarding, SigningRequest
from station.procedures import FollowUpOptions
from station.run import Run


class OwnAuthorityOptions(FollowUpOptions):
    """What a recipe's `[options]` table may hold where certificates are signed."""

    authority: AuthorityOptions = Field(description="the station's own authority, which signs")
    sec_tag: int = Field(
        default=16_842_753,
        ge=0,
        lt=2_147_483_648,
        description="where the unit keeps its credentials; the default is nRF Cloud's own",
    )
    register_it: bool = Field(
        default=True, alias="register", description="register the unit in the cloud as well"
    )
    tags: tuple[str, ...] = Field(default=(), description="tags of the registered unit")
    sub_type: str = Field(default="", description="its type, as the cloud shows it")


def authority_of(run: Run) -> Authority:
    """Open the authority that the recipe names; its files lie beside the recipe.

    Raises:
        AuthorityMissing: it is not to be had, or may not sign.

    """
    return open_authority(run.options(OwnAuthorityOptions).authority, run.folder, run.secret)


async def registered(run: Run, cloud: TakesOrders, device_id: str, certificate: str) -> None:
    """Register the unit with its certificate, if the recipe wants it.

    The unit has made a new key by now, so an older registration is of no use to it, and the cloud
    takes no second certificate for a device that it knows: it is forgotten first.

    Raises:
        OnboardingRefused, CloudFault, Unsettled: as the cloud answers.

    """
    options = run.options(OwnAuthorityOptions)
    if options.register_it:
        unit = Onboarding(device_id, certificate, options.sub_type, options.tags)
        await cloud.forget(device_id)
        await run.once(deeds.onboard(cloud, unit))


async def signed(run: Run, authority: Authority, request: SigningRequest) -> str:
    """Return the certificate for a request, PEM, and keep it in the trail: it is no secret."""
    certificate = authority.issue(request)
    options = run.options(OwnAuthorityOptions)
    await run.note(
        "certificate signed",
        {
            "subject": request.subject,
            "sec_tag": request.sec_tag,
            "certificate": certificate,
            "sub_type": options.sub_type,
            "tags": list(options.tags),
        },
    )
    return certificate
