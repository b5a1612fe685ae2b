"""What a cloud's answer means, in each of the shapes that clouds and their gateways have."""

from __future__ import annotations

import json
from typing import Any

import pytest

from station.clouds.replies import TooBusy, read, refused
from station.faults import Fault

PLAIN = {"content-type": "text/plain; charset=utf-8"}
GOA = {"id": "x", "code": "precondition_failed", "status": 412, "detail": "invalid csr", "meta": {}}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"message": "Not found"}, "Not found"),
        ({"message": "first", "detail": "second"}, "first"),
        (GOA, "precondition_failed: invalid csr"),
        ({"err": "Board not found", "err_code": 1}, "Board not found"),
        ({"error": "access_denied", "error_description": "No"}, "No: access_denied"),
        ({"code": 40010, "detail": "same", "error": "same"}, "same"),
        ({"detail": {"of": "another shape"}}, ""),
        ([1, 2], ""),
        (None, ""),
        ({"err": "it was " + "a1" * 30}, "it was (...)"),
    ],
)
def test_the_clouds_own_words(body: Any, message: str) -> None:
    content = json.dumps(body).encode() if body is not None else b""
    reply = read(412, {"content-type": "application/json"}, content)
    assert reply.message == message
    assert refused(reply).detail == f"HTTP 412 {message}".strip()


@pytest.mark.parametrize(
    ("status", "headers", "content", "code", "detail"),
    [
        (401, PLAIN, b"token is expired", "KEY-REFUSED", "token is expired"),
        (403, PLAIN, b"no", "KEY-FORBIDDEN", "HTTP 403 no"),
        (401, {"content-type": "text/html"}, b"<html>", "CLOUD-NONSENSE", "text/html"),
        (200, PLAIN, b"welcome", "CLOUD-NONSENSE", "not JSON"),
        (302, {}, b"", "CLOUD-NONSENSE", "a redirect"),
        (503, PLAIN, b"Service Unavailable", "CLOUD-BROKEN", "HTTP 503"),
        (429, {"retry-after": "120"}, b"", "CLOUD-BUSY", "asks to wait 120 s"),
    ],
)
def test_what_concerns_more_than_one_request(
    status: int, headers: dict[str, str], content: bytes, code: str, detail: str
) -> None:
    with pytest.raises(Fault, match=detail) as caught:
        read(status, headers, content)
    assert caught.value.code == code


def test_a_short_wait_is_told_in_seconds() -> None:
    with pytest.raises(TooBusy) as caught:
        read(429, {"retry-after": "2"}, b"You have reached maximum request limit.")
    assert caught.value.after_s == 2.0


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500])
def test_a_refusal_with_a_number_concerns_one_request(status: int) -> None:
    content = b'{"err": "Board not found", "err_code": 1}'
    assert read(status, {}, content, code_in="err_code").body["err_code"] == 1
    if status in {401, 403, 500}:
        with pytest.raises(Fault):
            read(status, {}, content)
        with pytest.raises(Fault):
            read(status, PLAIN, b"no number", code_in="err_code")


@pytest.mark.parametrize(
    ("status", "content", "body"),
    [
        (401, b"", None),
        (500, b'{"errorCode": 2}', {"errorCode": 2}),
        (500, b"<html>", None),
        (500, b"[" * 100_000, None),
    ],
)
def test_a_status_that_is_left_to_the_caller_comes_as_it_is(
    status: int, content: bytes, body: Any
) -> None:
    reply = read(status, PLAIN, content, as_is=(401, 500))
    assert (reply.status, reply.body, reply.content) == (status, body, content)
    with pytest.raises(Fault):
        read(status, PLAIN, content)


def test_too_many_requests_are_never_left_to_the_caller() -> None:
    with pytest.raises(TooBusy):
        read(429, {}, b"", as_is=(429,))


def test_json_without_a_bottom_is_no_json() -> None:
    with pytest.raises(Fault) as caught:
        read(200, {}, b"[" * 100_000)
    assert caught.value.code == "CLOUD-NONSENSE"
