"""A simulated cloud, and boards on its air."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx

from station.links.memory import pair
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import Timing, token_source
from station.simulation.nrf_cloud import SimulatedNrfCloud
from tests.simulation.test_credentials import PEM

TAG = 16_842_753
QUICK = Timing(retry_s=0.01)
ONBOARDING: dict[str, Any] = {
    "name": "nRF Cloud Onboarding",
    "active": True,
    "tags": ["nrf-cloud-onboarding"],
    "commands": [
        {"request": {"clientPrivateKeyGeneration": {"secTag": TAG}}},
        {"request": {"cloudAccessKeyGeneration": {"secTag": TAG}}},
        {"request": {"serverCertificate": {"secTag": TAG, "content": PEM}}},
    ],
}


class Scene:
    """A cloud, a board that is on its air, and a client with the team's key."""

    def __init__(self, cloud: SimulatedNrfCloud, client: httpx.AsyncClient) -> None:
        self.cloud = cloud
        self.client = client

    def board(self, *faults: str, **more: Any) -> SimulatedNrf91:
        more = {"dialect": "at-shell", "timing": QUICK, "air": self.cloud.air, **more}
        return SimulatedNrf91(1, faults=faults, **more)

    async def claim(self, board: SimulatedNrf91, *tags: str) -> str:
        token = token_source(board.unit, frozenset())(None)
        body = {"claimToken": token, "tags": list(tags)}
        assert (await self.client.post("/claimed-devices", json=body)).status_code == 201
        return board.identity["uuid"]

    async def order(self, device: str, **request: Any) -> str:
        reply = await self.client.post(
            f"/claimed-devices/{device}/provisioning", json={"request": request}
        )
        assert reply.status_code == 201
        return str(reply.json()["id"])

    async def command(self, device: str, command: str) -> dict[str, Any]:
        path = f"/claimed-devices/{device}/provisioning/{command}"
        told: dict[str, Any] = (await self.client.get(path)).json()
        return told

    async def words(self, device: str) -> list[str]:
        reply = await self.client.get(f"/claimed-devices/{device}/provisioning")
        return [item["status"] for item in reply.json()["items"]]


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110  # nothing tells when a device has reported
            await asyncio.sleep(0.001)


async def started(board: SimulatedNrf91) -> None:
    """Switch a board on without anybody at its wire."""
    here, there = pair()
    running = asyncio.create_task(board.run(there))
    await asyncio.sleep(0)
    await here.close()
    await running


async def provisioned(scene: Scene, board: SimulatedNrf91) -> str:
    await scene.client.post("/provisioning-rules", json=ONBOARDING)
    return await scene.claim(board, "nrf-cloud-onboarding")
