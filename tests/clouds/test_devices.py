"""Devices of the Cloud API: who stands how, who is called in, who is registered."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from station.clouds import TakesOrders
from station.faults import CloudFault, Fault
from station.model import Onboarding, Standing
from station.simulation.http_server import Request, Response, json_response
from tests.clouds.answering import Answer, Answering
from tests.clouds.conftest import KEY, SUBJECTS

Connect = Callable[..., TakesOrders]
A, B, C, D = SUBJECTS
ACCESS, CERTIFICATE = "cloudAccessKeyGeneration", "clientCertificate"
HEARD = {"state": {"desired": {}, "reported": {"connection": {"status": "connected"}}}}
QUIET: dict[str, Any] = {"state": {"desired": {}, "reported": {}}}
PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"


def order(kind: str, status: str) -> dict[str, Any]:
    return {"id": f"{kind} {status}", "status": status, "request": {kind: {"secTag": 1}}}


@dataclass
class Account:
    """Claimed units with their orders, and devices; `page_of` devices stand on a page."""

    claimed: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    devices: dict[str, dict[str, Any]] = field(default_factory=dict)
    page_of: int = 100
    filters: bool = True

    def __call__(self, request: Request) -> Answer:
        path = request.path.removeprefix("/v1/")
        if path == "devices":
            return 200, self._page(request)
        unit = path.split("/")[1]
        if unit not in self.claimed:
            return 404, {"message": "Device not found"}
        if path.endswith("/provisioning"):
            return 200, {"items": self.claimed[unit]}
        return 200, {"id": unit, "tags": []}

    def _page(self, request: Request) -> dict[str, Any]:
        asked = request.query["deviceIds"].split(",")
        found = [
            {"id": name, **more}
            for name, more in self.devices.items()
            if not self.filters or name in asked
        ]
        start = int(request.query.get("pageNextToken", "0"))
        more = start + self.page_of < len(found)
        page = {"items": found[start : start + self.page_of], "total": len(found)}
        return page | ({"pageNextToken": str(start + self.page_of)} if more else {})


NOBODY = Standing(claimed=False, waiting=0, provisioned=False, connected=False)
CLAIMED = replace(NOBODY, claimed=True)
STANDINGS: dict[str, tuple[list[dict[str, Any]] | None, dict[str, Any] | None, Standing]] = {
    "not ours": (None, None, NOBODY),
    "just claimed, nothing waits yet": ([], None, CLAIMED),
    "orders wait": ([order(ACCESS, "PENDING")] * 2, None, replace(CLAIMED, waiting=2)),
    "orders are under way": ([order(ACCESS, "IN_PROGRESS")], None, replace(CLAIMED, waiting=1)),
    "the key is made": ([order(ACCESS, "SUCCEEDED")], None, replace(CLAIMED, provisioned=True)),
    "another order was done": ([order("serverCertificate", "SUCCEEDED")], None, CLAIMED),
    "an order failed": ([order(ACCESS, "FAILED")], None, replace(CLAIMED, failed=1)),
    "a word nobody knows": ([order(ACCESS, "EXPLODED")], None, replace(CLAIMED, failed=1)),
    "registered, its certificate waits": (
        [order(CERTIFICATE, "PENDING")],
        QUIET,
        replace(CLAIMED, waiting=1),
    ),
    "registered, its certificate there": (
        [order(CERTIFICATE, "SUCCEEDED")],
        QUIET,
        replace(CLAIMED, provisioned=True),
    ),
    "known with a certificate": ([], QUIET, replace(CLAIMED, provisioned=True)),
    "heard": ([], HEARD, replace(CLAIMED, provisioned=True, connected=True)),
    "heard, and renewed": (
        [order(ACCESS, "PENDING")],
        HEARD,
        replace(CLAIMED, waiting=1, provisioned=True, connected=True),
    ),
    "visible, and no word of its state": (
        [],
        {},
        replace(CLAIMED, provisioned=True, connected=True),
    ),
    "written on the line, never claimed": (
        None,
        HEARD,
        replace(NOBODY, provisioned=True, connected=True),
    ),
}


@pytest.mark.parametrize("case", STANDINGS)
async def test_four_things_that_do_not_imply_each_other(connect: Connect, case: str) -> None:
    orders, device, expected = STANDINGS[case]
    account = Account()
    if orders is not None:
        account.claimed[A] = orders
    if device is not None:
        account.devices[A] = device
    async with Answering(account) as server:
        assert await connect(server.address).standing(A) == expected


@pytest.mark.parametrize("filters", [True, False])
async def test_many_stand_in_their_order(connect: Connect, *, filters: bool) -> None:
    account = Account({A: [], B: [order(ACCESS, "PENDING")]}, {C: HEARD}, filters=filters)
    account.devices |= {f"other-{number}": HEARD for number in range(7)}
    account.page_of = 3
    async with Answering(account) as server:
        stand = await connect(server.address).standings([C.upper(), B, D, A])
    assert stand == (
        replace(NOBODY, provisioned=True, connected=True),
        replace(CLAIMED, waiting=1),
        NOBODY,
        CLAIMED,
    )


async def test_devices_are_asked_for_fifty_at_once(connect: Connect) -> None:
    names = [f"unit-{number}" for number in range(120)]
    account = Account(devices=dict.fromkeys(names, QUIET))
    async with Answering(account) as server:
        stand = await connect(server.address, requests_a_second=None).standings(names)
    assert all(each.provisioned and not each.connected for each in stand)
    assert [len(r.query["deviceIds"].split(",")) for r in server.asked if r.query] == [50, 50, 20]


async def test_a_cloud_that_does_not_tell_is_a_fault(connect: Connect) -> None:
    account = Account({A: [], B: []})

    def broken(request: Request) -> Answer:
        return (503, {}) if request.path.endswith(B) else account(request)

    async with Answering(broken) as server:
        with pytest.raises(CloudFault) as caught:
            await connect(server.address, timeout_s=5).standings([A, B])
    assert caught.value.code == "CLOUD-BROKEN"


async def test_a_unit_is_called_in(connect: Connect) -> None:
    async with Answering(lambda _: Response(202)) as server:
        await connect(server.address).call_in(A, 4_294_967_294)
    (request,) = server.asked
    assert (request.method, request.path) == ("PATCH", f"/v1/devices/{A}/state")
    assert json.loads(request.body) == {"desired": {"command": [1, 4_294_967_294]}}


@pytest.mark.parametrize("number", [0, -1, 4_294_967_295])
async def test_a_number_that_no_unit_takes(connect: Connect, number: int) -> None:
    async with Answering(lambda _: Response(202)) as server:
        with pytest.raises(ValueError, match="from 1 to 4294967294"):
            await connect(server.address).call_in(A, number)
    assert not server.asked


@pytest.mark.parametrize(
    ("status", "code"), [(404, "NEVER-ONLINE"), (400, "CLOUD-REFUSED"), (500, "CLOUD-BROKEN")]
)
async def test_a_unit_that_can_not_be_called(connect: Connect, status: int, code: str) -> None:
    async with Answering(lambda _: (status, {})) as server:
        with pytest.raises(Fault) as caught:
            await connect(server.address).call_in(A, 1)
    assert caught.value.code == code


@dataclass
class Registry:
    """Registers rows in a bulk operation that is over at the second look."""

    ends: dict[str, Any]
    summary: Answer = (200, {"errors": []})
    looks: int = 0
    rows: list[list[str]] = field(default_factory=list)
    devices: set[str] = field(default_factory=set)

    def __call__(self, request: Request) -> Answer:
        match request.method, request.path.removeprefix("/v1/"):
            case "POST", "devices":
                self.rows = list(csv.reader(io.StringIO(request.body.decode(), newline="")))
                return 202, {"bulkOpsRequestId": "01EZ"}
            case "GET", "devices":
                return 200, {"items": [{"id": each, **QUIET} for each in self.devices]}
            case "GET", "bulk-ops-requests/01EZ":
                self.looks += 1
                pending = {"status": "PENDING" if self.looks == 1 else "IN_PROGRESS"}
                return 200, self.ends if self.looks > 2 else pending
            case _:
                return self.summary


UNITS = [Onboarding(each, PEM, "tracker", ("a", "b")) for each in SUBJECTS]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("station.clouds.nrf_cloud_bulk.POLL_FIRST_S", 0.001)


async def test_units_are_registered_with_our_certificates(connect: Connect) -> None:
    async with Answering(registry := Registry({"status": "SUCCEEDED"})) as server:
        assert await connect(server.address).onboard(UNITS) == (None,) * 4
    assert registry.rows[0] == [A, "tracker", "a|b", "APP|MODEM", PEM + "\n"]
    assert len(registry.rows) == 4
    assert registry.looks == 3
    assert server.asked[0].headers["content-type"] == "text/csv"


async def test_rows_are_counted_from_zero_and_the_key_stays_at_home(connect: Connect) -> None:
    ends: dict[str, Any] = {"status": "FAILED"}
    said = ["[0]: Invalid certificate", "[3]: Invalid\n id"]
    registry = Registry(ends, (200, {"errors": said}))
    async with Answering(registry) as server:
        ends["errorSummaryUrl"] = f"{server.address}/summary?sign=abc"
        answers = await connect(server.address).onboard(UNITS)
    assert [each.detail if each else None for each in answers] == [
        "Invalid certificate",
        None,
        None,
        "Invalid id",
    ]
    (summary,) = [each for each in server.asked if each.path == "/v1/summary"]
    assert "authorization" not in summary.headers
    assert all(KEY in each.headers["authorization"] for each in server.asked[:-1])


async def test_the_summary_of_another_host_is_not_asked_for_in_clear(connect: Connect) -> None:
    async with Answering(lambda _: (200, {"errors": ["[0]: x"]})) as elsewhere:
        ends = {"status": "FAILED", "errorSummaryUrl": f"{elsewhere.address}/summary"}
        async with Answering(Registry(ends)) as server:
            with pytest.raises(CloudFault) as caught:
                await connect(server.address).onboard(UNITS)
    assert (caught.value.code, caught.value.leaves_open) == ("REPLY-LOST", True)
    assert not elsewhere.asked


@pytest.mark.parametrize(
    ("summary", "code"),
    [
        ((403, {"message": "Request has expired"}), "REPLY-LOST"),
        ((200, {"errors": "none"}), "REPLY-LOST"),
        ((200, []), "REPLY-LOST"),
        (Response(200, b"<html>"), "REPLY-LOST"),
        (Response(302, b"", (("location", "http://127.0.0.1:9/"),)), "REPLY-LOST"),
        ((200, {"errors": []}), "ONBOARDING-REFUSED"),
        ((200, {"errors": ["All is wrong"]}), "ONBOARDING-REFUSED"),
        ((200, {"errors": ["[0]: x", "[4]: y"]}), "ONBOARDING-REFUSED"),
        (None, "ONBOARDING-REFUSED"),
    ],
)
async def test_a_failure_without_a_summary_passes_nobody(
    connect: Connect, summary: Answer | None, code: str
) -> None:
    ends: dict[str, Any] = {"status": "FAILED"}
    async with Answering(Registry(ends, summary or (500, {}))) as server:
        if summary:
            ends["errorSummaryUrl"] = f"{server.address}/summary"
        try:
            answers = await connect(server.address).onboard(UNITS)
        except CloudFault as fault:
            answers = (fault,)
    assert {each.code if each else None for each in answers} == {code}


async def test_what_can_not_stand_in_a_row_is_not_sent(connect: Connect) -> None:
    bad = [
        replace(UNITS[0], device_id='x","y'),
        replace(UNITS[1], certificate=PEM + '\n"=cmd'),
        replace(UNITS[2], tags=("a|b,c",)),
    ]
    async with Answering(registry := Registry({"status": "SUCCEEDED"})) as server:
        cloud = connect(server.address)
        answers = await cloud.onboard([*bad, UNITS[3]])
        assert [each.code if each else None for each in answers] == ["ONBOARDING-REFUSED"] * 3 + [
            None
        ]
        assert [row[0] for row in registry.rows] == [D]
        sent = len(server.asked)
        assert all(await cloud.onboard(bad))
        assert len(server.asked) == sent


@pytest.mark.parametrize(
    ("answer", "code", "leaves_open"),
    [
        ((400, {"message": "no rows"}), "ONBOARDING-REFUSED", False),
        ((401, {}), "KEY-REFUSED", False),
        ((500, {}), "CLOUD-BROKEN", True),
        ((202, {}), "CLOUD-NONSENSE", True),
        ((202, {"bulkOpsRequestId": 7}), "CLOUD-NONSENSE", True),
    ],
)
async def test_an_upload_that_fails_as_a_whole(
    connect: Connect, answer: Answer, code: str, *, leaves_open: bool
) -> None:
    async with Answering(lambda _: answer) as server:
        with pytest.raises(CloudFault) as caught:
            await connect(server.address).onboard(UNITS)
    assert (caught.value.code, caught.value.leaves_open) == (code, leaves_open)


@pytest.mark.parametrize(
    ("status", "code"), [("PENDING", "REPLY-LOST"), ("REJECTED", "CLOUD-NONSENSE")]
)
async def test_an_operation_that_does_not_end_stays_open(
    connect: Connect, status: str, code: str
) -> None:
    async with Answering(Registry({"status": status})) as server:
        with pytest.raises(CloudFault) as caught:
            await connect(server.address, bulk_within_s=0.05).onboard(UNITS)
    assert (caught.value.code, caught.value.leaves_open) == (code, True)


@pytest.mark.parametrize("is_known", [True, False])
async def test_a_unit_that_is_there_from_a_lost_upload_is_done(
    connect: Connect, *, is_known: bool
) -> None:
    """The first reply is lost; the second time the cloud says that the device exists already."""
    ends: dict[str, Any] = {"status": "FAILED"}
    registry = Registry(ends, (200, {"errors": ["[0]: Device already exists"]}))
    registry.devices = {A} if is_known else set()
    lost = [True]

    def once(request: Request) -> Answer:
        answer = registry(request)
        if request.method == "POST" and lost:
            lost.pop()
            assert isinstance(answer, tuple)
            return replace(json_response(*answer), cut_after=0)
        return answer

    async with Answering(once) as server:
        ends["errorSummaryUrl"] = f"{server.address}/summary"
        cloud = connect(server.address)
        with pytest.raises(CloudFault, match="did not answer"):
            await cloud.onboard(UNITS[:1])
        (answer,) = await cloud.onboard(UNITS[:1])
        assert (answer is None) == is_known
        (again,) = await cloud.onboard(UNITS[:1])
        assert again is not None, "once the doubt is over the cloud's word counts"
