"""ThingsBoard by CoAPS: whom the station trusts, and a device that shows its certificate."""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
import sys
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from cryptography import x509
from pydantic import SecretStr

pytest.importorskip("OpenSSL", reason="the extra 'coaps' is not installed")

from OpenSSL import SSL

from station.clouds import udp
from station.clouds.dtls import _fault_of, _is_for
from station.clouds.http import ssl_context
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.over_coap import OverCoap
from station.faults import (
    CloudFault,
    CloudUnreachable,
    CloudUntrusted,
    ExtraMissing,
    KeyInUnit,
    LoginRefused,
    ReplyLost,
    TransportRefused,
)
from station.model import Login, LoginKind
from station.simulation.thingsboard import SimulatedThingsBoard
from station.simulation.thingsboard_coap import CoapDoor
from station.simulation.thingsboard_dtls import DtlsDoor
from tests.clouds.datagrams import Answers, Lossy
from tests.clouds.papers import ELSEWHERE, Paper

CA = Paper("Factory CA")
SERVER = Paper("server", CA)
DEVICE, STRANGER = Paper("device", CA), Paper("stranger")
STALE = Paper("stale", CA, expired=True)
Connect = Callable[..., OverCoap]


def trusting(*papers: Paper) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for paper in papers:
        context.load_verify_locations(cadata=paper.pem)
    return context


def x509_login(paper: Paper, *issuers: Paper, key: Paper | None = None) -> Login:
    chain = "".join(each.pem for each in (paper, *issuers))
    values = (("certificate", chain), ("private_key", (key or paper).key_pem()))
    return Login(
        LoginKind.X509_CERTIFICATE, tuple((name, SecretStr(value)) for name, value in values)
    )


def token(value: str) -> Login:
    return Login(LoginKind.ACCESS_TOKEN, (("token", SecretStr(value)),))


@pytest.fixture
async def board() -> AsyncIterator[SimulatedThingsBoard]:
    async with SimulatedThingsBoard() as board:
        yield board


Open = Callable[..., Any]


@pytest.fixture
async def open_door(board: SimulatedThingsBoard) -> AsyncIterator[Open]:
    """Return a function that opens a DTLS door with a certificate."""
    opened: list[DtlsDoor] = []
    behind = board.transports["coap"]
    assert isinstance(behind, CoapDoor)

    async def opens(paper: Paper) -> DtlsDoor:
        opened.append(DtlsDoor(behind, (paper.certificate,), paper.key))
        await opened[-1].start()
        return opened[-1]

    yield opens
    for door in opened:
        await door.close()


@pytest.fixture
async def door(open_door: Open) -> DtlsDoor:
    opened = await open_door(SERVER)
    assert isinstance(opened, DtlsDoor)
    return opened


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    made: list[OverCoap] = []

    def make(address: str, *trusted: Paper, **options: Any) -> OverCoap:
        told = {"timeout_s": 5.0, **options, "coap_address": f"coaps://{address}"}
        made.append(OverCoap(ThingsBoardOptions(**told), trusting(*(trusted or (CA,)))))
        return made[-1]

    yield make
    for way in made:
        await way.close()


@pytest.fixture
def way(connect: Connect, door: DtlsDoor) -> OverCoap:
    return connect(door.address)


Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(board: SimulatedThingsBoard) -> Ask:
    def asked(name: str = "unit", **more: Any) -> dict[str, Any]:
        return {
            "deviceName": name,
            "provisionDeviceKey": board.provision_key,
            "provisionDeviceSecret": board.provision_secret,
            **more,
        }

    return asked


def with_certificate(paper: Paper) -> dict[str, str]:
    return {"credentialsType": "X509_CERTIFICATE", "hash": paper.pem}


async def test_a_device_shows_its_certificate(
    board: SimulatedThingsBoard, way: OverCoap, ask: Ask
) -> None:
    assert not await way.admits(x509_login(DEVICE))  # the handshake succeeds, and it is nobody
    answer = json.loads(await way.provision(ask("unit", **with_certificate(DEVICE))))
    assert (answer["status"], answer["credentialsType"]) == ("SUCCESS", "X509_CERTIFICATE")
    assert await way.admits(x509_login(DEVICE))
    assert await way.admits(x509_login(DEVICE, CA))
    device = board.account.device_named(board.tenant.id, "unit")
    assert device is not None
    assert device.telemetry == []
    await way.send(x509_login(DEVICE), {"voltage": 3.3})
    assert [values for _, values in device.telemetry] == [{"voltage": 3.3}]
    assert await way.admits(x509_login(DEVICE))  # with attributes or without
    with pytest.raises(LoginRefused):
        await way.send(x509_login(STRANGER), {"voltage": 3.3})


