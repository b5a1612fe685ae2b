"""Our client of nRF Cloud against the simulated server: every answer is named, none is trusted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from station.clouds.http import fault_of, reply_of
from station.clouds.nrf_cloud import NrfCloud
from station.clouds.nrf_cloud_options import NrfCloudOptions
from station.faults import CloudFault, Fault
from station.model import Proof
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf_cloud import SimulatedNrfCloud


@pytest.fixture
async def server() -> AsyncIterator[SimulatedNrfCloud]:
    async with SimulatedNrfCloud(rate_a_second=20.0) as server:
        yield server


@pytest.fixture
async def cloud(server: SimulatedNrfCloud) -> AsyncIterator[NrfCloud]:
    options = NrfCloudOptions(provisioning_url=server.address, timeout_s=1.5)
    cloud = NrfCloud(options, SecretStr(server.api_key))
    yield cloud
    await cloud.close()


def proof_of(number: int = 1, faults: tuple[str, ...] = ()) -> Proof:
    """Return what a simulated board's token proves, without going through our board."""
    from station.simulation.nrf91_faults import token_source

    board = SimulatedNrf91(number, faults=faults)
    text = token_source(board.unit, board.faults)(None)
    return Proof("attestation", "uuid", str(UUID(board.identity["uuid"])), SecretStr(text))


def calls(server: SimulatedNrfCloud, method: str, path: str) -> int:
    return sum(each.method == method and each.path.endswith(path) for each in server.log)


async def test_a_unit_is_claimed_with_its_tags(cloud: NrfCloud, server: SimulatedNrfCloud) -> None:
    proof = proof_of()
    await cloud.prepare()
    await cloud.check(proof)
    assert await cloud.held(proof.subject) is None
    claim = await cloud.claim(proof)
    assert (claim.device_id, claim.already) == (proof.subject, False)
    assert claim.tags == ("nrf-cloud-onboarding",)
    held = await cloud.held(proof.subject)
    assert held is not None
    assert held.already
    assert server.account.device(proof.subject).tags == ("nrf-cloud-onboarding",)


async def test_a_claim_may_be_asked_twice(cloud: NrfCloud, server: SimulatedNrfCloud) -> None:
    proof = proof_of()
    first, second = await cloud.claim(proof), await cloud.claim(proof)
    assert (first.already, second.already) == (False, True)
    await cloud.check(proof)
    assert server.account.claims_made[proof.subject] == 1


async def test_rule_and_tag_are_ensured_once(cloud: NrfCloud, server: SimulatedNrfCloud) -> None:
    for _ in range(3):
        await cloud.prepare()
    assert calls(server, "POST", "/provisioning/tags") == 1
    assert calls(server, "POST", "/provisioning-rules") == 1
    (rule,) = server.account.rules
    kinds = [next(iter(each["request"])) for each in rule["commands"]]
    assert kinds == ["clientPrivateKeyGeneration", "cloudAccessKeyGeneration", "serverCertificate"]
    certificates = rule["commands"][2]["request"]["serverCertificate"]["content"]
    assert certificates.count("BEGIN CERTIFICATE") == 2


async def test_a_rule_on_a_later_page_is_not_made_again(
    cloud: NrfCloud, server: SimulatedNrfCloud
) -> None:
    for number in range(250):
        server.account.add_rule({"name": f"rule {number}", "commands": [], "tags": []})
    server.account.add_rule({"name": "nRF Cloud Onboarding", "commands": [], "tags": []})
    await cloud.prepare()
    assert calls(server, "POST", "/provisioning-rules") == 0
    assert calls(server, "GET", "/provisioning-rules") > 1


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("wrong-key", "KEY-REFUSED"),
        ("forbidden", "KEY-FORBIDDEN"),
        ("server-error", "CLOUD-BROKEN"),
        ("html", "CLOUD-NONSENSE"),
        ("truncated-json", "CLOUD-NONSENSE"),
        ("reset", "REPLY-LOST"),
        ("timeout", "REPLY-LOST"),
        ("claimed-elsewhere", "CLAIMED-ELSEWHERE"),
        ("lost-reply-always", "REPLY-LOST"),
        ("error-after-claim", "CLOUD-BROKEN"),
        ("late", "REPLY-LOST"),
    ],
)
async def test_each_way_to_fail_has_its_name(
    cloud: NrfCloud, server: SimulatedNrfCloud, fault: str, code: str
) -> None:
    server.faults = frozenset({fault})
    with pytest.raises(Fault) as caught:
        await cloud.claim(proof_of())
    assert caught.value.code == code
    said = f"{caught.value} {caught.value.trouble} {caught.value!r}"
    assert server.api_key not in said
    assert proof_of().text.get_secret_value()[:20] not in said


