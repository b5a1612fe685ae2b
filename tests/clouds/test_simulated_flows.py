"""Whole flows against the simulated nRF Cloud, which was written from the facts by somebody else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from station.authority import Authority, KeyInMemory, make_authority
from station.clouds import TakesOrders
from station.clouds.nrf_cloud import NrfCloud
from station.clouds.nrf_cloud_options import NrfCloudOptions
from station.faults import CloudFault, Fault
from station.model import Claim, Onboarding, Progress, SigningRequest, Standing
from station.simulation.nrf_cloud import SimulatedNrfCloud
from tests.clouds.test_claim_many import told
from tests.clouds.test_nrf_cloud import proof_of

ACCESS = "cloudAccessKeyGeneration"
SEC_TAG = {"secTag": 16_842_753}
AUTHORITY = make_authority("Line 1")


@pytest.fixture
async def server() -> AsyncIterator[SimulatedNrfCloud]:
    async with SimulatedNrfCloud() as server:
        yield server


@pytest.fixture
async def cloud(server: SimulatedNrfCloud) -> AsyncIterator[TakesOrders]:
    options = NrfCloudOptions(provisioning_url=server.address, timeout_s=2, bulk_within_s=1)
    cloud = NrfCloud(options, SecretStr(server.api_key))
    yield cloud
    await cloud.close()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("station.clouds.nrf_cloud_bulk.POLL_FIRST_S", 0.001)


async def test_claimed_pending_provisioned_connected(
    cloud: TakesOrders, server: SimulatedNrfCloud
) -> None:
    proof = proof_of()
    await cloud.prepare()
    assert await cloud.standing(proof.subject) == Standing(False, 0, False, False)
    await cloud.claim(proof)
    assert await cloud.standing(proof.subject) == Standing(True, 0, False, False)
    await cloud.order(proof.subject, ACCESS, SEC_TAG)
    assert await cloud.standing(proof.subject) == Standing(True, 1, False, False)
    server.account.come_online(proof.subject)
    after = await cloud.standing(proof.subject)
    assert (after.claimed, after.waiting, after.provisioned) == (True, 0, True)
    assert {each.progress for each in await cloud.orders(proof.subject)} == {Progress.DONE}
    assert await cloud.release(proof.subject)
    assert await cloud.standing(proof.subject) == Standing(False, 0, False, False)
    await cloud.check(proof)


async def test_a_reported_state_is_a_sign_of_life(
    cloud: TakesOrders, server: SimulatedNrfCloud
) -> None:
    proof = proof_of()
    await cloud.claim(proof)
    device = server.account.fleet.add(proof.subject)
    assert not (await cloud.standing(proof.subject)).connected
    await cloud.call_in(proof.subject, 7)
    assert device["state"]["desired"]["command"] == [1, 7]
    device["state"]["reported"] = {"command": [1, 7]}
    assert (await cloud.standing(proof.subject)).connected


async def test_the_twentieth_order_is_the_last(cloud: TakesOrders) -> None:
    proof = proof_of()
    await cloud.claim(proof)
    put = [await cloud.order(proof.subject, ACCESS, SEC_TAG) for _ in range(20)]
    with pytest.raises(Fault) as caught:
        await cloud.order(proof.subject, ACCESS, SEC_TAG)
    assert (caught.value.code, caught.value.leaves_open) == ("QUEUE-FULL", False)
    await cloud.discard(proof.subject, put[0].id)
    await cloud.discard(proof.subject, put[0].id)
    assert (await cloud.order_now(proof.subject, put[0].id)).progress is Progress.UNKNOWN
    assert (await cloud.order(proof.subject, ACCESS, SEC_TAG)).progress is Progress.WAITING


async def test_an_order_whose_reply_is_lost_is_there(
    cloud: TakesOrders, server: SimulatedNrfCloud
) -> None:
    proof = proof_of()
    await cloud.claim(proof)
    server.faults = frozenset({"lost-reply-post"})
    with pytest.raises(CloudFault) as caught:
        await cloud.order(proof.subject, ACCESS, SEC_TAG)
    assert caught.value.leaves_open
    (found,) = await cloud.orders(proof.subject)
    assert (found.kind, found.body, found.progress) == (ACCESS, SEC_TAG, Progress.WAITING)


@pytest.mark.parametrize("fault", [None, "failed-strings", "failed-indexes"])
async def test_a_bulk_claim_that_partly_failed(
    cloud: TakesOrders, server: SimulatedNrfCloud, fault: str | None
) -> None:
    """Ours already, good, forged, another team's, cut off, good."""
    ours, good, theirs, last = (proof_of(number) for number in range(1, 5))
    forged, cut = proof_of(5, ("token-forged",)), proof_of(6, ("token-cut",))
    await cloud.claim(ours)
    server.account.elsewhere.add(theirs.subject)
    server.faults = frozenset({fault} if fault else ())
    found = told(await cloud.claim_many([ours, good, forged, theirs, cut, last]))
    assert [found[at] for at in (0, 1, 5)] == ["already", "claimed", "claimed"]
    if fault is None:
        assert [found[at] for at in (2, 3, 4)] == [
            "TOKEN-REFUSED",
            "CLAIMED-ELSEWHERE",
            "TOKEN-REFUSED",
        ]
    assert not {found[at] for at in (2, 3, 4)} & {"already", "claimed"}
    assert server.account.claims_made[ours.subject] == 1


