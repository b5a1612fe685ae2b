"""Devices that are made by us, against the simulated Arduino Cloud."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from station.clouds.arduino_cloud import ArduinoCloud
from station.clouds.arduino_cloud_devices import _certificate
from station.faults import Fault
from station.model import Connection, SigningRequest
from station.simulation.arduino_cloud import SimulatedArduinoCloud
from station.simulation.arduino_cloud_account import Thing
from tests.clouds.arduino_scene import client, server, unit

MKR = unit("arduino:samd:mkr1000", 0x804E, serial="MKR-1")
WAN = unit("arduino:samd:mkrwan1310", 0x8059, serial="WAN-1")
WIFI = Connection.WIFI
ABSENT = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
async def there() -> AsyncIterator[SimulatedArduinoCloud]:
    async with server() as there:
        yield there


@pytest.fixture
async def cloud(there: SimulatedArduinoCloud) -> AsyncIterator[ArduinoCloud]:
    cloud = client(there.address)
    yield cloud
    await cloud.close()


def request_of(device: str) -> SigningRequest:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, device)])
    csr = x509.CertificateSigningRequestBuilder(name).sign(
        ec.generate_private_key(ec.SECP256R1()), SHA256()
    )
    return SigningRequest(csr.public_bytes(Encoding.DER), device, 0)


async def test_a_device_from_its_making_to_its_end(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud
) -> None:
    assert await cloud.devices("MKR-1") == ()
    device = await cloud.create_device(MKR, "Unit 1", WIFI)
    assert await cloud.devices("MKR-1") == (device,)
    assert await cloud.has_device(device)
    kept = there.account.device(device)
    assert (kept.type, kept.fqbn, kept.connection_type) == ("mkr1000", MKR.hardware.fqbn, "wifi")
    for _ in range(2):
        await cloud.rename(device, "Unit 1, mended")
        await cloud.tag(device, {"line": "north", "batch": "7"})
        await cloud.set_key(device, SecretStr("k3y"))
    assert (kept.name, kept.tags) == ("Unit 1, mended", {"line": "north", "batch": "7"})
    assert kept.password == "k3y"
    assert await cloud.delete_device(device)
    assert not await cloud.delete_device(device)
    assert not await cloud.has_device(device)
    assert await cloud.devices("MKR-1") == ()
    assert device in there.account.devices, "it is in the bin"


async def test_a_device_that_is_deleted_for_good(there: SimulatedArduinoCloud) -> None:
    cloud = client(there.address, delete_for_good=True)
    device = await cloud.create_device(MKR, "Unit 1", WIFI)
    assert await cloud.delete_device(device)
    assert device not in there.account.devices
    await cloud.close()


async def test_a_board_without_a_serial_number_has_no_devices(cloud: ArduinoCloud) -> None:
    await cloud.create_device(MKR, "Unit 1", WIFI)
    assert await cloud.devices("") == ()


async def test_a_thing_moves_to_another_device(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud
) -> None:
    there.account.things["t1"] = thing = Thing("t1", "Thing", there.account.now())
    first = await cloud.create_device(MKR, "Unit 1", WIFI)
    second = await cloud.create_device(MKR, "Unit 2", WIFI)
    for device in (first, second, second):
        await cloud.attach(device, "t1")
        assert thing.device_id == device
    for wrong in [(ABSENT, "t1"), (first, ABSENT)]:
        with pytest.raises(Fault) as caught:
            await cloud.attach(*wrong)
        assert caught.value.code == "CLOUD-REFUSED"
    there.faults = frozenset({"attach-conflict"})
    with pytest.raises(Fault, match="HTTP 409 conflict: the device is attached"):
        await cloud.attach(first, "t1")


async def test_a_certificate_and_its_parts(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud
) -> None:
    device = await cloud.create_device(MKR, "Unit 1", WIFI)
    told = await cloud.certify(device, request_of(device))
    issued = x509.load_pem_x509_certificate(told.pem.encode())
    assert told.serial == issued.serial_number.to_bytes(16)
    assert told.authority_key == there.account.authority.key_id
    r, s = (int.from_bytes(part) for part in (told.signature[:32], told.signature[32:]))
    assert encode_dss_signature(r, s) == issued.signature
    begins, ends = issued.not_valid_before_utc, issued.not_valid_after_utc
    assert told.not_before == begins.strftime("%Y-%m-%dT%H:00:00Z")
    assert begins.replace(year=begins.year + told.valid_years) == ends
    there.faults = frozenset({"csr-refused"})
    with pytest.raises(Fault, match="HTTP 412 precondition_failed: invalid csr") as caught:
        await cloud.certify(device, request_of(device))
    assert caught.value.code == "CLOUD-REFUSED"


def test_zeros_that_are_left_out_of_a_number_are_put_back() -> None:
    parts = {
        "not_before": "2026-02-05T10:00:00+02:00",
        "not_after": "2057-02-05T10:00:00+02:00",
        "serial": "1" * 30,
        "authority_key_identifier": "22" * 20,
        "signature_asn1_x": "3" * 63,
        "signature_asn1_y": "4" * 64,
    }
    read = _certificate({"pem": "PEM", "compressed": parts})
    assert read.serial.hex() == "00" + "1" * 30
    assert read.signature.hex() == "0" + "3" * 63 + "4" * 64
    assert (read.not_before, read.valid_years) == ("2026-02-05T08:00:00Z", 31)
    for wrong in [{"serial": "1" * 33}, {"serial": "xy"}, {"serial": ""}, {"not_before": "soon"}]:
        with pytest.raises(ValueError, match=r"."):
            _certificate({"pem": "PEM", "compressed": {**parts, **wrong}})


async def test_a_lorawan_device_and_its_keys(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud
) -> None:
    claim = await cloud.create_lora_device(WAN, "Unit 1", "a8610a3233207f0b", "EU_863_870_TTN")
    kept = there.account.device(claim.device_id)
    written = {name: value.get_secret_value() for name, value in claim.write}
    assert written == {"app_eui": kept.lora["app_eui"], "app_key": kept.lora["app_key"]}
    assert kept.lora["app_key"] not in repr(claim)
    assert await cloud.devices("WAN-1") == (claim.device_id,)
    with pytest.raises(Fault, match="HTTP 400 invalid_request"):
        await cloud.create_lora_device(WAN, "Unit 1", "a8610a3233207f0b", "MARS")


async def test_the_names_of_a_networks_secrets(cloud: ArduinoCloud) -> None:
    names = await cloud.secret_names("mkr1000", WIFI)
    assert names == ("SECRET_SSID", "SECRET_OPTIONAL_PASS")
    with pytest.raises(Fault) as caught:
        await cloud.secret_names("mkr1000", Connection.LORA)
    assert caught.value.code == "CLOUD-REFUSED"


@pytest.mark.parametrize("deed", ["create", "certificate", "key", "tag", "rename", "delete"])
async def test_a_lost_reply_leaves_open(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud, deed: str
) -> None:
    device = await cloud.create_device(MKR, "Unit 1", WIFI)
    asks: dict[str, Callable[[], Awaitable[object]]] = {
        "create": lambda: cloud.create_device(MKR, "Unit 2", WIFI),
        "certificate": lambda: cloud.certify(device, request_of(device)),
        "key": lambda: cloud.set_key(device, SecretStr("k3y")),
        "tag": lambda: cloud.tag(device, {"line": "north"}),
        "rename": lambda: cloud.rename(device, "Another"),
        "delete": lambda: cloud.delete_device(device),
    }
    there.faults = frozenset({f"lost-reply-{deed}"})
    with pytest.raises(Fault) as caught:
        await asks[deed]()
    assert (caught.value.code, caught.value.leaves_open) == ("REPLY-LOST", True)
    assert "k3y" not in f"{caught.value!r}"
    if deed == "delete":
        assert not await cloud.has_device(device)
    if deed == "create":
        assert len(await cloud.devices("MKR-1")) == 2


async def test_a_plan_that_is_full_is_told_in_the_clouds_words(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud
) -> None:
    there.faults = frozenset({"device-limit"})
    with pytest.raises(Fault, match="HTTP 412 precondition_failed: the plan's limit") as caught:
        await cloud.create_device(MKR, "Unit 1", WIFI)
    assert (caught.value.code, caught.value.leaves_open) == ("CLOUD-REFUSED", False)


async def test_a_product_without_a_name_is_no_device(cloud: ArduinoCloud) -> None:
    with pytest.raises(Fault) as caught:
        await cloud.create_device(unit("nonsense"), "Unit 1", WIFI)
    assert caught.value.code == "NOT-CLAIMABLE"


async def test_what_is_gone_is_told_by_name(cloud: ArduinoCloud) -> None:
    for ask in (cloud.rename(ABSENT, "N"), cloud.tag(ABSENT, {"a": "b"})):
        with pytest.raises(Fault, match="HTTP 404 not_found: device not found") as caught:
            await ask
        assert caught.value.code == "CLOUD-REFUSED"
