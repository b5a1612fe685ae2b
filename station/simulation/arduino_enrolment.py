"""How a board that is on a network gets its certificate, from a cloud that knows its claim."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import h11
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from station.simulation.arduino_token import issue
from station.simulation.arduino_unit import CLAIMING_SLOT, TLS_SLOT, ArduinoUnit, wrapped_pem

_CSR_PATH = "/provisioning/v1/onboarding/provision/csr"
_COMPLETE_PATH = "/provisioning/v1/onboarding/provision/complete"
_READ_BYTES = 65_536
_LONGEST_PAUSE_S = 180.0


class NotEnrolled(Exception):
    """The cloud did not answer, or said no; the board will ask again."""


@dataclass(slots=True)
class Enrolment:
    """One board's way to its certificate; `due` is when it asks next, by the loop's clock."""

    cloud: str
    due: float
    back_off_s: float
    attempts: int = 0

    async def attempt(self, unit: ArduinoUnit) -> bool:
        """Ask once; tell whether the board has its certificate now."""
        self.attempts += 1
        try:
            told = await _enrolled(unit, self.cloud)
        except NotEnrolled:
            pause_s = min(self.back_off_s * self.attempts, _LONGEST_PAUSE_S)
            self.due = asyncio.get_running_loop().time() + pause_s
            return False
        unit.device_id, unit.certificate = told.split("|")[0], told.encode()
        return True


async def _enrolled(unit: ArduinoUnit, cloud: str) -> str:
    """Return `device_id|key id|not before|serial|x|y`, the parts of the new certificate."""
    key = unit.keys.get(CLAIMING_SLOT) or unit.new_key(CLAIMING_SLOT)
    token = issue(key, unit.uhwid, int(time.time()))
    told = await _post(cloud + _CSR_PATH, token, {"csr": csr(unit)})
    if told.count("|") != 5:
        raise NotEnrolled("no certificate in the answer")
    version = {"wifi_fw_version": unit.product.wifi_firmware}
    await _post(cloud + _COMPLETE_PATH, token, version)
    return told


def csr(unit: ArduinoUnit, name: str = "") -> str:
    """Return a request for a certificate on `name` (else the hardware id), for a new TLS key."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name or unit.uhwid.hex())])
    asked = x509.CertificateSigningRequestBuilder().subject_name(subject)
    der = asked.sign(unit.new_key(TLS_SLOT), SHA256()).public_bytes(Encoding.DER)
    return wrapped_pem("CERTIFICATE REQUEST", der)


async def _post(url: str, token: str, body: dict[str, Any]) -> str:
    parts = urlsplit(url)
    try:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    except OSError as error:
        raise NotEnrolled("nobody answers") from error
    try:
        http = h11.Connection(h11.CLIENT)
        writer.write(_request(http, parts.netloc, parts.path, token, json.dumps(body).encode()))
        return await _answer(reader, http)
    except (OSError, h11.RemoteProtocolError, UnicodeDecodeError) as error:
        raise NotEnrolled("a broken answer") from error
    finally:
        writer.close()


def _request(http: h11.Connection, host: str, path: str, token: str, body: bytes) -> bytes:
    headers = [("host", host), ("authorization", f"Bearer {token}"), ("connection", "close")]
    headers += [("content-type", "application/json"), ("content-length", str(len(body)))]
    parts = (
        h11.Request(method="POST", target=path, headers=headers),
        h11.Data(data=body),
        h11.EndOfMessage(),
    )
    return b"".join(http.send(part) or b"" for part in parts)


async def _answer(reader: asyncio.StreamReader, http: h11.Connection) -> str:
    body = bytearray()
    while True:
        match http.next_event():
            case h11.NEED_DATA:
                http.receive_data(await reader.read(_READ_BYTES))
            case h11.Response(status_code=status) if status != 200:
                raise NotEnrolled(f"status {status}")
            case h11.Data(data=data):
                body += data
            case h11.EndOfMessage():
                return body.decode()
            case _:
                pass
