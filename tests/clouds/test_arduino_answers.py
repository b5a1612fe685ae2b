"""Answers of Arduino's cloud in every shape that they may have: each is named, none is trusted."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from email.utils import formatdate
from typing import Any

import pytest
from pydantic import ValidationError

from station.clouds.arduino_cloud import ArduinoCloud
from station.clouds.arduino_cloud_options import ArduinoCloudOptions
from station.faults import Fault
from station.model import Connection, Proof, SigningRequest
from station.simulation.http_server import Request, Response, json_response
from tests.clouds.answering import Answer, Answering
from tests.clouds.arduino_scene import CLIENT_SECRET, OPTA, R4, Board, client, unit

BOARD = Board()
WIFI = Connection.WIFI
CLAIM, REGISTER = "provisioning/v1/onboarding/claim", "provisioning/v1/boards/register"
TOKEN = {"access_token": "t0ken", "expires_in": 300, "token_type": "Bearer"}

Connect = Callable[..., Awaitable[ArduinoCloud]]


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Return a function that makes a client of a cloud that answers so, once it is signed in."""
    made: list[tuple[ArduinoCloud, Answering]] = []

    async def make(answer: Callable[[Request], Answer], token: Any = None) -> ArduinoCloud:
        def signed_in(request: Request) -> Answer:
            if request.path.endswith("/clients/token"):
                return token(request) if token else (200, TOKEN)
            return answer(request)

        there = Answering(signed_in)
        await there.__aenter__()
        cloud = client(there.address, timeout_s=2)
        made.append((cloud, there))
        cloud.there = there  # type: ignore[attr-defined]
        return cloud

    yield make
    for cloud, there in made:
        await cloud.close()
        await there.__aexit__()


def asked(cloud: ArduinoCloud) -> list[Request]:
    """Return the requests that came, without those for a token."""
    there: Answering = cloud.there  # type: ignore[attr-defined]
    return [each for each in there.asked if not each.path.endswith("/clients/token")]


async def test_what_is_sent_to_claim_and_to_register(connect: Connect) -> None:
    codes = iter([1, 0])

    def answer(request: Request) -> Answer:
        if request.path.endswith("register"):
            return 200, {}
        return (404, {"err": "?", "err_code": 1}) if next(codes) else (200, {"id": "o1"})

    cloud, proof = await connect(answer), BOARD.proof(mac="")
    claim = await cloud.enrol(proof, unit(OPTA, 0x0264, 0x35D1, "S1"), Connection.ETHERNET, "N")
    assert (claim.device_id, claim.already) == ("o1", False)
    first, registered, second = asked(cloud)
    assert json.loads(first.body) == {
        "ble_mac": "",
        "board_token": proof.text.get_secret_value(),
        "connection_type": "eth",
        "device_name": "N",
    }
    assert second.body == first.body
    assert json.loads(registered.body) == {
        "vid": "2341",
        "pid": "0064",
        "public_key": BOARD.pem,
        "serial": "S1",
        "unique_hardware_id": BOARD.uhwid,
    }
    assert first.headers["authorization"] == "Bearer t0ken"
    assert "x-organization" not in first.headers


