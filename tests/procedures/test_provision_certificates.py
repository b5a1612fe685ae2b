"""Units that show certificates, with keys of their own or the station's, and units that come alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pydantic import SecretStr

from station.authority import make_authority
from station.model import Outcome, RunEnded
from station.simulation.scripted import SimulatedConsole
from station.simulation.scripted_life import Life
from station.simulation.thingsboard import KNOWN
from station.simulation.thingsboard_chain import key_and_secret
from station.simulation.thingsboard_mqtt import MqttDoor
from station.simulation.thingsboard_nouns import CHAIN, Device, Profile
from tests.clouds.papers import Paper, server_side
from tests.provision_hall import ProvisionHall, provision_hall

REQUEST = (
    '[[board.request]]\nsend = "csr {name}"\n'
    "expect = 'BEGIN CERTIFICATE REQUEST-----(?P<request>[^-]+)-----END'\n"
)
KEYS = (
    'ssid = "ssid", password = "password", host = "host", port = "port", name = "name", '
    'certificate = "cert", authority = "ca"'
)
AUTHORITY = '[options.authority]\ncertificate = "line.pem"\n'
OWN_KEY = f'[board]\nkind = "esp_console"\nkeys = {{ {KEYS} }}\n{REQUEST}'
GIVEN_KEY = f'[board]\nkind = "esp_console"\nkeys = {{ {KEYS}, private_key = "key" }}\n'
SELF = (
    '[board]\nkind = "esp_console"\nkeys = { ssid = "ssid", password = "password", host = "host", '
    'port = "port", name = "name", provision_key = "prov_key", provision_secret = "prov_secret" }\n'
)
STRATEGIES = {
    "new": "",
    "known": f'strategy = "pre-provisioned"\nprofile = "{KNOWN}"',
    "chain": 'strategy = "certificate chain"\nprofile = "chained"',
    "known chain": 'strategy = "certificate chain"\nprofile = "chained"',
}


@dataclass
class Secured:
    """A line whose cloud takes certificates, by a strategy, and the line's own authority."""

    hall: ProvisionHall
    door: MqttDoor

    def use(self, strategy: str) -> None:
        """Have the product's profile be one of this strategy."""
        hall, account = self.hall, self.hall.cloud.account
        if strategy == "known":
            known = hall.cloud.known
            hall.keystore["thingsboard-provision-key"] = SecretStr(known.key or "")
            hall.keystore["thingsboard-provision-secret"] = SecretStr(known.secret or "")
        elif "chain" in strategy:
            key, secret = key_and_secret((hall.folder / "line.pem").read_text())
            made = Profile(hall.cloud.tenant.id, "chained", 0, CHAIN, key, secret)
            made.may_create = strategy == "chain"
            account.add_profile(made)

    async def work_on(
        self,
        procedure: str,
        board: str,
        strategy: str,
        more: str = "",
        options: str = "",
        *,
        cloud: str = "",
    ) -> None:
        await self.hall.work_on(
            procedure,
            f'network = "factory"\n{more}\n{options}',
            board=board,
            cloud=f'timeout_s = 5\nca_file = "server-ca.pem"\n{STRATEGIES[strategy]}\n{cloud}',
            mqtt=f"mqtts://{self.door.address}",
        )

    async def passes(self, board: SimulatedConsole) -> None:
        ended = await self.hall.run(board)
        assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)

    @property
    def device(self) -> Device:
        (only,) = self.hall.cloud.account.devices.values()
        return only

    def code(self, ended: RunEnded) -> str:
        assert ended.trouble is not None
        return ended.trouble.code


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Secured]:
    async with provision_hall(tmp_path / "line") as hall:
        certificate, key = make_authority("Line 1")
        (hall.folder / "line.pem").write_text(certificate)
        hall.keystore["station-authority"] = key
        server_ca = Paper("server-ca")
        server_ca.save(hall.folder)
        door = MqttDoor(hall.cloud.account, tls=server_side(Paper("server", server_ca), tmp_path))
        await door.start()
        yield Secured(hall, door)
        await door.close()


def shown(device: Device) -> x509.Certificate:
    """Return the certificate by which the cloud lets the device in."""
    assert device.credentials.type == "X509_CERTIFICATE"
    body = (device.credentials.value or "").encode()
    return x509.load_pem_x509_certificate(
        b"-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n" % body
    )


def point(certificate: x509.Certificate) -> bytes:
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return certificate.public_key().public_bytes(*form)


@pytest.mark.parametrize("strategy", STRATEGIES)
async def test_a_unit_comes_by_its_own_key_stays_and_comes_anew(
    line: Secured, strategy: str
) -> None:
    line.use(strategy)
    board = SimulatedConsole(1)
    points = []
    for more in ("", "", "again = true", ""):
        await line.work_on(
            "provision_own_key", OWN_KEY, strategy, f"{more}\narrive_within_s = 20", AUTHORITY
        )
        await line.passes(board)
        assert board.key
        assert shown(line.device).public_key() == board.key.public_key()
        assert line.device.name == board.identity["serial"]
        assert line.device.attributes["SERVER_SCOPE"]["lastConnectTime"] > 0
        points.append(point(shown(line.device)))
    assert (points[0], points[2]) == (points[1], points[3])
    assert points[1] != points[2]
    assert [already for _, already in line.hall.claims][-4:] == [False, True, False, True]


