"""An account for tests of the transports: what it was asked, and answers laid down before."""

from __future__ import annotations

from collections.abc import Sequence

from station.simulation.thingsboard_account import Account, Provisioned
from station.simulation.thingsboard_chain import key_and_secret
from station.simulation.thingsboard_credentials import certificate, mqtt_basic, token
from station.simulation.thingsboard_nouns import ALLOW_CREATE, CHAIN, Credentials, Device, Profile

SUCCESS = {
    "credentialsValue": "A1B2C3D4E5F6G7H8I9J0",
    "credentialsType": "ACCESS_TOKEN",
    "status": "SUCCESS",
}
NOT_FOUND = {"errorMsg": "Provision data was not found!", "status": "NOT_FOUND"}


class Books(Account):
    """A ThingsBoard with the device dev1, whose token is tok-1, and a profile with K and S.

    It gives `answers` in their order, the last one for ever; without any it decides by itself.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tenant = self.add_tenant("Acme").id
        self.profile = self._profile("Line", ALLOW_CREATE, "K", "S")
        self.dev1 = self.device("dev1", token("tok-1"))
        self.answers: list[Provisioned] = [Provisioned(dict(SUCCESS))]
        self.asked: list[bytes] = []
        self.chains: list[Sequence[str]] = []

    def provision(self, body: bytes) -> Provisioned:
        self.asked.append(body)
        if not self.answers:
            return super().provision(body)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def provision_by_chain(self, chain: Sequence[str]) -> Device | None:
        self.chains.append(chain)
        return super().provision_by_chain(chain)

    def device(self, name: str, given: Credentials) -> Device:
        return self.add_device(self.profile, name, given)

    def with_certificate(self, name: str, pem: str) -> Device:
        return self.device(name, certificate(pem))

    def with_login(self, name: str, client_id: str, username: str, password: str) -> Device:
        return self.device(name, mqtt_basic(client_id, username, password))

    def bound_to(self, transport: str) -> Device:
        """A device with the token "bound", for one transport only."""
        bound = self._profile(transport, ALLOW_CREATE, transport, "S", transport)
        return self.add_device(bound, "bound", token("bound"))

    def trust(self, ca_pem: str) -> None:
        """Let devices be made by certificates of this authority."""
        key, secret = key_and_secret(ca_pem)
        self._profile("Chain", CHAIN, key, secret)

    def _profile(
        self, name: str, kind: str, key: str, secret: str, transport: str = "DEFAULT"
    ) -> Profile:
        made = Profile(self.tenant, name, 0, kind, key, secret, transport=transport)
        return self.add_profile(made)
