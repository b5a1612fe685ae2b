"""What an account of Arduino's cloud holds, and the rules by which it changes. No HTTP in here."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from station.simulation import arduino_cloud_rules as rules
from station.simulation.arduino_cloud_authority import Authority, Certificate
from station.simulation.arduino_cloud_onboarding import Onboardings
from station.simulation.arduino_cloud_products import by_type
from station.simulation.arduino_cloud_refusals import Refusal

_LONGEST_TAG = 129


@dataclass(slots=True)
class Device:
    """A device. `password` is None until one was set; `deleted_at` is set while it is in the bin."""

    id: str
    name: str
    type: str
    created_at: datetime
    fqbn: str = ""
    serial: str = ""
    connection_type: str = ""
    wifi_fw_version: str = ""
    tags: dict[str, str] = field(default_factory=dict)
    certificates: dict[str, Certificate] = field(default_factory=dict)
    password: str | None = field(default=None, repr=False)
    is_online: bool = False
    last_activity_at: datetime | None = None
    deleted_at: datetime | None = None
    lora: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(slots=True)
class Thing:
    """A thing; `device_id` is None while none is attached."""

    id: str
    name: str
    created_at: datetime
    device_id: str | None = None
    timezone: str = "America/New_York"
    properties: list[Any] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    sketch_version: str = ""


class Account:
    """The devices, things and onboardings of one user or one organization.

    `organization` is the UUID of the organization, None for a user's own space. `authority` signs
    the certificates. `faults` are those of arduino_cloud_faults.py; `clock_ahead_s` is by how much
    the server's clock is wrong. `sketch_version` is that of the provisioning sketch on offer,
    `least_sketch` the oldest that may be used.
    """

    def __init__(self, organization: str | None = None) -> None:
        self.organization = organization
        self.user_id = str(uuid.uuid4())
        self.authority = Authority()
        self.devices: dict[str, Device] = {}
        self.things: dict[str, Thing] = {}
        self.faults: frozenset[str] = frozenset()
        self.clock_ahead_s = 0.0
        self.sketch_version, self.least_sketch = "0.6.2", "0.6.0"
        self.onboarding = Onboardings()

    def know_board(self, uhwid: str, public_key_pem: str, fqbn: str = "") -> None:
        """Let the cloud know a board, as it does one that has been registered.

        Raises:
            ValueError: no UHWID, or no P-256 key.

        """
        self.onboarding.know(uhwid, public_key_pem, fqbn)

    def now(self) -> datetime:
        """Return what the server's clock shows."""
        return datetime.now(UTC) + timedelta(seconds=self.clock_ahead_s)

    def device(self, device_id: str, *, deleted: bool = False) -> Device:
        """Return a device; with `deleted` one in the bin too.

        Raises:
            Refusal: 404, there is none.

        """
        device = self.devices.get(device_id)
        if device is None or (device.deleted_at is not None and not deleted):
            raise Refusal(404, "device not found")
        return device

    def create_device(self, kind: str, **more: Any) -> Device:
        """Make a device; asked twice there are two. One without a name gets one.

        Raises:
            Refusal: 400 for what no device can be.

        """
        known = by_type(kind)
        name = f"{known.label if known else kind} {len(self.devices) + 1}"
        device = Device(str(uuid.uuid4()), name, kind, self.now(), known.fqbn if known else "")
        self.change_device(device, more)
        self.devices[device.id] = device
        return device

    def change_device(self, device: Device, sent: dict[str, Any]) -> None:
        """Change what `sent` names.

        Raises:
            Refusal: 400, a field is not what it must be.

        """
        rules.check(sent, rules.DEVICE)
        for name in rules.DEVICE:
            setattr(device, name, sent.get(name) or getattr(device, name))
        if sent.get("soft_deleted") is False:
            device.deleted_at = None

    def delete_device(self, device_id: str, *, force: bool) -> None:
        """Put a device into the bin, or with `force` remove it; its thing is left without one.

        Raises:
            Refusal: 404, there is none.

        """
        device = self.device(device_id, deleted=force)
        device.deleted_at = self.now()
        if force:
            del self.devices[device_id]
        for thing in self.things.values():
            if thing.device_id == device_id:
                thing.device_id = None
        self.onboarding.device_gone(device_id, self.now())

    def listed(self, *, serial: str, tags: Iterable[str], deleted: bool) -> list[Device]:
        """Return the devices that have this serial number and all of these `key:value` tags.

        Raises:
            Refusal: 400, a tag is none.

        """
        wanted = []
        for tag in tags:
            key, colon, value = tag.partition(":")
            if not colon or not key or len(tag) > _LONGEST_TAG:
                raise Refusal(400, 'a tag is "key:value", of at most 129 characters')
            wanted.append((key, value))
        return [
            device
            for device in self.devices.values()
            if (deleted or device.deleted_at is None)
            and (not serial or device.serial == serial)
            and all(device.tags.get(key) == value for key, value in wanted)
        ]

    def certify(
        self, device: Device, csr: str, name: str, ca: str, *, enabled: bool
    ) -> Certificate:
        """Issue a certificate for a device; `name` is the subject that its CSR has.

        Raises:
            Refusal: 412, the CSR is not good.

        """
        if "csr-refused" in self.faults:
            raise Refusal(412, "invalid csr")
        on_the_hour = "certificate-off-hour" not in self.faults
        try:
            issued = self.authority.issue(
                device.id, csr, name=name, ca=ca, now=self.now(), on_the_hour=on_the_hour
            )
        except ValueError as error:
            raise Refusal(412, f"invalid csr: {error}") from None
        issued.enabled = enabled
        device.certificates[issued.id] = issued
        return issued

    def thing(self, thing_id: str) -> Thing:
        """Return a thing.

        Raises:
            Refusal: 404, there is none.

        """
        if thing_id not in self.things:
            raise Refusal(404, "thing not found")
        return self.things[thing_id]

    def thing_of(self, device_id: str) -> Thing | None:
        """Return the thing that a device is attached to."""
        return next((t for t in self.things.values() if t.device_id == device_id), None)

    def attach(self, thing: Thing, device_id: str | None, *, force: bool) -> None:
        """Attach a device to a thing, with `force` away from the one that has it.

        Raises:
            Refusal: 412 no such device, 409 another thing has it.

        """
        if device_id is None:
            thing.device_id = None
            return
        if device_id not in self.devices or self.devices[device_id].deleted_at is not None:
            raise Refusal(412, "the device does not exist")
        other = self.thing_of(device_id)
        if other is not None and other is not thing:
            if not force:
                raise Refusal(409, f"the device is attached to thing {other.id}")
            other.device_id = None
        thing.device_id = device_id

    def arrive(self, uhwid: str) -> str:
        """Have a claimed board come to the cloud by itself, without its wire; return its device.

        Raises:
            Declined: nobody has claimed it.

        """
        device = self.device_for(uhwid)
        self.complete(uhwid, "")
        return device.id

    def device_for(self, uhwid: str) -> Device:
        """Return the device of a claimed board; the first time it is made.

        Raises:
            Declined: nobody has claimed the board.

        """
        row = self.onboarding.open_for(uhwid)
        if row.device_id is None or row.device_id not in self.devices:
            made = self.create_device(
                row.fqbn.rpartition(":")[2] or "unknown",
                name=row.device_name,
                fqbn=row.fqbn,
                connection_type=row.connection_type,
                serial=self.onboarding.boards[uhwid].serial,
            )
            row.device_id = made.id
        return self.devices[row.device_id]

    def complete(self, uhwid: str, wifi_fw_version: str) -> None:
        """Note that the board holds its certificate.

        Raises:
            Declined: nobody has claimed it.

        """
        device = self.device_for(uhwid)
        device.wifi_fw_version = wifi_fw_version
        device.is_online, device.last_activity_at = True, self.now()
        self.onboarding.open_for(uhwid).provisioned_at = self.now()