@pytest.mark.parametrize("strategy", STRATEGIES)
async def test_a_unit_that_did_not_come_is_named_and_does_at_its_next_visit(
    line: Secured, strategy: str
) -> None:
    line.use(strategy)
    await line.work_on("provision_own_key", OWN_KEY, strategy, "arrive_within_s = 0.5", AUTHORITY)
    ended = await line.hall.run(SimulatedConsole(1, faults=["stays-away"]))
    assert (ended.outcome, line.code(ended)) == (Outcome.FAIL, "NEVER-CAME")
    await line.work_on("provision_own_key", OWN_KEY, strategy, "arrive_within_s = 20", AUTHORITY)
    board = SimulatedConsole(1)
    await line.passes(board)
    assert board.key
    assert shown(line.device).public_key() == board.key.public_key()


@pytest.mark.parametrize("strategy", STRATEGIES)
async def test_a_certificate_of_the_station_is_proven_written_and_changed(
    line: Secured, strategy: str
) -> None:
    line.use(strategy)
    board = SimulatedConsole(1)
    points = []
    for more in ("", "", "again = true", ""):
        told = f'{more}\ncredential = "certificate"\ntelemetry = {{ checked = 1 }}'
        await line.work_on("provision", GIVEN_KEY, strategy, told, AUTHORITY)
        await line.passes(board)
        points.append(point(shown(line.device)))
        assert line.device.telemetry
    assert (points[0], points[2]) == (points[1], points[3])
    assert points[1] != points[2]
    assert line.hall.claims[0] == (board.identity["serial"], False)
    key = "".join(board.stored[f"prov/key.{n}"] for n in range(int(board.stored["prov/key"])))
    assert key.encode() not in line.hall.written()


@pytest.mark.parametrize("strategy", ["new", "known", "known chain"])
@pytest.mark.parametrize("lost", ["provision", "create"])
async def test_a_lost_answer_costs_no_second_device(
    line: Secured, strategy: str, lost: str
) -> None:
    line.use(strategy)
    line.hall.cloud.faults = [f"lost-reply-{lost}"]
    board = SimulatedConsole(1)
    for procedure, table, told in (
        ("provision_own_key", OWN_KEY, "arrive_within_s = 20"),
        ("provision", GIVEN_KEY, 'credential = "certificate"\nagain = true'),
    ):
        await line.work_on(procedure, table, strategy, told, AUTHORITY)
        await line.passes(board)
    assert line.device.name == board.identity["serial"]


async def test_a_chain_that_the_cloud_cut_after_the_handshake_is_shown_again(
    line: Secured,
) -> None:
    line.use("chain")
    line.door.cut_after = 0
    told = 'credential = "certificate"'
    await line.work_on("provision", GIVEN_KEY, "chain", told, AUTHORITY)
    board = SimulatedConsole(1)
    ended = await line.hall.run(board)
    assert ended.outcome is Outcome.UNKNOWN
    line.door.cut_after = None
    await line.passes(board)
    assert line.device.name == board.identity["serial"]


async def test_a_server_that_nobody_knows_is_told_no_word(line: Secured) -> None:
    line.use("chain")
    Paper("server-ca").save(line.hall.folder)
    told = 'credential = "certificate"'
    await line.work_on("provision", GIVEN_KEY, "chain", told, AUTHORITY)
    ended = await line.hall.run(SimulatedConsole(1))
    assert line.code(ended) == "CLOUD-UNTRUSTED"
    assert line.hall.cloud.account.devices == {}


@pytest.mark.parametrize("strategy", ["new", "known"])
@pytest.mark.parametrize("version", ["4.3.0", "4.2.1"])
async def test_a_unit_provisions_itself_stays_and_comes_anew(
    line: Secured, strategy: str, version: str
) -> None:
    line.use(strategy)
    line.hall.cloud.account.version = version
    sign_in = f'sign_in = "password"\nuser = "{line.hall.cloud.admin.email}"'  # older than API keys
    board = SimulatedConsole(1)
    for more in ("", "", "again = true", ""):
        told = f"{more}\narrive_within_s = 20"
        await line.work_on("provision_self", SELF, strategy, told, cloud=sign_in)
        await line.passes(board)
        state = line.device.attributes["SERVER_SCOPE"]["provisionState"]
        assert (line.device.name, state) == (board.identity["serial"], "provisioned")
    assert [already for _, already in line.hall.claims] == [False, True, False, True]


async def test_a_unit_that_tells_no_name_never_comes(line: Secured) -> None:
    await line.work_on("provision_self", SELF, "new", "arrive_within_s = 0.5")
    ended = await line.hall.run(SimulatedConsole(1, faults=["nameless"]))
    assert (ended.outcome, line.code(ended)) == (Outcome.FAIL, "NEVER-CAME")


async def test_who_comes_by_an_old_certificate_has_not_come_by_the_new_one(
    line: Secured, monkeypatch: pytest.MonkeyPatch
) -> None:
    board, start, starts = SimulatedConsole(1), Life.start, []
    await line.work_on("provision_own_key", OWN_KEY, "new", "arrive_within_s = 20", AUTHORITY)
    await line.passes(board)

    def only_when_plugged_in(self: Life) -> None:
        starts.append(self)
        if len(starts) == 1:
            start(self)

    monkeypatch.setattr(Life, "start", only_when_plugged_in)
    told = "again = true\narrive_within_s = 0.5"
    await line.work_on("provision_own_key", OWN_KEY, "new", told, AUTHORITY)
    ended = await line.hall.run(board)
    assert len(starts) == 2
    assert (ended.outcome, line.code(ended)) == (Outcome.FAIL, "NEVER-CAME")
