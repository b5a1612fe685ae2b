"""A simulated nRF Cloud's end of the air: what devices fetch, report, and connect with."""

from __future__ import annotations

from typing import Any

from station.simulation import attestation
from station.simulation.air import Message
from station.simulation.nrf_cloud_account import Account
from station.simulation.nrf_cloud_fleet import Refusal


def answer(account: Account, message: Message) -> Message:
    """Answer one message of a device, as air.py has it.

    Raises:
        Refusal: 401 the token is not genuine, 404 or 422 what it says can't be.

    """
    try:
        token = attestation.read(str(message.get("token")))
    except ValueError as error:
        raise Refusal(401, f"Invalid token: {error}") from None
    if not attestation.is_genuine(token):
        raise Refusal(401, "Invalid token")
    try:
        return _answer(account, str(token.device), message)
    except (KeyError, TypeError, ValueError) as error:
        raise Refusal(422, f"Not a message: {error!r}") from None


def _answer(account: Account, device: str, message: Message) -> Message:
    match message.get("ask"):
        case "commands":
            return _commands(account, device)
        case "report":
            account.report(device, str(message["command"]), message["error"], message["response"])
            return {}
        case "connect":
            if "blocked" in account.faults and device in account.claimed:
                return {"refused": "the device is blocked"}
            return {"refused": account.fleet.connect(message)}
        case "shadow":
            client = str(message["client_id"])
            return {"delta": account.fleet.delta(client) if client in account.fleet.seen else {}}
        case "reported":
            account.fleet.patch(str(message["client_id"]), {"reported": message["state"]})
            return {}
        case _:
            raise Refusal(422, "ask is missing")


def _commands(account: Account, device: str) -> dict[str, Any]:
    if device not in account.claimed:
        return {"state": "unclaimed", "commands": []}
    if "blocked" in account.faults:
        return {"state": "blocked", "commands": []}
    told = [{"id": c["id"], "request": c["request"]} for c in account.next_commands(device)]
    return {"state": "claimed", "commands": told}
