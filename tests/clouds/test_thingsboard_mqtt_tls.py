"""ThingsBoard by MQTT over TLS: whom we trust, and devices that show certificates."""

from __future__ import annotations

import asyncio
import json
import ssl
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from station.clouds.trust import TrustOptions, device_context, tls_context
from station.faults import (
    CloudFault,
    CloudUnreachable,
    CloudUntrusted,
    KeyInUnit,
    LoginRefused,
    RecipeWrong,
    ReplyLost,
    TransportRefused,
)
from station.model import Login, LoginKind
from station.simulation.thingsboard_mqtt import MqttDoor
from tests.clouds.mqtt_way import REQUEST, VERSIONS, login, token, way_to
from tests.clouds.papers import ELSEWHERE, Paper, server_side
from tests.simulation.thingsboard_books import SUCCESS, Books


def papers(unit: Paper, *issuers: Paper, key: str = "") -> Login:
    chain = "".join(each.pem for each in (unit, *issuers))
    return login(LoginKind.X509_CERTIFICATE, certificate=chain, private_key=key or unit.key_pem())


def trusting(folder: Path, paper: Paper, station: Paper | None = None) -> ssl.SSLContext:
    """The context of a recipe with this ca_file, and perhaps the station's own certificate."""
    told = {"ca_file": paper.save(folder)[0]}
    if station:
        told["client_certificate_file"], told["client_key_file"] = station.save(folder)
    return tls_context(TrustOptions(**told), folder, SecretStr)


@pytest.fixture(scope="module")
def authority() -> Paper:
    return Paper("Factory CA")


@pytest.fixture
def books() -> Books:
    return Books()


@pytest.fixture
async def door(books: Books, authority: Paper, tmp_path: Path) -> AsyncIterator[MqttDoor]:
    door = MqttDoor(books, tls=server_side(Paper("server", authority), tmp_path))
    await door.start()
    yield door
    await door.close()


@pytest.fixture
def trust(authority: Paper, tmp_path: Path) -> ssl.SSLContext:
    return trusting(tmp_path, authority)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_private_authority(door: MqttDoor, trust: ssl.SSLContext, version: str) -> None:
    async with way_to(f"mqtts://{door.address}", trust, mqtt_version=version) as way:
        told = await asyncio.gather(*(way.provision(REQUEST) for _ in range(20)))
        assert [json.loads(each) for each in told] == [SUCCESS] * 20
        assert await way.admits(token("tok-1"))
        assert not await way.admits(token("tok-2"))
        await way.send(token("tok-1"), {"a": 1})


@pytest.mark.parametrize("cut_after", [0, 3, 4, 8, 12, 20, 60, 110])
async def test_cut_within_tls(
    door: MqttDoor, trust: ssl.SSLContext, books: Books, cut_after: int
) -> None:
    door.cut_after = cut_after
    async with way_to(f"mqtts://{door.address}", trust) as way:
        with pytest.raises(CloudFault) as caught:
            await way.provision(REQUEST)
    assert caught.value.leaves_open or not books.asked
    if cut_after > 4:  # CONNACK came whole
        assert type(caught.value) is ReplyLost


async def test_no_word_to_a_server_that_is_not_trusted(
    door: MqttDoor, books: Books, tmp_path: Path, authority: Paper
) -> None:
    elsewhere = MqttDoor(
        books, tls=server_side(Paper("elsewhere", authority, host=ELSEWHERE), tmp_path)
    )
    await elsewhere.start()
    stranger = trusting(tmp_path, Paper("Strange CA"))
    unit = Paper("unit")
    for address, trust in [
        (door.address, stranger),
        (elsewhere.address, trusting(tmp_path, authority)),
    ]:
        async with way_to(f"mqtts://{address}", trust) as way:
            for asked in (way.provision(REQUEST), way.admits(token("t")), way.admits(papers(unit))):
                with pytest.raises(CloudUntrusted):
                    await asked
    assert not books.asked
    assert not books.chains
    await elsewhere.close()


async def test_tls_where_there_is_none_and_none_where_there_is(
    door: MqttDoor, trust: ssl.SSLContext, books: Books
) -> None:
    async with way_to(door.address, trust) as way:
        with pytest.raises(CloudUnreachable):
            await way.provision(REQUEST)
    plain = MqttDoor(books)
    await plain.start()
    async with way_to(f"mqtts://{plain.address}", trust) as way:
        with pytest.raises(CloudUnreachable):
            await way.provision(REQUEST)
    await plain.close()


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_certificate_lets_in_and_leaves_nothing_behind(
    door: MqttDoor, trust: ssl.SSLContext, books: Books, empty: Path, version: str
) -> None:
    unit = Paper("unit")
    async with way_to(f"mqtts://{door.address}", trust, mqtt_version=version) as way:
        assert not await way.admits(papers(unit))
        device = books.with_certificate("unit", unit.pem)
        assert await way.admits(papers(unit))
        await way.send(papers(unit), {"a": 1})
    assert [values for _, values in device.telemetry] == [{"a": 1}]
    assert list(empty.iterdir()) == []


async def test_a_chain_makes_the_device_in_the_handshake(
    door: MqttDoor, trust: ssl.SSLContext, books: Books
) -> None:
    line = Paper("Line CA")
    unit = Paper("unit-7", line)
    async with way_to(f"mqtts://{door.address}", trust) as way:
        assert not await way.admits(papers(unit, line))
        books.trust(line.pem)
        assert not await way.admits(papers(unit))
        assert await way.admits(papers(unit, line))
        assert await way.admits(papers(unit, line))
    assert books.device_named(books.tenant, "unit-7") is not None


