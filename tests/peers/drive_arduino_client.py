"""Runs Arduino's own Python client against a simulated cloud: `drive_arduino_client.py TASK`.

Standard input is a line of JSON with the cloud's address, its key, and what the task needs; what
the client made of the answers goes to standard output, as JSON. It is run by the virtual
environment that the client lives in, and signs in as the client's own examples do.
"""

import importlib
import json
import sys
from collections.abc import Callable
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

AUDIENCE = "https://api2.arduino.cc/iot"

iot: Any = importlib.import_module("iot_api_client")
models: Any = importlib.import_module("iot_api_client.models")
oauth2: Any = importlib.import_module("oauthlib.oauth2")
requests_oauthlib: Any = importlib.import_module("requests_oauthlib")


def signed_in(told: dict[str, Any]) -> Any:
    """Return the client with a token, as the vendor's README has it."""
    key = oauth2.BackendApplicationClient(client_id=told["client_id"])
    token = requests_oauthlib.OAuth2Session(client=key).fetch_token(
        token_url=f"{told['http']}/iot/v1/clients/token",
        client_id=told["client_id"],
        client_secret=told["client_secret"],
        include_client_id=True,
        audience=AUDIENCE,
    )
    settings = iot.Configuration(host=told["http"])
    settings.access_token = token.get("access_token")
    return iot.ApiClient(settings)


def made(client: Any, serial: str) -> Any:
    asked = models.CreateDevicesV2Payload(
        type="mkrwifi1010", name="Sensor", serial=serial, connection_type="wifi"
    )
    return iot.DevicesV2Api(client).devices_v2_create(asked)


def csr(name: str) -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    asked = x509.CertificateSigningRequestBuilder().subject_name(subject)
    return asked.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()


def devices(client: Any, told: dict[str, Any]) -> dict[str, Any]:
    api, tags = iot.DevicesV2Api(client), iot.DevicesV2TagsApi(client)
    device = made(client, "S-1")
    before = len(api.devices_v2_list(tags=["line:north"]))
    tags.devices_v2_tags_upsert(device.id, models.Tag(key="line", value="north"))
    (found,) = api.devices_v2_list(serial="S-1", tags=["line:north"])
    renamed = api.devices_v2_update(device.id, models.Devicev2(name="Sensor 7"))
    asked = ("devices_v2_get_properties", "devices_v2_get_status_events", "devices_v2_get_events")
    for name in asked:
        getattr(api, name)(device.id)
    return {
        "id": device.id,
        "found": [before, found.id],
        "of_others": len(api.devices_v2_list(serial="S-2")),
        "name": renamed.name,
        "created": device.created_at.isoformat(),
    }


def deleted(client: Any, told: dict[str, Any]) -> dict[str, Any]:
    api = iot.DevicesV2Api(client)
    device = made(client, "S-1")
    api.devices_v2_delete(device.id)
    try:
        api.devices_v2_show(device.id)
    except iot.ApiException as no:
        return {"id": device.id, "status": no.status, "error": json.loads(no.body)}
    return {"id": device.id}


def certificate(client: Any, told: dict[str, Any]) -> dict[str, Any]:
    """Read the answer by the client's models but for the PEM: they take 512 characters at most.

    A certificate as boards rebuild it has more.
    """
    api = iot.DevicesV2CertsApi(client)
    device = made(client, "S-1")
    request = csr(device.id)
    asked = models.CreateDevicesV2CertsPayload(ca="Arduino_v2", csr=request, enabled=True)
    answer = api.devices_v2_certs_create_without_preload_content(device.id, asked)
    said = json.loads(answer.read())
    read = models.ArduinoDevicev2Cert.from_dict({**said, "pem": ""})
    return {"id": device.id, "pem": said["pem"], "read": read.to_dict()}


def password(client: Any, told: dict[str, Any]) -> dict[str, Any]:
    api = iot.DevicesV2PassApi(client)
    device = made(client, "S-1")
    suggested = api.devices_v2_pass_get(device.id, suggested_password=True)
    api.devices_v2_pass_set(device.id, models.Devicev2Pass(password="k3y-of-the-device"))
    after = api.devices_v2_pass_get(device.id)
    refused = 0
    for tried in ("another", "k3y-of-the-device"):
        try:
            api.devices_v2_pass_check(device.id, models.CheckDevicesV2PassPayload(password=tried))
        except iot.ApiException as no:
            refused = no.status
    return {
        "suggested": suggested.suggested_password,
        "set": [suggested.set, after.set],
        "refused": refused,
    }


def things(client: Any, told: dict[str, Any]) -> dict[str, Any]:
    api, device = iot.ThingsV2Api(client), made(client, "S-1")
    thing = api.things_v2_create(models.ThingCreate(name="Hall", timezone="Europe/Rome"))
    attached = api.things_v2_update(thing.id, models.ThingUpdate(device_id=device.id), force=True)
    twin = api.things_v2_clone(thing.id, models.ThingClone(name="Attic"))
    shown = iot.DevicesV2Api(client).devices_v2_show(device.id)
    return {
        "of_device": [each.name for each in api.things_v2_list(device_id=device.id)],
        "device_name": attached.device_name,
        "twin": [twin.name, twin.device_id],
        "shown": shown.thing.name,
    }


TASKS: dict[str, Callable[[Any, dict[str, Any]], dict[str, Any]]] = {
    each.__name__: each for each in (devices, deleted, certificate, password, things)
}


def main() -> None:
    told = json.loads(sys.stdin.readline())
    try:
        client = signed_in(told)
    except oauth2.OAuth2Error as no:
        answer = {"refused": no.error}
    else:
        answer = TASKS[sys.argv[1]](client, told)
    json.dump(answer, sys.stdout, default=str)


main()
