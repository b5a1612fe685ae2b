"""ThingsBoard by CoAP: what its answers mean, and what a lost, cut or late one costs."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from pydantic import SecretStr

from station.clouds import udp
from station.clouds.http import ssl_context
from station.clouds.replies import NotThere
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.over_coap import OverCoap
from station.clouds.thingsboard.way import Way
from station.faults import (
    CloudBroken,
    CloudBusy,
    CloudFault,
    CloudNonsense,
    CloudRefused,
    CloudUnreachable,
    LoginRefused,
    RecipeWrong,
    ReplyLost,
    TransportRefused,
)
from station.model import Login, LoginKind
from station.simulation.thingsboard import SimulatedThingsBoard
from station.simulation.thingsboard_coap import CoapDoor
from tests.clouds.datagrams import Answers, Lossy

TRUST = ssl_context()
TOKEN = "t0k3n-of-the-unit"
LONG = "MIIB" * 900
Connect = Callable[..., OverCoap]


def token(value: str = TOKEN) -> Login:
    return Login(LoginKind.ACCESS_TOKEN, (("token", SecretStr(value)),))


@pytest.fixture
async def board() -> AsyncIterator[SimulatedThingsBoard]:
    async with SimulatedThingsBoard() as board:
        yield board


@pytest.fixture
def door(board: SimulatedThingsBoard) -> CoapDoor:
    door = board.transports["coap"]
    assert isinstance(door, CoapDoor)
    return door


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    made: list[OverCoap] = []

    def make(address: str, **options: Any) -> OverCoap:
        told = {"timeout_s": 5.0, **options, "coap_address": f"coap://{address}"}
        made.append(OverCoap(ThingsBoardOptions(**told), TRUST))
        return made[-1]

    yield make
    for way in made:
        await way.close()


@pytest.fixture
def way(connect: Connect, door: CoapDoor) -> OverCoap:
    return connect(door.address)


@pytest.fixture
def ask(board: SimulatedThingsBoard) -> Callable[..., dict[str, Any]]:
    """Return a function that makes a provision request for a name."""

    def asked(name: str = "unit", **more: Any) -> dict[str, Any]:
        return {
            "deviceName": name,
            "provisionDeviceKey": board.provision_key,
            "provisionDeviceSecret": board.provision_secret,
            **more,
        }

    return asked


Ask = Callable[..., dict[str, Any]]


def own(value: str = TOKEN) -> dict[str, str]:
    return {"credentialsType": "ACCESS_TOKEN", "token": value}


async def told(answer: Awaitable[bytes]) -> dict[str, Any]:
    read = json.loads(await answer)
    assert isinstance(read, dict)
    return read


def test_it_is_a_way(way: OverCoap) -> None:
    there: Way = way
    assert there is way


async def test_each_kind_of_login(way: OverCoap, ask: Ask) -> None:
    made = await told(way.provision(ask("made")))
    assert (made["status"], made["credentialsType"]) == ("SUCCESS", "ACCESS_TOKEN")
    assert await way.admits(token(made["credentialsValue"]))
    assert (await told(way.provision(ask("own", **own()))))["credentialsValue"] == TOKEN
    assert await way.admits(token())
    basic = ask("basic", credentialsType="MQTT_BASIC", clientId="c", username="u", password="p")
    answer = await told(way.provision(basic))
    assert answer["credentialsValue"] == {"clientId": "c", "userName": "u", "password": "p"}


async def test_long_requests_and_answers_come_in_blocks(way: OverCoap, ask: Ask) -> None:
    answer = await told(
        way.provision(ask("long", credentialsType="X509_CERTIFICATE", hash=LONG)),
    )
    assert (answer["status"], answer["credentialsValue"]) == ("SUCCESS", LONG)


async def test_long_requests_at_the_same_time_are_not_mixed_up(way: OverCoap, ask: Ask) -> None:
    texts = [f"{number:04}" * 900 for number in range(8)]
    answers = await asyncio.gather(
        *(
            told(way.provision(ask(text[:4], credentialsType="X509_CERTIFICATE", hash=text)))
            for text in texts
        )
    )
    assert [answer["credentialsValue"] for answer in answers] == texts


async def test_a_refusal_is_an_answer(way: OverCoap, ask: Ask) -> None:
    wrong = await told(way.provision(ask("unit", provisionDeviceSecret="wrong")))
    assert wrong["status"] == "NOT_FOUND"
    await way.provision(ask("unit"))
    assert (await told(way.provision(ask("unit"))))["status"] == "FAILURE"


@pytest.mark.parametrize(("version", "second"), [("4.2.1", "SUCCESS"), ("4.3.0", "FAILURE")])
async def test_both_generations_of_servers(connect: Connect, version: str, second: str) -> None:
    async with SimulatedThingsBoard(version=version) as board:
        board.account.add_device(board.known, "listed")
        way = connect(board.transports["coap"].address)
        asked = {
            "deviceName": "listed",
            "provisionDeviceKey": board.known.key,
            "provisionDeviceSecret": board.known.secret,
        }
        assert (await told(way.provision(asked)))["status"] == "SUCCESS"
        assert (await told(way.provision(asked)))["status"] == second


async def test_what_cannot_be_read_was_not_done(way: OverCoap) -> None:
    with pytest.raises(CloudRefused) as refused:
        await way.provision({"provisionDeviceKey": "K"})
    assert not refused.value.leaves_open


async def test_a_core_that_does_not_answer(
    board: SimulatedThingsBoard, way: OverCoap, door: CoapDoor, ask: Ask
) -> None:
    door.core_timeout_s = 0.0
    board.new.provision_type = "X509_CERTIFICATE_CHAIN"
    with pytest.raises(CloudBroken) as broken:
        await way.provision(ask())
    assert broken.value.leaves_open


async def test_another_path(connect: Connect, door: CoapDoor, ask: Ask) -> None:
    way = connect(door.address, provision_path="api/v1/any%20one/provision")
    assert (await told(way.provision(ask())))["status"] == "SUCCESS"
    with pytest.raises(CloudRefused, match=r"4\.04"):
        await connect(door.address, provision_path="elsewhere/provision").provision(ask())


async def test_attributes_that_are_there_or_not_are_a_yes(way: OverCoap, ask: Ask) -> None:
    await way.provision(ask("unit", **own()))
    assert await way.admits(token())  # 4.04: none yet
    assert not await way.admits(token("nobody's"))


async def test_a_proof_stores_nothing_and_telemetry_does(
    board: SimulatedThingsBoard, way: OverCoap, ask: Ask
) -> None:
    await way.provision(ask("unit", **own()))
    device = board.account.device_named(board.tenant.id, "unit")
    assert device is not None
    device.attributes["SHARED_SCOPE"]["fleet"] = "north"
    before = json.dumps(device.attributes)
    assert await way.admits(token())  # 2.05
    assert (json.dumps(device.attributes), device.telemetry) == (before, [])
    await way.send(token(), {"voltage": 3.3})
    assert [values for _, values in device.telemetry] == [{"voltage": 3.3}]
    with pytest.raises(LoginRefused):
        await way.send(token("nobody's"), {"voltage": 3.3})


def coap(
    code: str, body: bytes = b"", options: bytes = b""
) -> Callable[[bytes], tuple[bytes, ...]]:
    """Answer every confirmable request with this code, piggybacked."""
    digits = int(code[0]) << 5 | int(code[2:])

    def answer(asked: bytes) -> tuple[bytes, ...]:
        length = asked[0] & 0x0F
        head = bytes((0x60 | length, digits)) + asked[2 : 4 + length]
        return (head + options + (b"\xff" + body if body else b""),)

    return answer


async def test_not_found_alone_is_no_proof(connect: Connect) -> None:
    """A CoAP server that is not ThingsBoard has nothing at this path, whatever the token."""
    async with Answers(coap("4.04")) as other:
        with pytest.raises(CloudNonsense, match="nobody"):
            await connect(other.address).admits(token())


@pytest.mark.parametrize(
    ("code", "body", "fault", "leaves_open"),
    [
        ("4.00", b"\x08\x02", CloudNonsense, True),
        ("2.01", b"", CloudNonsense, True),
        ("2.01", b"[]", CloudNonsense, True),
        ("2.01", b'{"status":"SUCC', CloudNonsense, True),
        ("4.01", b"", CloudRefused, False),
        ("4.04", b"", NotThere, False),
        ("4.13", b"too long", CloudRefused, False),
        ("4.29", b"", CloudBusy, False),
        ("5.00", b"", CloudBroken, True),
        ("5.03", b"", CloudBroken, True),
        ("3.01", b"", CloudNonsense, True),
    ],
)
async def test_other_answers_have_a_name(
    connect: Connect, code: str, body: bytes, fault: type[CloudFault], *, leaves_open: bool
) -> None:
    async with Answers(coap(code, body)) as other:
        with pytest.raises(fault) as named:
            await connect(other.address).provision({"provisionDeviceKey": "K"})
    assert (type(named.value), named.value.leaves_open) == (fault, leaves_open)
    assert code in named.value.detail


@pytest.mark.parametrize("code", ["2.01", "2.04"])
async def test_telemetry_that_was_taken(connect: Connect, code: str) -> None:
    async with Answers(coap(code)) as other:
        await connect(other.address).send(token(), {"a": 1})
    (asked,) = other.heard
    assert b"telemetry" in asked
    assert json.loads(asked[asked.index(b"\xff") + 1 :]) == {"a": 1}


@pytest.mark.parametrize("code", ["4.00", "4.05", "5.00"])
async def test_what_is_neither_yes_nor_no(connect: Connect, code: str) -> None:
    async with Answers(coap(code)) as other:
        way = connect(other.address)
        with pytest.raises(CloudFault, match=code):
            await way.admits(token())
        with pytest.raises(CloudFault, match=code):
            await way.send(token(), {"a": 1})


async def test_a_profile_for_another_transport_stops_no_line(
    board: SimulatedThingsBoard, way: OverCoap, ask: Ask
) -> None:
    board.new.transport = "MQTT"
    await way.provision(ask("unit", **own()))
    with pytest.raises(CloudBroken, match="another transport") as broken:
        await way.admits(token())
    assert not broken.value.halts


@pytest.mark.parametrize("kind", [LoginKind.MQTT_BASIC, LoginKind.X509_CERTIFICATE])
async def test_logins_that_plain_coap_cannot_carry(way: OverCoap, kind: LoginKind) -> None:
    with pytest.raises(TransportRefused):
        await way.admits(Login(kind, ()))
    with pytest.raises(TransportRefused):
        await way.send(Login(kind, ()), {"a": 1})


async def test_a_reset_is_no_answer(connect: Connect) -> None:
    async with Answers(lambda asked: (b"\x70\0" + asked[2:4],)) as other:
        with pytest.raises(CloudNonsense):
            await connect(other.address).provision({})


@pytest.mark.parametrize(
    "options",
    [
        b"\xd1\x0e\x08",  # Block1: more of a request that was whole
        b"\xd1\x0a\x18",  # Block2: the second part first
        b"\xd1\x0a\x08",  # Block2: more to come, of a block that is not full
    ],
)
async def test_blocks_that_nobody_asked_for_are_nonsense(connect: Connect, options: bytes) -> None:
    async with Answers(coap("2.01", b"{}", options)) as other:
        with pytest.raises(CloudNonsense) as nonsense:
            await connect(other.address).provision({})
    assert nonsense.value.leaves_open


@pytest.mark.parametrize("noise", [b"", b"\0", b"HTTP/1.1 400 Bad Request\r\n", b"\xff" * 40])
async def test_noise_is_passed_over(connect: Connect, noise: bytes) -> None:
    answer = coap("2.01", b"{}")
    async with Answers(lambda asked: (noise, *answer(asked))) as other:
        assert await connect(other.address).provision({}) == b"{}"


async def test_a_late_answer_comes_separately(way: OverCoap, door: CoapDoor, ask: Ask) -> None:
    door.thinks_s = 0.15  # longer than the server waits with its acknowledgement
    assert (await told(way.provision(ask())))["status"] == "SUCCESS"


async def test_a_lost_answer_leaves_open_and_the_token_proves_it(
    board: SimulatedThingsBoard, connect: Connect, door: CoapDoor, ask: Ask
) -> None:
    way = connect(door.address, timeout_s=0.3)
    door.loses_replies = True
    with pytest.raises(ReplyLost) as lost:
        await way.provision(ask("unit", **own()))
    assert lost.value.leaves_open
    door.loses_replies = False
    assert await way.admits(token())
    assert (await told(way.provision(ask("unit", **own()))))["status"] == "FAILURE"
    assert len(board.account.devices) == 1


@pytest.mark.parametrize("lost", [0, 1])
async def test_a_copy_of_a_request_is_known_for_one(
    board: SimulatedThingsBoard, connect: Connect, door: CoapDoor, ask: Ask, lost: int
) -> None:
    """Whether a request or its reply was lost: the same message again makes no second device."""
    async with Lossy(door.address) as network:
        network.asking = lambda number, data: None if lost == 0 and number == 0 else data
        network.answering = lambda number, data: None if lost == 1 and number == 0 else data
        answer = await told(connect(network.address, timeout_s=2.0).provision(ask("unit")))
        assert answer["status"] == "SUCCESS"
        assert len(network.asked) >= 2
        assert len(set(network.asked)) == 1
    assert len(board.account.devices) == 1


async def test_any_block_may_be_lost(
    board: SimulatedThingsBoard, connect: Connect, door: CoapDoor, ask: Ask
) -> None:
    asked = ask("unit", credentialsType="X509_CERTIFICATE", hash=LONG)
    async with Lossy(door.address) as network:
        await connect(network.address).provision(asked)
        replies = len(network.answered)
    assert replies > 6

    async def loses(which: int) -> str:
        name = f"unit {which}"
        text = f"{which:04}" * 900
        async with Lossy(door.address) as network:
            network.answering = lambda number, data: None if number == which else data
            long = ask(name, credentialsType="X509_CERTIFICATE", hash=text)
            # 0.25 to 0.375 s until the lost one is sent again
            answer = await told(connect(network.address, timeout_s=2.0).provision(long))
        return str(answer["status"])

    statuses = await asyncio.gather(*(loses(which) for which in range(replies)))
    assert statuses == ["SUCCESS"] * replies
    assert len(board.account.devices) == 1 + replies


async def test_an_answer_cut_at_any_byte_is_never_taken_for_another(
    connect: Connect, door: CoapDoor, ask: Ask
) -> None:
    async with Lossy(door.address) as network:
        whole = await connect(network.address).provision(ask("first", **own("first")))
        length = len(network.answered[0])

    async def cut(at: int) -> bytes | CloudFault:
        mine = f"token {at}"
        async with Lossy(door.address) as network:
            network.answering = lambda number, data: data[:at] if number == 0 else data
            way = connect(network.address, timeout_s=3.0)
            try:
                answer = await way.provision(ask(f"unit {at}", **own(mine)))
            except CloudFault as fault:
                assert await way.admits(token(mine))
                return fault
        assert json.loads(answer)["credentialsValue"] == mine
        return answer

    found = await asyncio.gather(*(cut(at) for at in range(length)))
    assert len(whole) < length
    assert {type(each) for each in found} == {bytes, CloudNonsense}
    assert all(each.leaves_open for each in found if isinstance(each, CloudFault))


async def test_a_hundred_at_once_over_eight_sockets(
    board: SimulatedThingsBoard, connect: Connect, door: CoapDoor, ask: Ask
) -> None:
    door.thinks_s = 0.01
    way = connect(door.address, connections=8, timeout_s=30.0)
    answers = await asyncio.gather(
        *(told(way.provision(ask(f"unit {number}"))) for number in range(100))
    )
    tokens = {answer["credentialsValue"] for answer in answers}
    assert len(tokens) == len(board.account.devices) == 100
    assert all(await asyncio.gather(*(way.admits(token(each)) for each in tokens)))


async def test_a_unit_whose_messages_are_lost_holds_up_no_other(
    connect: Connect, door: CoapDoor, ask: Ask
) -> None:
    async with Lossy(door.address) as network:
        network.asking = lambda _, data: None if b"unlucky" in data else data
        way = connect(network.address, timeout_s=3.0)
        unlucky = asyncio.ensure_future(way.provision(ask("unlucky")))
        answers = [await told(way.provision(ask(f"unit {number}"))) for number in range(5)]
        assert not unlucky.done()
        assert [answer["status"] for answer in answers] == ["SUCCESS"] * 5
        unlucky.cancel()
        with pytest.raises(asyncio.CancelledError):
            await unlucky


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_nobody_listens(connect: Connect) -> None:
    with pytest.raises(CloudUnreachable) as nobody:
        await connect(f"127.0.0.1:{free_port()}").provision({})
    assert not nobody.value.leaves_open


async def test_a_server_that_goes_after_it_may_have_acted_leaves_open(
    connect: Connect, door: CoapDoor, ask: Ask
) -> None:
    """The copy of a message is refused; the message itself was not."""
    async with Lossy(door.address) as network:
        network.answering = lambda _, __: None
        way = connect(network.address, timeout_s=2.0)
        asking = asyncio.ensure_future(way.provision(ask("unit", **own())))
        await network.next_answer()
    with pytest.raises(ReplyLost):
        await asking
    assert await connect(door.address).admits(token())


async def test_a_host_without_an_address(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    async def none(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", none)
    with pytest.raises(CloudUnreachable, match="no address"):
        await connect("nowhere.example").provision({})


async def test_a_name_server_that_does_not_answer(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: Any, **__: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", never)
    with pytest.raises(CloudUnreachable) as late:
        await connect("slow.example", timeout_s=0.05).provision({})
    assert not late.value.leaves_open


async def test_a_host_with_two_addresses_of_which_one_listens(
    board: SimulatedThingsBoard, connect: Connect, monkeypatch: pytest.MonkeyPatch, ask: Ask
) -> None:
    """As "localhost" is ::1 first, where a server in a container seldom listens."""
    port = int(board.transports["coap"].address.rsplit(":", 1)[1])

    async def two(host: str, asked_port: int) -> tuple[udp.Address, ...]:
        assert (host, asked_port) == ("tb.example", 5683)
        return ("127.0.0.1", free_port()), ("127.0.0.1", port)

    monkeypatch.setattr(udp, "addresses", two)
    assert (await told(connect("tb.example").provision(ask())))["status"] == "SUCCESS"


async def test_what_the_second_address_says_is_no_refusal_of_the_first(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Answers(lambda asked: (b"\x70\0" + asked[2:4],)) as other:
        port = int(other.address.rsplit(":", 1)[1])

        async def two(*_: object) -> tuple[udp.Address, ...]:
            return ("127.0.0.1", free_port()), ("127.0.0.1", port)

        monkeypatch.setattr(udp, "addresses", two)
        with pytest.raises(CloudNonsense) as nonsense:
            await connect("tb.example").provision({})
    assert nonsense.value.leaves_open


async def test_an_address_in_brackets(connect: Connect, board: SimulatedThingsBoard) -> None:
    door = CoapDoor(board.account, host="::1")
    try:
        await door.start()
    except OSError as exc:
        pytest.skip(f"no IPv6 here: {exc}")
    assert door.address.startswith("[::1]:")
    assert not await connect(door.address).admits(token())
    await door.close()


async def test_the_host_is_told_by_its_name_only(connect: Connect, door: CoapDoor) -> None:
    port = door.address.rsplit(":", 1)[1]
    for host, told_host in (("127.0.0.1", False), ("localhost", True)):
        async with Lossy(door.address) as network:
            port = network.address.rsplit(":", 1)[1]
            await connect(f"{host}:{port}").admits(token())
            assert (b"\x39localhost" in network.asked[0]) is told_host


async def test_an_address_that_is_none() -> None:
    with pytest.raises(RecipeWrong, match="coap_address"):
        OverCoap(ThingsBoardOptions(coap_address="coap://host:port"), TRUST)


async def test_closing_ends_what_is_waited_for(connect: Connect, door: CoapDoor, ask: Ask) -> None:
    door.loses_replies = True
    async with Lossy(door.address) as network:
        way = connect(network.address)
        await way.warm()
        asking = asyncio.ensure_future(way.provision(ask()))
        await network.next_answer()  # an acknowledgement
        await way.close()
        await way.close()
    with pytest.raises(ReplyLost):
        await asking


async def test_nothing_is_left_behind(
    connect: Connect, door: CoapDoor, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Any] = []
    make = asyncio.get_running_loop().create_datagram_endpoint

    async def kept(*args: Any, **kwargs: Any) -> Any:
        transport, protocol = await make(*args, **kwargs)
        opened.append(transport.get_extra_info("socket"))
        return transport, protocol

    before = asyncio.all_tasks()
    monkeypatch.setattr(asyncio.get_running_loop(), "create_datagram_endpoint", kept)
    await connect(door.address).provision(ask())
    door.loses_replies = True
    with pytest.raises(ReplyLost):
        await connect(door.address, timeout_s=0.1).provision(ask("other"))
    assert [each.fileno() for each in opened] == [-1, -1]
    waiting = {task for task in asyncio.all_tasks() - before if "Rendering" not in task.get_name()}
    assert waiting == set()
    gc.collect()  # a forgotten exception would be told here, and fail the test


async def test_a_token_is_in_no_log_and_no_fault(
    board: SimulatedThingsBoard,
    connect: Connect,
    door: CoapDoor,
    ask: Ask,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("coap-server").setLevel(logging.CRITICAL)  # the simulation's own
    faults: list[CloudFault] = []
    way = connect(door.address, timeout_s=0.3)
    await way.provision(ask("unit", **own()))
    await way.send(token(), {"a": 1})
    door.loses_replies = True
    dead = connect(f"127.0.0.1:{free_port()}")
    for asked in (way.admits(token()), dead.admits(token()), way.send(token(), {"a": 1})):
        with pytest.raises(CloudFault) as named:
            await asked
        faults.append(named.value)
    secret = (TOKEN, board.provision_key, board.provision_secret)
    assert not [each for each in caplog.records if each.name.startswith("station.coap")]
    said = [*map(repr, faults), *map(str, faults), caplog.text]
    assert not [text for text in said for word in secret if word in text]
