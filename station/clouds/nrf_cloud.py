"""nRF Cloud, the legacy API with a team key: claiming by tag.

Sources: Nordic's provisioning service as nrfcloud-utils 3.3.1 speaks it; where its answers are not
published the mapping here keeps to the status code and leaves the words to the detail.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from importlib.resources import files
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from station import __version__
from station.clouds.http import Caller, Reply, refused
from station.faults import (
    ClaimedElsewhere,
    CloudFault,
    CloudNonsense,
    CloudRefused,
    Fault,
    TokenRefused,
)
from station.model import Claim, Proof

NAME = "nrf_cloud"
WARM_AFTER_S = 30.0
"""A connection that was idle this long may be gone: servers commonly close after 60 s."""

MOST_PAGES = 100


class Rule(BaseModel):
    """The rule that tells the provisioning service what a claimed unit needs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = "nRF Cloud Onboarding"
    sec_tag: int = Field(default=16_842_753, ge=0, lt=2_147_483_648)
    """Where the modem keeps the credentials; the default is nRF Cloud's own."""


class NrfCloudOptions(BaseModel):
    """What a recipe's `[cloud]` table may hold for nRF Cloud."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    provisioning_url: str = Field(
        default="https://api.provisioning.nrfcloud.com/v1",
        pattern=r"^https?://[^/\s]+(/\S*)?$",
        description="base address of the provisioning service, with its path",
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

    @field_validator("tags")
    @classmethod
    def _one_word_each(cls, tags: tuple[str, ...]) -> tuple[str, ...]:
        for tag in tags:
            if not tag or "," in tag or tag != tag.strip():
                raise ValueError(f"each tag is a word of its own, without commas: {tag!r}")
        return tags


class NrfCloud:
    """One team's account. A claim may be asked twice: it is ours, or the one we hold is returned."""

    name: ClassVar[str] = NAME
    title: ClassVar[str] = "nRF Cloud"
    Options: ClassVar[type[BaseModel]] = NrfCloudOptions

    def __init__(self, options: NrfCloudOptions, key: SecretStr) -> None:
        self._options = options
        value = f"{options.auth_scheme} {key.get_secret_value()}".strip()
        self._caller = Caller(
            options.provisioning_url,
            {options.auth_header: value, "User-Agent": f"provisioning-station/{__version__}"},
            options.timeout_s,
        )
        self._preparing = asyncio.Lock()
        self._prepared = False

    @classmethod
    def open(cls, options: BaseModel, secret: Callable[[str], SecretStr]) -> Self:
        assert isinstance(options, NrfCloudOptions)  # noqa: S101 - the registry made it by this class
        return cls(options, secret(options.api_key_name))

    @property
    def address(self) -> str:
        return self._options.provisioning_url

    async def prepare(self) -> None:
        async with self._preparing:
            if not self._prepared:
                await self._ensure_tags()
                await self._ensure_rule()
                self._prepared = True

    async def probe(self) -> None:
        reply = await self._caller.get("provisioning/tags")
        if reply.status != 200:
            raise refused(reply)

    async def warm(self) -> None:
        if self._caller.idle_s > WARM_AFTER_S:
            with suppress(CloudFault):  # the claim will find out, and say so
                await self.probe()

    async def held(self, subject: str) -> Claim | None:
        reply = await self._caller.get(f"{self._options.claim_path}/{subject}")
        if reply.status == 200:
            return self._claim(subject, reply, already=True)
        if reply.status == 404:
            return None
        raise refused(reply)

    async def check(self, proof: Proof) -> None:
        reply = await self._caller.send(
            "POST",
            self._options.claim_path,
            body={"claimToken": proof.text.get_secret_value()},
            params={"dryrun": "true"},
        )
        if reply.status == 202:
            return
        if reply.status == 409 and await self.held(proof.subject):
            return
        raise _refusal(reply)

    async def claim(self, proof: Proof) -> Claim:
        body: dict[str, Any] = {"claimToken": proof.text.get_secret_value()}
        if self._options.tags:
            body["tags"] = list(self._options.tags)
        reply = await self._caller.send("POST", self._options.claim_path, body=body)
        if reply.status in {200, 201}:
            return self._claim(proof.subject, reply, already=False)
        if reply.status == 409 and (ours := await self.held(proof.subject)):
            return ours
        raise _refusal(reply)

    async def close(self) -> None:
        await self._caller.close()

    def _claim(self, subject: str, reply: Reply, *, already: bool) -> Claim:
        told = reply.body if isinstance(reply.body, dict) else {}
        device = told.get("id")
        if not isinstance(device, str) or device.lower() != subject.lower():
            raise CloudNonsense("the cloud's answer names another device")
        tags = told.get("tags")
        known = tuple(str(tag) for tag in tags) if isinstance(tags, list) else self._options.tags
        return Claim(cloud=NAME, device_id=subject, already=already, tags=known)

    async def _ensure_tags(self) -> None:
        for tag in self._options.tags:
            body = {"tag": tag, "description": "Made by the provisioning station"}
            reply = await self._caller.send("POST", "provisioning/tags", body=body)
            if reply.status not in {200, 201, 202, 409}:
                raise refused(reply)

    async def _ensure_rule(self) -> None:
        rule = self._options.rule
        if rule is None or not self._options.tags or await self._rule_exists(rule.name):
            return
        body = _rule_body(rule, self._options.tags)
        reply = await self._caller.send("POST", "provisioning-rules", body=body)
        if reply.status not in {200, 201, 409}:
            raise refused(reply)

    async def _rule_exists(self, name: str) -> bool:
        params: dict[str, str] = {}
        for _ in range(MOST_PAGES):
            reply = await self._caller.get("provisioning-rules", params=params)
            if reply.status != 200 or not isinstance(reply.body, dict):
                raise refused(reply)
            if any(item.get("name") == name for item in reply.body.get("items", [])):
                return True
            if not (token := reply.body.get("pageNextToken")):
                return False
            params = {"pageNextToken": str(token)}
        raise CloudNonsense(f"more than {MOST_PAGES} pages of rules")


def _refusal(reply: Reply) -> Fault:
    """Name why a token was not taken; which status means what is inferred, not published."""
    if reply.status == 409:
        return ClaimedElsewhere(reply.message)
    if reply.status in {400, 422}:
        return TokenRefused(reply.message)
    if reply.status == 404:
        return CloudRefused(f"HTTP 404: is the base address right? {reply.message}".strip())
    return refused(reply)


def _rule_body(rule: Rule, tags: tuple[str, ...]) -> dict[str, Any]:
    """Return an onboarding rule: a key pair, access with it, and the servers' certificates."""
    authorities = files("station.clouds").joinpath("nrf_cloud_ca.pem").read_text("ascii")
    where = {"secTag": rule.sec_tag}
    return {
        "name": rule.name,
        "description": "Made by the provisioning station",
        "active": True,
        "tags": list(tags),
        "commands": [
            {"request": {"clientPrivateKeyGeneration": where}},
            {"request": {"cloudAccessKeyGeneration": where}},
            {"request": {"serverCertificate": {**where, "content": authorities}}},
        ],
    }
