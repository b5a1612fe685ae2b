"""Boards that Arduino's cloud is told of, before they come to it by themselves (Provisioning 2.0).

The codes of its refusals are not published but for those that its own client knows; the others are
read by their words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from station.clouds.http import Caller
from station.clouds.replies import Reply, refused
from station.faults import (
    ClaimedElsewhere,
    CloudBroken,
    CloudNonsense,
    CloudRefused,
    Fault,
    KeyMismatch,
    NotClaimable,
    TokenRefused,
)
from station.model import Claim, Connection, Proof, Unit

NAME = "arduino"
PROOF = "arduino board token"

_ONBOARDING = "provisioning/v1/onboarding"
_REGISTER = "provisioning/v1/boards/register"
_CODE = "err_code"
_NOT_KNOWN = frozenset({1, 2, 15})
_OTHER_KEY = 3
_TAKEN = re.compile(r"already|another (user|account|organi[sz]ation)|claimed", re.IGNORECASE)
_NO_TOKEN = re.compile(r"token|jwt|signature|expired", re.IGNORECASE)
_UHWID = re.compile(r"[0-9a-f]{64}")
_JWT = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+")

VENDOR = "2341"
_PRODUCTS: Mapping[str, str] = {
    "arduino:samd:nano_33_iot": "8057",
    "arduino:samd:mkr1000": "804E",
    "arduino:samd:mkrgsm1400": "8052",
    "arduino:samd:mkrnb1500": "8055",
    "arduino:samd:mkrwifi1010": "8054",
    "arduino:mbed_nano:nanorp2040connect": "005E",
    "arduino:mbed_portenta:envie_m7": "025B",
    "arduino:mbed_nicla:nicla_vision": "025F",
    "arduino:mbed_opta:opta": "0064",  # not 0264, which its Wi-Fi variant shows at the port
    "arduino:mbed_giga:giga": "0266",
    "arduino:renesas_uno:unor4wifi": "1002",
    "arduino:esp32:nano_nora": "0070",
    "arduino:renesas_portenta:portenta_c33": "0068",
}
"""By which product id a board is registered: the vendor's own client sends these, whatever variant
of the board is at the port."""


@dataclass(frozen=True, slots=True)
class Row:
    """An onboarding as the cloud lists it; `device` is empty until the board has come."""

    id: str
    uhwid: str
    device: str
    has_ended: bool
    begun: str

    def is_of(self, subject: str) -> bool:
        """Tell whether it speaks of the board, or has the id, that `subject` names."""
        return subject.lower() in {self.uhwid, self.id.lower()}


class Onboardings:
    """What the account has been told of."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._arrived: dict[str, Row] = {}

    async def rows(self) -> tuple[Row, ...]:
        """Return every onboarding, those that have ended too.

        Raises:
            CloudFault: the cloud does not tell.

        """
        reply = await self._caller.get(_ONBOARDING, params={"all": "true"})
        if reply.status != 200:
            raise refused(reply)
        if not isinstance(reply.body, Mapping) or "onboardings" not in reply.body:
            raise CloudNonsense("the cloud's answer is no list of onboardings")
        listed = reply.body["onboardings"]
        if listed is None:  # an empty list, as servers in Go tell it
            return ()
        if not isinstance(listed, list):
            raise CloudNonsense("the cloud's answer is no list of onboardings")
        return tuple(map(_row, listed))

    async def held(self, subject: str) -> Claim | None:
        """As `Cloud.held`: the onboarding that waits for the board, whose UHWID the subject is.

        One by which it has come already is over for us, whatever the cloud calls it: a unit that
        returns is claimed anew.
        """
        row = await self._open(subject)
        if row and row.device:
            self._arrived[subject] = row
            return None
        return Claim(cloud=NAME, device_id=row.id, already=True) if row else None

    async def enrol(self, proof: Proof, unit: Unit, connection: Connection, name: str) -> Claim:
        """As `OnboardsBoards.enrol`; an onboarding by which the board came before is ended first."""
        check(proof)
        if arrived := self._arrived.pop(proof.subject, None):
            await self._end(arrived)
        answer = await self._claim(proof, connection, name)
        if _code(answer) in _NOT_KNOWN:
            await self._register(proof, unit)
            answer = await self._claim(proof, connection, name)
            if _code(answer) in _NOT_KNOWN:
                raise CloudRefused(f"the board was registered and is not known: {_said(answer)}")
        if answer.status in {200, 201} and (claim := _claim_in(answer)):
            return claim
        fault = _refusal(answer, proof, unit)
        if isinstance(fault, ClaimedElsewhere) and (ours := await self.held(proof.subject)):
            return ours
        raise fault

    async def release(self, subject: str) -> bool:
        """As `Releases.release`: the device that the board has become, if it has, stays."""
        row = await self._open(subject)
        return await self._end(row) if row else False

    async def _end(self, row: Row) -> bool:
        reply = await self._caller.send("DELETE", f"{_ONBOARDING}/{quote(row.id, safe='')}")
        if reply.status in {200, 202, 204}:
            return True
        if reply.status == 404:
            return False
        raise refused(reply)

    async def _open(self, subject: str) -> Row | None:
        found = [row for row in await self.rows() if row.is_of(subject) and not row.has_ended]
        return max(found, key=lambda row: row.begun, default=None)

    async def _claim(self, proof: Proof, connection: Connection, name: str) -> Reply:
        body = {
            "ble_mac": dict(proof.told).get("ble mac", ""),
            "board_token": proof.text.get_secret_value(),
            "connection_type": str(connection),
            "device_name": name,
        }
        return await self._caller.send("POST", f"{_ONBOARDING}/claim", body=body, code_in=_CODE)

    async def _register(self, proof: Proof, unit: Unit) -> None:
        """Make the cloud know the board; one that it knows by now is no fault."""
        pid = _PRODUCTS.get(_product(unit))
        body = {
            "vid": VENDOR if pid else f"{unit.vid:04X}",
            "pid": pid or f"{unit.pid:04X}",
            "public_key": dict(proof.told)["public key"],
            "serial": unit.usb_serial,
            "unique_hardware_id": proof.subject,
        }
        reply = await self._caller.send("POST", _REGISTER, body=body, code_in=_CODE)
        if reply.status < 300 and not _code(reply):
            return
        fault = _refusal(reply, proof, unit)
        if isinstance(fault, ClaimedElsewhere):  # "already registered": the claim will tell
            return
        raise type(fault)(f"to register: {fault.detail}")


