"""An account as the transports' tests need it: what it was given, and answers laid down before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from station.simulation.thingsboard_account import Account, Provisioned
from station.simulation.thingsboard_nouns import Credentials, Device, Profile

SUCCESS = {
    "credentialsValue": "A1B2C3D4E5F6G7H8I9J0",
    "credentialsType": "ACCESS_TOKEN",
    "status": "SUCCESS",
}
NOT_FOUND = {"errorMsg": "Provision data was not found!", "status": "NOT_FOUND"}


def device(name: str, transport: str = "DEFAULT") -> Device:
    profile = Profile("tenant", "Line", 0, transport=transport)
    return Device("tenant", name, profile, Credentials("ACCESS_TOKEN", name), 0)


@dataclass
class Books(Account):
    version: str = "4.3.0"
    answers: list[Provisioned] = field(default_factory=lambda: [Provisioned(dict(SUCCESS))])
    asked: list[bytes] = field(default_factory=list)
    chains: list[Sequence[str]] = field(default_factory=list)
    tokens: dict[str, Device] = field(default_factory=lambda: {"tok-1": device("dev1")})
    basics: dict[tuple[str, str, str], Device] = field(default_factory=dict)
    certificates: dict[str, Device] = field(default_factory=dict)
    in_chain: dict[str, Device] = field(default_factory=dict)
    windows: list[bytes] = field(default_factory=list)

    def provision(self, body: bytes) -> Provisioned:
        """Give the answers in their order, the last one for ever."""
        self.asked.append(body)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def provision_by_chain(self, chain: Sequence[str]) -> Device | None:
        self.chains.append(chain)
        for issuer in chain:
            if made := self.in_chain.get(issuer):
                self.certificates[chain[0]] = made
                return made
        return None

    def by_token(self, token: str) -> Device | None:
        return self.tokens.get(token)

    def by_basic(self, client_id: str, username: str, password: str) -> Device | None:
        return self.basics.get((client_id, username, password)) or self.tokens.get(username)

    def by_certificate(self, pem: str) -> Device | None:
        return self.certificates.get(pem)

    def write_telemetry(self, device: Device, body: bytes) -> None:
        device.telemetry.append((0, _object(body)))

    def write_attributes(self, device: Device, body: bytes) -> None:
        device.attributes["CLIENT_SCOPE"].update(_object(body))

    def claim_window(self, device: Device, body: bytes) -> None:
        self.windows.append(body)


def _object(body: bytes) -> dict[str, object]:
    content = json.loads(body)
    if not isinstance(content, dict):
        raise ValueError("no object")  # noqa: TRY004  # as json itself has it
    return content
