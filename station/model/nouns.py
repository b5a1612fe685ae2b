"""The nouns every room shares: immutable, and free of behaviour that needs a wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the window needs the nouns, and pydantic takes long to load
    from pydantic import SecretStr


class Outcome(StrEnum):
    """How a run or a step ended, and so who is to blame."""

    PASS = "pass"  # noqa: S105 - an outcome
    FAIL = "fail"
    """The unit is at fault: set it aside."""
    ERROR = "error"
    """The station, the network or a cloud is at fault: the unit may be good."""
    TIMEOUT = "timeout"
    ABORTED = "aborted"
    """A person stopped it."""
    UNKNOWN = "unknown"
    """The world may have changed and we do not know: settled later, never guessed."""


class Lamp(StrEnum):
    """The state of a thing the whole line leans on."""

    OFF = "off"
    GOOD = "good"
    BUSY = "busy"
    BAD = "bad"


class Medium(StrEnum):
    """What carries the bytes to a board."""

    SERIAL = "serial"
    BLUETOOTH = "bluetooth"
    USB = "usb"
    """Nothing that talks: a boot loader without a serial port, which takes files on USB itself."""


@dataclass(frozen=True, slots=True)
class Port:
    """What the operating system sees at one end of a wire.

    `path` is a device path (`/dev/ttyACM0`, `COM7`), a Bluetooth address, or `usb:` and the socket
    of what shows no serial port. `location` is the
    physical socket, without the interface (`1-4.2`), or the lane of a board on the air (`ble-1`);
    it is empty where the system does not tell.
    """

    path: str
    vid: int | None = None
    pid: int | None = None
    usb_serial: str = ""
    location: str = ""
    interface: int | None = None
    product: str = ""
    manufacturer: str = ""
    medium: Medium = Medium.SERIAL


@dataclass(frozen=True, slots=True)
class Attachment:
    """One thing that was plugged in, with all the ports it shows, in the order of interfaces."""

    ports: tuple[Port, ...]

    @property
    def where(self) -> str:
        """The physical socket, or the path of the first port where no socket is known."""
        first = self.ports[0]
        return next((port.location for port in self.ports if port.location), first.path)


@dataclass(frozen=True, slots=True)
class Attached:
    """A thing was plugged in and all of its ports have come."""

    attachment: Attachment


@dataclass(frozen=True, slots=True)
class Detached:
    """A thing has left, with all of its ports."""

    attachment: Attachment


Change = Attached | Detached


@dataclass(frozen=True, slots=True)
class Nearby:
    """A board that is heard on the air and waits to be picked.

    `address` is how the system calls it, `name` what it calls itself, `label` the address that it
    tells of itself, as its label has it (`F4:12:FA:65:43:21`); `rssi_dbm` how loud it is.
    """

    address: str
    name: str
    label: str
    rssi_dbm: int


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a unit sits, never who it is. `where` is a USB location or a port's path."""

    name: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a board says it is.

    `serial` is what people call the unit (an nRF91's IMEI). `ids` are (name, value) pairs that no
    two units of the world share; the record finds a unit by any of them. `told` are such pairs that
    only a proof can make sure: a token that is not the board's own must not name it in the record.
    """

    kind: str
    serial: str
    model: str
    firmware: str
    hardware: str = ""
    ids: tuple[tuple[str, str], ...] = ()
    told: tuple[tuple[str, str], ...] = ()

    def id(self, name: str) -> str:
        """Return the id called `name`, sure or only told; KeyError when the board did not say."""
        return dict((*self.told, *self.ids))[name]

    def proven(self, proof: Proof) -> Identity:
        """Return the identity with the id that `proof` has made sure."""
        return self.known_as(proof.names, proof.subject)

    def known_as(self, name: str, value: str) -> Identity:
        """Return the identity with an id that was made sure."""
        return replace(self, ids=(*self.ids, (name, value)), told=())


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that an identity is so: `text` goes to the cloud and is never printed.

    `subject` is the id that the proof speaks of, and the key by which a cloud finds the unit
    again; `names` is what that id is called. `told` is what the proof says of the unit in clear.
    """

    kind: str
    names: str
    subject: str
    text: SecretStr
    told: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A cloud's answer: the unit `device_id` is ours.

    `write` is what must be written to the unit, by name; it never prints.
    """

    cloud: str
    device_id: str
    already: bool = False
    tags: tuple[str, ...] = ()
    write: tuple[tuple[str, SecretStr], ...] = field(default=(), repr=False)


class CredentialKind(IntEnum):
    """What a modem keeps under a security tag; the numbers are those of AT%CMNG."""

    ROOT_CA = 0
    CLIENT_CERTIFICATE = 1
    CLIENT_KEY = 2
    PSK = 3
    PSK_IDENTITY = 4


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential that a unit keeps: where, what, and the digest that it tells of it."""

    sec_tag: int
    kind: CredentialKind
    digest: str


@dataclass(frozen=True, slots=True)
class SigningRequest:
    """A certificate signing request that a unit made for a key that never leaves it.

    `der` is DER, PKCS #10, with a self-signature that was checked; `subject` its common name;
    `device_id` who the unit's own signature over it says that it is, empty when it has none.
    """

    der: bytes
    subject: str
    sec_tag: int
    device_id: str = ""


class Progress(StrEnum):
    """How far a cloud has come with an order to a unit."""

    WAITING = "waiting"
    """The unit has not fetched it."""
    BUSY = "busy"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """The cloud uses a word that we don't know: it is over, and nobody knows how."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order to a unit in a cloud's queue; `body` is what was ordered.

    `answer` is what the unit said, by the cloud's names. A certificate request stands there as
    `csr`, whatever the cloud calls it. `reason` is why it failed, or the word that we don't know.
    """

    id: str
    kind: str
    progress: Progress
    answer: Mapping[str, Any] = field(default_factory=dict, repr=False)
    reason: str = ""
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Onboarding:
    """A unit that is registered with a certificate of ours; `certificate` is PEM, not a secret."""

    device_id: str
    certificate: str
    sub_type: str = ""
    tags: tuple[str, ...] = ()
    firmware_types: tuple[str, ...] = ("APP", "MODEM")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands with its cloud: four different things, none of which implies the next."""

    claimed: bool
    waiting: int
    """Orders that the unit has not carried out."""
    provisioned: bool
    connected: bool
    failed: int = 0
    """Orders that failed, or that ended nobody knows how."""


class Stage(StrEnum):
    """How far a unit has come; each but the first is a thing of its own that the cloud tells."""

    QUEUED = "queued"
    """Its proof waits for a network; nobody has verified it."""
    CLAIMED = "claimed"
    WAITING = "waiting"
    """Orders wait for it to fetch them."""
    PROVISIONED = "provisioned"
    CONNECTED = "connected"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault as data: `code` does not change with the language, `detail` is for the engineer.

    `halts`: it concerns the whole station, so that no further unit is begun until it is mended.
    `lamp` names what the whole line leans on and is in trouble: "cloud", "record" or nothing.
    `skippable`: it is a check that a second person may let a unit off, once.
    """

    code: str
    says: str
    remedy: str
    detail: str = ""
    halts: bool = False
    lamp: str = ""
    skippable: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of runs that are committed: today's, and those of the work order at hand.

    `first_pass` is the number of units whose first run of the day passed, of `units` seen.
    """

    passed: int = 0
    failed: int = 0
    units: int = 0
    first_pass: int = 0
    order_passed: int = 0
    order_quantity: int | None = None


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run that has ended, as the record remembers it; `ended` is ISO 8601 in UTC."""

    run: int
    ended: str
    slot: str
    unit: str
    outcome: Outcome
    code: str