@pytest.mark.parametrize("fault", ["lost-reply-always", "error-after-claim", "late", "timeout"])
async def test_what_may_have_been_done_is_left_open(
    cloud: NrfCloud, server: SimulatedNrfCloud, fault: str
) -> None:
    server.faults = frozenset({fault})
    with pytest.raises(CloudFault) as caught:
        await cloud.claim(proof_of())
    assert caught.value.leaves_open


@pytest.mark.parametrize("fault", ["rate-limit", "rate-limit-bare"])
async def test_a_busy_cloud_is_waited_for(
    server: SimulatedNrfCloud, cloud: NrfCloud, fault: str
) -> None:
    server.faults = frozenset({fault})
    for number in range(25):
        assert await cloud.held(str(UUID(int=number))) is None


@pytest.mark.parametrize(
    ("fault", "code"), [("token-cut", "TOKEN-REFUSED"), ("token-forged", "TOKEN-REFUSED")]
)
async def test_a_token_that_is_not_genuine_is_refused(
    cloud: NrfCloud, fault: str, code: str
) -> None:
    with pytest.raises(Fault) as caught:
        await cloud.check(proof_of(faults=(fault,)))
    assert caught.value.code == code


async def test_nobody_there_is_unreachable_and_closes_nothing_open() -> None:
    options = NrfCloudOptions(provisioning_url="http://127.0.0.1:9/v1", timeout_s=0.5)
    cloud = NrfCloud(options, SecretStr("k"))
    with pytest.raises(Fault) as caught:
        await cloud.claim(proof_of())
    assert (caught.value.code, caught.value.leaves_open) == ("CLOUD-UNREACHABLE", False)
    await cloud.close()


def every_httpx_error() -> list[type[Exception]]:
    found: list[type[Exception]] = []
    ends: list[type[Exception]] = [httpx.HTTPError]
    while ends:
        kind = ends.pop()
        ends += kind.__subclasses__()
        found.append(kind)
    return [kind for kind in found if kind is not httpx.HTTPStatusError]


@pytest.mark.parametrize("kind", every_httpx_error(), ids=lambda kind: kind.__name__)
def test_every_exception_of_httpx_is_a_fault(kind: type[Exception]) -> None:
    fault = fault_of(kind("Bearer s3cret"))
    assert isinstance(fault, CloudFault)
    assert "s3cret" not in str(fault)
    never_left = {
        "ConnectError",
        "ConnectTimeout",
        "PoolTimeout",
        "ProxyError",
        "UnsupportedProtocol",
    }
    assert fault.leaves_open == (kind.__name__ not in never_left)


def test_a_bad_certificate_is_told_from_a_bad_network() -> None:
    error = httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate is not yet valid")
    assert fault_of(error).code == "CLOUD-UNTRUSTED"


@pytest.mark.parametrize(
    ("header", "detail"),
    [("3600", "asks to wait 3600 s"), ("Fri, 31 Dec 2100 23:59:59 GMT", "asks to wait")],
)
def test_a_wait_that_is_too_long_is_not_waited_for(header: str, detail: str) -> None:
    with pytest.raises(Fault, match=detail) as caught:
        reply_of(httpx.Response(429, headers={"retry-after": header}))
    assert type(caught.value).__name__ == "CloudBusy"


@pytest.mark.parametrize("header", ["", "soon", "-1"])
def test_a_wait_that_is_nonsense_is_our_own(header: str) -> None:
    with pytest.raises(Fault) as caught:
        reply_of(httpx.Response(429, headers={"retry-after": header}))
    assert caught.value.code == "CLOUD-BUSY"


def test_tags_are_a_list_and_not_words_with_commas() -> None:
    with pytest.raises(ValidationError, match="without commas"):
        NrfCloudOptions(tags=("a,b",))


async def test_a_reply_that_names_another_device_is_nonsense(server: SimulatedNrfCloud) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        return httpx.Response(201, json={"id": str(UUID(int=7))})

    cloud = NrfCloud(NrfCloudOptions(provisioning_url=server.address), SecretStr("k"))
    await cloud._caller._http.aclose()
    cloud._caller._http = httpx.AsyncClient(
        base_url="http://x/", transport=httpx.MockTransport(handler)
    )
    with pytest.raises(Fault) as caught:
        await cloud.claim(proof_of())
    assert (caught.value.code, caught.value.leaves_open) == ("CLOUD-NONSENSE", True)
    await cloud.close()


async def test_settings_of_address_header_and_path_are_used(server: SimulatedNrfCloud) -> None:
    options = NrfCloudOptions(
        provisioning_url=server.address + "/", claim_path="identities/claimed-devices"
    )
    cloud = NrfCloud(options, SecretStr(server.api_key))
    await cloud.claim(proof_of())
    assert calls(server, "POST", "/identities/claimed-devices") == 1
    await cloud.close()
