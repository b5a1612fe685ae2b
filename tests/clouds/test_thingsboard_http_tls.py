"""ThingsBoard by HTTPS: whose certificate is good, and who asks for ours."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from station.clouds.http import fault_of
from station.clouds.thingsboard.words import answer
from station.clouds.trust import TrustOptions, tls_context
from station.faults import (
    CloudUntrusted,
    ReplyLost,
)
from station.logins import access_token
from station.simulation.thingsboard import SimulatedThingsBoard
from tests.clouds.papers import ELSEWHERE, Paper, server_side
from tests.clouds.thingsboard_wires import (
    ASKED,
    Connect,
    asks,
    over_tls,
    ways,
)


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    async with ways() as make:
        yield make


@pytest.fixture
async def newest() -> AsyncIterator[SimulatedThingsBoard]:
    async with SimulatedThingsBoard(transports=False, silence_s=0.0, slow_s=0.01) as cloud:
        yield cloud


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
