"""What a team's nRF Cloud account holds, and the rules by which it changes. No HTTP in here."""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from station.simulation import attestation, key_message
from station.simulation.attestation import Token
from station.simulation.nrf91_orders import DEFAULT_TAG
from station.simulation.nrf91_unit import imei_of
from station.simulation.nrf_cloud_fleet import Fleet, Refusal

MAX_COMMANDS = 20
BATCH = 5  # what a device asks for at a time
OWNER = "0f7c1f60-52a5-4a5f-8a3c-5d0b9c1f2f11"
_TYPES = {4: "nrf9161_LACA", 5: "nrf9131_LACA", 6: "nrf9151_LACA"}
_OPEN = frozenset({"PENDING", "IN_PROGRESS"})
_CLAIMED = "Device is already claimed"


@dataclass(slots=True)
class Device:
    """A claimed device. `waiting` commands come from rules and show once it has been online."""

    token: Token
    tags: tuple[str, ...]
    claimed_at: datetime
    commands: list[dict[str, Any]] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The device's UUID."""
        return str(self.token.device)

    def told(self) -> dict[str, Any]:
        """Return the device as the API tells it."""
        return {
            "id": self.id,
            "deviceType": _TYPES.get(self.token.device_type, str(self.token.device_type)),
            "firmwareId": str(self.token.firmware),
            "imei": imei_of(self.token.device),
            "ownerId": OWNER,
            "ownershipStatus": "IDENTIFIED",
            "tags": list(self.tags),
            "status": "READY",
            "claimedAt": self.claimed_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }


