"""ThingsBoard's REST API: signed in, with its refusals as faults."""

from __future__ import annotations

import re
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from pydantic import SecretStr

from station import __version__
from station.clouds.http import Caller, SignIn
from station.clouds.pace import Pace
from station.clouds.replies import Reply
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.refusals import fault_of
from station.clouds.thingsboard.sign_in import ApiKey, Password
from station.faults import AdminKeyMissing, CloudNonsense

PAGE_ROWS = 500
MOST_PAGES = 2000
PROVISIONED_ONCE_SINCE = (4, 2, 1, 1)
"""Before it a test was the wrong way round (thingsboard pull request 14062)."""

_ASK_ON_401 = "Does its user exist, and is the server's clock right?"


class Rest:
    """The REST API of one server, as one user. Pages, versions and refusals are known here."""

    def __init__(
        self,
        options: ThingsBoardOptions,
        secret: Callable[[str], SecretStr],
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """Make a client; nothing is asked yet. `trust` None is what this computer trusts.

        Raises:
            AdminKeyMissing: the recipe names no way to sign in.
            SecretMissing: the keystore does not hold what the recipe names.
            KeyRefused: what it holds can't be a key.

        """
        self._options, self._trust = options, trust
        self._pace = Pace(options.requests_a_second)
        self._signing: Caller | None = None
        self._caller = self._calls(self._sign_in(secret))
        self._version: tuple[int, ...] = ()

    async def get(self, path: str, params: Mapping[str, str] | None = None) -> Reply:
        """Ask for what is at `path`, below the base address; a server that stumbles is asked again.

        Raises:
            NotThere: there is no such thing.
            KeyRefused, KeyForbidden: the key, or its user, may not.
            CloudFault: as for `http.Caller`.

        """
        return _good(await self._caller.get(path, params))

    async def post(
        self,
        path: str,
        body: Any = None,
        params: Mapping[str, str] | None = None,
        within_s: float | None = None,
    ) -> Reply:
        """Send `body` as JSON; `within_s` is for what takes the server longer than others.

        Raises:
            NotThere, KeyRefused, KeyForbidden: as for `get`.
            AccountFull, DeviceExists, LoginTaken, NameRefused: the server says so.
            refusals.Changed: it was changed since it was read.
            refusals.ProfileNameTaken, refusals.ProvisionKeyTaken: as they say.
            CloudRefused: anything else; it has the server's words, and nothing of what was sent.
            CloudFault: as for `http.Caller`; `leaves_open` says whether it may have been done.

        """
        return await self._send("POST", path, body, params, within_s)

    async def delete(self, path: str, params: Mapping[str, str] | None = None) -> Reply:
        """Delete what is at `path`; raises as `post`."""
        return await self._send("DELETE", path, None, params, None)

    async def listed(
        self, path: str, params: Mapping[str, str] | None = None, rows: int = PAGE_ROWS
    ) -> AsyncIterator[Mapping[str, Any]]:
        """Yield what the pages at `path` hold; the next one is asked for when it is needed.

        Unless `params` says otherwise the oldest come first: what is added meanwhile is at the end.

        Raises:
            CloudNonsense: it is no list, or never ends.

        """
        asked = {"sortProperty": "createdTime", "sortOrder": "ASC", **(params or {})}
        for number in range(MOST_PAGES):
            page = object_in(
                await self.get(path, {**asked, "pageSize": str(rows), "page": str(number)})
            )
            data = page.get("data")
            if not isinstance(data, list):
                raise CloudNonsense("a page without data")
            for each in data:
                if isinstance(each, Mapping):
                    yield each
            if page.get("hasNext") is not True:
                return
        raise CloudNonsense(f"more than {MOST_PAGES} pages")

    async def version(self) -> tuple[int, ...]:
        """Return the server's version, such as (4, 3, 0); asked once.

        Raises:
            CloudNonsense: it does not tell.

        """
        if not self._version:
            told = object_in(await self.get("api/system/info")).get("version")
            number = re.match(r"\d+(\.\d+)*", told) if isinstance(told, str) else None
            if number is None:
                raise CloudNonsense("the server does not tell its version")
            self._version = tuple(int(part) for part in number.group().split("."))
        return self._version

    async def provisions_known_again(self) -> bool:
        """Tell whether a known device that is provisioned already is provisioned once more.

        So do servers from 3.2 to 4.2.1 (thingsboard issue 10261); later ones refuse.
        """
        return await self.version() < PROVISIONED_ONCE_SINCE

    @property
    def idle_s(self) -> float:
        """Seconds since the last exchange."""
        return self._caller.idle_s

    async def close(self) -> None:
        """Let go of all connections; safe to call twice."""
        await self._caller.close()
        if self._signing:
            await self._signing.close()

    async def _send(
        self,
        method: str,
        path: str,
        body: Any,
        params: Mapping[str, str] | None,
        within_s: float | None,
    ) -> Reply:
        reply = await self._caller.send(
            method, path, body=body, params=params, within_s=within_s, code_in="errorCode"
        )
        return _good(reply, body)

    def _sign_in(self, secret: Callable[[str], SecretStr]) -> SignIn:
        options = self._options
        if options.sign_in == "none":
            raise AdminKeyMissing("sign_in = 'none'")
        if options.sign_in == "api key":
            return ApiKey(options.api_key_name, secret).sign_in
        self._signing = self._calls(None)
        return Password(self._signing, options.user, options.password_name, secret).sign_in

    def _calls(self, sign_in: SignIn | None) -> Caller:
        return Caller(
            self._options.address,
            {"User-Agent": f"provisioning-station/{__version__}"},
            self._options.timeout_s,
            pace=self._pace,
            ask_on_401=_ASK_ON_401,
            sign_in=sign_in,
            trust=self._trust,
        )


def object_in(reply: Reply) -> Mapping[str, Any]:
    """Return the JSON object of a reply.

    Raises:
        CloudNonsense: it holds none.

    """
    if not isinstance(reply.body, Mapping):
        raise CloudNonsense("an answer without an object")
    return reply.body


def _good(reply: Reply, sent: Any = None) -> Reply:
    if reply.status >= 400:
        raise fault_of(reply, sent)
    return reply
