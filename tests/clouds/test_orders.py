"""Orders to a unit: every word of the cloud is understood, or is known not to be."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from station.clouds import TakesOrders
from station.clouds.nrf_cloud_orders import order_of
from station.faults import CloudFault, Fault
from station.model import Progress
from station.simulation.http_server import Request, Response, json_response
from tests.clouds.answering import Answer, Answering
from tests.clouds.conftest import SUBJECTS

Connect = Callable[..., TakesOrders]
UNIT = SUBJECTS[0]
KIND, BODY = "cloudAccessKeyGeneration", {"secTag": 16_842_753}
QUEUE = f"claimed-devices/{UNIT}/provisioning"


class Queue:
    """A unit's queue; `page_of` orders stand on a page."""

    def __init__(self, page_of: int = 100) -> None:
        self.orders: list[dict[str, Any]] = []
        self.page_of = page_of

    def __call__(self, request: Request) -> Answer:
        if request.method == "POST":
            asked = json.loads(request.body)
            order = {"id": f"order-{len(self.orders)}", "status": "PENDING", **asked}
            self.orders.append(order)
            return 201, order
        start = int(request.query.get("pageNextToken", "0"))
        told: dict[str, Any] = {"items": self.orders[start : start + self.page_of]}
        if start + self.page_of < len(self.orders):
            told["pageNextToken"] = str(start + self.page_of)
        return 200, told


async def test_an_order_is_put_and_seen(connect: Connect) -> None:
    async with Answering(queue := Queue()) as server:
        cloud = connect(server.address)
        put = await cloud.order(UNIT, KIND, BODY)
        (seen,) = await cloud.orders(UNIT)
    assert put == seen
    assert (put.id, put.kind, put.progress, put.body) == ("order-0", KIND, Progress.WAITING, BODY)
    assert queue.orders[0]["request"] == {KIND: BODY}
    assert server.paths("POST") == [QUEUE]


async def test_all_pages_of_a_queue_are_read(connect: Connect) -> None:
    queue = Queue(page_of=2)
    async with Answering(queue) as server:
        cloud = connect(server.address)
        for _ in range(5):
            await cloud.order(UNIT, KIND, BODY)
        assert [each.id for each in await cloud.orders(UNIT)] == [f"order-{n}" for n in range(5)]


async def test_a_queue_may_be_told_as_a_bare_list(connect: Connect) -> None:
    async with Answering(lambda _: (200, [{"id": "a", "status": "PENDING"}, "junk"])) as server:
        assert [each.id for each in await connect(server.address).orders(UNIT)] == ["a"]


@pytest.mark.parametrize(
    ("word", "progress"),
    [
        ("PENDING", Progress.WAITING),
        ("IN_PROGRESS", Progress.BUSY),
        ("SUCCEEDED", Progress.DONE),
        ("succeeded", Progress.DONE),
        ("FAILED", Progress.FAILED),
        ("CANCELLED", Progress.UNKNOWN),
        ("", Progress.UNKNOWN),
        (None, Progress.UNKNOWN),
        (7, Progress.UNKNOWN),
    ],
)
def test_status_words(word: object, progress: Progress) -> None:
    order = order_of({"id": "x", "status": word, "request": {KIND: BODY}})
    assert order.progress is progress
    assert (str(word) in order.reason) == (progress is Progress.UNKNOWN)


@pytest.mark.parametrize(
    "response",
    [
        {"certificateSigningRequest": {"csr": "MII.0oR"}},
        {"certificateSigningRequest": {"message": "MII.0oR"}},
        {"certificateSigningRequest": "MII.0oR"},
        {"csr": "MII.0oR"},
    ],
)
def test_a_certificate_request_has_one_name(response: object) -> None:
    told = {"id": "x", "status": "SUCCEEDED", "response": response}
    order = order_of({**told, "request": {"certificateSigningRequest": {"secTag": 1}}})
    assert order.answer["csr"] == "MII.0oR"
    assert "MII.0oR" not in repr(order)


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        ({"cloudAccessKeyGeneration": {"error": {"message": "CME 518"}}}, "CME 518"),
        ({"error": "no\n key"}, "no key"),
        ({"cmeError": 513}, "CME error 513"),
        (None, "the cloud does not say why"),
        ("text", "the cloud does not say why"),
    ],
)
def test_a_failed_order_says_why(response: object, reason: str) -> None:
    order = order_of({"id": "x", "status": "FAILED", "request": {KIND: {}}, "response": response})
    assert order.reason == reason