async def test_a_product_that_nobody_knows_is_registered_by_its_own_marks(connect: Connect) -> None:
    answers = iter([(404, {"err_code": 2, "err": ""}), (200, None), (200, {"id": "o1"})])
    cloud = await connect(lambda _: next(answers))
    await cloud.enrol(BOARD.proof(), unit("acme:x:y", 0x0A0B, 0xAF01), WIFI, "N")
    sent = json.loads(asked(cloud)[1].body)
    assert (sent["vid"], sent["pid"]) == ("AF01", "0A0B")


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (400, {"err": "?", "err_code": 3}, "KEY-MISMATCH"),
        (500, {"err": "?", "err_code": "3"}, "KEY-MISMATCH"),
        (200, {"err": "?", "err_code": 3}, "KEY-MISMATCH"),
        (400, {"err": "Board token expired", "err_code": 77}, "TOKEN-REFUSED"),
        (401, {"err": "invalid JWT", "err_code": 77}, "TOKEN-REFUSED"),
        (409, {"err": "", "err_code": 77}, "CLAIMED-ELSEWHERE"),
        (400, {"err": "belongs to another account", "err_code": 77}, "CLAIMED-ELSEWHERE"),
        (400, {"err": "no", "err_code": 77}, "CLOUD-REFUSED"),
        (500, {"err": "no", "err_code": 77}, "CLOUD-BROKEN"),
        (412, {"code": "precondition_failed", "detail": "limit"}, "CLOUD-REFUSED"),
        (200, {}, "CLOUD-NONSENSE"),
        (200, {"id": 7}, "CLOUD-NONSENSE"),
        (200, ["o1"], "CLOUD-NONSENSE"),
        (200, None, "CLOUD-NONSENSE"),
    ],
)
async def test_each_refusal_of_a_claim(connect: Connect, status: int, body: Any, code: str) -> None:
    def answer(request: Request) -> Answer:
        return (status, body) if request.method == "POST" else (200, {"onboardings": None})

    cloud = await connect(answer)
    with pytest.raises(Fault) as caught:
        await cloud.enrol(BOARD.proof(), unit(), WIFI, "N")
    assert caught.value.code == code
    assert not [each for each in asked(cloud) if each.path.endswith("register")]


async def test_words_of_the_cloud_are_told_without_a_token_in_them(connect: Connect) -> None:
    text = BOARD.proof().text.get_secret_value()
    cloud = await connect(lambda _: (400, {"err": f"bad: {text}", "err_code": 9}))
    with pytest.raises(Fault) as caught:
        await cloud.enrol(BOARD.proof(), unit(), WIFI, "N")
    assert caught.value.detail == "HTTP 400 err_code 9 bad: (...)"


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"onboardings": {}},
        {"onboardings": [7]},
        {"onboardings": [{"id": "o1"}]},
        {"onboardings": [{"id": 1, "unique_hardware_id": BOARD.uhwid}]},
        {"onboardings": [{"id": "o1", "unique_hardware_id": BOARD.uhwid, "device_id": 7}]},
    ],
)
async def test_a_list_of_another_shape_is_no_list(connect: Connect, body: Any) -> None:
    cloud = await connect(lambda _: (200, body))
    with pytest.raises(Fault) as caught:
        await cloud.held(BOARD.uhwid)
    assert caught.value.code == "CLOUD-NONSENSE"


async def test_only_what_is_open_is_held(connect: Connect) -> None:
    rows = [
        {"id": "o1", "unique_hardware_id": BOARD.uhwid, "ended_at": "2026-01-01T00:00:00Z"},
        {
            "id": "o2",
            "unique_hardware_id": BOARD.uhwid.upper(),
            "claimed_at": "2026-01-01T00:00:00Z",
        },
        {"id": "o3", "unique_hardware_id": BOARD.uhwid, "claimed_at": "2026-01-02T00:00:00Z"},
        {"id": "o4", "unique_hardware_id": "00" * 32},
    ]

    def answer(request: Request) -> Answer:
        assert request.query == ({"all": "true"} if request.method == "GET" else {})
        return (200, {"onboardings": rows}) if request.method == "GET" else (404, {"err_code": 7})

    cloud = await connect(answer)
    held = await cloud.held(BOARD.uhwid)
    assert held is not None
    assert held.device_id == "o3"
    assert await cloud.held("o1") is None
    assert not await cloud.release(BOARD.uhwid), "it went away in between"
    assert asked(cloud)[-1].path.endswith("/onboarding/o3")


@pytest.mark.parametrize("status", [400, 500])
async def test_what_is_not_let_go_is_told(connect: Connect, status: int) -> None:
    rows = [{"id": "o1", "unique_hardware_id": BOARD.uhwid}]
    cloud = await connect(
        lambda request: (200, {"onboardings": rows}) if request.method == "GET" else (status, {})
    )
    with pytest.raises(Fault):
        await cloud.release(BOARD.uhwid)


