"""Two generations of nRF Cloud's API: where each is, who may use it, and what a wrong key is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from pydantic import ValidationError

from station.clouds import TakesOrders
from station.clouds.nrf_cloud_options import NrfCloudOptions
from station.faults import CloudFault, Fault
from station.model import Claim
from station.simulation.http_server import Request, Response
from tests.clouds.answering import Answer, Answering
from tests.clouds.conftest import KEY, SUBJECTS, proof
from tests.clouds.test_claim_many import told

Connect = Callable[..., TakesOrders]
A = SUBJECTS[0]
PROJECT = {"generation": "organization", "organization": "acme", "project": "trackers"}
BELOW = "organizations/acme/projects/trackers"


@pytest.mark.parametrize(
    ("options", "claims", "devices"),
    [
        ({}, "https://api.provisioning.nrfcloud.com/v1", "https://api.nrfcloud.com/v1"),
        (
            {"provisioning_url": "https://api.provisioning.beta.nrfcloud.com/v1"},
            "https://api.provisioning.beta.nrfcloud.com/v1",
            "https://api.beta.nrfcloud.com/v1",
        ),
        (
            {"provisioning_url": "http://127.0.0.1:8000/v1"},
            "http://127.0.0.1:8000/v1",
            "http://127.0.0.1:8000/v1",
        ),
        (
            {"cloud_url": "https://devices.example/api"},
            "https://api.provisioning.nrfcloud.com/v1",
            "https://devices.example/api",
        ),
        (
            PROJECT,
            f"https://api.nrfcloud.com/v1/{BELOW}",
            f"https://api.nrfcloud.com/v1/{BELOW}",
        ),
        (
            {**PROJECT, "cloud_url": "http://127.0.0.1:8000/v1/"},
            f"http://127.0.0.1:8000/v1/{BELOW}",
            f"http://127.0.0.1:8000/v1/{BELOW}",
        ),
    ],
)
def test_where_claims_and_devices_are(options: Any, claims: str, devices: str) -> None:
    told = NrfCloudOptions(**options)
    assert (told.claims_address, told.devices_address) == (claims, devices)


@pytest.mark.parametrize(
    "options",
    [
        {"generation": "organization"},
        {**PROJECT, "project": ""},
        {**PROJECT, "organization": "a/../b"},
        {**PROJECT, "project": "x?y"},
        {"generation": "new"},
        {"cloud_url": "api.nrfcloud.com"},
        {"requests_a_second": 0},
    ],
)
def test_a_profile_that_can_not_be(options: Any) -> None:
    with pytest.raises(ValidationError):
        NrfCloudOptions(**options)


@pytest.mark.parametrize(
    ("options", "asks", "names"),
    [
        ({}, "legacy API key of the team?", 'generation = "organization"'),
        (PROJECT, "organization token of the new nRF Cloud app", 'generation = "legacy"'),
    ],
)
async def test_a_refused_key_is_asked_which_one_it_is(
    connect: Connect, options: Any, asks: str, names: str
) -> None:
    async with Answering(lambda _: (401, {"message": "Unauthorized"})) as server:
        cloud = connect(server.address, **options)
        with pytest.raises(Fault) as caught:
            await cloud.probe()
    assert caught.value.code == "KEY-REFUSED"
    assert caught.value.detail.startswith("HTTP 401 Unauthorized. Is it ")
    assert asks in caught.value.detail
    assert names in caught.value.detail
    assert KEY not in caught.value.detail


@dataclass
class Project:
    """A project of the new generation; `answers` is what it says to a CSV of tokens."""

    answers: Callable[[Sequence[str]], Answer]
    refuses: Sequence[str] = ()
    is_late: bool = False
    ends: dict[str, Any] = field(default_factory=lambda: {"status": "SUCCEEDED"})
    devices: set[str] = field(default_factory=set)

    def __call__(self, request: Request) -> Answer:
        path = request.path.removeprefix(f"/v1/{BELOW}/")
        if path == "devices/bulk-onboarding":
            head, *rows = request.body.decode().splitlines()
            assert head == "deviceId,attestationToken"
            asked = [row.split(",")[0] for row in rows]
            if not self.is_late:
                self.devices |= set(asked) - set(self.refuses)
            return self.answers(asked)
        if path.startswith("bulk-ops-requests/"):
            return 200, self.ends
        if path == "summary":
            return 200, {"errors": ["[1]: Invalid token"]}
        if path.startswith("claimed-devices/"):
            return 403, {"message": "Missing Authentication Token"}
        device = path.removeprefix("devices/")
        if request.method == "DELETE":
            was_there = device in self.devices
            self.devices.discard(device)
            return (204, None) if was_there else (404, {})
        return (200, {"id": device}) if device in self.devices else (404, {})


PROOFS = [proof(each) for each in SUBJECTS[:3]]
B = SUBJECTS[1]


@pytest.mark.parametrize(
    "answers",
    [
        lambda asked: (202, {"bulkOpsRequestId": "01EZ"}),
        lambda asked: (201, {"claimedIds": asked, "failed": []}),
        lambda asked: (200, {"devices": asked}),
        lambda asked: Response(204),
    ],
)
async def test_units_are_ours_whatever_the_answer_looks_like(
    connect: Connect, answers: Callable[[Sequence[str]], Answer]
) -> None:
    async with Answering(Project(answers)) as server:
        cloud = connect(server.address, **PROJECT)
        assert await cloud.held(A) is None
        found = await cloud.claim_many(PROOFS)
        assert [isinstance(each, Claim) for each in found] == [True] * 3
        assert await cloud.held(A)
        assert await cloud.release(A)
        assert not await cloud.release(A)
        assert (await cloud.claim(PROOFS[0])).device_id == A


async def test_one_refused_row_is_found_among_others(connect: Connect) -> None:
    project = Project(lambda asked: (202, {"bulkOpsRequestId": "01EZ"}), refuses=[B])
    async with Answering(project) as server:
        project.ends = {"status": "FAILED", "errorSummaryUrl": f"{server.address}/{BELOW}/summary"}
        cloud = connect(server.address, **PROJECT)
        assert told(await cloud.claim_many(PROOFS)) == ["already", "TOKEN-REFUSED", "already"]


async def test_a_row_number_that_counts_the_header_blames_nobody_else(connect: Connect) -> None:
    """The first unit is refused, the summary says row 1: the second is ours all the same."""
    project = Project(lambda asked: (202, {"bulkOpsRequestId": "01EZ"}), refuses=[A])
    async with Answering(project) as server:
        project.ends = {"status": "FAILED", "errorSummaryUrl": f"{server.address}/{BELOW}/summary"}
        found = await connect(server.address, **PROJECT).claim_many(PROOFS)
    assert told(found) == ["CLOUD-REFUSED", "already", "already"]


async def test_a_token_that_was_taken_and_shows_nowhere_stays_open(connect: Connect) -> None:
    project = Project(lambda asked: (200, {"ok": True}), is_late=True)
    async with Answering(project) as server:
        cloud = connect(server.address, **PROJECT)
        with pytest.raises(CloudFault) as caught:
            await cloud.claim(PROOFS[0])
    assert (caught.value.code, caught.value.leaves_open) == ("REPLY-LOST", True)


@pytest.mark.parametrize(
    ("status", "code", "leaves_open"),
    [(400, "CLOUD-REFUSED", False), (404, "CLOUD-REFUSED", False), (500, "CLOUD-BROKEN", True)],
)
async def test_a_csv_that_is_refused(
    connect: Connect, status: int, code: str, *, leaves_open: bool
) -> None:
    async with Answering(Project(lambda asked: (status, {}), is_late=True)) as server:
        with pytest.raises(CloudFault) as caught:
            await connect(server.address, **PROJECT).claim_many(PROOFS)
    assert (caught.value.code, caught.value.leaves_open) == (code, leaves_open)


async def test_orders_need_the_legacy_api_and_say_so(connect: Connect) -> None:
    async with Answering(Project(lambda asked: (500, {}))) as server:
        cloud = connect(server.address, **PROJECT)
        for refused in (cloud.order(A, "finished", {}), cloud.order_now(A, "x")):
            with pytest.raises(CloudFault, match='generation = "legacy"'):
                await refused
        assert await cloud.orders(A) == ()
        await cloud.discard(A, "x")
        await cloud.prepare()
        await cloud.check(PROOFS[0])
        assert not server.asked


async def test_path_header_and_scheme_are_settings(connect: Connect) -> None:
    more = {"auth_header": "X-Token", "auth_scheme": "", "bulk_onboarding_path": "elsewhere"}
    async with Answering(lambda _: (400, {})) as server:
        with pytest.raises(CloudFault):
            await connect(server.address, **PROJECT, **more).claim_many(PROOFS)
    (request,) = server.asked
    assert request.path == f"/v1/{BELOW}/elsewhere"
    assert request.headers["x-token"] == KEY
    assert "authorization" not in request.headers


async def test_both_hosts_are_called_for_what_is_theirs(connect: Connect) -> None:
    """One address serves both when it is no real host of the vendor's; two when two are told."""
    async with Answering(lambda _: (200, [])) as devices, Answering(lambda _: (404, {})) as claims:
        await connect(claims.address, cloud_url=devices.address).standing(A)
        await connect(claims.address).release(A)
    assert devices.paths("GET") == ["devices"]
    assert claims.paths("GET") == [f"claimed-devices/{A}"]


def test_a_unit_is_given_the_servers_certificates(connect: Connect) -> None:
    authorities = connect("http://127.0.0.1:9/v1").authorities
    assert authorities.count("-----BEGIN CERTIFICATE-----") == 2
    assert authorities.endswith("-----END CERTIFICATE-----\n")
