"""A cloud of our own making for each test, and our client of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID

import pytest
from pydantic import SecretStr

from station.clouds import TakesOrders
from station.clouds.nrf_cloud import NrfCloud
from station.clouds.nrf_cloud_options import NrfCloudOptions
from station.model import Proof

KEY = "k3y-of-the-team"
SUBJECTS = tuple(str(UUID(int=0x5056 << 112 | number)) for number in range(1, 5))


def proof(subject: str) -> Proof:
    """Return a proof whose text no test looks into."""
    return Proof("attestation", "uuid", subject, SecretStr(f"token-of-{subject[-4:]}"))


@pytest.fixture
async def connect() -> AsyncIterator[Callable[..., TakesOrders]]:
    """Return a function that makes a client of the cloud at an address."""
    made: list[NrfCloud] = []

    def make(address: str, **options: Any) -> TakesOrders:
        told = NrfCloudOptions(provisioning_url=address, **{"timeout_s": 3.0, **options})
        made.append(NrfCloud(told, SecretStr(KEY)))
        return made[-1]

    yield make
    for cloud in made:
        await cloud.close()
