"""Runs ThingsBoard's own Python client for devices: `drive_thingsboard_device.py TASK`.

Standard input is a line of JSON with the server's addresses and what the task needs; what came of
it goes to standard output, as JSON. It is run by the virtual environment that the client lives in.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from typing import Any

mqtt: Any = importlib.import_module("tb_device_mqtt")
http: Any = importlib.import_module("tb_device_http")

GIVES_UP_S = 20.0


class Watched(mqtt.ProvisionClient):  # type: ignore[misc]
    """Their client for provisioning; it stops when it is hung up on and would ask again for ever.

    Theirs turns TLS on by the number of the port, 8883: `port` is where that one really is.
    """

    port = 1883
    hung_up: list[int] = []

    def __init__(self, host: str, port: int, provision_request: dict[str, Any]) -> None:
        super().__init__(host, port, provision_request)
        self._port = self.port
        self.on_disconnect = self._stop

    def _stop(self, client: Any, userdata: Any, code: int) -> None:
        if code:
            self.hung_up.append(code)
            self._provisioned = True


mqtt.ProvisionClient = Watched


def until(holds: Callable[[], Any]) -> None:
    """Wait, as the client's own threads tell nobody when they are done."""
    ends = time.monotonic() + GIVES_UP_S
    while not holds():
        if time.monotonic() > ends:
            raise TimeoutError("the client did not come to an end")
        time.sleep(0.01)


def provisioned(told: dict[str, Any]) -> Any:
    """Return what their client has of the server's reply: None unless that was a success."""
    Watched.port = int(told["mqtt"].rpartition(":")[2])
    return mqtt.TBDeviceMqttClient.provision(
        "127.0.0.1",
        told["provision_key"],
        told["provision_secret"],
        port=8883 if told.get("tls") else 1883,
        **told["asks"],
    )


def client(told: dict[str, Any], **login: Any) -> Any:
    host, _, port = told["mqtt"].rpartition(":")
    return mqtt.TBDeviceMqttClient(host, int(port), **login)


def used(device: Any, **tls: Any) -> dict[str, Any]:
    """Connect as a device, write, ask back, and hang up.

    Theirs keeps the callback that `connect` takes only when the answer may have come already.
    """
    came: list[Any] = []

    def on_connect(*told: Any) -> None:
        came.append(told[3].value)
        device._on_connect(*told)

    device._client.on_connect = on_connect
    device.connect(**tls)
    until(lambda: came)
    if came != [0]:
        device.stop()
        device.disconnect()
        return {"connack": came}
    sent = [device.send_telemetry({"t": 21.5}).get(), device.send_attributes({"fw": "v1"}).get()]
    device.request_attributes(client_keys=["fw"], callback=lambda *told: came.append(told[0]))
    until(lambda: len(came) == 2 and device.rate_limits_received)
    sent.append(device.claim("on-the-label", 60_000).get())
    device.stop()
    device.disconnect()
    return {"connack": came[:1], "sent": sent, "told": came[1], "payload": device.max_payload_size}


def token(told: dict[str, Any]) -> dict[str, Any]:
    got = provisioned(told)
    return {"got": got, "used": used(client(told, username=got["credentialsValue"]))}


def basic(told: dict[str, Any]) -> dict[str, Any]:
    got = provisioned(told)
    held = got["credentialsValue"]
    login = {
        "client_id": held["clientId"],
        "username": held["userName"],
        "password": held["password"],
    }
    return {"got": got, "used": used(client(told, **login))}


def certificate(told: dict[str, Any]) -> dict[str, Any]:
    got = provisioned(told)
    files = {"ca_certs": told["ca"], "cert_file": told["leaf"], "key_file": told["leaf"]}
    return {"got": got, "used": used(client(told), tls=True, **files)}


def tried(told: dict[str, Any]) -> dict[str, Any]:
    return {"got": provisioned(told), "hung_up": Watched.hung_up}


def stranger(told: dict[str, Any]) -> dict[str, Any]:
    return {"used": used(client(told, username="nobody's"))}


def by_http(told: dict[str, Any]) -> dict[str, Any]:
    """Provision by HTTP, write, and be refused what is there already."""
    asked = (told["http"], "dev1", told["provision_key"], told["provision_secret"])
    device = http.TBHTTPDevice.provision(*asked)
    device.send_telemetry({"t": 21.5}, queued=False)
    device.send_attributes({"fw": "v1"})
    told_it = device.request_attributes(client_keys=["fw"])
    try:
        http.TBHTTPDevice.provision(*asked)
    except http.TBProvisionFailure as no:
        again = no.args[0]
    else:
        again = None
    alive = [device.test_connection(), http.TBHTTPDevice(told["http"], "nope").test_connection()]
    return {"token": device.token, "told": told_it, "again": again, "alive": alive}


TASKS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    each.__name__: each for each in (token, basic, certificate, tried, stranger, by_http)
}

json.dump(TASKS[sys.argv[1]](json.loads(sys.stdin.readline())), sys.stdout)
