"""The token that every call to Arduino's cloud carries: OAuth 2, client credentials.

It lives for minutes, is kept in memory alone, and is asked for once for all who wait for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

from pydantic import SecretStr

from station.clouds.arduino_cloud_options import ArduinoCloudOptions
from station.clouds.http import Caller
from station.clouds.replies import NotThere, Reply, refused
from station.clouds.unsent import UnsentNonsense, unsent
from station.faults import CloudFault, KeyRefused

PATH = "iot/v1/clients/token"
RENEWED_BEFORE_S = 30.0
LIFE_S = 300.0
"""When the cloud does not say: what a third party's example of its answer has."""


class Token:
    """Signs in with `client_id` and `client_secret`, and again before what it got expires."""

    def __init__(
        self,
        caller: Caller,
        options: ArduinoCloudOptions,
        client_id: SecretStr,
        client_secret: SecretStr,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._caller, self._options, self._clock = caller, options, clock
        self._client_id, self._client_secret = client_id, client_secret
        self._held = SecretStr("")
        self._renew_at_s = 0.0
        self._asking = asyncio.Lock()

    async def sign_in(self, refused_value: str) -> str:
        """Return what goes into `Authorization`, as `http.SignIn`; never `refused_value`.

        Raises:
            KeyRefused, KeyForbidden: the credentials are wrong, or not those of the organization.
            CloudFault: no token is to be had; it never leaves open what it was for.

        """
        async with self._asking:
            held = self._held.get_secret_value()
            if not held or held == refused_value or self._clock() >= self._renew_at_s:
                await self._renew()
            return self._held.get_secret_value()

    async def _renew(self) -> None:
        self._held = SecretStr("")
        asked_at_s = self._clock()
        token, life_s = _read(await self._ask())
        self._held = SecretStr(f"Bearer {token}")
        self._renew_at_s = asked_at_s + life_s - min(RENEWED_BEFORE_S, life_s / 2)

    async def _ask(self) -> Reply:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._client_id.get_secret_value(),
            "client_secret": self._client_secret.get_secret_value(),
            "audience": self._options.audience,
        }
        if self._options.organization:
            form["organization_id"] = self._options.organization
        try:
            return await self._caller.send("POST", PATH, form=form)
        except CloudFault as fault:
            raise unsent(fault, "asked for a token") from None


def _read(reply: Reply) -> tuple[str, float]:
    """Return a token and the seconds that it lives."""
    if reply.status == 404:
        raise NotThere(f"HTTP 404: is the base address right? {reply.message}".strip())
    if reply.status in {400, 422}:  # OAuth's status for a client that it does not know (RFC 6749)
        raise KeyRefused(f"HTTP {reply.status} {reply.message}".strip())
    if reply.status not in {200, 201}:
        raise refused(reply)
    told = reply.body if isinstance(reply.body, dict) else {}
    token, life_s = told.get("access_token"), told.get("expires_in", LIFE_S)
    if not isinstance(token, str) or not token or not token.isascii() or not token.isprintable():
        raise UnsentNonsense("the cloud's answer holds no token")
    if isinstance(life_s, bool) or not isinstance(life_s, int | float) or not 0 < life_s < 1e9:
        raise UnsentNonsense("the cloud's answer does not say how long its token lives")
    return token, float(life_s)
