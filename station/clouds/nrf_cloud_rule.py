"""The rule and the tags by which nRF Cloud's provisioning service knows what a claimed unit needs."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from station.clouds.http import Caller
from station.clouds.nrf_cloud_options import Rule
from station.clouds.nrf_cloud_pages import items
from station.clouds.replies import refused

_WORDS = "Made by the provisioning station"


async def ensure(caller: Caller, rule: Rule | None, tags: tuple[str, ...]) -> None:
    """Make the tags and the rule that are not there yet.

    Raises:
        CloudFault: what it is that the station can't work with.

    """
    for tag in tags:
        body = {"tag": tag, "description": _WORDS}
        reply = await caller.send("POST", "provisioning/tags", body=body)
        if reply.status not in {200, 201, 202, 409}:
            raise refused(reply)
    if rule is None or not tags or await _exists(caller, rule.name):
        return
    reply = await caller.send("POST", "provisioning-rules", body=_body(rule, tags))
    if reply.status not in {200, 201, 409}:
        raise refused(reply)


def authorities() -> str:
    """Return the certificates by which a unit knows nRF Cloud's servers, as PEM."""
    return files("station.clouds").joinpath("nrf_cloud_ca.pem").read_text("ascii")


async def _exists(caller: Caller, name: str) -> bool:
    async for rule in items(caller, "provisioning-rules"):
        if rule.get("name") == name:
            return True
    return False


def _body(rule: Rule, tags: tuple[str, ...]) -> dict[str, Any]:
    """Return an onboarding rule: a key pair, access with it, and the servers' certificates."""
    where = {"secTag": rule.sec_tag}
    return {
        "name": rule.name,
        "description": _WORDS,
        "active": True,
        "tags": list(tags),
        "commands": [
            {"request": {"clientPrivateKeyGeneration": where}},
            {"request": {"cloudAccessKeyGeneration": where}},
            {"request": {"serverCertificate": {**where, "content": authorities()}}},
        ],
    }
