"""What came of a provision request: every shape of an answer, and nothing taken on trust."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from station.clouds.thingsboard.words import (
    Answer,
    Status,
    answer,
    server_words,
)
from station.faults import CloudNonsense
from station.model import Login, LoginKind

TOKEN, BASIC, X509 = LoginKind.ACCESS_TOKEN, LoginKind.MQTT_BASIC, LoginKind.X509_CERTIFICATE
FAILURE = {"errorMsg": "Failed to provision device!", "status": "FAILURE"}
NOT_FOUND = {"errorMsg": "Provision data was not found!", "status": "NOT_FOUND"}
DER = b"\x30\x82\x01\x02" + bytes(range(256)) + b"\0\0"
LINE = base64.b64encode(DER).decode()


def pem(der: bytes) -> str:
    line = base64.b64encode(der).decode()
    lines = [line[at : at + 64] for at in range(0, len(line), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])


def read(told: Any) -> Answer:
    return answer(json.dumps(told).encode())


def values(of: Login | None) -> dict[str, str]:
    assert of is not None
    return {name: value.get_secret_value() for name, value in of.values}


@pytest.mark.parametrize(
    ("told", "kind", "held"),
    [
        (
            {"credentialsValue": "t", "credentialsType": "ACCESS_TOKEN", "status": "SUCCESS"},
            TOKEN,
            {"token": "t"},
        ),
        (
            {
                "credentialsValue": {"clientId": "c", "userName": "u", "password": "p"},
                "credentialsType": "MQTT_BASIC",
                "status": "SUCCESS",
            },
            BASIC,
            {"client_id": "c", "user_name": "u", "user_password": "p"},
        ),
        (
            {
                "credentialsValue": {"clientId": "", "userName": "u", "password": ""},
                "credentialsType": "MQTT_BASIC",
                "status": "SUCCESS",
            },
            BASIC,
            {"user_name": "u"},
        ),
        (
            {"credentialsValue": LINE, "credentialsType": "X509_CERTIFICATE", "status": "SUCCESS"},
            X509,
            {"certificate": pem(DER)},
        ),
        (
            {
                "credentialsValue": "held",
                "credentialsType": "X509_CERTIFICATE",
                "status": "SUCCESS",
            },
            X509,
            {"certificate": "held"},
        ),
        # the guide's own sample, and its page on certificates
        (
            {
                "provisionDeviceStatus": "SUCCESS",
                "credentialsType": "ACCESS_TOKEN",
                "accessToken": "t",
            },
            TOKEN,
            {"token": "t"},
        ),
        (
            {
                "deviceId": "7d2d",
                "credentialsType": "X509_CERTIFICATE",
                "credentialsId": "ab" * 32,
                "provisionDeviceStatus": "SUCCESS",
            },
            X509,
            {"certificate": "ab" * 32},
        ),
        ({"credentialsValue": "t", "status": "SUCCESS"}, TOKEN, {"token": "t"}),
        (
            {"credentialsValue": "t", "credentialsType": None, "status": "SUCCESS", "new": [1]},
            TOKEN,
            {"token": "t"},
        ),
    ],
)
def test_what_was_given(told: dict[str, Any], kind: LoginKind, held: dict[str, str]) -> None:
    got = read(told)
    assert got.status is Status.SUCCESS
    assert got.login is not None
    assert got.login.kind is kind
    assert values(got.login) == held


def test_a_device_of_lwm2m_is_provisioned_and_nothing_is_told() -> None:
    assert read({"credentialsType": "LWM2M_CREDENTIALS", "status": "SUCCESS"}) == Answer(
        Status.SUCCESS
    )


@pytest.mark.parametrize(
    ("told", "status", "reason"),
    [
        (NOT_FOUND, Status.NOT_FOUND, "Provision data was not found!"),
        (FAILURE, Status.FAILURE, "Failed to provision device!"),
        ({"status": "NOT_FOUND"}, Status.NOT_FOUND, ""),
        ({"status": "FAILURE", "errorMsg": None}, Status.FAILURE, ""),
        ({"status": "FAILURE", "errorMsg": {"x": 1}}, Status.FAILURE, ""),
        ({"status": "UNKNOWN"}, Status.FAILURE, ""),
        ({"provisionDeviceStatus": "FAILURE"}, Status.FAILURE, ""),
        (
            {"status": "FAILURE", "errorMsg": 'no\n  \ud800 {"token":"tok-1"}'},
            Status.FAILURE,
            "no ?",
        ),
    ],
)
def test_what_was_refused(told: dict[str, Any], status: Status, reason: str) -> None:
    assert read(told) == Answer(status, reason=reason)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Sign in</body></html>",
        b'{"status":"SUCCESS"',
        b'"SUCCESS"',
        b"null",
        b"[1]",
        b"[" * 100_000,
        b"\xff\xfe\x00",
        b"{}",
        b'{"status":"success"}',
        b'{"status":["SUCCESS"]}',
        b'{"status":"SUCCESS"}',
        b'{"status":"SUCCESS","credentialsValue":""}',
        b'{"status":"SUCCESS","credentialsValue":null}',
        b'{"status":"SUCCESS","credentialsValue":7}',
        b'{"status":"SUCCESS","credentialsValue":"\\ud800"}',
        b'{"status":"SUCCESS","credentialsType":"MQTT_BASIC","credentialsValue":"text"}',
        b'{"status":"SUCCESS","credentialsType":"MQTT_BASIC","credentialsValue":{}}',
        b'{"status":"SUCCESS","credentialsType":"MQTT_BASIC","credentialsValue":{"clientId":7}}',
        b'{"status":"SUCCESS","credentialsType":"MQTT_BASIC","credentialsValue":'
        b'{"clientId":"","userName":"","password":null}}',
        b'{"status":"SUCCESS","credentialsType":"X509_CERTIFICATE"}',
        b'{"status":"SUCCESS","credentialsType":"SOMETHING_NEW","credentialsValue":"t"}',
        b'{"status":"SUCCESS","credentialsType":{"a":1},"credentialsValue":"t"}',
    ],
)
def test_what_is_no_answer(body: bytes) -> None:
    with pytest.raises(CloudNonsense) as caught:
        answer(body)
    assert caught.value.leaves_open


def test_an_answer_does_not_print_its_login() -> None:
    got = read({"credentialsValue": "tok-in-clear", "status": "SUCCESS"})
    assert "tok-in-clear" not in f"{got!r} {got}"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
LIKELY = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["SUCCESS", "NOT_FOUND", "FAILURE", "UNKNOWN"]) | JSON,
        "provisionDeviceStatus": st.sampled_from(["SUCCESS", "FAILURE"]) | JSON,
        "credentialsType": st.sampled_from([*(each.value for each in LoginKind), "X"]) | JSON,
        "credentialsValue": JSON
        | st.fixed_dictionaries({}, optional={"clientId": JSON, "userName": JSON}),
        "accessToken": JSON,
        "errorMsg": JSON,
    },
)


@given(LIKELY)
@example({"status": "SUCCESS", "credentialsValue": {"a": "b"}})
def test_an_answer_is_whole_or_a_fault(told: dict[str, Any]) -> None:
    try:
        got = read(told)
    except CloudNonsense:
        return
    if got.status is not Status.SUCCESS:
        assert got.login is None
    elif told.get("credentialsType") != "LWM2M_CREDENTIALS":
        held = values(got.login)
        assert held
        assert all(value.encode() for value in held.values())


@given(st.binary(max_size=200))
def test_garbage_is_nonsense(body: bytes) -> None:
    with pytest.raises(CloudNonsense):
        answer(body)


def test_every_end_of_an_answer_is_nonsense() -> None:
    whole = json.dumps({"credentialsValue": "A1B2", "status": "SUCCESS"}).encode()
    for end in range(len(whole)):
        with pytest.raises(CloudNonsense) as caught:
            answer(whole[:end])
        assert "A1B2" not in caught.value.detail
    assert answer(whole).status is Status.SUCCESS


@pytest.mark.parametrize(
    ("told", "hidden", "said"),
    [
        ('Failed to find the field deviceName in JSON body {"token":"t"}!', "", None),
        ("No route to /api/v1/tok-1/attributes", "tok-1", ""),
        ("x" * 190 + " tok-1-and-more", "tok-1-and-more", ""),
        ("it was " + "a1" * 30, "", "it was (...)"),
        (7, "", ""),
    ],
)
def test_the_servers_words_hold_no_request(told: object, hidden: str, said: str | None) -> None:
    expected = "Failed to find the field deviceName in JSON body" if said is None else said
    assert server_words(told, hidden) == expected
