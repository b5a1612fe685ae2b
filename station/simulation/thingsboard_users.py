"""Who may call ThingsBoard's REST API: users with their JSON web tokens, and API keys."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from station.simulation.thingsboard_nouns import ApiKey, User
from station.simulation.thingsboard_refusals import AUTHENTICATION, JWT_EXPIRED, Refused, missing

JWT_S, REFRESH_S = 9000.0, 604_800.0
_LOCKED = "User account is locked due to security policy"


class Users:
    """The users of an instance and what they have to show.

    `now_ms` tells the instance's time; `has_api_keys` tells whether it is a server of 4.3 or later.
    """

    def __init__(self, now_ms: Callable[[], int], has_api_keys: Callable[[], bool]) -> None:
        self.by_id: dict[str, User] = {}
        self.keys: dict[str, ApiKey] = {}
        self._now_ms = now_ms
        self._has_api_keys = has_api_keys
        self._signing_key = secrets.token_bytes(64)

    def add(self, user: User) -> User:
        """Keep a user."""
        self.by_id[user.id] = user
        return user

    def add_key(self, user: User, description: str, *, enabled: bool, expires_ms: int) -> ApiKey:
        """Make an API key."""
        value = f"tb_{secrets.token_urlsafe(48)}"
        key = ApiKey(user.id, description, value, enabled, expires_ms, self._now_ms())
        self.keys[key.id] = key
        return key

    def key(self, key_id: str) -> ApiKey:
        """Return an API key.

        Raises:
            Refused: 404, there is none.

        """
        if key_id not in self.keys:
            raise missing()
        return self.keys[key_id]

    def login(self, email: Any, password: Any) -> dict[str, str]:
        """Return a pair of tokens; without the second where a second factor is wanted.

        Raises:
            Refused: 401.

        """
        if not email or not password:
            raise denied("Authentication failed")
        user = next((known for known in self.by_id.values() if known.email == email), None)
        if user is not None and user.locked:
            raise denied(_LOCKED)
        known = user.password if user else ""
        if user is None or not hmac.compare_digest(known.encode(), str(password).encode()):
            raise denied("Invalid username or password")
        if user.second_factor:
            token = self._signed(user, 300.0, "PRE_VERIFICATION_TOKEN")
            return {"token": token, "scope": "PRE_VERIFICATION_TOKEN"}
        return self.pair(user)

    def refresh(self, token: Any) -> dict[str, str]:
        """Return a new pair for a refresh token.

        Raises:
            Refused: 401.

        """
        return self.pair(self._read(str(token or ""), "REFRESH_TOKEN"))

    def pair(self, user: User) -> dict[str, str]:
        """Return a token to call with and one to refresh it."""
        return {
            "token": self._signed(user, JWT_S, user.authority),
            "refreshToken": self._signed(user, REFRESH_S, "REFRESH_TOKEN"),
        }

    def who(self, headers: Mapping[str, str]) -> User:
        """Return who calls.

        Raises:
            Refused: 401.

        """
        shown = headers.get("x-authorization") or headers.get("authorization") or ""
        scheme, _, value = shown.partition(" ")
        match scheme:
            case "Bearer":
                return self._read(value)
            case "ApiKey" if self._has_api_keys():
                return self._keyed(value)
            case _:
                raise denied("Authentication failed")

    def _keyed(self, value: str) -> User:
        for key in self.keys.values():
            alive = key.enabled and (not key.expires_ms or key.expires_ms > self._now_ms())
            if hmac.compare_digest(key.value.encode(), value.encode()) and alive:
                return self.by_id[key.user]
        raise denied("Authentication failed")

    def _signed(self, user: User, lives_s: float, scope: str) -> str:
        now_s = self._now_ms() // 1000
        claims = {
            "sub": user.email,
            "userId": user.id,
            "scopes": [scope],
            "iss": "thingsboard.io",
            "iat": now_s,
            "exp": now_s + int(lives_s),
            "jti": secrets.token_hex(8),
        }
        head = f"{_packed({'alg': 'HS512'})}.{_packed(claims)}"
        return f"{head}.{self._signature(head)}"

    def _signature(self, head: str) -> str:
        return _text(hmac.new(self._signing_key, head.encode(), hashlib.sha512).digest())

    def _read(self, token: str, scope: str | None = None) -> User:
        head, _, signature = token.rpartition(".")
        if not hmac.compare_digest(self._signature(head).encode(), signature.encode()):
            raise denied("Authentication failed")
        body = head.partition(".")[2]
        claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        user = self.by_id.get(claims["userId"])
        if claims["exp"] * 1000 <= self._now_ms():
            raise Refused("Token has expired", 401, JWT_EXPIRED)
        if user is None or claims["scopes"] != [scope or user.authority]:
            raise denied("Authentication failed")
        return user


def denied(words: str) -> Refused:
    """Return the refusal of somebody who may be anybody."""
    return Refused(words, 401, AUTHENTICATION)


def _packed(told: Mapping[str, Any]) -> str:
    return _text(json.dumps(told, separators=(",", ":")).encode())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