@pytest.mark.parametrize("fault", ["lost-reply", "error-after-claim", "truncated-json"])
async def test_a_bulk_claim_whose_reply_is_lost_is_not_lost(
    cloud: TakesOrders, server: SimulatedNrfCloud, fault: str
) -> None:
    proofs = [proof_of(number) for number in range(1, 4)]
    server.faults = frozenset({fault})
    with pytest.raises(CloudFault) as caught:
        await cloud.claim_many(proofs)
    assert caught.value.leaves_open
    server.faults = frozenset()
    assert told(await cloud.claim_many(proofs)) == ["already"] * 3
    assert set(server.account.claims_made.values()) == {1}


def onboarding(number: int) -> Onboarding:
    """Return a unit with a certificate of a line's own authority."""
    pem, secret = AUTHORITY
    key = load_pem_private_key(secret.get_secret_value().encode(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    line = Authority(x509.load_pem_x509_certificate(pem.encode()), KeyInMemory(key))
    subject = str(UUID(int=number))
    own = ec.generate_private_key(ec.SECP256R1())
    asked = x509.CertificateSigningRequestBuilder().subject_name(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    )
    der = asked.sign(own, SHA256()).public_bytes(Encoding.DER)
    return Onboarding(subject, line.issue(SigningRequest(der, subject, 1)), tags=("line-1",))


async def test_units_with_our_own_certificates(
    cloud: TakesOrders, server: SimulatedNrfCloud
) -> None:
    units = [onboarding(number) for number in range(1, 4)]
    server.account.bulk_s = 0.05
    assert await cloud.onboard(units) == (None, None, None)
    assert server.account.fleet.certificates[units[0].device_id] == units[0].certificate
    stand = await cloud.standings([each.device_id for each in units])
    assert set(stand) == {Standing(False, 0, True, False)}
    again = await cloud.onboard([onboarding(9), *units[:1]])
    assert [each.detail if each else None for each in again] == [
        None,
        f"Device {units[0].device_id} already exists",
    ]


@pytest.mark.parametrize("is_lost", [True, False])
async def test_an_upload_whose_reply_is_lost_is_done(
    cloud: TakesOrders, server: SimulatedNrfCloud, *, is_lost: bool
) -> None:
    units = [onboarding(1), onboarding(2)]
    server.faults = frozenset({"lost-reply-post"} if is_lost else {"bulk-never-ends"})
    with pytest.raises(CloudFault) as caught:
        await cloud.onboard(units)
    assert (caught.value.code, caught.value.leaves_open) == ("REPLY-LOST", True)
    server.faults = frozenset()
    assert await cloud.onboard(units) == (None, None)


async def test_an_upload_that_fails(cloud: TakesOrders, server: SimulatedNrfCloud) -> None:
    server.faults = frozenset({"bulk-fails"})
    (answer,) = await cloud.onboard([onboarding(1)])
    assert answer
    assert (answer.code, answer.detail) == ("ONBOARDING-REFUSED", "Internal error")


async def test_ten_requests_a_second_are_kept(server: SimulatedNrfCloud) -> None:
    server.faults = frozenset({"rate-limit-10"})
    options = NrfCloudOptions(provisioning_url=server.address, requests_a_second=10)
    cloud = NrfCloud(options, SecretStr(server.api_key))
    for number in range(14):
        await cloud.held(str(UUID(int=number)))
    await cloud.close()
    assert {each.status for each in server.log} == {404}


@pytest.fixture
async def project(server: SimulatedNrfCloud) -> AsyncIterator[Callable[[str], NrfCloud]]:
    made: list[NrfCloud] = []

    def make(key: str) -> NrfCloud:
        options = NrfCloudOptions(
            generation="organization",
            organization="acme",
            project="trackers",
            cloud_url=server.address,
        )
        made.append(NrfCloud(options, SecretStr(key)))
        return made[-1]

    yield make
    for each in made:
        await each.close()


async def test_a_project_claims_and_lets_go(
    server: SimulatedNrfCloud, project: Callable[[str], NrfCloud]
) -> None:
    cloud = project(server.organization_token)
    await cloud.probe()
    first, second, theirs = (proof_of(number) for number in range(1, 4))
    server.account.elsewhere.add(theirs.subject)
    assert isinstance(await cloud.claim(first), Claim)
    found = told(await cloud.claim_many([first, second, theirs]))
    assert found == ["already", "already", "CLAIMED-ELSEWHERE"]
    assert await cloud.release(first.subject)
    assert await cloud.held(first.subject) is None


@pytest.mark.parametrize("generation", ["legacy", "organization"])
async def test_the_key_of_the_other_generation_is_refused_in_plain_words(
    server: SimulatedNrfCloud, project: Callable[[str], NrfCloud], generation: str
) -> None:
    if generation == "organization":
        cloud = project(server.api_key)
    else:
        options = NrfCloudOptions(provisioning_url=server.address)
        cloud = NrfCloud(options, SecretStr(server.organization_token))
    with pytest.raises(Fault, match="needs generation = ") as caught:
        await cloud.probe()
    assert caught.value.code == "KEY-REFUSED"
    await cloud.close()