def changed(**more: Any) -> Proof:
    proof = BOARD.proof()
    fields = {name: getattr(proof, name) for name in ("kind", "names", "subject", "text", "told")}
    return Proof(**{**fields, **more})


@pytest.mark.parametrize(
    "proof",
    [
        changed(kind="attestation"),
        changed(subject=BOARD.uhwid.upper()),
        changed(told=()),
        changed(text=type(BOARD.proof().text)("no token")),
    ],
)
async def test_a_proof_of_another_shape_is_not_sent(connect: Connect, proof: Proof) -> None:
    cloud = await connect(lambda _: (200, {"id": "o1"}))
    with pytest.raises(Fault) as caught:
        await cloud.enrol(proof, unit(), WIFI, "N")
    assert caught.value.code == "TOKEN-REFUSED"
    assert not asked(cloud)


@pytest.mark.parametrize(
    ("answer", "code", "halts"),
    [
        ((401, {"error": "access_denied"}), "KEY-REFUSED", True),
        ((400, {"error": "invalid_client"}), "KEY-REFUSED", True),
        ((403, {"detail": "no"}), "KEY-FORBIDDEN", True),
        ((404, {"detail": "no"}), "CLOUD-REFUSED", False),
        ((200, {}), "CLOUD-NONSENSE", False),
        ((200, {"access_token": "a\nb"}), "CLOUD-NONSENSE", False),
        ((200, {"access_token": "t", "expires_in": -1}), "CLOUD-NONSENSE", False),
        ((200, {"access_token": "t", "expires_in": "soon"}), "CLOUD-NONSENSE", False),
        ((502, {}), "CLOUD-BROKEN", False),
        (Response(200, cut_after=0), "REPLY-LOST", False),
        (Response(429, headers=(("retry-after", "0"),)), "CLOUD-BUSY", False),
    ],
)
async def test_without_a_token_nothing_is_asked(
    connect: Connect, answer: Any, code: str, *, halts: bool
) -> None:
    cloud = await connect(lambda _: (200, []), lambda _: answer)
    with pytest.raises(Fault) as caught:
        await cloud.probe()
    assert (caught.value.code, caught.value.halts) == (code, halts)
    assert not caught.value.leaves_open
    assert not asked(cloud)
    assert CLIENT_SECRET not in f"{caught.value!r} {caught.value.trouble}"


async def test_how_a_token_is_asked_for(connect: Connect) -> None:
    forms: list[bytes] = []

    def token(request: Request) -> Answer:
        forms.append(request.body)
        assert "authorization" not in request.headers
        return 200, {**TOKEN, "expires_in": 0.001}

    cloud = await connect(lambda _: (200, []), token)
    await cloud.probe()
    assert b"grant_type=client_credentials" in forms[0]
    assert b"audience=https%3A%2F%2Fapi2.arduino.cc%2Fiot" in forms[0]
    assert b"organization_id" not in forms[0]
    await asyncio.sleep(0.002)
    await cloud.probe()
    assert len(forms) == 2, "it is renewed before it is used too late"


async def test_a_refused_token_is_renewed_once_and_no_more(connect: Connect) -> None:
    cloud = await connect(lambda _: (401, {"detail": "token is expired"}))
    with pytest.raises(Fault, match=r"token is expired.*arduino-client-id") as caught:
        await cloud.probe()
    assert caught.value.code == "KEY-REFUSED"
    assert len(asked(cloud)) == 2