async def test_a_chain_that_does_not_hold_is_not_let_in(
    door: MqttDoor, trust: ssl.SSLContext, books: Books
) -> None:
    unit, namesake = Paper("unit", Paper("Line CA")), Paper("Line CA")
    books.trust(namesake.pem)
    async with way_to(f"mqtts://{door.address}", trust) as way:
        assert not await way.admits(papers(unit, namesake))


async def test_a_chain_that_was_shown_may_have_made_a_device(
    door: MqttDoor, trust: ssl.SSLContext, books: Books
) -> None:
    line = Paper("Line CA")
    unit = Paper("unit", line)
    books.trust(line.pem)
    door.cut_after = 2
    async with way_to(f"mqtts://{door.address}", trust) as way:
        with pytest.raises(ReplyLost):
            await way.admits(papers(unit, line))
        assert books.device_named(books.tenant, "unit") is not None
        door.cut_after = None
        assert await way.admits(papers(unit, line))
    await door.close()


async def test_the_stations_own_certificate_is_not_taken_for_the_devices(
    door: MqttDoor, books: Books, authority: Paper, tmp_path: Path
) -> None:
    station, unit = Paper("station"), Paper("unit")
    books.with_certificate("unit", unit.pem)
    trust = trusting(tmp_path, authority, station)
    async with way_to(f"mqtts://{door.address}", trust) as way:
        await way.provision(REQUEST)
        assert [station.pem] in books.chains
        books.chains.clear()
        assert await way.admits(token("tok-1"))
        assert books.chains == []
        assert await way.admits(papers(unit))
        assert [list(chain) for chain in books.chains] == [[unit.pem]]


async def test_a_login_that_can_not_be_shown(
    door: MqttDoor, trust: ssl.SSLContext, empty: Path
) -> None:
    unit, other = Paper("unit"), Paper("other")
    chain = papers(unit).value("certificate")
    async with way_to(f"mqtts://{door.address}", trust) as way:
        with pytest.raises(KeyInUnit):
            await way.admits(login(LoginKind.X509_CERTIFICATE, certificate=chain))
        for broken in (papers(unit, key=other.key_pem()), papers(unit, key="no key")):
            with pytest.raises(LoginRefused, match="do not belong together") as caught:
                await way.admits(broken)
            assert "PRIVATE" not in repr(caught.value)
    assert list(empty.iterdir()) == []


async def test_tls_that_ends_before_the_server(books: Books, tmp_path: Path) -> None:
    """A load balancer takes the certificate, and ThingsBoard sees a client without a name."""
    authority = Paper("Balancer CA")
    inner = MqttDoor(books)
    await inner.start()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*inner.address.split(":"))
        back.write(await reader.read(4096))
        writer.write(await there.read(4096))
        writer.close()
        back.close()

    tls = server_side(Paper("balancer", authority), tmp_path)
    outer = await asyncio.start_server(relay, "127.0.0.1", ssl=tls)
    port = outer.sockets[0].getsockname()[1]
    trust = trusting(tmp_path, authority)
    async with way_to(f"mqtts://127.0.0.1:{port}", trust) as way:
        with pytest.raises(TransportRefused, match="no certificate"):
            await way.admits(papers(Paper("unit")))
    outer.close()
    await inner.close()


async def test_a_handshake_that_never_ends_is_broken_off(trust: ssl.SSLContext) -> None:
    reached, gone = asyncio.Event(), asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        reached.set()
        await reader.read()
        writer.close()
        gone.set()

    server = await asyncio.start_server(silent, "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    async with way_to(f"mqtts://127.0.0.1:{port}", trust, timeout_s=60) as way:
        asked = asyncio.create_task(way.admits(papers(Paper("unit"))))
        await reached.wait()
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        await gone.wait()
    server.close()


def test_a_device_trusts_what_the_recipe_does(tmp_path: Path, authority: Paper) -> None:
    pinned = Paper("pinned", authority)  # a server's own, which OpenSSL lists nowhere
    trust = trusting(tmp_path, pinned)
    assert device_context(trust).cert_store_stats() == trust.cert_store_stats()
    assert device_context(trust).check_hostname
    assert device_context(trust).verify_mode is ssl.CERT_REQUIRED
    (tmp_path / "pinned.pem").unlink()
    with pytest.raises(RecipeWrong, match=r"ca_file pinned\.pem"):
        device_context(trust)


def test_a_context_of_unknown_making_is_followed(authority: Paper) -> None:
    trust = ssl.create_default_context(cadata=authority.pem)
    assert device_context(trust).get_ca_certs() == trust.get_ca_certs()
    assert device_context(trust).check_hostname
    nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    assert device_context(nobody).get_ca_certs() == []


def test_the_key_lies_sealed_while_it_lies_there(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = Paper("unit")
    seen: list[tuple[str, int, int]] = []
    load = ssl.SSLContext.load_cert_chain

    def watched(context: ssl.SSLContext, path: Path, **how: Any) -> None:
        modes = path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777
        seen.append((path.read_text(), *modes))
        load(context, path, **how)

    monkeypatch.setattr(ssl.SSLContext, "load_cert_chain", watched)
    device_context(ssl.create_default_context(), unit.pem, unit.key_pem())
    ((text, mode, folder_mode),) = seen
    assert "ENCRYPTED PRIVATE KEY" in text
    assert unit.pem in text
    assert unit.key_pem().splitlines()[1] not in text
    assert (mode, folder_mode) == (0o600, 0o700)
    assert list(empty.iterdir()) == []
