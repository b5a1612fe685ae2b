from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import pytest

from station.simulation.thingsboard_account import Account
from station.simulation.thingsboard_credentials import certificate, mqtt_basic, token
from station.simulation.thingsboard_nouns import (
    ALLOW_CREATE,
    CHAIN,
    CHECK_PRE,
    Device,
    Profile,
    Tenant,
)
from station.simulation.thingsboard_refusals import Refused
from station.simulation.thingsboard_values import cast

NOT_FOUND = {"errorMsg": "Provision data was not found!", "status": "NOT_FOUND"}
FAILURE = {"errorMsg": "Failed to provision device!", "status": "FAILURE"}
PEM = "-----BEGIN CERTIFICATE-----\nMIIB\r\nAAAA\n-----END CERTIFICATE-----\n"


class Site:
    def __init__(self, version: str = "4.3.0") -> None:
        self.account = Account(version)
        self.tenant: Tenant = self.account.add_tenant("Acme")
        self.new = self._profile("PA", ALLOW_CREATE)
        self.known = self._profile("PC", CHECK_PRE)
        self._profile("PX", CHAIN)

    def _profile(self, name: str, kind: str) -> Profile:
        profile = Profile(self.tenant.id, name, 0, kind, f"key-{name}", f"secret-{name}")
        return self.account.add_profile(profile)

    def ask(self, profile: str = "PA", **more: Any) -> Any:
        keys = {
            "provisionDeviceKey": f"key-{profile}",
            "provisionDeviceSecret": f"secret-{profile}",
        }
        done = self.account.provision(json.dumps({**keys, **more}).encode())
        assert not done.error
        return done.reply

    def device(self, name: str) -> Device:
        found = self.account.device_named(self.tenant.id, name)
        assert found
        return found


@pytest.fixture
def site() -> Site:
    return Site()


def test_a_new_device_gets_a_token_and_is_not_made_twice(site: Site) -> None:
    reply = site.ask(deviceName="dev1")
    assert list(reply) == ["credentialsValue", "credentialsType", "status"]
    assert reply["status"] == "SUCCESS"
    assert re.fullmatch(r"[A-Za-z0-9]{20}", reply["credentialsValue"])
    device = site.device("dev1")
    assert site.account.by_token(reply["credentialsValue"]) is device
    assert device.profile.name == "PA"
    assert device.attributes["SERVER_SCOPE"] == {"provisionState": "provisioned"}
    assert site.ask(deviceName="dev1") == FAILURE
    assert site.account.by_token(reply["credentialsValue"]) is device
    kinds = [event.kind for event in site.account.events]
    assert kinds == ["ENTITY_CREATED", "PROVISION_SUCCESS", "PROVISION_FAILURE"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"provisionDeviceKey": "nobody's"},
        {"provisionDeviceSecret": "wrong"},
        {"provisionDeviceKey": ""},
        {"provisionDeviceSecret": ""},
    ],
)
def test_a_wrong_key_or_secret_is_not_found_and_leaves_no_trace(
    site: Site, wrong: dict[str, str]
) -> None:
    assert site.ask(deviceName="dev1", **wrong) == NOT_FOUND
    assert site.ask("PC", deviceName="dev1", **wrong) == NOT_FOUND
    assert not site.account.devices
    assert not site.account.events


def test_a_disabled_profile_is_not_found(site: Site) -> None:
    site.new.provision_type = "DISABLED"
    assert site.ask(deviceName="dev1") == NOT_FOUND


def test_an_empty_name_is_looked_at_before_the_key(site: Site) -> None:
    assert site.ask(deviceName="   ", provisionDeviceKey="nobody's") == FAILURE
    assert site.ask(deviceName="  dev9 ")["status"] == "SUCCESS"
    assert site.device("dev9").name == "dev9"


def test_a_token_of_its_own_is_unique_over_the_instance(site: Site) -> None:
    assert site.ask(deviceName="a", token="tok-1")["credentialsValue"] == "tok-1"
    assert site.ask(deviceName="b", token="tok-1") == FAILURE
    assert site.account.device_named(site.tenant.id, "b") is None
    other = site.account.add_tenant("Other")
    profile = site.account.profile_named(other.id, "")
    assert profile
    with pytest.raises(Refused, match="already assigned to another device"):
        site.account.add_device(profile, "a", token("tok-1"))
    # a username without a client id is in the tokens' space
    assert site.ask(deviceName="c", credentialsType="MQTT_BASIC", username="tok-1") == FAILURE