class Account:
    """A team's devices, rules and tags.

    `elsewhere` holds UUIDs that another team has claimed.
    `claims_asked` counts the claims that were asked for, dry runs not among them, by UUID (by a
    digest where the token can't be read); `claims_made` counts those that changed something.
    `fleet` is what it has in Device Management; `faults` are those of nrf_cloud_faults.py,
    `bulk_s` is how long a bulk operation takes.
    """

    def __init__(self) -> None:
        self.claimed: dict[str, Device] = {}
        self.elsewhere: set[str] = set()
        self.rules: list[dict[str, Any]] = []
        self.tags: dict[str, str] = {}
        self.fleet = Fleet()
        self.faults: frozenset[str] = frozenset()
        self.bulk_s = 0.0
        self.claims_asked: Counter[str] = Counter()
        self.claims_made: Counter[str] = Counter()

    @property
    def online(self) -> dict[str, dict[str, Any]]:
        """The devices that have connected, by id."""
        return {at: told for at, told in self.fleet.devices.items() if at in self.fleet.seen}

    def check(self, token_text: str) -> Token:
        """Return what the token says if its device could be claimed.

        Raises:
            Refusal: 422 for what is no genuine token, 409 when somebody has the device.

        """
        try:
            token = attestation.read(token_text)
        except ValueError as error:
            raise Refusal(422, f"Invalid claim token: {error}") from None
        if not attestation.is_genuine(token):
            raise Refusal(422, "Invalid claim token: the signature can't be verified")
        if token.device_type < min(_TYPES):
            raise Refusal(422, "Device type is not supported")
        device = str(token.device)
        all_elsewhere = "claimed-elsewhere" in self.faults
        if device in self.claimed or device in self.elsewhere or all_elsewhere:
            raise Refusal(409, _CLAIMED)
        return token

    def claim(self, token_text: str, tags: Sequence[str]) -> Device:
        """Make the device ours.

        Raises:
            Refusal: as `check`.

        """
        self.claims_asked[subject_of(token_text)] += 1
        token = self.check(token_text)
        # A client in use sends "a,b" as one tag.
        parted = tuple(tag.strip() for tags_sent in tags for tag in tags_sent.split(","))
        device = Device(token, tuple(filter(None, parted)), datetime.now(UTC))
        device.waiting = [
            new_command(step.get("request", {}), step.get("description", ""))
            for rule in self.rules
            if rule["active"] and set(rule["tags"]) & set(device.tags)
            for step in rule["commands"]
        ]
        self.claimed[device.id] = device
        self.claims_made[device.id] += 1
        return device

    def device(self, device_id: str) -> Device:
        """Return a device of ours.

        Raises:
            Refusal: 404, it is not.

        """
        if device_id not in self.claimed:
            raise Refusal(404, "Device not found")
        return self.claimed[device_id]

    def unclaim(self, device_id: str) -> None:
        """Let go of a device, and of all that is known of it.

        Raises:
            Refusal: 404, it is not ours.

        """
        del self.claimed[self.device(device_id).id]
        self.fleet.forget(device_id)

    def add_command(self, device_id: str, request: Any, description: str) -> dict[str, Any]:
        """Put a provisioning command in a device's queue.

        Raises:
            Refusal: 404 not ours, 422 no command or the queue is full.

        """
        device = self.device(device_id)
        if not isinstance(request, dict) or len(request) != 1:
            raise Refusal(422, "request must hold one command")
        waiting = [c for c in device.commands if c["status"] in _OPEN]
        if len(waiting) + len(device.waiting) >= MAX_COMMANDS:
            raise Refusal(422, f"A device may have at most {MAX_COMMANDS} commands")
        command = new_command(request, description)
        device.commands.append(command)
        return command

    def add_rule(self, rule: dict[str, Any]) -> dict[str, Any]:
        """Keep a provisioning rule; two of one name are two rules.

        Raises:
            Refusal: 422, a field is missing.

        """
        for name, kind in (("name", str), ("tags", list), ("commands", list)):
            if not isinstance(rule.get(name), kind):
                raise Refusal(422, f"{name} is missing or of the wrong type")
        kept = {"id": str(uuid.uuid4()), "active": False, "description": "", **rule}
        self.rules.append(kept)
        return kept

    def add_tag(self, tag: str, description: str) -> dict[str, Any]:
        """Keep a tag.

        Raises:
            Refusal: 422 it is empty, 409 it is there.

        """
        if not tag:
            raise Refusal(422, "tag is missing")
        if tag in self.tags:
            raise Refusal(409, "Tag already exists")
        self.tags[tag] = description
        return {"tag": tag, "description": description}

    def next_commands(self, device_id: str) -> list[dict[str, Any]]:
        """Return what a claimed device that is online has to do next, in order.

        Only now the commands of its rules are there to be seen.
        """
        device = self.claimed[device_id]
        device.commands += device.waiting
        device.waiting.clear()
        batch = [c for c in device.commands if c["status"] in _OPEN][:BATCH]
        for command in batch:
            command["status"] = "IN_PROGRESS"
        return [] if "never-ends" in self.faults else batch

    def report(
        self, device_id: str, command_id: str, error: dict[str, Any] | None, response: Any
    ) -> None:
        """Be told by a device how a command has ended; a failure empties the rest of its queue.

        Raises:
            Refusal: 404, no such device or command.

        """
        device, command = self.device(device_id), self.command(device_id, command_id)
        if "command-fails" in self.faults:
            error = {"code": 514, "message": "AT command failed with +CME ERROR: 514"}
        if error is None and not self._is_genuine(device, command, response):
            error = {"code": 400, "message": "The device's answer can't be verified"}
        command["status"] = "FAILED" if error else "SUCCEEDED"
        if error is None:
            command["response"] = response
            return
        if "failed-unsaid" not in self.faults:
            command["response"] = {"error": error}
        device.commands = [c for c in device.commands if c["status"] not in _OPEN]

    def command(self, device_id: str, command_id: str) -> dict[str, Any]:
        """Return a command of a device.

        Raises:
            Refusal: 404, no such device or command.

        """
        for known in self.device(device_id).commands:
            if known["id"] == command_id:
                return known
        raise Refusal(404, "Command not found")

    def come_online(self, device_id: str) -> None:
        """Be told that a device has connected, whatever its radio did: all that waits is done."""
        device = self.claimed.get(device_id)
        if device is None:
            return
        device.commands += device.waiting
        device.waiting.clear()
        for command in device.commands:
            command["status"] = "SUCCEEDED"
        if any("cloudAccessKeyGeneration" in command["request"] for command in device.commands):
            self.fleet.add(device_id)
            self.fleet.seen.add(device_id)

    def _is_genuine(self, device: Device, command: dict[str, Any], response: Any) -> bool:
        """Check what the device says of a key that it made; an access key is registered."""
        name, given = next(iter(command["request"].items()))
        told = (response or {}).get(name)
        if not told:
            return True
        text = str(next(iter(told.values())))
        payload_id = key_message.CSR if "csr" in told else key_message.PUBLIC_KEY
        try:
            made = key_message.read(
                text, device.token.device, int(given.get("secTag", DEFAULT_TAG)), payload_id
            )
        except (ValueError, TypeError):
            return False
        if name == "cloudAccessKeyGeneration":
            self.fleet.access_keys[device.id] = made.der
        return True


def subject_of(token_text: str) -> str:
    """Return the UUID that a token names, or a digest of what can't be read."""
    try:
        return str(attestation.read(token_text).device)
    except ValueError:
        return hashlib.sha256(token_text.encode()).hexdigest()


def new_command(request: dict[str, Any], description: str = "") -> dict[str, Any]:
    """Return a provisioning command that waits."""
    told = {"description": description, "request": request, "status": "PENDING"}
    return {"id": str(uuid.uuid4()), **told}
