"""What a recipe's `[cloud]` table may hold for nRF Cloud, in both generations of its API."""

from __future__ import annotations

from typing import Literal, Self
from urllib.parse import urlsplit, urlunsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

_ADDRESS = r"^https?://[^/\s@]+(/\S*)?$"
_SLUG = r"^[A-Za-z0-9._~-]*$"
_CLAIMS_HOST, _DEVICES_HOST = "api.provisioning.", "api."


class Rule(BaseModel):
    """The rule that tells the provisioning service what a claimed unit needs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = "nRF Cloud Onboarding"
    sec_tag: int = Field(default=16_842_753, ge=0, lt=2_147_483_648)
    """Where the modem keeps the credentials; the default is nRF Cloud's own."""


class NrfCloudOptions(BaseModel):
    """One account: a team with its API key, or a project of an organization with its token.

    Paths, header and scheme are settings where the vendor has not published them, or may move them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    generation: Literal["legacy", "organization"] = Field(
        default="legacy",
        description="legacy: the team's API key; organization: the new app's organization token",
    )
    organization: str = Field(
        default="", pattern=_SLUG, description="its slug, for generation organization"
    )
    project: str = Field(
        default="", pattern=_SLUG, description="its slug, for generation organization"
    )
    provisioning_url: str = Field(
        default="https://api.provisioning.nrfcloud.com/v1",
        pattern=_ADDRESS,
        description="base address of the provisioning service, with its path",
    )
    cloud_url: str = Field(
        default="",
        pattern=rf"^$|{_ADDRESS}",
        description="base address of the Cloud API; empty: as provisioning_url says",
    )
    api_key_name: str = Field(
        default="nrf-cloud",
        pattern=r"^[a-z0-9][a-z0-9-]*$",
        description="the name under which the keystore holds the API key; never the key itself",
    )
    auth_header: str = Field(default="Authorization", description="the header that carries the key")
    auth_scheme: str = Field(default="Bearer", description="the word before the key; may be empty")
    claim_path: str = Field(
        default="claimed-devices", description="the path of claims below the base address"
    )
    bulk_onboarding_path: str = Field(
        default="devices/bulk-onboarding",
        description="where an organization's CSV of tokens goes; the vendor has not published it",
    )
    tags: tuple[str, ...] = Field(
        default=("nrf-cloud-onboarding",), description="tags of each claim; the rule goes by them"
    )
    rule: Rule | None = Field(
        default=Rule(),
        description="made when no rule of this name exists; leave out tags and rule to claim only",
    )

    timeout_s: float = Field(
        default=10.0, gt=0, le=60, description="seconds that the cloud may take to answer"
    )
    bulk_within_s: float = Field(
        default=120.0, gt=0, le=3600, description="seconds that many units at once may take"
    )
    requests_a_second: float | None = Field(
        default=None,
        gt=0,
        le=1000,
        examples=[10],
        description="the account's limit; left out: none is known",
    )

    @field_validator("tags")
    @classmethod
    def _one_word_each(cls, tags: tuple[str, ...]) -> tuple[str, ...]:
        for tag in tags:
            if not tag or "," in tag or tag != tag.strip():
                raise ValueError(f"each tag is a word of its own, without commas: {tag!r}")
        return tags

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.generation == "organization" and not (self.organization and self.project):
            raise ValueError('generation "organization" needs organization and project')
        return self

    @property
    def claims_address(self) -> str:
        """Where claims are kept: the provisioning service, or the organization's project."""
        return self.devices_address if self._is_project else self.provisioning_url

    @property
    def devices_address(self) -> str:
        """Where devices are kept; the stages of the cloud and private servers included."""
        address = self.cloud_url or _beside(self.provisioning_url)
        if not self._is_project:
            return address
        where = f"organizations/{self.organization}/projects/{self.project}"
        return f"{address.rstrip('/')}/{where}"

    @property
    def ask_on_401(self) -> str:
        """What the engineer is asked when the key is refused, in plain words."""
        if self._is_project:
            return (
                "Is it an organization token of the new nRF Cloud app, made for this organization?"
                ' A legacy team API key needs generation = "legacy"'
            )
        return (
            "Is it the legacy API key of the team? A user key or an organization token of the new"
            ' nRF Cloud app needs generation = "organization"'
        )

    @property
    def _is_project(self) -> bool:
        return self.generation == "organization"


def _beside(address: str) -> str:
    """Return the Cloud API that belongs to a provisioning service: its host without one word."""
    parts = urlsplit(address)
    if not parts.netloc.startswith(_CLAIMS_HOST):
        return address
    host = _DEVICES_HOST + parts.netloc.removeprefix(_CLAIMS_HOST)
    return urlunsplit(parts._replace(netloc=host))
