"""The tokens of Arduino's cloud: client credentials in, a bearer that really expires out."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from station.simulation.arduino_cloud_refusals import Refusal
from station.simulation.http_server import Request, Response, json_response

TOKEN_PATH = "/iot/v1/clients/token"  # noqa: S105  # a path, no secret
AUDIENCE = "https://api2.arduino.cc/iot"


@dataclass(slots=True)
class _Grant:
    ends_s: float
    calls_left: int | None


class Tokens:
    """Gives tokens for one client's credentials and knows which are good.

    They live for `life_s`; times are those of the event loop. `organization` is the one that the
    credentials belong to, None for a user's own space. `faults` as in arduino_cloud_faults.py.
    """

    def __init__(
        self, client_id: str, client_secret: str, life_s: float, organization: str | None
    ) -> None:
        self.client_id, self.client_secret = client_id, client_secret
        self.life_s = life_s
        self._organization = organization
        self._grants: dict[str, _Grant] = {}

    def revoke(self) -> None:
        """Make every token that was given worthless."""
        self._grants.clear()

    def grant(self, request: Request, faults: frozenset[str], now_s: float) -> Response:
        """Answer a request for a token."""
        form = dict(parse_qsl(request.body.decode("utf-8", "replace")))
        if form.get("grant_type") != "client_credentials":
            return _denied(400, "unsupported_grant_type", "grant_type must be client_credentials")
        if "wrong-credentials" in faults or not self._knows(*_credentials(request.headers, form)):
            return _denied(401, "access_denied", "Unauthorized")
        own_audience = f"http://{request.headers.get('host', '')}/iot"
        if form.get("audience") not in {AUDIENCE, own_audience}:
            return _denied(403, "access_denied", "The audience is not an API of this client")
        named = form.get("organization_id") or request.headers.get("x-organization") or None
        if named != self._organization:
            return _denied(401, "access_denied", "The client is not of this organization")
        token = secrets.token_urlsafe(48)
        life_s = 0.0 if "token-dead" in faults else self.life_s
        calls_left = 1 if "token-one-call" in faults else None
        self._grants[token] = _Grant(now_s + life_s, calls_left)
        told = {"access_token": token, "expires_in": round(self.life_s), "token_type": "Bearer"}
        return json_response(200, told, (("cache-control", "no-store"),))

    def check(self, headers: Mapping[str, str], faults: frozenset[str], now_s: float) -> None:
        """Let a call pass that shows a good token.

        Raises:
            Refusal: 401 it does not, 403 it names another organization than the token's, or may not.

        """
        scheme, _, token = headers.get("authorization", "").partition(" ")
        grant = self._grants.get(token.strip()) if scheme.lower() == "bearer" else None
        worthless = grant is None or now_s >= grant.ends_s or grant.calls_left == 0
        if grant is None or worthless or "unauthorized" in faults:
            raise Refusal(401, "token is expired or not valid")
        if grant.calls_left is not None:
            grant.calls_left -= 1
        if (headers.get("x-organization") or None) != self._organization:
            raise Refusal(403, "no access to this organization")
        if "forbidden" in faults:
            raise Refusal(403, "insufficient permissions")

    def _knows(self, client_id: str, client_secret: str) -> bool:
        right_id = hmac.compare_digest(client_id.encode(), self.client_id.encode())
        right_secret = hmac.compare_digest(client_secret.encode(), self.client_secret.encode())
        return right_id and right_secret


def _credentials(headers: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, str]:
    """Return id and secret: of the header, where Go's library looks first, else of the form."""
    scheme, _, shown = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            text = base64.b64decode(shown, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        client_id, _, client_secret = text.partition(":")
        return unquote(client_id), unquote(client_secret)
    return form.get("client_id", ""), form.get("client_secret", "")


def _denied(status: int, error: str, description: str) -> Response:
    return json_response(status, {"error": error, "error_description": description})
