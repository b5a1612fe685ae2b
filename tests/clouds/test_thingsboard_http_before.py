"""ThingsBoard by HTTP: the answers of what stands before a server, and of one that breaks."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator

import pytest

from station.clouds.thingsboard.words import answer
from station.faults import (
    CloudNonsense,
    Fault,
    LoginRefused,
)
from station.simulation.http_server import Response, json_response
from tests.clouds.answering import Answering
from tests.clouds.thingsboard_wires import (
    ASKED,
    PATH,
    TOKEN,
    Connect,
    token_of,
    ways,
)

HTML = (("content-type", "text/html"),)
PLAIN = (("content-type", "text/plain"),)
PAGE = b"<!DOCTYPE html><html><body>Sign in</body></html>"
BODY = json.dumps({"credentialsValue": "A1B2C3", "status": "SUCCESS"}).encode()


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    async with ways() as make:
        yield make


def error(status: int, message: str, code: int) -> Response:
    told = {"status": status, "message": message, "errorCode": code, "timestamp": 0}
    return json_response(status, told)


ECHO = json.dumps(ASKED)
UNREADABLE = f"Failed to find the field provisionDeviceSecret in JSON body {ECHO}!"


@pytest.mark.parametrize(
    ("reply", "code", "detail"),
    [
        (error(500, UNREADABLE, 2), "CLOUD-REFUSED", "Failed to find the field .* JSON body$"),
        (error(500, "Can't parse value: []", 2), "CLOUD-REFUSED", "Can't parse value:$"),
        (error(500, "No enum constant a.B.X", 2), "CLOUD-REFUSED", "No enum constant"),
        (error(500, f"No enum constant {TOKEN}", 2), "CLOUD-BROKEN", "HTTP 500$"),
        (error(500, "Internal Server Error", 2), "CLOUD-BROKEN", "Internal Server Error"),
        (error(500, f"duplicate key {TOKEN}", 2), "CLOUD-BROKEN", "HTTP 500$"),
        (Response(500), "CLOUD-BROKEN", "without a word"),
        (Response(500, PAGE, HTML), "CLOUD-NONSENSE", "not JSON"),
        (error(400, "Required request body is missing", 31), "CLOUD-REFUSED", "body is missing"),
        (Response(400, PAGE, HTML), "CLOUD-NONSENSE", "text/html"),
        (error(401, "Authentication failed", 10), "CLOUD-REFUSED", "is the address right"),
        (Response(401, PAGE, HTML), "CLOUD-NONSENSE", "not JSON"),
        (error(403, "no", 20), "CLOUD-REFUSED", "is the address right"),
        (error(404, f"No {PATH}", 32), "CLOUD-REFUSED", "HTTP 404"),
        (Response(404), "CLOUD-REFUSED", "HTTP 404"),
        (Response(404, PAGE, HTML), "CLOUD-NONSENSE", "HTTP 404"),
        (error(405, "Request method is not supported", 31), "CLOUD-REFUSED", "HTTP 405"),
        (json_response(413, "Payload too large"), "CLOUD-REFUSED", "413 Payload too large"),
        (Response(429, b"", (("retry-after", "0"),)), "CLOUD-BUSY", "HTTP 429"),
        (Response(429, PAGE, (*HTML, ("retry-after", "120"))), "CLOUD-BUSY", "wait 120 s"),
        (Response(502, PAGE, HTML), "CLOUD-BROKEN", "HTTP 502"),
        (Response(503, b"Service Unavailable", PLAIN), "CLOUD-BROKEN", "HTTP 503"),
        (Response(504), "CLOUD-BROKEN", "HTTP 504"),
        (Response(301, b"", (("location", "https://x/"),)), "CLOUD-NONSENSE", "a redirect"),
        (Response(307, b"", (("location", "/login"),)), "CLOUD-NONSENSE", "a redirect"),
        (Response(204), "CLOUD-NONSENSE", "HTTP 204"),
        (Response(200, PAGE, HTML), "CLOUD-NONSENSE", "text/html"),
        (Response(200, BODY[:-3]), "CLOUD-NONSENSE", "not JSON"),
        (Response(200, b"[" * 100_000), "CLOUD-NONSENSE", "not JSON"),
        (Response(200, BODY, (("content-encoding", "gzip"),)), "CLOUD-NONSENSE", "Decoding"),
        (Response(200), "CLOUD-NONSENSE", "not JSON"),
    ],
)
async def test_each_bad_reply_has_its_name(
    connect: Connect, reply: Response, code: str, detail: str
) -> None:
    async with Answering(lambda _: reply) as there:
        with pytest.raises(Fault) as caught:
            answer(await connect(there.address).provision(ASKED))
    fault = caught.value
    assert fault.code == code
    assert re.search(detail, fault.detail)
    assert not any(word in fault.detail for word in ASKED.values())
    assert fault.leaves_open == (code in {"CLOUD-BROKEN", "CLOUD-NONSENSE"})


async def test_a_wait_that_is_asked_for_is_kept(connect: Connect) -> None:
    replies = iter([Response(429, b"", (("retry-after", "0"),)), Response(200, BODY)])
    async with Answering(lambda _: next(replies)) as there:
        assert answer(await connect(there.address).provision(ASKED)).login is not None
    assert there.paths("POST") == ["api/v1/provision"] * 2


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Response(500), "CLOUD-BUSY"),
        (error(500, "Internal Server Error", 2), "CLOUD-BROKEN"),
        (error(401, "Authentication failed", 10), "CLOUD-REFUSED"),
        (Response(401, PAGE, HTML), "CLOUD-NONSENSE"),
        (error(403, f"/api/v1/{TOKEN}/attributes", 20), "CLOUD-REFUSED"),
        (Response(400), "CLOUD-REFUSED"),
        (error(404, f"No endpoint GET /api/v1/{TOKEN}/attributes.", 32), "CLOUD-REFUSED"),
        (Response(429, b"", (("retry-after", "0"),)), "CLOUD-BUSY"),
        (Response(502, PAGE, HTML), "CLOUD-BROKEN"),
        (Response(302, b"", (("location", "/login"),)), "CLOUD-NONSENSE"),
        (Response(200, PAGE, HTML), "CLOUD-NONSENSE"),
    ],
)
async def test_only_the_servers_own_word_decides_about_a_login(
    connect: Connect, reply: Response, code: str
) -> None:
    async with Answering(lambda _: reply) as there:
        way = connect(there.address)
        for deed in (way.admits(token_of(TOKEN)), way.send(token_of(TOKEN), {"a": 1})):
            with pytest.raises(Fault) as caught:
                await deed
            assert caught.value.code == code
            assert TOKEN not in str(caught.value)


@pytest.mark.parametrize("body", [b"", b"[]", b'"in"'])
async def test_a_200_without_attributes_lets_nobody_in(connect: Connect, body: bytes) -> None:
    async with Answering(lambda _: Response(200, body)) as there:
        with pytest.raises(CloudNonsense):
            await connect(there.address).admits(token_of(TOKEN))


@pytest.mark.parametrize("status", [401, 403])
async def test_a_bare_refusal_is_no(connect: Connect, status: int) -> None:
    async with Answering(lambda _: Response(status)) as there:
        way = connect(there.address)
        assert not await way.admits(token_of(TOKEN))
        with pytest.raises(LoginRefused, match=f"HTTP {status}"):
            await way.send(token_of(TOKEN), {"a": 1})