def test_mqtt_basic_is_told_with_three_keys_and_found_by_what_it_has(site: Site) -> None:
    basic = {"credentialsType": "MQTT_BASIC"}
    whole = site.ask(deviceName="a", clientId="c", username="u", password="p", **basic)
    assert whole["credentialsValue"] == {"clientId": "c", "userName": "u", "password": "p"}
    name_only = site.ask(deviceName="b", username="u", **basic)
    assert name_only["credentialsValue"] == {"clientId": "", "userName": "u", "password": ""}
    assert site.ask(deviceName="d", clientId="c", **basic)["status"] == "SUCCESS"
    find = site.account.by_basic
    assert find("c", "u", "p") is site.device("a")
    assert find("other", "u", "") is site.device("b")
    assert find("c", "", "") is site.device("d")
    assert find("c", "nobody", "p") is None
    assert find("x", "y", "p") is None


def test_the_ids_of_credentials() -> None:
    both = mqtt_basic("test_clientId", "test_username", "p").lookup
    assert both == "b9f1b0bf238dddae689babba0a210fe42bc97ddb07620b5a07d7208dd5528db2"
    held = certificate("testHash")
    assert held.lookup == "57f6600424d6553263f1f32e0117012894a36fbf07e3e9c3c556272f86b7d985"


def test_a_certificate_is_kept_in_one_line(site: Site) -> None:
    reply = site.ask(deviceName="a", credentialsType="X509_CERTIFICATE", hash=PEM)
    assert reply["credentialsValue"] == "MIIBAAAA"
    assert reply["credentialsType"] == "X509_CERTIFICATE"
    assert site.device("a").credentials.lookup == hashlib.sha3_256(b"MIIBAAAA").hexdigest()
    assert site.account.by_certificate(PEM) is None  # it can't be read, so it is not valid today


@pytest.mark.parametrize(
    "parts",
    [
        {"credentialsType": "ACCESS_TOKEN", "username": "u"},
        {"credentialsType": "MQTT_BASIC", "token": "t"},
        {"credentialsType": "MQTT_BASIC", "password": "p"},
        {"credentialsType": "MQTT_BASIC", "clientId": "c", "password": "p"},
        {"credentialsType": "X509_CERTIFICATE", "token": "t"},
        {"credentialsType": "LWM2M_CREDENTIALS", "token": "t"},
        {"token": "with\ttab"},
        {"deviceName": "n" * 256},
        {"deviceName": "<script>x</script>"},
        {"deviceName": "{{x}}"},
        {"deviceName": "a\x00b"},
    ],
)
def test_a_device_that_is_refused_is_not_left_behind(site: Site, parts: dict[str, str]) -> None:
    assert site.ask(**{"deviceName": "dev", **parts}) == FAILURE
    assert not site.account.devices


def test_what_is_no_refusal(site: Site) -> None:
    assert site.ask(deviceName="n" * 255)["status"] == "SUCCESS"
    made = site.ask(deviceName="a", credentialsType="MQTT_BASIC")
    assert (made["status"], made["credentialsType"]) == ("SUCCESS", "ACCESS_TOKEN")
    assert site.ask(deviceName=17, gateway=True)["status"] == "SUCCESS"
    assert site.device("17").info == {"gateway": True}
    before = set(site.account.devices)
    assert site.ask()["status"] == "SUCCESS"
    (made_id,) = set(site.account.devices) - before
    assert re.fullmatch(r"[A-Za-z0-9]{20}", site.account.devices[made_id].name)


def test_the_tenants_limit_is_a_failure(site: Site) -> None:
    site.tenant.device_limit = 1
    assert site.ask(deviceName="a")["status"] == "SUCCESS"
    assert site.ask(deviceName="b") == FAILURE


def test_a_device_known_before_keeps_its_credentials(site: Site) -> None:
    device = site.account.add_device(site.known, "pre1", token("t0"))
    assert site.ask("PC", deviceName="pre1", token="mine")["credentialsValue"] == "t0"
    assert site.ask("PC", deviceName="pre1") == FAILURE
    device.attributes["SERVER_SCOPE"]["provisionState"] = "x"
    site.account.events.clear()
    assert site.ask("PC", deviceName="pre1") == FAILURE
    assert not site.account.events
    del device.attributes["SERVER_SCOPE"]["provisionState"]
    assert site.ask("PC", deviceName="pre1")["credentialsValue"] == "t0"


