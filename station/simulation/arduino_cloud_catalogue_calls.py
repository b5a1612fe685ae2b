"""What Arduino's cloud offers for products: which provisioning, names of secrets, images."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json

from station.simulation import sketches
from station.simulation.arduino_cloud_account import Account
from station.simulation.arduino_cloud_products import (
    PRODUCTS,
    Product,
    by_fqbn,
    connections_of,
    secrets_of,
)
from station.simulation.arduino_cloud_refusals import Refusal, Stopped
from station.simulation.http_server import Request, Response, json_response
from station.simulation.routes import Calls

INDEX = "/binaries/index.json.gz"
_BYTES = (("content-type", "application/octet-stream"),)
_WRONG = hashlib.sha256(b"another image").hexdigest()
_SKETCH_1_0 = "1.0.0"

calls = Calls()
open_calls = Calls()
"""Those of cloud-downloads, which need no token."""


@calls.on("GET", "/iot/v1/supported/devices")
def _supported(account: Account, request: Request) -> Response:
    if "board-not-listed" in account.faults:
        return json_response(200, [])
    newer = "newer-sketch-needed" in account.faults
    told = [
        product.told(
            as_v2=_is_v2(account, product),
            least_sketch="99.0.0" if newer else account.least_sketch,
            least_wifi_firmware=_least_wifi_firmware(account, product),
        )
        for product in PRODUCTS
    ]
    return json_response(200, told)


def _is_v2(account: Account, product: Product) -> bool:
    if "unsupported-board" in account.faults:
        return False
    return product.is_v2 or ("all-v2" in account.faults and product.library_2_0)


def _least_wifi_firmware(account: Account, product: Product) -> str:
    has_wifi = "wifi" in product.connections
    newer = "newer-wifi-needed" in account.faults and has_wifi
    return "99.0.0" if newer else product.least_wifi_firmware


@calls.on("GET", "/iot/v1/network_credentials/([^/]+)")
def _secret_names(_: Account, request: Request, kind: str) -> Response:
    there = connections_of(kind)
    connection = request.query.get("connection", there[0] if there else "")
    if connection not in there:
        raise Refusal(404, "there are no credentials for this type and connection")
    return json_response(200, secrets_of(kind, connection))


@calls.on("GET", "/iot/v1/network_credentials/([^/]+)/connections")
def _connections(_: Account, __: Request, kind: str) -> Response:
    if not connections_of(kind):
        raise Refusal(404, "there is no such type")
    return json_response(200, list(connections_of(kind)))


@calls.on("GET", "/iot/v2/binaries/provisioningv2")
def _provisioning_sketch(account: Account, request: Request) -> Response:
    product = by_fqbn(request.query.get("fqbn", ""))
    missing = "no-provisioning-sketch" in account.faults
    if product is None or not product.library_2_0 or missing:
        raise Refusal(404, "there is no provisioning sketch for this board")
    image = sketches.image(sketches.PROVISIONING, account.sketch_version)
    told = {
        "bin": base64.b64encode(image).decode(),
        "filename": f"provisioning_{product.type}{product.suffix}",
        "fqbn": product.fqbn,
        "name": f"Provisioning {account.sketch_version}",
        "sha256": _digest(account, image),
    }
    return json_response(200, told)


@open_calls.on("GET", INDEX)
def _index(account: Account, request: Request) -> Response:
    host = request.headers.get("host", "127.0.0.1")
    boards = [
        {"fqbn": product.fqbn, "provision": _offer(account, product, host)}
        for product in PRODUCTS
        if product.sketch
    ]
    packed = gzip.compress(json.dumps({"boards": boards}).encode(), mtime=0)
    return Response(200, packed, (("content-type", "application/gzip"),))


def _offer(account: Account, product: Product, host: str) -> dict[str, str]:
    image = sketches.image(product.sketch, _SKETCH_1_0)
    return {
        "url": f"http://{host}{_place_of(product)}",
        "checksum": f"SHA-256:{_digest(account, image)}",
        "size": str(len(image)),
        "name": f"provision{product.suffix}",
    }


@open_calls.on("GET", r"/binaries/([^/]+)/provision\.(?:bin|elf)")
def _image(_: Account, request: Request, name: str) -> Response:
    product = by_fqbn(name.replace(".", ":"))
    if product is None or not product.sketch or request.path != _place_of(product):
        raise Stopped(404, "Not Found")
    return Response(200, sketches.image(product.sketch, _SKETCH_1_0), _BYTES)


def _place_of(product: Product) -> str:
    return f"/binaries/{product.fqbn.replace(':', '.')}/provision{product.suffix}"


def _digest(account: Account, image: bytes) -> str:
    return _WRONG if "wrong-sha256" in account.faults else hashlib.sha256(image).hexdigest()