def check(proof: Proof) -> None:
    """See that the proof has the shape of a board's token: the cloud has no dry run.

    Raises:
        TokenRefused: it has not, so that no cloud would take it.

    """
    if proof.kind != PROOF:
        raise TokenRefused(f"it is a proof of the kind {proof.kind!r}, not {PROOF!r}")
    if not _UHWID.fullmatch(proof.subject):
        raise TokenRefused("the hardware id is not 64 lower-case hexadecimal digits")
    if not _JWT.fullmatch(proof.text.get_secret_value()):
        raise TokenRefused("it is no JSON Web Token")
    if not dict(proof.told).get("public key"):
        raise TokenRefused("it comes without the board's public key")


def _row(told: Any) -> Row:
    if not isinstance(told, Mapping):
        raise CloudNonsense("an onboarding that is none")
    id_, uhwid = told.get("id"), told.get("unique_hardware_id")
    device, begun = told.get("device_id") or "", told.get("claimed_at") or told.get("created_at")
    if not isinstance(id_, str) or not id_ or not isinstance(device, str):
        raise CloudNonsense("an onboarding without an id")
    if not isinstance(uhwid, str):
        raise CloudNonsense("an onboarding without a board")
    return Row(id_, uhwid.lower(), device, bool(told.get("ended_at")), str(begun or ""))


def _claim_in(answer: Reply) -> Claim | None:
    told = answer.body if isinstance(answer.body, Mapping) else {}
    id_ = told.get("id")
    if isinstance(id_, str) and id_:
        return Claim(cloud=NAME, device_id=id_)
    if not _code(answer):
        raise CloudNonsense("the cloud's answer names no onboarding")
    return None


def _code(answer: Reply) -> int:
    """Return the number of a refusal, 0 for none."""
    told = answer.body.get(_CODE) if isinstance(answer.body, Mapping) else None
    try:
        return int(str(told)) if told is not None else 0
    except ValueError:
        return 0


def _refusal(answer: Reply, proof: Proof, unit: Unit) -> Fault:
    said = _said(answer)
    if _code(answer) == _OTHER_KEY:
        return KeyMismatch(
            f"the cloud knows this board with another key. Arduino's support can mend it, and needs"
            f" the hardware id {proof.subject} of this {unit.hardware.title}. {said}"
        )
    if answer.status >= 500:
        return CloudBroken(said)
    if _TAKEN.search(answer.message) or answer.status == 409:
        return ClaimedElsewhere(said)
    if _NO_TOKEN.search(answer.message):
        return TokenRefused(said)
    if answer.status == 422:
        return NotClaimable(said)
    return refused(answer) if not _code(answer) else CloudRefused(said)


def _said(answer: Reply) -> str:
    return f"HTTP {answer.status} {_CODE} {_code(answer)} {answer.message}".strip()


def _product(unit: Unit) -> str:
    """Return the FQBN without its options."""
    return ":".join(unit.hardware.fqbn.split(":")[:3])
