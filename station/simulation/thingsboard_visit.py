"""One call of ThingsBoard's REST API: who makes it, on what, and what was sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from station.simulation import thingsboard_shapes as shapes
from station.simulation import thingsboard_values as values
from station.simulation.http_server import Request, Response, json_response
from station.simulation.thingsboard_account import Account
from station.simulation.thingsboard_nouns import Device, Profile, User
from station.simulation.thingsboard_refusals import CONFLICT, GENERAL, PERMISSION, Refused, missing
from station.simulation.thingsboard_users import Users

ID = r"([0-9a-fA-F-]{36})"
_NO_RIGHT = "You don't have permission to perform this operation!"


@dataclass(frozen=True, slots=True)
class Visit:
    """A call by `user`."""

    account: Account
    users: Users
    user: User
    request: Request

    def admin_only(self) -> None:
        """Let only tenant administrators go on.

        Raises:
            Refused: 403.

        """
        if self.user.authority != "TENANT_ADMIN":
            raise forbidden()

    def sent(self) -> dict[str, Any]:
        """Return the JSON object that was sent.

        Raises:
            Refused: 400, it is none.

        """
        return content(self.request)

    def device(self, device_id: str) -> Device:
        """Return a device that the user may see.

        Raises:
            Refused: 404 or 403.

        """
        device = self.account.devices.get(device_id)
        if device is None:
            raise missing()
        own = self.user.authority == "TENANT_ADMIN" or device.customer == self.user.customer
        if device.tenant != self.user.tenant or not own:
            raise forbidden()
        return device

    def profile(self, profile_id: str) -> Profile:
        """Return a profile of the user's tenant.

        Raises:
            Refused: 404.

        """
        profile = self.account.profiles.get(profile_id)
        if profile is None or profile.tenant != self.user.tenant:
            raise missing()
        return profile

    def page(self, of: list[dict[str, Any]], text_key: str = "name") -> Response:
        """Return a page of what there is, as the query wants it.

        Raises:
            Refused: 400, it does not say which.

        """
        query = self.request.query
        words = query.get("textSearch", "").lower()
        found = [told for told in of if words in str(told.get(text_key, "")).lower()]
        if (by := query.get("sortProperty")) is not None:
            found.sort(
                key=lambda told: (told.get(by) is not None, told.get(by)),
                reverse=_descends(query),
            )
        size, number = self._number("pageSize"), self._number("page")
        if size < 1:
            raise Refused("Incorrect page link page size '0'. Page size must be greater than zero.")
        return json_response(200, shapes.page(found, size, number))

    def _number(self, name: str) -> int:
        text = self.request.query.get(name, "")
        if not re.fullmatch(r"\d{1,9}", text):
            words = f"Required request parameter '{name}' for method parameter type int"
            raise Refused(f"{words} is not present")
        return int(text)


def content(request: Request) -> dict[str, Any]:
    """Return the JSON object that was sent.

    Raises:
        Refused: 400, it is none.

    """
    if not request.body:
        raise Refused("Required request body is missing")
    try:
        sent = values.parsed(request.body)
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        raise Refused("JSON parse error")
    return sent


def forbidden() -> Refused:
    """Return the refusal of what the user has no right to."""
    return Refused(_NO_RIGHT, 403, PERMISSION)


def check_version(sent: dict[str, Any], held: int, what: str) -> None:
    """Look whether somebody has changed an entity since it was read.

    Raises:
        Refused: 409.

    """
    shown = sent.get("version")
    if shown is not None and shown != held:
        raise Refused(f"{what} was already changed by someone else", 409, CONFLICT)


def id_in(sent: dict[str, Any], name: str) -> str | None:
    """Return the UUID in an id object; None where there is none."""
    held = sent.get(name)
    return str(held["id"]) if isinstance(held, dict) and held.get("id") else None


def broken(words: str) -> Refused:
    """Return what a call that ends in an exception says."""
    return Refused(words, 500, GENERAL)


def _descends(query: Any) -> bool:
    return str(query.get("sortOrder", "ASC")).upper() == "DESC"
