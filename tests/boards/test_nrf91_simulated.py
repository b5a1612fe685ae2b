"""Our side against the simulated firmware, which was written from the same facts by other hands."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from station.boards.nrf91 import Nrf91, Nrf91Options
from station.faults import (
    BoardRefused,
    CredentialExists,
    NotClaimable,
    PowerNeeded,
)
from station.links.memory import pair
from station.model import CredentialKind
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.zephyr import entry
from station.wire import attestation
from tests.boards.scripted_nrf91 import at_once

TAG = 16842753
DIALECTS = ["at-host", "at-shell", "tls-shell"]
KEY = ec.derive_private_key(9, ec.SECP256R1())


def pem(name: str = "authority") -> str:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    request = x509.CertificateSigningRequestBuilder().subject_name(subject)
    return (
        request.sign(KEY, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode("ascii")
    )


def options(dialect: str, **more: Any) -> Nrf91Options:
    speaks = "credential shell" if dialect == "tls-shell" else "at"
    return Nrf91Options.model_validate({"speaks": speaks, **more})


def told(simulated: SimulatedNrf91, story: Callable[[Nrf91], Awaitable[None]], **more: Any) -> None:
    async def whole() -> None:
        ours, theirs = pair()
        life = asyncio.create_task(simulated.run(theirs))
        try:
            board = await Nrf91.open(ours, options(simulated.dialect, **more))
            await story(board)
            await board.close()
        finally:
            await ours.close()
            with suppress(asyncio.CancelledError):
                await life

    at_once(whole())


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("faults", [(), ("noisy",), ("log-inside",)])
def test_local_credentials_are_made_written_read_back_and_erased(
    dialect: str, faults: tuple[str, ...]
) -> None:
    simulated = SimulatedNrf91(3, dialect=dialect, faults=faults)

    async def story(board: Nrf91) -> None:
        identity = await board.identify()
        await board.go_offline()
        assert await board.credentials(TAG) == ()
        request = await board.make_key(TAG)
        assert x509.load_der_x509_csr(request.der).is_signature_valid
        uuid = simulated.identity["uuid"]
        assert request.subject == uuid
        assert request.device_id == ("" if dialect == "tls-shell" else uuid)
        assert identity.serial == (uuid if dialect == "tls-shell" else simulated.identity["imei"])
        for kind in (CredentialKind.ROOT_CA, CredentialKind.CLIENT_CERTIFICATE):
            await board.write_credential(TAG, kind, pem() + pem("other"))
            await board.write_credential(TAG, kind, pem() + pem("other"))
        with pytest.raises(CredentialExists):
            await board.make_key(TAG)
        kept = await board.credentials(TAG)
        assert sorted(each.kind for each in kept) == [0, 1, 2]
        assert {each.sec_tag for each in kept} == {TAG}
        await board.go_online()
        for kind in CredentialKind:
            await board.erase_credential(TAG, kind)
            await board.erase_credential(TAG, kind)
        assert await board.credentials(TAG) == ()

    told(simulated, story)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_subject_of_our_own_is_taken(dialect: str) -> None:
    async def story(board: Nrf91) -> None:
        await board.go_offline()
        request = await board.make_key(TAG, "nrf-352656100367872")
        assert request.subject == "nrf-352656100367872"

    told(SimulatedNrf91(3, dialect=dialect), story)


@pytest.mark.parametrize("dialect", ["at-host", "at-shell"])
def test_a_board_on_the_air_is_taken_off_it_when_it_says_so_and_put_back(dialect: str) -> None:
    simulated = SimulatedNrf91(3, dialect=dialect)
    simulated._modem.mode = 1

    async def story(board: Nrf91) -> None:
        await board.make_key(TAG)
        assert simulated._modem.mode == 4

    told(simulated, story)
    assert simulated._modem.mode == 1


@pytest.mark.parametrize("dialect", ["at-host", "at-shell"])
@pytest.mark.parametrize("fault", ["old-csr", "keygen-unsaid", "old-modem"])
def test_a_request_of_an_old_modem_and_one_that_is_lost_at_first_are_had(
    dialect: str, fault: str
) -> None:
    simulated = SimulatedNrf91(3, dialect=dialect, faults=(fault,))

    async def story(board: Nrf91) -> None:
        await board.go_offline()
        request = await board.make_key(TAG)
        key = x509.load_der_x509_csr(request.der)
        ours = simulated.credentials.key(TAG)
        assert key.is_signature_valid
        assert ours
        assert key.public_key() == ours.public_key()

    told(simulated, story)


@pytest.mark.parametrize(
    ("dialect", "fault", "says"),
    [
        ("at-host", "memory-full", r'AT%CMNG=0,16842753,0,"…": \+CME ERROR: 515, memory full'),
        ("at-shell", "no-unescape", "527, invalid content"),
    ],
)
def test_a_credential_that_is_not_taken_is_refused_with_the_reason(
    dialect: str, fault: str, says: str
) -> None:
    async def story(board: Nrf91) -> None:
        await board.go_offline()
        with pytest.raises(BoardRefused, match=says):
            await board.write_credential(TAG, CredentialKind.ROOT_CA, pem())

    told(SimulatedNrf91(3, dialect=dialect, faults=(fault,)), story)


def test_a_modem_that_can_not_make_a_key_says_so() -> None:
    async def story(board: Nrf91) -> None:
        await board.go_offline()
        with pytest.raises(BoardRefused, match="523, key generation failed"):
            await board.make_key(TAG)

    told(SimulatedNrf91(3, faults=("keygen-fails",)), story)


def test_a_credential_longer_than_the_shells_line_is_refused_in_words() -> None:
    async def story(board: Nrf91) -> None:
        await board.go_offline()
        with pytest.raises(BoardRefused, match="more than its shell's line can hold"):
            await board.write_credential(TAG, CredentialKind.ROOT_CA, pem() * 6)

    told(SimulatedNrf91(3, dialect="at-shell"), story)


@pytest.mark.parametrize(
    ("firmware", "way"),
    [
        ("att-1.5.3", "att_cloud provision"),
        ("att-1.2.7", "att_cloud provision"),
        ("att-1.2.6", "att_cloud_provision now"),
        ("sdk-sample", "nrf_provisioning now"),
        ("att-1.1.0", "kernel reboot warm"),
    ],
)
def test_a_board_is_woken_in_the_way_that_its_firmware_knows(firmware: str, way: str) -> None:
    async def story(board: Nrf91) -> None:
        assert await board.wake() == way
        assert await board.wake() == way
        await board.make_key(TAG)
        with pytest.raises(CredentialExists):  # and not a bare ERROR: its errors have numbers again
            await board.make_key(TAG)

    told(SimulatedNrf91(3, dialect="at-shell", firmware=firmware), story)


def test_only_a_person_wakes_an_at_host() -> None:
    async def story(board: Nrf91) -> None:
        with pytest.raises(PowerNeeded):
            await board.wake()

    told(SimulatedNrf91(3), story)


@pytest.mark.parametrize("name", ["att-1.1.1", "att-1.3.0", "att-1.4.0", "att-1.5.3", "sdk-sample"])
def test_a_token_in_the_boot_log_is_found_in_every_form(name: str) -> None:
    simulated = SimulatedNrf91(3, dialect="at-shell", firmware=name)

    async def whole() -> None:
        ours, theirs = pair()
        life = asyncio.create_task(simulated.run(theirs))
        board = await Nrf91.open(ours, Nrf91Options(token="boot log"))
        token = simulated._modem.token(None)
        await asyncio.sleep(0)  # the board begins
        for number, (level, text) in enumerate(simulated.firmware.unclaimed(token)):
            simulated._log_of_the_radio(entry(level, text, 61 + number / 1000))
        identity = await board.identify()
        proof = await board.prove()
        assert identity.serial == proof.subject == simulated.identity["uuid"]
        assert proof.text.get_secret_value() == token
        assert attestation.read(token).nonce.hex() == dict(proof.told)["nonce"]
        await ours.close()
        await life

    at_once(whole())


def test_a_board_without_a_modem_has_nothing_to_claim_with() -> None:
    async def story(board: Nrf91) -> None:
        before = await board.credentials(TAG)
        identity = await board.identify()
        assert identity.ids == (("device_id", identity.serial),)
        assert await board.credentials(TAG) == before == ()
        with pytest.raises(NotClaimable):
            await board.prove()

    told(SimulatedNrf91(3, dialect="tls-shell"), story)
