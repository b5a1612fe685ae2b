"""The request that provisions a device, and whether what was given is what was asked for."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from station.clouds.thingsboard.words import (
    Answer,
    Status,
    answer,
    check_name,
    request,
)
from station.faults import NameRefused
from station.logins import access_token, mqtt_basic
from station.model import Login, LoginKind
from station.simulation.thingsboard_account import Account
from station.simulation.thingsboard_nouns import ALLOW_CREATE, Profile

KEY, SECRET = SecretStr("key-of-the-profile"), SecretStr("secret-of-the-profile")
TOKEN, BASIC, X509 = LoginKind.ACCESS_TOKEN, LoginKind.MQTT_BASIC, LoginKind.X509_CERTIFICATE
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


# do they agree?

TOKENS = st.builds(lambda text: login(TOKEN, token=text), st.text(min_size=1))
BASICS = st.builds(
    lambda c, u, p: login(BASIC, client_id=c, user_name=u, user_password=p),
    *(st.sampled_from(["", "a", "b"]) for _ in range(3)),
)
LEAVES = st.binary(min_size=1).map(lambda tail: login(X509, certificate=pem(b"\x30" + tail)))


@given(TOKENS | BASICS | LEAVES)
def test_a_login_agrees_with_itself(one: Login) -> None:
    assert one.lets_in_as(one)


@given(TOKENS | BASICS | LEAVES, TOKENS | BASICS | LEAVES)
def test_two_agree_when_their_values_do(one: Login, two: Login) -> None:
    assert one.lets_in_as(two) == (one == two)


def test_absent_is_the_same_as_empty() -> None:
    one = login(BASIC, user_name="u")
    assert one.lets_in_as(login(BASIC, client_id="", user_name="u"))
    assert not one.lets_in_as(login(BASIC, user_name="u", user_password="p"))


@pytest.mark.parametrize(
    ("got", "agrees"),
    [
        (LINE, True),
        (pem(DER, "\r\n"), True),
        (pem(DER) + pem(b"\x30issuer"), True),
        (pem(b"\x30other"), False),
        ("a placeholder", False),
        ("", False),
    ],
)
def test_certificates_agree_by_their_bytes(got: str, agrees: bool) -> None:
    asked = login(X509, certificate=pem(DER) + pem(b"\x30issuer"), private_key="k")
    assert asked.lets_in_as(login(X509, certificate=got)) is agrees


def test_no_certificate_agrees_with_none() -> None:
    assert not login(X509, private_key="k").lets_in_as(login(X509))


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
    assert asked.lets_in_as(got.login)
    assert got.login.lets_in_as(asked)


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


@pytest.mark.parametrize(
    "name",
    ["x" * 255, "\U0001f600" * 127, "0012345", "5 < 6", "a{b}c", "Zähler 1/2", "单元", "a'b\"c\\d"],
)
def test_names_that_it_keeps(name: str) -> None:
    check_name(name)
    account, profile = made()
    assert sent(account, profile, name, None).status is Status.SUCCESS
    assert account.device_named(profile.tenant, name) is not None
