"""Which boards the provisioning service knows, who has claimed them, and which have come by themselves."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from station.simulation import arduino_cloud_jwt as jwt
from station.simulation.arduino_cloud_refusals import (
    BAD_BOARD_TOKEN,
    CLAIMED,
    NO_ONBOARDING,
    NOT_MIGRATED,
    NOT_REGISTERED,
    OTHER,
    OTHER_KEY,
    UNKNOWN_BOARD,
    Declined,
)

_UHWID = re.compile(r"[0-9a-f]{64}")
_UNKNOWN = {"unknown-as-2": NOT_MIGRATED, "unknown-as-15": NOT_REGISTERED}


@dataclass(slots=True)
class Board:
    """A board that the cloud knows by its key."""

    uhwid: str
    key: ec.EllipticCurvePublicKey
    fqbn: str = ""
    serial: str = ""


@dataclass(slots=True)
class Onboarding:
    """A claim on a board, from the claim until it ends; what has not happened is None."""

    id: str
    uhwid: str
    device_name: str
    connection_type: str
    ble_mac: str
    fqbn: str
    claimed_at: datetime
    device_id: str | None = None
    provisioned_at: datetime | None = None
    ended_at: datetime | None = None

    def told(self, user_id: str, organization: str | None) -> dict[str, Any]:
        """Return it as the list tells it."""
        return {
            "id": self.id,
            "unique_hardware_id": self.uhwid,
            "device_name": self.device_name,
            "connection_type": self.connection_type,
            "device_id": self.device_id,
            "user_id": user_id,
            "org_id": organization,
            "ble_mac": self.ble_mac,
            "created_at": instant(self.claimed_at),
            "claimed_at": instant(self.claimed_at),
            "provisioned_at": instant(self.provisioned_at),
            "ended_at": instant(self.ended_at),
            "fqbn": self.fqbn,
        }


class Onboardings:
    """The boards and the claims on them.

    `boards` are those that the cloud knows, by UHWID; `rows` the claims by id, the ended ones too;
    `elsewhere` holds the UHWIDs that another account has claimed. `claims_asked` and `claims_made`
    count by UHWID. A token's time may differ from the server's by `tolerance_s`.

    What happens when a board is claimed twice is not published. Ended claims stay in the list, so
    a new claim ends the one before; `claim-twice-refused` and `claim-twice-same` are otherwise.
    """

    def __init__(self) -> None:
        self.boards: dict[str, Board] = {}
        self.rows: dict[str, Onboarding] = {}
        self.elsewhere: set[str] = set()
        self.claims_asked: Counter[str] = Counter()
        self.claims_made: Counter[str] = Counter()
        self.tolerance_s = 300.0

    def know(self, uhwid: str, public_key_pem: str, fqbn: str = "", serial: str = "") -> None:
        """Keep a board's key in place of one that it may have had.

        Raises:
            ValueError: no UHWID, or no P-256 key.

        """
        if not _UHWID.fullmatch(uhwid):
            raise ValueError("a UHWID is 64 lower-case hexadecimal digits")
        self.boards[uhwid] = Board(uhwid, jwt.key_of(public_key_pem), fqbn, serial)

    def register(self, uhwid: str, public_key_pem: str, fqbn: str, serial: str) -> None:
        """Know a board from now on; the same board with the same key may be registered again.

        Raises:
            ValueError: no UHWID, or no P-256 key.
            Declined: the board is known with another key.

        """
        known = self.boards.get(uhwid)
        if known is not None and known.key != jwt.key_of(public_key_pem):
            raise Declined(409, "Public key mismatch", OTHER_KEY)
        self.know(uhwid, public_key_pem, fqbn, serial)

    def read(self, token_text: str, faults: frozenset[str] = frozenset()) -> jwt.BoardToken:
        """Return what a board's token says, if a board that is known has signed it.

        Raises:
            Declined: it is no token, the board is not known, or its key is another.

        """
        try:
            token = jwt.read(token_text)
        except ValueError as error:
            raise Declined(400, f"Invalid board token: {error}", BAD_BOARD_TOKEN) from None
        board = self.boards.get(token.uhwid)
        if board is None:
            code = next((_UNKNOWN[name] for name in sorted(faults & _UNKNOWN.keys())), None)
            raise Declined(404, "Board not found", code or UNKNOWN_BOARD)
        if "key-mismatch" in faults or not token.is_signed_by(board.key):
            raise Declined(409, "Public key mismatch", OTHER_KEY)
        return token

    def claim(
        self,
        token_text: str,
        faults: frozenset[str],
        now: datetime,
        *,
        device_name: str,
        connection_type: str,
        ble_mac: str,
    ) -> Onboarding:
        """Make a board ours, until it is let go.

        Raises:
            Declined: it can't be; the code says why.

        """
        token = self._claimable(token_text, faults, now)
        mine = self.current(token.uhwid)
        if mine is not None and "claim-twice-refused" in faults:
            raise Declined(409, "Board already claimed", CLAIMED)
        if mine is not None and "claim-twice-same" in faults:
            return mine
        if mine is not None:
            mine.ended_at = now
        row = Onboarding(
            str(uuid.uuid4()),
            token.uhwid,
            device_name,
            connection_type,
            ble_mac,
            self.boards[token.uhwid].fqbn,
            now,
            ended_at=now if "onboarding-ends" in faults else None,
        )
        self.rows[row.id] = row
        self.claims_made[token.uhwid] += 1
        return row

    def _claimable(self, token_text: str, faults: frozenset[str], now: datetime) -> jwt.BoardToken:
        if "register-loop" in faults:
            raise Declined(404, "Board not migrated", NOT_MIGRATED)
        if "claim-refused" in faults:
            raise Declined(400, "Onboarding is not possible for this board", OTHER)
        token = self.read(token_text, faults)
        self.claims_asked[token.uhwid] += 1
        if abs(token.issued_s - now.timestamp()) > self.tolerance_s:
            raise Declined(400, "Invalid board token: issued at another time", BAD_BOARD_TOKEN)
        if token.uhwid in self.elsewhere or "claimed-elsewhere" in faults:
            raise Declined(409, "Board already claimed by another user", CLAIMED)
        return token

    def current(self, uhwid: str) -> Onboarding | None:
        """Return the claim on a board that has not ended."""
        rows = (row for row in self.rows.values() if row.uhwid == uhwid)
        return next((row for row in rows if row.ended_at is None), None)

    def open_for(self, uhwid: str) -> Onboarding:
        """Return the claim on a board that has not ended.

        Raises:
            Declined: there is none.

        """
        row = self.current(uhwid)
        if row is None:
            raise Declined(404, "Board not claimed", NO_ONBOARDING)
        return row

    def end(self, onboarding_id: str, now: datetime) -> None:
        """Let go of a board; its device, if it has one, stays.

        Raises:
            Declined: there is no such claim, or it has ended.

        """
        row = self.rows.get(onboarding_id)
        if row is None or row.ended_at is not None:
            raise Declined(404, "Onboarding not found", NO_ONBOARDING)
        row.ended_at = now

    def device_gone(self, device_id: str, now: datetime) -> None:
        """End the claim by which a device came; the board can be claimed anew."""
        for row in self.rows.values():
            if row.device_id == device_id and row.ended_at is None:
                row.ended_at = now


def instant(when: datetime | None) -> str | None:
    """Return a time as the cloud tells it."""
    return None if when is None else when.isoformat(timespec="milliseconds")[:-6] + "Z"