@pytest.mark.parametrize("told", [None, [], "x", {}, {"id": ""}, {"id": 3, "status": "PENDING"}])
def test_what_is_no_order_is_nonsense(told: object) -> None:
    with pytest.raises(Fault) as caught:
        order_of(told)
    assert (caught.value.code, caught.value.leaves_open) == ("CLOUD-NONSENSE", True)


@pytest.mark.parametrize(
    ("there", "answer", "code"),
    [
        (20, (422, {"message": "no"}), "QUEUE-FULL"),
        (3, (422, {"message": "A device may have at most 20 commands"}), "QUEUE-FULL"),
        (3, (400, {"message": "Command limit reached"}), "QUEUE-FULL"),
        (3, (400, {"message": "secTag is missing"}), "CLOUD-REFUSED"),
        (0, (404, {"message": "Device not found"}), "NOT-OURS"),
        (0, (401, {}), "KEY-REFUSED"),
        (0, (403, {}), "KEY-FORBIDDEN"),
        (0, (500, {}), "CLOUD-BROKEN"),
        (0, (429, {}), "CLOUD-BUSY"),
        (0, (201, {"status": "PENDING"}), "CLOUD-NONSENSE"),
    ],
)
async def test_each_refusal_of_an_order_has_its_name(
    connect: Connect,
    there: int,
    answer: tuple[int, object],
    code: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("station.clouds.pace.WaitAsAsked.__call__", lambda *_: 0.0)
    queue = Queue()
    queue.orders = [{"id": str(n), "status": "PENDING"} for n in range(there)]

    def answers(request: Request) -> Answer:
        return answer if request.method == "POST" else queue(request)

    async with Answering(answers) as server:
        with pytest.raises(Fault) as caught:
            await connect(server.address).order(UNIT, KIND, BODY)
    assert caught.value.code == code
    assert caught.value.leaves_open == (code in {"CLOUD-BROKEN", "CLOUD-NONSENSE"})


async def test_an_order_whose_reply_is_lost_is_left_open_and_found(connect: Connect) -> None:
    """The reply is dropped after each of its bytes; the queue always tells what is true."""
    queue, cut = Queue(), 0

    def answers(request: Request) -> Answer:
        answer = queue(request)
        if request.method != "POST":
            return answer
        assert isinstance(answer, tuple)
        return replace(json_response(*answer), cut_after=cut)

    async with Answering(answers) as server:
        cloud = connect(server.address)
        told, left_open = None, list[bool]()
        while told is None:
            queue.orders.clear()
            try:
                told = await cloud.order(UNIT, KIND, BODY)
            except CloudFault as fault:
                left_open.append(fault.leaves_open)
                assert [each.kind for each in await cloud.orders(UNIT)] == [KIND]
            cut += 1
    assert len(left_open) > 150, "a whole reply is longer"
    assert all(left_open)
    assert told.id == "order-0"


async def test_the_queue_of_a_unit_that_is_not_ours_is_empty(connect: Connect) -> None:
    async with Answering(lambda _: (404, {"message": "Device not found"})) as server:
        assert await connect(server.address).orders(UNIT) == ()


async def test_an_order_that_has_left_the_queue_is_over(connect: Connect) -> None:
    """The first order that fails empties the rest of the queue."""
    async with Answering(lambda _: (404, {})) as server:
        now = await connect(server.address).order_now(UNIT, "x")
    assert (now.progress, "no longer" in now.reason) == (Progress.UNKNOWN, True)


@pytest.mark.parametrize("status", [200, 204, 404])
async def test_an_order_is_discarded_though_it_is_gone(connect: Connect, status: int) -> None:
    async with Answering(lambda _: Response(status)) as server:
        await connect(server.address).discard(UNIT, "a/b?c")
        assert server.asked[0].path.endswith(f"{QUEUE}/a/b?c")


async def test_an_id_can_not_lead_to_another_path(connect: Connect) -> None:
    async with Answering(lambda _: Response(404)) as server:
        assert await connect(server.address).held("../account?x=1") is None
    assert server.asked[0].path == "/v1/claimed-devices/../account?x=1"  # it came percent-encoded
    assert not server.asked[0].query
