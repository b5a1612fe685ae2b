"""ThingsBoard's REST calls on device profiles."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from station.simulation import thingsboard_shapes as shapes
from station.simulation.http_server import Response, json_response
from station.simulation.routes import Calls
from station.simulation.thingsboard_chain import key_and_secret
from station.simulation.thingsboard_nouns import ALLOW_CREATE, CHAIN, CHECK_PRE, DISABLED, Profile
from station.simulation.thingsboard_refusals import Refused, missing
from station.simulation.thingsboard_visit import ID, Visit, check_version, id_in

_STRATEGIES = (ALLOW_CREATE, CHECK_PRE, CHAIN, DISABLED)
_TRANSPORTS = ("DEFAULT", "MQTT", "COAP", "LWM2M", "SNMP")
_IN_USE = "The device profile referenced by the devices cannot be deleted!"

calls = Calls()


@calls.on("GET", "/api/deviceProfiles")
def _list(visit: Visit) -> Response:
    visit.admin_only()
    return visit.page([shapes.profile(profile) for profile in _own(visit)])


@calls.on("GET", "/api/deviceProfileInfos")
def _list_infos(visit: Visit) -> Response:
    return visit.page([shapes.profile_info(profile) for profile in _own(visit)])


@calls.on("GET", "/api/deviceProfile/names")
def _list_names(visit: Visit) -> Response:
    told = [{"id": shapes.ref("DEVICE_PROFILE", p.id), "name": p.name} for p in _own(visit)]
    return json_response(200, told)


@calls.on("GET", "/api/deviceProfileInfo/default")
def _tell_default(visit: Visit) -> Response:
    known = visit.account.profile_named(visit.user.tenant, "")
    if known is None:
        raise missing()
    return json_response(200, shapes.profile_info(known))


@calls.on("GET", f"/api/deviceProfile/{ID}")
def _tell(visit: Visit, profile_id: str) -> Response:
    visit.admin_only()
    return json_response(200, shapes.profile(visit.profile(profile_id)))


@calls.on("POST", "/api/deviceProfile")
def _save(visit: Visit) -> Response:
    """Create a profile, or change the one whose id is sent."""
    visit.admin_only()
    sent = visit.sent()
    known_id = id_in(sent, "id")
    if known_id is None:
        made = _filled(Profile(visit.user.tenant, "", visit.account.now_ms()), sent)
        return json_response(200, shapes.profile(visit.account.add_profile(made)))
    known = visit.profile(known_id)
    check_version(sent, known.version, "Device profile")
    wanted = _filled(replace(known), sent)
    visit.account.check_profile(wanted)
    _filled(known, sent)
    known.version += 1
    return json_response(200, shapes.profile(known))


@calls.on("DELETE", f"/api/deviceProfile/{ID}")
def _remove(visit: Visit, profile_id: str) -> Response:
    visit.admin_only()
    profile = visit.profile(profile_id)
    if profile.is_default:
        raise Refused("Deletion of Default Device Profile is prohibited!")
    if any(device.profile is profile for device in visit.account.devices.values()):
        raise Refused(_IN_USE)
    del visit.account.profiles[profile_id]
    return Response(200)


def _own(visit: Visit) -> list[Profile]:
    return [p for p in visit.account.profiles.values() if p.tenant == visit.user.tenant]


def _filled(profile: Profile, sent: dict[str, Any]) -> Profile:
    """Return `profile` changed to what was sent.

    Raises:
        Refused: it does not hold together.

    """
    asked = _configuration(sent)
    kind = sent.get("provisionType") or DISABLED
    if kind not in _STRATEGIES or asked.get("type", kind) != kind:
        raise Refused("Device profile provision type and configuration do not agree!")
    transport = sent.get("transportType")
    if transport not in _TRANSPORTS:
        raise Refused("Device profile transport type should be specified!")
    profile.name, profile.transport = str(sent.get("name") or ""), transport
    profile.description = str(sent.get("description") or "")
    profile.provision_type = kind
    profile.key, profile.secret = _text(sent, "provisionDeviceKey"), None
    if kind == CHAIN:
        profile.key, profile.secret = key_and_secret(str(asked.get("provisionDeviceSecret") or ""))
        profile.cn_pattern = str(asked.get("certificateRegExPattern") or "")
        profile.may_create = asked.get("allowCreateNewDevicesByX509Certificate") is True
    elif kind != DISABLED:
        profile.secret = _text(asked, "provisionDeviceSecret")
    return profile


def _text(sent: dict[str, Any], name: str) -> str | None:
    return str(sent[name]) if sent.get(name) else None


def _configuration(sent: dict[str, Any]) -> dict[str, Any]:
    data = sent.get("profileData")
    if not isinstance(data, dict):
        raise Refused("Device profile data should be specified!")
    asked = data.get("provisionConfiguration") or {}
    if not isinstance(asked, dict):
        raise Refused("Device profile provision configuration is not an object!")
    return asked
