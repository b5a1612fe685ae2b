"""How the station shows ThingsBoard who it is: an API key, or a user's password and its tokens.

Tokens are kept in memory alone. A password that was refused is never tried again: ThingsBoard locks
the account after a few tries, and may block the address that they come from.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

from pydantic import SecretStr

from station.clouds.http import Caller
from station.clouds.replies import NotThere, Reply, refused
from station.clouds.thingsboard.refusals import EXPIRED, code_of
from station.clouds.unsent import UnsentNonsense, unsent
from station.faults import CloudBroken, CloudFault, KeyForbidden, KeyRefused, ReplyLost

JWT_S, REFRESH_S = 9000.0, 604_800.0
"""How long a server gives its tokens, unless it is set otherwise."""

RENEWED_BEFORE_S = 60.0
LEFT_ALONE_S = 60.0
"""How long an account is not asked again that is locked, or that wants a second factor."""

_LOGIN, _REFRESH = "api/auth/login", "api/auth/token"


class ApiKey:
    """An API key; servers have them since 4.3."""

    def __init__(self, name: str, secret: Callable[[str], SecretStr]) -> None:
        """Take the key that the keystore holds under `name`.

        Raises:
            SecretMissing: it holds none.
            KeyRefused: it can't be a key.

        """
        self._name, self._secret = name, secret
        self._held = self._read()

    async def sign_in(self, refused_value: str) -> str:
        """Return what goes into `Authorization`, as `http.SignIn`.

        Raises:
            KeyRefused: the key was refused, and the keystore holds no other by now.

        """
        if refused_value and refused_value == _shown(self._held):
            self._held = self._read()
            if refused_value == _shown(self._held):
                raise KeyRefused(
                    f"{self._name} is wrong, disabled or expired, or the server is older than 4.3 "
                    "and has no API keys: then the recipe needs sign_in = 'password'"
                )
        return _shown(self._held)

    def _read(self) -> SecretStr:
        key = self._secret(self._name)
        text = key.get_secret_value()
        if not text or not text.isascii() or not text.isprintable():
            raise KeyRefused(f"{self._name} is empty, or holds a letter that no key can have")
        return key


class Password:
    """A user's password, and the two tokens that it is good for. One login serves all who wait."""

    def __init__(
        self,
        caller: Caller,
        user: str,
        name: str,
        secret: Callable[[str], SecretStr],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Take the password that the keystore holds under `name`; `caller` shows no key.

        Raises:
            SecretMissing: the keystore holds none.

        """
        self._caller, self._user, self._clock = caller, user, clock
        self._name, self._secret = name, secret
        self._password = secret(name)
        self._token = self._refresh_token = SecretStr("")
        self._renew_at_s = self._refresh_until_s = 0.0
        self._no = ""
        self._ask_again_at_s: float | None = None
        self._asking = asyncio.Lock()

    async def sign_in(self, refused_value: str) -> str:
        """Return what goes into `Authorization`, as `http.SignIn`; never `refused_value`.

        Raises:
            KeyRefused: the password is, or the user may not come in by one.
            CloudFault: no token is to be had; it never leaves open what it was for.

        """
        async with self._asking:
            held = self._token.get_secret_value()
            if not held or held == refused_value or self._clock() >= self._renew_at_s:
                await self._renew()
            return self._token.get_secret_value()

    async def _renew(self) -> None:
        self._token = SecretStr("")
        asked_at_s = self._clock()
        pair = await self._refreshed() or await self._logged_in()
        token, refresh_token = pair
        self._token, self._refresh_token = SecretStr(f"Bearer {token}"), SecretStr(refresh_token)
        life_s = _life_s(token, JWT_S)
        self._renew_at_s = asked_at_s + life_s - min(RENEWED_BEFORE_S, life_s / 2)
        self._refresh_until_s = asked_at_s + _life_s(refresh_token, REFRESH_S)

    async def _refreshed(self) -> tuple[str, str] | None:
        token = self._refresh_token.get_secret_value()
        self._refresh_token = SecretStr("")  # good or not, it is not used twice
        if not token or self._clock() >= self._refresh_until_s:
            return None
        reply = await self._post(_REFRESH, {"refreshToken": token})
        return _pair(reply) if reply.status == 200 else None

    async def _logged_in(self) -> tuple[str, str]:
        self._check_refused()
        password = self._password.get_secret_value()
        reply = await self._post(_LOGIN, {"username": self._user, "password": password})
        if reply.status == 200 and _wants_more(reply):
            raise self._left_alone("2FA accounts need an API key")
        if reply.status == 200:
            return _pair(reply)
        if reply.status == 401 and "locked" in reply.message.lower():
            raise self._left_alone(f"{self._user} is locked: an administrator unlocks it")
        if reply.status == 401:
            raise self._refuse(self._why(reply))
        raise _not_a_login(reply)

    def _check_refused(self) -> None:
        """Go on only with a password that was not refused, or after an account was left alone."""
        if not self._no:
            return
        if self._ask_again_at_s is None:
            now_stored = self._secret(self._name)
            is_waited_for = now_stored.get_secret_value() != self._password.get_secret_value()
            self._password = now_stored
        else:
            is_waited_for = self._clock() >= self._ask_again_at_s
        if not is_waited_for:
            raise KeyRefused(self._no)
        self._no, self._ask_again_at_s = "", None

    def _refuse(self, why: str) -> KeyRefused:
        self._no, self._ask_again_at_s = why, None
        return KeyRefused(why)

    def _left_alone(self, why: str) -> KeyRefused:
        self._no, self._ask_again_at_s = why, self._clock() + LEFT_ALONE_S
        return KeyRefused(why)

    def _why(self, reply: Reply) -> str:
        if code_of(reply) == EXPIRED:
            return f"the password of {self._user} has expired: set another and store it"
        return (
            f"{self._user} or the password in {self._name} is wrong; it is not tried again "
            "before another is stored, for the account would be locked"
        )

    async def _post(self, path: str, body: Mapping[str, str]) -> Reply:
        try:
            try:
                return await self._asked(path, body)
            except (ReplyLost, CloudBroken):  # two pairs of tokens do no harm
                return await self._asked(path, body)
        except CloudFault as fault:
            raise unsent(fault, "signing in") from None

    async def _asked(self, path: str, body: Mapping[str, str]) -> Reply:
        reply = await self._caller.send("POST", path, body=body, code_in="errorCode")
        if reply.status >= 500:
            raise CloudBroken(f"HTTP {reply.status}")
        return reply


def _shown(key: SecretStr) -> str:
    return f"ApiKey {key.get_secret_value()}"


def _wants_more(reply: Reply) -> bool:
    return isinstance(reply.body, Mapping) and bool(reply.body.get("scope"))


def _pair(reply: Reply) -> tuple[str, str]:
    told = reply.body if isinstance(reply.body, Mapping) else {}
    token, refresh_token = told.get("token"), told.get("refreshToken")
    if not _is_token(token) or not _is_token(refresh_token):
        raise UnsentNonsense("signing in: the answer holds no tokens")
    return str(token), str(refresh_token)


def _is_token(text: Any) -> bool:
    return isinstance(text, str) and bool(text) and text.isascii() and text.isprintable()


def _life_s(token: str, unless_told_s: float) -> float:
    """Return how long a JSON web token lives by its own claims; no clock is compared."""
    try:
        body = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        life_s = float(claims["exp"]) - float(claims["iat"])
    except (IndexError, KeyError, TypeError, ValueError):
        return unless_told_s
    return life_s if 0 < life_s < 1e9 else unless_told_s


def _not_a_login(reply: Reply) -> CloudFault:
    if reply.status == 404:
        return NotThere(f"HTTP 404: is the base address right? {reply.message}".strip())
    if reply.status == 403:
        return KeyForbidden(f"signing in: HTTP 403 {reply.message}".strip())
    return refused(reply)
