"""Devices of nRF Cloud: who is known, who has been heard, and units with certificates of our own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from station.clouds.http import Caller
from station.clouds.nrf_cloud_bulk import end_of, refusals
from station.clouds.nrf_cloud_pages import items
from station.clouds.replies import refused
from station.faults import (
    CloudFault,
    CloudNonsense,
    Fault,
    FileWrong,
    NeverOnline,
    OnboardingRefused,
)
from station.model import Onboarding
from station.vendor_csv import write_onboarding

MOST_AT_ONCE = 50
"""Devices in one question: their ids stand in the address, and 50 keep it below 2 kB."""

PROVISION = 1
"""The one command that a unit takes from its shadow: fetch your orders."""

LAST_NUMBER = 4_294_967_294

_THERE = re.compile(r"already|exists|duplicate", re.IGNORECASE)


class Devices:
    """The Cloud API's devices, a team's or a project's."""

    def __init__(
        self, caller: Caller, address: str, timeout_s: float, bulk_within_s: float
    ) -> None:
        self._caller, self._address = caller, address
        self._timeout_s, self._bulk_within_s = timeout_s, bulk_within_s
        self._in_doubt: set[Onboarding] = set()

    async def heard(self, subjects: Sequence[str]) -> Mapping[str, bool]:
        """Return which of `subjects` the cloud knows, by lower case, and whether it has heard them.

        A device is known from its first connection, or from its onboarding with a certificate; it
        has been heard when it has reported a state, or when the cloud tells of no state at all.
        """
        found: dict[str, bool] = {}
        wanted = {subject.lower() for subject in subjects}
        for start in range(0, len(wanted), MOST_AT_ONCE):
            some = sorted(wanted)[start : start + MOST_AT_ONCE]
            params = {"deviceIds": ",".join(some), "pageLimit": "100", "includeState": "true"}
            missing = set(some)
            async for device in items(self._caller, "devices", params):
                name = str(device.get("id", "")).lower()
                if name in missing:
                    found[name] = _has_reported(device)
                    missing.discard(name)
                if not missing:
                    break
        return found

    async def call_in(self, subject: str, number: int) -> None:
        """As `TakesOrders.call_in`."""
        if not 1 <= number <= LAST_NUMBER:
            raise ValueError(f"the number of a command is from 1 to {LAST_NUMBER}")
        path = f"devices/{quote(subject, safe='')}/state"
        state = {"desired": {"command": [PROVISION, number]}}
        reply = await self._caller.send("PATCH", path, body=state)
        if reply.status == 404:
            raise NeverOnline(reply.message)
        if reply.status not in {200, 202, 204}:
            raise refused(reply)

    async def forget(self, subject: str) -> bool:
        """As `TakesOrders.forget`."""
        reply = await self._caller.send("DELETE", f"devices/{quote(subject, safe='')}")
        if reply.status not in {200, 202, 204, 404}:
            raise refused(reply)
        return reply.status != 404

    async def onboard(self, units: Sequence[Onboarding]) -> tuple[Fault | None, ...]:
        """As `TakesOrders.onboard`."""
        answers: dict[int, Fault | None] = {}
        rows: dict[int, str] = {}
        for place, unit in enumerate(units):
            try:
                rows[place] = write_onboarding([unit])
            except FileWrong as wrong:
                answers[place] = OnboardingRefused(f"not sent: {wrong.detail}")
        if rows:
            sent = [units[place] for place in rows]
            answers |= zip(rows, await self._register(sent, list(rows.values())), strict=True)
        return tuple(answers[place] for place in range(len(units)))

    async def _register(
        self, units: Sequence[Onboarding], rows: Sequence[str]
    ) -> tuple[Fault | None, ...]:
        """Upload rows; a unit that is there already, from an upload whose end we lost, is done."""
        try:
            refused = await self._upload(rows)
        except CloudFault as fault:
            if fault.leaves_open:
                self._in_doubt.update(units)
            raise
        again = [
            unit.device_id
            for unit, no in zip(units, refused, strict=True)
            if no and unit in self._in_doubt and _THERE.search(no.detail)
        ]
        known = await self.heard(again) if again else {}
        self._in_doubt.difference_update(units)
        return tuple(
            None if unit.device_id in again and unit.device_id.lower() in known else no
            for unit, no in zip(units, refused, strict=True)
        )

    async def _upload(self, rows: Sequence[str]) -> tuple[OnboardingRefused | None, ...]:
        reply = await self._caller.send(
            "POST", "devices", csv="".join(rows), within_s=self._bulk_within_s
        )
        if reply.status not in {200, 201, 202}:
            raise OnboardingRefused(f"HTTP {reply.status} {reply.message}".strip())
        operation = reply.body.get("bulkOpsRequestId") if isinstance(reply.body, dict) else None
        if not isinstance(operation, str) or not operation:
            raise CloudNonsense("the cloud's answer names no operation")
        ended = await end_of(self._caller, operation, self._bulk_within_s)
        return await refusals(ended, len(rows), self._address, self._timeout_s)


def _has_reported(device: Mapping[str, Any]) -> bool:
    if "state" not in device:
        return True
    state = device["state"]
    return isinstance(state, Mapping) and bool(state.get("reported"))