async def test_tokens_go_by_dtls_as_well(way: OverCoap, door: DtlsDoor, ask: Ask) -> None:
    answer = json.loads(await way.provision(ask()))
    assert await way.admits(token(answer["credentialsValue"]))
    assert not await way.admits(token("nobody's"))
    await way.send(token(answer["credentialsValue"]), {"a": 1})
    assert door.handshakes == 4


async def test_a_token_is_no_certificates_device(
    board: SimulatedThingsBoard, way: OverCoap, ask: Ask
) -> None:
    """Who has shown a certificate says nothing of who asks next."""
    await way.provision(ask("unit", **with_certificate(DEVICE)))
    assert await way.admits(x509_login(DEVICE))
    assert not await way.admits(token("nobody's"))


async def test_an_old_certificate_ends_the_handshake(way: OverCoap, ask: Ask) -> None:
    await way.provision(ask("unit", **with_certificate(STALE)))
    assert not await way.admits(x509_login(STALE))
    with pytest.raises(LoginRefused):
        await way.send(x509_login(STALE), {"a": 1})


async def test_logins_that_cannot_be_shown(way: OverCoap) -> None:
    with pytest.raises(TransportRefused):
        await way.admits(Login(LoginKind.MQTT_BASIC, ()))
    kept = Login(LoginKind.X509_CERTIFICATE, (("certificate", SecretStr(DEVICE.pem)),))
    with pytest.raises(KeyInUnit):
        await way.admits(kept)
    for wrong in (x509_login(DEVICE, key=STRANGER), broken("certificate"), broken("private_key")):
        with pytest.raises(LoginRefused):
            await way.admits(wrong)


def broken(name: str) -> Login:
    values = {"certificate": DEVICE.pem, "private_key": DEVICE.key_pem(), name: "no PEM"}
    return Login(LoginKind.X509_CERTIFICATE, tuple((k, SecretStr(v)) for k, v in values.items()))


async def test_long_answers_come_in_blocks_of_their_own(way: OverCoap, ask: Ask) -> None:
    text = "MIIB" * 900
    asked = ask("long", credentialsType="X509_CERTIFICATE", hash=text)
    assert json.loads(await way.provision(asked))["credentialsValue"] == text


async def test_whom_nobody_stands_for_is_not_told_anything(
    board: SimulatedThingsBoard, connect: Connect, open_door: Open, ask: Ask
) -> None:
    for paper, trusted in (
        (SERVER, STRANGER),
        (Paper("old", CA, expired=True), CA),
        (Paper("other", CA, host=ELSEWHERE), CA),
        (Paper("alone"), CA),
    ):
        door = await open_door(paper)
        with pytest.raises(CloudUntrusted) as untrusted:
            await connect(door.address, trusted).provision(ask())
        assert not untrusted.value.leaves_open
    assert board.account.devices == {}


async def test_what_this_computer_trusts_is_not_enough_for_a_private_authority(
    door: DtlsDoor, ask: Ask
) -> None:
    options = ThingsBoardOptions(coap_address=f"coaps://{door.address}", timeout_s=5)
    with pytest.raises(CloudUntrusted):
        await OverCoap(options, ssl_context()).provision(ask())


@pytest.mark.parametrize(
    ("host", "named", "fits"),
    [
        ("tb.example.com", x509.DNSName("tb.example.com"), True),
        ("TB.example.com.", x509.DNSName("tb.Example.com"), True),
        ("tb.example.com", x509.DNSName("*.example.com"), True),
        ("a.tb.example.com", x509.DNSName("*.example.com"), False),
        ("example.com", x509.DNSName("*.com"), False),
        ("example.com", x509.DNSName("*.example.com"), False),
        ("tb.example.com", x509.DNSName("tb.example.org"), False),
        ("tb.example.com", x509.RFC822Name("tb.example.com"), False),
        ("127.0.0.1", x509.DNSName("127.0.0.1"), False),
        ("bücher.example", x509.DNSName("xn--bcher-kva.example"), True),
    ],
)
def test_a_certificate_is_for_those_that_it_names(
    host: str, named: x509.GeneralName, *, fits: bool
) -> None:
    assert _is_for(Paper("server", host=named).certificate, host) is fits


async def test_a_name_is_looked_for_in_the_certificate(
    connect: Connect, open_door: Open, monkeypatch: pytest.MonkeyPatch, ask: Ask
) -> None:
    door = await open_door(Paper("named", CA, host=ELSEWHERE))
    port = int(door.address.rsplit(":", 1)[1])

    async def here(host: str, asked_port: int) -> tuple[udp.Address, ...]:
        assert (host, asked_port) == ("devices.example.com", 5684)
        return (("127.0.0.1", port),)

    monkeypatch.setattr(udp, "addresses", here)
    answer = await connect("devices.example.com").provision(ask())
    assert json.loads(answer)["status"] == "SUCCESS"


