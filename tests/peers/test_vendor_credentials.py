"""The vendor's tools for credentials of one's own authority, against both halves of the simulation."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from cryptography import x509

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import Timing
from station.simulation.nrf91_login import login
from station.simulation.nrf_cloud import SimulatedNrfCloud
from tests.peers.vendor import DIALECTS, drive, plugged_in

pytestmark = pytest.mark.peer

TAG = 16_842_753
INSTALLER = "device_credentials_installer"


@pytest.fixture
async def authority(python: Path, cloud: SimulatedNrfCloud, tmp_path: Path) -> tuple[str, ...]:
    """Make a CA with the vendor's tool and return the options that name it."""
    folder = f"{tmp_path}/"
    status, said = await drive(python, cloud, "", "create_ca_cert", "-p", folder, "-f", "my_")
    assert status == 0, said
    made = {path.name.rpartition("_")[2]: str(path) for path in tmp_path.glob("my_*.pem")}
    return ("--ca", made["ca.pem"], "--ca-key", made["prv.pem"])


def installed(board: SimulatedNrf91) -> x509.Certificate:
    """Return the certificate in the board's tag; its key and a CA are there too."""
    shown = login(board._modem, TAG, "x")
    return x509.load_pem_x509_certificate(shown["certificate"].encode())


@pytest.mark.parametrize("fault", [None, "old-csr"])
@pytest.mark.parametrize("dialect", DIALECTS)
async def test_local_credentials(
    python: Path,
    cloud: SimulatedNrfCloud,
    tmp_path: Path,
    authority: tuple[str, ...],
    dialect: str,
    fault: str | None,
) -> None:
    board = SimulatedNrf91(7, dialect=dialect, faults=[fault] if fault else [])
    words = (*authority, "--csv", str(tmp_path / "onboard.csv"), "-d", "--verify", "--coap")
    async with plugged_in(board) as port:
        tool = (INSTALLER, "--port", port, "--cmd-type", DIALECTS[dialect], *words)
        status, said = await drive(python, cloud, port, *tool)

    assert status == 0, said
    assert "Credential verification: PASS" in said
    assert installed(board).subject.rfc4514_string() == f"CN={board.identity['uuid']}"


async def test_what_was_installed_is_onboarded_and_connects(
    python: Path, cloud: SimulatedNrfCloud, tmp_path: Path, authority: tuple[str, ...]
) -> None:
    board = SimulatedNrf91(7, dialect="at-shell", air=cloud.air)
    rows, device = tmp_path / "onboard.csv", board.identity["uuid"]
    async with plugged_in(board) as port:
        words = (*authority, "--csv", str(rows), "-d", "--cmd-type", "at_shell")
        status, said = await drive(python, cloud, port, INSTALLER, "--port", port, *words)
        assert status == 0, said
        rows.write_text('dev-1,,,APP,"no certificate"\n' + rows.read_text())

        words = ("--api-key", cloud.api_key, "--csv", str(rows))
        _, said = await drive(python, cloud, "", "nrf_cloud_onboard", *words)
        assert "dev-1,Invalid certificate" in said
        assert f"{device},OK" in said
        board.radio.connect()
        async with asyncio.timeout(10):
            await board.radio.connected.wait()

    assert cloud.account.online.keys() == {device}


@pytest.mark.parametrize("kind", ["tls_cred_shell", "nrf_cloud_cred_shell"])
async def test_the_tls_shell_takes_credentials_and_proves_them(
    python: Path, cloud: SimulatedNrfCloud, tmp_path: Path, authority: tuple[str, ...], kind: str
) -> None:
    words = (*authority, "--csv", str(tmp_path / "o.csv"), "--verify", "--id-str", "dev-1")
    local = ("--local-cert",) if kind == "tls_cred_shell" else ()
    async with plugged_in(SimulatedNrf91(7, dialect="tls-shell")) as port:
        tool = (INSTALLER, "--port", port, "--cmd-type", kind, *words, *local)
        status, said = await drive(python, cloud, port, *tool)

    assert status == 0, said
    assert "Credential verification: PASS" in said


@pytest.mark.slow
async def test_claim_and_provision_with_our_own_authority(
    python: Path, cloud: SimulatedNrfCloud, authority: tuple[str, ...]
) -> None:
    quick = Timing(attach_s=0.2, retry_s=3600)
    board = SimulatedNrf91(
        7, dialect="at-shell", firmware="sdk-sample", air=cloud.air, timing=quick
    )
    words = (*authority, "--api-key", cloud.api_key, "--cmd-type", "at_shell", "--coap")
    async with plugged_in(board) as port:
        tool = ("claim_and_provision_device", "--port", port, *words)
        status, said = await drive(python, cloud, port, *tool)
        assert status == 0, said
        device = board.identity["uuid"]
        known = cloud.account.claimed[device]
        assert [command["status"] for command in known.commands] == ["SUCCEEDED"] * 4
        assert installed(board).subject.rfc4514_string() == f"CN={device}"
        board.radio.boot()  # it had connected before the tool onboarded it
        async with asyncio.timeout(10):
            await board.radio.connected.wait()
    assert device in cloud.account.online


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_credentials_are_listed_and_deleted_but_the_modems_own(
    python: Path, cloud: SimulatedNrfCloud, dialect: str
) -> None:
    board = SimulatedNrf91(7, dialect=dialect)
    board.credentials.new_key(TAG, 2)
    board.credentials.write(50, 0, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----")
    async with plugged_in(board) as port:
        status, listed = await drive(python, cloud, port, "nrfcredstore", "list")
        assert status == 0, listed
        status, said = await drive(python, cloud, port, "nrfcredstore", "deleteall")
        assert status == 0, said

    for tag, name in ((TAG, "CLIENT_KEY"), (50, "ROOT_CA_CERT"), (4294967294, "DEV_ID_PUB_KEY")):
        assert any(line.split()[:2] == [str(tag), name] for line in listed.splitlines())
    assert "All credentials deleted." in said
    left = [tag for tag, _, _ in board.credentials.listed()]
    assert left == [4294967292, 4294967293, 4294967294]