@pytest.mark.parametrize("more", [(), (("age", "7"),)])
async def test_a_caches_answer_does_not_tell_the_time(connect: Connect, more: Any) -> None:
    headers = (("date", formatdate(time.time() + 500, usegmt=True)), *more)
    cloud = await connect(lambda _: json_response(200, [], headers))
    if more:
        with pytest.raises(Fault, match="do not tell the time"):
            await cloud.clock_offset_s()
    else:
        assert await cloud.clock_offset_s() == pytest.approx(500, abs=10)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"bin": "no base64!"}, "CLOUD-NONSENSE"),
        ({"bin": None}, "CLOUD-NONSENSE"),
        ({"sha256": "00"}, "IMAGE-WRONG"),
        ({"filename": "autorun.exe"}, "IMAGE-WRONG"),
    ],
)
async def test_a_sketch_of_another_shape_is_no_sketch(
    connect: Connect, change: dict[str, Any], code: str
) -> None:
    image = b"image"
    told = {
        "bin": base64.b64encode(image).decode(),
        "sha256": hashlib.sha256(image).hexdigest().upper(),
        "filename": "..\\../dir/p.bin",
    }
    cloud = await connect(lambda _: (200, told))
    assert await cloud.sketch(R4) == (image, hashlib.sha256(image).hexdigest(), "p.bin")
    told |= change
    with pytest.raises(Fault) as caught:
        await cloud.sketch(R4)
    assert caught.value.code == code


MKR = "arduino:samd:mkr1000"
WHOLE = {"url": "x/provision.bin", "checksum": f"SHA-256:{hashlib.sha256(b'i').hexdigest()}"}


@pytest.mark.parametrize(
    ("index", "code"),
    [
        (gzip.compress(json.dumps({"boards": [{"fqbn": MKR, "provision": WHOLE}]}).encode()), ""),
        (json.dumps({"boards": [7, {"fqbn": MKR, "provision": WHOLE}]}).encode(), ""),
        (b"\x1f\x8bnot packed", "CLOUD-NONSENSE"),
        (gzip.compress(b"{}"), "CLOUD-NONSENSE"),
        (gzip.compress(b"not json"), "CLOUD-NONSENSE"),
        (gzip.compress(b" " * 8_000_001), "CLOUD-NONSENSE"),
        (b'{"boards": []}', "NOT-CLAIMABLE"),
        (
            json.dumps({"boards": [{"fqbn": MKR, "provision": {**WHOLE, "size": "2"}}]}).encode(),
            "IMAGE-WRONG",
        ),
        (
            json.dumps(
                {"boards": [{"fqbn": MKR, "provision": {**WHOLE, "url": "https://x/p.bin"}}]}
            ).encode(),
            "IMAGE-WRONG",
        ),
    ],
    ids=["packed", "plain", "cut", "empty", "no json", "a bomb", "none", "size", "elsewhere"],
)
async def test_the_index_of_old_sketches(connect: Connect, index: bytes, code: str) -> None:
    def answer(request: Request) -> Answer:
        assert "authorization" not in request.headers
        return Response(200, index if request.path.endswith(".gz") else b"i")

    cloud = await connect(answer)
    if not code:
        image, _, name = await cloud.legacy_sketch(MKR, "crypto")
        assert (image, name) == (b"i", "provision.bin")
        return
    with pytest.raises(Fault) as caught:
        await cloud.legacy_sketch(MKR, "crypto")
    assert caught.value.code == code


@pytest.mark.parametrize("body", [None, "text", [], [7], {"id": 7}, {"id": ""}])
async def test_a_devices_answer_of_another_shape(connect: Connect, body: Any) -> None:
    cloud = await connect(lambda _: (200, body))
    request = SigningRequest(b"der", "CN", 0)
    asks: list[Awaitable[Any]] = [
        cloud.create_device(unit(), "N", WIFI),
        cloud.create_lora_device(unit(), "N", "00" * 8, "EU"),
        cloud.certify("d1", request),
    ]
    if body != []:
        asks += [cloud.devices("S1"), cloud.secret_names("x", WIFI)]
    for ask in asks:
        with pytest.raises(Fault) as caught:
            await ask
        assert caught.value.code == "CLOUD-NONSENSE"


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "api2.arduino.cc"},
        {"organization": "acme"},
        {"client_id_name": "Not a name"},
        {"requests_a_second": 0},
        {"first_look_s": 11},
        {"client_secret": "x"},
    ],
)
def test_wrong_options_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ArduinoCloudOptions.model_validate(wrong)


def test_every_option_is_described() -> None:
    told = ArduinoCloudOptions.model_json_schema()["properties"]
    assert all(each.get("description") for each in told.values())
