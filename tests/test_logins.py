"""What a device is let in by: made by chance, sealed, read again, and never printed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from station import logins
from station.authority import Authority, KeyInMemory, make_authority
from station.faults import NameRefused, RecipeWrong, SealBroken
from station.model import Login, LoginKind


def authority() -> Authority:
    certificate, key = make_authority("Line 1")
    loaded = load_pem_private_key(key.get_secret_value().encode(), None)
    assert isinstance(loaded, ec.EllipticCurvePrivateKey)
    return Authority(x509.load_pem_x509_certificate(certificate.encode()), KeyInMemory(loaded))


def test_a_token_is_of_letters_and_digits_and_no_two_are_alike() -> None:
    tokens = {logins.access_token().value("token") for _ in range(500)}
    assert len(tokens) == 500
    assert all(re.fullmatch(r"[A-Za-z0-9]{20}", each) for each in tokens)


@pytest.mark.parametrize(
    "parts",
    [
        {"client_id"},
        {"user_name"},
        {"user_name", "user_password"},
        {"client_id", "user_name"},
        {"client_id", "user_name", "user_password"},
    ],
)
def test_a_login_of_mqtt_has_the_parts_that_the_board_takes(parts: set[str]) -> None:
    login = logins.mqtt_basic({*parts, "ssid"})
    assert {name for name, _ in login.values} == parts
    assert login.kind is LoginKind.MQTT_BASIC
    assert login.value("ssid") == ""


@pytest.mark.parametrize(
    "parts", [set(), {"ssid"}, {"user_password"}, {"client_id", "user_password"}]
)
def test_parts_that_no_server_takes_are_refused(parts: set[str]) -> None:
    with pytest.raises(RecipeWrong, match="login of MQTT"):
        logins.mqtt_basic(parts)


def test_a_key_has_a_certificate_of_the_units_name_and_the_issuers_behind_it() -> None:
    issuer = authority()
    login = logins.key_and_certificate("unit-7", issuer)
    own, issued_by = x509.load_pem_x509_certificates(login.value("certificate").encode())
    key = load_pem_private_key(login.value("private_key").encode(), None)
    assert own.public_key() == key.public_key()
    assert [each.value for each in own.subject.get_attributes_for_oid(NameOID.COMMON_NAME)] == [
        "unit-7"
    ]
    own.verify_directly_issued_by(issued_by)
    assert login.value("certificate").endswith(issuer.certificate)


def test_a_name_that_no_certificate_can_bear_is_refused() -> None:
    assert logins.key_and_certificate("n" * 64, authority()).value("certificate")
    with pytest.raises(NameRefused, match="64 letters"):
        logins.key_and_certificate("n" * 65, authority())


@pytest.mark.parametrize(
    "login",
    [
        logins.access_token(),
        logins.mqtt_basic(logins.BASIC),
        logins.key_and_certificate("unit-1", authority()),
    ],
    ids=lambda login: str(login.kind),
)
def test_it_is_read_as_it_was_told_and_never_prints(login: Login) -> None:
    assert logins.read(logins.told(login)) == login
    for _, value in login.values:
        assert value.get_secret_value() not in repr(login)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"kind": "NEW", "values": {}}', '{"kind": "ACCESS_TOKEN"}']
)
def test_what_is_no_login_is_named_without_being_told(text: str) -> None:
    with pytest.raises(SealBroken) as caught:
        logins.read(SecretStr(text))
    assert caught.value.__context__ is None
    assert "not a login" in caught.value.detail


def test_a_cloud_knows_a_certificate_without_its_key_issuers_or_line_ends() -> None:
    whole = logins.key_and_certificate("unit-1", authority())
    own = whole.value("certificate").split("-----END")[0] + "-----END CERTIFICATE-----"
    bare = Login(whole.kind, (("certificate", SecretStr(own.replace("\n", "\r\n"))),))
    assert whole.lets_in_as(bare)
    assert not whole.lets_in_as(logins.key_and_certificate("unit-1", authority()))


def test_a_part_that_is_not_there_and_an_empty_one_let_in_alike() -> None:
    some = logins.mqtt_basic({"user_name"})
    padded = replace(some, values=(*some.values, ("client_id", SecretStr(""))))
    assert some.lets_in_as(padded)
    assert padded.lets_in_as(some)
    more = replace(some, values=(*some.values, ("client_id", SecretStr("c"))))
    assert not some.lets_in_as(more)
    token = Login(LoginKind.ACCESS_TOKEN, (("token", some.values[0][1]),))
    assert not some.lets_in_as(token)
