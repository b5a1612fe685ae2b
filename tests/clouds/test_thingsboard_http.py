"""ThingsBoard by HTTP: against the simulated server of both generations, and what stands before one."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import ssl
from collections.abc import AsyncIterator, Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from station.clouds.http import fault_of, ssl_context
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.over_http import OverHttp
from station.clouds.thingsboard.way import Way
from station.clouds.thingsboard.words import Status, answer, request, same
from station.clouds.trust import TrustOptions, tls_context
from station.faults import (
    CloudFault,
    CloudNonsense,
    CloudUntrusted,
    Fault,
    LoginRefused,
    ReplyLost,
    TransportRefused,
)
from station.logins import access_token, mqtt_basic
from station.model import Login, LoginKind
from station.simulation.http_server import Response, json_response
from station.simulation.thingsboard import KNOWN, SimulatedThingsBoard
from station.simulation.thingsboard_credentials import token as held_token
from station.simulation.thingsboard_faults import DEEDS, FAULTS
from tests.clouds.answering import Answering
from tests.clouds.papers import ELSEWHERE, Paper, server_side
from tests.clouds.thingsboard_wires import (
    asks,
    asks_for_known,
    below,
    canned,
    over_tls,
    token_of,
)

PATH = "/api/v1/provision"
ATTRIBUTES = "/api/v1/{token}/attributes"
HTML = (("content-type", "text/html"),)
PLAIN = (("content-type", "text/plain"),)
PAGE = b"<!DOCTYPE html><html><body>Sign in</body></html>"
TOKEN = "tok-SECRET-1"
ASKED = request(SecretStr("key-SECRET"), SecretStr("word-SECRET"), "unit-1", token_of(TOKEN))

Connect = Callable[..., OverHttp]


@cache  # it takes tens of milliseconds
def usual_trust() -> ssl.SSLContext:
    return ssl_context()


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    made: list[OverHttp] = []

    def make(address: str, trust: ssl.SSLContext | None = None, **options: Any) -> OverHttp:
        told = ThingsBoardOptions(address=address, **{"timeout_s": 5.0, **options})
        made.append(OverHttp(told, trust or usual_trust()))
        return made[-1]

    yield make
    for way in made:
        await way.close()
        await way.close()


@pytest.fixture(params=["4.3.0", "3.8"])
async def cloud(request: pytest.FixtureRequest) -> AsyncIterator[SimulatedThingsBoard]:
    settings: dict[str, Any] = {"version": request.param, "transports": False, "silence_s": 0.0}
    async with SimulatedThingsBoard(**settings) as cloud:
        yield cloud


@pytest.fixture
async def newest() -> AsyncIterator[SimulatedThingsBoard]:
    async with SimulatedThingsBoard(transports=False, silence_s=0.0, slow_s=0.01) as cloud:
        yield cloud


def named(cloud: SimulatedThingsBoard, name: str) -> Any:
    return cloud.account.device_named(cloud.tenant.id, name)


def certified() -> Login:
    pem = SecretStr(Paper("unit").pem)
    return Login(LoginKind.X509_CERTIFICATE, (("certificate", pem),))


# what the server says


async def test_it_is_a_way(connect: Connect) -> None:
    way: Way = connect("http://127.0.0.1:9")
    await way.close()


@pytest.mark.parametrize(
    "login",
    [access_token(), mqtt_basic(["user_name", "user_password"]), certified()],
    ids=lambda login: login.kind,
)
async def test_a_device_gets_what_it_asks_for(
    connect: Connect, cloud: SimulatedThingsBoard, login: Login
) -> None:
    got = answer(await connect(cloud.address).provision(asks(cloud, "unit-1", login)))
    assert got.status is Status.SUCCESS
    assert got.login is not None
    assert same(login, got.login)
    assert named(cloud, "unit-1").credentials.type == login.kind


async def test_a_token_that_the_server_makes_is_let_in(
    connect: Connect, cloud: SimulatedThingsBoard
) -> None:
    way = connect(cloud.address)
    got = answer(await way.provision(asks(cloud, "unit-1"))).login
    assert got is not None
    assert len(got.value("token")) == 20
    assert await way.admits(got)
    await way.send(got, {"stationCheck": 1})
    ((_, point),) = named(cloud, "unit-1").telemetry
    assert point == {"stationCheck": 1}


async def test_refusals_come_as_answers(connect: Connect, cloud: SimulatedThingsBoard) -> None:
    way = connect(cloud.address)
    good, taken = asks(cloud, "unit-1", token_of(TOKEN)), asks(cloud, "unit-2", token_of(TOKEN))
    assert answer(await way.provision(good)).status is Status.SUCCESS
    cases = {
        "again": (good, Status.FAILURE),
        "token taken": (taken, Status.FAILURE),
        "wrong key": ({**good, "provisionDeviceKey": "x"}, Status.NOT_FOUND),
        "wrong secret": ({**good, "provisionDeviceSecret": "x"}, Status.NOT_FOUND),
        "script": ({**good, "deviceName": "<script>x</script>"}, Status.FAILURE),
        "256": ({**good, "deviceName": "x" * 256, "token": "t2"}, Status.FAILURE),
        "255": ({**good, "deviceName": "x" * 255, "token": "t2"}, Status.SUCCESS),
    }
    for what, (asked, status) in cases.items():
        got = answer(await way.provision(asked))
        assert (what, got.status) == (what, status)
        assert bool(got.reason) == (status is not Status.SUCCESS)
    assert named(cloud, "unit-2") is None


async def test_a_known_device_keeps_its_login_and_the_generations_differ(
    connect: Connect, cloud: SimulatedThingsBoard
) -> None:
    cloud.account.add_device(cloud.known, "unit-1", held_token("tok-known"))
    way = connect(cloud.address)
    asked = {**asks_for_known(cloud, "unit-1"), "token": "mine"}
    first, second = [answer(await way.provision(asked)) for _ in range(2)]
    assert first.login is not None
    assert first.login.value("token") == "tok-known"
    once_only = cloud.account.at_least(4, 2, 2)
    assert second.status is (Status.FAILURE if once_only else Status.SUCCESS)
    unknown = answer(await way.provision(asks_for_known(cloud, "unit-2")))
    assert (unknown.status, cloud.known.name) == (Status.FAILURE, KNOWN)


@pytest.mark.parametrize("fault", ["old-names", "status-only"])
async def test_answers_of_other_words(
    connect: Connect, newest: SimulatedThingsBoard, fault: str
) -> None:
    newest.faults = frozenset({fault})
    way = connect(newest.address)
    got = answer(await way.provision(asks(newest, "unit-1", token_of(TOKEN)))).login
    assert got is not None
    assert got.value("token") == TOKEN
    refused = answer(await way.provision(asks(newest, "unit-1")))
    assert refused.status is Status.FAILURE


async def test_a_device_that_is_unknown_or_gone_is_not_let_in(
    connect: Connect, newest: SimulatedThingsBoard
) -> None:
    way, login = connect(newest.address), token_of(TOKEN)
    assert not await way.admits(login)
    device = newest.account.add_device(newest.new, "unit-1", held_token(TOKEN))
    assert await way.admits(login)
    newest.account.remove_device(device)
    assert not await way.admits(login)
    with pytest.raises(LoginRefused):
        await way.send(login, {"a": 1})


@pytest.mark.parametrize(
    "odd", ["a b", "a?b=c", "a#b", "100%41", "é单", "a;b=c", "a+b&c", "..a", "...", "a:b@c", "\\"]
)
async def test_a_token_goes_into_an_address_as_it_is(
    connect: Connect, newest: SimulatedThingsBoard, odd: str
) -> None:
    way = connect(newest.address)
    assert not await way.admits(token_of(odd))
    newest.account.add_device(newest.new, "unit-1", held_token(odd))
    assert await way.admits(token_of(odd))


@pytest.mark.parametrize(
    "login",
    [mqtt_basic(["user_name"]), certified(), token_of(""), token_of("."), token_of("..")],
    ids=lambda login: f"{login.kind}-{login.value('token')}",
)
async def test_what_http_cannot_carry_is_not_sent(
    connect: Connect, newest: SimulatedThingsBoard, login: Login
) -> None:
    way = connect(newest.address)
    with pytest.raises(TransportRefused):
        await way.admits(login)
    with pytest.raises(TransportRefused):
        await way.send(login, {"a": 1})
    assert newest.calls == []


# how many round trips, over how many connections


async def test_a_warm_connection_carries_all_in_a_round_trip_each(
    connect: Connect, newest: SimulatedThingsBoard
) -> None:
    way, login = connect(newest.address), access_token()
    await way.warm()
    open_now = set(newest._server._connections)
    assert len(open_now) == 1
    await way.warm()  # it is warm
    await way.provision(asks(newest, "unit-1", login))
    assert await way.admits(login)
    asked = [(call.method, call.path, call.status) for call in newest.calls]
    assert asked == [("GET", PATH, 405), ("POST", PATH, 200), ("GET", ATTRIBUTES, 200)]
    assert set(newest._server._connections) == open_now
    assert newest.account.devices.keys() == {named(newest, "unit-1").id}


async def test_a_connection_that_the_server_left_is_not_used(
    connect: Connect, newest: SimulatedThingsBoard
) -> None:
    way = connect(newest.address)
    await way.warm()
    (connection,) = newest._server._connections
    connection._transport.close()
    await connection._gone.wait()
    assert answer(await way.provision(asks(newest, "unit-1"))).login is not None
    assert newest.asked("POST", PATH) == 1


async def test_warming_up_says_nothing_of_what_is_wrong(
    connect: Connect, newest: SimulatedThingsBoard
) -> None:
    way = connect(newest.address)
    await newest.close()
    await way.warm()
    assert newest.calls == []


async def test_no_more_connections_than_the_recipe_says(
    connect: Connect, newest: SimulatedThingsBoard
) -> None:
    newest.latency_s = 0.01
    way = connect(newest.address, connections=2)
    most = 0

    async def one(number: int) -> None:
        nonlocal most
        assert answer(await way.provision(asks(newest, f"unit-{number}"))).login is not None
        most = max(most, len(newest._server._connections))

    await asyncio.gather(*(one(number) for number in range(10)))
    assert most == 2
    assert len(newest.account.devices) == 10


async def test_base_addresses_with_a_path_and_a_path_of_ones_own(
    connect: Connect, newest: SimulatedThingsBoard
) -> None:
    async with Answering(below("/v1/iot", newest._logged)) as proxy:
        way = connect("http://127.0.0.1:9", device_address=f"{proxy.address}/iot/")
        login = token_of(TOKEN)
        await way.provision(asks(newest, "unit-1", login))
        assert await way.admits(login)
        await way.send(login, {"a": 1})
        moved = connect(f"{proxy.address}/iot", provision_path="gate/enrol")
        with pytest.raises(CloudFault, match=r"HTTP 40[14]"):
            await moved.provision(asks(newest, "unit-2"))
    assert proxy.asked[-1].path == "/v1/iot/gate/enrol"


@pytest.mark.parametrize("path", ["https://elsewhere/x", "x:y", "/x", "x?y", "x#y", ""])
def test_a_provision_path_is_never_another_server(path: str) -> None:
    with pytest.raises(ValidationError, match="provision_path"):
        ThingsBoardOptions(provision_path=path)
    assert ThingsBoardOptions(provision_path="gate/devices:enrol").provision_path


# lost answers


async def test_the_reply_may_end_after_any_byte(
    connect: Connect, newest: SimulatedThingsBoard
) -> None:
    way, ends, lost = connect(newest.address), 0, True
    while lost:
        login = access_token()
        newest.cut_after["provision"] = ends
        try:
            body = await way.provision(asks(newest, f"unit-{ends}", login))
        except ReplyLost as fault:
            assert fault.leaves_open  # noqa: PT017 - most ends are like this one
        else:
            lost = False
            got = answer(body).login
            assert got is not None
            assert same(login, got)
        assert await way.admits(login)
        ends += 1
    assert ends > 150
    assert newest.asked("POST", PATH) == len(newest.account.devices) == ends


@pytest.mark.parametrize("deed", ["check", "telemetry"])
async def test_a_lost_reply_to_a_device_is_no_answer(
    connect: Connect, newest: SimulatedThingsBoard, deed: str
) -> None:
    newest.account.add_device(newest.new, "unit-1", held_token(TOKEN))
    way, login = connect(newest.address), token_of(TOKEN)
    newest.faults = frozenset({f"lost-reply-{deed}"})
    if deed == "check":
        assert await way.admits(login)  # a question is asked again
        assert newest.asked("GET", ATTRIBUTES) == 2
    else:
        with pytest.raises(ReplyLost):
            await way.send(login, {"a": 1})


BODY = json.dumps({"credentialsValue": "A1B2C3", "status": "SUCCESS"}).encode()


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.0 200 OK\r\n\r\n" + BODY,
        b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + BODY,
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
        % (len(BODY), BODY),
    ],
    ids=["until the end, 1.0", "until the end, 1.1", "chunked"],
)
async def test_answers_that_do_not_say_how_long_they_are(connect: Connect, reply: bytes) -> None:
    for end in range(0, len(reply), 3):
        async with canned(reply[:end]) as address:
            with pytest.raises((ReplyLost, CloudNonsense)) as caught:
                answer(await connect(address).provision(ASKED))
            assert caught.value.leaves_open
    async with canned(reply) as address:
        assert answer(await connect(address).provision(ASKED)).login is not None


async def test_silence_and_nobody_there(connect: Connect, newest: SimulatedThingsBoard) -> None:
    newest.faults = frozenset({"timeout"})
    with pytest.raises(ReplyLost):
        await connect(newest.address, timeout_s=0.2).provision(ASKED)
    newest.faults = frozenset({"reset"})
    with pytest.raises(ReplyLost):
        await connect(newest.address).provision(ASKED)
    way = connect(newest.address)
    await newest.close()
    with pytest.raises(CloudFault) as caught:
        await way.provision(ASKED)
    assert (caught.value.code, caught.value.leaves_open) == ("CLOUD-UNREACHABLE", False)


# what stands before a server, and how it breaks


def error(status: int, message: str, code: int) -> Response:
    told = {"status": status, "message": message, "errorCode": code, "timestamp": 0}
    return json_response(status, told)


ECHO = json.dumps(ASKED)
UNREADABLE = f"Failed to find the field provisionDeviceSecret in JSON body {ECHO}!"


@pytest.mark.parametrize(
    ("reply", "code", "detail"),
    [
        (error(500, UNREADABLE, 2), "CLOUD-REFUSED", "Failed to find the field .* JSON body$"),
        (error(500, "Can't parse value: []", 2), "CLOUD-REFUSED", "Can't parse value:$"),
        (error(500, "No enum constant a.B.X", 2), "CLOUD-REFUSED", "No enum constant"),
        (error(500, f"No enum constant {TOKEN}", 2), "CLOUD-BROKEN", "HTTP 500$"),
        (error(500, "Internal Server Error", 2), "CLOUD-BROKEN", "Internal Server Error"),
        (error(500, f"duplicate key {TOKEN}", 2), "CLOUD-BROKEN", "HTTP 500$"),
        (Response(500), "CLOUD-BROKEN", "without a word"),
        (Response(500, PAGE, HTML), "CLOUD-NONSENSE", "not JSON"),
        (error(400, "Required request body is missing", 31), "CLOUD-REFUSED", "body is missing"),
        (Response(400, PAGE, HTML), "CLOUD-NONSENSE", "text/html"),
        (error(401, "Authentication failed", 10), "CLOUD-REFUSED", "is the address right"),
        (Response(401, PAGE, HTML), "CLOUD-NONSENSE", "not JSON"),
        (error(403, "no", 20), "CLOUD-REFUSED", "is the address right"),
        (error(404, f"No {PATH}", 32), "CLOUD-REFUSED", "HTTP 404"),
        (Response(404), "CLOUD-REFUSED", "HTTP 404"),
        (Response(404, PAGE, HTML), "CLOUD-NONSENSE", "HTTP 404"),
        (error(405, "Request method is not supported", 31), "CLOUD-REFUSED", "HTTP 405"),
        (json_response(413, "Payload too large"), "CLOUD-REFUSED", "413 Payload too large"),
        (Response(429, b"", (("retry-after", "0"),)), "CLOUD-BUSY", "HTTP 429"),
        (Response(429, PAGE, (*HTML, ("retry-after", "120"))), "CLOUD-BUSY", "wait 120 s"),
        (Response(502, PAGE, HTML), "CLOUD-BROKEN", "HTTP 502"),
        (Response(503, b"Service Unavailable", PLAIN), "CLOUD-BROKEN", "HTTP 503"),
        (Response(504), "CLOUD-BROKEN", "HTTP 504"),
        (Response(301, b"", (("location", "https://x/"),)), "CLOUD-NONSENSE", "a redirect"),
        (Response(307, b"", (("location", "/login"),)), "CLOUD-NONSENSE", "a redirect"),
        (Response(204), "CLOUD-NONSENSE", "HTTP 204"),
        (Response(200, PAGE, HTML), "CLOUD-NONSENSE", "text/html"),
        (Response(200, BODY[:-3]), "CLOUD-NONSENSE", "not JSON"),
        (Response(200, b"[" * 100_000), "CLOUD-NONSENSE", "not JSON"),
        (Response(200, BODY, (("content-encoding", "gzip"),)), "CLOUD-NONSENSE", "Decoding"),
        (Response(200), "CLOUD-NONSENSE", "not JSON"),
    ],
)
async def test_each_bad_reply_has_its_name(
    connect: Connect, reply: Response, code: str, detail: str
) -> None:
    async with Answering(lambda _: reply) as there:
        with pytest.raises(Fault) as caught:
            answer(await connect(there.address).provision(ASKED))
    fault = caught.value
    assert fault.code == code
    assert re.search(detail, fault.detail)
    assert not any(word in fault.detail for word in ASKED.values())
    assert fault.leaves_open == (code in {"CLOUD-BROKEN", "CLOUD-NONSENSE"})


async def test_a_wait_that_is_asked_for_is_kept(connect: Connect) -> None:
    replies = iter([Response(429, b"", (("retry-after", "0"),)), Response(200, BODY)])
    async with Answering(lambda _: next(replies)) as there:
        assert answer(await connect(there.address).provision(ASKED)).login is not None
    assert there.paths("POST") == ["api/v1/provision"] * 2


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Response(500), "CLOUD-BUSY"),
        (error(500, "Internal Server Error", 2), "CLOUD-BROKEN"),
        (error(401, "Authentication failed", 10), "CLOUD-REFUSED"),
        (Response(401, PAGE, HTML), "CLOUD-NONSENSE"),
        (error(403, f"/api/v1/{TOKEN}/attributes", 20), "CLOUD-REFUSED"),
        (Response(400), "CLOUD-REFUSED"),
        (error(404, f"No endpoint GET /api/v1/{TOKEN}/attributes.", 32), "CLOUD-REFUSED"),
        (Response(429, b"", (("retry-after", "0"),)), "CLOUD-BUSY"),
        (Response(502, PAGE, HTML), "CLOUD-BROKEN"),
        (Response(302, b"", (("location", "/login"),)), "CLOUD-NONSENSE"),
        (Response(200, PAGE, HTML), "CLOUD-NONSENSE"),
    ],
)
async def test_only_the_servers_own_word_decides_about_a_login(
    connect: Connect, reply: Response, code: str
) -> None:
    async with Answering(lambda _: reply) as there:
        way = connect(there.address)
        for deed in (way.admits(token_of(TOKEN)), way.send(token_of(TOKEN), {"a": 1})):
            with pytest.raises(Fault) as caught:
                await deed
            assert caught.value.code == code
            assert TOKEN not in str(caught.value)


@pytest.mark.parametrize("body", [b"", b"[]", b'"in"'])
async def test_a_200_without_attributes_lets_nobody_in(connect: Connect, body: bytes) -> None:
    async with Answering(lambda _: Response(200, body)) as there:
        with pytest.raises(CloudNonsense):
            await connect(there.address).admits(token_of(TOKEN))


@pytest.mark.parametrize("status", [401, 403])
async def test_a_bare_refusal_is_no(connect: Connect, status: int) -> None:
    async with Answering(lambda _: Response(status)) as there:
        way = connect(there.address)
        assert not await way.admits(token_of(TOKEN))
        with pytest.raises(LoginRefused, match=f"HTTP {status}"):
            await way.send(token_of(TOKEN), {"a": 1})


PASSING = {f"{what}-{deed}" for what in ("lost-reply", "error-after") for deed in DEEDS}
LASTING = sorted(FAULTS.keys() - PASSING - {"provision-limit"})  # which is waited for


@pytest.mark.parametrize("fault", [*LASTING, "lost-reply-provision", "error-after-provision"])
async def test_no_secret_is_told_whatever_happens(
    connect: Connect,
    newest: SimulatedThingsBoard,
    caplog: pytest.LogCaptureFixture,
    fault: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    login = access_token()
    asked = asks(newest, "unit-1", login)
    newest.faults = frozenset({fault})
    way = connect(newest.address, timeout_s=0.15)
    told = [repr(way), repr(login)]
    for deed in (way.provision(asked), way.admits(login), way.send(login, {"a": 1})):
        try:
            await deed
        except CloudFault as said:
            told.append(f"{said} {said!r} {said.__cause__!r}")
    secrets = [login.value("token"), newest.provision_key, newest.provision_secret]
    for word in secrets:
        assert word not in caplog.text
        assert not any(word in each for each in told)


# TLS


@pytest.fixture(scope="module")
def authority() -> Paper:
    return Paper("Factory CA")


def trusting(folder: Path, authority: Paper, **more: Any) -> ssl.SSLContext:
    file, _ = authority.save(folder)
    return tls_context(TrustOptions(ca_file=file, **more), folder, SecretStr)


async def test_a_private_authority(
    connect: Connect, newest: SimulatedThingsBoard, authority: Paper, tmp_path: Path
) -> None:
    tls = server_side(Paper("server", authority), tmp_path)
    async with over_tls(newest._logged, tls) as address:
        trust = trusting(tmp_path, authority)
        login = access_token()
        way = connect(address, trust)
        await way.provision(asks(newest, "unit-1", login))
        assert await way.admits(login)


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"host": ELSEWHERE}, "IP address mismatch"),
        ({"expired": True}, "certificate has expired"),
    ],
)
async def test_a_certificate_for_another_host_or_another_day(
    connect: Connect,
    newest: SimulatedThingsBoard,
    authority: Paper,
    tmp_path: Path,
    settings: dict[str, Any],
    why: str,
) -> None:
    tls = server_side(Paper("server", authority, **settings), tmp_path)
    async with over_tls(newest._logged, tls) as address:
        way = connect(address, trusting(tmp_path, authority))
        with pytest.raises(CloudUntrusted, match=why) as caught:
            await way.provision(asks(newest, "unit-1"))
    assert not caught.value.leaves_open
    assert newest.calls == []


async def test_an_authority_that_nobody_named(
    connect: Connect, newest: SimulatedThingsBoard, authority: Paper, tmp_path: Path
) -> None:
    async with over_tls(newest._logged, server_side(Paper("server", authority), tmp_path)) as at:
        with pytest.raises(CloudUntrusted, match="unable to get local issuer"):
            await connect(at).provision(asks(newest, "unit-1"))


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_a_server_that_asks_for_the_stations_certificate(
    connect: Connect,
    newest: SimulatedThingsBoard,
    authority: Paper,
    tmp_path: Path,
    version: ssl.TLSVersion,
) -> None:
    tls = server_side(Paper("server", authority), tmp_path, asks_for=authority)
    tls.maximum_version = version
    certificate, key = Paper("station", authority).save(tmp_path)
    mine = {"client_certificate_file": certificate, "client_key_file": key}
    async with over_tls(newest._logged, tls) as address:
        with pytest.raises((CloudUntrusted, ReplyLost)) as caught:
            await connect(address, trusting(tmp_path, authority)).provision(asks(newest, "unit-1"))
        # TLS 1.3 is done with its greeting before the server looks: the connection just ends
        if version is ssl.TLSVersion.TLSv1_2:
            assert caught.value.code == "CLOUD-UNTRUSTED"
        assert newest.calls == []
        way = connect(address, trusting(tmp_path, authority, **mine))
        assert answer(await way.provision(asks(newest, "unit-1"))).login is not None


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("TLSV13_ALERT_CERTIFICATE_REQUIRED", "CLOUD-UNTRUSTED"),
        ("TLSV1_ALERT_UNKNOWN_CA", "CLOUD-UNTRUSTED"),
        ("SSLV3_ALERT_CERTIFICATE_EXPIRED", "CLOUD-UNTRUSTED"),
        ("SSLV3_ALERT_BAD_RECORD_MAC", "REPLY-LOST"),
        ("DECRYPTION_FAILED_OR_BAD_RECORD_MAC", "REPLY-LOST"),
        (None, "REPLY-LOST"),
    ],
)
def test_an_alert_in_place_of_an_answer(reason: str | None, code: str) -> None:
    alert = ssl.SSLError(1, "[SSL] alert")
    alert.reason = reason  # type: ignore[assignment]
    assert fault_of(alert).code == code


async def test_plain_http_at_a_tls_port_and_the_other_way(
    connect: Connect, newest: SimulatedThingsBoard, authority: Paper, tmp_path: Path
) -> None:
    async with over_tls(newest._logged, server_side(Paper("server", authority), tmp_path)) as at:
        with pytest.raises(ReplyLost):
            await connect(at.replace("https", "http")).provision(ASKED)
    with pytest.raises(CloudUntrusted):
        await connect(newest.address.replace("http", "https")).provision(ASKED)
