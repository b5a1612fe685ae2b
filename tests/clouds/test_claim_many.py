"""Many claims in one request: each unit gets the answer that is true of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from station.clouds import TakesOrders
from station.faults import CloudFault, Fault
from station.model import Claim
from station.simulation.http_server import Request, json_response
from tests.clouds.answering import Answer, Answering
from tests.clouds.conftest import KEY, SUBJECTS, proof

Connect = Callable[..., TakesOrders]
A, B, C, D = SUBJECTS
PROOFS = [proof(each) for each in SUBJECTS]


@dataclass
class Team:
    """Claims all rows but those in `refuses`; what it says of them is up to `failed`."""

    refuses: Sequence[str] = ()
    ours: set[str] = field(default_factory=set)
    failed: list[Any] = field(default_factory=list)
    says: Callable[[list[str]], Any] | None = None
    status: int = 201

    def __call__(self, request: Request) -> Answer:
        if request.method == "GET":
            unit = request.path.rpartition("/")[2]
            return (200, {"id": unit, "tags": []}) if unit in self.ours else (404, {})
        rows = list(csv.reader(io.StringIO(request.body.decode())))
        known = {each.text.get_secret_value(): each.subject for each in PROOFS}
        asked = [known[row[0]] for row in rows]
        claimed = [each for each in asked if each not in {*self.refuses, *self.ours}]
        self.ours |= set(claimed)
        told = {"claimedIds": claimed, "failed": self.failed}
        return self.status, self.says(claimed) if self.says else told


def told(answers: Sequence[Claim | Fault]) -> list[str]:
    return [
        ("already" if each.already else "claimed") if isinstance(each, Claim) else each.code
        for each in answers
    ]


async def test_the_rows_go_as_the_vendor_writes_them(connect: Connect) -> None:
    async with Answering(Team()) as server:
        cloud = connect(server.address, tags=("one", "two"))
        answers = await cloud.claim_many(PROOFS[:2])
    (request,) = server.asked
    assert request.body == b'"token-of-0001","one,two"\n"token-of-0002","one,two"\n'
    assert request.headers["content-type"] == "text/csv"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert told(answers) == ["claimed", "claimed"]
    assert isinstance(answers[0], Claim)
    assert (answers[0].device_id, answers[0].tags) == (A, ("one", "two"))


async def test_without_tags_a_row_is_a_token_alone(connect: Connect) -> None:
    async with Answering(Team()) as server:
        await connect(server.address, tags=()).claim_many(PROOFS[:1])
    assert server.asked[0].body == b'"token-of-0001"\n'


NO, WORDLESS = "TOKEN-REFUSED", "CLOUD-REFUSED"
FAILED_SHAPES: dict[str, tuple[list[Any], list[str]]] = {
    "ids": ([B, C.upper()], [WORDLESS, WORDLESS]),
    "ids with words": ([f"{B}: Invalid token", f"{C}: Invalid token"], [NO, NO]),
    "tokens": (["token-of-0002", "token-of-0003"], [WORDLESS, WORDLESS]),
    "rows": ([1, 2], [WORDLESS, WORDLESS]),
    "rows from 1": ([2, 3], [WORDLESS, WORDLESS]),
    "rows as words": (["[1]: Invalid token", "[2]: Invalid token"], [NO, NO]),
    "rows from 1 as words": (["[2]: Invalid token", "[3]: Invalid token"], [NO, NO]),
    "rows as text": (["1", "2"], [WORDLESS, WORDLESS]),
    "objects by row": (
        [{"row": 1, "message": "Invalid"}, {"index": "2", "error": "x"}],
        [NO, WORDLESS],
    ),
    "objects by id": ([{"id": B, "reason": "Invalid"}, {"deviceId": C, "code": 422}], [NO, NO]),
    "objects by token": (
        [{"claimToken": "token-of-0002", "message": "Invalid"}, {"token": "token-of-0003"}],
        [NO, WORDLESS],
    ),
    "nothing that is known": (
        [None, True, [], {}, "what?", {"row": "x"}, {"row": -1}, 10**9],
        [WORDLESS, WORDLESS],
    ),
    "nothing": ([], [WORDLESS, WORDLESS]),
}


@pytest.mark.parametrize("shape", FAILED_SHAPES)
@pytest.mark.parametrize("status", [200, 201, 422])
async def test_every_shape_of_failed_is_sorted_out(
    connect: Connect, shape: str, status: int
) -> None:
    failed, expected = FAILED_SHAPES[shape]
    async with Answering(Team(refuses=[B, C], failed=failed, status=status)) as server:
        answers = await connect(server.address).claim_many(PROOFS)
    assert told(answers) == ["claimed", *expected, "claimed"]
    faults = [each for each in answers if isinstance(each, Fault)]
    assert not any(each.leaves_open for each in faults)
    assert not any("token-of" in str(each) for each in faults)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Device is already claimed", "CLAIMED-ELSEWHERE"),
        ("Invalid claim token: the signature can't be verified", "TOKEN-REFUSED"),
        ("Device type is not supported", "TOKEN-REFUSED"),
        ("Something went wrong", "CLOUD-REFUSED"),
        ("", "CLOUD-REFUSED"),
    ],
)
async def test_the_words_of_a_failed_row_name_its_fault(
    connect: Connect, words: str, code: str
) -> None:
    team = Team(refuses=[A], failed=[{"row": 0, "message": words}])
    async with Answering(team) as server:
        (answer,) = await connect(server.address).claim_many(PROOFS[:1])
    assert isinstance(answer, Fault)
    assert (answer.code, answer.detail) == (code, words)


async def test_a_unit_that_is_ours_already_is_no_failure(connect: Connect) -> None:
    team = Team(ours={B}, failed=[{"row": 1, "message": "Device is already claimed"}])
    async with Answering(team) as server:
        assert told(await connect(server.address).claim_many(PROOFS[:2])) == ["claimed", "already"]


async def test_asked_twice_all_are_ours_already(connect: Connect) -> None:
    async with Answering(Team()) as server:
        cloud = connect(server.address)
        await cloud.claim_many(PROOFS)
        assert told(await cloud.claim_many(PROOFS)) == ["already"] * 4


async def test_one_unit_twice_in_a_request_is_claimed_once(connect: Connect) -> None:
    async with Answering(Team()) as server:
        answers = await connect(server.address).claim_many([PROOFS[0], PROOFS[0]])
    assert all(isinstance(each, Claim) for each in answers)


async def test_a_row_that_nobody_can_tell_of_stays_open(connect: Connect) -> None:
    """The second is refused and named, the third not named; then the cloud goes away."""
    team = Team(refuses=[B, C], failed=[{"row": 1, "message": "Invalid token"}])

    def goes_away(request: Request) -> Answer:
        return team(request) if request.method == "POST" else (503, {})

    async with Answering(goes_away) as server:
        answers = await connect(server.address, timeout_s=5).claim_many(PROOFS)
    assert told(answers) == ["claimed", "CLOUD-BROKEN", "REPLY-LOST", "claimed"]
    assert isinstance(answers[2], Fault)
    assert answers[2].leaves_open
    assert len(server.paths("GET")) <= 4, "nobody waits for a cloud that is gone once a unit"


@pytest.mark.parametrize(
    ("answer", "code", "leaves_open"),
    [
        ((400, {"message": "1 to 1000 rows are allowed"}), "CLOUD-REFUSED", False),
        ((404, {}), "CLOUD-REFUSED", False),
        ((401, {}), "KEY-REFUSED", False),
        ((403, {}), "KEY-FORBIDDEN", False),
        ((500, {}), "CLOUD-BROKEN", True),
        ((200, {}), "CLOUD-NONSENSE", True),
        ((202, {"bulkOpsRequestId": "01X"}), "CLOUD-NONSENSE", True),
        ((201, None), "CLOUD-NONSENSE", True),
        ((201, [1, 2]), "CLOUD-NONSENSE", True),
    ],
)
async def test_a_request_that_fails_as_a_whole(
    connect: Connect, answer: tuple[int, object], code: str, *, leaves_open: bool
) -> None:
    async with Answering(lambda _: answer) as server:
        with pytest.raises(CloudFault) as caught:
            await connect(server.address).claim_many(PROOFS)
    assert (caught.value.code, caught.value.leaves_open) == (code, leaves_open)
    assert len(server.asked) == 1, "a claim is never sent again by itself"


async def test_a_lost_reply_leaves_open_and_nothing_is_lost(connect: Connect) -> None:
    """The reply is dropped after each of its bytes; asked again, all units are ours."""
    cut = 0
    team = Team()

    def answers(request: Request) -> Answer:
        answer = team(request)
        if request.method != "POST":
            return answer
        assert isinstance(answer, tuple)
        return replace(json_response(*answer), cut_after=cut)

    async with Answering(answers) as server:
        cloud = connect(server.address)
        found: tuple[Claim | Fault, ...] = ()
        doubts = list[bool]()
        while not found:
            team.ours.clear()
            try:
                found = await cloud.claim_many(PROOFS[:2])
            except CloudFault as fault:
                doubts.append(fault.leaves_open)
                assert team.ours == {A, B}
                assert await cloud.held(B)
            cut += 1
    assert len(doubts) > 150
    assert all(doubts)
    assert told(found) == ["claimed", "claimed"]


async def test_a_thousand_rows_and_not_one_more(connect: Connect) -> None:
    async with Answering(lambda _: (500, {})) as server:
        cloud = connect(server.address)
        assert cloud.most_claims == 1000
        with pytest.raises(ValueError, match="1001 units are more than 1000"):
            await cloud.claim_many([PROOFS[0]] * 1001)
        assert await cloud.claim_many([]) == ()
        assert not server.asked


@pytest.mark.parametrize(("status", "was_ours"), [(204, True), (200, True), (404, False)])
async def test_a_unit_is_released(connect: Connect, status: int, *, was_ours: bool) -> None:
    async with Answering(lambda _: (status, {}) if status != 204 else (204, None)) as server:
        assert await connect(server.address).release(A) is was_ours
    assert server.paths("DELETE") == [f"claimed-devices/{A}"]


@pytest.mark.parametrize(
    ("status", "code", "leaves_open"),
    [(409, "CLOUD-REFUSED", False), (500, "CLOUD-BROKEN", True), (403, "KEY-FORBIDDEN", False)],
)
async def test_a_unit_that_is_not_released(
    connect: Connect, status: int, code: str, *, leaves_open: bool
) -> None:
    async with Answering(lambda _: (status, {})) as server:
        with pytest.raises(CloudFault) as caught:
            await connect(server.address).release(A)
    assert (caught.value.code, caught.value.leaves_open) == (code, leaves_open)


@pytest.mark.parametrize("shape", ["whole", "words", "row"])
async def test_a_token_or_key_that_the_cloud_gives_back_is_not_told(
    connect: Connect, shape: str
) -> None:
    secret = "2dn3hQFQSWHIc0CMRc6xunwNmdiBeQNQpNWAuar7SSW8jduV9zfUrlDi2RpLvSI7Lpj6UEpyjZUy.0oRD"
    said = f"Invalid claim token {secret} of {A}"
    failed = {"words": [f"{A}: {said}"], "row": [{"row": 0, "message": said}]}.get(shape)

    def answers(request: Request) -> Answer:
        if request.method == "GET":
            return 404, {}
        return (422, {"failed": failed}) if failed else (422, {"message": said})

    async with Answering(answers) as server:
        cloud = connect(server.address)
        try:
            (fault,) = await cloud.claim_many(PROOFS[:1])
        except CloudFault as whole:
            fault = whole
    assert isinstance(fault, Fault)
    assert fault.detail.endswith(f"Invalid claim token (...) of {A}")
    assert secret[:20] not in f"{fault} {fault!r} {fault.trouble}"
