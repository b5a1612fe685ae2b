"""What is said when a device is provisioned: every shape of it, and nothing taken on trust."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import SecretStr

from station.clouds.thingsboard.words import (
    Answer,
    Status,
    answer,
    check_name,
    request,
    same,
    server_words,
)
from station.faults import CloudNonsense, NameRefused
from station.logins import access_token, mqtt_basic
from station.model import Login, LoginKind
from station.simulation.thingsboard_account import Account
from station.simulation.thingsboard_nouns import ALLOW_CREATE, Profile

KEY, SECRET = SecretStr("key-of-the-profile"), SecretStr("secret-of-the-profile")
TOKEN, BASIC, X509 = LoginKind.ACCESS_TOKEN, LoginKind.MQTT_BASIC, LoginKind.X509_CERTIFICATE
FAILURE = {"errorMsg": "Failed to provision device!", "status": "FAILURE"}
NOT_FOUND = {"errorMsg": "Provision data was not found!", "status": "NOT_FOUND"}
DER = b"\x30\x82\x01\x02" + bytes(range(256)) + b"\0\0"
LINE = base64.b64encode(DER).decode()


def login(kind: LoginKind, **values: str) -> Login:
    return Login(kind, tuple((name, SecretStr(value)) for name, value in values.items()))


def pem(der: bytes, newline: str = "\n") -> str:
    line = base64.b64encode(der).decode()
    lines = [line[at : at + 64] for at in range(0, len(line), 64)]
    return newline.join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])


def read(told: Any) -> Answer:
    return answer(json.dumps(told).encode())


def values(of: Login | None) -> dict[str, str]:
    assert of is not None
    return {name: value.get_secret_value() for name, value in of.values}


# the request


def test_without_a_login_the_server_is_left_to_make_one() -> None:
    assert request(KEY, SECRET, "unit-1", None) == {
        "provisionDeviceKey": "key-of-the-profile",
        "provisionDeviceSecret": "secret-of-the-profile",
        "deviceName": "unit-1",
    }


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        (login(TOKEN, token="tok-1"), {"token": "tok-1"}),
        (
            login(BASIC, client_id="c", user_name="u", user_password="p"),
            {"clientId": "c", "username": "u", "password": "p"},
        ),
        (login(BASIC, user_name="u"), {"username": "u"}),
        (login(BASIC, client_id="c", user_name="", user_password=""), {"clientId": "c"}),
        (
            login(X509, certificate=pem(DER) + pem(b"\x30issuer"), private_key="never sent"),
            {"hash": pem(DER)},
        ),
        (login(X509, certificate="subject=unit\n" + pem(DER, "\r\n")), {"hash": pem(DER)}),
    ],
)
def test_only_what_is_there_is_sent(asked: Login, sent: dict[str, str]) -> None:
    told = request(KEY, SECRET, "unit-1", asked)
    assert told.pop("credentialsType") == asked.kind.value
    assert {name: told.pop(name) for name in sent} == sent
    assert told == request(KEY, SECRET, "unit-1", None)


@pytest.mark.parametrize(
    "empty",
    [
        login(TOKEN),
        login(TOKEN, token=""),
        login(BASIC, user_password="p"),
        login(X509, certificate="no certificate"),
        login(X509, private_key="k"),
    ],
)
def test_a_login_without_what_its_name_says_is_never_asked_for(empty: Login) -> None:
    with pytest.raises(ValueError, match=f"a login of {empty.kind}"):
        request(KEY, SECRET, "unit-1", empty)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "empty"),
        (" \t", "empty"),
        ("\u3000", "empty"),
        (" unit", "blank"),
        ("unit\n", "blank"),
        ("unit\xa0", "blank"),
        ("x" * 256, "256 characters"),
        ("x" + "\U0001f600" * 128, "257 characters"),
        ("<script>alert(1)</script>", "HTML"),
        ("a</b", "HTML"),
        ("a<!--", "HTML"),
        ("a{{7*7}}b", "HTML"),
        ("a{{\u2028}}b", "HTML"),
        ("a\0b", "control"),
        ("a\x1bb", "control"),
        ("a\x9bb", "control"),
        ("a\ud800b", "half a character"),
    ],
)
def test_names_that_the_server_refuses_or_changes(name: str, why: str) -> None:
    with pytest.raises(NameRefused, match=why):
        request(KEY, SECRET, name, None)


@pytest.mark.parametrize(
    "name",
    ["x" * 255, "\U0001f600" * 127, "0012345", "5 < 6", "a{b}c", "Zähler 1/2", "单元", "a'b\"c\\d"],
)
def test_names_that_it_keeps(name: str) -> None:
    check_name(name)
    account, profile = made()
    assert sent(account, profile, name, None).status is Status.SUCCESS
    assert account.device_named(profile.tenant, name) is not None


# the answer


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


# do they agree?

TOKENS = st.builds(lambda text: login(TOKEN, token=text), st.text(min_size=1))
BASICS = st.builds(
    lambda c, u, p: login(BASIC, client_id=c, user_name=u, user_password=p),
    *(st.sampled_from(["", "a", "b"]) for _ in range(3)),
)
LEAVES = st.binary(min_size=1).map(lambda tail: login(X509, certificate=pem(b"\x30" + tail)))


@given(TOKENS | BASICS | LEAVES)
def test_a_login_agrees_with_itself(one: Login) -> None:
    assert same(one, one)


@given(TOKENS | BASICS | LEAVES, TOKENS | BASICS | LEAVES)
def test_two_agree_when_their_values_do(one: Login, two: Login) -> None:
    assert same(one, two) == (one == two)


def test_absent_is_the_same_as_empty() -> None:
    assert same(login(BASIC, user_name="u"), login(BASIC, client_id="", user_name="u"))
    assert not same(login(BASIC, user_name="u"), login(BASIC, user_name="u", user_password="p"))


@pytest.mark.parametrize(
    ("got", "agrees"),
    [
        (LINE, True),
        (pem(DER, "\r\n"), True),
        (pem(DER) + pem(b"\x30issuer"), True),
        (hashlib.sha3_256(LINE.encode()).hexdigest(), True),
        (pem(b"\x30other"), False),
        ("a placeholder", False),
        ("", False),
    ],
)
def test_certificates_agree_by_their_bytes(got: str, agrees: bool) -> None:
    asked = login(X509, certificate=pem(DER) + pem(b"\x30issuer"), private_key="k")
    assert same(asked, login(X509, certificate=got)) is agrees


def test_no_certificate_agrees_with_none() -> None:
    assert not same(login(X509, private_key="k"), login(X509))


# with the server that was written from the facts by somebody else


def made() -> tuple[Account, Profile]:
    account = Account()
    tenant = account.add_tenant("Acme")
    key, secret = KEY.get_secret_value(), SECRET.get_secret_value()
    profile = Profile(tenant.id, "meters", account.now_ms(), ALLOW_CREATE, key, secret)
    return account, account.add_profile(profile)


def sent(account: Account, profile: Profile, name: str, asked: Login | None) -> Answer:
    assert profile.secret is not None
    body = json.dumps(request(KEY, SecretStr(profile.secret), name, asked)).encode()
    reply = account.provision(body).reply
    assert reply is not None
    return read(reply)


@pytest.mark.parametrize(
    "asked",
    [
        access_token(),
        mqtt_basic(["user_name"]),
        mqtt_basic(["client_id"]),
        mqtt_basic(["client_id", "user_name", "user_password"]),
        login(X509, certificate=pem(DER) + pem(b"\x30issuer")),
    ],
    ids=lambda asked: asked.kind,
)
def test_what_is_asked_for_is_what_is_given(asked: Login) -> None:
    account, profile = made()
    got = sent(account, profile, "unit-1", asked)
    assert got.login is not None
    assert same(asked, got.login)
    assert same(got.login, asked)


def test_a_certificate_is_registered_as_tls_will_show_it() -> None:
    account, profile = made()
    odd = "Bag Attributes\n" + pem(DER, "\r\n").replace("\r\n", " \r\n") + pem(b"\x30issuer")
    sent(account, profile, "unit-1", login(X509, certificate=odd))
    assert account.device_by_lookup(hashlib.sha3_256(LINE.encode()).hexdigest()) is not None


NAMES = st.text(st.characters(exclude_categories=()), max_size=300) | st.sampled_from(
    ["<b>", "{{a}}", " a", "a\0", "a" * 255, "a" * 256, "\U0001f600" * 128]
)


@given(NAMES)
def test_a_name_is_refused_here_or_kept_there(name: str) -> None:
    account, profile = made()
    try:
        got = sent(account, profile, name, None)
    except NameRefused:
        return
    assert got.status is Status.SUCCESS
    device = account.device_named(profile.tenant, name)
    assert device is not None
    assert device.name == name