@pytest.mark.parametrize(("version", "again"), [("4.2.1", "SUCCESS"), ("4.2.1.1", "FAILURE")])
def test_older_servers_provision_a_known_device_again(version: str, again: str) -> None:
    site = Site(version)
    device = site.account.add_device(site.known, "pre1")
    assert site.ask("PC", deviceName="pre1")["status"] == "SUCCESS"
    assert site.ask("PC", deviceName="pre1")["status"] == again
    device.attributes["SERVER_SCOPE"]["provisionState"] = "x"
    site.account.events.clear()
    assert site.ask("PC", deviceName="pre1") == FAILURE
    assert bool(site.account.events) == (again == "SUCCESS")


def test_a_device_must_be_known_in_this_very_profile(site: Site) -> None:
    site.account.add_device(site.new, "elsewhere")
    assert site.ask("PC", deviceName="nobody") == FAILURE
    assert site.ask("PC", deviceName="elsewhere") == FAILURE
    assert site.ask("PC") == FAILURE
    assert site.ask("PA", deviceName="elsewhere") == FAILURE


def test_the_key_of_a_chain_profile_is_never_answered(site: Site) -> None:
    assert site.ask("PX", deviceName="a") is None


@pytest.mark.parametrize(
    ("body", "error", "malformed"),
    [
        (b"{", "malformed JSON", True),
        (b"", "malformed JSON", True),
        (b"[]", "Can't parse value: []", True),
        (b"{}", "Failed to find the field provisionDeviceKey in JSON body {}!", False),
        (b'{"provisionDeviceKey":"k"}', 'Secret in JSON body {"provisionDeviceKey":"k"}!', False),
        (b'{"deviceName":null}', "JsonNull", False),
        (b'{"credentialsType":"X"}', "CredentialsType.X", False),
        (b'{"token":{}}', "JsonObject", False),
    ],
)
def test_what_cannot_be_read(site: Site, body: bytes, error: str, malformed: bool) -> None:
    done = site.account.provision(body)
    assert done.reply is None
    assert error in done.error
    assert done.malformed is malformed


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("0012345", 12345),
        ("-7", -7),
        ("1.50", 1.5),
        ("12e5", "12e5"),
        ("1.2.3", "1.2.3"),
        ("1.", "1."),
        ("A0012", "A0012"),
        ("", ""),
        ("9" * 30, "9" * 30),
        ("9" * 5000, "9" * 5000),
        ("true", "true"),
        (True, True),
        ({"serial": "0012"}, {"serial": "0012"}),
    ],
)
def test_text_of_digits_becomes_a_number(sent: Any, kept: Any) -> None:
    assert cast(sent) == kept
    assert type(cast(sent)) is type(kept)


def test_what_devices_write(site: Site) -> None:
    device = site.account.add_device(site.new, "a")
    site.account.write_attributes(device, b'{"batch":"007","note":"x"}')
    site.account.write_telemetry(device, b'{"t":1}')
    site.account.write_telemetry(device, b'[{"ts":5,"values":{"t":"2"}},{"u":3}]')
    assert [values for _, values in device.telemetry] == [{"t": 1}, {"t": 2}, {"u": 3}]
    assert device.telemetry[1][0] == 5
    assert device.attributes["SERVER_SCOPE"]["active"] is True
    told = site.account.attributes_for
    assert told(device) == {"client": {"batch": 7, "note": "x"}}
    assert told(device, client=["note", "none"]) == {"client": {"note": "x"}}
    assert told(device, client=["none"]) == {}
    for body in (b"{", b"[1]", b'{"a":null}', b"1"):
        with pytest.raises(ValueError, match=r"parse|malformed"):
            site.account.write_attributes(device, body)


def test_who_watches_is_told_of_replaced_credentials(site: Site) -> None:
    device = site.account.add_device(site.new, "a", token("t"))
    told: list[str] = []
    site.account.watchers.append(lambda changed: told.append(changed.credentials.lookup))
    site.account.set_credentials(device, token("u"))
    assert site.account.by_token("t") is None
    assert site.account.by_token("u") is device
    site.account.remove_device(device)
    assert told == ["u", "u"]
    assert site.account.by_token("u") is None


def test_secrets_are_in_no_repr(site: Site) -> None:
    site.ask(deviceName="a", token="very-secret")
    shown = repr((site.device("a"), site.account.events, site.new, site.account.profiles))
    assert "very-secret" not in shown
    assert "secret-PA" not in shown