@pytest.mark.parametrize("asks", [True, False])
async def test_lost_datagrams_of_a_handshake_are_sent_again(
    connect: Connect, door: DtlsDoor, ask: Ask, *, asks: bool
) -> None:
    async with Lossy(door.address) as network:

        def first(number: int, data: bytes) -> bytes | None:
            return None if number == 0 else data

        if asks:
            network.asking = first
        else:
            network.answering = first
        assert json.loads(await connect(network.address).provision(ask()))["status"] == "SUCCESS"


async def test_a_lost_answer_leaves_open(
    board: SimulatedThingsBoard, connect: Connect, door: DtlsDoor, ask: Ask
) -> None:
    door.door.loses_replies = True
    with pytest.raises(ReplyLost):
        await connect(door.address, timeout_s=0.5).provision(
            ask("unit", credentialsType="ACCESS_TOKEN", token="mine")
        )
    door.door.loses_replies = False
    assert await connect(door.address).admits(token("mine"))


async def test_a_server_that_hangs_up_on_a_request_leaves_open(
    connect: Connect, door: DtlsDoor, ask: Ask
) -> None:
    door.door.loses_replies = True
    async with Lossy(door.address) as network:
        asking = asyncio.ensure_future(connect(network.address).provision(ask()))
        while not door.door.account.devices:
            await network.next_answer()
        await door.close()
        with pytest.raises(ReplyLost):
            await asking


async def test_a_handshake_that_nobody_answers_has_not_begun(connect: Connect, ask: Ask) -> None:
    async with Answers(lambda _: ()) as silent:
        with pytest.raises(CloudUnreachable) as late:
            await connect(silent.address, timeout_s=0.2).provision(ask())
    assert not late.value.leaves_open
    with pytest.raises(CloudUnreachable):
        await connect(silent.address).provision(ask())  # and now nobody listens


@pytest.mark.parametrize(
    "noise",
    [b"", b"\0", b"no DTLS at all", b"\x15\xfe\xfd\0\0\0\0\0\0\0\0\0\x02\x02\x28", b"\x16" * 60],
)
async def test_what_is_no_dtls_is_unreachable(connect: Connect, ask: Ask, noise: bytes) -> None:
    async with Answers(lambda _: (noise,)) as other:
        with pytest.raises(CloudUnreachable):
            await connect(other.address, timeout_s=0.3).provision(ask())


async def test_many_at_once(
    board: SimulatedThingsBoard, connect: Connect, door: DtlsDoor, ask: Ask
) -> None:
    way = connect(door.address, connections=8)
    answers = await asyncio.gather(*(way.provision(ask(f"unit {at}")) for at in range(24)))
    assert len({json.loads(each)["credentialsValue"] for each in answers}) == 24
    assert door.handshakes == 24


async def test_closing_ends_what_is_waited_for(connect: Connect, door: DtlsDoor, ask: Ask) -> None:
    door.door.loses_replies = True
    async with Lossy(door.address) as network:
        way = connect(network.address)
        asking = asyncio.ensure_future(way.provision(ask()))
        while not door.door.account.devices:
            await network.next_answer()
        await way.close()
        await way.close()
        with pytest.raises(ReplyLost):
            await asking


async def test_keys_and_tokens_are_in_no_log_and_no_fault(
    board: SimulatedThingsBoard,
    connect: Connect,
    door: DtlsDoor,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("coap-server").setLevel(logging.CRITICAL)  # the simulation's own
    login, said = x509_login(DEVICE), []
    for asked in (
        connect(door.address).send(login, {"a": 1}),
        connect(door.address).send(token("s3cret-t0ken"), {"a": 1}),
        connect(door.address, STRANGER).admits(login),
    ):
        with pytest.raises(CloudFault) as named:
            await asked
        said += [repr(named.value), str(named.value)]
    words = ("s3cret-t0ken", *DEVICE.key_pem().splitlines()[1:-1])
    assert not [word for word in words for text in (*said, caplog.text) if word in text]


@pytest.fixture
def no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "station.clouds.dtls")
    monkeypatch.setitem(sys.modules, "OpenSSL", None)


@pytest.mark.usefixtures("no_extra")
def test_without_the_extra_it_says_what_to_install(connect: Connect) -> None:
    with pytest.raises(ExtraMissing, match="pip install pyOpenSSL"):
        connect("127.0.0.1:5684")


def test_what_openssl_has_no_words_for_is_told_all_the_same() -> None:
    broken = SSL.SysCallError(-1, "Unexpected EOF")
    assert isinstance(_fault_of(broken, is_device=True), CloudUnreachable)
